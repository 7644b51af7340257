//! Lengths of time in calendar units: `12 months`, `180 days`.

use chrono::{Days, Months, NaiveDate};

/// A length of time that is added to a date: whole months first, then days.
/// Months clamp to the end of a shorter month (31 January + 1 month is the
/// last of February).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// Whole months, 0 or more.
    pub months: u32,
    /// Further days, 0 or more.
    pub days: u32,
}

/// Longest span accepted, in months; keeps date arithmetic in range.
const MAX_MONTHS: u32 = 12 * 1000;

impl Span {
    /// A span of whole months.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// A span of days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// Reads `N day(s)`, `N week(s)`, `N month(s)`, `N quarter(s)`, `N year(s)`,
    /// also short as `180d`, `8w`, `6m`, `2y`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let count: u32 = text[..split].parse().ok()?;
        let span = match text[split..].trim_start() {
            "d" | "day" | "days" => Self::days(count),
            "w" | "week" | "weeks" => Self::days(count.checked_mul(7)?),
            "m" | "month" | "months" => Self::months(count),
            "quarter" | "quarters" => Self::months(count.checked_mul(3)?),
            "y" | "year" | "years" => Self::months(count.checked_mul(12)?),
            _ => return None,
        };
        (span.months <= MAX_MONTHS && span.days <= MAX_MONTHS * 31).then_some(span)
    }

    /// Two spans one after the other.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { months: self.months.saturating_add(other.months), days: self.days.saturating_add(other.days) }
    }

    /// The span twice.
    #[must_use]
    pub const fn twice(self) -> Self {
        self.plus(self)
    }

    /// The day that lies this span after `day`; the last day of the calendar
    /// where it would run past it.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        day.checked_add_months(Months::new(self.months))
            .and_then(|day| day.checked_add_days(Days::new(u64::from(self.days))))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = |n: u32, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let text = match (self.months, self.days) {
            (0, days) => unit(days, "day"),
            (months, 0) => unit(months, "month"),
            (months, days) => format!("{} {}", unit(months, "month"), unit(days, "day")),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::date::day_of;
    use super::*;

    #[test]
    fn reads_units_and_clamps_months() {
        assert_eq!(Span::parse("12 months"), Some(Span::months(12)));
        assert_eq!(Span::parse("1 year"), Some(Span::months(12)));
        assert_eq!(Span::parse("180 days"), Some(Span::days(180)));
        assert_eq!(Span::parse("180d"), Some(Span::days(180)));
        for text in ["", "months", "12", "-3 days", "1.5 years", "12 fortnights", "99999999999 days"] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
        assert_eq!(Span::months(1).after(day_of(2023, 1, 31)), day_of(2023, 2, 28));
        assert_eq!(Span::months(12).after(day_of(2024, 2, 29)), day_of(2025, 2, 28));
    }
}
