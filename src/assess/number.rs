//! Comparisons and derived ratios on binary floats.

use crate::model::figure::Bound;
use crate::model::target::Direction;

/// Relative tolerance of every comparison (design §4).
const TOLERANCE: f64 = 1e-9;

/// `a >= b`, within tolerance: meeting it exactly is meeting it.
#[must_use]
pub(super) fn at_least(a: f64, b: f64) -> bool {
    a >= b - TOLERANCE * a.abs().max(b.abs())
}

/// Equal within tolerance.
#[must_use]
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * a.abs().max(b.abs())
}

/// Whether `value` is as good as `level` or better.
#[must_use]
pub(super) fn no_worse(value: f64, level: f64, direction: Direction) -> bool {
    match direction {
        Direction::Down => at_least(level, value),
        Direction::Up => at_least(value, level),
    }
}

/// What a value proves about a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// It meets the target.
    Meets,
    /// It fails the target.
    Fails,
    /// It is a bound that leaves both open.
    Open,
}

/// What `value` with `bound` proves (ruling 12): "at most 45" meets at-most 50
/// and fails at-least 50.
#[must_use]
pub fn proof(value: f64, bound: Option<Bound>, level: f64, direction: Direction) -> Proof {
    let meets = no_worse(value, level, direction);
    // Strictly below or above: touching the level from the wrong side fails.
    let touches = same(value, level);
    let upper = matches!(bound, Some(Bound::AtMost | Bound::Below));
    let lower = matches!(bound, Some(Bound::AtLeast | Bound::Above));
    let strict = matches!(bound, Some(Bound::Below | Bound::Above));
    match direction {
        Direction::Down if upper => {
            if meets {
                Proof::Meets
            } else {
                Proof::Open
            }
        }
        Direction::Up if lower => {
            if meets {
                Proof::Meets
            } else {
                Proof::Open
            }
        }
        Direction::Down if lower => {
            if !meets || (strict && touches) {
                Proof::Fails
            } else {
                Proof::Open
            }
        }
        Direction::Up if upper => {
            if !meets || (strict && touches) {
                Proof::Fails
            } else {
                Proof::Open
            }
        }
        Direction::Down | Direction::Up => {
            if meets {
                Proof::Meets
            } else {
                Proof::Fails
            }
        }
    }
}

/// The value at `at` of the Theil–Sen line through `points` (position, value):
/// the median of all pairwise slopes, with the median of the intercepts.
/// `None` with fewer than three points. After Theil (1950) and Sen (1968): up
/// to 29 % of the points may be wild without moving it.
#[must_use]
pub fn theil_sen(points: &[(f64, f64)], at: f64) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let mut slopes = Vec::with_capacity(points.len() * (points.len() - 1) / 2);
    for (index, (x1, y1)) in points.iter().enumerate() {
        for (x2, y2) in &points[index + 1..] {
            if x1 != x2 {
                slopes.push((y2 - y1) / (x2 - x1));
            }
        }
    }
    let slope = median(&mut slopes)?;
    // Intercepts are taken at `at`, which keeps large positions from eating digits.
    let mut values: Vec<f64> = points.iter().map(|(x, y)| y + slope * (at - x)).collect();
    median(&mut values)
}

pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_settle_only_what_they_prove() {
        use Bound::{About, Above, AtLeast, AtMost, Below};
        use Direction::{Down, Up};
        for (value, bound, level, direction, expected) in [
            (45.0, Some(AtMost), 50.0, Down, Proof::Meets),
            (45.0, Some(AtMost), 50.0, Up, Proof::Fails),
            (55.0, Some(AtMost), 50.0, Up, Proof::Open),
            (50.0, Some(AtMost), 50.0, Up, Proof::Open),
            (50.0, Some(Below), 50.0, Up, Proof::Fails),
            (50.0, Some(Below), 50.0, Down, Proof::Meets),
            (45.0, Some(AtLeast), 50.0, Up, Proof::Open),
            (50.0, Some(AtLeast), 50.0, Up, Proof::Meets),
            (55.0, Some(AtLeast), 50.0, Down, Proof::Fails),
            (50.0, Some(Above), 50.0, Down, Proof::Fails),
            (49.0, Some(About), 50.0, Up, Proof::Fails),
            (50.0, None, 50.0, Up, Proof::Meets),
        ] {
            assert_eq!(proof(value, bound, level, direction), expected, "{value} {bound:?} {level} {direction:?}");
        }
    }

    #[test]
    fn theil_sen_ignores_a_wild_point() {
        let line = theil_sen(&[(2020.0, 10.0), (2021.0, 12.0), (2022.0, 90.0), (2023.0, 16.0), (2024.0, 18.0)], 2030.0);
        assert!(line.is_some_and(|value| (value - 30.0).abs() < 1e-9), "{line:?}");
        assert_eq!(theil_sen(&[(2020.0, 1.0), (2021.0, 2.0)], 2030.0), None);
    }
}
