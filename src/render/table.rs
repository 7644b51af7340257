//! The table a person reads: rich when wide, stacked when narrow, one line a
//! promise when piped.

use std::io::{self, Write};

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row as TableRow, Table, Width};

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

/// From this width on each promise has its cells side by side.
const WIDE: u16 = 132;

/// Writes the report as a table with its head and summary lines.
///
/// # Errors
/// What the stream says.
pub fn write_table(report: &Report, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", headline(report))?;
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
        let table = if look.width.is_some_and(|width| width < WIDE) {
            narrow(&report.rows[start..end], look)
        } else {
            wide(&report.rows[start..end], look)
        };
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        start = end;
    }
    writeln!(out)?;
    for line in summary(report) {
        writeln!(out, "{line}")?;
    }
    Ok(())
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

/// A promise a line; titles wrap where the width is not enough.
fn wide(rows: &[Row], look: Look) -> Table {
    let mut table = base(
        look,
        &[
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
        ],
    );
    table.load_style(NOTHING);
    for row in rows {
        let cells = Cells::of(row);
        let flags = if look.width.is_some() { cells.flags.join("\n") } else { cells.flags.join(", ") };
        table.add_row(TableRow::from(vec![
            status(&cells, look),
            Cell::new(visible(&row.organisation)),
            Cell::new(visible(&row.title)),
            Cell::new(format!("{} {}", bar(&cells, 10), cells.progress_text)),
            Cell::new(visible(&cells.expected_value)),
            Cell::new(&cells.pace),
            Cell::new(visible(&cells.latest)),
            Cell::new(visible(&cells.target)),
            Cell::new(&cells.deadline),
            Cell::new(&cells.left),
            Cell::new(&cells.age),
            Cell::new(flags),
        ]));
    }
    if look.width.is_some() {
        // What is short and read across stays on one line; words may wrap.
        for index in [0, 3, 5, 8] {
            constrain(&mut table, index, ColumnConstraint::ContentWidth);
        }
    }
    table
}

/// Four columns of stacked cells, readable from 60 columns on.
fn narrow(rows: &[Row], look: Look) -> Table {
    let mut table = base(look, &["status", "promise", "progress, latest, target", "deadline"]);
    table.load_style(UTF8_HORIZONTAL_ONLY);
    for row in rows {
        let cells = Cells::of(row);
        let progress = [
            format!("{} {}", bar(&cells, 10), cells.progress_text),
            if cells.expected.is_some() { format!("expected {}", cells.expected_value) } else { String::new() },
            if cells.pace == "–" { String::new() } else { format!("pace {}", cells.pace) },
            cells.latest.clone(),
            format!("target {}", cells.target),
        ];
        let data = if cells.age == "–" { String::new() } else { format!("data {}", cells.age) };
        let deadline = [cells.deadline.clone(), cells.left.clone(), data, cells.flags.join("\n")];
        table.add_row(TableRow::from(vec![
            status(&cells, look),
            Cell::new(format!("{}\n{}", visible(&row.organisation), visible(&row.title))),
            Cell::new(visible_lines(&progress)),
            Cell::new(visible_lines(&deadline)),
        ]));
    }
    constrain(&mut table, 0, ColumnConstraint::ContentWidth);
    constrain(&mut table, 3, ColumnConstraint::LowerBoundary(Width::Fixed(18)));
    table
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
        Mark::Good => cell.fg(Color::Green),
        Mark::Warn => cell.fg(Color::Yellow),
        Mark::Bad => cell.fg(Color::Red),
        Mark::Unknown => cell.fg(Color::Magenta),
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
