//! How a judgement came: the same question asked on every day on which
//! something happened.
//!
//! Between two of these days no status, flag or reason changes. A test keeps
//! that: it asks on every day between.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Assessment, Case, Question, assess};
use crate::model::commitment::Commitment;
use crate::model::figure::{Disclosure, Figure};
use crate::model::span::Span;
use crate::model::terms::Terms;

/// Something that happened, or a time that ran out, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The promise was made public.
    Said,
    /// An amendment took effect; its place among the commitment's amendments.
    Amended(usize),
    /// A figure became public; its place among the figures.
    Reported(usize),
    /// A deadline passed the day before.
    DeadlinePassed(NaiveDate),
    /// A milestone's day passed the day before.
    MilestonePassed(NaiveDate),
    /// The figure for a milestone could have been reported and was not.
    MilestoneUnreported(NaiveDate),
    /// The final figure could have been reported and was not.
    FinalUnreported(NaiveDate),
    /// The deadline comes within the time that `due-soon` names.
    DueSoon(NaiveDate),
    /// What was known last, until this day, grew older than a cadence and a lag.
    Stale(NaiveDate),
    /// What was known last, until this day, grew older than two cadences and a lag.
    Silent(NaiveDate),
}

/// The judgement on one day of the course.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The day.
    pub date: NaiveDate,
    /// What happened on it; only what concerns the terms and figures of the day.
    pub causes: Vec<Cause>,
    /// The judgement as of that day.
    pub assessment: Assessment,
    /// Whether the status differs from the turn before.
    pub new_status: bool,
    /// Whether the flags differ from the turn before.
    pub new_flags: bool,
}

/// The judgement on every day up to `question.clock.as_of` on which something
/// happened, oldest first.
#[must_use]
pub fn course(case: &Case<'_>, question: &Question<'_>) -> Vec<Turn> {
    let days = events(case, question);
    turns(case, question, days.range(..=question.clock.as_of).map(|(day, causes)| (*day, causes.as_slice())))
}

/// The days after `question.clock.as_of` on which the judgement changes although
/// nothing new is reported or amended: what time alone does.
#[must_use]
pub fn without_news(case: &Case<'_>, question: &Question<'_>) -> Vec<Turn> {
    let as_of = question.clock.as_of;
    let figures: Vec<Figure> = case.figures.iter().filter(|figure| question.clock.counts(figure)).cloned().collect();
    let mut commitment: Commitment = case.commitment.clone();
    commitment.amendments.retain(|amendment| amendment.date.last() <= as_of);
    let known = Case { commitment: &commitment, figures: &figures, ..*case };
    let days = events(&known, question);
    let from_today = std::iter::once((as_of, [].as_slice()))
        .chain(days.range(as_of..).filter(|(day, _)| **day > as_of).map(|(day, causes)| (*day, causes.as_slice())));
    let mut turns = turns(&known, question, from_today);
    if turns.first().is_some_and(|turn| turn.date == as_of) {
        turns.remove(0);
    }
    turns.retain(|turn| turn.new_status || turn.new_flags);
    turns
}

fn turns<'e>(
    case: &Case<'_>,
    question: &Question<'_>,
    days: impl Iterator<Item = (NaiveDate, &'e [Cause])>,
) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (date, causes) in days {
        let mut question = *question;
        question.clock.as_of = date;
        let Some(assessment) = assess(case, &question) else { continue };
        let last = turns.last().map(|turn| &turn.assessment);
        let new_status = last.is_none_or(|last| last.status != assessment.status);
        let new_flags = last.is_some_and(|last| last.flags != assessment.flags) || {
            last.is_none() && !assessment.flags.is_empty()
        };
        let concerning: Vec<Cause> =
            causes.iter().copied().filter(|cause| concerns(case, *cause, &assessment, last)).collect();
        if concerning.is_empty() && !new_status && !new_flags {
            continue;
        }
        let causes = if concerning.is_empty() { causes.to_vec() } else { concerning };
        turns.push(Turn { date, causes, assessment, new_status, new_flags });
    }
    turns
}

/// Whether a cause has to do with the terms and figures of its day: the passing
/// of a deadline that was postponed before is no event.
fn concerns(case: &Case<'_>, cause: Cause, now: &Assessment, before: Option<&Assessment>) -> bool {
    let milestone = |day: NaiveDate| {
        let terms = &now.in_force.terms;
        terms.milestones.iter().any(|milestone| milestone.deadline.day == Some(day))
            && now.deadline.is_none_or(|deadline| day < deadline)
    };
    let ended = now.status.is_closed() && now.settled_by.is_some() || now.in_force.withdrawn;
    match cause {
        Cause::Said | Cause::Amended(_) | Cause::Reported(_) => true,
        Cause::DeadlinePassed(day) => now.deadline == Some(day) && !now.in_force.withdrawn,
        Cause::DueSoon(day) => now.deadline == Some(day) && !now.in_force.withdrawn,
        Cause::FinalUnreported(day) => now.deadline == Some(day) && !ended,
        Cause::MilestonePassed(day) | Cause::MilestoneUnreported(day) => milestone(day) && !ended,
        Cause::Stale(day) | Cause::Silent(day) => {
            let known = |assessment: &Assessment| {
                let latest = assessment.latest.as_ref().map(|point| point.period.last);
                latest.or_else(|| case.said()).or_else(|| assessment.baseline.as_ref().map(|start| start.period.last))
            };
            !ended && before.map_or_else(|| known(now), known) == Some(day)
        }
    }
}

