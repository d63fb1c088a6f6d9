//! A person's own code has its say in whatever a page reads or writes.

use std::fs;
use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::form::Form;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::{tree, workspace};

fn policies(app: &App) -> Vec<PathBuf> {
    let files = tree::files(&app.folder.join("src")).into_iter();
    files.filter(|file| file.ends_with("policy.rs")).collect()
}

/// The rows of every table, in few words.
fn rows(database: &Database) -> String {
    let tables = database.run(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    );
    let rows = tables.lines().map(|table| {
        let sum = format!(
            "SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {table} AS t"
        );
        format!("{table} {}", database.run(&sum))
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Every text of at least six letters in the tables that the application does not know by itself.
fn texts(app: &App, database: &Database) -> Vec<String> {
    let folders = ["src", "templates"].map(|folder| tree::files(&app.folder.join(folder)));
    let files = folders.iter().flatten();
    let known: String = files
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let queries = database.run(
        "SELECT format('SELECT %I::text FROM %I.%I WHERE length(%1$I::text) > 5', a.attname, n.nspname, c.relname)
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
         WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0
             AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)",
    );
    let union: Vec<&str> = queries.lines().collect();
    let found = database.run(&format!(
        "SELECT DISTINCT * FROM ({}) AS t",
        union.join(" UNION ALL ")
    ));
    let unknown = found.lines().filter(|text| !known.contains(text));
    unknown.map(str::to_owned).collect()
}

/// The pages of the application, and what they would send.
#[derive(Default)]
struct Found {
    pages: Vec<String>,
    forms: Vec<Form>,
    /// The addresses to which a deletion is sent.
    deletions: Vec<String>,
}

fn explore(http: &Client) -> Found {
    let mut found = Found::default();
    let visit = |path: String, found: &mut Found| {
        let page = http.get(&path);
        if page.status == 200 {
            found.pages.push(path);
        }
        page
    };
    for list in visit("/".to_owned(), &mut found).attributes("main a[href^='/']", "href") {
        let page = visit(list.clone(), &mut found);
        let new = format!("{list}/new");
        if page.links_to(&new) {
            let form = visit(new, &mut found).form();
            found.forms.push(form);
        }
        let row_links = page.attributes("main table tbody tr > :first-child a", "href");
        for row in row_links.into_iter().take(2) {
            visit(row.clone(), &mut found);
            for action in ["edit", "delete"] {
                let path = format!("{row}/{action}");
                let page = visit(path.clone(), &mut found);
                match action {
                    "edit" if page.status == 200 => found.forms.push(page.form()),
                    "delete" if page.status == 200 => found.deletions.push(path),
                    _ => {}
                }
            }
        }
    }
    found
}

#[test]
fn no_page_reads_or_writes_a_row_past_the_policies() {
    let database = Corpus::own("cinema").database();
    let app = App::fresh("gated", &database.url);
    app.customise(&database.url);
    let tables = policies(&app).len();
    let found = {
        let server = Server::start(&app.build(), &database.url);
        explore(&Client::new(&server.url))
    };
    assert!(found.pages.len() > tables * 5, "{:?}", found.pages);
    assert!(found.forms.len() > tables * 2, "{:?}", found.forms.len());
    assert!(found.deletions.len() > tables, "{:?}", found.deletions);
    let (before, texts) = (rows(&database), texts(&app, &database));
    assert!(texts.len() > 100, "{texts:?}");

    for policy in policies(&app) {
        let code = fs::read_to_string(&policy).unwrap();
        let code = code.replace(
            " {}\n",
            " {\n    fn scope(_: &Actor, _: Action, rows: Query<Self>) -> Query<Self> {\n        rows.none()\n    }\n}\n",
        );
        let code = code.replace(
            "use umbel::policy::Policy;",
            "use umbel::policy::{Action, Actor, Policy};\nuse umbel::query::Query;",
        );
        fs::write(&policy, code).unwrap();
    }
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    let mut wrong = Vec::new();
    let is_of_a_row =
        |path: &str| path.trim_start_matches('/').contains('/') && !path.ends_with("/new");
    for path in &found.pages {
        let page = http.get(path);
        let expect = if is_of_a_row(path) { 404 } else { 200 };
        let shown = page.text("main");
        let told = texts.iter().find(|text| shown.contains(text.as_str()));
        if page.status != expect || told.is_some() || !page.row_heads().is_empty() {
            wrong.push(format!("GET {path}: {} {told:?}", page.status));
        }
    }
    for form in &found.forms {
        let status = http.submit(form).status;
        if ![403, 404, 422].contains(&status) {
            wrong.push(format!("POST {}: {status}", form.action));
        }
    }
    for path in &found.deletions {
        let status = http.post(path, &[]).status;
        if status != 404 {
            wrong.push(format!("POST {path}: {status}"));
        }
    }
    // What the forms were made for, were they complete.
    let new = [("code", "XX"), ("name", "Nowhere")];
    let refused = http.post("/country", &new);
    assert_eq!(refused.status, 403, "{refused}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rows(&database), before);
}

#[test]
fn with_hooks_and_a_policy_for_every_table_the_promises_hold() {
    let cases = [
        "types",
        "composite_key",
        "defaults",
        "many_to_many",
        "views",
    ];
    for case in cases {
        let file = workspace::root().join(format!("snapshots/cases/{case}.sql"));
        let database = Database::with(&fs::read_to_string(file).unwrap());
        let app = App::fresh(&format!("custom_{case}"), &database.url);
        app.customise(&database.url);
        let promises = [app.check_own_warnings(), app.check_format()];
        for promise in promises {
            assert_eq!(promise.code, Some(0), "{case}: {promise}");
        }
    }
}
