//! Assessments of a book as rows of neutral cells: filtered, sorted, counted.
//!
//! Writers in `render` turn them into text and know neither the index nor the
//! terminal. A report holds what its order needs of each promise; the rest is
//! taken from the registers a row at a time, so that a long report streams.

mod account;
mod cells;
mod due;
mod filter;
mod history;
mod order;
mod plot;
mod row;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

pub use account::{Account, Balance, Beside};
pub use cells::{Cells, Mark, grouped, put_age_words, put_day_words, put_left_words, significant};
pub use due::{Due, DueKind, agenda, calendar, notes};
pub use filter::{Filter, Selection, Subject, UnknownFilter, recorded, subjects};
pub use history::{History, YearEnd, book_course, promised, statuses};
pub use plot::{Plot, Spot, Today};
pub use row::{Row, row};

use crate::assess::{Clock, Status, Version};
use crate::model::topic::Topic;
use crate::model::words::words;
use crate::store::{KeptRegister, Standing};

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
pub struct Report<'b> {
    /// The day judged and what was known.
    pub clock: Clock,
    /// Which terms were judged.
    pub version: Version,
    /// How the rows are put together.
    pub group_by: Option<GroupBy>,
    /// Rows by status, in the order of severity; no zeros.
    pub counts: Vec<(Status, usize)>,
    /// Promises left out because of errors in their files.
    pub left_out: u64,
    /// Promises that were not made yet on the day judged.
    pub not_yet: usize,
    /// Whether rows show the status by the terms first promised, too.
    pub both: bool,
    registers: &'b [KeptRegister],
    lines: Vec<Line>,
}

/// What a table shows of a promise: a text prepared of it, and what changes with
/// the day.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'b> {
    /// The organisation's name.
    pub organisation: &'b str,
    /// The text prepared of its entry.
    pub prepared: &'b str,
    /// The verdict.
    pub status: Status,
    /// The verdict by the terms first promised, where both were asked for.
    pub status_first: Option<Status>,
    /// The last day in time.
    pub deadline: Option<NaiveDate>,
    /// Days from the day judged to the deadline; negative past it.
    pub days_left: Option<i64>,
    /// Days from the end of the latest value's period to the day judged.
    pub data_age_days: Option<i64>,
}

/// Where a row stands in the registers, and what it is sorted by.
#[derive(Debug, Clone, Copy)]
struct Line {
    register: u32,
    entry: u32,
    topic: Topic,
    standing: Standing,
    status_first: Option<Status>,
}

impl Line {
    const fn register(&self) -> usize {
        self.register as usize
    }

    const fn entry(&self) -> usize {
        self.entry as usize
    }
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

impl<'b> Report<'b> {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The row at `index`, which is below [`len`](Self::len).
    #[must_use]
    #[expect(clippy::expect_used, reason = "a line is only made of a promise that has a standing")]
    pub fn row(&self, index: usize) -> Row {
        let line = &self.lines[index];
        let row = Row::of(&self.registers[line.register()], line.entry(), self.clock.as_of);
        Row { status_first: line.status_first, ..row.expect("judged") }
    }

    /// What a table shows of the row at `index`.
    #[must_use]
    pub fn shown(&self, index: usize) -> Shown<'b> {
        let line = &self.lines[index];
        let register = &self.registers[line.register()];
        let later = (self.clock.as_of - register.day).num_days();
        let Standing { status, deadline, data_age_days, .. } = line.standing;
        Shown {
            organisation: &register.organisation,
            prepared: register.prepared(line.entry()),
            status,
            status_first: line.status_first,
            deadline,
            days_left: deadline.map(|deadline| (deadline - self.clock.as_of).num_days()),
            data_age_days: data_age_days.map(|days| days + later),
        }
    }

    /// The status of the row at `index`.
    #[must_use]
    pub fn status(&self, index: usize) -> Status {
        self.lines[index].standing.status
    }

    /// All rows, made one at a time.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.len()).map(|index| self.row(index))
    }

    /// Whether any row has progress to draw.
    #[must_use]
    pub fn has_progress(&self) -> bool {
        self.lines.iter().any(|line| line.standing.progress.is_some())
    }

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
        let mut seen = vec![false; self.registers.len()];
        self.lines.iter().for_each(|line| seen[line.register()] = true);
        seen.into_iter().filter(|seen| *seen).count()
    }

    /// The heading of the group that row `index` belongs to; empty without grouping.
    #[must_use]
    pub fn group(&self, index: usize) -> Cow<'b, str> {
        let line = &self.lines[index];
        match self.group_by {
            None => "".into(),
            Some(GroupBy::Organisation) => self.registers[line.register()].organisation.as_str().into(),
            Some(GroupBy::Topic) => line.topic.name().into(),
            Some(GroupBy::Status) => line.standing.status.name().into(),
            Some(GroupBy::Deadline) => {
                line.standing.deadline.map_or("no deadline".into(), |day| format!("{:04}", day.year()).into())
            }
        }
    }
}

/// What to report.
#[derive(Debug, Clone)]
pub struct Query {
    /// Day and knowledge.
    pub clock: Clock,
    /// First or current terms.
    pub version: Version,
    /// Which promises.
    pub selection: Selection,
    /// In which order.
    pub sort: SortBy,
    /// Put together by what.
    pub group_by: Option<GroupBy>,
}

/// Chooses and sorts the promises of the registers; `first` are the registers of
/// the same book by the terms first promised, where both are to be shown.
#[must_use]
pub fn report<'b>(
    registers: &'b [KeptRegister],
    first: Option<&[KeptRegister]>,
    left_out: u64,
    query: &Query,
) -> Report<'b> {
    let mut lines = Vec::new();
    let mut not_yet = 0;
    for ((place, register), number) in registers.iter().enumerate().zip(0..) {
        for (entry, entry_number) in (0..register.len()).zip(0..) {
            if !query.selection.wants_entry(register, entry) {
                continue;
            }
            let key = register.key(entry);
            let Some(standing) = key.standing else {
                not_yet += 1;
                continue;
            };
            if query.selection.wants_standing(&standing, query.clock.as_of) {
                let first = first.and_then(|first| first[place].key(entry).standing);
                let status_first = first.map(|standing| standing.status);
                let (register, entry) = (number, entry_number);
                lines.push(Line { register, entry, topic: key.topic, standing, status_first });
            }
        }
    }
    order::sort(&mut lines, registers, query);
    let mut counts: BTreeMap<u8, (Status, usize)> = BTreeMap::new();
    for line in &lines {
        let status = line.standing.status;
        counts.entry(status.severity()).or_insert((status, 0)).1 += 1;
    }
    Report {
        clock: query.clock,
        version: query.version,
        group_by: query.group_by,
        counts: counts.into_values().collect(),
        left_out,
        not_yet,
        both: first.is_some(),
        registers,
        lines,
    }
}
