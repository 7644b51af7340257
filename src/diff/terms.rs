//! Two sets of terms compared, term by term.

use rust_decimal::Decimal;

use super::view::View;
use crate::assess::compare::{Change, compare, easier};
use crate::model::date::PartialDate;
use crate::model::target::{Direction, Target};
use crate::model::terms::{Milestone, Offsets, Terms};
use crate::model::unit::Unit;
use crate::model::words::words;

words! {
    /// What a changed term does to its promise.
    Bearing {
        Weaker = "weaker",
        Stronger = "stronger",
        /// Old and new cannot be compared.
        Changed = "changed",
    }
}

/// One term that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermChange {
    /// Name of the term, as the key in the file.
    pub term: &'static str,
    /// What it does to the promise.
    pub bearing: Bearing,
    /// Before, in words.
    pub old: String,
    /// After, in words.
    pub new: String,
}

/// Terms that changed from `old` to `new`. Values of `old` are in the unit of
/// `new` already; `units` are for words alone.
pub(super) fn changed(old: &View, new: &View, units: (Option<&Unit>, Option<&Unit>)) -> Vec<TermChange> {
    let (before, after) = (&old.terms, &new.terms);
    let levels = (level(before), level(after));
    let mut change = compare(before, after, levels.0, levels.1);
    let mut unclear: Vec<&'static str> = Vec::new();
    if !names(&change).any(|term| term == "target") && is_incomparable(&before.target, &after.target, levels) {
        unclear.push("target");
    }
    scopes(before, after, &mut change);
    from(old, new, &mut change);
    baseline(before, after, &mut change, &mut unclear);
    milestones(before, after, &mut change, &mut unclear);
    ending(old, new, &mut change);
    if let (Some(a), Some(b)) = (old.scope_2_method, new.scope_2_method)
        && a != b
    {
        unclear.push("scope-2-method");
    }
    let one = |term: &'static str, bearing| {
        let (mut a, mut b) = (words(term, old, units.0), words(term, new, units.1));
        // `FY2030` is another day once the fiscal year ends otherwise.
        if term == "deadline" && a == b {
            (a, b) = (day(before), day(after));
        }
        TermChange { term, bearing, old: a, new: b }
    };
    let weaker = change.weaker.iter().map(|term| one(term, Bearing::Weaker));
    let stronger = change.stronger.iter().map(|term| one(term, Bearing::Stronger));
    weaker.chain(stronger).chain(unclear.into_iter().map(|term| one(term, Bearing::Changed))).collect()
}

fn names(change: &Change) -> impl Iterator<Item = &'static str> {
    change.weaker.iter().chain(&change.stronger).copied()
}

/// The target in the metric's unit, from a declared baseline alone: figures are
/// no terms.
fn level(terms: &Terms) -> Option<Decimal> {
    let start = terms.baseline.as_ref().and_then(|baseline| baseline.value.as_ref()).map(|value| value.value);
    terms.target.level(start)
}

/// Whether two targets differ in a way that is neither easier nor harder.
fn is_incomparable(old: &Target, new: &Target, levels: (Option<Decimal>, Option<Decimal>)) -> bool {
    if old.form == new.form {
        return false;
    }
    // Another form of the same level is the same target.
    let same = old.form.direction() == new.form.direction() && levels.0.is_some() && levels.0 == levels.1;
    !same
}

/// A record that no longer names the scopes it named promises less for certain.
fn scopes(old: &Terms, new: &Terms, change: &mut Change) {
    if !old.scopes.is_empty() && new.scopes.is_empty() {
        change.weaker.push("scopes");
    }
}

/// `keep-…` from a later day on asks for less.
fn from(old: &View, new: &View, change: &mut Change) {
    if !(old.terms.target.form.is_keep() && new.terms.target.form.is_keep()) {
        return;
    }
    let day = |view: &View| view.terms.target.from.map(PartialDate::first).or(view.said);
    if old.terms.target.from == new.terms.target.from {
        return;
    }
    if let (Some(a), Some(b)) = (day(old), day(new)) {
        match a.cmp(&b) {
            std::cmp::Ordering::Less => change.weaker.push("from"),
            std::cmp::Ordering::Greater => change.stronger.push("from"),
            std::cmp::Ordering::Equal => {}
        }
    }
}

/// A baseline matters where the target is a share of it: a higher one makes the
/// same per cent easier to reach.
fn baseline(old: &Terms, new: &Terms, change: &mut Change, unclear: &mut Vec<&'static str>) {
    let same_share = old.target.form == new.target.form
        && old.target.form.is_percent()
        && old.target.number.as_ref().map(|number| number.value)
            == new.target.number.as_ref().map(|number| number.value);
    let (Some(a), Some(b)) = (&old.baseline, &new.baseline) else { return };
    if !same_share {
        return;
    }
    match (level(old), level(new), old.target.form.direction()) {
        (Some(before), Some(after), _) if before == after => {}
        (Some(before), Some(after), Some(direction)) => {
            let easier = (after > before) == (direction == Direction::Down);
            if easier { change.weaker.push("baseline") } else { change.stronger.push("baseline") }
        }
        _ if !a.period.same_days(&b.period) => unclear.push("baseline"),
        _ => {}
    }
}

