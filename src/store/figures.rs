//! The rows of an organisation's figures. There are far more of them than of
//! anything else, so most go in by tens.

use std::borrow::Cow;
use std::sync::LazyLock;

use rusqlite::CachedStatement;

use super::StoreError;
use super::row::{Iso, Row};
use super::write::Update;
use crate::model::figure::{Disclosure, Figure, Measured, Provenance};
use crate::model::number::Number;
use crate::model::words::Word;

/// Figures of one organisation are one range of keys this wide.
const FIGURES_PER_ORGANISATION: i64 = 1 << 24;

/// Columns that most figures have; the others are NULL or 0 in their rows.
const COMMON: &str = "INSERT INTO figure (figure_id, organisation_id, line, metric, by_commitment, period, first_day, last_day, value, unit, amount,
    reported, recorded, source_title, source_url, note, no_disclosure, restates, \"break\") VALUES ";
const COMMON_ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)";

/// Rows of one statement.
const AT_ONCE: usize = 10;

static ONE: LazyLock<String> = LazyLock::new(|| format!("{COMMON}{COMMON_ROW}"));
static SOME: LazyLock<String> = LazyLock::new(|| format!("{COMMON}{}", [COMMON_ROW; AT_ONCE].join(", ")));

/// All columns.
const WHOLE: &str =
    "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// A figure with its place in the file and its source.
type Entry<'f> = (i64, &'f Figure, &'f Provenance);

impl Update<'_> {
    pub(super) fn clear_figures(&self, id: i64) -> Result<(), StoreError> {
        self.tx
            .prepare_cached("DELETE FROM figure WHERE figure_id >= ?1 AND figure_id < ?2")?
            .execute([id * FIGURES_PER_ORGANISATION, (id + 1) * FIGURES_PER_ORGANISATION])?;
        Ok(())
    }

    pub(super) fn insert_figures(
        &self,
        id: i64,
        figures: &[Figure],
        provenance: &[Provenance],
    ) -> Result<(), StoreError> {
        let (mut one, mut some) = (self.tx.prepare_cached(&ONE)?, self.tx.prepare_cached(&SOME)?);
        let mut whole: Option<CachedStatement<'_>> = None;
        let mut waiting: Vec<Entry<'_>> = Vec::with_capacity(AT_ONCE);
        for (position, (figure, from)) in (0_i64..).zip(figures.iter().zip(provenance)) {
            let entry = (position, figure, from);
            if is_common(figure, from) {
                waiting.push(entry);
                if waiting.len() == AT_ONCE {
                    insert_common(&mut some, id, &waiting)?;
                    waiting.clear();
                }
            } else {
                let statement = match &mut whole {
                    Some(statement) => statement,
                    none => none.insert(self.tx.prepare_cached(WHOLE)?),
                };
                insert_whole(statement, id, entry)?;
            }
        }
        for entry in waiting {
            insert_common(&mut one, id, &[entry])?;
        }
        Ok(())
    }
}

/// Whether the columns of [`COMMON`] say all of the figure.
fn is_common(figure: &Figure, from: &Provenance) -> bool {
    let plain =
        |measured: &Measured| measured.bound.is_none() && measured.gross.is_none() && measured.offsets.is_none();
    let source = &from.source;
    figure.measured().is_some_and(plain)
        && !(figure.restates || figure.series_break || figure.confidence.is_some() || from.assurance.is_some())
        && source.copy_url.is_none()
        && source.page.is_none()
        && source.note.is_none()
        && from.author.is_none()
}

fn insert_common(statement: &mut CachedStatement<'_>, id: i64, entries: &[Entry<'_>]) -> Result<(), StoreError> {
    let mut row = Row::of(statement);
    for (position, figure, from) in entries {
        // Common figures are measured.
        let measured = figure.measured();
        begin(&mut row, id, *position, figure)?;
        row.put(measured.map(|measured| measured.written.text.as_str()))?
            .put(measured.and_then(unit))?
            .put(measured.map(amount).as_deref())?
            .put(figure.reported.map(Iso::date))?
            .put(figure.recorded.map(Iso::day))?
            .put(from.source.title.as_deref())?
            .put(from.source.url.as_deref())?
            .put(from.note.as_deref())?;
    }
    Ok(row.run()?)
}

/// Key, line, series and period.
fn begin(row: &mut Row<'_, '_>, id: i64, position: i64, figure: &Figure) -> Result<(), StoreError> {
    row.put(id * FIGURES_PER_ORGANISATION + position)?
        .put(id)?
        .put(figure.line)?
        .put(figure.metric.as_str())?
        .put(figure.by_commitment)?
        .put(figure.period.text.as_str())?
        .put(Iso::day(figure.period.first))?
        .put(Iso::day(figure.period.last))?;
    Ok(())
}

fn insert_whole(
    statement: &mut CachedStatement<'_>,
    id: i64,
    (position, figure, from): Entry<'_>,
) -> Result<(), StoreError> {
    let measured = figure.measured();
    let done = if let Disclosure::Done(done) = figure.disclosure { Some(done) } else { None };
    let number = |of: fn(&Measured) -> &Option<Number>| {
        measured.and_then(|measured| of(measured).as_ref()).map(|number| number.text.as_str())
    };
    let mut row = Row::of(statement);
    begin(&mut row, id, position, figure)?;
    row.put(measured.map(|measured| measured.written.text.as_str()))?
        .put(measured.and_then(unit))?
        .put(measured.map(amount).as_deref())?
        .put(measured.and_then(|measured| measured.bound).map(Word::word))?
        .put(number(|measured| &measured.gross))?
        .put(number(|measured| &measured.offsets))?
        .put(done)?
        .put(figure.disclosure == Disclosure::None)?
        .put(figure.reported.map(Iso::date))?
        .put(figure.recorded.map(Iso::day))?
        .put(figure.restates)?
        .put(figure.series_break)?
        .put(figure.confidence.map(Word::word))?
        .put(from.assurance.map(Word::word))?
        .put(from.source.title.as_deref())?
        .put(from.source.url.as_deref())?
        .put(from.source.copy_url.as_deref())?
        .put(from.source.page.as_deref())?
        .put(from.source.note.as_deref())?
        .put(from.note.as_deref())?
        .put(from.author.as_deref())?;
    Ok(row.run()?)
}

fn unit(measured: &Measured) -> Option<&str> {
    measured.unit.as_ref().map(|unit| unit.text.as_str())
}

/// The amount in digits: those that were written, where they are the same.
fn amount(measured: &Measured) -> Cow<'_, str> {
    let (written, amount) = (&measured.written, measured.amount);
    let digits = written.text.strip_prefix('-').unwrap_or(&written.text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let as_printed = all(whole) && all(part) && (whole == "0" || !whole.starts_with('0'));
    // Equal decimals may print otherwise: the scale has to be the same.
    let same = amount == written.value && amount.scale() == written.value.scale() && !amount.is_zero();
    if as_printed && same { Cow::Borrowed(&written.text) } else { Cow::Owned(amount.to_string()) }
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
                assert_eq!(amount(&measured), amount_of.to_string(), "{text}");
            }
        }
    }
}
