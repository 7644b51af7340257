//! Arguments, dispatch and exit codes: the one layer that sees all others, and
//! the one place where the clock is read.

mod add;
mod amend;
mod check;
mod completions;
mod context;
mod diff;
mod due;
mod edit;
pub mod exit;
mod explain;
pub mod extract;
mod gate;
mod history;
mod ids;
mod init;
mod lint;
mod log;
mod man;
mod progress;
mod report;
mod schema;
mod show;
mod sync;
mod terms;
mod written;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use crate::model::date::PartialDate;
use context::{Context, Failure};

/// Keeps public promises as plain text and says on any day which are kept, on
/// track, slipping, overdue, weakened or silent, and why.
///
/// Without a command it prints the report.
#[derive(Debug, Parser)]
#[command(name = "pledgebook", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// The book's folder [default: the nearest parent with `pledgebook.toml` or `commitments/`]
    #[arg(long, global = true, value_name = "DIR")]
    book: Option<PathBuf>,
    /// The day that is judged: what came later does not count yet [default: PLEDGEBOOK_AS_OF, else today in UTC]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    as_of: Option<PartialDate>,
    /// Hide what was recorded in the book after this day, to print an old report again
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    known_at: Option<PartialDate>,
    /// The SQLite index: a file, or `:memory:` for none [default: `.pledgebook/book.db` in the book]
    #[arg(long, global = true, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Settings and policy [default: `pledgebook.toml` in the book]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Columns of the output [default: COLUMNS, else the terminal, else unwrapped]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// No words about the work on stderr; errors stay
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Report(report::Args),
    Lint(lint::Args),
    Check(check::Args),
    Diff(diff::Args),
    Show(show::Args),
    Explain(explain::Args),
    History(history::Args),
    Due(due::Args),
    Extract(Box<extract::Args>),
    Sync(sync::Args),
    Init(init::Args),
    Add(Box<add::Args>),
    Log(Box<log::Args>),
    Amend(Box<amend::Args>),
    Withdraw(amend::WithdrawArgs),
    Edit(edit::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

fn date(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text).ok_or_else(|| {
        "write a date as 2026-11-22, 2026-11 or 2026; a month or year counts from its last day".to_owned()
    })
}

/// Runs the program; the exit code says how it went (see [`exit`]).
#[must_use]
pub fn main() -> ExitCode {
    completions::answer();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let context = match Context::new(cli.global) {
        Ok(context) => context,
        Err(failure) => return failed(&failure),
    };
    let done = match cli.command.unwrap_or_else(|| Command::Report(report::Args::default())) {
        Command::Report(args) => report::run(&args, &context),
        Command::Lint(args) => lint::run(&args, &context),
        Command::Check(args) => check::run(&args, &context),
        Command::Diff(args) => diff::run(&args, &context),
        Command::Show(args) => show::run(&args, &context),
        Command::Explain(args) => explain::run(&args, &context),
        Command::History(args) => history::run(&args, &context),
        Command::Due(args) => due::run(&args, &context),
        Command::Extract(args) => extract::command(&args, &context),
        Command::Sync(args) => sync::run(&args, &context),
        Command::Init(args) => init::run(&args, &context),
        Command::Add(args) => add::run(*args, &context),
        Command::Log(args) => log::run(&args, &context),
        Command::Amend(args) => amend::run(&args, &context),
        Command::Withdraw(args) => amend::withdraw(&args, &context),
        Command::Edit(args) => edit::run(&args, &context),
        Command::Schema(args) => schema::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Completions(args) => completions::run(&args),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => failed(&failure),
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    // A broken pipe while printing help is no failure.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::PASSED })
}

fn failed(failure: &Failure) -> ExitCode {
    let (code, lines) = match failure {
        Failure::BrokenPipe => return ExitCode::from(exit::PASSED),
        Failure::Usage(lines) => (exit::USAGE, lines),
        Failure::Invalid(lines) => (exit::INVALID, lines),
        Failure::Nothing(lines) => (exit::NOTHING, lines),
        Failure::Environment(lines) => (exit::ENVIRONMENT, lines),
    };
    let mut stderr = anstream::stderr().lock();
    for (index, line) in lines.iter().enumerate() {
        let line = crate::diag::visible(line);
        // Nothing can be done about a stderr that is gone.
        let _ = if index == 0 && !matches!(failure, Failure::Nothing(_)) {
            writeln!(stderr, "error: {line}")
        } else {
            writeln!(stderr, "{line}")
        };
    }
    ExitCode::from(code)
}
