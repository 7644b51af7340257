//! `pledgebook show`: one promise with its sources, terms, chart and figures.

use std::io::{self, Write};

use clap::ValueEnum;

use super::context::{Context, Failure};
use super::ids::resolve;
use super::report::word;
use crate::assess::Case;
use crate::assess::{Question, Version};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::render::{write_show, write_show_json};
use crate::report::Account;
use crate::sync::Book;

/// One promise: who said it, its terms, a chart of its course, its figures
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise: its id, or the beginning of it
    #[arg(value_name = "ID")]
    id: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Judge by the terms in force, or by those first promised
    #[arg(long, value_name = "VERSION", value_parser = word::<Version>())]
    terms: Option<Version>,
    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// Prints the promise.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let book = context.load_naming(&[&args.id], true)?;
    let account = account(&book, context, &args.id, args.terms)?;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match args.format {
        Format::Text => write_show(&account, context.look(), args.ascii, &mut out)?,
        Format::Json => write_show_json(&account, &mut out)?,
    }
    out.flush()?;
    Ok(context.code(&book))
}

/// The promise that `typed` names, judged and taken apart.
///
/// # Errors
/// Exit 2 where the id is unknown or ambiguous, 4 where the promise was not
/// made yet on the day judged.
pub(crate) fn account<'b>(
    book: &'b Book,
    context: &Context,
    typed: &str,
    terms: Option<Version>,
) -> Result<Account<'b>, Failure> {
    let (dossier, commitment) = resolve(&book.organisations, typed)?;
    let question = Question {
        clock: context.clock,
        version: terms.unwrap_or(Version::Current),
        settings: &book.settings.assessment,
    };
    Account::of(dossier, commitment, &question).ok_or_else(|| not_made_yet(dossier, commitment, context))
}

/// Exit 4: there is nothing to judge of a promise before it was made.
pub(crate) fn not_made_yet(dossier: &Dossier, commitment: &Commitment, context: &Context) -> Failure {
    let said = Case::of(dossier, commitment).and_then(|case| case.said());
    let said = said.map_or_else(String::new, |day| format!("; it was first said on {day}"));
    Failure::Nothing(vec![
        format!(
            "`{}/{}` was not made yet on {}{said}",
            dossier.promises.organisation.id, commitment.id, context.clock.as_of
        ),
        "judge a later day with `--as-of DATE`".to_owned(),
    ])
}
