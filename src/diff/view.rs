//! The terms of one promise as they are compared: values of the older state in
//! the newer state's unit.

use chrono::NaiveDate;

use crate::assess::{Version, terms_in_force};
use crate::model::amendment::Amendment;
use crate::model::book::Promises;
use crate::model::commitment::{Commitment, Scope2Method};
use crate::model::metric::Metric;
use crate::model::number::Number;
use crate::model::target::Target;
use crate::model::terms::{Baseline, Milestone, Terms};
use crate::model::unit::Unit;

/// One promise with what its terms refer to.
#[derive(Clone, Copy)]
pub(super) struct Record<'r> {
    pub(super) promises: &'r Promises,
    pub(super) path: &'r str,
    pub(super) commitment: &'r Commitment,
}

impl<'r> Record<'r> {
    pub(super) fn metric(&self) -> Option<&'r Metric> {
        self.promises.metric(&self.commitment.metric)
    }

    pub(super) fn unit(&self) -> Option<&'r Unit> {
        self.metric()?.unit.as_ref()
    }

    pub(super) fn id(&self) -> String {
        format!("{}/{}", self.promises.organisation.id, self.commitment.id)
    }

    /// The day of the earliest dated statement.
    pub(super) fn said(&self) -> Option<NaiveDate> {
        let of = |id: &String| self.promises.statement(id)?.date;
        self.commitment.statements.iter().filter_map(of).map(crate::model::date::PartialDate::last).min()
    }
}

/// Terms at one point of a promise's history.
#[derive(Clone)]
pub(super) struct View {
    pub(super) terms: Terms,
    pub(super) withdrawn: bool,
    pub(super) superseded_by: Vec<String>,
    pub(super) said: Option<NaiveDate>,
    pub(super) scope_2_method: Option<Scope2Method>,
}

impl View {
    /// The terms first promised.
    pub(super) fn first(record: &Record<'_>) -> Self {
        Self {
            terms: record.commitment.terms.clone(),
            withdrawn: false,
            superseded_by: Vec::new(),
            said: record.said(),
            scope_2_method: record.commitment.scope_2_method,
        }
    }

    /// The terms once the given amendments are all in force, on no particular
    /// day: what is announced for later is promised, too.
    pub(super) fn last(record: &Record<'_>, amendments: Vec<Amendment>) -> Self {
        let commitment = Commitment { amendments, ..record.commitment.clone() };
        let state = terms_in_force(&commitment, NaiveDate::MAX, Version::Current);
        Self {
            terms: state.terms,
            withdrawn: state.withdrawn,
            superseded_by: state.superseded_by,
            ..Self::first(record)
        }
    }

    /// The same in another unit. A number that cannot be converted exactly
    /// stays as it is, and is then told as changed.
    pub(super) fn converted(mut self, from: Option<&Unit>, to: Option<&Unit>) -> Self {
        if let (Some(from), Some(to)) = (from, to) {
            self.terms = terms(&self.terms, from, to);
        }
        self
    }
}

fn terms(terms: &Terms, from: &Unit, to: &Unit) -> Terms {
    Terms {
        target: target(&terms.target, from, to),
        baseline: terms.baseline.as_ref().map(|value| baseline(value, from, to)),
        milestones: terms.milestones.iter().map(|value| milestone(value, from, to)).collect(),
        ..terms.clone()
    }
}

/// The values of an amendment in another unit.
pub(super) fn amendment(amendment: &Amendment, from: Option<&Unit>, to: Option<&Unit>) -> Amendment {
    let (Some(from), Some(to)) = (from, to) else { return amendment.clone() };
    let milestones = amendment.milestones.as_ref();
    Amendment {
        target: amendment.target.as_ref().map(|(value, aim)| (target(value, from, to), aim.clone())),
        baseline: amendment.baseline.as_ref().map(|value| baseline(value, from, to)),
        milestones: milestones.map(|list| list.iter().map(|value| milestone(value, from, to)).collect()),
        ..amendment.clone()
    }
}

fn target(target: &Target, from: &Unit, to: &Unit) -> Target {
    if target.form.is_percent() {
        return target.clone();
    }
    Target { number: target.number.as_ref().map(|value| number(value, from, to)), ..target.clone() }
}

fn baseline(baseline: &Baseline, from: &Unit, to: &Unit) -> Baseline {
    Baseline { period: baseline.period.clone(), value: baseline.value.as_ref().map(|value| number(value, from, to)) }
}

fn milestone(milestone: &Milestone, from: &Unit, to: &Unit) -> Milestone {
    Milestone { deadline: milestone.deadline.clone(), target: target(&milestone.target, from, to) }
}

fn number(number: &Number, from: &Unit, to: &Unit) -> Number {
    from.convert(number.value, to).map_or_else(|| number.clone(), |value| Number { text: number.text.clone(), value })
}
