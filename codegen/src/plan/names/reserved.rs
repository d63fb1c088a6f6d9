//! Names that every emitted application uses itself.

/// Modules and folders.
pub(crate) const MODULES: &[&str] = &[
    "enums", "form", "layout", "main", "model", "routes", "ui", "views",
];

/// Types and traits that the emitted files import or define, and those of the prelude.
pub(crate) const TYPES: &[&str] = &[
    "App",
    "Array",
    "BelongsTo",
    "Box",
    "Changes",
    "Check",
    "Choices",
    "Clone",
    "Column",
    "Constraint",
    "Copy",
    "Database",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "Default",
    "DeletePage",
    "Display",
    "Drop",
    "EditPage",
    "Effect",
    "Enum",
    "Eq",
    "Err",
    "Errors",
    "ExitCode",
    "Field",
    "Fields",
    "Fn",
    "Form",
    "FormState",
    "FormValue",
    "FormValues",
    "From",
    "HasMany",
    "Hash",
    "Hooks",
    "Html",
    "HtmlSafe",
    "Input",
    "Inet",
    "Insert",
    "Interval",
    "Into",
    "Iterator",
    "Json",
    "Key",
    "Label",
    "List",
    "ListPage",
    "ManyToMany",
    "Materialized",
    "Model",
    "NewPage",
    "None",
    "Numeric",
    "Ok",
    "OnDelete",
    "Option",
    "Page",
    "Patch",
    "Range",
    "Raw",
    "Related",
    "RelationDef",
    "Response",
    "Result",
    "Router",
    "Row",
    "Select",
    "Show",
    "ShowPage",
    "Some",
    "String",
    "Table",
    "Template",
    "Time",
    "Timestamp",
    "ToString",
    "Upload",
    "Uuid",
    "Vec",
    "Versioned",
    "Widget",
];

/// Variables of the emitted functions.
pub(crate) const VARIABLES: &[&str] = &[
    "check", "columns", "db", "effects", "error", "errors", "f", "fields", "form", "key", "list",
    "related", "row", "status", "tx", "url",
];

/// Members of the structs that a form's inputs are members of, too.
pub(crate) const INPUTS: &[&str] = &["errors", "form", "state"];

/// Associated constants of a model.
pub(crate) const CONSTANTS: &[&str] = &["LABELS", "TABLE"];

/// First segments of paths that are not a table's.
pub(crate) const SEGMENTS: &[&str] = &[
    "admin", "api", "healthz", "login", "logout", "readyz", "static",
];
