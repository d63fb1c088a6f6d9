//! What the requests are made of: the addresses, the names and the forms that an application itself offers.

use umbel_tests::http::Client;

/// What an application offers.
#[derive(Debug)]
pub(super) struct Seeds {
    pub(super) lists: Vec<List>,
    /// The pages of rows.
    pub(super) rows: Vec<String>,
    pub(super) forms: Vec<Form>,
    /// Values that stand in its forms.
    pub(super) values: Vec<String>,
}

/// The list of a table.
#[derive(Debug)]
pub(super) struct List {
    pub(super) path: String,
    /// The columns that can be filtered by, as the address names them.
    pub(super) columns: Vec<String>,
    /// Queries of links on the page: orders, places, filters.
    pub(super) queries: Vec<String>,
}

/// A form, and what it sends as it stands.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<(String, String)>,
}

/// How many rows of each list are looked at.
const ROWS: usize = 6;

impl Seeds {
    /// Looks at all tables of an application.
    #[track_caller]
    pub(super) fn collect(http: &Client) -> Self {
        let mut seeds = Self {
            lists: Vec::new(),
            rows: Vec::new(),
            forms: Vec::new(),
            values: Vec::new(),
        };
        for path in http.open("/").attributes("main a[href^='/']", "href") {
            seeds.add_list(http, path);
        }
        assert!(!seeds.lists.is_empty() && !seeds.rows.is_empty() && !seeds.forms.is_empty());
        let values = seeds.forms.iter().flat_map(|form| &form.fields);
        let mut values: Vec<String> = values.map(|(_, value)| value.clone()).collect();
        values.sort();
        values.dedup();
        seeds.values = values;
        seeds
    }

    fn add_list(&mut self, http: &Client, path: String) {
        let page = http.open(&path);
        let names = page.attributes("form.filters [name]", "name");
        let columns = names.iter().filter_map(|name| name.rsplit_once('.'));
        let mut columns: Vec<String> = columns.map(|(column, _)| column.to_owned()).collect();
        columns.dedup();
        let links = page.attributes("main a[href*='?']", "href");
        let queries = links.iter().filter_map(|link| link.split_once('?'));
        let queries = queries.map(|(_, query)| query.to_owned()).collect();
        let rows = page.attributes("main table tbody tr > :first-child a[href^='/']", "href");
        if page.links_to(&format!("{path}/new")) {
            self.add_form(http, &format!("{path}/new"));
        }
        for row in rows.into_iter().take(ROWS) {
            let shown = http.open(&row);
            for page in ["edit", "delete"] {
                let page = format!("{row}/{page}");
                if shown.links_to(&page) {
                    self.add_form(http, &page);
                }
            }
            self.rows.push(row);
        }
        self.lists.push(List {
            path,
            columns,
            queries,
        });
    }

    fn add_form(&mut self, http: &Client, path: &str) {
        let page = http.open(path);
        // What cannot be deleted has no form for it.
        if page
            .attributes("main form[method=post]", "method")
            .is_empty()
        {
            return;
        }
        let form = page.form();
        let fields = form.sent().into_iter();
        self.forms.push(Form {
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            action: form.action,
        });
    }
}
