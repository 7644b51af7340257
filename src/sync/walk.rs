//! The files of a book: found, sorted, stamped.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::MANY;
use crate::diag::{Finding, Place, visible};
use crate::parse::rules;
use crate::store::Stamp;

/// Folder of promises and figures below the book's folder.
pub const COMMITMENTS: &str = "commitments";
/// Settings file of a book.
pub const SETTINGS: &str = "pledgebook.toml";
/// Folder of archived texts below [`COMMITMENTS`].
pub(super) const SOURCES: &str = "sources";
/// Ending of a progress file.
const PROGRESS: &str = ".progress.toml";

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Promises,
    Progress,
}

/// A file found in the book.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Relative to the book, with `/`.
    pub(crate) path: String,
    pub(crate) full: PathBuf,
    pub(crate) kind: FileKind,
    /// `read_at_ns` is 0 until the file is read.
    pub(crate) stamp: Stamp,
    /// Whether this process wrote it just now: its stamp proves nothing for a
    /// while, and nobody waits for that to pass.
    pub(crate) is_own: bool,
}

impl Found {
    /// Folder and organisation: what a promises file and its progress file share.
    pub(crate) fn pair(&self) -> &str {
        pair_of(&self.path)
    }

    /// The organisation's id.
    pub(crate) fn stem(&self) -> &str {
        self.pair().rsplit('/').next().unwrap_or_default()
    }
}

/// The path of a file without `.toml` or `.progress.toml`.
pub(crate) fn pair_of(path: &str) -> &str {
    path.strip_suffix(PROGRESS).or_else(|| path.strip_suffix(".toml")).unwrap_or(path)
}

/// What a file holds, by the ending of its path.
pub(crate) fn kind_of(path: &str) -> FileKind {
    if path.ends_with(PROGRESS) { FileKind::Progress } else { FileKind::Promises }
}

/// Every promises and progress file below `root`, sorted by path, and what
/// stood in the way.
pub(crate) fn walk(root: &Path) -> (Vec<Found>, Vec<Finding>) {
    let mut found = Vec::new();
    let mut findings = Vec::new();
    let start = root.join(COMMITMENTS);
    let mut folders = Folders::new(&start);
    let mut walker = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.push(walk_finding(root, &error));
                continue;
            }
        };
        if !is_of_the_book(&entry) {
            if entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() {
            if let Some(finding) = folders.enter(root, &entry) {
                findings.push(finding);
                walker.skip_current_dir();
            }
            continue;
        }
        if entry.path().extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let path = relative(root, entry.path());
        if entry.path().to_str().is_none() && found.iter().any(|other: &Found| other.path == path) {
            findings.push(unreadable(&path, "its name is not UTF-8 and reads like that of another file"));
            continue;
        }
        let kind = kind_of(&path);
        found.push(Found { path, full: entry.into_path(), kind, stamp: Stamp::default(), is_own: false });
    }
    let mut found = stamped(found, &mut findings);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, findings)
}

/// The files of the organisations that `written` belong to, sorted by path.
pub(crate) fn beside(root: &Path, written: &[PathBuf]) -> Vec<Found> {
    let pairs: BTreeSet<String> =
        written.iter().map(|path| relative(root, path)).map(|path| pair_of(&path).to_owned()).collect();
    let mut found = Vec::new();
    for pair in pairs {
        for (ending, kind) in [(PROGRESS, FileKind::Progress), (".toml", FileKind::Promises)] {
            let path = format!("{pair}{ending}");
            let full = root.join(&path);
            // What is no ordinary file is told by who looks at the whole book.
            if let Ok(metadata) = fs::metadata(&full)
                && metadata.is_file()
            {
                found.push(Found { path, full, kind, stamp: stamp(&metadata), is_own: true });
            }
        }
    }
    found
}

