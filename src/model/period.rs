//! The period grammar: `2030`, `2030-H1`, `2030-Q2`, `2030-06`, `2030-06-15`,
//! `FY2030`, `FY2030/31`.
//!
//! A period has a first and a last day; a value stands at the end of its
//! period. General date libraries read "2030" as 1 January, which is a year
//! off for a deadline, so the grammar is ours.

use chrono::{Datelike, NaiveDate};
use compact_str::CompactString;

use super::date::{day_of, digits, last_of_month};

/// The organisation's fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiscalYear {
    /// Month in which the fiscal year ends, 1 to 12.
    pub end_month: u32,
    /// Day on which it ends; 28 and 29 February both mean the last of February.
    pub end_day: u32,
    /// Whether `FY2030` is named by the year it starts or ends in.
    pub named_by: NamedBy,
}

super::words::words! {
    /// Which calendar year gives a fiscal year its name.
    NamedBy {
        /// Japan: FY2014 runs from April 2014 to March 2015.
        Start = "start",
        /// United States: FY2014 ends in 2014.
        End = "end",
    }
}

impl FiscalYear {
    /// The last day of the fiscal year that ends in calendar year `year`.
    #[must_use]
    pub fn end_in(self, year: i32) -> NaiveDate {
        let last = last_of_month(year, self.end_month);
        if self.end_month == 2 && self.end_day >= 28 {
            return last;
        }
        NaiveDate::from_ymd_opt(year, self.end_month, self.end_day).unwrap_or(last)
    }

    /// First and last day of the fiscal year that ends in calendar year `year`.
    #[must_use]
    pub fn ending_in(self, year: i32) -> (NaiveDate, NaiveDate) {
        let first = self.end_in(year - 1).succ_opt().unwrap_or(NaiveDate::MAX);
        (first, self.end_in(year))
    }

    /// First and last day of the fiscal year that holds `day`.
    #[must_use]
    pub fn holding(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let year = if day <= self.end_in(day.year()) { day.year() } else { day.year() + 1 };
        self.ending_in(year)
    }

    /// Whether the fiscal year is the calendar year.
    #[must_use]
    pub const fn is_calendar(self) -> bool {
        self.end_month == 12 && self.end_day == 31
    }

    fn named(self, year: i32) -> (NaiveDate, NaiveDate) {
        match self.named_by {
            NamedBy::Start if !self.is_calendar() => self.ending_in(year + 1),
            NamedBy::Start | NamedBy::End => self.ending_in(year),
        }
    }
}

/// A stretch of days that a figure or deadline is given for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Period {
    /// As written: `2030-Q2`.
    pub text: CompactString,
    /// First day.
    pub first: NaiveDate,
    /// Last day, inclusive; values stand here.
    pub last: NaiveDate,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// `FY…` without a `fiscal-year` of the organisation.
    #[error("`{0}` needs the organisation's fiscal year, which is not declared")]
    NoFiscalYear(String),
    /// Not in the grammar. Carries what would be right, where it can be told.
    #[error("`{text}` is not a period")]
    Grammar {
        /// The text that was read.
        text: String,
        /// What is probably meant, or the forms there are.
        hint: String,
    },
}

/// The forms, for messages.
pub const FORMS: &str = "write `2030`, `2030-H1`, `2030-Q2`, `2030-06`, `2030-06-15`, `FY2030` or `FY2030/31`";

impl Period {
    /// Reads a period; `fiscal` is the organisation's fiscal year, if declared.
    ///
    /// # Errors
    /// When the text is outside the grammar, names an impossible day, or is a
    /// fiscal year without a declared `fiscal` year.
    pub fn parse(text: &str, fiscal: Option<FiscalYear>) -> Result<Self, PeriodError> {
        let grammar = || PeriodError::Grammar { text: text.to_owned(), hint: hint(text) };
        if let Some(label) = text.strip_prefix("FY") {
            let (year, second) = fiscal_label(label).ok_or_else(grammar)?;
            let fiscal = fiscal.ok_or_else(|| PeriodError::NoFiscalYear(text.to_owned()))?;
            let (first, last) = match second {
                None => fiscal.named(year),
                // Both years are named, so `named-by` has nothing to say.
                Some(()) if fiscal.is_calendar() => return Err(grammar()),
                Some(()) => fiscal.ending_in(year + 1),
            };
            return Ok(Self { text: text.into(), first, last });
        }
        let (first, last) = calendar(text).ok_or_else(grammar)?;
        Ok(Self { text: text.into(), first, last })
    }

    /// Whether `day` lies within the period.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Length in days.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether it spans a whole year, calendar or fiscal.
    #[must_use]
    pub fn is_year(&self) -> bool {
        (365..=366).contains(&self.days())
    }

