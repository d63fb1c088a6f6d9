//! Crawls a running application and says what does not work: `crawl http://127.0.0.1:8000`.

use std::env;
use std::process::ExitCode;

use umbel_tests::crawl;
use umbel_tests::http::Client;

fn main() -> ExitCode {
    let Some(url) = env::args().nth(1) else {
        eprintln!("usage: crawl URL");
        return ExitCode::FAILURE;
    };
    let crawl = crawl::crawl(&Client::new(url.trim_end_matches('/')));
    for list in crawl.lists.iter().filter(|list| list.rows == 0) {
        println!("{}: no rows", list.path);
    }
    println!("{crawl}");
    if crawl.problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
