//! GitLab's code quality report: a JSON array, without byte order mark.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::message;
use crate::policy::{Judged, Outcome, Verdict};

#[derive(Serialize)]
struct Issue<'v> {
    description: String,
    check_name: &'v str,
    fingerprint: String,
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

/// The issues, made and written one at a time.
struct Issues<'v>(&'v Verdict<'v>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for judged in self.0.findings() {
            list.serialize_element(&issue(&judged))?;
        }
        list.end()
    }
}

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Issues(verdict))?;
    writeln!(out)
}

fn issue(judged: &Judged) -> Issue<'_> {
    Issue {
        description: message(judged),
        check_name: &judged.finding.rule,
        fingerprint: judged.fingerprint(),
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
