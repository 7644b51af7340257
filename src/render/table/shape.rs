//! The columns of a table: rich when wide, stacked when narrow, one line a
//! promise when nothing limits the width.

use super::{Look, bar};
use crate::diag::visible;
use crate::report::{Cells, Mark, Row};

/// From this width on a promise has six columns of two lines; below it four
/// columns of stacked cells.
const WIDE: u16 = 132;

/// Columns, and how a row fills them.
pub(super) struct Shape {
    pub(super) headers: &'static [&'static str],
    /// Whether lines part the rows.
    pub(super) is_ruled: bool,
    /// Columns as wide as their widest content.
    pub(super) whole: &'static [usize],
    /// A column that is at least this wide.
    pub(super) at_least: Option<(usize, u16)>,
    fill: fn(&Row, &Cells, Look) -> Vec<String>,
}

impl Shape {
    /// The shape for a width.
    pub(super) fn of(look: Look) -> Self {
        match look.width {
            None => Self { headers: LINE, is_ruled: false, whole: &[], at_least: None, fill: line },
            Some(WIDE..) => Self {
                headers: &["status", "promise", "progress", "latest and target", "deadline", "data and flags"],
                is_ruled: true,
                whole: &[0, 4],
                at_least: Some((5, 18)),
                fill: wide,
            },
            Some(_) => Self {
                headers: &["status", "promise", "progress", "deadline"],
                is_ruled: true,
                whole: &[0],
                at_least: Some((3, 18)),
                fill: narrow,
            },
        }
    }

    /// The text of each cell, and the mark of the first.
    pub(super) fn fill(&self, row: &Row, look: Look) -> (Vec<String>, Mark) {
        let cells = Cells::of(row);
        ((self.fill)(row, &cells, look), cells.mark)
    }
}

const LINE: &[&str] = &[
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

/// A promise a line with all columns: complete, for pipes and files.
fn line(row: &Row, cells: &Cells, look: Look) -> Vec<String> {
    vec![
        status(cells, look),
        visible(&row.organisation),
        visible(&row.title),
        progress(cells),
        visible(&cells.expected_value),
        cells.pace.clone(),
        visible(&cells.latest),
        visible(&cells.target),
        cells.deadline.clone(),
        cells.left.clone(),
        cells.age.clone(),
        cells.flags.join(", "),
    ]
}

/// Six columns of two or three lines.
fn wide(row: &Row, cells: &Cells, look: Look) -> Vec<String> {
    vec![
        status(cells, look),
        format!("{}\n{}", visible(&row.organisation), visible(&row.title)),
        visible_lines(&[progress(cells), expectation(cells)]),
        visible_lines(&[cells.latest.clone(), target(cells)]),
        visible_lines(&[cells.deadline.clone(), cells.left.clone()]),
        visible_lines(&[cells.age.clone(), cells.flags.join(", ")]),
    ]
}

/// Four columns of stacked cells, readable from 60 columns on.
fn narrow(row: &Row, cells: &Cells, look: Look) -> Vec<String> {
    let data = if cells.age == "–" { String::new() } else { format!("data {}", cells.age) };
    vec![
        status(cells, look),
        format!("{}\n{}", visible(&row.organisation), visible(&row.title)),
        visible_lines(&[progress(cells), expectation(cells), cells.latest.clone(), target(cells)]),
        visible_lines(&[cells.deadline.clone(), cells.left.clone(), data, cells.flags.join("\n")]),
    ]
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

fn visible_lines(lines: &[String]) -> String {
    lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\n').map(visible).collect::<Vec<_>>().join("\n"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The mark and the word, with the status by the first terms where that differs.
fn status(cells: &Cells, look: Look) -> String {
    let first = cells.first_words().trim_start().to_owned();
    // On one line where nothing wraps.
    let separator = match (first.is_empty(), look.width) {
        (true, _) => "",
        (false, None) => " ",
        (false, Some(_)) => "\n",
    };
    format!("{} {}{separator}{first}", cells.mark.symbol(), cells.status)
}
