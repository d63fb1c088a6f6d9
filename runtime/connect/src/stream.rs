//! What a connection runs over.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio_postgres::tls::{ChannelBinding, TlsStream};

use crate::tls::Encrypted;

/// What a connection runs over.
#[derive(Debug)]
pub(crate) enum Stream {
    Plain(Watched),
    #[cfg(unix)]
    Local(UnixStream),
    Encrypted(Box<Encrypted>),
}

/// A connection that everybody on the way can read, so that a server is not sent a password that it asks for as it is.
#[derive(Debug)]
pub(crate) struct Watched {
    stream: TcpStream,
    /// The first bytes that the server sent.
    first: [u8; ASKED],
    seen: usize,
}

/// A kind of message, its length, and which authentication it asks for.
const ASKED: usize = 9;
const FOR_CLEAR_TEXT: [u8; ASKED] = [b'R', 0, 0, 0, 8, 0, 0, 0, 3];

/// The server asks for a password as clear text.
#[derive(Debug)]
pub(crate) struct AsksForClearText;

impl Watched {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            first: [0; ASKED],
            seen: 0,
        }
    }

    /// Notes what came, and stops where it asks for too much.
    fn note(&mut self, bytes: &[u8]) -> io::Result<()> {
        let count = bytes.len().min(ASKED - self.seen);
        self.first[self.seen..self.seen + count].copy_from_slice(&bytes[..count]);
        self.seen += count;
        match self.first == FOR_CLEAR_TEXT {
            true => Err(io::Error::other(AsksForClearText)),
            false => Ok(()),
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        if self.seen < ASKED
            && let Err(error) = self.note(&buffer.filled()[before..])
        {
            buffer.set_filled(before);
            return Poll::Ready(Err(error));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            #[cfg(unix)]
            Self::Local(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Encrypted(stream) => Pin::new(&mut stream.stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(&mut stream.stream).poll_write(context, bytes),
            #[cfg(unix)]
            Self::Local(stream) => Pin::new(stream).poll_write(context, bytes),
            Self::Encrypted(stream) => Pin::new(&mut stream.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(&mut stream.stream).poll_flush(context),
            #[cfg(unix)]
            Self::Local(stream) => Pin::new(stream).poll_flush(context),
            Self::Encrypted(stream) => Pin::new(&mut stream.stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(&mut stream.stream).poll_shutdown(context),
            #[cfg(unix)]
            Self::Local(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Encrypted(stream) => Pin::new(&mut stream.stream).poll_shutdown(context),
        }
    }
}

impl TlsStream for Stream {
    fn channel_binding(&self) -> ChannelBinding {
        match self {
            Self::Encrypted(stream) => stream.channel_binding(),
            _ => ChannelBinding::none(),
        }
    }
}

impl fmt::Display for AsksForClearText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the server asks for the password as clear text")
    }
}

impl Error for AsksForClearText {}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn clear_text_is_noticed_in_pieces() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await;
        let mut watched = Watched::new(stream.unwrap());
        assert!(watched.note(&FOR_CLEAR_TEXT[..4]).is_ok());
        assert!(watched.note(&FOR_CLEAR_TEXT[4..8]).is_ok());
        assert!(watched.note(&[3, b'x']).is_err());
    }
}
