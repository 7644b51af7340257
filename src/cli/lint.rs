//! `pledgebook lint`: the records alone.

use super::context::{Context, Failure};
use super::gate::{self, GateArgs};

/// Check the records alone, for pull requests: it never looks at the day
///
/// Records are valid, quotes stand in their archived texts, and with --since no
/// promise is weakened, removed or reworded without an amendment that says so.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    gate: GateArgs,
}

/// Lints the book.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    gate::run(&args.gate, None, context)
}
