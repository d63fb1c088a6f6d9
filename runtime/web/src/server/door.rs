//! The thread that takes connections in, watches their times, and answers where the application cannot.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use std::{io, thread};

use tokio::net::TcpStream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::{oneshot, watch};

use super::listener::{Listener, Seldom};
use super::open::{Open, Place};
use super::serve::{Serving, is_true};

/// How often times are looked at.
const TICK: Duration = Duration::from_millis(100);

/// What the thread that takes connections in needs.
pub(super) struct Door {
    pub(super) listeners: Vec<TcpListener>,
    pub(super) serving: Serving,
    /// The threads of the application.
    pub(super) main: Handle,
    pub(super) is_stopping: watch::Receiver<bool>,
}

impl Door {
    /// Starts the thread, which ends when what is returned is dropped.
    pub(super) fn open(self) -> io::Result<oneshot::Sender<()>> {
        let (until, finished) = oneshot::channel();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new()
            .name("door".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = finished => {}
                        () = self.watch() => {}
                    }
                })
            })?;
        Ok(until)
    }

    /// Takes connections in until the server stops, and goes on to watch those that are open.
    async fn watch(self) {
        let open = Arc::clone(&self.serving.open);
        for listener in self.listeners {
            match Listener::new(listener) {
                Ok(listener) => {
                    let (serving, main) = (self.serving.clone(), self.main.clone());
                    let is_stopping = is_true(self.is_stopping.clone());
                    tokio::spawn(async move {
                        tokio::select! {
                            () = take(listener, &serving, &main) => {}
                            () = is_stopping => {}
                        }
                    });
                }
                Err(error) => tracing::error!("an address cannot be listened at: {error}"),
            }
        }
        // Whoever has it keeps the server from having stopped.
        drop(self.serving);
        loop {
            tokio::time::sleep(TICK).await;
            open.sweep();
            // This also wakes a thread that is free: the one that waits for sockets may have begun to compute.
            if open.wants_beat() {
                let open = Arc::clone(&open);
                self.main.spawn(async move { open.beat() });
            }
        }
    }
}

async fn take(mut listener: Listener, serving: &Serving, main: &Handle) {
    let mut full = Seldom::default();
    loop {
        let socket = listener.accept(&serving.open).await;
        // A page is sent at once, and not when more is known to follow.
        let _ = socket.set_nodelay(true);
        let (open, patience) = (&serving.open, serving.timeouts.header);
        match place(open, &mut full).await {
            Place::Ordinary => match hand_over(socket, main) {
                Ok(socket) => {
                    let seat = open.admit(socket, Place::Ordinary, patience);
                    main.spawn(serving.clone().serve(seat));
                }
                Err(error) => tracing::error!("a connection cannot be served: {error}"),
            },
            Place::Spare => {
                let seat = open.admit(socket, Place::Spare, patience);
                tokio::spawn(serving.clone().refuse(seat));
            }
        }
    }
}

/// The place of the next connection, which waits until there is one.
async fn place(open: &Open, full: &mut Seldom) -> Place {
    loop {
        let place = open.place();
        if place != Some(Place::Ordinary) && full.is_due() {
            tracing::warn!(
                "as many connections are served as may be: a new one is refused, unless it asks for /healthz"
            );
        }
        match place {
            Some(place) => return place,
            None => tokio::time::sleep(TICK).await,
        }
    }
}

/// From now on the threads of the application are told when something comes.
fn hand_over(socket: TcpStream, main: &Handle) -> io::Result<TcpStream> {
    let socket = socket.into_std()?;
    let _entered = main.enter();
    TcpStream::from_std(socket)
}
