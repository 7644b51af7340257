//! Which terms are in force on a day.

use chrono::NaiveDate;

use super::status::Version;
use crate::model::amendment::Amendment;
use crate::model::commitment::Commitment;
use crate::model::terms::Terms;

/// What became of one amendment on the day judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmendmentFate {
    /// Index among the commitment's amendments.
    pub index: usize,
    /// The day it takes effect.
    pub effective: NaiveDate,
    /// Whether it came after the deadline then in force and so has no effect:
    /// nobody postpones a promise already missed (design §4).
    pub late: bool,
}

/// The terms in force on a day and how they came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The terms.
    pub terms: Terms,
    /// Amendments public by then, in order of effect.
    pub fates: Vec<AmendmentFate>,
    /// Given up, and not taken up again.
    pub withdrawn: bool,
    /// Promises that replaced it.
    pub superseded_by: Vec<String>,
}

impl InForce {
    /// The last amendment that had an effect and did what `which` says.
    pub fn last_effect<'a>(
        &self,
        commitment: &'a Commitment,
        which: impl Fn(&Amendment) -> bool,
    ) -> Option<&'a Amendment> {
        self.fates
            .iter()
            .rev()
            .filter(|fate| !fate.late)
            .map(|fate| &commitment.amendments[fate.index])
            .find(|amendment| which(amendment))
    }
}

/// The terms in force on `as_of`. Amendments apply by effective day (the last
/// day of their date), ties by place in the file (ruling 9).
#[must_use]
pub fn terms_in_force(commitment: &Commitment, as_of: NaiveDate, version: Version) -> InForce {
    let mut state =
        InForce { terms: commitment.terms.clone(), fates: Vec::new(), withdrawn: false, superseded_by: Vec::new() };
    if version == Version::First {
        return state;
    }
    for (index, amendment) in by_effect(&commitment.amendments) {
        let effective = amendment.date.last();
        if effective > as_of {
            continue;
        }
        let late = state.terms.deadline.day.is_some_and(|deadline| effective > deadline);
        state.fates.push(AmendmentFate { index, effective, late });
        if late {
            continue;
        }
        state.terms.amend(amendment);
        state.withdrawn = amendment.withdrawn.unwrap_or(state.withdrawn);
        if !amendment.superseded_by.is_empty() {
            state.superseded_by.clone_from(&amendment.superseded_by);
        }
    }
    state
}

/// Amendments in order of effect, with their place in the file.
#[must_use]
pub fn by_effect(amendments: &[Amendment]) -> Vec<(usize, &Amendment)> {
    let mut ordered: Vec<(usize, &Amendment)> = amendments.iter().enumerate().collect();
    ordered.sort_by_key(|(index, amendment)| (amendment.date.last(), *index));
    ordered
}
