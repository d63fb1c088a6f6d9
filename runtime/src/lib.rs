//! What every application emitted by umbel links: what it imports of the [data](umbel_data) and of its
//! [pages](umbel_web), and its own command.

mod command;
mod newtype;
pub mod testing;

pub use axum;
pub use command::run;
pub use umbel_data::error::{Error, FieldErrors, Result};
pub use umbel_data::jiff;
pub use umbel_web::config;
#[cfg(feature = "serde")]
pub use umbel_web::http::Json;
pub use umbel_web::http::{App, Site};
pub use umbel_web::include_dir;

/// Databases: connections, transactions, statements and their rows.
pub mod db {
    pub use umbel_data::actor::Actor;
    pub use umbel_data::database::{
        Bounds, BoxFuture, Database, Db, Dialect, Executor, Failure, Lists, Options, Otherwise,
        OwnedRow, Part, Refusal, RowStream, Rows, Rule, Sink, Statement, Storages, Transaction,
    };
}

/// Hooks: what a person's own code does when rows are written for somebody.
pub mod hooks {
    pub use umbel_data::hooks::{Change, Deletion, FromChanges, Hooks};
}

/// Policies: with which rows somebody may do what.
pub mod policy {
    pub use umbel_data::actor::{Action, Actor, ColumnRule, Permission, Permissions, User};
    pub use umbel_data::catalog::Scope;
    pub use umbel_data::policy::Policy;
}

/// The row that a query returned.
pub mod row {
    pub use umbel_data::database::Row;
}

/// The types that columns can have.
pub mod types {
    pub use umbel_data::values::{
        Array, Cell, Date, DateTime, Decimal, Dimension, Enum, EnumDef, FieldType, Inet, Interval,
        Json, Kind, Numeric, ParseError, Range, Shape, SqlText, Stored, Time, Timestamp, Unchecked,
        Uuid,
    };
}

/// A value on its way to or from a database, which owns its text and its bytes.
pub mod value {
    pub use umbel_data::values::Value;
}

/// A value that may borrow, and a cell as the driver holds it.
pub mod datum {
    pub use umbel_data::values::{Datum, RawCell};
}

/// Rows of any table, without the type of their model.
pub mod any {
    pub use umbel_data::any::{AnyCell, AnyRow, OpenedRow};
    pub use umbel_data::change::AnyModel;
    pub use umbel_data::values::OfKind;
}

/// What a model needs to be written as JSON.
#[cfg(feature = "serde")]
pub mod json {
    pub use umbel_data::json::{Hex, hex};
}

/// What an emitted model is made of: tables, columns, relations, keys, changes.
pub mod model {
    pub use umbel_data::catalog::{
        ColumnDef, Constraint, ConstraintRule, Junction, Link, On, OnDelete, ReferrerDef,
        RelationDef, Table, TableKind,
    };
    pub use umbel_data::change::{Changes, Custom, LinkChange};
    pub use umbel_data::model::{
        BelongsTo, Column, HasMany, Insert, Key, Label, LinkedKeys, ManyToMany, Materialized,
        Model, Patch, Select, ToOne, Versioned, parse_key,
    };
    pub use umbel_data::related::{DeleteEffect, RelatedRow, RelatedRows};
    pub use umbel_web::form::{Choice, Choices};
}

/// Queries: lazy, composable, typed; nothing touches the database until they are run.
pub mod query {
    pub use umbel_data::model::{
        And, Case, Comparable, Condition, Expr, Expression, Literal, Load, Number, Operand, Order,
        Ordered, Pieces, Query, With, sql, when,
    };
}

/// Lists over tables of any size: their state, which is their URL, and one page of their rows.
pub mod list {
    pub use umbel_data::list::{
        Chip, Direction, Filter, FilterColumn, FilterInput, List, ListState, Operator, Page, Pair,
        Place, Sort, SortLink, Unserved,
    };
    pub use umbel_data::query::{Amount, Count};
}

/// Values as HTML.
pub mod show {
    pub use umbel_data::values::{WriteHtml, escape};
    pub use umbel_web::show::{Fragment, FragmentCache, Page, Show, Shown, size};
}

/// Forms: what a person types, the rules that it must satisfy, and what is said when it does not.
pub mod form {
    pub use umbel_data::change::Links;
    pub use umbel_web::form::{
        AnyForm, Blank, Boxes, Check, Choice, ChoiceQuery, ChoiceSet, Choices, Control,
        ControlOption, Difference, EditForm, Entry, Field, Filled, Form, FormBody, FormKey,
        FormState, FormValue, FormValues, Input, LinkPage, Linked, LinkedRows, Mistake, RangeEnd,
        RangeInputs, Redisplay, Search, Upload, Versions, Widget,
    };
}

/// The parts that pages are made of, and the pages that are alike for every table.
pub mod ui {
    pub use umbel_web::ui::*;
}

/// Pages over HTTP: what every request passes through, what handlers take and what they return.
pub mod web {
    pub use umbel_data::error::Result;
    pub use umbel_web::http::{
        App, Client, ErrorPage, Files, Html, Next, Pipeline, Place, Problem, Route, Routes, RowKey,
        Site, TableRoutes, Visitor, redirect, render, render_with, routing,
    };
    pub use umbel_web::visit::{Access, actor, opens};
}
