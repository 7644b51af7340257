//! The rows of an organisation's figures. There are far more of them than of
//! anything else, so most go in by tens.

use std::sync::LazyLock;

use rusqlite::CachedStatement;

use super::StoreError;
use super::row::{Iso, Row};
use super::sources::Sources;
use super::write::Update;
use crate::model::figure::{Disclosure, Figure, Measured, Provenance, Source};
use crate::model::number::Number;
use crate::model::words::Word;

/// Figures of one organisation are one range of keys this wide.
const FIGURES_PER_ORGANISATION: i64 = 1 << 24;

/// Rows of one statement.
const AT_ONCE: usize = 10;

/// Statements that insert one row, and some at once.
struct Inserts {
    one: String,
    some: String,
}

impl Inserts {
    fn into(table: &str, columns: usize) -> Self {
        let row = format!("({})", vec!["?"; columns].join(", "));
        let begin = format!("INSERT INTO {table} VALUES ");
        Self { some: format!("{begin}{}", [row.as_str(); AT_ONCE].join(", ")), one: begin + &row }
    }
}

static FIGURES: LazyLock<Inserts> = LazyLock::new(|| Inserts::into("figure", 13));
static SOURCES: LazyLock<Inserts> = LazyLock::new(|| Inserts::into("figure_source", 6));

/// What few figures have.
const DETAIL: &str = "INSERT INTO figure_detail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// A figure with its key, where it comes from, and the place of its source.
type Entry<'f> = (i64, &'f Figure, &'f Provenance, Option<u32>);

impl Update<'_> {
    pub(super) fn clear_figures(&self, id: i64) -> Result<(), StoreError> {
        self.tx
            .prepare_cached("DELETE FROM figure WHERE figure_id >= ?1 AND figure_id < ?2")?
            .execute([id * FIGURES_PER_ORGANISATION, (id + 1) * FIGURES_PER_ORGANISATION])?;
        self.tx
            .prepare_cached("DELETE FROM figure_source WHERE source_id >= ?1 AND source_id < ?2")?
            .execute([id * FIGURES_PER_ORGANISATION, (id + 1) * FIGURES_PER_ORGANISATION])?;
        Ok(())
    }

    pub(super) fn insert_figures(
        &self,
        id: i64,
        figures: &[Figure],
        provenance: &[Provenance],
        sources: &Sources,
    ) -> Result<(), StoreError> {
        let keys = id * FIGURES_PER_ORGANISATION..;
        self.insert_all(&SOURCES, sources.len(), keys.clone().zip(sources.each(provenance)), put_source)?;
        let entries = || {
            let said = figures.iter().zip(provenance).zip(sources.places());
            keys.clone().zip(said).map(|(key, ((figure, from), source))| (key, figure, from, source))
        };
        self.insert_all(&FIGURES, figures.len(), entries(), put_figure)?;
        let mut detail: Option<CachedStatement<'_>> = None;
        for entry in entries().filter(|(_, figure, from, _)| has_detail(figure, from)) {
            let statement = match &mut detail {
                Some(statement) => statement,
                none => none.insert(self.tx.prepare_cached(DETAIL)?),
            };
            insert_detail(statement, entry)?;
        }
        Ok(())
    }
}

impl Update<'_> {
    /// Inserts `count` rows.
    fn insert_all<T>(
        &self,
        inserts: &Inserts,
        count: usize,
        mut rows: impl Iterator<Item = T>,
        put: impl Fn(&mut Row<'_, '_>, T) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut some = self.tx.prepare_cached(&inserts.some)?;
        for _ in 0..count / AT_ONCE {
            let mut row = Row::of(&mut some);
            rows.by_ref().take(AT_ONCE).try_for_each(|values| put(&mut row, values))?;
            row.run()?;
        }
        let mut one = self.tx.prepare_cached(&inserts.one)?;
        for values in rows {
            let mut row = Row::of(&mut one);
            put(&mut row, values)?;
            row.run()?;
        }
        Ok(())
    }
}

fn put_source(row: &mut Row<'_, '_>, (key, source): (i64, &Source)) -> rusqlite::Result<()> {
    row.put(key)?
        .put(source.title.as_deref())?
        .put(source.url.as_deref())?
        .put(source.copy_url.as_deref())?
        .put(source.page.as_deref())?
        .put(source.note.as_deref())?;
    Ok(())
}

/// Whether a figure says more than [`put_figure`] stores.
fn has_detail(figure: &Figure, from: &Provenance) -> bool {
    let plain = |measured: &Measured| {
        measured.unit.is_none()
            && amount(measured).is_none()
            && measured.bound.is_none()
            && measured.gross.is_none()
            && measured.offsets.is_none()
    };
    let says_more = figure.restates || figure.series_break || figure.confidence.is_some() || from.assurance.is_some();
    !figure.measured().is_some_and(plain) || says_more || from.author.is_some()
}

fn put_figure(row: &mut Row<'_, '_>, (key, figure, from, source): Entry<'_>) -> rusqlite::Result<()> {
    let organisation = key / FIGURES_PER_ORGANISATION;
    row.put(key)?
        .put(organisation)?
        .put(figure.line)?
        .put(figure.metric.as_str())?
        .put(figure.by_commitment)?
        .put(figure.period.text.as_str())?
        .put(Iso::day(figure.period.first))?
        .put(Iso::day(figure.period.last))?
        .put(figure.measured().map(|measured| measured.written.text.as_str()))?
        .put(figure.reported.map(Iso::date))?
        .put(figure.recorded.map(Iso::day))?
        .put(source.map(|place| organisation * FIGURES_PER_ORGANISATION + i64::from(place)))?
        .put(from.note.as_deref())?;
    Ok(())
}

fn insert_detail(statement: &mut CachedStatement<'_>, (key, figure, from, _): Entry<'_>) -> Result<(), StoreError> {
    let measured = figure.measured();
    let done = if let Disclosure::Done(done) = figure.disclosure { Some(done) } else { None };
    let number = |of: fn(&Measured) -> &Option<Number>| {
        measured.and_then(|measured| of(measured).as_ref()).map(|number| number.text.as_str())
    };
    let mut row = Row::of(statement);
    row.put(key)?
        .put(measured.and_then(unit))?
        .put(measured.and_then(amount))?
        .put(measured.and_then(|measured| measured.bound).map(Word::word))?
        .put(number(|measured| &measured.gross))?
        .put(number(|measured| &measured.offsets))?
        .put(done)?
        .put(figure.disclosure == Disclosure::None)?
        .put(figure.restates)?
        .put(figure.series_break)?
        .put(figure.confidence.map(Word::word))?
        .put(from.assurance.map(Word::word))?
        .put(from.author.as_deref())?;
    Ok(row.run()?)
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
    // Equal decimals may print otherwise: the scale has to be the same.
    let same = amount == written.value && amount.scale() == written.value.scale() && !amount.is_zero();
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
