//! Writing under attack: many writers, sudden death, full disks, closed folders.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::bin::{book, finish, pledgebook, run, write};
use crate::writing::{FIGURES, FILE, PROMISES, acme, text};

/// Figures of one metric in the report's order do not matter here: periods do.
fn periods(text: &str) -> BTreeSet<String> {
    text.lines().filter_map(|line| line.strip_prefix("period = ")).map(str::to_owned).collect()
}

/// Months that have ended on every machine.
fn month(index: usize) -> String {
    format!("{}-{:02}", 1990 + index / 12, index % 12 + 1)
}

fn log_month(dir: &Path, index: usize) -> Command {
    let mut command = pledgebook(dir, &["log", "acme/green-2030", "--value", "31.5", "--source", "Report"]);
    command.args(["--period", &month(index)]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Figures in the index as it lies there, without a sync.
fn figures_in_the_index(dir: &Path) -> i64 {
    let index = rusqlite::Connection::open(dir.join(".pledgebook/book.db")).expect("the index");
    index.query_row("SELECT count(*) FROM figures", [], |row| row.get(0)).expect("a count")
}

#[test]
fn eight_writers_lose_nothing() {
    let dir = acme();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let dir = dir.path();
            scope.spawn(move || {
                for figure in 0..25 {
                    let ran = log_month(dir, writer * 25 + figure).output().expect("the binary runs");
                    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
                }
            });
        }
    });
    let text = text(dir.path(), FIGURES);
    assert_eq!(text.matches("[[progress]]").count(), 200);
    assert_eq!(periods(&text).len(), 200);
    assert_eq!(figures_in_the_index(dir.path()), 200, "the index follows at once");
    assert!(run(dir.path(), &["sync"]).stdout.contains("200 figures"));
}

