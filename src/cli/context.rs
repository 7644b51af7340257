//! What every command shares: the book's folder, the day, the streams.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;
use clap::ColorChoice;

use super::ids::resolve;
use super::progress::Bar;
use super::{Global, exit};
use crate::assess::{Clock, Version};
use crate::diag::Finding;
use crate::model::date::PartialDate;
use crate::model::settings::Settings;
use crate::parse::read_settings;
use crate::render::{Look, write_findings};
use crate::store::{Depth, Location};
use crate::sync::{self, Book, COMMITMENTS, Dossiers, Judging, Request, SETTINGS};

/// Why a command ended early, in words for the user.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of our output went away: a quiet success.
    BrokenPipe,
    /// Exit 2.
    Usage(Vec<String>),
    /// Exit 3: the book's own records are in the way.
    Invalid(Vec<String>),
    /// Exit 4.
    Nothing(Vec<String>),
    /// Exit 5.
    Environment(Vec<String>),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Environment(vec![format!("the output cannot be written: {error}")])
    }
}

/// The settings file in use.
pub(crate) struct SettingsFile {
    /// Its name in findings.
    pub(crate) name: String,
    /// Its text; `None` where the book has none.
    pub(crate) text: Option<String>,
    /// Whether it lies outside of the book.
    pub(crate) apart: bool,
}

/// What a command works in.
#[derive(Debug)]
pub(crate) struct Context {
    /// The folder named with `--book`.
    pub(crate) book: Option<PathBuf>,
    db: Option<PathBuf>,
    config: Option<PathBuf>,
    width: Option<u16>,
    color: ColorChoice,
    /// Whether words about the work are unwanted.
    pub(crate) quiet: bool,
    /// The day judged and what is known.
    pub(crate) clock: Clock,
}

impl Context {
    /// Reads the environment and the clock, once.
    pub(crate) fn new(global: Global) -> Result<Self, Failure> {
        let as_of = match (global.as_of, std::env::var_os("PLEDGEBOOK_AS_OF")) {
            (Some(date), _) => date.last(),
            (None, Some(text)) if !text.is_empty() => {
                let text = text.to_string_lossy();
                let usage = || {
                    Failure::Usage(vec![
                        format!("PLEDGEBOOK_AS_OF is `{text}`, which is not a date"),
                        "write it as 2026-11-22".to_owned(),
                    ])
                };
                PartialDate::parse(&text).ok_or_else(usage)?.last()
            }
            _ => today(),
        };
        let clock = Clock { as_of, known_at: global.known_at.map(PartialDate::last) };
        match global.color {
            ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
            ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
            ColorChoice::Auto => {}
        }
        Ok(Self {
            book: global.book,
            db: global.db,
            config: global.config,
            width: global.width,
            color: global.color,
            quiet: global.quiet,
            clock,
        })
    }

    /// The book's folder.
    pub(crate) fn root(&self) -> Result<PathBuf, Failure> {
        let is_book = |folder: &Path| folder.join(SETTINGS).exists() || folder.join(COMMITMENTS).is_dir();
        if let Some(book) = &self.book {
            if !book.is_dir() {
                return Err(no_book(&format!("there is no folder `{}`", book.display())));
            }
            if !is_book(book) {
                return Err(no_book(&format!(
                    "no book in `{}`: it has neither `{SETTINGS}` nor a `{COMMITMENTS}` folder",
                    book.display()
                )));
            }
            return Ok(book.clone());
        }
        let here = std::env::current_dir()
            .map_err(|error| Failure::Environment(vec![format!("the current folder cannot be read: {error}")]))?;
        let found = here.ancestors().find(|folder| is_book(folder)).map(Path::to_owned);
        found.ok_or_else(|| {
            no_book(&format!(
                "no book here: neither `{SETTINGS}` nor a `{COMMITMENTS}` folder in this folder or above it"
            ))
        })
    }

    /// Where the index of the book at `root` lives; `None` does without one.
    pub(crate) fn location(&self, root: &Path) -> Option<Location> {
        match &self.db {
            Some(file) if file.as_os_str() == ":memory:" => None,
            Some(file) => Some(Location::Named(file.clone())),
            None => Some(Location::Own(root.join(".pledgebook").join("book.db"))),
        }
    }

