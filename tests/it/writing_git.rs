//! Two branches that log, merged by git: nothing is lost and nothing woven together.

use std::path::Path;
use std::process::Command;

use crate::bin::{run, write};
use crate::writing::{FIGURES, FILE, PROMISES, text};

fn git(dir: &Path, args: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.current_dir(dir).args(["-c", "user.name=a", "-c", "user.email=a@b.example"]).args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().is_ok_and(|done| done.status.success())
}

/// Both branches log with all fields alike but the period: the hardest case
/// for a merge by lines.
fn log(dir: &Path, id: &str, period: &str, fields: usize) {
    let all = [
        "--value=30 %",
        "--source=Report",
        "--url=https://x.example",
        "--reported=2025-04",
        "--note=same",
        "--confidence=high",
        "--assurance=limited",
        "--author=me",
        "--bound=about",
        "--gross=30",
        "--offsets=0",
        "--break",
    ];
    let ran = run(dir, &[&["log", id, "--period", period], &all[..fields]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

fn merged(old: Option<&str>, fields: usize, style: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    if !git(dir, &["init", "-q", "-b", "main"]) {
        eprintln!("skipped: there is no git");
        return;
    }
    write(dir, FILE, PROMISES.as_bytes());
    assert_eq!(run(dir, &["init"]).code, Some(0));
    if let Some(old) = old {
        write(dir, FIGURES, old.as_bytes());
    }
    assert!(git(dir, &["add", "-A"]) && git(dir, &["commit", "-qm", "book"]));
    for (branch, first, second) in [("one", "2022", "2023"), ("two", "2024", "2025-01")] {
        assert!(git(dir, &["checkout", "-q", "main"]) && git(dir, &["checkout", "-qb", branch]));
        log(dir, "acme/green-2030", first, fields);
        log(dir, "acme/green-2030", second, fields);
        assert!(git(dir, &["add", "-A"]) && git(dir, &["commit", "-qm", branch]));
    }
    let blocks = |text: &str| -> Vec<String> {
        let blocks = text.split("[[progress]]").skip(1).map(|block| block.trim_end().to_owned());
        blocks.collect()
    };
    let ours = blocks(&text(dir, FIGURES));
    assert!(git(dir, &["checkout", "-q", "one"]));
    let mut wanted = blocks(&text(dir, FIGURES));
    wanted.extend(ours);
    wanted.sort();
    wanted.dedup();
    assert!(
        git(dir, &["-c", &format!("merge.conflictStyle={style}"), "merge", "-q", "two", "-m", "both"]),
        "no conflict"
    );
    let text = text(dir, FIGURES);
    let mut found = blocks(&text);
    found.sort();
    assert_eq!(found, wanted, "every block is whole:\n{text}");
    let report = run(dir, &["report", "--format", "csv"]);
    assert_eq!((report.code, report.stderr.as_str()), (Some(0), ""), "{text}");
    let synced = run(dir, &["sync"]).stdout;
    let count = wanted.len();
    assert!(synced.contains(&format!("{count} figures")), "{synced}");
}

#[test]
fn branches_that_log_merge_whole() {
    let old = "[[progress]]\nmetric = \"share\"\nperiod = \"2021\"\nvalue = 12\n";
    for fields in [1, 4, 7, 12] {
        merged(Some(old), fields, "merge");
    }
    merged(Some(old.trim_end()), 4, "merge");
    merged(Some(old), 12, "diff3");
    merged(Some(old), 12, "zdiff3");
    merged(Some(&old.replace('\n', "\r\n")), 12, "zdiff3");
}

#[test]
fn branches_that_log_the_first_figure_merge_whole() {
    merged(None, 1, "merge");
    merged(None, 12, "merge");
}
