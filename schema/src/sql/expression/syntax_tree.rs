//! What was written, before it means anything: operators in their order, dotted names, types.

use crate::sql::builtin::{
    BIT, BOOL, BPCHAR, FLOAT4, FLOAT8, INT2, INT4, INT8, INTERVAL, NUMERIC, Oid, TIME, TIMESTAMP,
    TIMESTAMPTZ, TIMETZ, VARBIT, VARCHAR,
};
use crate::sql::catalog::{Assume, Catalog, TypeUse};
use crate::sql::syntax::{Kind, Node, unquoted};

/// Operands and operators, bound as PostgreSQL binds them.
#[derive(Debug)]
pub(in crate::sql) enum SyntaxTree {
    Operand(Node),
    /// `-a`, whose sign stands at the operator before it: `b*-a`.
    Minus(Node),
    Binary {
        left: Box<SyntaxTree>,
        operator: Operator,
        right: Box<SyntaxTree>,
    },
}

/// A binary operator or what is written like one.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Operator {
    /// The node or token that stands for it.
    pub(in crate::sql) kind: Kind,
    /// `||`, `is not`, `at time zone`: its words in lower case.
    pub(in crate::sql) text: String,
    /// The schema of `OPERATOR(public.=)`.
    pub(in crate::sql) schema: Option<String>,
}

/// The tree of a binary expression; the parser groups `a || b || c` from the right, PostgreSQL from the left.
pub(in crate::sql) fn operands(node: &Node) -> Option<SyntaxTree> {
    let mut operands = Vec::new();
    let mut operators = Vec::new();
    flatten(node, &mut operands, &mut operators)?;
    let mut operands = operands.into_iter();
    let mut stack = vec![SyntaxTree::Operand(operands.next()?)];
    let mut waiting: Vec<Operator> = Vec::new();
    for (operator, operand) in operators.into_iter().zip(operands) {
        while waiting
            .last()
            .is_some_and(|last| precedence(last) >= precedence(&operator))
        {
            reduce(&mut stack, &mut waiting)?;
        }
        let (operator, is_negative) = without_sign(operator);
        waiting.push(operator);
        stack.push(match is_negative {
            true => SyntaxTree::Minus(operand),
            false => SyntaxTree::Operand(operand),
        });
    }
    while !waiting.is_empty() {
        reduce(&mut stack, &mut waiting)?;
    }
    stack.pop()
}

/// An operator of several letters ends with no sign, unless it has others than those of arithmetic: `*-` is `*` and a
/// minus.
fn without_sign(operator: Operator) -> (Operator, bool) {
    let is_sign = operator.kind == Kind::CUSTOM_OP
        && operator.text.len() > 1
        && operator.text.ends_with('-')
        && !operator.text.contains(|c| "~!@#%^&|`?".contains(c));
    match is_sign {
        true => {
            let text = operator.text.trim_end_matches('-').to_owned();
            (Operator { text, ..operator }, true)
        }
        false => (operator, false),
    }
}

fn reduce(stack: &mut Vec<SyntaxTree>, waiting: &mut Vec<Operator>) -> Option<()> {
    let (right, left) = (stack.pop()?, stack.pop()?);
    stack.push(SyntaxTree::Binary {
        left: Box::new(left),
        operator: waiting.pop()?,
        right: Box::new(right),
    });
    Some(())
}

fn flatten(node: &Node, operands: &mut Vec<Node>, operators: &mut Vec<Operator>) -> Option<()> {
    if node.kind() != Kind::BIN_EXPR {
        operands.push(node.clone());
        return Some(());
    }
    let children: Vec<_> = node.children().collect();
    let (left, right) = (children.first()?, children.last()?);
    flatten(left, operands, operators)?;
    operators.push(operator(node, &children)?);
    flatten(right, operands, operators)
}

fn operator(node: &Node, children: &[Node]) -> Option<Operator> {
    if let [_, middle, _] = children {
        if middle.kind() == Kind::OPERATOR_CALL {
            let op = middle.child(Kind::OP)?;
            let mut tokens = op.tokens();
            let schema = op.child(Kind::PATH_REF).map(|path| path.path());
            let schema = schema.and_then(|path| path.into_iter().find(|part| !part.is_empty()));
            if schema.is_some() {
                // The name of the schema and the dot.
                tokens.drain(..tokens.len().min(2));
            }
            return Some(Operator {
                kind: Kind::CUSTOM_OP,
                text: tokens.concat(),
                schema: schema.filter(|schema| schema != "pg_catalog"),
            });
        }
        let words = middle.tokens();
        let text = match middle.kind() {
            Kind::CUSTOM_OP => words.concat(),
            _ => words.join(" ").to_lowercase(),
        };
        return Some(Operator {
            kind: middle.kind(),
            text,
            schema: None,
        });
    }
    let kind = *node.token_kinds().first()?;
    Some(Operator {
        kind,
        text: node.token(kind)?.to_lowercase(),
        schema: None,
    })
}

