//! Many-to-many relations: what one person links, another does not undo unseen.

use super::Office;

const TOPICS: &str = "SELECT coalesce(sum(power), 0) FROM (
    SELECT CASE topic_id WHEN 1 THEN 1 WHEN 2 THEN 10 WHEN 3 THEN 100 ELSE 1000 END AS power
    FROM paper_topic WHERE paper_id = 1) AS powers";

/// The topics of the first paper, a digit each, from the right: `1001` are the first and the fourth.
fn topics(office: &Office) -> String {
    office.rows.run(TOPICS)
}

#[test]
fn links_that_someone_else_changed_are_a_conflict_and_none_is_lost() {
    for office in Office::both() {
        let mut mine = office.http.open("/paper/1/edit").form();
        let mut theirs = office.http.open("/paper/1/edit").form();
        theirs.set_all("topics", &["2", "3"]);
        assert_eq!(office.http.submit(&theirs).status, 303);
        assert_eq!(topics(&office), "110");

        // The row itself is as it was, and this form adds another link.
        mine.set_all("topics", &["1", "2", "4"]);
        let conflict = office.http.submit(&mine);
        assert_eq!(conflict.status, 409, "{conflict}");
        assert_eq!(topics(&office), "110", "nothing is saved unseen");
        let said = conflict.text("main");
        assert!(said.contains("Topics: both of you changed it"), "{said}");
        let said = conflict.text(".versions");
        assert!(
            said.contains("Air") && said.contains("Soil") && said.contains("Fire"),
            "{said}"
        );

        // What either has done stands in the form, and is saved once it was seen.
        let form = conflict.form();
        let mut ticked = form.values("topics");
        ticked.sort_unstable();
        assert_eq!(ticked, ["2", "3", "4"]);
        assert_eq!(office.http.submit(&form).status, 303);
        assert_eq!(topics(&office), "1110");
    }
}

#[test]
fn links_that_someone_else_changed_are_shown_although_only_the_row_is_edited() {
    for office in Office::both() {
        let mut mine = office.http.open("/paper/1/edit").form();
        mine.set("pages", "8");
        office
            .rows
            .run("INSERT INTO paper_topic (paper_id, topic_id) VALUES (1, 4)");
        let conflict = office.http.submit(&mine);
        assert_eq!(conflict.status, 409, "{conflict}");
        assert!(
            conflict
                .text("main")
                .contains("Topics: someone else changed it"),
            "{conflict}"
        );
        assert_eq!(office.rows.run("SELECT pages FROM paper WHERE id = 1"), "7");
        assert_eq!(office.http.submit(&conflict.form()).status, 303);
        assert_eq!(office.rows.run("SELECT pages FROM paper WHERE id = 1"), "8");
        assert_eq!(topics(&office), "1011");
    }
}

#[test]
fn links_that_the_other_end_changed_are_a_conflict() {
    for office in Office::both() {
        let mut paper = office.http.open("/paper/1/edit").form();
        let mut topic = office.http.open("/topic/3/edit").form();
        topic.set_all("papers", &["1", "2"]);
        assert_eq!(office.http.submit(&topic).status, 303);
        paper.set_all("topics", &["1"]);
        let conflict = office.http.submit(&paper);
        assert_eq!(conflict.status, 409, "{conflict}");
        assert_eq!(topics(&office), "111");
        assert_eq!(office.http.submit(&conflict.form()).status, 303);
        assert_eq!(
            topics(&office),
            "101",
            "what this form took away, and what the other added"
        );
    }
}

#[test]
fn links_that_both_changed_alike_are_no_conflict() {
    for office in Office::both() {
        let mut mine = office.http.open("/paper/1/edit").form();
        mine.set_all("topics", &["1", "2", "3"]);
        office
            .rows
            .run("INSERT INTO paper_topic (paper_id, topic_id) VALUES (1, 3)");
        assert_eq!(office.http.submit(&mine).status, 303);
        assert_eq!(topics(&office), "111");
    }
}

#[test]
fn a_form_without_the_boxes_of_a_relation_leaves_it_alone() {
    for office in Office::both() {
        let form = office.http.open("/paper/1/edit").form();
        let sent: Vec<_> = form
            .sent()
            .into_iter()
            .filter(|(name, _)| *name != "topics")
            .collect();
        assert_eq!(office.http.post("/paper/1/edit", &sent).status, 303);
        assert_eq!(topics(&office), "11");
    }
}
