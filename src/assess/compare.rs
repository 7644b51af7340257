//! Whether one version of a promise is weaker or stronger than another.

use rust_decimal::Decimal;

use crate::model::target::{Direction, Target};
use crate::model::terms::{Offsets, OffsetsAllowed, Terms};

/// What became weaker and what stronger, by the names of the terms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Terms that became easier to keep.
    pub weaker: Vec<&'static str>,
    /// Terms that became harder to keep.
    pub stronger: Vec<&'static str>,
}

impl Change {
    fn add(&mut self, term: &'static str, weaker: bool) {
        if weaker { self.weaker.push(term) } else { self.stronger.push(term) }
    }
}

/// Compares `old` with `new` terms (design §4, "Weakened"): later deadline,
/// easier target, higher offset allowance, smaller scope. `old_level` and
/// `new_level` are the targets in the metric's unit, where they are known.
#[must_use]
pub fn compare(old: &Terms, new: &Terms, old_level: Option<Decimal>, new_level: Option<Decimal>) -> Change {
    let mut change = Change::default();
    if old.deadline.day != new.deadline.day {
        let later = match (old.deadline.day, new.deadline.day) {
            (Some(old), Some(new)) => new > old,
            (_, new) => new.is_none(),
        };
        change.add("deadline", later);
    }
    if let Some(easier) = easier(&old.target, &new.target, old_level, new_level) {
        change.add("target", easier);
    }
    let (before, after) = (allowance(&old.offsets), allowance(&new.offsets));
    if before != after {
        change.add("offsets", after > before);
    }
    // A promise that named no scopes names a wider whole than one that lists some.
    let covers = |scopes: &[u8], scope: u8| scopes.is_empty() || scopes.contains(&scope);
    let lost = (1..=3).any(|scope| covers(&old.scopes, scope) && !covers(&new.scopes, scope));
    let gained = (1..=3).any(|scope| !covers(&old.scopes, scope) && covers(&new.scopes, scope));
    if lost && !old.scopes.is_empty() {
        change.add("scopes", true);
    }
    if gained && !new.scopes.is_empty() {
        change.add("scopes", false);
    }
    change
}

/// `Some(true)` where the new target is easier, `Some(false)` where it is
/// harder, `None` where neither can be said.
#[must_use]
pub fn easier(old: &Target, new: &Target, old_level: Option<Decimal>, new_level: Option<Decimal>) -> Option<bool> {
    let (old_direction, new_direction) = (old.form.direction()?, new.form.direction()?);
    if old_direction != new_direction {
        return None;
    }
    // Same form: the stated numbers decide, so that a restated baseline alone
    // is no weakening. The percent forms grow harder with their number.
    let (before, after, direction) = if old.form == new.form {
        let direction = if old.form.is_percent() { Direction::Up } else { old_direction };
        (old.number.as_ref()?.value, new.number.as_ref()?.value, direction)
    } else {
        (old_level?, new_level?, old_direction)
    };
    if old.form != new.form && old.form.is_keep() != new.form.is_keep() && before == after {
        return Some(old.form.is_keep());
    }
    match direction {
        _ if before == after => None,
        Direction::Down => Some(after > before),
        Direction::Up => Some(after < before),
    }
}

/// Highest share of gross emissions that offsets may cover, in per cent;
/// nothing said allows all.
fn allowance(offsets: &Offsets) -> Decimal {
    match (offsets.allowed, &offsets.max_percent) {
        (OffsetsAllowed::No, _) => Decimal::ZERO,
        (_, Some(limit)) => limit.value,
        (_, None) => Decimal::ONE_HUNDRED,
    }
}
