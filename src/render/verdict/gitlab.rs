//! GitLab's code quality report: a JSON array, without byte order mark.

use std::io::{self, Write};

use serde::Serialize;

use super::message;
use crate::policy::{Judged, Outcome, Verdict};

#[derive(Serialize)]
struct Issue<'v> {
    description: String,
    check_name: &'v str,
    fingerprint: &'v str,
    severity: &'static str,
    location: Location<'v>,
}

#[derive(Serialize)]
struct Location<'v> {
    path: &'v str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

pub(super) fn write(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue<'_>> = verdict.findings.iter().map(issue).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(judged: &Judged) -> Issue<'_> {
    Issue {
        description: message(judged),
        check_name: &judged.finding.rule,
        fingerprint: &judged.fingerprint,
        severity: match judged.outcome {
            Outcome::Error => "blocker",
            Outcome::Deny => "critical",
            Outcome::Warn => "minor",
            Outcome::Waived => "info",
        },
        // Lines count from 1; a file as a whole is told at its head.
        location: Location {
            path: &judged.finding.place.file,
            lines: Lines { begin: judged.finding.place.line.max(1) },
        },
    }
}
