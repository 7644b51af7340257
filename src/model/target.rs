//! What is to be reached, and in which direction.

use rust_decimal::Decimal;

use super::date::PartialDate;
use super::number::Number;

super::words::words! {
    /// The forms a target can take, named by their TOML key.
    TargetForm {
        AtMost = "at-most",
        AtLeast = "at-least",
        ReduceByPercent = "reduce-by-percent",
        IncreaseByPercent = "increase-by-percent",
        KeepAtMost = "keep-at-most",
        KeepAtLeast = "keep-at-least",
        Done = "done",
    }
}

/// The good direction of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Lower is better.
    Down,
    /// Higher is better.
    Up,
}

/// One target: a form and, but for `done`, its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The form.
    pub form: TargetForm,
    /// The number in the metric's unit, or per cent for the percent forms;
    /// `None` for `done` only.
    pub number: Option<Number>,
    /// First day from which a `keep-…` target counts; `None` is the statement.
    pub from: Option<PartialDate>,
}

impl TargetForm {
    /// Whether the number is a change in per cent of the baseline.
    #[must_use]
    pub const fn is_percent(self) -> bool {
        matches!(self, Self::ReduceByPercent | Self::IncreaseByPercent)
    }

    /// Whether every period has to meet it.
    #[must_use]
    pub const fn is_keep(self) -> bool {
        matches!(self, Self::KeepAtMost | Self::KeepAtLeast)
    }

    /// The good direction; `None` for `done`.
    #[must_use]
    pub const fn direction(self) -> Option<Direction> {
        match self {
            Self::AtMost | Self::ReduceByPercent | Self::KeepAtMost => Some(Direction::Down),
            Self::AtLeast | Self::IncreaseByPercent | Self::KeepAtLeast => Some(Direction::Up),
            Self::Done => None,
        }
    }
}

impl Target {
    /// The level to reach in the metric's unit. The percent forms are taken of
    /// `baseline`; `None` without one, for `done`, or where the product is not
    /// exact in 28 digits.
    #[must_use]
    pub fn level(&self, baseline: Option<Decimal>) -> Option<Decimal> {
        let number = self.number.as_ref()?.value;
        let hundred = Decimal::ONE_HUNDRED;
        match self.form {
            TargetForm::ReduceByPercent => baseline?.checked_mul(hundred.checked_sub(number)?)?.checked_div(hundred),
            TargetForm::IncreaseByPercent => baseline?.checked_mul(hundred.checked_add(number)?)?.checked_div(hundred),
            TargetForm::Done => None,
            _ => Some(number),
        }
    }

    /// As words: `at most 50`, `reduce by 40 %`, `done`.
    #[must_use]
    pub fn words(&self) -> String {
        let number = self.number.as_ref().map_or("", |number| number.text.as_str());
        match self.form {
            TargetForm::AtMost => format!("at most {number}"),
            TargetForm::AtLeast => format!("at least {number}"),
            TargetForm::ReduceByPercent => format!("reduce by {number} %"),
            TargetForm::IncreaseByPercent => format!("increase by {number} %"),
            TargetForm::KeepAtMost => format!("keep at most {number}"),
            TargetForm::KeepAtLeast => format!("keep at least {number}"),
            TargetForm::Done => "done".to_owned(),
        }
    }
}
