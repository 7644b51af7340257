//! What the figures of an organisation need to know of its promises.

use crate::diag::Place;
use crate::model::book::Promises;
use crate::model::metric::Aggregate;
use crate::model::period::FiscalYear;
use crate::model::target::TargetForm;
use crate::model::unit::Unit;

/// One metric as figures see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The metric's id.
    pub id: String,
    /// Its unit; `None` where it has none or its declaration is faulty.
    pub unit: Option<Unit>,
    /// How its figures add up.
    pub aggregate: Aggregate,
    /// Whether it is a commitment's own.
    pub own: bool,
    /// Whether a `done` promise is judged by it.
    pub done: bool,
    /// Where it is declared; the file alone when it was not read in this run.
    pub place: Place,
}

/// The frame that figures are read in: metrics, ids and the fiscal year.
///
/// Figures depend on nothing else of the promises file, so a change that leaves
/// the frame alone leaves the figures valid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The organisation's fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// Metrics, own ones included.
    pub series: Vec<Series>,
    /// Commitments that are judged by a shared metric: id and metric.
    pub shared: Vec<(String, String)>,
    /// What is unsure because the promises file has errors itself.
    pub unsure: Unsure,
}

/// What errors in the promises file leave unsure, so that figures are not
/// judged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsure {
    /// An id that is not here may well exist.
    pub ids: bool,
    /// Records were left out, and what they say of a metric with them.
    pub records: bool,
    /// The fiscal year is declared and faulty.
    pub fiscal_year: bool,
}

impl Unsure {
    /// Everything: the file could not be read at all.
    pub const ALL: Self = Self { ids: true, records: true, fiscal_year: true };
}

impl Frame {
    /// The frame of promises that were read without error, or from the index.
    #[must_use]
    pub fn of(promises: &Promises, path: &str, places: impl Fn(u32) -> Place) -> Self {
        let done = |metric: &str| {
            promises
                .commitments
                .iter()
                .any(|commitment| commitment.metric == metric && commitment.terms.target.form == TargetForm::Done)
        };
        let series = promises
            .metrics
            .iter()
            .map(|metric| Series {
                id: metric.id.clone(),
                unit: metric.unit.clone(),
                aggregate: metric.aggregate,
                own: metric.own,
                done: done(&metric.id),
                place: Place { file: path.to_owned(), ..places(metric.line) },
            })
            .collect();
        let shared = promises
            .commitments
            .iter()
            .filter(|commitment| commitment.metric != commitment.id)
            .map(|commitment| (commitment.id.clone(), commitment.metric.clone()))
            .collect();
        Self { fiscal_year: promises.organisation.fiscal_year, series, shared, unsure: Unsure::default() }
    }

    /// The metric with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }

    /// Whether figures read in `self` are valid in `other`, too.
    #[must_use]
    pub fn same_for_figures(&self, other: &Self) -> bool {
        let plain = |frame: &Self| Self {
            series: frame.series.iter().map(|series| Series { place: Place::default(), ..series.clone() }).collect(),
            ..frame.clone()
        };
        plain(self) == plain(other)
    }
}
