//! What "that number" stands for: the topic of the sentence before.

use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue, Rules};
use super::token::{Token, tokens};
use crate::model::topic::Topic;

/// Nouns for how much there is of something.
const AMOUNTS: [&str; 8] = ["number", "figure", "share", "percentage", "proportion", "rate", "amount", "level"];

/// Words that stand for it, before "to 90%".
const POINTERS: [&str; 4] = ["it", "this", "that", "them"];

/// Whether a sentence says how much of something named before: "that share will
/// be 90% by 2031", "we will bring it to 90%".
#[must_use]
pub(crate) fn points_back(text: &str) -> bool {
    const NEAR: [&str; 8] = ["it to ", "it by ", "is to ", "is by ", "at to ", "at by ", "em to ", "em by "];
    let counted = || text.bytes().any(|byte| byte.is_ascii_digit());
    // most sentences are told by these words alone
    if !(counted() && (AMOUNTS.iter().any(|noun| text.contains(noun)) || NEAR.iter().any(|words| text.contains(words))))
    {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let tokens = tokens(text, &lower);
    (0..tokens.len()).any(|at| is_pointer(&tokens, at))
}

fn is_pointer(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let counted =
        |at: usize| matches!(word(at), "to" | "by") && tokens.get(at + 1).is_some_and(|token| token.number().is_some());
    (matches!(word(at), "that" | "this") && AMOUNTS.contains(&word(at + 1)))
        || (POINTERS.contains(&word(at)) && counted(at + 1))
}

/// A topic for a sentence that has none of its own and points back: the last one
/// of the sentence before, where the pointer stands.
pub(crate) fn pointed(
    rules: &Rules,
    parts: &[Token<'_>],
    quantities: &[Quantity],
    before: Option<&str>,
) -> Option<Cue> {
    let share = quantities.iter().any(|quantity| quantity.sort == Sort::Percent);
    let at = (0..parts.len()).find(|&at| is_pointer(parts, at)).filter(|_| share)?;
    let before = before?;
    let lower = before.to_ascii_lowercase();
    let earlier = tokens(before, &lower);
    let state = |cue: &Cue| matches!(rules.rule(cue).topic, Some(Topic::NetZero | Topic::CarbonNeutral));
    let topic = rules.cues(&earlier, &rules.keys(&earlier), true).into_iter().rfind(|cue| !state(cue))?;
    Some(Cue { rule: topic.rule, class: Class::Topic, start: at, end: at + 1 })
}
