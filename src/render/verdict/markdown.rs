//! The verdict as a Markdown table, for comments and step summaries.

use std::io::{self, Write};

use super::{message, remarks, verb, verdict_line};
use crate::policy::{Judged, Outcome, Verdict};
use crate::render::markdown::escaped;

/// Writes the table; rows that would lead past `limit` bytes are counted instead.
pub(super) fn write(verdict: &Verdict<'_>, limit: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut text = format!("**{}**\n\n", escaped(&verdict_line(verdict)));
    if !verdict.is_empty() {
        text.push_str("| verdict | rule | promise | finding | where |\n| --- | --- | --- | --- | --- |\n");
    }
    let mut told = 0;
    for judged in verdict.findings() {
        let row = row(&judged);
        if text.len() + row.len() > limit {
            break;
        }
        text.push_str(&row);
        told += 1;
    }
    let more = verdict.len() - told;
    if more > 0 {
        text.push_str(&format!("\nand {more} more findings, which this page has no room for\n"));
    }
    for line in remarks(verdict) {
        text.push_str(&format!("\n{line}\n"));
    }
    out.write_all(text.as_bytes())
}

fn row(judged: &Judged) -> String {
    let mark = match judged.outcome {
        Outcome::Error => "⛔",
        Outcome::Deny => "✗",
        Outcome::Warn => "!",
        Outcome::Waived => "~",
    };
    let place = &judged.finding.place;
    let at = if place.line == 0 { place.file.clone() } else { format!("{}:{}", place.file, place.line) };
    format!(
        "| {mark} {} | {} | {} | {} | {} |\n",
        verb(judged.outcome),
        judged.finding.rule,
        escaped(judged.subject.as_ref().map_or("", |subject| subject.id())),
        escaped(&message(judged)),
        escaped(&at)
    )
}
