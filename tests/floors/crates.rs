//! The floors of every crate, from the ground up.
//!
//! The rooms of one floor do not know each other.

/// A crate whose floors are kept.
pub(crate) struct Crate {
    /// The package's name.
    pub(crate) name: &'static str,
    /// The folder of its `lib.rs` or `main.rs`.
    pub(crate) path: &'static str,
    /// The ground first.
    pub(crate) floors: &'static [&'static [&'static str]],
}

pub(crate) const CRATES: &[Crate] = &[
    // From what is asked for, over what it means, to the wire.
    Crate {
        name: "umbel-connect",
        path: "runtime/connect/src",
        floors: &[
            &["error", "secret"],
            &["options", "parameters", "passfile"],
            &["environment", "url"],
            &["host", "service"],
            &["tls"],
            &["settings", "stream"],
            &["line", "socket"],
            &["driver"],
            &["connect"],
        ],
    },
    // What a value is, what is known of tables, what speaks to a database, what is asked and changed, what has types.
    Crate {
        name: "umbel-data",
        path: "runtime/data/src",
        floors: &[
            &["actor", "error", "text"],
            &["values"],
            &["catalog"],
            &["database"],
            &["query"],
            &["storage"],
            &["change"],
            &["model"],
            &["hooks", "list", "policy"],
            &["related"],
            &["any"],
            &["json"],
        ],
    },
    // What nobody can guess, what proves who somebody is, what is stored of both, who asks, what people see of it.
    Crate {
        name: "umbel-accounts",
        path: "runtime/accounts/src",
        floors: &[
            &["digest", "identifier", "public_key", "random"],
            &["secret_key"],
            &[
                "oidc",
                "otp",
                "passkey",
                "password",
                "recovery",
                "session_key",
                "signing",
                "tables",
                "token",
            ],
            &["store"],
            &["accounts", "start"],
            &["pages"],
        ],
    },
    // How the application runs and what is shown, what is typed and served and for whom, what answers.
    Crate {
        name: "umbel-web",
        path: "runtime/web/src",
        floors: &[
            &["config", "show"],
            &["form", "server", "visit"],
            &["http", "ui"],
        ],
    },
    // What is true, how it is said, who reads it, what follows from it, who shows it.
    Crate {
        name: "umbel-schema",
        path: "schema/src",
        floors: &[
            &["model", "rules"],
            &["name", "words"],
            &["postgres", "sqlite"],
            &["sql"],
            &["derive", "diff"],
            &["print"],
        ],
    },
    // The plan decides, emitters print it, `sync` brings it to disk, the command line is told of all.
    Crate {
        name: "umbel-cli",
        path: "codegen/src",
        floors: &[
            &["demo", "format", "merge", "plan", "write"],
            &["doctor", "emit", "lock", "settings"],
            &["sync"],
            &["cli"],
        ],
    },
    // The machine, what runs on it, databases and pages, what is made of them.
    Crate {
        name: "umbel-tests",
        path: "tests/src",
        floors: &[
            &[
                "cookies",
                "disk",
                "element",
                "output",
                "process",
                "random",
                "skipped",
                "tree",
                "wait",
                "workspace",
            ],
            &[
                "browser", "fill", "form", "packaged", "postgres", "server", "umbel",
            ],
            &["app", "cluster", "html", "tls_server"],
            &["database", "http", "pooler"],
            &["any_rows", "corpus", "crawl", "dump"],
            &["sqlite"],
        ],
    },
];

/// The packages without floors: one is emitted, the other gives names to what others hold.
pub(crate) const WITHOUT_FLOORS: [&str; 2] = ["newsroom", "umbel"];

/// Crate, room, and the crate of somebody else that this room must not know.
pub(crate) const STRANGERS: &[(&str, &str, &str)] = &[
    // Emitters print what was decided in the plan.
    ("umbel-cli", "emit", "umbel_schema"),
];
