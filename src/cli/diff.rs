//! `pledgebook diff`: two states of the book side by side.

use std::io::{self, Write};

use super::context::{Context, Failure};
use super::gate::{compare, failure};
use super::report::word;
use crate::render::{DiffFormat, write_diff};
use crate::sync::Dossiers;

/// Promises added, removed, weakened or strengthened since another state
///
/// Old and new terms stand side by side. Values are compared, not text: order, layout, comments and the spelling of a
/// unit make no difference.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A git revision of the book's repository, or a folder with an older book
    #[arg(value_name = "REV|DIR")]
    state: String,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = word::<DiffFormat>())]
    format: Option<DiffFormat>,
}

/// Prints the comparison; what changed is no failure.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let root = context.root()?;
    let book = context.load(Dossiers::All)?;
    let diff = compare(&root, &args.state, &book).map_err(|error| failure(&error))?;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    write_diff(&diff, args.format.unwrap_or(DiffFormat::Table), context.look(), &mut out)?;
    out.flush()?;
    Ok(context.code(&book))
}
