//! A text into sentences, in one pass.

use std::ops::Range;

/// Longest sentence in bytes; one endless line is cut at a blank.
const MOST_BYTES: usize = 4_000;

/// Short words before a stop that does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "no", "nos", "vs", "v", "e.g", "i.e", "eg", "ie", "cf", "etc",
    "approx", "ca", "fig", "figs", "p", "pp", "pg", "inc", "corp", "ltd", "co", "gov", "sen", "rep", "gen", "u.s",
    "u.k", "u.n", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "a.m", "p.m",
    "vol", "ed", "est", "hon", "mt", "ph.d", "min", "max", "incl",
];

/// The byte ranges of the sentences of one paragraph, blanks trimmed.
#[must_use]
pub(crate) fn split(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'.' => stop(text, at, start),
            b'!' | b'?' => Some(closed(text, at + 1)).filter(|&end| is_end(text, end)),
            // the ideographic full stop, exclamation and question marks
            0xe3 if text[at..].starts_with('。') => Some(at + 3),
            0xef if text[at..].starts_with('！') || text[at..].starts_with('？') => Some(at + 3),
            b' ' if at - start > MOST_BYTES => Some(at),
            _ if at - start > 2 * MOST_BYTES && text.is_char_boundary(at) => Some(at),
            _ => None,
        };
        match end {
            Some(end) => {
                push(text, start..end, &mut sentences);
                (start, at) = (end, end.max(at + 1));
            }
            None => at += 1,
        }
    }
    push(text, start..bytes.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let from = range.start + (part.len() - part.trim_start().len());
    let to = range.start + part.trim_end().len();
    if from < to {
        sentences.push(from..to);
    }
}

/// Quotes and brackets that still belong to the sentence.
fn closed(text: &str, mut at: usize) -> usize {
    while let Some(c) = text[at..].chars().next()
        && matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '!' | '?' | '.')
    {
        at += c.len_utf8();
    }
    at
}

/// What follows an end: nothing, or a blank and a beginning.
fn is_end(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else { return true };
    if !first.is_whitespace() {
        return false;
    }
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic())
}

/// Whether the stop at `at` ends a sentence, and where.
fn stop(text: &str, at: usize, start: usize) -> Option<usize> {
    let end = closed(text, at + 1);
    if !is_end(text, end) {
        return None;
    }
    let from =
        text[start..at].char_indices().rev().take(12).find(|(_, c)| c.is_whitespace() || matches!(c, '(' | '"' | '“'));
    let word = &text[from.map_or(start, |(place, c)| start + place + c.len_utf8())..at];
    let lower = word.to_ascii_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let next_lower = text[end..].trim_start().starts_with(|c: char| c.is_lowercase());
    let numbered = next_digit(text, end)
        && matches!(lower.as_str(), "no" | "nos" | "c" | "p" | "pp" | "pg" | "fig" | "vol" | "approx" | "ca" | "scope");
    // B.C., D.C.
    let mut letters = word.chars();
    let initial = initial
        || matches!((letters.next(), letters.next(), letters.next(), letters.next()),
            (Some(a), Some('.'), Some(b), None) if a.is_uppercase() && b.is_uppercase());
    let known = ABBREVIATIONS.contains(&lower.as_str())
        && !matches!(lower.as_str(), "no" | "etc" | "co" | "inc" | "corp" | "ltd" | "p" | "v" | "min" | "max" | "ed");
    let bracket = text[end..].trim_start().starts_with(['(', ',']);
    let company = matches!(lower.as_str(), "inc" | "corp" | "ltd" | "co") && bracket;
    if initial || known || numbered || company || next_lower { None } else { Some(end) }
}

fn next_digit(text: &str, at: usize) -> bool {
    text[at..].trim_start().starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_a_sentence_ends() {
        for (text, wanted) in [
            ("We aim high. They do not.", vec!["We aim high.", "They do not."]),
            ("Dr. Lind of Acme Inc. said no. 4 is due.", vec!["Dr. Lind of Acme Inc. said no. 4 is due."]),
            (
                "The U.S. Department will cut 1.5 t. (p. 14) Next.",
                vec!["The U.S. Department will cut 1.5 t.", "(p. 14) Next."],
            ),
            ("\"We will.\" She left!", vec!["\"We will.\"", "She left!"]),
            ("Why 2030? Because", vec!["Why 2030?", "Because"]),
            ("  ", vec![]),
        ] {
            let cut: Vec<&str> = split(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(cut, wanted);
        }
    }

    #[test]
    fn one_endless_line_is_cut() {
        let line = "word ".repeat(10_000);
        assert!(split(&line).iter().all(|range| range.len() <= MOST_BYTES + 8));
        assert!(split(&"é".repeat(50_000)).len() > 5);
    }
}
