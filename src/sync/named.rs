//! The book as far as a few promises go: their files are looked at, and no
//! others. For who writes one entry, so that it costs one file and not the book.
//!
//! Whatever is out of the ordinary (a file that changed or is gone, a word that
//! is no whole id, a stored finding anywhere) is left to the look at the whole
//! book. What happened to other files meanwhile is for the next command that
//! looks at them.

use super::walk::{self, COMMITMENTS, FileKind, Found};
use super::{Book, Request, SETTINGS, content_hash, is_unchanged, settings};
use crate::model::book::Dossier;
use crate::store::{FileRow, Store, StoreError};

/// The organisations of the promises `typed`, from an index that knows their
/// files as they are; `None` where a look at the whole book is needed.
pub(super) fn as_they_are(store: &Store, request: &Request<'_>, typed: &[String]) -> Result<Option<Book>, StoreError> {
    let root = request.root;
    let known = store.file(SETTINGS)?;
    if typed.is_empty() || settings::are_stale(root, known.as_ref()) || store.has_findings()? {
        return Ok(None);
    }
    let mut organisations = Vec::new();
    for id in typed {
        let Some((organisation, _)) = id.split_once('/') else { return Ok(None) };
        let Some(found) = store.organisation_named(organisation)? else { return Ok(None) };
        organisations.push(found);
    }
    organisations.sort();
    organisations.dedup();
    let Some(found) = found(store, request, &organisations)? else { return Ok(None) };
    let keys: Vec<i64> = organisations.iter().map(|(_, key)| *key).collect();
    let dossiers: Vec<Dossier> = store.dossiers(&keys, false)?.into_iter().map(|(dossier, _)| dossier).collect();
    // Only a whole id means the same whatever other files say.
    if !typed.iter().all(|id| dossiers.iter().any(|dossier| has(dossier, id))) {
        return Ok(None);
    }
    let mut book = Book { has_folder: root.join(COMMITMENTS).is_dir(), files: found.len(), ..Book::default() };
    book.promise_files = found.iter().filter(|file| file.kind == FileKind::Promises).count();
    settings::read(&mut book, root, known.as_ref());
    book.organisations = dossiers;
    Ok(Some(book))
}

/// The files of these organisations; `None` where one is not as it was last read.
fn found(
    store: &Store,
    request: &Request<'_>,
    organisations: &[(String, i64)],
) -> Result<Option<Vec<Found>>, StoreError> {
    let full: Vec<_> = organisations.iter().map(|(path, _)| request.root.join(path)).collect();
    let found = walk::beside(request.root, &full);
    let mut rows = Vec::new();
    for (path, _) in organisations {
        rows.extend(store.files_of(walk::pair_of(path))?);
    }
    let is_known = |row: &FileRow| found.iter().any(|file| row.path == file.path && is_as_known(file, row));
    let same = rows.len() == found.len() && rows.iter().all(is_known);
    Ok(same.then_some(found))
}

/// Whether a file is as it was last read, by its bytes where its stamp proves
/// nothing yet.
fn is_as_known(file: &Found, row: &FileRow) -> bool {
    let is_the_same = |bytes: Vec<u8>| content_hash(&bytes) == row.content_hash;
    is_unchanged(file.stamp, row) || std::fs::read(&file.full).is_ok_and(is_the_same)
}

/// Whether the organisation has the promise with this whole id.
fn has(dossier: &Dossier, id: &str) -> bool {
    let promises = &dossier.promises;
    id.split_once('/').is_some_and(|(organisation, commitment)| {
        organisation == promises.organisation.id && promises.commitments.iter().any(|known| known.id == commitment)
    })
}
