//! Putting text between the lines of a file that a person wrote: every line
//! that was there stays as it was.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::block::Ending;

/// A text with something put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    /// The whole new text.
    pub text: String,
    /// Byte range of what was put in.
    pub range: Range<usize>,
}

/// Where an amendment of the commitment `id` belongs: after the last line of
/// that commitment and its amendments, before whatever follows. `None` where
/// the text has no such `[[commitment]]`.
#[must_use]
pub fn amendment_place(text: &str, id: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let commitments = table.get_ref().get("commitment")?.get_ref().as_array()?;
    let wanted = commitments.iter().find(|item| {
        let found = item.get_ref().as_table().and_then(|table| table.get("id")?.get_ref().as_str());
        found == Some(id)
    })?;
    let end = reach(wanted);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    Some(end + own_comments(&text[end..]))
}

/// Length of the comment lines at the beginning of `rest` that belong to what
/// stands before them: a blank line or the end follows, not another table.
fn own_comments(rest: &str) -> usize {
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_start().starts_with('#') {
            length += line.len();
        } else {
            return if line.trim().is_empty() { length } else { 0 };
        }
    }
    length
}

/// The end of everything inside a value. A table written with a header spans
/// its header alone, so its values decide.
fn reach(value: &Spanned<DeValue<'_>>) -> usize {
    let own = value.span().end;
    let inner = match value.get_ref() {
        DeValue::Table(table) => table.iter().map(|(key, value)| key.span().end.max(reach(value))).max(),
        DeValue::Array(list) => list.iter().map(reach).max(),
        _ => None,
    };
    inner.unwrap_or(0).max(own)
}

/// `text` with `block` (lines ended by `\n`) put in at `place`, the beginning of
/// a line or the end of the text, after a blank line and in the file's own
/// line ending.
#[must_use]
pub fn insert(text: &str, place: usize, block: &str) -> Inserted {
    let (before, after) = text.split_at(place);
    let mut new = String::new();
    if !before.is_empty() && !before.ends_with('\n') {
        new.push('\n');
    }
    if !before.is_empty() && !before.ends_with("\n\n") && !before.ends_with("\n\r\n") {
        new.push('\n');
    }
    new.push_str(block);
    // Text that follows at once is kept apart, as the blocks of the file are.
    if !after.is_empty() && !after.starts_with('\n') && !after.starts_with("\r\n") {
        new.push('\n');
    }
    let new = Ending::of(text).apply(&new);
    let range = place..place + new.len();
    Inserted { text: format!("{before}{new}{after}"), range }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const BOOK: &str = "[[commitment]]\nid = \"a\"\ntarget = { at-most = 1 } # why\n# a word\n\n# about b\n[[commitment]]\nid = \"b\"\n\n[[commitment.amendment]]\ndate = \"2020\"\n";

    #[test]
    fn an_amendment_follows_its_own_commitment() {
        let place = amendment_place(BOOK, "a").unwrap();
        assert_eq!(&BOOK[..place], "[[commitment]]\nid = \"a\"\ntarget = { at-most = 1 } # why\n# a word\n");
        assert_eq!(amendment_place(BOOK, "b"), Some(BOOK.len()));
        assert_eq!(amendment_place(BOOK, "c"), None);
        assert_eq!(amendment_place("not toml", "a"), None);
    }

    #[test]
    fn other_lines_stay() {
        let place = amendment_place(BOOK, "a").unwrap();
        let inserted = insert(BOOK, place, "[[commitment.amendment]]\ndate = \"2021\"\n");
        let mut rest = inserted.text.clone();
        rest.replace_range(inserted.range, "");
        assert_eq!(rest, BOOK);
        let windows = BOOK.replace('\n', "\r\n");
        let inserted = insert(&windows, windows.len(), "x = 1\n");
        assert_eq!(&inserted.text[inserted.range], "\r\nx = 1\r\n");
    }
}
