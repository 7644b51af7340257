//! Measures whole programs: pledgebook, bare programs that do the same and
//! nothing else, and rivals, in turn, on books made for it.
//!
//! `cargo bench --bench measure -- --sizes small,medium` prints the tables of
//! `docs/performance.md`. The bare programs live in this program, for they need
//! no more than it is linked with, and so never ship: `measure bare cold BOOK
//! DB`. `measure make DIR PROMISES FIGURES` writes a book to look at.

mod bare;
#[path = "../common/book.rs"]
mod book;
mod rivals;
mod run;
mod tables;
mod tasks;
mod timer;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

/// Why something could not be measured.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Measure pledgebook, bare programs and rivals, and print tables in Markdown
///
/// hledger and ledger are measured where they are installed, as by
/// `apt-get install hledger ledger`.
#[derive(Parser)]
#[command(name = "measure")]
struct Options {
    /// Books: small (10 promises, 12 figures each), medium (10 000, 12), large (100 000, 20)
    #[arg(long, value_name = "SIZE", value_delimiter = ',', value_parser = run::size)]
    sizes: Vec<run::Size>,
    /// Time and memory by the number of promises, with 2 figures each
    #[arg(long, value_name = "PROMISES", value_delimiter = ',')]
    growth: Vec<usize>,
    /// Start-up: version, help, completions, a small report
    #[arg(long)]
    startup: bool,
    /// Runs of each, of which the median is taken [default: 21, 7 or 3 by size]
    #[arg(long)]
    runs: Option<usize>,
    /// No rivals
    #[arg(long)]
    no_rivals: bool,
    /// ledger on the large book, too: needs 6 GB of memory
    #[arg(long)]
    rivals_large: bool,
    /// A pledgebook to measure in place of the one built here
    #[arg(long, value_name = "FILE")]
    program: Option<std::path::PathBuf>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let done = match arguments.split_first() {
        Some((word, rest)) if word == "bare" => bare::run(rest),
        Some((word, rest)) if word == "make" => make(rest),
        Some((word, rest)) if word == "time" => timer::time(rest),
        _ => run::measure(&Options::parse()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// A book of any size, to look at: `measure make DIR PROMISES FIGURES`.
fn make(arguments: &[OsString]) -> Result<(), Fault> {
    let [dir, promises, figures] = arguments else { return Err("make DIR PROMISES FIGURES".into()) };
    let number = |word: &OsString| word.to_string_lossy().parse::<usize>();
    Ok(book::write(dir.as_ref(), number(promises)?, number(figures)?)?)
}
