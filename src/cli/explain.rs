//! `pledgebook explain`: every number of a judgement with its formula and rule.

use std::io::{self, Write};

use clap::ValueEnum;

use super::context::{Context, Failure};
use super::ids::resolve;
use super::report::word;
use super::show::account;
use crate::assess::Version;
use crate::policy::{nearest_rule, rule_page};
use crate::render::{write_explain, write_explain_json};

/// Why a promise is judged as it is: every number with its formula and rule
///
/// With the name of a rule it prints that rule's meaning, default, example and
/// cure; a promise of the same name comes first.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise: its id, or the beginning of it; or the name of a rule
    #[arg(value_name = "ID|RULE")]
    id: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Judge by the terms in force, or by those first promised
    #[arg(long, value_name = "VERSION", value_parser = word::<Version>())]
    terms: Option<Version>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// Prints the explanation.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let found = context.load_naming(&[&args.id], true).and_then(|book| {
        resolve(&book.organisations, &args.id)?;
        Ok(book)
    });
    let book = match (found, rule_page(&args.id)) {
        (Ok(book), _) => book,
        (Err(_), Some(page)) => {
            write!(out, "{page}")?;
            out.flush()?;
            return Ok(super::exit::PASSED);
        }
        (Err(Failure::Usage(mut lines)), None) => {
            lines.extend(nearest_rule(&args.id).map(|rule| format!("or the rule `{rule}`?")));
            return Err(Failure::Usage(lines));
        }
        (Err(failure), None) => return Err(failure),
    };
    let account = account(&book, context, &args.id, args.terms)?;
    match args.format {
        Format::Text => write_explain(&account, context.look(), &mut out)?,
        Format::Json => write_explain_json(&account, &mut out)?,
    }
    out.flush()?;
    Ok(context.code(&book))
}
