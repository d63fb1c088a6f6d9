//! The links and inputs of a list, each of which keeps the rest of its state.

use std::borrow::Cow;

use super::filter::{self, Operator};
use super::state::{ListState, Place, escape};
use crate::catalog::ColumnDef;
use crate::text::url;
use crate::values::Kind;

/// The heading of a column that can be sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortLink {
    /// What a person calls the column.
    pub label: &'static str,
    /// Where a click leads: up, then down, then back to the order of the table; empty if it cannot be sorted by.
    pub url: String,
    /// How the list is sorted by it now.
    pub direction: Option<Direction>,
}

/// A direction of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the least to the greatest.
    Ascending,
    /// From the greatest to the least.
    Descending,
}

impl Direction {
    /// As `aria-sort` has it.
    pub const fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A filter that is active, with a link that takes it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What a person reads: `Length at least 90`.
    pub text: String,
    /// The list without it.
    pub url: String,
}

/// A column that can be filtered by, with its inputs.
#[derive(Debug, Clone)]
pub struct FilterColumn<'l> {
    /// The column.
    pub column: &'static ColumnDef,
    /// One input for each operator.
    pub inputs: Vec<FilterInput<'l>>,
}

/// An input of the filter form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterInput<'l> {
    /// Its name: `length.min`, that of the column and that of the operator.
    pub name: String,
    /// The operator.
    pub operator: Operator,
    /// The value now; empty for none.
    pub value: &'l str,
    /// The `type` of an `<input>` that suits it; `select` where `options` are offered.
    pub input: &'static str,
    /// The values to choose from.
    pub options: Vec<&'static str>,
}

/// A name and a value of a query string.
pub type Pair<'l> = (Cow<'l, str>, Cow<'l, str>);

impl ListState {
    /// The heading of a column.
    pub fn sort(&self, name: &str) -> SortLink {
        let Some(column) = self.table.column(name) else {
            return SortLink {
                label: "",
                url: String::new(),
                direction: None,
            };
        };
        let order = self.order().unwrap_or_default();
        let sorted = order.iter().find(|sort| sort.column.name == name);
        let direction = sorted.map(|sort| match sort.descending {
            true => Direction::Descending,
            false => Direction::Ascending,
        });
        let url = match column.is_ordered() && self.orders(column) {
            true => self.sort_url(column.name, direction),
            false => String::new(),
        };
        SortLink {
            label: column.label,
            url,
            direction,
        }
    }

    /// Where a click on the heading of a column leads.
    fn sort_url(&self, name: &'static str, direction: Option<Direction>) -> String {
        let mut pairs = self.state_pairs();
        match direction {
            None => pairs.push(("sort".into(), escape(name))),
            Some(Direction::Ascending) => {
                pairs.push(("sort".into(), format!("-{}", escape(name)).into()))
            }
            Some(Direction::Descending) => {}
        }
        self.url(&pairs)
    }

    /// The filters that are active.
    pub fn chips(&self) -> Vec<Chip> {
        let chips = self.filters.iter().enumerate().map(|(index, filter)| {
            let mut rest = self.pairs(None);
            rest.remove(self.first_filter() + index);
            Chip {
                text: filter.words(),
                url: self.url(&rest),
            }
        });
        chips.collect()
    }

    /// The columns that can be filtered by.
    pub fn columns(&self) -> Vec<FilterColumn<'_>> {
        let listed = self.table.columns.iter().filter(|column| !column.hidden);
        let columns = listed.map(|column| FilterColumn {
            column,
            inputs: self.inputs(column),
        });
        columns.filter(|column| !column.inputs.is_empty()).collect()
    }

    /// Whether a search or a filter is active.
    pub fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || !self.filters.is_empty()
    }

    /// Everything, in the order of the key.
    pub fn clear_url(&self) -> &'static str {
        self.table.path
    }

    /// The first page.
    pub fn first_url(&self) -> String {
        self.place_url(None)
    }

    /// The hidden inputs of the search box: filters and order.
    pub fn search_inputs(&self) -> Vec<Pair<'_>> {
        let pairs = self.pairs(None).into_iter();
        pairs.filter(|(name, _)| name != "q").collect()
    }

    /// The hidden inputs of the filter form: search and order.
    pub fn filter_inputs(&self) -> Vec<Pair<'_>> {
        let pairs = self.pairs(None).into_iter();
        pairs
            .filter(|(name, _)| name == "q" || name == "sort")
            .collect()
    }

    /// The page at a place.
    pub(crate) fn place_url(&self, place: Option<&Place>) -> String {
        self.url(&self.pairs(place))
    }

    fn inputs(&self, column: &'static ColumnDef) -> Vec<FilterInput<'_>> {
        let suiting = Operator::ALL
            .into_iter()
            .filter(|operator| operator.suits(column));
        let inputs = suiting.filter_map(|operator| {
            let mut active = self.filters.iter();
            let active = active
                .find(|filter| filter.column.name == column.name && filter.operator == operator);
            let (input, options) = control(column, operator);
            let is_offered = operator.is_offered(column) && self.filters(column, operator);
            (active.is_some() || is_offered).then(|| FilterInput {
                name: filter::name(column, operator),
                operator,
                value: active.map_or("", |filter| &filter.text),
                input,
                options,
            })
        });
        inputs.collect()
    }

    /// Where the filters begin among the pairs.
    fn first_filter(&self) -> usize {
        usize::from(!self.q.is_empty())
    }

    /// Search and filters.
    fn state_pairs(&self) -> Vec<Pair<'_>> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q".into(), self.q.as_str().into()));
        }
        let filters = self.filters.iter();
        pairs.extend(filters.map(|filter| (filter.name().into(), filter.text.as_str().into())));
        pairs
    }

    fn pairs<'l>(&'l self, place: Option<&'l Place>) -> Vec<Pair<'l>> {
        let mut pairs = self.state_pairs();
        if !self.sort.is_empty() {
            let sorts = self.sort.iter().map(|sort| match sort.descending {
                true => format!("-{}", escape(sort.column.name)),
                false => escape(sort.column.name).into_owned(),
            });
            pairs.push(("sort".into(), sorts.collect::<Vec<_>>().join(",").into()));
        }
        match place {
            Some(Place::After(cursor)) => pairs.push(("after".into(), cursor.into())),
            Some(Place::Before(cursor)) => pairs.push(("before".into(), cursor.into())),
            Some(Place::First) | None => {}
        }
        pairs
    }

    fn url(&self, pairs: &[Pair<'_>]) -> String {
        let mut text = String::with_capacity(self.table.path.len() + QUERY);
        text.push_str(self.table.path);
        for (index, (name, value)) in pairs.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            url::encode(name, &mut text);
            text.push('=');
            url::encode(value, &mut text);
        }
        text
    }
}

/// The space that the query string of a link is given before it asks for more.
const QUERY: usize = 64;

fn control(column: &ColumnDef, operator: Operator) -> (&'static str, Vec<&'static str>) {
    match (operator, &column.kind) {
        (Operator::Null | Operator::Empty, _) => ("select", vec!["1", "0"]),
        (_, Kind::Enum(def)) => ("select", (def.labels)()),
        (_, Kind::Bool) => ("select", vec!["true", "false"]),
        (_, Kind::Date | Kind::DateTime | Kind::Timestamp) => ("date", Vec::new()),
        (_, Kind::Time) => ("time", Vec::new()),
        (_, kind) if kind.is_number() => ("number", Vec::new()),
        _ => ("text", Vec::new()),
    }
}
