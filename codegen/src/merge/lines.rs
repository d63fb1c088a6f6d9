//! Three-way merge by lines.

use diffy::{DiffOptions, HunkRange};

use super::elements::are_elements;
use super::{Conflict, Did, Language, Merged, Place, Versions, brackets};

/// Lines of the base, from one to another, that a side replaced by its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk<'a> {
    start: usize,
    end: usize,
    lines: Vec<&'a str>,
}

/// Merges by lines: what only one side changed is taken, and the same change on both sides is one.
pub(super) fn merge(language: Language, versions: Versions<'_>) -> Merged {
    let base: Vec<&str> = versions.base.split_inclusive('\n').collect();
    let mut ours = hunks(versions.base, versions.ours).into_iter().peekable();
    let mut theirs = hunks(versions.base, versions.theirs).into_iter().peekable();
    let mut out = Output::default();
    let mut at = 0;
    while let Some(start) = [&mut ours, &mut theirs]
        .into_iter()
        .filter_map(|side| side.peek().map(|hunk| hunk.start))
        .min()
    {
        out.same(&base[at..start]);
        // All hunks that touch each other, of both sides.
        let (mut own, mut other) = (Vec::new(), Vec::new());
        let mut end = start;
        loop {
            let next = |side: &mut std::iter::Peekable<std::vec::IntoIter<Hunk<'_>>>, end| {
                side.peek().is_some_and(|hunk| hunk.start <= end)
            };
            if next(&mut ours, end) {
                own.extend(ours.next());
            } else if next(&mut theirs, end) {
                other.extend(theirs.next());
            } else {
                break;
            }
            let last = own.iter().chain(&other).map(|hunk: &Hunk<'_>| hunk.end);
            end = last.max().unwrap_or(end).max(end);
        }
        let region = Region {
            base: &base[start..end],
            ours: replaced(&base, start, end, &own),
            theirs: replaced(&base, start, end, &other),
        };
        out.region(language, &region, &own, &other);
        at = end;
    }
    out.same(&base[at..]);
    out.finish()
}

/// Whether a text holds a conflict that nobody has settled.
pub(crate) fn has_markers(text: &str) -> bool {
    let begins = |marker: &str| text.lines().any(|line| line.starts_with(marker));
    begins("<<<<<<< ") && begins(">>>>>>> ")
}

/// The markers of a conflict around three texts.
pub(crate) fn markers(versions: Versions<'_>) -> String {
    let mut text = String::new();
    for (marker, part) in [
        ("<<<<<<< ours", versions.ours),
        ("||||||| base", versions.base),
        ("=======", versions.theirs),
    ] {
        text.push_str(marker);
        text.push('\n');
        text.push_str(part);
        if !part.is_empty() && !part.ends_with('\n') {
            text.push('\n');
        }
    }
    text.push_str(">>>>>>> theirs\n");
    text
}

/// A place that both sides, or one, changed.
struct Region<'a> {
    base: &'a [&'a str],
    ours: Vec<&'a str>,
    theirs: Vec<&'a str>,
}

impl Region<'_> {
    /// Whether ours adds all that theirs adds, and more.
    fn is_in_ours(&self) -> bool {
        self.base.is_empty() && is_within(&self.theirs, &self.ours)
    }

    /// Whether theirs adds all that ours adds, and more.
    fn is_in_theirs(&self) -> bool {
        self.base.is_empty() && is_within(&self.ours, &self.theirs)
    }
}

/// Whether all lines stand among the others, in their order.
fn is_within(lines: &[&str], others: &[&str]) -> bool {
    let mut others = others.iter();
    lines
        .iter()
        .all(|line| others.any(|other| other.trim_end() == line.trim_end()))
}

#[derive(Default)]
struct Output {
    text: String,
    /// How many lines of ours are behind.
    line: usize,
    places: Vec<Place>,
}

impl Output {
    fn lines(&mut self, lines: &[&str]) {
        self.text.extend(lines.iter().copied());
    }

    /// Lines that both have.
    fn same(&mut self, lines: &[&str]) {
        self.lines(lines);
        self.line += lines.len();
    }

