//! From a host to a socket.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};

use crate::host::{Host, Place};
use crate::settings::Keepalives;

/// One address of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Tcp(SocketAddr),
    Socket(PathBuf),
}

/// The addresses of a host.
pub(crate) async fn addresses(host: &Host) -> io::Result<Vec<Address>> {
    match &host.place {
        Place::Address(address) => Ok(vec![Address::Tcp(SocketAddr::new(*address, host.port))]),
        Place::Socket(folder) => {
            let socket = folder.join(format!(".s.PGSQL.{}", host.port));
            Ok(vec![Address::Socket(socket)])
        }
        Place::Name => {
            let found = lookup_host((host.name.as_str(), host.port)).await?;
            Ok(found.map(Address::Tcp).collect())
        }
    }
}

pub(crate) async fn open(address: SocketAddr, keepalives: &Keepalives) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let socket = SockRef::from(&stream);
    if keepalives.is_on {
        let mut how = TcpKeepalive::new();
        if let Some(idle) = keepalives.idle {
            how = how.with_time(idle);
        }
        if let Some(interval) = keepalives.interval {
            how = how.with_interval(interval);
        }
        if let Some(count) = keepalives.count {
            how = how.with_retries(count);
        }
        socket.set_tcp_keepalive(&how)?;
    }
    #[cfg(target_os = "linux")]
    if keepalives.user_timeout.is_some() {
        socket.set_tcp_user_timeout(keepalives.user_timeout)?;
    }
    Ok(stream)
}
