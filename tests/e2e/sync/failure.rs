//! Runs that are killed, refused or without an application: nothing is half-written.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use umbel_tests::{process, tree, umbel};

use super::{Shop, command, contents};

/// The shop with an edit, and a database that has changed since.
fn changed_shop() -> Shop {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "fn mine() {}\n\n/// `GET /film/new`",
    );
    shop.database.run(
        "ALTER TABLE film RENAME TO movie; ALTER TABLE movie ADD COLUMN tagline text; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    shop
}

#[test]
fn killed_at_any_moment() {
    let shop = changed_shop();
    let copy = |name: &str| {
        let target = shop.folder.path().join(name);
        process::succeed(Command::new("cp").arg("-r").arg(shop.root()).arg(&target));
        target
    };
    let before = shop.contents();
    let whole = copy("whole");
    let start = Instant::now();
    process::succeed(&mut command(&whole, &["sync"]));
    let duration = start.elapsed();
    let after = contents(&whole);
    assert_ne!(before, after);

    const KILLS: u32 = 40;
    let mut ends = BTreeMap::new();
    for number in 0..KILLS {
        let killed = copy(&format!("killed_{number}"));
        let mut child = command(&killed, &["sync", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most of them late, where the files are written.
        let share = 1.0 - f64::from(number * number) / f64::from(KILLS * KILLS);
        thread::sleep(duration.mul_f64(share).min(Duration::from_secs(10)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever command comes next finds the one state or the other.
        process::succeed(&mut command(&killed, &["diff", "--name-only"]));
        let now = contents(&killed);
        assert!(
            now == before || now == after,
            "kill {number} left another state"
        );
        *ends.entry(now == after).or_insert(0) += 1;
        fs::remove_dir_all(killed).unwrap();
    }
    assert!(
        ends.contains_key(&false),
        "no kill came early enough: {ends:?}"
    );
}

#[test]
fn a_full_disk() {
    let shop = changed_shop();
    let before = shop.contents();
    // No file may grow beyond the limit, and the signal that says so is ignored: writing fails.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" sync";
    let mut limited = Command::new("bash");
    limited
        .args(["-c", script])
        .arg(umbel::program())
        .current_dir(shop.root())
        .env_remove("DATABASE_URL");
    let finished = process::finish(&mut limited);
    assert_eq!(finished.code, Some(1), "{finished}");
    assert!(finished.stderr.contains("cannot write"), "{finished}");
    assert_eq!(shop.contents(), before);
    shop.sync(&[], 0);
}

#[test]
fn a_read_only_file_stays_so() {
    let shop = Shop::new();
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let file = shop.root().join("src/film/model.rs");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    shop.sync(&[], 0);
    assert!(shop.read("src/film/model.rs").contains("tagline"));
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o444
    );
}

#[test]
fn a_place_that_is_taken() {
    let shop = changed_shop();
    fs::create_dir_all(shop.root().join("src/movie")).unwrap();
    fs::write(shop.root().join("src/movie/model.rs"), "// Mine.\n").unwrap();
    let before = shop.contents();
    let finished = shop.sync(&[], 1);
    assert!(
        finished
            .stderr
            .contains("`src/film/model.rs` cannot become `src/movie/model.rs`"),
        "{finished}"
    );
    assert_eq!(shop.contents(), before);
}

#[test]
fn no_application() {
    let folder = tempfile::tempdir().unwrap();
    let finished = process::finish(&mut command(folder.path(), &["sync"]));
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.contains(".umbel/schema.lock"), "{finished}");
    assert!(tree::contents(folder.path()).is_empty());
}
