//! What became of each figure: used, and as what, or passed over, and why.

use chrono::NaiveDate;

use super::super::judge::Facts;
use super::super::{Assessment, keep};
use crate::model::figure::{Disclosure, Figure};
use crate::model::metric::Aggregate;
use crate::model::words::words;

words! {
    /// What a figure is used as.
    Role {
        /// S, or a part of it.
        Baseline = "baseline",
        /// V, or a part of it.
        Latest = "latest",
        /// The value that settled the promise, or a part of it.
        Settled = "settled",
        /// A value of the series that was judged, next to the latest.
        Series = "series",
        /// One of the values of the Theil–Sen line.
        TheilSen = "theil-sen",
        /// Says whether a yes/no promise was done.
        Done = "done",
        /// Says that a figure was looked for and not found.
        Looked = "looked-for",
    }
}

words! {
    /// Why a figure does not count.
    PassedOver {
        /// Its period has not ended on the day judged.
        NotEnded = "not-ended",
        /// It was not public on the day judged.
        NotYetReported = "not-yet-reported",
        /// It entered the book after the day of knowledge.
        RecordedLater = "recorded-later",
        /// A newer edition of the same period counts.
        OlderEdition = "older-edition",
        /// A longer period that ends on the same day counts.
        ShorterPeriod = "shorter-period",
        /// The figure of the whole year counts.
        WholeYear = "whole-year-counts",
        /// The other parts of its year are missing.
        IncompleteYear = "incomplete-year",
        /// A running total counts what begins after the baseline.
        BeforeBaseline = "before-baseline",
        /// A `keep-…` target does not count this period.
        OutsideKeep = "outside-keep",
        /// The sum has more digits than can be kept.
        Overflow = "overflow",
    }
}

/// What became of one figure of the metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Its place among the organisation's figures.
    pub figure: usize,
    /// What it is used as; empty where it is passed over.
    pub roles: Vec<Role>,
    /// Why it is passed over.
    pub passed_over: Option<PassedOver>,
    /// In words.
    pub words: String,
}

/// What became of every figure of the promise's metric, in the order of the file.
pub(super) fn fates(facts: &Facts<'_>, assessment: &Assessment, latest: Option<usize>) -> Vec<Fate> {
    let metric = &facts.case.metric.id;
    let of_metric = facts.case.figures.iter().enumerate().filter(|(_, figure)| figure.metric == *metric);
    of_metric.map(|(index, figure)| fate(facts, assessment, latest, index, figure)).collect()
}

fn fate(facts: &Facts<'_>, assessment: &Assessment, latest: Option<usize>, index: usize, figure: &Figure) -> Fate {
    let passed =
        |why: PassedOver, words: String| Fate { figure: index, roles: Vec::new(), passed_over: Some(why), words };
    let clock = facts.question.clock;
    let as_of = clock.as_of;
    if figure.period.last > as_of {
        return passed(PassedOver::NotEnded, format!("its period ends on {}, after {as_of}", figure.period.last));
    }
    if figure.public_from() > as_of {
        return passed(PassedOver::NotYetReported, format!("public from {}, after {as_of}", figure.public_from()));
    }
    if !clock.counts(figure) {
        let recorded = figure.recorded.map_or_else(String::new, |day| day.to_string());
        let known_at = clock.known_at.map_or_else(String::new, |day| day.to_string());
        return passed(PassedOver::RecordedLater, format!("recorded on {recorded}, after {known_at}"));
    }
    match figure.disclosure {
        Disclosure::None => {
            let words = "no figure was found for it; the age of the data runs on".to_owned();
            Fate { figure: index, roles: vec![Role::Looked], passed_over: None, words }
        }
        Disclosure::Done(done) => {
            let words = if done { "says that it was done" } else { "says that it was not done" }.to_owned();
            Fate { figure: index, roles: vec![Role::Done], passed_over: None, words }
        }
        Disclosure::Value(_) => match facts.points.iter().position(|point| point.figures.contains(&index)) {
            Some(at) => used(facts, assessment, latest, index, at),
            None => {
                let (why, words) = why_not(facts, index, figure);
                passed(why, words)
            }
        },
    }
}

