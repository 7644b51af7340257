//! Reading the index.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rusqlite::{Connection, Row};

use super::packed::{COLUMNS, Packed};
use super::{Store, StoreError};
use crate::diag::{Finding, Level, Place, Related};
use crate::model::book::{Dossier, Promises};
use crate::parse::rules::DUPLICATE_ORGANISATION;

/// A file as it was last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Key in the index.
    pub file_id: i64,
    /// Path relative to the book, with `/`.
    pub path: String,
    /// `settings`, `promises` or `progress`.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// Modification time in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Inode, 0 where the system has none.
    pub inode: i64,
    /// When its bytes were read, in nanoseconds since 1970.
    pub read_at_ns: i64,
    /// Hash of its bytes, hexadecimal.
    pub content_hash: String,
    /// `[[commitment]]` tables seen, readable or not.
    pub entries: i64,
    /// The text, of the settings file only.
    pub text: Option<String>,
    /// Whether findings are stored for it.
    pub has_findings: bool,
    /// Whether any of them is `duplicate-organisation`.
    pub is_duplicate: bool,
}

/// From this many packs on, threads are worth their start.
const MANY: usize = 16;

/// Organisations read one after the other.
pub type Organisations = Vec<Dossier>;

/// How much an index holds, without what is left out for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contents {
    /// Organisations.
    pub organisations: u64,
    /// Promises.
    pub promises: u64,
    /// Figures.
    pub figures: u64,
}

pub(crate) fn files(conn: &Connection) -> Result<Vec<FileRow>, StoreError> {
    files_where(conn, "TRUE", [])
}

pub(crate) fn files_of(conn: &Connection, pair: &str) -> Result<Vec<FileRow>, StoreError> {
    files_where(conn, "path IN (?1, ?2)", [format!("{pair}.toml"), format!("{pair}.progress.toml")])
}

