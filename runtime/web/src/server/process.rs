//! What the system allows this process.

use std::fs;

/// How many descriptors are left to the database, the log and files, at most.
const OTHERS: usize = 64;
/// How few connections make no server any more.
const FEWEST: usize = 4;

/// How many connections may be open at once, of those that are asked for.
pub(super) fn connections(asked: usize) -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let Some(files) = files(&limits) else {
        return asked;
    };
    let most = most(files);
    if most < asked {
        tracing::warn!(
            "the system lets this process open {files} files: so at most {most} connections are open at once, not {asked}"
        );
    }
    asked.min(most)
}

/// `Max open files            1024                 524288               files` → 1024
fn files(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))?;
    line.split_whitespace().nth(3)?.parse().ok()
}

fn most(files: usize) -> usize {
    let others = OTHERS.min(files / 2);
    (files - others).max(FEWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_of_the_process() {
        let limits = "Limit       Soft Limit  Hard Limit  Units\n\
            Max open files            64                   524288               files\n";
        assert_eq!(files(limits), Some(64));
        assert_eq!(files(""), None);
        assert_eq!((most(64), most(1024), most(2)), (32, 960, FEWEST));
    }
}
