//! Dates by their own words: years, months, quarters, and those that count from
//! the statement.

use super::date::{Op, before, text};
use super::token::{Token, number_word};
use crate::model::date::PartialDate;

/// A date's core: without the words before it.
pub(super) struct Core {
    pub(super) year: i32,
    pub(super) period: String,
    pub(super) fiscal: bool,
    pub(super) relative: bool,
    /// Set where the words themselves say how it is put.
    pub(super) role: Option<Op>,
    pub(super) start: usize,
    pub(super) end: usize,
}

fn decade_end(year: i32) -> i32 {
    year / 10 * 10 + 10
}

pub(super) fn relative(tokens: &[Token<'_>], at: usize, said: Option<i32>) -> Option<Core> {
    let word = |ahead: usize| text(tokens, at + ahead);
    let core = |year: i32, length: usize, role| {
        // a statement of the year 1 has no decade that a record could hold
        (1900..2200).contains(&year).then(|| Core {
            year,
            period: year.to_string(),
            fiscal: false,
            relative: true,
            role,
            start: at,
            end: at + length,
        })
    };
    let article = |ahead: usize| matches!(word(ahead), "the" | "this" | "our");
    match word(0) {
        "end" if word(1) == "of" && word(2) == "decade" => core(decade_end(said?), 3, None),
        "end" if word(1) == "of" && article(2) && word(3) == "decade" => core(decade_end(said?), 4, None),
        "end" if word(1) == "of" && article(2) && word(3) == "century" => core(2100, 4, None),
        "end" if word(1) == "of" && article(2) && word(3) == "year" && word(4).parse::<i32>().is_err() => {
            core(said?, 4, None)
        }
        "year" if word(1) == "end" && before(tokens, at, 1) == "by" && word(2).parse::<i32>().is_err() => {
            core(said?, 2, None)
        }
        "turn" if word(1) == "of" && article(2) && word(3) == "decade" => core(decade_end(said?), 4, None),
        "this" if word(1) == "year" && this_year(tokens, at) => core(said?, 2, Some(Op::By)),
        "next" if word(1) == "year" => core(said? + 1, 2, None),
        "mid" if word(1) == "century" => core(2050, 2, Some(Op::Around)),
        "midcentury" => core(2050, 1, Some(Op::Around)),
        "middle" if word(1) == "of" && article(2) && word(3) == "century" => core(2050, 4, Some(Op::Around)),
        "middle" if word(1) == "of" && article(2) && word(3) == "decade" => {
            core(decade_end(said?) - 5, 4, Some(Op::Around))
        }
        "decade" if word(1) == "'s" && word(2) == "end" => core(decade_end(said?), 3, None),
        "decade" if word(1) == "is" && matches!(word(2), "out" | "over") => core(decade_end(said?), 3, None),
        "decade" if matches!(before(tokens, at, 1), "this" | "current") => core(decade_end(said?), 1, Some(Op::By)),
        "within" | "in" | "over" | "during" => span(tokens, at, said),
        _ => None,
    }
}

/// "by this year", "to end the trade this year": a day to come, not the year of what was done.
fn this_year(tokens: &[Token<'_>], at: usize) -> bool {
    let last = matches!(text(tokens, at + 2), "" | ".");
    let ends = |word: &str| matches!(word, "end" | "ending" | "stop" | "halt" | "cease");
    let to_end = || (at.saturating_sub(10)..at).any(|at| ends(text(tokens, at)) && before(tokens, at, 1) == "to");
    before(tokens, at, 1) == "by" || (last && to_end())
}

/// "within five years", "over the next decade".
fn span(tokens: &[Token<'_>], at: usize, said: Option<i32>) -> Option<Core> {
    let mut next = at + 1;
    let within = text(tokens, at) == "within";
    let mut ahead = false;
    while matches!(text(tokens, next), "the" | "next" | "coming" | "just" | "another") {
        ahead |= matches!(text(tokens, next), "next" | "coming");
        next += 1;
    }
    let unnamed = !within && !ahead && matches!(text(tokens, at), "over" | "during");
    let count = match tokens.get(next)? {
        token if token.is("a") || token.is("one") => 1,
        token if token.is("decade") => {
            next -= 1;
            1
        }
        token => i32::try_from(number_word(token.text).or_else(|| token.raw.parse().ok())?).ok()?,
    };
    let years = match text(tokens, next + 1) {
        "years" | "year" => count,
        "decade" | "decades" => count * 10,
        _ => return None,
    };
    // "$4 billion over ten years" is time to come, "over five years ago" is past
    let paid = (at.saturating_sub(9)..at).any(|at| {
        matches!(text(tokens, at), "$" | "€" | "£" | "million" | "billion" | "trillion" | "dollars" | "euros")
    });
    if unnamed && (!paid || count < 2 || matches!(text(tokens, next + 2), "ago" | "old" | "earlier" | "of" | "to")) {
        return None;
    }
    let year = said?.checked_add(years).filter(|year| (1900..2200).contains(year))?;
    Some(Core {
        year,
        period: year.to_string(),
        fiscal: false,
        relative: true,
        role: Some(if within || ahead { Op::By } else { Op::In }),
        start: at,
        end: next + 2,
    })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_number(word: &str) -> Option<usize> {
    MONTHS.iter().position(|month| *month == word || (word.len() == 3 && month.starts_with(word))).map(|at| at + 1)
}

/// A month, quarter or half of a year, or a day.
pub(super) fn month(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let word = |ahead: usize| text(tokens, at + ahead);
    let year = |ahead: usize| tokens.get(at + ahead).and_then(Token::year);
    let day = |ahead: usize| word(ahead).parse::<u32>().ok().filter(|day| (1..=31).contains(day));
    let skip = |ahead: usize| ahead + usize::from(matches!(word(ahead), "," | "of" | "th" | "st"));
    let core = |year: i32, period: String, length: usize| {
        (PartialDate::parse(&period).is_some() || period.contains(['Q', 'H'])).then_some(())?;
        Some(Core { year, period, fiscal: false, relative: false, role: None, start: at, end: at + length })
    };
    let named = tokens.get(at).is_some_and(|token| token.is_name() || token.number().is_some());
    if let Some(month) = Some(word(0)).filter(|_| named).and_then(month_number) {
        if let (Some(day), Some(on)) = (day(1), year(skip(2))) {
            return core(on, format!("{on:04}-{month:02}-{day:02}"), skip(2) + 1);
        }
        let on = year(skip(1))?;
        return core(on, format!("{on:04}-{month:02}"), skip(1) + 1);
    }
    let nth = usize::from(matches!(word(1), "st" | "nd" | "rd" | "th"));
    if let (Some(day), Some(month)) = (day(0), month_number(word(1 + nth))) {
        let on = year(2 + nth)?;
        return core(on, format!("{on:04}-{month:02}-{day:02}"), 3 + nth);
    }
    let part = match (word(0), word(1)) {
        ("q1" | "q2" | "q3" | "q4", _) => (word(0).to_uppercase(), 1),
        ("h1" | "h2", _) => (word(0).to_uppercase(), 1),
        ("first", "quarter") => ("Q1".into(), 2),
        ("second", "quarter") => ("Q2".into(), 2),
        ("third", "quarter") => ("Q3".into(), 2),
        ("fourth", "quarter") => ("Q4".into(), 2),
        ("first", "half") => ("H1".into(), 2),
        ("second", "half") => ("H2".into(), 2),
        _ => return None,
    };
    let on = year(skip(part.1))?;
    core(on, format!("{on:04}-{}", part.0), skip(part.1) + 1)
}

/// A year, a fiscal year, or the later end of two.
pub(super) fn year(tokens: &[Token<'_>], at: usize) -> Option<Core> {
    let token = tokens.get(at)?;
    let (year, fiscal) = match token.year() {
        Some(year) => (year, fiscal_before(tokens, at)),
        None if token.raw.len() == 2 && before(tokens, at, 1) == "fy" => (2000 + token.raw.parse::<i32>().ok()?, true),
        None => return None,
    };
    let adjacent = tokens.get(at + 1).filter(|next| next.start == token.end);
    if matches!(
        text(tokens, at + 1),
        "%" | "percent" | "tonnes" | "tons" | "mw" | "gw" | "trees" | "hectares" | "million"
    ) || matches!(before(tokens, at, 1), "$" | "€" | "£")
    {
        return None;
    }
    if adjacent.is_some_and(|next| next.is("s")) {
        let ahead = match before(tokens, at, 1) {
            "early" => 4,
            "mid" => 5,
            _ => 9,
        };
        let last = year + ahead;
        return (year % 10 == 0).then(|| Core {
            year: last,
            period: last.to_string(),
            fiscal: false,
            relative: false,
            role: None,
            start: at,
            end: at + 2,
        });
    }
    let mut end = at + 1;
    let mut last = year;
    if matches!(text(tokens, at + 1), "/" | "-") && adjacent.is_some() {
        let next = tokens.get(at + 2).filter(|next| next.start == tokens[at + 1].end);
        if let Some(later) = next.and_then(|next| {
            next.year().or_else(|| {
                (next.raw.len() == 2).then(|| next.raw.parse::<i32>().ok().map(|two| year / 100 * 100 + two))?
            })
        }) && later > year
        {
            (last, end) = (later, at + 3);
        }
    }
    Some(Core { year: last, period: last.to_string(), fiscal, relative: false, role: None, start: at, end })
}

fn fiscal_before(tokens: &[Token<'_>], at: usize) -> bool {
    (1..=3).any(|back| matches!(before(tokens, at, back), "fy" | "fiscal" | "financial"))
}
