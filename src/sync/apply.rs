//! What changed since the last sync, pair by pair: `<org>.toml` and its
//! `<org>.progress.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ahead::{Prepared, chunks, in_order};
use super::examine::{Examined, ReadFile, entries, examine, figures, first_line, read_file};
use super::judged::Standard;
use super::walk::{FileKind, Found, pair_of};
use super::{Host, SETTINGS, is_unchanged, new_file, read_settings_file};
use crate::diag::{Finding, Place, Related};
use crate::model::book::Promises;
use crate::parse::{Frame, decode, read_progress, read_promises, rules};
use crate::store::{FileRow, Packed, Stamp, Store, StoreError, Update};

/// What one sync did.
pub(super) struct Applied {
    /// Files whose bytes were read.
    pub(super) files_read: usize,
    /// Findings that are not stored: files that could not be read.
    pub(super) findings: Vec<Finding>,
}

/// Whether any file needs a look: a cheap test before taking the write lock.
pub(super) fn is_stale(found: &[Found], rows: &[FileRow]) -> bool {
    let known: BTreeMap<&str, &FileRow> = rows.iter().map(|row| (row.path.as_str(), row)).collect();
    let duplicates = duplicates(found);
    let gone = rows.iter().filter(|row| row.kind != "settings").count() != found.len();
    gone || found.iter().any(|file| {
        known.get(file.path.as_str()).is_none_or(|row| {
            !is_unchanged(file.stamp, row) || row.is_duplicate != duplicates.contains(file.path.as_str())
        })
    })
}

/// Promises files whose stem another promises file has, too.
pub(super) fn duplicates(found: &[Found]) -> BTreeSet<&str> {
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in found.iter().filter(|file| file.kind == FileKind::Promises) {
        by_stem.entry(file.stem()).or_default().push(&file.path);
    }
    by_stem.into_values().filter(|paths| paths.len() > 1).flatten().collect()
}

/// Brings the index up to date in one transaction.
pub(super) fn apply(
    store: &mut Store,
    root: &Path,
    found: &[Found],
    judging: Option<&Standard<'_>>,
    host: Host<'_>,
) -> Result<Applied, StoreError> {
    let mut update = store.update()?;
    let rows = update.files()?;
    let is_first = rows.iter().all(|row| row.kind == "settings");
    if is_first {
        update.onto_nothing();
    }
    let applied = with(update, &rows, judging.filter(|_| is_first), is_first, root, found, host)?;
    store.publish()?;
    Ok(applied)
}

/// Brings the index up to date with these files alone, which are all that their
/// organisations have.
pub(super) fn apply_these(store: &mut Store, root: &Path, found: &[Found], host: Host<'_>) -> Result<(), StoreError> {
    let pairs: BTreeSet<&str> = found.iter().map(Found::pair).collect();
    let update = store.update()?;
    let mut rows: Vec<FileRow> = update.file(SETTINGS)?.into_iter().collect();
    for pair in pairs {
        rows.extend(update.files_of(pair)?);
    }
    with(update, &rows, None, false, root, found, host)?;
    store.publish()
}

fn with(
    update: Update<'_>,
    rows: &[FileRow],
    judging: Option<&Standard<'_>>,
    is_first: bool,
    root: &Path,
    found: &[Found],
    host: Host<'_>,
) -> Result<Applied, StoreError> {
    let mut sync = Sync {
        update: &update,
        rows: rows.iter().map(|row| (row.path.as_str(), row)).collect(),
        duplicates: duplicates(found),
        host,
        applied: Applied { files_read: 0, findings: Vec::new() },
    };
    sync.settings(root)?;
    let mut pairs = pairs(found);
    for row in rows.iter().filter(|row| row.kind != "settings") {
        let pair = pairs.entry(pair_of(&row.path)).or_default();
        let here = if row.kind == "promises" { pair.promises.is_some() } else { pair.progress.is_some() };
        if !here {
            pair.gone.push(row);
        }
    }
    if is_first {
        // Nothing is known yet: there is no old state to compare with.
        let (whole, orphans): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
            pairs.into_values().partition(|pair| pair.promises.is_some());
        sync.all_at_once(&whole, judging)?;
        for pair in orphans {
            sync.pair(&pair)?;
        }
    } else {
        for pair in pairs.into_values() {
            sync.pair(&pair)?;
        }
    }
    let applied = sync.applied;
    update.commit()?;
    Ok(applied)
}

/// An organisation's two files, and rows of files that are gone.
#[derive(Default)]
pub(super) struct Pair<'f> {
    pub(super) promises: Option<&'f Found>,
    pub(super) progress: Option<&'f Found>,
    gone: Vec<&'f FileRow>,
}

