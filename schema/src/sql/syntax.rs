//! The syntax tree of a statement: the one place that knows the crate which parses it.

use std::ops::Range;

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::column_name::ColumnName;
use squawk_syntax::plpgsql::Plpgsql;
use squawk_syntax::{SourceFile, SyntaxElement, SyntaxNode, SyntaxToken};

pub(super) use squawk_syntax::SyntaxKind as Kind;

use super::diagnostic::{Problem, Severity};
use super::name::folded;
use super::readable;

/// A node of the tree; its children are nodes and tokens, blanks and comments among them left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node(SyntaxNode);

/// Deeper brackets are not parsed: the parser works by recursion.
const DEPTH: usize = 200;

/// A chain of operators makes a tree as deep as it is long.
const TREE_DEPTH: usize = 2_000;

/// Parses one statement; what the parser says against it comes with the tree, as far as there is one.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<Problem>) {
    const TOO_DEEP: &str = "the statement is nested too deeply to be read";
    if let Some(at) = too_deep(text) {
        return (None, vec![problem(at..at + 1, TOO_DEEP)]);
    }
    let parsed = SourceFile::parse(&readable::of(text));
    let tree = parsed.syntax_node();
    if is_deep(&tree) {
        return (None, vec![problem(0..1, TOO_DEEP)]);
    }
    let problems = parsed.errors().into_iter().map(|error| {
        let range = error.range();
        problem(range.start().into()..range.end().into(), error.message())
    });
    (tree.children().next().map(Node), problems.collect())
}

/// The body of a DO statement, a function or a procedure in PL/pgSQL.
pub(super) struct Body {
    parsed: Plpgsql,
    pub(super) root: Node,
}

impl Body {
    /// The body; none if it is in another language, or not understood.
    pub(super) fn of(statement: &Node) -> Option<Self> {
        let node = statement.0.clone();
        let parsed = match node.kind() {
            Kind::CREATE_FUNCTION => ast::CreateFunction::cast(node)?.plpgsql()?,
            Kind::CREATE_PROCEDURE => ast::CreateProcedure::cast(node)?.plpgsql()?,
            _ => ast::Do::cast(node)?.plpgsql()?,
        };
        if too_deep(parsed.text()).is_some() {
            return None;
        }
        let root = parsed.syntax();
        (!is_deep(&root)).then(|| Self {
            parsed,
            root: Node(root),
        })
    }

    /// Where a node of the body, by its place there, stands in the statement.
    pub(super) fn range(&self, within: &Range<usize>) -> Range<usize> {
        let mut nodes = self.root.0.descendants().map(Node);
        let node = nodes.find(|node| node.range() == *within);
        let node = node.map_or_else(|| self.root.0.clone(), |node| node.0);
        let range = self.parsed.source_range(node.text_range());
        range.start().into()..range.end().into()
    }
}

fn problem(range: Range<usize>, message: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        range,
        message: message.to_owned(),
        hint: None,
    }
}

/// Where the text nests deeper than the parser may go: brackets, CASE, one NOT or sign after the other.
///
/// Quotes are not told apart: a text that is refused because of what stands in its quotes is none that a person wrote.
fn too_deep(text: &str) -> Option<usize> {
    let mut brackets = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if brackets > DEPTH {
            return Some(at);
        }
    }
    let (mut cases, mut run, mut last) = (0_usize, 0_usize, "");
    for word in text.split_ascii_whitespace() {
        run = if word == last { run + 1 } else { 0 };
        last = word;
        if word.eq_ignore_ascii_case("CASE") {
            cases += 1;
        } else if word
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("END"))
        {
            cases = cases.saturating_sub(1);
        }
        if run > DEPTH || cases > DEPTH {
            return text.find(word);
        }
    }
    None
}

/// Whether a tree is deeper than what walks it should go.
fn is_deep(tree: &SyntaxNode) -> bool {
    let mut depth = 0_usize;
    let mut node = tree.clone();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > TREE_DEPTH {
                return true;
            }
            node = child;
            continue;
        }
        node = loop {
            if let Some(next) = node.next_sibling() {
                break next;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return false,
            }
            depth -= 1;
        };
    }
}

impl Node {
    pub(super) fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// Where it stands in the statement, in bytes.
    pub(super) fn range(&self) -> Range<usize> {
        let range = self.0.text_range();
        range.start().into()..range.end().into()
    }

    /// Its text as it was written.
    pub(super) fn text(&self) -> String {
        self.0.text().to_string().trim().to_owned()
    }

    /// Its text in one line, without comments.
    pub(super) fn tokens(&self) -> Vec<String> {
        let elements = self.0.descendants_with_tokens();
        let tokens = elements.filter_map(SyntaxElement::into_token);
        tokens
            .filter(is_said)
            .map(|token| token.text().to_owned())
            .collect()
    }

    pub(super) fn children(&self) -> impl Iterator<Item = Node> + use<> {
        self.0.children().map(Node)
    }

    /// The first child of a kind.
    pub(super) fn child(&self, kind: Kind) -> Option<Node> {
        self.children().find(|child| child.kind() == kind)
    }

