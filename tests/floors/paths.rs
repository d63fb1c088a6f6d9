//! What a file of source says of modules and paths, found among its tokens.
//!
//! Tokens and not a tree, since paths stand within macros, too; but for `quote!`, which holds other programs' code.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The macros whose tokens are the source of something else.
const QUOTES: [&str; 4] = [
    "parse_quote",
    "parse_quote_spanned",
    "quote",
    "quote_spanned",
];

/// With these an item or a statement begins, within which a comma may stand; it ends a field, a variant or an arm.
const ITEMS: [&str; 14] = [
    "async", "const", "enum", "extern", "fn", "impl", "let", "mod", "static", "struct", "trait",
    "type", "unsafe", "use",
];

/// What a file says.
#[derive(Default)]
pub(crate) struct Found {
    /// The modules that the root declares, but for those of tests.
    pub(crate) modules: Vec<String>,
    /// The modules of tests, from the root.
    pub(crate) for_tests: Vec<Vec<String>>,
    /// The first name of each path from the root, with the path: `("sql", "crate::sql::name")`.
    pub(crate) paths: Vec<(String, String)>,
    /// What the root brings into its own scope: the name there, and the first of the path: `("Error", "error")`.
    pub(crate) exports: Vec<(String, String)>,
    /// The macros that it makes, which the root has where they are exported.
    pub(crate) macros: Vec<String>,
}

/// Looks through a file that is the source of a module.
pub(crate) fn found(tokens: TokenStream, module: &[String]) -> Found {
    let mut found = Found::default();
    found.look(tokens, module, module.is_empty());
    found
}

impl Found {
    /// Looks through tokens of a module; `is_root` where they are the items of the root itself.
    fn look(&mut self, tokens: TokenStream, module: &[String], is_root: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = &tokens[..];
        while let Some(token) = rest.first() {
            if let [hash, TokenTree::Group(attribute), after @ ..] = rest
                && is_punct(hash, '#')
                && is_for_tests(attribute)
            {
                rest = self.skip(after, module);
                continue;
            }
            match (name(token).as_deref(), rest) {
                (
                    Some("mod"),
                    [
                        _,
                        TokenTree::Ident(inner),
                        TokenTree::Group(body),
                        after @ ..,
                    ],
                ) => {
                    let mut module = module.to_vec();
                    module.push(inner.to_string());
                    self.look(body.stream(), &module, false);
                    rest = after;
                }
                (Some("mod"), [_, TokenTree::Ident(inner), after @ ..]) if is_root => {
                    self.modules.push(inner.to_string());
                    rest = after;
                }
                (Some("use"), [_, after @ ..]) if is_root => {
                    let end = after.iter().position(|token| is_punct(token, ';'));
                    let (tree, after) = after.split_at(end.unwrap_or(after.len()));
                    self.exported(tree, None);
                    self.look(tree.iter().cloned().collect(), module, false);
                    rest = after;
                }
                (Some("macro_rules"), [_, _, TokenTree::Ident(macro_name), after @ ..]) => {
                    self.macros.push(macro_name.to_string());
                    rest = after;
                }
                (Some(quote), [_, mark, TokenTree::Group(_), after @ ..])
                    if is_punct(mark, '!') && QUOTES.contains(&quote) =>
                {
                    rest = after;
                }
                (Some("crate" | "super"), [_, after @ ..]) if is_path(after) => {
                    rest = self.path(rest, module.len(), "");
                }
                (_, [TokenTree::Group(group), after @ ..]) => {
                    self.look(group.stream(), module, false);
                    rest = after;
                }
                (_, [_, after @ ..]) => rest = after,
                (_, []) => {}
            }
        }
    }

