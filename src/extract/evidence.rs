//! What there is to weigh in a sentence: the signs that the weights are of.

use std::collections::BTreeSet;

use super::heads::{Head, Parts, Shape, UNDATED};
use super::quantity::Sort;
use super::speaker::Speaker;
use super::token::{Kind, Token};

/// What there is to weigh in a sentence: its words, where names, years and
/// numbers are told by what they are; the rules that matched; the speaker.
pub(crate) fn signs(parts: &Parts<'_>, heads: &[Head], speaker: &Speaker<'_>) -> BTreeSet<String> {
    let mut signs = BTreeSet::new();
    let said = parts.said.unwrap_or(UNDATED);
    // how a text is punctuated says nothing of what it promises
    let counts = |token: &Token<'_>| token.kind != Kind::Mark || matches!(token.text, "%" | "$" | "€" | "£");
    for (at, token) in parts.tokens.iter().enumerate().filter(|(_, token)| counts(token)) {
        signs.insert(format!("word:{}", word(token, at, said, speaker)));
    }
    for cue in parts.cues.iter().chain(&parts.topics) {
        signs.insert(format!("rule:{}", parts.rules.rule(cue).name));
    }
    for date in &parts.dates {
        signs.insert(format!("date:{}", date.role.name()));
        signs.insert(format!("date:{}", if date.year > said { "ahead" } else { "past" }));
    }
    for quantity in &parts.quantities {
        let sort = match quantity.sort {
            Sort::Percent => "percent",
            Sort::Multiple => "multiple",
            Sort::Amount => "amount",
        };
        signs.insert(format!("value:{sort}"));
    }
    for head in heads {
        let shape = match head.shape {
            Shape::EndState => "end-state",
            Shape::Value(_) => "value",
            Shape::All => "all",
            Shape::Eliminate => "none",
            Shape::Peak => "peak",
            Shape::Bare => "direction",
        };
        signs.insert(format!("goal:{shape}"));
    }
    signs.insert(format!("goals:{}", heads.len().min(3)));
    signs.extend(speaker.kinds().map(|kind| format!("speaker:{kind}")));
    signs
}

fn word(token: &Token<'_>, at: usize, said: i32, speaker: &Speaker<'_>) -> String {
    let named = token.is_name() && token.text.len() > 3;
    match token.year() {
        Some(year) if year > said => "<year ahead>".to_owned(),
        Some(_) => "<year past>".to_owned(),
        None if token.text.starts_with(|c: char| c.is_ascii_digit()) => "<number>".to_owned(),
        None if named && speaker.owns(token.text) => "<speaker>".to_owned(),
        None if at > 0 && token.is_name() && token.text.len() > 1 => "<name>".to_owned(),
        None => token.text.to_owned(),
    }
}
