//! Noun phrases: where one ends before a verb, where a name begins, its words.

use super::token::{Kind, Token};

/// Auxiliaries and adverbs between a subject and its verb.
pub(super) fn skipped(token: &Token<'_>) -> bool {
    matches!(
        token.text,
        "has"
            | "have"
            | "had"
            | "'ve"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "'re"
            | "also"
            | "now"
            | "today"
            | "already"
            | "further"
            | "not"
            | "then"
            | "therefore"
            | "still"
            | "both"
            | "all"
            | "recently"
            | "first"
            | "itself"
            | "ourselves"
            | "remain"
            | "remains"
            | "do"
            | "does"
            | "did"
            | "will"
            | "to"
            | "currently"
            | "soon"
            | "long"
            | "had's"
            | "'d"
            | "'m"
            | "am"
            | ""
    ) || (token.text.len() > 4 && token.text.ends_with("ly") && !token.is_name())
}

/// "was the first bakery in Norland to pledge", "is one of the few to": where the
/// verb stands whose subject pledges.
pub(super) fn first_to(tokens: &[Token<'_>], from: usize, last: usize) -> Option<usize> {
    let is = |at: usize| matches!(tokens[at].text, "was" | "were" | "is" | "are" | "became" | "be" | "been");
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let first = |at: usize| {
        let at = at + usize::from(matches!(word(at), "also" | "again" | "already" | "even" | "not" | "now"));
        let at = at + if word(at) == "one" { 2 } else { usize::from(word(at) == "among") };
        word(at) == "the" && matches!(word(at + 1), "first" | "few" | "only" | "largest" | "earliest")
    };
    (from + 1..last).rev().take(14).find(|&at| is(at) && first(at + 1))
}

/// Where the name that ends at `last` begins.
pub(super) fn name_start(tokens: &[Token<'_>], from: usize, last: usize) -> usize {
    let mut first = last;
    while first > from {
        let before = &tokens[first - 1];
        let links =
            matches!(before.text, "of" | "&" | "de" | "for" | "'s") && first - 1 > from && tokens[first - 2].is_name();
        // "Department of the Harbours"
        let article = before.is("the")
            && first - 1 > from + 1
            && matches!(tokens[first - 2].text, "of" | "for")
            && matches!(tokens[first - 3].text, "department" | "ministry" | "secretary" | "bureau" | "office" | "bank");
        if article {
            first -= 3;
            continue;
        }
        if !(before.is_name() || links) {
            break;
        }
        first -= 1;
    }
    first
}

/// The words of a noun phrase that ends at `last`, at most six.
pub(super) fn phrase(tokens: &[Token<'_>], from: usize, last: usize) -> String {
    let mut first = last;
    while first > from && last - first < 5 {
        let before = &tokens[first - 1];
        if before.kind != Kind::Word
            || matches!(before.text, "by" | "in" | "that" | "and" | "for" | "to" | "of" | "which" | "as" | "with")
        {
            break;
        }
        first -= 1;
    }
    let words: Vec<&str> = tokens[first..=last].iter().map(|token| token.raw).collect();
    words.join(" ").replace(" 's", "'s")
}
