//! What a table shows of a promise whatever the day: made once, and kept with
//! its register.

use super::bar;
use crate::assess::Entry;
use crate::diag::visible;
use crate::report::Cells;
use crate::store::Preparation;

/// How the text of a promise is prepared.
pub const PREPARATION: Preparation = Preparation { version: 1, make: prepare };

/// Parts the texts; no text that is made visible holds it.
const PARTER: char = '\u{1f}';

/// The texts of a promise.
pub(super) struct Prepared<'b> {
    pub(super) title: &'b str,
    /// `██│░░ 11 %`, and the share of the target where that reads differently.
    pub(super) progress: &'b str,
    /// `expected 23.39 %, pace 0.498`; empty where nothing is expected.
    pub(super) expectation: &'b str,
    pub(super) expected: &'b str,
    pub(super) pace: &'b str,
    pub(super) latest: &'b str,
    pub(super) target: &'b str,
    /// Flags with commas between them.
    pub(super) flags: &'b str,
}

impl<'b> Prepared<'b> {
    pub(super) fn of(text: &'b str) -> Self {
        let mut texts = text.split(PARTER);
        let mut next = || texts.next().unwrap_or_default();
        Self {
            title: next(),
            progress: next(),
            expectation: next(),
            expected: next(),
            pace: next(),
            latest: next(),
            target: next(),
            flags: next(),
        }
    }
}

/// The text of a promise; empty where it was not made yet.
fn prepare(entry: &Entry) -> String {
    let Some(judgement) = &entry.judgement else { return String::new() };
    let cells = Cells::of_judgement(judgement, entry.unit.as_ref());
    let texts = [
        visible(&entry.title),
        progress(&cells),
        visible(&expectation(&cells)),
        visible(&cells.expected_value),
        cells.pace.clone(),
        visible(&cells.latest),
        visible(&cells.target),
        cells.flags.join(", "),
    ];
    texts.join(PARTER.encode_utf8(&mut [0; 4]))
}

fn progress(cells: &Cells) -> String {
    let share = cells.share_of_target.as_ref().map_or_else(String::new, |share| format!(" ({share} of target)"));
    format!("{} {}{share}", bar(cells, 10), cells.progress_text).trim_start().to_owned()
}

fn expectation(cells: &Cells) -> String {
    if cells.expected.is_none() {
        return String::new();
    }
    if cells.pace == "–" {
        format!("expected {}", cells.expected_value)
    } else {
        format!("expected {}, pace {}", cells.expected_value, cells.pace)
    }
}
