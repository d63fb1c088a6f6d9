//! Merges that people do.

use super::{Language, Merged, Templates, Versions, merge, tokens};

/// What becomes of the three versions.
pub(super) fn merged(path: &str, base: &str, ours: &str, theirs: &str) -> Merged {
    let versions = Versions { base, ours, theirs };
    merge(Language::of(path), versions, &Templates::default())
}

#[track_caller]
fn check(path: &str, [base, ours, theirs]: [&str; 3], expect: &str) {
    assert_eq!(
        merged(path, base, ours, theirs),
        Merged::Clean(expect.to_owned())
    );
}

#[track_caller]
fn check_conflict(path: &str, [base, ours, theirs]: [&str; 3], expect: &str) {
    match merged(path, base, ours, theirs) {
        Merged::Conflict(conflict) => assert_eq!(conflict.attempt, expect),
        Merged::Clean(text) => panic!("no conflict: {text}"),
    }
}

#[test]
fn method_and_column_in_one_impl() {
    check(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n}\n",
            "struct Film {\n    id: i32,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n\n    // Mine.\n    fn long(&self) {}\n}\n",
            "struct Film {\n    id: i32,\n    title: String,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n    const TITLE: i32 = 2;\n}\n",
        ],
        "struct Film {\n    id: i32,\n    title: String,\n}\n\nimpl Film {\n    const ID: i32 = 1;\n\n    // Mine.\n    fn long(&self) {}\n\n    const TITLE: i32 = 2;\n}\n",
    );
}

#[test]
fn fields_added_on_both_sides() {
    check(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n}\n",
            "struct Film {\n    id: i32,\n    mine: bool\n}\n",
            "struct Film {\n    id: i32,\n    title: String,\n}\n",
        ],
        "struct Film {\n    id: i32,\n    mine: bool,\n    title: String,\n}\n",
    );
}

#[test]
fn lists_on_one_line_are_merged_by_elements() {
    check(
        "a.rs",
        [
            "const A: &[F] = &[X, g(Y, 1)];\n",
            "const A: &[F] = &[X, mine(Y), g(Y, 1)];\n",
            "const A: &[F] = &[\n    X,\n    g(Y, 1),\n    g(Z, 2),\n];\n",
        ],
        "const A: &[F] = &[X, mine(Y), g(Y, 1), g(Z, 2)];\n",
    );
    check(
        "a.rs",
        [
            "fn f() {\n    g(&[X, Y]);\n}\n",
            "fn f() {\n    g(&[X, Y, M]);\n}\n",
            "fn f() {\n    g(&[X]);\n}\n",
        ],
        "fn f() {\n    g(&[X, M]);\n}\n",
    );
    // Arguments have places, and one element that both changed is a conflict.
    for [base, ours, theirs] in [
        ["f(X, Y)", "f(X, Y, M)", "f(X, Y, T)"],
        ["[X, Y]", "[X, M]", "[X, T]"],
        ["[X; 1]", "[X; 2]", "[X; 3]"],
        ["[X, g(Y)]", "[X, g(M)]", "[X, g(T)]"],
    ] {
        let text = |value| format!("const A: B = {value};\n");
        let merged = merged("a.rs", &text(base), &text(ours), &text(theirs));
        assert!(matches!(merged, Merged::Conflict(_)), "{merged:?}");
    }
}

#[test]
fn documentation_is_merged_apart_from_its_item() {
    check(
        "a.rs",
        [
            "/// A film.\nfn f() {}\n",
            "/// My film.\nfn f() {}\n",
            "/// A film.\nfn f(a: B) {}\n",
        ],
        "/// My film.\nfn f(a: B) {}\n",
    );
}

#[test]
fn what_one_side_added_and_the_other_added_with_more() {
    let base = "<p>A</p>\n<p>B</p>\n";
    let one = "<p>A</p>\n<p>C</p>\n<p>B</p>\n";
    let more = "<p>A</p>\n<p>C</p>\n<p>D</p>\n<p>B</p>\n";
    check("a.html", [base, one, more], more);
    check("a.html", [base, more, one], more);
}

#[test]
fn imports_are_sets() {
    check(
        "a.rs",
        [
            "use a::{B, C};\n\nfn f() {}\n",
            "use a::{B, C, Mine};\n\nfn f() {}\n",
            "use a::{B, D};\nuse e::F;\n\nfn f() {}\n",
        ],
        "use a::{B, D, Mine};\nuse e::F;\n\nfn f() {}\n",
    );
}

