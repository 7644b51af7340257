//! The files that the index knows, in the lightest form: enough to tell whether
//! any of them changed.

use rusqlite::OptionalExtension;

use super::read::{self, FileRow, files_where};
use super::{Stamp, Store, StoreError};
use crate::parse::rules::DUPLICATE_ORGANISATION;

/// What the index knows of the files of promises and figures, and of the settings.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Paths one behind the other.
    paths: String,
    files: Vec<KnownFile>,
    /// The settings file; `None` without one.
    pub settings: Option<FileRow>,
    /// Whether a file was found to be the second of its organisation.
    pub has_duplicates: bool,
}

/// A file of promises or figures as it was last read.
#[derive(Debug, Clone, Copy)]
pub struct KnownFile {
    /// Key in the index.
    pub file_id: i64,
    /// How it looked.
    pub stamp: Stamp,
    /// Where its path begins and ends.
    path: (usize, usize),
}

impl Known {
    /// Every file of promises or figures with its path, in no order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &KnownFile)> {
        self.files.iter().map(|file| (&self.paths[file.path.0..file.path.1], file))
    }

    /// How many files of promises or figures there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl Store {
    /// What is known of the files; `settings` is the path of the settings file.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn known(&self, settings: &str) -> Result<Known, StoreError> {
        let mut known = Known {
            settings: self.file(settings)?,
            has_duplicates: self
                .conn
                .prepare_cached("SELECT 1 FROM finding WHERE rule = ?1")?
                .exists([DUPLICATE_ORGANISATION.id])?,
            ..Known::default()
        };
        let mut statement =
            self.conn.prepare_cached("SELECT path, file_id, size, mtime_ns, inode, read_at_ns FROM file")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if path == settings {
                continue;
            }
            let number = |column| row.get_ref(column)?.as_i64().map_err(rusqlite::Error::from);
            let start = known.paths.len();
            known.paths.push_str(path);
            known.files.push(KnownFile {
                file_id: number(1)?,
                stamp: Stamp { size: number(2)?, mtime_ns: number(3)?, inode: number(4)?, read_at_ns: number(5)? },
                path: (start, known.paths.len()),
            });
        }
        Ok(known)
    }

    /// One file as it was last read; `None` where it is not known.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<FileRow>, StoreError> {
        Ok(files_where(&self.conn, "path = ?1", [path])?.pop())
    }

    /// The files of one organisation, by what their paths share.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files_of(&self, pair: &str) -> Result<Vec<FileRow>, StoreError> {
        read::files_of(&self.conn, pair)
    }

    /// The promises file of the organisation with this id, and its key; `None`
    /// where there is none, or more than one.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn organisation_named(&self, id: &str) -> Result<Option<(String, i64)>, StoreError> {
        let sql = "SELECT path, organisation_id FROM organisation JOIN file USING (file_id) WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let named = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut named: Vec<(String, i64)> = named.collect::<Result<_, _>>()?;
        Ok(named.pop().filter(|_| named.is_empty()))
    }

    /// Whether anything is wrong with any file.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn has_findings(&self) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM finding")?.exists([])?)
    }

    /// The key of the organisation with this promises file; `None` where it is left
    /// out, or not known.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn organisation_at(&self, path: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT organisation_id FROM organisation JOIN file USING (file_id) WHERE path = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([path], |row| row.get(0)).optional()?)
    }

    /// The hash of a file's bytes as they were last read.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn content_hash(&self, file_id: i64) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT content_hash FROM file WHERE file_id = ?1")?;
        Ok(statement.query_row([file_id], |row| row.get(0)).optional()?)
    }
}
