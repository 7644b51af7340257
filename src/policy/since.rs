//! What changed since another state of the book, as findings at the changed line.

use super::{Found, Gate, Sight, Subject};
use crate::diag::visible;
use crate::diff::{Bearing, Change, Diff, Kind};
use crate::model::book::Dossier;
use crate::model::settings::PolicyRule;

/// Findings of a comparison. Gains, additions and new names are none.
pub(super) fn check(gate: &Gate<'_>, diff: &Diff) -> Vec<Found> {
    let mut found: Vec<Found> = diff
        .changes
        .iter()
        .filter(|change| is_wanted(gate, change))
        .filter_map(|change| one(gate, diff, change))
        .collect();
    for unread in &diff.unread {
        let here = gate.organisations.iter().find(|dossier| super::stem(&dossier.path) == super::stem(&unread.path));
        let place = here.map_or_else(|| Sight::file(&unread.path), |dossier| Sight::line(&dossier.path, 1));
        let subject = here.map(Subject::organisation).unwrap_or_default();
        let message = format!(
            "`{}` of {} cannot be read, so its promises were not compared: {}",
            visible(&unread.path),
            visible(&diff.name),
            visible(&unread.why)
        );
        found.push(Found::new(PolicyRule::NotCompared, subject, place, message).key(&unread.path));
    }
    found
}

/// Promises that are gone cannot be asked whether they are wanted: they are.
fn is_wanted(gate: &Gate<'_>, change: &Change) -> bool {
    gate.promise(&change.id).is_none_or(|(register, index)| (gate.wants)(register, index))
}

fn rule(change: &Change) -> Option<PolicyRule> {
    match (change.kind, change.declared) {
        (Kind::Removed, _) => Some(PolicyRule::Removed),
        (Kind::Weakened, false) => Some(PolicyRule::Weakened),
        (Kind::Rescoped, false) => Some(PolicyRule::Rescoped),
        (Kind::Reworded, false) => Some(PolicyRule::Reworded),
        (Kind::AmendmentRemoved, _) => Some(PolicyRule::AmendmentRemoved),
        (Kind::Weakened | Kind::Rescoped, true) => Some(PolicyRule::AmendedWeaker),
        (Kind::Strengthened | Kind::Renamed | Kind::Added, _) | (Kind::Reworded, true) => None,
    }
}

fn one(gate: &Gate<'_>, diff: &Diff, change: &Change) -> Option<Found> {
    let rule = rule(change)?;
    let subject = Subject {
        commitment: Some(change.id.clone()),
        title: Some(change.title.clone()),
        organisation_id: change.organisation_id.clone(),
        organisation: change.organisation.clone(),
        topic: Some(change.topic),
    };
    let place = if change.kind == Kind::Removed {
        where_it_stood(gate, change)
    } else {
        Sight::keys(&change.file, change.line, &change.keys)
    };
    let mut found = Found::new(rule, subject, place, message(diff, change));
    found.key = change.terms.iter().map(|term| term.term).collect::<Vec<_>>().join(" ");
    Some(found)
}

/// The place of a removed record: the promise before it, which still stands,
/// else the organisation, else the file.
fn where_it_stood(gate: &Gate<'_>, change: &Change) -> Sight {
    let here = |dossier: &&Dossier| dossier.promises.organisation.id == change.organisation_id;
    match gate.organisations.iter().find(here) {
        Some(dossier) => {
            let before = dossier.promises.commitments.iter().filter(|commitment| commitment.line < change.line);
            let line = before.map(|commitment| commitment.line).max().unwrap_or(dossier.promises.organisation.line);
            Sight::line(&dossier.path, line)
        }
        None => Sight::file(&change.file),
    }
}

fn message(diff: &Diff, change: &Change) -> String {
    let id = format!("`{}` ({})", change.id, visible(&change.title));
    let since = visible(&diff.name);
    let terms = || {
        let one = |term: &crate::diff::TermChange| {
            let note = match term.bearing {
                Bearing::Stronger if change.kind == Kind::Rescoped => " (stronger)",
                _ => "",
            };
            format!("{} {} → {}{note}", term.term, visible(&term.old), visible(&term.new))
        };
        change.terms.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    match change.kind {
        Kind::Removed => {
            let stood = change.old_place.as_ref().map_or_else(String::new, |(file, line)| format!(" at {file}:{line}"));
            format!("{id} is gone; it stood{stood} in {since}")
        }
        Kind::AmendmentRemoved => format!("{id}: an amendment that stood in {since} is gone or says something else"),
        Kind::Reworded => {
            let what: Vec<&str> = change.terms.iter().map(|term| term.term).collect();
            format!("{id} was reworded since {since}: {} changed, and no amendment says so", what.join(" and "))
        }
        kind if change.declared => format!("{id} was {kind} by an amendment since {since}: {}", terms()),
        kind => format!("{id} was {kind} since {since}, and no amendment says so: {}", terms()),
    }
}