fn used(facts: &Facts<'_>, assessment: &Assessment, latest: Option<usize>, figure: usize, at: usize) -> Fate {
    let point = &facts.points[at];
    let is_keep = facts.terms().target.form.is_keep();
    if is_keep && !keep::judged(facts).contains(&at) {
        let words = "its period lies outside the time for which the target is to be kept".to_owned();
        return Fate { figure, roles: Vec::new(), passed_over: Some(PassedOver::OutsideKeep), words };
    }
    let total = facts.case.metric.aggregate == Aggregate::RunningTotal;
    let mut roles = Vec::new();
    let start = facts.start.as_ref().filter(|start| start.derived || declared_without_value(facts));
    if start.is_some_and(|start| start.period.same_days(&point.period)) {
        roles.push(Role::Baseline);
    }
    if latest.is_some_and(|latest| latest == at || total && at < latest) {
        roles.push(if assessment.settled_by.is_some() { Role::Settled } else { Role::Latest });
    }
    if assessment.numbers.projection_theil_sen.is_some()
        && latest.is_some_and(|latest| (facts.recent_from(latest)..=latest).contains(&at))
    {
        roles.push(Role::TheilSen);
    }
    if roles.is_empty() {
        roles.push(Role::Series);
    }
    Fate { figure, words: role_words(facts, &roles, at, latest), roles, passed_over: None }
}

fn declared_without_value(facts: &Facts<'_>) -> bool {
    facts.terms().baseline.as_ref().is_some_and(|baseline| baseline.value.is_none())
}

fn role_words(facts: &Facts<'_>, roles: &[Role], at: usize, latest: Option<usize>) -> String {
    let point = &facts.points[at];
    let part = if point.figures.len() > 1 && facts.case.metric.aggregate == Aggregate::AnnualSum {
        format!("part of {}, ", point.period)
    } else {
        String::new()
    };
    let words: Vec<&str> = roles
        .iter()
        .map(|role| match role {
            Role::Baseline => "the baseline S",
            Role::Latest if facts.case.metric.aggregate == Aggregate::RunningTotal => "added to V",
            Role::Latest => "the latest value V",
            Role::Settled if facts.case.metric.aggregate == Aggregate::RunningTotal => {
                "added to the value that settled it"
            }
            Role::Settled => "the value that settled it",
            Role::TheilSen => "on the Theil–Sen line",
            Role::Done => "says whether it was done",
            Role::Looked => "looked for",
            Role::Series if latest.is_some_and(|latest| at > latest) => {
                "in the series, after the value that settled it"
            }
            Role::Series => "in the series, not the latest",
        })
        .collect();
    let editions =
        if point.editions > 1 { format!(", the newest of {} editions", point.editions) } else { String::new() };
    format!("{part}{}{editions}", words.join(", "))
}

fn why_not(facts: &Facts<'_>, index: usize, figure: &Figure) -> (PassedOver, String) {
    let clock = facts.question.clock;
    let newer = facts.case.figures.iter().enumerate().any(|(other, edition)| {
        let key = |place: usize, figure: &Figure| (figure.edition(), place);
        edition.metric == figure.metric
            && edition.measured().is_some()
            && edition.period.same_days(&figure.period)
            && clock.counts(edition)
            && key(other, edition) > key(index, figure)
    });
    if newer {
        return (PassedOver::OlderEdition, format!("an older edition; a newer one for {} counts", figure.period));
    }
    let same_end = facts.points.iter().find(|point| point.period.last == figure.period.last);
    match facts.case.metric.aggregate {
        Aggregate::Latest => {
            let longer = same_end.map_or("", |point| point.period.text.as_str());
            (PassedOver::ShorterPeriod, format!("{longer} ends on the same day and is longer"))
        }
        Aggregate::AnnualSum => {
            let year = facts.points.iter().find(|point| point.period.overlaps(&figure.period));
            match year {
                Some(year) => (PassedOver::WholeYear, format!("the figure for the whole of {} counts", year.period)),
                None => {
                    (PassedOver::IncompleteYear, "part of a year that is not complete: shown, not judged".to_owned())
                }
            }
        }
        Aggregate::RunningTotal => {
            let after: Option<NaiveDate> = facts.start.as_ref().map(|start| start.period.last);
            match after {
                Some(after) if figure.period.first <= after => {
                    (PassedOver::BeforeBaseline, format!("begins before the end of the baseline, {after}"))
                }
                _ => (PassedOver::Overflow, "the total would have more digits than can be kept".to_owned()),
            }
        }
    }
}