pub(crate) fn files_where(
    conn: &Connection,
    which: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<FileRow>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT file_id, rule = ?1 FROM finding")?;
    let mut with_findings = BTreeMap::new();
    let mut rows = statement.query([DUPLICATE_ORGANISATION.id])?;
    while let Some(row) = rows.next()? {
        let is_duplicate = with_findings.entry(row.get::<_, i64>(0)?).or_insert(false);
        *is_duplicate |= row.get::<_, bool>(1)?;
    }
    let mut statement = conn.prepare_cached(&format!(
        "SELECT file_id, path, kind, size, mtime_ns, inode, read_at_ns, content_hash, entries, text FROM file WHERE {which}"
    ))?;
    let rows = statement.query_map(params, |row| {
        let file_id = row.get(0)?;
        let finding = with_findings.get(&file_id);
        Ok(FileRow {
            file_id,
            path: row.get(1)?,
            kind: row.get(2)?,
            size: row.get(3)?,
            mtime_ns: row.get(4)?,
            inode: row.get(5)?,
            read_at_ns: row.get(6)?,
            content_hash: row.get(7)?,
            entries: row.get(8)?,
            text: row.get(9)?,
            has_findings: finding.is_some(),
            is_duplicate: finding == Some(&true),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn findings(conn: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT path, rule, level, line, \"column\", width, excerpt, message, help, related
         FROM finding JOIN file USING (file_id) ORDER BY path, line, \"column\", rule, message",
    )?;
    let rows = statement.query_map([], finding)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn finding(row: &Row<'_>) -> rusqlite::Result<Finding> {
    let level: String = row.get(2)?;
    let related: String = row.get(9)?;
    Ok(Finding {
        place: Place {
            file: row.get(0)?,
            line: row.get(3)?,
            column: row.get(4)?,
            width: row.get(5)?,
            text: row.get(6)?,
        },
        rule: row.get::<_, String>(1)?.into(),
        level: Level::from_name(&level).unwrap_or(Level::Error),
        message: row.get(7)?,
        help: row.get(8)?,
        related: related_places(&related).unwrap_or_default(),
    })
}

fn related_places(json: &str) -> Option<Vec<Related>> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let place = |item: &serde_json::Value| -> Option<Related> {
        let text = |key: &str| item.get(key)?.as_str().map(str::to_owned);
        let count = |key: &str| u32::try_from(item.get(key)?.as_u64()?).ok();
        Some(Related {
            place: Place {
                file: text("file")?,
                line: count("line")?,
                column: count("column")?,
                width: count("width")?,
                text: text("excerpt")?,
            },
            label: text("label")?,
        })
    };
    value.as_array()?.iter().map(place).collect()
}

impl Store {
    /// The files as last read, in no order.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files(&self) -> Result<Vec<FileRow>, StoreError> {
        files(&self.conn)
    }

    /// All findings of the reader, by file and position.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn findings(&self) -> Result<Vec<Finding>, StoreError> {
        findings(&self.conn)
    }

    /// Promises in files whose organisation is left out of every answer.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn left_out(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(entries), 0) FROM file WHERE kind = 'promises' AND file_id NOT IN (SELECT file_id FROM organisation)";
        Ok(self.conn.query_row(sql, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
    }

    /// How much the index holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn contents(&self) -> Result<Contents, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM organisation), (SELECT count(*) FROM \"commitment\"), (SELECT coalesce(sum(entries), 0) FROM progress)";
        let (organisations, promises, figures): (i64, i64, i64) =
            self.conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Contents {
            organisations: organisations.cast_unsigned(),
            promises: promises.cast_unsigned(),
            figures: figures.cast_unsigned(),
        })
    }

    /// Reads several things as they stand at one moment, whatever another
    /// process writes meanwhile.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn at_once<T>(&self, read: impl FnOnce(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let moment = self.conn.unchecked_transaction()?;
        let value = read(self)?;
        moment.finish()?;
        Ok(value)
    }

    /// Keys of the organisations that may have the promise somebody means: one
    /// whose id, with or without the organisation's, begins so, or that had
    /// another id once.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn naming(&self, typed: &str) -> Result<Vec<i64>, StoreError> {
        let (sql, word) = match typed.split_once('/') {
            Some((organisation, _)) => ("SELECT organisation_id FROM organisation WHERE id = ?1", organisation),
            None => (
                "SELECT organisation_id FROM \"commitment\" WHERE substr(id, 1, length(?1)) = ?1
                 UNION SELECT organisation_id FROM organisation WHERE substr(id, 1, length(?1)) = ?1",
                typed,
            ),
        };
        let sql = format!("{sql} UNION SELECT organisation_id FROM \"commitment\" WHERE formerly <> '[]'");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let keys = statement.query_map([word], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// The organisations with these keys and the checksum of each pack;
    /// `provenance` says whether the sources of figures are wanted, too.
    ///
    /// # Errors
    /// Where the index cannot be read, or a pack is absent or damaged.
    pub fn dossiers(&self, keys: &[i64], provenance: bool) -> Result<Vec<(Dossier, i64)>, StoreError> {
        let mut statement = self.conn.prepare_cached(&pack_of_one())?;
        let mut packs = Vec::with_capacity(keys.len());
        for key in keys {
            let mut rows = statement.query([key])?;
            let row = rows.next()?.ok_or_else(|| StoreError::Damaged(format!("pack {key}")))?;
            packs.push(Packed::read(row)?);
        }
        let unpack = |packed: Packed| Ok((packed.dossier(provenance)?, packed.checksum));
        if packs.len() < MANY {
            packs.into_iter().map(unpack).collect()
        } else {
            packs.into_par_iter().map(unpack).collect()
        }
    }

    /// Every organisation without errors, by path of its file. `provenance`
    /// says whether the sources of figures are wanted, too.
    ///
    /// # Errors
    /// Where the index cannot be read, or a pack is damaged.
    pub fn organisations(&self, provenance: bool) -> Result<Organisations, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM pack ORDER BY path"))?;
        let mut rows = statement.query([])?;
        let mut dossiers = Vec::new();
        while let Some(row) = rows.next()? {
            dossiers.push(Packed::read(row)?.dossier(provenance)?);
        }
        Ok(dossiers)
    }
}

fn pack_of_one() -> String {
    format!("SELECT {COLUMNS} FROM pack WHERE organisation_id = ?1")
}

/// Promises of the organisation whose promises file is `file_id`.
pub(crate) fn stored(conn: &Connection, file_id: i64) -> Result<Option<Promises>, StoreError> {
    let mut statement = conn.prepare_cached(&pack_of_one())?;
    let mut rows = statement.query([file_id])?;
    match rows.next()? {
        Some(row) => Ok(Some(Packed::read(row)?.dossier(false)?.promises)),
        None => Ok(None),
    }
}
