//! Measured values: the progress entries of the book.

use chrono::NaiveDate;
use compact_str::CompactString;
use rust_decimal::Decimal;

use super::date::PartialDate;
use super::number::Number;
use super::period::Period;
use super::unit::Unit;

super::words::words! {
    /// What a figure that is no exact value says.
    Bound {
        AtMost = "at-most",
        AtLeast = "at-least",
        Below = "below",
        Above = "above",
        /// Rounded by the source; judged as if exact.
        About = "about",
    }
}

super::words::words! {
    /// External assurance of the figure (ISAE 3000 levels).
    Assurance {
        None = "none",
        Limited = "limited",
        Reasonable = "reasonable",
    }
}

super::words::words! {
    /// How far the record itself can be trusted.
    Confidence {
        High = "high",
        Medium = "medium",
        Low = "low",
    }
}

/// What a progress entry says about its period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disclosure {
    /// A measured value.
    Value(Measured),
    /// A yes/no promise was done (or, at the end of the period, was not).
    Done(bool),
    /// Somebody looked and found no figure.
    None,
}

/// A measured value as written and as compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// As written.
    pub written: Number,
    /// Unit as written; `None` is the metric's.
    pub unit: Option<Unit>,
    /// The value in the metric's unit.
    pub amount: Decimal,
    /// What the value is, where it is not exact.
    pub bound: Option<Bound>,
    /// Emissions before offsets, in the written unit.
    pub gross: Option<Number>,
    /// Offsets retired, in the written unit.
    pub offsets: Option<Number>,
}

/// The source of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Source {
    /// Title of the report or data set.
    pub title: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// A copy that was read in place of the original.
    pub copy_url: Option<String>,
    /// Page or table.
    pub page: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// One measured value of a metric for one period, in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The metric's id (a commitment's id for its own metric).
    pub metric: CompactString,
    /// Whether the entry was written with `commitment = …`.
    pub by_commitment: bool,
    /// What it is for.
    pub period: Period,
    /// What it says.
    pub disclosure: Disclosure,
    /// When it became public; `None` counts from the end of the period.
    pub reported: Option<PartialDate>,
    /// When it entered the book; `None` is always known.
    pub recorded: Option<NaiveDate>,
    /// A newer edition of a period that already had a value.
    pub restates: bool,
    /// The series is not comparable before this figure.
    pub series_break: bool,
    /// Trust in the record.
    pub confidence: Option<Confidence>,
    /// Line of the entry, from 1.
    pub line: u32,
}

/// Where a figure comes from. Judging needs none of it, so it stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Where it was published.
    pub source: Source,
    /// External assurance.
    pub assurance: Option<Assurance>,
    /// Remark.
    pub note: Option<String>,
    /// Who entered it.
    pub author: Option<String>,
}

impl Figure {
    /// The measured value, if the entry has one.
    #[must_use]
    pub const fn measured(&self) -> Option<&Measured> {
        match &self.disclosure {
            Disclosure::Value(measured) => Some(measured),
            _ => None,
        }
    }

    /// The day from which the figure is public (design §3): the last day of
    /// `reported`, else the end of its period; never before the period ends.
    #[must_use]
    pub fn public_from(&self) -> NaiveDate {
        self.reported.map_or(self.period.last, |reported| reported.last().max(self.period.last))
    }

    /// What editions of one period are ordered by: the greatest is the newest,
    /// of equal ones the one that stands last in the file (ruling 5).
    #[must_use]
    pub fn edition(&self) -> (NaiveDate, Option<NaiveDate>) {
        (self.public_from(), self.recorded)
    }
}
