//! The names of inputs: whatever a column is called, its field is its own.

use umbel_tests::form::Form;

use super::Office;

/// The columns of `oddity` that hold texts, quoted, and the label of each on the page.
const COLUMNS: [&str; 14] = [
    "note",
    "\"_version\"",
    "\"_original\"",
    "\".version\"",
    "\".original\"",
    "\"a.b\"",
    "\"a~2Eb\"",
    "\"say \"\"x\"\"\"",
    "\"say %22x%22\"",
    "\"two\nlines\"",
    "\"q\"",
    "\"sort\"",
    "\"photo.clear\"",
    "\"[x]\"",
];

/// A value for each column, other in each version.
fn values(version: &str) -> Vec<String> {
    (0..COLUMNS.len())
        .map(|index| format!("{version} {index}"))
        .collect()
}

fn row(office: &Office) -> Vec<String> {
    let sql = format!("SELECT {} FROM oddity WHERE id = 1", COLUMNS.join(", "));
    office
        .rows
        .run(&sql)
        .split('|')
        .map(str::to_owned)
        .collect()
}

fn add_row(office: &Office) {
    let values: Vec<String> = values("old")
        .iter()
        .map(|value| format!("'{value}'"))
        .collect();
    office.rows.run(&format!(
        "INSERT INTO oddity (id, _charset_, {}) VALUES (1, true, {})",
        COLUMNS.join(", "),
        values.join(", ")
    ));
}

/// The form as a browser sends it with a file input: it writes quotes and line ends in names otherwise.
fn multipart(form: &Form) -> Vec<u8> {
    let mut body = String::new();
    for (name, value) in form.sent() {
        let name = name
            .replace("\r\n", "\n")
            .replace('\n', "%0D%0A")
            .replace('"', "%22");
        let part =
            format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.push_str(&part);
    }
    body.push_str("--xx--\r\n");
    body.into_bytes()
}

#[test]
fn whatever_a_column_is_called_only_what_was_typed_into_its_field_is_written() {
    for office in Office::both() {
        add_row(&office);
        let old = values("old");
        assert_eq!(row(&office), old);
        let kind = "multipart/form-data; boundary=xx";
        for index in 0..COLUMNS.len() {
            let before = row(&office);
            let page = office.http.open("/oddity/1/edit");
            let mut form = page.form();
            let name = form
                .fields
                .iter()
                .find(|(_, value)| *value == old[index])
                .map(|(name, _)| name.clone())
                .unwrap_or_else(|| panic!("{} is in no input of {page}", COLUMNS[index]));
            form.set(&name, &format!("new {index}"));
            let saved = office
                .http
                .post_bytes(&form.action, kind, &multipart(&form));
            assert_eq!(saved.status, 303, "{}: {saved}", COLUMNS[index]);
            let mut expected = before;
            expected[index] = format!("new {index}");
            assert_eq!(row(&office), expected);
        }
        assert_eq!(
            office
                .rows
                .run("SELECT count(*) FROM oddity WHERE _charset_ AND photo IS NULL"),
            "1"
        );
    }
}

#[test]
fn an_input_has_a_name_of_its_own() {
    for office in Office::both() {
        let page = office.http.open("/oddity/new");
        let names = page.attributes("main form[method=post] [name]:not([type=hidden])", "name");
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), names.len(), "{names:?}");
        assert!(names.iter().any(|name| name == "_original"), "{names:?}");
    }
}

#[test]
fn filters_and_the_list_itself_are_kept_apart() {
    for office in Office::both() {
        add_row(&office);
        office.rows.run("INSERT INTO oddity (id, _charset_, note, \"q\", \"after\") VALUES (2, false, 'x', 'y', 3)");
        let page = office.http.open("/oddity");
        let names = page.attributes("details form [name]", "name");
        assert!(names.len() > COLUMNS.len(), "{names:?}");
        for name in names.iter().filter(|name| name.ends_with(".has")) {
            // What a browser makes of the name on its way.
            let name = name.replace('\n', "\r\n");
            let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let found = office.http.open(&format!("/oddity?{encoded}=old"));
            assert_eq!(found.rows().len(), 1, "{name}: {found}");
        }
        assert_eq!(office.http.open("/oddity?q.is=y&sort=-q").rows().len(), 1);
        assert_eq!(office.http.open("/oddity?after.min=3&q=x").rows().len(), 1);
        assert_eq!(
            office.http.open("/oddity?a.b.has=old&after=").rows().len(),
            1
        );
    }
}
