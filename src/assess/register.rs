//! The judgements of one organisation, and the days for which they hold.
//!
//! A judgement changes only on a day on which something happens: a figure
//! becomes public, a deadline passes, a time runs out ([`unchanged`]). Between
//! two such days a register can be kept and shown again.

use chrono::NaiveDate;

use super::course::unchanged;
use super::judgement::Judgement;
use super::{Case, Question, assess};
use crate::model::book::Dossier;
use crate::model::topic::Topic;
use crate::model::unit::Unit;

/// What a report shows of one organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The organisation's id.
    pub organisation_id: String,
    /// Its name.
    pub organisation: String,
    /// The promises file, relative to the book.
    pub path: String,
    /// Whether a statement names an archived text, which `lint` compares.
    pub archived: bool,
    /// The day judged.
    pub day: NaiveDate,
    /// The first day on which it would be the same, but for counts of days.
    pub from: NaiveDate,
    /// The first day after it on which something changes.
    pub until: NaiveDate,
    /// Its promises, in the order of the file.
    pub entries: Vec<Entry>,
}

/// One promise in a register.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id within the organisation.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What it is about.
    pub topic: Topic,
    /// Free labels.
    pub tags: Vec<String>,
    /// Unit of the metric; `None` for yes/no promises.
    pub unit: Option<Unit>,
    /// Line in the file, from 1.
    pub line: u32,
    /// Whether nobody has accepted it yet.
    pub draft: bool,
    /// The judgement; `None` where it was not made yet on the day judged.
    pub judgement: Option<Judgement>,
}

/// Judges every promise of an organisation.
#[must_use]
pub fn register(dossier: &Dossier, question: &Question<'_>) -> Register {
    let promises = &dossier.promises;
    let (mut from, mut until) = (NaiveDate::MIN, NaiveDate::MAX);
    let mut entries = Vec::with_capacity(promises.commitments.len());
    for commitment in &promises.commitments {
        let Some(case) = Case::of(dossier, commitment) else { continue };
        let (first, next) = unchanged(&case, question);
        (from, until) = (from.max(first), until.min(next));
        entries.push(Entry {
            id: commitment.id.clone(),
            title: commitment.title.clone(),
            topic: commitment.topic,
            tags: commitment.tags.clone(),
            unit: case.metric.unit.clone(),
            line: commitment.line,
            draft: commitment.draft,
            judgement: assess(&case, question).map(|assessment| Judgement::of(assessment, commitment)),
        });
    }
    Register {
        organisation_id: promises.organisation.id.clone(),
        organisation: promises.organisation.name.clone(),
        path: dossier.path.clone(),
        archived: promises.statements.iter().any(|statement| statement.file.is_some()),
        day: question.clock.as_of,
        from,
        until,
        entries,
    }
}
