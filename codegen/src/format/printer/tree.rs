//! The Rust that is emitted, as far as its layout needs to know it.
//!
//! What stands on one line wherever it stands – a path, a type, a pattern – is text already.

use std::borrow::Cow;

/// A list of items, members or statements, in which blank lines count.
#[derive(Debug)]
pub(super) enum Line<T> {
    Blank,
    Node(T),
}

/// An item of a file or a member of an `impl`, under its documentation and attributes.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// `/// A film.`, `#[derive(Debug)]`
    pub(super) attributes: Vec<Cow<'a, str>>,
    pub(super) kind: ItemKind<'a>,
}

#[derive(Debug)]
pub(super) enum ItemKind<'a> {
    /// What ends on its line: `mod form`, `type Key = i32`
    Simple(&'a str),
    /// `type Key = (i32, i32);`: a tuple of types by any name.
    Tuple {
        /// `type Key =`
        head: &'a str,
        types: Vec<&'a str>,
    },
    Use(UseTree<'a>),
    Const {
        /// `pub const TITLE: Column<Self, String> =`
        head: &'a str,
        /// `pub const TITLE: Column`
        start: &'a str,
        /// `Self` and `String`
        generics: Vec<&'a str>,
        value: Expr<'a>,
    },
    /// A struct or an enum.
    Data {
        /// `pub struct Film`
        head: &'a str,
        fields: Vec<DataField<'a>>,
    },
    Impl {
        /// `impl Model`, or all of it
        head: &'a str,
        /// `Film`
        of: Option<&'a str>,
        members: Vec<Line<Item<'a>>>,
    },
    Fn(Box<Function<'a>>),
}

/// A field of a struct, or a variant of an enum.
#[derive(Debug)]
pub(super) struct DataField<'a> {
    pub(super) attributes: Vec<Cow<'a, str>>,
    /// `pub title`
    pub(super) head: &'a str,
    pub(super) ty: Option<&'a str>,
}

#[derive(Debug)]
pub(super) struct Function<'a> {
    /// `pub async fn list(db: Database) -> Result<Html>`
    pub(super) signature: &'a str,
    /// `pub async fn list`
    pub(super) head: &'a str,
    pub(super) parameters: Vec<&'a str>,
    /// `-> Result<Html>`
    pub(super) output: &'a str,
    pub(super) body: Block<'a>,
}

/// `pub use form::FilmForm;`
#[derive(Debug)]
pub(in crate::format) struct UseTree<'a> {
    /// `pub`, or nothing
    pub(in crate::format) visibility: &'a str,
    pub(in crate::format) path: Vec<&'a str>,
    /// `Form as _`: the names at its end, one of them without braces.
    pub(in crate::format) names: Vec<&'a str>,
}

pub(super) type Block<'a> = Vec<Line<Statement<'a>>>;

#[derive(Debug)]
pub(super) enum Statement<'a> {
    /// `use crate::film::views;`
    Use(UseTree<'a>),
    Let {
        /// `let film =`
        head: &'a str,
        value: Expr<'a>,
    },
    /// An expression and whether a semicolon ends it.
    Expr { expr: Expr<'a>, ends: bool },
}

#[derive(Debug)]
pub(super) struct Expr<'a> {
    pub(super) kind: ExprKind<'a>,
    /// All of it on one line.
    pub(super) text: &'a str,
    /// The width on which it may stand on one line, which some layouts want to be larger than the text is; `None`
    /// where it never may.
    pub(super) needs: Option<usize>,
}

#[derive(Debug)]
pub(super) enum ExprKind<'a> {
    /// An identifier or a literal.
    Simple,
    /// A path of several segments.
    Path,
    /// `&film`, `&mut self.title`, `*name`
    Prefix(&'static str, Box<Expr<'a>>),
    /// `Choices::one::<Film>(…)`
    Call {
        /// `Choices::one`
        path: &'a str,
        generics: Vec<&'a str>,
        arguments: Vec<Expr<'a>>,
    },
    /// `vec![…]`, `write!(…)`
    Macro {
        /// `vec!`
        name: &'a str,
        brackets: bool,
        arguments: Vec<Expr<'a>>,
    },
    Tuple(Vec<Expr<'a>>),
    Array(Vec<Expr<'a>>),
    Struct {
        path: &'a str,
        fields: Vec<FieldValue<'a>>,
        /// The value after `..`
        base: Option<Box<Expr<'a>>>,
    },
    /// `film.insert(&tx).await?`
    Chain(Box<Chain<'a>>),
    Closure {
        /// `|tx|`
        head: &'a str,
        body: Box<Expr<'a>>,
    },
    /// `{ … }`, `async move { … }`
    Block {
        /// `async move`, or nothing
        head: &'a str,
        statements: Block<'a>,
    },
    Match {
        subject: Box<Expr<'a>>,
        arms: Vec<Arm<'a>>,
    },
}

/// `title: check.required(&TITLE, &self.title)`, or a name alone.
#[derive(Debug)]
pub(super) struct FieldValue<'a> {
    pub(super) name: &'a str,
    pub(super) value: Option<Expr<'a>>,
}

#[derive(Debug)]
pub(super) struct Chain<'a> {
    pub(super) root: Expr<'a>,
    /// How many `?` follow the root.
    pub(super) root_tries: usize,
    pub(super) links: Vec<Link<'a>>,
}

/// `.await?`
#[derive(Debug)]
pub(super) struct Link<'a> {
    /// `.await`, `.find::<Film>`
    pub(super) name: &'a str,
    /// Of a method.
    pub(super) arguments: Option<Vec<Expr<'a>>>,
    pub(super) tries: usize,
}

#[derive(Debug)]
pub(super) struct Arm<'a> {
    pub(super) pattern: &'a str,
    pub(super) body: Expr<'a>,
}
