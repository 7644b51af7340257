//! Questions for what was not given; on a terminal only.

use super::{Args, SaidArgs};
use crate::cli::context::Failure;
use crate::cli::written::ask;
use crate::model::topic::Topic;

/// Asks for what a promise needs and was not given as an option.
pub(super) fn fill(args: &mut Args) -> Result<(), Failure> {
    one(&mut args.organisation, "who made the promise (an organisation of the book, or a new name):")?;
    one(&mut args.title, "short title:")?;
    if args.quote.is_none() && args.summary.is_none() {
        one(&mut args.summary, "the promise in your own words (may stay empty):")?;
    }
    if args.topic.is_none() {
        let topics = Topic::ALL.iter().map(|topic| topic.name()).collect::<Vec<_>>().join(", ");
        one(&mut args.topic, &format!("topic ({topics}):"))?;
    }
    while args.terms.target().is_none() {
        let Some(words) = ask("target, such as `at-most 0`, `reduce-by-percent 50` or `done`:")? else { break };
        if let Err(fault) = args.terms.set_target(&words) {
            anstream::eprintln!("{}", crate::diag::visible(&fault));
        }
    }
    if args.metric.is_none() && args.terms.target().is_some_and(|(_, number)| number.is_some()) {
        one(&mut args.unit, "unit of the values, such as `%` or `t CO2e`:")?;
    }
    let of_baseline = args.terms.reduce_by_percent.is_some() || args.terms.increase_by_percent.is_some();
    if of_baseline {
        one(&mut args.terms.baseline, "baseline: period and value, such as `2020=1500`:")?;
    }
    one(&mut args.terms.deadline, "deadline, such as `2030`, `before 2060` or `none`:")?;
    said(&mut args.said)
}

fn said(said: &mut SaidArgs) -> Result<(), Failure> {
    if said.is_given() {
        return Ok(());
    }
    one(&mut said.said, "when it was said (year, month or day; empty if unknown):")?;
    one(&mut said.speaker, "who said it (may stay empty):")?;
    one(&mut said.source, "title of the speech, report or filing:")?;
    one(&mut said.url, "where it can be read:")
}

fn one(slot: &mut Option<String>, question: &str) -> Result<(), Failure> {
    if slot.is_none() {
        *slot = ask(question)?;
    }
    Ok(())
}
