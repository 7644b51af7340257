//! The files of a book: found, stamped, and read as one text.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::time::UNIX_EPOCH;

use crate::Fault;

/// The folder that promises and figures lie in.
const COMMITMENTS: &str = "commitments";
const PROGRESS: &str = ".progress.toml";
const PROMISES: &str = ".toml";

/// What tells a changed file from one that was not touched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: i64,
    pub(super) mtime: i64,
    pub(super) inode: i64,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let mtime = since.map_or(0, |since| since.as_nanos() as i64);
        Self { size: metadata.len() as i64, mtime, inode: inode(metadata) }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> i64 {
    std::os::unix::fs::MetadataExt::ino(metadata).cast_signed()
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> i64 {
    0
}

/// An organisation's two files.
pub(super) struct Pair {
    /// Their path without an ending.
    pub(super) stem: String,
    pub(super) has_progress: bool,
}

/// A file or folder as it was when it was looked at.
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) stamp: Stamp,
}

/// Every organisation below the current folder, in order, and the folders they lie in.
pub(super) fn walk() -> Result<(Vec<Pair>, Vec<Seen>), Fault> {
    let mut progress = BTreeMap::new();
    let mut folders = Vec::new();
    let mut open = vec![COMMITMENTS.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
            if entry.file_type()?.is_dir() {
                open.push(format!("{folder}/{name}"));
            } else if let Some(stem) = name.strip_suffix(PROGRESS) {
                progress
                    .entry(format!("{folder}/{stem}"))
                    .and_modify(|pair: &mut (bool, bool)| pair.1 = true)
                    .or_insert((false, true));
            } else if let Some(stem) = name.strip_suffix(PROMISES) {
                progress.entry(format!("{folder}/{stem}")).and_modify(|pair| pair.0 = true).or_insert((true, false));
            }
        }
        folders.push(Seen { stamp: Stamp::of(&fs::metadata(&folder)?), path: folder });
    }
    let pairs = progress.into_iter().filter(|(_, (promises, _))| *promises);
    Ok((pairs.map(|(stem, (_, has_progress))| Pair { stem, has_progress }).collect(), folders))
}

/// The texts of a pair behind one another.
pub(super) struct Texts {
    pub(super) text: String,
    /// Where the progress file begins.
    pub(super) split: usize,
    pub(super) seen: Vec<Seen>,
}

/// Reads both files of an organisation into one text.
pub(super) fn read(pair: &Pair) -> Result<Texts, Fault> {
    let mut texts = Texts { text: String::new(), split: 0, seen: Vec::with_capacity(2) };
    append(format!("{}{PROMISES}", pair.stem), &mut texts)?;
    texts.split = texts.text.len();
    if pair.has_progress {
        append(format!("{}{PROGRESS}", pair.stem), &mut texts)?;
    }
    Ok(texts)
}

fn append(path: String, texts: &mut Texts) -> Result<(), Fault> {
    let mut file = File::open(&path)?;
    let metadata = file.metadata()?;
    texts.text.reserve_exact(metadata.len() as usize + 1);
    file.read_to_string(&mut texts.text)?;
    texts.seen.push(Seen { path, stamp: Stamp::of(&metadata) });
    Ok(())
}

/// Whether a file or folder is no longer as it was seen.
pub(super) fn changed(seen: &Seen) -> bool {
    fs::metadata(&seen.path).map_or(true, |metadata| Stamp::of(&metadata) != seen.stamp)
}