    /// Passes the item that is compiled for tests alone, and notes the module that it declares.
    fn skip<'t>(&mut self, tokens: &'t [TokenTree], module: &[String]) -> &'t [TokenTree] {
        let mut first = tokens;
        while let [hash, TokenTree::Group(_), after @ ..] = first
            && is_punct(hash, '#')
        {
            first = after;
        }
        let at = first
            .iter()
            .position(|token| name(token).as_deref() == Some("mod"));
        if let Some(at) = at.filter(|at| *at <= 2)
            && let [TokenTree::Ident(inner), end, ..] = &first[at + 1..]
            && is_punct(end, ';')
        {
            let mut module = module.to_vec();
            module.push(inner.to_string());
            self.for_tests.push(module);
        }
        let starts = |words: &[&str]| {
            let names = first.iter().take(3).filter_map(name);
            names.into_iter().any(|name| words.contains(&&*name))
        };
        let (is_import, is_item) = (starts(&["use"]), starts(&ITEMS));
        let end = first.iter().position(|token| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !is_import,
            token => is_punct(token, ';') || is_punct(token, ',') && !is_item,
        });
        &first[end.map_or(first.len(), |end| end + 1)..]
    }

    /// Follows a path, or a tree of them, from a module that is so many below the root. Returns what stands behind.
    ///
    /// `crate::{sql::name, words}` → `sql`, `words`; in `sql::name`, `super::super::words` → `words`
    fn path<'t>(&mut self, tokens: &'t [TokenTree], depth: usize, before: &str) -> &'t [TokenTree] {
        let mut rest = tokens;
        let mut depth = depth;
        let mut written = before.to_owned();
        loop {
            match rest {
                [TokenTree::Ident(step), colon, second, after @ ..]
                    if is_punct(colon, ':') && is_punct(second, ':') =>
                {
                    let step = step.to_string();
                    written.extend([step.as_str(), "::"]);
                    match step.as_str() {
                        "crate" => depth = 0,
                        "super" => depth = depth.saturating_sub(1),
                        "self" => {}
                        _ if depth == 0 => {
                            let next = after.first().and_then(name).unwrap_or_default();
                            self.paths.push((step, format!("{written}{next}")));
                            return after;
                        }
                        _ => return after,
                    }
                    rest = after;
                }
                [TokenTree::Group(group), after @ ..] => {
                    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                    for tree in tokens.split(|token| is_punct(token, ',')) {
                        self.path(tree, depth, &written);
                    }
                    return after;
                }
                [last, after @ ..] => {
                    let last = last.to_string();
                    if depth == 0 && !matches!(&*last, "self" | "super" | "crate") {
                        self.paths.push((last.clone(), format!("{written}{last}")));
                    }
                    return after;
                }
                [] => return rest,
            }
        }
    }

    /// The names that a `use` brings: `error::{Error, Result as Outcome}` → `Error`, `Outcome` of `error`.
    fn exported(&mut self, tree: &[TokenTree], from: Option<&str>) {
        let steps = tree.iter().filter_map(name);
        let mut steps = steps.filter(|step| !matches!(&**step, "crate" | "self"));
        let first = from.map(str::to_owned).or_else(|| steps.next());
        let Some(first) = first else { return };
        if let Some(TokenTree::Group(group)) = tree.last() {
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            for tree in tokens.split(|token| is_punct(token, ',')) {
                self.exported(tree, Some(&first));
            }
        } else if let Some(last) = steps.next_back() {
            self.exports.push((last, first));
        }
    }
}

/// `cfg(test)`, `cfg(all(test, unix))`
fn is_for_tests(attribute: &Group) -> bool {
    let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match &tokens[..] {
        [cfg, TokenTree::Group(condition)] if name(cfg).as_deref() == Some("cfg") => {
            asks_for_tests(condition.stream())
        }
        _ => false,
    }
}

fn asks_for_tests(condition: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match &tokens[..] {
        [one] => name(one).as_deref() == Some("test"),
        [all, TokenTree::Group(parts)] if name(all).as_deref() == Some("all") => {
            let parts: Vec<TokenTree> = parts.stream().into_iter().collect();
            let mut parts = parts.split(|token| is_punct(token, ','));
            parts.any(|part| asks_for_tests(part.iter().cloned().collect()))
        }
        _ => false,
    }
}

fn is_path(after: &[TokenTree]) -> bool {
    matches!(after, [colon, second, ..] if is_punct(colon, ':') && is_punct(second, ':'))
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn name(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}
