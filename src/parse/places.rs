//! Where the records and keys of a promises file stand, for findings that are
//! made long after it was read.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diag::{Place, Source};

/// One table: the line of its header and the ranges of its keys' values.
struct RecordAt {
    line: u32,
    keys: Vec<(String, Range<usize>)>,
}

/// Places in the text of a promises file.
pub struct Places<'s> {
    source: Source<'s>,
    records: Vec<RecordAt>,
}

impl<'s> Places<'s> {
    /// Finds the tables of `text`; what is not valid TOML has no places.
    #[must_use]
    pub fn new(path: &'s str, text: &'s str) -> Self {
        let source = Source::new(path, text);
        let mut records = Vec::new();
        let (table, _) = DeTable::parse_recoverable(text);
        collect(table.get_ref(), &source, &mut records);
        Self { source, records }
    }

    /// The place of a whole line.
    #[must_use]
    pub fn line(&self, line: u32) -> Place {
        self.source.line_place(line)
    }

    /// The place of `key` in the table whose header is on `line`.
    #[must_use]
    pub fn key(&self, line: u32, key: &str) -> Option<Place> {
        let record = self.records.iter().find(|record| record.line == line)?;
        let (_, span) = record.keys.iter().find(|(name, _)| name == key)?;
        Some(self.source.place(span))
    }

    /// The first of `keys` that stands in the table on `line`, else its header.
    #[must_use]
    pub fn first_key(&self, line: u32, keys: &[&str]) -> Place {
        keys.iter().find_map(|key| self.key(line, key)).unwrap_or_else(|| self.line(line))
    }
}

fn collect(table: &DeTable<'_>, source: &Source<'_>, records: &mut Vec<RecordAt>) {
    for value in table.values() {
        let list = match value.get_ref() {
            DeValue::Array(list) => list,
            DeValue::Table(inner) => {
                collect(inner, source, records);
                continue;
            }
            _ => continue,
        };
        for item in list {
            let DeValue::Table(record) = item.get_ref() else { continue };
            let keys = record.iter().map(|(name, value)| (name.get_ref().clone().into_owned(), value.span())).collect();
            records.push(RecordAt { line: source.line(item.span().start), keys });
            collect(record, source, records);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_records_and_of_their_amendments() {
        let text = "[[commitment]]\nid = \"a\"\ndeadline = \"2030\"\n\n[[commitment.amendment]]\ndeadline = \"2035\"\n";
        let places = Places::new("a.toml", text);
        assert_eq!(places.key(1, "deadline").map(|place| (place.line, place.column)), Some((3, 12)));
        assert_eq!(places.key(5, "deadline").map(|place| place.line), Some(6));
        assert_eq!(places.key(5, "target"), None);
        assert_eq!(places.first_key(5, &["target"]).line, 5);
    }
}
