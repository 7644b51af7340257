//! Whether the book is as the index knows it: every folder is listed and every
//! file looked at, but nothing is sorted, read or copied.
//!
//! `false` says only that a closer look is needed, which [`super::walk`] takes;
//! so whatever is out of the ordinary, links before all, is left to it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::COMMITMENTS;
use super::walk::{FileKind, Found, SOURCES, kind_of, pair_of, stamp};
use super::{MANY, content_hash, is_certain};
use crate::store::{Known, KnownFile, Stamp, Store, StoreError};

/// Files written so shortly before they were read that their stamps prove
/// nothing are read again; from more of them on, the index is to be mended.
const FRESH: usize = 16;

/// Whether the index can be believed if all files are as they were last read.
pub(super) fn is_sound(known: &Known) -> bool {
    !known.is_empty() && !known.has_duplicates && are_one_of_a_kind(known)
}

/// Whether all files of promises and figures are as they were last read, and
/// there are no others. The files whose stamps prove nothing are handed out;
/// `None` where a closer look is needed.
pub(super) fn look<'k>(root: &Path, known: &'k Known) -> Option<Vec<(&'k str, &'k KnownFile)>> {
    let look = Look {
        known: known.files().collect(),
        differs: AtomicBool::new(false),
        seen: AtomicUsize::new(0),
        fresh: Mutex::new(Vec::new()),
    };
    let start = root.join(COMMITMENTS);
    let walked = if known.len() < MANY {
        look.folder(&start, COMMITMENTS, &mut |batch| look.batch(&batch))
    } else {
        rayon::in_place_scope(|scope| {
            let look = &look;
            look.folder(&start, COMMITMENTS, &mut |batch| scope.spawn(move |_| look.batch(&batch)))
        })
    };
    walked?;
    let Look { differs, seen, fresh, .. } = look;
    let is_as_known = !differs.into_inner() && seen.into_inner() == known.len();
    fresh.into_inner().ok().filter(|fresh| is_as_known && fresh.len() <= FRESH)
}

/// Whether the bytes of all these files are those that were last read.
pub(super) fn are_the_same(store: &Store, root: &Path, files: &[(&str, &KnownFile)]) -> Result<bool, StoreError> {
    for (path, file) in files {
        let Ok(bytes) = fs::read(root.join(path)) else { return Ok(false) };
        if store.content_hash(file.file_id)? != Some(content_hash(&bytes)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether no two promises files have the same stem.
fn are_one_of_a_kind(known: &Known) -> bool {
    let stem = |path| pair_of(path).rsplit('/').next();
    let promises = || known.files().filter(|(path, _)| kind_of(path) == FileKind::Promises);
    let mut stems: Vec<_> = promises().map(|(path, _)| stem(path)).collect();
    stems.sort_unstable();
    stems.windows(2).all(|pair| pair[0] != pair[1])
}

/// The files as they would be found.
pub(super) fn as_found(known: &Known) -> Vec<Found> {
    let found = |(path, file): (&str, &KnownFile)| Found {
        path: path.to_owned(),
        full: path.into(),
        kind: kind_of(path),
        stamp: file.stamp,
        is_own: false,
    };
    let mut found: Vec<Found> = known.files().map(found).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// A look at all folders, whose files are looked at by whoever is free.
struct Look<'k> {
    known: HashMap<&'k str, &'k KnownFile>,
    /// Whether something is not as it was, or out of the ordinary.
    differs: AtomicBool,
    /// Files seen so far.
    seen: AtomicUsize,
    fresh: Mutex<Vec<(&'k str, &'k KnownFile)>>,
}

/// Files of one folder.
struct Batch {
    /// The path of the folder, relative to the book, with a `/` behind it.
    folder: String,
    /// Their entries in it.
    files: Vec<fs::DirEntry>,
}

/// Files of a batch.
const BATCH: usize = 256;

impl Look<'_> {
    /// Hands out the files of a folder and of those below it; `None` where
    /// something is out of the ordinary.
    fn folder(&self, path: &Path, name: &str, hand: &mut impl FnMut(Batch)) -> Option<()> {
        let new = || Batch { folder: format!("{name}/"), files: Vec::new() };
        let mut batch = new();
        for entry in fs::read_dir(path).ok()? {
            let entry = entry.ok()?;
            let (name, kind) = (entry.file_name(), entry.file_type().ok()?);
            let name = name.to_str().filter(|_| !kind.is_symlink())?;
            let is_archive = batch.folder.len() == COMMITMENTS.len() + 1 && name == SOURCES && kind.is_dir();
            if name.starts_with('.') || is_archive || kind.is_file() && !name.ends_with(".toml") {
                continue;
            }
            if kind.is_dir() {
                self.folder(&entry.path(), &format!("{}{name}", batch.folder), hand)?;
                continue;
            }
            batch.files.push(entry);
            if batch.files.len() == BATCH {
                hand(std::mem::replace(&mut batch, new()));
            }
            if self.differs.load(Ordering::Relaxed) {
                return None;
            }
        }
        hand(batch);
        Some(())
    }

    /// Looks at files, until one is not as it was.
    fn batch(&self, batch: &Batch) {
        let mut path = batch.folder.clone();
        for entry in &batch.files {
            path.truncate(batch.folder.len());
            let looked = entry.file_name().to_str().and_then(|name| {
                path.push_str(name);
                self.file(&path, entry)
            });
            if looked.is_none() {
                self.differs.store(true, Ordering::Relaxed);
            }
            if self.differs.load(Ordering::Relaxed) {
                return;
            }
        }
        self.seen.fetch_add(batch.files.len(), Ordering::Relaxed);
    }

    fn file(&self, path: &str, entry: &fs::DirEntry) -> Option<()> {
        let (path, file) = self.known.get_key_value(path)?;
        let now = metadata(entry).ok().filter(fs::Metadata::is_file).map(|metadata| stamp(&metadata))?;
        let now = Stamp { read_at_ns: file.stamp.read_at_ns, ..now };
        if now == file.stamp && !is_certain(now) {
            self.fresh.lock().ok()?.push((path, file));
        }
        (now == file.stamp).then_some(())
    }
}

/// How a file looks that is no link, by its name in the folder that is open.
#[cfg(unix)]
fn metadata(entry: &fs::DirEntry) -> std::io::Result<fs::Metadata> {
    entry.metadata()
}

/// How a file looks; what its folder says of it may be out of date.
#[cfg(not(unix))]
fn metadata(entry: &fs::DirEntry) -> std::io::Result<fs::Metadata> {
    fs::metadata(entry.path())
}
