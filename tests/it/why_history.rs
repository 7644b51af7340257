//! `history`: the judgement replayed.

use chrono::NaiveDate;
use pledgebook::assess::Case;
use pledgebook::assess::{Clock, Question, Version, assess, course};
use proptest::prelude::*;

use super::why_support::{book, json, load, organisation, shipped, stdout};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// On each of its dates the course says what a judgement of that day says,
    /// and on the days between nothing changes.
    #[test]
    fn nothing_happens_between_two_dates(seed in any::<u64>(), first in any::<bool>()) {
        let (promises, figures) = organisation(seed, 2);
        let dir = book(&[("commitments/o.toml", &promises), ("commitments/o.progress.toml", &figures)]);
        let loaded = load(dir.path());
        let version = if first { Version::First } else { Version::Current };
        for dossier in &loaded.organisations {
            for commitment in &dossier.promises.commitments {
                let case = Case::of(dossier, commitment).expect("a metric");
                let ask = |as_of: NaiveDate| {
                    let clock = Clock { as_of, known_at: None };
                    Question { clock, version, settings: &loaded.settings.assessment }
                };
                let turns = course(&case, &ask(date("2036-01-01")));
                let mut day = date("2018-06-01");
                while day <= date("2036-01-01") {
                    let now = assess(&case, &ask(day));
                    let turn = turns.iter().rev().find(|turn| turn.date <= day);
                    prop_assert_eq!(now.is_some(), turn.is_some(), "{}", day);
                    if let (Some(now), Some(turn)) = (now, turn) {
                        prop_assert_eq!(now.status, turn.assessment.status, "{} {:?}\n{}{}", day, turn, promises, figures);
                        prop_assert_eq!(&now.flags, &turn.assessment.flags, "{} {:?}\n{}{}", day, turn, promises, figures);
                        if turn.date == day {
                            prop_assert_eq!(&now, &turn.assessment);
                        }
                    }
                    day = day.succ_opt().expect("a day");
                }
            }
        }
    }
}

#[test]
fn history_says_what_report_says_on_each_of_its_dates() {
    for id in ["tencent/green-electricity-2030", "bp/production-cut-2030", "united-kingdom/co2-cut-2010"] {
        let history = json(&shipped(), &["history", id, "--all", "--format", "json"]);
        for entry in history["history"].as_array().expect("entries") {
            let day = entry["date"].as_str().expect("a date");
            let report = json(&shipped(), &["report", id, "--format", "json", "--as-of", day]);
            let row = &report["assessments"][0];
            assert_eq!((&entry["status"], &entry["flags"]), (&row["status"], &row["flags"]), "{id} {day}");
            assert_eq!(entry["reason"], row["reason"], "{id} {day}");
        }
    }
}

#[test]
fn a_promise_is_eased_and_dropped() {
    let text = stdout(&shipped(), &["history", "bp/production-cut-2030"]);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no `{words}` in\n{text}"));
    assert!(place("2020-08-31") < place("reduce by 40 %, deadline 2030"));
    assert!(place("reduce by 40 %, deadline 2030") < place("2023-02-07"));
    assert!(place("2023-02-07") < place("target: reduce by 40 % -> reduce by 25 %"));
    assert!(place("2025-02-28") < place("amended: withdrawn"));
    let csv = stdout(&shipped(), &["history", "bp/production-cut-2030", "--format", "csv"]);
    assert!(csv.lines().any(|line| line.contains("2025-02-28,withdrawn,weakened")), "{csv}");
}

#[test]
fn the_true_course_of_green_electricity() {
    let history =
        json(&shipped(), &["history", "tencent/green-electricity-2030", "--format", "json", "--as-of", "2028-01-01"]);
    let entries = history["history"].as_array().expect("entries");
    let found: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry["date"].as_str().expect("a date"), entry["status"].as_str().expect("a status")))
        .collect();
    assert_eq!(
        found,
        [("2022-02-24", "no-data"), ("2024-12-31", "off-track"), ("2026-01-01", "off-track"), ("2027-01-01", "silent")]
    );
}

#[test]
fn the_books_course_counts_like_the_report() {
    let course = json(&shipped(), &["history", "--format", "json"]);
    let years = course["course"].as_array().expect("years");
    assert_eq!(years.last().expect("a year")["date"], "2026-11-22");
    for year in years.iter().rev().take(4) {
        let day = year["date"].as_str().expect("a date");
        let report = json(&shipped(), &["report", "--format", "json", "--as-of", day]);
        assert_eq!(year["counts"], report["counts"], "{day}");
    }
    let csv = stdout(&shipped(), &["history", "--format", "csv"]);
    assert!(csv.starts_with("date,promises,overdue,missed"), "{csv}");
    for width in ["80", "200"] {
        let text = stdout(&shipped(), &["history", "--width", width]);
        assert!(text.lines().all(|line| line.chars().count() <= width.parse().expect("a width")), "{text}");
    }
}
