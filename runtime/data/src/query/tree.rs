//! Expressions without types → SQL, over the row of a table with an alias.

use sea_query::{BinOper, CaseStatement, DynIden, Expr, ExprTrait, Func, Query};

use super::in_list::in_list;
use super::notation;
use super::sql::{Sql, collated, compared, field};
use crate::catalog::{Aggregate, Function, Math, Piece, Step, Table, Test, Tree};
use crate::database::Dialect;

/// How many conditions are joined before they are one of a group.
const GROUP: usize = 64;

impl Sql {
    /// An expression over the row of the table with this alias.
    pub(crate) fn tree(&mut self, table: &DynIden, tree: &Tree) -> Expr {
        match tree {
            Tree::All(trees) => self.join(table, trees, Expr::and, "TRUE"),
            Tree::Any(trees) => match in_list(trees) {
                Some((column, values)) => self.test(table, &column, &Test::In(values)),
                None => self.join(table, trees, Expr::or, "FALSE"),
            },
            Tree::Not(tree) => self.tree(table, tree).not(),
            Tree::Test(of, test) => match &**of {
                Tree::Column(column) => self.test(table, column, test),
                of => {
                    let value = self.tree(table, of);
                    self.test_value(value, test)
                }
            },
            Tree::Compare(left, comparison, right) => {
                let left = self.meant(table, left);
                left.binary(comparison.operator(), self.meant(table, right))
            }
            Tree::Tuple(columns, comparison, values) => {
                let left = Expr::tuple(columns.iter().map(|column| compared(table, column)));
                let right = values.iter().map(|value| self.bind(value.clone()));
                let right = Expr::tuple(right.collect::<Vec<_>>());
                left.binary(comparison.operator(), right)
            }
            Tree::Exists(step, tree) => self.exists(table, step, tree),
            Tree::Scope(tree) => self.for_nobody(table, tree),
            Tree::Words(words) => self.words(words),
            Tree::Linked(junction, values) => self.linked(table, junction, values),
            Tree::Column(column) => collated(field(table, column.name), column),
            Tree::Value(value) => self.bind(value.clone()),
            Tree::Of(step, tree) => self.one(table, step, tree),
            Tree::Gathered {
                step,
                aggregate,
                of,
                filter,
            } => self.gathered(table, (step, filter), *aggregate, of),
            Tree::Row => Expr::cust("*"),
            Tree::Math(left, math, right) => {
                let left = self.tree(table, left);
                left.binary(math.operator(), self.tree(table, right))
            }
            Tree::Call(function, trees) => {
                let values: Vec<Expr> = trees.iter().map(|tree| self.tree(table, tree)).collect();
                Func::cust(function.name()).args(values).into()
            }
            Tree::Case(cases, last) => {
                let mut case = CaseStatement::new();
                for (condition, value) in cases {
                    let condition = self.tree(table, condition);
                    case = case.case(condition, self.tree(table, value));
                }
                case.finally(self.tree(table, last)).into()
            }
            Tree::Raw(pieces) => self.raw(table, pieces),
        }
    }

    /// A value that is compared with another of the row: by what it means, where the database has several notations.
    fn meant(&mut self, table: &DynIden, tree: &Tree) -> Expr {
        let Tree::Column(column) = tree else {
            return self.tree(table, tree);
        };
        let own = compared(table, column);
        let is_written_in_ways = notation::name(&column.kind).is_some();
        match self.dialect {
            Dialect::Sqlite if is_written_in_ways && !notation::is_by_class(&column.kind) => {
                self.meaning(own, &column.kind)
            }
            _ => self.comparable(own, column),
        }
    }

    fn join(
        &mut self,
        table: &DynIden,
        trees: &[Tree],
        join: fn(Expr, Expr) -> Expr,
        none: &'static str,
    ) -> Expr {
        let mut all: Vec<Expr> = trees.iter().map(|tree| self.tree(table, tree)).collect();
        // In groups of groups: thousands that hang one on the other would be too deep for what writes them.
        while all.len() > GROUP {
            all = all
                .chunks(GROUP)
                .filter_map(|group| group.iter().cloned().reduce(join))
                .collect();
        }
        all.into_iter().reduce(join).unwrap_or(Expr::cust(none))
    }

