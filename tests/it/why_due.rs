//! `due` and its calendar.

use super::why_support::{book, json, run, shipped, stdout};

const PROMISES: &str = r#"
[organisation]
name = "Acme, Inc."

[[statement]]
id = "s"
date = "2020-01-01"
url = "https://example.org/a,b"

[[commitment]]
id = "share"
title = "All green; wind, sun \\ and a title that is long enough to be folded, with ä, ö and 腾讯 in it"
statement = "s"
topic = "renewable-electricity"
unit = "%"
baseline = { period = "2019", value = 10 }
target = { at-least = 100 }
deadline = "2028"
milestones = [{ deadline = "2023", at-least = 50 }, { deadline = "2027-06-15", at-least = 80 }]

[[commitment]]
id = "late"
title = "Half by 2024"
statement = "s"
topic = "water"
unit = "ML"
baseline = { period = "2019", value = 100 }
target = { at-most = 50 }
deadline = "2024"

[[commitment]]
id = "gone"
title = "Given up"
statement = "s"
topic = "waste"
target = { done = true }
deadline = "2029"
[[commitment.amendment]]
date = "2022-05"
withdrawn = true
"#;

const FIGURES: &str = r#"
[[progress]]
commitment = "share"
period = "2023"
value = 40
reported = "2024-02-01"
recorded = 2024-03-01

[[progress]]
commitment = "late"
period = "2022"
value = 90
"#;

const SETTINGS: &str = r#"
[[check.waiver]]
rule = "overdue"
commitment = "acme/late"
reason = "the audit takes longer"
expires = 2027-01-31
"#;

fn acme() -> tempfile::TempDir {
    book(&[
        ("commitments/acme.toml", PROMISES),
        ("commitments/acme.progress.toml", FIGURES),
        ("pledgebook.toml", SETTINGS),
    ])
}

fn kinds(value: &serde_json::Value) -> Vec<(String, String, bool)> {
    let items = value["due"].as_array().expect("items");
    items
        .iter()
        .map(|item| {
            let text = |name: &str| item[name].as_str().expect("text").to_owned();
            (text("date"), format!("{} {}", text("kind"), text("id")), item["late"] == true)
        })
        .collect()
}

#[test]
fn late_things_stand_on_top_and_the_next_comes_first() {
    let dir = acme();
    let due = json(dir.path(), &["due", "--format", "json"]);
    let expected = [
        ("2023-12-31", "milestone acme/share", true),
        ("2024-12-31", "deadline acme/late", true),
        ("2025-12-31", "report acme/late", true),
        ("2025-12-31", "report acme/share", true),
        ("2027-01-31", "waiver acme/late", false),
        ("2027-06-15", "milestone acme/share", false),
        ("2028-12-31", "deadline acme/share", false),
    ];
    let expected: Vec<(String, String, bool)> =
        expected.into_iter().map(|(date, what, late)| (date.to_owned(), what.to_owned(), late)).collect();
    assert_eq!(kinds(&due), expected);
    let soon = json(dir.path(), &["due", "--format", "json", "--within", "90d"]);
    assert_eq!(kinds(&soon), expected[..5]);
    let filtered = json(dir.path(), &["due", "water", "--format", "json"]);
    assert_eq!(filtered["due"].as_array().expect("items").len(), 3);
    for width in ["80", "120"] {
        let text = stdout(dir.path(), &["due", "--width", width]);
        assert!(text.starts_with("as of 2026-11-22: 4 late, 3 to come"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= width.parse().expect("a width")), "{text}");
    }
    let csv = stdout(dir.path(), &["due", "--format", "csv"]);
    assert!(csv.contains("2026-11-22,2023-12-31,-1057,true,milestone,acme/share"), "{csv}");
    assert!(stdout(dir.path(), &["due", "--format", "markdown"]).contains("| 2028-12-31 | in 770 days | deadline |"));
}

/// Content lines of a calendar, unfolded (RFC 5545, 3.1).
fn content(ics: &str) -> Vec<String> {
    assert!(ics.ends_with("\r\n"));
    assert!(!ics.replace("\r\n", "").contains(['\r', '\n']), "a line ends without CRLF");
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "a line has more than 75 octets");
    ics.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_calendar_is_one_that_calendars_accept() {
    let dir = acme();
    let ics = stdout(dir.path(), &["due", "--format", "ics"]);
    let lines = content(&ics);
    let count = |line: &str| lines.iter().filter(|other| *other == line).count();
    assert_eq!(lines[0], "BEGIN:VCALENDAR");
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    // Two deadlines, two milestones, two reports, one waiver; nothing of what was withdrawn.
    assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT"), count("BEGIN:VALARM")), (7, 7, 7));
    let mut uids: Vec<&String> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), 7);
    let at = lines.iter().position(|line| line == "UID:acme.share.deadline@pledgebook").expect("the deadline");
    let event: Vec<&str> = lines[at..].iter().map(String::as_str).take_while(|line| *line != "END:VEVENT").collect();
    for line in [
        "DTSTAMP:20200101T000000Z",
        "DTSTART;VALUE=DATE:20281231",
        "DTEND;VALUE=DATE:20290101",
        "URL:https://example.org/a,b",
        "TRIGGER:-P30D",
    ] {
        assert!(event.contains(&line), "no `{line}` in {event:?}");
    }
    let summary = event.iter().find(|line| line.starts_with("SUMMARY:")).expect("a summary");
    assert_eq!(
        *summary,
        "SUMMARY:deadline: Acme\\, Inc.: All green\\; wind\\, sun \\\\ and a title that is long enough to be folded\\, with ä\\, ö and 腾讯 in it"
    );
}

#[test]
fn the_calendar_changes_with_the_book_alone() {
    let dir = acme();
    let on = |root: &std::path::Path, day: &str| stdout(root, &["due", "--format", "ics", "--as-of", day]);
    assert_eq!(on(dir.path(), "2026-11-22"), on(dir.path(), "2026-11-23"));
    assert_eq!(on(dir.path(), "2021-01-01"), on(dir.path(), "2040-01-01"));
    assert_eq!(on(&shipped(), "2026-12-31"), on(&shipped(), "2027-01-01"));
    let refused = run(dir.path(), &["due", "--format", "ics", "--within", "90d"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(run(dir.path(), &["due", "nothing-such"]).status.code() == Some(2));
}
