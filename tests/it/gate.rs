//! The gate on one day: verdicts, waivers, levels, exit codes.

use std::path::Path;

use serde_json::Value;

use crate::bin::{Ran, book, finish, pledgebook, run, write};

/// One promise, due on 2026-11-21, at 45 where 50 was promised at least.
pub(crate) const ACME: &str = r#"[organisation]
name = "Acme"

[[statement]]
id = "pledge"
date = "2020-01-15"

[[metric]]
id = "share"
unit = "%"

[[commitment]]
id = "green-power"
title = "50% green power"
statement = "pledge"
topic = "renewable-electricity"
metric = "share"
baseline = { period = "2020", value = 10 }
target = { at-least = 50 }
deadline = "2026-11-21"
"#;

const PROGRESS: &str = "[[progress]]\nmetric = \"share\"\nperiod = \"2025\"\nvalue = 45\nreported = \"2026-03-01\"\n";

fn acme(settings: &str) -> tempfile::TempDir {
    let files = [("commitments/acme.toml", ACME), ("commitments/acme.progress.toml", PROGRESS)];
    let dir = book(&files);
    if !settings.is_empty() {
        write(dir.path(), "pledgebook.toml", settings.as_bytes());
    }
    dir
}

pub(crate) fn check(dir: &Path, day: &str, more: &[&str]) -> Ran {
    let mut args = vec!["--db", ":memory:", "check", "--as-of", day];
    args.extend(more);
    run(dir, &args)
}

pub(crate) fn json(dir: &Path, day: &str, more: &[&str]) -> Value {
    let mut args = vec!["--format", "json"];
    args.extend(more);
    serde_json::from_str(&check(dir, day, &args).stdout).expect("JSON")
}

pub(crate) fn rules(verdict: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |finding: &Value| (text(&finding["rule"]), text(&finding["level"]));
    verdict["findings"].as_array().expect("findings").iter().map(of).collect()
}

fn pair(rule: &str, level: &str) -> (String, String) {
    (rule.to_owned(), level.to_owned())
}

