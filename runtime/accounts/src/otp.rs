//! One-time codes of an authenticator app: TOTP of RFC 6238, six digits for half a minute.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE32, BASE32_NOPAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use subtle::{ConditionallySelectable, ConstantTimeEq};

use crate::random;

const PERIOD: u64 = 30;
const DIGITS: usize = 6;
/// How many steps a clock may be ahead or behind.
const WINDOW: u64 = 1;
/// As RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// What an authenticator app and the application both know.
#[derive(Clone)]
pub struct TotpSecret(Vec<u8>);

impl TotpSecret {
    /// Makes one.
    pub fn generate() -> Self {
        Self(random::bytes::<SECRET_BYTES>().to_vec())
    }

    /// Reads base32, in small or great letters, with or without spaces and `=`; `None` if it is none, or of fewer than 10
    /// or more than 64 bytes.
    pub fn from_base32(text: &str) -> Option<Self> {
        if text.len() > 256 {
            return None;
        }
        let signs = text.chars().filter(|sign| !sign.is_whitespace());
        let text: String = signs.map(|sign| sign.to_ascii_uppercase()).collect();
        let bytes = match text.contains('=') {
            true => BASE32.decode(text.as_bytes()),
            false => BASE32_NOPAD.decode(text.as_bytes()),
        };
        let bytes = bytes.ok()?;
        (10..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// As people type it and databases keep it.
    pub fn to_base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// What the QR code of an authenticator app says.
    pub fn url(&self, issuer: &str, account: &str) -> String {
        // A colon parts the two.
        let encoded = |text: &str| {
            let text = text.replace(':', " ");
            utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
        };
        let (issuer, account) = (encoded(issuer), encoded(account));
        let secret = self.to_base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={PERIOD}"
        )
    }

    /// Whether a code is that of now, of the step before or of the one behind: the step is returned, and to be kept with
    /// the account. A step that is not behind the last one that was used is refused: a code is good for once.
    pub fn verify(&self, code: &str, now: SystemTime, last_used: Option<u64>) -> Option<u64> {
        let code = digits(code)?;
        let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs() / PERIOD;
        let mut found = 0;
        for step in now.saturating_sub(WINDOW)..=now.saturating_add(WINDOW) {
            let is_equal = self.code(step).ct_eq(&code);
            // The newest one: older ones go with it.
            found.conditional_assign(&(step + 1), is_equal);
        }
        let step: u64 = found.checked_sub(1)?;
        last_used.is_none_or(|last| step > last).then_some(step)
    }

    /// The digits of a step.
    fn code(&self, step: u64) -> [u8; DIGITS] {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        // The last four bits say where to look.
        let offset = usize::from(tag[tag.len() - 1] & 0xf);
        let [first, second, third, fourth] = [0, 1, 2, 3].map(|index| tag[offset + index]);
        let mut rest = u32::from_be_bytes([first & 0x7f, second, third, fourth]);
        let mut digits = [b'0'; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// `123 456` → `123456`.
fn digits(code: &str) -> Option<[u8; DIGITS]> {
    if code.len() > 64 {
        return None;
    }
    let signs = code.bytes().filter(|sign| !sign.is_ascii_whitespace());
    let digits: Vec<u8> = signs.collect();
    let is_code = digits.iter().all(u8::is_ascii_digit);
    is_code.then(|| digits.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn code(secret: &TotpSecret, seconds: u64) -> String {
        let digits = secret.code(seconds / PERIOD);
        String::from_utf8(digits.to_vec()).unwrap()
    }

    /// Appendix B, whose eight digits end in our six.
    #[test]
    fn rfc_6238() {
        let secret = TotpSecret(b"12345678901234567890".to_vec());
        for (seconds, expect) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(code(&secret, seconds), expect[2..], "{seconds}");
            let step = secret.verify(&expect[2..], at(seconds), None);
            assert_eq!(step, Some(seconds / 30));
        }
    }

    /// Made by pyotp 2.12.
    #[test]
    fn as_pyotp_does() {
        let secret = TotpSecret::from_base32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").unwrap();
        for (seconds, expect) in [
            (0, "702218"),
            (29, "702218"),
            (30, "503347"),
            (59, "503347"),
            (1_111_111_109, "088309"),
            (1_700_000_000, "406058"),
        ] {
            assert_eq!(code(&secret, seconds), expect, "{seconds}");
        }
    }

    #[test]
    fn a_step_before_and_behind() {
        let secret = TotpSecret::generate();
        let now = 1_700_000_010;
        let code = code(&secret, now);
        let verify = |seconds, last_used| secret.verify(&code, at(seconds), last_used);
        let step = now / 30;
        for (seconds, expect) in [
            (now - 60, None),
            (now - 30, Some(step)),
            (now, Some(step)),
            (now + 30, Some(step)),
            (now + 60, None),
        ] {
            assert_eq!(verify(seconds, None), expect, "{seconds}");
        }
        assert_eq!(verify(now, Some(step - 1)), Some(step));
        assert_eq!(verify(now, Some(step)), None);
        assert_eq!(verify(now + 30, Some(step)), None);
        assert_eq!(verify(now, Some(step + 1)), None);
    }

    #[test]
    fn the_ends_of_time() {
        let secret = TotpSecret::generate();
        let first = code(&secret, 0);
        assert_eq!(secret.verify(&first, at(0), None), Some(0));
        assert_eq!(secret.verify(&first, at(0), Some(0)), None);
        assert_eq!(secret.verify(&first, at(30), None), Some(0));
        let before = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(secret.verify(&first, before, None), None);
    }

    #[test]
    fn codes_as_people_type_them() {
        let secret = TotpSecret(b"12345678901234567890".to_vec());
        let verify = |code: &str| secret.verify(code, at(59), None).is_some();
        assert!(verify("287082"));
        assert!(verify(" 287 082\n"));
        let long = "287082".repeat(200_000);
        for other in [
            "",
            "28708",
            "2870820",
            "-87082",
            "+87082",
            "２８７０８２",
            "28708\0",
            "287083",
            &long,
        ] {
            assert!(!verify(other), "{other:.20}");
        }
    }

    #[test]
    fn secrets_as_people_type_them() {
        let expect = TotpSecret::generate();
        let text = expect.to_base32();
        assert_eq!(text.len(), 32);
        let spaced = format!(" {} {}\n", &text[..8].to_lowercase(), &text[8..]);
        for text in [&text, &spaced] {
            assert_eq!(TotpSecret::from_base32(text).unwrap().0, expect.0);
        }
        assert!(TotpSecret::from_base32("GEZDGNBVGY3TQOJQGE======").is_some());
        let long = "A".repeat(1_000_000);
        for other in [
            "",
            "GEZDGNBV",
            "GEZDGNBVGY3TQOJ1",
            "GEZDGNBVGY3TQOJQ!",
            "ÄÖÜ",
            "=",
            &long,
        ] {
            assert!(TotpSecret::from_base32(other).is_none(), "{other:.20}");
        }
        assert_eq!(format!("{expect:?}"), "_");
    }

    #[test]
    fn urls() {
        let secret = TotpSecret::from_base32("JBSWY3DPEHPK3PXP").unwrap();
        assert_eq!(
            secret.url("Café & Co: Ltd", "mary@example.com"),
            "otpauth://totp/Caf%C3%A9%20%26%20Co%20%20Ltd:mary%40example%2Ecom?secret=JBSWY3DPEHPK3PXP\
             &issuer=Caf%C3%A9%20%26%20Co%20%20Ltd&algorithm=SHA1&digits=6&period=30"
        );
    }
}
