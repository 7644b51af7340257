//! Promises proposed from prose: text in, drafts out. Deterministic and offline.
//!
//! `text` and `html` cut a file into blocks of clean text that know their
//! places; `sentences` and `token` take them apart; `rules` match what the words
//! say about goals, `date` and `quantity` read years and values; `heads` finds
//! what can be a goal, `verdict` and `subject` judge whether it is promised and
//! by whom, `evidence` and `weights` weigh the words beside that, as `weigh` has
//! learned; `goals` puts deadline, baseline and scopes to it; `draft` and `json`
//! write what was found. Nothing here touches a file system or the clock.

mod asides;
mod bodies;
mod calendar;
mod clauses;
mod closing;
mod date;
mod demonyms;
mod document;
pub mod draft;
mod duties;
mod emitted;
mod endings;
mod evidence;
mod fragment;
mod goals;
mod govern;
mod heads;
mod html;
mod initials;
mod json;
mod judge;
mod language;
mod leaving;
mod link;
mod mentions;
pub mod merge;
mod naming;
mod nations;
mod numerals;
mod openers;
mod otherwise;
mod owner;
mod party;
mod pattern;
mod phrases;
mod pointing;
mod quantity;
mod role;
pub mod rules;
mod sentences;
pub mod sentences_io;
mod shared;
mod sides;
mod skipped;
mod speaker;
mod subject;
mod targets;
mod text;
mod token;
mod units;
mod unnamed;
mod values;
mod verdict;
mod weigh;
mod weights;
mod wholes;
mod whose;

pub use document::{Context, Extraction, MOST_REJECTED, Proposal, Rejected, extract, plain};
pub use goals::{Direction, Due, Goal, LeftOut, Reading};
pub use json::to_json;
pub use rules::{Class, Rule, Rules, RulesError};
pub use text::Form;
pub use weigh::{WeighError, weigh};
pub use weights::Weighed;
