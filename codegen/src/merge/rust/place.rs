//! Where in a file a piece stands, and how a person would call it.

use super::piece::{Parts, Piece, Shape};
use super::split;

/// The parts of a piece that may be in conflict alone: what stands above it, before its list and behind it.
pub(super) const LEAD: &str = "<lead>";
pub(super) const HEAD: &str = "<head>";
pub(super) const TAIL: &str = "<tail>";

/// The name of a part on the way to a place: `fn title` for `fn title #2`; none for what has none.
pub(super) fn name(part: &str) -> Option<String> {
    (!part.starts_with('<')).then(|| plain(part).to_owned())
}

/// The line of a file on which an item begins, or what it stands in, or would.
pub(crate) fn line(text: &str, item: &[String]) -> Option<usize> {
    let file = split::file(text)?;
    let piece = find(&file, item)?;
    let start = piece.body().as_ptr() as usize - text.as_ptr() as usize;
    Some(text[..start].matches('\n').count() + 1)
}

/// The innermost piece on the way that there is.
fn find<'p, 'a>(parts: &'p Parts<'a>, way: &[String]) -> Option<&'p Piece<'a>> {
    let (first, rest) = way.split_first()?;
    let piece = parts
        .pieces
        .iter()
        .find(|piece| plain(&piece.key) == first)?;
    let inner = match &piece.shape {
        Shape::Block(parts) => find(parts, rest),
        _ => None,
    };
    inner.or(Some(piece))
}

/// The key without the number that tells it from others of the same name.
fn plain(key: &str) -> &str {
    match key.rsplit_once(" #") {
        Some((plain, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => plain,
        _ => key,
    }
}