/// How tightly an operator binds.
fn precedence(operator: &Operator) -> u8 {
    match operator.kind {
        Kind::OR_KW => 1,
        Kind::AND_KW => 2,
        Kind::IS_KW
        | Kind::IS_NOT
        | Kind::IS_DISTINCT_FROM
        | Kind::IS_NOT_DISTINCT_FROM
        | Kind::IS_JSON => 4,
        Kind::OVERLAPS_KW
        | Kind::IN_KW
        | Kind::NOT_IN
        | Kind::LIKE_KW
        | Kind::NOT_LIKE
        | Kind::ILIKE_KW
        | Kind::NOT_ILIKE
        | Kind::SIMILAR_TO
        | Kind::NOT_SIMILAR_TO => 6,
        Kind::ESCAPE_KW => 7,
        Kind::AT_TIME_ZONE => 12,
        _ => match operator.text.as_str() {
            "=" | "<" | ">" | "<=" | ">=" | "<>" | "!=" => 5,
            "+" | "-" => 9,
            "*" | "/" | "%" => 10,
            "^" => 11,
            _ => 8,
        },
    }
}

/// `a.b.c` as its parts, if nothing but names stands in it.
pub(in crate::sql) fn dotted(node: &Node) -> Option<Vec<String>> {
    match node.kind() {
        Kind::NAME_REF => Some(vec![node.name()]),
        Kind::FIELD_EXPR => {
            let mut children = node.children();
            let mut path = dotted(&children.next()?)?;
            path.push(children.next()?.name());
            Some(path)
        }
        _ => None,
    }
}

/// The text of a literal: several quoted ones in a row are one.
pub(in crate::sql) fn literal_text(node: &Node) -> Option<String> {
    let parts: Option<Vec<_>> = node.tokens().iter().map(|token| unquoted(token)).collect();
    parts
        .filter(|parts| !parts.is_empty())
        .map(|parts| parts.concat())
}

pub(in crate::sql) fn is_type(node: &Node) -> bool {
    matches!(
        node.kind(),
        Kind::ARRAY_TYPE
            | Kind::PATH_TYPE
            | Kind::PERCENT_TYPE
            | Kind::VARCHAR_TYPE
            | Kind::CHARACTER_TYPE
            | Kind::BIT_TYPE
            | Kind::BIT_VARYING_TYPE
            | Kind::DOUBLE_TYPE
            | Kind::TIME_TYPE
            | Kind::TIMESTAMP_TYPE
            | Kind::INTERVAL_TYPE
    )
}

/// The type that a node names; one that nothing made may be assumed to be there.
pub(in crate::sql) fn type_of(
    catalog: &mut Catalog,
    node: &Node,
    assume: Assume,
) -> Result<TypeUse, String> {
    let with_length = |oid, header: i32, otherwise: i32| TypeUse {
        oid,
        modifier: arguments(node)
            .first()
            .and_then(|length| length.parse::<i32>().ok())
            .map_or(otherwise, |length| length + header),
        suffix: None,
    };
    Ok(match node.kind() {
        Kind::ARRAY_TYPE => {
            let element = node.children().find(is_type).ok_or("a type is missing")?;
            let element = type_of(catalog, &element, assume)?;
            let array = catalog.array_of(element.oid);
            TypeUse {
                oid: array.ok_or_else(|| format!("`{}` has no arrays", node.text()))?,
                ..element
            }
        }
        Kind::VARCHAR_TYPE => with_length(VARCHAR, 4, -1),
        Kind::CHARACTER_TYPE => with_length(BPCHAR, 4, 5),
        Kind::BIT_TYPE => with_length(BIT, 0, 1),
        Kind::BIT_VARYING_TYPE => with_length(VARBIT, 0, -1),
        Kind::DOUBLE_TYPE => TypeUse::plain(FLOAT8),
        Kind::TIME_TYPE | Kind::TIMESTAMP_TYPE => {
            let zoned = node.child(Kind::WITH_TIMEZONE).is_some();
            let oid = match (node.kind(), zoned) {
                (Kind::TIME_TYPE, false) => TIME,
                (Kind::TIME_TYPE, true) => TIMETZ,
                (_, false) => TIMESTAMP,
                (_, true) => TIMESTAMPTZ,
            };
            let precision = node
                .child(Kind::LITERAL)
                .and_then(|literal| literal.text().parse().ok());
            TypeUse {
                oid,
                modifier: precision.unwrap_or(-1),
                suffix: None,
            }
        }
        Kind::INTERVAL_TYPE => interval(node),
        Kind::PATH_TYPE => return named(catalog, node, assume),
        _ => return Err(format!("the type `{}` is not read", node.text())),
    })
}

