//! Fields and relations → the inputs of a form.

use proc_macro2::Ident;
use umbel_schema::model::{Column, Relation};

use super::names::{ident, reserved};
use super::rules::Limits;
use super::value::Family;
use super::{Entry, Field, Input, InsertMode, KeyPart, ManyToMany, Rules, Source, ToOne, default};

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
    let choices = many_to_many
        .iter()
        .enumerate()
        .filter(|(_, relation)| relation.editable)
        .map(|(index, relation)| choices_input(index, relation));
    let mut inputs: Vec<Input> = columns.collect();
    for (index, relation) in to_one.iter().enumerate() {
        choose_key(index, relation, fields, many_to_many, &mut inputs);
    }
    inputs.extend(choices);
    inputs
}

/// Puts one choice in the place of the inputs of a foreign key of several columns; of those that another choice fills
/// already, the database sees to it that both agree.
fn choose_key(
    index: usize,
    relation: &ToOne,
    fields: &[Field],
    many_to_many: &[ManyToMany],
    inputs: &mut Vec<Input>,
) {
    let is_filled = |field: &usize| {
        let mut inputs = inputs.iter();
        inputs.any(|input| input.source.fields().contains(field))
    };
    let can_be_chosen = relation.linked && relation.refers_to_key && relation.fields.len() > 1;
    if !can_be_chosen || !relation.fields.iter().all(is_filled) {
        return;
    }
    let is_typed = |field: usize| {
        let mut inputs = inputs.iter();
        inputs.any(|input| input.source == Source::Field(field) && input.entry == Entry::Text)
    };
    let parts: Vec<KeyPart> = (relation.fields.iter().enumerate())
        .map(|(at, &field)| KeyPart { field, at })
        .filter(|part| is_typed(part.field))
        .collect();
    let Some(first) = parts.first().map(|part| part.field) else {
        return;
    };
    let is_alike = |part: &KeyPart| {
        let field = &fields[part.field];
        field.insert == InsertMode::Given && field.nullable == fields[first].nullable
    };
    if !parts.iter().all(is_alike) {
        return;
    }
    let mut taken = (fields.iter().map(|field| &field.name))
        .chain(many_to_many.iter().map(|relation| &relation.name));
    let name = relation.name.to_string();
    let is_free = taken.all(|taken| *taken != name)
        && fields.iter().all(|field| field.column != name)
        && !reserved::INPUTS.contains(&name.as_str());
    let filled: Vec<usize> = parts.iter().map(|part| part.field).collect();
    let Some(place) = (inputs.iter()).position(|input| input.source == Source::Field(first)) else {
        return;
    };
    let own = &inputs[place];
    let (name, constant, key) = if filled.len() > 1 && is_free {
        (relation.name.clone(), relation.constant.clone(), name)
    } else {
        (own.name.clone(), own.constant.clone(), own.key.clone())
    };
    inputs[place] = Input {
        name,
        constant,
        key,
        label: relation.label.clone(),
        help: own.help.clone().filter(|_| filled.len() == 1),
        default: None,
        widget: ident("Choice"),
        source: Source::Key {
            parts,
            relation: index,
        },
        entry: Entry::Text,
        required: !fields[first].nullable,
        rules: Rules::default(),
        initial: None,
    };
    inputs.retain(|input| match input.source {
        Source::Field(field) => !filled.contains(&field),
        _ => true,
    });
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
    let entry = entry(&field.value.family, field.nullable);
    // An array's constant is one text for several inputs: it is left to the database.
    let typed_as_text = matches!(entry, Entry::Text | Entry::Tick);
    let constant = column.default.as_deref().and_then(default::constant);
    let initial = constant.filter(|_| typed_as_text);
    let choice = to_one.iter().position(|relation| {
        relation.linked && relation.fields == [index] && relation.refers_to_key
    });
    let family = &field.value.family;
    let is_checkbox = *family == Family::Bool && !field.nullable;
    let must_be_given = field.insert == InsertMode::Given || initial.is_some();
    Input {
        name: input_name(&field.name),
        constant: field.constant.clone(),
        label: field.label.clone(),
        help: field.comment.clone(),
        key: field.column.clone(),
        default: column.default.clone().filter(|_| initial.is_none()),
        widget: match choice {
            Some(_) => ident("Choice"),
            None => widget(field, limits),
        },
        source: match choice {
            Some(relation) => Source::Choice {
                field: index,
                relation,
            },
            None => Source::Field(index),
        },
        entry,
        // An array may be empty.
        required: !field.nullable && must_be_given && !is_checkbox && entry != Entry::List,
        rules: if choice.is_some() {
            Rules::default()
        } else {
            rules(family, limits)
        },
        initial,
    }
}

/// `state` → `state_`: the form has a member of that name.
fn input_name(field: &Ident) -> Ident {
    let name = field.to_string();
    if reserved::INPUTS.contains(&name.as_str()) {
        ident(&format!("{name}_"))
    } else {
        field.clone()
    }
}

fn choices_input(index: usize, relation: &ManyToMany) -> Input {
    Input {
        name: relation.name.clone(),
        constant: relation.constant.clone(),
        label: relation.label.clone(),
        help: None,
        key: relation.name.to_string(),
        default: None,
        widget: ident("Choices"),
        source: Source::Choices(index),
        entry: Entry::List,
        required: false,
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
