//! Reading the index.

use rusqlite::{Connection, Row};

use super::pack::{checksum, unpack};
use super::{Store, StoreError};
use crate::diag::{Finding, Level, Place, Related};
use crate::model::book::{Dossier, Promises};

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

/// Organisations read one after the other.
pub type Organisations = Vec<Dossier>;

const FILES: &str = "SELECT file_id, path, kind, size, mtime_ns, inode, read_at_ns, content_hash, entries, text,
    EXISTS (SELECT 1 FROM finding WHERE finding.file_id = file.file_id),
    EXISTS (SELECT 1 FROM finding WHERE finding.file_id = file.file_id AND rule = 'duplicate-organisation') FROM file";

pub(crate) fn files(conn: &Connection) -> Result<Vec<FileRow>, StoreError> {
    let mut statement = conn.prepare_cached(FILES)?;
    let rows = statement.query_map([], |row| {
        Ok(FileRow {
            file_id: row.get(0)?,
            path: row.get(1)?,
            kind: row.get(2)?,
            size: row.get(3)?,
            mtime_ns: row.get(4)?,
            inode: row.get(5)?,
            read_at_ns: row.get(6)?,
            content_hash: row.get(7)?,
            entries: row.get(8)?,
            text: row.get(9)?,
            has_findings: row.get(10)?,
            is_duplicate: row.get(11)?,
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

    /// Promises files that give no answer: without an organisation, or without
    /// its pack.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn silent_files(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT path FROM file WHERE kind = 'promises' AND (file_id NOT IN (SELECT organisation_id FROM organisation)
                   OR file_id NOT IN (SELECT organisation_id FROM pack))";
        let mut statement = self.conn.prepare_cached(sql)?;
        let paths = statement.query_map([], |row| row.get(0))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// Every organisation without errors, by path of its file. `provenance`
    /// says whether the sources of figures are wanted, too.
    ///
    /// # Errors
    /// Where the index cannot be read, or a pack is damaged.
    pub fn organisations(&self, provenance: bool) -> Result<Organisations, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT path, promises, figures, provenance, checksum FROM pack ORDER BY path")?;
        let mut rows = statement.query([])?;
        let mut dossiers = Vec::new();
        while let Some(row) = rows.next()? {
            dossiers.push(dossier(row, provenance)?);
        }
        Ok(dossiers)
    }
}

fn dossier(row: &Row<'_>, with_provenance: bool) -> Result<Dossier, StoreError> {
    let path: String = row.get(0)?;
    let blob = |index: usize| {
        row.get_ref(index)?
            .as_blob()
            .map_err(|_| rusqlite::Error::InvalidColumnType(index, "pack".into(), rusqlite::types::Type::Null))
    };
    let (promises, figures, provenance) = (blob(1)?, blob(2)?, blob(3)?);
    let whole = checksum([path.as_bytes(), promises, figures, provenance]) == row.get::<_, i64>(4)?;
    let unpacked = || {
        let provenance = if with_provenance { unpack(provenance)? } else { Vec::new() };
        Some(Dossier { path: path.clone(), promises: unpack(promises)?, figures: unpack(figures)?, provenance })
    };
    whole.then(unpacked).flatten().ok_or_else(|| StoreError::Damaged(path.clone()))
}

/// Promises of the organisation whose promises file is `file_id`.
pub(crate) fn stored(conn: &Connection, file_id: i64) -> Result<Option<Promises>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT path, promises, figures, provenance, checksum FROM pack WHERE organisation_id = ?1")?;
    let mut rows = statement.query([file_id])?;
    match rows.next()? {
        Some(row) => Ok(Some(dossier(row, false)?.promises)),
        None => Ok(None),
    }
}
