//! From two states to a list of changes.

use super::Diff;
use super::amendments::history;
use super::folded::folded;
use super::matching::pairs;
use super::state::{State, stem};
use super::terms::{Bearing, TermChange, changed};
use super::view::{Record, View};
use crate::model::book::Dossier;
use crate::model::topic::Topic;
use crate::model::words::words;

words! {
    /// What happened to a promise.
    Kind {
        Removed = "removed",
        Weakened = "weakened",
        /// Weaker and stronger at once, or not to be compared.
        Rescoped = "rescoped",
        AmendmentRemoved = "amendment-removed",
        Reworded = "reworded",
        Strengthened = "strengthened",
        Renamed = "renamed",
        Added = "added",
    }
}

/// One change of one promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// Whole id, in the newer state where it is there.
    pub id: String,
    /// Whole id in the older state, where it was another.
    pub old_id: Option<String>,
    /// The organisation's id.
    pub organisation_id: String,
    /// Its name.
    pub organisation: String,
    /// Title of the promise.
    pub title: String,
    /// Its topic.
    pub topic: Topic,
    /// Whether an amendment of the newer state says so.
    pub declared: bool,
    /// What changed, old and new side by side.
    pub terms: Vec<TermChange>,
    /// The record's file in the newer state, or in the older where it is gone.
    pub file: String,
    /// The record's line there; the line of the amendment that says so, or was
    /// rewritten, where that is known.
    pub line: u32,
    /// Keys of that table that changed, the most telling first.
    pub keys: Vec<&'static str>,
    /// Where it stood in the older state: file and line.
    pub old_place: Option<(String, u32)>,
}

/// Compares an older state with the promises of the newer. Nothing is said of
/// organisations whose newer files are invalid (`left_out`), or whose older
/// files could not be read.
#[must_use]
pub fn compare(old: State, new: &[Dossier], left_out: &dyn Fn(&str) -> bool) -> Diff {
    let pairs = pairs(&old.organisations, new);
    let mut changes = Vec::new();
    for (before, after) in &pairs.both {
        both(before, after, pairs.organisations.get(before.promises.organisation.id.as_str()).copied(), &mut changes);
    }
    for record in &pairs.removed {
        if !left_out(&record.promises.organisation.id) && !left_out(stem(record.path)) {
            let place = Some((record.path.to_owned(), record.commitment.line));
            changes.push(Change { old_place: place, ..change(record, Kind::Removed) });
        }
    }
    let unknown = old.unknown();
    for record in &pairs.added {
        if !unknown.contains(record.promises.organisation.id.as_str()) {
            changes.push(change(record, Kind::Added));
        }
    }
    changes.sort_by(|a, b| (&a.id, a.kind, a.declared).cmp(&(&b.id, b.kind, b.declared)));
    let count = |dossiers: &[Dossier]| dossiers.iter().map(|dossier| dossier.promises.commitments.len()).sum();
    Diff { changes, old: count(&old.organisations), new: count(new), name: old.name, unread: old.unread }
}

fn change(record: &Record<'_>, kind: Kind) -> Change {
    Change {
        kind,
        id: record.id(),
        old_id: None,
        organisation_id: record.promises.organisation.id.clone(),
        organisation: record.promises.organisation.name.clone(),
        title: record.commitment.title.clone(),
        topic: record.commitment.topic,
        declared: false,
        terms: Vec::new(),
        file: record.path.to_owned(),
        line: record.commitment.line,
        keys: Vec::new(),
        old_place: None,
    }
}

/// Changes of a promise that is in both states.
fn both(old: &Record<'_>, new: &Record<'_>, home: Option<&str>, changes: &mut Vec<Change>) {
    let base = Change {
        old_id: (old.id() != new.id()).then(|| old.id()),
        old_place: Some((old.path.to_owned(), old.commitment.line)),
        ..change(new, Kind::Renamed)
    };
    let units = (old.unit(), new.unit());
    let history = history(old, new);
    let first = View::first(old).converted(units.0, units.1);
    let last = View::last(old, old.commitment.amendments.clone()).converted(units.0, units.1);
    let kept = View::last(new, history.kept);
    let mut silent = measure(old, new);
    if !silent.iter().any(|term| term.term == "unit") {
        add(&mut silent, changed(&first, &View::first(new), units));
        add(&mut silent, changed(&last, &kept, units));
    }
    let mut eased = false;
    if let Some(kind) = kind_of(&silent) {
        eased = kind != Kind::Strengthened;
        let rewritten = history.rewritten.flatten().filter(|_| changed(&first, &View::first(new), units).is_empty());
        let (line, keys) = place(old, new, &silent, rewritten);
        changes.push(Change { kind, line, keys, terms: silent, ..base.clone() });
    }
    if let Some(line) = history.rewritten
        && !eased
    {
        let line = line.unwrap_or(new.commitment.line);
        changes.push(Change { kind: Kind::AmendmentRemoved, line, ..base.clone() });
    }
    let added = !history.added.is_empty();
    let declared = changed(&kept, &View::last(new, new.commitment.amendments.clone()), (units.1, units.1));
    if let Some(kind) = kind_of(&declared) {
        let line = history.added.last().map_or(new.commitment.line, |amendment| amendment.line);
        let keys = declared.iter().map(|term| term.term).collect();
        changes.push(Change { kind, declared: true, line, keys, terms: declared, ..base.clone() });
    }
    changes.extend(reworded(old, new, added, &base));
    if old.commitment.id != new.commitment.id || home != Some(&new.promises.organisation.id) {
        changes.push(base);
    }
}

