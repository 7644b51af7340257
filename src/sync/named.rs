//! The book as far as a few promises go: their files are looked at, and no
//! others. For who writes one entry, so that it costs one file and not the book.
//!
//! Whatever is out of the ordinary (a file that changed, an id that may mean
//! several promises, findings anywhere) is left to the look at the whole book.

use super::walk::{self, COMMITMENTS, FileKind};
use super::{Book, Request, SETTINGS, answer, content_hash, is_unchanged, settings};
use crate::store::{FileRow, Store, StoreError};

/// The organisations of the promises `typed`, from an index that knows their
/// files as they are; `None` where a look at the whole book is needed.
pub(super) fn as_they_are(store: &Store, request: &Request<'_>, typed: &[String]) -> Result<Option<Book>, StoreError> {
    let root = request.root;
    let known = store.file(SETTINGS)?;
    if typed.is_empty() || settings::are_stale(root, known.as_ref()) || store.has_findings()? {
        return Ok(None);
    }
    let mut written = Vec::new();
    for id in typed {
        let Some((organisation, _)) = id.split_once('/') else { return Ok(None) };
        let Some(path) = store.path_of(organisation)? else { return Ok(None) };
        written.push(root.join(path));
    }
    let found = walk::beside(root, &written);
    let mut pairs: Vec<&str> = found.iter().map(walk::Found::pair).collect();
    pairs.dedup();
    let mut rows = Vec::new();
    for pair in pairs {
        rows.extend(store.files_of(pair)?);
    }
    let is_known = |file: &walk::Found| rows.iter().any(|row| row.path == file.path && is_as_known(file, row));
    if rows.len() != found.len() || !found.iter().all(is_known) {
        return Ok(None);
    }
    let mut book = Book { has_folder: root.join(COMMITMENTS).is_dir(), files: found.len(), ..Book::default() };
    book.promise_files = found.iter().filter(|file| file.kind == FileKind::Promises).count();
    settings::read(&mut book, root, known.as_ref());
    book.organisations = answer::naming(store, typed, false)?;
    Ok(Some(book))
}

/// Whether a file is as it was last read, by its bytes where its stamp proves
/// nothing yet.
fn is_as_known(file: &walk::Found, row: &FileRow) -> bool {
    let is_the_same = |bytes: Vec<u8>| content_hash(&bytes) == row.content_hash;
    is_unchanged(file.stamp, row) || std::fs::read(&file.full).is_ok_and(is_the_same)
}
