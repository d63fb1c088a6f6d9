//! Many-to-many relations of a row with many links: a form changes only those that a person has changed.

use umbel_tests::form::Form;

use super::Office;

const COUNT: &str = "SELECT count(*) FROM paper_topic WHERE topic_id = 4";

/// Links the fourth topic with papers 1,001 to so many more, none of which has another.
fn link(office: &Office, papers: u32) {
    let last = 1_000 + papers;
    let numbers = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 1001 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
    );
    for insert in [
        "INSERT INTO paper (id, title) SELECT n, 'Sheet ' || n FROM numbers",
        "INSERT INTO paper_topic (paper_id, topic_id) SELECT n, 4 FROM numbers",
    ] {
        let (table, select) = insert.split_once("SELECT").unwrap();
        office
            .rows
            .run(&format!("{table} {numbers} SELECT {select}"));
    }
}

fn without(form: &mut Form, paper: &str) {
    let papers: Vec<String> = form
        .values("papers")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let kept: Vec<&str> = papers
        .iter()
        .map(String::as_str)
        .filter(|key| *key != paper)
        .collect();
    assert_eq!(kept.len() + 1, papers.len(), "{papers:?}");
    form.set_all("papers", &kept);
}

#[test]
fn what_others_link_and_unlink_stays_as_they_have_it() {
    for office in Office::both() {
        link(&office, 250);
        let mut mine = office.http.open("/topic/4/edit").form();
        let mut theirs = office.http.open("/topic/4/edit").form();
        assert_eq!(mine.values("papers").len(), 50);
        without(&mut theirs, "1003");
        without(&mut theirs, "1004");
        without(&mut mine, "1004");
        without(&mut mine, "1005");
        assert_eq!(office.http.submit(&theirs).status, 303);
        office
            .rows
            .run("INSERT INTO paper_topic (paper_id, topic_id) VALUES (1, 4)");
        let saved = office.http.submit(&mine);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(office.rows.run(COUNT), "248");
        // What is there already is not linked again.
        let form = office.http.open("/topic/4/edit").form();
        let mut sent = form.sent();
        sent.extend([("papers", "1"), ("papers", "2"), ("papers.shown", "1003")]);
        let saved = office.http.post(&form.action, &sent);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(office.rows.run(COUNT), "249");
    }
}

#[test]
fn links_that_became_many_while_the_form_was_open_are_shown_before_it_is_saved() {
    for office in Office::both() {
        link(&office, 200);
        let mut form = office.http.open("/topic/4/edit").form();
        assert_eq!(form.values("papers").len(), 200);
        without(&mut form, "1150");
        office
            .rows
            .run("INSERT INTO paper_topic (paper_id, topic_id) VALUES (2, 4)");
        let conflict = office.http.submit(&form);
        assert_eq!(conflict.status, 409, "{conflict}");
        let said = conflict.text(".versions");
        for count in ["200 papers", "201 papers", "199 papers"] {
            assert!(said.contains(count), "{said}");
        }
        let removed = "[aria-labelledby=f-papers-removed] input[type=checkbox]";
        assert_eq!(conflict.attributes(removed, "value"), ["1150"]);
        assert_eq!(office.http.submit(&conflict.form()).status, 303);
        assert_eq!(office.rows.run(COUNT), "200");
        assert_eq!(
            office
                .rows
                .run(&format!("{COUNT} AND paper_id IN (2, 1150)")),
            "1"
        );
    }
}

#[test]
fn links_that_became_few_while_the_form_was_open_are_changed_as_the_person_has_changed_them() {
    for office in Office::both() {
        link(&office, 201);
        let mut form = office.http.open("/topic/4/edit").form();
        without(&mut form, "1007");
        office
            .rows
            .run("DELETE FROM paper_topic WHERE paper_id > 1100");
        let mut next = form.sent();
        next.push(("_.next", "papers"));
        let page = office.http.post(&form.action, &next);
        assert_eq!(page.form().values("papers").len(), 99, "{page}");
        assert_eq!(office.http.submit(&page.form()).status, 303);
        assert_eq!(office.rows.run(COUNT), "99");
    }
}
