//! What is written unlike any other function: EXTRACT, TRIM, COALESCE, CURRENT_DATE.

use super::{Binder, Expression, Form};
use crate::sql::builtin::{BOOL, DATE, NAME, Oid, TEXT, TIME, TIMESTAMP, TIMESTAMPTZ, TIMETZ, XML};
use crate::sql::catalog::TypeUse;
use crate::sql::name::folded;
use crate::sql::syntax::{Kind, Node, unquoted};

/// The forms of Unicode.
pub(super) const FORMS: [&str; 4] = ["NFC", "NFD", "NFKC", "NFKD"];

/// A word that stands for a value.
pub(super) fn keyword(kind: Kind) -> Option<Expression> {
    let (text, oid): (&str, Oid) = match kind {
        Kind::CURRENT_DATE_KW => ("CURRENT_DATE", DATE),
        Kind::CURRENT_TIME_KW => ("CURRENT_TIME", TIMETZ),
        Kind::CURRENT_TIMESTAMP_KW => ("CURRENT_TIMESTAMP", TIMESTAMPTZ),
        Kind::LOCALTIME_KW => ("LOCALTIME", TIME),
        Kind::LOCALTIMESTAMP_KW => ("LOCALTIMESTAMP", TIMESTAMP),
        Kind::CURRENT_USER_KW => ("CURRENT_USER", NAME),
        Kind::CURRENT_ROLE_KW => ("CURRENT_ROLE", NAME),
        Kind::SESSION_USER_KW => ("SESSION_USER", NAME),
        Kind::USER_KW => ("USER", NAME),
        Kind::CURRENT_CATALOG_KW => ("CURRENT_CATALOG", NAME),
        Kind::CURRENT_SCHEMA_KW => ("CURRENT_SCHEMA", NAME),
        _ => return None,
    };
    Some(Expression::Keyword {
        text: text.to_owned(),
        ty: TypeUse::plain(oid),
    })
}

