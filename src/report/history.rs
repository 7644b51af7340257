//! How the judgements of a book came: one promise day by day, or the whole book
//! year by year.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::Row;
use crate::assess::{Assessment, Case, Cause, Question, Status, Turn, assess, course};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;

/// One promise's course.
#[derive(Debug, Clone)]
pub struct History<'b> {
    /// The promise as judged last.
    pub row: Row,
    /// The organisation.
    pub dossier: &'b Dossier,
    /// The promise.
    pub commitment: &'b Commitment,
    /// Day, knowledge and version.
    pub question: Question<'b>,
    /// The days shown, oldest first.
    pub turns: Vec<Turn>,
}

impl<'b> History<'b> {
    /// The course of a promise: the days on which its status, flags or terms
    /// changed, or with `all` every day on which something happened. `None`
    /// where it was not made yet.
    #[must_use]
    pub fn of(dossier: &'b Dossier, commitment: &'b Commitment, question: &Question<'b>, all: bool) -> Option<Self> {
        let row = super::row(dossier, commitment, question)?;
        let mut turns = course(&Case::of(dossier, commitment)?, question);
        turns.retain(|turn| all || turn.new_status || turn.new_flags || is_amended(turn));
        Some(Self { row, dossier, commitment, question: *question, turns })
    }
}

/// Whether an amendment took effect on that day.
fn is_amended(turn: &Turn) -> bool {
    turn.causes.iter().any(|cause| matches!(cause, Cause::Amended(_)))
}

/// The counts of a book on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEnd {
    /// The day.
    pub date: NaiveDate,
    /// Promises made by then.
    pub promises: usize,
    /// Promises by status, in the order of severity; no zeros.
    pub counts: Vec<(Status, usize)>,
}

/// A book's course: counts at each end of a year since the first promise, and
/// on the day judged.
#[must_use]
pub fn book_course(organisations: &[Dossier], question: &Question<'_>) -> Vec<YearEnd> {
    let as_of = question.clock.as_of;
    let cases: Vec<Case<'_>> = organisations
        .iter()
        .flat_map(|dossier| dossier.promises.commitments.iter().filter_map(move |one| Case::of(dossier, one)))
        .collect();
    let first = cases.iter().filter_map(Case::said).filter(|day| *day <= as_of).min();
    let first_year = first.map_or(as_of.year(), |day| day.year());
    let ends = (first_year..as_of.year()).filter_map(|year| NaiveDate::from_ymd_opt(year, 12, 31));
    ends.chain(std::iter::once(as_of)).map(|date| year_end(&cases, question, date)).collect()
}

fn year_end(cases: &[Case<'_>], question: &Question<'_>, date: NaiveDate) -> YearEnd {
    let mut question = *question;
    question.clock.as_of = date;
    let judged: Vec<Status> = cases.par_iter().filter_map(|case| Some(assess(case, &question)?.status)).collect();
    let mut counts: BTreeMap<u8, (Status, usize)> = BTreeMap::new();
    for status in &judged {
        counts.entry(status.severity()).or_insert((*status, 0)).1 += 1;
    }
    YearEnd { date, promises: judged.len(), counts: counts.into_values().collect() }
}

/// Every status that occurs in a book's course, worst first.
#[must_use]
pub fn statuses(course: &[YearEnd]) -> Vec<Status> {
    let mut found: BTreeMap<u8, Status> = BTreeMap::new();
    for (status, _) in course.iter().flat_map(|year| &year.counts) {
        found.insert(status.severity(), *status);
    }
    found.into_values().collect()
}

/// The target in words, with the deadline: what was promised on that day.
#[must_use]
pub fn promised(assessment: &Assessment) -> String {
    let terms = &assessment.in_force.terms;
    format!("{}, deadline {}", terms.target.words(), terms.deadline)
}
