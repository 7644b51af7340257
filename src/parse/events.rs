//! The fast way to a document: straight from the events of the TOML parser.
//!
//! It answers only where the file is in order and in the ordinary shape of a
//! book (tables and lists of tables one or two names deep, plain keys). For
//! anything else it gives `None`, never a guess, and the parser that recovers
//! from errors reads the file and tells what is wrong. What it answers is
//! exactly what that parser would have said.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Span};

use super::tree::{Integer, Table, Text, Value};

/// Most kinds of `[[lists]]` and keys of a table that are told apart by going
/// through them; no table of a book has more.
const MOST_NAMES: usize = 64;

/// Deepest nesting of inline tables and lists in a book is two.
const MOST_DEPTH: usize = 8;

/// The document of `text`; `None` where the careful reader has to look at it.
pub(crate) fn read(text: &str) -> Option<Table<'_>> {
    // A token takes some four bytes of a book; the iterator cannot tell.
    let mut tokens = Vec::with_capacity(text.len() / 4 + 8);
    tokens.extend(toml_parser::Source::new(text).lex());
    let mut document = Document { text, ..Document::default() };
    let mut faulty = false;
    parse_document(&tokens, &mut document, &mut |_: ParseError| faulty = true);
    if faulty { None } else { document.finish() }
}

/// A header that is being read: `[first]`, `[[first]]` or `[[first.second]]`.
struct Header<'s> {
    at: Range<usize>,
    is_list: bool,
    names: Vec<Spanned<Text<'s>>>,
}

/// A table below its header.
struct Headed<'s> {
    at: Range<usize>,
    is_list: bool,
    /// The last name of the header.
    name: Spanned<Text<'s>>,
    table: Table<'s>,
}

/// A list of tables with headers: name, place of its first header, tables.
type List<'s> = (Spanned<Text<'s>>, Range<usize>, Vec<Spanned<Value<'s>>>);

/// An inline value that is not closed yet.
enum Open<'s> {
    Table(usize, Table<'s>, Option<Spanned<Text<'s>>>),
    Array(usize, Vec<Spanned<Value<'s>>>),
}

#[derive(Default)]
struct Document<'s> {
    text: &'s str,
    refused: bool,
    root: Table<'s>,
    lists: Vec<List<'s>>,
    /// The header that is being read.
    header: Option<Header<'s>>,
    /// The table of the last header with one name, with the lists below it.
    top: Option<Headed<'s>>,
    below: Vec<List<'s>>,
    /// The table of the last header, where that has two names.
    sub: Option<Headed<'s>>,
    open: Vec<Open<'s>>,
    key: Option<Spanned<Text<'s>>>,
}

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

impl<'s> Document<'s> {
    fn finish(mut self) -> Option<Table<'s>> {
        self.close_top();
        for list in std::mem::take(&mut self.lists) {
            self.refused |= !enter_list(&mut self.root, list);
        }
        let whole = self.open.is_empty() && self.key.is_none() && self.header.is_none();
        (whole && !self.refused).then_some(self.root)
    }

    fn close_sub(&mut self) {
        let Some(sub) = self.sub.take() else { return };
        self.refused |= !append(&mut self.below, sub.name, sub.at, sub.table);
    }

    fn close_top(&mut self) {
        self.close_sub();
        let Some(mut top) = self.top.take() else { return };
        for list in std::mem::take(&mut self.below) {
            self.refused |= !enter_list(&mut top.table, list);
        }
        self.refused |= if top.is_list {
            !append(&mut self.lists, top.name, top.at, top.table)
        } else {
            !self.root.insert(top.name, Spanned::new(top.at, Value::Table(top.table)))
        };
    }

    fn open_header(&mut self, span: Span, is_list: bool) {
        self.header = Some(Header { at: range(span), is_list, names: Vec::with_capacity(2) });
    }

    fn close_header(&mut self, span: Span) {
        let Some(Header { at, is_list, mut names }) = self.header.take() else { return };
        let Some(name) = names.pop() else { return self.refused = true };
        let headed = Headed { at: at.start..span.end(), is_list, name, table: Table::with_room() };
        match names[..] {
            [] => {
                self.close_top();
                self.top = Some(headed);
            }
            [ref above] if is_list && self.is_top_list(above) => {
                self.close_sub();
                self.sub = Some(headed);
            }
            _ => self.refused = true,
        }
    }

    fn is_top_list(&self, name: &Spanned<Text<'s>>) -> bool {
        self.top.as_ref().is_some_and(|top| top.is_list && top.name.get_ref() == name.get_ref())
    }

    fn value(&mut self, place: Range<usize>, value: Value<'s>) {
        let value = Spanned::new(place, value);
        let (table, key) = match self.open.last_mut() {
            Some(Open::Array(_, list)) => return list.push(value),
            Some(Open::Table(_, table, key)) => (table, key),
            None => {
                let headed = self.sub.as_mut().or(self.top.as_mut());
                (headed.map_or(&mut self.root, |headed| &mut headed.table), &mut self.key)
            }
        };
        let entered = table.len() < MOST_NAMES && key.take().is_some_and(|key| table.insert(key, value));
        self.refused |= !entered;
    }

    fn decoded(&self, span: Span, kind: Option<Encoding>, error: &mut dyn ErrorSink) -> Option<Value<'s>> {
        let text = self.text.get(range(span))?;
        if let Some(plain) = plain(text).filter(|_| kind == Some(Encoding::BasicString)) {
            return Some(Value::String(Cow::Borrowed(plain)));
        }
        let mut decoded = Cow::Borrowed("");
        Some(match Raw::new_unchecked(text, kind, span).decode_scalar(&mut decoded, error) {
            ScalarKind::String => Value::String(decoded),
            ScalarKind::Boolean(flag) => Value::Boolean(flag),
            ScalarKind::DateTime => Value::Datetime(decoded.parse().ok()?),
            ScalarKind::Float => Value::Float(decoded),
            ScalarKind::Integer(IntegerRadix::Dec) => Value::Integer(Integer { digits: decoded, radix: 10 }),
            ScalarKind::Integer(radix) => Value::Integer(Integer { digits: decoded, radix: radix.value() }),
        })
    }
}

