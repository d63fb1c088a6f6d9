//! The bytes of a connection: which phase it is in is seen from them.

use std::io;
use std::mem::MaybeUninit;
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::connection::{Connection, Phase};
use super::open::Seat;
use crate::config::Timeouts;

/// How long a client may send nothing after it was told that all is said.
const LINGER: Duration = Duration::from_secs(2);
/// The time of an answer that its client takes.
pub(super) const UNLIMITED: Duration = Duration::from_secs(365 * 86_400);
/// What is read of what nobody wants to know, at once.
const DISCARDED: usize = 16 * 1024;

/// The bytes of a connection.
#[derive(Debug)]
pub(super) struct Stream {
    socket: Arc<TcpStream>,
    connection: Arc<Connection>,
    timeouts: Timeouts,
    /// Whether the client has taken nothing since a write was tried.
    is_stalled: bool,
    /// Since when all is said.
    closing: Option<Instant>,
}

impl Stream {
    pub(super) fn new(seat: &Seat, timeouts: Timeouts) -> Self {
        Self {
            socket: Arc::clone(&seat.socket),
            connection: Arc::clone(&seat.connection),
            timeouts,
            is_stalled: false,
            closing: None,
        }
    }

    /// Writes until a write would wait, or has written something.
    fn write(&self, cx: &mut Context<'_>, slices: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.socket.poll_write_ready(cx))?;
            match self.socket.try_write_vectored(slices) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    /// Reads until a read would wait, or has read something; what is not read into is left as it is.
    fn read(&self, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.socket.poll_read_ready(cx))?;
            match self.socket.try_read_buf(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => return Poll::Ready(read),
            }
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if ready!(self.read(cx, buffer))? > 0 {
            let waiting = [Phase::Fresh, Phase::Idle];
            let patience = self.timeouts.header;
            self.connection.enter_from(&waiting, Phase::Head, patience);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[io::IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.connection.see().phase == Phase::Ended {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let written = self.write(cx, slices);
        // Only where the client lets it wait is its time counted: the application may have nothing to say for long.
        if self.is_stalled != written.is_pending() {
            self.is_stalled = written.is_pending();
            let patience = match self.is_stalled {
                true => self.timeouts.write,
                false => UNLIMITED,
            };
            self.connection
                .enter_from(&[Phase::Answer], Phase::Answer, patience);
        }
        written
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// All that was to be written is.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.connection.is_answered() {
            let patience = self.timeouts.idle;
            self.connection
                .enter_from(&[Phase::Answer], Phase::Idle, patience);
        }
        Poll::Ready(Ok(()))
    }

    /// Says that all is said, and then waits until the client says so: what it still sends would otherwise make its system
    /// forget the answer.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let since = match self.closing {
            Some(since) => since,
            None => {
                self.connection.enter(Phase::Closing, LINGER);
                // The client may have gone already.
                if SockRef::from(&*self.socket)
                    .shutdown(Shutdown::Write)
                    .is_err()
                {
                    return Poll::Ready(Ok(()));
                }
                let now = Instant::now();
                self.closing = Some(now);
                now
            }
        };
        let mut discarded = [MaybeUninit::uninit(); DISCARDED];
        loop {
            let is_over = since.elapsed() > self.timeouts.body;
            match ready!(self.read(cx, &mut ReadBuf::uninit(&mut discarded))) {
                Ok(read) if read > 0 && !is_over => {
                    self.connection.enter(Phase::Closing, LINGER);
                }
                _ => return Poll::Ready(Ok(())),
            }
        }
    }
}
