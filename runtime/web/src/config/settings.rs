//! The settings of an application: where each is said, and what it sets.

use std::net::SocketAddr;

use axum::http::uri::Authority;

use super::file::File;
use super::read::{Read, address, base, bytes, each, number, one, time};
use super::{Config, variable};

/// A setting: `key` in a section of `umbel.toml`, or `UMBEL_SECTION_KEY` in the environment.
struct Setting {
    section: &'static str,
    key: &'static str,
    set: fn(&mut Config, &[String]) -> Read<()>,
}

const fn server(key: &'static str, set: fn(&mut Config, &[String]) -> Read<()>) -> Setting {
    let section = "server";
    Setting { section, key, set }
}

const fn accounts(key: &'static str, set: fn(&mut Config, &[String]) -> Read<()>) -> Setting {
    let section = "accounts";
    Setting { section, key, set }
}

const fn database(key: &'static str, set: fn(&mut Config, &[String]) -> Read<()>) -> Setting {
    let section = "database";
    Setting { section, key, set }
}

const fn lists(key: &'static str, set: fn(&mut Config, &[String]) -> Read<()>) -> Setting {
    let section = "lists";
    Setting { section, key, set }
}

const fn limit(key: &'static str, set: fn(&mut Config, &[String]) -> Read<()>) -> Setting {
    let section = "limits";
    Setting { section, key, set }
}

/// Reads one value into its place.
fn put<T>(place: &mut T, value: Read<T>) -> Read<()> {
    *place = value?;
    Ok(())
}

const SECTIONS: &[&str] = &["server", "accounts", "database", "lists", "limits"];

const SETTINGS: &[Setting] = &[
    server("addresses", |config, texts| {
        put(&mut config.addrs, addresses(texts))
    }),
    server("hosts", |config, texts| {
        config.hosts.extend(hosts(texts)?);
        Ok(())
    }),
    server("url", |config, texts| {
        let text = one(texts)?;
        let url = text.parse().map_err(|()| {
            format!("`{text}` is no address of an application, such as \"https://shop.example\"")
        })?;
        put(&mut config.url, Ok(Some(url)))
    }),
    server("base", |config, texts| {
        let text = one(texts)?;
        let path = base(text).ok_or_else(|| format!("`{text}` is no path, such as \"/shop\""));
        put(&mut config.base, path)
    }),
    server("proxies", |config, texts| {
        put(
            &mut config.proxies,
            each(texts, "address or network, such as \"10.0.0.0/8\""),
        )
    }),
    server("origins", |config, texts| {
        put(&mut config.origins, origins(texts))
    }),
    server("connections", |config, texts| {
        put(&mut config.connections, number(texts))
    }),
    server("header_timeout", |config, texts| {
        put(&mut config.timeouts.header, time(texts))
    }),
    server("body_timeout", |config, texts| {
        put(&mut config.timeouts.body, time(texts))
    }),
    server("request_timeout", |config, texts| {
        put(&mut config.timeouts.request, time(texts))
    }),
    server("write_timeout", |config, texts| {
        put(&mut config.timeouts.write, time(texts))
    }),
    server("idle_timeout", |config, texts| {
        put(&mut config.timeouts.idle, time(texts))
    }),
    server("stop_timeout", |config, texts| {
        put(&mut config.timeouts.stop, time(texts))
    }),
    accounts("public", |config, texts| {
        put(&mut config.public, Ok(texts.to_vec()))
    }),
    accounts("signed_in", |config, texts| {
        put(&mut config.signed_in, Ok(texts.to_vec()))
    }),
    database("connections", |config, texts| {
        put(&mut config.database.max_connections, number(texts))
    }),
    database("wait_timeout", |config, texts| {
        put(&mut config.database.wait, time(texts))
    }),
    database("connect_timeout", |config, texts| {
        put(&mut config.database.connect_timeout, time(texts))
    }),
    database("statement_timeout", |config, texts| {
        put(&mut config.database.statement_timeout, time(texts))
    }),
    database("lock_timeout", |config, texts| {
        put(&mut config.database.lock_timeout, time(texts))
    }),
    database("transaction_timeout", |config, texts| {
        put(
            &mut config.database.idle_in_transaction_timeout,
            time(texts),
        )
    }),
    database("idle_timeout", |config, texts| {
        put(&mut config.database.idle_timeout, time(texts))
    }),
    database("lifetime", |config, texts| {
        put(&mut config.database.lifetime, time(texts))
    }),
    lists("timeout", |config, texts| {
        put(&mut config.database.lists.timeout, time(texts))
    }),
    lists("large", |config, texts| {
        put(&mut config.database.lists.large, number(texts))
    }),
    lists("recent", |config, texts| {
        put(&mut config.database.lists.recent, number(texts))
    }),
    limit("url", |config, texts| {
        put(&mut config.limits.url, bytes(texts))
    }),
    limit("headers", |config, texts| {
        put(&mut config.limits.headers, bytes(texts))
    }),
    limit("filters", |config, texts| {
        put(&mut config.limits.filters, number(texts))
    }),
    limit("list", |config, texts| {
        put(&mut config.limits.list, bytes(texts))
    }),
    limit("body", |config, texts| {
        put(&mut config.limits.body, bytes(texts))
    }),
    limit("fields", |config, texts| {
        put(&mut config.limits.fields, number(texts))
    }),
    limit("field", |config, texts| {
        put(&mut config.limits.field, bytes(texts))
    }),
    limit("texts", |config, texts| {
        put(&mut config.limits.texts, bytes(texts))
    }),
    limit("carried", |config, texts| {
        put(&mut config.limits.carried, bytes(texts))
    }),
    limit("bodies", |config, texts| {
        put(&mut config.limits.bodies, bytes(texts))
    }),
    limit("page", |config, texts| {
        put(&mut config.limits.page, bytes(texts))
    }),
];

