//! Singular and plural of English nouns, for type names and labels.

/// Nouns that are the same in both numbers, or that a reader of database schemas expects so.
const INVARIANT: [&str; 25] = [
    "chassis",
    "css",
    "data",
    "dns",
    "economics",
    "equipment",
    "feedback",
    "goods",
    "gps",
    "information",
    "jewelry",
    "mathematics",
    "media",
    "metadata",
    "news",
    "os",
    "physics",
    "politics",
    "progress",
    "sales",
    "series",
    "sms",
    "species",
    "staff",
    "statistics",
];

/// Nouns that rules get wrong, singular and plural.
const IRREGULAR: [(&str, &str); 33] = [
    ("abdomen", "abdomens"),
    ("ache", "aches"),
    ("avalanche", "avalanches"),
    ("axis", "axes"),
    ("basis", "bases"),
    ("cache", "caches"),
    ("dogma", "dogmas"),
    ("epoch", "epochs"),
    ("gas", "gases"),
    ("german", "germans"),
    ("gulf", "gulfs"),
    ("guru", "gurus"),
    ("headache", "headaches"),
    ("hoodie", "hoodies"),
    ("inventory", "inventories"),
    ("lens", "lenses"),
    ("lumen", "lumens"),
    ("menu", "menus"),
    ("monarch", "monarchs"),
    ("mustache", "mustaches"),
    ("niche", "niches"),
    ("oasis", "oases"),
    ("omen", "omens"),
    ("regimen", "regimens"),
    ("roman", "romans"),
    ("schema", "schemas"),
    ("selfie", "selfies"),
    ("specimen", "specimens"),
    ("stamen", "stamens"),
    ("stigma", "stigmas"),
    ("stomach", "stomachs"),
    ("tech", "techs"),
    ("virus", "viruses"),
];

/// Words after which a phrase only says more of its noun: `sales by store`.
const PREPOSITIONS: [&str; 9] = ["by", "for", "from", "in", "of", "on", "per", "to", "with"];

/// A phrase of lower-case words for one of its things: `["film", "lists"]` → `["film", "list"]`.
pub(crate) fn singular(words: &[String]) -> Vec<String> {
    inflect(words, singular_noun)
}

/// A phrase of lower-case words for several of its things: `["film"]` → `["films"]`.
pub(crate) fn plural(words: &[String]) -> Vec<String> {
    inflect(words, plural_noun)
}

/// Changes the noun of a phrase: the word before the first preposition, else the last.
fn inflect(words: &[String], change: fn(&str) -> String) -> Vec<String> {
    let noun = words
        .iter()
        .skip(1)
        .position(|word| PREPOSITIONS.contains(&word.as_str()))
        .unwrap_or(words.len().saturating_sub(1));
    let mut words = words.to_vec();
    if let Some(word) = words.get_mut(noun) {
        *word = change(word);
    }
    words
}

fn singular_noun(noun: &str) -> String {
    if is_unchangeable(noun) {
        return noun.to_owned();
    }
    match IRREGULAR.iter().find(|(_, plural)| *plural == noun) {
        Some((singular, _)) => (*singular).to_owned(),
        None if IRREGULAR.iter().any(|(singular, _)| *singular == noun) => noun.to_owned(),
        None => pluralizer::pluralize(noun, 1, false),
    }
}

fn plural_noun(noun: &str) -> String {
    if is_unchangeable(noun) {
        return noun.to_owned();
    }
    match IRREGULAR.iter().find(|(singular, _)| *singular == noun) {
        Some((_, plural)) => (*plural).to_owned(),
        None => pluralizer::pluralize(noun, 2, false),
    }
}

/// Abbreviations of one or two letters, numbers and words of other scripts have no English plural.
fn is_unchangeable(noun: &str) -> bool {
    let is_invariant = |known: &str| match known.len() {
        0..4 => noun == known,
        // `timeseries`, `virtualchassis`
        _ => noun.ends_with(known),
    };
    INVARIANT.into_iter().any(is_invariant)
        || noun.len() < 3
        || !noun.chars().all(|letter| letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expect_singular: &str, expect_plural: &str) {
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        assert_eq!(singular(&words).join(" "), expect_singular);
        assert_eq!(plural(&words).join(" "), expect_plural);
    }

    #[test]
    fn regular_nouns() {
        check("film", "film", "films");
        check("order items", "order item", "order items");
        check("category", "category", "categories");
        check("inventory", "inventory", "inventories");
    }

    #[test]
    fn nouns_that_look_plural() {
        check("news", "news", "news");
        check("series", "series", "series");
        check("address", "address", "addresses");
        check("status", "status", "statuses");
        check("people", "person", "people");
        check("staff", "staff", "staff");
        check("caches", "cache", "caches");
        check("virtualchassis", "virtualchassis", "virtualchassis");
        check("photos", "photo", "photos");
    }

    #[test]
    fn nouns_that_rules_get_wrong() {
        check("specimen", "specimen", "specimens");
        check("cost basis", "cost basis", "cost bases");
        check("schemas", "schema", "schemas");
        check("niches", "niche", "niches");
    }

    #[test]
    fn phrases_with_a_preposition() {
        check(
            "units per customer",
            "unit per customer",
            "units per customer",
        );
        check(
            "sales by film category",
            "sales by film category",
            "sales by film category",
        );
    }
}
