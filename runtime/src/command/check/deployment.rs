//! What would be wrong where others than this machine reach the application.
//!
//! They are those of Django's deployment checks that depend on how an application is set up: the headers that keep other
//! sites from using a page, and that forms come from pages of ours, cannot be turned off.

use umbel_web::config::{Config, EnvFile};

use super::{Fault, fault};

/// Of how it was built, and of the files that it reads.
pub(super) fn of_machine() -> Vec<Fault> {
    let mut faults = Vec::new();
    if cfg!(debug_assertions) {
        faults.push(fault(
            "this is a debug build: it is slow",
            "`cargo build --release`, and run that",
        ));
    }
    if let Some(file) = EnvFile::find().filter(EnvFile::is_open_to_others) {
        let path = file.path.display();
        faults.push(fault(
            format!("{path} can be read or changed by others than its owner"),
            format!("`chmod 600 {path}`"),
        ));
    }
    faults
}

/// Of what the settings say.
pub(super) fn of_settings(config: &Config) -> Vec<Fault> {
    let mut faults = Vec::new();
    match &config.url {
        None => faults.push(fault(
            "the settings do not say where people find the application: it cannot know that it is asked over https",
            "say it in [server] of umbel.toml: url = \"https://shop.example\"",
        )),
        Some(url) if !url.is_secure => faults.push(fault(
            "`url` is http: passwords and cookies are sent as they are, for anyone on the way to read",
            "put a proxy that speaks TLS before it, and say url = \"https://…\" in [server] of umbel.toml",
        )),
        Some(_) => {}
    }
    if config.proxies.is_empty() {
        let reachable: Vec<String> = config
            .reachable_addrs()
            .map(|addr| addr.to_string())
            .collect();
        let what = match reachable.is_empty() {
            true => "no proxy is named: who asks, and that it is over https, is believed of none"
                .to_owned(),
            false => format!(
                "it listens on {} without TLS, and names no proxy that speaks it",
                reachable.join(" and ")
            ),
        };
        faults.push(fault(
            what,
            "name the proxy that speaks TLS in [server] of umbel.toml: proxies = [\"127.0.0.1\"]",
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_for_others() {
        let check = |config: &Config, expect: &[&str]| {
            let faults = of_settings(config);
            assert_eq!(faults.len(), expect.len(), "{faults:?}");
            for (fault, words) in faults.iter().zip(expect) {
                assert!(format!("{fault:?}").contains(words), "{fault:?}");
            }
        };
        let mut config = Config::default();
        check(&config, &["where people find", "no proxy is named"]);
        config.addrs = vec!["0.0.0.0:80".parse().unwrap()];
        check(&config, &["where people find", "on 0.0.0.0:80 without TLS"]);
        config.proxies = vec!["10.0.0.0/8".parse().unwrap()];
        config.url = Some("http://shop.example".parse().unwrap());
        check(&config, &["`url` is http:"]);
        config.url = Some("https://shop.example".parse().unwrap());
        check(&config, &[]);
    }
}
