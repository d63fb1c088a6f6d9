//! A form as a browser sends it.

use scraper::{ElementRef, Selector};

use crate::element;

/// The controls of a form that would be sent, in the order of the page, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// What is sent along with check boxes, so that none ticked is not the same as no boxes.
    markers: Vec<(String, String)>,
    /// The names of all controls, also of those that would send nothing as they are.
    names: Vec<String>,
}

impl Form {
    /// The first value of a control, if it sends one.
    pub fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    /// All values of a control: its checked boxes, its elements.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let fields = self.fields.iter().filter(|(field, _)| field == name);
        fields.map(|(_, value)| value.as_str()).collect()
    }

    /// Whether there is a control of that name.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|field| field == name)
    }

    /// Types into a control, which must exist.
    #[track_caller]
    pub fn set(&mut self, name: &str, value: &str) {
        self.set_all(name, &[value]);
    }

    /// Gives a control all of its values: checks exactly these boxes, fills in exactly these elements.
    #[track_caller]
    pub fn set_all(&mut self, name: &str, values: &[&str]) {
        assert!(self.has(name), "no control {name} among {:?}", self.names);
        self.fields.retain(|(field, _)| field != name);
        let values = values
            .iter()
            .map(|value| (name.to_owned(), (*value).to_owned()));
        self.fields.extend(values);
    }

    /// All that is sent.
    pub fn sent(&self) -> Vec<(&str, &str)> {
        let all = self.fields.iter().chain(&self.markers);
        all.map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// Reads a form; without an action it is sent to the page that holds it.
    pub(crate) fn read(form: ElementRef<'_>, path: &str) -> Self {
        let page = path.split('?').next().unwrap_or_default();
        let action = form
            .attr("action")
            .filter(|action| !action.is_empty())
            .unwrap_or(page);
        let controls =
            Selector::parse("input[name], textarea[name], select[name]").expect("a constant");
        let mut read = Self {
            action: action.to_owned(),
            fields: Vec::new(),
            markers: Vec::new(),
            names: Vec::new(),
        };
        let boxes = Selector::parse("input[type=checkbox]").expect("a constant");
        let boxes: Vec<&str> = form
            .select(&boxes)
            .filter_map(|input| input.attr("name"))
            .collect();
        for control in form.select(&controls) {
            let name = control.attr("name").expect("selected by it");
            read.names.push(name.to_owned());
            let sent = values(control)
                .into_iter()
                .map(|value| (name.to_owned(), value));
            if control.attr("type") == Some("hidden") && boxes.contains(&name) {
                read.markers.extend(sent);
            } else {
                read.fields.extend(sent);
            }
        }
        read
    }
}

/// What one control sends as it stands.
fn values(control: ElementRef<'_>) -> Vec<String> {
    if control.attr("disabled").is_some() {
        return Vec::new();
    }
    let value = control.attr("value");
    match (
        control.value().name(),
        control.attr("type").unwrap_or("text"),
    ) {
        ("select", _) => selected(control),
        // A line break right after the tag is not part of the text; the parser takes it away.
        ("textarea", _) => vec![control.text().collect()],
        (_, "checkbox" | "radio") => match control.attr("checked") {
            Some(_) => vec![value.unwrap_or("on").to_owned()],
            None => Vec::new(),
        },
        (_, "submit" | "button" | "reset" | "image" | "file") => Vec::new(),
        _ => vec![value.unwrap_or_default().to_owned()],
    }
}

/// The selected options; a list of one choice selects its first option when none is marked.
fn selected(select: ElementRef<'_>) -> Vec<String> {
    let all = Selector::parse("option").expect("a constant");
    let options: Vec<_> = select.select(&all).collect();
    let marked: Vec<_> = options
        .iter()
        .filter(|option| option.attr("selected").is_some())
        .map(option)
        .collect();
    if marked.is_empty() && select.attr("multiple").is_none() {
        return options.first().map(option).into_iter().collect();
    }
    marked
}

fn option(option: &ElementRef<'_>) -> String {
    option
        .attr("value")
        .map_or_else(|| element::text(*option), str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::html::Page;

    const HTML: &str = "<main><form method=post action=/film>
        <input type=hidden name=version value=7><input name=title value='Alien &amp; co'>
        <textarea name=plot>\nIn space</textarea>
        <select name=rating><option value=''>none</option><option selected>PG</option></select>
        <select name=language><option value=1>English</option></select>
        <label><input type=checkbox name=actors value=1 checked>A</label>
        <label><input type=checkbox name=actors value=2>B</label>
        <button name=save>Save</button></form></main>";

    fn page(html: &str) -> Page {
        Page {
            path: "/film/new?from=list".to_owned(),
            status: 200,
            location: None,
            html: html.to_owned(),
        }
    }

    #[test]
    fn sends_what_a_browser_would() {
        let form = page(HTML).form();
        let fields: Vec<_> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(form.action, "/film");
        assert_eq!(
            fields,
            [
                ("version", "7"),
                ("title", "Alien & co"),
                ("plot", "In space"),
                ("rating", "PG"),
                ("language", "1"),
                ("actors", "1"),
            ],
        );
    }

    #[test]
    fn filled_in() {
        let mut form = page(HTML).form();
        form.set("title", "Brazil");
        form.set_all("actors", &["1", "2"]);
        assert_eq!(form.value("title"), Some("Brazil"));
        assert_eq!(form.values("actors"), ["1", "2"]);
        assert!(form.has("plot") && !form.has("length"));
    }

    #[test]
    fn without_action_to_its_page() {
        assert_eq!(
            page("<main><form method=post></form></main>").form().action,
            "/film/new"
        );
    }
}
