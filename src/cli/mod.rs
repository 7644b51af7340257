//! Commands.
pub mod extract;
