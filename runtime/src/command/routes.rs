//! `routes`: every address of this application, and who may open it.

use umbel_accounts::SecretKeys;
use umbel_web::http::{App, Site};

use super::database::{connect, settings};
use super::failure::Failure;
use super::{Command, accounts, say_to_stdout};

pub(super) const COMMAND: Command = Command {
    name: "routes",
    about: "Lists every address of this application, and who may open it",
    arguments: |command| command,
    run: |site, _| Box::pin(routes(site)),
};

async fn routes(site: &'static Site) -> Result<(), Failure> {
    let config = settings()?;
    let db = connect(&config.database).await?;
    let accounts = accounts::of(site, &db, &config, SecretKeys::temporary())?;
    let app = App::new(db, config);
    let routes = site.routes_with(&app, accounts.routes());
    let width = routes.iter().map(|route| route.path.len()).max();
    let width = width.unwrap_or(0);
    let mut lines = String::new();
    for route in routes.iter() {
        let method = route.method().unwrap_or("*");
        let (path, access) = (&route.path, route.access);
        lines.push_str(&format!("{method:4} {path:width$} {access}\n"));
    }
    say_to_stdout(&lines)
}
