//! What a table shows of a promise whatever the day: made once, and kept with
//! its register.

use super::bar;
use super::width::width_of;
use crate::assess::Entry;
use crate::diag::visible;
use crate::report::Cells;
use crate::store::Preparation;

/// How the text of a promise is prepared.
pub const PREPARATION: Preparation = Preparation { version: 3, make: prepare };

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
    pub(super) widths: [usize; PARTS],
}

impl<'b> Prepared<'b> {
    pub(super) fn of(text: &'b str) -> Self {
        let (mut texts, mut widths) = ([""; PARTS], [0; PARTS]);
        let mut head = text.bytes();
        let mut lengths = [0; PARTS];
        for (length, width) in lengths.iter_mut().zip(&mut widths) {
            *length = number(&mut head);
            *width = number(&mut head);
        }
        let mut rest = &text[text.len() - head.len()..];
        for (part, length) in texts.iter_mut().zip(lengths) {
            (*part, rest) = rest.split_at_checked(length).unwrap_or_default();
        }
        Self { texts, widths }
    }

    /// One of the texts.
    pub(super) const fn get(&self, part: Part) -> &'b str {
        self.texts[part as usize]
    }
}

/// The text of a promise: the length and width of each part, and the parts; empty
/// where it was not made yet.
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
    let mut out = String::new();
    for text in &texts {
        put_number(text.len(), &mut out);
        put_number(width_of(text), &mut out);
    }
    out.extend(texts);
    out
}

/// Digits of a number, the lowest first: six bits each from `@` on, and the last
/// one of five bits from the blank on.
fn put_number(mut number: usize, out: &mut String) {
    while number >= 0x20 {
        out.push(char::from(b'@' + (number & 0x3f) as u8));
        number >>= 6;
    }
    out.push(char::from(b' ' + number as u8));
}

fn number(digits: &mut std::str::Bytes<'_>) -> usize {
    let (mut number, mut shift) = (0, 0_u32);
    for digit in digits {
        let is_last = digit < b'@';
        let bits = usize::from(digit.wrapping_sub(if is_last { b' ' } else { b'@' }));
        number |= bits.checked_shl(shift).unwrap_or(0);
        shift += 6;
        if is_last {
            break;
        }
    }
    number
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back() {
        for number_put in (0..5_000).chain([65_535, 1 << 20, 10 << 20]) {
            let mut text = String::new();
            put_number(number_put, &mut text);
            let mut digits = text.bytes();
            assert_eq!((number(&mut digits), digits.len()), (number_put, 0));
        }
    }
}
