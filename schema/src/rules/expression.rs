//! From the text of a condition to a rule, term by term.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use super::constant::{bare, constant, elements, name};
use super::{Comparison, Literal, Rule};

/// Reads a condition; `value` is the column that VALUE stands for.
pub(super) fn parse(text: &str, value: Option<&str>) -> Rule {
    match expression(text) {
        Some(expression) => Reader { value }.rule(&expression),
        None => Rule::Other(text.trim().to_owned()),
    }
}

/// Longer conditions are not read: the tree of one would be too deep for what walks it.
const LONGEST: usize = 8 * 1024;

fn expression(text: &str) -> Option<Expr> {
    if text.len() > LONGEST {
        return None;
    }
    let mut parser = Parser::new(&PostgreSqlDialect {}).try_with_sql(text).ok()?;
    let expression = parser.parse_expr().ok()?;
    (parser.peek_token_ref().token == Token::EOF).then_some(expression)
}

struct Reader<'a> {
    value: Option<&'a str>,
}

/// One side of a comparison.
enum Term {
    Column(String),
    /// `length(column)`.
    Length(String),
    /// `upper(column)`.
    Folded(String),
    /// `btrim(column)`.
    Trimmed(String),
    Constant(Literal),
}

impl Reader<'_> {
    fn rule(&self, expression: &Expr) -> Rule {
        self.known(expression)
            .unwrap_or_else(|| Rule::Other(expression.to_string()))
    }

    fn known(&self, expression: &Expr) -> Option<Rule> {
        match expression {
            Expr::Nested(inner) => Some(self.rule(inner)),
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => Some(Rule::Not(Box::new(self.rule(expr)))),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right),
            Expr::IsNotNull(inner) => Some(Rule::NotNull {
                column: self.column(inner)?,
            }),
            Expr::IsNull(inner) => Some(Rule::Null {
                column: self.column(inner)?,
            }),
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                let rule = Rule::All(vec![
                    self.compare(expr, Comparison::GreaterOrEqual, low)?,
                    self.compare(expr, Comparison::LessOrEqual, high)?,
                ]);
                Some(negate_if(*negated, rule))
            }
            Expr::InList {
                expr,
                list,
                negated,
            } => Some(negate_if(*negated, self.one_of(expr, list)?)),
            Expr::AnyOp {
                left,
                compare_op: BinaryOperator::Eq,
                right,
                ..
            } => self.one_of(left, &elements(right)?),
            Expr::AllOp {
                left,
                compare_op: BinaryOperator::NotEq,
                right,
            } => Some(Rule::Not(Box::new(self.one_of(left, &elements(right)?)?))),
            Expr::Like {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            } => Some(negate_if(*negated, self.like(expr, pattern, false)?)),
            Expr::ILike {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            } => Some(negate_if(*negated, self.like(expr, pattern, true)?)),
            // A column that is a condition by itself.
            Expr::Identifier(_) => Some(Rule::Compare {
                column: self.column(expression)?,
                operator: Comparison::Equal,
                value: Literal::Bool(true),
            }),
            _ => None,
        }
    }

    fn binary(&self, left: &Expr, operator: &BinaryOperator, right: &Expr) -> Option<Rule> {
        let negated = |rule: Rule| Rule::Not(Box::new(rule));
        match operator {
            BinaryOperator::And => Some(Rule::All(self.rules(left, operator, right))),
            BinaryOperator::Or => Some(Rule::Any(self.rules(left, operator, right))),
            BinaryOperator::Eq => self.compare(left, Comparison::Equal, right),
            BinaryOperator::NotEq => self.compare(left, Comparison::NotEqual, right),
            BinaryOperator::Lt => self.compare(left, Comparison::Less, right),
            BinaryOperator::LtEq => self.compare(left, Comparison::LessOrEqual, right),
            BinaryOperator::Gt => self.compare(left, Comparison::Greater, right),
            BinaryOperator::GtEq => self.compare(left, Comparison::GreaterOrEqual, right),
            BinaryOperator::PGRegexMatch => self.matches(left, right, false),
            BinaryOperator::PGRegexIMatch => self.matches(left, right, true),
            BinaryOperator::PGRegexNotMatch => self.matches(left, right, false).map(negated),
            BinaryOperator::PGRegexNotIMatch => self.matches(left, right, true).map(negated),
            BinaryOperator::PGLikeMatch => self.like(left, right, false),
            BinaryOperator::PGILikeMatch => self.like(left, right, true),
            BinaryOperator::PGNotLikeMatch => self.like(left, right, false).map(negated),
            BinaryOperator::PGNotILikeMatch => self.like(left, right, true).map(negated),
            _ => None,
        }
    }

    /// The terms of `a AND b AND c`, which stands for `(a AND b) AND c`; without recursion, for there may be many.
    fn rules(&self, left: &Expr, operator: &BinaryOperator, right: &Expr) -> Vec<Rule> {
        let mut rules = vec![self.rule(right)];
        let mut first = left;
        while let Expr::BinaryOp { left, op, right } = first
            && op == operator
        {
            rules.push(self.rule(right));
            first = left;
        }
        rules.push(self.rule(first));
        rules.reverse();
        rules
    }

    fn compare(&self, left: &Expr, operator: Comparison, right: &Expr) -> Option<Rule> {
        match (self.term(left)?, self.term(right)?) {
            (Term::Constant(value), term) => self.compare_term(term, operator.flipped(), value),
            (term, Term::Constant(value)) => self.compare_term(term, operator, value),
            (Term::Column(left), Term::Column(right)) => Some(Rule::CompareColumns {
                left,
                operator,
                right,
            }),
            _ => None,
        }
    }

    fn compare_term(&self, term: Term, operator: Comparison, value: Literal) -> Option<Rule> {
        let empty = value == Literal::Text(String::new());
        match term {
            Term::Column(column) if empty && operator == Comparison::NotEqual => {
                Some(at_least(column, 1))
            }
            Term::Column(column) => Some(Rule::Compare {
                column,
                operator,
                value,
            }),
            Term::Trimmed(column) if empty && operator == Comparison::NotEqual => {
                Some(Rule::NotBlank { column })
            }
            Term::Length(column) => length(column, operator, &value),
            _ => None,
        }
    }

    fn one_of(&self, expression: &Expr, list: &[Expr]) -> Option<Rule> {
        let values: Option<Vec<_>> = list.iter().map(constant).collect();
        let values = values?;
        let (column, ignore_case) = match self.term(expression)? {
            Term::Column(column) => (column, false),
            // A value that is itself of the other case would never match.
            Term::Folded(column) => (column, true),
            _ => return None,
        };
        Some(Rule::OneOf {
            column,
            values,
            ignore_case,
        })
    }

    fn matches(&self, expression: &Expr, pattern: &Expr, ignore_case: bool) -> Option<Rule> {
        Some(Rule::Matches {
            column: self.column(expression)?,
            pattern: self.text(pattern)?,
            ignore_case,
        })
    }

    fn like(&self, expression: &Expr, pattern: &Expr, ignore_case: bool) -> Option<Rule> {
        Some(Rule::Like {
            column: self.column(expression)?,
            pattern: self.text(pattern)?,
            ignore_case,
        })
    }

    fn term(&self, expression: &Expr) -> Option<Term> {
        if let Some(value) = constant(expression) {
            return Some(Term::Constant(value));
        }
        if let Some(column) = self.column(expression) {
            return Some(Term::Column(column));
        }
        match bare(expression) {
            Expr::Function(function) => {
                let column = self.column(argument(function)?)?;
                match name(function).as_str() {
                    "length" | "char_length" | "character_length" => Some(Term::Length(column)),
                    "upper" | "lower" => Some(Term::Folded(column)),
                    "btrim" | "trim" => Some(Term::Trimmed(column)),
                    _ => None,
                }
            }
            Expr::Trim {
                trim_where: None,
                trim_what: None,
                expr,
                trim_characters: None,
            } => Some(Term::Trimmed(self.column(expr)?)),
            _ => None,
        }
    }

    fn column(&self, expression: &Expr) -> Option<String> {
        let Expr::Identifier(identifier) = bare(expression) else {
            return None;
        };
        let is_value =
            identifier.quote_style.is_none() && identifier.value.eq_ignore_ascii_case("value");
        match self.value {
            Some(column) if is_value => Some(column.to_owned()),
            Some(_) => None,
            // What is not quoted is folded, as PostgreSQL does with what a person wrote.
            None if identifier.quote_style.is_none() => Some(identifier.value.to_lowercase()),
            None => Some(identifier.value.clone()),
        }
    }

    fn text(&self, expression: &Expr) -> Option<String> {
        match constant(expression)? {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The only argument of a function.
fn argument(function: &Function) -> Option<&Expr> {
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(argument))] => Some(argument),
        _ => None,
    }
}

fn negate_if(negated: bool, rule: Rule) -> Rule {
    if negated {
        Rule::Not(Box::new(rule))
    } else {
        rule
    }
}

fn at_least(column: String, length: u64) -> Rule {
    Rule::Length {
        column,
        min: Some(length),
        max: None,
    }
}

/// `length(column) > 0` and its like.
fn length(column: String, operator: Comparison, value: &Literal) -> Option<Rule> {
    let Literal::Number(number) = value else {
        return None;
    };
    let number: u64 = number.parse().ok()?;
    let (min, max) = match operator {
        Comparison::Equal => (Some(number), Some(number)),
        Comparison::Greater => (Some(number.checked_add(1)?), None),
        Comparison::GreaterOrEqual => (Some(number), None),
        Comparison::Less => (None, Some(number.checked_sub(1)?)),
        Comparison::LessOrEqual => (None, Some(number)),
        Comparison::NotEqual if number == 0 => (Some(1), None),
        Comparison::NotEqual => return None,
    };
    Some(Rule::Length { column, min, max })
}
