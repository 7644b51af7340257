//! The index: what it holds, what becomes of it when it is damaged, and that
//! it never changes an answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rusqlite::Connection;

use crate::bin::{book, pledgebook, repository, run, write};

/// A copy of the shipped book in a folder of its own.
fn shipped() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(repository().join("commitments")).expect("the shipped book") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        write(dir.path(), &format!("commitments/{name}"), &fs::read(&path).expect("readable"));
    }
    dir
}

fn report(dir: &Path) -> String {
    let ran = run(dir, &["report", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

fn sync(dir: &Path) -> String {
    let ran = run(dir, &["sync"]);
    ran.stdout.split(';').next().unwrap_or_default().trim().to_owned()
}

/// Waits until a file written now can no longer be mistaken for one written
/// after its reading: file systems stamp by the tick of a coarse clock.
fn settle(dir: &Path) {
    let _ = run(dir, &["sync"]);
    std::thread::sleep(std::time::Duration::from_millis(25));
    let _ = run(dir, &["sync"]);
}

fn index(dir: &Path) -> PathBuf {
    dir.join(".pledgebook/book.db")
}

#[test]
fn its_tables_are_strict_and_hold_every_entry() {
    let dir = shipped();
    report(dir.path());
    let conn = Connection::open(index(dir.path())).expect("an index");
    let mut loose = conn.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'").expect("a query");
    let loose: Vec<String> =
        loose.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    assert!(loose.is_empty(), "not STRICT: {loose:?}");
    let mut headers: BTreeMap<&str, i64> = BTreeMap::new();
    for entry in fs::read_dir(dir.path().join("commitments")).expect("the book") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("text");
        for (table, header) in [
            ("organisation", "[organisation]"),
            ("statement", "[[statement]]"),
            ("metric", "[[metric]]"),
            ("commitment", "[[commitment]]"),
            ("amendment", "[[commitment.amendment]]"),
            ("figures", "[[progress]]"),
        ] {
            *headers.entry(table).or_default() +=
                i64::try_from(text.lines().filter(|line| line.trim() == header).count()).expect("a count");
        }
    }
    for (table, entries) in headers {
        let rows: i64 =
            conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0)).expect("a count");
        assert_eq!(rows, entries, "{table}");
        assert!(entries > 0, "{table} was never counted");
    }
    let count = |name: &str| -> i64 {
        conn.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0)).expect("a count")
    };
    assert_eq!(count("commitments"), count("commitment"));
    let terms: (String, String, String) = conn
        .query_row(
            "SELECT target_form, target, standing FROM commitments WHERE id = 'bp/production-cut-2030'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("a row");
    assert_eq!(terms, ("reduce-by-percent".into(), "25".into(), "withdrawn".into()));
}

/// Cells of the view `figures`, one line an entry.
const FIGURES: &str = "SELECT group_concat(cells, char(10)) FROM (SELECT line || ': ' || concat_ws(' | ', metric, measures, period, last_day,
    value, unit, amount || ' ' || amount_unit, bound, done, no_disclosure, reported, recorded, restates, newest, confidence,
    source_title, source_url, note) AS cells FROM figures ORDER BY line)";

const REED: &str = r#"
[organisation]
name = "Reed & Sons"
fiscal-year = { ends = "03-31", named-by = "end" }

[[metric]]
id = "peat"
name = "Peat dug"
unit = "t CO2e"

[[statement]]
id = "letter"
date = "2021"
title = "A letter"

[[commitment]]
id = "fen"
title = "A fen by 2030"
statement = "letter"
summary = "A fen"
topic = "biodiversity"
metric = "peat"
target = { at-most = 5 }
deadline = "2030"
"#;

const REED_PROGRESS: &str = r#"
[[progress]]
metric = "peat"
period = "2021"
value = 12.40
reported = "2022-03"
source = { title = 'Review "21"', url = "https://example.org/21" }
recorded = 2022-04-01

[[progress]]
metric = "peat"
period = "FY2022"
value = 11
unit = "kt CO2e"
bound = "at-most"
confidence = "low"
note = "größer geschätzt"

[[progress]]
metric = "peat"
period = "2021"
value = 12.9
restates = true
reported = "2023"
source = { title = 'Review "21"', url = "https://example.org/21" }

[[progress]]
metric = "peat"
period = "2023-Q2"
no-disclosure = true

[[progress]]
metric = "peat"
period = "2021"
value = 12.5
reported = "2022-06"
restates = true
"#;

