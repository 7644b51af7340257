//! Progress files of ordinary form, read line by line without a tree.
//!
//! A book has far more figures than anything else, and nearly all of them are
//! written alike: `[[progress]]`, then one `key = value` a line with plain
//! strings, numbers and dates. Such a file is read here at a fraction of the
//! cost. Whatever is of another form, and whatever would be a finding, is left
//! to the careful reader; a property holds both to the same answer.

use chrono::NaiveDate;

use super::frame::{Frame, Series, Unsure};
use super::line::{Written, ends, is_plain, key, lines, value};
use crate::model::date::PartialDate;
use crate::model::figure::{Assurance, Confidence, Disclosure, Figure, Measured, Provenance, Source};
use crate::model::metric::Aggregate;
use crate::model::number::Number;
use crate::model::period::Period;
use crate::model::words::Word;

/// Bytes of a short entry, to make room for as many figures as there may be.
const SHORT_ENTRY: usize = 150;

/// The figures of a file in which every line is of ordinary form and nothing is
/// to be told; `None` for all others.
pub(super) fn read(text: &str, frame: &Frame) -> Option<(Vec<Figure>, Vec<Provenance>)> {
    if frame.unsure != Unsure::default() || !is_plain(text) {
        return None;
    }
    let room = text.len() / SHORT_ENTRY + 1;
    let mut read = Read {
        frame,
        last: None,
        figures: Vec::with_capacity(room),
        provenance: Vec::with_capacity(room),
        editions: Vec::with_capacity(room),
    };
    let mut entry: Option<Entry<'_>> = None;
    for (number, line) in (1_u32..).zip(lines(text)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_prefix("[[progress]]") {
            if !ends(rest) {
                return None;
            }
            if let Some(entry) = entry.replace(Entry { line: number, ..Entry::default() }) {
                read.figure(entry)?;
            }
        } else {
            entry.as_mut()?.field(line)?;
        }
    }
    read.figure(entry?)?;
    read.has_one_edition_each().then_some((read.figures, read.provenance))
}

/// One entry as far as it is read; a field that stands twice ends the reading.
#[derive(Default)]
struct Entry<'t> {
    line: u32,
    metric: Option<&'t str>,
    commitment: Option<&'t str>,
    period: Option<&'t str>,
    value: Option<&'t str>,
    unit: Option<&'t str>,
    reported: Option<PartialDate>,
    recorded: Option<NaiveDate>,
    restates: Option<bool>,
    series_break: Option<bool>,
    confidence: Option<Confidence>,
    assurance: Option<Assurance>,
    source: Option<Source>,
    note: Option<&'t str>,
    author: Option<&'t str>,
}

impl<'t> Entry<'t> {
    fn field(&mut self, line: &'t str) -> Option<()> {
        let (key, rest) = key(line)?;
        let written = value(rest)?;
        match (key, written) {
            ("metric", Written::Text(text)) => once(&mut self.metric, text),
            ("commitment", Written::Text(text)) => once(&mut self.commitment, text),
            ("period", Written::Text(text)) => once(&mut self.period, text),
            ("value", Written::Number(text)) => once(&mut self.value, text),
            ("unit", Written::Text(text)) => once(&mut self.unit, text),
            ("reported", Written::Text(text)) => once(&mut self.reported, PartialDate::parse(text)?),
            ("reported", Written::Day(day)) => once(&mut self.reported, PartialDate::Day(day)),
            ("recorded", Written::Text(text)) => match PartialDate::parse(text)? {
                PartialDate::Day(day) => once(&mut self.recorded, day),
                _ => None,
            },
            ("recorded", Written::Day(day)) => once(&mut self.recorded, day),
            ("restates", Written::Flag(flag)) => once(&mut self.restates, flag),
            ("break", Written::Flag(flag)) => once(&mut self.series_break, flag),
            ("confidence", Written::Text(text)) => once(&mut self.confidence, word(text)?),
            ("assurance", Written::Text(text)) => once(&mut self.assurance, word(text)?),
            ("source", Written::Table(fields)) => once(&mut self.source, source(fields)?),
            ("note", Written::Text(text)) => once(&mut self.note, text),
            ("author", Written::Text(text)) => once(&mut self.author, text),
            _ => None,
        }
    }
}

fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

fn word<W: Word>(text: &str) -> Option<W> {
    W::WORDS.iter().copied().find(|word| word.word() == text)
}

fn source<'t>(fields: impl Iterator<Item = Option<(&'t str, &'t str)>>) -> Option<Source> {
    let mut source = Source::default();
    for field in fields {
        let (key, text) = field?;
        let slot = match key {
            "title" => &mut source.title,
            "url" => &mut source.url,
            "copy-url" => &mut source.copy_url,
            "page" => &mut source.page,
            "note" => &mut source.note,
            _ => return None,
        };
        once(slot, text.to_owned())?;
    }
    Some(source)
}

/// A file as far as it is read.
struct Read<'f> {
    frame: &'f Frame,
    /// The series of the entry before, which is mostly that of the next one.
    last: Option<&'f Series>,
    figures: Vec<Figure>,
    provenance: Vec<Provenance>,
    /// Series and days of each figure that restates nothing.
    editions: Vec<(&'f str, NaiveDate, NaiveDate)>,
}

impl<'f> Read<'f> {
    fn figure(&mut self, entry: Entry<'_>) -> Option<()> {
        let series = self.series(&entry)?;
        let period = Period::parse(entry.period?, self.frame.fiscal_year).ok()?;
        if entry.recorded.is_some_and(|recorded| period.last > recorded) {
            return None;
        }
        let restates = entry.restates.unwrap_or(false);
        if !restates {
            self.editions.push((&series.id, period.first, period.last));
        } else if entry.reported.is_none() {
            return None;
        }
        self.figures.push(Figure {
            metric: series.id.as_str().into(),
            by_commitment: entry.commitment.is_some(),
            period,
            disclosure: Disclosure::Value(measured(&entry, series)?),
            reported: entry.reported,
            recorded: entry.recorded,
            restates,
            series_break: entry.series_break.unwrap_or(false),
            confidence: entry.confidence,
            line: entry.line,
        });
        self.provenance.push(Provenance {
            source: entry.source.unwrap_or_default(),
            assurance: entry.assurance,
            note: entry.note.map(str::to_owned),
            author: entry.author.map(str::to_owned),
        });
        Some(())
    }

    /// The series of an entry, where its parts are not added up.
    fn series(&mut self, entry: &Entry<'_>) -> Option<&'f Series> {
        let (id, own) = match (entry.metric, entry.commitment) {
            (Some(id), None) => (id, false),
            (None, Some(id)) => (id, true),
            _ => return None,
        };
        let series = match self.last.filter(|series| series.id == id) {
            Some(series) => series,
            None => self.frame.find(id)?,
        };
        self.last = Some(series);
        ((series.own || !own) && series.aggregate == Aggregate::Latest).then_some(series)
    }

    /// Whether no two figures are for the same series and days.
    fn has_one_edition_each(&mut self) -> bool {
        if !self.editions.is_sorted_by(|a, b| a < b) {
            self.editions.sort_unstable();
        }
        self.editions.is_sorted_by(|a, b| a < b)
    }
}

/// The value, where nothing is to be converted.
fn measured(entry: &Entry<'_>, series: &Series) -> Option<Measured> {
    let written = Number::parse(entry.value?).ok()?;
    let unit = match (entry.unit, &series.unit) {
        (None, Some(_)) => None,
        (None, None) if !series.done => None,
        (Some(text), Some(unit)) if unit.text == text && unit.kind().is_some() => Some(unit.clone()),
        _ => return None,
    };
    Some(Measured { amount: written.value, written, unit, bound: None, gross: None, offsets: None })
}

#[cfg(test)]
mod tests;
