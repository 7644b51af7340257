//! One organisation's files read and understood: pure but for the reading, so
//! that many can be examined at once.

use super::walk::Found;
use super::{content_hash, read};
use crate::diag::{Finding, Place, Source};
use crate::parse::{Frame, ProgressRead, PromisesRead, Unsure, decode, read_progress, read_promises, rules};
use crate::store::{Packed, Stamp};

/// A file whose bytes were read in this run.
pub(super) struct ReadFile {
    pub(super) bytes: Vec<u8>,
    pub(super) stamp: Stamp,
    pub(super) content_hash: String,
}

/// Reads a file, with the time before its bytes were read.
pub(super) fn read_file(file: &Found, now_ns: &super::Now) -> Result<ReadFile, Box<Finding>> {
    let read_at_ns = if file.is_own { now_ns() } else { after_the_tick(file.stamp.mtime_ns, now_ns) };
    let bytes = read(file)?;
    let content_hash = content_hash(&bytes);
    Ok(ReadFile { bytes, stamp: Stamp { read_at_ns, ..file.stamp }, content_hash })
}

/// The time, once a file written just now can no longer be written again with
/// the same modification time: then one reading is enough to know it.
fn after_the_tick(mtime_ns: i64, now_ns: &super::Now) -> i64 {
    let now = now_ns();
    let wait = mtime_ns + 2 * super::TICK_NS - now;
    if !(1..=2 * super::TICK_NS).contains(&wait) {
        return now;
    }
    std::thread::sleep(std::time::Duration::from_nanos(wait.unsigned_abs()));
    now_ns()
}

/// What an organisation's two files say.
pub(super) struct Examined {
    /// The promises, with the finding of a duplicate stem among their findings.
    pub(super) promises: PromisesRead,
    /// The figures; empty without a progress file.
    pub(super) figures: ProgressRead,
}

impl Examined {
    /// The pack of the organisation; `None` where its files have errors.
    pub(super) fn packed(&self, path: &str) -> Option<Packed> {
        let promises = self.promises.promises.as_ref().filter(|_| self.is_sound())?;
        Some(Packed::of(path, promises, &self.figures.figures, &self.figures.provenance))
    }

    /// Whether neither file has errors.
    pub(super) fn is_sound(&self) -> bool {
        !self.promises.findings.iter().chain(&self.figures.findings).any(Finding::is_error)
    }
}

/// Understands a promises file and the progress file beside it.
pub(super) fn examine(file: &Found, bytes: &[u8], progress: Option<(&Found, &[u8])>, is_duplicate: bool) -> Examined {
    let mut promises = match decode(&file.path, bytes) {
        Ok(text) => read_promises(file.stem(), &file.path, text),
        Err(finding) => PromisesRead {
            promises: None,
            frame: Frame { unsure: Unsure::ALL, ..Frame::default() },
            findings: vec![*finding],
            entries: None,
        },
    };
    if is_duplicate {
        let message = format!("there are two organisations `{}`", file.stem());
        let finding = Finding::new(&rules::DUPLICATE_ORGANISATION, first_line(&file.path, bytes), message)
            .help(rules::DUPLICATE_ORGANISATION.cure);
        promises.findings.insert(0, finding);
    }
    let figures = match progress {
        Some((progress, bytes)) => figures(progress, bytes, Some(&promises.frame)),
        None => ProgressRead { figures: Vec::new(), provenance: Vec::new(), findings: Vec::new() },
    };
    Examined { promises, figures }
}

/// Understands a progress file alone.
pub(super) fn figures(file: &Found, bytes: &[u8], frame: Option<&Frame>) -> ProgressRead {
    match decode(&file.path, bytes) {
        Ok(text) => read_progress(&file.path, text, frame),
        Err(finding) => ProgressRead { figures: Vec::new(), provenance: Vec::new(), findings: vec![*finding] },
    }
}

/// The first line of a file, for findings about the file as a whole.
pub(super) fn first_line(path: &str, bytes: &[u8]) -> Place {
    Source::new(path, &String::from_utf8_lossy(bytes)).line_place(1)
}

/// How many promises a file holds, for counting what is left out: the tables
/// that were read, or the headers in its text where the TOML is broken.
pub(super) fn entries(promises: &PromisesRead, bytes: &[u8]) -> i64 {
    let seen = promises.entries.unwrap_or_else(|| {
        let text = String::from_utf8_lossy(bytes);
        let header = |line: &&str| line.trim_start_matches('\u{feff}').trim_start().starts_with("[[commitment]]");
        text.lines().filter(header).count()
    });
    i64::try_from(seen).unwrap_or(i64::MAX)
}
