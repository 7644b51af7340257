//! The CSV of a report: one line a promise, numbers unrounded, absent empty.

use std::io::{self, Write};

use crate::report::{Report, Row};

const HEADER: &[&str] = &[
    "as_of",
    "id",
    "organisation",
    "title",
    "topic",
    "status",
    "flags",
    "reason",
    "deadline",
    "days_left",
    "unit",
    "baseline_period",
    "baseline_value",
    "baseline_derived",
    "target_form",
    "target",
    "target_value",
    "latest_period",
    "latest_value",
    "latest_amount",
    "data_age_days",
    "settled_by",
    "progress_percent",
    "expected_percent",
    "expected_value",
    "pace",
    "years_ahead",
    "pace_so_far",
    "pace_needed",
    "projection_line",
    "projection_theil_sen",
    "outlook",
    "file",
    "line",
];

/// Writes the report as CSV with a header line.
///
/// # Errors
/// What the stream says.
pub fn write_csv(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let both = report.both;
    // A column more, and only where it was asked for: the others keep their places.
    writer.write_record(HEADER.iter().copied().chain(both.then_some("status_first")))?;
    let as_of = report.clock.as_of.to_string();
    for row in report.rows() {
        let first = both.then(|| row.status_first.map_or("", |status| status.name()).to_owned());
        writer.write_record(record(&row, &as_of).into_iter().chain(first))?;
    }
    writer.flush()
}

fn record(row: &Row, as_of: &str) -> Vec<String> {
    let judgement = &row.judgement;
    let numbers = &judgement.numbers;
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let percent = |value: Option<f64>| number(value.map(|value| value * 100.0));
    let days = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    let (start, latest) = (judgement.baseline.as_ref(), judgement.latest.as_ref());
    let text = |value: Option<&str>| value.map_or_else(String::new, |value| value.to_owned());
    let target = &judgement.target;
    vec![
        as_of.to_owned(),
        guarded(&row.id),
        guarded(&row.organisation),
        guarded(&row.title),
        row.topic.name().to_owned(),
        judgement.status.name().to_owned(),
        judgement.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>().join(" "),
        guarded(&judgement.reason),
        judgement.deadline.map_or_else(String::new, |day| day.to_string()),
        days(judgement.days_left),
        guarded(row.unit.as_ref().map_or("", |unit| &unit.text)),
        text(start.map(|start| start.period.text.as_str())),
        text(start.and_then(|start| start.value.as_ref()).map(|value| value.text.as_str())),
        start.map_or_else(String::new, |start| start.derived.to_string()),
        target.form.name().to_owned(),
        text(target.number.as_ref().map(|number| number.text.as_str())),
        number(judgement.target_value),
        text(latest.map(|point| point.period.text.as_str())),
        text(latest.and_then(|point| point.written.as_ref()).map(|number| number.text.as_str())),
        number(latest.map(crate::assess::Point::value)),
        days(judgement.data_age_days),
        text(judgement.settled_by.as_deref()),
        percent(numbers.progress),
        percent(numbers.expected),
        number(numbers.expected_value),
        number(numbers.pace),
        number(numbers.years_ahead),
        number(numbers.pace_so_far),
        number(numbers.pace_needed),
        number(numbers.projection_line),
        number(numbers.projection_theil_sen),
        text(numbers.outlook.map(|outlook| outlook.name())),
        guarded(&row.file),
        row.line.to_string(),
    ]
}

/// Text that a spreadsheet would run as a formula is quoted with `'`
/// (CWE-1236); control characters are made visible.
#[must_use]
pub fn guarded(text: &str) -> String {
    let text = crate::diag::visible(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}