#[test]
fn a_goal_a_day_past_its_deadline_denies() {
    let dir = acme("");
    let ran = check(dir.path(), "2026-11-22", &[]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    for words in [
        "`acme/green-power`",
        "1 day overdue",
        "2026-11-21",
        "commitments/acme.toml:12:1",
        "checked 1 promise as of 2026-11-22: 1 denied",
    ] {
        assert!(ran.stdout.contains(words), "{words} is not in\n{}", ran.stdout);
    }
    assert_eq!(ran.stderr, "");
    let verdict = json(dir.path(), "2026-11-22", &[]);
    let finding = &verdict["findings"][0];
    assert_eq!(finding["rule"], "overdue-awaiting");
    assert_eq!(finding["days_overdue"], 1);
    assert_eq!(finding["deadline"], "2026-11-21");
    assert_eq!(finding["source"]["file"], "commitments/acme.toml");
    assert_eq!(finding["source"]["line"], 12);
}

#[test]
fn on_the_deadline_day_it_is_in_time() {
    let ran = check(acme("").path(), "2026-11-21", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert!(ran.stdout.contains("due today"), "{}", ran.stdout);
}

#[test]
fn past_the_lag_the_rule_is_overdue() {
    assert!(rules(&json(acme("").path(), "2027-11-21", &[])).contains(&pair("overdue-awaiting", "deny")));
    assert!(rules(&json(acme("").path(), "2027-11-22", &[])).contains(&pair("overdue", "deny")));
}

const WAIVER: &str = "[[check.waiver]]\nrule = \"overdue\"\ncommitment = \"acme/green-power\"\nreason = \"the report comes in spring\"\nexpires = 2027-03-31\n";

#[test]
fn a_waiver_holds_through_its_day() {
    for rule in ["overdue", "overdue-awaiting"] {
        let dir = acme(&WAIVER.replace("\"overdue\"", &format!("\"{rule}\"")));
        for day in ["2026-11-22", "2027-03-31"] {
            let ran = check(dir.path(), day, &[]);
            assert_eq!(ran.code, Some(0), "{day}: {}", ran.stdout);
            assert!(ran.stdout.contains("waived until 2027-03-31: the report comes in spring"), "{}", ran.stdout);
            assert!(ran.stdout.contains("1 waived"), "{}", ran.stdout);
        }
        let ran = check(dir.path(), "2027-04-01", &[]);
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        let verdict = json(dir.path(), "2027-04-01", &[]);
        assert!(rules(&verdict).contains(&pair("overdue-awaiting", "deny")));
        assert!(rules(&verdict).contains(&pair("waiver-expired", "warn")));
    }
}

#[test]
fn a_waiver_of_no_use_is_found() {
    let dir = acme(&format!(
        "{WAIVER}{}{}",
        WAIVER.replace("\"overdue\"", "\"missed\""),
        WAIVER.replace("green-power", "gren-power").replace("\"overdue\"", "\"silent\"")
    ));
    let verdict = json(dir.path(), "2026-11-22", &[]);
    let unused: Vec<&Value> =
        verdict["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "waiver-unused").collect();
    assert_eq!(unused.len(), 2, "{verdict:#}");
    assert!(unused.iter().any(|finding| finding["help"] == "did you mean `acme/green-power`?"), "{verdict:#}");
    assert!(unused.iter().all(|finding| finding["source"]["file"] == "pledgebook.toml"));
    // `lint` looks at no dated rule, so that it cannot say these are unused.
    let ran = run(dir.path(), &["--db", ":memory:", "lint", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rules(&verdict), []);
}

#[test]
fn a_waiver_needs_reason_and_expiry() {
    for missing in ["reason", "expires"] {
        let settings: String =
            WAIVER.lines().filter(|line| !line.starts_with(missing)).map(|line| format!("{line}\n")).collect();
        let ran = check(acme(&settings).path(), "2026-11-22", &[]);
        assert_eq!(ran.code, Some(3), "{}", ran.stdout);
        assert!(ran.stdout.contains(missing), "{}", ran.stdout);
    }
}

#[test]
fn an_unknown_rule_in_the_settings_is_a_fault_with_a_suggestion() {
    let ran = check(acme("[check]\noverdu = \"warn\"\n").path(), "2026-11-22", &[]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stdout.contains("did you mean `overdue`?"), "{}", ran.stdout);
    assert!(ran.stdout.contains("pledgebook.toml:2:1"), "{}", ran.stdout);
}

#[test]
fn nothing_looked_at_is_no_pass() {
    let dir = tempfile::tempdir().unwrap();
    for command in ["check", "lint"] {
        let ran = run(dir.path(), &["--db", ":memory:", command]);
        assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    }
    let ran = run(dir.path(), &["--db", ":memory:", "check", "--book", "nowhere"]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    std::fs::create_dir(dir.path().join("commitments")).unwrap();
    for command in ["check", "lint"] {
        let ran = run(dir.path(), &["--db", ":memory:", command]);
        assert_eq!(ran.code, Some(4), "{}", ran.stderr);
        assert!(ran.stderr.contains("the book is empty"), "{}", ran.stderr);
    }
    // All promises are later than the day judged.
    let ran = check(acme("").path(), "2019-12-31", &[]);
    assert_eq!(ran.code, Some(4), "{}", ran.stdout);
    assert!(ran.stderr.contains("no promise was made yet on 2019-12-31"), "{}", ran.stderr);
    // A topic that exists and has no promise here.
    let ran = check(acme("").path(), "2026-11-22", &["methane"]);
    assert_eq!(ran.code, Some(4), "{}", ran.stdout);
    let ran = check(acme("").path(), "2026-11-22", &["acm"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    let ran = check(acme("").path(), "2026-11-22", &["acmee"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
}

#[test]
fn an_invalid_record_comes_before_a_verdict_and_findings_still_print() {
    let dir = acme("");
    write(dir.path(), "commitments/zeta.toml", b"[organisation]\nnam = \"Zeta\"\n");
    let ran = check(dir.path(), "2026-11-22", &[]);
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    assert!(ran.stdout.contains("error[unknown-key]") && ran.stdout.contains("1 day overdue"), "{}", ran.stdout);
    // The environment comes before that.
    let ran = check(dir.path(), "2026-11-22", &["--since", "HEAD"]);
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
    assert!(ran.stdout.contains("error[unknown-key]"), "{}", ran.stdout);
}

#[test]
fn levels_of_an_organisation_come_before_those_of_its_topic_and_the_book() {
    let level = |settings: &str| {
        let found = rules(&json(acme(settings).path(), "2026-11-22", &[]));
        found.into_iter().find(|(rule, _)| rule == "overdue-awaiting").map(|(_, level)| level)
    };
    let book = "[check]\noverdue-awaiting = \"warn\"\n";
    let topic = "[check.topic.renewable-electricity]\noverdue-awaiting = \"deny\"\n";
    let organisation = "[check.organisation.acme]\noverdue-awaiting = \"allow\"\n";
    assert_eq!(level(book).as_deref(), Some("warn"));
    assert_eq!(level(&format!("{book}{topic}")).as_deref(), Some("deny"));
    assert_eq!(level(&format!("{book}{topic}{organisation}")), None);
    let unknown = rules(&json(acme("[check.organisation.acmee]\nmissed = \"warn\"\n").path(), "2026-11-22", &[]));
    assert!(unknown.contains(&pair("setting-unused", "warn")), "{unknown:?}");
}

#[test]
fn flags_only_tighten() {
    let dir = acme("[check]\noverdue-awaiting = \"allow\"\n");
    assert_eq!(check(dir.path(), "2026-11-22", &[]).code, Some(0));
    assert_eq!(check(dir.path(), "2026-11-22", &["--deny", "overdue-awaiting"]).code, Some(1));
    let dir = acme("");
    assert_eq!(check(dir.path(), "2026-11-20", &[]).code, Some(0));
    assert_eq!(check(dir.path(), "2026-11-20", &["--strict"]).code, Some(1));
    assert_eq!(check(dir.path(), "2026-11-20", &["--deny", "due-soon"]).code, Some(1));
    let ran = check(dir.path(), "2026-11-20", &["--deny", "due-son"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean `due-soon`?"), "{}", ran.stderr);
}

#[test]
fn lint_never_looks_at_the_day() {
    let dir = acme(WAIVER);
    let lint = |day: &str, format: &str| {
        let ran = run(dir.path(), &["--db", ":memory:", "lint", "--as-of", day, "--format", format]);
        assert_eq!(ran.code, Some(0), "{}", ran.stdout);
        ran.stdout
    };
    for format in ["human", "json", "junit", "sarif", "github", "gitlab", "markdown"] {
        assert_eq!(lint("1990", format), lint("2999-12-31", format), "{format}");
    }
}

#[test]
fn another_settings_file_may_be_named() {
    let dir = acme("[check]\nnonsense = 1\n");
    let policy = write(dir.path(), "policy/strict.toml", b"[check]\noverdue-awaiting = \"warn\"\nmised = \"warn\"\n");
    let ran = check(dir.path(), "2026-11-22", &["--config", policy.to_str().unwrap()]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stdout.contains("policy/strict.toml:3:1") && !ran.stdout.contains("nonsense"), "{}", ran.stdout);
    write(dir.path(), "policy/strict.toml", b"[check]\noverdue-awaiting = \"warn\"\n");
    assert_eq!(check(dir.path(), "2026-11-22", &["--config", "policy/strict.toml"]).code, Some(0));
    assert_eq!(check(dir.path(), "2026-11-22", &["--config", "policy/none.toml"]).code, Some(5));
}

#[test]
fn the_terms_first_promised_may_be_judged() {
    let amended = format!("{ACME}\n[[commitment.amendment]]\ndate = \"2026-01-01\"\ndeadline = \"2035\"\n");
    let dir = book(&[("commitments/acme.toml", &amended), ("commitments/acme.progress.toml", PROGRESS)]);
    assert_eq!(check(dir.path(), "2026-11-22", &[]).code, Some(0));
    assert_eq!(check(dir.path(), "2026-11-22", &["--terms", "first"]).code, Some(1));
}

#[test]
fn quotes_are_looked_for_in_archived_texts() {
    let speech = "Ladies and gentlemen,\nwe  “will” run on\ngreen power by 2026.\n";
    let hash = |text: &str| {
        use sha2::Digest;
        sha2::Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let with = |quote: &str, hash: &str| {
        ACME.replace(
            "date = \"2020-01-15\"\n",
            &format!("date = \"2020-01-15\"\nfile = \"commitments/sources/speech.txt\"\nsha256 = \"{hash}\"\n"),
        )
        .replace("topic =", &format!("quote = \"{quote}\"\ntopic ="))
    };
    let lint = |promises: &str, archived: Option<&[u8]>| {
        let dir = book(&[("commitments/acme.toml", promises)]);
        if let Some(bytes) = archived {
            write(dir.path(), "commitments/sources/speech.txt", bytes);
        }
        let ran = run(dir.path(), &["--db", ":memory:", "lint"]);
        (ran.code, ran.stdout)
    };
    let right = hash(speech);
    let (code, out) = lint(&with("we \\\"will\\\" run on green power", &right), Some(speech.as_bytes()));
    assert_eq!(code, Some(0), "{out}");
    let (code, out) = lint(&with("we aim to run on green power", &right), Some(speech.as_bytes()));
    assert_eq!(code, Some(1));
    assert!(out.contains("error[quote-not-found]") && out.contains("the text agrees up to `we`"), "{out}");
    let (code, out) = lint(&with("we", &hash("")), Some(speech.as_bytes()));
    assert_eq!(code, Some(1));
    assert!(out.contains("error[hash-mismatch]") && out.contains(&right), "{out}");
    let (code, out) = lint(&with("we", &right), None);
    assert_eq!(code, Some(1));
    assert!(out.contains("error[archived-text-missing]"), "{out}");
    let (code, out) = lint(&with("we", &hash("")), Some(b"\xff\xfe"));
    assert_eq!(code, Some(1));
    assert!(out.contains("not UTF-8"), "{out}");
}

#[test]
fn drafts_are_found() {
    let dir = book(&[("commitments/acme.toml", &ACME.replace("topic =", "draft = true\ntopic ="))]);
    let ran = run(dir.path(), &["--db", ":memory:", "lint"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("warning[draft]"), "{}", ran.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_fault_and_changes_no_verdict() {
    let dir = acme("");
    let mut command = pledgebook(dir.path(), &["--db", ":memory:", "check", "--as-of", "2026-11-22"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = finish_into(command.stdout(writer));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
}

fn finish_into(command: &mut std::process::Command) -> Ran {
    command.stderr(std::process::Stdio::piped());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    Ran { stdout: String::new(), stderr: String::from_utf8(output.stderr).unwrap(), code: output.status.code() }
}

#[test]
fn explain_prints_the_page_of_any_rule() {
    let dir = acme("");
    for rule in pledgebook::policy::rule_names() {
        let ran = run(dir.path(), &["explain", rule]);
        assert_eq!(ran.code, Some(0), "{rule}: {}", ran.stderr);
        assert!(ran.stdout.starts_with(&format!("{rule}: ")) && ran.stdout.contains("cure "), "{}", ran.stdout);
    }
    let ran = run(dir.path(), &["explain", "overdu"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("or the rule `overdue`?"), "{}", ran.stderr);
    // A rule can be read about without a book, too.
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(run(nowhere.path(), &["explain", "missed"]).code, Some(0));
}

#[test]
fn the_docs_page_of_rules_is_the_table() {
    let path = crate::bin::repository().join("docs/rules.md");
    crate::bin::same_as_file(&path, &pledgebook::policy::rules_markdown());
}

#[test]
fn the_same_findings_whatever_the_order_the_index_the_width_and_the_colour() {
    let dir = acme("");
    let other = ACME.replace("\"Acme\"", "\"Beta\"").replace("2026-11-21", "2025");
    write(dir.path(), "commitments/beta.toml", other.as_bytes());
    let expected = json(dir.path(), "2026-11-22", &[]);
    // The index: none, fresh, warm; the files in subfolders of other names.
    for _ in 0..2 {
        let ran = run(dir.path(), &["check", "--format", "json"]);
        assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap(), expected);
    }
    for more in [&["--width", "60"][..], &["--color", "always"]] {
        assert_eq!(json(dir.path(), "2026-11-22", more), expected);
    }
    std::fs::create_dir(dir.path().join("commitments/zz")).unwrap();
    for file in ["acme.toml", "acme.progress.toml"] {
        let at = |folder: &str| dir.path().join("commitments").join(folder).join(file);
        std::fs::rename(at(""), at("zz")).unwrap();
    }
    let moved = json(dir.path(), "2026-11-22", &[]);
    assert_eq!(rules(&moved), rules(&expected));
    let prints = |verdict: &Value| {
        let all = verdict["findings"].as_array().unwrap().iter();
        all.map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(prints(&moved), prints(&expected));
    let ran = finish(&mut pledgebook(dir.path(), &["--db", ":memory:", "check"]));
    assert!(ran.code.is_some());
}
