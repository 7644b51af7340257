//! Promises as lines: judged by the straight line, sorted, aligned.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::YEAR;

/// Cells of a line: id, organisation, title, latest, target, deadline, status.
const CELLS: usize = 7;

/// What a line is made of.
pub(super) struct Facts<'f> {
    /// The organisation's id, the first half of the promise's.
    pub(super) stem: &'f str,
    pub(super) id: &'f str,
    pub(super) organisation: &'f str,
    pub(super) title: &'f str,
    pub(super) unit: &'f str,
    pub(super) start: i32,
    pub(super) base: f64,
    pub(super) goal: f64,
    pub(super) deadline: i32,
    pub(super) latest: Option<(&'f str, i32)>,
}

/// Lines behind one another in one text: no allocation for each cell.
#[derive(Default)]
pub(super) struct Table {
    text: String,
    lines: Vec<Line>,
    widths: [usize; CELLS],
}

struct Line {
    severity: u8,
    deadline: i32,
    start: usize,
    ends: [u16; CELLS],
}

/// What becomes of a promise, the worst first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Overdue,
    Missed,
    OffTrack,
    AtRisk,
    NoData,
    OnTrack,
    Met,
}

impl Status {
    const WORDS: [&str; 7] = ["overdue", "missed", "off-track", "at-risk", "no-data", "on-track", "met"];

    /// The straight line from baseline to target, and nothing else.
    fn of(facts: &Facts<'_>) -> Self {
        let late = facts.deadline < YEAR;
        let Some((value, year)) = facts.latest.and_then(|(value, year)| Some((value.parse::<f64>().ok()?, year)))
        else {
            return if late { Self::Overdue } else { Self::NoData };
        };
        let done = (facts.base - value) / (facts.base - facts.goal);
        let expected = f64::from(year - facts.start) / f64::from(facts.deadline - facts.start);
        match done / expected {
            _ if done >= 1.0 => Self::Met,
            _ if late && year >= facts.deadline => Self::Missed,
            _ if late => Self::Overdue,
            pace if pace >= 0.95 => Self::OnTrack,
            pace if pace >= 0.6 => Self::AtRisk,
            _ => Self::OffTrack,
        }
    }
}

impl Table {
    /// Adds a promise.
    pub(super) fn push(&mut self, facts: &Facts<'_>) {
        let status = Status::of(facts);
        let start = self.text.len();
        let mut ends = [0; CELLS];
        for (cell, end) in ends.iter_mut().enumerate() {
            let before = self.text.len();
            let text = &mut self.text;
            // Writing to a String cannot fail.
            let _ = match (cell, facts.latest) {
                (0, _) => write!(text, "{}/{}", facts.stem, facts.id),
                (1, _) => text.write_str(facts.organisation),
                (2, _) => text.write_str(facts.title),
                (3, Some((value, year))) => write!(text, "{value} {} ({year})", facts.unit),
                (4, _) => write!(text, "{:.1} {}", facts.goal, facts.unit),
                (5, _) => write!(text, "{}-12-31", facts.deadline),
                (6, _) => text.write_str(Status::WORDS[status as usize]),
                _ => Ok(()),
            };
            let width = self.text[before..].chars().count();
            self.widths[cell] = self.widths[cell].max(width);
            *end = (self.text.len() - start) as u16;
        }
        self.lines.push(Line { severity: status as u8, deadline: facts.deadline, start, ends });
    }

    /// Prints the lines, worst and nearest first; with `only`, those of one status.
    pub(super) fn print(&mut self, only: Option<Status>, out: &mut dyn Write) -> io::Result<usize> {
        let Self { text, lines, widths } = self;
        lines.retain(|line| only.is_none_or(|status| line.severity == status as u8));
        let key = |line: &Line| (line.severity, line.deadline);
        let id = |line: &Line| &text[line.start..line.start + usize::from(line.ends[0])];
        lines.sort_unstable_by(|a, b| key(a).cmp(&key(b)).then_with(|| id(a).cmp(id(b))));
        let mut printed = String::with_capacity(1 << 16);
        for line in &*lines {
            let mut start = line.start;
            for (end, width) in line.ends.iter().zip(&*widths) {
                let cell = &text[start..line.start + usize::from(*end)];
                printed.push_str(cell);
                let gap = width + 2 - cell.chars().count();
                printed.extend(std::iter::repeat_n(' ', gap));
                start += cell.len();
            }
            printed.push('\n');
            if printed.len() > 60_000 {
                out.write_all(printed.as_bytes())?;
                printed.clear();
            }
        }
        out.write_all(printed.as_bytes())?;
        Ok(lines.len())
    }
}
