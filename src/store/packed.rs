//! The pack of one organisation: all that its files say, in a few blobs that
//! are read in one pass, with a checksum over them.

use rusqlite::Row;

use super::StoreError;
use super::pack::{Pack, checksum, pack, unpack};
use super::progress::Entries;
use super::sources::{self, Sources};
use crate::model::book::{Dossier, Promises};
use crate::model::figure::{Figure, Provenance};

/// The bytes of a pack; made apart from writing it.
#[derive(Debug)]
pub struct Packed {
    pub(super) path: String,
    pub(super) promises: Vec<u8>,
    pub(super) figures: Vec<u8>,
    pub(super) provenance: Vec<u8>,
    pub(super) checksum: i64,
    /// The same figures for people and SQL, where they were packed now.
    pub(super) entries: Entries,
}

/// Bytes of a figure of the common sort, so that a pack seldom grows while it is made.
const COMMON_BYTES: usize = 64;

/// Columns in the order of [`Packed::read`].
pub(super) const COLUMNS: &str = "path, promises, figures, provenance, checksum";

impl Packed {
    /// Packs what the files at and beside `path` say.
    #[must_use]
    pub fn of(path: &str, promises: &Promises, figures: &[Figure], provenance: &[Provenance]) -> Self {
        let nothing = Self {
            path: path.to_owned(),
            promises: Vec::new(),
            figures: Vec::new(),
            provenance: Vec::new(),
            checksum: 0,
            entries: Entries::default(),
        };
        nothing.with(Some(promises), Some((figures, provenance)))
    }

    /// Other parts in place of those packed before.
    pub(super) fn with(mut self, promises: Option<&Promises>, figures: Option<(&[Figure], &[Provenance])>) -> Self {
        if let Some(promises) = promises {
            self.promises = pack(promises);
        }
        if let Some((figures, provenance)) = figures {
            self.figures = Vec::with_capacity(figures.len() * COMMON_BYTES);
            figures.len().put(&mut self.figures);
            figures.iter().for_each(|figure| figure.put(&mut self.figures));
            let sources = Sources::of(provenance);
            self.provenance = sources.pack(provenance);
            self.entries = Entries::of(figures, provenance, &sources);
        }
        self.checksum = self.sum();
        self
    }

    fn sum(&self) -> i64 {
        checksum([self.path.as_bytes(), &self.promises, &self.figures, &self.provenance])
    }

    /// A row of [`COLUMNS`].
    pub(super) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            path: row.get(0)?,
            promises: row.get(1)?,
            figures: row.get(2)?,
            provenance: row.get(3)?,
            checksum: row.get(4)?,
            entries: Entries::default(),
        })
    }

    /// What is packed; the sources of figures only where they are wanted.
    pub(super) fn dossier(&self, with_provenance: bool) -> Result<Dossier, StoreError> {
        let unpacked = || {
            let provenance = if with_provenance { sources::unpack(&self.provenance)? } else { Vec::new() };
            let (promises, figures) = (unpack(&self.promises)?, unpack(&self.figures)?);
            Some(Dossier { path: self.path.clone(), promises, figures, provenance })
        };
        let is_whole = self.sum() == self.checksum;
        is_whole.then(unpacked).flatten().ok_or_else(|| StoreError::Damaged(self.path.clone()))
    }
}
