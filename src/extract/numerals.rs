//! Numbers in digits and words: `30 000`, `seven and a half`, `two thirds`, `nine out of ten`.

use rust_decimal::Decimal;

use super::token::{Kind, Token, number_word};
use super::units::scale;

/// The word at a place; past the end none.
pub(super) fn text<'t>(tokens: &'t [Token<'_>], at: usize) -> &'t str {
    tokens.get(at).map_or("", |token| token.text)
}

/// The word before a place.
pub(super) fn word_before<'t>(tokens: &'t [Token<'_>], at: usize) -> &'t str {
    at.checked_sub(1).map_or("", |before| text(tokens, before))
}

/// A number in digits or words: its value and the token after it.
pub(super) fn plain(tokens: &[Token<'_>], at: usize) -> Option<(Decimal, usize)> {
    let token = tokens.get(at)?;
    if let Some(value) = token.number() {
        // 30 000 and 1 250 000 are written with blanks in many countries
        if let Some(next) = tokens.get(at + 1)
            && next.number().is_some()
            && next.raw.len() == 3
            && token.raw.len() <= 3
            && next.start == token.end + 1
        {
            return Some((value.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(next.number()?)?, at + 2));
        }
        return Some((value, at + 1));
    }
    // "half a million"
    if token.is("half") && text(tokens, at + 1) == "a" && scale(text(tokens, at + 2)).is_some() {
        return Some((Decimal::new(5, 1), at + 2));
    }
    let (whole, end) = spelled(tokens, at)?;
    let tenths = match (text(tokens, end), number_word(text(tokens, end + 1))) {
        // "eleven point six"
        ("point", Some(tenths)) if tenths < 10 => Some((tenths, end + 2)),
        // "seven and a half billion"
        ("and", _) if is_and_a_half(tokens, end) => Some((5, end + 3)),
        _ => None,
    };
    let (tenths, end) = tenths.unwrap_or((0, end));
    Some((Decimal::from(whole).checked_add(Decimal::new(i64::from(tenths), 1))?, end))
}

/// "and a half", behind a number.
pub(super) fn is_and_a_half(tokens: &[Token<'_>], at: usize) -> bool {
    matches!((text(tokens, at), text(tokens, at + 1), text(tokens, at + 2)), ("and", "a", "half"))
}

/// A whole number in words: `forty-two`, `three hundred and twenty`, the one of "a million".
fn spelled(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let (first, end) = below_hundred(tokens, at)?;
    if first >= 10 || number_word(text(tokens, end)) != Some(100) {
        return Some((first, end));
    }
    // "two hundred and fifty", but "a hundred and 20 %" are two numbers
    let and = usize::from(text(tokens, end + 1) == "and");
    let rest = below_hundred(tokens, end + 1 + and).filter(|&(rest, _)| rest < 100 && rest > 1);
    Some(rest.map_or((first * 100, end + 1), |(rest, end)| (first * 100 + rest, end)))
}

/// `forty-two`, the one of "a million", or whatever else one word says.
fn below_hundred(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let counted = |word: &str| {
        matches!(word, "hundred" | "million" | "billion" | "trillion")
            || ["gigaton", "megaton", "gigawatt", "terawatt"].iter().any(|unit| word.starts_with(unit))
    };
    let next = text(tokens, at + 1);
    let first = if tokens.get(at)?.is("a") && counted(next) { 1 } else { number_word(text(tokens, at))? };
    let unit = number_word(next).filter(|&unit| (20..100).contains(&first) && unit < 10);
    Some(unit.map_or((first, at + 1), |unit| (first + unit, at + 2)))
}

/// A part of a whole in digits: 2/3.
pub(super) fn part(tokens: &[Token<'_>], at: usize) -> Option<(Decimal, usize)> {
    let (over, under) = (tokens.get(at)?.number()?, tokens.get(at + 2)?.number()?);
    let small = |token: &Token<'_>| token.raw.len() == 1;
    let fits = text(tokens, at + 1) == "/" && small(&tokens[at]) && small(&tokens[at + 2]) && over < under;
    let word = tokens.get(at + 3).is_some_and(|next| next.kind == Kind::Word);
    let share = over.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(under)?;
    (fits && word && word_before(tokens, at) != "scope").then(|| (share.round_dp(1), at + 3))
}

/// "one out of five", "one pen out of five": its share and where it ends.
pub(super) fn out_of(tokens: &[Token<'_>], at: usize) -> Option<(Decimal, usize)> {
    let part = number_word(text(tokens, at)).filter(|&part| part < 100)?;
    let out = (at + 1..at + 4).find(|&at| text(tokens, at) == "out" && text(tokens, at + 1) == "of")?;
    let whole = plain(tokens, out + 2).filter(|(whole, _)| *whole > Decimal::from(part))?;
    let value = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.0)?;
    Some((value.round_dp(1), whole.1))
}

/// `two thirds` in tenths of a per cent.
pub(super) fn fraction(count: &str, part: &str) -> Option<i64> {
    Some(match (count, part) {
        ("a" | "one", "third") => 333,
        ("two", "thirds") => 667,
        ("a" | "one", "quarter") => 250,
        ("three", "quarters") => 750,
        ("a" | "one", "fifth") => 200,
        ("two", "fifths") => 400,
        ("three", "fifths") => 600,
        ("four", "fifths") => 800,
        ("a" | "one", "tenth") => 100,
        ("three", "tenths") => 300,
        ("one", "half") => 500,
        _ => return None,
    })
}
