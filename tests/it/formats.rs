//! Every output format of the report, from one shared sample: the shipped
//! promises of four organisations, on one day.

use crate::bin::{AS_OF, finish, pledgebook, repository, run};

fn sample(args: &[&str]) -> String {
    let mut all = vec!["--db", ":memory:"];
    all.extend(args);
    all.extend(["tencent", "bp", "orsted", "china"]);
    let ran = run(repository(), &all);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    ran.stdout
}

#[test]
fn table_at_80_columns() {
    let table = sample(&["--width", "80", "report"]);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "a line is wider than 80 columns");
    insta::assert_snapshot!(table);
}

#[test]
fn table_at_120_columns() {
    let table = sample(&["--width", "120", "report", "--group-by", "organisation"]);
    assert!(table.lines().all(|line| line.chars().count() <= 120), "a line is wider than 120 columns");
    insta::assert_snapshot!(table);
}

#[test]
fn table_at_160_columns() {
    let table = sample(&["--width", "160", "report"]);
    assert!(table.lines().all(|line| line.chars().count() <= 160), "a line is wider than 160 columns");
    insta::assert_snapshot!(table);
}

#[test]
fn table_in_a_pipe() {
    insta::assert_snapshot!(sample(&["report"]));
}

#[test]
fn json() {
    insta::assert_snapshot!(sample(&["report", "--format", "json"]));
}

#[test]
fn csv() {
    insta::assert_snapshot!(sample(&["report", "--format", "csv"]));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(sample(&["report", "--format", "markdown"]));
}

#[test]
fn colours_only_where_asked_for() {
    let plain = run(repository(), &["--db", ":memory:", "report"]).stdout;
    assert!(!plain.contains('\u{1b}'));
    let always = run(repository(), &["--db", ":memory:", "--color", "always", "report"]).stdout;
    assert!(always.contains('\u{1b}'));
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let ran = finish(
            pledgebook(repository(), &["--db", ":memory:", "report"]).env("PLEDGEBOOK_AS_OF", AS_OF).env(name, value),
        );
        assert!(!ran.stdout.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn any_order_of_files_gives_the_same_report() {
    // The book's files under other names of folders: walked in another order.
    let dir = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(repository().join("commitments")).expect("the book") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let organisation = name.split('.').next().unwrap_or_default();
        let folder = 100 - organisation.len();
        crate::bin::write(dir.path(), &format!("commitments/{folder}/{name}"), &std::fs::read(&path).expect("bytes"));
    }
    let args = ["--db", ":memory:", "report", "--width", "160"];
    assert_eq!(run(dir.path(), &args).stdout, run(repository(), &args).stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read;
    let mut command = pledgebook(repository(), &["--db", ":memory:", "report", "--format", "json"]);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("started");
    let mut first = [0; 10];
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut first).expect("some bytes");
    drop(stdout);
    let output = child.wait_with_output().expect("ended");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn escapes_in_a_title_are_shown_and_not_obeyed() {
    let title = "\\u001b[31mred\\u001b[0m \\u202e backwards";
    let text = format!(
        "[organisation]\nname = \"B|right_\\u0007water\"\n[[statement]]\nid = \"s\"\n[[commitment]]\nid = \"c\"\ntitle = \"{title}\"\nstatement = \"s\"\ntopic = \"other\"\n\
         unit = \"x\"\ntarget = {{ at-least = 5 }}\ndeadline = \"2030\"\n"
    );
    let dir = crate::bin::book(&[("commitments/b.toml", &text)]);
    for format in ["table", "csv", "markdown"] {
        let ran = run(dir.path(), &["report", "--format", format]);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{format}: {}", ran.stdout);
        assert!(ran.stdout.contains("U+202E"), "{format}: {}", ran.stdout);
    }
}

#[test]
fn filters_groups_and_mistakes() {
    let args = |extra: &[&'static str]| [&["--db", ":memory:", "report", "--format", "csv"], extra].concat();
    let count = |extra: &[&'static str]| run(repository(), &args(extra)).stdout.lines().count() - 1;
    assert_eq!(count(&["bp"]), 3);
    assert_eq!(count(&["BP", "tencent"]), 8);
    assert_eq!(count(&["green-elec"]), 1);
    assert!(count(&["--status", "kept,missed"]) > 1);
    assert!(count(&["--due-within", "400d"]) >= 1);
    assert_eq!(count(&["biodiversity"]), 0);
    let ran = run(repository(), &args(&["tencnt"]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean `tencent`?"), "{}", ran.stderr);
    let ran = run(repository(), &args(&["--status", "lost"]));
    assert_eq!(ran.code, Some(2));
    let ran = run(repository(), &["--as-of", "2026-13-01", "report"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("write a date as"), "{}", ran.stderr);
}

#[test]
fn no_book_says_what_is_missing_and_how_to_start() {
    let dir = tempfile::tempdir().expect("a folder");
    let none = run(dir.path(), &["--book", ".", "report"]);
    assert_eq!((none.code, none.stderr.lines().count()), (Some(4), 3), "{}", none.stderr);
    assert!(none.stderr.contains("pledgebook init"), "{}", none.stderr);
    std::fs::create_dir(dir.path().join("commitments")).expect("made");
    let empty = run(dir.path(), &["report"]);
    assert_eq!((empty.code, empty.stderr.lines().count()), (Some(4), 3), "{}", empty.stderr);
    crate::bin::write(dir.path(), "commitments/b.toml", b"[organisation]\nname = \"b\"\n");
    assert_eq!(run(dir.path(), &["report"]).code, Some(4));
    let missing = run(dir.path(), &["--book", "elsewhere", "report"]);
    assert_eq!(missing.code, Some(4), "{}", missing.stderr);
}

#[test]
fn a_promise_of_the_future_is_not_reported_yet() {
    let ran = run(repository(), &["--db", ":memory:", "--as-of", "1980-01-01", "report", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    // Promises without a dated statement are always in (they are not known to be later).
    assert!(json["assessments"].as_array().expect("a list").len() < 5, "{}", ran.stdout);
}
