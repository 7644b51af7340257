//! The table a person reads: rich when wide, stacked when narrow, one line a
//! promise when piped.

use std::io::{self, Write};

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row as TableRow, Table, Width};

use unicode_width::UnicodeWidthStr;

use super::{headline, summary};
use crate::diag::visible;
use crate::report::{Cells, Mark, Report, Row};

/// How a table is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal; `None` never wraps.
    pub width: Option<u16>,
    /// Whether to write colours; stripped again where the stream takes none.
    pub colour: bool,
}

/// From this width on a promise has six columns of two lines; below it four
/// columns of stacked cells.
const WIDE: u16 = 132;

/// Writes the report as a table with its head and summary lines.
///
/// # Errors
/// What the stream says.
pub fn write_table(report: &Report, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write_wrapped(&headline(report), look.width, out)?;
    let mut start = 0;
    while start < report.rows.len() {
        let group = report.group(&report.rows[start]);
        let end = report.rows[start..]
            .iter()
            .position(|row| report.group(row) != group)
            .map_or(report.rows.len(), |length| start + length);
        writeln!(out)?;
        if report.group_by.is_some() {
            writeln!(out, "{}", visible(&group))?;
        }
        let rows = &report.rows[start..end];
        let table = match look.width {
            None => lines(rows, look),
            Some(WIDE..) => wide(rows, look),
            Some(_) => narrow(rows, look),
        };
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        start = end;
    }
    writeln!(out)?;
    if report.rows.iter().any(|row| row.assessment.numbers.progress.is_some()) {
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

fn base(look: Look, headers: &[&str]) -> Table {
    let mut table = Table::new();
    table.force_no_tty();
    if look.colour {
        table.enforce_styling();
    }
    table.set_header(
        headers
            .iter()
            .map(
                |header| if look.colour { Cell::new(header).add_attribute(Attribute::Bold) } else { Cell::new(header) },
            )
            .collect::<Vec<_>>(),
    );
    match look.width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

/// A promise a line with all columns: complete, for pipes and files.
fn lines(rows: &[Row], look: Look) -> Table {
    let headers = [
        "status",
        "organisation",
        "promise",
        "progress",
        "expected",
        "pace",
        "latest",
        "target",
        "deadline",
        "left",
        "data",
        "flags",
    ];
    let mut table = base(look, &headers);
    table.load_style(NOTHING);
    for row in rows {
        let cells = Cells::of(row);
        table.add_row(TableRow::from(vec![
            status(&cells, look),
            Cell::new(visible(&row.organisation)),
            Cell::new(visible(&row.title)),
            Cell::new(progress(&cells)),
            Cell::new(visible(&cells.expected_value)),
            Cell::new(&cells.pace),
            Cell::new(visible(&cells.latest)),
            Cell::new(visible(&cells.target)),
            Cell::new(&cells.deadline),
            Cell::new(&cells.left),
            Cell::new(&cells.age),
            Cell::new(cells.flags.join(", ")),
        ]));
    }
    table
}

/// Six columns of two or three lines.
fn wide(rows: &[Row], look: Look) -> Table {
    let mut table = base(look, &["status", "promise", "progress", "latest and target", "deadline", "data and flags"]);
    table.load_style(UTF8_HORIZONTAL_ONLY);
    for row in rows {
        let cells = Cells::of(row);
        let data = [cells.age.clone(), cells.flags.join(", ")];
        table.add_row(TableRow::from(vec![
            status(&cells, look),
            Cell::new(format!("{}\n{}", visible(&row.organisation), visible(&row.title))),
            Cell::new(visible_lines(&[progress(&cells), expectation(&cells)])),
            Cell::new(visible_lines(&[cells.latest.clone(), target(&cells)])),
            Cell::new(visible_lines(&[cells.deadline.clone(), cells.left.clone()])),
            Cell::new(visible_lines(&data)),
        ]));
    }
    constrain(&mut table, 0, ColumnConstraint::ContentWidth);
    constrain(&mut table, 4, ColumnConstraint::ContentWidth);
    constrain(&mut table, 5, ColumnConstraint::LowerBoundary(Width::Fixed(18)));
    table
}

/// Four columns of stacked cells, readable from 60 columns on.
fn narrow(rows: &[Row], look: Look) -> Table {
    let mut table = base(look, &["status", "promise", "progress", "deadline"]);
    table.load_style(UTF8_HORIZONTAL_ONLY);
    for row in rows {
        let cells = Cells::of(row);
        let data = if cells.age == "–" { String::new() } else { format!("data {}", cells.age) };
        table.add_row(TableRow::from(vec![
            status(&cells, look),
            Cell::new(format!("{}\n{}", visible(&row.organisation), visible(&row.title))),
            Cell::new(visible_lines(&[progress(&cells), expectation(&cells), cells.latest.clone(), target(&cells)])),
            Cell::new(visible_lines(&[cells.deadline.clone(), cells.left.clone(), data, cells.flags.join("\n")])),
        ]));
    }
    constrain(&mut table, 0, ColumnConstraint::ContentWidth);
    constrain(&mut table, 3, ColumnConstraint::LowerBoundary(Width::Fixed(18)));
    table
}

/// `██│░░ 11 %`, and the share of the target where that reads differently.
fn progress(cells: &Cells) -> String {
    let share = cells.share_of_target.as_ref().map_or_else(String::new, |share| format!(" ({share} of target)"));
    format!("{} {}{share}", bar(cells, 10), cells.progress_text).trim_start().to_owned()
}

fn expectation(cells: &Cells) -> String {
    if cells.expected.is_none() {
        return String::new();
    }
    if cells.pace == "–" {
        format!("expected {}", cells.expected_value)
    } else {
        format!("expected {}, pace {}", cells.expected_value, cells.pace)
    }
}

fn target(cells: &Cells) -> String {
    format!("target {}", cells.target)
}

fn constrain(table: &mut Table, index: usize, constraint: ColumnConstraint) {
    if let Some(column) = table.column_mut(index) {
        column.set_constraint(constraint);
    }
}

fn visible_lines(lines: &[String]) -> String {
    lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\n').map(visible).collect::<Vec<_>>().join("\n"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn status(cells: &Cells, look: Look) -> Cell {
    let first = cells.first_words().trim_start().to_owned();
    let separator = if first.is_empty() { "" } else { "\n" };
    // On one line where nothing wraps.
    let separator = if look.width.is_none() && !first.is_empty() { " " } else { separator };
    let cell = Cell::new(format!("{} {}{separator}{first}", cells.mark.symbol(), cells.status));
    if !look.colour {
        return cell;
    }
    match cells.mark {
        Mark::Good => cell.fg(Color::DarkGreen),
        Mark::Warn => cell.fg(Color::DarkYellow),
        Mark::Bad => cell.fg(Color::DarkRed),
        Mark::Unknown => cell.fg(Color::DarkMagenta),
        Mark::Neutral => cell,
    }
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
