//! `pledgebook sync`: load changed files into the index.

use std::io::Write;

use super::context::{Context, Failure};

/// Load changed files into the index; every other command does so first
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Syncs and says what was done.
pub(crate) fn run(_args: &Args, context: &Context) -> Result<u8, Failure> {
    let book = context.load(false)?;
    let promises: usize = book.organisations.iter().map(|dossier| dossier.promises.commitments.len()).sum();
    let figures: usize = book.organisations.iter().map(|dossier| dossier.figures.len()).sum();
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{} of {} files read; the index holds {promises} promises of {} organisations and {figures} figures",
        book.files_read,
        book.files,
        book.organisations.len()
    )?;
    Ok(context.code(&book))
}
