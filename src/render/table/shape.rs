//! The columns of a table: rich when wide, stacked when narrow, one line a
//! promise when nothing limits the width.

use std::borrow::Cow;

use super::Look;
use super::filled::Filled;
use super::prepared::{Part, Prepared};
use crate::diag::made_visible;
use crate::report::{Mark, Shown, put_age_words, put_day_words, put_left_words};

/// From this width on a promise has six columns of two lines; below it four
/// columns of stacked cells.
const WIDE: u16 = 132;

type Fill = for<'b> fn(&Shown<'b>, Look, &mut Filled<'b>);

/// Columns, and how a row fills them.
pub(super) struct Shape {
    pub(super) headers: &'static [&'static str],
    /// Whether lines part the rows.
    pub(super) is_ruled: bool,
    /// Columns as wide as their widest content.
    pub(super) whole: &'static [usize],
    /// A column that is at least this wide.
    pub(super) at_least: Option<(usize, u16)>,
    fill: Fill,
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

    /// Adds the cells of a row.
    pub(super) fn fill<'b>(&self, shown: &Shown<'b>, look: Look, row: &mut Filled<'b>) {
        (self.fill)(shown, look, row);
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
fn line<'b>(shown: &Shown<'b>, look: Look, row: &mut Filled<'b>) {
    let Prepared { texts, widths } = Prepared::of(shown.prepared);
    row.make(|out| put_status(shown, look, out));
    match made_visible(shown.organisation) {
        Cow::Borrowed(organisation) => row.put(organisation, None),
        Cow::Owned(organisation) => row.make(|out| out.push_str(&organisation)),
    }
    for part in [Part::Title, Part::Progress, Part::Expected, Part::Pace, Part::Latest, Part::Target] {
        row.put(texts[part as usize], Some(widths[part as usize]));
    }
    row.make(|out| put_day_words(shown.deadline, out));
    row.make(|out| put_left_words(shown.status, shown.days_left, out));
    row.make(|out| put_age_words(shown.data_age_days, out));
    row.put(texts[Part::Flags as usize], Some(widths[Part::Flags as usize]));
}

/// Six columns of two or three lines.
fn wide<'b>(shown: &Shown<'b>, look: Look, row: &mut Filled<'b>) {
    let texts = Prepared::of(shown.prepared);
    row.make(|out| put_status(shown, look, out));
    row.make(|out| put_promise(shown, &texts, out));
    row.make(|out| put_progress(&texts, out));
    row.make(|out| put_values(&texts, out));
    row.make(|out| put_time(shown, out));
    row.make(|out| {
        put_age_words(shown.data_age_days, out);
        put_below(texts.get(Part::Flags), out);
    });
}

/// Four columns of stacked cells, readable from 60 columns on.
fn narrow<'b>(shown: &Shown<'b>, look: Look, row: &mut Filled<'b>) {
    let texts = Prepared::of(shown.prepared);
    row.make(|out| put_status(shown, look, out));
    row.make(|out| put_promise(shown, &texts, out));
    row.make(|out| {
        put_progress(&texts, out);
        out.push('\n');
        put_values(&texts, out);
    });
    row.make(|out| {
        put_time(shown, out);
        if shown.data_age_days.is_some() {
            out.push_str("\ndata ");
            put_age_words(shown.data_age_days, out);
        }
        texts.get(Part::Flags).split(", ").for_each(|flag| put_below(flag, out));
    });
}

fn put_promise(shown: &Shown<'_>, texts: &Prepared<'_>, out: &mut String) {
    out.push_str(&made_visible(shown.organisation));
    put_below(texts.get(Part::Title), out);
}

fn put_progress(texts: &Prepared<'_>, out: &mut String) {
    out.push_str(texts.get(Part::Progress));
    put_below(texts.get(Part::Expectation), out);
}

fn put_values(texts: &Prepared<'_>, out: &mut String) {
    out.push_str(texts.get(Part::Latest));
    out.push_str("\ntarget ");
    out.push_str(texts.get(Part::Target));
}

fn put_time(shown: &Shown<'_>, out: &mut String) {
    put_day_words(shown.deadline, out);
    if shown.days_left.is_some() {
        out.push('\n');
        put_left_words(shown.status, shown.days_left, out);
    }
}

/// Another line of a cell, unless it would be empty.
fn put_below(line: &str, out: &mut String) {
    if !line.is_empty() {
        out.push('\n');
        out.push_str(line);
    }
}

/// The mark and the word, with the status by the first terms where that differs.
fn put_status(shown: &Shown<'_>, look: Look, out: &mut String) {
    let status = shown.status;
    out.extend([Mark::of(status).symbol(), " ", status.name()]);
    if let Some(first) = shown.status_first.filter(|first| *first != status) {
        // On one line where nothing wraps.
        let gap = if look.width.is_none() { " " } else { "\n" };
        out.extend([gap, "(first: ", first.name(), ")"]);
    }
}
