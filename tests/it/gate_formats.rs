//! The forms of a verdict: the same findings in each, and each as its readers
//! want it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::bin::{AS_OF, book, finish, pledgebook, run, write};

/// A title that every format has to escape in its own way.
const TITLE: &str = r#"100% \"green\", by: 2030 <b>&amp; | `x`\nnext\u001b[31m"#;

/// Thirteen promises a day past their deadline, one of them waived, and a
/// faulty waiver: more than GitHub shows of one kind.
fn crowd() -> tempfile::TempDir {
    let mut text =
        String::from("[organisation]\nname = \"Acme\"\n\n[[statement]]\nid = \"pledge\"\ndate = \"2020-01-15\"\n");
    for index in 0..13 {
        let title = if index == 0 { TITLE.to_owned() } else { format!("Promise {index}") };
        text.push_str(&format!(
            "\n[[commitment]]\nid = \"p{index:02}\"\ntitle = \"{title}\"\nstatement = \"pledge\"\ntopic = \"water\"\nunit = \"ML\"\ntarget = {{ at-most = 5 }}\ndeadline = \"2026-11-21\"\n"
        ));
    }
    let waiver = |rule: &str, id: &str| {
        format!(
            "[[check.waiver]]\nrule = \"{rule}\"\ncommitment = \"acme/{id}\"\nreason = \"100%, soon: really\"\nexpires = 2027-01-01\n"
        )
    };
    let settings = format!("{}{}", waiver("overdue", "p12"), waiver("missed", "p01"));
    book(&[("commitments/acme.toml", &text), ("pledgebook.toml", &settings)])
}

