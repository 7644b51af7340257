//! The SQLite index: schema, write, read.
//!
//! The text files are the truth; everything here can be deleted and is rebuilt
//! with nothing lost. `migrations/` holds the schema.

mod brief;
mod build;
mod known;
mod open;
mod pack;
mod packed;
mod progress;
mod read;
mod records;
mod register;
mod row;
mod schema;
mod sources;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;

pub use brief::{Brief, BriefJudgement};
pub use known::{Known, KnownFile};
pub use open::{open, set_aside};
pub use packed::Packed;
pub use read::{Contents, FileRow, Organisations};
pub use register::{Depth, KeptRegister, Key, PackedRegister, Preparation, Slot, Standing, settings_hash};
pub use schema::{APPLICATION_ID, MIGRATIONS, Migration};
pub use write::{NewFile, Stamp, Update};

/// Where the index lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the book's own folder: derived, free to be moved aside and rebuilt.
    Own(PathBuf),
    /// In a file the user named: nothing foreign there is ever touched.
    Named(PathBuf),
}

/// An open index.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    /// A first build that has no name yet.
    building: Option<build::Building>,
}

/// Why the index cannot be used. All of these are faults of the environment.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's own complaint.
    #[error("the index cannot be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Something in the index is not as it was written.
    #[error("the index is damaged at `{0}`")]
    Damaged(String),
    /// The file that was named is a database of another program.
    #[error("`{0}` is a database of another program (application id {1:#x}); it is left as it is")]
    Foreign(String, i64),
    /// The file that was named is no index and not empty.
    #[error("`{0}` is not an index of pledgebook; it is left as it is")]
    NoIndex(String),
    /// The schema could not be built.
    #[error("the index's schema could not be built: {0}")]
    Migration(String),
    /// Something about the file itself.
    #[error("`{path}`: {error}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
}

impl StoreError {
    /// Whether a rebuilt index would mend it: SQLite complains of what it finds
    /// in the file, and not of the place or of another process.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged(_) => true,
            Self::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => {
                matches!(
                    error.code,
                    rusqlite::ErrorCode::DatabaseCorrupt
                        | rusqlite::ErrorCode::NotADatabase
                        | rusqlite::ErrorCode::ConstraintViolation
                        | rusqlite::ErrorCode::TypeMismatch
                        | rusqlite::ErrorCode::SchemaChanged
                        | rusqlite::ErrorCode::Unknown
                )
            }
            // A table or column of another shape, or a value of another type: not what we wrote.
            Self::Sqlite(_) => true,
            _ => false,
        }
    }

    /// Whether the place cannot be written, so that memory has to serve.
    #[must_use]
    pub fn is_unwritable(&self) -> bool {
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => matches!(
                error.code,
                rusqlite::ErrorCode::ReadOnly
                    | rusqlite::ErrorCode::CannotOpen
                    | rusqlite::ErrorCode::DiskFull
                    | rusqlite::ErrorCode::SystemIoFailure
                    | rusqlite::ErrorCode::PermissionDenied
            ),
            Self::File { .. } => true,
            _ => false,
        }
    }
}
