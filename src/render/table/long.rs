//! Tables longer than anybody reads whole: laid out by a sample of their rows,
//! then written row by row, with the looks of the short ones. A test holds the
//! two alike.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Look;
use super::shape::Shape;
use super::short;
use crate::report::{Mark, Report};

/// Rows that the layout is made for, spread evenly over all.
const SAMPLE: usize = 256;
/// Rows written to one piece of text, and pieces made at a time.
const PIECE: usize = 128;
const PIECES: usize = 16;
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
    let sample = sample(report, &range).into_iter().map(|index| report.shown(index));
    let layout = Layout::of(&short::table(sample, shape, look), shape, look);
    for line in &layout.head {
        writeln!(out, "{line}")?;
    }
    let pieces: Vec<Range<usize>> =
        range.clone().step_by(PIECE).map(|start| start..range.end.min(start + PIECE)).collect();
    for batch in pieces.chunks(PIECES) {
        let texts: Vec<String> =
            batch.par_iter().map(|piece| text(report, piece.clone(), shape, look, &layout)).collect();
        for text in texts {
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
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
    fn of(sample: &comfy_table::Table, shape: &Shape, look: Look) -> Self {
        let lines: Vec<String> = sample.lines().map(|line| line.trim_end().to_owned()).collect();
        let head = if shape.is_ruled { 3 } else { 1 };
        // Each header stands where its column begins and is filled up to its width.
        let header = sample.lines().nth(head / 2).unwrap_or_default();
        let plain = anstream::adapter::strip_str(&header).to_string();
        let widths = if look.width.is_some() { placed(&plain, shape) } else { measured(sample) };
        Self {
            head: lines.iter().take(head).cloned().collect(),
            widths,
            rule: if shape.is_ruled { lines.last().cloned() } else { None },
        }
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

fn measured(sample: &comfy_table::Table) -> Vec<usize> {
    sample.column_max_content_widths().into_iter().map(usize::from).collect()
}

/// The rows of a range as text.
fn text(report: &Report<'_>, range: Range<usize>, shape: &Shape, look: Look, layout: &Layout) -> String {
    let mut out = String::with_capacity(range.len() * 256);
    for index in range {
        let shown = report.shown(index);
        let cells = shape.fill(&shown, look);
        let code = if look.colour { code(Mark::of(shown.status)) } else { None };
        if look.width.is_some() {
            put_row(&cells, code, layout, &mut out);
        } else {
            put_line(cells.iter().map(|cell| Some(cell.as_ref())), code, layout, &mut out);
        }
    }
    out
}

/// A row of cells that are broken where they are wider than their column.
fn put_row(cells: &[Cow<'_, str>], code: Option<u8>, layout: &Layout, out: &mut String) {
    let columns: Vec<Vec<&str>> = cells
        .iter()
        .zip(&layout.widths)
        .map(|(cell, width)| cell.split('\n').flat_map(|line| broken(line, *width)).collect())
        .collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        put_line(columns.iter().map(|column| column.get(line).copied()), code, layout, out);
    }
    if let Some(rule) = &layout.rule {
        out.push_str(rule);
        out.push('\n');
    }
}

/// One line of the columns; a column that has ended is `None`.
fn put_line<'c>(columns: impl Iterator<Item = Option<&'c str>>, code: Option<u8>, layout: &Layout, out: &mut String) {
    let start = out.len();
    for (index, (text, width)) in columns.zip(&layout.widths).enumerate() {
        if index > 0 && layout.rule.is_some() {
            out.push(' ');
        }
        let code = code.filter(|_| index == 0 && text.is_some());
        put_cell(text.unwrap_or_default(), *width, code, out);
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

fn put_cell(text: &str, width: usize, code: Option<u8>, out: &mut String) {
    if let Some(code) = code {
        // Writing to a string cannot fail.
        let _ = write!(out, "\u{1b}[38;5;{code}m");
    }
    out.push(' ');
    out.push_str(text);
    put_blanks(width.saturating_sub(width_of(text)) + 1, out);
    if code.is_some() {
        out.push_str("\u{1b}[39m");
    }
}

fn put_blanks(mut count: usize, out: &mut String) {
    const BLANKS: &str = "                                ";
    while count > 0 {
        let piece = count.min(BLANKS.len());
        out.push_str(&BLANKS[..piece]);
        count -= piece;
    }
}

/// The width of a text; most hold only characters that are one column wide.
fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Latin letters, the no-break space, bars, signs of comparison and dashes.
    let is_single = |c: char| matches!(c, ' '..='~' | '\u{a0}' | '\u{c0}'..='\u{2af}' | '\u{2013}' | '\u{2212}' | '\u{2264}' | '\u{2265}' | '\u{2500}'..='\u{259f}' | '\u{2713}' | '\u{2717}');
    let mut count = 0;
    for c in text.chars() {
        if !is_single(c) {
            return text.width();
        }
        count += 1;
    }
    count
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
