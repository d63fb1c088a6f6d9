//! Forms as they are sent, and what is read from them.

use super::*;

const FORM: &str = "application/x-www-form-urlencoded";

fn submitted(body: &'static str) -> FormBody {
    FormBody::read(
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
    let error = FormBody::read(FORM, &Bytes::from_static(b"a=%ff"), Limits::default()).unwrap_err();
    assert!(matches!(error, Error::BadRequest(_)));
    let error =
        FormBody::read("text/plain", &Bytes::from_static(b"a"), Limits::default()).unwrap_err();
    assert!(matches!(error, Error::BadRequest(_)));
}

#[tokio::test]
async fn too_much_is_refused() {
    let limits = Limits {
        body: 4,
        fields: 2,
        ..Limits::default()
    };
    let body = Body::from("a=12345");
    let error = FormBody::body(&HeaderMap::new(), body, limits)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)));
    let error = FormBody::read(FORM, &Bytes::from_static(b"a&b&c"), limits).unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)));
}

#[test]
fn the_original_is_read_back() {
    let mut form = submitted("_.version=7&_.original=a%3D1%26f%3Dx%26f%3Dy");
    let state = form.state();
    assert_eq!(state.version(), Some("7"));
    let mut again = submitted("");
    assert_eq!(state.hidden()[2].1, "a=1&f=x&f=y");
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
        let errors = crate::form::Redisplay::default();
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
        FormBody::from_pairs(&pairs).fill(vec![Input::Text(&SPAN, &mut second)]);
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
    assert_eq!(pressed("_.find=language&language.find=x"), field);
    assert_eq!(pressed("language.find=x"), field, "Enter in the box");
    assert_eq!(pressed("language.find=x&language.found=x"), None);
    assert_eq!(pressed("language.find=x&_.save=1"), None);
    assert_eq!(pressed("language.find="), None);
}

#[test]
fn a_button_turns_the_page_of_links_and_a_search_begins_anew() {
    const TAGS: Field = Field::new("tags", "Tags", Widget::Choices);
    let check = |body, expect: Option<u64>, pressed: Option<&str>| {
        let mut linked = Linked::default();
        let mut form = submitted(body);
        form.fill(vec![Input::Links(&TAGS, &mut linked)]);
        let page = linked.many.map(|many| many.page);
        let state = form.state();
        assert_eq!(
            (page, state.pressed.as_deref()),
            (expect, pressed),
            "{body}"
        );
    };
    check("tags=1&tags=", None, None);
    check("tags=&tags.page=2", Some(2), None);
    check("tags=&tags.page=2&_.next=tags", Some(3), Some("tags"));
    check("tags=&tags.page=2&_.previous=tags", Some(1), Some("tags"));
    check("tags=&tags.page=0&_.previous=tags", Some(0), Some("tags"));
    check("tags=&tags.page=2&_.next=others", Some(2), Some("others"));
    check("tags=&tags.page=x", Some(0), None);
    let found = "tags=&tags.page=2&tags.find=a&tags.found=a&_.next=tags";
    check(found, Some(3), Some("tags"));
    let anew = "tags=&tags.page=2&tags.find=b&tags.found=a&_.next=tags";
    check(anew, Some(0), Some("tags"));
    check(
        "tags=&tags.page=2&tags.find=b&tags.found=a",
        Some(0),
        Some("tags"),
    );
}
