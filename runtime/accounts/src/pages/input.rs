//! An input of a form with its label, what helps, and what is wrong; and what stands above such a form.

use askama::Template;
use askama::filters::HtmlSafe;
use umbel_data::error::FieldErrors;

/// An input of a form: what does not change about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// `password`
    pub(super) kind: &'static str,
    /// The token by which browsers know what to fill in.
    pub(super) autocomplete: &'static str,
    pub(super) help: &'static str,
    pub(super) is_required: bool,
}

impl Field {
    /// An input that must be filled in.
    pub(super) const fn new(name: &'static str, label: &'static str, kind: &'static str) -> Self {
        Self {
            name,
            label,
            kind,
            autocomplete: "off",
            help: "",
            is_required: true,
        }
    }

    pub(super) const fn autocomplete(self, autocomplete: &'static str) -> Self {
        Self {
            autocomplete,
            ..self
        }
    }

    pub(super) const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    pub(super) const fn optional(self) -> Self {
        Self {
            is_required: false,
            ..self
        }
    }

    /// The input with what was typed, and what is wrong with that.
    pub(super) fn input<'a>(&self, value: &'a str, errors: &'a FieldErrors) -> Input<'a> {
        Input {
            field: *self,
            value,
            errors: at(errors, self.name),
        }
    }

    /// The input of a secret, which is not shown again.
    pub(super) fn secret<'a>(&self, errors: &'a FieldErrors) -> Input<'a> {
        self.input("", errors)
    }
}

/// An input as a form shows it.
#[derive(Template)]
#[template(path = "accounts/input.html")]
pub(super) struct Input<'a> {
    field: Field,
    value: &'a str,
    errors: Vec<&'a str>,
}

impl Input<'_> {
    fn described_by(&self) -> String {
        let id = self.field.name;
        let mut ids = Vec::new();
        if !self.field.help.is_empty() {
            ids.push(format!("f-{id}-help"));
        }
        if !self.errors.is_empty() {
            ids.push(format!("f-{id}-error"));
        }
        ids.join(" ")
    }
}

impl HtmlSafe for Input<'_> {}

/// All that is wrong with a form, above it.
#[derive(Template)]
#[template(path = "accounts/problem.html")]
pub(super) struct Summary<'a> {
    errors: &'a FieldErrors,
}

impl HtmlSafe for Summary<'_> {}

/// All that is wrong with a form; nothing, if nothing is.
pub(super) fn summary(errors: &FieldErrors) -> Summary<'_> {
    Summary { errors }
}

/// What is wrong at an input.
pub(super) fn at<'e>(errors: &'e FieldErrors, name: &str) -> Vec<&'e str> {
    let own = errors.iter().filter(|(found, _)| *found == name);
    own.map(|(_, text)| text).collect()
}

/// What a page with a form is called: who hears it read is told at once that something is wrong.
pub(super) fn title(title: &str, errors: &FieldErrors) -> String {
    match errors.is_empty() {
        true => title.to_owned(),
        false => format!("Error: {title}"),
    }
}