/// Kills `log` at some moment of its run, again and again.
#[test]
fn sudden_death_leaves_before_or_after() {
    let dir = acme();
    let started = std::time::Instant::now();
    assert!(log_month(dir.path(), 0).status().expect("the binary runs").success());
    let usual = started.elapsed();
    let runs: usize = std::env::var("PLEDGEBOOK_TEST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40);
    let mut acknowledged = BTreeSet::from([format!("\"{}\"", month(0))]);
    let mut before = text(dir.path(), FIGURES);
    let (mut killed, mut landed) = (0, 0);
    for index in 1..=runs {
        let mut child = log_month(dir.path(), index).stderr(Stdio::null()).spawn().expect("the binary runs");
        // Spread over the whole run, and a little past it; no sleep decides the outcome.
        let share = u32::try_from(index * 37 % 100).expect("below 100");
        std::thread::sleep(usual * share / 80);
        let _ = child.kill();
        let status = child.wait().expect("it ends");
        let after = text(dir.path(), FIGURES);
        assert!(after.starts_with(&before), "run {index}: earlier bytes changed");
        let grown = after.matches("[[progress]]").count() - before.matches("[[progress]]").count();
        assert!(grown <= 1 && (grown == 1 || after == before), "run {index}: between before and after");
        if status.success() {
            acknowledged.insert(format!("\"{}\"", month(index)));
        } else {
            killed += 1;
            landed += grown;
        }
        before = after;
    }
    let found = periods(&before);
    assert!(acknowledged.is_subset(&found), "lost: {:?}", acknowledged.difference(&found));
    let report = run(dir.path(), &["report", "-q"]);
    assert_eq!((report.code, report.stderr.as_str()), (Some(0), ""));
    eprintln!("{runs} runs, {killed} killed, {landed} of them after the file was in place");
    // A killed run leaves nothing that the next one does not clear.
    assert!(log_month(dir.path(), runs + 1).status().expect("the binary runs").success());
    let names: Vec<_> = fs::read_dir(dir.path().join("commitments")).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

/// A limit on the size of files stands for a full disk: the write fails half way.
#[test]
fn a_write_that_fails_leaves_the_file_as_it_was() {
    let padding = format!("{}\n", "# padding\n".repeat(20_000));
    let dir = book(&[(FILE, PROMISES), (FIGURES, &padding)]);
    let before = fs::metadata(dir.path().join(FIGURES)).expect("the file").ino();
    for ignored in ["trap '' XFSZ; ", ""] {
        let script = format!(
            "{ignored}ulimit -f 64; exec '{}' --db :memory: log acme/green-2030 --period 2023 --value 5",
            env!("CARGO_BIN_EXE_pledgebook")
        );
        let ran = finish(Command::new("sh").current_dir(dir.path()).args(["-c", &script]));
        assert_ne!(ran.code, Some(0));
        if !ignored.is_empty() {
            assert_eq!(ran.code, Some(5), "{}", ran.stderr);
            assert!(ran.stderr.contains("cannot be written: file too large; it is as it was"), "{}", ran.stderr);
        }
        assert_eq!(text(dir.path(), FIGURES), padding);
        assert_eq!(fs::metadata(dir.path().join(FIGURES)).expect("the file").ino(), before);
    }
}

/// A file system of 200 KiB that is full to the last byte.
#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let mount = |args: &[&str]| Command::new("mount").args(args).arg(dir.path()).output();
    match mount(&["-t", "tmpfs", "-o", "size=200k", "none"]) {
        Ok(done) if done.status.success() => {}
        _ => {
            eprintln!("skipped: a file system can be mounted by root alone");
            return;
        }
    }
    write(dir.path(), FILE, PROMISES.as_bytes());
    let outside = tempfile::tempdir().expect("a folder");
    let db = outside.path().join("book.db");
    let log = |period: &str| {
        finish(
            pledgebook(
                dir.path(),
                &["--db", db.to_str().expect("UTF-8"), "log", "green", "--period", period, "--value", "5"],
            )
            .stdin(Stdio::null()),
        )
    };
    let first = log("2022");
    let _ = fs::write(dir.path().join("ballast"), vec![0; 400 * 1024]);
    let before = text(dir.path(), FIGURES);
    let full = log("2023");
    let after = text(dir.path(), FIGURES);
    let names = fs::read_dir(dir.path().join("commitments")).expect("a folder").count();
    let unmounted = Command::new("umount").arg(dir.path()).status();
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(full.code, Some(5), "{}{}", full.stdout, full.stderr);
    assert!(full.stderr.contains("no storage space") || full.stderr.contains("no space left"), "{}", full.stderr);
    assert_eq!((before, names), (after, 2));
    assert!(unmounted.is_ok_and(|status| status.success()));
}

#[test]
fn a_read_only_folder_leaves_the_file_as_it_was() {
    let dir = acme();
    assert_eq!(run(dir.path(), &["log", "green", "--period", "2022", "--value", "5"]).code, Some(0));
    let before = text(dir.path(), FIGURES);
    let folder = dir.path().join("commitments");
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    mode(dir.path(), 0o755);
    mode(&folder, 0o555);
    // Root may write everywhere, so it steps down; the binary must be reachable from there.
    let is_root = fs::metadata(&folder).expect("the folder").uid() == 0;
    let copy = dir.path().join("pledgebook");
    fs::copy(env!("CARGO_BIN_EXE_pledgebook"), &copy).expect("a copy of the binary");
    let mut command = Command::new(if is_root { "setpriv" } else { copy.to_str().expect("UTF-8") });
    if is_root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy);
    }
    command.current_dir(dir.path()).args(["log", "green", "--period", "2023", "--value", "5"]).stdin(Stdio::null());
    let ran = match command.output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!("skipped: setpriv cannot be run: {error}");
            return;
        }
    };
    mode(&folder, 0o755);
    let stderr = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(5), "{stderr}");
    assert!(stderr.contains("permission denied"), "{stderr}");
    assert_eq!(text(dir.path(), FIGURES), before);
}

