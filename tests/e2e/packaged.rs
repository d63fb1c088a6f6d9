//! Schemas that Debian's packages bring along, treated as those of the corpus are: whole, built, filled and opened.

use umbel_tests::database::Database;
use umbel_tests::packaged::Packaged;

use crate::corpus::check_app;

/// Enums and domains, keys of several columns, and tables of links that carry something.
#[test]
#[ignore = "fetches a package, builds a large application: tests/run --all"]
fn icinga_director() {
    check(
        "director",
        Packaged {
            package: "icingaweb2-module-director",
            path: "/usr/share/icingaweb2/modules/director/schema/pgsql.sql",
        },
    );
}

/// Some 170 tables whose every text is NOT NULL DEFAULT ''.
#[test]
#[ignore = "fetches a package, builds a large application: tests/run --all"]
fn zabbix() {
    check(
        "zabbix",
        Packaged {
            package: "zabbix-server-pgsql",
            path: "/usr/share/zabbix-server-pgsql/schema.sql.gz",
        },
    );
}

#[track_caller]
fn check(name: &str, packaged: Packaged) {
    let Some(file) = packaged.find() else {
        return;
    };
    let files = [file];
    check_app(name, &files, &Database::loaded(&files));
}
