//! Dates known to the year, the month or the day.

use chrono::{Datelike, Months, NaiveDate};

/// A calendar date as precise as its source gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// `2023`
    Year(i32),
    /// `2023-04`
    Month(i32, u32),
    /// `2023-04-08`
    Day(NaiveDate),
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for anything else,
    /// impossible days included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let year = i32::try_from(digits(text.get(..4)?, 4)?).ok()?;
        let Some(month) = part(text, 4) else { return (text.len() == 4 && year > 0).then_some(Self::Year(year)) };
        let Some(day) = part(text, 7) else {
            let is_month = text.len() == 7 && (1..=12).contains(&month);
            return is_month.then_some(Self::Month(year, month));
        };
        if text.len() == 10 { NaiveDate::from_ymd_opt(year, month, day).map(Self::Day) } else { None }
    }

    /// The first day it may mean.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        match self {
            Self::Year(year) => day_of(year, 1, 1),
            Self::Month(year, month) => day_of(year, month, 1),
            Self::Day(day) => day,
        }
    }

    /// The last day it may mean; a date counts from here (design §3).
    #[must_use]
    pub fn last(self) -> NaiveDate {
        match self {
            Self::Year(year) => day_of(year, 12, 31),
            Self::Month(year, month) => last_of_month(year, month),
            Self::Day(day) => day,
        }
    }
}

/// Appends a day as `2030-12-31`; lists write very many of them.
pub fn put_day(day: NaiveDate, out: &mut String) {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    if !(0..=9_999).contains(&year) {
        out.push_str(&day.to_string());
        return;
    }
    // A number below ten is one ASCII digit.
    let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
    let year = year.unsigned_abs();
    out.extend([digit(year / 1_000), digit(year / 100), digit(year / 10), digit(year), '-']);
    out.extend([digit(month / 10), digit(month), '-', digit(of_month / 10), digit(of_month)]);
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// The number behind the `-` at `at`, in two digits.
fn part(text: &str, at: usize) -> Option<u32> {
    let number = text.get(at..at + 3)?.strip_prefix('-')?;
    digits(number, 2)
}

/// The number written in exactly `width` ASCII digits.
#[must_use]
pub fn digits(text: &str, width: usize) -> Option<u32> {
    if text.len() != width {
        return None;
    }
    let digit = |b: u8| b.is_ascii_digit().then(|| u32::from(b - b'0'));
    text.bytes().try_fold(0_u32, |number, b| number.checked_mul(10)?.checked_add(digit(b)?))
}

/// A day from parts already known to be valid; the first of the year otherwise.
#[must_use]
pub fn day_of(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The last day of a month.
#[must_use]
pub fn last_of_month(year: i32, month: u32) -> NaiveDate {
    day_of(year, month, 1).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or_default()
}

/// Position of a day in years, actual/actual: year + (day of year)/(days in
/// year). The last day of 2024 is 2025.0, so spans of whole years are whole.
#[must_use]
pub fn position(day: NaiveDate) -> f64 {
    let length = if day.leap_year() { 366.0 } else { 365.0 };
    f64::from(day.year()) + f64::from(day.ordinal()) / length
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn reads_three_precisions_and_nothing_else() {
        for (text, first, last) in [
            ("2023", "2023-01-01", "2023-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023-04-08", "2023-04-08", "2023-04-08"),
        ] {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.first().to_string(), first);
            assert_eq!(date.last().to_string(), last);
            assert_eq!(date.to_string(), text);
        }
        for text in
            ["", "23", "02023", "2023-13", "2023-02-29", "2023-2-1", "2023-04-08T00:00:00", "2023-", "0000", "２０２３"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    #[allow(clippy::float_cmp, reason = "whole years are exact")]
    fn year_ends_are_whole_positions() {
        assert_eq!(position(day_of(2024, 12, 31)), 2025.0);
        assert_eq!(position(day_of(2023, 12, 31)), 2024.0);
        assert_eq!(position(day_of(2023, 7, 2)), 2023.0 + 183.0 / 365.0);
    }
}
