//! The verdict of the gate for people and for machines: one file a format, all
//! with the same findings.

mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use std::io::{self, Write};

use super::Look;
use crate::diag::visible;
use crate::model::words::words;
use crate::policy::{Judged, Outcome, Verdict};

words! {
    /// Forms of a verdict.
    GateFormat {
        /// Excerpts, the worst first, and a last line that counts.
        Human = "human",
        Json = "json",
        /// A case per promise and rule.
        Junit = "junit",
        /// Version 2.1.0.
        Sarif = "sarif",
        /// Annotations of GitHub's workflows.
        Github = "github",
        /// GitLab's code quality report.
        Gitlab = "gitlab",
        Markdown = "markdown",
    }
}

/// Writes the verdict in a format.
///
/// # Errors
/// What the stream says.
pub fn write_verdict(verdict: &Verdict<'_>, format: GateFormat, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match format {
        GateFormat::Human => human::write(verdict, look, out),
        GateFormat::Json => json::write(verdict, out),
        GateFormat::Junit => junit::write(verdict, out),
        GateFormat::Sarif => sarif::write(verdict, out),
        GateFormat::Github => github::write(verdict, out),
        GateFormat::Gitlab => gitlab::write(verdict, out),
        GateFormat::Markdown => markdown::write(verdict, usize::MAX, out),
    }
}

/// Largest step summary that GitHub keeps, in bytes, with room for its frame.
const SUMMARY_BYTES: usize = 1_000_000;

/// The whole table for GitHub's step summary, within its limit.
///
/// # Errors
/// What the stream says.
pub fn write_step_summary(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    markdown::write(verdict, SUMMARY_BYTES, out)
}

/// `checked 41 promises as of 2026-11-22: 1 denied, 2 warnings, 1 waived`.
#[must_use]
pub fn verdict_line(verdict: &Verdict<'_>) -> String {
    let counts = verdict.counts();
    let number = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let found: Vec<String> = [
        number(counts.error, "invalid record", "invalid records"),
        number(counts.deny, "denied", "denied"),
        number(counts.warn, "warning", "warnings"),
        number(counts.waived, "waived", "waived"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let promises = if verdict.looked_at() == 1 { "promise" } else { "promises" };
    let day = verdict.clock.map_or_else(String::new, |clock| format!(" as of {}", clock.as_of));
    let verb = if verdict.clock.is_some() { "checked" } else { "linted" };
    let since = verdict.since.as_ref().map_or_else(String::new, |since| format!(" against {}", visible(since)));
    format!("{verb} {} {promises}{day}{since}: {found}", verdict.looked_at())
}

/// What else there is to say of the whole, before the last line.
fn remarks(verdict: &Verdict<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if verdict.not_yet > 0 {
        lines.push(format!("not made yet on this day: {}", verdict.not_yet));
    }
    if verdict.left_out > 0 {
        lines.push(format!("left out because of errors in their files: {}", verdict.left_out));
    }
    lines
}

/// The message in one line, with what accepts it where something does.
fn message(judged: &Judged) -> String {
    let text = visible(&judged.finding.message);
    match &judged.waiver {
        Some(waiver) => format!("{text} (waived until {}: {})", waiver.expires, visible(&waiver.reason)),
        None => text,
    }
}

/// The word for an outcome in running text.
const fn verb(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Error => "invalid",
        Outcome::Deny => "denied",
        Outcome::Warn => "warning",
        Outcome::Waived => "waived",
    }
}
