//! Values on their way into a page.

mod fragment_cache;

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Values};
use umbel_data::values::{WriteHtml, escape};

pub use fragment_cache::{Fragment, FragmentCache};
pub use umbel_data::text::size;

/// The space that the HTML of a value is given before it asks for more.
const VALUE: usize = 128;

/// A page without what surrounds every page.
pub trait Page: Display {
    /// What the page is called, apart from the application.
    fn title(&self) -> String;

    /// The address in the navigation that the page belongs to; empty for none.
    fn here(&self) -> &'static str;
}

/// A value that a template can show: `{{ film.length.show() }}`.
pub trait Show {
    /// The HTML, for a template.
    fn show(&self) -> Shown<'_>;
}

impl<T: WriteHtml> Show for T {
    fn show(&self) -> Shown<'_> {
        Shown(Inner::Html(self))
    }
}

/// A value on its way into a page.
#[derive(Clone, Copy)]
pub struct Shown<'a>(Inner<'a>);

#[derive(Clone, Copy)]
enum Inner<'a> {
    Html(&'a dyn WriteHtml),
    Text(&'a dyn Display),
}

impl<'a> Shown<'a> {
    /// A value as plain text: `{{ Shown::text(film) }}` is its label.
    pub fn text(value: &'a dyn Display) -> Self {
        Self(Inner::Text(value))
    }

    /// A template writes where only one piece of text can be written after the other, which takes longer for each than
    /// to put them together.
    fn html(&self) -> String {
        let mut html = String::with_capacity(VALUE);
        self.write_html(&mut html);
        html
    }
}

impl WriteHtml for Shown<'_> {
    fn write_html(&self, out: &mut String) {
        match self.0 {
            Inner::Html(value) => value.write_html(out),
            Inner::Text(value) => {
                // A text takes whatever is written to it.
                let _ = write!(Escaped(out), "{value}");
            }
        }
    }
}

/// Takes a text as it comes, and writes it as HTML.
struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(self.0, text);
        Ok(())
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.html())
    }
}

impl FastWritable for Shown<'_> {
    fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(out.write_str(&self.html())?)
    }
}

impl HtmlSafe for Shown<'_> {}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, out)
    }
}
