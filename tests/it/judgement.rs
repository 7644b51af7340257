//! The judgement, as tables: every row is a promise, its figures, a day and
//! what is to come out. The first rows are the worked values of the docs.

use chrono::NaiveDate;
use pledgebook::assess::{Assessment, Case, Clock, Flag, Question, Status, Version, assess};
use pledgebook::model::settings::AssessmentSettings;
use pledgebook::parse::{read_progress, read_promises};

/// A promise with figures, written as in a book.
struct Promise<'p> {
    organisation: &'p str,
    metric: &'p str,
    topic: &'p str,
    terms: &'p str,
    figures: &'p str,
}

const PLAIN: Promise<'_> =
    Promise { organisation: "", metric: "unit = \"t CO2e\"", topic: "emissions-reduction", terms: "", figures: "" };

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Judges the promise on a day, with nothing recorded later hidden.
fn judge(promise: &Promise<'_>, as_of: &str) -> Assessment {
    judge_version(promise, as_of, Version::Current)
}

fn judge_version(promise: &Promise<'_>, as_of: &str, version: Version) -> Assessment {
    let Promise { organisation, metric, topic, terms, figures } = promise;
    let text = format!(
        "[organisation]\nname = \"Brightwater\"\n{organisation}\n[[statement]]\nid = \"s\"\ndate = \"2015-01-01\"\n[[metric]]\nid = \"m\"\n{metric}\n\
         [[commitment]]\nid = \"c\"\ntitle = \"t\"\nstatement = \"s\"\ntopic = \"{topic}\"\nmetric = \"m\"\n{terms}\n"
    );
    let read = read_promises("brightwater", "brightwater.toml", &text);
    assert!(read.findings.iter().all(|finding| !finding.is_error()), "{:?}\n{text}", read.findings);
    let promises = read.promises.expect("valid promises");
    let entries: String = figures
        .split(';')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(|entry| {
            let (period, rest) = entry.split_once(' ').expect("period and value");
            let (value, rest) =
                rest.split_once(',').map_or((rest, String::new()), |(value, rest)| (value, rest.replace(',', "\n")));
            let value = if value.contains('=') { value.to_owned() } else { format!("value = {value}") };
            format!("[[progress]]\nmetric = \"m\"\nperiod = \"{period}\"\n{value}\n{rest}\n")
        })
        .collect();
    let read = read_progress("brightwater.progress.toml", &entries, Some(&read.frame));
    assert!(read.findings.iter().all(|finding| !finding.is_error()), "{:?}\n{entries}", read.findings);
    let commitment = &promises.commitments[0];
    let case = Case {
        commitment,
        metric: promises.metric(&commitment.metric).expect("its metric"),
        statements: &promises.statements,
        fiscal_year: promises.organisation.fiscal_year,
        figures: &read.figures,
    };
    let settings = AssessmentSettings::default();
    let question = Question { clock: Clock { as_of: day(as_of), known_at: None }, version, settings: &settings };
    assess(&case, &question).expect("made by then")
}

fn close(found: Option<f64>, wanted: f64, digits: f64, what: &str) {
    let found = found.unwrap_or(f64::NAN);
    assert!((found - wanted).abs() <= digits, "{what}: {found}, not {wanted}");
}

const HALVE: &str = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 50 }\ndeadline = \"2030\"";

