//! Another state of the book in a folder.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::DiffError;
use super::state::{COMMITMENTS, OldFile, State, is_promises_file};

/// Reads the promises of the book in `folder`.
///
/// # Errors
/// Where there is no book.
pub(super) fn read(name: &str, folder: &Path) -> Result<State, DiffError> {
    let start = folder.join(COMMITMENTS);
    if !start.is_dir() {
        return Err(DiffError::NoBook(name.to_owned()));
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(&start).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| relative(folder, path)).unwrap_or_default();
                files.push(OldFile { path, bytes: Err(error.to_string()) });
                continue;
            }
        };
        if entry.file_type().is_file() && is_promises_file(&relative(&start, entry.path())) {
            let bytes = fs::read(entry.path()).map_err(|error| error.to_string());
            files.push(OldFile { path: relative(folder, entry.path()), bytes });
        }
    }
    Ok(State::read(name, files))
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
