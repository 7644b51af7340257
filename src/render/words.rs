//! Words that several pages share: what happened, who said it, where it stands.

use crate::assess::workings::changed;
use crate::assess::{Cause, Version};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::figure::{Bound, Disclosure, Figure, Provenance};
use crate::model::metric::Metric;
use crate::model::statement::Statement;
use crate::report::{Account, grouped, significant};

/// A number with its unit.
pub(crate) fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

/// A number for recomputing by hand: every digit up to twelve.
pub(crate) fn digits(value: f64) -> String {
    let text = format!("{value}");
    if text.len() <= 16 && !text.contains('e') {
        return text;
    }
    let magnitude = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    if !(-6.0..15.0).contains(&magnitude) {
        return format!("{value:.9e}");
    }
    let places = usize::try_from((11.0 - magnitude) as i64).unwrap_or(0);
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The day judged, what was known, and which terms.
pub(crate) fn day_line(account: &Account<'_>) -> String {
    let clock = account.question.clock;
    let mut line = format!("as of {}", clock.as_of);
    if let Some(known_at) = clock.known_at {
        line.push_str(&format!(", known at {known_at}"));
    }
    if account.question.version == Version::First {
        line.push_str(", judged by the terms first promised");
    }
    line
}

/// The value of a figure as written: `at most 12.4 %`.
pub(crate) fn value_of(figure: &Figure, metric: &Metric) -> String {
    match &figure.disclosure {
        Disclosure::Done(true) => "done".to_owned(),
        Disclosure::Done(false) => "not done".to_owned(),
        Disclosure::None => "none found".to_owned(),
        Disclosure::Value(measured) => {
            let unit = measured.unit.as_ref().or(metric.unit.as_ref()).map_or("", |unit| unit.text.as_str());
            let bound = match measured.bound {
                None => "",
                Some(Bound::AtMost) => "at most ",
                Some(Bound::AtLeast) => "at least ",
                Some(Bound::Below) => "below ",
                Some(Bound::Above) => "above ",
                Some(Bound::About) => "about ",
            };
            format!("{bound}{}", with_unit(&grouped(&measured.written.text.replace('_', "")), unit))
        }
    }
}

/// The source of a figure in one line; empty where none is given.
pub(crate) fn source_of(provenance: Option<&Provenance>) -> String {
    let Some(source) = provenance.map(|provenance| &provenance.source) else { return String::new() };
    let parts = [source.title.clone(), source.page.clone(), source.url.clone(), source.copy_url.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who said it, in which office, where.
pub(crate) fn speaker_of(statement: &Statement) -> String {
    let parts = [statement.speaker.clone(), statement.role.clone(), statement.event.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What an amendment changed, in words.
pub(crate) fn amendment_words(commitment: &Commitment, index: usize) -> String {
    let amendment = &commitment.amendments[index];
    let mut parts: Vec<String> = changed(commitment, index)
        .into_iter()
        .map(|changed| format!("{}: {} -> {}", changed.term, changed.before, changed.after))
        .collect();
    match amendment.withdrawn {
        Some(true) => parts.push("withdrawn".to_owned()),
        Some(false) => parts.push("taken up again".to_owned()),
        None => {}
    }
    if !amendment.superseded_by.is_empty() {
        parts.push(format!("replaced by {}", amendment.superseded_by.join(", ")));
    }
    if parts.is_empty() { "nothing that is judged".to_owned() } else { parts.join("; ") }
}

/// What happened on a day, in words.
pub(crate) fn cause_words(cause: Cause, dossier: &Dossier, commitment: &Commitment) -> String {
    match cause {
        Cause::Said => "promised".to_owned(),
        Cause::Amended(index) => {
            let late = late_words(commitment, index);
            format!("amended{late}: {}", amendment_words(commitment, index))
        }
        Cause::Reported(index) => reported_words(&dossier.figures[index], dossier),
        Cause::DeadlinePassed(day) => format!("the deadline {day} has passed"),
        Cause::MilestonePassed(day) => format!("the milestone of {day} has passed"),
        Cause::MilestoneUnreported(day) => format!("no figure for the milestone of {day} within the reporting lag"),
        Cause::FinalUnreported(day) => format!("no final figure for the deadline {day} within the reporting lag"),
        Cause::DueSoon(day) => format!("the deadline {day} comes near"),
        Cause::Stale(day) => format!("nothing newer than {day} within a report and the lag"),
        Cause::Silent(day) => format!("nothing newer than {day} within two reports and the lag"),
    }
}

fn late_words(commitment: &Commitment, index: usize) -> &'static str {
    let effective = commitment.amendments[index].date.last();
    let in_force = crate::assess::terms_in_force(commitment, effective, Version::Current);
    let late = in_force.fates.iter().any(|fate| fate.index == index && fate.late);
    if late { " too late, without effect" } else { "" }
}

fn reported_words(figure: &Figure, dossier: &Dossier) -> String {
    let Some(metric) = dossier.promises.metric(&figure.metric) else { return String::new() };
    let verb = match figure.disclosure {
        Disclosure::Value(_) if figure.restates => "restated",
        Disclosure::Value(_) => "reported",
        Disclosure::Done(_) => "entry",
        Disclosure::None => "looked for",
    };
    format!("{verb}: {} for {}", value_of(figure, metric), figure.period)
}

/// A value of a plot or number in the metric's unit, rounded.
pub(crate) fn rounded(value: f64, unit: &str) -> String {
    with_unit(&significant(value), unit)
}
