//! Amendments of two states: which are the same, which were rewritten, which
//! are new.

use super::view::{Record, amendment as converted};
use crate::model::amendment::Amendment;
use crate::model::number::Number;
use crate::model::target::Target;
use crate::model::terms::{Milestone, Offsets};

/// How the list of amendments went from one state to the next.
pub(super) struct History {
    /// Amendments of the newer state that stood in the older, as they read now.
    pub(super) kept: Vec<Amendment>,
    /// Amendments of the newer state that are new.
    pub(super) added: Vec<Amendment>,
    /// Whether one of the older state is gone or says something else; the line
    /// of what it became, where it still stands.
    pub(super) rewritten: Option<Option<u32>>,
}

/// Compares the lists. Order, reasons, titles and links do not count.
pub(super) fn history(old: &Record<'_>, new: &Record<'_>) -> History {
    let (from, to) = (old.unit(), new.unit());
    let mut before: Vec<Amendment> =
        old.commitment.amendments.iter().map(|amendment| converted(amendment, from, to)).collect();
    let now = &new.commitment.amendments;
    let mut stands = vec![false; now.len()];
    let mut rewritten = None;
    before.retain(|one| !take(now, &mut stands, |other| says_same(one, other)));
    // What is left was edited, if its date or its terms still stand, or deleted.
    for one in &before {
        let edited = position(now, &stands, |other| one.date.last() == other.date.last())
            .or_else(|| position(now, &stands, |other| same_terms(one, other)));
        if let Some(index) = edited {
            stands[index] = true;
        }
        rewritten = Some(rewritten.flatten().or(edited.map(|index| now[index].line)));
    }
    let of = |wanted: bool| {
        now.iter().zip(&stands).filter(|(_, stands)| **stands == wanted).map(|(one, _)| one.clone()).collect()
    };
    History { kept: of(true), added: of(false), rewritten }
}

fn position(now: &[Amendment], taken: &[bool], fits: impl Fn(&Amendment) -> bool) -> Option<usize> {
    (0..now.len()).find(|&index| !taken[index] && fits(&now[index]))
}

fn take(now: &[Amendment], taken: &mut [bool], fits: impl Fn(&Amendment) -> bool) -> bool {
    let found = position(now, taken, fits);
    if let Some(index) = found {
        taken[index] = true;
    }
    found.is_some()
}

fn says_same(a: &Amendment, b: &Amendment) -> bool {
    a.date.last() == b.date.last() && same_terms(a, b)
}

fn same_terms(a: &Amendment, b: &Amendment) -> bool {
    let target = |x: &Amendment| x.target.as_ref().map(|(target, _)| target_key(target));
    let deadline = |x: &Amendment| x.deadline.as_ref().map(|deadline| deadline.day);
    let baseline = |x: &Amendment| {
        let value = x.baseline.as_ref()?;
        Some((value.period.first, value.period.last, number_key(value.value.as_ref())))
    };
    let milestones = |x: &Amendment| x.milestones.as_ref().map(|list| milestone_keys(list));
    let scopes = |x: &Amendment| {
        let mut scopes = x.scopes.clone()?;
        scopes.sort_unstable();
        Some(scopes)
    };
    let offsets = |x: &Amendment| x.offsets.as_ref().map(offsets_key);
    target(a) == target(b)
        && deadline(a) == deadline(b)
        && baseline(a) == baseline(b)
        && milestones(a) == milestones(b)
        && scopes(a) == scopes(b)
        && offsets(a) == offsets(b)
        && a.withdrawn.unwrap_or(false) == b.withdrawn.unwrap_or(false)
        && a.superseded_by.is_empty() == b.superseded_by.is_empty()
}

type NumberKey = Option<rust_decimal::Decimal>;

fn number_key(number: Option<&Number>) -> NumberKey {
    number.map(|number| number.value)
}

fn target_key(target: &Target) -> (crate::model::target::TargetForm, NumberKey, Option<chrono::NaiveDate>) {
    (target.form, number_key(target.number.as_ref()), target.from.map(crate::model::date::PartialDate::first))
}

fn milestone_keys(list: &[Milestone]) -> Vec<impl PartialEq + use<>> {
    let mut keys: Vec<_> =
        list.iter().map(|one| (one.deadline.day, number_key(one.target.number.as_ref()), one.target.form)).collect();
    keys.sort();
    keys
}

fn offsets_key(offsets: &Offsets) -> impl PartialEq + use<> {
    (offsets.allowed, number_key(offsets.max_percent.as_ref()))
}
