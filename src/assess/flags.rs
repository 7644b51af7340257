//! Remarks beside the status.

use super::judge::{Facts, Verdict};
use super::keep;
use super::number::{Proof, at_least};
use super::settle::{Settlement, settle};
use super::status::{Flag, Status};
use crate::model::date::position;
use crate::model::figure::Confidence;
use crate::model::number::to_f64;
use crate::model::terms::OffsetsAllowed;

/// The flags of a verdict, in the order of the documentation.
pub(super) fn flags(facts: &Facts<'_>, verdict: &Verdict) -> Vec<Flag> {
    let change = facts.change();
    let closed =
        verdict.status.is_closed() && verdict.status != Status::Overdue || verdict.status == Status::Superseded;
    let latest = verdict.latest.map(|index| &facts.points[index]);
    let tests = [
        (Flag::DueSoon, due_soon(facts, verdict)),
        (Flag::Unconfirmed, verdict.unconfirmed),
        (
            Flag::Stale,
            !closed
                && latest.is_some()
                && facts.older_than(facts.cadence().plus(facts.question.settings.reporting_lag), latest),
        ),
        (Flag::Restated, facts.points.iter().any(|point| point.editions > 1)),
        (Flag::Weakened, !change.weaker.is_empty()),
        (Flag::Strengthened, !change.stronger.is_empty()),
        (Flag::Rebaselined, facts.rebaselined()),
        (Flag::OffsetHeavy, offset_heavy(facts, verdict)),
        (Flag::Regressed, regressed(facts, verdict)),
        (Flag::MilestoneMissed, milestone_missed(facts)),
        (Flag::LowConfidence, latest.is_some_and(|point| point.confidence == Some(Confidence::Low))),
        (
            Flag::GrossFigures,
            !facts.past_deadline() && facts.case.commitment.topic.is_net() && latest.is_some_and(|point| point.gross),
        ),
        (Flag::SeriesBreak, facts.points.iter().any(|point| point.series_break)),
    ];
    tests.into_iter().filter_map(|(flag, set)| set.then_some(flag)).collect()
}

fn due_soon(facts: &Facts<'_>, verdict: &Verdict) -> bool {
    let as_of = facts.question.clock.as_of;
    let ended = matches!(verdict.status, Status::Withdrawn | Status::Superseded);
    facts.terms().deadline.day.is_some_and(|deadline| {
        !ended && as_of <= deadline && deadline <= facts.question.settings.due_soon.after(as_of)
    })
}

/// Offsets of V beyond the limit the promise states, in per cent of gross.
pub(super) fn offset_heavy(facts: &Facts<'_>, verdict: &Verdict) -> bool {
    let offsets = &facts.terms().offsets;
    let Some(share) = verdict.latest.and_then(|index| facts.points[index].offsets_percent) else { return false };
    match (&offsets.max_percent, offsets.allowed) {
        (Some(limit), _) => !at_least(to_f64(limit.value), share),
        (None, OffsetsAllowed::No) => share > 0.0,
        (None, _) => false,
    }
}

/// Met once and not by the latest value. `keep-…` has its breach for that.
fn regressed(facts: &Facts<'_>, verdict: &Verdict) -> bool {
    let Some(last) = verdict.latest else { return false };
    if facts.terms().target.form.is_keep() {
        let judged = keep::judged(facts);
        let met = |index: &usize| keep::proof(facts, *index) == Some(Proof::Meets);
        return judged.iter().any(met) && keep::proof(facts, last) == Some(Proof::Fails);
    }
    facts.points[..last].iter().any(|point| facts.latest_meets(Some(point)))
        && !facts.latest_meets(Some(&facts.points[last]))
}

/// Whether a passed milestone was missed and not reached since.
fn milestone_missed(facts: &Facts<'_>) -> bool {
    milestones(facts).iter().any(|(_, state)| *state == MilestoneState::Missed)
}

/// How a milestone stands once its day has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MilestoneState {
    /// Reached, in time or later.
    Reached,
    /// Not reached.
    Missed,
    /// No figure settles it yet.
    Awaited,
}

/// The milestones in force whose day has passed. A milestone is judged like a
/// deadline (ruling 13): by the figure of its period; once that could have been
/// reported and was not, by the latest before. A later figure that reaches it
/// clears it.
pub(super) fn milestones(facts: &Facts<'_>) -> Vec<(chrono::NaiveDate, MilestoneState)> {
    let clock = facts.question.clock;
    let lag = facts.question.settings.reporting_lag;
    let passed = facts.milestones().into_iter().filter(|(day, _)| *day < clock.as_of);
    let state = |(day, level)| {
        let goal = facts.goal(level, day)?;
        let state = match settle(&facts.points, &goal) {
            Settlement::Kept { .. } | Settlement::KeptLate { .. } => MilestoneState::Reached,
            Settlement::Missed { .. } => MilestoneState::Missed,
            Settlement::Unsettled { final_proves_nothing } => {
                let before = facts.points.iter().rev().find(|point| position(point.period.last) <= position(day));
                let missed = !final_proves_nothing
                    && clock.as_of > lag.after(day)
                    && before.is_some_and(|point| goal.proof(point) == Proof::Fails);
                if missed { MilestoneState::Missed } else { MilestoneState::Awaited }
            }
        };
        Some((day, state))
    };
    passed.filter_map(state).collect()
}
