//! Traits that emitted files import for their members alone: whoever calls `.show()` never writes `Show`.

/// The traits of the runtime that files import, each with what it gives to those that have it.
const TRAITS: [(&str, &[&str]); 12] = [
    ("Enum", &["NAME", "VALUES", "label", "from_label", "labels"]),
    ("EditForm", &["Patch", "open", "patch"]),
    (
        "Form",
        &["New", "FIELDS", "inputs", "blank", "validate", "links"],
    ),
    ("FromChanges", &["from_changes"]),
    (
        "Hooks",
        &[
            "New",
            "Patch",
            "validate",
            "before_insert",
            "after_insert",
            "before_update",
            "after_update",
            "before_delete",
            "after_delete",
            "after_commit",
        ],
    ),
    ("Insert", &["Model", "changes", "insert", "insert_with"]),
    ("Materialized", &["CONCURRENTLY", "refresh"]),
    (
        "Model",
        &[
            "Key",
            "TABLE",
            "CUSTOM",
            "ANY",
            "from_row",
            "key",
            "query",
            "find",
            "find_as",
            "find_to_delete",
            "find_versioned",
            "update",
            "delete",
            "url",
            "url_of",
            "fmt_key",
            "list_url",
        ],
    ),
    ("Patch", &["Model", "changes"]),
    ("Policy", &["scope", "may"]),
    ("Select", &["Model", "LABELS", "read"]),
    ("Show", &["show"]),
];

/// The members of a trait; none of what is no trait.
pub(super) fn members(name: &str) -> &'static [&'static str] {
    let found = TRAITS.iter().find(|(of, _)| *of == name);
    found.map_or(&[], |(_, members)| members)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The public traits of the files below a folder, with their members.
    fn read(folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
                for item in file.items {
                    let syn::Item::Trait(item) = item else {
                        continue;
                    };
                    let members = item.items.iter().filter_map(|member| match member {
                        syn::TraitItem::Fn(item) => Some(item.sig.ident.to_string()),
                        syn::TraitItem::Const(item) => Some(item.ident.to_string()),
                        syn::TraitItem::Type(item) => Some(item.ident.to_string()),
                        _ => None,
                    });
                    found.insert(item.ident.to_string(), members.collect());
                }
            }
        }
    }

    #[test]
    fn traits_have_the_members_that_the_runtime_gives_them() {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let mut found = BTreeMap::new();
        for sources in ["data/src", "web/src"] {
            read(&runtime.join(sources), &mut found);
        }
        for (name, members) in TRAITS {
            assert_eq!(found[name], members, "{name}");
        }
    }
}
