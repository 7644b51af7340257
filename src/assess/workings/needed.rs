//! What would change the status: values, dates and words.

use chrono::{Datelike, NaiveDate};

use super::super::course::{Turn, without_news};
use super::super::judge::Facts;
use super::super::status::Status;
use super::super::{Assessment, Question};
use crate::model::date::{last_of_month, position};
use crate::model::number::Number;
use crate::model::span::Span;
use crate::model::target::TargetForm;

/// What a figure for a coming period would have to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needed {
    /// The last day of the period.
    pub end: NaiveDate,
    /// P at that day.
    pub expected: f64,
    /// e at that day.
    pub expected_progress: f64,
    /// From this value on the promise would be on track.
    pub on_track: f64,
    /// From this value on it would be at risk, not off track.
    pub at_risk: f64,
    /// Whether it would still be too early to judge by it.
    pub too_early: bool,
}

/// What would change the status.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The values needed for the coming periods, the next one to be judged last.
    pub needed: Vec<Needed>,
    /// What would change it, a sentence each.
    pub words: Vec<String>,
    /// What time alone does to it.
    pub by_time: Vec<Turn>,
}

/// Most periods shown.
const PERIODS: usize = 3;

/// The values needed for the periods after the latest value, up to the one that
/// runs on the day judged; none where no pace decides.
pub(super) fn needed(facts: &Facts<'_>, assessment: &Assessment) -> Vec<Needed> {
    let start = facts.start.as_ref().and_then(|start| Some((start.period.last, start.value.as_ref()?)));
    let (Some(path), Some((begin, s)), Some(tt), Some(deadline)) =
        (&assessment.path, start, assessment.target_value, facts.terms().deadline.day)
    else {
        return Vec::new();
    };
    let ended = assessment.in_force.withdrawn || !assessment.in_force.superseded_by.is_empty();
    let (s, t0) = (s.as_f64(), position(begin));
    let undecided = matches!(assessment.status, Status::Open);
    if ended || facts.past_deadline() || undecided || s == tt {
        return Vec::new();
    }
    let after = assessment.latest.as_ref().map_or(begin, |point| point.period.last.max(begin));
    let early = (0.15 * (position(deadline) - t0)).min(2.0);
    let settings = facts.question.settings;
    let ends = coming(after, facts.cadence(), facts.question.clock.as_of, deadline);
    ends.into_iter()
        .map(|end| {
            let expected = path.value(position(end));
            let e = (s - expected) / (s - tt);
            let at = |band: f64| match e {
                e if e > 0.0 => s - band * (s - expected),
                e if e < 0.0 => expected,
                _ => s,
            };
            let too_early = position(end) - t0 < early;
            Needed {
                end,
                expected,
                expected_progress: e,
                on_track: at(settings.on_track),
                at_risk: at(settings.at_risk),
                too_early,
            }
        })
        .collect()
}

/// Ends of the periods after `after`, up to the first that ends on or after
/// `as_of`, and not past the deadline.
fn coming(after: NaiveDate, cadence: Span, as_of: NaiveDate, deadline: NaiveDate) -> Vec<NaiveDate> {
    let mut ends = Vec::new();
    let mut end = after;
    while end < deadline {
        let next = next_end(end, cadence);
        if next <= end {
            break;
        }
        end = next.min(deadline);
        ends.push(end);
        if end >= as_of {
            break;
        }
    }
    ends.split_off(ends.len().saturating_sub(PERIODS))
}

/// The end of the period after the one that ends on `end`.
#[must_use]
pub(crate) fn next_end(end: NaiveDate, cadence: Span) -> NaiveDate {
    let next = cadence.after(end);
    let is_month_end = end == last_of_month(end.year(), end.month());
    // Three months after 30 September is the last day of December, not the 30th.
    if is_month_end && cadence.days == 0 && next != NaiveDate::MAX {
        last_of_month(next.year(), next.month())
    } else {
        next
    }
}