#[test]
fn the_worked_values_hold() {
    let base = Promise { terms: HALVE, ..PLAIN };
    for (figures, as_of, status, progress, pace, ahead) in [
        ("2024 85", "2025-06-01", Status::AtRisk, 0.30, Some(0.75), Some(-1.0)),
        ("2025 77", "2026-06-01", Status::AtRisk, 0.46, Some(0.92), Some(-0.4)),
        ("2025 70", "2026-06-01", Status::OnTrack, 0.60, Some(1.20), Some(1.0)),
        ("2024 110", "2025-06-01", Status::Regressing, -0.20, Some(-0.5), None),
        ("2027 50", "2028-06-01", Status::Met, 1.0, Some(1.0 / 0.7), Some(3.0)),
        ("2030 49", "2031-06-01", Status::Kept, 1.02, Some(1.02), None),
        ("2030 52", "2031-06-01", Status::Missed, 0.96, Some(0.96), Some(-0.4)),
        ("2021 97", "2022-06-01", Status::TooEarly, 0.06, Some(0.6), Some(-0.4)),
    ] {
        let found = judge(&Promise { figures, ..base }, as_of);
        assert_eq!(found.status, status, "{figures}: {}", found.reason);
        close(found.numbers.progress, progress, 1e-9, figures);
        match pace {
            Some(pace) => close(found.numbers.pace, pace, 1e-9, figures),
            None => assert_eq!(found.numbers.pace, None, "{figures}"),
        }
        match ahead {
            Some(ahead) => close(found.numbers.years_ahead, ahead, 1e-9, figures),
            None => assert_eq!(found.numbers.years_ahead, None, "{figures}"),
        }
    }
    let found = judge(&Promise { figures: "2024 85", ..base }, "2025-06-01");
    close(found.numbers.expected_value, 80.0, 1e-9, "expected");
    close(found.numbers.projection_line, 62.5, 1e-9, "projection");
    let terms = format!("{HALVE}\nmilestones = [{{ deadline = \"2025\", at-most = 60 }}]");
    let found = judge(&Promise { terms: &terms, figures: "2024 85", ..PLAIN }, "2025-06-01");
    assert_eq!(found.status, Status::OffTrack);
    close(found.numbers.expected_value, 68.0, 1e-9, "milestone");
    close(found.numbers.pace, 0.468_75, 1e-9, "milestone");
}

#[test]
fn shares_totals_and_long_promises() {
    let terms = "baseline = { period = \"2020\", value = 10 }\ntarget = { at-least = 100 }\ndeadline = \"2030\"";
    let found = judge(&Promise { metric: "unit = \"%\"", terms, figures: "2023 26", ..PLAIN }, "2024-06-01");
    assert_eq!(found.status, Status::OffTrack);
    close(found.numbers.progress, 0.177_777_777, 1e-8, "share");
    close(found.numbers.share_of_target, 0.26, 1e-9, "share of target");
    close(found.numbers.pace, 0.592_592_592, 1e-8, "share");

    let terms = "baseline = { period = \"2022\", value = 0 }\ntarget = { at-least = 1000000 }\ndeadline = \"2030\"";
    let total = Promise {
        metric: "unit = \"trees\"\naggregate = \"running-total\"",
        terms,
        figures: "2023 100000; 2024 50000; 2025 150000",
        ..PLAIN
    };
    let found = judge(&total, "2026-06-01");
    assert_eq!(
        (found.status, found.latest.as_ref().map(|point| point.amount.to_string())),
        (Status::AtRisk, Some("300000".into()))
    );
    close(found.numbers.pace, 0.8, 1e-9, "trees");

    let terms = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 0 }\ndeadline = \"2050\"";
    let found = judge(&Promise { terms, figures: "2023 90", ..PLAIN }, "2024-06-01");
    assert_eq!(found.status, Status::OnTrack);
    close(found.numbers.pace, 1.0, 1e-9, "2050");
}

