//! What libpq's variables say.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

use crate::options::{Options, Origin};

/// libpq's variables, and the options that they stand for.
const VARIABLES: [(&str, &str); 27] = [
    ("PGAPPNAME", "application_name"),
    ("PGCHANNELBINDING", "channel_binding"),
    ("PGCONNECT_TIMEOUT", "connect_timeout"),
    ("PGDATABASE", "dbname"),
    ("PGGSSENCMODE", "gssencmode"),
    ("PGHOST", "host"),
    ("PGHOSTADDR", "hostaddr"),
    ("PGLOADBALANCEHOSTS", "load_balance_hosts"),
    ("PGOPTIONS", "options"),
    ("PGPASSFILE", "passfile"),
    ("PGPASSWORD", "password"),
    ("PGPORT", "port"),
    ("PGREQUIREAUTH", "require_auth"),
    ("PGREQUIREPEER", "requirepeer"),
    ("PGSERVICE", "service"),
    ("PGSERVICEFILE", "servicefile"),
    ("PGSSLCERT", "sslcert"),
    ("PGSSLCRL", "sslcrl"),
    ("PGSSLKEY", "sslkey"),
    ("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version"),
    ("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version"),
    ("PGSSLMODE", "sslmode"),
    ("PGSSLNEGOTIATION", "sslnegotiation"),
    ("PGSSLROOTCERT", "sslrootcert"),
    ("PGSSLSNI", "sslsni"),
    ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ("PGUSER", "user"),
];

/// What surrounds the program: its variables, and the folder of who runs it.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    pub variables: BTreeMap<String, String>,
    pub home: Option<PathBuf>,
}

impl Environment {
    /// What surrounds this program.
    pub fn of_process() -> Self {
        let variables = env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let value = value.to_string_lossy().into_owned();
            (name.starts_with("PG") && !value.is_empty()).then_some((name, value))
        });
        Self {
            variables: variables.collect(),
            home: env::home_dir().filter(|home| !home.as_os_str().is_empty()),
        }
    }

    /// What the variables say, as options.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        for (variable, option) in VARIABLES {
            if let Some(value) = self.variables.get(variable) {
                options.set(option, value, Origin::Variable(variable));
            }
        }
        options
    }

    /// Where a file of libpq's lies in the home folder.
    pub(crate) fn in_home(&self, path: &str) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }
}