/// The files of each organisation, by what their paths begin with.
pub(super) fn pairs(found: &[Found]) -> BTreeMap<&str, Pair<'_>> {
    let mut pairs: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
    for file in found {
        let pair = pairs.entry(file.pair()).or_default();
        match file.kind {
            FileKind::Promises => pair.promises = Some(file),
            FileKind::Progress => pair.progress = Some(file),
        }
    }
    pairs
}

struct Sync<'s> {
    update: &'s Update<'s>,
    rows: BTreeMap<&'s str, &'s FileRow>,
    duplicates: BTreeSet<&'s str>,
    host: Host<'s>,
    applied: Applied,
}

/// What became of a file since the last sync.
enum News {
    /// As it was.
    Same,
    /// New or changed; its bytes.
    Changed(ReadFile),
    /// There, and not to be read; the finding is already noted.
    Unreadable,
}

impl<'s> Sync<'s> {
    fn settings(&mut self, root: &Path) -> Result<(), StoreError> {
        let row = self.rows.get(SETTINGS).copied();
        match read_settings_file(root) {
            // The reader of settings tells what is wrong in every run.
            None | Some(Err(_)) => {
                if let Some(row) = row {
                    self.update.remove_file(row.file_id)?;
                }
            }
            Some(Ok((stamp, hash, text))) => {
                let stamp = Stamp { read_at_ns: (self.host.now_ns)(), ..stamp };
                let file = crate::store::NewFile { text: Some(&text), ..new_file(SETTINGS, "settings", stamp, &hash) };
                self.update.put_file(&file)?;
            }
        }
        Ok(())
    }

    /// Reads a file if its stamp does not vouch for it.
    fn news(&mut self, file: &Found) -> Result<News, StoreError> {
        let row = self.rows.get(file.path.as_str()).copied();
        if row.is_some_and(|row| is_unchanged(file.stamp, row)) {
            return Ok(News::Same);
        }
        let Some(read) = self.read(file)? else { return Ok(News::Unreadable) };
        if let Some(row) = row.filter(|row| row.content_hash == read.content_hash) {
            self.update.put_stamp(row.file_id, read.stamp)?;
            return Ok(News::Same);
        }
        Ok(News::Changed(read))
    }

    /// The bytes of a file; `None` with a finding where it cannot be read. Such
    /// a file has no row, so that it is tried again in every run.
    fn read(&mut self, file: &Found) -> Result<Option<ReadFile>, StoreError> {
        match read_file(file, self.host.now_ns) {
            Ok(read) => {
                self.applied.files_read += 1;
                Ok(Some(read))
            }
            Err(finding) => self.unreadable(file, *finding).map(|()| None),
        }
    }

    fn unreadable(&mut self, file: &Found, finding: Finding) -> Result<(), StoreError> {
        self.applied.findings.push(finding);
        match self.rows.get(file.path.as_str()) {
            Some(row) => self.update.remove_file(row.file_id),
            None => Ok(()),
        }
    }

    fn pair(&mut self, pair: &Pair<'_>) -> Result<(), StoreError> {
        for row in &pair.gone {
            self.update.remove_file(row.file_id)?;
        }
        let promises = pair.promises.map(|file| self.news(file)).transpose()?;
        let progress = pair.progress.map(|file| self.news(file)).transpose()?;
        let turned = pair.promises.is_some_and(|file| {
            self.rows
                .get(file.path.as_str())
                .is_some_and(|row| row.is_duplicate != self.duplicates.contains(file.path.as_str()))
        });
        let same = |news: &Option<News>| matches!(news, None | Some(News::Same));
        if same(&promises) && same(&progress) && pair.gone.is_empty() && !turned {
            return Ok(());
        }
        match (pair.promises, promises) {
            (Some(file), Some(news)) => {
                self.organisation(file, news, pair.progress.zip(progress), turned || !pair.gone.is_empty())
            }
            _ => self.orphan(pair.progress.zip(progress)),
        }
    }

    /// A progress file without its organisation.
    fn orphan(&mut self, progress: Option<(&Found, News)>) -> Result<(), StoreError> {
        let Some((file, news)) = progress else { return Ok(()) };
        let Some(read) = self.bytes(file, news)? else { return Ok(()) };
        let id = self.put(file, &read, 0)?;
        self.update.put_findings(id, &orphaned(file, &read.bytes))
    }

    /// The bytes of a file, read now if that was not needed before.
    fn bytes(&mut self, file: &Found, news: News) -> Result<Option<ReadFile>, StoreError> {
        match news {
            News::Changed(read) => Ok(Some(read)),
            News::Same => self.read(file),
            News::Unreadable => Ok(None),
        }
    }