#[test]
fn after_the_deadline() {
    let terms = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 20 }\ndeadline = \"2030\"";
    for (figures, as_of, status, settled_by, flags) in [
        ("2029 30", "2030-12-31", Status::OnTrack, None, vec![Flag::DueSoon]),
        ("2029 30", "2031-01-01", Status::Overdue, None, vec![]),
        ("2029 30", "2031-03-01", Status::Overdue, None, vec![]),
        ("2029 30", "2032-02-01", Status::Overdue, None, vec![Flag::Stale]),
        ("2029 20", "2031-03-01", Status::Kept, Some("2029"), vec![Flag::Unconfirmed]),
        ("2029 20; 2030 21", "2031-03-01", Status::Missed, Some("2030"), vec![Flag::Regressed]),
        ("2030 21; 2031 20", "2032-03-01", Status::KeptLate, Some("2031"), vec![]),
        ("2029 30; 2031 25; 2032 24", "2033-03-01", Status::Missed, Some("2031"), vec![]),
        ("2030 18,bound = \"at-least\"", "2031-03-01", Status::Overdue, None, vec![]),
        ("2030 18,bound = \"at-most\"", "2031-03-01", Status::Kept, Some("2030"), vec![]),
        ("2030 30,bound = \"above\"", "2031-03-01", Status::Missed, Some("2030"), vec![]),
    ] {
        let found = judge(&Promise { terms, figures, ..PLAIN }, as_of);
        assert_eq!(
            (found.status, found.settled_by.as_deref(), &found.flags),
            (status, settled_by, &flags),
            "{figures} on {as_of}: {}",
            found.reason
        );
        if found.status != Status::OnTrack {
            assert_eq!((found.numbers.pace_needed, found.numbers.outlook), (None, None), "{figures}");
        }
    }
    let reason = |as_of| judge(&Promise { terms, figures: "2029 30", ..PLAIN }, as_of).reason;
    assert!(reason("2031-03-01").contains("awaiting"), "{}", reason("2031-03-01"));
    assert!(reason("2032-02-01").contains("unreported"), "{}", reason("2032-02-01"));
}

#[test]
fn figures_count_from_the_day_they_are_public() {
    let figures = "2024 85,reported = \"2025-04\"; 2024 84,reported = \"2026\",restates = true";
    let base = Promise { terms: HALVE, figures, ..PLAIN };
    for (as_of, value) in
        [("2025-04-29", None), ("2025-04-30", Some("85")), ("2026-12-30", Some("85")), ("2026-12-31", Some("84"))]
    {
        let found = judge(&base, as_of);
        assert_eq!(found.latest.map(|point| point.amount.to_string()).as_deref(), value, "{as_of}");
    }
}

#[test]
fn parts_of_a_year_count_once_it_is_whole() {
    let metric = "unit = \"t CO2e\"\naggregate = \"annual-sum\"";
    for (organisation, figures, latest) in [
        ("", "2024-Q1 20; 2024-Q2 20; 2024-Q3 20", None),
        ("", "2024-Q1 20; 2024-Q2 20; 2024-H2 45.5", Some(("2024", "85.5"))),
        ("", "2024-Q1 20; 2024-Q2 20; 2024-H2 45; 2024 80", Some(("2024", "80"))),
        ("", "2023-H1 40; 2023-H2 41; 2024-01 7", Some(("2023", "81"))),
        (
            "fiscal-year = { ends = \"03-31\", named-by = \"start\" }",
            "2024-Q2 20; 2024-Q3 20; 2024-Q4 20; 2025-Q1 21",
            Some(("FY2024", "81")),
        ),
        (
            "fiscal-year = { ends = \"03-31\", named-by = \"end\" }",
            "2024-Q2 20; 2024-Q3 20; 2024-Q4 20; 2025-Q1 21",
            Some(("FY2025", "81")),
        ),
    ] {
        let found = judge(&Promise { organisation, metric, terms: HALVE, figures, ..PLAIN }, "2026-01-01");
        let found = found.latest.map(|point| (point.period.text.clone(), point.amount.normalize().to_string()));
        assert_eq!(found, latest.map(|(period, amount)| (period.into(), amount.to_owned())), "{figures}");
    }
}

#[test]
fn of_values_that_end_on_one_day_the_longest_counts() {
    let found = judge(&Promise { terms: HALVE, figures: "2024-Q4 70; 2024 85; 2024-12 60", ..PLAIN }, "2025-06-01");
    assert_eq!(found.latest.map(|point| point.period.text), Some("2024".into()));
}

