//! Why a status was given, in one sentence.

use super::Numbers;
use super::judge::{Facts, Verdict};
use super::keep;
use super::number::Proof;
use super::series::Point;
use super::status::Status;
use crate::model::amendment::Amendment;
use crate::model::number::to_f64;
use crate::model::target::TargetForm;

/// The reason of a verdict.
pub(super) fn reason(facts: &Facts<'_>, verdict: &Verdict, numbers: &Numbers) -> String {
    let latest = verdict.latest.map(|index| &facts.points[index]);
    let text = match verdict.status {
        Status::Withdrawn => amended(facts, "withdrawn", |amendment| amendment.withdrawn == Some(true)),
        Status::Superseded => superseded(facts),
        Status::Kept | Status::KeptLate | Status::Missed => settled(facts, verdict, latest),
        Status::Overdue => overdue(facts, latest),
        Status::Met if facts.terms().target.form == TargetForm::Done => "reported as done".to_owned(),
        Status::Met => format!("{} meets the target {}", named(facts, latest), target(facts)),
        Status::Open => open(facts, latest),
        Status::Silent => silent(facts, latest),
        Status::NoData => no_data(facts, latest),
        Status::TooEarly => format!("{} is too soon after the baseline to judge", named(facts, latest)),
        Status::OnTrack | Status::OffTrack if facts.terms().target.form.is_keep() => kept_so_far(facts),
        Status::Regressing => format!("{} is worse than the baseline {}", named(facts, latest), baseline(facts)),
        Status::OnTrack | Status::AtRisk | Status::OffTrack => paced(facts, latest, numbers),
    };
    offsets(facts, verdict, latest, aged(facts, verdict, latest, text))
}

/// Offsets beyond what the promise allows are never silent.
fn offsets(facts: &Facts<'_>, verdict: &Verdict, latest: Option<&Point>, text: String) -> String {
    let share = latest.and_then(|point| point.offsets_percent);
    let (Some(share), true) = (share, super::flags::offset_heavy(facts, verdict)) else { return text };
    let limit = match &facts.terms().offsets.max_percent {
        Some(limit) => format!("the promise allows {limit} %"),
        None => "the promise allows none".to_owned(),
    };
    format!("{text}; offsets cover {} % of the gross value, and {limit}", round(share))
}

/// A point as `12.4 % for 2023`.
fn named(facts: &Facts<'_>, point: Option<&Point>) -> String {
    let Some(point) = point else { return "no figure".to_owned() };
    let unit = facts.case.metric.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let bound = point.bound.map_or(String::new(), |bound| format!("{} ", bound.name().replace('-', " ")));
    format!("{bound}{} {unit} for {}", point.amount.normalize(), point.period).replace("  ", " ")
}

fn target(facts: &Facts<'_>) -> String {
    let unit = facts.case.metric.unit.as_ref().map_or("", |unit| unit.text.as_str());
    facts.target.map_or_else(|| facts.terms().target.words(), |level| format!("{} {unit}", round(to_f64(level))))
}

fn baseline(facts: &Facts<'_>) -> String {
    let unit = facts.case.metric.unit.as_ref().map_or("", |unit| unit.text.as_str());
    facts
        .start
        .as_ref()
        .and_then(|start| Some(format!("{} {unit} of {}", start.value.as_ref()?, start.period)))
        .unwrap_or_default()
}

