//! The width of texts in columns of the terminal.

use unicode_width::UnicodeWidthStr;

/// The width of a text; most hold only characters that are one column wide.
pub(super) fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Latin letters, the no-break space, bars, signs of comparison and dashes.
    let is_single = |c: char| matches!(c, ' '..='~' | '\u{a0}' | '\u{c0}'..='\u{2af}' | '\u{2013}' | '\u{2212}' | '\u{2264}' | '\u{2265}' | '\u{2500}'..='\u{259f}' | '\u{2713}' | '\u{2717}');
    let mut count = 0;
    for c in text.chars() {
        if !is_single(c) {
            return text.width();
        }
        count += 1;
    }
    count
}
