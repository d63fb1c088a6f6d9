use super::*;

fn check(value: impl Show, expect: &str) {
    assert_eq!(value.show().to_string(), expect);
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
    let html = long.show().to_string();
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
        Raw("'a' < 'b'".to_owned()),
        "<div class=\"code\">&#39;a&#39; &#60; &#39;b&#39;</div>",
    );
    check(vec![0_u8; 2_000], "2 kB");
    let moment: Timestamp = "2006-02-15T09:57:20.123456Z".parse().unwrap();
    check(
        moment,
        "<time datetime=\"2006-02-15T09:57:20.123456Z\">2006-02-15 09:57:20<span class=\"zone\"> UTC</span></time>",
    );
}
