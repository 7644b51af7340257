//! What the gate asks of a promise, read where it stands in the bytes of its
//! register: no copies, and nothing of what only a report shows.

use chrono::NaiveDate;

use super::pack::{Bytes, Pack};
use crate::assess::{Flag, Status};
use crate::model::topic::Topic;

/// The head of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Brief<'b> {
    /// Id within the organisation.
    pub id: &'b str,
    /// Short title.
    pub title: &'b str,
    /// What it is about.
    pub topic: Topic,
    /// Line in the file, from 1.
    pub line: u32,
    /// Whether nobody has accepted it yet.
    pub draft: bool,
    /// How it stands; `None` where it was not made yet on the register's day.
    pub judged: Option<BriefJudgement<'b>>,
}

/// The head of a judgement; days are counted to the register's day.
#[derive(Debug, Clone, Copy)]
pub struct BriefJudgement<'b> {
    /// The verdict.
    pub status: Status,
    /// Why, in words.
    pub reason: &'b str,
    /// Whether it is overdue and the final figure may still come.
    pub awaiting: bool,
    /// Whether an amendment came after the deadline then in force.
    pub late_amendment: bool,
    /// The last day in time.
    pub deadline: Option<NaiveDate>,
    /// Line of the promise, or of the amendment that set the deadline.
    pub deadline_line: u32,
    /// Days to the deadline; negative past it.
    pub days_left: Option<i64>,
    /// Days from the end of the latest value's period.
    pub data_age_days: Option<i64>,
    /// The latest value's period as written.
    pub latest: Option<&'b str>,
    flags: u32,
}

impl BriefJudgement<'_> {
    /// Whether a remark stands beside the status.
    #[must_use]
    pub const fn has(&self, flag: Flag) -> bool {
        self.flags & (1 << flag as u32) != 0
    }

    /// As it is so many days later, while nothing else changes.
    #[must_use]
    pub fn later(self, days: i64) -> Self {
        Self {
            days_left: self.days_left.map(|left| left - days),
            data_age_days: self.data_age_days.map(|age| age + days),
            ..self
        }
    }

    /// Reads the fields in the order in which `pack` writes a judgement, as far
    /// as they are wanted.
    fn get<'b>(bytes: &mut Bytes<'b>) -> Option<BriefJudgement<'b>> {
        let (status, reason, awaiting) = (Status::get(bytes)?, bytes.text()?, bool::get(bytes)?);
        let mut flags = 0;
        for _ in 0..u64::get(bytes)? {
            flags |= 1 << Flag::get(bytes)? as u32;
        }
        let late_amendment = bool::get(bytes)?;
        let (deadline, deadline_line) = (Pack::get(bytes)?, u32::get(bytes)?);
        let (days_left, data_age_days) = (Pack::get(bytes)?, Pack::get(bytes)?);
        let latest = if bool::get(bytes)? { Some(bytes.text()?) } else { None };
        Some(BriefJudgement {
            status,
            reason,
            awaiting,
            late_amendment,
            deadline,
            deadline_line,
            days_left,
            data_age_days,
            latest,
            flags,
        })
    }
}

impl<'b> Brief<'b> {
    /// Reads the fields in the order in which `pack` writes an entry.
    pub(super) fn get(bytes: &mut Bytes<'b>) -> Option<Self> {
        let (id, title, topic) = (bytes.text()?, bytes.text()?, Topic::get(bytes)?);
        for _tag in 0..u64::get(bytes)? {
            bytes.pass_text()?;
        }
        if bool::get(bytes)? {
            // The unit.
            bytes.pass_text()?;
        }
        let (line, draft) = (u32::get(bytes)?, bool::get(bytes)?);
        let judged = if bool::get(bytes)? { Some(BriefJudgement::get(bytes)?) } else { None };
        Some(Self { id, title, topic, line, draft, judged })
    }
}
