//! `explain` and `show`: every number computes again, and agrees with `report`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pledgebook::assess::{Clock, Question, Version};
use pledgebook::model::commitment::Commitment;
use pledgebook::model::figure::{Disclosure, Figure, Measured};
use pledgebook::model::number::Number;
use pledgebook::model::period::Period;
use pledgebook::render::write_explain_json;
use pledgebook::report::Account;
use pledgebook::sync::Book;
use proptest::prelude::*;
use serde_json::Value;

use super::why_support::{book, compare, evaluate, json, load, organisation, run, shipped, stdout};

/// Fields of an assessment that are computed.
const COMPUTED: &[&str] = &[
    "progress_percent",
    "expected_percent",
    "expected_value",
    "pace",
    "years_ahead",
    "pace_so_far",
    "pace_needed",
    "projection.line",
    "projection.theil_sen",
    "share_of_target_percent",
    "days_left",
    "data_age_days",
];

fn field<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(value, |value, name| &value[name])
}

fn inputs(value: &Value) -> BTreeMap<String, f64> {
    let object = value.as_object().expect("inputs");
    object.iter().map(|(name, value)| (name.clone(), value.as_f64().expect("a number"))).collect()
}

/// Checks one explanation against itself and the assessment it explains.
fn check(explained: &Value) {
    let id = &explained["id"];
    let assessment = &explained["assessment"];
    let numbers = explained["numbers"].as_array().expect("numbers");
    for number in numbers {
        let name = number["name"].as_str().expect("a name");
        let inputs = inputs(&number["inputs"]);
        let found = evaluate(number["formula"].as_str().expect("a formula"), &inputs);
        let result = number["result"].as_f64().expect("a result");
        if number["arithmetic"] == "decimal" {
            let size = inputs.values().fold(result.abs(), |size, value| size.max(value.abs()));
            assert!((found - result).abs() <= 1e-12 * size, "{id} {name}: {found} is not {result}");
        } else {
            assert_eq!(found.to_bits(), result.to_bits(), "{id} {name}: {found} is not {result}: {number}");
        }
        assert!(number["rule"].as_str().is_some_and(|rule| !rule.is_empty()));
        assert!(number["origin"].as_str().is_some_and(|origin| !origin.is_empty()));
        if COMPUTED.contains(&name) || matches!(name, "target_value" | "latest.amount" | "latest.offsets_percent") {
            assert_eq!(field(assessment, name).as_f64(), Some(result), "{id} {name}");
        }
    }
    for name in COMPUTED {
        let given = !field(assessment, name).is_null();
        let explained = numbers.iter().any(|number| number["name"] == *name);
        assert_eq!(given, explained, "{id} {name}: {assessment}");
    }
    let steps = explained["steps"].as_array().expect("steps");
    let (last, before) = steps.split_last().expect("a step");
    assert!(before.iter().all(|step| step["holds"] == false), "{id}: {steps:?}");
    assert_eq!(last["holds"], true, "{id}: {steps:?}");
    assert_eq!(last["status"], assessment["status"], "{id}: {steps:?}");
    for step in steps.iter().filter(|step| !step["formula"].is_null()) {
        let holds = compare(step["formula"].as_str().expect("a comparison"), &inputs(&step["inputs"]));
        // A gross figure never disproves a net target, but it may meet it.
        assert_eq!(step["holds"], holds, "{id}: {step}");
    }
    for figure in explained["figures"].as_array().expect("figures") {
        let used = !figure["roles"].as_array().expect("roles").is_empty();
        assert_eq!(figure["used"], used, "{figure}");
        assert_eq!(figure["passed_over"].is_null(), used, "{figure}");
    }
}

/// Explains every promise of a book on some days and by both versions.
fn check_book(book: &Book, days: &[NaiveDate]) -> usize {
    let mut checked = 0;
    for (as_of, version) in days.iter().flat_map(|day| [(*day, Version::Current), (*day, Version::First)]) {
        for dossier in &book.organisations {
            for commitment in &dossier.promises.commitments {
                let clock = Clock { as_of, known_at: None };
                let question = Question { clock, version, settings: &book.settings.assessment };
                let Some(account) = Account::of(dossier, commitment, &question) else { continue };
                let mut out = Vec::new();
                write_explain_json(&account, &mut out).expect("written");
                check(&serde_json::from_slice(&out).expect("JSON"));
                checked += 1;
            }
        }
    }
    checked
}

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 15).expect("a day")
}