    fn region(
        &mut self,
        language: Language,
        region: &Region<'_>,
        own: &[Hunk<'_>],
        other: &[Hunk<'_>],
    ) {
        if other.is_empty() || region.ours == region.theirs || region.is_in_ours() {
            self.lines(&region.ours);
        } else if own.is_empty() || region.is_in_theirs() {
            self.lines(&region.theirs);
        } else if let Some(lines) = side_by_side(language, region, own, other) {
            self.lines(&lines);
        } else {
            let versions = Versions {
                base: &region.base.concat(),
                ours: &region.ours.concat(),
                theirs: &region.theirs.concat(),
            };
            let in_brackets = (language == Language::Rust).then(|| brackets::merge(versions));
            if let Some(merged) = in_brackets.flatten() {
                self.text.push_str(&merged);
                self.line += region.ours.len();
                return;
            }
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.text.push_str(&markers(versions));
            self.places.push(Place {
                item: Vec::new(),
                line: Some(self.line + 1),
                ours: Did::of(Some(versions.base), Some(versions.ours)),
                theirs: Did::of(Some(versions.base), Some(versions.theirs)),
            });
        }
        self.line += region.ours.len();
    }

    fn finish(self) -> Merged {
        if self.places.is_empty() {
            return Merged::Clean(self.text);
        }
        Merged::Conflict(Conflict {
            attempt: self.text,
            places: self.places,
            rest: None,
        })
    }
}

/// Both changes, where they touch but do not overlap and consist of elements that stand side by side,
/// such as the fields of a literal: neither can change what the other means.
fn side_by_side<'a>(
    language: Language,
    region: &Region<'a>,
    own: &[Hunk<'a>],
    other: &[Hunk<'a>],
) -> Option<Vec<&'a str>> {
    if region
        .ours
        .iter()
        .chain(&region.theirs)
        .any(|line| !line.ends_with('\n'))
    {
        return None;
    }
    if !are_elements(language, &region.ours) || !are_elements(language, &region.theirs) {
        return None;
    }
    let mut hunks: Vec<(&Hunk<'_>, bool)> = own.iter().map(|hunk| (hunk, true)).collect();
    hunks.extend(other.iter().map(|hunk| (hunk, false)));
    // At one place what a person added comes first, and an insertion before a change.
    hunks.sort_by_key(|(hunk, is_own)| (hunk.start, hunk.end, !is_own));
    let overlap = |pair: &[(&Hunk<'_>, bool)]| pair[0].0.end > pair[1].0.start;
    if hunks.windows(2).any(overlap) {
        return None;
    }
    let first = hunks.first()?.0.start;
    let mut lines = Vec::new();
    let mut at = 0;
    for (hunk, _) in hunks {
        let start = hunk.start - first;
        lines.extend_from_slice(&region.base[at..start.max(at)]);
        lines.extend_from_slice(&hunk.lines);
        at = hunk.end - first;
    }
    lines.extend_from_slice(&region.base[at..]);
    // Nothing may stand twice that stood once: the same element, added by both.
    let repeated = own.iter().flat_map(|hunk| &hunk.lines).any(|line| {
        let added = other.iter().flat_map(|hunk| &hunk.lines);
        !line.trim().is_empty() && added.into_iter().any(|other| other.trim() == line.trim())
    });
    (!repeated).then_some(lines)
}

/// The lines from `start` to `end` with the hunks of one side put in.
fn replaced<'a>(base: &[&'a str], start: usize, end: usize, hunks: &[Hunk<'a>]) -> Vec<&'a str> {
    let mut lines = Vec::new();
    let mut at = start;
    for hunk in hunks {
        lines.extend_from_slice(&base[at..hunk.start]);
        lines.extend_from_slice(&hunk.lines);
        at = hunk.end;
    }
    lines.extend_from_slice(&base[at..end]);
    lines
}

/// What a side changed of the base.
fn hunks<'a>(base: &'a str, side: &'a str) -> Vec<Hunk<'a>> {
    let lines: Vec<&str> = side.split_inclusive('\n').collect();
    let mut options = DiffOptions::new();
    options.set_context_len(0);
    let patch = options.create_patch(base, side);
    // Lines count from one, but an empty range names the line before it.
    let range = |range: HunkRange| match range.is_empty() {
        true => range.start()..range.start(),
        false => range.start() - 1..range.start() - 1 + range.len(),
    };
    let hunks = patch.hunks().iter().map(|hunk| {
        let old = range(hunk.old_range());
        Hunk {
            start: old.start,
            end: old.end,
            lines: lines[range(hunk.new_range())].to_vec(),
        }
    });
    hunks.collect()
}
