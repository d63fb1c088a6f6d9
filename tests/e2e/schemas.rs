//! A test for each schema of the corpus.

/// A test for each name, which calls a function with it.
macro_rules! schemas {
    ($check:ident: $($(#[$attribute:meta])* $test:ident: $name:literal,)*) => {
        $(
            #[test]
            $(#[$attribute])*
            fn $test() {
                $check($name);
            }
        )*
    };
}

pub(crate) use schemas;
