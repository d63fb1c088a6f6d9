//! Whether a certificate is for a server, by libpq's rules.

use std::net::IpAddr;

use super::certificate::Certificate;

/// Whether the certificate is for what is called by this name, which may be an address.
pub(super) fn fit(certificate: &Certificate<'_>, called: &str) -> bool {
    let address: Option<IpAddr> = called.parse().ok();
    if let Some(address) = address
        && certificate.addresses.contains(&address)
    {
        return true;
    }
    if certificate.dns_names.iter().any(|name| fits(name, called)) {
        return true;
    }
    // The old place for a name counts where there is no new one that could be meant.
    let has_others = match address {
        Some(_) => !certificate.dns_names.is_empty() || !certificate.addresses.is_empty(),
        None => !certificate.dns_names.is_empty(),
    };
    !has_others
        && certificate
            .common_name
            .is_some_and(|name| fits(name, called))
}

/// `*.example` fits `db.example` and neither `example` nor `a.db.example`; an address fits itself alone.
fn fits(name: &str, called: &str) -> bool {
    if name.eq_ignore_ascii_case(called) {
        return true;
    }
    let Some(domain) = name.strip_prefix('*').filter(|rest| rest.starts_with('.')) else {
        return false;
    };
    let is_address = called.parse::<IpAddr>().is_ok();
    let Some(dot) = called.find('.') else {
        return false;
    };
    !is_address && dot > 0 && domain.len() > 1 && domain.eq_ignore_ascii_case(&called[dot..])
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn names_and_stars() {
        for (name, called, expect) in [
            ("db.example", "DB.example", true),
            ("*.example", "db.example", true),
            ("*.example", "a.db.example", false),
            ("*.example", "example", false),
            ("*.example", ".example", false),
            ("*", "example", false),
            ("*.", "example.", false),
            ("*.0.0.1", "127.0.0.1", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("d*.example", "db.example", false),
        ] {
            assert_eq!(fits(name, called), expect, "{name} {called}");
        }
    }
}
