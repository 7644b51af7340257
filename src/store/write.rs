//! Writing the index: all changes of one sync are one transaction.

use rusqlite::{Transaction, TransactionBehavior, params};
use serde_json::json;

use super::build::CACHE_KIB;
use super::packed::{COLUMNS, Packed};
use super::read::{self, FileRow};
use super::row::Row;
use super::{Store, StoreError};
use crate::diag::Finding;
use crate::model::book::Promises;
use crate::model::figure::{Figure, Provenance};

/// A file as it was just read.
#[derive(Debug, Clone)]
pub struct NewFile<'f> {
    /// Path relative to the book, with `/`.
    pub path: &'f str,
    /// `settings`, `promises` or `progress`.
    pub kind: &'f str,
    /// Bytes, modification time, inode and time of reading.
    pub stamp: Stamp,
    /// Hash of its bytes, hexadecimal.
    pub content_hash: &'f str,
    /// `[[commitment]]` tables seen.
    pub entries: i64,
    /// The text, of the settings file only.
    pub text: Option<&'f str>,
}

/// What tells that a file is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Bytes.
    pub size: i64,
    /// Modification time in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Inode, 0 where the system has none.
    pub inode: i64,
    /// When the bytes were read, in nanoseconds since 1970.
    pub read_at_ns: i64,
}

/// Statements kept ready: more than there are kinds of rows.
const STATEMENTS: usize = 64;

/// One transaction that writes. Dropped without [`Update::commit`], nothing of
/// it stays.
#[derive(Debug)]
pub struct Update<'s> {
    pub(super) tx: Transaction<'s>,
    /// Whether nothing stands in the index that a row could replace.
    onto_nothing: bool,
}

impl Store {
    /// Begins to write; waits for another process that does.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn update(&mut self) -> Result<Update<'_>, StoreError> {
        self.conn.set_prepared_statement_cache_capacity(STATEMENTS);
        self.conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
        Ok(Update { tx: self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?, onto_nothing: false })
    }
}