    fn exists(&mut self, outer: &DynIden, step: &Step, tree: &Tree) -> Expr {
        let mut select = Query::select();
        let inner = self.step(&mut select, outer, step);
        let condition = self.tree(&inner, tree);
        let condition = self.and_seen(&inner, step.table, condition);
        Expr::exists(select.expr(Expr::cust("1")).and_where(condition).take())
    }

    /// What an expression is for the one related row, if there is one that may be seen.
    fn one(&mut self, outer: &DynIden, step: &Step, tree: &Tree) -> Expr {
        let mut select = Query::select();
        let inner = self.step(&mut select, outer, step);
        let value = self.tree(&inner, tree);
        if let Some(seen) = self.seen(&inner, step.table) {
            select.and_where(seen);
        }
        select.expr(value).take().into()
    }

    fn gathered(
        &mut self,
        outer: &DynIden,
        (step, filter): (&Step, &Tree),
        aggregate: Aggregate,
        of: &Tree,
    ) -> Expr {
        let mut select = Query::select();
        let inner = self.step(&mut select, outer, step);
        let value = aggregate.of(self.tree(&inner, of));
        let condition = self.tree(&inner, filter);
        let condition = self.and_seen(&inner, step.table, condition);
        select.expr(value).and_where(condition).take().into()
    }

    fn and_seen(&mut self, alias: &DynIden, table: &Table, condition: Expr) -> Expr {
        match self.seen(alias, table) {
            Some(seen) => condition.and(seen),
            None => condition,
        }
    }

    /// A person's SQL: a template with marks where its values stand.
    fn raw(&mut self, table: &DynIden, pieces: &[Piece]) -> Expr {
        let (mut template, mut values) = (String::new(), Vec::new());
        for piece in pieces {
            match piece {
                Piece::Sql(sql) => self.add_sql(sql, &mut template),
                Piece::Tree(tree) => {
                    values.push(self.tree(table, tree));
                    template.push_str(&match self.dialect {
                        Dialect::Postgres => format!("(${})", values.len()),
                        Dialect::Sqlite => "(?)".to_owned(),
                    });
                }
            }
        }
        Expr::cust_with_exprs(template, values)
    }

    /// Adds SQL to a template; a mark of its own is doubled, where it is neither in quotes nor within a name.
    fn add_sql(&self, sql: &str, template: &mut String) {
        let mark = match self.dialect {
            Dialect::Postgres => '$',
            Dialect::Sqlite => '?',
        };
        let (mut quote, mut in_name) = (None, false);
        for letter in sql.chars() {
            template.push(letter);
            in_name = letter.is_alphanumeric() || in_name && matches!(letter, '_' | '$');
            match quote {
                None if letter == mark && !in_name => template.push(mark),
                None if matches!(letter, '\'' | '"') => quote = Some(letter),
                Some(open) if letter == open => quote = None,
                _ => {}
            }
        }
    }
}

impl Math {
    fn operator(self) -> BinOper {
        match self {
            Self::Add => BinOper::Add,
            Self::Subtract => BinOper::Sub,
            Self::Multiply => BinOper::Mul,
            Self::Divide => BinOper::Div,
            Self::Concatenate => BinOper::Custom("||"),
        }
    }
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Length => "length",
            Self::Trim => "trim",
            Self::Absolute => "abs",
            Self::Round => "round",
            Self::Coalesce => "coalesce",
        }
    }
}

impl Aggregate {
    fn of(self, value: Expr) -> Expr {
        match self {
            Self::Count => Func::count(value),
            Self::CountDistinct => Func::count_distinct(value),
            Self::Sum => Func::sum(value),
            Self::Average => Func::avg(value),
            Self::Min => Func::min(value),
            Self::Max => Func::max(value),
        }
        .into()
    }
}
