//! Names of tables on the command line.

use umbel_data::catalog::Table;
use umbel_web::http::Site;

use super::failure::{Failure, Fault, fault};

/// The tables of the application that are named, each once: `film`, `public.film`, or `*` for all.
///
/// # Errors
/// With every name that is none, or that several tables have.
pub(super) fn resolve<'a>(
    site: &Site,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<&'static Table>, Failure> {
    let all: Vec<&'static Table> = site.tables.iter().map(|model| model.table).collect();
    let mut tables: Vec<&'static Table> = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for name in names {
        let found: Vec<&'static Table> = match name {
            "*" => all.clone(),
            name => all
                .iter()
                .copied()
                .filter(|table| is(table, name))
                .collect(),
        };
        if found.is_empty() {
            faults.push(unknown(&all, name));
        } else if found.len() > 1 && name != "*" {
            let several: Vec<String> = found.iter().map(|table| full(table)).collect();
            let hint = format!("say which: {}", several.join(" or "));
            faults.push(fault(format!("several tables are called `{name}`"), hint));
        }
        for table in found {
            if !tables.iter().any(|known| std::ptr::eq(*known, table)) {
                tables.push(table);
            }
        }
    }
    match faults.is_empty() {
        true => Ok(tables),
        false => Err(faults.into()),
    }
}

fn full(table: &Table) -> String {
    format!("{}.{}", table.schema, table.name)
}

fn is(table: &Table, name: &str) -> bool {
    table.name == name || full(table) == name
}

fn unknown(all: &[&Table], name: &str) -> Fault {
    const NEAR: f64 = 0.8;
    const NAMED: usize = 3;
    let nearness = |table: &Table| {
        let by_name = strsim::jaro_winkler(table.name, name);
        by_name.max(strsim::jaro_winkler(&full(table), name))
    };
    let mut near: Vec<(f64, String)> = all
        .iter()
        .map(|table| (nearness(table), full(table)))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let near: Vec<String> = near.into_iter().take(NAMED).map(|(_, name)| name).collect();
    let hint = match (near.is_empty(), all.is_empty()) {
        (false, _) => format!("is it {}?", near.join(" or ")),
        (true, true) => "the application has no tables".to_owned(),
        (true, false) => "`*` stands for all tables of the application".to_owned(),
    };
    fault(format!("the application has no table `{name}`"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::tests::SITE;

    #[track_caller]
    fn check(names: &[&str], expect: Result<&[&str], &[&str]>) {
        let tables = resolve(&SITE, names.iter().copied());
        let tables = tables.map(|tables| tables.into_iter().map(full).collect::<Vec<_>>());
        match (tables, expect) {
            (Ok(tables), Ok(expect)) => assert_eq!(tables, expect),
            (Err(failure), Err(words)) => {
                let said = failure.to_string();
                assert!(words.iter().all(|word| said.contains(word)), "{said}");
            }
            (tables, _) => panic!("{tables:?}"),
        }
    }

    #[test]
    fn names_of_tables() {
        check(&["film"], Ok(&["public.film"]));
        check(&["public.film", "film"], Ok(&["public.film"]));
        check(
            &["sales.order", "film"],
            Ok(&["sales.order", "public.film"]),
        );
        check(
            &["film", "*"],
            Ok(&["public.film", "public.order", "sales.order"]),
        );
        check(&["order"], Err(&["several", "public.order or sales.order"]));
        check(&["flim"], Err(&["no table `flim`", "is it public.film?"]));
        check(&["public.fil"], Err(&["is it public.film"]));
        check(
            &["zzz", "order"],
            Err(&["no table `zzz`", "`*`", "several"]),
        );
        check(&["FILM"], Err(&["no table `FILM`"]));
    }
}
