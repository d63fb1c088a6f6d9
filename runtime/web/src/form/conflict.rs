//! Two people edit one row: what each field was, what it is now, and what was typed.

use super::{Field, FormState, Input, Widget};

/// Field name and its texts; a field without any text is left out.
pub(super) type Snapshot = Vec<(String, Vec<String>)>;

/// A field that someone else changed while the form was open: its texts, one or one per element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's name.
    pub name: &'static str,
    /// What it was when the form was opened.
    pub was: Vec<String>,
    /// What it is now.
    pub now: Vec<String>,
    /// What was typed; `None` if this field was left as it was, and now stands as `now`.
    pub typed: Option<Vec<String>>,
}

/// The texts that a field had.
pub(super) fn original_of<'s>(original: &'s Snapshot, field: &str) -> &'s [String] {
    let mut fields = original.iter();
    let found = fields.find(|(name, _)| name == field);
    found.map_or(&[], |(_, texts)| texts)
}

/// The texts of a form, by field.
pub(super) fn snapshot(inputs: Vec<Input<'_>>) -> Snapshot {
    inputs
        .iter()
        // A secret never leaves the server.
        .filter(|input| input.field().widget != Widget::Password)
        .map(|input| (input.field().name.to_owned(), texts(input)))
        .filter(|(_, texts)| !texts.is_empty())
        .collect()
}

/// Lays a form that came back over the row as it is now.
pub(super) fn rebase(
    opened: FormState,
    now: FormState,
    typed: Vec<Input<'_>>,
    current: Vec<Input<'_>>,
) -> FormState {
    let mut differences = Vec::new();
    let unversioned = opened.version.is_none();
    let compare = opened.version != now.version;
    for (mut typed, current) in typed.into_iter().zip(current) {
        if let (Input::File(_, typed), Input::File(_, current)) = (&mut typed, &current) {
            typed.over(current);
        }
        if opened.absent.contains(&typed.field().name) {
            take_over(&mut typed, current);
        } else if let (Input::Links(field, typed), Input::Links(_, current)) =
            (&mut typed, &current)
        {
            // Links are no part of the row: its version says nothing of them.
            let was = original_of(&opened.original, field.name);
            differences.extend(typed.rebase(field, was, (**current).clone()));
        } else if compare {
            differences.extend(difference(&opened.original, &mut typed, current));
        }
    }
    FormState {
        version: now.version,
        original: now.original,
        differences,
        unversioned,
        ..opened
    }
}

/// Compares one field, and takes over the change of the other person where there is no other.
fn difference(
    original: &Snapshot,
    typed: &mut Input<'_>,
    current: Input<'_>,
) -> Option<Difference> {
    let field = typed.field();
    let was = original_of(original, field.name);
    let now = texts(&current);
    if same(was, &now) {
        return None;
    }
    let text = match typed {
        Input::File(_, upload) => upload.replacement(),
        Input::Text(..) | Input::List(..) | Input::Links(..) => Some(texts(typed)),
    };
    let typed = match text {
        Some(text) if same(&text, &now) => return None,
        Some(text) if !same(&text, was) => Some(text),
        _ => {
            take_over(typed, current);
            None
        }
    };
    Some(Difference {
        name: field.name,
        was: was.to_vec(),
        now,
        typed,
    })
}

fn take_over(typed: &mut Input<'_>, current: Input<'_>) {
    match (typed, current) {
        (Input::Text(_, typed), Input::Text(_, current)) => **typed = std::mem::take(current),
        (Input::List(_, typed), Input::List(_, current)) => **typed = std::mem::take(current),
        (Input::Links(_, typed), Input::Links(_, current)) => **typed = std::mem::take(current),
        _ => {}
    }
}

fn texts(input: &Input<'_>) -> Vec<String> {
    let mut texts = match input {
        Input::Text(_, text) => vec![(**text).clone()],
        Input::List(_, texts) => (*texts).clone(),
        Input::Links(_, linked) => linked.all().to_vec(),
        Input::File(_, upload) => vec![upload.fingerprint()],
    };
    texts.retain(|text| !text.is_empty());
    texts
}

