//! Passwords that are typed at a terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Child;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::program::{Finished, PASSWORD, Shop, each_migrated, finish};

/// Somebody at a terminal.
struct Person {
    terminal: File,
    child: Child,
}

impl Person {
    fn begin(shop: &Shop, line: &str) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap();
        let mut options = File::options();
        let side = options.read(true).write(true).open(name.to_str().unwrap());
        let child = shop.command(line).stdin(side.unwrap()).spawn().unwrap();
        let terminal = terminal.into();
        Self { terminal, child }
    }

    /// Types a line, once it is asked for.
    fn answer(&mut self, prompt: &str, line: &str) {
        let mut said = vec![0; prompt.len()];
        self.child
            .stderr
            .as_mut()
            .unwrap()
            .read_exact(&mut said)
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&said), prompt);
        writeln!(self.terminal, "{line}").unwrap();
    }

    /// How the program has ended, and what the terminal has shown.
    fn end(mut self) -> (Finished, String) {
        let finished = finish(self.child);
        let mut shown = Vec::new();
        // It ends with an error, for nobody has the other side any more.
        let _ = self.terminal.read_to_end(&mut shown);
        (finished, String::from_utf8_lossy(&shown).into_owned())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_is_shown() {
    each_migrated(async |shop| {
        let mut person = Person::begin(shop, "createuser mary");
        person.answer("Password: ", PASSWORD);
        person.answer("The same again: ", PASSWORD);
        let (finished, shown) = person.end();
        assert!(finished.is_success, "{finished:?}");
        assert_eq!(shown, "\r\n\r\n");
        assert_eq!(shop.count("user").await, 1);

        let mut person = Person::begin(shop, "changepassword mary");
        person.answer("Password: ", PASSWORD);
        person.answer("The same again: ", "another one by mistake");
        let (finished, shown) = person.end();
        assert!(!finished.is_success, "{finished:?}");
        assert!(
            finished
                .stderr
                .contains("the two passwords are not the same")
        );
        assert_eq!(shown, "\r\n\r\n");
    })
    .await;
}
