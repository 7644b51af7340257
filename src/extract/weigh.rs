//! The weights of the evidence, learned from labelled sentences: a logistic
//! regression with a penalty on large weights (ridge), by coordinate descent.
//!
//! Nothing is drawn by chance: the same sentences in the same order give the same
//! table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::rules::Rules;
use super::sentences_io;

/// Penalty on the square of a weight: the larger, the nearer weights stay to 0.
const RIDGE: f64 = 20.0;

/// In how many sentences a sign must stand to be weighed.
const SEEN: usize = 5;

/// Rounds over all signs; the weights have settled long before.
const ROUNDS: usize = 200;

/// Weights nearer to 0 are left out of the table.
const SLIGHT: f64 = 0.02;

/// How many goals there must be that are promised, and as many that are not: fewer say
/// nothing of words.
const LEAST: usize = 20;

/// Why no weights could be learned.
#[derive(Debug, thiserror::Error)]
pub enum WeighError {
    /// A line is no labelled sentence; its place among the lines.
    #[error("line {}: {source}", at + 1)]
    Line {
        /// Its place, from 0.
        at: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// Too little to learn from.
    #[error(
        "of all that could be a goal, {yes} are labelled as promised and {no} as not; weights need {LEAST} of each at least, and thousands to be of use"
    )]
    Few {
        /// Goals that are promised.
        yes: usize,
        /// Goals that are not.
        no: usize,
    },
}

/// The table of weights, as TOML, from labelled sentences, one JSON object a line
/// with `label` (`yes` or `no`) beside what `--sentences` reads.
///
/// # Errors
/// See [`WeighError`].
pub fn weigh<'l>(rules: &Rules, lines: impl Iterator<Item = &'l str>) -> Result<String, WeighError> {
    let mut goals: Vec<(BTreeSet<String>, bool)> = Vec::new();
    let mut sentences = 0;
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        goals.extend(sentences_io::labelled(rules, line).map_err(|source| WeighError::Line { at, source })?);
        sentences += 1;
    }
    let yes = goals.iter().filter(|(_, label)| *label).count();
    let no = goals.len() - yes;
    if yes.min(no) < LEAST {
        return Err(WeighError::Few { yes, no });
    }
    let (start, weights) = fit(&goals);
    Ok(table(sentences, start, &weights))
}

/// Minimises the loss over the sentences plus half the penalty times the squares.
fn fit(goals: &[(BTreeSet<String>, bool)]) -> (f64, BTreeMap<String, f64>) {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (signs, _)) in goals.iter().enumerate() {
        for sign in signs {
            holders.entry(sign).or_default().push(at);
        }
    }
    holders.retain(|_, holders| holders.len() >= SEEN);
    let everyone: Vec<usize> = (0..goals.len()).collect();
    let mut sums = vec![0.0; goals.len()];
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    let mut start = 0.0;
    for _ in 0..ROUNDS {
        start += step(goals, &everyone, &mut sums, 0.0, 0.0);
        for (sign, holders) in &holders {
            let weight = weights.entry(sign).or_default();
            *weight += step(goals, holders, &mut sums, *weight, RIDGE);
        }
    }
    (start, weights.into_iter().map(|(sign, weight)| (sign.to_owned(), weight)).collect())
}

/// One step of one weight, no longer than a bound on the curvature allows: the
/// loss never grows.
fn step(goals: &[(BTreeSet<String>, bool)], holders: &[usize], sums: &mut [f64], weight: f64, penalty: f64) -> f64 {
    let miss = |&at: &usize| 1.0 / (1.0 + (-sums[at]).exp()) - f64::from(u8::from(goals[at].1));
    let slope = holders.iter().map(miss).sum::<f64>() + penalty * weight;
    // the curvature of the loss is at most a quarter for each sentence
    #[expect(clippy::cast_precision_loss, reason = "a count of sentences")]
    let bound = 0.25 * holders.len() as f64 + penalty;
    let step = if bound > 0.0 { -slope / bound } else { 0.0 };
    for &at in holders {
        sums[at] += step;
    }
    step
}

fn table(sentences: usize, start: f64, weights: &BTreeMap<String, f64>) -> String {
    let mut text = format!(
        "# What words and matched rules weigh for a promise (above 0) or against one, in\n\
         # log-odds: learned from {sentences} labelled sentences by\n\
         # `pledgebook extract --weigh FILE.jsonl`. Another table in a file for `--rules`\n\
         # takes the place of this one.\n\n[evidence]\nstart = {start:.2}\n"
    );
    for (name, words) in [("words", true), ("signs", false)] {
        let _ = write!(text, "\n[evidence.{name}]\n");
        let mut rows: Vec<(&str, f64)> = weights
            .iter()
            .filter(|(_, weight)| weight.abs() >= SLIGHT)
            .filter_map(|(sign, &weight)| match sign.strip_prefix("word:") {
                Some(word) if words => Some((word, weight)),
                None if !words => Some((sign.as_str(), weight)),
                _ => None,
            })
            .collect();
        rows.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        for (sign, weight) in rows {
            let _ = writeln!(text, "{} = {weight:.2}", serde_json::Value::from(sign));
        }
    }
    text
}
