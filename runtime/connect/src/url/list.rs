//! `name=value` lists, as libpq reads them: values with blanks stand in quotes, and `\` takes a sign for itself.

use std::iter::Peekable;
use std::str::Chars;

use super::{FORM, foreign_option, invalid};
use crate::Error;
use crate::options::{KNOWN, Options, Origin};

pub(super) fn parse(list: &str) -> Result<Options, Error> {
    let mut options = Options::default();
    let mut rest = list.chars().peekable();
    loop {
        skip_blanks(&mut rest);
        if rest.peek().is_none() {
            break;
        }
        let mut name = String::new();
        while let Some(sign) = rest.next_if(|sign| !sign.is_whitespace() && *sign != '=') {
            name.push(sign);
        }
        skip_blanks(&mut rest);
        if rest.next() != Some('=') {
            return Err(unread("it is neither a URL nor a list of `name=value`"));
        }
        skip_blanks(&mut rest);
        let value = value(&mut rest)?;
        if !KNOWN.contains(&name.as_str()) {
            // What the name is may be a piece of a password.
            return Err(foreign_option(&name).unwrap_or_else(|| unread("it has an unknown option")));
        }
        options.set(&name, &value, Origin::Url);
    }
    if options.is_empty() {
        return Err(unread("it is empty"));
    }
    Ok(options)
}

fn skip_blanks(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(|sign| sign.is_whitespace()).is_some() {}
}

fn value(rest: &mut Peekable<Chars<'_>>) -> Result<String, Error> {
    let is_quoted = rest.next_if_eq(&'\'').is_some();
    let mut value = String::new();
    loop {
        match rest.next_if(|sign| is_quoted || !sign.is_whitespace()) {
            Some('\'') if is_quoted => return Ok(value),
            Some('\\') => value.extend(rest.next()),
            Some('\0') => return Err(unread("a value is no text")),
            Some(sign) => value.push(sign),
            None if is_quoted => return Err(unread("the quotes of a value are not closed")),
            None => return Ok(value),
        }
    }
}

fn unread(reason: &str) -> Error {
    let hint = format!("write it as `{FORM}`, or quote each value as in `password='a b'`");
    invalid(reason, &hint)
}