#[test]
fn amendments_count_until_the_deadline_has_passed() {
    let late = format!("{HALVE}\n[[commitment.amendment]]\ndate = \"2031-01\"\ndeadline = \"2035\"");
    let early = format!(
        "{HALVE}\n[[commitment.amendment]]\ndate = \"2030-12-31\"\ndeadline = \"2035\"\ntarget = {{ at-most = 60 }}"
    );
    let withdrawn =
        format!("{HALVE}\n[[commitment.amendment]]\ndate = \"2025-02\"\nwithdrawn = true\nsuperseded-by = \"c\"");
    let superseded = format!("{HALVE}\n[[commitment.amendment]]\ndate = \"2025-02\"\nsuperseded-by = \"c\"");
    let figures = "2029 70";
    let status =
        |terms: &str, as_of, version| judge_version(&Promise { terms, figures, ..PLAIN }, as_of, version).status;
    assert_eq!(status(&late, "2031-06-01", Version::Current), Status::Overdue);
    let found = judge(&Promise { terms: &early, figures, ..PLAIN }, "2031-06-01");
    assert_eq!((found.status, found.deadline), (Status::OnTrack, Some(day("2035-12-31"))));
    assert!(found.flags.contains(&Flag::Weakened), "{:?}", found.flags);
    assert_eq!(status(&early, "2031-06-01", Version::First), Status::Overdue);
    assert_eq!(status(&withdrawn, "2025-02-27", Version::Current), Status::Silent);
    assert_eq!(status(&withdrawn, "2025-02-28", Version::Current), Status::Withdrawn);
    assert_eq!(status(&withdrawn, "2031-06-01", Version::First), Status::Overdue);
    assert_eq!(status(&superseded, "2025-03-01", Version::Current), Status::Superseded);
}

#[test]
fn silence_begins_after_two_cycles_and_the_lag() {
    let base = Promise { terms: HALVE, figures: "2023 88", ..PLAIN };
    for (as_of, status, stale) in [
        ("2025-12-31", Status::AtRisk, false),
        ("2026-01-01", Status::AtRisk, true),
        ("2026-12-31", Status::AtRisk, true),
        ("2027-01-01", Status::Silent, true),
    ] {
        let found = judge(&base, as_of);
        assert_eq!((found.status, found.flags.contains(&Flag::Stale)), (status, stale), "{as_of}: {}", found.reason);
    }
    let never = Promise { terms: HALVE, ..PLAIN };
    assert_eq!(judge(&never, "2018-01-01").status, Status::NoData);
    assert_eq!(judge(&never, "2018-01-02").status, Status::Silent);
    let looked = Promise { terms: HALVE, figures: "2023 88; 2025 no-disclosure = true", ..PLAIN };
    assert!(judge(&looked, "2027-01-01").reason.contains("looked for and not found"));
    assert!(judge(&base, "2027-01-01").reason.contains("no newer figure in this book"));
}

#[test]
fn promises_to_keep_a_level_break_once() {
    let terms = "target = { keep-at-most = 50, from = \"2021\" }\ndeadline = \"2025\"";
    for (figures, as_of, status) in [
        ("2019 90; 2021 40; 2022 50", "2023-06-01", Status::OnTrack),
        ("2021 40; 2022 51; 2023 40", "2024-06-01", Status::OffTrack),
        ("2021 40; 2022 51; 2025 40", "2026-06-01", Status::Missed),
        ("2021 40; 2025 50", "2026-06-01", Status::Kept),
        ("2021 40; 2024 50", "2026-06-01", Status::Overdue),
        ("2019 90", "2017-06-01", Status::NoData),
    ] {
        let found = judge(&Promise { terms, figures, ..PLAIN }, as_of);
        assert_eq!((found.status, found.numbers.progress), (status, None), "{figures}: {}", found.reason);
    }
}

