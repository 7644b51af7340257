//! Replacing files in one step, with their links, permissions and owners kept.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::lock::FolderLock;
use super::{JournalError, words};

/// Locks on the folders of some files.
#[derive(Debug)]
pub struct Hold {
    _locks: Vec<FolderLock>,
}

/// A file as it stands under the lock.
#[derive(Debug)]
pub struct Current {
    /// As the caller named it.
    pub path: PathBuf,
    /// Where it really lies, links followed.
    real: PathBuf,
    /// Its bytes; `None` where there is no file yet.
    pub bytes: Option<Vec<u8>>,
    metadata: Option<Metadata>,
}

/// A file and what it is to hold.
#[derive(Debug)]
pub struct Change {
    /// The file as it was read under the lock.
    pub current: Current,
    /// Its new bytes.
    pub bytes: Vec<u8>,
}

/// Takes the locks of the folders that `paths` really lie in, in one order for
/// all processes, so that no two wait for each other. Missing folders are made.
///
/// # Errors
/// Where a folder cannot be made or locked, or a link points nowhere.
pub fn hold<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<Hold, JournalError> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let real = real(path)?;
        let folder = folder_of(&real);
        fs::create_dir_all(&folder).map_err(|error| failed(path, &error))?;
        folders.insert(fs::canonicalize(&folder).map_err(|error| failed(path, &error))?);
    }
    let locks = folders.iter().map(|folder| FolderLock::take(folder)).collect::<Result<_, _>>()?;
    Ok(Hold { _locks: locks })
}

/// Reads a file; what is read under a [`Hold`] stays true until it is dropped.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn read(path: &Path) -> Result<Current, JournalError> {
    let unreadable = |error: &io::Error| JournalError::Unreadable { path: path.to_owned(), why: words(error) };
    let real = real(path)?;
    let (bytes, metadata) = match fs::metadata(&real) {
        Ok(metadata) => (Some(fs::read(&real).map_err(|error| unreadable(&error))?), Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => (None, None),
        Err(error) => return Err(unreadable(&error)),
    };
    Ok(Current { path: path.to_owned(), real, bytes, metadata })
}

impl Hold {
    /// Puts all changes in place, or none: first every new text is written
    /// beside its file and forced to disk, then each takes its file's place.
    ///
    /// # Errors
    /// Where a file cannot be written; the files are then as they were, unless
    /// the error says otherwise.
    pub fn write(&self, changes: &[Change]) -> Result<(), JournalError> {
        let mut staged = Vec::with_capacity(changes.len());
        for change in changes {
            staged.push(Staged::write(&change.current, &change.bytes)?);
        }
        for change in changes {
            change.current.check_unchanged()?;
        }
        for (index, stage) in staged.iter_mut().enumerate() {
            if let Err(error) = stage.settle() {
                undo(&changes[..index])?;
                return Err(failed(&changes[index].current.path, &error));
            }
        }
        for change in changes {
            sync_folder(&folder_of(&change.current.real))
                .map_err(|error| JournalError::Unconfirmed { path: change.current.path.clone(), why: words(&error) })?;
        }
        Ok(())
    }
}

impl Current {
    /// Editors know nothing of the lock: what they wrote meanwhile is not overwritten.
    fn check_unchanged(&self) -> Result<(), JournalError> {
        let now = fs::metadata(&self.real).ok();
        let same = match (&self.metadata, &now) {
            (None, None) => true,
            (Some(before), Some(now)) => {
                before.len() == now.len() && before.modified().ok() == now.modified().ok() && same_file(before, now)
            }
            _ => false,
        };
        if same { Ok(()) } else { Err(JournalError::Changed(self.path.clone())) }
    }
}

/// A new text beside its file; removed again unless it took the file's place.
struct Staged {
    beside: PathBuf,
    real: PathBuf,
    settled: bool,
}

impl Staged {
    fn write(current: &Current, bytes: &[u8]) -> Result<Self, JournalError> {
        let error = |error: io::Error| failed(&current.path, &error);
        if current.metadata.is_some() {
            // Renaming needs no right to write the file itself: a read-only file is meant to stay.
            OpenOptions::new().write(true).open(&current.real).map_err(error)?;
        }
        let beside = beside(&current.real);
        // Left by a process that was killed; whoever holds the lock may clear it.
        match fs::remove_file(&beside) {
            Err(other) if other.kind() != ErrorKind::NotFound => return Err(error(other)),
            _ => {}
        }
        let staged = Self { beside, real: current.real.clone(), settled: false };
        staged.fill(current.metadata.as_ref(), bytes).map_err(error)?;
        Ok(staged)
    }

    fn fill(&self, like: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&self.beside)?;
        if let Some(like) = like {
            keep_owner(&file, like)?;
            keep_attributes(&file, &self.real);
            file.set_permissions(like.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn settle(&mut self) -> io::Result<()> {
        fs::rename(&self.beside, &self.real)?;
        self.settled = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.settled {
            // What cannot be removed is hidden and overwritten by the next writer.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Puts files back that were replaced before another one failed.
fn undo(changes: &[Change]) -> Result<(), JournalError> {
    for change in changes {
        let back = match &change.current.bytes {
            None => fs::remove_file(&change.current.real),
            Some(bytes) => {
                let current = &change.current;
                let mut staged = Staged { beside: beside(&current.real), real: current.real.clone(), settled: false };
                staged.fill(current.metadata.as_ref(), bytes).and_then(|()| staged.settle())
            }
        };
        back.map_err(|error| JournalError::Halfway { path: change.current.path.clone(), why: words(&error) })?;
    }
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> JournalError {
    JournalError::File { path: path.to_owned(), why: words(error) }
}

/// The file behind all links; the path itself where there is no file yet.
fn real(path: &Path) -> Result<PathBuf, JournalError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => Ok(path.to_owned()),
        Err(error) => Err(JournalError::Unreadable { path: path.to_owned(), why: words(&error) }),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// `.tencent.progress.toml.new`: hidden, so that it is no part of the book, and
/// always the same, so that crashes leave at most one.
fn beside(real: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".new");
    real.with_file_name(name)
}

/// Forces the folder's entry of a renamed file to disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a folder, and need not.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.ino() == b.ino() && a.dev() == b.dev()
}

#[cfg(not(unix))]
fn same_file(_a: &Metadata, _b: &Metadata) -> bool {
    true
}

/// The new file belongs to whom the old one belonged, as far as we may.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    // Only root gives files away; one's own groups are free to choose.
    if fchown(file, Some(like.uid()), Some(like.gid())).is_err() {
        let _ = fchown(file, None, Some(like.gid()));
    }
    Ok(())
}

/// Access lists and labels go with the file, as far as we may set them.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn keep_attributes(file: &File, like: &Path) {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    let mut names = [0_u8; 4096];
    let mut value = [0_u8; 65_536];
    let length = listxattr(like, &mut names[..]).unwrap_or(0);
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        if let Ok(length) = getxattr(like, name, &mut value[..]) {
            // Labels of the system are not ours to set; the new file has its folder's.
            let _ = fsetxattr(file, name, &value[..length], XattrFlags::empty());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn keep_attributes(_file: &File, _like: &Path) {}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _like: &Metadata) -> io::Result<()> {
    Ok(())
}