/// Interim targets: each old one must still be asked for by its day, by a
/// milestone or by the target itself, and the other way round.
fn milestones(old: &Terms, new: &Terms, change: &mut Change, unclear: &mut Vec<&'static str>) {
    if old.milestones.is_empty() && new.milestones.is_empty() {
        return;
    }
    if old.target.form.direction() != new.target.form.direction() {
        if words_of_milestones(&old.milestones, None) != words_of_milestones(&new.milestones, None) {
            unclear.push("milestones");
        }
        return;
    }
    if !asks_for_all(new, old) {
        change.weaker.push("milestones");
    }
    if !asks_for_all(old, new) {
        change.stronger.push("milestones");
    }
}

/// Whether `terms` ask for every milestone of `of`.
fn asks_for_all(terms: &Terms, of: &Terms) -> bool {
    let start = |terms: &Terms| terms.baseline.as_ref().and_then(|start| start.value.as_ref()).map(|value| value.value);
    let (mine, theirs) = (start(terms), start(of));
    // Milestones at or past the deadline are ignored (design, ruling 9).
    let counts =
        |milestone: &&Milestone| of.deadline.day.is_none_or(|deadline| milestone.deadline.day < Some(deadline));
    of.milestones.iter().filter(counts).all(|wanted| {
        let asks = |by: Option<chrono::NaiveDate>, target: &Target| {
            by.is_some()
                && by <= wanted.deadline.day
                && target.form.direction() == wanted.target.form.direction()
                && easier(&wanted.target, target, wanted.target.level(theirs), target.level(mine)) != Some(true)
        };
        terms.milestones.iter().any(|milestone| asks(milestone.deadline.day, &milestone.target))
            || asks(terms.deadline.day, &terms.target)
    })
}

fn ending(old: &View, new: &View, change: &mut Change) {
    if old.withdrawn != new.withdrawn {
        if new.withdrawn { change.weaker.push("withdrawn") } else { change.stronger.push("withdrawn") }
    }
    match (old.superseded_by.is_empty(), new.superseded_by.is_empty()) {
        (true, false) => change.weaker.push("superseded-by"),
        (false, true) => change.stronger.push("superseded-by"),
        _ => {}
    }
}

/// A term in words.
pub(super) fn words(term: &str, view: &View, unit: Option<&Unit>) -> String {
    let terms = &view.terms;
    match term {
        "deadline" => terms.deadline.text.clone(),
        "target" => target_words(&terms.target, unit),
        "offsets" => offsets_words(&terms.offsets),
        "scopes" => list(terms.scopes.iter().map(ToString::to_string)),
        "milestones" => words_of_milestones(&terms.milestones, unit),
        "from" => terms.target.from.map_or_else(|| "the statement".to_owned(), |from| from.to_string()),
        "baseline" => terms.baseline.as_ref().map_or_else(none, |baseline| {
            let value =
                baseline.value.as_ref().map_or_else(String::new, |value| format!(": {}{}", value.text, suffix(unit)));
            format!("{}{value}", baseline.period)
        }),
        "withdrawn" => if view.withdrawn { "withdrawn" } else { "in force" }.to_owned(),
        "superseded-by" => list(view.superseded_by.iter().cloned()),
        "scope-2-method" => view.scope_2_method.map_or_else(none, |method| method.name().to_owned()),
        _ => String::new(),
    }
}

fn day(terms: &Terms) -> String {
    terms.deadline.day.map_or_else(none, |day| day.to_string())
}

fn none() -> String {
    "none".to_owned()
}

fn suffix(unit: Option<&Unit>) -> String {
    unit.map_or_else(String::new, |unit| format!(" {unit}"))
}

fn target_words(target: &Target, unit: Option<&Unit>) -> String {
    let unit = if target.form.is_percent() || target.number.is_none() { String::new() } else { suffix(unit) };
    format!("{}{unit}", target.words())
}

fn words_of_milestones(milestones: &[Milestone], unit: Option<&Unit>) -> String {
    let mut sorted: Vec<&Milestone> = milestones.iter().collect();
    sorted.sort_by_key(|milestone| milestone.deadline.day);
    list(sorted.iter().map(|one| format!("{}: {}", one.deadline, target_words(&one.target, unit))))
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { none() } else { items.join(", ") }
}

fn offsets_words(offsets: &Offsets) -> String {
    match &offsets.max_percent {
        Some(limit) => format!("{}, at most {limit} %", offsets.allowed),
        None => offsets.allowed.name().to_owned(),
    }
}