fn check(dir: &Path, format: &str) -> String {
    let ran = run(dir, &["--db", ":memory:", "check", "--format", format]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    ran.stdout
}

/// Rule, level, file, line, in order.
type Told = BTreeSet<(String, String, String, u64)>;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn told(dir: &Path) -> Told {
    let verdict: Value = serde_json::from_str(&check(dir, "json")).expect("JSON");
    let of = |finding: &Value| {
        let source = &finding["source"];
        (text(&finding["rule"]), text(&finding["level"]), text(&source["file"]), source["line"].as_u64().unwrap_or(1))
    };
    verdict["findings"].as_array().expect("findings").iter().map(of).collect()
}

#[test]
fn json_says_it_all() {
    let dir = crowd();
    let verdict: Value = serde_json::from_str(&check(dir.path(), "json")).unwrap();
    assert_eq!(verdict["schema"], 1);
    assert_eq!(verdict["as_of"], AS_OF);
    assert_eq!(verdict["verdict"], "denied");
    assert_eq!(verdict["counts"]["deny"], 12);
    assert_eq!(verdict["counts"]["waived"], 1);
    assert_eq!(verdict["counts"]["warn"], 1);
    assert_eq!(verdict["findings"][0]["level"], "deny");
    assert_eq!(verdict["findings"].as_array().unwrap().last().unwrap()["level"], "waived");
}

#[test]
fn sarif_has_the_same_findings_with_a_place_each() {
    let dir = crowd();
    let log: Value = serde_json::from_str(&check(dir.path(), "sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut found = Told::new();
    let mut prints = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = text(&place["artifactLocation"]["uri"]);
        assert!(!uri.starts_with('/') && !uri.contains(':') && !uri.contains(' '), "{uri}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        prints.insert(text(&result["partialFingerprints"]["pledgebookFinding/v1"]));
        let outcome = text(&result["properties"]["outcome"]);
        assert_eq!(result["suppressions"].as_array().unwrap().len(), usize::from(outcome == "waived"));
        assert!(!text(&result["message"]["text"]).contains('\u{1b}'));
        found.insert((text(&result["ruleId"]), outcome, uri, place["region"]["startLine"].as_u64().unwrap()));
    }
    assert_eq!(found, told(dir.path()));
    assert_eq!(prints.len(), found.len(), "fingerprints are unique");
}

#[test]
fn fingerprints_outlive_a_moved_line_and_a_later_day() {
    let dir = crowd();
    let prints = |day: &str| -> BTreeSet<String> {
        let ran = run(dir.path(), &["--db", ":memory:", "check", "--format", "gitlab", "--as-of", day]);
        let issues: Value = serde_json::from_str(&ran.stdout).unwrap();
        issues.as_array().unwrap().iter().map(|issue| text(&issue["fingerprint"])).collect()
    };
    let before = prints("2026-11-22");
    let file = dir.path().join("commitments/acme.toml");
    let moved = std::fs::read_to_string(&file).unwrap().replace("\n[[commitment]]", "\n# a line\n\n[[commitment]]");
    std::fs::write(&file, moved).unwrap();
    assert_eq!(prints("2026-11-25"), before);
}

#[test]
fn gitlab_has_the_same_findings() {
    let dir = crowd();
    let issues: Value = serde_json::from_str(&check(dir.path(), "gitlab")).unwrap();
    let level = |severity: &str| match severity {
        "blocker" => "error",
        "critical" => "deny",
        "minor" => "warn",
        "info" => "waived",
        other => panic!("GitLab has no severity {other}"),
    };
    let of = |issue: &Value| {
        let place = &issue["location"];
        assert!(!text(&issue["description"]).is_empty());
        (
            text(&issue["check_name"]),
            level(&text(&issue["severity"])).to_owned(),
            text(&place["path"]),
            place["lines"]["begin"].as_u64().unwrap(),
        )
    };
    let found: Told = issues.as_array().unwrap().iter().map(of).collect();
    assert_eq!(found, told(dir.path()));
}

#[test]
fn markdown_and_human_have_the_same_findings() {
    let dir = crowd();
    let (markdown, human) = (check(dir.path(), "markdown"), check(dir.path(), "human"));
    let rows = markdown.lines().filter(|line| line.starts_with("| ")).count();
    assert_eq!(rows - 2, told(dir.path()).len());
    for (rule, level, file, line) in told(dir.path()) {
        let rows = markdown
            .lines()
            .filter(|row| row.contains(&format!(" {rule} ")) && row.contains(&format!("{file}:{line} ")));
        assert_eq!(rows.count(), 1, "{rule} {level} {line}");
        assert!(human.contains(&format!("{file}:{line}:1")), "{line}");
        assert!(human.contains(&format!("[{rule}]")), "{rule}");
    }
    for page in [&markdown, &human] {
        assert!(!page.contains('\u{1b}') && page.contains('\u{241b}'), "{page}");
    }
    assert!(markdown.contains("12 denied, 1 warning, 1 waived"), "{markdown}");
    assert!(human.ends_with(": 12 denied, 1 warning, 1 waived\n"), "{human}");
}

/// Kind, properties, message.
type Annotation = (String, Vec<(String, String)>, String);

/// What GitHub's runner makes of a command.
fn command(line: &str) -> Option<Annotation> {
    let (head, data) = line.strip_prefix("::")?.split_once("::")?;
    let (kind, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescape = |text: &str| {
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    let properties = properties
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), unescape(value)))
        .collect();
    Some((kind.to_owned(), properties, unescape(data)))
}

#[test]
fn github_annotations_survive_any_title() {
    let dir = crowd();
    let summary = dir.path().join("summary.md");
    std::fs::write(&summary, "earlier\n").unwrap();
    let mut run = pledgebook(dir.path(), &["--db", ":memory:", "check", "--format", "github", "--as-of", AS_OF]);
    let ran = finish(run.env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(ran.code, Some(1));
    let commands: Vec<_> = ran.stdout.lines().filter_map(command).collect();
    let count = |kind: &str| commands.iter().filter(|(of, ..)| of == kind).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 1, 1));
    assert!(ran.stdout.contains("2 more of the kind `error` stand in the step summary"), "{}", ran.stdout);
    let (_, properties, message) = &commands[0];
    let property = |name: &str| properties.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str());
    assert_eq!(property("file"), Some("commitments/acme.toml"));
    assert_eq!(property("line"), Some("8"));
    assert_eq!(property("title"), Some("overdue-awaiting: 100% \"green\", by: 2030 <b>&amp; | `x` next\u{241b}[31m"));
    assert!(message.contains("100% \"green\", by: 2030") && message.contains("\nhelp: "), "{message}");
    // The summary is appended to, and has them all.
    let summary = std::fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("earlier\n**checked 13 promises"), "{summary}");
    assert_eq!(summary.lines().filter(|line| line.starts_with("| ✗ denied")).count(), 12);
}

