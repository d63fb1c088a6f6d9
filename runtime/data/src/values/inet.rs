//! The address of a computer or of a network.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use super::comparable::ordered;
use super::field_type::field_type;
use super::html::as_it_is;
use super::{Binary, ColumnType, Datum, Fallible, FormValue, ParseError, Ranking, Value};

/// The address of a computer, with that of its network, or of a network alone: `inet`, `cidr`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inet {
    address: IpAddr,
    prefix: u8,
}

impl Inet {
    /// An address in a network of so many leading bits; `None` if the address has fewer.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        (prefix <= width(address)).then_some(Self { address, prefix })
    }

    /// The address.
    pub const fn address(self) -> IpAddr {
        self.address
    }

    /// How many leading bits of the address tell the network.
    pub const fn prefix(self) -> u8 {
        self.prefix
    }
}

/// How many bits an address has.
const fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

impl From<IpAddr> for Inet {
    fn from(address: IpAddr) -> Self {
        let prefix = width(address);
        Self { address, prefix }
    }
}

/// `192.168.0.1/24`, without the network where the address is all of it.
impl fmt::Display for Inet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)?;
        match self.prefix == width(self.address) {
            true => Ok(()),
            false => write!(f, "/{}", self.prefix),
        }
    }
}

impl FromStr for Inet {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, prefix.parse().ok()),
            None => (text.trim(), None),
        };
        let address: Option<IpAddr> = address.parse().ok();
        let inet = match (address, text.contains('/')) {
            (Some(address), true) => prefix.and_then(|prefix| Self::new(address, prefix)),
            (address, _) => address.map(Self::from),
        };
        inet.ok_or(ParseError("an address such as 192.168.0.1 or 10.0.0.0/8"))
    }
}

field_type!(Inet, Inet, Inet);
ordered!(Inet);

impl ColumnType for Inet {
    const WORDS: &'static str = "address";
    const RANKING: Ranking = Ranking::Measured;
    const POSTGRES: &'static [&'static str] = &["inet", "cidr"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Value::Inet)
    }
}

impl Binary for Inet {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        decode(raw)
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        Ok(encode(value, false, out))
    }
}

/// PostgreSQL's `cidr`: the address of a network alone.
pub struct Cidr;

impl Binary for Cidr {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        decode(raw)
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        Ok(encode(value, true, out))
    }
}

/// The family, the bits of the network, whether it is one alone, the size of the address, the address.
fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
    let (head, address) = raw
        .split_at_checked(4)
        .ok_or("an address that ends too early")?;
    let address: IpAddr = match address.len() {
        4 => <[u8; 4]>::try_from(address)?.into(),
        _ => <[u8; 16]>::try_from(address)?.into(),
    };
    let inet = Inet::new(address, head[1]).ok_or("a network that is longer than its address")?;
    Ok(Datum::Inet(inet))
}

fn encode(value: &Datum<'_>, is_network: bool, out: &mut Vec<u8>) -> bool {
    let Datum::Inet(inet) = value else {
        return false;
    };
    let octets = match inet.address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let family = if octets.len() == 4 { 2 } else { 3 };
    out.extend([family, inet.prefix, is_network.into(), octets.len() as u8]);
    out.extend(octets);
    true
}

impl FormValue for Inet {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be an address, such as 192.168.0.1 or 10.0.0.0/8".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::from(std::net::IpAddr::from([0; 4]))
    }
}

as_it_is!(Inet);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for text in [
            "192.168.0.1",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "::1",
            "fe80::1/64",
        ] {
            assert_eq!(text.parse::<Inet>().unwrap().to_string(), text);
        }
        assert_eq!("1.2.3.4/32".parse::<Inet>().unwrap().to_string(), "1.2.3.4");
        for text in [
            "",
            "1.2.3",
            "1.2.3.4/33",
            "1.2.3.4/",
            "::1/129",
            "1.2.3.4/x",
        ] {
            assert!(text.parse::<Inet>().is_err(), "{text}");
        }
    }
}