    /// The children of a kind.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = Node> + use<> {
        self.children().filter(move |child| child.kind() == kind)
    }

    /// The nodes of a kind at any depth.
    pub(super) fn descendants(&self, kind: Kind) -> impl Iterator<Item = Node> + use<> {
        self.0
            .descendants()
            .map(Node)
            .filter(move |node| node.kind() == kind)
    }

    /// The nodes of some kinds at any depth.
    pub(super) fn nodes(&self, is_meant: fn(&Node) -> bool) -> impl Iterator<Item = Node> + use<> {
        self.0.descendants().map(Node).filter(is_meant)
    }

    /// The queries in it at any depth, each before those within it.
    pub(super) fn queries(&self) -> impl Iterator<Item = Node> + use<> {
        let is_query = |node: &Node| {
            matches!(
                node.kind(),
                Kind::SELECT | Kind::COMPOUND_SELECT | Kind::VALUES
            )
        };
        self.0.descendants().map(Node).filter(is_query)
    }

    /// Whether a token of a kind stands directly in it.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.token(kind).is_some()
    }

    /// The text of the first token of a kind that stands directly in it.
    pub(super) fn token(&self, kind: Kind) -> Option<String> {
        let token = self.own_tokens().find(|token| token.kind() == kind)?;
        Some(token.text().to_owned())
    }

    /// The kinds of the tokens that stand directly in it.
    pub(super) fn token_kinds(&self) -> Vec<Kind> {
        self.own_tokens().map(|token| token.kind()).collect()
    }

    /// The first token in it, at any depth.
    pub(super) fn first_token(&self) -> Option<(Kind, String)> {
        let elements = self.0.descendants_with_tokens();
        let mut tokens = elements
            .filter_map(SyntaxElement::into_token)
            .filter(is_said);
        tokens
            .next()
            .map(|token| (token.kind(), token.text().to_owned()))
    }

    /// The single name that it holds, folded: that of a column, a constraint, a schema.
    pub(super) fn name(&self) -> String {
        self.first_token()
            .map_or_else(String::new, |(_, text)| folded(&text))
    }

    /// The parts of the path that it is or holds: `public.film` → `public`, `film`.
    pub(super) fn path(&self) -> Vec<String> {
        let path = match self.kind() {
            Kind::PATH | Kind::PATH_REF => Some(self.clone()),
            _ => self
                .child(Kind::PATH)
                .or_else(|| self.child(Kind::PATH_REF)),
        };
        let Some(path) = path else {
            return vec![self.name()];
        };
        let nodes = path.0.descendants().map(Node);
        let segments =
            nodes.filter(|node| matches!(node.kind(), Kind::PATH_SEGMENT | Kind::PATH_SEGMENT_REF));
        segments.map(|segment| segment.name()).collect()
    }

    /// The names of its children of a kind.
    pub(super) fn names(&self, kind: Kind) -> Vec<String> {
        self.all(kind).map(|node| node.name()).collect()
    }

    fn own_tokens(&self) -> impl Iterator<Item = SyntaxToken> + use<> {
        let elements = self.0.children_with_tokens();
        elements
            .filter_map(SyntaxElement::into_token)
            .filter(is_said)
    }
}

fn is_said(token: &SyntaxToken) -> bool {
    !matches!(token.kind(), Kind::WHITESPACE | Kind::COMMENT)
}

/// The value of a quoted text, as it is written with any of SQL's quotes.
pub(super) fn unquoted(written: &str) -> Option<String> {
    let inner = |text: &str| Some(text.strip_suffix('\'')?.replace("''", "'"));
    match written.as_bytes() {
        [b'\'', ..] => inner(&written[1..]),
        [b'e' | b'E', b'\'', ..] => Some(unescaped(written[2..].strip_suffix('\'')?)),
        [b'n' | b'N', b'\'', ..] => inner(&written[2..]),
        [b'$', ..] => {
            let tag = &written[..written[1..].find('$')? + 2];
            written
                .strip_prefix(tag)?
                .strip_suffix(tag)
                .map(ToOwned::to_owned)
        }
        _ => None,
    }
}

/// `it\'s\n` → a quote and a line break.
fn unescaped(text: &str) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = text.chars().peekable();
    let push = |c: char, bytes: &mut Vec<u8>| {
        let mut buffer = [0; 4];
        bytes.extend(c.encode_utf8(&mut buffer).as_bytes());
    };
    while let Some(c) = rest.next() {
        match c {
            '\'' => {
                rest.next_if_eq(&'\'');
                push('\'', &mut bytes);
            }
            '\\' => match rest.next() {
                Some('n') => push('\n', &mut bytes),
                Some('t') => push('\t', &mut bytes),
                Some('r') => push('\r', &mut bytes),
                Some('b') => push('\u{8}', &mut bytes),
                Some('f') => push('\u{c}', &mut bytes),
                Some(kind @ ('x' | 'u' | 'U')) => {
                    let longest = match kind {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    match digits(&mut rest, 16, longest, None) {
                        Some(value) if kind == 'x' => bytes.push(value as u8),
                        Some(value) => {
                            push(char::from_u32(value).unwrap_or('\u{fffd}'), &mut bytes)
                        }
                        None => push(kind, &mut bytes),
                    }
                }
                Some(first @ '0'..='7') => {
                    let value = digits(&mut rest, 8, 2, first.to_digit(8));
                    bytes.push(value.unwrap_or_default() as u8);
                }
                Some(other) => push(other, &mut bytes),
                None => push('\\', &mut bytes),
            },
            other => push(other, &mut bytes),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digits(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    radix: u32,
    longest: usize,
    mut value: Option<u32>,
) -> Option<u32> {
    for _ in 0..longest {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(radix)) else {
            break;
        };
        rest.next();
        value = Some(value.unwrap_or(0) * radix + digit);
    }
    value
}

/// The name that PostgreSQL gives a column of a query's result.
pub(super) fn column_name(target: &Node) -> Option<String> {
    let target = ast::Target::cast(target.0.clone())?;
    let (name, _) = ColumnName::from_target(target)?;
    name.to_string()
}
