//! pledgebook
pub mod cli;
pub mod diag;
pub mod extract;
pub mod model;
pub mod parse;
