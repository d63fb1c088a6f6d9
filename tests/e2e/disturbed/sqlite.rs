//! An SQLite file that is locked, whose disk is full, and whose application is killed.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use umbel_tests::disk::Disk;

use crate::newsroom;

use super::client::Table;
use super::crowd;
use super::load::{Disturbance, Load};
use super::running::Running;

const COMMENTS: Table = Table {
    path: "/comment",
    label: "author_name",
    text: "body",
    others: &[("article_id", "1"), ("is_approved", "false")],
};

const ROWS: &str = "
    INSERT INTO section (section_id, name) VALUES (1, 'World');
    INSERT INTO article (article_id, section_id, title, slug, body) VALUES (1, 1, 'Title', 'slug', 'Body')";

#[test]
#[ignore = "minutes of disturbances, and a disk that root alone can mount: tests/run --all"]
fn nothing_is_lost_over_sqlite() {
    disturb("DELETE");
}

#[test]
#[ignore = "minutes of disturbances, and a disk that root alone can mount: tests/run --all"]
fn nothing_is_lost_over_sqlite_with_a_log() {
    disturb("WAL");
}

#[track_caller]
fn disturb(journal: &str) {
    let (command, made) = newsroom::command();
    let disk = Disk::of(24);
    let path = disk.path().join("newsroom.db");
    fs::copy(&made.path, &path).unwrap();
    let open = || Connection::open(&path).unwrap();
    open()
        .execute_batch(&format!("PRAGMA journal_mode = {journal}; {ROWS}"))
        .unwrap();
    let url = format!("sqlite:{}", path.display());
    let mut app = Running::start(PathBuf::from(command.get_program()), url);
    let held = || {
        let connection = open();
        let mut rows = connection
            .prepare("SELECT author_name || '|' || body FROM comment")
            .unwrap();
        let rows = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    };
    let load = Load::new(COMMENTS, app.address());
    load.during(|load| {
        let suffer = |name, may_cut, happen: &mut dyn FnMut(&Load)| {
            load.suffer(Disturbance {
                name,
                may_cut,
                happen,
                held: &held,
            });
        };
        suffer("locked", false, &mut |load| {
            let lock = open();
            lock.busy_timeout(std::time::Duration::from_secs(30))
                .unwrap();
            lock.execute_batch("BEGIN EXCLUSIVE").unwrap();
            load.until_more("some have waited for too long", 20, |counts| counts.refused);
            lock.execute_batch("ROLLBACK").unwrap();
        });
        suffer("the disk full", false, &mut |load| {
            disk.fill();
            load.until_more("some cannot be saved", 20, |counts| counts.refused);
            load.until_more("what is there can be read", 10, |counts| counts.right);
            disk.free();
        });
        suffer("slow clients", false, &mut crowd::slow);
        suffer("no descriptors", true, &mut |load| {
            crowd::descriptors(load, &app)
        });
        for _ in 0..3 {
            suffer("the application killed", true, &mut |load| {
                app.restart("KILL", load)
            });
        }
        suffer("the application stopped", true, &mut |load| {
            app.restart("TERM", load)
        });
        suffer("nothing any more", false, &mut |_| {});
        app.check();
    });
    let connection = open();
    let whole = connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(whole.unwrap(), "ok");
}
