//! Clients that are slow, silent or many beside those that are at work.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use umbel_tests::{http, process, wait};

use super::load::Load;
use super::running::Running;

/// How many of each kind.
const MANY: usize = 20;
/// How many connections on which nothing is asked.
const IDLE: usize = 30;

/// Clients that begin a head, or a body, and never end it; and clients that ask for pages and take nothing of them.
pub(super) fn slow(load: &Load) {
    let address = load.address();
    let slow = |head: &str| -> Vec<TcpStream> {
        let begun = (0..MANY).map(|_| {
            let mut stream = connect(&address);
            stream.write_all(head.as_bytes()).expect("the server reads");
            stream
        });
        begun.collect()
    };
    let heads = slow("GET / HTTP/1.1\r\nHo");
    let bodies = slow(&format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: 1000\r\n\r\na=b"
    ));
    let page = format!("GET /static/app.css HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let mut deaf = slow(&page.repeat(200));
    for stream in heads.into_iter().chain(bodies) {
        let answer = http::rest(stream);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("Nothing was changed"), "{answer}");
    }
    // What was sent is still there to be read, and then the connection is closed.
    for stream in &mut deaf {
        wait::until(
            "a client that takes nothing is let go",
            Duration::from_secs(30),
            || has_gone(stream).then_some(()),
        );
    }
}

/// Whether the server has closed the connection: what is written to it comes back as an error.
fn has_gone(stream: &mut TcpStream) -> bool {
    stream.write_all(b"\r\n").is_err()
}

/// So few descriptors that connections cannot be taken in, and many connections on which nothing is asked.
pub(super) fn descriptors(load: &Load, app: &Running) {
    let id = app.id().to_string();
    let open = std::fs::read_dir(format!("/proc/{id}/fd"))
        .expect("it runs")
        .count();
    let limit = |files: &str| {
        process::succeed(Command::new("prlimit").args([
            "--pid",
            &id,
            &format!("--nofile={files}:"),
        ]));
    };
    limit(&(open + 6).to_string());
    let address = load.address();
    // Each is given a second before it makes room, and those who come later wait for that.
    let mut idle: Vec<TcpStream> = (0..IDLE).map(|_| connect(&address)).collect();
    app.until_said("a connection cannot be taken in");
    load.until_more("those at work get on all the same", 10, |counts| {
        counts.right
    });
    // Some were closed to make room.
    idle.retain_mut(|stream| {
        stream.set_nonblocking(true).expect("a socket");
        !matches!(stream.read(&mut [0]), Ok(0))
    });
    assert!(idle.len() < IDLE);
    drop(idle);
    limit("1024");
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    let patience = Some(Duration::from_secs(30));
    stream.set_read_timeout(patience).expect("a socket");
    stream
}