impl Binder<'_> {
    /// A function with a syntax of its own.
    pub(super) fn special(&mut self, function: &Node) -> Option<Expression> {
        match function.kind() {
            Kind::EXTRACT_FN => {
                let mut parts = function.children();
                let field = parts.next()?;
                let source = self.bind(&parts.next()?)?;
                let (_, field) = field.first_token()?;
                let field = unquoted(&field).unwrap_or_else(|| folded(&field));
                let field = Expression::Constant {
                    text: Some(field),
                    ty: TypeUse::plain(TEXT),
                };
                self.built_in_call("extract", vec![field, source], Form::Extract)
            }
            Kind::TRIM_FN => self.trim(function),
            Kind::SUBSTRING_FN => {
                let arguments = function.children().next()?;
                let parts = self.all(arguments.children())?;
                match arguments.kind() {
                    Kind::SUBSTRING_FROM_FOR => {
                        self.built_in_call("substring", parts, Form::Substring)
                    }
                    Kind::SUBSTRING_EXPRS => self.built_in_call("substring", parts, Form::Plain),
                    _ => None,
                }
            }
            Kind::POSITION_FN => {
                let mut parts = self.all(function.children())?.into_iter();
                let (part, text) = (parts.next()?, parts.next()?);
                self.built_in_call("position", vec![text, part], Form::Position)
            }
            Kind::OVERLAY_FN => {
                let arguments = function.children().next()?;
                let parts = self.all(arguments.children())?;
                self.built_in_call("overlay", parts, Form::Overlay)
            }
            Kind::EXISTS_FN => Some(self.opaque(function, TypeUse::plain(BOOL))),
            Kind::XML_ELEMENT_FN
            | Kind::XML_FOREST_FN
            | Kind::XML_PARSE_FN
            | Kind::XML_PI_FN
            | Kind::XML_ROOT_FN => Some(self.opaque(function, TypeUse::plain(XML))),
            _ => None,
        }
    }

    /// `NORMALIZE(a, NFKC)`, whose form is a word and no column.
    pub(super) fn normalized(
        &mut self,
        callee: &Node,
        text: &Node,
        form: &Node,
    ) -> Option<Option<Expression>> {
        let is_meant = callee.kind() == Kind::NAME_REF && callee.name() == "normalize";
        let form = form.text().to_ascii_uppercase();
        if !is_meant || !FORMS.contains(&form.as_str()) {
            return None;
        }
        let text = self.bind(text)?;
        let form = Expression::Constant {
            text: Some(form),
            ty: TypeUse::plain(TEXT),
        };
        Some(self.built_in_call("normalize", vec![text, form], Form::Normalize))
    }

    /// `NORMALIZE(a)`
    pub(super) fn normalized_plainly(&mut self, callee: &Node, text: &Node) -> Option<Expression> {
        let is_meant = callee.kind() == Kind::NAME_REF && callee.name() == "normalize";
        let text = self.bind(text).filter(|_| is_meant)?;
        self.built_in_call("normalize", vec![text], Form::Normalize)
    }

    /// `a IS NOT NFKC NORMALIZED`
    pub(super) fn is_normalized(&mut self, node: &Node, text: Expression) -> Option<Expression> {
        let positive = node.child(Kind::IS_NORMALIZED);
        let clause = positive
            .clone()
            .or_else(|| node.child(Kind::IS_NOT_NORMALIZED))?;
        let words: Vec<String> = clause
            .tokens()
            .iter()
            .map(|word| word.to_ascii_uppercase())
            .collect();
        let form = words.iter().find(|word| FORMS.contains(&word.as_str()));
        let form = form.map(|form| Expression::Constant {
            text: Some(form.clone()),
            ty: TypeUse::plain(TEXT),
        });
        let arguments = std::iter::once(text).chain(form).collect();
        let holds = self.built_in_call("is_normalized", arguments, Form::IsNormalized)?;
        Some(match positive {
            Some(_) => holds,
            None => Expression::Not(Box::new(holds)),
        })
    }

    fn trim(&mut self, function: &Node) -> Option<Expression> {
        let side = |kind| function.child(kind).is_some();
        let (name, word) = match (side(Kind::TRIM_LEADING), side(Kind::TRIM_TRAILING)) {
            (true, _) => ("ltrim", "LEADING"),
            (_, true) => ("rtrim", "TRAILING"),
            _ => ("btrim", "BOTH"),
        };
        let arguments = function.children().find(|child| {
            matches!(
                child.kind(),
                Kind::TRIM_FROM | Kind::TRIM_EXPR_FROM | Kind::TRIM_EXPRS
            )
        })?;
        let mut parts = self.all(arguments.children())?;
        // What is cut off is written first, and given second.
        if arguments.kind() == Kind::TRIM_EXPR_FROM {
            parts.reverse();
        }
        self.built_in_call(name, parts, Form::Trim(word))
    }

    /// COALESCE and its like, whose arguments share one type.
    pub(super) fn choice(
        &mut self,
        callee: &Node,
        arguments: &[Expression],
    ) -> Option<Option<Expression>> {
        let (kind, _) = callee.first_token()?;
        let name = match kind {
            Kind::COALESCE_KW => "COALESCE",
            Kind::GREATEST_KW => "GREATEST",
            Kind::LEAST_KW => "LEAST",
            Kind::NULLIF_KW => "NULLIF",
            Kind::CURRENT_TIMESTAMP_KW
            | Kind::CURRENT_TIME_KW
            | Kind::LOCALTIMESTAMP_KW
            | Kind::LOCALTIME_KW => {
                return Some(precise(kind, arguments));
            }
            _ => return None,
        };
        Some(self.chosen_from(name, arguments))
    }

    fn chosen_from(&mut self, name: &'static str, arguments: &[Expression]) -> Option<Expression> {
        if name == "NULLIF" {
            let [first, second] = arguments else {
                return None;
            };
            let ty = first.ty();
            let compared = self.operation("=", None, Some(first.clone()), second.clone())?;
            let Expression::Operator {
                left: Some(left),
                right,
                ..
            } = compared
            else {
                return None;
            };
            return Some(Expression::Choice {
                name,
                arguments: vec![*left, *right],
                ty,
            });
        }
        let ty = self.common_type(arguments)?;
        let arguments = arguments
            .iter()
            .map(|argument| self.coerced(argument.clone(), &ty))
            .collect();
        Some(Expression::Choice {
            name,
            arguments,
            ty,
        })
    }
}

/// `CURRENT_TIMESTAMP(3)`
fn precise(kind: Kind, arguments: &[Expression]) -> Option<Expression> {
    let Some(Expression::Keyword { text, ty }) = keyword(kind) else {
        return None;
    };
    let [
        Expression::Constant {
            text: Some(precision),
            ..
        },
    ] = arguments
    else {
        return None;
    };
    Some(Expression::Keyword {
        text: format!("{text}({precision})"),
        ty: TypeUse {
            modifier: precision.parse().ok()?,
            ..ty
        },
    })
}
