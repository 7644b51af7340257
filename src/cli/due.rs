//! `pledgebook due`: what falls due, by date.

use std::io::{self, Write};

use clap::ValueEnum;

use super::context::{Context, Failure};
use super::report::{selection, span};
use crate::model::span::Span;
use crate::render::{write_due, write_due_csv, write_due_json, write_due_markdown, write_ics};
use crate::report::{agenda, calendar, notes, recorded};
use crate::sync::Dossiers;

/// Deadlines, milestones, next reports and waivers by date, late ones first
///
/// FILTER is an organisation, a topic, a tag or part of an id; several select
/// what fits any of them.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Organisation, topic, tag or part of an id
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Form of the output; `ics` is a calendar of all days the book names, the same whenever it is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Only what is late or comes within this time, such as 180d
    #[arg(long, value_name = "TIME", value_parser = span)]
    within: Option<Span>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
    Ics,
}

/// Prints what falls due.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    if args.format == Format::Ics && args.within.is_some() {
        return Err(Failure::Usage(vec![
            "`--within` counts from today, and a calendar must not change with the day".to_owned(),
            "leave out `--within`, or choose another `--format`".to_owned(),
        ]));
    }
    let book = context.load(Dossiers::All)?;
    let selection = selection(&args.filter, &book, || recorded(&book.organisations))?;
    let clock = context.clock;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if args.format == Format::Ics {
        let due = calendar(&book.organisations, &book.settings, clock.known_at, &selection);
        write_ics(&due, &|due| notes(&book.organisations, due), &mut out)?;
    } else {
        let due = agenda(&book.organisations, &book.settings, clock, &selection, args.within);
        match args.format {
            Format::Json => write_due_json(&due, &clock, &mut out)?,
            Format::Csv => write_due_csv(&due, &clock, &mut out)?,
            Format::Markdown => write_due_markdown(&due, &clock, &mut out)?,
            Format::Table | Format::Ics => write_due(&due, &clock, context.look(), &mut out)?,
        }
    }
    out.flush()?;
    Ok(context.code(&book))
}
