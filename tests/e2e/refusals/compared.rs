//! Values that need another operator than the usual: nondeterministic collations, domains over enums.

use super::Running;

#[test]
fn a_collation_that_takes_texts_for_equal_is_searched() {
    let Running { http, database, .. } = &Running::start();
    database.run(
        "INSERT INTO member (mail, nick, plain) VALUES ('Ann@Example.org', 'Annie', 'x'), ('bob@example.org', 'Bo', 'y')",
    );
    for query in [
        "q=ANN",
        "mail.has=ann",
        "mail.starts=aNN",
        "nick.has=NNI",
        "nick.starts=ann",
        "mail.is=ANN@example.ORG",
    ] {
        let list = http.open(&format!("/member?{query}"));
        assert_eq!(list.rows().len(), 1, "{query}: {list}");
    }
    assert_eq!(http.open("/member?sort=mail").rows().len(), 2);
    let taken = http.post("/member", &[("mail", "ANN@EXAMPLE.ORG")]);
    assert_eq!(taken.invalid(), ["mail"], "{taken}");
}

#[test]
fn a_domain_over_an_enum_is_compared_as_the_enum() {
    let Running { http, database, .. } = &Running::start();
    database.run(
        "INSERT INTO face VALUES (1, 'great', 'Grin'), (1, 'sad', 'Frown');
         INSERT INTO guest (temper, known, plain) VALUES ('great', '{sad,great}', 'fair'), ('sad', '{fair}', 'sad')",
    );
    for query in [
        "temper.is=great",
        "temper.not=sad",
        "known.has=great",
        "plain.is=fair",
        "temper.null=0&known.has=sad",
    ] {
        let list = http.open(&format!("/guest?{query}"));
        assert_eq!(list.rows().len(), 1, "{query}: {list}");
    }
    for sort in ["temper", "-temper"] {
        assert_eq!(http.open(&format!("/guest?sort={sort}")).rows().len(), 2);
    }
    let mut form = http.open("/face/1,sad/edit").form();
    form.set("name", "Scowl");
    let saved = http.submit(&form);
    assert!(http.follow(&saved).text("main").contains("Scowl"));
    assert_eq!(http.post("/face/1,sad/delete", &[]).status, 303);
    assert_eq!(database.run("SELECT name FROM face"), "Grin");
    // More than a page, in the order of the domain: each page begins behind the last row of the one before.
    database.run(
        "INSERT INTO face SELECT 2 + i, (ARRAY['sad', 'fair', 'great'])[i % 3 + 1]::temper, 'x'
         FROM generate_series(1, 80) AS i",
    );
    let first = http.open("/face?sort=temper");
    let second = http.open(&first.link("Next"));
    assert_eq!(first.rows().len() + second.rows().len(), 81, "{second}");
}
