//! A form as it was sent: the names and values of its body, within limits.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};

use super::state::{ORIGINAL, VERSION};
use super::upload::{Action, Upload};
use super::{FormState, Input, Widget, multipart, range, urlencoded};
use crate::{Error, Result};

/// How much a form may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a whole request.
    pub body: usize,
    /// Inputs of a form.
    pub fields: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 16 * 1024 * 1024,
            fields: 5_000,
        }
    }
}

/// A form as it was sent: names and values, which [`Form::read`](super::Form::read) takes out.
#[derive(Debug, Default)]
pub struct Submitted {
    parts: Vec<(String, Part)>,
}

/// One value of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A text.
    Text(String),
    /// The bytes of a file.
    File(Bytes),
}

impl Submitted {
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
        let parts = if essence.eq_ignore_ascii_case("multipart/form-data") {
            let boundary = multipart::boundary(kind)
                .ok_or_else(|| refused("The form does not say how its parts are divided"))?;
            multipart::read(body, boundary)?
        } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
            || body.is_empty()
        {
            urlencoded::read(body)
                .ok_or_else(|| refused("The form is not valid UTF-8"))?
                .into_iter()
                .map(|(name, text)| (name, Part::Text(text)))
                .collect()
        } else {
            return Err(refused("This address takes the forms of web pages only"));
        };
        match parts.len() > limits.fields {
            true => Err(Error::TooLarge(format!(
                "The form has more than {} fields",
                limits.fields
            ))),
            false => Ok(Self { parts }),
        }
    }

    /// A form of these names and values.
    #[cfg(test)]
    pub(super) fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let part =
            |(name, text): &(&str, &str)| ((*name).to_owned(), Part::Text((*text).to_owned()));
        Self {
            parts: pairs.iter().map(part).collect(),
        }
    }

    /// Takes out the text of a name; empty if there is none.
    pub fn text(&mut self, name: &str) -> String {
        self.take(name).unwrap_or_default()
    }

    /// Takes out all texts of a name.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        while let Some(text) = self.take(name) {
            texts.push(text);
        }
        texts
    }

    /// Takes out what is to become of a file: `name` holds new bytes, `name.clear` asks for none.
    pub fn file(&mut self, name: &str) -> Upload {
        let clear = self.take(&format!("{name}.clear")).is_some();
        let file = self.parts.iter_mut().find_map(|(key, part)| match part {
            Part::File(bytes) if key == name => Some(std::mem::take(bytes)),
            _ => None,
        });
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
        let pressed = self
            .take("_find")
            .or_else(|| self.take("_more"))
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
            let name = input.field().name;
            if input.field().widget.end().is_some() {
                self.join_range(name);
            }
            if !self.parts.iter().any(|(key, _)| key == name) {
                absent.push(name);
            }
            match input {
                // Beside the box there is a hidden input that says no.
                Input::Text(field, text) if field.widget == Widget::Checkbox => {
                    let said = self.list(name).into_iter();
                    *text = said
                        .min_by_key(|said| said == "false")
                        .unwrap_or_else(|| "false".to_owned());
                }
                Input::Text(_, text) => *text = self.text(name),
                Input::List(field, texts) => {
                    *texts = self.list(name);
                    match field.widget {
                        Widget::Choices => texts.retain(|text| !text.is_empty()),
                        _ => self.add_inputs(name, texts),
                    }
                }
                Input::File(_, upload) => *upload = self.file(name),
            }
        }
        absent
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
        self.parts.push((name.to_owned(), Part::Text(range)));
    }

    /// More empty inputs, if their button was pressed; else none at the end.
    fn add_inputs(&self, name: &str, texts: &mut Vec<String>) {
        let more = self
            .parts
            .iter()
            .any(|(key, part)| key == "_more" && *part == Part::Text(name.to_owned()));
        match more {
            true => texts.push(String::new()),
            false => {
                while texts.last().is_some_and(String::is_empty) {
                    texts.pop();
                }
            }
        }
    }

    fn searches(&self) -> Vec<(String, String)> {
        self.parts
            .iter()
            .filter_map(|(name, part)| match part {
                Part::Text(text) if !text.is_empty() => {
                    Some((name.strip_suffix(".find")?.to_owned(), text.clone()))
                }
                _ => None,
            })
            .collect()
    }

    /// The field whose search box has a new text, if the form was sent with the Enter key.
    fn new_search(&mut self, searches: &[(String, String)]) -> Option<String> {
        if self.take("_save").is_some() {
            return None;
        }
        searches
            .iter()
            .find(|(name, text)| self.take(&format!("{name}.found")).as_ref() != Some(text))
            .map(|(name, _)| name.clone())
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let at = self
            .parts
            .iter()
            .position(|(key, part)| key == name && matches!(part, Part::Text(_)))?;
        match self.parts.remove(at).1 {
            Part::Text(text) => Some(text),
            Part::File(_) => None,
        }
    }
}

