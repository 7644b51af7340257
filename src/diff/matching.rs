//! Which record of the newer state is which of the older (design, ruling 17).

use std::collections::{BTreeMap, BTreeSet};

use super::view::Record;
use crate::model::book::{Dossier, Promises};

/// Records of two states put together.
pub(super) struct Pairs<'r> {
    /// The same promise in both states.
    pub(super) both: Vec<(Record<'r>, Record<'r>)>,
    /// In the older state alone.
    pub(super) removed: Vec<Record<'r>>,
    /// In the newer state alone.
    pub(super) added: Vec<Record<'r>>,
    /// Ids of organisations of the older state and what they are called now.
    pub(super) organisations: BTreeMap<&'r str, &'r str>,
}

/// A test of whether two records are one promise; `true` in its first field
/// where it also holds between organisations.
type Test = (bool, fn(&Record<'_>, &Record<'_>) -> bool);

/// Tests in the order in which they are tried.
const TESTS: &[Test] = &[
    (false, |old, new| old.commitment.id == new.commitment.id),
    (true, is_former),
    (false, same_quote),
    (false, |old, new| same_metric(old, new) && same_goal(old, new)),
    (false, |old, new| same_metric(old, new) && old.commitment.title == new.commitment.title),
    (false, same_metric),
    (false, same_own_metric),
];

/// Puts the records of two states together.
pub(super) fn pairs<'r>(old: &'r [Dossier], new: &'r [Dossier]) -> Pairs<'r> {
    let organisations = organisations(old, new);
    let mut before: Vec<Option<Record<'r>>> = records(old).map(Some).collect();
    let mut after: Vec<Option<Record<'r>>> = records(new).map(Some).collect();
    let mut both = Vec::new();
    let mut of_organisation: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, record) in after.iter().enumerate() {
        let id = record.as_ref().map_or("", |record| record.promises.organisation.id.as_str());
        of_organisation.entry(id).or_default().push(index);
    }
    for (anywhere, test) in TESTS {
        for slot in &mut before {
            let Some(record) = slot else { continue };
            let home = organisations.get(record.promises.organisation.id.as_str()).copied();
            let at_home = home.and_then(|home| of_organisation.get(home)).map_or(&[][..], Vec::as_slice);
            let fits = |index: &usize| after[*index].as_ref().is_some_and(|other| test(record, other));
            let found = if *anywhere {
                at_home.iter().copied().find(fits).or_else(|| former_elsewhere(record, &after))
            } else {
                at_home.iter().copied().find(fits)
            };
            if let Some(index) = found
                && let (Some(old), Some(new)) = (slot.take(), after[index].take())
            {
                both.push((old, new));
            }
        }
    }
    Pairs {
        both,
        removed: before.into_iter().flatten().collect(),
        added: after.into_iter().flatten().collect(),
        organisations,
    }
}

fn records(dossiers: &[Dossier]) -> impl Iterator<Item = Record<'_>> {
    dossiers.iter().flat_map(|dossier| {
        let of = move |commitment| Record { promises: &dossier.promises, path: &dossier.path, commitment };
        dossier.promises.commitments.iter().map(of)
    })
}

/// An organisation whose file was renamed is told by its identifier or name.
fn organisations<'r>(old: &'r [Dossier], new: &'r [Dossier]) -> BTreeMap<&'r str, &'r str> {
    let id = |dossier: &'r Dossier| dossier.promises.organisation.id.as_str();
    let before: BTreeSet<&str> = old.iter().map(id).collect();
    let now: BTreeSet<&str> = new.iter().map(id).collect();
    let same = |a: &Promises, b: &Promises| {
        let (a, b) = (&a.organisation, &b.organisation);
        a.lei.is_some() && a.lei == b.lei || a.name == b.name
    };
    let mut map = BTreeMap::new();
    for dossier in old {
        if now.contains(id(dossier)) {
            map.insert(id(dossier), id(dossier));
            continue;
        }
        let heir = new.iter().find(|other| !before.contains(id(other)) && same(&dossier.promises, &other.promises));
        if let Some(heir) = heir {
            map.insert(id(dossier), id(heir));
        }
    }
    map
}

/// `formerly` with an id of the same organisation, or a whole one.
fn is_former(old: &Record<'_>, new: &Record<'_>) -> bool {
    new.commitment.formerly.iter().any(|former| *former == old.commitment.id || *former == old.id())
}

/// A record of another organisation that names the whole id in `formerly`.
fn former_elsewhere(old: &Record<'_>, after: &[Option<Record<'_>>]) -> Option<usize> {
    let id = old.id();
    after.iter().position(|other| other.as_ref().is_some_and(|other| other.commitment.formerly.contains(&id)))
}

fn same_quote(old: &Record<'_>, new: &Record<'_>) -> bool {
    let folded = |record: &Record<'_>| record.commitment.quote.as_deref().map(super::folded::folded);
    // One sentence with two goals makes two promises with one quote.
    folded(old).is_some() && folded(old) == folded(new) && (same_metric(old, new) || old.unit() == new.unit())
}

fn same_statement(old: &Record<'_>, new: &Record<'_>) -> bool {
    old.commitment.statements.iter().any(|id| new.commitment.statements.contains(id))
}

fn same_metric(old: &Record<'_>, new: &Record<'_>) -> bool {
    let shared = |record: &Record<'_>| record.metric().is_some_and(|metric| !metric.own);
    same_statement(old, new) && shared(old) && shared(new) && old.commitment.metric == new.commitment.metric
}

fn same_goal(old: &Record<'_>, new: &Record<'_>) -> bool {
    let (a, b) = (&old.commitment.terms, &new.commitment.terms);
    let number = |terms: &crate::model::terms::Terms| terms.target.number.as_ref().map(|number| number.value);
    a.deadline.day == b.deadline.day && a.target.form == b.target.form && number(a) == number(b)
}

/// Metrics of their own are named like their promises, so that a new name says
/// nothing: the rest must agree.
fn same_own_metric(old: &Record<'_>, new: &Record<'_>) -> bool {
    let own = |record: &Record<'_>| record.metric().is_some_and(|metric| metric.own);
    let (a, b) = (old.commitment, new.commitment);
    same_statement(old, new)
        && own(old)
        && own(new)
        && a.topic == b.topic
        && (a.title == b.title || same_goal(old, new) && old.unit() == new.unit() && a.terms.target.number.is_some())
}
