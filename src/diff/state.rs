//! Another state of the book: the promises of a folder or a git revision, read
//! without touching the work tree or the index.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diag::Finding;
use crate::model::book::Dossier;
use crate::parse::{decode, read_promises};

/// Folder of promises below the book's folder.
pub(super) const COMMITMENTS: &str = "commitments";

/// A file of another state.
#[derive(Debug)]
pub(super) struct OldFile {
    /// Relative to the book, with `/`.
    pub(super) path: String,
    /// Its bytes, or why they cannot be had.
    pub(super) bytes: Result<Vec<u8>, String>,
}

/// The promises of another state.
#[derive(Debug, Default)]
pub struct State {
    /// As the user named it.
    pub name: String,
    /// Organisations whose promises are valid; without figures.
    pub organisations: Vec<Dossier>,
    /// Files that could not be read, with the first reason.
    pub unread: Vec<Unread>,
}

/// A file of another state that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Relative to the book, with `/`.
    pub path: String,
    /// Why, in words.
    pub why: String,
}

impl State {
    /// Reads the promises of `files`; what does not read cleanly is told apart.
    pub(super) fn read(name: &str, mut files: Vec<OldFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let read: Vec<Result<Dossier, Unread>> = files.into_par_iter().map(one).collect();
        let mut state = Self { name: name.to_owned(), ..Self::default() };
        for file in read {
            match file {
                Ok(dossier) => state.organisations.push(dossier),
                Err(unread) => state.unread.push(unread),
            }
        }
        state
    }

    /// Ids of organisations of which nothing is known.
    pub(super) fn unknown(&self) -> BTreeSet<&str> {
        self.unread.iter().map(|unread| stem(&unread.path)).collect()
    }
}

fn one(file: OldFile) -> Result<Dossier, Unread> {
    let unread = |why: String| Unread { path: file.path.clone(), why };
    let bytes = file.bytes.map_err(unread)?;
    let text = decode(&file.path, &bytes).map_err(|finding| unread(words(&finding)))?;
    let read = read_promises(stem(&file.path), &file.path, text);
    match read.promises {
        Some(promises) => {
            Ok(Dossier { path: file.path.clone(), promises, figures: Vec::new(), provenance: Vec::new() })
        }
        None => {
            let first = read.findings.iter().find(|finding| finding.is_error()).map(words);
            Err(unread(first.unwrap_or_else(|| "it is not valid".to_owned())))
        }
    }
}

fn words(finding: &Finding) -> String {
    if finding.place.line == 0 {
        finding.message.clone()
    } else {
        format!("line {}: {}", finding.place.line, finding.message)
    }
}

/// The organisation's id in the path of its file.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Whether a path below the folder of commitments is a promises file: hidden
/// files, archived texts and figures are not.
pub(super) fn is_promises_file(below: &str) -> bool {
    let mut parts = below.split('/');
    let archived = parts.clone().count() > 1 && parts.next() == Some("sources");
    let hidden = below.split('/').any(|part| part.starts_with('.'));
    !archived && !hidden && below.ends_with(".toml") && !below.ends_with(".progress.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_files_are_told_by_their_names() {
        for (path, is) in [
            ("acme.toml", true),
            ("asia/acme.toml", true),
            ("acme.progress.toml", false),
            ("sources/acme.toml", false),
            ("asia/sources/acme.toml", true),
            ("sources.toml", true),
            (".acme.toml", false),
            (".old/acme.toml", false),
            ("acme.txt", false),
        ] {
            assert_eq!(is_promises_file(path), is, "{path}");
        }
    }
}