#[test]
fn an_import_that_a_person_uses_stays() {
    check(
        "a.rs",
        [
            "use a::B;\n\nfn f() {\n    B::x()\n}\n",
            "use a::B;\n\nfn f() {\n    B::x()\n}\n\nfn mine() {\n    B::y()\n}\n",
            "fn f() {}\n",
        ],
        "use a::B;\n\nfn f() {}\n\nfn mine() {\n    B::y()\n}\n",
    );
}

#[test]
fn a_comment_above_an_import_that_changed() {
    check(
        "a.rs",
        [
            "use a::{B, C};\nuse e::F;\n\nfn f() {}\n",
            "// Mine.\nuse a::{B, C};\n// Mine, too.\nuse e::F;\n\nfn f() {}\n",
            "use a::{B, D};\n\nfn f() {}\n",
        ],
        "// Mine.\nuse a::{B, D};\n// Mine, too.\n\nfn f() {}\n",
    );
}

#[test]
fn a_comment_within_an_import_that_changed() {
    check(
        "a.rs",
        [
            "use a::{\n    B, C,\n};\n\nfn f() {}\n",
            "use a::{\n    // mine\n    B, C,\n};\n\nfn f() {}\n",
            "use a::{\n    B, D,\n};\n\nfn f() {}\n",
        ],
        "use a::{\n    // mine\n    B, D,\n};\n\nfn f() {}\n",
    );
}

#[test]
fn an_import_without_a_name_goes_with_what_needed_it() {
    check(
        "a.rs",
        [
            "use a::Form as _;\n\nfn f() {}\n",
            "use a::Form as _;\n\nfn f() {}\n\nfn mine() {\n    let _ = 1;\n}\n",
            "fn f() {}\n",
        ],
        "fn f() {}\n\nfn mine() {\n    let _ = 1;\n}\n",
    );
}

#[test]
fn derives_are_sets() {
    check(
        "a.rs",
        [
            "/// A film.\n#[derive(Debug, Clone)]\nstruct Film {\n    id: i32,\n}\n",
            "/// A film.\n#[derive(Debug, Clone, Hash)]\nstruct Film {\n    id: i32,\n}\n",
            "/// A film.\n#[derive(Debug, Clone, Copy)]\nstruct Film {\n    id: i64,\n}\n",
        ],
        "/// A film.\n#[derive(Debug, Clone, Hash, Copy)]\nstruct Film {\n    id: i64,\n}\n",
    );
}

#[test]
fn a_link_of_a_chain_on_both_sides() {
    check(
        "a.rs",
        [
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n}\n",
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .route(\"/mine\", get(mine))\n}\n",
            "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .merge(genre())\n}\n",
        ],
        "fn routes() -> R {\n    R::new()\n        .merge(film())\n        .route(\"/mine\", get(mine))\n        .merge(genre())\n}\n",
    );
}

#[test]
fn statements_at_one_place_are_a_conflict() {
    check_conflict(
        "a.rs",
        [
            "fn f() {\n    a();\n}\n",
            "fn f() {\n    a();\n    mine();\n}\n",
            "fn f() {\n    a();\n    b();\n}\n",
        ],
        "fn f() {\n    a();\n<<<<<<< ours\n    mine();\n||||||| base\n=======\n    b();\n>>>>>>> theirs\n}\n",
    );
}

#[test]
fn a_field_that_both_changed() {
    check_conflict(
        "a.rs",
        [
            "struct Film {\n    id: i32,\n    title: A,\n}\n",
            "struct Film {\n    id: i32,\n    title: Mine,\n}\n",
            "struct Film {\n    id: i32,\n    title: B,\n}\n",
        ],
        "struct Film {\n    id: i32,\n<<<<<<< ours\n    title: Mine,\n||||||| base\n    title: A,\n=======\n    title: B,\n>>>>>>> theirs\n}\n",
    );
}

#[test]
fn changed_here_and_deleted_there() {
    check_conflict(
        "a.rs",
        [
            "fn f() {}\n\nfn g() {}\n",
            "fn f() {}\n\nfn g() {\n    mine();\n}\n",
            "fn f() {}\n",
        ],
        "fn f() {}\n<<<<<<< ours\n\nfn g() {\n    mine();\n}\n||||||| base\n\nfn g() {}\n=======\n>>>>>>> theirs\n",
    );
}

#[test]
fn layout_is_no_change() {
    check(
        "a.rs",
        [
            "fn f(a: A, b: B) {}\n\nfn g() {}\n",
            "fn f(\n    a: A,\n    b: B,\n) {\n}\n\n// Mine.\nfn g() {}\n",
            "fn f(a: A, b: B, c: C) {}\n\nfn g() {}\n",
        ],
        "fn f(a: A, b: B, c: C) {}\n\n// Mine.\nfn g() {}\n",
    );
}

