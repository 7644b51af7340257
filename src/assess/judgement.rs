//! What a report shows of a judgement: everything but what it was made of.

use chrono::NaiveDate;

use super::series::Point;
use super::status::{Flag, Status};
use super::{Assessment, Numbers, Start};
use crate::model::commitment::Commitment;
use crate::model::number::Number;
use crate::model::period::Period;
use crate::model::target::Target;

/// The judgement of one promise on one day, without the values, the path and the
/// amendments behind it: an [`Assessment`] has those.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub status: Status,
    /// Why, in words.
    pub reason: String,
    /// Whether it is overdue and the final figure may still come.
    pub awaiting: bool,
    /// Remarks, in the order of the documentation.
    pub flags: Vec<Flag>,
    /// Whether an amendment came after the deadline then in force, without effect.
    pub late_amendment: bool,
    /// The last day in time; `None` without a deadline.
    pub deadline: Option<NaiveDate>,
    /// Line of the promise, or of the amendment that set the deadline.
    pub deadline_line: u32,
    /// Days from the day judged to the deadline; negative past it.
    pub days_left: Option<i64>,
    /// S and t0.
    pub baseline: Option<Start>,
    /// The target in force.
    pub target: Target,
    /// The better number aimed at, if one was named.
    pub aim: Option<Number>,
    /// T in the metric's unit.
    pub target_value: Option<f64>,
    /// V: the figure that settled it, else the latest.
    pub latest: Option<Point>,
    /// For yes/no promises: the entry that settled it, else the latest, and
    /// whether it says done.
    pub disclosed: Option<(Period, bool)>,
    /// Days from the end of V's period to the day judged.
    pub data_age_days: Option<i64>,
    /// The period that settled the promise after its deadline.
    pub settled_by: Option<String>,
    /// Promises that replaced it.
    pub superseded_by: Vec<String>,
    /// Derived ratios.
    pub numbers: Numbers,
}

impl Judgement {
    /// What a report shows of an assessment of `commitment`.
    #[must_use]
    pub fn of(assessment: Assessment, commitment: &Commitment) -> Self {
        let in_force = assessment.in_force;
        let postponed = in_force.last_effect(commitment, |amendment| amendment.deadline.is_some());
        let deadline_line = postponed.map_or(commitment.line, |amendment| amendment.line);
        let late_amendment = in_force.fates.iter().any(|fate| fate.late);
        Self {
            status: assessment.status,
            reason: assessment.reason,
            awaiting: assessment.awaiting,
            flags: assessment.flags,
            late_amendment,
            deadline: assessment.deadline,
            deadline_line,
            days_left: assessment.days_left,
            baseline: assessment.baseline,
            target: in_force.terms.target,
            aim: in_force.terms.aim,
            target_value: assessment.target_value,
            latest: assessment.latest,
            disclosed: assessment.disclosed,
            data_age_days: assessment.data_age_days,
            settled_by: assessment.settled_by,
            superseded_by: in_force.superseded_by,
            numbers: assessment.numbers,
        }
    }

    /// The judgement `days` later, where nothing but time has passed: only what
    /// counts days differs.
    #[must_use]
    pub fn later(mut self, days: i64) -> Self {
        self.days_left = self.days_left.map(|left| left - days);
        self.data_age_days = self.data_age_days.map(|age| age + days);
        self
    }
}
