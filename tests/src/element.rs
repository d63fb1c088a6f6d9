//! An element of a page.

use scraper::ElementRef;

/// The text of an element, white space collapsed.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
