//! The server: where it listens, whom it lets in, and how long anyone may take.
//!
//! A thread of its own, the door, takes connections in and watches their times, so that neither waits for a handler
//! that computes; what is let in is served by the threads of the application.

mod connection;
mod door;
pub(crate) mod health;
mod listener;
mod open;
mod process;
mod refusal;
mod serve;
mod stream;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use door::Door;
use open::Open;
use serve::Serving;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use crate::config::Config;

pub(crate) use connection::{Connection, Peer, Phase};

/// A server that listens, and takes nobody in yet.
pub struct Server {
    listeners: Vec<TcpListener>,
    addrs: Vec<SocketAddr>,
}

/// Whether all requests were finished when the server stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    Finished,
    Unfinished,
}

impl Server {
    /// Listens at some addresses.
    ///
    /// # Errors
    /// If one of them cannot be had: says which.
    pub async fn bind(addrs: &[SocketAddr]) -> Result<Self, (SocketAddr, io::Error)> {
        let mut server = Self {
            listeners: Vec::new(),
            addrs: Vec::new(),
        };
        for addr in addrs {
            let listener = TcpListener::bind(addr).await;
            let listener = listener.map_err(|error| (*addr, error))?;
            server.addrs.push(listener.local_addr().unwrap_or(*addr));
            server.listeners.push(listener);
        }
        Ok(server)
    }

    /// Where it listens: the ports that were found, where none was said.
    pub fn addrs(&self) -> &[SocketAddr] {
        &self.addrs
    }

    /// Serves until it is told to stop, and then until the requests that are open are answered, or time is up.
    ///
    /// # Errors
    /// If the thread that takes connections in cannot be had.
    pub async fn serve(
        self,
        router: Router,
        config: &Config,
        stop: impl Future<Output = ()>,
    ) -> io::Result<Stopped> {
        let (stopping, is_stopping) = watch::channel(false);
        let (open_until, mut all_closed) = mpsc::channel(1);
        let open = Arc::new(Open::new(
            process::connections(config.connections),
            config.timeouts.header,
        ));
        let serving = Serving::new(
            router,
            config,
            Arc::clone(&open),
            is_stopping.clone(),
            open_until,
        );
        let listeners = self.listeners.into_iter();
        let listeners = listeners.map(TcpListener::into_std);
        let door = Door {
            listeners: listeners.collect::<io::Result<_>>()?,
            serving,
            main: Handle::current(),
            is_stopping,
        };
        let mut finished = door.open()?;
        tokio::select! {
            () = stop => {}
            () = finished.closed() => {
                return Err(io::Error::other("the thread that takes connections in has ended"));
            }
        }
        // The door waits as long as this is not dropped.
        stopping.send_replace(true);
        let all_closed = tokio::time::timeout(config.timeouts.stop, all_closed.recv()).await;
        drop(finished);
        match all_closed {
            Ok(_) => Ok(Stopped::Finished),
            Err(_) => Ok(Stopped::Unfinished),
        }
    }
}

#[cfg(test)]
mod tests;
