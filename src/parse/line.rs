//! What stands behind `key = ` on one line, where it is plain: the part of TOML
//! that people and `log` write figures in. Everything else is not told apart
//! here, only refused. All of it is for texts that [`is_plain`] says are plain.

use chrono::NaiveDate;
use memchr::{memchr, memchr_iter};

use crate::model::date::PartialDate;

/// A value on one line.
pub(super) enum Written<'t, F> {
    /// A basic string without escapes, not blank.
    Text(&'t str),
    /// Decimal digits, with a sign or a fraction.
    Number(&'t str),
    /// `2030-06-15`.
    Day(NaiveDate),
    /// `true` or `false`.
    Flag(bool),
    /// The fields of an inline table of strings; one that is refused ends them.
    Table(F),
}

/// A key and what follows its ` = `.
pub(super) fn key(line: &str) -> Option<(&str, &str)> {
    let end = line.bytes().position(|byte| byte == b' ')?;
    let (key, rest) = line.split_at(end);
    Some((key, rest.strip_prefix(" = ")?))
}

/// The value that `rest` begins with and, but for blanks and a comment, ends with.
pub(super) fn value(rest: &str) -> Option<Written<'_, impl Iterator<Item = Option<(&str, &str)>>>> {
    if rest.starts_with('"') {
        let (text, rest) = string(rest)?;
        return ends(rest).then_some(Written::Text(text));
    }
    if let Some(inside) = rest.strip_prefix("{ ") {
        return Some(Written::Table(Fields { rest: Some(inside) }));
    }
    let end = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    if !ends(rest) {
        return None;
    }
    match word {
        "true" => Some(Written::Flag(true)),
        "false" => Some(Written::Flag(false)),
        number if is_number(number) => Some(Written::Number(number)),
        word => match PartialDate::parse(word)? {
            PartialDate::Day(day) => Some(Written::Day(day)),
            _ => None,
        },
    }
}

/// Whether a text has neither escapes nor control characters but ends of lines,
/// so that comments are comments and the next quote ends a string.
pub(super) fn is_plain(text: &str) -> bool {
    let other = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == b'\\') | (byte == 0x7f);
    // In runs, without a way out of each, which the processor does many bytes at a time.
    !text.as_bytes().chunks(1024).any(|run| run.iter().fold(false, |any, byte| any | other(*byte)))
}

/// The lines of a plain text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    let mut start = 0;
    // Ends of lines are characters of their own.
    ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// Whether nothing but blanks and a comment follows.
pub(super) fn ends(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    rest.is_empty() || rest.starts_with('#')
}

/// A basic string without escapes that is not blank, and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let (text, rest) = inside.split_at(memchr(b'"', inside.as_bytes())?);
    (!text.trim().is_empty()).then_some((text, &rest[1..]))
}

/// At most 18 digits, so that every reader of TOML holds a whole number.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 18 && all(whole) && all(part) && (whole == "0" || !whole.starts_with('0'))
}

/// Fields of an inline table, as `title = "…", url = "…" }`.
struct Fields<'t> {
    /// What is left; `None` behind the last field, or where one was refused.
    rest: Option<&'t str>,
}

impl<'t> Fields<'t> {
    fn field(&mut self, rest: &'t str) -> Option<(&'t str, &'t str)> {
        let (key, rest) = key(rest)?;
        let (text, rest) = string(rest)?;
        if let Some(next) = rest.strip_prefix(", ") {
            self.rest = Some(next);
        } else if !ends(rest.strip_prefix(" }")?) {
            return None;
        }
        Some((key, text))
    }
}

impl<'t> Iterator for Fields<'t> {
    type Item = Option<(&'t str, &'t str)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.take().map(|rest| self.field(rest))
    }
}
