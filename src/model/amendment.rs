//! Public changes of a promise's terms, or its withdrawal.

use super::date::PartialDate;
use super::deadline::Deadline;
use super::number::Number;
use super::target::Target;
use super::terms::{Baseline, Milestone, Offsets};

/// One change; every term that is `None` stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// When it was made public; it takes effect on the last day of this date.
    pub date: PartialDate,
    /// New target, replacing the old one whole; with it the new `aim`, or none.
    pub target: Option<(Target, Option<Number>)>,
    /// New deadline.
    pub deadline: Option<Deadline>,
    /// New baseline.
    pub baseline: Option<Baseline>,
    /// New milestones, replacing all old ones.
    pub milestones: Option<Vec<Milestone>>,
    /// New scopes.
    pub scopes: Option<Vec<u8>>,
    /// New offset rule.
    pub offsets: Option<Offsets>,
    /// `Some(true)` withdraws the promise; `Some(false)` takes it up again.
    pub withdrawn: Option<bool>,
    /// Promises that replace this one, as whole ids.
    pub superseded_by: Vec<String>,
    /// Why, in the words of the book.
    pub reason: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Title of the source.
    pub title: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Line of the file the amendment starts on, from 1.
    pub line: u32,
}
