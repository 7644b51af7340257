//! What the index answers: findings, settings, judgements, organisations.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::judged::{self, Judged};
use super::walk::{self, FileKind, Found};
use super::{Book, Dossiers, Judging, Request, apply, known, settings};
use crate::assess::Version;
use crate::diag::Finding;
use crate::model::book::Dossier;
use crate::store::{KeptRegister, Known, Store, StoreError};

/// What the index says of the book, all of one moment; the judgements apart,
/// since they may have to be kept.
///
/// `found` are the files of the book, where they are others than those known.
pub(super) fn read_book(
    store: &Store,
    request: &Request<'_>,
    known: &Known,
    found: Option<&[Found]>,
    book: &mut Book,
) -> Result<Option<Judged>, StoreError> {
    book.findings.extend(store.findings()?);
    if !book.findings.is_empty() {
        let found = found.map_or_else(|| Cow::Owned(known::as_found(known)), Cow::Borrowed);
        apply::name_others(&mut book.findings, &found);
    }
    settings::read(book, request.root, known.settings.as_ref());
    let answer = judge(store, request, book)?;
    // In ascending order.
    let present = match &answer {
        Some(judged) => Cow::Borrowed(&judged.keys),
        None => Cow::Owned(store.organisation_keys()?),
    };
    let is_absent = |path: &str, key| walk::kind_of(path) == FileKind::Promises && present.binary_search(&key).is_err();
    let absent: Vec<&str> =
        known.files().filter(|(path, file)| is_absent(path, file.file_id)).map(|(path, _)| path).collect();
    if !absent.is_empty() {
        book.left_out = store.left_out()?;
    }
    match &request.dossiers {
        Dossiers::Unwanted => {}
        Dossiers::Counted => book.contents = store.contents()?,
        Dossiers::Archived => book.organisations = archived(store, answer.as_ref())?,
        Dossiers::Naming { typed, provenance, .. } => {
            book.organisations = naming(store, typed, *provenance)?;
            if !book.has_promises() {
                // Others may have some.
                book.contents = store.contents()?;
            }
        }
        Dossiers::All => book.organisations = store.organisations(false)?,
        Dossiers::WithProvenance => book.organisations = store.organisations(true)?,
    }
    // A file that gives no answer has a finding that says why; else rows are gone.
    for path in absent {
        let pair = walk::pair_of(path);
        let explained = |finding: &Finding| finding.is_error() && walk::pair_of(&finding.place.file) == pair;
        if !book.findings.iter().any(explained) {
            return Err(StoreError::Damaged(path.to_owned()));
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

pub(super) fn by_path(judged: Judged) -> Vec<KeptRegister> {
    let mut registers = judged.registers;
    registers.sort_by(|a, b| a.path.cmp(&b.path));
    registers
}