#[test]
fn the_view_of_figures_says_what_the_entries_say() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), "commitments/reed.toml", REED.as_bytes());
    write(dir.path(), "commitments/reed.progress.toml", REED_PROGRESS.as_bytes());
    let ran = run(dir.path(), &["sync"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    let conn = Connection::open(index(dir.path())).expect("an index");
    let rows: String = conn.query_row(FIGURES, [], |row| row.get(0)).expect("rows");
    insta::assert_snapshot!(rows, @r#"
    2: peat | Peat dug | 2021 | 2021-12-31 | 12.40 | t CO2e | 12.40 t CO2e | 0 | 2022-03 | 2022-04-01 | 0 | 0 | Review "21" | https://example.org/21
    10: peat | Peat dug | FY2022 | 2022-03-31 | 11 | kt CO2e | 11000 t CO2e | at-most | 0 | 0 | 1 | low | größer geschätzt
    19: peat | Peat dug | 2021 | 2021-12-31 | 12.9 | t CO2e | 12.9 t CO2e | 0 | 2023 | 1 | 1 | Review "21" | https://example.org/21
    27: peat | Peat dug | 2023-Q2 | 2023-06-30 | t CO2e | 1 | 0 | 1
    32: peat | Peat dug | 2021 | 2021-12-31 | 12.5 | t CO2e | 12.5 t CO2e | 0 | 2022-06 | 1 | 0
    "#);
}

#[test]
fn syncing_again_reads_nothing_and_a_touched_file_alone() {
    let dir = shipped();
    settle(dir.path());
    assert_eq!(sync(dir.path()), "0 of 38 files read");
    let file = dir.path().join("commitments/bp.progress.toml");
    let later = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(later)).expect("touched");
    assert_eq!(sync(dir.path()), "1 of 38 files read");
    assert_eq!(sync(dir.path()), "0 of 38 files read");
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, format!("{text}\n# a remark\n")).expect("written");
    assert_eq!(sync(dir.path()), "1 of 38 files read");
    settle(dir.path());
    let file = dir.path().join("commitments/bp.toml");
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, format!("# a remark\n{text}")).expect("written");
    assert_eq!(sync(dir.path()), "1 of 38 files read");
}

#[test]
fn a_damaged_index_never_changes_the_report() {
    let dir = shipped();
    let expected = report(dir.path());
    let file = index(dir.path());
    let bytes = fs::read(&file).expect("an index");
    let cut = |at: usize| bytes[..at].to_vec();
    let mut damaged: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("one byte", cut(1)),
        ("header only", cut(100)),
        ("half", cut(bytes.len() / 2)),
        ("all but a page", cut(bytes.len() - 4096)),
        ("junk", (0..=255).cycle().take(20_000).collect()),
        ("text", b"not a database".to_vec()),
    ];
    for (name, from) in
        [("junk inside", bytes.len() / 3), ("junk at the end", bytes.len() - 6000), ("junk in the schema", 200)]
    {
        let mut copy = bytes.clone();
        copy[from..from + 4000].fill(0xa5);
        damaged.push((name, copy));
    }
    for (name, bytes) in damaged {
        let _ = fs::remove_file(file.with_extension("db-wal"));
        let _ = fs::remove_file(file.with_extension("db-shm"));
        fs::write(&file, bytes).expect("written");
        assert_eq!(report(dir.path()), expected, "{name}");
        assert_eq!(report(dir.path()), expected, "{name}, the second time");
    }
    fs::remove_dir_all(dir.path().join(".pledgebook")).expect("removed");
    assert_eq!(report(dir.path()), expected, "deleted");
}

#[test]
fn newer_foreign_and_edited_indexes_are_moved_aside_by_name() {
    let dir = shipped();
    let expected = report(dir.path());
    let file = index(dir.path());
    for (statement, words) in [
        ("PRAGMA user_version = 99", "newer pledgebook"),
        ("PRAGMA application_id = 252006673", "another program"),
        ("UPDATE meta SET value = 'x' WHERE key = 'migration 0001_book'", "0001_book"),
        ("UPDATE meta SET value = '0' WHERE key = 'pack format'", "older pledgebook"),
    ] {
        Connection::open(&file).and_then(|conn| conn.execute_batch(statement)).expect("changed");
        let ran = run(dir.path(), &["report", "--format", "json"]);
        assert_eq!(ran.stdout, expected, "{statement}");
        assert!(ran.stderr.contains(words), "{statement}: {}", ran.stderr);
    }
    let aside = fs::read_dir(file.parent().expect("a folder")).expect("listed").count();
    assert!(aside >= 5, "nothing was deleted: {aside} files");
}

