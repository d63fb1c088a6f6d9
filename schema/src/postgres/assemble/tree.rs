//! PostgreSQL's text form of a stored query (`pg_node_tree`), parsed.
//!
//! `({QUERY :commandType 1 :rtable ({RANGETBLENTRY :alias <> …}) :targetList (…) …})`

/// A value of the text form.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// `{TAG :field value …}`; a field may have several values, or none.
    Struct {
        tag: &'a str,
        fields: Vec<(&'a str, Vec<Node<'a>>)>,
    },
    /// `( … )`, with `i`, `o` or `b` first where its elements are bare numbers.
    List(Vec<Node<'a>>),
    /// Anything else: a number, a name, `<>` for nothing.
    Atom(&'a str),
}

/// Deeper trees are not read; no person writes such a view.
const DEPTH: usize = 500;

/// Parses the text, or nothing if it is of a form that this does not know.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    let mut tokens = Tokens { rest: text };
    let first = tokens.next()?;
    node(first, &mut tokens, DEPTH)
}

impl<'a> Node<'a> {
    /// The first value of a field.
    pub(super) fn get(&self, field: &str) -> Option<&Node<'a>> {
        match self {
            Node::Struct { fields, .. } => {
                let (_, values) = fields.iter().find(|(name, _)| *name == field)?;
                values.first()
            }
            _ => None,
        }
    }

    /// A field as a number.
    pub(super) fn number<T: std::str::FromStr>(&self, field: &str) -> Option<T> {
        match self.get(field)? {
            Node::Atom(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The elements of a list in a field; none where there is no list.
    pub(super) fn list(&self, field: &str) -> &[Node<'a>] {
        match self.get(field) {
            Some(Node::List(items)) => items,
            _ => &[],
        }
    }

    pub(super) fn tag(&self) -> &'a str {
        match self {
            Node::Struct { tag, .. } => tag,
            _ => "",
        }
    }
}

fn node<'a>(token: &'a str, tokens: &mut Tokens<'a>, depth: usize) -> Option<Node<'a>> {
    let depth = depth.checked_sub(1)?;
    match token {
        "{" => {
            let tag = tokens.next()?;
            let mut fields: Vec<(&str, Vec<Node<'_>>)> = Vec::new();
            loop {
                match tokens.next()? {
                    "}" => return Some(Node::Struct { tag, fields }),
                    token => match (token.strip_prefix(':'), fields.last_mut()) {
                        (Some(name), _) => fields.push((name, Vec::new())),
                        (None, Some((_, values))) => values.push(node(token, tokens, depth)?),
                        (None, None) => return None,
                    },
                }
            }
        }
        "(" => {
            let mut items = Vec::new();
            loop {
                match tokens.next()? {
                    ")" => return Some(Node::List(items)),
                    token => items.push(node(token, tokens, depth)?),
                }
            }
        }
        "}" | ")" => None,
        atom => Some(Node::Atom(atom)),
    }
}

/// Splits as PostgreSQL's `pg_strtok` does: at white space and brackets, unless a backslash precedes.
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches([' ', '\n', '\t']);
        let bytes = rest.as_bytes();
        let mut end = 0;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b' ' | b'\n' | b'\t' => break,
                b'(' | b')' | b'{' | b'}' => {
                    end = end.max(1);
                    break;
                }
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        // An escaped character of several bytes ends on a boundary, for all its bytes are plain.
        let (token, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        (!token.is_empty()).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, parse};

    #[test]
    fn nested() {
        let tree =
            parse(r#"({QUERY :a 1 :b <> :c (i 1 2) :d {VAR :e -1} :f 4 [ 1 0 ] :g a\ \{b})"#)
                .expect("a tree");
        let Node::List(items) = &tree else {
            panic!("{tree:?}")
        };
        let query = &items[0];
        assert_eq!(query.tag(), "QUERY");
        assert_eq!(query.number("a"), Some(1));
        assert_eq!(query.list("b"), []);
        assert_eq!(query.list("c").len(), 3);
        assert_eq!(query.get("d").and_then(|var| var.number("e")), Some(-1));
        assert_eq!(query.get("g"), Some(&Node::Atom(r"a\ \{b")));
    }

    #[test]
    fn not_a_tree() {
        for text in [
            "",
            "(",
            "{",
            "{A b}",
            "}",
            "({QUERY :a (}",
            "\\",
            &"(".repeat(9999),
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
