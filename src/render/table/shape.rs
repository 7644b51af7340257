//! The columns of a table: rich when wide, stacked when narrow, one line a
//! promise when nothing limits the width.

use std::borrow::Cow;

use super::Look;
use super::prepared::Prepared;
use crate::diag::visible;
use crate::report::{Mark, Shown, age_words, day_words, left_words};

/// From this width on a promise has six columns of two lines; below it four
/// columns of stacked cells.
const WIDE: u16 = 132;

type Fill = for<'b> fn(&Shown<'b>, Look) -> Vec<Cow<'b, str>>;

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

    /// The text of each cell.
    pub(super) fn fill<'b>(&self, shown: &Shown<'b>, look: Look) -> Vec<Cow<'b, str>> {
        (self.fill)(shown, look)
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
fn line<'b>(shown: &Shown<'b>, look: Look) -> Vec<Cow<'b, str>> {
    let texts = Prepared::of(shown.prepared);
    vec![
        status(shown, look),
        visible(shown.organisation).into(),
        texts.title.into(),
        texts.progress.into(),
        texts.expected.into(),
        texts.pace.into(),
        texts.latest.into(),
        texts.target.into(),
        day_words(shown.deadline).into(),
        left_words(shown.status, shown.days_left).into(),
        age_words(shown.data_age_days).into(),
        texts.flags.into(),
    ]
}

/// Six columns of two or three lines.
fn wide<'b>(shown: &Shown<'b>, look: Look) -> Vec<Cow<'b, str>> {
    let texts = Prepared::of(shown.prepared);
    vec![
        status(shown, look),
        lines(&[&visible(shown.organisation), texts.title]),
        lines(&[texts.progress, texts.expectation]),
        lines(&[texts.latest, &target(&texts)]),
        lines(&[&day_words(shown.deadline), &left_words(shown.status, shown.days_left)]),
        lines(&[&age_words(shown.data_age_days), texts.flags]),
    ]
}

/// Four columns of stacked cells, readable from 60 columns on.
fn narrow<'b>(shown: &Shown<'b>, look: Look) -> Vec<Cow<'b, str>> {
    let texts = Prepared::of(shown.prepared);
    let data = shown.data_age_days.map_or_else(String::new, |_| format!("data {}", age_words(shown.data_age_days)));
    let left = left_words(shown.status, shown.days_left);
    vec![
        status(shown, look),
        lines(&[&visible(shown.organisation), texts.title]),
        lines(&[texts.progress, texts.expectation, texts.latest, &target(&texts)]),
        lines(&[&day_words(shown.deadline), &left, &data, &texts.flags.replace(", ", "\n")]),
    ]
}

fn target(texts: &Prepared<'_>) -> String {
    format!("target {}", texts.target)
}

/// Lines one below the other, the empty ones left out.
fn lines<'b>(lines: &[&str]) -> Cow<'b, str> {
    let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty()).collect();
    filled.join("\n").into()
}

/// The mark and the word, with the status by the first terms where that differs.
fn status<'b>(shown: &Shown<'b>, look: Look) -> Cow<'b, str> {
    let status = shown.status;
    let text = format!("{} {}", Mark::of(status).symbol(), status.name());
    match shown.status_first.filter(|first| *first != status) {
        // On one line where nothing wraps.
        Some(first) => format!("{text}{}(first: {first})", if look.width.is_none() { ' ' } else { '\n' }).into(),
        None => text.into(),
    }
}
