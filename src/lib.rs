//! pledgebook keeps public promises as plain text, loads them with their
//! figures into SQLite, and says on any day which are kept, on track, slipping,
//! overdue, weakened or silent, and why.
//!
//! # Layers
//!
//! Imports point down; a test reads them and fails on one that points up or
//! sideways.
//!
//! ```text
//! cli       arguments, dispatch, exit codes, the one clock read
//! render    table, JSON, CSV, Markdown, charts, calendar, verdicts
//! report    assessments -> rows of neutral cells     policy   rules -> verdict
//! sync      files -> index -> book    diff   two states    extract   prose -> drafts
//! store     SQLite: schema, write, read              journal  durable writing of text
//! parse     TOML -> model + findings                 assess   pure judgement
//! diag      rule, finding, place
//! model     plain values
//! ```
//!
//! The way of the data is one way: files → parse → sync → store → assess →
//! report or policy → render → stdout.
//!
//! # What must not be there
//!
//! - No I/O, serde, position or clock in [`model`]; positions of records are
//!   line numbers, those of findings stand in [`diag`].
//! - No file, database or clock in [`parse`] and [`assess`]: text or values in,
//!   values out. No finding of the reader depends on the day that is judged.
//! - No float where a number was written by a person: figures and targets are
//!   exact decimals with their text; floats are for derived ratios and drawing.
//! - No figure, promise or date that nobody gave: absent is `None`, never 0.
//! - No answer from a file with errors, and no error that stops the reading of
//!   other files: a fault of the book is a finding, a fault of the environment
//!   an `Err`.
//! - No knowledge of SQLite above [`sync`], and none of the terminal below
//!   [`cli`]: width and colour are arguments.
//! - No state that matters in the index: it can be deleted at any time.
//!
//! # Where to read first
//!
//! [`model::commitment`] and [`model::terms`] for what a promise is,
//! [`model::period`] and [`model::deadline`] for time, [`assess::assess`] for
//! the judgement, [`parse::keys`] for the format, [`parse::rules`] for what can
//! be wrong, [`sync::load`] for how files become a book.
//!
//! # Glossary
//!
//! | word | meaning |
//! | --- | --- |
//! | organisation | who made the promise |
//! | statement | the speech, report or filing in which it was said |
//! | commitment | one promise: a target on one metric with one deadline |
//! | metric | the measured series a promise is judged by |
//! | figure | one measured value of a metric for one period, with its source |
//! | baseline | where the metric stood when the promise counts from |
//! | milestone | an interim target |
//! | amendment | a public change of the terms, or a withdrawal |
//! | terms | target, deadline, scope and offset rule in force on a day |
//! | deadline | the last day, inclusive, that is still in time |
//! | assessment | the judgement of one promise on one day |
//! | finding | what the reader or `check` complains about |
//! | waiver | a finding accepted for a while |

pub mod assess;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod extract;
pub mod journal;
pub mod model;
pub mod parse;
pub mod policy;
pub mod render;
pub mod report;
pub mod store;
pub mod sync;
