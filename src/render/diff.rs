//! Two states of the book side by side: for a terminal, a program, a pull
//! request.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, ContentArrangement, Table};
use serde::Serialize;

use super::Look;
use super::json::SCHEMA;
use super::markdown::escaped;
use crate::diag::visible;
use crate::diff::{Change, Diff, Kind};
use crate::model::words::words;

words! {
    /// Forms of a comparison.
    DiffFormat {
        Table = "table",
        Json = "json",
        /// Fit for a comment on a pull request.
        Markdown = "markdown",
    }
}

/// Writes a comparison in a format.
///
/// # Errors
/// What the stream says.
pub fn write_diff(diff: &Diff, format: DiffFormat, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match format {
        DiffFormat::Table => table(diff, look, out),
        DiffFormat::Json => json(diff, out),
        DiffFormat::Markdown => markdown(diff, out),
    }
}

/// One line of the comparison.
struct Line {
    change: String,
    promise: String,
    term: String,
    old: String,
    new: String,
    note: &'static str,
}

const HEADERS: [&str; 6] = ["change", "promise", "term", "old", "new", "amendment"];

impl Line {
    fn cells(self) -> [String; 6] {
        [self.change, self.promise, self.term, self.old, self.new, self.note.to_owned()]
    }
}

fn lines(diff: &Diff) -> Vec<Line> {
    let mut changes: Vec<&Change> = diff.changes.iter().collect();
    changes.sort_by_key(|change| change.kind);
    changes.into_iter().flat_map(of_change).collect()
}

fn of_change(change: &Change) -> Vec<Line> {
    let line = |term: &str, old: &str, new: &str| Line {
        change: format!("{} {}", symbol(change.kind), change.kind),
        promise: change.id.clone(),
        term: term.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
        note: note(change),
    };
    match change.kind {
        Kind::Added => vec![line("", "", &change.title)],
        Kind::Removed => vec![line("", &change.title, "")],
        Kind::Renamed => vec![line("id", change.old_id.as_deref().unwrap_or_default(), &change.id)],
        Kind::AmendmentRemoved => vec![line("amendment", "", "")],
        _ => change.terms.iter().map(|term| line(term.term, &term.old, &term.new)).collect(),
    }
}

const fn symbol(kind: Kind) -> &'static str {
    match kind {
        Kind::Removed | Kind::AmendmentRemoved => "−",
        Kind::Weakened => "▼",
        Kind::Rescoped | Kind::Reworded => "~",
        Kind::Strengthened => "▲",
        Kind::Renamed => "→",
        Kind::Added => "+",
    }
}

/// Whether the newer state says so itself.
fn note(change: &Change) -> &'static str {
    match change.kind {
        Kind::Weakened | Kind::Strengthened | Kind::Rescoped | Kind::Reworded if change.declared => "yes",
        Kind::Weakened | Kind::Strengthened | Kind::Rescoped | Kind::Reworded => "none says so",
        _ => "",
    }
}

fn summary(diff: &Diff) -> String {
    let counts: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| (kind, diff.changes.iter().filter(|change| change.kind == *kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    let counts = if counts.is_empty() { "no promise changed".to_owned() } else { counts.join(", ") };
    format!("since {}, {} promises then and {} now: {counts}", visible(&diff.name), diff.old, diff.new)
}

fn unread(diff: &Diff) -> Vec<String> {
    diff.unread.iter().map(|file| format!("not compared: {}: {}", visible(&file.path), visible(&file.why))).collect()
}

fn table(diff: &Diff, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let lines = lines(diff);
    if !lines.is_empty() {
        let mut table = Table::new();
        table.force_no_tty();
        table.load_style(NOTHING);
        table.set_header(HEADERS.map(Cell::new));
        match look.width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for line in lines {
            table.add_row(line.cells().map(|cell| Cell::new(visible(&cell))));
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    for line in unread(diff) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", summary(diff))
}

fn markdown(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**\n", escaped(&summary(diff)))?;
    let lines = lines(diff);
    if !lines.is_empty() {
        writeln!(out, "| {} |\n|{}", HEADERS.join(" | "), " --- |".repeat(HEADERS.len()))?;
    }
    for line in lines {
        writeln!(out, "| {} |", line.cells().map(|cell| escaped(&cell)).join(" | "))?;
    }
    for line in unread(diff) {
        writeln!(out, "\n{}", escaped(&line))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'d> {
    schema: u32,
    since: &'d str,
    promises: Counts,
    changes: Vec<Item<'d>>,
    unread: Vec<UnreadJson<'d>>,
}

#[derive(Serialize)]
struct Counts {
    old: usize,
    new: usize,
}

#[derive(Serialize)]
struct UnreadJson<'d> {
    file: &'d str,
    why: &'d str,
}

#[derive(Serialize)]
struct Item<'d> {
    change: &'static str,
    id: &'d str,
    old_id: Option<&'d str>,
    organisation: &'d str,
    title: &'d str,
    topic: &'static str,
    /// Whether an amendment says so; `null` where none could.
    amended: Option<bool>,
    terms: Vec<Term<'d>>,
    source: Option<Source<'d>>,
    old_source: Option<Source<'d>>,
}

#[derive(Serialize)]
struct Term<'d> {
    term: &'static str,
    bearing: &'static str,
    old: &'d str,
    new: &'d str,
}

#[derive(Serialize)]
struct Source<'d> {
    file: &'d str,
    line: u32,
}

fn json(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        since: &diff.name,
        promises: Counts { old: diff.old, new: diff.new },
        changes: diff.changes.iter().map(item).collect(),
        unread: diff.unread.iter().map(|file| UnreadJson { file: &file.path, why: &file.why }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn item(change: &Change) -> Item<'_> {
    let gone = change.kind == Kind::Removed;
    Item {
        change: change.kind.name(),
        id: &change.id,
        old_id: change.old_id.as_deref(),
        organisation: &change.organisation,
        title: &change.title,
        topic: change.topic.name(),
        amended: (!note(change).is_empty()).then_some(change.declared),
        terms: change
            .terms
            .iter()
            .map(|term| Term { term: term.term, bearing: term.bearing.name(), old: &term.old, new: &term.new })
            .collect(),
        source: (!gone).then_some(Source { file: &change.file, line: change.line }),
        old_source: change.old_place.as_ref().map(|(file, line)| Source { file, line: *line }),
    }
}
