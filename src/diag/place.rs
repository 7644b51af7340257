//! Files as text with lines, and places in them.

use std::borrow::Cow;
use std::ops::Range;

/// A place in a file of the book.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// Path relative to the book, with `/`.
    pub file: String,
    /// Line from 1; 0 where the finding is about the file as a whole.
    pub line: u32,
    /// Column in characters from 1; 0 where the finding is about the file.
    pub column: u32,
    /// Length in characters on that line, at least 1.
    pub width: u32,
    /// The line as it stands in the file, without its end; very long lines are cut.
    pub text: String,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            return f.write_str(&self.file);
        }
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Longest part of a line that is kept for an excerpt, in characters.
const EXCERPT: usize = 4000;

/// The text of one file and where its lines begin.
#[derive(Debug)]
pub struct Source<'s> {
    /// Path relative to the book, with `/`.
    pub path: &'s str,
    /// The whole text, a byte order mark included.
    pub text: &'s str,
    starts: Vec<usize>,
}

impl<'s> Source<'s> {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(path: &'s str, text: &'s str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 24 + 1);
        starts.push(0);
        // A plain loop: lines are short, and a search for each costs more than a look at every byte.
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(at + 1);
            }
        }
        Self { path, text, starts }
    }

    /// Line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }

    /// The place of a byte range; only its part on the first line counts.
    #[must_use]
    pub fn place(&self, range: &Range<usize>) -> Place {
        let start = self.floor(range.start);
        let line = self.line(start);
        let begin = self.starts[line as usize - 1];
        let full = self.starts.get(line as usize).map_or(&self.text[begin..], |&next| &self.text[begin..next]);
        let full = full.trim_end_matches(['\n', '\r']);
        let bom = usize::from(begin == 0 && full.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
        let full_text = &full[bom..];
        let from = start.saturating_sub(begin + bom).min(full_text.len());
        let to = self.floor(range.end).saturating_sub(begin + bom).clamp(from, full_text.len());
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Place {
            file: self.path.to_owned(),
            line,
            column: count(&full_text[..from]) + 1,
            width: count(&full_text[from..to]).max(1),
            text: full_text.chars().take(EXCERPT).collect(),
        }
    }

    /// The place of a whole line, counted from 1.
    #[must_use]
    pub fn line_place(&self, line: u32) -> Place {
        let start = self.starts.get(line.saturating_sub(1) as usize).copied().unwrap_or(self.text.len());
        let length = self.text[start..].lines().next().map_or(0, str::len);
        self.place(&(start..start + length))
    }

    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Whether there is nothing but the visible characters of ASCII and blanks.
#[must_use]
pub fn is_printable_ascii(text: &str) -> bool {
    // Whole chunks without a way out are compared many bytes at a time.
    let is_printable = |byte: &u8| (b' '..0x7f).contains(byte);
    text.as_bytes().chunks(32).all(|chunk| chunk.iter().fold(true, |all, byte| all & is_printable(byte)))
}

/// `text` with control characters and direction marks made visible, so that
/// nothing from a book can move the cursor, colour the terminal or hide words.
#[must_use]
pub fn visible(text: &str) -> String {
    made_visible(text).into_owned()
}

/// The same, without a copy where nothing is hidden.
#[must_use]
pub fn made_visible(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) {
        return text.into();
    }
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(hidden) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '\r' => {}
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            c if hidden(c) => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_after_a_byte_order_mark() {
        let source = Source::new("a.toml", "\u{feff}né = 1\r\nzwei = 2\n");
        let place = source.place(&(3..6));
        assert_eq!((place.line, place.column, place.width, place.text.as_str()), (1, 1, 2, "né = 1"));
        let at = source.text.find("= 2").unwrap_or_default();
        let place = source.place(&(at..at + 3));
        assert_eq!((place.line, place.column, place.text.as_str()), (2, 6, "zwei = 2"));
        let end = source.place(&(999..1000));
        assert_eq!((end.line, end.column), (3, 1));
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(visible("a\u{1b}[31mb\nc\u{202e}"), "a\u{241b}[31mb c<U+202E>");
        assert_eq!(visible("100 % grün"), "100 % grün");
    }
}