/// Four significant digits, without trailing zeros.
fn round(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let digits = 3 - value.abs().log10().floor() as i32;
    let text = format!("{value:.*}", usize::try_from(digits.clamp(0, 12)).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn amended(facts: &Facts<'_>, word: &str, which: impl Fn(&Amendment) -> bool) -> String {
    let Some(amendment) = facts.in_force.last_effect(facts.case.commitment, which) else { return word.to_owned() };
    let why = amendment.reason.as_ref().map_or(String::new(), |reason| format!(": {}", reason.trim_end_matches('.')));
    format!("{word} on {}{why}", amendment.date)
}

fn superseded(facts: &Facts<'_>) -> String {
    let by = facts.in_force.superseded_by.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    amended(facts, &format!("replaced by {by}"), |amendment| !amendment.superseded_by.is_empty())
}

fn settled(facts: &Facts<'_>, verdict: &Verdict, latest: Option<&Point>) -> String {
    let deadline = facts.terms().deadline.day.map_or(String::new(), |day| day.to_string());
    let verb = if verdict.status == Status::Missed { "fails" } else { "meets" };
    if latest.is_none() {
        return match verdict.status {
            Status::Kept => format!("done by the deadline {deadline}"),
            Status::KeptLate => format!("done after the deadline {deadline}"),
            _ => format!("not done by the deadline {deadline}"),
        };
    }
    let mut text = format!("{} {verb} the target {}", named(facts, latest), target(facts));
    if verdict.status == Status::KeptLate {
        text = format!("{text}, after the deadline {deadline}");
    }
    if verdict.unconfirmed {
        text.push_str("; no figure of the deadline's own period confirms it");
    }
    text
}

fn overdue(facts: &Facts<'_>, latest: Option<&Point>) -> String {
    let deadline = facts.terms().deadline.day.unwrap_or_default();
    let awaited = facts.question.clock.as_of <= facts.question.settings.reporting_lag.after(deadline);
    let state =
        if awaited { "awaiting the final figure" } else { "the final figure is unreported past the reporting lag" };
    let last =
        latest.map_or_else(|| "no figure is known".to_owned(), |_| format!("the latest is {}", named(facts, latest)));
    if facts.target.is_none() && facts.terms().target.form != TargetForm::Done {
        return format!("the deadline {deadline} has passed and the baseline has no value to count from; {last}");
    }
    if facts.terms().target.form == TargetForm::Done {
        return format!("the deadline {deadline} has passed and nothing says that it was done; {state}");
    }
    format!("the deadline {deadline} has passed, {state}; {last}")
}

fn open(facts: &Facts<'_>, latest: Option<&Point>) -> String {
    if facts.terms().target.form == TargetForm::Done {
        return "a yes/no promise, not reported as done".to_owned();
    }
    if facts.terms().deadline.day.is_none() {
        return format!("no deadline was named; the latest is {}", named(facts, latest));
    }
    let last = latest.map_or_else(|| "no figure yet".to_owned(), |_| format!("the latest is {}", named(facts, latest)));
    format!("the promise names no path and nothing is due yet; {last}")
}

fn silent(facts: &Facts<'_>, latest: Option<&Point>) -> String {
    match latest {
        Some(_) => format!("the latest is {}, more than {} ago", named(facts, latest), facts.silence()),
        None => format!("no figure in more than {} since it was promised", facts.silence()),
    }
}

fn no_data(facts: &Facts<'_>, latest: Option<&Point>) -> String {
    match (latest, &facts.start) {
        (None, _) => "no figure yet".to_owned(),
        (Some(_), Some(start)) if start.value.is_none() => format!("the baseline of {} has no value yet", start.period),
        (Some(_), _) => format!("no figure beyond the baseline; the latest is {}", named(facts, latest)),
    }
}

fn kept_so_far(facts: &Facts<'_>) -> String {
    let judged = keep::judged(facts);
    let breaches: Vec<String> = judged
        .iter()
        .filter(|&&index| keep::proof(facts, index) == Some(Proof::Fails))
        .map(|&index| named(facts, Some(&facts.points[index])))
        .collect();
    if breaches.is_empty() {
        return format!("held in all {} periods judged, target {}", judged.len(), target(facts));
    }
    format!("broken by {}, target {}", breaches.join(", "), target(facts))
}

fn paced(facts: &Facts<'_>, latest: Option<&Point>, numbers: &Numbers) -> String {
    let unit = facts.case.metric.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let Some(expected) = numbers.expected_value else {
        return format!("{}, target {}", named(facts, latest), target(facts));
    };
    let pace =
        numbers.pace.map_or_else(|| "nothing more was expected by then".to_owned(), |pace| format!("pace {pace:.2}"));
    format!("{} where the path expected {} {unit}, {pace}", named(facts, latest), round(expected))
}

/// Old data says so, and whether anybody looked for newer (ruling 11).
fn aged(facts: &Facts<'_>, verdict: &Verdict, latest: Option<&Point>, text: String) -> String {
    let open = matches!(
        verdict.status,
        Status::Silent
            | Status::Regressing
            | Status::OnTrack
            | Status::AtRisk
            | Status::OffTrack
            | Status::Open
            | Status::Met
            | Status::NoData
    );
    let old = facts.older_than(facts.cadence().plus(facts.question.settings.reporting_lag), latest);
    if !open || !old {
        return text;
    }
    let since = latest.map(|point| point.period.last);
    let looked = facts.series.looked.iter().any(|day| since.is_none_or(|since| *day > since));
    if looked {
        return format!("{text}; a newer figure was looked for and not found");
    }
    if latest.is_some() {
        format!("{text}; no newer figure in this book")
    } else {
        format!("{text}; no figure in this book")
    }
}