/// Adds terms that are not told yet.
fn add(terms: &mut Vec<TermChange>, more: Vec<TermChange>) {
    for term in more {
        if !terms.iter().any(|known| known.term == term.term && known.bearing == term.bearing) {
            terms.push(term);
        }
    }
}

fn kind_of(terms: &[TermChange]) -> Option<Kind> {
    let has = |bearing| terms.iter().any(|term| term.bearing == bearing);
    match (has(Bearing::Weaker), has(Bearing::Stronger), has(Bearing::Changed)) {
        (false, false, false) => None,
        (true, false, false) => Some(Kind::Weakened),
        (false, true, false) => Some(Kind::Strengthened),
        _ => Some(Kind::Rescoped),
    }
}

/// What the promise is measured by: another unit that does not convert, another
/// series, or the same summed otherwise.
fn measure(old: &Record<'_>, new: &Record<'_>) -> Vec<TermChange> {
    let (Some(a), Some(b)) = (old.metric(), new.metric()) else { return Vec::new() };
    let one = |term, old: String, new: String| vec![TermChange { term, bearing: Bearing::Changed, old, new }];
    if let (Some(from), Some(to)) = (&a.unit, &b.unit)
        && !from.fits(to)
    {
        return one("unit", from.text.clone(), to.text.clone());
    }
    // Only names changed where the old series is gone and the new one was not
    // there before.
    let still = !a.own && new.promises.metrics.iter().any(|metric| metric.id == a.id);
    let before = !b.own && old.promises.metrics.iter().any(|metric| metric.id == b.id);
    if a.id != b.id && (still || before) {
        return one("metric", a.id.clone(), b.id.clone());
    }
    if a.aggregate != b.aggregate {
        return one("aggregate", a.aggregate.name().to_owned(), b.aggregate.name().to_owned());
    }
    Vec::new()
}

/// Line of the table and its keys that changed.
fn place(old: &Record<'_>, new: &Record<'_>, terms: &[TermChange], rewritten: Option<u32>) -> (u32, Vec<&'static str>) {
    let keys: Vec<&'static str> =
        terms.iter().map(|term| if term.term == "from" { "target" } else { term.term }).collect();
    if let Some(line) = rewritten {
        return (line, keys);
    }
    // The same number in another unit: the unit is what was edited.
    let number = |record: &Record<'_>| record.commitment.terms.target.number.as_ref().map(|number| number.text.clone());
    let unit = |record: &Record<'_>| record.unit().map(|unit| unit.text.clone());
    let metric_edited = matches!(keys[..], ["unit" | "aggregate", ..])
        || keys.first() == Some(&"target") && number(old) == number(new) && unit(old) != unit(new);
    match new.metric() {
        Some(metric) if metric_edited => (metric.line, vec!["unit", "aggregate"]),
        _ => (new.commitment.line, keys),
    }
}

/// A changed quote, summary or coverage (design, ruling 17). What was added
/// where nothing stood takes nothing away.
fn reworded(old: &Record<'_>, new: &Record<'_>, amended: bool, base: &Change) -> Option<Change> {
    let (a, b) = (old.commitment, new.commitment);
    let texts =
        [("quote", &a.quote, &b.quote), ("coverage", &a.coverage, &b.coverage), ("summary", &a.summary, &b.summary)];
    let terms: Vec<TermChange> = texts
        .into_iter()
        .filter_map(|(term, old, new)| {
            let old = old.as_deref()?;
            let now = new.as_deref().unwrap_or_default();
            (folded(old) != folded(now)).then(|| TermChange {
                term,
                bearing: Bearing::Changed,
                old: old.to_owned(),
                new: new.clone().unwrap_or_else(|| "none".to_owned()),
            })
        })
        .collect();
    if terms.is_empty() {
        return None;
    }
    // An amendment may say that a promise now covers less; it cannot say that
    // other words were spoken.
    let declared = amended && terms.iter().all(|term| term.term != "quote");
    let keys = terms.iter().map(|term| term.term).collect();
    Some(Change { kind: Kind::Reworded, declared, keys, terms, ..base.clone() })
}
