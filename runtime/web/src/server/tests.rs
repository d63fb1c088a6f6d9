//! The server over real sockets: what slow, silent and greedy clients come to, and what everyone else notices of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use futures_util::future::pending;
use futures_util::{StreamExt, stream};
use hyper::body::Frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::*;
use crate::config::{Config, Timeouts};

const SHORT: Duration = Duration::from_millis(200);
/// Nothing of it is ever waited for where all goes well.
const LONG: Duration = Duration::from_secs(60);

/// A server of an application that does what a test asks of it.
struct Running {
    addr: SocketAddr,
    stop: oneshot::Sender<()>,
    stopped: JoinHandle<io::Result<Stopped>>,
    /// Says that `/wait` waits.
    waits: mpsc::UnboundedReceiver<()>,
    /// Lets `/wait` answer.
    go: Arc<Notify>,
    /// Lets `/compute` end.
    enough: Arc<AtomicBool>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.enough.store(true, Ordering::SeqCst);
    }
}

async fn start(change: impl FnOnce(&mut Config)) -> Running {
    let mut config = Config {
        timeouts: Timeouts {
            header: LONG,
            body: LONG,
            request: LONG,
            write: LONG,
            idle: LONG,
            stop: LONG,
        },
        ..Config::default()
    };
    change(&mut config);
    let server = Server::bind(&["127.0.0.1:0".parse().unwrap()])
        .await
        .unwrap();
    let addr = server.addrs()[0];
    let (go, enough) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let (waiting, waits) = mpsc::unbounded_channel();
    let router = routes(waiting, &go, &enough, config.timeouts.request);
    let (stop, told) = oneshot::channel();
    let stopped = tokio::spawn(async move {
        let stop = async {
            let _ = told.await;
        };
        server.serve(router, &config, stop).await
    });
    Running {
        addr,
        stop,
        stopped,
        waits,
        go,
        enough,
    }
}

fn routes(
    waiting: mpsc::UnboundedSender<()>,
    go: &Arc<Notify>,
    enough: &Arc<AtomicBool>,
    patience: Duration,
) -> Router {
    let (go, enough) = (Arc::clone(go), Arc::clone(enough));
    let waits = Arc::clone(&go);
    let wait = move || async move {
        let _ = waiting.send(());
        waits.notified().await;
        "waited"
    };
    let slowly = Arc::clone(&go);
    let slowly = move || async move {
        let end = stream::once(async move {
            slowly.notified().await;
            Ok::<_, io::Error>("end")
        });
        Body::from_stream(stream::iter([Ok("begin")]).chain(end))
    };
    // What the layers around every application do before a handler begins.
    let compute = move |request: Request| async move {
        let connection = request.extensions().get::<Arc<Connection>>().unwrap();
        connection.enter(Phase::Work, patience);
        while !enough.load(Ordering::SeqCst) {
            std::hint::spin_loop();
        }
        "computed"
    };
    Router::new()
        .route("/", get(async || "page"))
        .route("/healthz", get(async || "ok"))
        .route("/wait", get(wait))
        .route("/slowly", get(slowly))
        .route("/compute", get(compute))
}

async fn connect(addr: SocketAddr) -> TcpStream {
    TcpStream::connect(addr).await.unwrap()
}

async fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
}

/// All that comes until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    // What was refused unread may end it without a word.
    let read = tokio::time::timeout(LONG, stream.read_to_end(&mut text)).await;
    assert!(read.is_ok(), "the server never closes the connection");
    String::from_utf8(text).unwrap()
}

/// What has come when a text has.
async fn until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    while !text.ends_with(end) {
        let mut byte = [0];
        stream.read_exact(&mut byte).await.unwrap();
        text.push(byte[0].into());
    }
    text
}

async fn ask(addr: SocketAddr, path: &str) -> String {
    let mut stream = connect(addr).await;
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    send(&mut stream, &head).await;
    rest(&mut stream).await
}

const GET: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn requests_one_after_the_other() {
    let server = start(|_| {}).await;
    let mut stream = connect(server.addr).await;
    for _ in 0..3 {
        send(&mut stream, GET).await;
        assert!(until(&mut stream, "page").await.starts_with("HTTP/1.1 200"));
    }
    send(&mut stream, &GET.repeat(2)).await;
    until(&mut stream, "page").await;
    until(&mut stream, "page").await;
}

#[tokio::test]
async fn a_head_that_does_not_end_is_too_slow() {
    let server = start(|config| config.timeouts.header = SHORT).await;
    let mut stream = connect(server.addr).await;
    send(&mut stream, "GET / HTTP/1.1\r\nHost: loc").await;
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("did not arrive within"), "{answer}");
}

#[tokio::test]
async fn who_asks_nothing_is_closed_without_a_word() {
    let server = start(|config| {
        config.timeouts.header = SHORT;
        config.timeouts.idle = SHORT;
    })
    .await;
    assert_eq!(rest(&mut connect(server.addr).await).await, "");
    let mut stream = connect(server.addr).await;
    send(&mut stream, GET).await;
    let answer = rest(&mut stream).await;
    assert!(answer.ends_with("page"), "{answer}");
}

