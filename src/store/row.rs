//! Values bound to a statement one after the other, without copies where the
//! text stands already.

use chrono::{Datelike, NaiveDate};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Result};
use serde::ser::{Serialize, Serializer};

use crate::model::date::PartialDate;

/// The parameters of a statement, bound in order.
pub(super) struct Row<'s, 'c> {
    statement: &'s mut CachedStatement<'c>,
    next: usize,
}

impl<'s, 'c> Row<'s, 'c> {
    /// Begins with the first parameter.
    pub(super) const fn of(statement: &'s mut CachedStatement<'c>) -> Self {
        Self { statement, next: 1 }
    }

    /// Binds the next parameter.
    pub(super) fn put(&mut self, value: impl ToSql) -> Result<&mut Self> {
        self.statement.raw_bind_parameter(self.next, value)?;
        self.next += 1;
        Ok(self)
    }

    /// Runs the statement, of which every parameter was bound.
    pub(super) fn run(self) -> Result<()> {
        debug_assert_eq!(self.next, self.statement.parameter_count() + 1, "a parameter was not bound");
        self.statement.raw_execute().map(|_| ())
    }
}

/// A date as ISO 8601 text.
pub(super) enum Iso {
    /// Four digits of the year, and as much more as is known.
    Short([u8; 10], usize),
    /// A year of more digits.
    Long(String),
}

impl Iso {
    /// A whole day.
    pub(super) fn day(day: NaiveDate) -> Self {
        match Self::parts(day.year(), day.month(), day.day(), 10) {
            Some(short) => short,
            None => Self::Long(day.to_string()),
        }
    }

    /// Year, month or day.
    pub(super) fn date(date: PartialDate) -> Self {
        let short = match date {
            PartialDate::Year(year) => Self::parts(year, 0, 0, 4),
            PartialDate::Month(year, month) => Self::parts(year, month, 0, 7),
            PartialDate::Day(day) => return Self::day(day),
        };
        short.unwrap_or_else(|| Self::Long(date.to_string()))
    }

    fn as_str(&self) -> &str {
        match self {
            // Digits and dashes are ASCII.
            Self::Short(text, length) => std::str::from_utf8(&text[..*length]).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }

    fn parts(year: i32, month: u32, day: u32, length: usize) -> Option<Self> {
        let year = u32::try_from(year).ok().filter(|year| *year <= 9999)?;
        // A number below ten is one ASCII digit.
        let digit = |number: u32, unit: u32| b'0' + (number / unit % 10) as u8;
        let text = [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ];
        Some(Self::Short(text, length))
    }
}

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl ToSql for Iso {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_str().as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_they_print() {
        let days = [(1, 1, 1), (2024, 2, 29), (2030, 12, 31), (9999, 10, 9), (12_345, 1, 2)];
        let days = days.into_iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        for day in days.chain([NaiveDate::MAX]) {
            let all =
                [PartialDate::Day(day), PartialDate::Year(day.year()), PartialDate::Month(day.year(), day.month())];
            for date in all {
                let iso = Iso::date(date);
                let text = iso.to_sql().map(|text| text == ToSqlOutput::from(date.to_string().as_str()));
                assert!(matches!(text, Ok(true)), "{date}");
            }
        }
    }
}
