//! Plain values of a book of promises: no I/O, no serde, no positions, no clock.
//!
//! Each file holds one word of the glossary (see the crate's front page); the
//! list of files is the list of words.

pub mod amendment;
pub mod book;
pub mod commitment;
pub mod date;
pub mod deadline;
pub mod figure;
pub mod metric;
pub mod number;
pub mod organisation;
pub mod period;
pub mod settings;
pub mod span;
pub mod statement;
pub mod target;
pub mod terms;
pub mod topic;
pub mod unit;
pub mod words;
