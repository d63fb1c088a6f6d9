//! Labels, types and inputs of columns as `umbel.toml` says them.

use proc_macro2::Ident;
use umbel_schema::model::{Relation, Schema};

use super::super::names::{ident, reserved};
use super::super::options::SettingError;
use super::super::rules;
use super::super::value::Family;
use super::super::{Entry, Field, Import, Input, InsertMode, Said, Source, ToOne};
use super::{CustomTable, position};

impl CustomTable<'_> {
    /// Changes fields before anything is derived from them: what they hold, and who sees and types it.
    pub(crate) fn fields(
        self,
        schema: &Schema,
        relation: &Relation,
        fields: &mut [Field],
        errors: &mut Vec<SettingError>,
    ) {
        for field in fields.iter_mut() {
            let column = relation
                .columns
                .iter()
                .find(|column| column.name == field.column);
            let mut domains = column
                .into_iter()
                .flat_map(|column| rules::domains_of(schema, &column.data_type));
            let of_domain = domains.find_map(|domain| {
                let mut types = self.types.iter();
                types.find(|(said, _)| said.names(&domain.name))
            });
            if let Some((_, path)) = of_domain {
                retype(field, relation, path, errors);
            }
        }
        let Some(options) = self.options else { return };
        for said in &options.columns {
            let Some(at) = position(fields, &said.column, &said.column.value, errors) else {
                continue;
            };
            let field = &mut fields[at];
            if let Some(help) = &said.help {
                field.comment = Some(help.clone());
            }
            if let Some(path) = &said.ty {
                retype(field, relation, path, errors);
            }
            if let Some(hidden) = &said.hidden {
                let is_key = is_key(relation, field);
                if hidden.value && is_key {
                    errors.push(hidden.wrong("a column of the key cannot be hidden"));
                }
                field.visible = !hidden.value;
                // The lists of related rows ask about their foreign key.
                let refers = relation
                    .foreign_keys
                    .iter()
                    .any(|key| key.columns.contains(&field.column));
                field.secret = hidden.value && !is_key && !refers;
                field.searchable =
                    field.visible && matches!(field.value.family, Family::Text { .. });
            }
            if let Some(read_only) = &said.read_only {
                field.read_only = read_only.value;
            }
        }
    }

    /// What people call the columns, and the rows that they refer to.
    pub(crate) fn labels(self, fields: &mut [Field], to_one: &mut [ToOne]) {
        for (at, field) in fields.iter_mut().enumerate() {
            let options = self.column(&field.column);
            if let Some(label) = options.and_then(|options| options.label.as_ref()) {
                field.label.clone_from(label);
                for relation in to_one.iter_mut().filter(|to| to.fields == [at]) {
                    relation.label.clone_from(label);
                }
            }
        }
    }

    /// The inputs: their widgets and their order; without those of columns that a person leaves alone.
    pub(crate) fn inputs(
        self,
        fields: &[Field],
        inputs: &mut [Input],
        errors: &mut Vec<SettingError>,
    ) {
        let Some(options) = self.options else { return };
        for said in &options.columns {
            let Some(at) = fields
                .iter()
                .position(|field| field.column == said.column.value)
            else {
                continue;
            };
            let field = &fields[at];
            let needed = field.insert == InsertMode::Given && !field.nullable;
            for (kept_out, word) in [(&said.hidden, "hidden"), (&said.read_only, "read-only")] {
                if let Some(kept_out) = kept_out.as_ref().filter(|said| said.value && needed) {
                    errors.push(kept_out.wrong(format!(
                        "`{}` cannot be {word}: it has no default, so that a new row needs a value",
                        field.column
                    )));
                }
            }
            let Some(widget) = &said.widget else { continue };
            let mut of_field = inputs.iter_mut();
            match of_field.find(|input| input.source.fields().contains(&at)) {
                Some(input) => set_widget(field, input, widget, errors),
                None => errors.push(widget.wrong(format!(
                    "`{}` has no input that could have a widget",
                    field.column
                ))),
            }
        }
        inputs.sort_by_key(|input| match input.source.fields().first() {
            Some(&field) => self.rank(fields, field),
            None => usize::MAX,
        });
    }

    /// Where a field stands: those that are named first, then the others as they were.
    pub(super) fn rank(self, fields: &[Field], at: usize) -> usize {
        let order = self.options.map_or(&[][..], |options| &options.order);
        let named = order
            .iter()
            .position(|said| said.value == fields[at].column);
        named.unwrap_or(order.len())
    }
}

