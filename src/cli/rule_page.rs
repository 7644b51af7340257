//! The page of a rule, for `pledgebook explain RULE`.

use std::io::Write;

use super::context::Failure;
use crate::policy::{nearest_rule, rule_page};

/// A rule's meaning, default, example and cure
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Name of a rule
    #[arg(value_name = "RULE")]
    name: String,
}

/// Prints the page of the rule `name`; `false` where there is no such rule, so
/// that it may be something else.
pub(crate) fn print_rule(name: &str) -> Result<bool, Failure> {
    let Some(page) = rule_page(name) else { return Ok(false) };
    let mut out = anstream::stdout().lock();
    write!(out, "{page}")?;
    Ok(true)
}

/// Explains a rule.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    if print_rule(&args.name)? {
        return Ok(super::exit::PASSED);
    }
    let near = nearest_rule(&args.name).map(|near| format!("did you mean `{near}`?"));
    let lines = std::iter::once(format!("there is no rule `{}`", args.name)).chain(near);
    Err(Failure::Usage(lines.collect()))
}
