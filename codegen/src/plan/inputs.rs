//! Fields and relations → the inputs of a form.

use proc_macro2::Ident;
use umbel_schema::model::{Column, Relation};

use super::names::{Scope, ident};
use super::rules::Limits;
use super::value::Family;
use super::{
    Entry, Field, Input, InsertMode, ManyToMany, Pages, Rules, Shown, Source, ToOne, blanks,
    default, key_choice,
};

/// Columns whose text usually has more than one line.
const LONG_TEXT: [&str; 14] = [
    "abstract",
    "bio",
    "body",
    "comment",
    "comments",
    "content",
    "description",
    "message",
    "note",
    "notes",
    "remarks",
    "summary",
    "synopsis",
    "text",
];

/// From this length on, a text gets several lines.
const LONG_TEXT_LENGTH: u32 = 256;

/// The inputs of a table's form: one for each column that a person fills in, then those of relations.
pub(super) fn inputs(
    relation: &Relation,
    fields: &[Field],
    limits: &[Limits],
    to_one: &[ToOne],
    many_to_many: &[ManyToMany],
) -> Vec<Input> {
    let columns = fields.iter().enumerate().filter_map(|(index, field)| {
        let column = relation
            .columns
            .iter()
            .find(|column| column.name == field.column)?;
        is_typed(field).then(|| field_input(index, field, column, &limits[index], to_one))
    });
    // What the browser calls an input of a relation is no column's.
    let mut keys = Scope::default();
    keys.set_aside(relation.columns.iter().map(|column| column.name.as_str()));
    let choices = many_to_many
        .iter()
        .enumerate()
        .filter(|(_, relation)| relation.editable)
        .map(|(index, relation)| {
            let key = keys.take(&[relation.name.to_string()]);
            choices_input(index, relation, key)
        });
    let mut inputs: Vec<Input> = columns.collect();
    for (index, relation) in to_one.iter().enumerate() {
        key_choice::choose_key(index, relation, fields, many_to_many, &mut inputs);
    }
    inputs.extend(choices);
    inputs
}

/// Whether a person types the value: not what the database or a trigger fills in, and not a secret,
/// unless the row cannot be without it.
fn is_typed(field: &Field) -> bool {
    let writable = field.insert != InsertMode::Never;
    let required = field.insert == InsertMode::Given && !field.nullable;
    writable && (required || (field.visible && !field.read_only))
}

fn field_input(
    index: usize,
    field: &Field,
    column: &Column,
    limits: &Limits,
    to_one: &[ToOne],
) -> Input {
    let family = &field.value.family;
    let choice = to_one.iter().position(|relation| {
        let is_choice = relation.linked && relation.fields == [index] && relation.refers_to_key;
        // An array has an input for each element, and no text as a whole.
        is_choice && !matches!(family, Family::List(_))
    });
    let entry = match choice {
        Some(_) => Entry::Key,
        None => entry(family, field.nullable),
    };
    let constant = column.default.as_deref().and_then(default::constant);
    // An array's constant is one text for several inputs: it is left to the database.
    let typed_as_text = match entry {
        Entry::Text | Entry::Tick => true,
        Entry::Key => {
            let is_marked = constant
                .as_deref()
                .is_some_and(|text| text.starts_with('%'));
            is_option_as_typed(family) && !is_marked
        }
        Entry::List | Entry::File => false,
    };
    let initial = constant
        .clone()
        .filter(|_| typed_as_text && !is_given_later(field, column));
    let takes_empty = blanks::takes_empty(family, limits, constant.as_deref());
    let starts_empty = takes_empty && initial.as_deref() == Some("");
    let must_be_given = field.insert == InsertMode::Given || initial.is_some();
    let widget = match choice {
        Some(_) => ident("Choice"),
        None => widget(field, limits),
    };
    let default = blanks::default(column, entry, field.nullable).filter(|_| initial.is_none());
    Input {
        name: field.name.clone(),
        constant: field.constant.clone(),
        label: field.label.clone(),
        help: field.comment.clone(),
        key: field.column.clone(),
        blanks: blanks::blanks(
            field.nullable,
            takes_empty,
            &widget,
            column,
            default.is_some(),
        ),
        default,
        widget,
        source: match choice {
            Some(relation) => Source::Choice {
                field: index,
                relation,
            },
            None => Source::Field(index),
        },
        shown: Shown::Always,
        entry,
        // An array may be empty, and so may a text that is so by default.
        required: !field.nullable
            && must_be_given
            && !starts_empty
            && !matches!(entry, Entry::Tick | Entry::List),
        rules: if choice.is_some() {
            Rules::default()
        } else {
            rules(family, limits)
        },
        initial,
    }
}

/// Whether the role may change the column, but not give it to a new row.
fn is_given_later(field: &Field, column: &Column) -> bool {
    field.update && !column.can_insert
}

/// Says which forms have an input, where the table has both and the role may do one thing with the column only.
pub(super) fn divide(inputs: &mut [Input], relation: &Relation, fields: &[Field], pages: Pages) {
    if !(pages.new && pages.edit) {
        return;
    }
    for input in inputs {
        let of_input = input.source.fields();
        let of_input = || of_input.iter().map(|&field| &fields[field]);
        let can_be_given = |field: &Field| {
            let mut columns = relation.columns.iter();
            columns.any(|column| column.name == field.column && column.can_insert)
        };
        if of_input().any(|field| !can_be_given(field)) {
            input.shown = Shown::Edit;
        } else if of_input().any(|field| !field.update) {
            input.shown = Shown::New;
        }
    }
}

