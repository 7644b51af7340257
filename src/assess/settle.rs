//! Whether a deadline (or milestone) was kept: which figure settles it.

use chrono::NaiveDate;

use super::number::{Proof, proof};
use super::series::Point;
use crate::model::target::Direction;

/// A level to reach by a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Goal {
    /// The level in the metric's unit.
    pub level: f64,
    /// The good direction.
    pub direction: Direction,
    /// The last day in time.
    pub deadline: NaiveDate,
    /// Whether the target is net, so that gross figures never disprove it.
    pub net: bool,
    /// Whether the points are running totals.
    pub running: bool,
}

impl Goal {
    /// What a point proves about the goal (ruling 12).
    #[must_use]
    pub(super) fn proof(&self, point: &Point) -> Proof {
        let found = proof(point.value(), point.bound, self.level, self.direction);
        if found == Proof::Fails && self.net && point.gross { Proof::Open } else { found }
    }
}

/// How a deadline stands once it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settlement {
    /// Met by the deadline; the index of the point that shows it.
    Kept {
        /// Index of the point.
        by: usize,
        /// There is no final figure; the latest before the deadline met it.
        unconfirmed: bool,
    },
    /// Met by a later point only.
    KeptLate {
        /// Index of the first later point that met it.
        by: usize,
    },
    /// Not met.
    Missed {
        /// Index of the point that shows it.
        by: usize,
    },
    /// Nothing settles it.
    Unsettled {
        /// There is a final figure, and it is a bound or gross value that
        /// proves nothing.
        final_proves_nothing: bool,
    },
}

/// Judges a goal whose deadline has passed, by the points known (design §4,
/// rows `kept` to `overdue`).
#[must_use]
pub(super) fn settle(points: &[Point], goal: &Goal) -> Settlement {
    let first_by = |wanted: Proof, when: &dyn Fn(usize) -> bool| {
        (0..points.len()).find(|&index| when(index) && goal.proof(&points[index]) == wanted)
    };
    if goal.running
        && let Some(by) = first_by(Proof::Meets, &|index| points[index].period.last <= goal.deadline)
    {
        return Settlement::Kept { by, unconfirmed: false };
    }
    // Of several periods that hold the deadline the one that ends first is nearest to it.
    let last = points.iter().position(|point| point.period.contains(goal.deadline));
    let verdict = last.map(|index| goal.proof(&points[index]));
    if let (Some(by), Some(Proof::Meets), false) = (last, verdict, goal.running) {
        return Settlement::Kept { by, unconfirmed: false };
    }
    if last.is_none()
        && let Some(by) = points
            .iter()
            .rposition(|point| point.period.last < goal.deadline)
            .filter(|&by| goal.proof(&points[by]) == Proof::Meets)
    {
        return Settlement::Kept { by, unconfirmed: true };
    }
    let later = |index: usize| points[index].period.last > goal.deadline && (goal.running || Some(index) != last);
    if let Some(by) = first_by(Proof::Meets, &later) {
        return Settlement::KeptLate { by };
    }
    if let (Some(by), Some(Proof::Fails)) = (last, verdict) {
        return Settlement::Missed { by };
    }
    if let Some(by) = first_by(Proof::Fails, &later) {
        return Settlement::Missed { by };
    }
    Settlement::Unsettled { final_proves_nothing: verdict.is_some() }
}
