//! What a row says, in words and numbers that every format shares.

use chrono::NaiveDate;

use super::Row;
use crate::assess::{Flag, Judgement, Status};
use crate::model::date::put_day;
use crate::model::figure::Bound;
use crate::model::period::Period;
use crate::model::target::TargetForm;
use crate::model::unit::Unit;

/// How a status is marked beside its word; colour follows the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Kept or on the way.
    Good,
    /// Behind, or late.
    Warn,
    /// Broken or failing.
    Bad,
    /// Nothing known.
    Unknown,
    /// Nothing to judge.
    Neutral,
}

impl Mark {
    /// The mark of a status.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Kept | Status::Met | Status::OnTrack => Self::Good,
            Status::AtRisk | Status::KeptLate => Self::Warn,
            Status::Overdue | Status::Missed | Status::Regressing | Status::OffTrack | Status::Withdrawn => Self::Bad,
            Status::Silent | Status::NoData => Self::Unknown,
            Status::Superseded | Status::TooEarly | Status::Open => Self::Neutral,
        }
    }

    /// One character, readable without colour.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Warn => "!",
            Self::Bad => "✗",
            Self::Unknown => "?",
            Self::Neutral => "·",
        }
    }
}

/// The cells of a row as text without any markup.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Mark of the status.
    pub mark: Mark,
    /// The status.
    pub status: &'static str,
    /// The status by the terms first promised, where both were asked for.
    pub status_first: Option<&'static str>,
    /// Progress, a fraction, where it is known.
    pub progress: Option<f64>,
    /// Progress expected at the time of the latest value, a fraction.
    pub expected: Option<f64>,
    /// `11 %`.
    pub progress_text: String,
    /// V/T as `26 %`, for shares where it differs from progress by more than 5
    /// points.
    pub share_of_target: Option<String>,
    /// `23.39 %` in the metric's unit, at the time of the latest value.
    pub expected_value: String,
    /// `0.498`.
    pub pace: String,
    /// `12.4 % (2023)`.
    pub latest: String,
    /// `≥ 100 %`.
    pub target: String,
    /// `2030-12-31`.
    pub deadline: String,
    /// `1 500 days left`, `12 days over`.
    pub left: String,
    /// `2.9 years old`.
    pub age: String,
    /// Flags in the order of the documentation.
    pub flags: Vec<&'static str>,
}

/// What stands where nothing is known.
const NOTHING: &str = "–";

impl Cells {
    /// The cells of a row.
    #[must_use]
    pub fn of(row: &Row) -> Self {
        let status_first = row.status_first.map(Status::name);
        Self { status_first, ..Self::of_judgement(&row.judgement, row.unit.as_ref()) }
    }

    /// The cells of a judgement, by the terms it was made by.
    #[must_use]
    pub fn of_judgement(judgement: &Judgement, unit: Option<&Unit>) -> Self {
        let unit = unit.map_or("", |unit| unit.text.as_str());
        let numbers = &judgement.numbers;
        Self {
            mark: Mark::of(judgement.status),
            status: judgement.status.name(),
            status_first: None,
            progress: numbers.progress,
            expected: numbers.expected,
            progress_text: numbers.progress.map_or_else(|| NOTHING.to_owned(), percent),
            share_of_target: numbers.share_of_target.map(percent),
            expected_value: numbers
                .expected_value
                .map_or_else(|| NOTHING.to_owned(), |value| with_unit(&significant(value), unit)),
            pace: numbers.pace.map_or_else(|| NOTHING.to_owned(), |pace| format!("{pace:.3}")),
            latest: latest(judgement, unit),
            target: target(judgement, unit),
            deadline: day_words(judgement.deadline),
            left: left_words(judgement.status, judgement.days_left),
            age: age_words(judgement.data_age_days),
            flags: judgement.flags.iter().map(|flag| Flag::name(*flag)).collect(),
        }
    }
}

