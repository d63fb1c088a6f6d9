//! Foreign keys of several columns → one choice instead of an input for each column.

use super::names::ident;
use super::{Entry, Field, Input, InsertMode, KeyPart, ManyToMany, Rules, Shown, Source, ToOne};

/// Puts one choice in the place of the inputs of a foreign key of several columns; of those that another choice fills
/// already, the database sees to it that both agree.
pub(super) fn choose_key(
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
    // An array has an input for each element, and no text as a whole.
    let is_typed = |field: usize| {
        let mut inputs = inputs.iter();
        inputs.any(|input| input.source == Source::Field(field) && input.entry != Entry::List)
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
    let is_free =
        taken.all(|taken| *taken != name) && fields.iter().all(|field| field.column != name);
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
        shown: Shown::Always,
        entry: Entry::Text,
        required: !fields[first].nullable,
        blanks: Vec::new(),
        rules: Rules::default(),
        initial: None,
    };
    inputs.retain(|input| match input.source {
        Source::Field(field) => !filled.contains(&field),
        _ => true,
    });
}