/// A body without an end, which says when nobody wants it any more.
struct Endless(Option<oneshot::Sender<()>>);

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let data = Bytes::from_static(&[b'x'; 64 * 1024]);
        std::task::Poll::Ready(Some(Ok(Frame::data(data))))
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        if let Some(gone) = self.0.take() {
            let _ = gone.send(());
        }
    }
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_is_closed() {
    let mut config = Config::default();
    config.timeouts.write = SHORT;
    let server = Server::bind(&["127.0.0.1:0".parse().unwrap()])
        .await
        .unwrap();
    let addr = server.addrs()[0];
    let (gone, is_gone) = oneshot::channel();
    let gone = Arc::new(std::sync::Mutex::new(Some(gone)));
    let endless = async move || Response::new(Body::new(Endless(gone.lock().unwrap().take())));
    let router = Router::new().route("/", get(endless));
    tokio::spawn(async move { server.serve(router, &config, pending()).await });
    let mut stream = connect(addr).await;
    send(&mut stream, GET).await;
    is_gone.await.unwrap();
}

#[tokio::test]
async fn an_answer_may_take_its_time() {
    let server = start(|config| config.timeouts.write = SHORT).await;
    let mut stream = connect(server.addr).await;
    send(
        &mut stream,
        "GET /slowly HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
    .await;
    until(&mut stream, "begin").await;
    tokio::time::sleep(SHORT * 3).await;
    server.go.notify_one();
    let answer = rest(&mut stream).await;
    assert!(answer.contains("end"), "{answer}");
}

#[tokio::test]
async fn who_waits_longest_makes_room() {
    let server = start(|config| config.connections = 2).await;
    let mut first = connect(server.addr).await;
    send(&mut first, GET).await;
    until(&mut first, "page").await;
    let mut second = connect(server.addr).await;
    send(&mut second, GET).await;
    until(&mut second, "page").await;
    let answer = ask(server.addr, "/").await;
    assert!(answer.ends_with("page"), "{answer}");
    assert_eq!(rest(&mut first).await, "");
    send(&mut second, GET).await;
    until(&mut second, "page").await;
}

#[tokio::test]
async fn health_is_told_where_all_are_busy() {
    let mut server = start(|config| config.connections = 2).await;
    let head = "GET /wait HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut busy = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(server.addr).await;
        send(&mut stream, head).await;
        server.waits.recv().await;
        busy.push(stream);
    }
    let refused = ask(server.addr, "/").await;
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(refused.contains("retry-after: 5"), "{refused}");
    assert!(refused.contains("as many requests as it can"), "{refused}");
    let answer = ask(server.addr, "/healthz").await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"),
        "{answer}"
    );
    for mut stream in busy {
        server.go.notify_one();
        let answer = rest(&mut stream).await;
        assert!(answer.ends_with("waited"), "{answer}");
    }
    assert!(ask(server.addr, "/").await.ends_with("page"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_computes_is_answered_for() {
    let server = start(|config| config.timeouts.request = SHORT).await;
    let answer = ask(server.addr, "/compute").await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("needed longer"), "{answer}");
    assert!(ask(server.addr, "/").await.ends_with("page"));
}

/// The test itself runs on a thread of its own, beside the two that compute.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_threads_compute() {
    let server = start(|config| config.timeouts.request = SHORT).await;
    let addr = server.addr;
    let outside = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async move {
            let both = tokio::join!(ask(addr, "/compute"), ask(addr, "/compute"));
            // Until it is clear that none of the two threads is free, a new connection waits for one.
            let mut health = ask(addr, "/healthz").await;
            while !health.contains("none is free") {
                health = ask(addr, "/healthz").await;
            }
            (both, health, ask(addr, "/").await)
        })
    });
    let found = tokio::task::spawn_blocking(move || outside.join().unwrap());
    let ((one, other), health, page) = found.await.unwrap();
    for answer in [one, other, health, page] {
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    }
}

/// Its time for a head is over before a thread comes to it, and it is not its fault.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_asked_is_not_left_without_a_word() {
    let server = start(|config| config.timeouts.header = SHORT).await;
    let addr = server.addr;
    let outside = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async move {
            let mut busy = Vec::new();
            for _ in 0..2 {
                let mut stream = connect(addr).await;
                send(
                    &mut stream,
                    "GET /compute HTTP/1.1\r\nHost: localhost\r\n\r\n",
                )
                .await;
                busy.push(stream);
            }
            // As long as a thread is free, there is a page.
            let mut answer = ask(addr, "/").await;
            while answer.ends_with("page") {
                answer = ask(addr, "/").await;
            }
            answer
        })
    });
    let answer = tokio::task::spawn_blocking(move || outside.join().unwrap());
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("as many requests as it can"), "{answer}");
}

#[tokio::test]
async fn what_is_open_is_answered_before_the_end() {
    let mut server = start(|_| {}).await;
    let mut idle = connect(server.addr).await;
    send(&mut idle, GET).await;
    until(&mut idle, "page").await;
    let mut stream = connect(server.addr).await;
    send(&mut stream, "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    server.waits.recv().await;
    let (stop, _) = oneshot::channel();
    std::mem::replace(&mut server.stop, stop).send(()).unwrap();
    assert_eq!(rest(&mut idle).await, "");
    server.go.notify_one();
    let answer = rest(&mut stream).await;
    assert!(answer.ends_with("waited"), "{answer}");
    assert_eq!(
        (&mut server.stopped).await.unwrap().unwrap(),
        Stopped::Finished
    );
}

#[tokio::test]
async fn who_does_not_end_is_not_waited_for_without_an_end() {
    let mut server = start(|config| config.timeouts.stop = SHORT).await;
    let mut stream = connect(server.addr).await;
    send(&mut stream, "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    server.waits.recv().await;
    let (stop, _) = oneshot::channel();
    std::mem::replace(&mut server.stop, stop).send(()).unwrap();
    assert_eq!(
        (&mut server.stopped).await.unwrap().unwrap(),
        Stopped::Unfinished
    );
}
