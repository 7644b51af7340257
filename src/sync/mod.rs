//! Files to index: changed files only, all changes of one sync in one
//! transaction, and the book as it then stands.
//!
//! A file is read again only when its size, modification time or inode differ,
//! or its modification time is so close to the last reading that a later write
//! could have left it the same; then its hash decides.

mod ahead;
mod answer;
mod apply;
mod examine;
mod gather;
mod judged;
mod known;
mod named;
mod settings;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

pub use judged::Judging;
pub use walk::{COMMITMENTS, SETTINGS};

use crate::diag::{Finding, Place};
use crate::model::book::Dossier;
use crate::model::settings::Settings;
use crate::store::{self, Contents, FileRow, KeptRegister, Location, NewFile, Stamp, Store, StoreError};
use judged::{Judged, Standard};
use settings::read_settings_file;
use walk::{Found, io_words, unreadable};

/// A book as it stands after a sync.
#[derive(Debug, Default)]
pub struct Book {
    /// Settings; defaults where the file is absent or faulty.
    pub settings: Settings,
    /// Organisations without errors, by path: those asked for.
    pub organisations: Vec<Dossier>,
    /// How the organisations without errors stand, by path, where that was asked.
    pub registers: Vec<KeptRegister>,
    /// The same by the terms first promised, where that was asked, too.
    pub registers_first: Option<Vec<KeptRegister>>,
    /// Everything wrong with the book's files, by file and position.
    pub findings: Vec<Finding>,
    /// How much the index holds, where that was asked.
    pub contents: Contents,
    /// Promises left out because their organisation's files have errors.
    pub left_out: u64,
    /// Whether there is a folder of commitments at all.
    pub has_folder: bool,
    /// Promises files found, faulty ones included.
    pub promise_files: usize,
    /// Files whose bytes were read in this run.
    pub files_read: usize,
    /// Files of the book.
    pub files: usize,
}

impl Book {
    /// Whether there is any promise among what was asked for.
    #[must_use]
    pub fn has_promises(&self) -> bool {
        self.contents.promises > 0
            || self.registers.iter().any(|register| !register.is_empty())
            || self.organisations.iter().any(|dossier| !dossier.promises.commitments.is_empty())
    }
}

/// What to sync, and how to tell the time and the user.
pub struct Request<'r> {
    /// The book's folder.
    pub root: &'r Path,
    /// Where the index lives; `None` does without one.
    pub location: Option<&'r Location>,
    /// Nanoseconds since 1970; for telling fresh files, never for judging.
    pub now_ns: &'r Now,
    /// Which organisations are wanted whole.
    pub dossiers: Dossiers,
    /// What is to be judged.
    pub judging: Option<Judging>,
    /// Is told how far a first reading is.
    pub progress: &'r Progress<'r>,
    /// Words about the work, for stderr.
    pub note: &'r mut dyn FnMut(String),
}

impl<'r> Request<'r> {
    const fn host(&self) -> Host<'r> {
        Host { now_ns: self.now_ns, progress: self.progress }
    }
}

/// Which organisations are wanted whole, with all their figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dossiers {
    /// None.
    Unwanted,
    /// None, but how many there are.
    Counted,
    /// Those with an archived text to compare; their registers must be asked for.
    Archived,
    /// Those that may have the promises somebody means by these words; all where
    /// there is none for one of them.
    Naming {
        /// Ids as typed.
        typed: Vec<String>,
        /// Whether the sources of figures are wanted, too.
        provenance: bool,
        /// Whether no other file needs to be looked at.
        alone: bool,
    },
    /// All.
    All,
    /// All, with the sources of their figures.
    WithProvenance,
}

/// Is told, from any thread, how many organisations are read of how many.
pub type Progress<'p> = dyn Fn(usize, usize) + Sync + 'p;

/// What a sync needs of who asks for it.
#[derive(Clone, Copy)]
struct Host<'h> {
    now_ns: &'h Now,
    progress: &'h Progress<'h>,
}

/// Tells nanoseconds since 1970, from any thread.
pub type Now = dyn Fn() -> i64 + Sync;

/// Why a book cannot be synced: a fault of the environment.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The index.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Brings the index up to date and reads the book from it.
///
/// A damaged index is moved aside and built anew; where its folder cannot be
/// written, the book is read without one.
///
/// # Errors
/// Where neither works, or a database the user named belongs to another program.
pub fn load(request: &mut Request<'_>) -> Result<Book, SyncError> {
    let Some(location) = request.location else { return Ok(gather::gather(request)) };
    let error = match attempt(request, location) {
        Ok(book) => return Ok(book),
        Err(error) => error,
    };
    let SyncError::Store(fault) = &error;
    if fault.is_damage() {
        (request.note)(format!("{fault}; it was moved aside and is built anew"));
        if store::set_aside(location).is_ok()
            && let Ok(book) = attempt(request, location)
        {
            return Ok(book);
        }
        return Ok(gather::gather(request));
    }
    if fault.is_unwritable() && matches!(location, Location::Own(_)) {
        (request.note)(format!(
            "the index cannot be kept in this folder, so the book is read in memory for this run ({fault})"
        ));
        return Ok(gather::gather(request));
    }
    Err(error)
}

/// Brings the index up to date after the files `written` were, without a look at
/// the others, and judges their organisations. An index that cannot be used is
/// left to the next [`load`], which mends it.
///
/// # Errors
/// Where a database the user named belongs to another program.
pub fn refresh(request: &mut Request<'_>, written: &[PathBuf]) -> Result<(), SyncError> {
    let Some(location) = request.location else { return Ok(()) };
    let done = store::open(location, request.note).and_then(|mut store| {
        let found = walk::beside(request.root, written);
        apply::apply_these(&mut store, request.root, &found, request.host())?;
        match &request.judging {
            Some(judging) => judged::judge_these(&mut store, judging, &found),
            None => Ok(()),
        }
    });
    match done {
        Err(fault) if !fault.is_damage() && !fault.is_unwritable() => Err(fault.into()),
        _ => Ok(()),
    }
}