pub(super) fn refused(message: &str) -> Error {
    Error::BadRequest(message.to_owned())
}

fn too_large(limit: usize) -> Error {
    let limit = crate::show::size(limit);
    Error::TooLarge(format!("A request may hold at most {limit}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Field;

    const FORM: &str = "application/x-www-form-urlencoded";

    fn submitted(body: &'static str) -> Submitted {
        Submitted::read(
            FORM,
            &Bytes::from_static(body.as_bytes()),
            Limits::default(),
        )
        .unwrap()
    }

    #[test]
    fn texts_and_lists() {
        let mut form = submitted("title=A&f=x&f=y&f=");
        assert_eq!(form.text("title"), "A");
        assert_eq!(form.list("f"), ["x", "y", ""]);
        assert_eq!(form.text("none"), "");
    }

    #[test]
    fn invalid_utf8_is_refused() {
        let error =
            Submitted::read(FORM, &Bytes::from_static(b"a=%ff"), Limits::default()).unwrap_err();
        assert!(matches!(error, Error::BadRequest(_)));
        let error = Submitted::read("text/plain", &Bytes::from_static(b"a"), Limits::default())
            .unwrap_err();
        assert!(matches!(error, Error::BadRequest(_)));
    }

    #[tokio::test]
    async fn too_much_is_refused() {
        let limits = Limits { body: 4, fields: 2 };
        let body = Body::from("a=12345");
        let error = Submitted::body(&HeaderMap::new(), body, limits)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::TooLarge(_)));
        let error = Submitted::read(FORM, &Bytes::from_static(b"a&b&c"), limits).unwrap_err();
        assert!(matches!(error, Error::TooLarge(_)));
    }

    #[test]
    fn the_original_is_read_back() {
        let mut form = submitted("_version=7&_original=a%3D1%26f%3Dx%26f%3Dy");
        let state = form.state();
        assert_eq!(state.version(), Some("7"));
        let mut again = submitted("");
        assert_eq!(state.hidden()[1].1, "a=1&f=x&f=y");
        assert_eq!(again.state().version(), None);
    }

    #[test]
    fn a_box_that_is_not_ticked_says_no() {
        const ACTIVE: Field = Field::new("active", "Active", Widget::Checkbox);
        let check = |body, expect: &str, absent: usize| {
            let mut text = String::new();
            let left_out = submitted(body).fill(vec![Input::Text(&ACTIVE, &mut text)]);
            assert_eq!((text.as_str(), left_out.len()), (expect, absent), "{body}");
        };
        check("active=true&active=false", "true", 0);
        check("active=false", "false", 0);
        check("", "false", 1);
    }

    #[test]
    fn the_inputs_of_a_range_are_one_text() {
        const SPAN: Field = Field::new("span", "Span", Widget::NumberRange);
        let check = |body, expect: &str| {
            let mut text = String::new();
            let absent = submitted(body).fill(vec![Input::Text(&SPAN, &mut text)]);
            assert_eq!((text.as_str(), absent.len()), (expect, 0), "{body}");
            let errors = crate::form::Errors::default();
            let inputs = SPAN.control(&text, &errors).range().unwrap();
            let chosen = inputs
                .brackets
                .iter()
                .find(|bracket| bracket.selected)
                .unwrap();
            let [from, to] = inputs.ends;
            let again = [
                ("from", from.value),
                ("to", to.value),
                ("bounds", chosen.value.to_owned()),
            ];
            let pairs = again.map(|(name, value)| (format!("span.{name}"), value));
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            let mut second = String::new();
            Submitted::from_pairs(&pairs).fill(vec![Input::Text(&SPAN, &mut second)]);
            assert_eq!(second, text, "as it is shown again");
        };
        check("span.from=&span.to=&span.bounds=", "");
        check("span.from=1&span.to=5&span.bounds=", "[1,5)");
        check("span.from=1&span.to=&span.bounds=[]", "[1,)");
        check("span.from=&span.to=5&span.bounds=()", "(,5)");
        check("span.from=&span.to=&span.bounds=()", "(,)");
        check("span.from=&span.to=&span.bounds=empty", "empty");
        check(
            "span.from=a,b&span.to=%22&span.bounds=(]",
            "(\"a,b\",\"\"\"\"]",
        );
        check("span=[1,2]", "[1,2]");
    }

    #[test]
    fn a_search_is_not_a_save() {
        let pressed = |body| submitted(body).state().pressed;
        let field = Some("language".to_owned());
        assert_eq!(pressed("_find=language&language.find=x"), field);
        assert_eq!(pressed("language.find=x"), field, "Enter in the box");
        assert_eq!(pressed("language.find=x&language.found=x"), None);
        assert_eq!(pressed("language.find=x&_save=1"), None);
        assert_eq!(pressed("language.find="), None);
    }
}
