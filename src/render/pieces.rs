//! Long texts, made in pieces on all cores and written in order; a few pieces
//! are in memory at a time.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

/// Things of one piece, and pieces made at a time.
const PIECE: usize = 128;
const PIECES: usize = 16;

/// Writes the text that `make` makes of the things in `range`.
pub(super) fn write_pieces(
    range: &Range<usize>,
    make: impl Fn(Range<usize>) -> String + Sync,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pieces: Vec<Range<usize>> =
        range.clone().step_by(PIECE).map(|start| start..range.end.min(start + PIECE)).collect();
    for batch in pieces.chunks(PIECES) {
        let texts: Vec<String> = batch.par_iter().map(|piece| make(piece.clone())).collect();
        for text in texts {
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}
