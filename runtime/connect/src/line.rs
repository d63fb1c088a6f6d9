//! The line to a server: what the driver says and hears goes through it, and behind a pooler it keeps the driver's prepared
//! statements to itself.

mod frames;
mod nameless;
mod startup;

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, TlsStream};

use crate::stream::Stream;
use nameless::Nameless;
use startup::Startup;

/// How much is read at once where it has to be looked at.
const CHUNK: usize = 16 * 1024;

/// The line to a server.
#[derive(Debug)]
pub struct Line {
    stream: Stream,
    shared: Arc<Shared>,
    /// There until somebody is let in.
    startup: Option<Startup>,
    nameless: Option<Box<Nameless>>,
    /// The other side ends the line first.
    is_ended_there: bool,
}

/// What is known of a line, and what it is told, while the driver has it.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The process that the server says it serves the line with; 0 where it has not said.
    process: AtomicI32,
    is_nameless: AtomicBool,
}

impl Shared {
    /// The process that the server says it serves the line with.
    pub(crate) fn process(&self) -> Option<i32> {
        Some(self.process.load(Ordering::Acquire)).filter(|process| *process != 0)
    }

    /// From now on no prepared statement has a name on the server. Nothing may be under way.
    pub(crate) fn forget_names(&self) {
        self.is_nameless.store(true, Ordering::Release);
    }
}

impl Line {
    pub(crate) fn new(stream: Stream) -> Self {
        Self {
            stream,
            shared: Arc::default(),
            startup: Some(Startup::default()),
            nameless: None,
            is_ended_there: false,
        }
    }

    /// A line for the wish that something be cancelled. It stands until the other side has done that, or passed it on, and
    /// ends it: libpq waits as well, and there are poolers that do not survive one who goes before.
    pub(crate) fn for_cancelling(stream: Stream) -> Self {
        Self {
            is_ended_there: true,
            ..Self::new(stream)
        }
    }

    pub(crate) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    fn nameless(&mut self) -> Option<&mut Nameless> {
        if self.nameless.is_none() && self.shared.is_nameless.load(Ordering::Acquire) {
            self.nameless = Some(Box::default());
        }
        self.nameless.as_deref_mut()
    }

    /// Puts on its way what was changed and not sent yet.
    fn poll_drain(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(nameless) = &mut self.nameless else {
            return Poll::Ready(Ok(()));
        };
        while !nameless.sending.is_empty() {
            let stream = Pin::new(&mut self.stream);
            let count = ready!(stream.poll_write(context, nameless.sending.rest()))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            nameless.sending.took(count);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        if let Some(startup) = &mut line.startup {
            let before = buffer.filled().len();
            ready!(Pin::new(&mut line.stream).poll_read(context, buffer))?;
            startup.hear(&buffer.filled()[before..]);
            if let Some(process) = startup.process() {
                line.shared.process.store(process, Ordering::Release);
            }
            if startup.is_over() {
                line.startup = None;
            }
            return Poll::Ready(Ok(()));
        }
        if line.nameless().is_none() {
            return Pin::new(&mut line.stream).poll_read(context, buffer);
        }
        loop {
            let Some(nameless) = &mut line.nameless else {
                return Poll::Ready(Ok(()));
            };
            if !nameless.heard.is_empty() {
                let rest = nameless.heard.rest();
                let count = rest.len().min(buffer.remaining());
                buffer.put_slice(&rest[..count]);
                nameless.heard.took(count);
                return Poll::Ready(Ok(()));
            }
            let mut bytes = [0; CHUNK];
            let mut chunk = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut line.stream).poll_read(context, &mut chunk))?;
            if chunk.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            nameless.hear(chunk.filled());
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        if line.nameless().is_none() {
            return Pin::new(&mut line.stream).poll_write(context, bytes);
        }
        ready!(line.poll_drain(context))?;
        if let Some(nameless) = line.nameless() {
            nameless.say(bytes);
        }
        // What does not fit now goes with what is written next, or when it is flushed.
        if let Poll::Ready(Err(error)) = line.poll_drain(context) {
            return Poll::Ready(Err(error));
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        ready!(line.poll_drain(context))?;
        Pin::new(&mut line.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        ready!(line.poll_drain(context))?;
        while line.is_ended_there {
            let mut bytes = [0; 64];
            let mut chunk = ReadBuf::new(&mut bytes);
            let read = ready!(Pin::new(&mut line.stream).poll_read(context, &mut chunk));
            line.is_ended_there = read.is_ok() && !chunk.filled().is_empty();
        }
        Pin::new(&mut line.stream).poll_shutdown(context)
    }
}

impl TlsStream for Line {
    fn channel_binding(&self) -> ChannelBinding {
        self.stream.channel_binding()
    }
}
