//! `keep-at-most` and `keep-at-least`: judged in every period (ruling 8).

use super::judge::{Facts, Verdict};
use super::number::Proof;
use super::status::Status;
use crate::model::number::to_f64;

/// Judges a `keep-…` promise.
pub(super) fn judge(facts: &Facts<'_>) -> Verdict {
    let judged = judged(facts);
    let last = judged.last().copied();
    let verdict = |status| Verdict { status, latest: last, settled: false, unconfirmed: false };
    if facts.in_force.withdrawn {
        return verdict(Status::Withdrawn);
    }
    if !facts.in_force.superseded_by.is_empty() {
        return verdict(Status::Superseded);
    }
    let breach = judged.iter().copied().find(|&index| proof(facts, index) == Some(Proof::Fails));
    if facts.past_deadline() {
        return closed(facts, &judged, breach);
    }
    if facts.older_than(facts.silence(), last.map(|index| &facts.points[index])) {
        return verdict(Status::Silent);
    }
    match (last, breach) {
        (None, _) => verdict(Status::NoData),
        (Some(_), Some(_)) => verdict(Status::OffTrack),
        (Some(_), None) => verdict(Status::OnTrack),
    }
}

/// Indexes of the values judged: the period ends after `from` (else the
/// statement) and begins by the deadline.
pub(super) fn judged(facts: &Facts<'_>) -> Vec<usize> {
    // `from = "2024"` means from its first day on, so that the figure for 2024 counts.
    let from = facts.terms().target.from.map(crate::model::date::PartialDate::first).or_else(|| facts.case.said());
    let deadline = facts.terms().deadline.day;
    let inside = |index: &usize| {
        let period = &facts.points[*index].period;
        from.is_none_or(|from| period.last > from) && deadline.is_none_or(|deadline| period.first <= deadline)
    };
    (0..facts.points.len()).filter(inside).collect()
}

/// What the value at `index` proves.
pub(super) fn proof(facts: &Facts<'_>, index: usize) -> Option<Proof> {
    let goal = facts.goal(to_f64(facts.target?), chrono::NaiveDate::MAX)?;
    Some(goal.proof(&facts.points[index]))
}

fn closed(facts: &Facts<'_>, judged: &[usize], breach: Option<usize>) -> Verdict {
    let settled = |status, by| Verdict { status, latest: Some(by), settled: true, unconfirmed: false };
    if let Some(by) = breach {
        return settled(Status::Missed, by);
    }
    let deadline = facts.terms().deadline.day;
    let last = deadline
        .and_then(|deadline| judged.iter().copied().find(|&index| facts.points[index].period.contains(deadline)));
    let all_met = judged.iter().all(|&index| proof(facts, index) == Some(Proof::Meets));
    match last {
        Some(by) if all_met => settled(Status::Kept, by),
        _ => Verdict { status: Status::Overdue, latest: judged.last().copied(), settled: false, unconfirmed: false },
    }
}
