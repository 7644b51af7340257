//! Whether the book is as the index knows it: every folder is listed and every
//! file looked at, but nothing is sorted, read or copied.
//!
//! `false` says only that a closer look is needed, which [`super::walk`] takes;
//! so whatever is out of the ordinary, links before all, is left to it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::COMMITMENTS;
use super::walk::{FileKind, Found, SOURCES, kind_of, pair_of, stamp};
use super::{content_hash, is_certain};
use crate::store::{Known, KnownFile, Stamp, Store, StoreError};

/// Files written so shortly before they were read that their stamps prove
/// nothing are read again; from more of them on, the index is to be mended.
const FRESH: usize = 16;

/// Whether all files of promises and figures are as they were last read, and
/// there are no others.
pub(super) fn holds(store: &Store, root: &Path, known: &Known) -> Result<bool, StoreError> {
    if known.is_empty() || known.has_duplicates || !are_one_of_a_kind(known) {
        return Ok(false);
    }
    let mut look = Look { known: known.files().collect(), path: COMMITMENTS.to_owned(), seen: 0, fresh: Vec::new() };
    let same = look.folder(&root.join(COMMITMENTS), true).is_some() && look.seen == known.len();
    if !same || look.fresh.len() > FRESH {
        return Ok(false);
    }
    for (path, file) in look.fresh {
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
    };
    let mut found: Vec<Found> = known.files().map(found).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// A look at all folders.
struct Look<'k> {
    known: HashMap<&'k str, &'k KnownFile>,
    /// The path of the folder, relative to the book.
    path: String,
    /// Files seen so far.
    seen: usize,
    fresh: Vec<(&'k str, &'k KnownFile)>,
}

impl Look<'_> {
    /// Looks at a folder and those below it; `None` where something is not as it
    /// was, or out of the ordinary.
    fn folder(&mut self, folder: &Path, is_first: bool) -> Option<()> {
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            let (name, kind) = (entry.file_name(), entry.file_type().ok()?);
            let name = name.to_str().filter(|_| !kind.is_symlink())?;
            let is_archive = is_first && name == SOURCES && kind.is_dir();
            if name.starts_with('.') || is_archive || kind.is_file() && !name.ends_with(".toml") {
                continue;
            }
            let length = self.path.len();
            self.path.push('/');
            self.path.push_str(name);
            if kind.is_dir() {
                self.folder(&entry.path(), false)?;
            } else {
                self.file(&entry)?;
            }
            self.path.truncate(length);
        }
        Some(())
    }

    fn file(&mut self, entry: &fs::DirEntry) -> Option<()> {
        let (path, file) = self.known.get_key_value(self.path.as_str())?;
        let now = metadata(entry).ok().filter(fs::Metadata::is_file).map(|metadata| stamp(&metadata))?;
        let now = Stamp { read_at_ns: file.stamp.read_at_ns, ..now };
        self.seen += 1;
        if now == file.stamp && !is_certain(now) {
            self.fresh.push((path, file));
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
