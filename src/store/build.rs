//! The first build of an index: in a file beside its name, which it gets only
//! when it is whole.
//!
//! One process builds, others wait and find what it built. What a killed
//! builder left is removed by the next one. An index that exists is never
//! replaced: a process that has it open would go on writing to the old one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::open::{build, fill};
use super::{Store, StoreError};

/// How long one process waits for another's build.
const PATIENCE: Duration = Duration::from_secs(60);

/// An index that has no name yet. Dropped without [`Building::publish`], nothing
/// of it stays.
#[derive(Debug)]
pub(super) struct Building {
    path: PathBuf,
    beside: PathBuf,
    /// The lock file, where it is not to stay.
    lock_path: Option<PathBuf>,
    /// Held until the end.
    _lock: File,
    /// Sends to the disk what was written so far.
    flush: Option<Flush>,
}

/// A thread that has the system write a growing file to the disk while more is
/// put into it, so that little is left to wait for at the end.
#[derive(Debug)]
struct Flush {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Flush {
    /// Pause between two rounds; small books are whole before the first.
    const PAUSE: Duration = Duration::from_millis(60);

    fn of(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let ends = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&ends);
        let thread = std::thread::Builder::new().spawn(move || {
            std::thread::park_timeout(Self::PAUSE);
            while !ended.load(Ordering::Relaxed) {
                // A fault of the disk is met again, and told, at the end.
                let _ = file.sync_data();
                std::thread::park_timeout(Self::PAUSE);
            }
        })?;
        Ok(Self { ends, thread })
    }

    fn end(self) {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.thread().unpark();
        // It does not panic, and nothing depends on it.
        let _ = self.thread.join();
    }
}

/// What a process meets where there is no index yet.
pub(super) enum Turn {
    /// It builds.
    Ours(Building),
    /// Another process built one meanwhile.
    Exists,
    /// This file system knows no locks.
    NoLocks,
}

impl Building {
    /// Waits for the turn to build the index at `path`, where there is none. In
    /// the book's `own` folder the lock file stays; beside a file the user
    /// named nothing does.
    pub(super) fn begin(path: &Path, own: bool) -> io::Result<Turn> {
        let lock_path = sibling(path, ".lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&lock_path)?;
        if !wait(&lock)? {
            return Ok(Turn::NoLocks);
        }
        if !is_absent(path) {
            return Ok(Turn::Exists);
        }
        for ending in COMPANIONS {
            // Companions of an index that was deleted would be taken for those of the new one.
            remove(&sibling(path, ending))?;
        }
        let beside = sibling(path, &format!("{NEW}{}", std::process::id()));
        remove_left_behind(path)?;
        Ok(Turn::Ours(Self {
            path: path.to_owned(),
            beside,
            lock_path: (!own).then_some(lock_path),
            _lock: lock,
            flush: None,
        }))
    }

    /// Where it is built.
    pub(super) fn beside(&self) -> &Path {
        &self.beside
    }

    /// The name it will have.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the file durable and gives it its name, unless that is taken.
    pub(super) fn publish(mut self) -> io::Result<()> {
        if let Some(flush) = self.flush.take() {
            flush.end();
        }
        OpenOptions::new().read(true).write(true).open(&self.beside)?.sync_all()?;
        if !is_absent(&self.path) {
            // Not by one of us: those wait for the lock.
            return Err(ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.beside, &self.path)?;
        if let Some(folder) = self.path.parent() {
            // Not every system syncs folders; the file itself is safe.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        if let Some(flush) = self.flush.take() {
            flush.end();
        }
        // What cannot be removed now is removed by the next builder.
        let _ = fs::remove_file(&self.beside);
        for ending in COMPANIONS {
            let _ = fs::remove_file(sibling(&self.beside, ending));
        }
        if let Some(lock) = &self.lock_path {
            let _ = fs::remove_file(lock);
        }
    }
}

/// A new index that has no name yet.
pub(super) fn beside(mut building: Building) -> Result<Store, StoreError> {
    let mut conn = Connection::open(building.beside())?;
    alone(&conn)?;
    fill(&mut conn, "off")?;
    // Without it the end takes longer, no more.
    building.flush = Flush::of(building.beside()).ok();
    Ok(Store { conn, building: Some(building) })
}

/// Settings for a database that nobody else sees: what fails is thrown away
/// whole, and what refers to what was just put there.
fn alone(conn: &Connection) -> Result<(), StoreError> {
    conn.pragma_update(None, "synchronous", "off")?;
    conn.pragma_update(None, "foreign_keys", false)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    Ok(())
}

impl Store {
    /// Gives a first build its name; from then on other processes see it.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the name was taken meanwhile.
    pub fn publish(&mut self) -> Result<(), StoreError> {
        let Some(building) = self.building.take() else { return Ok(()) };
        let path = building.path().to_owned();
        let fault = |error| StoreError::File { path: path.display().to_string(), error };
        self.conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        let built = std::mem::replace(&mut self.conn, Connection::open_in_memory()?);
        built.close().map_err(|(_, error)| error)?;
        building.publish().map_err(fault)?;
        *self = build(Connection::open(&path)?)?;
        Ok(())
    }
}

/// Memory for pages of the index, in KiB.
pub(super) const CACHE_KIB: i64 = 8_192;

/// Files that SQLite keeps beside a database.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Ending of an index that has no name yet; the builder's process number follows.
const NEW: &str = ".new-";

/// Whether nothing has this name, not even a link that leads nowhere.
pub(super) fn is_absent(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// The path with an ending.
pub(super) fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Takes the lock; `false` where there are none.
fn wait(lock: &File) -> io::Result<bool> {
    let since = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(_)) => return Ok(false),
            Err(TryLockError::WouldBlock) if since.elapsed() > PATIENCE => {
                return Err(Error::new(ErrorKind::TimedOut, "another process is building it"));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes what killed builders left; only the holder of the lock may.
fn remove_left_behind(path: &Path) -> io::Result<()> {
    let Some(name) = path.file_name() else { return Ok(()) };
    let start = format!("{}{NEW}", name.to_string_lossy());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}
