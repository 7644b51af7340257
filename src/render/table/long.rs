//! Tables longer than anybody reads whole: laid out by a sample of their rows,
//! then written row by row, with the looks of the short ones. A test holds the
//! two alike.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Look;
use super::filled::Filled;
use super::shape::Shape;
use super::short;
use super::width::width_of;
use crate::render::pieces::write_pieces;
use crate::report::{Mark, Report, Shown};

/// Rows that the layout is made for, spread evenly over all.
const SAMPLE: usize = 256;
/// A word too wide for any line begins on one with this much room left.
const ROOM: usize = 3;
/// A line with less room than this is full.
const FULL: usize = 2;

/// Writes the rows of `range`.
pub(super) fn write(
    report: &Report<'_>,
    range: Range<usize>,
    shape: &Shape,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let layout = Layout::of(sample(report, &range).into_iter().map(|index| report.shown(index)), shape, look);
    for line in &layout.head {
        writeln!(out, "{line}")?;
    }
    write_pieces(&range, |piece| text(report, piece, shape, look, &layout), out)
}

/// Rows spread evenly, and the first of each status.
fn sample(report: &Report<'_>, range: &Range<usize>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let firsts = range.clone().filter(|&index| seen.insert(report.status(index).severity()));
    let mut sample: Vec<usize> = firsts.collect();
    sample.extend(range.clone().step_by(range.len().div_ceil(SAMPLE)));
    sample
}

/// Columns as wide as a sample needs them.
struct Layout {
    /// What stands above the rows.
    head: Vec<String>,
    /// Room for content in each column, in columns of the terminal.
    widths: Vec<usize>,
    /// What stands below each row.
    rule: Option<String>,
}

impl Layout {
    fn of<'b>(sample: impl Iterator<Item = Shown<'b>>, shape: &Shape, look: Look) -> Self {
        if look.width.is_none() {
            return Self::unwrapped(sample, shape, look);
        }
        let sample = short::table(sample, shape, look);
        let lines: Vec<String> = sample.lines().map(|line| line.trim_end().to_owned()).collect();
        let head = if shape.is_ruled { 3 } else { 1 };
        // Each header stands where its column begins and is filled up to its width.
        let header = sample.lines().nth(head / 2).unwrap_or_default();
        let plain = anstream::adapter::strip_str(&header).to_string();
        Self {
            head: lines.iter().take(head).cloned().collect(),
            widths: placed(&plain, shape),
            rule: if shape.is_ruled { lines.last().cloned() } else { None },
        }
    }

    /// Where nothing is wrapped, the widest content of a column is all that matters.
    fn unwrapped<'b>(sample: impl Iterator<Item = Shown<'b>>, shape: &Shape, look: Look) -> Self {
        let mut widths: Vec<usize> = shape.headers.iter().map(|header| width_of(header)).collect();
        let mut row = Filled::default();
        for shown in sample {
            row.clear();
            shape.fill(&shown, look, &mut row);
            for ((_, width), widest) in row.measured().zip(&mut widths) {
                *widest = width.max(*widest);
            }
        }
        let head = short::head(&widths, shape, look);
        Self { head: head.lines().map(|line| line.trim_end().to_owned()).take(1).collect(), widths, rule: None }
    }
}

/// Widths of the columns from the header as it was laid out: a header is never
/// broken, since the narrowest column has room for it.
fn placed(header: &str, shape: &Shape) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut from = 0;
    for name in shape.headers {
        let at = header[from..].find(name).map_or(from, |at| from + at);
        starts.push(header[..at].width());
        from = at + name.len();
    }
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(header.width() + 2));
    // A blank on either side belongs to each column, and one parts them.
    starts.iter().zip(ends).map(|(start, next)| next.saturating_sub(start + 3)).collect()
}

/// The rows of a range as text.
fn text(report: &Report<'_>, range: Range<usize>, shape: &Shape, look: Look, layout: &Layout) -> String {
    let mut out = String::with_capacity(range.len() * 256);
    let mut row = Filled::default();
    for index in range {
        let shown = report.shown(index);
        row.clear();
        shape.fill(&shown, look, &mut row);
        let code = if look.colour { code(Mark::of(shown.status)) } else { None };
        if look.width.is_some() {
            put_row(&row, code, layout, &mut out);
        } else {
            put_line(row.measured().map(Some), code, layout, &mut out);
        }
    }
    out
}