fn is_key(relation: &Relation, field: &Field) -> bool {
    let mut keys = relation.primary_key.iter();
    keys.any(|key| key.columns.contains(&field.column))
}

/// Gives a field a person's own type: `crate::money::Money`.
fn retype(
    field: &mut Field,
    relation: &Relation,
    path: &Said<String>,
    errors: &mut Vec<SettingError>,
) {
    if is_key(relation, field) {
        errors.push(path.wrong(format!(
            "`{}` is of the key, whose columns have the types of the database",
            field.column
        )));
        return;
    }
    let segments: Option<Vec<Ident>> = path
        .value
        .split("::")
        .map(|segment| {
            syn::parse_str(segment)
                .ok()
                .or_else(|| (segment == "crate").then(|| ident("crate")))
        })
        .collect();
    let named = segments.and_then(|mut segments| {
        let name = segments.pop()?;
        (!segments.is_empty()).then_some((segments, name))
    });
    let Some((module, name)) = named else {
        errors.push(path.wrong(format!(
            "`{}` is no path of a type, such as `crate::money::Money`",
            path.value
        )));
        return;
    };
    if reserved::TYPES.contains(&name.to_string().as_str()) {
        errors.push(path.wrong(format!(
            "`{name}` means something else in the emitted files"
        )));
    }
    field.value.base = syn::parse_quote!(#name);
    field.value.imports = vec![Import { module, name }];
    field.displayed = false;
    field.is_hex = false;
}

fn set_widget(
    field: &Field,
    input: &mut Input,
    said: &Said<String>,
    errors: &mut Vec<SettingError>,
) {
    let is_choice = matches!(input.source, Source::Choice { .. });
    let known = match input.source {
        Source::Key { .. } => vec![("choice", "Choice")],
        _ => widgets(&field.value.family, input, is_choice),
    };
    let Some((word, variant)) = known.iter().find(|(word, _)| *word == said.value) else {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        errors.push(said.wrong(format!(
            "`{}` is no widget for `{}`; there are {}",
            said.value,
            field.column,
            words.join(", ")
        )));
        return;
    };
    if let Source::Choice { field, .. } = input.source
        && *word != "choice"
    {
        input.source = Source::Field(field);
    }
    input.widget = ident(variant);
}

/// The widgets that can take values of a kind, and the runtime's names of them.
fn widgets(family: &Family, input: &Input, is_choice: bool) -> Vec<(&'static str, &'static str)> {
    const TEXT: (&str, &str) = ("text", "Text");
    const LINES: [(&str, &str); 2] = [("textarea", "Textarea"), ("code", "Code")];
    let mut widgets = match family {
        _ if !matches!(input.entry, Entry::Text | Entry::Key) => Vec::new(),
        Family::Text { .. } => [
            &[
                TEXT,
                ("email", "Email"),
                ("url", "Url"),
                ("password", "Password"),
            ][..],
            &LINES,
        ]
        .concat(),
        Family::Json => [&[("json", "Json")][..], &LINES].concat(),
        Family::Markup | Family::Raw => [&[TEXT][..], &LINES].concat(),
        Family::Integer | Family::Float | Family::Decimal { .. } | Family::Numeric => {
            vec![("number", "Number"), TEXT]
        }
        Family::Enum(_) => vec![("select", "Select")],
        _ => vec![TEXT],
    };
    if is_choice {
        widgets.push(("choice", "Choice"));
    } else if !input.rules.options.is_empty() && !widgets.iter().any(|(word, _)| *word == "select")
    {
        widgets.push(("select", "Select"));
    }
    widgets
}
