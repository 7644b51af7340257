//! Files of the book read again, for places and archived texts. Each is read
//! once, and only where a finding or a quote asks for it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::{Finding, Place, Source};
use crate::parse::Places;

/// Texts below the book's folder.
pub(super) struct Texts<'t> {
    root: &'t Path,
    /// The settings file, which may lie elsewhere: its name in findings and its text.
    settings: Option<(&'t str, Arc<str>)>,
    read: Mutex<BTreeMap<String, Arc<str>>>,
}

impl<'t> Texts<'t> {
    pub(super) fn new(root: &'t Path, settings: Option<(&'t str, &str)>) -> Self {
        let settings = settings.map(|(name, text)| (name, Arc::from(text)));
        Self { root, settings, read: Mutex::new(BTreeMap::new()) }
    }

    /// The text of a file; empty where it cannot be read any more, so that a
    /// place keeps its line and loses its excerpt only.
    fn text(&self, file: &str) -> Arc<str> {
        if let Some((name, text)) = &self.settings
            && *name == file
        {
            return text.clone();
        }
        // A panic elsewhere leaves whole texts behind.
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = known.get(file) {
            return text.clone();
        }
        let text: Arc<str> = fs::read_to_string(path_of(self.root, file)).unwrap_or_default().into();
        known.insert(file.to_owned(), text.clone());
        text
    }

    /// Puts the lines and columns where something is to be seen into a finding: its
    /// own first, then the related ones.
    pub(super) fn find(&self, finding: &mut Finding, sights: &[Sight]) {
        let mut places = sights.iter().map(|sight| self.place(sight));
        if let Some(place) = places.next() {
            finding.place = place;
        }
        for (related, place) in finding.related.iter_mut().zip(places) {
            related.place = place;
        }
        // What is seen on the same line needs no second place.
        let (file, line) = (&finding.place.file, finding.place.line);
        finding.related.retain(|related| related.place.file != *file || related.place.line != line);
    }

    /// The place where something is to be seen.
    fn place(&self, sight: &Sight) -> Place {
        let file = sight.file.as_str();
        match sight.at {
            At::File => Place::file(file),
            At::Words(ref words) => {
                let text = self.text(file);
                let found = text.find(words.as_str());
                found.map_or_else(|| Place::file(file), |at| Source::new(file, &text).place(&(at..at + words.len())))
            }
            At::Line(line) => self.line(file, line),
            At::Keys(line, ref keys) => {
                let text = self.text(file);
                if text.is_empty() { self.line(file, line) } else { Places::new(file, &text).first_key(line, keys) }
            }
        }
    }

    fn line(&self, file: &str, line: u32) -> Place {
        let text = self.text(file);
        if text.is_empty() || line == 0 {
            return Place { file: file.to_owned(), line, column: line.min(1), width: 1, text: String::new() };
        }
        Source::new(file, &text).line_place(line)
    }
}

/// Where something is to be seen, before the file is read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) file: String,
    at: At,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    File,
    /// The first line that contains the words, else the file as a whole.
    Words(String),
    Line(u32),
    /// The first of the keys in the table on a line, else its header.
    Keys(u32, Vec<&'static str>),
}

impl Sight {
    /// A file as a whole.
    pub(super) fn file(file: &str) -> Self {
        Self { file: file.to_owned(), at: At::File }
    }

    /// The first words of their kind in a file.
    pub(super) fn words(file: &str, words: &str) -> Self {
        Self { file: file.to_owned(), at: At::Words(words.to_owned()) }
    }

    /// A line of a file.
    pub(super) fn line(file: &str, line: u32) -> Self {
        Self { file: file.to_owned(), at: At::Line(line) }
    }

    /// A key in the table on a line.
    pub(super) fn key(file: &str, line: u32, key: &'static str) -> Self {
        Self::keys(file, line, &[key])
    }

    /// The first of several keys in the table on a line.
    pub(super) fn keys(file: &str, line: u32, keys: &[&'static str]) -> Self {
        Self { file: file.to_owned(), at: At::Keys(line, keys.to_vec()) }
    }

    /// The place as far as it is known without reading the file.
    pub(super) fn unread(&self) -> Place {
        let line = match self.at {
            At::File | At::Words(_) => 0,
            At::Line(line) | At::Keys(line, _) => line,
        };
        Place { file: self.file.clone(), line, column: line.min(1), width: 1, text: String::new() }
    }
}

/// A path of the book in the file system.
pub(super) fn path_of(root: &Path, file: &str) -> PathBuf {
    root.join(file)
}

/// The bytes of an ordinary file; a pipe or device would never end.
pub(super) fn bytes(root: &Path, file: &str) -> io::Result<Vec<u8>> {
    let path = path_of(root, file);
    if !fs::metadata(&path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    fs::read(path)
}