    /// Syncs the book at `root` and hands it out; what is wrong with it is for
    /// the caller to tell.
    pub(crate) fn read(&self, root: &Path, dossiers: Dossiers, judging: Option<Judging>) -> Result<Book, Failure> {
        let location = self.location(root);
        let mut note = |words: String| self.note(&words);
        let own = self.own_settings(root)?;
        let judging = judging.map(|judging| with_settings(judging, own.as_ref()));
        let bar = Bar::new(self.quiet);
        let progress = |done, all| bar.tell(done, all);
        let mut request = Request {
            root,
            location: location.as_ref(),
            now_ns: &now_ns,
            dossiers,
            judging,
            progress: &progress,
            note: &mut note,
        };
        let mut book = sync::load(&mut request).map_err(|error| Failure::Environment(vec![error.to_string()]))?;
        if let Some((settings, findings)) = own {
            book.settings = settings;
            book.findings.retain(|finding| finding.place.file != SETTINGS);
            book.findings.extend(findings);
        }
        Ok(book)
    }

    /// What `--config` says, and what is wrong with it; `None` without the option.
    fn own_settings(&self, root: &Path) -> Result<Option<OwnSettings>, Failure> {
        if self.config.is_none() {
            return Ok(None);
        }
        let file = self.settings_file(root)?;
        Ok(Some(read_settings(&file.name, file.text.as_deref().unwrap_or_default())))
    }