/// The parts of an XML document that a test needs: elements with attributes.
fn elements(xml: &str, name: &str) -> Vec<Vec<(String, String)>> {
    let open = format!("<{name} ");
    xml.match_indices(&open)
        .map(|(at, _)| {
            let end = at + xml[at..].find('>').expect("the tag ends");
            let head = xml[at + open.len()..end].trim_end_matches('/');
            let parts: Vec<&str> = head.split('"').collect();
            parts
                .chunks(2)
                .filter(|pair| pair.len() == 2)
                .map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), pair[1].to_owned()))
                .collect()
        })
        .collect()
}

#[test]
fn junit_has_a_case_per_promise_and_rule() {
    let dir = crowd();
    let xml = check(dir.path(), "junit");
    let get = |element: &[(String, String)], name: &str| {
        element.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let cases = elements(&xml, "testcase");
    let dated = cases.iter().filter(|case| get(case, "classname") == "acme/p03").count();
    assert!(dated > 10, "{dated}");
    assert!(cases.iter().all(|case| !get(case, "name").is_empty() && get(case, "time") == "0"));
    let mut names = BTreeSet::new();
    assert!(cases.iter().all(|case| names.insert((get(case, "classname"), get(case, "name")))), "a case stands once");
    assert_eq!(xml.matches("<failure ").count(), 12);
    assert_eq!(xml.matches("<skipped ").count(), 1);
    assert!(xml.contains("warning[waiver-unused]"), "{xml}");
    for suite in elements(&xml, "testsuite") {
        for key in ["id", "name", "package", "hostname", "timestamp", "time", "tests", "failures", "errors", "skipped"]
        {
            assert!(!get(&suite, key).is_empty(), "{key}");
        }
    }
    let total: usize =
        elements(&xml, "testsuite").iter().map(|suite| get(suite, "tests").parse::<usize>().unwrap()).sum();
    assert_eq!(total, cases.len());
    assert!(xml.contains("100% &quot;green&quot;, by: 2030 &lt;b&gt;&amp;amp; | `x` next\u{241b}[31m"), "{xml}");
}

#[test]
fn junit_is_never_empty() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("commitments")).unwrap();
    let ran = run(dir.path(), &["--db", ":memory:", "check", "--format", "junit"]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stdout.contains("<error type=\"nothing-judged\""), "{}", ran.stdout);
}

#[test]
fn several_formats_at_once() {
    let dir = crowd();
    let ran = run(
        dir.path(),
        &["--db", ":memory:", "check", "--output", "junit=report.xml", "--output", "sarif=report.sarif"],
    );
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.ends_with("1 waived\n"));
    for (format, file) in [("junit", "report.xml"), ("sarif", "report.sarif")] {
        let written = std::fs::read_to_string(dir.path().join(file)).unwrap();
        assert_eq!(written, check(dir.path(), format));
    }
    let fails = |output: &str| run(dir.path(), &["--db", ":memory:", "check", "--output", output]);
    assert_eq!(fails("junit=no/such/folder/x").code, Some(5));
    assert_eq!(fails("junt=x").code, Some(2));
    assert!(fails("junt=x").stderr.contains("did you mean `junit`?"));
    assert_eq!(fails("junit").code, Some(2));
}

#[test]
fn a_clean_book_is_clean_in_every_format() {
    let dir = crowd();
    write(dir.path(), "pledgebook.toml", b"[check]\noverdue-awaiting = \"allow\"\n");
    for format in ["human", "json", "junit", "sarif", "github", "gitlab", "markdown"] {
        let ran = run(dir.path(), &["--db", ":memory:", "check", "--format", format]);
        assert_eq!(ran.code, Some(0), "{}", ran.stdout);
        assert!(!ran.stdout.contains("overdue by"), "{}", ran.stdout);
        if matches!(format, "human" | "github" | "markdown") {
            assert!(ran.stdout.contains("nothing found"), "{}", ran.stdout);
        }
    }
}
