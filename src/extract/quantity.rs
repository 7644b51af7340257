//! Values with units: shares, multiples, fractions in words, amounts.

use rust_decimal::Decimal;

use super::numerals::{fraction, is_and_a_half, out_of, part, plain, text, word_before};
use super::token::{Kind, Token, number_word};
use super::units::{CURRENCIES, UNITS, gas, glued_gas, scale, short_scale};

/// What sort of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Per cent.
    Percent,
    /// A multiple of the baseline: double is 2.
    Multiple,
    /// Anything with a unit of its own.
    Amount,
}

/// A value as the text gives it, scale words multiplied in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) sort: Sort,
    pub(crate) value: Decimal,
    /// Upper end of a range.
    pub(crate) high: Option<Decimal>,
    pub(crate) unit: String,
    /// Whether the word itself says that less is meant: halve, in half.
    pub(crate) less: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every value of a sentence, from left to right, none inside another.
pub(crate) fn quantities(tokens: &[Token<'_>]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let quantity = number(tokens, at).or_else(|| worded(tokens, at)).or_else(|| again(tokens, at, &found));
        at = quantity.as_ref().map_or(at + 1, |quantity| quantity.end);
        found.extend(quantity);
    }
    found
}

/// "120 buses by 2025 and 500 by 2030": a number without a unit that counts the
/// same as the one before.
fn again(tokens: &[Token<'_>], at: usize, found: &[Quantity]) -> Option<Quantity> {
    let last = found.last().filter(|last| last.sort != Sort::Multiple && at < last.end + 12)?;
    let (value, end) = plain(tokens, at)?;
    if last.sort == Sort::Percent {
        // "from 15 % to fifty", "40 % by 2030, 70 by 2040"
        let moved = at == last.end + 1 && text(tokens, last.end) == "to" && word_before(tokens, last.start) == "from";
        let later = matches!(text(tokens, end), "by" | "in" | "until")
            && tokens.get(end + 1).is_some_and(|next| next.year().is_some())
            && matches!(word_before(tokens, at), "," | "and" | ";");
        let share = value > Decimal::TEN && value <= Decimal::ONE_HUNDRED && !is_date(tokens, at);
        return ((moved || later) && share).then(|| Quantity { value, high: None, start: at, end, ..last.clone() });
    }
    let factor = scale(text(tokens, end));
    let value = value.checked_mul(factor.unwrap_or(Decimal::ONE))?.normalize();
    let end = end + usize::from(factor.is_some());
    let dated = matches!(text(tokens, end), "by" | "in" | "until" | "before")
        && tokens.get(end + 1).is_some_and(|next| next.year().is_some());
    let free = dated && !is_date(tokens, at) && (tokens[at].raw.len() > 1 || factor.is_some());
    free.then(|| Quantity { value, high: None, start: at, end, ..last.clone() })
}

fn percent(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    // the mark of a footnote may stand between: 46* percent
    let at = at + usize::from(text(tokens, at) == "*");
    match (text(tokens, at), text(tokens, at + 1)) {
        ("%" | "percent" | "pct", _) => Some(at + 1),
        ("per", "cent" | "hundred") | ("percentage", "points") => Some(at + 2),
        _ => None,
    }
}

/// Whether a number belongs to "Scopes 1 and 2".
fn is_scope(tokens: &[Token<'_>], at: usize) -> bool {
    let listed = (1..=6).map_while(|back| at.checked_sub(back)).map(|at| &tokens[at]);
    let mut listed = listed.skip_while(|token| {
        matches!(token.text, "and" | "," | "&" | "/" | "+" | "-" | "or")
            || (token.number().is_some() && token.raw.len() == 1)
    });
    tokens[at].raw.len() == 1 && listed.next().is_some_and(|token| matches!(token.text, "scope" | "scopes"))
}

fn number(tokens: &[Token<'_>], at: usize) -> Option<Quantity> {
    if is_scope(tokens, at) {
        return None;
    }
    if let Some((value, end)) = part(tokens, at) {
        return Some(Quantity {
            sort: Sort::Percent,
            value,
            high: None,
            unit: "%".into(),
            less: false,
            start: at,
            end,
        });
    }
    let (value, mut next) = plain(tokens, at)?;
    let mut high = None;
    let early = percent(tokens, next);
    let after = early.unwrap_or(next);
    let between = word_before(tokens, at) == "between";
    let joined = matches!(text(tokens, after), "-" | "to" | "—") || (between && text(tokens, after) == "and");
    // "at least 50 per cent and towards 55 per cent"
    let towards = text(tokens, after) == "and" && matches!(text(tokens, after + 1), "towards" | "toward");
    let upper = plain(tokens, after + 1 + usize::from(towards)).filter(|_| joined || towards);
    if let Some((upper, end)) = upper {
        let same = if early.is_some() { percent(tokens, end).is_some() } else { true };
        // "from the current 40% to 45%"
        let now = word_before(tokens, at) == "current";
        let moved =
            word_before(tokens, at) == "from" || (now && (2..4).any(|back| at >= back && tokens[at - back].is("from")));
        if same && !moved && upper > value && !is_date(tokens, end - 1) {
            (high, next) = (Some(upper), end);
        }
    }
    if high.is_none() && early.is_none() && is_date(tokens, at) {
        return None;
    }
    if let Some(end) = percent(tokens, next) {
        return Some(Quantity { sort: Sort::Percent, value, high, unit: "%".into(), less: false, start: at, end });
    }
    match text(tokens, next) {
        "times" | "x" | "fold" => {
            return Some(Quantity {
                sort: Sort::Multiple,
                value,
                high,
                unit: "x".into(),
                less: false,
                start: at,
                end: next + 1,
            });
        }
        _ => {}
    }
    ratio(tokens, at, next, value).or_else(|| amount(tokens, at, next, value, high))
}

/// "a power usage effectiveness of 1.15": a ratio that has no unit.
fn ratio(tokens: &[Token<'_>], at: usize, end: usize, value: Decimal) -> Option<Quantity> {
    let named = |at: usize| matches!(text(tokens, at), "pue" | "effectiveness");
    let near = (at.saturating_sub(4)..at).any(named);
    let fits = value > Decimal::ONE && value < Decimal::from(3) && tokens[at].raw.contains('.');
    (near && fits).then(|| Quantity {
        sort: Sort::Amount,
        value,
        high: None,
        unit: "PUE".into(),
        less: true,
        start: at,
        end,
    })
}

/// Whether the number is a year or the day of a month.
fn is_date(tokens: &[Token<'_>], at: usize) -> bool {
    let unit = text(tokens, at + 1);
    let counted = scale(unit).is_some() || UNITS.iter().any(|(word, _)| *word == unit);
    tokens.get(at).is_some_and(|token| token.year().is_some()) && !counted && percent(tokens, at + 1).is_none()
}

fn is_currency(word: &str) -> bool {
    CURRENCIES.iter().any(|(known, _)| *known == word)
}

/// The factor of a scale word at `at` and where it ends: `million`, "four more billion", the
/// `m` of "£20m".
fn scaled(tokens: &[Token<'_>], at: usize, marked: bool) -> (Decimal, usize) {
    let more = matches!(text(tokens, at), "more" | "additional" | "further" | "extra");
    let at = if more && scale(text(tokens, at + 1)).is_some() { at + 1 } else { at };
    let word = text(tokens, at);
    let factor = scale(word).or_else(|| short_scale(word).filter(|_| marked));
    factor.map_or((Decimal::ONE, at), |factor| (factor, at + 1))
}

fn amount(tokens: &[Token<'_>], at: usize, next: usize, value: Decimal, high: Option<Decimal>) -> Option<Quantity> {
    let before = word_before(tokens, at);
    let (factor, mut end) = scaled(tokens, next, is_currency(before));
    // "a billion and a half"
    let half = factor != Decimal::ONE && is_and_a_half(tokens, end);
    let value = if half { value.checked_add(Decimal::new(5, 1))? } else { value };
    end += if half { 3 } else { 0 };
    // "200 million US dollars"
    end += usize::from(is_coined(text(tokens, end)) && is_currency(text(tokens, end + 1)));
    let sterling = factor != Decimal::ONE && text(tokens, end) == "pounds" && text(tokens, end + 1) != "of";
    let currency = CURRENCIES.iter().find(|(word, _)| *word == before || (*word == text(tokens, end) && *word != "r"));
    // "36 million pounds", but "36 million pounds of glass"
    let currency = currency.or_else(|| sterling.then_some(&("pounds", "GBP")));
    let times = |value: Decimal| value.checked_mul(factor).map(|value| value.normalize());
    let mut quantity = Quantity {
        sort: Sort::Amount,
        value: times(value)?,
        high: high.and_then(times),
        unit: String::new(),
        less: false,
        start: at,
        end,
    };
    if let Some((word, unit)) = currency {
        let after = usize::from(*word != before);
        (quantity.unit, quantity.end) = ((*unit).to_owned(), end + after);
        if let Some((high, end)) = money_range(tokens, at, quantity.end).filter(|(high, _)| *high > quantity.value) {
            (quantity.high, quantity.end) = (Some(high), end);
        }
        return Some(quantity);
    }
    let (unit, end) = unit(tokens, end, factor != Decimal::ONE).or_else(|| unnamed(tokens, end, quantity.value))?;
    (quantity.unit, quantity.end) = (unit, end);
    Some(quantity)
}

/// "electric cars will number 4.5 million in 2030", "100,000 of such vans": a count whose
/// unit stands elsewhere.
fn unnamed(tokens: &[Token<'_>], end: usize, value: Decimal) -> Option<(String, usize)> {
    let dated = matches!(text(tokens, end), "by" | "in" | "until" | "before")
        && tokens.get(end + 1).is_some_and(|next| next.year().is_some());
    let meant = text(tokens, end) == "of" && matches!(text(tokens, end + 1), "them" | "these" | "those" | "such");
    (value >= Decimal::ONE_THOUSAND && (dated || meant)).then(|| (String::new(), end))
}

/// "between $750 billion and $1 trillion", "$2 to $3 billion": the upper end.
fn money_range(tokens: &[Token<'_>], at: usize, end: usize) -> Option<(Decimal, usize)> {
    let between = (1..=3).any(|back| at.checked_sub(back).is_some_and(|at| text(tokens, at) == "between"));
    let joined = matches!(text(tokens, end), "to" | "-") || (between && text(tokens, end) == "and");
    let mark = CURRENCIES.iter().any(|(word, _)| *word == text(tokens, end + 1));
    let (value, next) = plain(tokens, end + 1 + usize::from(mark)).filter(|_| joined)?;
    match scale(text(tokens, next)) {
        Some(factor) => Some((value.checked_mul(factor)?.normalize(), next + 1)),
        None => Some((value, next)),
    }
}

/// Lands whose money bears the name of others' too.
fn is_coined(word: &str) -> bool {
    matches!(
        word,
        "us" | "american"
            | "u.s"
            | "canadian"
            | "australian"
            | "singapore"
            | "zealand"
            | "kong"
            | "swiss"
            | "swedish"
            | "norwegian"
            | "danish"
            | "indian"
            | "mexican"
            | "chilean"
            | "colombian"
            | "philippine"
            | "korean"
            | "japanese"
            | "chinese"
            | "brazilian"
    )
}

/// The unit at `at`: a known word within three, or for millions any next word.
fn unit(tokens: &[Token<'_>], at: usize, scaled: bool) -> Option<(String, usize)> {
    let glued = text(tokens, at);
    if let Some(gas) = glued_gas(glued) {
        return Some((gas, at + 1));
    }
    for ahead in 0..7 {
        let word = text(tokens, at + ahead);
        if let Some((_, unit)) = UNITS.iter().find(|(known, _)| *known == word) {
            if ahead > 0 && word.len() <= 2 {
                return None;
            }
            return Some(with_gas(tokens, at + ahead + 1, unit));
        }
        let token = tokens.get(at + ahead)?;
        // "medium- and heavy-duty trucks"
        let hung = word == "-" || (word == "and" && ahead > 0 && text(tokens, at + ahead - 1) == "-");
        if !hung && (ahead > 3 && word_before(tokens, at + ahead) != "duty" && ahead > 4)
            || !hung
                && (token.kind != Kind::Word
                    || matches!(word, "and" | "by" | "in" | "the" | "to" | "for" | "of" | "with"))
        {
            break;
        }
    }
    let token = tokens.get(at)?;
    (scaled && token.kind == Kind::Word && token.text.len() > 3).then(|| (token.text.to_owned(), at + 1))
}

/// `t` followed by the gas it weighs; a rate per something keeps its words.
fn with_gas(tokens: &[Token<'_>], at: usize, unit: &str) -> (String, usize) {
    if !matches!(unit, "t" | "kt" | "Mt" | "Gt" | "kg" | "g") {
        return (unit.to_owned(), at);
    }
    let skip = usize::from(text(tokens, at) == "of");
    let word = text(tokens, at + skip);
    let mut spelled = unit.to_owned();
    let mut end = at;
    if word.starts_with("co2") || matches!(word, "carbon" | "greenhouse" | "ghg") {
        let equivalent = matches!(text(tokens, at + skip + 1), "equivalent" | "equivalents" | "eq" | "e");
        let gas = if equivalent || matches!(word, "greenhouse" | "ghg") { "CO2e" } else { gas(word) };
        spelled = format!("{unit} {gas}");
        end = at + skip + 1 + usize::from(equivalent);
    }
    if text(tokens, end) == "per" && tokens.get(end + 1).is_some_and(|token| token.kind == Kind::Word) {
        spelled.push_str(" per ");
        spelled.push_str(text(tokens, end + 1));
        end += 2;
    }
    (spelled, end)
}

/// "half of them by 2028 and all of them by 2031".
fn all_of_them(tokens: &[Token<'_>], at: usize) -> bool {
    word_before(tokens, at) == "and"
        && text(tokens, at + 1) == "of"
        && matches!(text(tokens, at + 2), "them" | "it" | "these")
        && matches!(text(tokens, at + 3), "by" | "in" | "before")
}

/// Halves, thirds, doublings: numbers in words that are values by themselves.
fn worded(tokens: &[Token<'_>], at: usize) -> Option<Quantity> {
    let share = |value: Decimal, less, end| {
        Some(Quantity { sort: Sort::Percent, value, high: None, unit: "%".into(), less, start: at, end })
    };
    let multiple = |value: i64| {
        Some(Quantity {
            sort: Sort::Multiple,
            value: Decimal::from(value),
            high: None,
            unit: "x".into(),
            less: false,
            start: at,
            end: at + 1,
        })
    };
    let (here, next, before) = (text(tokens, at), text(tokens, at + 1), word_before(tokens, at));
    if let Some((value, end)) = out_of(tokens, at) {
        return share(value, false, end);
    }
    match here {
        "halve" | "halves" | "halving" | "halved" => share(Decimal::from(50), true, at + 1),
        "half" if matches!(before, "in" | "by") => share(Decimal::from(50), true, at + 1),
        "half" if !matches!(before, "first" | "second" | "a") && !matches!(next, "a" | "year" | "century" | "hour") => {
            share(Decimal::from(50), false, at + 1)
        }
        // "doubled down on its goal"
        "double" | "doubling" | "doubles" | "doubled" if next != "down" => multiple(2),
        "triple" | "tripling" | "treble" | "trebling" | "triples" | "tripled" | "trebled" => multiple(3),
        "quadruple" | "quadrupling" | "quadrupled" => multiple(4),
        // "multiplied by four"
        "multiply" | "multiplying" | "multiplied" if next == "by" => {
            let (value, end) = plain(tokens, at + 2)?;
            Some(Quantity { value, end, ..multiple(2)? })
        }
        "quintuple" | "quintupling" => multiple(5),
        "twofold" => multiple(2),
        "threefold" => multiple(3),
        "fourfold" => multiple(4),
        "fivefold" => multiple(5),
        "tenfold" => multiple(10),
        "one" | "two" | "three" | "nine" if next == "in" && number_word(text(tokens, at + 2)).is_some() => {
            let (part, whole) = (number_word(here)?, number_word(text(tokens, at + 2)).filter(|&whole| whole > 2)?);
            let value = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(whole))?;
            share(value.round_dp(1), false, at + 3)
        }
        "all" if all_of_them(tokens, at) => share(Decimal::ONE_HUNDRED, false, at + 3),
        "a" | "one" | "two" | "three" | "four" => {
            if matches!(
                (text(tokens, at + 2), text(tokens, at + 3), text(tokens, at + 4)),
                ("century", ..) | ("of", "a", "century")
            ) {
                return None;
            }
            let (tenths, end) = (fraction(here, next)?, at + 2);
            share(Decimal::new(tenths, 1), false, end)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::token::tokens;

    #[test]
    fn reads_values_in_digits_and_words() {
        for (text, wanted) in [
            ("cut by 42%", "42 %"),
            ("cut by thirty-three percent", "33 %"),
            ("by 6-8 % or 50 to 52 per cent", "6..8 %, 50..52 %"),
            ("from 20% to 60%", "20 %, 60 %"),
            ("between 33 and 35 percent", "33..35 %"),
            ("in half, a quarter, two-thirds", "50 %, 25 %, 66.7 %"),
            ("double it and triple that", "2 x, 3 x"),
            ("plant 100 million trees", "100000000 trees"),
            ("one billion pieces of plastic", "1000000000 pieces"),
            ("175 GW of renewable capacity", "175 GW"),
            ("95 MtCO2eq", "95 Mt CO2e"),
            ("1.2 t CO2 per tonne of steel", "1.2 t CO2 per tonne"),
            ("8 million tonnes of CO2 equivalent", "8000000 t CO2e"),
            (
                "$4.5 billion and EUR 150 billion and 3 billion euros",
                "4500000000 USD, 150000000000 EUR, 3000000000 EUR",
            ),
            ("seven and a half billion dollars, a billion and a half euros", "7500000000 USD, 1500000000 EUR"),
            ("eleven point six million pounds, a million pounds of glass", "11600000 GBP, 1000000 pounds"),
            ("RM30 billion, £20m and 200 million US dollars", "30000000000 MYR, 20000000 GBP, 200000000 USD"),
            ("two hundred and fifty buses, nine out of ten", "250 buses, 90 %"),
            ("4.5 million in 2030, multiplied by four", "4500000 , 4 x"),
            ("40% by 2030, 70 by 2040 and from 15% to fifty", "40 %, 70 %, 15 %, 50 %"),
            ("by 2030 and in 2040-2050", ""),
            ("30 000 hectares", "30000 ha"),
            ("half a million trees and over a gigaton of CO2", "500000 trees, 1 Gt CO2"),
        ] {
            let lower = text.to_ascii_lowercase();
            let found: Vec<String> = quantities(&tokens(text, &lower))
                .iter()
                .map(|q| match q.high {
                    Some(high) => format!("{}..{high} {}", q.value, q.unit),
                    None => format!("{} {}", q.value.normalize(), q.unit),
                })
                .collect();
            assert_eq!(found.join(", "), wanted, "{text}");
        }
    }
}