    /// The settings file: `--config`, else the book's own.
    pub(crate) fn settings_file(&self, root: &Path) -> Result<SettingsFile, Failure> {
        let Some(path) = &self.config else {
            let text = std::fs::read_to_string(root.join(SETTINGS)).ok();
            return Ok(SettingsFile { name: SETTINGS.to_owned(), text, apart: false });
        };
        let shown = path.display();
        let fail = |why: String| Failure::Environment(vec![format!("the settings in `{shown}` cannot be read: {why}")]);
        let bytes = std::fs::read(path).map_err(|error| fail(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| fail("the file is not UTF-8".to_owned()))?;
        let below =
            |path: &Path| Some(path.canonicalize().ok()?.strip_prefix(root.canonicalize().ok()?).ok()?.to_owned());
        let below = below(path);
        let name = below.as_deref().unwrap_or(path).to_string_lossy().into_owned();
        Ok(SettingsFile { name, text: Some(text), apart: below.is_none() })
    }

    /// Syncs the book, tells its findings on stderr, and hands out its
    /// organisations whole.
    pub(crate) fn load(&self, dossiers: Dossiers) -> Result<Book, Failure> {
        self.load_and_tell(dossiers, None)
    }

    /// Syncs the book, tells its findings on stderr, and hands out the
    /// organisations of the promises that `typed` name; all where one of them
    /// names none, so that it can be said what was perhaps meant.
    pub(crate) fn load_naming(&self, typed: &[&str], provenance: bool) -> Result<Book, Failure> {
        self.load_named(typed, provenance, false)
    }

    /// The same without their sources, for who writes to them: no other file is
    /// looked at where nothing speaks against it.
    pub(crate) fn load_alone(&self, typed: &[&str]) -> Result<Book, Failure> {
        self.load_named(typed, false, true)
    }

    fn load_named(&self, typed: &[&str], provenance: bool, alone: bool) -> Result<Book, Failure> {
        let words = typed.iter().map(|word| (*word).to_owned()).collect();
        let naming = Dossiers::Naming { typed: words, provenance, alone };
        let book = self.load(naming)?;
        if typed.iter().all(|word| resolve(&book.organisations, word).is_ok()) {
            return Ok(book);
        }
        self.read(&self.root()?, Dossiers::All, None)
    }

    /// Syncs the book, tells its findings on stderr, and hands out how its
    /// promises stand; `depth` says how much of each is wanted.
    pub(crate) fn load_judged(&self, version: Version, also_first: bool, depth: Depth) -> Result<Book, Failure> {
        let judging = Judging { version, also_first, depth, ..self.judging() };
        self.load_and_tell(Dossiers::Unwanted, Some(judging))
    }

    /// The question of every day: the terms in force, with all that is known.
    pub(crate) fn judging(&self) -> Judging {
        Judging::of(self.clock, crate::render::PREPARATION)
    }

    fn load_and_tell(&self, dossiers: Dossiers, judging: Option<Judging>) -> Result<Book, Failure> {
        let root = self.root()?;
        let book = self.read(&root, dossiers, judging)?;
        self.tell(&book.findings)?;
        if book.left_out > 0 {
            let (count, verb) = if book.left_out == 1 {
                ("1 promise".to_owned(), "is")
            } else {
                (format!("{} promises", book.left_out), "are")
            };
            self.error(&format!("{count} {verb} left out until the errors above are mended"));
        }
        let has_promises = book.has_promises();
        let invalid = book.findings.iter().any(Finding::is_error);
        if !has_promises && !invalid {
            return Err(empty(&book));
        }
        Ok(book)
    }

    /// Syncs the book and says nothing of its findings, nor that it is empty.
    pub(crate) fn load_quietly(&self) -> Result<Book, Failure> {
        let root = self.root()?;
        let location = self.location(&root);
        let mut request = Request {
            root: &root,
            location: location.as_ref(),
            now_ns: &now_ns,
            dossiers: Dossiers::All,
            judging: None,
            progress: &|_, _| {},
            note: &mut |_| {},
        };
        sync::load(&mut request).map_err(|error| Failure::Environment(vec![error.to_string()]))
    }

    /// Brings the index up to date after a file was written, without reading the
    /// book again. What was written is in the book for good, so an index that
    /// cannot follow now is no failure: the next command syncs it.
    pub(crate) fn refresh(&self, root: &Path, written: &[PathBuf]) {
        let location = self.location(root);
        let mut note = |words: String| self.note(&words);
        let mut request = Request {
            root,
            location: location.as_ref(),
            now_ns: &now_ns,
            dossiers: Dossiers::Unwanted,
            judging: self.own_settings(root).ok().map(|own| with_settings(self.judging(), own.as_ref())),
            progress: &|_, _| {},
            note: &mut note,
        };
        if let Err(error) = sync::refresh(&mut request, written) {
            self.note(&format!("the index does not follow yet, the next command will see to it ({error})"));
        }
    }

    /// Prints findings on stderr; warnings are words about the work, errors are not.
    pub(crate) fn tell(&self, findings: &[Finding]) -> Result<(), Failure> {
        let wanted = findings.iter().filter(|finding| finding.is_error() || !self.quiet);
        let look = Look { width: self.terminal_width(), colour: true };
        match write_findings(wanted, look, &mut anstream::stderr().lock()) {
            // Findings that nobody can read any more change no verdict.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Words about the work, on stderr, unless they are unwanted.
    pub(crate) fn note(&self, words: &str) {
        if !self.quiet {
            // Nothing can be done about a stderr that is gone.
            let _ = writeln!(anstream::stderr().lock(), "note: {}", crate::diag::visible(words));
        }
    }

    /// An error that does not end the command, on stderr.
    pub(crate) fn error(&self, words: &str) {
        let _ = writeln!(anstream::stderr().lock(), "error: {}", crate::diag::visible(words));
    }

    /// Exit code of a command that prints what is valid.
    pub(crate) fn code(&self, book: &Book) -> u8 {
        if book.findings.iter().any(Finding::is_error) { exit::INVALID } else { exit::PASSED }
    }

    /// Stdout for long output. Where no colours are written there is nothing to
    /// strip.
    pub(crate) fn stdout(&self) -> Box<dyn Write> {
        if self.look().colour { Box::new(anstream::stdout().lock()) } else { Box::new(io::stdout().lock()) }
    }

    /// How tables on stdout are to look.
    pub(crate) fn look(&self) -> Look {
        let colour = match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always => true,
            ColorChoice::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        Look { width: self.terminal_width_of(io::stdout().is_terminal()), colour }
    }

    fn terminal_width(&self) -> Option<u16> {
        self.terminal_width_of(io::stderr().is_terminal())
    }

    /// `--width`, `COLUMNS`, the terminal, else none.
    fn terminal_width_of(&self, terminal: bool) -> Option<u16> {
        let columns = || std::env::var("COLUMNS").ok()?.parse::<u16>().ok().filter(|width| *width >= 40);
        let measured = || if terminal { terminal_size::terminal_size().map(|(width, _)| width.0) } else { None };
        self.width.or_else(columns).or_else(measured)
    }
}

/// Settings in place of the book's own, and what is wrong with them.
type OwnSettings = (Settings, Vec<Finding>);

fn with_settings(judging: Judging, own: Option<&OwnSettings>) -> Judging {
    Judging { settings: own.map(|(settings, _)| settings.assessment.clone()), ..judging }
}

/// What there is to say of a book without promises.
pub(crate) fn empty(book: &Book) -> Failure {
    no_book(&if !book.has_folder {
        format!("the book has no `{COMMITMENTS}` folder")
    } else if book.promise_files == 0 {
        format!("the book is empty: there is no `<organisation>.toml` in `{COMMITMENTS}`")
    } else {
        "the book is empty: its files hold no [[commitment]]".to_owned()
    })
}

fn no_book(what: &str) -> Failure {
    Failure::Nothing(vec![
        what.to_owned(),
        "a book is a folder with promises in `commitments/<organisation>.toml` and figures in `<organisation>.progress.toml` beside them".to_owned(),
        "start one with `pledgebook init`, or name one with `--book DIR`".to_owned(),
    ])
}

/// Today in UTC: the one place where the clock is read for judging.
pub(crate) fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}

/// Nanoseconds since 1970, for telling files that were written just now.
pub(crate) fn now_ns() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}
