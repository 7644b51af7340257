//! `extract` as one of the program's commands.

use std::io::{self, Write};
use std::path::PathBuf;

use super::{Args, ExtractError, run};
use crate::cli::context::{Context, Failure};
use crate::cli::exit;

/// Runs the command in the book of `context`; only `--write` needs one.
pub(crate) fn command(args: &Args, context: &Context) -> Result<u8, Failure> {
    let book = if args.write { context.root()? } else { PathBuf::from(".") };
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let mut err = anstream::stderr().lock();
    let code = run(args, &book, context.look().width, &mut out, &mut err).map_err(failure)?;
    out.flush()?;
    Ok(code)
}

fn failure(error: ExtractError) -> Failure {
    let code = error.exit_code();
    match error {
        ExtractError::Output(error) => error.into(),
        error if code == exit::USAGE => Failure::Usage(vec![error.to_string()]),
        error if code == exit::INVALID => Failure::Invalid(vec![error.to_string()]),
        error => Failure::Environment(vec![error.to_string()]),
    }
}
