//! Columns as they are read: whole, cut for a list, as the label of a row, as its version.

use sea_query::{BinOper, CaseStatement, DynIden, Expr, ExprTrait, Func, SelectStatement};

use super::sql::{Sql, cast, field};
use crate::catalog::{ColumnDef, On, RelationDef, Table, TableKind};
use crate::database::{Dialect, ROW_HASH};
use crate::values::Kind;

/// How many columns are the label of a row of which nothing else is known.
const LABEL_COLUMNS: usize = 3;

/// How much of a long value a list shows.
const CUT: i32 = 300;

/// How many values are hashed at once: SQLite's functions take no more than 127 arguments.
const HASHED: usize = 100;

impl Sql {
    /// A column as it is read: what has no Rust type as text.
    pub(crate) fn readable(&self, table: &DynIden, column: &ColumnDef) -> Expr {
        self.as_read(field(table, column.name), column)
    }

    /// A column, however it is named, as it is read.
    pub(crate) fn as_read(&self, own: Expr, column: &ColumnDef) -> Expr {
        match (self.dialect, column.kind) {
            (Dialect::Postgres, Kind::Raw) => cast(own, "text"),
            // Bytes may be JSON in the notation that SQLite keeps for itself.
            (Dialect::Sqlite, Kind::Json) => {
                let is_binary = Func::cust("json_valid")
                    .arg(own.clone())
                    .arg(Expr::cust("8"));
                let text = Func::cust("json").arg(own.clone());
                CaseStatement::new()
                    .case(Expr::from(is_binary), text)
                    .finally(own)
                    .into()
            }
            _ => own,
        }
    }

    /// What tells one version of a row from another: its last transaction, or a hash of its values where the
    /// database keeps none.
    pub(crate) fn version(&self, table: &DynIden, of: &Table) -> Expr {
        let columns = of.columns.iter();
        let columns: Vec<Expr> = columns.map(|column| field(table, column.name)).collect();
        match (self.dialect, of.kind) {
            (Dialect::Postgres, TableKind::Table) => cast(field(table, "xmin"), "text"),
            (Dialect::Postgres, _) => {
                let row = Expr::from(Func::cust("row").args(columns));
                Func::cust("md5").arg(cast(row, "text")).into()
            }
            (Dialect::Sqlite, _) => {
                let parts = columns
                    .chunks(HASHED)
                    .map(|part| Func::cust(ROW_HASH).args(part.iter().cloned()).into());
                let parts: Vec<Expr> = parts.collect();
                Func::cust(ROW_HASH).args(parts).into()
            }
        }
    }

    /// A column as a list reads it: long text cut, bytes left out.
    pub(crate) fn cut(&self, table: &DynIden, column: &ColumnDef) -> Expr {
        let own = field(table, column.name);
        match column.kind {
            Kind::Text | Kind::Json | Kind::Raw => {
                self.cut_column(self.as_read(own, column), column.kind)
            }
            Kind::Bytes => match self.dialect {
                Dialect::Postgres => Func::cust("substring")
                    .arg(own)
                    .arg(Expr::cust("1"))
                    .arg(Expr::cust("0"))
                    .into(),
                // To SQLite, a part of no bytes is null.
                Dialect::Sqlite => CaseStatement::new()
                    .case(own.is_not_null(), Expr::cust("x''"))
                    .into(),
            },
            _ => own,
        }
    }

