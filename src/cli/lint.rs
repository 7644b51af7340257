//! `pledgebook lint`: the records alone.

use super::context::{Context, Failure};
use super::gate::{self, GateArgs};

/// The records alone, for pull requests: valid, quotes found in their archived
/// texts, and with --since nothing weakened without an amendment that says so
///
/// It never looks at the day: what passes today passes tomorrow.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    gate: GateArgs,
}

/// Lints the book.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    gate::run(&args.gate, None, context)
}
