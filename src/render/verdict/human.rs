//! For people: excerpts as a compiler prints them, the worst first.

use std::io::{self, Write};

use super::{message, remarks, verdict_line};
use crate::policy::{Outcome, Verdict};
use crate::render::{Look, write_findings};

pub(super) fn write(verdict: &Verdict<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (waived, told): (Vec<usize>, Vec<usize>) =
        (0..verdict.len()).partition(|index| verdict.outcome(*index) == Outcome::Waived);
    let (seen, listed): (Vec<usize>, Vec<usize>) = told.into_iter().partition(|index| verdict.is_seen(*index));
    write_findings(seen.into_iter().map(|index| verdict.finding(index).finding), look, out)?;
    // Beyond what anybody reads with excerpts, a line each.
    let mut line = String::new();
    for index in &listed {
        line.clear();
        verdict.put_line(*index, &mut line);
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    if !listed.is_empty() {
        writeln!(out)?;
    }
    for index in &waived {
        let judged = verdict.finding(*index);
        writeln!(out, "waived[{}]: {} at {}", judged.finding.rule, message(&judged), judged.finding.place)?;
    }
    if !waived.is_empty() {
        writeln!(out)?;
    }
    for line in remarks(verdict) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", verdict_line(verdict))
}
