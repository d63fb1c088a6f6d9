//! Where people find an application: `https://shop.example/orders`.

use std::str::FromStr;

use axum::http::Uri;
use axum::http::uri::Authority;

use super::read::base;

/// Where people find an application: `https://shop.example/orders`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Whether it is `https`.
    pub is_secure: bool,
    /// The host, and the port if it is not the usual one.
    pub authority: Authority,
    /// The path in front of every path of the application; empty for none.
    pub base: String,
}

impl FromStr for PublicUrl {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts = text.parse::<Uri>().map_err(|_| ())?.into_parts();
        let scheme = parts.scheme.ok_or(())?;
        let authority = parts.authority.ok_or(())?;
        let path = parts.path_and_query.ok_or(())?;
        let is_plain = matches!(scheme.as_str(), "http" | "https")
            && path.query().is_none()
            && !authority.as_str().contains('@');
        match is_plain {
            true => Ok(Self {
                is_secure: scheme.as_str() == "https",
                authority,
                base: base(path.path()).ok_or(())?,
            }),
            false => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_url() {
        let url: PublicUrl = "https://shop.example:8443/orders/".parse().unwrap();
        assert!(url.is_secure);
        assert_eq!(url.authority.as_str(), "shop.example:8443");
        assert_eq!(url.base, "/orders");
        let url: PublicUrl = "http://shop.example".parse().unwrap();
        assert_eq!((url.is_secure, url.base.as_str()), (false, ""));
        for wrong in [
            "",
            "shop.example",
            "ftp://shop.example",
            "https://",
            "https://me@shop.example",
            "https://shop.example/?a=b",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
