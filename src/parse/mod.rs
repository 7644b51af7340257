//! TOML text to model values and findings with places.
//!
//! Nothing here touches a file system, a database or the clock: text in, values
//! and findings out. No finding depends on the day that is judged.

mod commitment;
mod events;
mod fields;
mod frame;
pub mod keys;
mod line;
mod ordinary;
mod places;
mod progress;
mod promises;
mod reader;
pub mod rules;
mod settings;
mod targets;
mod text;
mod tree;

pub use fields::{slug, valid_id};
pub use frame::{Frame, Series, Unsure};
pub use places::Places;
pub use progress::{ProgressRead, read_progress};
pub use promises::{PromisesRead, read_promises};
pub use settings::read_settings;
pub use text::{MAX_FILE_BYTES, decode};
