//! What the words of a sentence weigh, all together: a second opinion beside the
//! rules, for what none of them foresaw.
//!
//! Each word, each rule that matched and each kind of speaker has a weight in
//! `rules/evidence.toml`: how much it speaks for a promise (above 0) or against
//! one, in log-odds, learned from labelled sentences (`weigh`). Their sum decides
//! only where it is clear: see [`Evidence::opinion`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::rules::Class;
use super::verdict::Verdict;

/// A sum below which what the rules promise is none.
const NONE: f64 = -0.9;

/// Sums above which what the rules hold to be of others, of that class or nothing at all
/// is a promise. How far the rules are right was counted on sentences that neither they
/// nor the weights had been learned from: log-odds of 0 stand at these sums.
const REPORTED: f64 = 0.7;
const UNRELATED: f64 = 0.5;
const FORECAST: f64 = 0.8;
const PAST: f64 = 1.3;
const DOUBTED: f64 = 1.5;

/// How many words an explanation names.
const NAMED: usize = 6;

/// The table as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// What a sentence weighs before any word.
    pub(super) start: f64,
    /// By word.
    #[serde(default)]
    pub(super) words: BTreeMap<String, f64>,
    /// By what was matched, and by who speaks.
    #[serde(default)]
    pub(super) signs: BTreeMap<String, f64>,
}

impl Table {
    /// The first weight that is no finite number, with what it is of.
    pub(super) fn unusable(&self) -> Option<(String, f64)> {
        let start = std::iter::once(("start", &self.start));
        let all = start.chain(self.words.iter().chain(&self.signs).map(|(sign, weight)| (sign.as_str(), weight)));
        all.map(|(sign, &weight)| (sign.to_owned(), weight)).find(|(_, weight)| !weight.is_finite())
    }
}

/// The weights, ready for use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    start: f64,
    weights: HashMap<String, f64>,
}

/// What a sentence weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The sum in log-odds: 0 says nothing, 1 is 73 to 27 for a promise.
    pub sum: f64,
    /// What weighed most, the heaviest first.
    pub heaviest: Vec<(String, f64)>,
}

/// What the sum says of the rules' reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opinion {
    /// Nothing clear: the rules stand.
    AsRead,
    /// A promise, though no rule says so.
    Promised,
    /// No promise, though a rule says so.
    None,
}

impl Evidence {
    pub(super) fn new(table: Table) -> Self {
        let words = table.words.into_iter().map(|(word, weight)| (format!("word:{word}"), weight));
        Self { start: table.start, weights: words.chain(table.signs).collect() }
    }

    /// Sums what `signs` weigh.
    pub(crate) fn weigh(&self, signs: &BTreeSet<String>) -> Weighed {
        let known = |sign: &String| self.weights.get(sign).map(|&weight| (sign.clone(), weight));
        let mut heaviest: Vec<(String, f64)> = signs.iter().filter_map(known).collect();
        let sum = self.start + heaviest.iter().map(|(_, weight)| weight).sum::<f64>();
        heaviest.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        heaviest.truncate(NAMED);
        for (sign, _) in &mut heaviest {
            if let Some(word) = sign.strip_prefix("word:") {
                *sign = word.to_owned();
            }
        }
        Weighed { sum, heaviest }
    }

    /// What a sum says of a goal that the rules have read so.
    pub(crate) fn opinion(sum: f64, verdict: &Verdict) -> Opinion {
        let least = match verdict {
            Verdict::Promised { .. } => NONE,
            Verdict::Reported { .. } => REPORTED,
            Verdict::Not { class: Class::Unrelated, .. } => UNRELATED,
            Verdict::Not { class: Class::Forecast, .. } => FORECAST,
            Verdict::Not { class: Class::Past, .. } => PAST,
            Verdict::Not { class: Class::Call | Class::Possible | Class::Definition, .. } => DOUBTED,
            // what is dropped, to be paid or still to be written is no promise
            Verdict::Not { .. } => return Opinion::AsRead,
        };
        match (verdict, sum > least) {
            (Verdict::Promised { .. }, false) => Opinion::None,
            (Verdict::Promised { .. }, true) | (_, false) => Opinion::AsRead,
            (_, true) => Opinion::Promised,
        }
    }
}

impl std::fmt::Display for Weighed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+.1}", self.sum)?;
        for (at, (sign, weight)) in self.heaviest.iter().enumerate() {
            write!(f, "{}{sign} {weight:+.2}", if at == 0 { " (" } else { ", " })?;
        }
        if self.heaviest.is_empty() { Ok(()) } else { write!(f, ")") }
    }
}