/// The inside of `"…"` without escapes and control characters.
fn plain(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let odd = |b: u8| (b < b' ' && b != b'\t') || b == b'\\' || b == 0x7f || b == b'"';
    // Without a way out of the loop: many bytes at once.
    (inside.bytes().fold(0, |seen, b| seen | u8::from(odd(b))) == 0).then_some(inside)
}

/// Whether a key needs no quotes.
fn is_bare(text: &str) -> bool {
    let odd = |b: u8| !(b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    !text.is_empty() && text.bytes().fold(0, |seen, b| seen | u8::from(odd(b))) == 0
}

/// Puts a table at the end of its list; `false` where there are too many lists.
fn append<'s>(lists: &mut Vec<List<'s>>, name: Spanned<Text<'s>>, at: Range<usize>, table: Table<'s>) -> bool {
    let item = Spanned::new(at.clone(), Value::Table(table));
    match lists.iter_mut().find(|(other, ..)| other.get_ref() == name.get_ref()) {
        Some((.., tables)) => tables.push(item),
        None => lists.push((name, at, vec![item])),
    }
    lists.len() <= MOST_NAMES
}

fn enter_list<'s>(table: &mut Table<'s>, (name, at, tables): List<'s>) -> bool {
    table.insert(name, Spanned::new(at, Value::Array(tables)))
}

#[cfg(test)]
mod tests;

impl EventReceiver for Document<'_> {
    fn std_table_open(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn std_table_close(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn array_table_open(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn array_table_close(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn inline_table_open(&mut self, span: Span, _error: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::Table(span.start(), Table::with_room(), None));
        self.refused |= self.open.len() > MOST_DEPTH;
        !self.refused
    }

    fn inline_table_close(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::Table(start, table, None)) => self.value(start..span.end(), Value::Table(table)),
            _ => self.refused = true,
        }
    }

    fn array_open(&mut self, span: Span, _error: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::Array(span.start(), Vec::new()));
        self.refused |= self.open.len() > MOST_DEPTH;
        !self.refused
    }

    fn array_close(&mut self, span: Span, _error: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::Array(start, list)) => self.value(start..span.end(), Value::Array(list)),
            _ => self.refused = true,
        }
    }

    fn simple_key(&mut self, span: Span, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        let Some(text) = self.text.get(range(span)) else { return self.refused = true };
        let mut decoded = Cow::Borrowed(text);
        if kind.is_some() || !is_bare(text) {
            decoded = Cow::Borrowed("");
            Raw::new_unchecked(text, kind, span).decode_key(&mut decoded, error);
        }
        let name = Spanned::new(range(span), decoded);
        if let Some(header) = &mut self.header {
            return header.names.push(name);
        }
        let place = match self.open.last_mut() {
            Some(Open::Table(.., key)) => key,
            Some(Open::Array(..)) => return self.refused = true,
            None => &mut self.key,
        };
        // A second name before the value is a dotted key.
        self.refused |= place.replace(name).is_some();
    }

    fn scalar(&mut self, span: Span, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        match self.decoded(span, kind, error) {
            Some(value) => self.value(range(span), value),
            None => self.refused = true,
        }
    }

    fn comment(&mut self, span: Span, error: &mut dyn ErrorSink) {
        match self.text.get(range(span)) {
            Some(text) => Raw::new_unchecked(text, None, span).decode_comment(error),
            None => self.refused = true,
        }
    }

    fn newline(&mut self, span: Span, error: &mut dyn ErrorSink) {
        match self.text.get(range(span)) {
            Some(text) => Raw::new_unchecked(text, None, span).decode_newline(error),
            None => self.refused = true,
        }
    }

    fn error(&mut self, _span: Span, _error: &mut dyn ErrorSink) {
        self.refused = true;
    }
}
