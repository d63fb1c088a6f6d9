//! `healthcheck`.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::program::each;
use crate::start::Running;

#[tokio::test(flavor = "multi_thread")]
async fn of_a_server_that_runs() {
    each(async |shop| {
        let running = Running::start(shop, "--addr 127.0.0.1:0", &[]);
        let line = format!("healthcheck --url {}", running.url);
        assert_eq!(shop.succeeds(&line), "alive and ready\n");
        let addr = running
            .url
            .trim_start_matches("http://")
            .trim_end_matches('/');
        shop.write(
            "umbel.toml",
            &format!("[server]\naddresses = [\"{addr}\"]\nbase = \"/shop\"\n"),
        );
        // Both answer with the path in front and without, but the server knows of none.
        shop.fails("healthcheck", &["/shop/healthz answers 404"]);
        shop.write(
            "umbel.toml",
            &format!("[server]\naddresses = [\"{addr}\"]\n"),
        );
        assert_eq!(shop.succeeds("healthcheck"), "alive and ready\n");
        drop(running);
        shop.fails(
            "healthcheck",
            &["/healthz cannot be asked", "/readyz cannot be asked"],
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_something_else() {
    each(async |shop| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            for answer in ["SSH-2.0-x\r\n", "HTTP/1.1 503 x\r\n\r\n"] {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 1024]).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        shop.fails(
            &format!("healthcheck --url http://{addr}"),
            &["/healthz does not answer in HTTP", "/readyz answers 503"],
        );
        serving.join().unwrap();
        shop.fails(
            "healthcheck --url https://shop.example",
            &["no address of a server"],
        );
    })
    .await;
}

/// It says nothing, for ever.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_server_that_hangs() {
    let shop = crate::program::Shop {
        folder: tempfile::tempdir().unwrap(),
        url: String::new(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    shop.fails(
        &format!("healthcheck --url http://{addr}"),
        &["/healthz does not answer within 5 seconds"],
    );
}
