//! hledger and ledger on the same facts: one account a promise, each figure a
//! posting of the difference to the one before, so that the balance is the
//! latest value.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use crate::Fault;
use crate::book::{decimal, organisations};
use crate::timer::{self, Commands, Run, command, median};

/// The first day that does not count any more.
const END: &str = "2026-07-01";

/// A program that keeps accounts in plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rival {
    Hledger,
    Ledger,
}

impl Rival {
    pub(crate) const ALL: [Self; 2] = [Self::Hledger, Self::Ledger];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hledger => "hledger",
            Self::Ledger => "ledger",
        }
    }

    /// Its version; `None` where it is not installed.
    pub(crate) fn version(self) -> Option<String> {
        let output = Command::new(self.name()).arg("--version").output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let digits = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let version = text.split([' ', ',', '-', '\n']).find(digits)?;
        Some(version.to_owned())
    }

    /// Printing all balances, with neither totals nor settings of the user.
    fn commands(self, journal: &Path) -> Commands {
        let mut words = command([self.name(), "-f"]);
        words.push(journal.as_os_str().to_owned());
        words.extend(command(match self {
            Self::Hledger => ["balance", "--flat", "--empty", "--no-total", "--end", END].as_slice(),
            // Amounts as they are, without a look at their prices.
            Self::Ledger => &["--args-only", "-O", "balance", "--flat", "--empty", "--no-total", "--end", END],
        }));
        vec![words]
    }

    /// Times it; first its balances are compared with `latest`, by promise.
    pub(crate) fn measure(self, journal: &Path, runs: usize, latest: &BTreeMap<String, f64>) -> Result<Run, Fault> {
        let commands = self.commands(journal);
        let balances = balances(&timer::output(&commands, 0)?);
        for (id, value) in latest {
            if !balances.get(id).is_some_and(|found| (found - value).abs() < 1e-6) {
                return Err(format!("{}: {id} is {value}, not {:?}", self.name(), balances.get(id)).into());
            }
        }
        let runs = (0..runs).map(|_| timer::run(&commands, 0)).collect::<Result<Vec<_>, _>>()?;
        Ok(median(&runs))
    }
}

/// Balances by promise, from lines such as `12.5 "t CO2e"  org-000001:aim-0`.
fn balances(text: &str) -> BTreeMap<String, f64> {
    let line = |line: &str| {
        let (amount, account) = (line.split_whitespace().next()?, line.split_whitespace().last()?);
        Some((account.replacen(':', "/", 1), amount.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// How a figure is written in a journal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A transaction that balances, as journals are mostly written.
    Balanced,
    /// A posting in brackets, which needs no account against it: half the work.
    Bracketed,
}

impl Form {
    pub(crate) const ALL: [Self; 2] = [Self::Balanced, Self::Bracketed];

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Balanced => "transactions that balance",
            Self::Bracketed => "single postings in brackets",
        }
    }
}

/// A rival that was measured.
pub(crate) struct Measured {
    pub(crate) rival: Rival,
    pub(crate) version: String,
    pub(crate) form: Form,
    pub(crate) run: Run,
}

/// Writes the figures of a book as a journal that both rivals read.
pub(crate) fn write_journal(path: &Path, promises: usize, figures: usize, form: Form) -> Result<(), Fault> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    for organisation in organisations(promises, figures) {
        let id = organisation.id();
        for (k, goal) in organisation.goals.iter().enumerate() {
            let mut before = 0;
            for figure in &goal.figures {
                let (year, next) = (figure.year, figure.year + 1);
                let (day, recorded) = (figure.reported, figure.recorded);
                writeln!(
                    out,
                    "{next}-04-{day:02} Annual report for {year}\n    ; https://example.org/{id}/annual-report-{year}.pdf\n    \
                     ; recorded: {next}-05-{recorded:02}"
                )?;
                let (difference, unit) = (decimal(figure.tenths - before), goal.unit);
                match form {
                    Form::Balanced => writeln!(out, "    {id}:aim-{k}  {difference} \"{unit}\"\n    measured\n")?,
                    Form::Bracketed => writeln!(out, "    ({id}:aim-{k})  {difference} \"{unit}\"\n")?,
                }
                before = figure.tenths;
            }
        }
    }
    Ok(out.flush()?)
}