#[test]
fn every_number_of_the_shipped_book_computes_again() {
    let days = [day(2012, 3), day(2021, 6), day(2024, 12), day(2026, 11), day(2031, 2), day(2041, 1)];
    assert!(check_book(&load(&shipped()), &days) > 300);
}

#[test]
fn the_binary_explains_what_it_reports() {
    let report = json(&shipped(), &["report", "--format", "json"]);
    for row in report["assessments"].as_array().expect("rows").iter().step_by(5) {
        let explained = json(&shipped(), &["explain", row["id"].as_str().expect("an id"), "--format", "json"]);
        assert_eq!(&explained["assessment"], row);
        check(&explained);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_a_book_of_chance_computes_again(seed in any::<u64>(), year in 2020..2034i32, month in 1..13u32) {
        let files: Vec<(String, (String, String))> =
            (0..8).map(|index| (format!("commitments/o{index}"), organisation(seed.wrapping_add(index), 1))).collect();
        let texts: Vec<(String, &str)> = files
            .iter()
            .flat_map(|(name, (promises, figures))| {
                [(format!("{name}.toml"), promises.as_str()), (format!("{name}.progress.toml"), figures.as_str())]
            })
            .collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let dir = book(&texts);
        let loaded = load(dir.path());
        prop_assert!(loaded.organisations.len() >= 2, "{:?}", loaded.findings);
        check_book(&loaded, &[day(year, month)]);
    }
}

/// A figure at the value that explain names is just on track, or at risk.
#[test]
fn the_values_needed_are_the_ones_that_turn_the_status() {
    let loaded = load(&shipped());
    let settings = &loaded.settings.assessment;
    let mut tried = 0;
    for (dossier, commitment) in
        loaded.organisations.iter().flat_map(|one| one.promises.commitments.iter().map(move |promise| (one, promise)))
    {
        let clock = Clock { as_of: day(2026, 11), known_at: None };
        let question = Question { clock, version: Version::Current, settings };
        let Some(account) = Account::of(dossier, commitment, &question) else { continue };
        for needed in account.workings.turns.needed.iter().filter(|needed| !needed.too_early) {
            for (value, fitting) in [(needed.on_track, &["on-track", "met"][..]), (needed.at_risk, &["at-risk", "met"])]
            {
                let mut with = dossier.clone();
                with.figures.push(figure(commitment, needed.end, value));
                let clock = Clock { as_of: clock.as_of.max(needed.end), known_at: None };
                let question = Question { clock, ..question };
                let case = pledgebook::assess::Case::of(&with, commitment).expect("a metric");
                let found = pledgebook::assess::assess(&case, &question).expect("made");
                assert!(fitting.contains(&found.status.name()), "{} {needed:?} {}", commitment.id, found.reason);
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

fn figure(commitment: &Commitment, end: NaiveDate, value: f64) -> Figure {
    let number = Number::parse(&value.to_string()).expect("a number");
    let first = end - chrono::Days::new(364);
    Figure {
        metric: commitment.metric.as_str().into(),
        by_commitment: false,
        period: Period { text: end.to_string().into(), first, last: end },
        disclosure: Disclosure::Value(Measured {
            amount: number.value,
            written: number,
            unit: None,
            bound: None,
            gross: None,
            offsets: None,
        }),
        reported: None,
        recorded: None,
        restates: false,
        series_break: false,
        confidence: None,
        line: 1,
    }
}

#[test]
fn the_worked_promise_explains_itself_in_words() {
    let text = stdout(&shipped(), &["explain", "tencent/green-electricity-2030", "--width", "80"]);
    for words in [
        "off-track",
        "(S - V) / (S - T) * 100, with S = 1.5, V = 12.4, T = 100",
        "rule progress: SBTi progress formula",
        "rule pace: Eurostat",
        "earned schedule (Lipke, 2003)",
        "Theil (1950), Sen (1968)",
        "deadline `2030`: 2030-12-31, the last day of the period counts",
        "for the period to 2026-12-31: on-track from 53.49 %",
        "so far 5.45 % a year, needed 12.51 % a year",
        "without news from 2027-01-01: silent",
    ] {
        assert!(text.contains(words), "no `{words}` in\n{text}");
    }
    for line in text.lines().filter(|line| !line.contains("://")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

const EDITIONS: &str = r#"
[organisation]
name = "Acme"

[[statement]]
id = "s"
date = "2020-01-01"

[[commitment]]
id = "net"
title = "Net zero"
statement = "s"
topic = "net-zero"
unit = "t CO2e"
baseline = { period = "2019", value = 100 }
target = { at-most = 50 }
deadline = "2030"
offsets = { allowed = "yes", max-percent = 10 }
[[commitment.amendment]]
date = "2031-06-01"
deadline = "2035"

[[commitment]]
id = "sum"
title = "Less water"
statement = "s"
topic = "water"
unit = "ML"
aggregate = "annual-sum"
baseline = { period = "2019", value = 100 }
target = { reduce-by-percent = 30 }
deadline = "2030"

[[commitment]]
id = "trees"
title = "Trees"
statement = "s"
topic = "biodiversity"
unit = "trees"
aggregate = "running-total"
baseline = { period = "2020", value = 5 }
target = { at-least = 1000 }
deadline = "2030"
"#;

const EDITION_FIGURES: &str = r#"
[[progress]]
commitment = "net"
period = "2022"
value = 70
reported = "2023-03-01"

[[progress]]
commitment = "net"
period = "2022"
value = 72
reported = "2024-03-01"
restates = true

[[progress]]
commitment = "net"
period = "2023"
value = 45
gross = 0.09
offsets = 0.045
unit = "kt CO2e"
reported = "2024-03-01"

[[progress]]
commitment = "net"
period = "2023-H2"
value = 44
reported = "2024-03-01"

[[progress]]
commitment = "net"
period = "2025"
value = 40
reported = "2027-03-01"

[[progress]]
commitment = "net"
period = "2024"
value = 43
reported = "2025-03-01"
recorded = 2026-11-01

[[progress]]
commitment = "sum"
period = "2022-H1"
value = 40

[[progress]]
commitment = "sum"
period = "2022-H2"
value = 45

[[progress]]
commitment = "sum"
period = "2023-H1"
value = 39

[[progress]]
commitment = "trees"
period = "2020"
value = 7

[[progress]]
commitment = "trees"
period = "2021"
value = 100

[[progress]]
commitment = "trees"
period = "2022"
value = 250
"#;

fn acme() -> tempfile::TempDir {
    let figures = EDITION_FIGURES.replace("value = 45\ngross = 0.09", "value = 0.045\ngross = 0.09");
    book(&[("commitments/acme.toml", EDITIONS), ("commitments/acme.progress.toml", &figures)])
}

fn fates(explained: &Value) -> Vec<(String, String)> {
    let figures = explained["figures"].as_array().expect("figures");
    figures
        .iter()
        .map(|figure| {
            let roles: Vec<&str> =
                figure["roles"].as_array().expect("roles").iter().filter_map(Value::as_str).collect();
            let fate = figure["passed_over"].as_str().map_or_else(|| roles.join(" "), str::to_owned);
            (figure["period"].as_str().expect("a period").to_owned(), fate)
        })
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn figures_are_used_or_passed_over_with_a_reason() {
    let dir = acme();
    let explained =
        json(dir.path(), &["explain", "net", "--format", "json", "--as-of", "2026-06-01", "--known-at", "2026-06-01"]);
    check(&explained);
    let expected = [
        ("2022", "older-edition"),
        ("2022", "series"),
        ("2023", "latest"),
        ("2023-H2", "shorter-period"),
        ("2025", "not-yet-reported"),
        ("2024", "recorded-later"),
    ];
    assert_eq!(fates(&explained), pairs(&expected));
    let sum = json(dir.path(), &["explain", "sum", "--format", "json"]);
    check(&sum);
    assert_eq!(fates(&sum), pairs(&[("2022-H1", "latest"), ("2022-H2", "latest"), ("2023-H1", "incomplete-year")]));
    let trees = json(dir.path(), &["explain", "trees", "--format", "json"]);
    check(&trees);
    assert_eq!(fates(&trees), pairs(&[("2020", "before-baseline"), ("2021", "latest"), ("2022", "latest")]));
    assert_eq!(trees["assessment"]["latest"]["amount"], 355.0);
}

#[test]
fn offsets_beyond_the_limit_are_never_silent() {
    let dir = acme();
    let args = ["--as-of", "2024-06-01"];
    let report = json(dir.path(), &[&["report", "net", "--format", "json"], &args[..]].concat());
    let row = &report["assessments"][0];
    assert_eq!(row["status"], "met");
    assert_eq!(row["flags"], serde_json::json!(["restated", "offset-heavy"]));
    let reason = row["reason"].as_str().expect("a reason");
    assert!(reason.contains("offsets cover 50 % of the gross value, and the promise allows 10 %"), "{reason}");
    assert_eq!((&row["latest"]["gross_amount"], &row["latest"]["offsets_amount"]), (&90.0.into(), &45.0.into()));
    let shown = stdout(dir.path(), &[&["show", "net"], &args[..]].concat());
    for words in ["gross       90 t CO2e", "offsets     45 t CO2e, 50 % of gross", "net         45 t CO2e"] {
        assert!(shown.contains(words), "no `{words}` in\n{shown}");
    }
}

#[test]
fn late_amendments_are_named_and_without_effect() {
    let dir = acme();
    let explained = json(dir.path(), &["explain", "net", "--format", "json", "--as-of", "2032-01-01"]);
    check(&explained);
    assert_eq!(explained["amendments"][0]["late"], true);
    assert_eq!(explained["deadline"]["day"], "2030-12-31");
    let text = stdout(dir.path(), &["explain", "net", "--as-of", "2032-01-01"]);
    assert!(text.contains("without effect, for it came after the deadline then in force"), "{text}");
}

#[test]
fn charts_keep_to_their_columns_and_to_ascii() {
    let report = json(&shipped(), &["report", "--format", "json"]);
    for row in report["assessments"].as_array().expect("rows").iter().step_by(4) {
        let id = row["id"].as_str().expect("an id");
        for args in [&["show", id, "--width", "80", "--ascii"][..], &["show", id, "--width", "60"]] {
            let text = stdout(&shipped(), args);
            let width = args[3].parse::<usize>().expect("a width");
            let course = text.split("\nCourse\n").nth(1).expect("a chart").split("\n\n").next().expect("a chart");
            for line in course.lines() {
                assert!(line.chars().count() <= width, "{id}: {line}");
                assert!(
                    !args.contains(&"--ascii") || line.is_ascii() || line.starts_with("  progress"),
                    "{id}: {line}"
                );
            }
            assert!(!text.contains('\u{1b}'), "no colour where nothing shows it");
        }
    }
    let coloured = stdout(&shipped(), &["show", "tencent/green-electricity-2030", "--color", "always"]);
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn first_terms_judge_the_first_promise() {
    let first = json(&shipped(), &["explain", "bp/production", "--terms", "first", "--format", "json"]);
    check(&first);
    assert_eq!(first["assessment"]["target"]["reduce-by-percent"], "40");
    assert_ne!(first["assessment"]["status"], "withdrawn");
    let both = json(&shipped(), &["report", "bp", "--terms", "both", "--format", "json"]);
    let row = both["assessments"].as_array().expect("rows").iter().find(|row| row["id"] == "bp/production-cut-2030");
    let row = row.expect("the promise");
    assert_eq!(both["terms"], "both");
    assert_eq!((&row["status"], &row["status_first"]), (&"withdrawn".into(), &first["assessment"]["status"]));
    let current = json(&shipped(), &["report", "bp", "--format", "json"]);
    assert!(current["assessments"][0].get("status_first").is_none());
}

#[test]
fn wrong_short_and_early_ids() {
    for (args, code, words) in [
        (&["explain", "tencent/green-electrcity-2030"][..], 2, "did you mean `tencent/green-electricity-2030`?"),
        (&["show", "tencent/"], 2, "is the beginning of several ids"),
        (&["history", "nobody"], 2, "there is no promise `nobody`"),
        (&["show", "tencent/green-electricity-2030", "--as-of", "2001-01-01"], 4, "was not made yet on 2001-01-01"),
    ] {
        let output = run(&shipped(), args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {stderr}");
        assert!(stderr.contains(words), "{args:?}: {stderr}");
        assert!(output.stdout.is_empty());
    }
    assert!(stdout(&shipped(), &["show", "tencent/green-e"]).contains("tencent/green-electricity-2030"));
}
