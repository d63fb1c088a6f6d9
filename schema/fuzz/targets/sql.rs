//! Whatever a file holds: it is cut into statements and read in either dialect without a panic, and every error has a
//! place in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use umbel_schema::model::Dialect;
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Error, SqlFile};

fuzz_target!(|bytes: &[u8]| {
    let file = match SqlFile::from_bytes("a.sql", bytes) {
        Ok(file) => file,
        Err(Error::NotUtf8 { offset, .. }) => {
            assert!(offset < bytes.len());
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let mut end = 0;
    for range in sql::statements(&file.text) {
        assert!(end <= range.start && range.start < range.end);
        assert!(file.text.get(range.clone()).is_some());
        end = range.end;
    }
    let files = [file];
    for dialect in [Dialect::Postgres, Dialect::Sqlite] {
        match sql::read_as(dialect, &files, &ReadOptions::default()) {
            Err(Error::Statements { found, .. }) => {
                for diagnostic in found {
                    assert!(files[0].text.get(diagnostic.span.range.clone()).is_some());
                    assert!(diagnostic.place.starts_with("a.sql:"));
                }
            }
            Err(error @ Error::Broken) => panic!("{error}"),
            Ok(_) | Err(_) => {}
        }
    }
});
