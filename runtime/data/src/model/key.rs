//! The key of a row, as a value of Rust.

use super::Model;
use crate::catalog::{KeyText, path_key};
use crate::error::{Error, Result};
use crate::values::{FieldType, Value};

/// The key of a row: the type of its column, or a tuple of the types of its columns.
pub trait Key: Clone + Send + Sync + Sized + 'static {
    /// The values of the key's columns.
    fn to_values(&self) -> Vec<Value>;

    /// The key, from the values of its columns.
    fn from_values(values: Vec<Value>) -> Option<Self>;

    /// The values as an address has them.
    fn to_address(&self) -> Vec<Value> {
        self.to_values()
    }

    /// The page of the row with this key, in the table whose list is at `path`; empty if one of them is.
    fn url(&self, path: &str) -> String {
        page_url(path, &self.to_address())
    }
}

impl Key for () {
    fn to_values(&self) -> Vec<Value> {
        Vec::new()
    }

    fn from_values(values: Vec<Value>) -> Option<Self> {
        values.is_empty().then_some(())
    }
}

impl<T: FieldType> Key for T {
    fn to_values(&self) -> Vec<Value> {
        vec![self.clone().into_value()]
    }

    fn from_values(values: Vec<Value>) -> Option<Self> {
        let mut values = values.into_iter();
        let key = T::from_datum(values.next()?)?;
        values.next().is_none().then_some(key)
    }

    fn to_address(&self) -> Vec<Value> {
        vec![self.clone().into_address()]
    }

    fn url(&self, path: &str) -> String {
        page_url(path, &[self.clone().into_address()])
    }
}

/// A key of several columns.
macro_rules! tuple_key {
    ($($type:ident)*) => {
        impl<$($type: FieldType),*> Key for ($($type,)*) {
            #[expect(non_snake_case, reason = "the variables are named as the types are")]
            fn to_values(&self) -> Vec<Value> {
                let ($($type,)*) = self;
                vec![$($type.clone().into_value()),*]
            }

            #[expect(non_snake_case, reason = "the variables are named as the types are")]
            fn to_address(&self) -> Vec<Value> {
                let ($($type,)*) = self;
                vec![$($type.clone().into_address()),*]
            }

            fn from_values(values: Vec<Value>) -> Option<Self> {
                let mut values = values.into_iter();
                let key = ($($type::from_datum(values.next()?)?,)*);
                values.next().is_none().then_some(key)
            }
        }
    };
}

/// Keys of as many columns as there are names, and of fewer.
macro_rules! tuple_keys {
    () => {};
    ($first:ident $($rest:ident)*) => {
        tuple_key!($first $($rest)*);
        tuple_keys!($($rest)*);
    };
}

// PostgreSQL has no wider keys.
tuple_keys!(A B C D E F G H I J K L M N O P Q R S T U V W X Y Z A2 B2 C2 D2 E2 F2);

/// Reads the key of a row from the part of a path that stands for it, still percent-encoded.
pub fn parse_key<M: Model>(text: &str) -> Result<M::Key> {
    let values = path_key(M::TABLE, text).and_then(M::Key::from_values);
    values.ok_or(Error::NotFound)
}

/// The page of the row with a key, in the table whose list is at `path`.
fn page_url(path: &str, values: &[Value]) -> String {
    KeyText::of(values).url(path)
}