/// The columns whose fields were left as they are: an empty text stays an empty text, and null stays null.
pub(super) fn unchanged(original: &Snapshot, inputs: Vec<Input<'_>>) -> Vec<&'static str> {
    let mut columns = Vec::new();
    for input in inputs {
        let field = input.field();
        let was = original_of(original, field.name);
        let is = match &input {
            Input::File(_, upload) => upload.replacement().is_none(),
            Input::Text(..) | Input::List(..) | Input::Links(..) => {
                is_as_before(field, was, &texts(&input))
            }
        };
        if is {
            columns.push(field.name);
            columns.extend(field.columns);
        }
    }
    columns
}

/// Whether a field came back as it was shown.
pub(super) fn is_as_before(field: &Field, was: &[String], is: &[String]) -> bool {
    match field.widget {
        // Behind its typed text, a box knows only whether it is ticked.
        Widget::Checkbox if was.is_empty() => is == ["false"],
        _ => same(was, is),
    }
}

/// Whether two texts are the same but for what a browser rewrites: line ends, and the one letter that HTML cannot have.
fn same(one: &[String], other: &[String]) -> bool {
    let lines = |text: &String| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.replace('\0', "\u{fffd}")
    };
    let alike = |(one, other): (&String, &String)| one == other || lines(one) == lines(other);
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Check, Field, Filled, Form, FormBody, Redisplay};

    const TITLE: Field = Field::new("title", "Title", Widget::Text);
    const TAGS: Field = Field::new("tags", "Tags", Widget::List);

    #[derive(Debug, Default, Clone)]
    struct Note {
        title: String,
        tags: Vec<String>,
    }

    impl Form for Note {
        type New = ();

        const FIELDS: &'static [Field] = &[TITLE, TAGS];

        fn inputs(&mut self) -> Vec<Input<'_>> {
            vec![
                Input::Text(&TITLE, &mut self.title),
                Input::List(&TAGS, &mut self.tags),
            ]
        }

        fn validate(&self, _: &mut Check<'_>) {}
    }

    /// The form of a row in a version.
    fn opened(version: &str, title: &str, tags: &[&str]) -> Filled<Note> {
        let note = Note {
            title: title.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        };
        Filled::opened(note, version)
    }

    /// The form that a browser sends back.
    fn sent(opened: &Filled<Note>, title: &str, tags: &[&str]) -> Filled<Note> {
        let hidden = opened.state().hidden();
        let mut pairs: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (*n, v.as_str())).collect();
        pairs.push(("title", title));
        pairs.extend(tags.iter().map(|tag| ("tags", *tag)));
        // The empty input at the end of a list.
        pairs.push(("tags", ""));
        Filled::read(&mut FormBody::from_pairs(&pairs))
    }

    fn saved(form: &Filled<Note>) -> Result<(), Redisplay> {
        let checked = form.validate();
        checked.map_err(|errors| {
            form.clone()
                .refused(errors.into())
                .unwrap()
                .errors()
                .clone()
        })
    }

    #[test]
    fn nobody_else_was_there() {
        let before = opened("1", "A", &["x"]);
        let form = sent(&before, "B", &["x"]).rebase(opened("1", "A", &["x"]));
        assert_eq!(saved(&form), Ok(()));
        assert_eq!(form.title, "B");
    }

    #[test]
    fn another_field_was_changed() {
        let before = opened("1", "A", &["x"]);
        let form = sent(&before, "B", &["x"]).rebase(opened("2", "A", &["y"]));
        let errors = saved(&form).unwrap_err();
        assert_eq!(errors.status().as_u16(), 409);
        assert_eq!((form.title.as_str(), form.tags[0].as_str()), ("B", "y"));
        assert_eq!(errors.differences()[0].typed, None);
    }

    #[test]
    fn the_same_field_was_changed_and_the_second_save_counts() {
        let before = opened("1", "A", &[]);
        let form = sent(&before, "B", &[]).rebase(opened("2", "C", &[]));
        let errors = saved(&form).unwrap_err();
        let difference = &errors.differences()[0];
        assert_eq!(
            (&difference.was[0], &difference.now[0], &difference.typed),
            (
                &"A".to_owned(),
                &"C".to_owned(),
                &Some(vec!["B".to_owned()])
            )
        );
        let again = sent(&form, "B", &[]).rebase(opened("2", "C", &[]));
        assert_eq!(saved(&again), Ok(()));
        assert_eq!(again.title, "B");
    }

    #[test]
    fn a_field_that_the_page_does_not_have_stays() {
        let form: Filled<Note> = Filled::read(&mut FormBody::from_pairs(&[("title", "B")]));
        let form = form.rebase(opened("1", "A", &["x"]));
        assert_eq!((form.title.as_str(), form.tags.len()), ("B", 1));
    }

    #[test]
    fn both_changed_it_alike() {
        let before = opened("1", "A", &[]);
        let form = sent(&before, "B", &[]).rebase(opened("2", "B", &[]));
        assert_eq!(saved(&form), Ok(()));
    }

    #[test]
    fn what_was_left_alone_is_not_written() {
        let before = opened("1", "", &["x"]);
        let mut form = sent(&before, "", &["x", "y"]).rebase(opened("1", "", &["x"]));
        let original = form.state().original.clone();
        assert_eq!(unchanged(&original, form.inputs()), ["title"]);
    }
}