impl Cells {
    /// ` (first: missed)` where both versions were asked for and differ.
    #[must_use]
    pub fn first_words(&self) -> String {
        match self.status_first {
            Some(first) if first != self.status => format!(" (first: {first})"),
            _ => String::new(),
        }
    }
}

/// A deadline as `2030-12-31`.
fn day_words(deadline: Option<NaiveDate>) -> String {
    made(|out| put_day_words(deadline, out))
}

/// Appends a deadline as `2030-12-31`.
pub fn put_day_words(deadline: Option<NaiveDate>, out: &mut String) {
    match deadline {
        Some(day) => put_day(day, out),
        None => out.push_str("none"),
    }
}

fn made(put: impl FnOnce(&mut String)) -> String {
    let mut text = String::new();
    put(&mut text);
    text
}

/// A fraction in whole per cent; below 10 % with one digit more.
fn percent(fraction: f64) -> String {
    let percent = fraction * 100.0;
    if percent.abs() < 10.0 && percent != percent.round() {
        format!("{percent:.1} %")
    } else {
        format!("{} %", whole(percent))
    }
}

fn whole(value: f64) -> String {
    let text = format!("{value:.0}");
    if text == "-0" { "0".to_owned() } else { grouped(&text) }
}

/// Four significant digits or all digits before the point, without trailing
/// zeros; whole thousands apart.
#[must_use]
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{}", if value == 0.0 { 0.0 } else { value });
    }
    let magnitude = value.abs().log10().floor();
    if !(-7.0..15.0).contains(&magnitude) {
        return format!("{value:.3e}");
    }
    let digits = usize::try_from((3.0 - magnitude) as i64).unwrap_or(0);
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(text)
}

