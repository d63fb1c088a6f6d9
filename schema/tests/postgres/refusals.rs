//! Servers that are not there, or do not let us in.

use std::env;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use umbel_connect::Error as Refusal;
use umbel_schema::postgres::{Error, ReadOptions, read};

use crate::database::url_of;

async fn error(url: &str) -> Error {
    let result = read(url, &ReadOptions::default()).await;
    let error = result.expect_err("an error");
    assert!(
        !format!("{error} {error:?} {:?}", error.hint()).contains("hunter2"),
        "{error}"
    );
    error
}

/// A server that answers the first message with some bytes, and its port.
async fn server(answer: Vec<u8>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a client");
        let mut bytes = [0; 1024];
        let _ = socket.read(&mut bytes).await;
        let _ = socket.write_all(&answer).await;
        // A server that says nothing keeps the line open.
        let _ = socket.read(&mut bytes).await;
    });
    port
}

/// PostgreSQL's message for an error.
fn refusal(code: &str, message: &str) -> Vec<u8> {
    let fields = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
    let length = u32::try_from(fields.len() + 4).expect("a short message");
    let mut bytes = vec![b'E'];
    bytes.extend(length.to_be_bytes());
    bytes.extend(fields.bytes());
    bytes
}

#[tokio::test]
async fn nobody_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let error = error(&format!("postgres://role:hunter2@127.0.0.1:{port}/db")).await;
    let expect = format!("no PostgreSQL server answers at 127.0.0.1:{port}: connection refused");
    assert_eq!(error.to_string(), expect);
}

#[tokio::test]
async fn unknown_host() {
    let error = error("postgres://role:hunter2@no-such-host.invalid/db").await;
    assert!(
        matches!(error, Error::Connect(Refusal::Unreachable { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn silence() {
    let port = server(Vec::new()).await;
    let error = error(&format!(
        "postgres://role:hunter2@127.0.0.1:{port}/db?connect_timeout=1"
    ))
    .await;
    let expect = format!("the server at 127.0.0.1:{port} did not answer within 1 s");
    assert_eq!(error.to_string(), expect);
}

#[tokio::test]
async fn another_kind_of_server() {
    let port = server(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()).await;
    let error = error(&format!(
        "postgres://role:hunter2@127.0.0.1:{port}/db?connect_timeout=1"
    ))
    .await;
    assert!(
        matches!(
            error,
            Error::Connect(Refusal::Unreachable { .. } | Refusal::Timeout { .. })
        ),
        "{error}"
    );
}

#[tokio::test]
async fn wrong_password() {
    let port = server(refusal("28P01", "password authentication failed")).await;
    let error = error(&format!(
        "postgres://role:hunter2@127.0.0.1:{port}/db?sslmode=disable"
    ))
    .await;
    let expect =
        format!("the server at 127.0.0.1:{port} does not accept the password of the role `role`");
    assert_eq!(error.to_string(), expect);
    assert!(error.hint().is_some());
}

#[tokio::test]
async fn too_many_clients() {
    let port = server(refusal("53300", "sorry, too many clients already")).await;
    let error = error(&format!(
        "postgres://role:hunter2@127.0.0.1:{port}/db?sslmode=disable"
    ))
    .await;
    assert!(
        error
            .to_string()
            .ends_with("refuses the role `role`: sorry, too many clients already"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_fails_is_not_the_fault_of_the_role() {
    let port = server(refusal("XX000", "could not write init file")).await;
    let error = error(&format!(
        "postgres://role:hunter2@127.0.0.1:{port}/db?sslmode=disable"
    ))
    .await;
    assert_eq!(
        error.to_string(),
        format!("the server at 127.0.0.1:{port} cannot serve: could not write init file")
    );
}

#[tokio::test]
async fn encryption_without_tls() {
    let port = server(b"N".to_vec()).await;
    let url = format!("postgres://role:hunter2@127.0.0.1:{port}/db?sslmode=require");
    let error = error(&url).await;
    let expect = format!(
        "the server at 127.0.0.1:{port} does not take TLS, and `sslmode=require` asks for it"
    );
    assert_eq!(error.to_string(), expect);
}

#[tokio::test]
async fn unknown_database() {
    let Ok(url) = env::var("UMBEL_TEST_DATABASE_URL") else {
        eprintln!("skipped: no database (UMBEL_TEST_DATABASE_URL is not set)");
        return;
    };
    let error = error(&url_of(&url, "no_such_database")).await;
    assert!(
        error
            .to_string()
            .starts_with("the database `no_such_database` does not exist at "),
        "{error}"
    );
}
