//! Changes to the book's text files that are there whole or not at all.
//!
//! Every change takes the lock of the file's folder, reads the file again under
//! it, writes the whole new text beside the old one, forces it to disk and puts
//! it in the old one's place in one step. A process that is killed at any
//! instant, or a disk that is full, leaves the file as it was; a reader never
//! sees half of it. Nothing here knows the index or the clock.

mod block;
mod insert;
mod lock;
mod replace;

use std::path::PathBuf;

pub use block::{Ending, Entry, appended, quoted};
pub use insert::{Inserted, amendment_place, insert};
pub use replace::{Change, Current, Hold, hold, read};

/// Why a file could not be changed; nothing was written unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// What the system said about a file or its folder.
    #[error("`{path}` cannot be written: {why}; it is as it was")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// What the system said while reading.
    #[error("`{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// Another process holds the folder's lock for too long.
    #[error("`{0}` is being written by another pledgebook, which has not finished for {1} seconds")]
    Busy(PathBuf, u64),
    /// The folder can be locked in no way.
    #[error("`{path}` cannot be locked, so nothing was written: {why}")]
    NoLock {
        /// The folder.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// An editor or another program wrote the file between our reading and writing.
    #[error("`{0}` was changed by another program at the same moment; nothing was written")]
    Changed(PathBuf),
    /// The new text is in place, but the disk did not confirm it.
    #[error("`{path}` was written, but the disk did not confirm it: {why}")]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// Of several files some were changed and could not be put back.
    #[error("`{path}` was written and could not be put back after another file failed: {why}")]
    Halfway {
        /// The file that is changed.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
}

/// The system's words without its number.
fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