impl Update<'_> {
    /// Makes the changes visible, all at once.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit()?)
    }

    /// Says that the index holds no files but the settings, so that there are
    /// no earlier rows to look for.
    pub fn onto_nothing(&mut self) {
        self.onto_nothing = true;
    }

    /// The files as last read.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files(&self) -> Result<Vec<FileRow>, StoreError> {
        read::files(&self.tx)
    }

    /// A file as last read; `None` where it is not known.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<FileRow>, StoreError> {
        Ok(read::files_where(&self.tx, "path = ?1", [path])?.pop())
    }

    /// The files of one organisation, by what their paths share.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files_of(&self, pair: &str) -> Result<Vec<FileRow>, StoreError> {
        read::files_of(&self.tx, pair)
    }

    /// Promises stored for the promises file `file_id`.
    ///
    /// # Errors
    /// Where the index cannot be read, or the pack is damaged.
    pub fn stored(&self, file_id: i64) -> Result<Option<Promises>, StoreError> {
        read::stored(&self.tx, file_id)
    }

    /// Enters a file or replaces what is known of it; returns its key.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_file(&self, file: &NewFile<'_>) -> Result<i64, StoreError> {
        if self.onto_nothing && file.kind != "settings" {
            return self.add_file(file);
        }
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO file (path, kind, size, mtime_ns, inode, read_at_ns, content_hash, entries, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (path) DO UPDATE SET kind = ?2, size = ?3, mtime_ns = ?4, inode = ?5, read_at_ns = ?6, content_hash = ?7, entries = ?8, text = ?9
             RETURNING file_id",
        )?;
        let stamp = file.stamp;
        let id = statement.query_row(
            params![
                file.path,
                file.kind,
                stamp.size,
                stamp.mtime_ns,
                stamp.inode,
                stamp.read_at_ns,
                file.content_hash,
                file.entries,
                file.text
            ],
            |row| row.get(0),
        )?;
        Ok(id)
    }

    /// Enters a file that is not known.
    fn add_file(&self, file: &NewFile<'_>) -> Result<i64, StoreError> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO file (path, kind, size, mtime_ns, inode, read_at_ns, content_hash, entries, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let stamp = file.stamp;
        let mut row = Row::of(&mut statement);
        row.put(file.path)?
            .put(file.kind)?
            .put(stamp.size)?
            .put(stamp.mtime_ns)?
            .put(stamp.inode)?
            .put(stamp.read_at_ns)?
            .put(file.content_hash)?
            .put(file.entries)?
            .put(file.text)?;
        row.run()?;
        Ok(self.tx.last_insert_rowid())
    }

    /// Notes that a file was touched and is the same.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_stamp(&self, file_id: i64, stamp: Stamp) -> Result<(), StoreError> {
        self.tx
            .prepare_cached("UPDATE file SET size = ?2, mtime_ns = ?3, inode = ?4, read_at_ns = ?5 WHERE file_id = ?1")?
            .execute(params![file_id, stamp.size, stamp.mtime_ns, stamp.inode, stamp.read_at_ns])?;
        Ok(())
    }

    /// Forgets a file that is gone, with all that came from it.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn remove_file(&self, file_id: i64) -> Result<(), StoreError> {
        self.remove_promises(file_id)?;
        self.tx.prepare_cached("DELETE FROM finding WHERE file_id = ?1")?.execute([file_id])?;
        self.tx.prepare_cached("DELETE FROM file WHERE file_id = ?1")?.execute([file_id])?;
        Ok(())
    }

    /// Replaces the findings of a file.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_findings(&self, file_id: i64, findings: &[Finding]) -> Result<(), StoreError> {
        if !self.onto_nothing {
            self.tx.prepare_cached("DELETE FROM finding WHERE file_id = ?1")?.execute([file_id])?;
        }
        if findings.is_empty() {
            return Ok(());
        }
        let mut statement =
            self.tx.prepare_cached("INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
        for (position, finding) in (0_i64..).zip(findings) {
            let place = &finding.place;
            let related: Vec<serde_json::Value> = finding
                .related
                .iter()
                .map(|other| {
                    let place = &other.place;
                    json!({"file": place.file, "line": place.line, "column": place.column, "width": place.width, "excerpt": place.text, "label": other.label})
                })
                .collect();
            statement.execute(params![
                file_id,
                position,
                finding.rule,
                finding.level.name(),
                place.line,
                place.column,
                place.width,
                place.text,
                finding.message,
                finding.help,
                serde_json::Value::from(related).to_string(),
            ])?;
        }
        Ok(())
    }

    /// Takes an organisation out of every answer: its promises file is gone or
    /// faulty.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn remove_promises(&self, file_id: i64) -> Result<(), StoreError> {
        if self.onto_nothing {
            return Ok(());
        }
        let known =
            self.tx.prepare_cached("SELECT 1 FROM organisation WHERE organisation_id = ?1")?.exists([file_id])?;
        if known {
            self.clear_records(file_id)?;
            self.tx.prepare_cached("DELETE FROM pack WHERE organisation_id = ?1")?.execute([file_id])?;
            self.tx.prepare_cached("DELETE FROM organisation WHERE organisation_id = ?1")?.execute([file_id])?;
        }
        Ok(())
    }

    /// Replaces the whole of an organisation. Its key is the key of its
    /// promises file.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_organisation(&self, file_id: i64, promises: &Promises, packed: &Packed) -> Result<(), StoreError> {
        self.remove_promises(file_id)?;
        self.insert_promises(file_id, promises)?;
        self.put_entries(file_id, &packed.entries)?;
        let mut statement = self.tx.prepare_cached("INSERT INTO pack VALUES (?, ?, ?, ?, ?, ?)")?;
        let mut row = Row::of(&mut statement);
        row.put(file_id)?
            .put(packed.path.as_str())?
            .put(packed.checksum)?
            .put(&packed.promises[..])?
            .put(&packed.figures[..])?
            .put(&packed.provenance[..])?;
        Ok(row.run()?)
    }

    /// Replaces the promises of an organisation and keeps its figures.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_promises(&self, file_id: i64, promises: &Promises) -> Result<(), StoreError> {
        self.clear_records(file_id)?;
        self.insert_promises(file_id, promises)?;
        self.repack(file_id, Some(promises), None)?;
        Ok(())
    }

    /// Replaces the figures of an organisation and keeps its promises.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_figures(&self, file_id: i64, figures: &[Figure], provenance: &[Provenance]) -> Result<(), StoreError> {
        let packed = self.repack(file_id, None, Some((figures, provenance)))?;
        self.put_entries(file_id, &packed.entries)
    }

    fn repack(
        &self,
        file_id: i64,
        promises: Option<&Promises>,
        figures: Option<(&[Figure], &[Provenance])>,
    ) -> Result<Packed, StoreError> {
        let mut statement =
            self.tx.prepare_cached(&format!("SELECT {COLUMNS} FROM pack WHERE organisation_id = ?1"))?;
        let mut rows = statement.query([file_id])?;
        let row = rows.next()?.ok_or_else(|| StoreError::Damaged(format!("pack {file_id}")))?;
        let packed = Packed::read(row)?.with(promises, figures);
        let Packed { promises, figures, provenance, checksum, .. } = &packed;
        self.tx
            .prepare_cached("UPDATE pack SET promises = ?2, figures = ?3, provenance = ?4, checksum = ?5 WHERE organisation_id = ?1")?
            .execute(params![file_id, promises, figures, provenance, checksum])?;
        Ok(packed)
    }
}