#[test]
fn a_read_only_file_stays() {
    let dir = acme();
    write(dir.path(), FIGURES, b"");
    let file = dir.path().join(FIGURES);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("a mode");
    if fs::OpenOptions::new().append(true).open(&file).is_ok() {
        eprintln!("skipped: root may write to a read-only file");
        return;
    }
    let ran = run(dir.path(), &["log", "green", "--period", "2023", "--value", "5"]);
    assert_eq!((ran.code, text(dir.path(), FIGURES)), (Some(5), String::new()), "{}", ran.stderr);
}

#[test]
fn links_permissions_and_line_endings_survive() {
    let dir = acme();
    let old = "# by hand\r\n\r\n[[progress]]\r\nmetric = \"share\"\r\nperiod = \"2022\"\r\nvalue = 20";
    let kept = write(dir.path(), "elsewhere/figures.toml", old.as_bytes());
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink("../elsewhere/figures.toml", dir.path().join(FIGURES)).expect("a link");
    let ran = run(dir.path(), &["log", "green", "--period", "2023", "--value", "25"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(fs::symlink_metadata(dir.path().join(FIGURES)).expect("the link").is_symlink());
    assert_eq!(fs::metadata(&kept).expect("the file").mode() & 0o777, 0o640);
    let new = fs::read_to_string(&kept).expect("the file");
    let added = new.strip_prefix(old).expect("the old bytes are a prefix");
    assert!(added.starts_with("\r\n\r\n[[progress]]") && added.matches('\n').count() == added.matches("\r\n").count());
    assert_eq!(run(dir.path(), &["report", "-q"]).code, Some(0));
    // A link that points nowhere is said, not replaced.
    fs::remove_file(&kept).expect("removed");
    assert_ne!(run(dir.path(), &["log", "green", "--period", "2024", "--value", "25"]).code, Some(0));
    assert!(fs::symlink_metadata(dir.path().join(FIGURES)).expect("the link").is_symlink());
}

/// What a person may have left in a figures file.
fn beginning() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(
        prop::sample::select(vec![
            "# a word",
            "",
            "[[progress]]",
            "metric = \"share\"",
            "period = \"1980\"",
            "value = 1",
            "# ünï",
        ]),
        0..6,
    );
    (lines, prop::sample::select(vec!["\n", "\r\n"]), any::<bool>(), any::<bool>()).prop_map(
        |(lines, end, last, bom)| {
            let text = lines.join(end) + if last { end } else { "" };
            if bom { format!("\u{feff}{text}") } else { text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is logged, and whether it is accepted or refused: the earlier
    /// file is a prefix of the later one, and a refusal changes nothing.
    #[test]
    fn the_earlier_file_is_a_prefix_of_the_later_one(
        old in beginning(),
        logs in prop::collection::vec((0_usize..4, -20_i32..140, ".{0,12}", any::<bool>()), 1..5),
    ) {
        let dir = book(&[(FILE, PROMISES), (FIGURES, &old)]);
        let mut before = fs::read(dir.path().join(FIGURES)).expect("the file");
        for (period, value, words, restates) in logs {
            let words: String = words.chars().filter(|c| *c != '\0').collect();
            let (period, value, note) = (month(period), format!("--value={value}"), format!("--note={words}"));
            let mut args = vec!["--db", ":memory:", "log", "acme/green-2030", "--period", &period, &value, &note];
            if restates {
                args.extend(["--restates", "--reported", "2020"]);
            }
            let ran = run(dir.path(), &args);
            let after = fs::read(dir.path().join(FIGURES)).expect("the file");
            prop_assert!(after.starts_with(&before));
            prop_assert_eq!(ran.code == Some(0), after.len() > before.len(), "{}", ran.stderr);
            if ran.code == Some(0) {
                prop_assert_eq!(run(dir.path(), &["--db", ":memory:", "report", "-q"]).code, Some(0));
            }
            before = after;
        }
    }
}
