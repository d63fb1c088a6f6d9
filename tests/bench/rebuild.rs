//! Building the emitted application over Pagila in debug, its dependencies being built.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::process;

use crate::measure::{cost, median, seconds};
use crate::report::Report;

const ROUNDS: usize = 3;

pub(crate) fn run(report: &mut Report) {
    let corpus = Corpus::own("pagila");
    let app = App::emitted("pagila", &corpus.files(), corpus.database());
    app.build();

    let whole = rounds(&app, || {
        process::succeed(&mut app.cargo(&["clean", "--quiet", "--package", &app.name]));
    });
    report.add("build of the whole crate (debug)", seconds(whole), "< 20 s");

    let template = app.folder.join("templates/film/list.html");
    let edited = rounds(&app, || touch(&template));
    report.add(
        "build after one template is edited (debug)",
        seconds(edited),
        "< 5 s",
    );

    let model = app.folder.join("src/film/model.rs");
    let edited = rounds(&app, || touch(&model));
    report.add(
        "build after one model is edited (debug)",
        seconds(edited),
        "",
    );
}

fn rounds(app: &App, prepare: impl Fn()) -> Duration {
    let times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            prepare();
            cost(&mut app.cargo(&["build", "--quiet"])).time
        })
        .collect();
    median(&times)
}

/// Gives a file a new time, which is what cargo looks at.
fn touch(path: &Path) {
    let file = File::options()
        .append(true)
        .open(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.set_modified(SystemTime::now())
        .expect("the file is ours");
}