#[test]
fn yes_or_no() {
    let base = Promise { metric: "unit = \"plans\"", terms: "target = { done = true }\ndeadline = \"2025\"", ..PLAIN };
    for (figures, as_of, status, settled_by) in [
        ("", "2020-06-01", Status::Open, None),
        ("2024-06 done = true", "2024-08-01", Status::Met, None),
        ("2024-06 done = true", "2026-08-01", Status::Kept, Some("2024-06")),
        ("2026-03 done = true", "2026-08-01", Status::KeptLate, Some("2026-03")),
        ("2025 done = false", "2026-08-01", Status::Missed, Some("2025")),
        ("", "2026-08-01", Status::Overdue, None),
    ] {
        let found = judge(&Promise { figures, ..base }, as_of);
        assert_eq!((found.status, found.settled_by.as_deref()), (status, settled_by), "{figures}: {}", found.reason);
    }
}

#[test]
fn no_deadline_steps_and_gross_figures() {
    let endless = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 50 }\ndeadline = \"none\"";
    let found = judge(&Promise { terms: endless, figures: "2024 85", ..PLAIN }, "2025-06-01");
    assert_eq!(
        (found.status, found.days_left, found.numbers.pace, found.numbers.outlook),
        (Status::Open, None, None, None)
    );
    assert_eq!(judge(&Promise { terms: endless, figures: "2024 45", ..PLAIN }, "2025-06-01").status, Status::Met);

    let step = format!("{HALVE}\npath = \"step\"\nmilestones = [{{ deadline = \"2025\", at-most = 80 }}]");
    let base = Promise { terms: &step, figures: "2024 95; 2025 90", ..PLAIN };
    assert_eq!(judge(&base, "2025-12-31").status, Status::Open);
    let found = judge(&base, "2026-06-01");
    assert_eq!(
        (found.status, found.flags.contains(&Flag::MilestoneMissed)),
        (Status::OffTrack, true),
        "{}",
        found.reason
    );

    let net = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 0 }\ndeadline = \"2025\"";
    let gross = Promise {
        metric: "unit = \"t CO2e\"\nmeasures = \"gross\"",
        topic: "net-zero",
        terms: net,
        figures: "2024 30; 2025 20",
        ..PLAIN
    };
    assert_eq!(judge(&gross, "2026-06-01").status, Status::Overdue);
    assert!(judge(&gross, "2025-06-01").flags.contains(&Flag::GrossFigures));
    assert_eq!(judge(&Promise { topic: "emissions-reduction", ..gross }, "2026-06-01").status, Status::Missed);
}

#[test]
fn offsets_beyond_the_stated_limit_are_flagged() {
    let terms = "baseline = { period = \"2020\", value = 100 }\ntarget = { at-most = 0 }\ndeadline = \"2030\"\noffsets = { allowed = \"yes\", max-percent = 10 }";
    for (figures, heavy) in [("2024 45,gross = 50,offsets = 5", false), ("2024 44,gross = 50,offsets = 6", true)] {
        let found = judge(&Promise { topic: "net-zero", terms, figures, ..PLAIN }, "2025-06-01");
        assert_eq!(found.flags.contains(&Flag::OffsetHeavy), heavy, "{figures}");
    }
}

#[test]
fn a_later_report_is_not_known_before() {
    let said_later = "[organisation]\nname = \"b\"\n[[statement]]\nid = \"s\"\ndate = \"2024\"\n[[commitment]]\nid = \"c\"\ntitle = \"t\"\nstatement = \"s\"\n\
                      topic = \"other\"\nunit = \"x\"\ntarget = { at-least = 5 }\ndeadline = \"2030\"\n";
    let read = read_promises("b", "b.toml", said_later);
    let promises = read.promises.expect("valid");
    let commitment = &promises.commitments[0];
    let case = Case {
        commitment,
        metric: promises.metric("c").expect("own metric"),
        statements: &promises.statements,
        fiscal_year: None,
        figures: &[],
    };
    let settings = AssessmentSettings::default();
    let on = |as_of| {
        assess(
            &case,
            &Question {
                clock: Clock { as_of: day(as_of), known_at: None },
                version: Version::Current,
                settings: &settings,
            },
        )
    };
    assert!(on("2024-12-30").is_none());
    assert!(on("2024-12-31").is_some());
}