#[test]
fn a_database_of_somebody_else_is_left_alone() {
    let dir = shipped();
    let other = dir.path().join("other.db");
    Connection::open(&other)
        .and_then(|conn| conn.execute_batch("CREATE TABLE precious (x); INSERT INTO precious VALUES (1)"))
        .expect("made");
    let before = fs::read(&other).expect("bytes");
    let ran = run(dir.path(), &["--db", "other.db", "report"]);
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
    assert!(ran.stderr.contains("other.db"), "{}", ran.stderr);
    assert_eq!(fs::read(&other).expect("bytes"), before);
    let ran = run(dir.path(), &["--db", "notes.txt", "report"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    fs::write(dir.path().join("notes.txt"), "my notes, quite long enough to be taken for something").expect("written");
    let ran = run(dir.path(), &["--db", "notes.txt", "report"]);
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
}

#[test]
fn a_folder_that_cannot_be_written_is_served_from_memory() {
    let dir = shipped();
    let expected = report(dir.path());
    fs::remove_dir_all(dir.path().join(".pledgebook")).expect("removed");
    // A file where the folder should be: works for root, too, whom modes do not stop.
    fs::write(dir.path().join(".pledgebook"), "in the way").expect("written");
    let ran = run(dir.path(), &["report", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout), (Some(0), expected));
    assert!(ran.stderr.contains("in memory"), "{}", ran.stderr);
    let ran = run(dir.path(), &["-q", "report", "--format", "json"]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_second_run_at_once_waits_and_agrees() {
    let dir = shipped();
    let expected = report(dir.path());
    fs::remove_dir_all(dir.path().join(".pledgebook")).expect("removed");
    let runs: Vec<_> = (0..6)
        .map(|_| {
            let mut command = pledgebook(dir.path(), &["report", "--format", "json"]);
            command
                .env("PLEDGEBOOK_AS_OF", crate::bin::AS_OF)
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped());
            command.spawn().expect("started")
        })
        .collect();
    for run in runs {
        let output = run.wait_with_output().expect("ended");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{stderr}");
    }
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join(".pledgebook")).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_killed_builders_left_is_cleared_and_never_believed() {
    let dir = shipped();
    let expected = report(dir.path());
    let folder = dir.path().join(".pledgebook");
    assert_eq!(names(dir.path()), ["book.db", "book.db.lock"], "a build leaves the index alone");
    let whole = fs::read(index(dir.path())).expect("bytes");
    fs::remove_dir_all(&folder).expect("removed");
    fs::create_dir(&folder).expect("made");
    // A half-built index, companions of one that is gone, and a lock that nobody holds.
    fs::write(folder.join("book.db.new-7"), &whole[..whole.len() / 2]).expect("written");
    fs::write(folder.join("book.db.new-7-journal"), "half a page").expect("written");
    fs::write(folder.join("book.db-wal"), "frames of another index").expect("written");
    fs::write(folder.join("book.db.lock"), "").expect("written");
    let ran = run(dir.path(), &["report", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), expected.as_str(), ""));
    assert_eq!(names(dir.path()), ["book.db", "book.db.lock"]);
    let mode: String = Connection::open(index(dir.path()))
        .and_then(|conn| conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)))
        .expect("an index");
    assert_eq!(mode, "wal");
}

#[cfg(unix)]
#[test]
fn a_build_killed_midway_leaves_no_index_or_a_whole_one() {
    let dir = shipped();
    let expected = report(dir.path());
    for pause in [0, 2, 5, 10, 20, 40, 80] {
        fs::remove_dir_all(dir.path().join(".pledgebook")).expect("removed");
        let mut child = pledgebook(dir.path(), &["report", "--format", "json"])
            .env("PLEDGEBOOK_AS_OF", crate::bin::AS_OF)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().expect("killed");
        child.wait().expect("ended");
        if index(dir.path()).exists() {
            let organisations: i64 = Connection::open(index(dir.path()))
                .and_then(|conn| conn.query_row("SELECT count(*) FROM organisation", [], |row| row.get(0)))
                .expect("a whole index");
            assert!(organisations > 0, "{pause}");
        }
        let ran = run(dir.path(), &["report", "--format", "json"]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), expected.as_str(), ""), "{pause}");
        assert_eq!(names(dir.path()), ["book.db", "book.db.lock"], "{pause}");
    }
}

const PROMISES: &str = "[organisation]\nname = \"Brightwater\"\n\n[[statement]]\nid = \"s\"\ndate = \"2020\"\n\n[[metric]]\nid = \"m\"\nunit = \"UNIT\"\n\n\
    [[commitment]]\nid = \"c\"\ntitle = \"TITLE\"\nstatement = \"s\"\ntopic = \"water\"\nmetric = \"m\"\ntarget = { at-most = TARGET }\ndeadline = \"2030\"\n";