fn attempt(request: &mut Request<'_>, location: &Location) -> Result<Book, SyncError> {
    let mut store = store::open(location, request.note)?;
    if let Dossiers::Naming { typed, alone: true, .. } = &request.dossiers
        && let Some(book) = store.at_once(|store| named::as_they_are(store, request, typed))?
    {
        return Ok(book);
    }
    let (mut book, judged) = match store.at_once(|store| as_it_is(store, request))? {
        Some(answer) => answer,
        None => anew(&mut store, request)?,
    };
    if let Some(mut judged) = judged {
        judged::keep(&mut store, &judged)?;
        if let Some(judging) = &request.judging {
            judged.registers.iter_mut().for_each(|register| register.keep_only(judging.depth));
        }
        book.registers = answer::by_path(judged);
    }
    book.findings.sort_by(Finding::order);
    book.findings.dedup();
    Ok(book)
}

/// From this many files on, other threads look at them while the index is read.
const MANY: usize = 512;

/// The book from an index that knows every file as it is; `None` where a closer
/// look is needed. What the index says is read while the files are looked at.
fn as_it_is(store: &Store, request: &Request<'_>) -> Result<Option<(Book, Option<Judged>)>, StoreError> {
    let (known, root) = (store.known(SETTINGS)?, request.root);
    if settings::are_stale(root, known.settings.as_ref()) || !known::is_sound(&known) {
        return Ok(None);
    }
    let is_promises = |path| walk::kind_of(path) == walk::FileKind::Promises;
    let promise_files = known.files().filter(|(path, _)| is_promises(path)).count();
    let mut book = Book { has_folder: true, promise_files, files: known.len(), ..Book::default() };
    let mut read = || answer::read_book(store, request, &known, None, &mut book);
    let (fresh, judged) = if known.len() < MANY {
        (known::look(root, &known), None)
    } else {
        std::thread::scope(|scope| {
            let look = scope.spawn(|| known::look(root, &known));
            let judged = read();
            // A panic over there is a panic here.
            (look.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), Some(judged))
        })
    };
    match fresh {
        Some(fresh) if known::are_the_same(store, root, &fresh)? => {
            let judged = judged.unwrap_or_else(read)?;
            Ok(Some((book, judged)))
        }
        _ => Ok(None),
    }
}

/// The book after its files were found, and those read that changed.
fn anew(store: &mut Store, request: &Request<'_>) -> Result<(Book, Option<Judged>), SyncError> {
    let (found, walked) = walk::walk(request.root);
    let mut book = Book { has_folder: request.root.join(COMMITMENTS).is_dir(), ..Book::default() };
    book.promise_files = found.iter().filter(|file| file.kind == walk::FileKind::Promises).count();
    book.files = found.len();
    let rows = store.files()?;
    let settings = rows.iter().find(|row| row.path == SETTINGS);
    if apply::is_stale(&found, &rows) || settings::are_stale(request.root, settings) {
        let assessment = match &request.judging {
            Some(Judging { settings: Some(settings), .. }) => settings.clone(),
            _ => settings::now(request.root).assessment,
        };
        let standard = request.judging.as_ref().and_then(|judging| Standard::of(judging, &assessment));
        let sync = apply::apply(store, request.root, &found, standard.as_ref(), request.host())?;
        book.files_read = sync.files_read;
        book.findings.extend(sync.findings);
    }
    book.findings.extend(walked);
    let judged = store.at_once(|store| {
        let known = store.known(SETTINGS)?;
        answer::read_book(store, request, &known, Some(&found), &mut book)
    })?;
    Ok((book, judged))
}

/// Bytes of a file, or a finding that says why not. Files over the limit are
/// not read.
fn read(file: &Found) -> Result<Vec<u8>, Box<Finding>> {
    if file.stamp.size.cast_unsigned() > crate::parse::MAX_FILE_BYTES {
        let rule = &crate::parse::rules::FILE_TOO_LARGE;
        let message = format!(
            "the file has {:.1} MiB, and 10 MiB is the most that is read",
            file.stamp.size as f64 / 1_048_576.0
        );
        return Err(Box::new(Finding::new(rule, Place::file(&file.path), message).help(rule.cure)));
    }
    fs::read(&file.full).map_err(|error| Box::new(unreadable(&file.path, &io_words(&error))))
}

/// Tells whether a file whose stamp moved is still the same; nobody's enemy.
fn content_hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// A write within this time of a reading may leave the modification time as it
/// was: file systems stamp by the tick of the kernel's clock.
const TICK_NS: i64 = 10_000_000;

/// Whether a file is certainly as it was when it was last read.
fn is_unchanged(now: Stamp, row: &FileRow) -> bool {
    let same = now.size == row.size && now.mtime_ns == row.mtime_ns && now.inode == row.inode;
    same && is_certain(Stamp { read_at_ns: row.read_at_ns, ..now })
}

/// Whether every later write would show in the stamp of a file.
const fn is_certain(stamp: Stamp) -> bool {
    stamp.mtime_ns < stamp.read_at_ns - TICK_NS
}

/// A row for a file just read.
fn new_file<'f>(path: &'f str, kind: &'f str, stamp: Stamp, content_hash: &'f str) -> NewFile<'f> {
    NewFile { path, kind, stamp, content_hash, entries: 0, text: None }
}
