//! One test binary: each module is a room of its own.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bin;
mod cases;
mod extract;
mod extract_any;
mod extract_evidence;
mod extract_pages;
mod extract_sentences;
mod formats;
mod gate;
mod gate_ci;
mod gate_edits;
mod gate_formats;
mod gate_history;
mod index;
mod index_histories;
mod judgement;
mod layers;
mod reader;
mod readme;
mod schema;
mod why_due;
mod why_explain;
mod why_history;
mod why_support;
mod writing;
mod writing_alone;
mod writing_faults;
mod writing_git;