fn choices_input(index: usize, relation: &ManyToMany, key: String) -> Input {
    Input {
        name: relation.name.clone(),
        constant: relation.constant.clone(),
        label: relation.label.clone(),
        help: None,
        key,
        default: None,
        widget: ident("Choices"),
        source: Source::Choices(index),
        shown: Shown::Always,
        entry: Entry::List,
        required: false,
        blanks: Vec::new(),
        rules: Rules::default(),
        initial: None,
    }
}

/// The variant of the runtime's `Widget`.
fn widget(field: &Field, limits: &Limits) -> Ident {
    let name = field.name.to_string();
    let widget = match &field.value.family {
        Family::Text { .. } if !field.visible => "Password",
        Family::Text { .. } if !limits.options.is_empty() => "Select",
        Family::Text { max_length } => text_widget(&name, *max_length),
        Family::Bool if field.nullable => "YesNo",
        Family::Bool => "Checkbox",
        Family::Integer | Family::Float | Family::Decimal { .. } | Family::Numeric => "Number",
        Family::Bytes => "File",
        Family::Date => "Date",
        Family::Time => "Time",
        Family::DateTime => "DateTime",
        Family::Timestamp => "Timestamp",
        Family::Json => "Json",
        Family::Enum(_) => "Select",
        Family::Markup => "Code",
        Family::List(_) => "List",
        Family::Range(ends) => match **ends {
            Family::Date => "DateRange",
            Family::DateTime => "DateTimeRange",
            Family::Timestamp => "TimestampRange",
            _ => "NumberRange",
        },
        Family::Uuid
        | Family::Interval
        | Family::Inet
        | Family::Bits { .. }
        | Family::Raw
        | Family::SearchVector => "Text",
    };
    ident(widget)
}

fn text_widget(name: &str, max_length: Option<u32>) -> &'static str {
    let last_word = name.rsplit('_').next().unwrap_or(name);
    match last_word {
        "email" | "mail" => "Email",
        "url" | "website" | "homepage" => "Url",
        word if LONG_TEXT.contains(&word) => "Textarea",
        _ if max_length.is_some_and(|length| length >= LONG_TEXT_LENGTH) => "Textarea",
        _ => "Text",
    }
}

fn entry(family: &Family, nullable: bool) -> Entry {
    match family {
        Family::Bool if !nullable => Entry::Tick,
        Family::List(_) => Entry::List,
        Family::Bytes => Entry::File,
        _ => Entry::Text,
    }
}

/// Whether the option of a row has its key as people type it.
fn is_option_as_typed(family: &Family) -> bool {
    match family {
        Family::Bytes | Family::Float | Family::Time | Family::DateTime | Family::Timestamp => {
            false
        }
        Family::Range(ends) => is_option_as_typed(ends),
        _ => true,
    }
}

/// The rules that follow from the type, narrowed by what the checks state.
fn rules(family: &Family, limits: &Limits) -> Rules {
    let mut rules = Rules {
        min: limits.min.clone(),
        max: limits.max.clone(),
        min_length: limits.min_length,
        max_length: limits.max_length,
        options: limits.options.clone(),
        step: None,
    };
    match family {
        Family::Decimal { precision, scale } => {
            let greatest = greatest_decimal(*precision, *scale);
            rules.min.get_or_insert_with(|| format!("-{greatest}"));
            rules.max.get_or_insert(greatest);
            rules.step = Some(step(*scale));
        }
        Family::Float | Family::Numeric => rules.step = Some("any".to_owned()),
        Family::Text {
            max_length: Some(length),
        } => {
            let narrower = rules.max_length.map_or(*length, |limit| limit.min(*length));
            rules.max_length = Some(narrower);
        }
        Family::Enum(labels) => rules.options.clone_from(labels),
        Family::Bits { min, max } => {
            rules.min_length = *min;
            rules.max_length = *max;
        }
        // Each element has an input of its own.
        Family::List(element) => return self::rules(element, limits),
        _ => {}
    }
    rules
}

/// `numeric(4,2)` → `99.99`, `numeric(2,3)` → `0.099`, `numeric(2,-3)` → `99000`
fn greatest_decimal(precision: u16, scale: i16) -> String {
    let digits = "9".repeat(usize::from(precision));
    let Ok(scale) = usize::try_from(scale) else {
        return digits + &"0".repeat(usize::from(scale.unsigned_abs()));
    };
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    match decimals {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// A scale of 2 → `0.01`
fn step(scale: i16) -> String {
    match usize::try_from(scale) {
        Ok(scale) if scale > 0 => format!("0.{}1", "0".repeat(scale - 1)),
        _ => "1".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greatest_decimals() {
        let check = |precision, scale, expect: &str| {
            assert_eq!(
                greatest_decimal(precision, scale),
                expect,
                "numeric({precision},{scale})"
            );
        };
        check(4, 2, "99.99");
        check(3, 0, "999");
        check(2, 2, "0.99");
        check(2, 3, "0.099");
        check(2, -3, "99000");
    }
}
