//! Files of the book read again, for places and archived texts. Each is read
//! once, and only where a finding or a quote asks for it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::diag::{Place, Source};
use crate::parse::Places;

/// Texts below the book's folder.
pub(super) struct Texts<'t> {
    root: &'t Path,
    /// The settings file, which may lie elsewhere: its name in findings and its text.
    settings: Option<(&'t str, Rc<str>)>,
    read: RefCell<BTreeMap<String, Rc<str>>>,
}

impl<'t> Texts<'t> {
    pub(super) fn new(root: &'t Path, settings: Option<(&'t str, &str)>) -> Self {
        let settings = settings.map(|(name, text)| (name, Rc::from(text)));
        Self { root, settings, read: RefCell::new(BTreeMap::new()) }
    }

    /// The text of a file; empty where it cannot be read any more, so that a
    /// place keeps its line and loses its excerpt only.
    fn text(&self, file: &str) -> Rc<str> {
        if let Some((name, text)) = &self.settings
            && *name == file
        {
            return text.clone();
        }
        if let Some(text) = self.read.borrow().get(file) {
            return text.clone();
        }
        let text: Rc<str> = fs::read_to_string(path_of(self.root, file)).unwrap_or_default().into();
        self.read.borrow_mut().insert(file.to_owned(), text.clone());
        text
    }

    /// The place of a line.
    pub(super) fn line(&self, file: &str, line: u32) -> Place {
        let text = self.text(file);
        if text.is_empty() || line == 0 {
            return Place { file: file.to_owned(), line, column: line.min(1), width: 1, text: String::new() };
        }
        Source::new(file, &text).line_place(line)
    }

    /// The place of the first of `keys` in the table on `line`, else its header.
    pub(super) fn key(&self, file: &str, line: u32, keys: &[&str]) -> Place {
        let text = self.text(file);
        if text.is_empty() {
            return self.line(file, line);
        }
        Places::new(file, &text).first_key(line, keys)
    }

    /// The first line that contains `words`, else the file as a whole.
    pub(super) fn containing(&self, file: &str, words: &str) -> Place {
        let text = self.text(file);
        match text.find(words) {
            Some(at) => Source::new(file, &text).place(&(at..at + words.len())),
            None => Place::file(file),
        }
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
