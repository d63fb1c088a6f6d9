//! Where the application that `umbel new` makes takes the crate `umbel` from.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::report::Failure;
use crate::plan::Runtime;

/// The package that this command was built from.
const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// The commit that this command was built from, where git could tell.
const REVISION: Option<&str> = option_env!("UMBEL_REVISION");

/// The arguments that name the runtime.
#[derive(Debug, Default, Args)]
pub(super) struct RuntimeArgs {
    /// The crate `umbel` to link: a version, the folder of a checkout on this machine, or the URL of a git repository
    #[arg(long, value_name = "VERSION|PATH|URL")]
    runtime: Option<String>,

    /// The commit of that git repository
    #[arg(long, value_name = "REVISION", requires = "runtime")]
    rev: Option<String>,
}

impl RuntimeArgs {
    /// The runtime that is named, else the one that this command was built with.
    pub(super) fn find(&self) -> Result<Runtime, Failure> {
        let Some(named) = &self.runtime else {
            return Ok(built_with(Path::new(PACKAGE)));
        };
        if let Some((url, rev)) = git(named) {
            let rev = self.rev.clone().or(rev);
            return Ok(Runtime::Git { url, rev });
        }
        if self.rev.is_some() {
            return Err(Failure::with_hint(
                format!("`--rev` is for a git repository, and `{named}` names none"),
                format!("name it by its URL, such as `--runtime {REPOSITORY}`"),
            ));
        }
        if named.starts_with(|first: char| first.is_ascii_digit()) {
            return Ok(Runtime::Version(named.clone()));
        }
        in_folder(Path::new(named))
    }
}

/// `https://…`, `git+https://…#REVISION`, `git@host:path`: the URL as cargo has it, and the commit.
fn git(named: &str) -> Option<(String, Option<String>)> {
    let (prefixed, named) = match named.strip_prefix("git+") {
        Some(url) => (true, url),
        None => (false, named),
    };
    let (url, rev) = match named.split_once('#') {
        Some((url, rev)) => (url, Some(rev.to_owned())),
        None => (named, None),
    };
    if let Some((host, path)) = url.split_once(':')
        && host.contains('@')
        && !path.starts_with("//")
    {
        return Some((format!("ssh://{host}/{path}"), rev));
    }
    (prefixed || url.contains("://")).then(|| (url.to_owned(), rev))
}

/// The crate in a folder, or in a checkout.
fn in_folder(named: &Path) -> Result<Runtime, Failure> {
    let folders = [named.to_owned(), named.join("runtime")];
    match folders.iter().find(|folder| is_runtime(folder)) {
        Some(folder) => Ok(Runtime::Path(absolute(folder))),
        None => Err(Failure::with_hint(
            format!("`{}` does not hold the crate `umbel`", named.display()),
            format!(
                "name a version, the folder of a checkout, or a git repository such as {REPOSITORY}"
            ),
        )),
    }
}

fn is_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest
        .lines()
        .any(|line| line.trim() == "name = \"umbel\"")
}

/// What belongs to the package that this command was built from: beside it in a checkout that is still there, in the
/// repository where cargo itself had fetched it, or where it has gone.
fn built_with(package: &Path) -> Runtime {
    let folders: Vec<&OsStr> = package.iter().collect();
    let fetched = |names: [&str; 2]| {
        let mut pairs = folders.windows(2);
        pairs.position(|pair| pair == names.map(OsStr::new))
    };
    if fetched(["registry", "src"]).is_some() {
        return Runtime::Version(env!("CARGO_PKG_VERSION").to_owned());
    }
    // `git/checkouts/umbel-0123456789abcdef/978767c/codegen`
    let fetched = fetched(["git", "checkouts"]).and_then(|at| folders.get(at + 3));
    let beside = package.join("../runtime");
    if fetched.is_none() && is_runtime(&beside) {
        return Runtime::Path(absolute(&beside));
    }
    let rev = REVISION.map(str::to_owned);
    Runtime::Git {
        url: REPOSITORY.to_owned(),
        rev: rev.or_else(|| Some(fetched?.to_string_lossy().into_owned())),
    }
}

/// The path from the root without detours; as it was given where it does not exist.
fn absolute(path: &Path) -> String {
    let resolved = path.canonicalize();
    let resolved = resolved.unwrap_or_else(|_| PathBuf::from(path));
    resolved.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(runtime: &str, rev: Option<&str>, expect: Runtime) {
        let args = RuntimeArgs {
            runtime: Some(runtime.to_owned()),
            rev: rev.map(str::to_owned),
        };
        assert_eq!(args.find().map_err(|failure| failure.messages), Ok(expect));
    }

    fn of_git(url: &str, rev: Option<&str>) -> Runtime {
        Runtime::Git {
            url: url.to_owned(),
            rev: rev.map(str::to_owned),
        }
    }

    #[test]
    fn versions_and_repositories() {
        check("0.1.3", None, Runtime::Version("0.1.3".to_owned()));
        let url = "https://example.com/umbel";
        check(url, None, of_git(url, None));
        check(url, Some("abc123"), of_git(url, Some("abc123")));
        let both = "git+https://example.com/umbel#abc123";
        check(both, None, of_git(url, Some("abc123")));
        check(
            "git@example.com:me/umbel.git",
            None,
            of_git("ssh://git@example.com/me/umbel.git", None),
        );
    }

    #[test]
    fn folders() {
        let runtime = Path::new(PACKAGE).join("../runtime");
        let expect = Runtime::Path(absolute(&runtime));
        check(&runtime.to_string_lossy(), None, expect.clone());
        check(&format!("{PACKAGE}/.."), None, expect);
        let missing = RuntimeArgs {
            runtime: Some("no/such".to_owned()),
            rev: None,
        };
        assert!(missing.find().is_err());
    }

    #[test]
    fn what_a_command_was_built_with() {
        let built = |package: &str| built_with(Path::new(package));
        assert!(matches!(built(PACKAGE), Runtime::Path(_)));
        let registry = "/home/me/.cargo/registry/src/index-1/umbel-cli-0.1.0";
        assert!(matches!(built(registry), Runtime::Version(_)));
        let fetched = built("/home/me/.cargo/git/checkouts/umbel-01/978767c/codegen");
        assert!(matches!(&fetched, Runtime::Git { rev: Some(_), .. }));
        let gone = built("/no/such/checkout/codegen");
        assert!(matches!(&gone, Runtime::Git { url, .. } if url == REPOSITORY));
    }
}
