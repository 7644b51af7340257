//! `pledgebook check`: the records and the dated policy.

use super::context::{Context, Failure};
use super::gate::{self, GateArgs};
use super::report::word;
use crate::assess::Version;

/// `lint` and the dated policy, for schedules: overdue, missed, silent …
///
/// The policy stands in `pledgebook.toml`: allow, warn or deny per rule, topic
/// and organisation, and waivers with a reason and an expiry. Exit codes: 0
/// passed, 1 denied, 2 usage, 3 invalid records, 4 nothing to judge, 5
/// environment.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    gate: GateArgs,
    /// Judge by the terms in force, or by those first promised
    #[arg(long, value_name = "VERSION", value_parser = word::<Version>())]
    terms: Option<Version>,
}

/// Checks the book.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    gate::run(&args.gate, Some(args.terms.unwrap_or(Version::Current)), context)
}
