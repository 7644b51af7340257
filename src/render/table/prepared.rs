//! What a table shows of a promise whatever the day: made once, and kept with
//! its register.

use super::bar;
use super::width::width_of;
use crate::assess::Entry;
use crate::diag::visible;
use crate::report::Cells;
use crate::store::Preparation;

/// How the text of a promise is prepared.
pub const PREPARATION: Preparation = Preparation { version: 2, make: prepare };

/// Parts the texts; no text that is made visible holds it.
const PARTER: char = '\u{1f}';

/// What is added to a width where it is kept: no such character is a control
/// character, least of all the one that parts the texts.
const BASE: u32 = 0x20;
/// Widths from here on are measured anew; the characters beyond are none.
const WIDEST: usize = 0xd000;

/// One of the texts of a promise.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Title,
    /// `██│░░ 11 %`, and the share of the target where that reads differently.
    Progress,
    /// `expected 23.39 %, pace 0.498`; empty where nothing is expected.
    Expectation,
    Expected,
    Pace,
    Latest,
    Target,
    /// Flags with commas between them.
    Flags,
}

/// How many texts there are.
const PARTS: usize = 8;

/// The texts of a promise, by [`Part`].
pub(super) struct Prepared<'b> {
    pub(super) texts: [&'b str; PARTS],
    pub(super) widths: [Option<usize>; PARTS],
}

impl<'b> Prepared<'b> {
    pub(super) fn of(text: &'b str) -> Self {
        let (widths, rest) = text.split_once(PARTER).unwrap_or_default();
        let (mut texts, mut measured) = ([""; PARTS], [None; PARTS]);
        texts.iter_mut().zip(rest.split(PARTER)).for_each(|(text, part)| *text = part);
        for (width, kept) in measured.iter_mut().zip(widths.chars()) {
            *width = Some((u32::from(kept) - BASE) as usize).filter(|width| *width < WIDEST);
        }
        Self { texts, widths: measured }
    }

    /// One of the texts.
    pub(super) const fn get(&self, part: Part) -> &'b str {
        self.texts[part as usize]
    }
}

/// The text of a promise: the widths of its parts, and the parts; empty where it
/// was not made yet.
fn prepare(entry: &Entry) -> String {
    let Some(judgement) = &entry.judgement else { return String::new() };
    let cells = Cells::of_judgement(judgement, entry.unit.as_ref());
    let texts: [String; PARTS] = [
        visible(&entry.title),
        progress(&cells),
        visible(&expectation(&cells)),
        visible(&cells.expected_value),
        cells.pace.clone(),
        visible(&cells.latest),
        visible(&cells.target),
        cells.flags.join(", "),
    ];
    let width = |text: &String| char::from_u32(BASE + width_of(text).min(WIDEST) as u32).unwrap_or(PARTER);
    let mut out: String = texts.iter().map(width).collect();
    for text in texts {
        out.push(PARTER);
        out.push_str(&text);
    }
    out
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
