//! TLS that begins without asking, as PostgreSQL takes it from 17 on: here in front of an older one.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use umbel_tests::tls_server::Server;

use crate::{drive, open_in, outcome, value};

/// Takes TLS and nothing else, and hands what is in it to a server that sees none; its port.
async fn front(server: &Server) -> u16 {
    let shown = fs::read(server.path("good.crt")).unwrap();
    let shown = CertificateDer::pem_slice_iter(&shown).map(Result::unwrap);
    let key = PrivateKeyDer::from_pem_file(server.path("good.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let mut config = config
        .with_no_client_auth()
        .with_single_cert(shown.collect(), key)
        .unwrap();
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let behind = server.port;
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut outside = acceptor.accept(socket).await?;
                assert_eq!(
                    outside.get_ref().1.alpn_protocol(),
                    Some(&b"postgresql"[..])
                );
                let mut inside = TcpStream::connect(("127.0.0.1", behind)).await?;
                copy_bidirectional(&mut outside, &mut inside).await
            });
        }
    });
    port
}

#[tokio::test]
async fn tls_begins_without_asking_and_cancels_the_same_way() {
    let Some(server) = Server::start() else {
        return;
    };
    let port = front(&server).await;
    let url = format!(
        "host=127.0.0.1 port={port} user=plain_only password=secret dbname=postgres sslnegotiation=direct \
         sslmode=verify-full sslrootcert={}",
        server.path("authority.crt").display()
    );
    let connected = open_in(&url, &server.path(""), &[]).await.unwrap();
    assert!(connected.canceller.is_encrypted());
    let canceller = connected.canceller.clone();
    let client = drive(connected);
    assert_eq!(value(&client, "SELECT current_user").await, "plain_only");

    // The front takes nothing but TLS: a question to stop that comes otherwise is never heard.
    let token = client.cancel_token();
    let sleeping = client.batch_execute("SELECT pg_sleep(60)");
    let cancelling = async {
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            canceller.cancel(&token).await.expect("a way");
        }
    };
    let slept = tokio::select! {
        slept = sleeping => slept,
        () = cancelling => unreachable!("it asks until it is heard"),
    };
    let error = slept.expect_err("it was cancelled");
    assert_eq!(error.code().map(|code| code.code()), Some("57014"));

    // Who asks first is not understood there.
    let asking = url.replace("sslnegotiation=direct", "connect_timeout=5");
    let said = outcome(&asking).await;
    assert!(said.starts_with("no PostgreSQL server answers"), "{said}");
}
