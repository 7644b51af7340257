//! One promise with its judgement, as writers take it.

use chrono::NaiveDate;

use crate::assess::{Case, Judgement, Question, Status, assess};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::topic::Topic;
use crate::model::unit::Unit;
use crate::store::KeptRegister;

/// One promise with its judgement.
#[derive(Debug, Clone)]
pub struct Row {
    /// Whole id: `tencent/green-electricity-2030`.
    pub id: String,
    /// The organisation's name.
    pub organisation: String,
    /// Short title of the promise.
    pub title: String,
    /// What it is about.
    pub topic: Topic,
    /// Free labels.
    pub tags: Vec<String>,
    /// Unit of the metric; `None` for yes/no promises.
    pub unit: Option<Unit>,
    /// The promises file, relative to the book.
    pub file: String,
    /// Line of the promise in it, from 1.
    pub line: u32,
    /// The judgement.
    pub judgement: Judgement,
    /// The status by the terms first promised, where both were asked for.
    pub status_first: Option<Status>,
}

impl Row {
    /// A row of a register that holds on `as_of`; `None` where the promise was
    /// not made yet.
    pub(super) fn of(register: &KeptRegister, index: usize, as_of: NaiveDate) -> Option<Self> {
        let entry = register.entry(index);
        Some(Self {
            id: format!("{}/{}", register.organisation_id, entry.id),
            organisation: register.organisation.clone(),
            title: entry.title,
            topic: entry.topic,
            tags: entry.tags,
            unit: entry.unit,
            file: register.path.clone(),
            line: entry.line,
            judgement: entry.judgement?.later((as_of - register.day).num_days()),
            status_first: None,
        })
    }
}

/// One promise judged; `None` where it was not made yet.
#[must_use]
pub fn row(dossier: &Dossier, commitment: &Commitment, question: &Question<'_>) -> Option<Row> {
    let promises = &dossier.promises;
    let case = Case::of(dossier, commitment)?;
    let judgement = Judgement::of(assess(&case, question)?, commitment);
    Some(Row {
        id: format!("{}/{}", promises.organisation.id, commitment.id),
        organisation: promises.organisation.name.clone(),
        title: commitment.title.clone(),
        topic: commitment.topic,
        tags: commitment.tags.clone(),
        unit: case.metric.unit.clone(),
        file: dossier.path.clone(),
        line: commitment.line,
        judgement,
        status_first: None,
    })
}
