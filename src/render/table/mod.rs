//! The table a person reads: rich when wide, stacked when narrow, one line a
//! promise when piped.

mod filled;
mod long;
mod prepared;
mod shape;
mod short;
mod width;

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{headline, summary};
use crate::diag::visible;
use crate::report::{Cells, Report};
pub use prepared::PREPARATION;
use shape::Shape;

/// How a table is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal; `None` never wraps.
    pub width: Option<u16>,
    /// Whether to write colours; stripped again where the stream takes none.
    pub colour: bool,
}

/// Up to here a table is laid out by what all its rows hold; a longer one by a
/// sample of them, so that it streams.
const LONG: usize = 1_000;

/// Writes the report as a table with its head and summary lines.
///
/// # Errors
/// What the stream says.
pub fn write_table(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write_wrapped(&headline(report), look.width, out)?;
    let shape = Shape::of(look);
    let mut start = 0;
    while start < report.len() {
        let group = report.group(start);
        let end = (start..report.len()).find(|&index| report.group(index) != group).unwrap_or(report.len());
        writeln!(out)?;
        if report.group_by.is_some() {
            writeln!(out, "{}", visible(&group))?;
        }
        if end - start > LONG {
            long::write(report, start..end, &shape, look, out)?;
        } else {
            let rows = (start..end).map(|index| report.shown(index));
            for line in short::table(rows, &shape, look).lines() {
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        start = end;
    }
    writeln!(out)?;
    if report.has_progress() {
        write_wrapped("bars: █ progress so far, │ expected by the end of the latest value's period", look.width, out)?;
    }
    for line in summary(report) {
        write_wrapped(&line, look.width, out)?;
    }
    Ok(())
}

/// A line of words, broken at blanks where it is wider than the output.
fn write_wrapped(line: &str, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let Some(width) = width.map(usize::from) else { return writeln!(out, "{line}") };
    let mut used = 0;
    for word in line.split(' ') {
        let length = UnicodeWidthStr::width(word);
        if used > 0 && used + 1 + length > width {
            write!(out, "\n{word}")?;
            used = length;
        } else {
            write!(out, "{}{word}", if used > 0 { " " } else { "" })?;
            used += length + usize::from(used > 0);
        }
    }
    writeln!(out)
}

/// Progress as a bar with a stroke where the path expects it by now.
pub(crate) fn bar(cells: &Cells, width: usize) -> String {
    let Some(progress) = cells.progress else { return " ".repeat(width) };
    let place = |fraction: f64| (fraction.clamp(0.0, 1.0) * width as f64).round() as usize;
    let filled = place(progress);
    let expected = cells.expected.map(|expected| place(expected).min(width - 1));
    (0..width)
        .map(|index| {
            if Some(index) == expected {
                '│'
            } else if index < filled {
                '█'
            } else {
                '░'
            }
        })
        .collect()
}
