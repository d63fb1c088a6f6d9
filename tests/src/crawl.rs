//! Visits every page of every table of a running application, as a person who leaves nothing out would.

use std::collections::BTreeSet;
use std::fmt;

use scraper::Selector;

use crate::html::Page;
use crate::http::Client;

/// How many rows of each list are opened.
const ROWS: usize = 3;

/// What was found on the way.
#[derive(Debug, Default)]
pub struct Crawl {
    /// The lists, each with the number of rows on its first page.
    pub lists: Vec<List>,
    /// How many pages were asked for.
    pub pages: usize,
    /// What must not be: a page that fails, a link that leads nowhere.
    pub problems: Vec<String>,
    /// The forms that were refused when they were sent as they came, in words.
    pub refused: Vec<String>,
}

/// A list that was visited.
#[derive(Debug)]
pub struct List {
    pub path: String,
    pub rows: usize,
}

impl fmt::Display for Crawl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        for refused in &self.refused {
            writeln!(f, "refused: {refused}")?;
        }
        let (pages, lists) = (self.pages, self.lists.len());
        write!(
            f,
            "{pages} pages of {lists} tables, {} problems",
            self.problems.len()
        )
    }
}

/// Starts at `/` and visits all that can be reached from there.
pub fn crawl(client: &Client) -> Crawl {
    let mut crawler = Crawler {
        client,
        seen: BTreeSet::new(),
        crawl: Crawl::default(),
    };
    let Some(home) = crawler.open("/") else {
        return crawler.crawl;
    };
    for path in home.attributes("main a[href^='/']", "href") {
        crawler.visit_table(&path);
    }
    crawler.crawl
}

struct Crawler<'a> {
    client: &'a Client,
    /// The links that were followed.
    seen: BTreeSet<String>,
    crawl: Crawl,
}

impl Crawler<'_> {
    fn visit_table(&mut self, path: &str) {
        let Some(list) = self.open(path) else { return };
        self.crawl.lists.push(List {
            path: path.to_owned(),
            rows: list.rows().len(),
        });
        self.visit_orders(path, &list);
        self.visit_filters(path, &list);
        self.open(&format!("{path}?q=a"));
        if list.links_to(&format!("{path}/new")) {
            self.visit_new(path);
        }
        // The rest of the links leads to rows of this table or of another.
        let links = list.attributes("main table a[href^='/']", "href");
        self.follow(links.into_iter().take(40));
        let rows = list.attributes("main table tbody tr > :first-child a", "href");
        for row in rows.iter().take(ROWS) {
            self.visit_row(row);
        }
    }

    /// Sorts by each column, both ways, and turns the pages.
    fn visit_orders(&mut self, path: &str, list: &Page) {
        let mut columns = BTreeSet::new();
        for name in list.attributes("form.filters [name]", "name") {
            if let Some((column, _)) = name.rsplit_once('.') {
                columns.insert(column.to_owned());
            }
        }
        let links = list.attributes("main thead a[href]", "href");
        for column in &columns {
            for sign in ["", "-"] {
                let sorted = format!("{path}?sort={sign}{}", encode(column));
                self.open_or_refused(&sorted);
            }
        }
        for link in links {
            let Some(page) = self.open(&link) else {
                continue;
            };
            for next in page.attributes("a[rel=next]", "href") {
                if let Some(next) = self.open(&next) {
                    self.follow(next.attributes("a[rel=prev]", "href").into_iter());
                }
            }
        }
    }

    /// Asks every question that the filters of the list offer.
    fn visit_filters(&mut self, path: &str, list: &Page) {
        for question in questions(list) {
            let url = format!(
                "{path}?{}={}",
                encode(&question.name),
                encode(&question.value)
            );
            if question.free {
                self.open_or_refused(&url);
            } else {
                self.open(&url);
            }
        }
    }

    fn visit_new(&mut self, path: &str) {
        let Some(page) = self.open(&format!("{path}/new")) else {
            return;
        };
        let form = page.form();
        let answer = self.client.submit(&form);
        self.crawl.pages += 1;
        if ![303, 422].contains(&answer.status) {
            self.fail(&format!("POST {path}"), &answer);
        }
    }

    fn visit_row(&mut self, path: &str) {
        let Some(show) = self.open(path) else { return };
        let links = show.attributes("main a[href^='/']", "href");
        self.follow(links.into_iter());
        if show.links_to(&format!("{path}/edit")) {
            self.visit_edit(&format!("{path}/edit"));
        }
        if show.links_to(&format!("{path}/delete"))
            && let Some(page) = self.open(&format!("{path}/delete"))
        {
            self.follow(page.attributes("main a[href^='/']", "href").into_iter());
        }
    }

    /// Opens the form of a row and saves it as it is.
    fn visit_edit(&mut self, path: &str) {
        let Some(page) = self.open(path) else { return };
        let answer = self.client.submit(&page.form());
        self.crawl.pages += 1;
        match answer.status {
            303 => {}
            422 => {
                let why = answer
                    .texts("main .error, main .errors, main [role=alert]")
                    .join("; ");
                self.crawl.refused.push(format!("POST {path}: {why}"));
            }
            _ => self.fail(&format!("POST {path}"), &answer),
        }
    }

    /// Follows links that were not followed before.
    fn follow(&mut self, links: impl Iterator<Item = String>) {
        for link in links {
            if self.seen.insert(link.clone()) {
                self.open(&link);
            }
        }
    }

    /// Opens a page that must be there.
    fn open(&mut self, path: &str) -> Option<Page> {
        self.seen.insert(path.to_owned());
        self.crawl.pages += 1;
        let page = self.client.get(path);
        if page.status == 200 {
            return Some(page);
        }
        self.fail(&format!("GET {path}"), &page);
        None
    }

    /// Opens a page that may answer that it cannot do what it was asked for.
    fn open_or_refused(&mut self, path: &str) {
        self.crawl.pages += 1;
        let page = self.client.get(path);
        if ![200, 400].contains(&page.status) {
            self.fail(&format!("GET {path}"), &page);
        }
    }

    fn fail(&mut self, what: &str, page: &Page) {
        let words = page.texts("main").join(" ");
        let words: String = words.chars().take(200).collect();
        self.crawl
            .problems
            .push(format!("{what}: {}: {words}", page.status));
    }
}

/// What a filter of a list can be asked.
struct Question {
    name: String,
    value: String,
    /// Whether anything may be typed, also what is no value of the column.
    free: bool,
}

fn questions(list: &Page) -> Vec<Question> {
    let document = list.document();
    let controls =
        Selector::parse("form.filters input[name], form.filters select[name]").expect("a constant");
    let options = Selector::parse("option").expect("a constant");
    let mut questions = Vec::new();
    for control in document.select(&controls) {
        let name = control.attr("name").expect("selected by it").to_owned();
        let kind = control.attr("type").unwrap_or("text");
        let chosen = control.select(&options).map(|option| {
            option
                .attr("value")
                .map_or_else(|| crate::element::text(option), str::to_owned)
        });
        let value = match (control.value().name(), kind) {
            ("select", _) => chosen.filter(|value| !value.is_empty()).last(),
            (_, "number") => Some("1".to_owned()),
            (_, "date") => Some("2020-02-01".to_owned()),
            (_, "time") => Some("10:00".to_owned()),
            (_, "datetime-local") => Some("2020-02-01T10:00".to_owned()),
            (_, "hidden") => None,
            _ => Some("a".to_owned()),
        };
        questions.extend(value.map(|value| Question {
            name,
            value,
            free: control.value().name() == "input" && kind == "text",
        }));
    }
    questions
}

/// Percent-encodes what stands in a query.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
