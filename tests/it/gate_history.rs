//! A prepared history: every quiet weakening of a promise is found at the line
//! that changed, and nothing harmless is.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::bin::{Ran, book, finish, pledgebook, write};
use crate::gate_edits::{ACME, BETA, EDITS, PROGRESS};

pub(crate) fn git(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "core.autocrlf=false", "-c", "init.defaultBranch=main"])
        .args(args)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A book in a repository with one commit.
fn repository() -> tempfile::TempDir {
    let dir = book(&[
        ("commitments/acme.toml", ACME),
        ("commitments/beta.toml", BETA),
        ("commitments/acme.progress.toml", PROGRESS),
    ]);
    git(dir.path(), &["init", "-q"]);
    commit(dir.path(), "first");
    dir
}

fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "--allow-empty", "-m", message]);
}

/// The binary with a way to git and nothing else of the caller's environment.
fn ran(dir: &Path, args: &[&str]) -> Ran {
    let path = std::env::var_os("PATH").unwrap_or_default();
    finish(pledgebook(dir, args).env("PATH", path))
}

fn lint(dir: &Path, since: &str) -> (Option<i32>, Vec<Value>) {
    let ran = ran(dir, &["--db", ":memory:", "lint", "--since", since, "--format", "json"]);
    let verdict: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr));
    (ran.code, verdict["findings"].as_array().expect("findings").clone())
}

/// Rule and text of the line pointed at.
fn told(dir: &Path, finding: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let file = std::fs::read_to_string(dir.join(text(&finding["source"]["file"]))).unwrap_or_default();
    let line = finding["source"]["line"].as_u64().and_then(|line| usize::try_from(line).ok()).unwrap_or(0);
    let line = file.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned();
    (text(&finding["rule"]), line)
}

