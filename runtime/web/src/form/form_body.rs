//! A form as it was sent: the names and values of its body, within limits.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use umbel_data::actor::Actor;
use umbel_data::error::{Error, Result};

use super::name::{self, FIND, KEY, MORE, NEXT, ORIGINAL, PREVIOUS, SAVE, VERSION};
use super::parts::{Parts, Reading, hash_without};
use super::upload::{Action, Upload};
use super::{Field, Fingerprint, FormState, Input, Linked, Widget, multipart, range, urlencoded};
use crate::config::Limits;

/// A form as it was sent: names and values, which [`Form::read`](super::Form::read) takes out.
#[derive(Debug, Default)]
pub struct FormBody {
    parts: Parts,
}

impl FormBody {
    /// The body of a request.
    ///
    /// # Errors
    /// 413 if there is too much of it.
    pub(crate) async fn body(headers: &HeaderMap, body: Body, limits: Limits) -> Result<Bytes> {
        let length = headers
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > limits.body) {
            return Err(too_large(limits.body));
        }
        axum::body::to_bytes(body, limits.body)
            .await
            .map_err(|_| too_large(limits.body))
    }

    /// Reads a form from the body of a request.
    ///
    /// # Errors
    /// 400 if it is no form or not UTF-8, 413 if it has too many fields.
    pub(crate) fn parse(headers: &HeaderMap, body: &Bytes, limits: Limits) -> Result<Self> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        Self::read(kind, body, limits)
    }

    /// Reads a body of a content type.
    fn read(kind: &str, body: &Bytes, limits: Limits) -> Result<Self> {
        let essence = kind.split(';').next().unwrap_or_default().trim();
        let mut reading = Reading::new(limits);
        if essence.eq_ignore_ascii_case("multipart/form-data") {
            let boundary = multipart::boundary(kind)
                .ok_or_else(|| refused("The form does not say how its parts are divided"))?;
            multipart::read(body, boundary, &mut reading)?;
        } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
            || body.is_empty()
        {
            for (name, text) in urlencoded::pairs(body) {
                reading.encoded(name.len() + text.len())?;
                let pair = urlencoded::decode(name).zip(urlencoded::decode(text));
                let (name, text) = pair.ok_or_else(|| refused("The form is not valid UTF-8"))?;
                reading.text(name, text)?;
            }
        } else {
            return Err(refused("This address takes the forms of web pages only"));
        }
        Ok(Self {
            parts: reading.finish(),
        })
    }

    /// What tells the form, sent to a path by somebody, from every other; `None` for a form without a key.
    ///
    /// With other values it is another form: who goes back to it and types something else means to send it again.
    pub(crate) fn fingerprint(&self, path: &str, actor: &Actor) -> Option<Fingerprint> {
        let keys = self.parts.group(KEY)?;
        if keys.texts.iter().all(String::is_empty) {
            return None;
        }
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, path, actor.user().map(|user| user.id)).hash(&mut hasher);
            // Enter saves without that button.
            hash_without(&self.parts, SAVE, &mut hasher);
            u128::from(hasher.finish())
        };
        Some(half(0) << 64 | half(1))
    }

    /// A form of these names and values.
    #[cfg(test)]
    pub(super) fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let mut parts = Parts::default();
        for (name, text) in pairs {
            parts.add_text((*name).to_owned(), (*text).to_owned());
        }
        Self { parts }
    }

    /// Takes out the text that was sent under a name; empty if there is none.
    pub fn text(&mut self, name: &str) -> String {
        self.take(name).unwrap_or_default()
    }

    /// Takes out all texts of a name.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        self.parts.take_texts(name)
    }

    /// Takes out what is to become of a file: `name` holds new bytes, `name.clear` asks for none.
    pub fn file(&mut self, name: &str) -> Upload {
        let clear = self.take(&format!("{name}.clear")).is_some();
        let file = self.parts.take_file(name);
        Upload::new(match file {
            Some(bytes) => Action::Replace(bytes),
            None if clear => Action::Clear,
            None => Action::Keep,
        })
    }

    /// Takes out what the form carries besides its fields.
    pub fn state(&mut self) -> FormState {
        let version = self.take(VERSION).filter(|version| !version.is_empty());
        let original = self.take(ORIGINAL).unwrap_or_default();
        let pairs = urlencoded::read(original.as_bytes()).unwrap_or_default();
        let mut original: Vec<(String, Vec<String>)> = Vec::new();
        for (name, text) in pairs {
            match original.last_mut().filter(|(last, _)| *last == name) {
                Some((_, texts)) => texts.push(text),
                None => original.push((name, vec![text])),
            }
        }
        let searches = self.searches();
        let pressed = [FIND, MORE, NEXT, PREVIOUS]
            .into_iter()
            .find_map(|button| self.take(button))
            .or_else(|| self.new_search(&searches));
        FormState {
            version,
            original,
            searches,
            pressed,
            ..FormState::default()
        }
    }

    /// Puts the texts into the inputs of a form; returns the fields of which nothing was sent.
    ///
    /// A page sends something for each of its fields, also for boxes that are not ticked: so these are
    /// the fields that the page does not have.
    pub(super) fn fill(&mut self, inputs: Vec<Input<'_>>) -> Vec<&'static str> {
        let mut absent = Vec::new();
        for input in inputs {
            let field = input.field();
            let sent = field.sent();
            let name = sent.as_ref();
            if field.widget.end().is_some() {
                self.join_range(name);
            }
            if self.parts.group(name).is_none() {
                absent.push(field.name);
            }
            match input {
                // Beside the box there is a hidden input that says no.
                Input::Text(field, text) if field.widget == Widget::Checkbox => {
                    let said = self.list(name).into_iter();
                    *text = said
                        .min_by_key(|said| said == "false")
                        .unwrap_or_else(|| "false".to_owned());
                }
                Input::Text(field, text) => {
                    *text = self.text(name);
                    let mark = self.blank(field);
                    if text.trim().is_empty() && !mark.is_empty() {
                        mark.clone_into(text);
                    }
                }
                Input::List(field, texts) => {
                    *texts = self.list(name);
                    self.add_inputs(name, texts);
                    let mark = self.blank(field);
                    if texts.is_empty() && !mark.is_empty() {
                        texts.push(mark.to_owned());
                    }
                }
                Input::Links(_, linked) => *linked = self.linked(name),
                Input::File(_, upload) => *upload = self.file(name),
            }
        }
        absent
    }

    /// The rows whose boxes are ticked: of all, or of a page of them.
    fn linked(&mut self, name: &str) -> Linked {
        let mut ticked = self.list(name);
        ticked.retain(|key| !key.is_empty());
        let Some(page) = self.take(&format!("{name}.page")) else {
            return ticked.into();
        };
        let shown = self.list(&format!("{name}.shown"));
        let page: u64 = page.parse().unwrap_or(0);
        let first = |part: &str| Some(self.parts.group(&format!("{name}.{part}"))?.texts.front());
        let page = match () {
            // What is found begins on a page of its own.
            () if first("find") != first("found") => 0,
            () if self.is_pressed(NEXT, name) => page.saturating_add(1),
            () if self.is_pressed(PREVIOUS, name) => page.saturating_sub(1),
            () => page,
        };
        Linked::sent(ticked, &shown, page)
    }

    /// What stands for an input that was left empty: what was chosen beside it.
    fn blank(&mut self, field: &Field) -> &'static str {
        let chosen = self.take(&name::blank(field.name)).unwrap_or_default();
        field.mark_of(&chosen)
    }

    /// Makes one text of the inputs of a range: `1`, `5`, `[)` → `[1,5)`.
    fn join_range(&mut self, name: &str) {
        let part = |form: &mut Self, part: &str| form.take(&format!("{name}.{part}"));
        let Some(lower) = part(self, "from") else {
            return;
        };
        let upper = part(self, "to").unwrap_or_default();
        let brackets = part(self, "bounds").unwrap_or_default();
        let range = range::join(&lower, &upper, &brackets);
        self.parts.add_text(name.to_owned(), range);
    }

    /// More empty inputs, if their button was pressed; else none at the end.
    fn add_inputs(&self, name: &str, texts: &mut Vec<String>) {
        match self.is_pressed(MORE, name) {
            true => texts.push(String::new()),
            false => {
                while texts.last().is_some_and(String::is_empty) {
                    texts.pop();
                }
            }
        }
    }

    /// Whether a button of a field was pressed.
    fn is_pressed(&self, button: &str, name: &str) -> bool {
        let pressed = self.parts.group(button);
        pressed.is_some_and(|pressed| pressed.texts.iter().any(|text| text == name))
    }

    fn searches(&self) -> Vec<(String, String)> {
        let groups = self.parts.groups().iter();
        let boxes = groups.filter(|group| group.name != FIND);
        boxes
            .filter_map(|group| Some((group.name.strip_suffix(".find")?, &group.texts)))
            .flat_map(|(name, texts)| texts.iter().map(move |text| (name, text)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .collect()
    }

    /// The field whose search box has a new text, if the form was sent with the Enter key.
    fn new_search(&mut self, searches: &[(String, String)]) -> Option<String> {
        if self.take(SAVE).is_some() {
            return None;
        }
        searches
            .iter()
            .find(|(name, text)| self.take(&format!("{name}.found")).as_ref() != Some(text))
            .map(|(name, _)| name.clone())
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.parts.take_text(name)
    }
}

pub(super) fn refused(message: &str) -> Error {
    Error::BadRequest(message.to_owned())
}

fn too_large(limit: usize) -> Error {
    let limit = umbel_data::text::size(limit);
    Error::TooLarge(format!("A request may hold at most {limit}"))
}

#[cfg(test)]
mod tests;
