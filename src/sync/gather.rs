//! A book without an index: every file is read and understood, and of each
//! organisation only what was asked for stays in memory.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::apply::{Pair, duplicates, name_others, orphaned, pairs};
use super::examine::{Examined, entries, examine, figures};
use super::walk::{self, FileKind, Found};
use super::{Book, COMMITMENTS, Dossiers, Judging, Request, SETTINGS, read, settings};
use crate::assess::{Version, register};
use crate::diag::Finding;
use crate::model::book::Dossier;
use crate::model::settings::AssessmentSettings;
use crate::parse::read_settings;
use crate::store::{Contents, KeptRegister, Preparation};

/// Reads the book.
pub(super) fn gather(request: &Request<'_>) -> Book {
    let (found, walked) = walk::walk(request.root);
    let mut book = Book { has_folder: request.root.join(COMMITMENTS).is_dir(), findings: walked, ..Book::default() };
    book.promise_files = found.iter().filter(|file| file.kind == FileKind::Promises).count();
    book.files = found.len();
    match settings::read_settings_file(request.root) {
        Some(Ok((_, _, text))) => {
            let (settings, findings) = read_settings(SETTINGS, &text);
            book.settings = settings;
            book.findings.extend(findings);
        }
        Some(Err(finding)) => book.findings.push(*finding),
        None => {}
    }
    let own = request.judging.as_ref().and_then(|judging| judging.settings.clone());
    let settings = own.unwrap_or_else(|| book.settings.assessment.clone());
    let judging = request.judging.as_ref();
    let wish = Wish { dossiers: &request.dossiers, judging, settings: &settings, duplicates: duplicates(&found) };
    let (pairs, done) = (pairs(&found).into_values().collect::<Vec<Pair<'_>>>(), AtomicUsize::new(0));
    let part = |pair| {
        let part = wish.part(pair);
        (request.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, pairs.len());
        part
    };
    let parts: Vec<Part> = pairs.par_iter().map(part).collect();
    let also_first = judging.is_some_and(|judging| judging.also_first);
    book.registers_first = also_first.then(Vec::new);
    for part in parts {
        part.join(&mut book);
    }
    name_others(&mut book.findings, &found);
    book.findings.sort_by(Finding::order);
    book.findings.dedup();
    book.organisations.sort_by(|a, b| a.path.cmp(&b.path));
    for registers in std::iter::once(&mut book.registers).chain(&mut book.registers_first) {
        registers.sort_by(|a, b| a.path.cmp(&b.path));
    }
    book
}

/// What is wanted of each organisation.
struct Wish<'r, 'f> {
    dossiers: &'r Dossiers,
    judging: Option<&'r Judging>,
    settings: &'r AssessmentSettings,
    duplicates: BTreeSet<&'f str>,
}

/// What stays of an organisation.
#[derive(Default)]
struct Part {
    findings: Vec<Finding>,
    files_read: usize,
    left_out: u64,
    contents: Contents,
    register: Option<KeptRegister>,
    register_first: Option<KeptRegister>,
    dossier: Option<Dossier>,
}

impl Wish<'_, '_> {
    fn part(&self, pair: &Pair<'_>) -> Part {
        let mut part = Part::default();
        let promises = pair.promises.and_then(|file| Some((file, part.read(file)?)));
        let progress = pair.progress.and_then(|file| Some((file, part.read(file)?)));
        let Some((file, bytes)) = promises else {
            if let Some((file, bytes)) = progress {
                part.findings.extend(match pair.promises {
                    Some(_) => figures(file, &bytes, None).findings,
                    None => orphaned(file, &bytes),
                });
            }
            return part;
        };
        let is_whole = progress.is_some() == pair.progress.is_some();
        let beside = progress.as_ref().map(|(file, bytes)| (*file, bytes.as_slice()));
        let mut examined = examine(file, &bytes, beside, self.duplicates.contains(file.path.as_str()));
        match examined.promises.promises.take().filter(|_| is_whole && examined.is_sound()) {
            Some(promises) => {
                let read = std::mem::take(&mut examined.figures.figures);
                let provenance = std::mem::take(&mut examined.figures.provenance);
                self.keep(Dossier { path: file.path.clone(), promises, figures: read, provenance }, &mut part);
            }
            None => part.left_out = u64::try_from(entries(&examined.promises, &bytes)).unwrap_or(0),
        }
        let Examined { promises, figures } = examined;
        part.findings.extend(promises.findings.into_iter().chain(figures.findings));
        part
    }

    /// Judges an organisation, and keeps of it what is wanted.
    fn keep(&self, dossier: Dossier, part: &mut Part) {
        let judging = self.judging;
        part.register = judging.map(|judging| self.judge(&dossier, judging));
        part.register_first = judging.filter(|judging| judging.also_first).map(|judging| {
            let first = Judging { version: Version::First, ..judging.clone() };
            self.judge(&dossier, &first)
        });
        let is_archived = || part.register.as_ref().is_some_and(|register| register.archived);
        let (is_wanted, with_provenance) = match self.dossiers {
            Dossiers::Unwanted => (false, false),
            Dossiers::Counted => {
                let (promises, figures) = (dossier.promises.commitments.len() as u64, dossier.figures.len() as u64);
                part.contents = Contents { organisations: 1, promises, figures };
                (false, false)
            }
            Dossiers::Archived => (is_archived(), false),
            Dossiers::Naming { provenance, .. } => (true, *provenance),
            Dossiers::All => (true, false),
            Dossiers::WithProvenance => (true, true),
        };
        if is_wanted {
            let provenance = if with_provenance { dossier.provenance } else { Vec::new() };
            part.dossier = Some(Dossier { provenance, ..dossier });
        }
    }

    fn judge(&self, dossier: &Dossier, judging: &Judging) -> KeptRegister {
        let unprepared = Preparation { make: |_| String::new(), ..judging.preparation };
        let preparation = if judging.prepared { judging.preparation } else { unprepared };
        let mut kept = KeptRegister::of(&register(dossier, &judging.question(self.settings)), preparation);
        kept.keep_only(judging.depth);
        kept
    }
}

impl Part {
    /// The bytes of a file; `None` with a finding where it cannot be read.
    fn read(&mut self, file: &Found) -> Option<Vec<u8>> {
        let bytes = read(file).map_err(|finding| self.findings.push(*finding)).ok()?;
        self.files_read += 1;
        Some(bytes)
    }

    fn join(self, book: &mut Book) {
        book.findings.extend(self.findings);
        book.files_read += self.files_read;
        book.left_out += self.left_out;
        book.contents.organisations += self.contents.organisations;
        book.contents.promises += self.contents.promises;
        book.contents.figures += self.contents.figures;
        book.registers.extend(self.register);
        if let Some(first) = &mut book.registers_first {
            first.extend(self.register_first);
        }
        book.organisations.extend(self.dossier);
    }
}
