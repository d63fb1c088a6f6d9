//! The text of an array as the database writes and reads it: `{a,NULL,"b c"}`, `{{1,2},{3,4}}`, `[0:1]={a,b}`.

use super::{Dimension, Shape};

/// Writes an array of the texts of its elements.
pub(crate) fn write(items: &[Option<String>], shape: &Shape) -> String {
    let dimensions = shape.dimensions(items.len());
    let mut text = String::new();
    if !shape.is_plain() && dimensions.iter().any(|dimension| dimension.first != 1) {
        for Dimension { length, first } in &dimensions {
            let last = i64::from(*first) + *length as i64 - 1;
            text.push_str(&format!("[{first}:{last}]"));
        }
        text.push('=');
    }
    match dimensions.is_empty() {
        true => text.push_str("{}"),
        false => write_dimension(&mut text, &dimensions, &mut items.iter()),
    }
    text
}

fn write_dimension<'a>(
    text: &mut String,
    dimensions: &[Dimension],
    items: &mut impl Iterator<Item = &'a Option<String>>,
) {
    let Some((dimension, inner)) = dimensions.split_first() else {
        match items.next() {
            Some(Some(item)) => write_element(text, item),
            _ => text.push_str("NULL"),
        }
        return;
    };
    text.push('{');
    for index in 0..dimension.length {
        if index > 0 {
            text.push(',');
        }
        write_dimension(text, inner, items);
    }
    text.push('}');
}

fn write_element(text: &mut String, element: &str) {
    let special =
        |letter: char| letter.is_whitespace() || matches!(letter, '{' | '}' | ',' | '"' | '\\');
    if !element.is_empty() && !element.contains(special) && !element.eq_ignore_ascii_case("null") {
        text.push_str(element);
        return;
    }
    text.push('"');
    for letter in element.chars() {
        if matches!(letter, '"' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    text.push('"');
}

/// Reads the texts of the elements of an array, and its shape.
pub(super) fn parse(text: &str) -> Option<(Vec<Option<String>>, Shape)> {
    let text = text.trim();
    let (bounds, body) = match text.starts_with('[') {
        true => text.split_once('=')?,
        false => ("", text),
    };
    let firsts = bounds
        .split_terminator(']')
        .map(|bound| {
            bound
                .trim()
                .strip_prefix('[')?
                .split(':')
                .next()?
                .parse()
                .ok()
        })
        .collect::<Option<Vec<i32>>>()?;
    let mut parser = Parser {
        rest: body.trim(),
        items: Vec::new(),
        lengths: Vec::new(),
    };
    parser.dimension(0)?;
    let Parser {
        rest,
        items,
        lengths,
    } = parser;
    if !rest.is_empty() || (!firsts.is_empty() && firsts.len() != lengths.len()) {
        return None;
    }
    if items.is_empty() {
        return Some((items, Shape::default()));
    }
    let dimensions = lengths
        .into_iter()
        .enumerate()
        .map(|(at, length)| Dimension {
            length: length.unwrap_or(0),
            first: firsts.get(at).copied().unwrap_or(1),
        });
    Some((items, Shape::new(dimensions.collect())))
}

/// More dimensions than the database allows would only nest deeper.
const MOST_DIMENSIONS: usize = 6;

struct Parser<'a> {
    rest: &'a str,
    items: Vec<Option<String>>,
    /// How long each dimension is, as far as one of that depth has been read to its end.
    lengths: Vec<Option<usize>>,
}

impl Parser<'_> {
    /// Reads `{…}` at some depth; all of one depth must be of one length.
    fn dimension(&mut self, depth: usize) -> Option<()> {
        if !self.eat('{') || depth == MOST_DIMENSIONS {
            return None;
        }
        if self.lengths.len() == depth {
            // Elements of a depth above would stand beside arrays.
            if !self.items.is_empty() {
                return None;
            }
            self.lengths.push(None);
        }
        let mut count = 0;
        if !self.eat('}') {
            loop {
                self.skip();
                match self.rest.starts_with('{') {
                    true => self.dimension(depth + 1)?,
                    false if self.lengths.len() == depth + 1 => {
                        let element = self.element()?;
                        self.items.push(element);
                    }
                    false => return None,
                }
                count += 1;
                if self.eat('}') {
                    break;
                }
                if !self.eat(',') {
                    return None;
                }
            }
        }
        let known = self.lengths.get_mut(depth)?;
        match known.replace(count) {
            Some(other) if other != count => None,
            _ => Some(()),
        }
    }

    /// Reads an element: quoted, or up to the next comma or brace.
    fn element(&mut self) -> Option<Option<String>> {
        let quoted = self.eat('"');
        let mut text = String::new();
        let mut letters = self.rest.char_indices();
        let mut escaped = false;
        loop {
            let (at, letter) = letters.next()?;
            match letter {
                '\\' => {
                    escaped = true;
                    text.push(letters.next()?.1);
                }
                '"' if quoted => {
                    self.rest = &self.rest[at + 1..];
                    return Some(Some(text));
                }
                '"' | '{' if !quoted => return None,
                ',' | '}' if !quoted => {
                    self.rest = &self.rest[at..];
                    break;
                }
                letter => text.push(letter),
            }
        }
        let text = text.trim_end();
        match text {
            "" => None,
            text if text.eq_ignore_ascii_case("null") && !escaped => Some(None),
            text => Some(Some(text.to_owned())),
        }
    }

    fn eat(&mut self, letter: char) -> bool {
        self.skip();
        match self.rest.strip_prefix(letter) {
            Some(rest) => {
                self.rest = rest;
                // What follows a bracket may be blanks; what follows a quote belongs to the text.
                if letter != '"' {
                    self.skip();
                }
                true
            }
            None => false,
        }
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn round_trip(text: &str) {
        let (items, shape) = parse(text).unwrap_or_else(|| panic!("{text} is an array"));
        assert_eq!(write(&items, &shape), text);
    }

    #[test]
    fn arrays() {
        for text in [
            "{}",
            "{1,2}",
            "{NULL,\"NULL\",\"\"}",
            "{\"a,b\",\"c\\\"d\",\"e\\\\f\",\" g \",\"{}\"}",
            "{{1,2},{3,NULL}}",
            "{{{1},{2}},{{3},{4}}}",
            "[0:1]={a,b}",
            "[-1:0][2:3]={{1,2},{3,4}}",
        ] {
            round_trip(text);
        }
        assert_eq!(parse(" { a , null } "), parse("{a,NULL}"));
    }

    #[test]
    fn no_arrays() {
        for text in [
            "",
            "a",
            "{",
            "{a",
            "{a}}",
            "{a,}",
            "{,a}",
            "{{1},{2,3}}",
            "{1,{2}}",
            "{{1},2}",
            "{\"a}",
            "{a\"b}",
            "[0:1]={{1},{2}}",
            "[x:1]={1}",
            "{\\",
            "{{{{{{{1}}}}}}}",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