/// What `umbel.toml` and the environment say; the environment has the last word.
///
/// # Errors
/// All that is wrong in them, not only the first, each in a line.
pub fn read() -> Result<Config, Vec<String>> {
    let file = File::find().map_err(|error| vec![error])?;
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    config(&file, &names.collect::<Vec<_>>(), variable)
}

fn config(
    file: &File,
    names: &[String],
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Config, Vec<String>> {
    let mut config = Config::default();
    let mut errors = Vec::new();
    for section in SECTIONS {
        match file.section(section) {
            Ok(entries) => {
                for (key, texts) in entries {
                    let place = format!("{}: `{key}` in [{section}]", file.name);
                    let set = from_file(&mut config, section, &key, texts);
                    errors.extend(set.err().map(|error| format!("{place}: {error}")));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    for setting in SETTINGS {
        let name = setting.variable();
        if let Some(text) = variable(&name) {
            let texts: Vec<_> = text.split(',').map(|text| text.trim().to_owned()).collect();
            let set = (setting.set)(&mut config, &texts);
            errors.extend(set.err().map(|error| format!("{name}: {error}")));
        }
    }
    for name in names {
        let of_section = |section: &&str| name.starts_with(&prefix(section));
        let is_known = SETTINGS.iter().any(|setting| setting.variable() == *name);
        if let Some(section) = SECTIONS
            .iter()
            .find(|section| of_section(section) && !is_known)
        {
            errors.push(format!("{name}: no such setting; {}", known(section)));
        }
    }
    errors.extend(settle(&mut config).err());
    match errors.is_empty() {
        true => Ok(config),
        false => Err(errors),
    }
}

impl Setting {
    fn variable(&self) -> String {
        prefix(self.section) + &self.key.to_ascii_uppercase()
    }
}

fn prefix(section: &str) -> String {
    format!("UMBEL_{}_", section.to_ascii_uppercase())
}

fn known(section: &str) -> String {
    let settings = SETTINGS.iter().filter(|setting| setting.section == section);
    let keys: Vec<_> = settings.map(|setting| setting.key).collect();
    format!("[{section}] has {}", keys.join(", "))
}

fn from_file(
    config: &mut Config,
    section: &str,
    key: &str,
    texts: Option<Vec<String>>,
) -> Read<()> {
    let mut settings = SETTINGS.iter();
    let setting = settings
        .find(|setting| setting.section == section && setting.key == key)
        .ok_or_else(|| format!("no such setting; {}", known(section)))?;
    let texts = texts.ok_or("must be a text, a number, or a list of texts")?;
    (setting.set)(config, &texts)
}

/// What follows from several settings together.
fn settle(config: &mut Config) -> Read<()> {
    let Some(url) = &config.url else {
        return Ok(());
    };
    config.hosts.push(url.authority.host().to_owned());
    match (config.base.as_str(), url.base.as_str()) {
        ("", base) => config.base = base.to_owned(),
        (_, "") => {}
        (said, base) if said == base => {}
        (said, base) => {
            return Err(format!(
                "`base` says {said}, and `url` says {base}: leave one of them out"
            ));
        }
    }
    Ok(())
}

fn addresses(texts: &[String]) -> Read<Vec<SocketAddr>> {
    let read = |text: &String| address(text).map_err(|(what, hint)| format!("{what}; {hint}"));
    match texts {
        [] => Err("names no address".to_owned()),
        texts => texts.iter().map(read).collect(),
    }
}

/// What browsers say of the page that a form is on: `https://forms.example`, `http://localhost:3000`.
fn origins(texts: &[String]) -> Read<Vec<String>> {
    let read = |text: &String| {
        let authority = text.split_once("://").map(|(scheme, authority)| {
            matches!(scheme, "http" | "https") && authority.parse::<Authority>().is_ok()
        });
        match authority {
            Some(true) => Ok(text.to_ascii_lowercase()),
            _ => Err(format!(
                "`{text}` is not where a page may come from, such as \"https://forms.example\""
            )),
        }
    };
    texts.iter().map(read).collect()
}

/// Names without ports, as requests have them: `shop.example`, `[::1]`.
fn hosts(texts: &[String]) -> Read<Vec<String>> {
    let read = |text: &String| {
        let host = text.parse::<Authority>().ok();
        host.filter(|host| host.host() == text)
            .map(|host| host.host().to_owned())
            .ok_or_else(|| format!("`{text}` is no name of a host, such as \"shop.example\""))
    };
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::*;

    fn said(toml: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let file = File::parse(Path::new("umbel.toml"), toml).map_err(|error| vec![error])?;
        let names: Vec<_> = variables
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name);
        config(&file, &names, |name| {
            find(name).map(|(_, text)| (*text).to_owned())
        })
    }

    #[test]
    fn the_file_and_then_the_environment() {
        let toml = "[app]\nname = \"shop\"\n[server]\naddresses = [\"127.0.0.1:1\", \"[::1]:2\"]\n\
            hosts = [\"shop.example\"]\nidle_timeout = 5\nheader_timeout = \"250ms\"\n\
            [limits]\nbody = \"1 MiB\"\nfilters = 10\n[database]\nconnections = 4\nlifetime = \"5min\"\n";
        let config = said(toml, &[("UMBEL_LIMITS_FILTERS", "20")]).unwrap();
        assert_eq!(config.addrs.len(), 2);
        assert!(config.hosts.contains(&"shop.example".to_owned()));
        assert!(config.hosts.contains(&"localhost".to_owned()));
        assert_eq!(config.timeouts.idle, Duration::from_secs(5));
        assert_eq!(config.timeouts.header, Duration::from_millis(250));
        assert_eq!((config.limits.body, config.limits.filters), (1 << 20, 20));
        assert_eq!(config.database.max_connections, 4);
        assert_eq!(config.database.lifetime, Duration::from_secs(300));
    }

    #[test]
    fn the_public_url_says_host_and_base() {
        let config = said("[server]\nurl = \"https://shop.example/orders\"\n", &[]).unwrap();
        assert_eq!(config.base, "/orders");
        assert!(config.hosts.contains(&"shop.example".to_owned()));
    }

    #[test]
    fn all_that_is_wrong_is_said() {
        let toml = "[server]\nidle_timeout = \"soon\"\nidle = 5\nbase = true\nconnections = 0\n\
            url = \"shop\"\nproxies = [\"proxy\"]\nhosts = [\"a:80\"]\naddresses = [\"here:80\"]\n[limits]\nbody = \"1 MB\"\n";
        let environment = [("UMBEL_LIMITS_FIELD", "x"), ("UMBEL_SERVER_PORT", "80")];
        let errors = said(toml, &environment).unwrap_err().join("\n");
        for expect in [
            "umbel.toml: `idle_timeout` in [server]: `soon` is no time",
            "umbel.toml: `idle` in [server]: no such setting; [server] has addresses, ",
            "umbel.toml: `base` in [server]: must be a text",
            "umbel.toml: `connections` in [server]: `0` is no number from 1 on",
            "umbel.toml: `url` in [server]: `shop` is no address",
            "umbel.toml: `proxies` in [server]: `proxy` is no address or network",
            "umbel.toml: `hosts` in [server]: `a:80` is no name",
            "umbel.toml: `addresses` in [server]: `here:80` is not an address to listen on",
            "umbel.toml: `body` in [limits]: `1 MB` is no number of bytes",
            "UMBEL_LIMITS_FIELD: `x` is no number of bytes",
            "UMBEL_SERVER_PORT: no such setting; [server] has addresses, ",
        ] {
            assert!(errors.contains(expect), "{expect}\n{errors}");
        }
        let two = "[server]\nurl = \"https://a/b\"\nbase = \"/c\"\n";
        assert!(said(two, &[]).unwrap_err()[0].contains("leave one of them out"));
        assert!(said("server = 1", &[]).unwrap_err()[0].contains("must be a section"));
        assert!(said("[server\n", &[]).unwrap_err()[0].contains("umbel.toml cannot be read"));
    }

    #[test]
    fn every_setting_is_documented() {
        let docs = include_str!("../../../../docs/operations.md");
        for setting in SETTINGS {
            let row = format!("| `{}` | `{}` |", setting.key, setting.variable());
            assert!(docs.contains(&row), "{row}");
        }
    }
}
