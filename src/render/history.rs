//! `history` as text, JSON and CSV.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::json::SCHEMA;
use super::page::Page;
use super::words::cause_words;
use super::{Look, guarded};
use crate::assess::{Clock, Turn, Version};
use crate::report::{History, Mark, YearEnd, promised, statuses};

/// Writes one promise's course.
///
/// # Errors
/// What the stream says.
pub fn write_history(history: &History<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, look);
    let row = &history.row;
    page.title(&format!("{}: {}", row.organisation, row.title))?;
    page.line(&crate::diag::visible(&row.id))?;
    page.line(&format!("as of {}{}", history.question.clock.as_of, terms_words(history.question.version)))?;
    for turn in &history.turns {
        page.line("")?;
        let assessment = &turn.assessment;
        let words = assessment.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>().join(", ");
        page.dated_status(&turn.date.to_string(), Mark::of(assessment.status), assessment.status.name(), &words)?;
        for cause in causes(history, turn) {
            page.para(12, &cause)?;
        }
        page.para(12, &format!("judged: {} ({})", assessment.reason, promised(assessment)))?;
    }
    Ok(())
}

fn terms_words(version: Version) -> &'static str {
    match version {
        Version::Current => "",
        Version::First => ", judged by the terms first promised",
    }
}

fn causes(history: &History<'_>, turn: &Turn) -> Vec<String> {
    turn.causes.iter().map(|cause| cause_words(*cause, history.dossier, history.commitment)).collect()
}

/// What differs from the turn before.
fn changed(turn: &Turn) -> Vec<&'static str> {
    let mut changed = Vec::new();
    if turn.new_status {
        changed.push("status");
    }
    if turn.new_flags {
        changed.push("flags");
    }
    changed
}

/// Writes one promise's course as JSON.
///
/// # Errors
/// What the stream says.
pub fn write_history_json(history: &History<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Value> = history
        .turns
        .iter()
        .map(|turn| {
            let assessment = &turn.assessment;
            let latest = assessment.latest.as_ref();
            json!({
                "date": turn.date.to_string(),
                "status": assessment.status.name(),
                "flags": assessment.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>(),
                "changed": changed(turn),
                "causes": causes(history, turn),
                "reason": assessment.reason,
                "target": assessment.in_force.terms.target.words(),
                "target_value": assessment.target_value,
                "deadline": assessment.deadline.map(|day| day.to_string()),
                "latest_period": latest.map(|point| point.period.text.as_str()),
                "latest_amount": latest.map(|point| point.value()),
                "progress_percent": assessment.numbers.progress.map(|progress| progress * 100.0),
                "pace": assessment.numbers.pace,
            })
        })
        .collect();
    let clock = history.question.clock;
    let document = json!({
        "schema": SCHEMA,
        "as_of": clock.as_of.to_string(),
        "known_at": clock.known_at.map(|day| day.to_string()),
        "terms": history.question.version.name(),
        "id": history.row.id,
        "history": entries,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes one promise's course as CSV, a line a day.
///
/// # Errors
/// What the stream says.
pub fn write_history_csv(history: &History<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "id",
        "date",
        "status",
        "flags",
        "changed",
        "causes",
        "target",
        "deadline",
        "latest_period",
        "latest_amount",
        "progress_percent",
        "pace",
        "reason",
    ])?;
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for turn in &history.turns {
        let assessment = &turn.assessment;
        let latest = assessment.latest.as_ref();
        writer.write_record([
            guarded(&history.row.id),
            turn.date.to_string(),
            assessment.status.name().to_owned(),
            assessment.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>().join(" "),
            changed(turn).join(" "),
            guarded(&causes(history, turn).join("; ")),
            assessment.in_force.terms.target.words(),
            assessment.deadline.map_or_else(String::new, |day| day.to_string()),
            latest.map_or_else(String::new, |point| point.period.text.to_string()),
            number(latest.map(crate::assess::Point::value)),
            number(assessment.numbers.progress.map(|progress| progress * 100.0)),
            number(assessment.numbers.pace),
            guarded(&assessment.reason),
        ])?;
    }
    writer.flush()
}

/// Writes a book's course: a line for each end of a year.
///
/// # Errors
/// What the stream says.
pub fn write_book_course(course: &[YearEnd], version: Version, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, look);
    page.line(&format!("the book's course: promises by status at each end of a year{}", terms_words(version)))?;
    page.line("")?;
    let found = statuses(course);
    let width: usize = 22 + found.iter().map(|status| status.name().len() + 2).sum::<usize>();
    if page.width().is_some_and(|room| room < width) {
        for year in course {
            let counts: Vec<String> = year.counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
            page.row(&[(&year.date.to_string(), 12), (&format!("{:>4}", year.promises), 6)], &counts.join(", "))?;
        }
        return Ok(());
    }
    let heads: Vec<String> = found.iter().map(|status| format!("  {status}")).collect();
    page.line(&format!("{:<12}{:>8}{}", "date", "promises", heads.concat()))?;
    for year in course {
        let cells: Vec<String> = found
            .iter()
            .map(|status| {
                let count = year.counts.iter().find(|(of, _)| of == status).map_or(0, |(_, count)| *count);
                let text = if count == 0 { ".".to_owned() } else { count.to_string() };
                format!("{text:>width$}", width = status.name().len() + 2)
            })
            .collect();
        page.line(&format!("{:<12}{:>8}{}", year.date.to_string(), year.promises, cells.concat()))?;
    }
    Ok(())
}

/// Writes a book's course as JSON.
///
/// # Errors
/// What the stream says.
pub fn write_book_course_json(
    course: &[YearEnd],
    clock: &Clock,
    version: Version,
    out: &mut dyn Write,
) -> io::Result<()> {
    let years: Vec<Value> = course
        .iter()
        .map(|year| {
            let counts: Map<String, Value> =
                year.counts.iter().map(|(status, count)| (status.name().to_owned(), json!(count))).collect();
            json!({"date": year.date.to_string(), "promises": year.promises, "counts": counts})
        })
        .collect();
    let document = json!({
        "schema": SCHEMA,
        "as_of": clock.as_of.to_string(),
        "known_at": clock.known_at.map(|day| day.to_string()),
        "terms": version.name(),
        "course": years,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes a book's course as CSV, a column for every status that occurs.
///
/// # Errors
/// What the stream says.
pub fn write_book_course_csv(course: &[YearEnd], out: &mut dyn Write) -> io::Result<()> {
    let found = statuses(course);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["date", "promises"].into_iter().chain(found.iter().map(|status| status.name())))?;
    for year in course {
        let count = |status| year.counts.iter().find(|(of, _)| of == status).map_or(0, |(_, count)| *count);
        let counts = found.iter().map(|status| count(status).to_string());
        writer.write_record([year.date.to_string(), year.promises.to_string()].into_iter().chain(counts))?;
    }
    writer.flush()
}