    /// The label of a row, as text: its label columns, its key where it has none, else its first columns.
    pub(crate) fn label(&self, alias: &DynIden, table: &Table) -> Expr {
        let first: Vec<&'static str>;
        let names = match (table.label, table.key) {
            ([], []) => {
                let columns = table.columns.iter().take(LABEL_COLUMNS);
                first = columns.map(|column| column.name).collect();
                first.as_slice()
            }
            ([], key) => key,
            (label, _) => label,
        };
        let text = |name: &&'static str| match table.column(name).map(|column| column.kind) {
            Some(kind) => self.cut_column(field(alias, name), kind),
            None => cast(field(alias, name), "text"),
        };
        match names {
            [] => Expr::cust("NULL"),
            [name] => text(name),
            names => {
                let parts = std::iter::once(Expr::cust("' '")).chain(names.iter().map(text));
                let joined = Func::cust("concat_ws").args(parts).into();
                Func::cust("nullif")
                    .arg::<Expr>(joined)
                    .arg(Expr::cust("''"))
                    .into()
            }
        }
    }

    /// The label and the key of a row, as [`Row::label`](crate::database::Row::label) reads them.
    pub(crate) fn select_label(
        &self,
        select: &mut SelectStatement,
        alias: &DynIden,
        table: &'static Table,
    ) {
        select.expr(self.label(alias, table));
        self.select_key(select, alias, table);
    }

    fn select_key(&self, select: &mut SelectStatement, alias: &DynIden, table: &'static Table) {
        for name in table.key {
            match table.column(name) {
                Some(column) => select.expr(self.readable(alias, column)),
                None => select.expr(field(alias, name)),
            };
        }
    }

    /// The label and the key of the row that a relation leads to; where it is not there, or not to be seen, what the
    /// columns that refer to it hold.
    pub(crate) fn select_reference(
        &self,
        select: &mut SelectStatement,
        from: (&DynIden, &Table),
        to: &DynIden,
        relation: &RelationDef,
    ) {
        let table = (relation.table)();
        let label = match self.dialect {
            Dialect::Postgres => cast(self.label(to, table), "text"),
            Dialect::Sqlite => self.label(to, table),
        };
        let held = self.held(from, relation.on);
        select.expr(Func::coalesce([label, held]));
        self.select_key(select, to, table);
    }

    /// What the columns of a reference hold, as text.
    fn held(&self, (alias, table): (&DynIden, &Table), on: On) -> Expr {
        let text = |(own, _): &(&'static str, &'static str)| {
            let held = field(alias, own);
            let kind = table.column(own).map(|column| column.kind);
            match (self.dialect, kind) {
                // Bytes that are no text could not be read as one.
                (Dialect::Sqlite, Some(Kind::Bytes | Kind::Uuid)) => {
                    let is_bytes = Func::cust("typeof")
                        .arg(held.clone())
                        .eq(Expr::cust("'blob'"));
                    let digits = Func::lower(Func::cust("hex").arg(held.clone()));
                    let text = cast(held, "text");
                    CaseStatement::new()
                        .case(is_bytes, digits)
                        .finally(text)
                        .into()
                }
                _ => cast(held, "text"),
            }
        };
        // A reference of which one column is null leads nowhere.
        let join = |left: Expr, right: Expr| {
            let start = left.binary(BinOper::Custom("||"), Expr::cust("', '"));
            start.binary(BinOper::Custom("||"), right)
        };
        let parts = on.iter().map(text);
        parts.reduce(join).unwrap_or(Expr::cust("NULL"))
    }

    /// The text of a column, cut.
    fn cut_column(&self, own: Expr, kind: Kind) -> Expr {
        let text = match (self.dialect, kind) {
            (_, Kind::Text) => own.clone(),
            (Dialect::Sqlite, Kind::Raw) => self.meaning(own.clone(), &kind),
            _ => cast(own.clone(), "text"),
        };
        let size = match (self.dialect, kind) {
            (Dialect::Postgres, Kind::Text) | (Dialect::Sqlite, _) => "octet_length",
            (Dialect::Postgres, _) => "pg_column_size",
        };
        let start = match self.dialect {
            Dialect::Postgres => Func::cust("left").arg(text.clone()),
            Dialect::Sqlite => Func::cust("substr").arg(text.clone()).arg(Expr::cust("1")),
        };
        let most = || Expr::Constant(sea_query::Value::Int(Some(CUT)));
        // The size is known without reading the text, so what is short enough by that is not looked at.
        CaseStatement::new()
            .case(Func::cust(size).arg(own).gt(most()), start.arg(most()))
            .finally(text)
            .into()
    }
}
