//! The deadline grammar: a period, `by …`, `end of …`, `before …` or `none`.

use chrono::NaiveDate;

use super::period::{FiscalYear, Period, PeriodError};

/// The last day, inclusive, on which keeping the promise is still in time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// As written: `before 2060`.
    pub text: String,
    /// The last day in time; `None` for a promise without a deadline.
    pub day: Option<NaiveDate>,
}

impl Deadline {
    /// Reads a deadline. `by` and `end of` change nothing (the last day of the
    /// period counts); `before` is the day before the period begins.
    ///
    /// # Errors
    /// When what follows the words is not a period.
    pub fn parse(text: &str, fiscal: Option<FiscalYear>) -> Result<Self, PeriodError> {
        let written = text.to_owned();
        if text == "none" {
            return Ok(Self { text: written, day: None });
        }
        if let Some(period) = text.strip_prefix("before ") {
            let day = Period::parse(period, fiscal)?.first.pred_opt();
            return Ok(Self { text: written, day });
        }
        let period = text.strip_prefix("by ").unwrap_or(text);
        let period = period.strip_prefix("the ").unwrap_or(period);
        let period = period.strip_prefix("end of ").unwrap_or(period);
        let day = Period::parse(period, fiscal).map_err(|error| with_deadline_forms(error, text))?.last;
        Ok(Self { text: written, day: Some(day) })
    }

    /// The words of the text that made the day what it is, for explanations.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        if self.day.is_none() {
            "no deadline was named"
        } else if self.text.starts_with("before ") {
            "`before` a period means the day before it begins"
        } else {
            "the last day of the period counts"
        }
    }
}

impl std::fmt::Display for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

fn with_deadline_forms(error: PeriodError, text: &str) -> PeriodError {
    match error {
        PeriodError::Grammar { hint, .. } if hint == super::period::FORMS => PeriodError::Grammar {
            text: text.to_owned(),
            hint: "write a period such as `2030`, `2030-06` or `FY2030`, with `by`, `before` or `end of` in front where the promise says so, or `none`".into(),
        },
        PeriodError::Grammar { hint, .. } if hint.starts_with("one period only") => PeriodError::Grammar {
            text: text.to_owned(),
            hint: "one deadline only: a goal with several dates has the last one as its deadline and the earlier ones as `milestones`".into(),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_last_day_counts() {
        for (text, day) in [
            ("2030", "2030-12-31"),
            ("by 2030", "2030-12-31"),
            ("end of 2030", "2030-12-31"),
            ("by end of 2030", "2030-12-31"),
            ("by the end of 2030-06", "2030-06-30"),
            ("before 2060", "2059-12-31"),
            ("before 2030-Q2", "2030-03-31"),
            ("2030-06-15", "2030-06-15"),
        ] {
            assert_eq!(Deadline::parse(text, None).unwrap().day.unwrap().to_string(), day, "{text}");
        }
        assert_eq!(Deadline::parse("none", None).unwrap().day, None);
        for text in ["", "None", "2030, 2040", "F2030", "before", "by ", "in 2030", "2030 "] {
            assert!(Deadline::parse(text, None).is_err(), "{text}");
        }
    }
}
