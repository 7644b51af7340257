//! `pledgebook sync`: load changed files into the index.

use std::io::Write;

use super::context::{Context, Failure};
use crate::store::Contents;
use crate::sync::Dossiers;

/// Load changed files into the index; other commands do so as they need
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Syncs and says what was done.
pub(crate) fn run(_args: &Args, context: &Context) -> Result<u8, Failure> {
    let book = context.load(Dossiers::Counted)?;
    let Contents { promises, organisations, figures } = book.contents;
    writeln!(
        anstream::stdout().lock(),
        "{} of {} files read; the index holds {promises} promises of {organisations} organisations and {figures} figures",
        book.files_read,
        book.files,
    )?;
    Ok(context.code(&book))
}
