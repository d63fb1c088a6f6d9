//! Starts the server: `cargo run`, or `cargo run -- serve --addr 127.0.0.1:8000`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    umbel::run(newsroom::app, newsroom::routes::TABLES).await
}
