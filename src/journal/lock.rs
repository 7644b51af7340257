//! One writer at a time per folder.
//!
//! What is locked is the folder itself, not a file in it: files are replaced by
//! renaming, and a lock on a replaced file guards nothing. A lock on the folder
//! leaves nothing behind, and the system drops it when its process dies. Where
//! a folder cannot be locked (Windows, NFS), a hidden file in it serves.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{JournalError, words};

/// How long one writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);

/// Name of the lock file where folders cannot be locked; hidden, so that it is no part of the book.
const LOCK_FILE: &str = ".pledgebook.lock";

/// A held lock; dropping it lets the next writer in.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Waits for the lock of `folder`.
    pub(super) fn take(folder: &Path) -> Result<Self, JournalError> {
        let no_lock = |error: &std::io::Error| JournalError::NoLock { path: folder.to_owned(), why: words(error) };
        if cfg!(unix) {
            let file = File::open(folder).map_err(|error| no_lock(&error))?;
            // Network file systems want a file that is open for writing: the lock file serves there.
            if wait(&file, folder)?.is_ok() {
                return Ok(Self { _file: file });
            }
        }
        let path = folder.join(LOCK_FILE);
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|error| no_lock(&error))?;
        wait(&file, folder)?.map_err(|error| no_lock(&error))?;
        Ok(Self { _file: file })
    }
}

/// Tries until the lock is ours; the inner error says that locking is not possible at all.
fn wait(file: &File, folder: &Path) -> Result<Result<(), std::io::Error>, JournalError> {
    let since = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Ok(())),
            Err(TryLockError::Error(error)) => return Ok(Err(error)),
            Err(TryLockError::WouldBlock) if since.elapsed() > PATIENCE => {
                return Err(JournalError::Busy(folder.to_owned(), PATIENCE.as_secs()));
            }
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(10));
            }
        }
    }
}
