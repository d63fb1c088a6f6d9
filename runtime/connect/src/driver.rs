//! The half of a connection that moves its bytes.

use std::convert::Infallible;
use std::future::{Ready, ready};

use tokio::io::{Empty, empty};
use tokio_postgres::config::{SslMode, SslNegotiation};
use tokio_postgres::tls::TlsConnect;
use tokio_postgres::{CancelToken, Client, Config, Connection};

use crate::line::Line;

/// The half of a connection that moves its bytes: nothing arrives unless it is polled.
pub type Driver = Connection<Empty, Line>;

/// A connection that stands. To the driver its TLS begins at once, so that it asks for none; what it is given is ready.
struct Standing(Line);

impl TlsConnect<Empty> for Standing {
    type Stream = Line;
    type Error = Infallible;
    type Future = Ready<Result<Line, Infallible>>;

    fn connect(self, _: Empty) -> Self::Future {
        ready(Ok(self.0))
    }
}

/// Signs in on a connection that stands.
pub(crate) async fn sign_in(
    mut config: Config,
    line: Line,
) -> Result<(Client, Driver), tokio_postgres::Error> {
    config
        .ssl_mode(SslMode::Require)
        .ssl_negotiation(SslNegotiation::Direct);
    config.connect_raw(empty(), Standing(line)).await
}

/// Asks on a connection that stands to cancel what runs on another one.
pub(crate) async fn cancel(token: &CancelToken, line: Line) -> Result<(), tokio_postgres::Error> {
    token.cancel_query_raw(empty(), Standing(line)).await
}
