//! One promise whole: its judgement taken apart, with everything the book says
//! about it.

use crate::assess::workings::{Workings, workings};
use crate::assess::{Case, Point, Question};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::figure::{Figure, Provenance};
use crate::model::metric::{Measures, Metric};
use crate::model::statement::Statement;

use super::{Row, row};

/// One promise with its judgement and all that it was made of.
#[derive(Debug, Clone)]
pub struct Account<'b> {
    /// The judgement as in a report.
    pub row: Row,
    /// The judgement taken apart.
    pub workings: Workings,
    /// The organisation.
    pub dossier: &'b Dossier,
    /// The promise.
    pub commitment: &'b Commitment,
    /// Its metric.
    pub metric: &'b Metric,
    /// Day, knowledge and version.
    pub question: Question<'b>,
}

/// Emissions before and after offsets, as far as the book tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Before offsets.
    pub gross: Option<f64>,
    /// Offsets.
    pub offsets: Option<f64>,
    /// After offsets.
    pub net: Option<f64>,
    /// Offsets in per cent of gross.
    pub offsets_percent: Option<f64>,
}

impl Balance {
    /// What a value of `metric` says about offsets.
    #[must_use]
    pub fn of(point: &Point, metric: &Metric) -> Self {
        let value = point.value();
        let is_gross = metric.measures == Some(Measures::Gross);
        let amount = |amount: Option<rust_decimal::Decimal>| amount.map(crate::model::number::to_f64);
        Self {
            gross: amount(point.gross_amount).or(is_gross.then_some(value)),
            offsets: amount(point.offsets_amount),
            net: (!is_gross).then_some(value),
            offsets_percent: point.offsets_percent,
        }
    }
}

/// A metric that is shown with a promise and never judged.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'b> {
    /// The metric.
    pub metric: &'b Metric,
    /// Its newest figure that counts on the day judged.
    pub figure: Option<&'b Figure>,
}

impl<'b> Account<'b> {
    /// Takes the judgement of a promise apart; `None` where it was not made yet.
    #[must_use]
    pub fn of(dossier: &'b Dossier, commitment: &'b Commitment, question: &Question<'b>) -> Option<Self> {
        let row = row(dossier, commitment, question)?;
        let case = Case::of(dossier, commitment)?;
        let workings = workings(&case, question)?;
        Some(Self { row, workings, dossier, commitment, metric: case.metric, question: *question })
    }

    /// The statements in which it was made, in the order of the promise.
    pub fn statements(&self) -> impl Iterator<Item = &'b Statement> {
        let promises = &self.dossier.promises;
        self.commitment.statements.iter().filter_map(|id| promises.statement(id))
    }

    /// A figure and where it comes from.
    #[must_use]
    pub fn figure(&self, index: usize) -> (&'b Figure, Option<&'b Provenance>) {
        (&self.dossier.figures[index], self.dossier.provenance.get(index))
    }

    /// Emissions before and after offsets; `None` unless the promise is net or
    /// its figures tell offsets.
    #[must_use]
    pub fn balance(&self) -> Option<Balance> {
        let point = self.workings.assessment.latest.as_ref()?;
        let told = point.offsets_amount.is_some() || point.gross_amount.is_some();
        (self.commitment.topic.is_net() || told).then(|| Balance::of(point, self.metric))
    }

    /// The metrics shown beside it.
    pub fn context(&self) -> impl Iterator<Item = Beside<'b>> {
        let (dossier, clock) = (self.dossier, self.question.clock);
        self.commitment.context.iter().filter_map(move |id| {
            let metric = dossier.promises.metric(id)?;
            let counting =
                dossier.figures.iter().enumerate().filter(move |(_, figure)| {
                    figure.metric == *id && figure.measured().is_some() && clock.counts(figure)
                });
            let newest = counting
                .max_by_key(|(place, figure)| (figure.period.last, figure.period.days(), figure.edition(), *place));
            Some(Beside { metric, figure: newest.map(|(_, figure)| figure) })
        })
    }

    /// Which edition of its period a figure is, and how many there are, among
    /// those that count on the day judged.
    #[must_use]
    pub fn edition(&self, index: usize) -> (usize, usize) {
        let figure = &self.dossier.figures[index];
        let key = |place: usize, figure: &Figure| (figure.edition(), place);
        let same = self.workings.figures.iter().map(|fate| fate.figure).filter(|&other| {
            let other = &self.dossier.figures[other];
            other.measured().is_some() && other.period.same_days(&figure.period) && self.question.clock.counts(other)
        });
        let all: Vec<usize> = same.collect();
        let before = all.iter().filter(|&&other| key(other, &self.dossier.figures[other]) < key(index, figure)).count();
        (before + 1, all.len())
    }
}
