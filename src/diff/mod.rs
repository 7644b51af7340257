//! Two states of the book compared: promises added, removed, weakened,
//! strengthened, rescoped, reworded and renamed, and whether an amendment of
//! the newer state says so.
//!
//! What is compared are values, not text: order of files and records, comments,
//! layout, white space and the spelling of a unit make no difference.

mod amendments;
mod changes;
mod folded;
mod folder;
mod git;
mod matching;
mod state;
mod terms;
mod view;

use std::path::Path;

pub use changes::{Change, Kind, compare};
pub use folded::{folded, is_passed_over};
pub use state::{State, Unread};
pub use terms::{Bearing, TermChange};

/// What changed between two states.
#[derive(Debug, Default)]
pub struct Diff {
    /// The older state, as the user named it.
    pub name: String,
    /// Changes by id; several of one promise stand together.
    pub changes: Vec<Change>,
    /// Files of the older state that could not be compared.
    pub unread: Vec<Unread>,
    /// Promises in the older state.
    pub old: usize,
    /// Promises in the newer state.
    pub new: usize,
}

/// Why another state cannot be read: a fault of the environment.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// The `git` program is not there.
    #[error("the program `git` is not installed")]
    NoGit,
    /// The book lies in no repository.
    #[error("`{0}` is in no git repository")]
    NoRepository(String),
    /// The revision is not there.
    #[error("there is no folder and no git revision `{revision}`")]
    UnknownRevision {
        /// As typed.
        revision: String,
        /// Whether the repository holds only part of its history.
        shallow: bool,
    },
    /// git failed.
    #[error("git: {0}")]
    Git(String),
    /// A folder without a book.
    #[error("there is no book in `{0}`: it has no `commitments` folder")]
    NoBook(String),
}

impl DiffError {
    /// What would be right.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoGit => "install git, or name a folder with the older book",
            Self::NoRepository(_) => "name a folder with the older book, or keep the book under git",
            Self::UnknownRevision { shallow: true, .. } => {
                "only part of the history is here: fetch it with `git fetch --unshallow`, or set `fetch-depth: 0` in actions/checkout"
            }
            Self::UnknownRevision { .. } => {
                "name a commit, branch or tag of the book's repository, or a folder with a book"
            }
            Self::Git(_) => "try the same with git itself in the book's folder",
            Self::NoBook(_) => "name the folder that holds `commitments`",
        }
    }
}

/// Reads another state of the book at `root`: a folder with a book, else a git
/// revision.
///
/// # Errors
/// Where there is neither.
pub fn read_state(root: &Path, name: &str) -> Result<State, DiffError> {
    let folder = Path::new(name);
    if folder.join(state::COMMITMENTS).is_dir() {
        return folder::read(name, folder);
    }
    match git::read(root, name) {
        Err(DiffError::UnknownRevision { .. } | DiffError::NoRepository(_)) if folder.is_dir() => {
            Err(DiffError::NoBook(name.to_owned()))
        }
        read => read,
    }
}
