//! `pledgebook history`: how a judgement came, day by day.

use std::io::{self, Write};

use clap::ValueEnum;

use super::context::{Context, Failure};
use super::ids::resolve;
use super::report::word;
use super::show::not_made_yet;
use crate::assess::{Question, Version};
use crate::render::{
    write_book_course, write_book_course_csv, write_book_course_json, write_history, write_history_csv,
    write_history_json,
};
use crate::report::{History, book_course};
use crate::sync::{Book, Dossiers};

/// How the status of a promise came: the days on which it changed, and why
///
/// Without an ID: how many promises of the book had which status at each end of
/// a year.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise: its id, or the beginning of it
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Judge by the terms in force, or by those first promised
    #[arg(long, value_name = "VERSION", value_parser = word::<Version>())]
    terms: Option<Version>,
    /// Every day on which something happened, not only those that changed something
    #[arg(long, requires = "id")]
    all: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
    Csv,
}

/// Prints the history.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let book = match &args.id {
        Some(id) => context.load_naming(&[id], false)?,
        None => context.load(Dossiers::All)?,
    };
    let version = args.terms.unwrap_or(Version::Current);
    match &args.id {
        Some(id) => one(args, id, version, &book, context)?,
        None => whole(args, version, &book, context)?,
    }
    Ok(context.code(&book))
}

fn one(args: &Args, id: &str, version: Version, book: &Book, context: &Context) -> Result<(), Failure> {
    let (dossier, commitment) = resolve(&book.organisations, id)?;
    let question = Question { clock: context.clock, version, settings: &book.settings.assessment };
    let history = History::of(dossier, commitment, &question, args.all)
        .ok_or_else(|| not_made_yet(dossier, commitment, context))?;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match args.format {
        Format::Table => write_history(&history, context.look(), &mut out)?,
        Format::Json => write_history_json(&history, &mut out)?,
        Format::Csv => write_history_csv(&history, &mut out)?,
    }
    Ok(out.flush()?)
}

fn whole(args: &Args, version: Version, book: &Book, context: &Context) -> Result<(), Failure> {
    let question = Question { clock: context.clock, version, settings: &book.settings.assessment };
    let course = book_course(&book.organisations, &question);
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match args.format {
        Format::Table => write_book_course(&course, version, context.look(), &mut out)?,
        Format::Json => write_book_course_json(&course, &context.clock, version, &mut out)?,
        Format::Csv => write_book_course_csv(&course, &mut out)?,
    }
    Ok(out.flush()?)
}
