//! pledgebook
pub mod assess;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod model;
pub mod parse;
pub mod policy;
pub mod render;
pub mod report;
pub mod store;
pub mod sync;
