//! A page as a person reads it: its words, links, rows, controls and errors.

use std::fmt;

use scraper::{ElementRef, Html, Selector};

use crate::element::text;
use crate::form::Form;

/// The answer to a request.
#[derive(Debug)]
pub struct Page {
    pub path: String,
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    pub html: String,
}

impl Page {
    /// The text of every element that a CSS selector finds, white space collapsed.
    #[track_caller]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let document = self.document();
        document
            .select(&parse(selector))
            .map(|element| text(element))
            .collect()
    }

    /// The text of the one element that a CSS selector finds.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let mut texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{selector} finds {texts:?} in {self}");
        texts.remove(0)
    }

    /// One attribute of every element that a CSS selector finds and that has it.
    #[track_caller]
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let (document, selector) = (self.document(), parse(selector));
        let elements = document.select(&selector);
        elements
            .filter_map(|element| element.attr(attribute))
            .map(str::to_owned)
            .collect()
    }

    /// Where the link leads whose text contains some words.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let document = self.document();
        let link = document
            .select(&parse("a[href]"))
            .find(|link| text(*link).contains(words));
        let Some(link) = link else {
            panic!("no link {words:?} in {self}")
        };
        link.attr("href").expect("selected by it").to_owned()
    }

    /// Whether a link leads to a path.
    #[track_caller]
    pub fn links_to(&self, path: &str) -> bool {
        self.attributes("a[href]", "href")
            .iter()
            .any(|href| href == path)
    }

    /// The rows of the page's table, as the texts of their cells.
    #[track_caller]
    pub fn rows(&self) -> Vec<Vec<String>> {
        let document = self.document();
        let (rows, cells) = (parse("main table tbody tr"), parse("th, td"));
        let rows = document.select(&rows);
        rows.map(|row| row.select(&cells).map(text).collect())
            .collect()
    }

    /// The first cell of every row of the page's table.
    #[track_caller]
    pub fn row_heads(&self) -> Vec<String> {
        self.texts("main table tbody tr > :first-child")
    }

    /// The form of the page that is sent by POST.
    #[track_caller]
    pub fn form(&self) -> Form {
        let document = self.document();
        let form = document.select(&parse("main form[method=post]")).next();
        let Some(form) = form else {
            panic!("no form in {self}")
        };
        Form::read(form, &self.path)
    }

    /// What is said to be wrong with the control of that name: the text that describes it, as a screen reader says it.
    #[track_caller]
    pub fn error_at(&self, name: &str) -> Option<String> {
        let (document, invalid) = (self.document(), parse("[aria-invalid=true]"));
        let control = document
            .select(&invalid)
            .find(|control| name_of(*control).as_deref() == Some(name))?;
        let ids = control.attr("aria-describedby").unwrap_or_default();
        let described = ids.split_whitespace().flat_map(|id| {
            let by = parse(&format!("[id='{id}']"));
            document.select(&by).map(text).collect::<Vec<_>>()
        });
        Some(described.collect::<Vec<_>>().join(" "))
    }

    /// Every control that is said to be wrong, by name, in the order of the page.
    #[track_caller]
    pub fn invalid(&self) -> Vec<String> {
        let (document, invalid) = (self.document(), parse("[aria-invalid=true]"));
        document.select(&invalid).filter_map(name_of).collect()
    }

    pub(crate) fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            status,
            location,
            html,
        } = self;
        write!(f, "{path}: {status}")?;
        if let Some(location) = location {
            write!(f, " to {location}")?;
        }
        write!(f, "\n{html}")
    }
}

#[track_caller]
fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// The name of a control, or of the controls that a group holds.
fn name_of(control: ElementRef<'_>) -> Option<String> {
    let named = parse("[name]:not([type=search]):not(button)");
    let own = control.attr("name");
    let inner = || control.select(&named).find_map(|inner| inner.attr("name"));
    own.or_else(inner).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(main: &str) -> Page {
        let html = format!("<!doctype html><main>{main}</main>");
        Page {
            path: "/film".to_owned(),
            status: 200,
            location: None,
            html,
        }
    }

    #[test]
    fn words_links_and_rows() {
        let page = page(
            "<h1>All\n films</h1><table><thead><tr><th>Title</th></tr></thead>
             <tbody><tr><th><a href='/film/1'>Alien</a></th><td> 117 </td></tr></tbody></table>",
        );
        assert_eq!(page.text("h1"), "All films");
        assert_eq!(page.link("Ali"), "/film/1");
        assert!(page.links_to("/film/1") && !page.links_to("/film"));
        assert_eq!(page.rows(), [["Alien", "117"]]);
        assert_eq!(page.row_heads(), ["Alien"]);
    }

    #[test]
    fn error_of_a_control() {
        let page = page(
            "<label for=title>Title</label><p id=title-help>As on the poster.</p>
             <p id=title-error>Title is required.</p>
             <input id=title name=title aria-invalid=true aria-describedby='title-help title-error'>
             <input name=length>
             <fieldset aria-invalid=true aria-describedby=tags-error><p id=tags-error>One is too long.</p>
             <input type=search name=tags.find><input name=tags></fieldset>",
        );
        assert_eq!(
            page.error_at("title").as_deref(),
            Some("As on the poster. Title is required.")
        );
        assert_eq!(page.error_at("length"), None);
        assert_eq!(page.error_at("tags").as_deref(), Some("One is too long."));
        assert_eq!(page.invalid(), ["title", "tags"]);
    }
}
