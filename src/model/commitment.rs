//! One promise: a target on one metric with one deadline.

use super::amendment::Amendment;
use super::span::Span;
use super::terms::Terms;
use super::topic::Topic;

super::words::words! {
    /// The path on which progress is expected between baseline and target.
    PathShape {
        /// Straight lines from point to point.
        Linear = "linear",
        /// A constant rate of change from point to point.
        Compound = "compound",
        /// Nothing is expected before the next milestone.
        Step = "step",
    }
}

super::words::words! {
    /// How strongly the promise was worded.
    Strength {
        Will = "will",
        Committed = "committed",
        Aim = "aim",
        Hope = "hope",
    }
}

super::words::words! {
    /// GHG Protocol Scope 2 Guidance: how purchased electricity is counted.
    Scope2Method {
        MarketBased = "market-based",
        LocationBased = "location-based",
    }
}

/// A promise as first made, with its later amendments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Id within the organisation; the whole id is `organisation/id`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Statements in which it was made, at least one.
    pub statements: Vec<String>,
    /// The words, verbatim.
    pub quote: Option<String>,
    /// The promise in the book's own words.
    pub summary: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// The metric it is judged by: an id of the organisation's metrics, or the
    /// commitment's own id.
    pub metric: String,
    /// Terms as first promised.
    pub terms: Terms,
    /// Metrics shown with it and never judged.
    pub context: Vec<String>,
    /// Earlier ids of the same promise.
    pub formerly: Vec<String>,
    /// How purchased electricity is counted.
    pub scope_2_method: Option<Scope2Method>,
    /// What is covered, in words.
    pub coverage: Option<String>,
    /// Who looks after the record.
    pub owner: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Strength of the wording.
    pub strength: Option<Strength>,
    /// Shape of the expected path.
    pub path: PathShape,
    /// Days between two reports; `None` takes the book's setting.
    pub report_every: Option<Span>,
    /// A draft proposed by a program and not yet accepted by a person.
    pub draft: bool,
    /// Remark.
    pub note: Option<String>,
    /// Amendments in the order of the file.
    pub amendments: Vec<Amendment>,
    /// Line of the table, from 1.
    pub line: u32,
}
