//! Assessments of a book as rows of neutral cells: filtered, sorted, counted.
//!
//! Writers in `render` turn them into text and know neither the index nor the
//! terminal.

mod account;
mod cells;
mod due;
mod filter;
mod history;
mod plot;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use account::{Account, Balance, Beside, case};
pub use cells::{Cells, Mark, grouped, significant};
pub use due::{Due, DueKind, agenda, calendar, notes};
pub use filter::{Filter, Selection, UnknownFilter};
pub use history::{History, YearEnd, book_course, promised, statuses};
pub use plot::{Plot, Spot, Today};

use crate::assess::{Assessment, Clock, Question, Status, Version, assess};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::AssessmentSettings;
use crate::model::topic::Topic;
use crate::model::unit::Unit;
use crate::model::words::words;

/// One promise with its judgement.
#[derive(Debug, Clone)]
pub struct Row {
    /// Whole id: `tencent/green-electricity-2030`.
    pub id: String,
    /// The organisation's id.
    pub organisation_id: String,
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
    pub assessment: Assessment,
    /// The status by the terms first promised, where both were asked for.
    pub status_first: Option<Status>,
}

words! {
    /// Orders of a report.
    SortBy {
        /// Worst status first, then the nearest deadline.
        Status = "status",
        Deadline = "deadline",
        Organisation = "organisation",
        Topic = "topic",
        /// Least progress first.
        Progress = "progress",
        /// Oldest data first.
        Age = "age",
        Id = "id",
    }
}

words! {
    /// What rows of a report are put together by.
    GroupBy {
        Organisation = "organisation",
        Topic = "topic",
        Status = "status",
        /// The year of the deadline.
        Deadline = "deadline",
    }
}

/// A report: rows in order, with counts.
#[derive(Debug, Clone)]
pub struct Report {
    /// The day judged and what was known.
    pub clock: Clock,
    /// Which terms were judged.
    pub version: Version,
    /// Rows in the order asked for.
    pub rows: Vec<Row>,
    /// How the rows are put together.
    pub group_by: Option<GroupBy>,
    /// Rows by status, in the order of severity; no zeros.
    pub counts: Vec<(Status, usize)>,
    /// Promises left out because of errors in their files.
    pub left_out: u64,
    /// Promises that were not made yet on the day judged.
    pub not_yet: usize,
}

/// Kept promises among those that came to an end (ruling 16).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Promises kept in time.
    pub kept: usize,
    /// Kept, kept-late, missed, overdue and withdrawn.
    pub closed: usize,
    /// Kept, kept-late and missed: those with a figure to tell.
    pub reported: usize,
}

impl Rates {
    /// Kept among closed, 0 to 1; `None` where none is closed.
    #[must_use]
    pub fn of_closed(&self) -> Option<f64> {
        (self.closed > 0).then(|| self.kept as f64 / self.closed as f64)
    }

    /// Kept among reported, 0 to 1; `None` where none is.
    #[must_use]
    pub fn of_reported(&self) -> Option<f64> {
        (self.reported > 0).then(|| self.kept as f64 / self.reported as f64)
    }
}

impl Report {
    /// The rates over all rows.
    #[must_use]
    pub fn rates(&self) -> Rates {
        let count = |wanted: &dyn Fn(Status) -> bool| {
            self.counts.iter().filter(|(status, _)| wanted(*status)).map(|(_, count)| count).sum()
        };
        Rates {
            kept: count(&|status| status == Status::Kept),
            closed: count(&Status::is_closed),
            reported: count(&|status| matches!(status, Status::Kept | Status::KeptLate | Status::Missed)),
        }
    }

    /// Organisations among the rows.
    #[must_use]
    pub fn organisations(&self) -> usize {
        let ids: std::collections::BTreeSet<&str> = self.rows.iter().map(|row| row.organisation_id.as_str()).collect();
        ids.len()
    }

    /// The heading of the group a row belongs to; empty without grouping.
    #[must_use]
    pub fn group(&self, row: &Row) -> String {
        match self.group_by {
            None => String::new(),
            Some(GroupBy::Organisation) => row.organisation.clone(),
            Some(GroupBy::Topic) => row.topic.name().to_owned(),
            Some(GroupBy::Status) => row.assessment.status.name().to_owned(),
            Some(GroupBy::Deadline) => {
                row.assessment.deadline.map_or_else(|| "no deadline".to_owned(), |day| day.format("%Y").to_string())
            }
        }
    }
}

/// What to report.
#[derive(Debug, Clone)]
pub struct Query<'q> {
    /// Day and knowledge.
    pub clock: Clock,
    /// First or current terms.
    pub version: Version,
    /// Bands and clocks.
    pub settings: &'q AssessmentSettings,
    /// Which promises.
    pub selection: Selection,
    /// In which order.
    pub sort: SortBy,
    /// Put together by what.
    pub group_by: Option<GroupBy>,
}

