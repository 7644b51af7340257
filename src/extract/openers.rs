//! Words that only tie a sentence to the one before it: "Moreover, we will".

use super::rules::Rules;
use super::token::Token;

/// Most words of one opener.
const MOST_WORDS: usize = 4;

/// The tokens behind the openers: what they say does not turn on them, and the
/// first word of what is left is read as the first of its sentence.
pub(crate) fn opened<'s>(rules: &Rules, mut tokens: Vec<Token<'s>>) -> Vec<Token<'s>> {
    for _ in 0..2 {
        let length = opener(rules, &tokens);
        if length == 0 || length >= tokens.len() {
            break;
        }
        tokens.drain(..length);
    }
    tokens
}

/// How many tokens the opener in front has.
fn opener(rules: &Rules, tokens: &[Token<'_>]) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let comma = |at: usize| usize::from(word(at) == ",");
    let said = |count: &usize| {
        let words: Vec<&str> = (0..*count).map(word).collect();
        rules.lists("opener", &words.join(" "))
    };
    // a quotation that begins, or goes through the whole sentence
    if word(0) == "\"" && tokens.len() > 3 {
        return 1;
    }
    // "Mr LUND: This bill will": who speaks, in the record of a house
    if let Some(colon) = (1..6).find(|&at| word(at) == ":")
        && matches!(word(0), "mr" | "mrs" | "ms" | "miss" | "dr" | "hon")
        && tokens[..colon].iter().all(|token| token.is_name() || token.is("."))
        && tokens.len() > colon + 2
    {
        return colon + 1;
    }
    if rules.lists("conjunction", word(0)) {
        return 1 + comma(1);
    }
    (1..=MOST_WORDS).rev().find(|&count| word(count) == "," && said(&count)).map_or(0, |count| count + 1)
}
