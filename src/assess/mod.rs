//! The judgement of one promise on one day: pure and total.
//!
//! Terms, figures, day and settings in; an [`Assessment`] out. Nothing here
//! reads a file, a database or the clock; what is missing is `None`, with a
//! reason in words.

pub mod compare;
mod course;
mod flags;
mod judge;
mod judgement;
mod keep;
mod number;
mod path;
mod reason;
mod register;
mod series;
mod settle;
mod status;
mod terms;
pub mod workings;

use chrono::NaiveDate;

pub use course::{Cause, Turn, course, unchanged, without_news};
pub use flags::MilestoneState;
pub use judge::assess;
pub use judgement::Judgement;
pub use number::{Proof, proof, theil_sen};
pub use path::{Path, Reach, Stretch};
pub use register::{Entry, Register, register};
pub use series::{Point, Series};
pub use status::{Flag, Outlook, Status, Version};
pub use terms::{AmendmentFate, InForce, by_effect, terms_in_force};

use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::figure::Figure;
use crate::model::metric::Metric;
use crate::model::number::Number;
use crate::model::period::{FiscalYear, Period};
use crate::model::settings::AssessmentSettings;
use crate::model::statement::Statement;

/// The day that is judged and what was known then (design §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The day judged: what became public or ended after it does not count.
    pub as_of: NaiveDate,
    /// Entries recorded in the book after this day are hidden; `None` hides none.
    pub known_at: Option<NaiveDate>,
}

impl Clock {
    /// Whether a figure counts: ended and public by `as_of`, recorded by `known_at`.
    #[must_use]
    pub fn counts(&self, figure: &Figure) -> bool {
        figure.public_from() <= self.as_of
            && self.known_at.is_none_or(|known_at| figure.recorded.is_none_or(|recorded| recorded <= known_at))
    }
}

/// How the milestones in force stand whose day has passed by the day judged.
#[must_use]
pub fn passed_milestones(case: &Case<'_>, question: &Question<'_>) -> Vec<(NaiveDate, MilestoneState)> {
    flags::milestones(&judge::Facts::gather(case, question))
}

/// Everything about one promise that its judgement depends on.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The promise.
    pub commitment: &'a Commitment,
    /// The metric it is judged by.
    pub metric: &'a Metric,
    /// Statements of the organisation.
    pub statements: &'a [Statement],
    /// The organisation's fiscal year, if declared.
    pub fiscal_year: Option<FiscalYear>,
    /// Figures of the organisation, in the order of the file; those of other
    /// metrics are passed over.
    pub figures: &'a [Figure],
}

impl<'a> Case<'a> {
    /// The case of one promise of an organisation; `None` where its metric is
    /// not among them, which a promise that was read never has.
    #[must_use]
    pub fn of(dossier: &'a Dossier, commitment: &'a Commitment) -> Option<Self> {
        let promises = &dossier.promises;
        Some(Self {
            commitment,
            metric: promises.metric(&commitment.metric)?,
            statements: &promises.statements,
            fiscal_year: promises.organisation.fiscal_year,
            figures: &dossier.figures,
        })
    }

    /// The day from which the promise counts as made: the last day of its
    /// earliest dated statement; `None` where none is dated (ruling 10).
    #[must_use]
    pub fn said(&self) -> Option<NaiveDate> {
        let dates = self
            .commitment
            .statements
            .iter()
            .filter_map(|id| self.statements.iter().find(|statement| &statement.id == id)?.date);
        dates.map(crate::model::date::PartialDate::last).min()
    }
}

/// The question asked of every promise.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Day and knowledge.
    pub clock: Clock,
    /// First or current terms.
    pub version: Version,
    /// Bands and clocks.
    pub settings: &'a AssessmentSettings,
}

/// Where the metric stood when the promise counts from, as used.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The period of the value.
    pub period: Period,
    /// The value; `None` where it is declared without one and no figure of that
    /// period is known.
    pub value: Option<Number>,
    /// Whether the first figure serves, none being declared.
    pub derived: bool,
}

/// Derived ratios. Percentages are fractions here (1 is 100 %).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Numbers {
    /// p = (S-V)/(S-T), signed, never clamped.
    pub progress: Option<f64>,
    /// e = (S-P(t))/(S-T): the progress expected at the time of V.
    pub expected: Option<f64>,
    /// P(t), in the metric's unit.
    pub expected_value: Option<f64>,
    /// p/e; `None` where e <= 0.
    pub pace: Option<f64>,
    /// Earned schedule: years between t and the time the path stands at V.
    pub years_ahead: Option<f64>,
    /// (V-S)/(t-t0), per year.
    pub pace_so_far: Option<f64>,
    /// (T-V)/(tN-t), per year.
    pub pace_needed: Option<f64>,
    /// The line S to V, carried on to the deadline.
    pub projection_line: Option<f64>,
    /// The Theil–Sen line through the last figures at the deadline.
    pub projection_theil_sen: Option<f64>,
    /// Whether the projections reach T.
    pub outlook: Option<Outlook>,
    /// V/T for share targets, a fraction, where it differs from p by more than
    /// 5 points.
    pub share_of_target: Option<f64>,
}

/// The judgement of one promise on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The verdict.
    pub status: Status,
    /// Why, in words.
    pub reason: String,
    /// Whether it is overdue and the final figure may still come: the
    /// reporting lag after the deadline has not passed.
    pub awaiting: bool,
    /// Remarks, in the order of the documentation.
    pub flags: Vec<Flag>,
    /// Terms judged against, and the amendments that made them.
    pub in_force: InForce,
    /// The last day in time; `None` without a deadline.
    pub deadline: Option<NaiveDate>,
    /// Days from the day judged to the deadline; negative past it.
    pub days_left: Option<i64>,
    /// S and t0.
    pub baseline: Option<Start>,
    /// T in the metric's unit.
    pub target_value: Option<f64>,
    /// V: the figure that settled it, else the latest.
    pub latest: Option<Point>,
    /// For yes/no promises: the entry that settled it, else the latest, and
    /// whether it says done.
    pub disclosed: Option<(Period, bool)>,
    /// Days from the end of V's period to the day judged.
    pub data_age_days: Option<i64>,
    /// The period that settled the promise after its deadline.
    pub settled_by: Option<String>,
    /// Derived ratios.
    pub numbers: Numbers,
    /// The expected path.
    pub path: Option<Path>,
    /// All values known on the day judged.
    pub points: Vec<Point>,
}