/// Judges every promise that the query selects.
#[must_use]
pub fn report(organisations: &[Dossier], left_out: u64, query: &Query<'_>) -> Report {
    let question = Question { clock: query.clock, version: query.version, settings: query.settings };
    let judged: Vec<(Vec<Row>, usize)> =
        organisations.par_iter().map(|dossier| rows_of(dossier, &question, &query.selection)).collect();
    let not_yet = judged.iter().map(|(_, not_yet)| not_yet).sum();
    let mut rows: Vec<Row> = judged.into_iter().flat_map(|(rows, _)| rows).collect();
    sort(&mut rows, query.sort, query.group_by);
    let mut counts: BTreeMap<u8, (Status, usize)> = BTreeMap::new();
    for row in &rows {
        let status = row.assessment.status;
        counts.entry(status.severity()).or_insert((status, 0)).1 += 1;
    }
    Report {
        clock: query.clock,
        version: query.version,
        rows,
        group_by: query.group_by,
        counts: counts.into_values().collect(),
        left_out,
        not_yet,
    }
}

fn rows_of(dossier: &Dossier, question: &Question<'_>, selection: &Selection) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    let mut not_yet = 0;
    for commitment in &dossier.promises.commitments {
        if !selection.wants(dossier, commitment) {
            continue;
        }
        match row(dossier, commitment, question) {
            Some(row) if selection.wants_judged(&row.assessment, question.clock.as_of) => rows.push(row),
            Some(_) => {}
            None => not_yet += 1,
        }
    }
    (rows, not_yet)
}

/// One promise judged; `None` where it was not made yet.
#[must_use]
pub fn row(dossier: &Dossier, commitment: &Commitment, question: &Question<'_>) -> Option<Row> {
    let promises = &dossier.promises;
    let case = case(dossier, commitment)?;
    let metric = case.metric;
    let assessment = assess(&case, question)?;
    Some(Row {
        id: format!("{}/{}", promises.organisation.id, commitment.id),
        organisation_id: promises.organisation.id.clone(),
        organisation: promises.organisation.name.clone(),
        title: commitment.title.clone(),
        topic: commitment.topic,
        tags: commitment.tags.clone(),
        unit: metric.unit.clone(),
        file: dossier.path.clone(),
        line: commitment.line,
        assessment,
        status_first: None,
    })
}

/// Judges the rows of a report by the terms first promised, too, so that it
/// shows both statuses.
pub fn judge_first(report: &mut Report, organisations: &[Dossier], settings: &AssessmentSettings) {
    let question = Question { clock: report.clock, version: Version::First, settings };
    for row in &mut report.rows {
        let dossier = organisations.iter().find(|dossier| dossier.promises.organisation.id == row.organisation_id);
        row.status_first = dossier.and_then(|dossier| {
            let id = row.id.split_once('/')?.1;
            let commitment = dossier.promises.commitments.iter().find(|commitment| commitment.id == id)?;
            Some(assess(&case(dossier, commitment)?, &question)?.status)
        });
    }
}

fn sort(rows: &mut [Row], by: SortBy, group_by: Option<GroupBy>) {
    let far = chrono::NaiveDate::MAX;
    let order = |a: &Row, b: &Row| {
        let (x, y) = (&a.assessment, &b.assessment);
        let worst = || {
            x.status
                .severity()
                .cmp(&y.status.severity())
                .then(x.deadline.unwrap_or(far).cmp(&y.deadline.unwrap_or(far)))
        };
        // Absent is last in every order.
        let first = match by {
            SortBy::Status => worst(),
            SortBy::Deadline => x.deadline.unwrap_or(far).cmp(&y.deadline.unwrap_or(far)),
            SortBy::Organisation => a.organisation.to_lowercase().cmp(&b.organisation.to_lowercase()),
            SortBy::Topic => a.topic.name().cmp(b.topic.name()),
            SortBy::Progress => {
                x.numbers.progress.unwrap_or(f64::INFINITY).total_cmp(&y.numbers.progress.unwrap_or(f64::INFINITY))
            }
            SortBy::Age => y.data_age_days.cmp(&x.data_age_days),
            SortBy::Id => std::cmp::Ordering::Equal,
        };
        let group = match group_by {
            None => std::cmp::Ordering::Equal,
            Some(GroupBy::Organisation) => (a.organisation.to_lowercase(), &a.organisation_id)
                .cmp(&(b.organisation.to_lowercase(), &b.organisation_id)),
            Some(GroupBy::Topic) => a.topic.name().cmp(b.topic.name()),
            Some(GroupBy::Status) => x.status.severity().cmp(&y.status.severity()),
            Some(GroupBy::Deadline) => x
                .deadline
                .unwrap_or(far)
                .format("%Y")
                .to_string()
                .cmp(&y.deadline.unwrap_or(far).format("%Y").to_string()),
        };
        let tie = if by == SortBy::Id { std::cmp::Ordering::Equal } else { worst() };
        group.then(first).then(tie).then_with(|| a.id.cmp(&b.id))
    };
    rows.sort_by(order);
}