/// The days around `question.clock.as_of` on which the judgement can change:
/// from the first one to the day before the second, nothing but the count of
/// days differs. The ends of the calendar where nothing happens before or after.
#[must_use]
pub fn unchanged(case: &Case<'_>, question: &Question<'_>) -> (NaiveDate, NaiveDate) {
    let as_of = question.clock.as_of;
    let (mut from, mut until) = (NaiveDate::MIN, NaiveDate::MAX);
    each_event(case, question, &mut |day, _| {
        if day <= as_of {
            from = from.max(day);
        } else {
            until = until.min(day);
        }
    });
    (from, until)
}

/// Every day on which the judgement can change, with what happens on it.
#[must_use]
fn events(case: &Case<'_>, question: &Question<'_>) -> BTreeMap<NaiveDate, Vec<Cause>> {
    let mut days: BTreeMap<NaiveDate, Vec<Cause>> = BTreeMap::new();
    each_event(case, question, &mut |day, cause| days.entry(day).or_default().push(cause));
    for causes in days.values_mut() {
        causes.sort_unstable();
        causes.dedup();
    }
    days
}

/// Tells every day on which the judgement can change, in no order.
fn each_event(case: &Case<'_>, question: &Question<'_>, tell: &mut dyn FnMut(NaiveDate, Cause)) {
    let mut tell = |day: Option<NaiveDate>, cause: Cause| {
        if let Some(day) = day {
            tell(day, cause);
        }
    };
    let settings = question.settings;
    let lag = settings.reporting_lag;
    let cadence = case.commitment.report_every.unwrap_or(settings.report_every);
    let known = |tell: &mut dyn FnMut(Option<NaiveDate>, Cause), day: NaiveDate| {
        tell(cadence.plus(lag).after(day).succ_opt(), Cause::Stale(day));
        tell(cadence.twice().plus(lag).after(day).succ_opt(), Cause::Silent(day));
    };
    if let Some(said) = case.said() {
        tell(Some(said), Cause::Said);
        known(&mut tell, said);
    }
    for (index, figure) in figures(case, question) {
        tell(Some(figure.public_from()), Cause::Reported(index));
        if matches!(figure.disclosure, Disclosure::Value(_)) {
            known(&mut tell, figure.period.last);
        }
    }
    for (index, amendment) in case.commitment.amendments.iter().enumerate() {
        tell(Some(amendment.date.last()), Cause::Amended(index));
    }
    each_version(case.commitment, &mut |terms| {
        if let Some(baseline) = &terms.baseline {
            known(&mut tell, baseline.period.last);
        }
        if let Some(deadline) = terms.deadline.day {
            tell(deadline.succ_opt(), Cause::DeadlinePassed(deadline));
            tell(lag.after(deadline).succ_opt(), Cause::FinalUnreported(deadline));
            tell(Some(due_soon_from(settings.due_soon, deadline)), Cause::DueSoon(deadline));
        }
        for day in terms.milestones.iter().filter_map(|milestone| milestone.deadline.day) {
            tell(day.succ_opt(), Cause::MilestonePassed(day));
            tell(lag.after(day).succ_opt(), Cause::MilestoneUnreported(day));
        }
    });
}

/// Figures of the promise's metric that are known, whenever they became public.
fn figures<'c>(case: &Case<'c>, question: &Question<'_>) -> impl Iterator<Item = (usize, &'c Figure)> {
    let (metric, known_at) = (&case.metric.id, question.clock.known_at);
    let known = move |figure: &Figure| {
        known_at.is_none_or(|known_at| figure.recorded.is_none_or(|recorded| recorded <= known_at))
    };
    case.figures.iter().enumerate().filter(move |(_, figure)| figure.metric == *metric && known(figure))
}

/// Tells terms that hold every deadline, milestone and baseline the promise ever
/// had. An amendment replaces a term whole, so that each alone on the first
/// terms shows all; a time that runs out on terms never in force changes nothing.
fn each_version(commitment: &Commitment, tell: &mut dyn FnMut(&Terms)) {
    tell(&commitment.terms);
    for amendment in &commitment.amendments {
        let mut terms = commitment.terms.clone();
        terms.amend(amendment);
        tell(&terms);
    }
}

/// The first day from which `deadline` lies within `span`.
fn due_soon_from(span: Span, deadline: NaiveDate) -> NaiveDate {
    // Months differ in length, so the span is walked back roughly and then day by day.
    let rough = u64::from(span.months) * 31 + u64::from(span.days) + 3;
    let mut day = deadline.checked_sub_days(chrono::Days::new(rough)).unwrap_or(NaiveDate::MIN);
    while day < deadline && span.after(day) < deadline {
        day = match day.succ_opt() {
            Some(next) => next,
            None => return deadline,
        };
    }
    day
}
