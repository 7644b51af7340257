//! Files to index: changed files only, all changes of one sync in one
//! transaction, and the book as it then stands.
//!
//! A file is read again only when its size, modification time or inode differ,
//! or its modification time is so close to the last reading that a later write
//! could have left it the same; then its hash decides.

mod ahead;
mod apply;
mod examine;
mod judged;
mod walk;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

pub use judged::Judging;
pub use walk::{COMMITMENTS, SETTINGS};

use crate::assess::Version;
use crate::diag::{Finding, Place};
use crate::model::book::Dossier;
use crate::model::settings::Settings;
use crate::parse::{decode, read_settings};
use crate::store::{self, Contents, FileRow, KeptRegister, Location, NewFile, Stamp, Store, StoreError};
use judged::{Judged, Standard};
use walk::{Found, io_words, stamp, unreadable};

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
    /// Where the index lives.
    pub location: &'r Location,
    /// Nanoseconds since 1970; for telling fresh files, never for judging.
    pub now_ns: &'r Now,
    /// Which organisations are wanted whole.
    pub dossiers: Dossiers,
    /// What is to be judged.
    pub judging: Option<Judging>,
    /// Words about the work, for stderr.
    pub note: &'r mut dyn FnMut(String),
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
    },
    /// All.
    All,
    /// All, with the sources of their figures.
    WithProvenance,
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
/// written, an index in memory serves.
///
/// # Errors
/// Where neither works, or a database the user named belongs to another program.
pub fn load(request: &mut Request<'_>) -> Result<Book, SyncError> {
    let first = attempt(request, request.location);
    let error = match first {
        Ok(book) => return Ok(book),
        Err(error) => error,
    };
    let SyncError::Store(fault) = &error;
    if fault.is_damage() {
        (request.note)(format!("{fault}; it was moved aside and is built anew"));
        if let Ok(true) = store::set_aside(request.location)
            && let Ok(book) = attempt(request, request.location)
        {
            return Ok(book);
        }
        return attempt(request, &Location::Memory);
    }
    if fault.is_unwritable() && matches!(request.location, Location::Own(_)) {
        (request.note)(format!(
            "the index cannot be kept in this folder, so it is built in memory for this run ({fault})"
        ));
        return attempt(request, &Location::Memory);
    }
    Err(error)
}

/// Brings the index up to date after the files `written` were, without a look at
/// the others. An index that cannot be used is left to the next [`load`], which
/// mends it.
///
/// # Errors
/// Where a database the user named belongs to another program.
pub fn refresh(request: &mut Request<'_>, written: &[PathBuf]) -> Result<(), SyncError> {
    if *request.location == Location::Memory {
        return Ok(());
    }
    let done = store::open(request.location, request.note).and_then(|mut store| {
        let found = walk::beside(request.root, written);
        apply::apply_these(&mut store, request.root, &found, request.now_ns)
    });
    match done {
        Err(fault) if !fault.is_damage() && !fault.is_unwritable() => Err(fault.into()),
        _ => Ok(()),
    }
}

fn attempt(request: &mut Request<'_>, location: &Location) -> Result<Book, SyncError> {
    let mut store = store::open(location, request.note)?;
    let (found, walked) = walk::walk(request.root);
    let mut book = Book { has_folder: request.root.join(COMMITMENTS).is_dir(), ..Book::default() };
    book.promise_files = found.iter().filter(|file| file.kind == walk::FileKind::Promises).count();
    book.files = found.len();
    let rows = store.files()?;
    let settings = settings_stamp(request.root);
    let mut own = Vec::new();
    if apply::is_stale(&found, &rows) || settings_are_stale(settings, &rows) {
        let assessment = match &request.judging {
            Some(Judging { settings: Some(settings), .. }) => settings.clone(),
            _ => settings_now(request.root).assessment,
        };
        let standard = request.judging.as_ref().and_then(|judging| Standard::of(judging, &assessment));
        let sync = apply::apply(&mut store, request.root, &found, standard.as_ref(), request.now_ns)?;
        book.files_read = sync.files_read;
        own = sync.findings;
    }
    book.findings.extend(walked);
    book.findings.extend(own);
    let judged = store.at_once(|store| read_book(store, request, &found, &mut book))?;
    if let Some(mut judged) = judged {
        judged::keep(&mut store, &judged)?;
        if request.judging.as_ref().is_some_and(|judging| !judging.entries) {
            judged.registers.iter_mut().for_each(KeptRegister::forget_entries);
        }
        book.registers = by_path(judged);
    }
    book.findings.sort_by(Finding::order);
    book.findings.dedup();
    Ok(book)
}

