//! An entry of a register as bytes, in two parts: what the gate asks of a
//! promise, read where it stands without copies, and the rest, which only a
//! report shows.

use chrono::NaiveDate;

use super::pack::{Bytes, Pack};
use crate::assess::{Entry, Flag, Judgement, Status};
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
    /// Its offsets, as a share of gross emissions.
    pub offsets_percent: Option<f64>,
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

    fn put(judgement: &Judgement, out: &mut Vec<u8>) {
        judgement.status.put(out);
        judgement.reason.put(out);
        judgement.awaiting.put(out);
        judgement.flags.put(out);
        judgement.late_amendment.put(out);
        judgement.deadline.put(out);
        judgement.deadline_line.put(out);
        judgement.days_left.put(out);
        judgement.data_age_days.put(out);
        let latest = judgement.latest.as_ref();
        latest.map(|latest| latest.period.text.clone()).put(out);
        latest.and_then(|latest| latest.offsets_percent).put(out);
    }

    /// Reads the fields in the order in which they were put.
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
        let offsets_percent = Pack::get(bytes)?;
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
            offsets_percent,
            flags,
        })
    }

    /// The judgement whole, with what else the bytes say of it.
    fn whole(&self, bytes: &mut Bytes<'_>) -> Option<Judgement> {
        Some(Judgement {
            status: self.status,
            reason: self.reason.to_owned(),
            awaiting: self.awaiting,
            late_amendment: self.late_amendment,
            deadline: self.deadline,
            deadline_line: self.deadline_line,
            days_left: self.days_left,
            data_age_days: self.data_age_days,
            // Fields are read in the order in which they were put.
            flags: Pack::get(bytes)?,
            latest: Pack::get(bytes)?,
            baseline: Pack::get(bytes)?,
            target: Pack::get(bytes)?,
            aim: Pack::get(bytes)?,
            target_value: Pack::get(bytes)?,
            disclosed: Pack::get(bytes)?,
            settled_by: Pack::get(bytes)?,
            superseded_by: Pack::get(bytes)?,
            numbers: Pack::get(bytes)?,
        })
    }
}

impl<'b> Brief<'b> {
    /// Appends what the gate asks of an entry.
    pub(super) fn put(entry: &Entry, out: &mut Vec<u8>) {
        entry.id.put(out);
        entry.title.put(out);
        entry.topic.put(out);
        entry.line.put(out);
        entry.draft.put(out);
        entry.judgement.is_some().put(out);
        if let Some(judgement) = &entry.judgement {
            BriefJudgement::put(judgement, out);
        }
    }

    /// Reads the fields in the order in which they were put.
    pub(super) fn get(bytes: &mut Bytes<'b>) -> Option<Self> {
        let (id, title, topic) = (bytes.text()?, bytes.text()?, Topic::get(bytes)?);
        let (line, draft) = (u32::get(bytes)?, bool::get(bytes)?);
        let judged = if bool::get(bytes)? { Some(BriefJudgement::get(bytes)?) } else { None };
        Some(Self { id, title, topic, line, draft, judged })
    }

    /// Appends the rest of an entry.
    pub(super) fn put_rest(entry: &Entry, out: &mut Vec<u8>) {
        entry.tags.put(out);
        entry.unit.put(out);
        if let Some(judgement) = &entry.judgement {
            judgement.flags.put(out);
            judgement.latest.put(out);
            judgement.baseline.put(out);
            judgement.target.put(out);
            judgement.aim.put(out);
            judgement.target_value.put(out);
            judgement.disclosed.put(out);
            judgement.settled_by.put(out);
            judgement.superseded_by.put(out);
            judgement.numbers.put(out);
        }
    }

    /// The entry whole, with what else the bytes say of it.
    pub(super) fn whole(&self, bytes: &mut Bytes<'_>) -> Option<Entry> {
        let (tags, unit) = (Pack::get(bytes)?, Pack::get(bytes)?);
        let judgement = match &self.judged {
            Some(judged) => Some(judged.whole(bytes)?),
            None => None,
        };
        Some(Entry {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            topic: self.topic,
            tags,
            unit,
            line: self.line,
            draft: self.draft,
            judgement,
        })
    }
}
