//! The cells of one row: texts that stand elsewhere, and those made of them, in
//! memory that serves row after row.

use super::width::width_of;

/// The cells of a row.
#[derive(Debug, Default)]
pub(super) struct Filled<'b> {
    cells: Vec<Piece<'b>>,
    /// Texts made for this row, one behind the other.
    made: String,
}

/// A cell, and its width where that is known.
#[derive(Debug, Clone, Copy)]
struct Piece<'b> {
    text: Text<'b>,
    width: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Text<'b> {
    There(&'b str),
    /// Where it begins and ends in what was made.
    Made(usize, usize),
}

impl<'b> Filled<'b> {
    /// Empties the row.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.made.clear();
    }

    /// Adds a text that stands elsewhere.
    pub(super) fn put(&mut self, text: &'b str, width: Option<usize>) {
        self.cells.push(Piece { text: Text::There(text), width });
    }

    /// Adds a text that is made now.
    pub(super) fn make(&mut self, make: impl FnOnce(&mut String)) {
        let start = self.made.len();
        make(&mut self.made);
        self.cells.push(Piece { text: Text::Made(start, self.made.len()), width: None });
    }

    /// The texts of the cells.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|piece| self.text(piece))
    }

    /// The texts of the cells with their widths.
    pub(super) fn measured(&self) -> impl Iterator<Item = (&str, usize)> {
        self.cells.iter().map(|piece| {
            let text = self.text(piece);
            (text, piece.width.unwrap_or_else(|| width_of(text)))
        })
    }

    fn text<'s>(&'s self, piece: &Piece<'s>) -> &'s str {
        match piece.text {
            Text::There(text) => text,
            Text::Made(start, end) => &self.made[start..end],
        }
    }
}