/// What the index says of the book, all of one moment; the judgements apart,
/// since they may have to be kept.
fn read_book(
    store: &Store,
    request: &Request<'_>,
    found: &[Found],
    book: &mut Book,
) -> Result<Option<Judged>, StoreError> {
    let rows = store.files()?;
    book.findings.extend(store.findings()?);
    apply::name_others(&mut book.findings, found);
    read_settings_of(book, request.root, &rows);
    book.left_out = store.left_out()?;
    let answer = judge(store, request, book)?;
    let present: BTreeSet<i64> = match &answer {
        Some(judged) => judged.keys.iter().copied().collect(),
        None => store.organisation_keys()?.into_iter().collect(),
    };
    match &request.dossiers {
        Dossiers::Unwanted => {}
        Dossiers::Counted => book.contents = store.contents()?,
        Dossiers::Archived => book.organisations = archived(store, answer.as_ref())?,
        Dossiers::Naming { typed, provenance } => book.organisations = naming(store, typed, *provenance)?,
        Dossiers::All => book.organisations = store.organisations(false)?,
        Dossiers::WithProvenance => book.organisations = store.organisations(true)?,
    }
    // A file that gives no answer has a finding that says why; else rows are gone.
    for row in rows.iter().filter(|row| row.kind == "promises" && !present.contains(&row.file_id)) {
        let pair = walk::pair_of(&row.path);
        let explained = |finding: &Finding| finding.is_error() && walk::pair_of(&finding.place.file) == pair;
        if !book.findings.iter().any(explained) {
            return Err(StoreError::Damaged(row.path.clone()));
        }
    }
    if book.organisations.len() < present.len() && matches!(request.dossiers, Dossiers::All | Dossiers::WithProvenance)
    {
        return Err(StoreError::Damaged("pack".to_owned()));
    }
    Ok(answer)
}

fn judge(store: &Store, request: &Request<'_>, book: &mut Book) -> Result<Option<Judged>, StoreError> {
    let Some(judging) = &request.judging else { return Ok(None) };
    let settings = judging.settings.clone().unwrap_or_else(|| book.settings.assessment.clone());
    let judged = judged::judged(store, judging, &settings)?;
    if judging.also_first {
        let first = Judging { version: Version::First, ..judging.clone() };
        book.registers_first = Some(by_path(judged::judged(store, &first, &settings)?));
    }
    Ok(Some(judged))
}

/// The organisations that may have the promises somebody means, by path.
fn naming(store: &Store, typed: &[String], provenance: bool) -> Result<Vec<Dossier>, StoreError> {
    let mut keys = BTreeSet::new();
    for word in typed {
        let found = store.naming(word)?;
        if found.is_empty() {
            return store.organisations(provenance);
        }
        keys.extend(found);
    }
    let keys: Vec<i64> = keys.into_iter().collect();
    let mut dossiers: Vec<Dossier> =
        store.dossiers(&keys, provenance)?.into_iter().map(|(dossier, _)| dossier).collect();
    dossiers.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(dossiers)
}

/// The organisations with an archived text, by path.
fn archived(store: &Store, answer: Option<&Judged>) -> Result<Vec<Dossier>, StoreError> {
    let Some(judged) = answer else { return Ok(Vec::new()) };
    let all = judged.keys.iter().zip(&judged.registers);
    let keys: Vec<i64> = all.filter(|(_, register)| register.archived).map(|(key, _)| *key).collect();
    let mut dossiers: Vec<Dossier> = store.dossiers(&keys, false)?.into_iter().map(|(dossier, _)| dossier).collect();
    dossiers.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(dossiers)
}

fn by_path(judged: Judged) -> Vec<KeptRegister> {
    let mut registers = judged.registers;
    registers.sort_by(|a, b| a.path.cmp(&b.path));
    registers
}

/// The settings as their file says now; defaults where it is absent or faulty.
fn settings_now(root: &Path) -> Settings {
    match read_settings_file(root) {
        Some(Ok((_, _, text))) => read_settings(SETTINGS, &text).0,
        _ => Settings::default(),
    }
}

/// Stamp of the settings file; `None` without one.
fn settings_stamp(root: &Path) -> Option<Stamp> {
    fs::metadata(root.join(SETTINGS)).ok().map(|metadata| stamp(&metadata))
}

fn settings_are_stale(now: Option<Stamp>, rows: &[FileRow]) -> bool {
    let row = rows.iter().find(|row| row.path == SETTINGS);
    match (now, row) {
        (None, None) => false,
        (Some(now), Some(row)) => !is_unchanged(now, row),
        _ => true,
    }
}

/// Settings come from the index, where the text was stored; a file that could
/// not be read is a finding in every run.
fn read_settings_of(book: &mut Book, root: &Path, rows: &[FileRow]) {
    match rows.iter().find(|row| row.path == SETTINGS) {
        Some(row) => {
            let (settings, findings) = read_settings(SETTINGS, row.text.as_deref().unwrap_or_default());
            book.settings = settings;
            book.findings.extend(findings);
        }
        None => {
            if let Some(Err(finding)) = read_settings_file(root) {
                book.findings.push(*finding);
            }
        }
    }
}

type SettingsFile = Result<(Stamp, String, String), Box<Finding>>;

/// The settings file's stamp, hash and text; `None` without a file.
fn read_settings_file(root: &Path) -> Option<SettingsFile> {
    let path = root.join(SETTINGS);
    let metadata = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && fs::symlink_metadata(&path).is_err() => {
            return None;
        }
        Err(error) => return Some(Err(Box::new(unreadable(SETTINGS, &io_words(&error))))),
    };
    let found =
        Found { path: SETTINGS.to_owned(), full: path, kind: walk::FileKind::Promises, stamp: stamp(&metadata) };
    Some(read(&found).and_then(|bytes| {
        let text = decode(SETTINGS, &bytes)?.to_owned();
        Ok((found.stamp, content_hash(&bytes), text))
    }))
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
    same && row.mtime_ns < row.read_at_ns - TICK_NS
}

/// A row for a file just read.
fn new_file<'f>(path: &'f str, kind: &'f str, stamp: Stamp, content_hash: &'f str) -> NewFile<'f> {
    NewFile { path, kind, stamp, content_hash, entries: 0, text: None }
}