const FIGURE: &str = "[[progress]]\nmetric = \"m\"\nperiod = \"YEAR\"\nvalue = VALUE\nunit = \"t CO2e\"\n";

/// One thing that can happen to a book between two runs.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    Promise { organisation: u8, folder: bool, target: u16, unit: bool, valid: bool },
    Figures { organisation: u8, folder: bool, values: Vec<u16>, valid: bool },
    Remove { organisation: u8, folder: bool, progress: bool },
    Settings { at_risk: u8 },
    Touch { organisation: u8 },
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..3_u8, any::<bool>(), 1..500_u16, any::<bool>(), prop::bool::weighted(0.8)).prop_map(
            |(organisation, folder, target, unit, valid)| Edit::Promise { organisation, folder, target, unit, valid }
        ),
        (0..3_u8, any::<bool>(), prop::collection::vec(1..900_u16, 0..4), prop::bool::weighted(0.8))
            .prop_map(|(organisation, folder, values, valid)| Edit::Figures { organisation, folder, values, valid }),
        (0..3_u8, any::<bool>(), any::<bool>()).prop_map(|(organisation, folder, progress)| Edit::Remove {
            organisation,
            folder,
            progress
        }),
        (0..90_u8).prop_map(|at_risk| Edit::Settings { at_risk }),
        (0..3_u8).prop_map(|organisation| Edit::Touch { organisation }),
    ]
}

pub(crate) fn apply(dir: &Path, edit: &Edit) {
    let path = |organisation: u8, folder: bool, ending: &str| {
        format!("commitments/{}org-{organisation}.{ending}", if folder { "sub/" } else { "" })
    };
    match edit {
        Edit::Promise { organisation, folder, target, unit, valid } => {
            let text = PROMISES
                .replace("TARGET", &target.to_string())
                .replace("UNIT", if *unit { "t CO2e" } else { "kt CO2e" })
                .replace("TITLE", if *valid { "A title" } else { "A \"title" });
            write(dir, &path(*organisation, *folder, "toml"), text.as_bytes());
        }
        Edit::Figures { organisation, folder, values, valid } => {
            let mut text: String = values
                .iter()
                .zip(2021..)
                .map(|(value, year)| FIGURE.replace("YEAR", &year.to_string()).replace("VALUE", &value.to_string()))
                .collect();
            if !valid {
                text.push_str("[[progress]]\nmetric = \"x\"\nperiod = \"2020\"\nvalue = 1\n");
            }
            write(dir, &path(*organisation, *folder, "progress.toml"), text.as_bytes());
        }
        Edit::Remove { organisation, folder, progress } => {
            let _ = fs::remove_file(dir.join(path(
                *organisation,
                *folder,
                if *progress { "progress.toml" } else { "toml" },
            )));
        }
        Edit::Settings { at_risk } => {
            write(dir, "pledgebook.toml", format!("[assessment]\nat-risk = 0.{at_risk}\n").as_bytes());
        }
        Edit::Touch { organisation } => {
            let _ = fs::File::options()
                .append(true)
                .open(dir.join(path(*organisation, false, "toml")))
                .and_then(|file| file.set_modified(std::time::UNIX_EPOCH));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_kept_index_answers_like_a_new_one(edits in prop::collection::vec(edit(), 1..10)) {
        let dir = book(&[("commitments/org-9.toml", &PROMISES.replace("TARGET", "50").replace("UNIT", "t CO2e"))]);
        for edit in edits {
            apply(dir.path(), &edit);
            let kept = run(dir.path(), &["report", "--format", "json"]);
            let scratch = run(dir.path(), &["--db", ":memory:", "report", "--format", "json"]);
            prop_assert_eq!((&kept.code, &kept.stdout, &kept.stderr), (&scratch.code, &scratch.stdout, &scratch.stderr), "after {:?}", edit);
        }
    }
}

#[test]
fn missing_and_altered_rows_are_noticed() {
    let dir = shipped();
    let expected = report(dir.path());
    let file = index(dir.path());
    for statement in [
        "DELETE FROM pack",
        "DELETE FROM pack WHERE path LIKE '%bp%'",
        "UPDATE pack SET path = 'x' WHERE path LIKE '%bp%'",
        "PRAGMA foreign_keys = off; DELETE FROM organisation",
        "DROP TABLE pack",
        "UPDATE file SET path = CAST(x'ff' AS TEXT) WHERE path LIKE '%bp.toml'",
        "PRAGMA foreign_keys = off; DELETE FROM file",
    ] {
        Connection::open(&file).and_then(|conn| conn.execute_batch(statement)).expect("changed");
        assert_eq!(report(dir.path()), expected, "{statement}");
        assert_eq!(report(dir.path()), expected, "{statement}, the second time");
    }
}