    /// First and last day alike: the same stretch of time, however written.
    #[must_use]
    pub fn same_days(&self, other: &Self) -> bool {
        self.first == other.first && self.last == other.last
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

fn year_of(text: &str) -> Option<i32> {
    let year = i32::try_from(digits(text, 4)?).ok()?;
    // Fiscal years reach into the next calendar year, which has four digits, too.
    (1..=9998).contains(&year).then_some(year)
}

fn calendar(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let year = year_of(text.get(..4)?)?;
    let rest = &text[4..];
    if rest.is_empty() {
        return Some((day_of(year, 1, 1), day_of(year, 12, 31)));
    }
    let rest = rest.strip_prefix('-')?;
    let part = |number: &str, parts: u32| -> Option<(NaiveDate, NaiveDate)> {
        let number = digits(number, 1)?;
        let months = 12 / parts;
        (1..=parts)
            .contains(&number)
            .then(|| (day_of(year, (number - 1) * months + 1, 1), last_of_month(year, number * months)))
    };
    if let Some(number) = rest.strip_prefix('H') {
        return part(number, 2);
    }
    if let Some(number) = rest.strip_prefix('Q') {
        return part(number, 4);
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    let month = digits(month, 2)?;
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    match day {
        None => Some((first, last_of_month(year, month))),
        Some(day) => {
            let day = NaiveDate::from_ymd_opt(year, month, digits(day, 2)?)?;
            Some((day, day))
        }
    }
}

/// The year of `2030` or `2030/31`; the second part must be the next year.
fn fiscal_label(label: &str) -> Option<(i32, Option<()>)> {
    match label.split_once('/') {
        None => Some((year_of(label)?, None)),
        Some((first, second)) => {
            let year = year_of(first)?;
            let next = match second.len() {
                2 => i32::try_from(digits(second, 2)?).ok()? == (year + 1) % 100,
                4 => year_of(second)? == year + 1,
                _ => false,
            };
            next.then_some((year, Some(())))
        }
    }
}

fn hint(text: &str) -> String {
    let trimmed = text.trim();
    let years: Vec<&str> =
        trimmed.split([',', ';', ' ']).map(str::trim).filter(|part| year_of(part).is_some()).collect();
    if years.len() > 1 {
        return format!(
            "one period only: give each of {} an entry of its own",
            years.iter().map(|y| format!("`{y}`")).collect::<Vec<_>>().join(", ")
        );
    }
    let upper = trimmed.to_uppercase();
    let tail: String = upper.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    let candidates =
        [trimmed.to_owned(), upper.clone(), upper.replace(' ', "-"), upper.replace('/', "-"), format!("FY{tail}")];
    let fiscal = Some(FiscalYear { end_month: 6, end_day: 30, named_by: NamedBy::End });
    let valid = |candidate: &String| {
        candidate != text
            && (calendar(candidate).is_some() || candidate.strip_prefix("FY").and_then(fiscal_label).is_some())
            && fiscal.is_some()
    };
    if upper.starts_with('F') && !upper.starts_with("FY") && fiscal_label(&tail).is_some() {
        return format!("write `FY{tail}` for the fiscal year or `{}` for the calendar year", &tail[..4]);
    }
    candidates
        .iter()
        .find(|candidate| valid(candidate))
        .map_or_else(|| FORMS.to_owned(), |candidate| format!("write `{candidate}`"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const JAPAN: FiscalYear = FiscalYear { end_month: 3, end_day: 31, named_by: NamedBy::Start };
    const AMERICA: FiscalYear = FiscalYear { end_month: 9, end_day: 30, named_by: NamedBy::End };

    #[test]
    fn every_form_has_its_days() {
        for (text, fiscal, first, last) in [
            ("2030", None, "2030-01-01", "2030-12-31"),
            ("2030-H1", None, "2030-01-01", "2030-06-30"),
            ("2030-H2", None, "2030-07-01", "2030-12-31"),
            ("2030-Q2", None, "2030-04-01", "2030-06-30"),
            ("2024-02", None, "2024-02-01", "2024-02-29"),
            ("2030-06-15", None, "2030-06-15", "2030-06-15"),
            ("FY2014", Some(JAPAN), "2014-04-01", "2015-03-31"),
            ("FY2014/15", Some(JAPAN), "2014-04-01", "2015-03-31"),
            ("FY2014", Some(AMERICA), "2013-10-01", "2014-09-30"),
            ("FY2014/15", Some(AMERICA), "2014-10-01", "2015-09-30"),
            ("FY2030/2031", Some(JAPAN), "2030-04-01", "2031-03-31"),
            ("FY1999/00", Some(JAPAN), "1999-04-01", "2000-03-31"),
        ] {
            let period = Period::parse(text, fiscal).unwrap();
            assert_eq!((period.first.to_string().as_str(), period.last.to_string().as_str()), (first, last), "{text}");
        }
    }

    #[test]
    fn february_ends_on_its_last_day() {
        let fiscal = FiscalYear { end_month: 2, end_day: 28, named_by: NamedBy::End };
        assert_eq!(fiscal.end_in(2024).to_string(), "2024-02-29");
        assert_eq!(fiscal.holding(day_of(2024, 3, 1)), fiscal.ending_in(2025));
    }

    #[test]
    fn refuses_with_a_hint() {
        for (text, hint) in [
            ("F2030", "write `FY2030` for the fiscal year or `2030` for the calendar year"),
            ("2024, 2030", "one period only: give each of `2024`, `2030` an entry of its own"),
            ("2030 Q2", "write `2030-Q2`"),
            ("2030-q2", "write `2030-Q2`"),
            ("fy2030", "write `FY2030`"),
            ("2030-Q5", FORMS),
            ("2023-02-29", FORMS),
            ("2030/31", "write `FY2030/31`"),
            ("", FORMS),
            ("ÄÖ", FORMS),
        ] {
            match Period::parse(text, Some(JAPAN)) {
                Err(PeriodError::Grammar { hint: found, .. }) => assert_eq!(found, hint, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(Period::parse("FY2030", None), Err(PeriodError::NoFiscalYear("FY2030".into())));
        assert!(Period::parse("FY2030/32", Some(JAPAN)).is_err());
    }
}
