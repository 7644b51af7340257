//! The terms of a promise: what an amendment can change.

use super::amendment::Amendment;
use super::deadline::Deadline;
use super::number::Number;
use super::period::Period;
use super::target::Target;

/// Target, deadline, baseline, milestones, scope and offset rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What is judged.
    pub target: Target,
    /// The better end of a range; shown, never judged.
    pub aim: Option<Number>,
    /// The last day in time.
    pub deadline: Deadline,
    /// Where the promise counts from; `None` lets the first figure serve.
    pub baseline: Option<Baseline>,
    /// Interim targets, in the order of the file.
    pub milestones: Vec<Milestone>,
    /// GHG Protocol scopes covered; empty where the promise names none.
    pub scopes: Vec<u8>,
    /// What the promise says about offsets.
    pub offsets: Offsets,
}

/// Where the metric stood when the promise counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The period of the value.
    pub period: Period,
    /// The value in the metric's unit; `None` takes the newest edition of that
    /// period's figure.
    pub value: Option<Number>,
}

/// An interim target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// By when.
    pub deadline: Deadline,
    /// What; never `done`.
    pub target: Target,
}

super::words::words! {
    /// Whether offsets may count towards the target.
    OffsetsAllowed {
        Yes = "yes",
        No = "no",
        Unspecified = "unspecified",
    }
}

/// The offset rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offsets {
    /// Whether they may count.
    pub allowed: OffsetsAllowed,
    /// Highest share of gross emissions that offsets may cover, in per cent;
    /// `None` where no limit was stated.
    pub max_percent: Option<Number>,
}

impl Default for Offsets {
    fn default() -> Self {
        Self { allowed: OffsetsAllowed::Unspecified, max_percent: None }
    }
}

impl Terms {
    /// Applies an amendment: what it names replaces what was there, whole.
    pub fn amend(&mut self, amendment: &Amendment) {
        if let Some((target, aim)) = &amendment.target {
            self.target = target.clone();
            self.aim.clone_from(aim);
        }
        if let Some(deadline) = &amendment.deadline {
            self.deadline = deadline.clone();
        }
        if let Some(baseline) = &amendment.baseline {
            self.baseline = Some(baseline.clone());
        }
        if let Some(milestones) = &amendment.milestones {
            self.milestones.clone_from(milestones);
        }
        if let Some(scopes) = &amendment.scopes {
            self.scopes.clone_from(scopes);
        }
        if let Some(offsets) = &amendment.offsets {
            self.offsets = offsets.clone();
        }
    }
}
