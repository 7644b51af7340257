//! Cells to text: one file a format. A writer knows neither the index nor the
//! terminal; width and colour are arguments.

mod account_json;
mod chart;
mod csv;
mod diff;
mod due;
mod explain;
mod findings;
mod history;
mod ics;
mod json;
mod markdown;
mod page;
mod pieces;
mod show;
mod table;
mod verdict;
mod words;

pub use account_json::{write_explain_json, write_show_json};
pub use chart::{ChartLook, chart};
pub use csv::{guarded, write_csv};
pub use diff::{DiffFormat, write_diff};
pub use due::{write_due, write_due_csv, write_due_json, write_due_markdown};
pub use explain::write_explain;
pub use findings::write_findings;
pub use history::{
    write_book_course, write_book_course_csv, write_book_course_json, write_history, write_history_csv,
    write_history_json,
};
pub use ics::write_ics;
pub use json::{assessment_json, write_json};
pub use markdown::write_markdown;
pub use show::write_show;
pub use table::{Look, PREPARATION, write_table};
pub use verdict::{GateFormat, verdict_line, write_step_summary, write_verdict};

use crate::report::Report;

/// The line above a report: the day judged, always, and what else was asked.
#[must_use]
pub fn headline(report: &Report<'_>) -> String {
    let mut line = format!("as of {}", report.clock.as_of);
    if let Some(known_at) = report.clock.known_at {
        line.push_str(&format!(", known at {known_at}"));
    }
    if report.version == crate::assess::Version::First {
        line.push_str(", judged by the terms first promised");
    }
    if report.both {
        line.push_str(", by the terms in force and by those first promised");
    }
    let (rows, organisations) = (report.len(), report.organisations());
    line.push_str(&format!(
        ": {rows} {} of {organisations} {}",
        if rows == 1 { "promise" } else { "promises" },
        if organisations == 1 { "organisation" } else { "organisations" }
    ));
    line
}

/// The lines below a report: counts and both rates.
#[must_use]
pub fn summary(report: &Report<'_>) -> Vec<String> {
    let counts: Vec<String> = report.counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let mut lines = Vec::new();
    if !counts.is_empty() {
        lines.push(counts.join(" · "));
    }
    let rates = report.rates();
    if let (Some(closed), reported) = (rates.of_closed(), rates.of_reported()) {
        let reported = reported.map_or_else(String::new, |share| {
            format!(", {} of {} that were reported to the end ({:.0} %)", rates.kept, rates.reported, share * 100.0)
        });
        lines.push(format!(
            "kept: {} of {} that are closed ({:.0} %){reported}",
            rates.kept,
            rates.closed,
            closed * 100.0
        ));
    }
    if report.not_yet > 0 {
        lines.push(format!("not made yet on this day: {}", report.not_yet));
    }
    if report.left_out > 0 {
        lines.push(format!("left out because of errors in their files: {}", report.left_out));
    }
    lines
}
