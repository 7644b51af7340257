//! A book: every organisation with its promises and figures.

use super::commitment::Commitment;
use super::figure::{Figure, Provenance};
use super::metric::Metric;
use super::organisation::Organisation;
use super::statement::Statement;

/// One organisation's promises: the content of `<org>.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promises {
    /// Who.
    pub organisation: Organisation,
    /// Where it was said.
    pub statements: Vec<Statement>,
    /// What is measured, the commitments' own metrics included.
    pub metrics: Vec<Metric>,
    /// What was promised, in the order of the file.
    pub commitments: Vec<Commitment>,
}

/// One organisation whole: promises and figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The promises file, relative to the book, with `/`.
    pub path: String,
    /// Promises.
    pub promises: Promises,
    /// Figures in the order of the progress file; empty without one.
    pub figures: Vec<Figure>,
    /// Where each figure comes from, in the same order; empty where it was not
    /// asked for.
    pub provenance: Vec<Provenance>,
}

impl Promises {
    /// The metric named `id`.
    #[must_use]
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == id)
    }

    /// The statement named `id`.
    #[must_use]
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }
}