#[test]
fn another_impl_of_the_same_type() {
    check(
        "a.rs",
        [
            "impl Film {\n    const A: i32 = 1;\n}\n",
            "impl Film {\n    fn mine() {}\n}\n\nimpl Film {\n    const A: i32 = 1;\n}\n",
            "impl Film {\n    const A: i32 = 1;\n    const B: i32 = 2;\n}\n",
        ],
        "impl Film {\n    fn mine() {}\n}\n\nimpl Film {\n    const A: i32 = 1;\n    const B: i32 = 2;\n}\n",
    );
}

#[test]
fn reordered_by_a_person() {
    check(
        "a.rs",
        [
            "fn a() {}\n\nfn b() {}\n",
            "fn b() {}\n\nfn a() {}\n",
            "fn a() {}\n\nfn b() {}\n\nfn c() {}\n",
        ],
        "fn b() {}\n\nfn c() {}\n\nfn a() {}\n",
    );
}

#[test]
fn what_does_not_parse_is_merged_by_lines() {
    check(
        "a.rs",
        [
            "fn a() {}\n\nfn b() {}\n\nfn c() {}\n",
            "fn a( {}\n\nfn b() {}\n\nfn c() {}\n",
            "fn a() {}\n\nfn b() {}\n\nfn d() {}\n",
        ],
        "fn a( {}\n\nfn b() {}\n\nfn d() {}\n",
    );
}

#[test]
fn keys_of_toml() {
    check(
        "Cargo.toml",
        [
            "[dependencies]\naskama = \"0.15\"\ntokio = { version = \"1\", features = [\"macros\"] }\n",
            "# Mine.\n[dependencies]\naskama = \"0.15\" # pinned\nanyhow = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"fs\"] }\n",
            "[dependencies]\naskama = \"0.16\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n",
        ],
        "# Mine.\n[dependencies]\naskama = \"0.16\" # pinned\nanyhow = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"fs\", \"rt\"] }\n",
    );
}

#[test]
fn a_key_that_both_changed() {
    check_conflict(
        "Cargo.toml",
        ["a = 1\n", "a = 2\n", "a = 3\n"],
        "<<<<<<< ours\na = 2\n||||||| base\na = 1\n=======\na = 3\n>>>>>>> theirs\n",
    );
}

#[test]
fn tokens_together_are_the_text() {
    let text = "r#\"a\"b\"# 'a' '\\'' 'static b\"\\\"\" /* /* */ */ r#type 1.5e3 0..x // end";
    let all: String = tokens(text).iter().map(|token| token.text).collect();
    assert_eq!(all, text);
    let kinds = tokens(text);
    assert_eq!(
        kinds
            .iter()
            .filter(|token| token.text == "r#\"a\"b\"#")
            .count(),
        1
    );
    assert_eq!(
        kinds.iter().filter(|token| token.text == "'static").count(),
        1
    );
}

/// What a person called a column goes where the column goes.
#[test]
fn headings_of_a_list() {
    let list = |columns: &[(&str, &str)]| {
        let heads = columns.iter().map(|(name, heading)| {
            let constant = name.to_uppercase();
            format!("    (Film::{constant}.name(), \"{heading}\", \"\"),\n")
        });
        let cells = columns
            .iter()
            .map(|(name, _)| format!("    film.{name}.show(),\n"));
        format!(
            "<h1>Films</h1>\n{{% let columns = ui::columns(list, [\n{}]) %}}\n{{{{ columns.cells([\n{}]) }}}}\n",
            heads.collect::<String>(),
            cells.collect::<String>()
        )
    };
    let base = list(&[("title", "Title"), ("length", "Length"), ("year", "Year")]);
    let ours = base.replace("\"Length\"", "\"Minutes\"");
    for (theirs, expect) in [
        // Moved, with neighbours that came and went.
        (
            list(&[("length", "Length"), ("note", "Note"), ("title", "Title")]),
            list(&[("length", "Minutes"), ("note", "Note"), ("title", "Title")]),
        ),
        (
            list(&[
                ("title", "Title"),
                ("note", "Note"),
                ("length", "Length"),
                ("rest", "Rest"),
            ]),
            list(&[
                ("title", "Title"),
                ("note", "Note"),
                ("length", "Minutes"),
                ("rest", "Rest"),
            ]),
        ),
    ] {
        check("templates/film/list.html", [&base, &ours, &theirs], &expect);
    }
    // Each side changed another part of one line.
    let heading = "(Film::LENGTH.name(), \"Length\", \"\")";
    let theirs = base.replace(heading, "(Film::LENGTH.name(), \"Length\", \"number\")");
    let expect = base.replace(heading, "(Film::LENGTH.name(), \"Minutes\", \"number\")");
    check("templates/film/list.html", [&base, &ours, &theirs], &expect);
    // A column of a person's own, and one that they took away.
    let ours = base
        .replace("    film.year.show(),\n", "    film.age().show(),\n")
        .replace(
            "    (Film::YEAR.name(), \"Year\", \"\"),\n",
            "    (Film::YEAR.name(), \"Age\", \"\"),\n",
        );
    let theirs = list(&[("year", "Year"), ("title", "Title"), ("length", "Length")]);
    let merged = merged("templates/film/list.html", &base, &ours, &theirs);
    assert!(
        matches!(&merged, Merged::Clean(text) if text.contains("film.age()") && text.contains("\"Age\"")),
        "{merged:?}"
    );
    // What went is not lost where a person called it otherwise.
    let ours = base.replace("\"Length\"", "\"Minutes\"");
    let theirs = list(&[("title", "Title"), ("year", "Year")]);
    let gone = super::tests::merged("templates/film/list.html", &base, &ours, &theirs);
    assert!(matches!(gone, Merged::Conflict(conflict) if conflict.attempt.contains("Minutes")));
}

