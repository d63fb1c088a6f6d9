//! libpq's variables, `.pgpass` and service files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use umbel_tests::tls_server::Server;

use crate::{Table, drive, open_in, outcome_in, value};

#[tokio::test]
async fn files_of_passwords() {
    let Some(server) = Server::start() else {
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let url = format!("postgres://me@127.0.0.1:{}/postgres", server.port);
    let mut table = Table::default();
    let write = |name: &str, text: &str, mode: u32| {
        let path = home.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.display().to_string()
    };
    let line = format!("127.0.0.1:{}:*:me:secret\n", server.port);
    for (text, mode, expect) in [
        (line.as_str(), 0o600, "tls"),
        (line.as_str(), 0o640, "chmod 600"),
        ("other:*:*:*:secret", 0o600, "and there is none"),
        ("*:*:*:*:wrong", 0o600, "does not accept the password"),
    ] {
        write(".pgpass", text, mode);
        table.note(text, &outcome_in(&url, home.path(), &[]).await, expect);
    }
    let other = write("other", &line, 0o600);
    table.note(
        "PGPASSFILE",
        &outcome_in(&url, home.path(), &[("PGPASSFILE", &other)]).await,
        "tls",
    );
    let named = format!("{url}?passfile={other}");
    table.note(
        "passfile",
        &outcome_in(&named, home.path(), &[]).await,
        "tls",
    );
    let wrong = [("PGPASSWORD", "wrong")];
    let said = outcome_in(&named, home.path(), &wrong).await;
    table.note(
        "a variable counts more",
        &said,
        "does not accept the password",
    );
    table.finish();
}

#[tokio::test]
async fn variables_and_services() {
    let Some(server) = Server::start() else {
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let port = server.port.to_string();
    let authority = server.path("authority.crt").display().to_string();
    let variables = [
        ("PGHOST", "localhost"),
        ("PGHOSTADDR", "127.0.0.1"),
        ("PGPORT", port.as_str()),
        ("PGUSER", "me"),
        ("PGPASSWORD", "secret"),
        ("PGDATABASE", "shop"),
        ("PGSSLMODE", "verify-full"),
        ("PGSSLROOTCERT", authority.as_str()),
        ("PGCHANNELBINDING", "require"),
        ("PGAPPNAME", "till"),
        ("PGOPTIONS", "-c statement_timeout=7s"),
        ("PGCONNECT_TIMEOUT", "20"),
        ("PGTARGETSESSIONATTRS", "read-write"),
    ];
    let sql = "SELECT concat_ws(' ', current_database(), current_user, current_setting('application_name'),
        current_setting('statement_timeout'), (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()))";
    let client = drive(
        open_in("postgres://", home.path(), &variables)
            .await
            .unwrap(),
    );
    assert_eq!(value(&client, sql).await, "shop me till 7s t");
    let url = "postgres:///postgres?application_name=mine&sslmode=disable&channel_binding=prefer";
    let client = drive(open_in(url, home.path(), &variables).await.unwrap());
    assert_eq!(value(&client, sql).await, "postgres me mine 7s f");

    let services = format!(
        "# ours\n[other]\nhost=nowhere.invalid\n\n[shop]\nhost=127.0.0.1\nport={port}\nuser = me\npassword=secret\n\
         dbname=shop\nsslmode=require\napplication_name=service\n[last]\nnonsense\n"
    );
    fs::write(home.path().join(".pg_service.conf"), &services).unwrap();
    let around = [
        ("PGUSER", "nobody"),
        ("PGOPTIONS", "-c statement_timeout=8s"),
    ];
    let client = drive(open_in("service=shop", home.path(), &around).await.unwrap());
    assert_eq!(value(&client, sql).await, "shop me service 8s t");
    let around = [("PGSERVICE", "shop")];
    let client = drive(
        open_in("postgres:///postgres?sslmode=disable", home.path(), &around)
            .await
            .unwrap(),
    );
    assert_eq!(value(&client, sql).await, "postgres me service 0 f");

    let mut table = Table::default();
    let file = home.path().join("services").display().to_string();
    fs::write(&file, "[shop]\nhost=127.0.0.1\nhots=x").unwrap();
    let refused = async |url: &str, variables: &[(&str, &str)]| {
        outcome_in(url, Path::new("/none"), variables).await
    };
    table.note(
        "a line",
        &refused("service=shop", &[("PGSERVICEFILE", &file)]).await,
        "services, line 3",
    );
    table.note(
        "no section",
        &refused("service=x", &[("PGSERVICEFILE", &file)]).await,
        "there is no service `x`",
    );
    let none = [("PGSERVICEFILE", "/none/file")];
    table.note("no file", &refused("service=x", &none).await, "/none/file");
    let system = home.path().join("etc");
    fs::create_dir(&system).unwrap();
    fs::write(system.join("pg_service.conf"), &services).unwrap();
    let system = system.display().to_string();
    table.note(
        "the system's",
        &refused("service=shop", &[("PGSYSCONFDIR", &system)]).await,
        "tls",
    );
    for (variable, wrong) in [
        ("PGSSLMODE", "perhaps"),
        ("PGPORT", "x"),
        ("PGCONNECT_TIMEOUT", "x"),
    ] {
        let said = refused("postgres://127.0.0.1", &[(variable, wrong)]).await;
        table.note(variable, &said, &format!("the variable `{variable}`"));
    }
    table.finish();
}
