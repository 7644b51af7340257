//! What is timed: the same task by pledgebook and by a bare program, in turn.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Fault;
use crate::book::AS_OF;
use crate::timer::{self, Commands, Run, command, median, middle};

/// The exit code of a `check` that denies something, as it does in these books.
const DENIED: i32 = 1;
/// The organisation that gets one more figure, a corrected one.
const ORGANISATION: &str = "org-000001";

/// A thing that users wait for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Cold,
    ColdSerde,
    Warm,
    Add,
    ColdCheck,
    MemoryCheck,
    WarmCheck,
}

impl Task {
    pub(crate) const ALL: [Self; 7] =
        [Self::Cold, Self::ColdSerde, Self::Warm, Self::Add, Self::ColdCheck, Self::MemoryCheck, Self::WarmCheck];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cold => "cold report",
            Self::ColdSerde => "cold report; bare by serde",
            Self::Warm => "warm report",
            Self::Add => "add one, report",
            Self::ColdCheck => "cold check",
            Self::MemoryCheck => "check, no index kept",
            Self::WarmCheck => "warm check",
        }
    }

    /// Whether no index is there at the start.
    const fn is_cold(self) -> bool {
        matches!(self, Self::Cold | Self::ColdSerde | Self::ColdCheck)
    }
}

/// Who does it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Product,
    Bare,
}

/// A book and the programs that work on it.
pub(crate) struct Bench {
    pub(crate) program: PathBuf,
    pub(crate) this: PathBuf,
    pub(crate) book: PathBuf,
    pub(crate) promises: usize,
}

/// What a task took on both sides.
pub(crate) struct Pair {
    pub(crate) product: Run,
    pub(crate) bare: Run,
    /// The middle of the ratios of the pairs.
    pub(crate) ratio: f64,
}

impl Bench {
    /// pledgebook with these arguments.
    pub(crate) fn product(&self, arguments: &[&str]) -> Vec<OsString> {
        let mut words = command([self.program.as_os_str(), "--book".as_ref(), self.book.as_os_str()]);
        words.extend(command(["--as-of", AS_OF]));
        words.extend(command(arguments));
        words
    }

    fn bare(&self, program: &str, db: &Path, rest: &[&str]) -> Vec<OsString> {
        let mut words = command([self.this.as_os_str(), "bare".as_ref(), program.as_ref()]);
        words.extend([self.book.clone().into_os_string(), db.as_os_str().to_owned()]);
        words.extend(command(rest));
        words
    }

    fn bare_db(&self) -> PathBuf {
        self.book.with_extension("bare.db")
    }

    /// What is run.
    pub(crate) fn commands(&self, side: Side, task: Task) -> Commands {
        let db = self.bare_db();
        match (side, task) {
            (Side::Product, Task::Cold | Task::ColdSerde | Task::Warm) => vec![self.product(&["report"])],
            (Side::Product, Task::Add) => vec![self.product(&add()), self.product(&["report"])],
            (Side::Product, Task::ColdCheck | Task::WarmCheck) => vec![self.product(&["check"])],
            (Side::Product, Task::MemoryCheck) => vec![self.product(&["--db", ":memory:", "check"])],
            (Side::Bare, Task::Cold) => vec![self.bare("cold-events", &db, &[])],
            (Side::Bare, Task::ColdSerde) => vec![self.bare("cold", &db, &[])],
            (Side::Bare, Task::Warm) => vec![self.bare("warm", &db, &[])],
            (Side::Bare, Task::Add) => vec![self.bare("add", &db, &[ORGANISATION])],
            (Side::Bare, Task::ColdCheck | Task::WarmCheck) => vec![self.bare("check", &db, &[])],
            (Side::Bare, Task::MemoryCheck) => vec![self.bare("check", Path::new(":memory:"), &[])],
        }
    }

    /// Brings the index into the state that the task starts from: none, or one
    /// that knows every file as it is now.
    pub(crate) fn prepare(&self, side: Side, task: Task) -> Result<(), Fault> {
        if task.is_cold() || task == Task::MemoryCheck {
            return match side {
                Side::Product => absent(fs::remove_dir_all(self.book.join(".pledgebook"))),
                Side::Bare => absent(fs::remove_file(self.bare_db())),
            };
        }
        // A file written within the last tick of the clock would be read again.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let missing = side == Side::Bare && !self.bare_db().exists();
        let fill = if missing { Task::Cold } else { Task::Warm };
        timer::run(&self.commands(side, fill), 0).map(|_| ())
    }

    /// Times a task on both sides in turn.
    pub(crate) fn pairs(&self, task: Task, runs: usize) -> Result<Pair, Fault> {
        let (mut product, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            for (side, runs) in [(Side::Product, &mut product), (Side::Bare, &mut bare)] {
                self.prepare(side, task)?;
                runs.push(timer::run(&self.commands(side, task), DENIED)?);
            }
        }
        let ratios = product.iter().zip(&bare).map(|(product, bare): (&Run, &Run)| product.wall / bare.wall);
        Ok(Pair { ratio: middle(ratios.collect()), product: median(&product), bare: median(&bare) })
    }

    /// Looks once at what every task prints: a line for each promise, a count
    /// where promises are checked.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        for task in Task::ALL {
            for side in [Side::Product, Side::Bare] {
                self.prepare(side, task)?;
                let text = timer::output(&self.commands(side, task), DENIED)?;
                let lines = text.lines().filter(|line| line.contains("org-") || line.contains("Company number"));
                let fits = match task {
                    Task::ColdCheck | Task::MemoryCheck | Task::WarmCheck => {
                        ["overdue", "missed"].iter().any(|word| text.contains(word))
                    }
                    _ => lines.count() == self.promises,
                };
                if !fits {
                    return Err(format!("{}: not what was expected:\n{text:.2000}", task.name()).into());
                }
            }
        }
        Ok(())
    }
}

/// `log` with a corrected figure.
fn add() -> [&'static str; 13] {
    let fixed = ["log", "org-000001/aim-0", "--period", "2016", "--value", "1234.5", "--restates", "--reported"];
    let rest = ["2026-05-01", "--source", "Corrected report", "--url", "https://example.org/corrected.pdf"];
    let mut words = [""; 13];
    words[..8].copy_from_slice(&fixed);
    words[8..].copy_from_slice(&rest);
    words
}

/// What is gone already need not be deleted.
fn absent(done: std::io::Result<()>) -> Result<(), Fault> {
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