/// An import is kept for what uses it, and for nothing that only has the same name.
#[test]
fn imports_by_their_use() {
    let file = |imports: &str, body: &str| format!("{imports}\n\npub struct A;\n\n{body}\n");
    let used = "use umbel::{Date, Time};";
    let emitted = "fn emitted(day: Date, time: Time) {}";
    let other = "fn emitted(time: Time) {}";
    for (mine, expect) in [
        ("fn mine() -> Date {\n    todo!()\n}", used),
        ("fn mine() {\n    Date::now();\n}", used),
        ("fn mine() {\n    println!(\"{}\", Date::MIN);\n}", used),
        ("mod mine {\n    use super::Date;\n}", used),
        (
            "fn mine(film: &Film) {\n    film.Date.other();\n}",
            "use umbel::Time;",
        ),
        (
            "// No Date.\nfn mine() {\n    other::Date::now();\n}",
            "use umbel::Time;",
        ),
    ] {
        let base = file(used, emitted);
        let ours = file(used, &format!("{mine}\n\n{emitted}"));
        let theirs = file("use umbel::Time;", other);
        let found = merged("a.rs", &base, &ours, &theirs);
        let Merged::Clean(text) = found else {
            panic!("{found:?}")
        };
        assert_eq!(text.lines().next(), Some(expect), "{text}");
    }
    // A module from which another import takes something.
    check(
        "a.rs",
        [
            &file("use umbel::ui;", "fn a() {\n    ui::a();\n}"),
            &file("use ui::mine;\nuse umbel::ui;", "fn a() {\n    ui::a();\n}"),
            &file("use umbel::b;", "fn a() {\n    b();\n}"),
        ],
        &file(
            "use ui::mine;\nuse umbel::{b, ui};",
            "fn a() {\n    b();\n}",
        ),
    );
    // What each side used in what the other took away.
    let two = "use umbel::{Date, Time};";
    check(
        "a.rs",
        [
            &file(two, "fn a(_: Date) {}\n\nfn b(_: Date, _: Time) {}"),
            &file(two, "fn b(_: Date, _: Time) {}"),
            &file(two, "fn a(_: Date) {}\n\nfn b(_: Time) {}"),
        ],
        &file("use umbel::Time;", "fn b(_: Time) {}"),
    );
    // The same name from elsewhere is no clean merge; the same thing is imported once.
    let plain = file("use umbel::Time;", "fn a(_: Time) {}");
    let mine = file(
        "use mine::Date;\nuse umbel::Time;",
        "fn a(_: Time) {}\n\nfn mine(_: Date) {}",
    );
    let theirs = file(two, "fn a(_: Time) {}\n\nfn b(_: Date) {}");
    let clash = merged("a.rs", &plain, &mine, &theirs);
    assert!(matches!(clash, Merged::Conflict(_)), "{clash:?}");
    let nested = mine.replace("use mine::Date;", "use {mine::C, umbel::Date};");
    let once = merged("a.rs", &plain, &nested, &theirs);
    assert!(
        matches!(&once, Merged::Clean(text) if text.contains("use umbel::Time;")),
        "{once:?}"
    );
}