/// `interval day to second(3)`
fn interval(node: &Node) -> TypeUse {
    let words = node.tokens();
    let rest: String = words[1..].join(" ").to_lowercase();
    let rest = rest
        .replace(" ( ", "(")
        .replace("( ", "(")
        .replace(" )", ")");
    let separator = if rest.starts_with('(') { "" } else { " " };
    TypeUse {
        oid: INTERVAL,
        // What it says is in the suffix; that it says something is all that is asked.
        modifier: if rest.is_empty() { -1 } else { 0 },
        suffix: (!rest.is_empty()).then(|| format!("{separator}{rest}")),
    }
}

/// A type by its name, or by a keyword that stands for one.
fn named(catalog: &mut Catalog, node: &Node, assume: Assume) -> Result<TypeUse, String> {
    let reference = node.child(Kind::PATH_REF).ok_or("a type is missing")?;
    let path = reference.path();
    let arguments = arguments(node);
    let keyword = match path.as_slice() {
        [name] if !node.text().starts_with('"') => keyword(name),
        _ => None,
    };
    let oid = match keyword {
        Some(FLOAT8)
            if arguments
                .first()
                .and_then(|bits| bits.parse().ok())
                .is_some_and(|bits: u8| bits < 25) =>
        {
            FLOAT4
        }
        Some(oid) => oid,
        None => catalog
            .find_type(&path)
            .or_else(|| catalog.assume_type(&path, reference.range(), assume))
            .ok_or_else(|| format!("type `{}` does not exist", path.join(".")))?,
    };
    Ok(with_modifiers(
        oid,
        &arguments,
        node.text().starts_with('"'),
    ))
}

/// Types whose keyword is not their name.
fn keyword(name: &str) -> Option<Oid> {
    Some(match name {
        "int" | "integer" => INT4,
        "smallint" => INT2,
        "bigint" => INT8,
        "real" => FLOAT4,
        "float" => FLOAT8,
        "decimal" | "dec" | "numeric" => NUMERIC,
        "boolean" => BOOL,
        _ => return None,
    })
}

fn with_modifiers(oid: Oid, arguments: &[String], quoted: bool) -> TypeUse {
    let number = |index: usize| {
        arguments
            .get(index)
            .and_then(|argument| argument.parse::<i32>().ok())
    };
    let modifier = match (oid, number(0)) {
        (VARCHAR, Some(length)) => length + 4,
        (BPCHAR, Some(length)) => length + 4,
        (NUMERIC, Some(precision)) => {
            let scale = number(1).unwrap_or(0);
            ((precision << 16) | (scale & 0x7ff)) + 4
        }
        (BIT | VARBIT, Some(length)) => length,
        (TIME | TIMETZ | TIMESTAMP | TIMESTAMPTZ, Some(precision)) => precision,
        (BIT, None) if !quoted => -1,
        _ => -1,
    };
    let is_own = Catalog::built_in(oid).is_none();
    let suffix = (is_own && !arguments.is_empty()).then(|| {
        format!(
            "({})",
            arguments
                .iter()
                .map(|argument| capitalised(argument))
                .collect::<Vec<_>>()
                .join(",")
        )
    });
    TypeUse {
        oid,
        modifier: if suffix.is_some() { 0 } else { modifier },
        suffix,
    }
}

/// `point` → `Point`, as PostGIS writes the kinds of its geometries.
fn capitalised(argument: &str) -> String {
    const KINDS: [&str; 15] = [
        "Geometry",
        "Point",
        "LineString",
        "Polygon",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
        "GeometryCollection",
        "CircularString",
        "CompoundCurve",
        "CurvePolygon",
        "MultiCurve",
        "MultiSurface",
        "PolyhedralSurface",
        "Triangle",
    ];
    let upper = argument.to_ascii_uppercase();
    for kind in KINDS {
        if let Some(dimensions) = upper.strip_prefix(&kind.to_ascii_uppercase())
            && matches!(dimensions, "" | "Z" | "M" | "ZM")
        {
            return format!("{kind}{dimensions}");
        }
    }
    argument.to_owned()
}

/// The modifiers in brackets, as they were written.
fn arguments(node: &Node) -> Vec<String> {
    let list = node.child(Kind::ARG_LIST);
    let list = list.iter().flat_map(|list| list.all(Kind::ARG));
    list.map(|argument| {
        let text = argument.text();
        unquoted(&text).unwrap_or(text)
    })
    .collect()
}