/// A row of cells that are broken where they are wider than their column.
fn put_row(row: &Filled<'_>, code: Option<u8>, layout: &Layout, out: &mut String) {
    let columns: Vec<Vec<&str>> = row
        .texts()
        .zip(&layout.widths)
        .map(|(cell, width)| cell.split('\n').flat_map(|line| broken(line, *width)).collect())
        .collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let cells = columns.iter().map(|column| column.get(line).map(|text| (*text, width_of(text))));
        put_line(cells, code, layout, out);
    }
    if let Some(rule) = &layout.rule {
        out.push_str(rule);
        out.push('\n');
    }
}

/// One line of the columns with their widths; a column that has ended is `None`.
fn put_line<'c>(
    columns: impl Iterator<Item = Option<(&'c str, usize)>>,
    code: Option<u8>,
    layout: &Layout,
    out: &mut String,
) {
    // Where the last column that holds anything ends.
    let mut end = out.len();
    for (index, (cell, width)) in columns.zip(&layout.widths).enumerate() {
        if index > 0 && layout.rule.is_some() {
            out.push(' ');
        }
        let code = code.filter(|_| index == 0 && cell.is_some());
        let (text, used) = cell.unwrap_or_default();
        let filled = put_cell(text, width.saturating_sub(used), code, out);
        if !text.is_empty() || code.is_some() {
            end = filled;
        }
    }
    out.truncate(end);
    out.truncate(out.trim_end().len());
    out.push('\n');
}

/// A cell, and so many blanks after it; returns where what is seen of it ends.
fn put_cell(text: &str, blanks: usize, code: Option<u8>, out: &mut String) -> usize {
    let Some(code) = code else {
        out.push(' ');
        out.push_str(text);
        let end = out.len();
        put_blanks(blanks + 1, out);
        return end;
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "\u{1b}[38;5;{code}m {text}");
    put_blanks(blanks + 1, out);
    out.push_str("\u{1b}[39m");
    out.len()
}

fn put_blanks(mut count: usize, out: &mut String) {
    const BLANKS: &str = "                                ";
    while count > 0 {
        let piece = count.min(BLANKS.len());
        out.push_str(&BLANKS[..piece]);
        count -= piece;
    }
}

/// A line broken at blanks where it is wider than its column; a word that is
/// wider alone is broken where the line ends.
fn broken(line: &str, width: usize) -> Vec<&str> {
    if width_of(line) <= width {
        return vec![line];
    }
    let mut lines = Vec::new();
    // The current line as bytes of the whole, and its width.
    let (mut start, mut end, mut used) = (0, 0, 0);
    let mut at = 0;
    for word in line.split(' ') {
        let (from, to) = (at, at + word.len());
        at = to + 1;
        let mut rest = from;
        loop {
            let blank = usize::from(used > 0);
            let word_width = width_of(&line[rest..to]);
            if used + blank + word_width <= width {
                if used == 0 {
                    start = rest;
                }
                end = to;
                used += blank + word_width;
                break;
            }
            if word_width > width && (used == 0 || width - used - blank >= ROOM) {
                let room = width - used - blank;
                if used == 0 {
                    start = rest;
                }
                end = rest + fitting(&line[rest..to], room);
                rest = end;
            }
            lines.push(&line[start..end]);
            (start, end, used) = (rest, rest, 0);
        }
        if used > 0 && width - used < FULL {
            lines.push(&line[start..end]);
            (start, end, used) = (to, to, 0);
        }
    }
    if used > 0 || lines.is_empty() {
        lines.push(&line[start..end]);
    }
    lines
}

/// Bytes of `word` that fit into `room` columns, one character at least.
fn fitting(word: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in word.char_indices() {
        used += c.width().unwrap_or(0);
        if used > room && at > 0 {
            return at;
        }
    }
    word.len()
}

/// The colour of a mark in the palette of 256.
const fn code(mark: Mark) -> Option<u8> {
    match mark {
        Mark::Bad => Some(1),
        Mark::Good => Some(2),
        Mark::Warn => Some(3),
        Mark::Unknown => Some(5),
        Mark::Neutral => None,
    }
}

#[cfg(test)]
mod tests {
    use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
    use proptest::prelude::*;

    use super::*;

    fn by_the_library(text: &str, width: u16) -> Vec<String> {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(200);
        table.add_row([text]);
        if let Some(column) = table.column_mut(0) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + 2)));
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    proptest! {
        #[test]
        fn words_break_where_those_of_short_tables_do(text in "[a-zé█≤]{1,9}( [a-z0-9東─]{1,30}){0,12}", width in 4_u16..40) {
            let own: Vec<String> = broken(&text, usize::from(width)).iter().map(|line| format!(" {line}").trim_end().to_owned()).collect();
            prop_assert_eq!(own, by_the_library(&text, width));
        }
    }
}
