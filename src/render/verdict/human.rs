//! For people: excerpts as a compiler prints them, the worst first.

use std::io::{self, Write};

use super::{message, remarks, verdict_line};
use crate::policy::{Outcome, Verdict};
use crate::render::{Look, write_findings};

pub(super) fn write(verdict: &Verdict, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let told = || verdict.findings.iter().filter(|judged| judged.outcome != Outcome::Waived);
    write_findings(told().filter(|judged| judged.is_seen()).map(|judged| &judged.finding), look, out)?;
    // Beyond what anybody reads with excerpts, a line each.
    let mut listed = false;
    for judged in told().filter(|judged| !judged.is_seen()) {
        let finding = &judged.finding;
        writeln!(out, "{}[{}]: {} at {}", finding.level.name(), finding.rule, message(judged), finding.place)?;
        listed = true;
    }
    if listed {
        writeln!(out)?;
    }
    let waived: Vec<_> = verdict.findings.iter().filter(|judged| judged.outcome == Outcome::Waived).collect();
    for judged in &waived {
        writeln!(out, "waived[{}]: {} at {}", judged.finding.rule, message(judged), judged.finding.place)?;
    }
    if !waived.is_empty() {
        writeln!(out)?;
    }
    for line in remarks(verdict) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", verdict_line(verdict))
}
