//! What an organisation's progress file says, as one row for people and SQL.
//! There are far more entries than of anything else; the view `figures` has a
//! row for each.

use chrono::Datelike;
use rusqlite::params;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::StoreError;
use super::row::{Iso, Row};
use super::sources::Sources;
use super::write::Update;
use crate::model::figure::{Disclosure, Figure, Measured, Provenance, Source};
use crate::model::number::Number;
use crate::model::period::Period;
use crate::model::words::Word;

/// Bytes of an entry of the common sort, so that the text seldom grows while it is made.
const COMMON_BYTES: usize = 72;

/// The entries of a progress file as the table `progress` keeps them.
#[derive(Debug, Default)]
pub(super) struct Entries {
    count: usize,
    /// JSON list; what the places in an entry mean stands with the table.
    figures: String,
    /// JSON list of the sources, each once.
    sources: String,
}

impl Entries {
    pub(super) fn of(figures: &[Figure], provenance: &[Provenance], sources: &Sources) -> Self {
        let said = figures.iter().zip(provenance).zip(sources.places());
        let entries = said.zip(newest(figures));
        let entries = entries.map(|(((figure, from), source), newest)| Entry { figure, from, source, newest });
        Self {
            count: figures.len(),
            figures: list(figures.len() * COMMON_BYTES, entries),
            sources: list(0, sources.each(provenance).map(Origin)),
        }
    }
}

impl Update<'_> {
    /// Replaces the row of an organisation's entries; there is none where there
    /// are no entries.
    pub(super) fn put_entries(&self, id: i64, entries: &Entries) -> Result<(), StoreError> {
        if entries.count == 0 {
            self.tx.prepare_cached("DELETE FROM progress WHERE organisation_id = ?1")?.execute(params![id])?;
            return Ok(());
        }
        let mut statement = self.tx.prepare_cached("REPLACE INTO progress VALUES (?, ?, ?, ?)")?;
        let mut row = Row::of(&mut statement);
        row.put(id)?.put(entries.count as i64)?.put(entries.figures.as_str())?.put(entries.sources.as_str())?;
        Ok(row.run()?)
    }
}

/// A JSON list.
fn list<T: Serialize>(bytes: usize, items: impl Iterator<Item = T>) -> String {
    let mut out = Vec::with_capacity(bytes + 2);
    // Memory takes all that is written, and serde_json writes UTF-8.
    let _ = serde_json::Serializer::new(&mut out).collect_seq(items);
    String::from_utf8(out).unwrap_or_default()
}

/// For each figure, whether no other edition of its period counts in its place.
fn newest(figures: &[Figure]) -> Vec<bool> {
    let of = |place: &usize| {
        let Figure { metric, period, .. } = &figures[*place];
        (period.first, period.last, metric.as_str())
    };
    let mut places: Vec<usize> = (0..figures.len()).collect();
    // Stable, and quick on what is in order already, as most files are.
    places.sort_by(|a, b| of(a).cmp(&of(b)));
    let mut newest = vec![true; figures.len()];
    for editions in places.chunk_by(|a, b| of(a) == of(b)).filter(|editions| editions.len() > 1) {
        let says = |place: &&usize| figures[**place].disclosure != Disclosure::None;
        if let Some(counts) = editions.iter().filter(says).max_by_key(|place| figures[**place].edition()) {
            editions.iter().for_each(|place| newest[*place] = place == counts);
        }
    }
    newest
}

/// One entry as a list, short where its last places are empty.
struct Entry<'f> {
    figure: &'f Figure,
    from: &'f Provenance,
    source: Option<u32>,
    newest: bool,
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { figure, source, .. } = self;
        let rest = Rest(self);
        let has_rest = rest.says_something();
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(&figure.line)?;
        list.serialize_element(figure.metric.as_str())?;
        list.serialize_element(figure.period.text.as_str())?;
        list.serialize_element(&figure.measured().map(|measured| measured.written.text.as_str()))?;
        list.serialize_element(&figure.recorded.map(Iso::day))?;
        list.serialize_element(&figure.reported.map(Iso::date))?;
        if source.is_some() || has_rest {
            list.serialize_element(source)?;
        }
        if has_rest {
            list.serialize_element(&rest)?;
        }
        list.end()
    }
}

/// What few entries say, by name.
struct Rest<'e>(&'e Entry<'e>);

