//! The expected path from baseline to target, and years ahead of it.

use super::number::same;
use crate::model::commitment::PathShape;

/// The path: corners (position in years, value) from the baseline over the
/// milestones to the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    shape: PathShape,
    corners: Vec<(f64, f64)>,
}

/// Where a position lies on the path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stretch {
    /// At or before the baseline: its value.
    Start(f64),
    /// At or after the deadline: the target.
    End(f64),
    /// Between two corners (position, value).
    Between((f64, f64), (f64, f64)),
}

/// Where the path first stands at a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reach {
    /// At a corner: its position.
    Corner(f64),
    /// Between two corners (position, value).
    Between((f64, f64), (f64, f64)),
}

impl Path {
    /// A path through `corners`, in order of time. `None` where a compound path
    /// would pass through zero or has no length.
    #[must_use]
    pub fn new(shape: PathShape, corners: Vec<(f64, f64)>) -> Option<Self> {
        let (start, end) = (corners.first()?, corners.last()?);
        if end.0 <= start.0 {
            return None;
        }
        if shape == PathShape::Compound
            && corners.iter().any(|(_, value)| *value == 0.0 || value.signum() != start.1.signum())
        {
            return None;
        }
        Some(Self { shape, corners })
    }

    /// The corners, for drawing.
    #[must_use]
    pub fn corners(&self) -> &[(f64, f64)] {
        &self.corners
    }

    /// The shape between the corners.
    #[must_use]
    pub const fn shape(&self) -> PathShape {
        self.shape
    }

    /// Where `at` lies: the baseline before it, the target after the deadline
    /// (ruling 2).
    #[must_use]
    pub fn stretch(&self, at: f64) -> Stretch {
        let (first, last) = (self.corners[0], self.corners[self.corners.len() - 1]);
        if at <= first.0 {
            return Stretch::Start(first.1);
        }
        if at >= last.0 {
            return Stretch::End(last.1);
        }
        let next = self.corners.partition_point(|(position, _)| *position <= at);
        Stretch::Between(self.corners[next - 1], self.corners[next])
    }

    /// The expected value at `at`.
    #[must_use]
    pub fn value(&self, at: f64) -> f64 {
        let (from, to) = match self.stretch(at) {
            Stretch::Start(value) | Stretch::End(value) => return value,
            Stretch::Between(from, to) => (from, to),
        };
        let part = (at - from.0) / (to.0 - from.0);
        match self.shape {
            PathShape::Linear => from.1 + (to.1 - from.1) * part,
            PathShape::Compound => from.1 * (to.1 / from.1).powf(part),
            PathShape::Step => from.1,
        }
    }

    /// The first position at which the path stands at `value`; `None` where it
    /// never does. On a step path time says nothing between the steps.
    #[must_use]
    pub fn first_at(&self, value: f64) -> Option<f64> {
        let (from, to) = match self.reach(value)? {
            Reach::Corner(at) => return Some(at),
            Reach::Between(from, to) => (from, to),
        };
        let part = match self.shape {
            PathShape::Compound => (value / from.1).ln() / (to.1 / from.1).ln(),
            PathShape::Linear | PathShape::Step => (value - from.1) / (to.1 - from.1),
        };
        Some(from.0 + (to.0 - from.0) * part)
    }

    /// The corner or stretch in which [`first_at`](Self::first_at) lies.
    #[must_use]
    pub fn reach(&self, value: f64) -> Option<Reach> {
        if self.shape == PathShape::Step {
            return None;
        }
        if same(self.corners[0].1, value) {
            return Some(Reach::Corner(self.corners[0].0));
        }
        self.corners.windows(2).find_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            if same(to.1, value) {
                // A level stretch is reached at its beginning.
                return Some(Reach::Corner(if same(from.1, value) { from.0 } else { to.0 }));
            }
            let inside = (from.1 < value && value < to.1) || (to.1 < value && value < from.1);
            inside.then_some(Reach::Between(from, to))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn shapes_between_and_beyond_the_corners() {
        let corners = vec![(2021.0, 100.0), (2026.0, 60.0), (2031.0, 50.0)];
        let line = Path::new(PathShape::Linear, corners.clone());
        let step = Path::new(PathShape::Step, corners.clone());
        let compound = Path::new(PathShape::Compound, vec![(2020.0, 100.0), (2030.0, 25.0)]);
        let value = |path: &Option<Path>, at: f64| path.as_ref().map_or(f64::NAN, |path| path.value(at));
        assert!(close(value(&line, 2025.0), 68.0));
        assert!(close(value(&line, 2000.0), 100.0));
        assert!(close(value(&line, 2040.0), 50.0));
        assert!(close(value(&step, 2025.9), 100.0));
        assert!(close(value(&step, 2026.0), 60.0));
        assert!(close(value(&compound, 2025.0), 50.0));
        let at = |path: &Option<Path>, value: f64| path.as_ref().and_then(|path| path.first_at(value));
        assert!(at(&line, 68.0).is_some_and(|at| close(at, 2025.0)));
        assert!(at(&compound, 50.0).is_some_and(|at| close(at, 2025.0)));
        assert_eq!(at(&line, 40.0), None);
        assert_eq!(at(&step, 60.0), None);
        assert_eq!(Path::new(PathShape::Compound, vec![(2020.0, 100.0), (2030.0, 0.0)]), None);
        assert_eq!(Path::new(PathShape::Linear, vec![(2020.0, 100.0), (2020.0, 0.0)]), None);
    }
}