    fn put(&self, file: &Found, read: &ReadFile, entries: i64) -> Result<i64, StoreError> {
        let kind = match file.kind {
            FileKind::Promises => "promises",
            FileKind::Progress => "progress",
        };
        self.update
            .put_file(&crate::store::NewFile { entries, ..new_file(&file.path, kind, read.stamp, &read.content_hash) })
    }

    fn has_findings(&self, file: &Found) -> bool {
        self.rows.get(file.path.as_str()).is_none_or(|row| row.has_findings)
    }

    /// An organisation of which something changed.
    fn organisation(
        &mut self,
        file: &Found,
        news: News,
        progress: Option<(&Found, News)>,
        whole: bool,
    ) -> Result<(), StoreError> {
        let stored = match self.rows.get(file.path.as_str()) {
            Some(row) if !whole => self.update.stored(row.file_id)?.map(|stored| (row.file_id, stored)),
            _ => None,
        };
        let clean = progress.as_ref().is_none_or(|(file, _)| !self.has_findings(file));
        match (&news, &progress, stored) {
            // Only figures changed: the promises in the index are enough.
            (News::Same, Some((figures, News::Changed(read))), Some((id, promises)))
                if self.only_figures(id, file, &promises, figures, read)? =>
            {
                return Ok(());
            }
            // Only promises changed, and nothing that figures depend on.
            (News::Changed(read), None | Some((_, News::Same)), Some((_, promises)))
                if clean && self.only_promises(file, read, &promises)? =>
            {
                return Ok(());
            }
            _ => {}
        }
        self.both(file, news, progress)
    }

    /// Stores figures read in the frame of the promises in the index; `false`
    /// where a finding needs places in both files.
    fn only_figures(
        &mut self,
        id: i64,
        file: &Found,
        promises: &Promises,
        progress: &Found,
        read: &ReadFile,
    ) -> Result<bool, StoreError> {
        let Ok(text) = decode(&progress.path, &read.bytes) else { return Ok(false) };
        let frame = Frame::of(promises, &file.path, |_| Place::default());
        let result = read_progress(&progress.path, text, Some(&frame));
        if !result.findings.is_empty() {
            return Ok(false);
        }
        let progress_id = self.put(progress, read, 0)?;
        self.update.put_findings(progress_id, &[])?;
        self.update.put_figures(id, &result.figures, &result.provenance)?;
        Ok(true)
    }

    /// Stores promises whose figures are valid as they stand in the index.
    fn only_promises(&mut self, file: &Found, read: &ReadFile, old: &Promises) -> Result<bool, StoreError> {
        let Ok(text) = decode(&file.path, &read.bytes) else { return Ok(false) };
        let result = read_promises(file.stem(), &file.path, text);
        let Some(promises) = &result.promises else { return Ok(false) };
        let before = Frame::of(old, &file.path, |_| Place::default());
        if !before.same_for_figures(&result.frame) || self.duplicates.contains(file.path.as_str()) {
            return Ok(false);
        }
        let id = self.put(file, read, entries(&result, &read.bytes))?;
        self.update.put_findings(id, &result.findings)?;
        self.update.put_promises(id, promises)?;
        Ok(true)
    }

    /// Reads both files and stores the organisation, or its findings.
    fn both(&mut self, file: &Found, news: News, progress: Option<(&Found, News)>) -> Result<(), StoreError> {
        let promises = self.bytes(file, news)?;
        let expected = progress.is_some();
        let progress = match progress {
            Some((progress, news)) => self.bytes(progress, news)?.map(|read| (progress, read)),
            None => None,
        };
        let Some(promises) = promises else {
            return progress.map_or(Ok(()), |(progress, read)| self.figures_alone(progress, &read));
        };
        let beside = progress.as_ref().map(|(progress, read)| (*progress, read.bytes.as_slice()));
        let examined = examine(file, &promises.bytes, beside, self.is_duplicate(file));
        let whole = progress.is_some() == expected;
        let packed = if whole { examined.packed(&file.path) } else { None };
        let progress = progress.as_ref().map(|(progress, read)| (*progress, read));
        self.store(file, &promises, progress, &examined, packed.as_ref())?;
        Ok(())
    }

    fn is_duplicate(&self, file: &Found) -> bool {
        self.duplicates.contains(file.path.as_str())
    }

