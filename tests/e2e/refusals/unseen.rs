//! What is saved and not to be seen afterwards: behind the condition of a view, behind a policy.

use umbel_tests::html::Page;

use super::{Running, summary};

/// Whether the page says that something was saved, and nothing else.
fn is_saved(page: &Page) -> bool {
    page.status == 200 && page.text("h1") == "Saved"
}

#[test]
fn a_row_that_leaves_its_view_is_said_to_be_saved() {
    let Running { http, database, .. } = &Running::start();
    database.run("INSERT INTO task (title) VALUES ('Sweep')");
    let mut form = http.open("/open_task/1/edit").form();
    form.set("done", "true");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let page = http.follow(&saved);
    assert!(is_saved(&page), "{page}");
    assert!(
        page.text("main")
            .contains("is not among the rows that are shown here"),
        "{page}"
    );
    assert_eq!(database.run("SELECT done FROM task"), "t");
    // Who comes later finds nothing there.
    assert_eq!(http.get("/open_task/1").status, 404);
    let mut form = http.open("/open_task/new").form();
    form.set("title", "Mop");
    form.set("done", "true");
    let added = http.submit(&form);
    let page = http.follow(&added);
    assert!(is_saved(&page), "{page}");
    assert_eq!(
        database.run("SELECT title, done FROM task ORDER BY task_id"),
        "Sweep|t\nMop|t"
    );
}

#[test]
fn a_row_that_a_policy_hides_is_said_to_be_saved() {
    let running = Running::set_up(
        "CREATE ROLE {database}_app;
         GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {database}_app;
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {database}_app;
         ALTER TABLE stack ENABLE ROW LEVEL SECURITY;
         CREATE POLICY stack_write ON stack FOR INSERT WITH CHECK (true);
         CREATE POLICY stack_read ON stack FOR SELECT USING (label = 'me')",
        "?options=-c%20role%3D{database}_app",
    );
    let Running { http, database, .. } = &running;
    let mut form = http.open("/wish/new").form();
    form.set("owner", "you");
    form.set("body", "Snow");
    for _ in 0..2 {
        let page = http.submit(&form);
        assert!(is_saved(&page), "{page}");
        assert!(page.text("main").contains("policy"), "{page}");
    }
    // Sent twice, it is one.
    assert_eq!(database.run("SELECT owner, body FROM wish"), "you|Snow");
    let refused = http.post("/wish", &[("owner", "nobody"), ("body", "Rain")]);
    assert_eq!(refused.status, 403, "{refused}");
    assert_eq!(refused.form().value("body"), Some("Rain"), "{refused}");
    // With its tags, of which none can be saved without the row.
    let refused = http.post("/stack", &[("label", "x")]);
    assert_eq!(refused.status, 403, "{refused}");
    assert!(summary(&refused).contains("nothing was saved"), "{refused}");
    assert_eq!(http.post("/stack", &[("label", "me")]).status, 303);
    assert_eq!(database.run("SELECT label FROM stack"), "me");
    database.run(&format!(
        "DROP OWNED BY {0}_app; DROP ROLE {0}_app",
        database.name
    ));
}