impl Rest<'_> {
    fn says_something(&self) -> bool {
        let Entry { figure, from, newest, .. } = self.0;
        let plain = |measured: &Measured| {
            measured.unit.is_none()
                && amount(measured).is_none()
                && measured.bound.is_none()
                && measured.gross.is_none()
                && measured.offsets.is_none()
        };
        let marked = figure.by_commitment || figure.restates || figure.series_break || figure.confidence.is_some();
        let told = from.assurance.is_some() || from.note.is_some() || from.author.is_some();
        !figure.measured().is_some_and(plain) || marked || told || !newest || !is_calendar_year(&figure.period)
    }
}

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Entry { figure, from, newest, .. } = self.0;
        let measured = figure.measured();
        let number = |of: fn(&Measured) -> &Option<Number>| {
            measured.and_then(|measured| of(measured).as_ref()).map(|number| number.text.as_str())
        };
        let days = (!is_calendar_year(&figure.period)).then_some(&figure.period);
        let done = if let Disclosure::Done(done) = figure.disclosure { Some(done) } else { None };
        let mut map = Named(serializer.serialize_map(None)?);
        map.put("first_day", days.map(|days| Iso::day(days.first)))?;
        map.put("last_day", days.map(|days| Iso::day(days.last)))?;
        map.put("by_commitment", is(figure.by_commitment))?;
        map.put("unit", measured.and_then(unit))?;
        map.put("amount", measured.and_then(amount))?;
        map.put("bound", measured.and_then(|measured| measured.bound).map(Word::word))?;
        map.put("gross", number(|measured| &measured.gross))?;
        map.put("offsets", number(|measured| &measured.offsets))?;
        map.put("done", done)?;
        map.put("no_disclosure", is(figure.disclosure == Disclosure::None))?;
        map.put("restates", is(figure.restates))?;
        map.put("break", is(figure.series_break))?;
        map.put("confidence", figure.confidence.map(Word::word))?;
        map.put("assurance", from.assurance.map(Word::word))?;
        map.put("note", from.note.as_deref())?;
        map.put("author", from.author.as_deref())?;
        map.put("superseded", is(!newest))?;
        map.0.end()
    }
}

/// A source by name.
struct Origin<'p>(&'p Source);

impl Serialize for Origin<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Source { title, url, copy_url, page, note } = self.0;
        let mut map = Named(serializer.serialize_map(None)?);
        map.put("title", title.as_deref())?;
        map.put("url", url.as_deref())?;
        map.put("copy_url", copy_url.as_deref())?;
        map.put("page", page.as_deref())?;
        map.put("note", note.as_deref())?;
        map.0.end()
    }
}

/// A JSON object without what is absent.
struct Named<M>(M);

impl<M: SerializeMap> Named<M> {
    fn put(&mut self, name: &'static str, value: Option<impl Serialize>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.0.serialize_entry(name, &value))
    }
}

fn is(said: bool) -> Option<bool> {
    said.then_some(true)
}

/// Whether the days of a period follow from its text alone: `2030`.
fn is_calendar_year(period: &Period) -> bool {
    let Period { text, first, last } = period;
    let whole = (first.ordinal(), last.month(), last.day()) == (1, 12, 31);
    whole && text.len() == 4 && first.year() == last.year() && text.parse() == Ok(first.year())
}

fn unit(measured: &Measured) -> Option<&str> {
    measured.unit.as_ref().map(|unit| unit.text.as_str())
}

/// The amount in digits, where they are not those that were written.
fn amount(measured: &Measured) -> Option<String> {
    let (written, amount) = (&measured.written, measured.amount);
    let digits = written.text.strip_prefix('-').unwrap_or(&written.text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let as_printed = all(whole) && all(part) && (whole == "0" || !whole.starts_with('0'));
    // Equal decimals may print otherwise: the scale has to be the same, and zero has no sign.
    let is_signed_zero = amount.is_zero() && digits.len() < written.text.len();
    let same = amount == written.value && amount.scale() == written.value.scale() && !is_signed_zero;
    (!(as_printed && same)).then(|| amount.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn amounts_are_written_as_they_print() {
        for text in [
            "12.40",
            "1_000",
            "5e3",
            "-0.1",
            "+7",
            "1.5E-2",
            "-0",
            "0",
            "0.00",
            "007",
            "1234567890123456789012345678",
            "3.0",
            "-12",
            "0.5",
            "1e2",
        ] {
            let written = Number::parse(text).unwrap();
            for amount_of in [written.value, written.value.normalize()] {
                let measured = Measured {
                    written: written.clone(),
                    unit: None,
                    amount: amount_of,
                    bound: None,
                    gross: None,
                    offsets: None,
                };
                let stored = amount(&measured);
                assert_eq!(stored.as_deref().unwrap_or(text), amount_of.to_string(), "{text}");
            }
        }
    }
}
