//! JUnit: a suite per organisation, a case per promise and rule. It keeps to
//! what both published schemas (Ant's and Jenkins') allow: a case has no output
//! of its own, so that warnings, which pass, are told in their suite's.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{message, verdict_line};
use crate::diag::visible;
use crate::policy::{Judged, Occasion, Outcome, Promise, Verdict, VerdictKind, entry};

/// Findings of one case.
type Cases<'v> = BTreeMap<(&'v str, &'v str), Vec<&'v Judged>>;

/// One suite: its promises and its findings.
#[derive(Default)]
struct Suite<'v> {
    promises: Vec<&'v Promise>,
    cases: Cases<'v>,
}

/// Name of the suite for what belongs to no organisation.
const BOOK: &str = "book";

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<&'static str> = verdict
        .rules
        .iter()
        .filter(|rule| entry(**rule).occasion != Occasion::Settings)
        .map(|rule| rule.name())
        .collect();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")?;
    let (promises, findings): (Vec<Promise>, Vec<Judged>) =
        (verdict.promises().collect(), verdict.findings().collect());
    let mut suites = suites(&promises, &findings);
    let book = suites.remove(BOOK).unwrap_or_default();
    write_book(verdict, &book, out)?;
    for (index, (name, suite)) in suites.iter().enumerate() {
        let mut body = String::new();
        let mut counts = Counts::default();
        let mut rest: Cases<'_> = suite.cases.clone();
        for promise in &suite.promises {
            let id = promise.subject.id();
            for rule in &rules {
                let judged = rest.remove(&(id, *rule)).unwrap_or_default();
                case(id, rule, &judged, &mut counts, &mut body);
            }
        }
        for ((id, rule), judged) in &rest {
            case(id, rule, judged, &mut counts, &mut body);
        }
        write_suite(verdict, name, index + 1, &counts, &body, out)?;
    }
    writeln!(out, "</testsuites>")
}

/// The suite that is always there: whether anything was judged at all, and
/// findings about files and settings.
fn write_book(verdict: &Verdict<'_>, suite: &Suite<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (mut body, mut counts) = (String::new(), Counts::default());
    counts.tests += 1;
    body.push_str(&format!("    <testcase classname=\"{BOOK}\" name=\"promises-judged\" time=\"0\""));
    if verdict.kind() == VerdictKind::Nothing {
        counts.errors += 1;
        body.push_str(&format!(
            ">\n      <error type=\"nothing-judged\" message=\"{}\"/>\n    </testcase>\n",
            escaped(&verdict_line(verdict))
        ));
    } else {
        body.push_str("/>\n");
    }
    for ((id, rule), judged) in &suite.cases {
        case(id, rule, judged, &mut counts, &mut body);
    }
    write_suite(verdict, BOOK, 0, &counts, &body, out)
}

fn suites<'v>(promises: &'v [Promise], findings: &'v [Judged]) -> BTreeMap<&'v str, Suite<'v>> {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    for promise in promises {
        suites.entry(&promise.subject.organisation_id).or_default().promises.push(promise);
    }
    for judged in findings {
        let subject = judged.subject.as_ref().filter(|subject| !subject.organisation_id.is_empty());
        let (suite, id) = match subject {
            Some(subject) => (subject.organisation_id.as_str(), subject.id()),
            None => (BOOK, judged.finding.place.file.as_str()),
        };
        suites.entry(suite).or_default().cases.entry((id, &judged.finding.rule)).or_default().push(judged);
    }
    suites
}

#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    warnings: Vec<String>,
}

/// One case: the worst of its findings decides what it is, the text has all.
fn case(id: &str, rule: &str, judged: &[&Judged], counts: &mut Counts, body: &mut String) {
    counts.tests += 1;
    body.push_str(&format!("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", token(id), token(rule)));
    let lines = |wanted: &dyn Fn(Outcome) -> bool| -> Vec<String> {
        let of = judged.iter().filter(|judged| wanted(judged.outcome));
        of.map(|judged| format!("{}: {}", judged.finding.place, message(judged))).collect()
    };
    counts
        .warnings
        .extend(lines(&|outcome| outcome == Outcome::Warn).into_iter().map(|line| format!("warning[{rule}] {line}")));
    let worst = judged.iter().map(|judged| judged.outcome).filter(|outcome| *outcome != Outcome::Warn).min();
    let Some(worst) = worst else {
        body.push_str("/>\n");
        return;
    };
    let (element, count) = match worst {
        Outcome::Error => ("error", &mut counts.errors),
        Outcome::Waived => ("skipped", &mut counts.skipped),
        Outcome::Deny | Outcome::Warn => ("failure", &mut counts.failures),
    };
    *count += 1;
    let first = judged.iter().find(|judged| judged.outcome == worst).map(|judged| message(judged)).unwrap_or_default();
    let text = lines(&|outcome| outcome != Outcome::Warn).join("\n");
    body.push_str(&format!(
        ">\n      <{element} type=\"{}\" message=\"{}\">{}</{element}>\n    </testcase>\n",
        escaped(rule),
        escaped(&first),
        escaped_lines(&text)
    ));
}

fn write_suite(
    verdict: &Verdict<'_>,
    name: &str,
    id: usize,
    counts: &Counts,
    body: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    // `lint` has no day; the schema wants a time, and no run may differ from another.
    let day = verdict.clock.map_or_else(|| "1970-01-01".to_owned(), |clock| clock.as_of.format("%Y-%m-%d").to_string());
    let name = token(name);
    writeln!(
        out,
        "  <testsuite id=\"{id}\" name=\"{name}\" package=\"pledgebook\" hostname=\"localhost\" timestamp=\"{day}T00:00:00\" \
         time=\"0\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n    <properties/>",
        counts.tests, counts.failures, counts.errors, counts.skipped
    )?;
    out.write_all(body.as_bytes())?;
    writeln!(out, "    <system-out>{}</system-out>", escaped_lines(&counts.warnings.join("\n")))?;
    writeln!(out, "    <system-err></system-err>\n  </testsuite>")
}

/// A name without the white space that the schema's tokens may not have.
fn token(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text for an element or attribute; control characters, which XML cannot hold,
/// are made visible.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}