/// Files with their stamps; many are looked at on all cores.
fn stamped(mut found: Vec<Found>, findings: &mut Vec<Finding>) -> Vec<Found> {
    let look = |file: &mut Found| -> Option<Finding> {
        match fs::metadata(&file.full) {
            Ok(metadata) if metadata.is_file() => {
                file.stamp = stamp(&metadata);
                None
            }
            Ok(_) => Some(unreadable(&file.path, "it is no ordinary file")),
            Err(error) => Some(unreadable(&file.path, &io_words(&error))),
        }
    };
    let faults: Vec<Option<Finding>> = if found.len() < MANY {
        found.iter_mut().map(look).collect()
    } else {
        found.par_iter_mut().map(look).collect()
    };
    let mut sound = faults.iter().map(Option::is_none);
    found.retain(|_| sound.next().unwrap_or(false));
    findings.extend(faults.into_iter().flatten());
    found
}

/// Folders entered so far, by what they really are: a link may lead to one of
/// them, or to a folder that holds them all.
struct Folders {
    real: Vec<PathBuf>,
    start: PathBuf,
}

impl Folders {
    fn new(start: &Path) -> Self {
        Self { real: Vec::new(), start: start.canonicalize().unwrap_or_else(|_| start.to_owned()) }
    }

    /// A finding where the folder is a link that leads back; otherwise the
    /// folder counts as entered.
    fn enter(&mut self, root: &Path, entry: &DirEntry) -> Option<Finding> {
        if !entry.path_is_symlink() && entry.depth() > 0 && self.real.len() == 1 {
            // Nothing was linked yet: an ordinary tree needs no look at what its folders really are.
            return None;
        }
        let real = entry.path().canonicalize().ok()?;
        let leads_back = entry.path_is_symlink()
            && entry.depth() > 0
            && (self.start.starts_with(&real) || real.starts_with(&self.start));
        let again = self.real.contains(&real);
        if leads_back || again {
            let path = relative(root, entry.path());
            let message = "the link leads to a folder that is read already, or to one that holds it";
            return Some(Finding::new(&rules::SYMLINK_LOOP, Place::file(path), message).help(rules::SYMLINK_LOOP.cure));
        }
        self.real.push(real);
        None
    }
}

/// Hidden files and the archive of source texts are not read.
fn is_of_the_book(entry: &DirEntry) -> bool {
    let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let archive = entry.depth() == 1 && entry.file_name() == SOURCES && entry.file_type().is_dir();
    !hidden && !archive
}

fn walk_finding(root: &Path, error: &walkdir::Error) -> Finding {
    let path = error.path().map(|path| relative(root, path)).unwrap_or_default();
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("the link leads back to `{}`", visible(&relative(root, ancestor)));
        return Finding::new(&rules::SYMLINK_LOOP, Place::file(path), message).help(rules::SYMLINK_LOOP.cure);
    }
    let why = error.io_error().map_or_else(|| error.to_string(), |error| io_words(error).to_owned());
    unreadable(&path, &why)
}

/// A finding that a file cannot be read.
pub(crate) fn unreadable(path: &str, why: &str) -> Finding {
    Finding::new(&rules::UNREADABLE_FILE, Place::file(path), format!("the file cannot be read: {why}"))
        .help(rules::UNREADABLE_FILE.cure)
}

/// The system's words without its number.
pub(crate) fn io_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// `path` below `root`, with `/`, non-UTF-8 names shown with replacement characters.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// What tells whether a file is as it was.
pub(crate) fn stamp(metadata: &fs::Metadata) -> Stamp {
    let mtime = metadata.modified().ok().and_then(|time| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanos| -nanos),
    });
    Stamp {
        size: i64::try_from(metadata.len()).unwrap_or(i64::MAX),
        mtime_ns: mtime.unwrap_or(0),
        inode: inode(metadata),
        read_at_ns: 0,
    }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> i64 {
    std::os::unix::fs::MetadataExt::ino(metadata).cast_signed()
}

#[cfg(not(unix))]
fn inode(_metadata: &fs::Metadata) -> i64 {
    0
}
