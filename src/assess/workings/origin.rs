//! The terms in words, and what set each of them.

use super::super::terms::{InForce, by_effect};
use crate::model::commitment::Commitment;
use crate::model::terms::{OffsetsAllowed, Terms};

/// One term: as first promised, as in force, and what set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermOrigin {
    /// Its name, as in the file.
    pub term: &'static str,
    /// As first promised, in words.
    pub first: String,
    /// As in force, in words.
    pub now: String,
    /// The amendment that set it; `None` where the first promise did.
    pub set_by: Option<usize>,
}

/// One term that an amendment changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its name, as in the file.
    pub term: &'static str,
    /// Before, in words.
    pub before: String,
    /// After, in words.
    pub after: String,
}

/// The terms that can be told apart, with their words.
#[must_use]
pub fn term_words(terms: &Terms) -> [(&'static str, String); 6] {
    let none = || "none".to_owned();
    let aim = terms.aim.as_ref().map_or_else(String::new, |aim| format!(", aim {aim}"));
    let from = terms.target.from.map_or_else(String::new, |from| format!(" from {from}"));
    let milestones: Vec<String> = terms
        .milestones
        .iter()
        .map(|milestone| format!("{}: {}", milestone.deadline, milestone.target.words()))
        .collect();
    let baseline = terms.baseline.as_ref().map(|baseline| match &baseline.value {
        Some(value) => format!("{value} in {}", baseline.period),
        None => format!("the figure for {}", baseline.period),
    });
    let scopes: Vec<String> = terms.scopes.iter().map(ToString::to_string).collect();
    let offsets = match (terms.offsets.allowed, &terms.offsets.max_percent) {
        (_, Some(limit)) => format!("{limit} % of gross at most"),
        (OffsetsAllowed::Yes, None) => "allowed".to_owned(),
        (OffsetsAllowed::No, None) => "not allowed".to_owned(),
        (OffsetsAllowed::Unspecified, None) => "nothing said".to_owned(),
    };
    [
        ("target", format!("{}{from}{aim}", terms.target.words())),
        ("deadline", terms.deadline.text.clone()),
        ("baseline", baseline.unwrap_or_else(|| "none declared: the first figure serves".to_owned())),
        ("milestones", if milestones.is_empty() { none() } else { milestones.join("; ") }),
        ("scopes", if scopes.is_empty() { "none named".to_owned() } else { scopes.join(", ") }),
        ("offsets", offsets),
    ]
}

/// The terms in force with what set them.
pub(super) fn terms(commitment: &Commitment, in_force: &InForce) -> Vec<TermOrigin> {
    let mut set_by: [Option<usize>; 6] = [None; 6];
    for fate in in_force.fates.iter().filter(|fate| !fate.late) {
        for (slot, set) in set_by.iter_mut().zip(sets(commitment, fate.index)) {
            if set {
                *slot = Some(fate.index);
            }
        }
    }
    let (first, now) = (term_words(&commitment.terms), term_words(&in_force.terms));
    first
        .into_iter()
        .zip(now)
        .zip(set_by)
        .map(|(((term, first), (_, now)), set_by)| TermOrigin { term, first, now, set_by })
        .collect()
}

/// Which terms an amendment names, in the order of [`term_words`].
fn sets(commitment: &Commitment, index: usize) -> [bool; 6] {
    let amendment = &commitment.amendments[index];
    [
        amendment.target.is_some(),
        amendment.deadline.is_some(),
        amendment.baseline.is_some(),
        amendment.milestones.is_some(),
        amendment.scopes.is_some(),
        amendment.offsets.is_some(),
    ]
}

/// What the amendment at `index` changed, those before it in force; for a late
/// one, what it would have changed.
#[must_use]
pub fn changed(commitment: &Commitment, index: usize) -> Vec<Changed> {
    let mut terms = commitment.terms.clone();
    for (place, amendment) in by_effect(&commitment.amendments) {
        if place == index {
            let before = term_words(&terms);
            terms.amend(amendment);
            return before
                .into_iter()
                .zip(term_words(&terms))
                .filter(|((_, before), (_, after))| before != after)
                .map(|((term, before), (_, after))| Changed { term, before, after })
                .collect();
        }
        let late = terms.deadline.day.is_some_and(|deadline| amendment.date.last() > deadline);
        if !late {
            terms.amend(amendment);
        }
    }
    Vec::new()
}