#[test]
fn every_weakening_is_found_and_nothing_harmless_is() {
    assert!(EDITS.len() >= 40);
    let dir = repository();
    let mut faults = Vec::new();
    for (name, from, to, expected) in EDITS {
        assert!(ACME.contains(from), "{name}: `{from}` is not in the book");
        write(dir.path(), "commitments/acme.toml", ACME.replace(from, to).as_bytes());
        let (code, findings) = lint(dir.path(), "HEAD");
        let found: Vec<(String, String)> = findings.iter().map(|finding| told(dir.path(), finding)).collect();
        let wanted: Vec<(String, String)> =
            expected.iter().map(|(rule, line)| ((*rule).to_owned(), (*line).to_owned())).collect();
        let denied = expected.iter().any(|(rule, _)| *rule != "amended-weaker");
        if found != wanted || code != Some(i32::from(denied)) {
            faults.push(format!("{name}: exit {code:?}\n  expected {wanted:?}\n  found    {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_may_be_reordered_moved_and_figures_added() {
    let dir = repository();
    let at = |path: &str| dir.path().join("commitments").join(path);
    std::fs::create_dir_all(at("asia/east")).unwrap();
    std::fs::rename(at("acme.toml"), at("asia/east/acme.toml")).unwrap();
    std::fs::remove_file(at("acme.progress.toml")).unwrap();
    // Records in the opposite order.
    let (head, records) = ACME.split_once("[[commitment]]\n").unwrap();
    let mut records: Vec<&str> = records.split("[[commitment]]\n").collect();
    records.reverse();
    let text: String = records.iter().map(|record| format!("\n[[commitment]]\n{record}")).collect();
    write(dir.path(), "commitments/asia/east/acme.toml", format!("{head}{text}").as_bytes());
    write(dir.path(), "commitments/asia/east/acme.progress.toml", PROGRESS.replace("30", "31").as_bytes());
    assert_eq!(lint(dir.path(), "HEAD"), (Some(0), Vec::new()));
}

#[test]
fn a_unit_in_another_prefix_is_the_same_promise() {
    let dir = repository();
    let text = ACME
        .replace("\"kt CO2e\"", "\"t CO2e\"")
        .replace("value = 1000 }", "value = 1000000 }")
        .replace("at-most = 500 }", "at-most = 500000 }")
        .replace("at-most = 250 }", "at-most = 250_000 }")
        .replace("unit = \"ML\"\ntarget = { keep-at-most = 100,", "unit = \"m3\"\ntarget = { keep-at-most = 100e3,");
    write(dir.path(), "commitments/acme.toml", text.as_bytes());
    assert_eq!(lint(dir.path(), "HEAD"), (Some(0), Vec::new()));
    write(dir.path(), "commitments/acme.toml", text.replace("250_000", "251_000").as_bytes());
    assert_eq!(lint(dir.path(), "HEAD").0, Some(1));
}

#[test]
fn a_file_deleted_takes_its_promises_and_a_file_renamed_keeps_them() {
    let dir = repository();
    let beta = dir.path().join("commitments/beta.toml");
    std::fs::remove_file(&beta).unwrap();
    let (code, findings) = lint(dir.path(), "HEAD");
    assert_eq!((code, findings.len()), (Some(1), 1));
    assert_eq!(findings[0]["rule"], "removed");
    assert_eq!(findings[0]["commitment"], "beta/trees");
    assert_eq!(findings[0]["source"]["file"], "commitments/beta.toml");
    write(dir.path(), "commitments/beta-group.toml", BETA.as_bytes());
    assert_eq!(lint(dir.path(), "HEAD"), (Some(0), Vec::new()));
    write(dir.path(), "commitments/beta-group.toml", BETA.replace("\"2030\"", "\"2031\"").as_bytes());
    assert_eq!(lint(dir.path(), "HEAD").0, Some(1));
}

#[test]
fn a_file_with_errors_takes_no_promise_away() {
    let dir = repository();
    write(dir.path(), "commitments/beta.toml", BETA.replace("deadline", "dedline").as_bytes());
    let (code, findings) = lint(dir.path(), "HEAD");
    assert_eq!(code, Some(3));
    assert!(findings.iter().all(|finding| finding["rule"] != "removed"), "{findings:#?}");
    // And one that was faulty before is told, and the rest is judged.
    commit(dir.path(), "a fault");
    write(dir.path(), "commitments/beta.toml", BETA.as_bytes());
    write(dir.path(), "commitments/acme.toml", ACME.replace("\"2040\"", "\"2041\"").as_bytes());
    let (code, findings) = lint(dir.path(), "HEAD");
    let rules: Vec<&str> = findings.iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert_eq!((code, rules), (Some(1), vec!["weakened", "not-compared"]));
}

#[test]
fn a_waiver_accepts_a_weakening_for_lint_too() {
    let dir = repository();
    write(dir.path(), "commitments/acme.toml", ACME.replace("\"2040\"", "\"2041\"").as_bytes());
    let waiver = "[[check.waiver]]\nrule = \"weakened\"\ncommitment = \"acme/net-zero-2040\"\nreason = \"a typing error mended\"\nexpires = 2026-12-31\n";
    write(dir.path(), "pledgebook.toml", waiver.as_bytes());
    let (code, findings) = lint(dir.path(), "HEAD");
    assert_eq!((code, findings.len()), (Some(0), 1));
    assert_eq!(findings[0]["level"], "waived");
}

#[test]
fn the_book_may_lie_deep_in_its_repository() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("docs/grün/book");
    write(&root, "commitments/acme.toml", ACME.as_bytes());
    write(dir.path(), "commitments/other.toml", b"not a book of ours");
    write(dir.path(), "docs/grün/book/commitments/.hidden.toml", b"not read");
    write(dir.path(), "docs/grün/book/commitments/sources/a.toml", b"not read either");
    git(dir.path(), &["init", "-q"]);
    commit(dir.path(), "first");
    git(dir.path(), &["tag", "v1"]);
    write(&root, "commitments/acme.toml", ACME.replace("\"2040\"", "\"2041\"").as_bytes());
    let before = git(dir.path(), &["status", "--porcelain"]);
    for revision in ["HEAD", "v1", "main"] {
        let (code, findings) = lint(&root, revision);
        assert_eq!((code, findings.len()), (Some(1), 1), "{revision}");
    }
    // Seen from the repository's folder the paths lead there.
    let ran = ran(dir.path(), &["--book", "docs/grün/book", "--db", ":memory:", "lint", "--since", "v1"]);
    assert!(ran.stdout.contains("--> docs/grün/book/commitments/acme.toml:"), "{}", ran.stdout);
    // Nothing of the work tree was touched.
    assert_eq!(git(dir.path(), &["status", "--porcelain"]), before);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf_8_are_read_too() {
    use std::os::unix::ffi::OsStrExt;
    let dir = repository();
    let odd = dir.path().join("commitments").join(std::ffi::OsStr::from_bytes(b"regi\xf3n"));
    std::fs::create_dir(&odd).unwrap();
    std::fs::write(odd.join("gamma.toml"), BETA.replace("Beta", "Gamma")).unwrap();
    commit(dir.path(), "odd");
    assert_eq!(lint(dir.path(), "HEAD"), (Some(0), Vec::new()));
    std::fs::write(odd.join("gamma.toml"), BETA.replace("Beta", "Gamma").replace("2030", "2031")).unwrap();
    let (code, findings) = lint(dir.path(), "HEAD");
    assert_eq!((code, findings.len()), (Some(1), 1));
}

#[test]
fn what_git_cannot_do_is_said() {
    let dir = repository();
    let args = |revision: &'static str| ["--db", ":memory:", "lint", "--since", revision];
    let fails = |ran: Ran, words: &str| {
        assert_eq!(ran.code, Some(5), "{}", ran.stderr);
        assert!(ran.stderr.contains(words), "{words} is not in\n{}", ran.stderr);
    };
    fails(ran(dir.path(), &args("no-such-branch")), "there is no folder and no git revision `no-such-branch`");
    fails(ran(dir.path(), &["--db", ":memory:", "lint", "--since=--output=x"]), "no git revision");
    fails(finish(pledgebook(dir.path(), &args("HEAD")).env("PATH", "/nowhere")), "`git` is not installed");
    let alone = book(&[("commitments/acme.toml", ACME)]);
    fails(ran(alone.path(), &args("HEAD")), "is in no git repository");
    fails(ran(alone.path(), &args("commitments")), "there is no book in `commitments`");
}

#[test]
fn a_hook_runs_with_its_own_idea_of_the_repository() {
    let dir = repository();
    write(dir.path(), "commitments/acme.toml", ACME.replace("\"2040\"", "\"2041\"").as_bytes());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command = pledgebook(dir.path(), &["--db", ":memory:", "lint", "--since", "HEAD"]);
    let ran = finish(command.env("PATH", path).env("GIT_DIR", "elsewhere").env("GIT_INDEX_FILE", "elsewhere/index"));
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
}

#[test]
fn two_folders_compare_like_two_revisions() {
    let old = repository();
    let new = book(&[(
        "commitments/acme.toml",
        &ACME.replace("\"2040\"", "\"2041\"").replace("at-least = 80", "at-least = 85"),
    )]);
    let folder = old.path().to_str().unwrap();
    let (code, findings) = lint(new.path(), folder);
    assert_eq!(code, Some(1));
    let rules: Vec<&str> = findings.iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert_eq!(rules, ["removed", "weakened"]);
    let diff = |format: &str| {
        let ran = ran(new.path(), &["--db", ":memory:", "diff", folder, "--format", format]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    let table = diff("table");
    for words in [
        "▼ weakened",
        "acme/net-zero-2040",
        "2040",
        "2041",
        "none says so",
        "▲ strengthened",
        "at least 85 %",
        "− removed",
    ] {
        assert!(table.contains(words), "{words} is not in\n{table}");
    }
    assert!(diff("markdown").contains("| ▼ weakened | acme/net-zero-2040 | deadline | 2040 | 2041 | none says so |"));
    let json: Value = serde_json::from_str(&diff("json")).unwrap();
    let kinds: Vec<&str> =
        json["changes"].as_array().unwrap().iter().filter_map(|change| change["change"].as_str()).collect();
    assert_eq!(kinds, ["weakened", "strengthened", "removed"]);
    assert_eq!(json["changes"][0]["terms"][0]["old"], "2040");
}

#[test]
fn a_first_book_and_an_added_promise_are_no_findings() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q"]);
    commit(dir.path(), "nothing yet");
    write(dir.path(), "commitments/acme.toml", ACME.as_bytes());
    assert_eq!(lint(dir.path(), "HEAD"), (Some(0), Vec::new()));
    let ran = ran(dir.path(), &["--db", ":memory:", "diff", "HEAD"]);
    assert!(ran.stdout.contains("5 added"), "{}", ran.stdout);
}
