//! What the reader and `check` have to complain about: rule, finding, place.
//!
//! A fault in the *book* is a [`Finding`], collected while reading goes on; a
//! fault of the *environment* is an `Err` of the area that met it.

mod finding;
mod place;
mod rule;
mod suggest;

pub use finding::{Finding, Level, Related};
pub use place::{Place, Source, is_printable_ascii, made_visible, visible};
pub use rule::Rule;
pub use suggest::{did_you_mean, nearest};