/// A written number with its thousands apart: `5871780.7` is `5 871 780.7`.
/// Four digits stay together.
#[must_use]
pub fn grouped(number: &str) -> String {
    let start = number.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let end = number[start..].find(|c: char| !c.is_ascii_digit()).map_or(number.len(), |end| start + end);
    let digits = &number[start..end];
    if digits.len() < 5 {
        return number.to_owned();
    }
    let mut out = number[..start].to_owned();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            // A no-break space: a table must not wrap inside a number.
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out + &number[end..]
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

fn latest(judgement: &Judgement, unit: &str) -> String {
    let Some(point) = &judgement.latest else {
        let said = |(period, done): &(Period, bool)| format!("{} ({period})", if *done { "done" } else { "not done" });
        return judgement.disclosed.as_ref().map_or_else(|| NOTHING.to_owned(), said);
    };
    let sign = match point.bound {
        None => "",
        Some(Bound::AtMost) => "≤ ",
        Some(Bound::AtLeast) => "≥ ",
        Some(Bound::Below) => "< ",
        Some(Bound::Above) => "> ",
        Some(Bound::About) => "≈ ",
    };
    let written = point.written.as_ref().filter(|number| number.value == point.amount && number.text.len() < 18);
    let number = written.map_or_else(|| point.amount.normalize().to_string(), |number| number.text.replace('_', ""));
    format!("{sign}{} ({})", with_unit(&grouped(&number), unit), point.period)
}

fn target(judgement: &Judgement, unit: &str) -> String {
    let target = &judgement.target;
    let number = target.number.as_ref().map_or(String::new(), |number| grouped(&number.text.replace('_', "")));
    match target.form {
        TargetForm::AtMost => format!("≤ {}", with_unit(&number, unit)),
        TargetForm::AtLeast => format!("≥ {}", with_unit(&number, unit)),
        TargetForm::KeepAtMost => format!("keep ≤ {}", with_unit(&number, unit)),
        TargetForm::KeepAtLeast => format!("keep ≥ {}", with_unit(&number, unit)),
        TargetForm::ReduceByPercent => level(format!("−{number} %"), judgement, unit),
        TargetForm::IncreaseByPercent => level(format!("+{number} %"), judgement, unit),
        TargetForm::Done => "done".to_owned(),
    }
}

/// A change in per cent with the level it comes to, where that is known.
fn level(change: String, judgement: &Judgement, unit: &str) -> String {
    match judgement.target_value {
        Some(value) => format!("{change} = {}", with_unit(&significant(value), unit)),
        None => change,
    }
}

/// `1 500 days left`, `12 days overdue`; empty without a deadline.
fn left_words(status: Status, days_left: Option<i64>) -> String {
    made(|out| put_left_words(status, days_left, out))
}

/// Appends `1 500 days left`, `12 days overdue`; nothing without a deadline.
pub fn put_left_words(status: Status, days_left: Option<i64>, out: &mut String) {
    let Some(days) = days_left else { return };
    if days == 0 {
        out.push_str("last day");
        return;
    }
    let count = days.unsigned_abs();
    if count >= 1_000 {
        // With thousands apart, from four digits on: they are read, not compared.
        put_number(count / 1_000, 1, out);
        out.push(' ');
        put_number(count % 1_000, 3, out);
    } else {
        put_number(count, 1, out);
    }
    out.push_str(if days == 1 || days == -1 { " day " } else { " days " });
    out.push_str(match status {
        _ if days > 0 => "left",
        Status::Overdue => "overdue",
        _ => "ago",
    });
}

/// A number with so many digits at least.
fn put_number(number: u64, digits: usize, out: &mut String) {
    let mut text = [b'0'; 20];
    let (mut rest, mut start) = (number, text.len());
    while rest > 0 || text.len() - start < digits {
        start -= 1;
        // A number below ten is one ASCII digit.
        text[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend(text[start..].iter().map(|digit| char::from(*digit)));
}

/// `2.9 years old`; a dash where there is no value.
fn age_words(days: Option<i64>) -> String {
    made(|out| put_age_words(days, out))
}

/// Appends `2.9 years old`; a dash where there is no value.
pub fn put_age_words(days: Option<i64>, out: &mut String) {
    let Some(days) = days else {
        out.push_str(NOTHING);
        return;
    };
    let count = days.unsigned_abs();
    match days {
        // From a day that is still to come, a value of the year that runs.
        ..0 => out.push_str(&format!("{days} days old")),
        1 => out.push_str("1 day old"),
        0..60 => {
            put_number(count, 1, out);
            out.push_str(" days old");
        }
        60..730 => {
            put_number(count * 12 / 365, 1, out);
            out.push_str(" months old");
        }
        _ => {
            // Years of 365.25 days in tenths; no whole number of days lies halfway between two.
            let tenths = (count * 80 + 1_461) / 2_922;
            put_number(tenths / 10, 1, out);
            out.push('.');
            put_number(tenths % 10, 1, out);
            out.push_str(" years old");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_readable_and_exact_enough() {
        for (value, text) in [
            (23.388_888, "23.39"),
            (0.0, "0"),
            (5_871_780.7, "5\u{a0}871\u{a0}781"),
            (-0.000_123_46, "-0.0001235"),
            (100.0, "100"),
            (1234.5, "1234"),
            (9_999.6, "10\u{a0}000"),
            (1e20, "1.000e20"),
        ] {
            assert_eq!(significant(value), text);
        }
        assert_eq!(grouped("5871780.7"), "5\u{a0}871\u{a0}780.7");
        assert_eq!(grouped("-12345"), "-12\u{a0}345");
        assert_eq!(grouped("1234"), "1234");
        for day in [NaiveDate::default(), NaiveDate::MIN, NaiveDate::MAX] {
            assert_eq!(day_words(Some(day)), day.to_string());
        }
        for days in 730..400_000 {
            assert_eq!(age_words(Some(days)), format!("{:.1} years old", days as f64 / 365.25));
        }
        for (days, left) in [(-1, "1 day ago"), (1, "1 day left"), (12_034, "12 034 days left"), (-999, "999 days ago")]
        {
            assert_eq!(left_words(Status::Missed, Some(days)), left);
        }
        assert_eq!(percent(0.1107), "11 %");
        assert_eq!(percent(-0.2), "-20 %");
        assert_eq!(percent(0.034), "3.4 %");
    }
}