/// What would change the status, with the values needed.
pub(super) fn turns(
    facts: &Facts<'_>,
    assessment: &Assessment,
    needed: Vec<Needed>,
    question: &Question<'_>,
) -> Outlook {
    let mut words = by_status(facts, assessment);
    words.extend(pace(assessment));
    Outlook { needed, words, by_time: without_news(facts.case, question) }
}

fn by_status(facts: &Facts<'_>, assessment: &Assessment) -> Vec<String> {
    let deadline = assessment.deadline.map_or_else(String::new, |day| day.to_string());
    let target = assessment.in_force.terms.target.words();
    let is_done = facts.terms().target.form == TargetForm::Done;
    let is_keep = facts.terms().target.form.is_keep();
    let words = match assessment.status {
        Status::Withdrawn => "an amendment with `withdrawn = false` would take it up again".to_owned(),
        Status::Superseded => "nothing: the promise that replaced it is judged in its place".to_owned(),
        Status::Kept if assessment.flags.contains(&super::super::Flag::Unconfirmed) => {
            format!("a figure of the period that holds {deadline} confirms it, or makes it missed")
        }
        Status::Kept | Status::KeptLate => "only a restated figure or an amendment dated in time".to_owned(),
        Status::Missed if is_keep => "only a restated figure: a breach stays".to_owned(),
        Status::Missed => format!("a later figure that meets the target ({target}) would make it kept-late"),
        Status::Overdue if is_done => {
            format!("an entry with `done = true`: kept if its period ends by {deadline}, kept-late after")
        }
        Status::Overdue => {
            format!(
                "the figure of the period that holds {deadline}: kept if it meets the target ({target}), else missed"
            )
        }
        Status::Met => "a newer figure that no longer meets the target".to_owned(),
        Status::Open if is_done => "an entry with `done = true` makes it met".to_owned(),
        Status::Open => format!("a figure that meets the target ({target}) makes it met"),
        Status::Silent => "any newer figure breaks the silence".to_owned(),
        Status::NoData if is_keep => "a figure for a period in which the target is to be kept".to_owned(),
        Status::NoData if assessment.baseline.as_ref().is_some_and(|start| start.value.is_none()) => {
            "a figure for the baseline's period".to_owned()
        }
        Status::NoData => "a figure for a period after the baseline".to_owned(),
        Status::TooEarly => early(facts, deadline),
        Status::OnTrack if is_keep => format!("a single period that fails ({target}) is a breach for good"),
        Status::OffTrack if is_keep => {
            "only a restated figure: a breach stays, and the deadline makes it missed".to_owned()
        }
        Status::OnTrack => "a newer figure worse than the value for on-track below".to_owned(),
        Status::Regressing | Status::AtRisk | Status::OffTrack => {
            "a newer figure at the value for on-track below, or better".to_owned()
        }
    };
    vec![words]
}

fn early(facts: &Facts<'_>, deadline: String) -> String {
    let start = facts.start.as_ref().map(|start| start.period.last);
    let (Some(start), Some(end)) = (start, facts.terms().deadline.day) else { return deadline };
    let years = (0.15 * (position(end) - position(start))).min(2.0);
    format!("a figure whose period ends at least {years:.2} years after {start}")
}

/// The pace so far against the pace needed.
fn pace(assessment: &Assessment) -> Option<String> {
    let (so_far, needed) = (assessment.numbers.pace_so_far?, assessment.numbers.pace_needed?);
    if assessment.status == Status::Met {
        return None;
    }
    let start = assessment.baseline.as_ref().and_then(|start| start.value.as_ref()).map(Number::as_f64)?;
    let way = assessment.target_value? - start;
    let times = needed / so_far;
    let words = if so_far == 0.0 || way * so_far < 0.0 {
        "so far it goes the wrong way or stands still".to_owned()
    } else if times <= 0.0 {
        "the target is already reached".to_owned()
    } else {
        format!("{times:.2} times the pace so far")
    };
    Some(format!("to reach the target by the deadline: {words}"))
}
