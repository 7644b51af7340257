//! The settings file of a book, and what the index knows of it.

use std::fs;
use std::path::Path;

use super::walk::{self, Found, io_words, stamp, unreadable};
use super::{Book, SETTINGS, content_hash, is_unchanged};
use crate::diag::Finding;
use crate::model::settings::Settings;
use crate::parse::{decode, read_settings};
use crate::store::{FileRow, Stamp};

/// The settings as their file says now; defaults where it is absent or faulty.
pub(super) fn now(root: &Path) -> Settings {
    match read_settings_file(root) {
        Some(Ok((_, _, text))) => read_settings(SETTINGS, &text).0,
        _ => Settings::default(),
    }
}

/// Whether the settings file is another than the one known.
pub(super) fn are_stale(root: &Path, known: Option<&FileRow>) -> bool {
    let now = fs::metadata(root.join(SETTINGS)).ok().map(|metadata| stamp(&metadata));
    match (now, known) {
        (None, None) => false,
        (Some(now), Some(row)) => !is_unchanged(now, row),
        _ => true,
    }
}

/// Settings come from the index, where the text was stored; a file that could
/// not be read is a finding in every run.
pub(super) fn read(book: &mut Book, root: &Path, known: Option<&FileRow>) {
    match known {
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

pub(super) type SettingsFile = Result<(Stamp, String, String), Box<Finding>>;

/// The settings file's stamp, hash and text; `None` without a file.
pub(super) fn read_settings_file(root: &Path) -> Option<SettingsFile> {
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
    Some(super::read(&found).and_then(|bytes| {
        let text = decode(SETTINGS, &bytes)?.to_owned();
        Ok((found.stamp, content_hash(&bytes), text))
    }))
}