    /// Stores what the files of an organisation say; its records only where
    /// neither has errors and both could be read, which is where they are packed.
    fn store(
        &self,
        file: &Found,
        read: &ReadFile,
        progress: Option<(&Found, &ReadFile)>,
        examined: &Examined,
        packed: Option<&Packed>,
    ) -> Result<i64, StoreError> {
        let id = self.put(file, read, entries(&examined.promises, &read.bytes))?;
        self.update.put_findings(id, &examined.promises.findings)?;
        if let Some((progress, read)) = progress {
            let id = self.put(progress, read, 0)?;
            self.update.put_findings(id, &examined.figures.findings)?;
        }
        match (&examined.promises.promises, packed) {
            (Some(promises), Some(packed)) => {
                self.update.put_organisation(id, promises, packed)?;
            }
            _ => self.update.remove_promises(id)?,
        }
        Ok(id)
    }

    /// A first sync: files are read and understood on all cores, ahead of the one
    /// thread that writes.
    fn all_at_once(&mut self, pairs: &[Pair<'_>], judging: Option<&Standard<'_>>) -> Result<(), StoreError> {
        let (duplicates, Host { now_ns, progress }) = (self.duplicates.clone(), self.host);
        let prepare = |pair: &Pair<'_>| Prepared::of(pair, &duplicates, judging, now_ns);
        let mut done = 0;
        in_order(chunks(pairs), prepare, |pair, prepared| {
            self.prepared(pair, prepared, judging)?;
            done += 1;
            progress(done, pairs.len());
            Ok(())
        })
    }

    /// Stores an organisation that was examined ahead.
    fn prepared(
        &mut self,
        pair: &Pair<'_>,
        prepared: Prepared,
        judging: Option<&Standard<'_>>,
    ) -> Result<(), StoreError> {
        let promises = self.taken(pair.promises, prepared.promises)?;
        let progress = self.taken(pair.progress, prepared.progress)?;
        let beside = progress.as_ref().map(|(file, read)| (*file, read));
        match (promises, prepared.examined, beside) {
            (Some((file, read)), Some(examined), _) => {
                let id = self.store(file, &read, beside, &examined, prepared.packed.as_ref())?;
                match (judging, prepared.register) {
                    (Some(judging), Some(register)) => self.update.put_new_register(id, judging.hash, &register),
                    _ => Ok(()),
                }
            }
            (_, _, Some((file, read))) => self.figures_alone(file, read),
            _ => Ok(()),
        }
    }

    /// A file read ahead: counted, or its finding noted.
    fn taken<'p>(
        &mut self,
        file: Option<&'p Found>,
        read: Option<Result<ReadFile, Box<Finding>>>,
    ) -> Result<Option<(&'p Found, ReadFile)>, StoreError> {
        match (file, read) {
            (Some(file), Some(Ok(read))) => {
                self.applied.files_read += 1;
                Ok(Some((file, read)))
            }
            (Some(file), Some(Err(finding))) => self.unreadable(file, *finding).map(|()| None),
            _ => Ok(None),
        }
    }

    /// Figures whose promises cannot be read: alone they say nothing.
    fn figures_alone(&self, file: &Found, read: &ReadFile) -> Result<(), StoreError> {
        let id = self.put(file, read, 0)?;
        self.update.put_findings(id, &figures(file, &read.bytes, None).findings)
    }
}

/// What is wrong with a progress file without its organisation.
pub(super) fn orphaned(file: &Found, bytes: &[u8]) -> Vec<Finding> {
    let mut findings = figures(file, bytes, None).findings;
    let message = format!("there is no `{}.toml` beside it", file.stem());
    // What it says of other files is added when it is told: those change without this one.
    findings.insert(0, Finding::new(&rules::ORPHAN_PROGRESS, first_line(&file.path, bytes), message));
    findings
}

/// Adds what findings say of other files, which may have changed since the
/// finding was stored.
pub(super) fn name_others(findings: &mut [Finding], found: &[Found]) {
    let promises = || found.iter().filter(|file| file.kind == FileKind::Promises);
    for finding in findings {
        let path = finding.place.file.clone();
        let stem = pair_of(&path).rsplit('/').next().unwrap_or_default();
        if finding.rule == rules::ORPHAN_PROGRESS.id {
            let help = crate::diag::did_you_mean(stem, promises().map(Found::stem));
            finding.help = Some(help.unwrap_or_else(|| rules::ORPHAN_PROGRESS.cure.to_owned()));
        } else if finding.rule == rules::DUPLICATE_ORGANISATION.id {
            let others = promises().filter(|other| other.stem() == stem && other.path != path);
            finding.related = others
                .map(|other| Related { place: Place::file(&other.path), label: "the other one".to_owned() })
                .collect();
        }
    }
}
