//! The measured series a promise is judged by.

use super::unit::Unit;

super::words::words! {
    /// How the figures of a metric make the value that is judged.
    Aggregate {
        /// Each figure stands for itself; the latest counts.
        Latest = "latest",
        /// Parts of a year are added once the year is complete.
        AnnualSum = "annual-sum",
        /// Entries add up since the baseline.
        RunningTotal = "running-total",
    }
}

super::words::words! {
    /// Whether a series of emissions is before or after offsets.
    Measures {
        Net = "net",
        Gross = "gross",
    }
}

/// A measured series. Several promises may share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Id within the organisation; the commitment's id where it has its own.
    pub id: String,
    /// What is measured; `None` for a commitment's own metric.
    pub name: Option<String>,
    /// Unit; `None` only for the own metric of a `done` promise.
    pub unit: Option<Unit>,
    /// How figures add up.
    pub aggregate: Aggregate,
    /// Net or gross; `None` where not declared.
    pub measures: Option<Measures>,
    /// Whether it belongs to the one commitment of the same name and has no
    /// `[[metric]]` table.
    pub own: bool,
    /// Remark.
    pub note: Option<String>,
    /// Line of the table, from 1.
    pub line: u32,
}
