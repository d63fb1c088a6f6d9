//! How often a log-in may fail: by the address that it comes from, and by the account that it is to.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use ring::hmac;
use umbel_data::error::Result;
use umbel_data::values::Timestamp;
use umbel_web::http::Problem;

use super::{Accounts, Limit};
use crate::store::{Attempts, Taken};

/// A log-in that counts as failed until it has succeeded.
pub(super) struct Counted {
    address: Option<String>,
    account: String,
}

impl Accounts {
    /// Counts a log-in to an account, unless it is one too many. Whether there is such an account makes no difference.
    pub(super) async fn count(
        &self,
        address: Option<IpAddr>,
        account: &str,
        now: Timestamp,
    ) -> Result<Counted, Problem> {
        let counted = Counted {
            address: address.map(|address| format!("log-in from {}", network(address))),
            account: format!("log-in to {}", self.tag(account)),
        };
        if let Some(address) = &counted.address {
            let limit = self.settings.failures_of_address;
            self.take(address, limit, now).await?;
        }
        let limit = self.settings.failures_of_account;
        self.take(&counted.account, limit, now).await?;
        Ok(counted)
    }

    async fn take(&self, bucket: &str, limit: Limit, now: Timestamp) -> Result<(), Problem> {
        let Limit { count, within } = limit;
        match Attempts::take(&self.db, bucket, count, within, now).await? {
            Taken::Allowed { .. } => Ok(()),
            Taken::Refused { retry_after } => Err(too_many(retry_after)),
        }
    }

    /// A log-in has succeeded: the account begins anew, and the address has one failure less.
    pub(super) async fn succeeded(&self, counted: Counted) -> Result<()> {
        Attempts::forget(&self.db, &counted.account).await?;
        if let Some(address) = &counted.address {
            Attempts::give_back(&self.db, address).await?;
        }
        Ok(())
    }

    /// What tells an account from others, and does not say which one it is: somebody may have typed a password there.
    fn tag(&self, account: &str) -> String {
        let tag = hmac::sign(&self.keys.signing("log-in attempts"), account.as_bytes());
        BASE64URL_NOPAD.encode(&tag.as_ref()[..16])
    }
}

/// An address of IPv4; of IPv6 the network, of which one person has all addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn too_many(retry_after: Duration) -> Problem {
    let seconds = retry_after.as_secs().saturating_add(1);
    Problem {
        retry_after: Some(u16::try_from(seconds).unwrap_or(u16::MAX)),
        ..Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many attempts",
            "Too many attempts to sign in have failed. For a while, no more are taken.",
            "Wait a few minutes, and then try again.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        let check = |address: &str, expect: &str| {
            let found = network(address.parse().unwrap()).to_string();
            assert_eq!(found, expect, "{address}");
        };
        check("192.0.2.7", "192.0.2.7");
        check("::ffff:192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
        check("::1", "::");
    }
}
