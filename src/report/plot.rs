//! The path of a promise against its figures, as lines and points that any
//! writer can draw.

use chrono::NaiveDate;

use super::Account;
use crate::assess::Assessment;
use crate::model::commitment::PathShape;
use crate::model::date::position;
use crate::model::number::{Number, to_f64};

/// A place in a plot: position in years and value in the metric's unit.
pub type Spot = (f64, f64);

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plot {
    /// The metric's unit; empty where it has none.
    pub unit: String,
    /// Values judged, in order of time.
    pub figures: Vec<Spot>,
    /// The expected path as a line through these.
    pub path: Vec<Spot>,
    /// The baseline.
    pub baseline: Option<Spot>,
    /// Interim targets.
    pub milestones: Vec<Spot>,
    /// The target at the deadline.
    pub target: Option<Spot>,
    /// Lines from the latest value to a projection at the deadline.
    pub projections: Vec<(Spot, Spot)>,
    /// The day judged.
    pub today: Option<Today>,
}

/// The day judged: position and date.
pub type Today = (f64, NaiveDate);

/// Points along a curved path.
const SAMPLES: u32 = 40;

impl Plot {
    /// What is to be drawn of a promise.
    #[must_use]
    pub fn of(account: &Account<'_>) -> Self {
        let assessment = &account.workings.assessment;
        let as_of = account.question.clock.as_of;
        let figures: Vec<Spot> = assessment.points.iter().map(|point| (point.at(), point.value())).collect();
        let start = assessment.baseline.as_ref();
        let value = start.and_then(|start| start.value.as_ref()).map(Number::as_f64);
        let baseline = start.zip(value).map(|(start, value)| (position(start.period.last), value));
        let target = assessment.target_value.zip(assessment.deadline).map(|(value, day)| (position(day), value));
        Self {
            unit: account.row.unit.as_ref().map_or_else(String::new, |unit| unit.text.clone()),
            path: path(assessment, baseline, target),
            milestones: milestones(assessment),
            projections: projections(assessment),
            today: Some((position(as_of), as_of)),
            figures,
            baseline,
            target,
        }
    }

    /// Whether there is nothing to draw but the day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.baseline.is_none() && self.target.is_none()
    }
}

fn path(assessment: &Assessment, baseline: Option<Spot>, target: Option<Spot>) -> Vec<Spot> {
    let Some(path) = &assessment.path else {
        // A level to keep has no path; it is a line from the start to the end.
        let keep = assessment.in_force.terms.target.form.is_keep();
        return match (keep, target) {
            (true, Some((end, level))) => {
                let first = assessment.points.first().map(|point| point.at()).or(baseline.map(|(at, _)| at));
                vec![(first.unwrap_or(end).min(end), level), (end, level)]
            }
            _ => Vec::new(),
        };
    };
    let corners = path.corners();
    match path.shape() {
        PathShape::Linear => corners.to_vec(),
        PathShape::Compound => {
            let (from, to) = (corners[0].0, corners[corners.len() - 1].0);
            (0..=SAMPLES)
                .map(|sample| from + (to - from) * f64::from(sample) / f64::from(SAMPLES))
                .map(|at| (at, path.value(at)))
                .collect()
        }
        PathShape::Step => corners
            .windows(2)
            .flat_map(|pair| [pair[0], (pair[1].0, pair[0].1)])
            .chain(corners.last().copied())
            .collect(),
    }
}

fn milestones(assessment: &Assessment) -> Vec<Spot> {
    let start = assessment.baseline.as_ref().and_then(|start| start.value.as_ref()).map(|value| value.value);
    let mut milestones: Vec<Spot> = assessment
        .in_force
        .terms
        .milestones
        .iter()
        .filter_map(|milestone| Some((milestone.deadline.day?, to_f64(milestone.target.level(start)?))))
        .filter(|(day, _)| assessment.deadline.is_none_or(|deadline| *day < deadline))
        .map(|(day, level)| (position(day), level))
        .collect();
    milestones.sort_by(|a, b| a.0.total_cmp(&b.0));
    milestones
}

fn projections(assessment: &Assessment) -> Vec<(Spot, Spot)> {
    let (Some(point), Some(deadline)) = (&assessment.latest, assessment.deadline) else { return Vec::new() };
    let from = (point.at(), point.value());
    let numbers = &assessment.numbers;
    let ends = [numbers.projection_line, numbers.projection_theil_sen];
    ends.into_iter().flatten().map(|value| (from, (position(deadline), value))).collect()
}
