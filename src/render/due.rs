//! `due` as a table, JSON, CSV and Markdown.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::SCHEMA;
use super::markdown::escaped;
use super::page::Page;
use super::{Look, guarded};
use crate::assess::Clock;
use crate::report::Due;

fn days(due: &Due, clock: &Clock) -> i64 {
    (due.date - clock.as_of).num_days()
}

fn days_words(days: i64) -> String {
    let unit = |days: i64| if days == 1 { "day" } else { "days" };
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {days} {}", unit(days)),
        _ => format!("{} {} ago", -days, unit(-days)),
    }
}

fn head(clock: &Clock) -> String {
    match clock.known_at {
        Some(known_at) => format!("as of {}, known at {known_at}", clock.as_of),
        None => format!("as of {}", clock.as_of),
    }
}

/// Writes the agenda: late things on top.
///
/// # Errors
/// What the stream says.
pub fn write_due(due: &[Due], clock: &Clock, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, look);
    let late = due.iter().filter(|due| due.late).count();
    page.line(&format!("{}: {late} late, {} to come", head(clock), due.len() - late))?;
    for (late, heading) in [(true, "Late"), (false, "To come")] {
        let of: Vec<&Due> = due.iter().filter(|due| due.late == late).collect();
        if of.is_empty() {
            continue;
        }
        page.heading(heading)?;
        for due in of {
            let (date, when) = (due.date.to_string(), days_words(days(due, clock)));
            let cells = [("", 2), (date.as_str(), 12), (when.as_str(), 16), (due.kind.name(), 11)];
            page.row(&cells, &format!("{}: {}", due.organisation, due.title))?;
            page.para(if look.width.is_some_and(|width| width < 100) { 14 } else { 41 }, &due.words)?;
        }
    }
    Ok(())
}

/// Writes the agenda as JSON.
///
/// # Errors
/// What the stream says.
pub fn write_due_json(due: &[Due], clock: &Clock, out: &mut dyn Write) -> io::Result<()> {
    let items: Vec<Value> = due
        .iter()
        .map(|due| {
            json!({
                "date": due.date.to_string(),
                "days": days(due, clock),
                "late": due.late,
                "kind": due.kind.name(),
                "id": due.id,
                "organisation": due.organisation,
                "title": due.title,
                "words": due.words,
            })
        })
        .collect();
    let document = json!({
        "schema": SCHEMA,
        "as_of": clock.as_of.to_string(),
        "known_at": clock.known_at.map(|day| day.to_string()),
        "due": items,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes the agenda as CSV.
///
/// # Errors
/// What the stream says.
pub fn write_due_csv(due: &[Due], clock: &Clock, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["as_of", "date", "days", "late", "kind", "id", "organisation", "title", "words"])?;
    for due in due {
        writer.write_record([
            clock.as_of.to_string(),
            due.date.to_string(),
            days(due, clock).to_string(),
            due.late.to_string(),
            due.kind.name().to_owned(),
            guarded(&due.id),
            guarded(&due.organisation),
            guarded(&due.title),
            guarded(&due.words),
        ])?;
    }
    writer.flush()
}

/// Writes the agenda as a Markdown table.
///
/// # Errors
/// What the stream says.
pub fn write_due_markdown(due: &[Due], clock: &Clock, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**\n", head(clock))?;
    writeln!(out, "| date | when | kind | organisation | promise | what |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
    for due in due {
        let late = if due.late { "**late**, " } else { "" };
        writeln!(
            out,
            "| {} | {late}{} | {} | {} | {} | {} |",
            due.date,
            days_words(days(due, clock)),
            due.kind,
            escaped(&due.organisation),
            escaped(&due.title),
            escaped(&due.words)
        )?;
    }
    Ok(())
}
