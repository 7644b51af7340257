//! What the words of a sentence and of a goal in it weigh, together with what the
//! rules have read of it.
//!
//! Each word, each rule that matched, each kind of speaker and each reading has a
//! weight in `rules/evidence.toml`: how much it speaks for a promise (above 0) or
//! against one, in log-odds, learned from labelled sentences (`weigh`). Where their
//! sum is above 0, the goal is promised.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::rules::Class;
use super::subject::Party;
use super::verdict::Verdict;

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
    /// The table has weights of its own for what the rules read.
    reads: bool,
}

/// What a goal weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The sum in log-odds: 0 says nothing, 1 is 73 to 27 for a promise.
    pub sum: f64,
    /// What weighed most, the heaviest first.
    pub heaviest: Vec<(String, f64)>,
}

impl Weighed {
    fn new(sum: f64, mut heaviest: Vec<(String, f64)>) -> Self {
        heaviest.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        heaviest.truncate(NAMED);
        Self { sum, heaviest }
    }

    /// This and `other` together.
    pub(crate) fn and(&self, other: Self) -> Self {
        Self::new(self.sum + other.sum, self.heaviest.iter().cloned().chain(other.heaviest).collect())
    }
}

impl Evidence {
    pub(super) fn new(table: Table) -> Self {
        let words = table.words.into_iter().map(|(word, weight)| (format!("word:{word}"), weight));
        let weights: HashMap<String, f64> = words.chain(table.signs).collect();
        let reads = weights.keys().any(|sign| sign.starts_with("read:"));
        Self { start: table.start, weights, reads }
    }

    /// What a sentence weighs by its signs.
    pub(crate) fn of_sentence(&self, signs: &BTreeSet<String>) -> Weighed {
        let weighed = self.sum(signs);
        Weighed { sum: self.start + weighed.sum, ..weighed }
    }

    /// What a goal adds to its sentence: its own signs, and that the rules have read it so.
    /// `None` where no words can overrule them: what is dropped, to be paid, still to be
    /// written or explicitly somebody else's is no promise; nor is what others must do, what
    /// might be or what somebody promises who is named, unless the speaker alone is spoken of.
    pub(crate) fn of_goal(&self, signs: &BTreeSet<String>, verdict: &Verdict, own_side: bool) -> Option<Weighed> {
        let never = match verdict {
            Verdict::Not { class: Class::Cancelled | Class::Deliverable | Class::Policy | Class::Others, .. } => true,
            Verdict::Not { class: Class::Call | Class::Possible | Class::Definition, .. }
            | Verdict::Reported { party: Party::Other(Some(_)), .. } => !own_side,
            _ => false,
        };
        if never {
            return None;
        }
        let sign = verdict.sign(own_side);
        let told = self.weights.get(&sign).copied().or(self.reads.then_some(0.0));
        let weight = told.or_else(|| untold(verdict, own_side))?;
        Some(self.sum(signs).and(Weighed::new(weight, vec![(sign, weight)])))
    }

    fn sum(&self, signs: &BTreeSet<String>) -> Weighed {
        let known = |sign: &String| {
            let name = sign.strip_prefix("word:").unwrap_or(sign);
            self.weights.get(sign).map(|&weight| (name.to_owned(), weight))
        };
        let all: Vec<(String, f64)> = signs.iter().filter_map(known).collect();
        Weighed::new(all.iter().map(|(_, weight)| weight).sum(), all)
    }
}

/// What a reading weighs where a table says nothing of readings: what the words of a
/// table must outweigh. `None` where they cannot.
const fn untold(verdict: &Verdict, own_side: bool) -> Option<f64> {
    match verdict {
        Verdict::Promised { .. } => Some(0.9),
        Verdict::Not { class: Class::Unrelated, .. } => Some(-0.5),
        Verdict::Not { class: Class::Forecast, .. } => Some(-0.8),
        Verdict::Not { class: Class::Past, .. } => Some(-1.3),
        // whose a promise is and how sure, words tell only where nobody else is spoken of
        Verdict::Reported { .. } if own_side => Some(-0.7),
        Verdict::Not { class: Class::Call | Class::Possible | Class::Definition, .. } if own_side => Some(-1.5),
        _ => None,
    }
}

impl Verdict {
    /// What the rules have read, in a word: `promise`, `reported` (`reported named` of
    /// somebody named) or a class.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Promised { .. } => Class::Promise.name(),
            Self::Reported { party: Party::Other(Some(_)), .. } => "reported named",
            Self::Reported { .. } => "reported",
            Self::Not { class, .. } => class.name(),
        }
    }

    /// As a sign to be weighed.
    pub(super) fn sign(&self, own_side: bool) -> String {
        read_as(self.name(), own_side)
    }
}

/// The sign of a reading: more or less of a promise where the speaker alone is spoken of.
pub(super) fn read_as(name: &str, own_side: bool) -> String {
    format!("read:{name}{}", if own_side { " own-side" } else { "" })
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
