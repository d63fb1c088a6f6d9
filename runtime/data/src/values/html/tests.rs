use super::{WriteHtml, escape};
use crate::values::text::CLAMP;
use crate::values::{Array, Date, Decimal, SqlText, Timestamp};

fn html(value: impl WriteHtml) -> String {
    let mut html = String::new();
    value.write_html(&mut html);
    html
}

#[track_caller]
fn check(value: impl WriteHtml, expect: &str) {
    assert_eq!(html(value), expect);
}

#[test]
fn text_is_escaped() {
    check("<b>&\"'".to_owned(), "&#60;b&#62;&#38;&#34;&#39;");
    check(
        vec!["<i>".to_owned()],
        "<ul class=\"values\"><li>&#60;i&#62;</li></ul>",
    );
}

#[test]
fn text_of_any_length_is_escaped_anywhere() {
    let letters = [
        ('"', "&#34;"),
        ('&', "&#38;"),
        ('\'', "&#39;"),
        ('<', "&#60;"),
        ('>', "&#62;"),
    ];
    for length in 0..40 {
        // Beside each of them in the order of letters, and what is none of them but for one bit.
        let plain: String = "!#$%()*,-.;=?@b~".chars().cycle().take(length).collect();
        check_escaped(&plain, &plain);
        for place in 0..length {
            for (letter, expect) in letters {
                let (before, after) = (&plain[..place], &plain[place + 1..]);
                check_escaped(
                    &format!("{before}{letter}{after}"),
                    &format!("{before}{expect}{after}"),
                );
            }
        }
    }
}

#[track_caller]
fn check_escaped(text: &str, expect: &str) {
    let mut html = String::new();
    escape(&mut html, text);
    assert_eq!(html, expect);
}

#[test]
fn nothing_and_emptiness_differ() {
    check(None::<String>, "<span class=\"null\">null</span>");
    check(String::new(), "<span class=\"null\">empty</span>");
    let lines = Array::from_text("{{1,2},{3,NULL}}").unwrap();
    check(
        lines,
        "<ul class=\"values\"><li><ul class=\"values\"><li>1</li><li>2</li></ul></li>\
         <li><ul class=\"values\"><li>3</li><li><span class=\"null\">null</span></li></ul></li></ul>",
    );
    check(Vec::<i32>::new(), "<span class=\"null\">none</span>");
}

#[test]
fn long_text_is_folded() {
    let long = format!("{}<", "ä".repeat(CLAMP));
    let html = html(long);
    assert!(html.starts_with("<details"));
    assert!(html.contains("ä&#60;</div>"));
    check("ä".repeat(CLAMP), &"ä".repeat(CLAMP));
}

#[test]
fn values() {
    check(true, "Yes");
    check(Some(7), "7");
    let date: Date = "2006-02-15".parse().unwrap();
    check(date, "<time datetime=\"2006-02-15\">2006-02-15</time>");
    check(Date::INFINITY, "infinity");
    for number in [
        "12.50",
        "0.05",
        "-1.5",
        "0",
        "-0.00",
        "7",
        "79228162514264337593543950335",
    ] {
        let number: Decimal = number.parse().unwrap();
        check(number, &number.to_string());
    }
    check(Decimal::NAN, "NaN");
    check(
        SqlText("'a' < 'b'".to_owned()),
        "<div class=\"code\">&#39;a&#39; &#60; &#39;b&#39;</div>",
    );
    check(vec![0_u8; 2_000], "2 kB");
    let moment: Timestamp = "2006-02-15T09:57:20.123456Z".parse().unwrap();
    check(
        moment,
        "<time datetime=\"2006-02-15T09:57:20.123456Z\">2006-02-15 09:57:20<span class=\"zone\"> UTC</span></time>",
    );
}

#[test]
fn letters_that_mean_something() {
    for special in *b"\"&'<>" {
        for length in [1, 7, 8, 15, 16, 17, 40] {
            for place in 0..length {
                let mut text = vec![b'a'; length];
                text[place] = special;
                let text = String::from_utf8(text).unwrap();
                let mut out = String::new();
                escape(&mut out, &text);
                let escaped = format!("&#{special};");
                assert_eq!(out, text.replace(char::from(special), &escaped));
            }
        }
    }
    let mut out = String::new();
    escape(&mut out, "für 5 = 5 %; \u{a6}\u{bc}\u{be}\0");
    assert_eq!(out, "für 5 = 5 %; \u{a6}\u{bc}\u{be}\0");
}
