//! For people: excerpts as a compiler prints them, the worst first.

use std::io::{self, Write};

use super::{message, remarks, verdict_line};
use crate::policy::{Outcome, Verdict};
use crate::render::pieces::write_pieces;
use crate::render::{Look, write_findings};

pub(super) fn write(verdict: &Verdict<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (waived, told): (Vec<usize>, Vec<usize>) =
        (0..verdict.len()).partition(|index| verdict.outcome(*index) == Outcome::Waived);
    let (seen, listed): (Vec<usize>, Vec<usize>) = told.into_iter().partition(|index| verdict.is_seen(*index));
    write_findings(seen.into_iter().map(|index| verdict.finding(index).finding), look, out)?;
    // Beyond what anybody reads with excerpts, a line each.
    if !listed.is_empty() {
        write_pieces(&(0..listed.len()), |piece| lines(verdict, &listed[piece]), out)?;
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

/// A line for each of these findings.
fn lines(verdict: &Verdict<'_>, listed: &[usize]) -> String {
    let mut lines = String::with_capacity(listed.len() * 192);
    for index in listed {
        verdict.put_line(*index, &mut lines);
        lines.push('\n');
    }
    lines
}
