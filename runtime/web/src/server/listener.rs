//! Takes connections from an address; what fails is said in the log, and tried again.

use std::io;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};

use super::open::Open;

/// How long to wait before the next try, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// How often the same is said in the log.
const SAID: Duration = Duration::from_secs(10);

/// An address at which connections come in.
pub(super) struct Listener {
    listener: TcpListener,
    /// The time to wait after the next failure; none, as long as all goes well.
    pause: Option<Duration>,
    said: Seldom,
}

/// When something was last said, so that it is not said over and over.
#[derive(Debug, Default)]
pub(super) struct Seldom(Option<Instant>);

impl Seldom {
    /// Whether it is time to say it.
    pub(super) fn is_due(&mut self) -> bool {
        let is_due = self.0.is_none_or(|said| said.elapsed() > SAID);
        if is_due {
            self.0 = Some(Instant::now());
        }
        is_due
    }
}

impl Listener {
    pub(super) fn new(listener: std::net::TcpListener) -> io::Result<Self> {
        Ok(Self {
            listener: TcpListener::from_std(listener)?,
            pause: None,
            said: Seldom::default(),
        })
    }

    /// The next connection.
    pub(super) async fn accept(&mut self, open: &Open) -> TcpStream {
        loop {
            match self.listener.accept().await {
                Ok((socket, _)) => {
                    if self.pause.take().is_some() {
                        tracing::info!("connections are taken in again");
                    }
                    return socket;
                }
                // The client has given up before it was taken in.
                Err(error) if is_of_client(&error) => {}
                Err(error) => self.failed(&error, open).await,
            }
        }
    }

    /// Mostly there are no descriptors left: a connection that asks nothing gives up its own.
    async fn failed(&mut self, error: &io::Error, open: &Open) {
        let has_room = open.make_room();
        if self.said.is_due() {
            let told = match has_room {
                true => "; one that asked nothing was closed for it",
                false => "",
            };
            tracing::error!("a connection cannot be taken in, and is tried again: {error}{told}");
        }
        let (first, most) = PAUSES;
        let pause = self.pause.unwrap_or(first);
        self.pause = Some((pause * 2).min(most));
        tokio::time::sleep(if has_room { first } else { pause }).await;
    }
}

fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}
