//! What falls due: deadlines, milestones, next reports, waivers that run out.
//!
//! Two views of one book. The agenda looks from the day judged: what is late,
//! then what comes. The calendar is a file that others subscribe to: it holds
//! the days that the book names and nothing that depends on today, so that two
//! exports of an unchanged book are the same bytes.

use chrono::NaiveDate;

use super::Selection;
use crate::assess::workings::term_words;
use crate::assess::{
    Assessment, Case, Clock, MilestoneState, Question, Status, Version, assess, passed_milestones, terms_in_force,
};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::{AssessmentSettings, Settings, Waiver};
use crate::model::span::Span;
use crate::model::target::TargetForm;
use crate::model::words::words;

words! {
    /// What falls due.
    DueKind {
        /// The last day in time.
        Deadline = "deadline",
        /// The last day of an interim target.
        Milestone = "milestone",
        /// The last day for the next figure, the reporting lag included.
        Report = "report",
        /// The last day of a waiver.
        Waiver = "waiver",
    }
}

/// Something that falls due on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last day in time.
    pub date: NaiveDate,
    /// What.
    pub kind: DueKind,
    /// Whole id of the promise.
    pub id: String,
    /// The organisation's name; the id's first part where it is not in the book.
    pub organisation: String,
    /// Title of the promise; the id where it is not in the book.
    pub title: String,
    /// What is to be done by then, in words.
    pub words: String,
    /// Whether the day has passed and it still stands out; never in a calendar.
    pub late: bool,
    /// A key of its own within the promise, for kinds that occur several times.
    pub key: String,
    /// The day on which the book's record of it was last changed, where known.
    pub changed: Option<NaiveDate>,
    /// How often it was changed by amendments.
    pub sequence: usize,
    /// Where the promise, or its change, can be read.
    pub url: Option<String>,
}

/// The agenda: late things first, the longest late first, then what comes, the
/// next first. `within` leaves out what comes later than that.
#[must_use]
pub fn agenda(
    organisations: &[Dossier],
    settings: &Settings,
    clock: Clock,
    selection: &Selection,
    within: Option<Span>,
) -> Vec<Due> {
    let question = Question { clock, version: Version::Current, settings: &settings.assessment };
    let mut due: Vec<Due> = Vec::new();
    for (dossier, commitment) in selected(organisations, selection) {
        let Some(case) = Case::of(dossier, commitment) else { continue };
        if let Some(assessment) = assess(&case, &question) {
            due.extend(of_promise(dossier, &case, &question, &assessment));
        }
    }
    for waiver in waivers(organisations, settings, selection) {
        due.push(of_waiver(organisations, waiver, waiver.expires < clock.as_of));
    }
    if let Some(within) = within {
        let end = within.after(clock.as_of);
        due.retain(|due| due.late || due.date <= end);
    }
    due.sort_by(|a, b| (!a.late, a.date, &a.id, a.kind, &a.key).cmp(&(!b.late, b.date, &b.id, b.kind, &b.key)));
    due
}

/// The calendar: every day that the book names, whether passed or to come, by
/// date. Terms are those after all amendments; withdrawn and replaced promises
/// are left out.
#[must_use]
pub fn calendar(
    organisations: &[Dossier],
    settings: &Settings,
    known_at: Option<NaiveDate>,
    selection: &Selection,
) -> Vec<Due> {
    let clock = Clock { as_of: NaiveDate::MAX, known_at };
    let mut due: Vec<Due> = Vec::new();
    for (dossier, commitment) in selected(organisations, selection) {
        let in_force = terms_in_force(commitment, clock.as_of, Version::Current);
        if in_force.withdrawn || !in_force.superseded_by.is_empty() {
            continue;
        }
        let Some(case) = Case::of(dossier, commitment) else { continue };
        let draft = Draft::new(dossier, &case, clock.as_of);
        due.extend(in_force.terms.deadline.day.map(|day| draft.deadline(day, false)));
        due.extend(draft.milestones().into_iter().map(|(day, words)| draft.milestone(day, words, false)));
        let newest = newest_value(&case, clock);
        due.extend(next_report(&case, &settings.assessment, clock.as_of, newest, false).map(|(day, words)| Due {
            changed: newest.map_or(draft.changed, |newest| Some(newest.1)),
            ..draft.report(day, words, false)
        }));
    }
    for waiver in waivers(organisations, settings, selection) {
        due.push(of_waiver(organisations, waiver, false));
    }
    due.sort_by(|a, b| (a.date, &a.id, a.kind, &a.key).cmp(&(b.date, &b.id, b.kind, &b.key)));
    due
}

fn selected<'b>(
    organisations: &'b [Dossier],
    selection: &Selection,
) -> impl Iterator<Item = (&'b Dossier, &'b Commitment)> {
    organisations
        .iter()
        .flat_map(|dossier| dossier.promises.commitments.iter().map(move |commitment| (dossier, commitment)))
        .filter(|(dossier, commitment)| selection.wants(dossier, commitment))
}

fn find<'b>(organisations: &'b [Dossier], id: &str) -> Option<(&'b Dossier, &'b Commitment)> {
    let (organisation, commitment) = id.split_once('/')?;
    let dossier = organisations.iter().find(|dossier| dossier.promises.organisation.id == organisation)?;
    Some((dossier, dossier.promises.commitments.iter().find(|one| one.id == commitment)?))
}

fn waivers<'s>(
    organisations: &[Dossier],
    settings: &'s Settings,
    selection: &Selection,
) -> impl Iterator<Item = &'s Waiver> {
    settings.check.waivers.iter().filter(move |waiver| {
        find(organisations, &waiver.commitment)
            .map_or(selection.filters.is_empty(), |(dossier, commitment)| selection.wants(dossier, commitment))
    })
}

fn of_waiver(organisations: &[Dossier], waiver: &Waiver, late: bool) -> Due {
    let found = find(organisations, &waiver.commitment);
    let organisation = waiver.commitment.split('/').next().unwrap_or_default();
    Due {
        date: waiver.expires,
        kind: DueKind::Waiver,
        id: waiver.commitment.clone(),
        organisation: found.map_or(organisation, |(dossier, _)| &dossier.promises.organisation.name).to_owned(),
        title: found.map_or(waiver.commitment.as_str(), |(_, commitment)| &commitment.title).to_owned(),
        words: format!("the waiver of `{}` ends: {}", waiver.rule, waiver.reason),
        late,
        key: waiver.rule.name().to_owned(),
        changed: None,
        sequence: 0,
        url: None,
    }
}

/// What one promise has to say about dates.
struct Draft<'d> {
    dossier: &'d Dossier,
    commitment: &'d Commitment,
    terms: crate::model::terms::Terms,
    changed: Option<NaiveDate>,
    sequence: usize,
    url: Option<String>,
}

impl<'d> Draft<'d> {
    fn new(dossier: &'d Dossier, case: &Case<'d>, as_of: NaiveDate) -> Self {
        let commitment = case.commitment;
        let in_force = terms_in_force(commitment, as_of, Version::Current);
        let last = in_force.fates.iter().rev().find(|fate| !fate.late);
        let statement = commitment.statements.first().and_then(|id| dossier.promises.statement(id));
        let amended = last.and_then(|fate| commitment.amendments[fate.index].url.clone());
        Self {
            dossier,
            commitment,
            changed: last.map(|fate| fate.effective).or_else(|| case.said()),
            sequence: in_force.fates.iter().filter(|fate| !fate.late).count(),
            url: amended.or_else(|| statement.and_then(|statement| statement.url.clone())),
            terms: in_force.terms,
        }
    }

    fn due(&self, date: NaiveDate, kind: DueKind, words: String, late: bool) -> Due {
        let organisation = &self.dossier.promises.organisation;
        Due {
            date,
            kind,
            id: format!("{}/{}", organisation.id, self.commitment.id),
            organisation: organisation.name.clone(),
            title: self.commitment.title.clone(),
            words,
            late,
            key: String::new(),
            changed: self.changed,
            sequence: self.sequence,
            url: self.url.clone(),
        }
    }

    /// A level in words, with the metric's unit where it is one.
    fn target(&self, target: &crate::model::target::Target) -> String {
        let metric = self.dossier.promises.metric(&self.commitment.metric);
        let unit = metric.and_then(|metric| metric.unit.as_ref()).filter(|_| !target.form.is_percent());
        match (unit, &target.number) {
            (Some(unit), Some(_)) => format!("{} {unit}", target.words()),
            _ => target.words(),
        }
    }

    fn deadline(&self, day: NaiveDate, late: bool) -> Due {
        let words = format!("target: {}", self.target(&self.terms.target));
        self.due(day, DueKind::Deadline, words, late)
    }

    /// Milestones in force: those at or past the deadline are ignored.
    fn milestones(&self) -> Vec<(NaiveDate, String)> {
        let deadline = self.terms.deadline.day;
        self.terms
            .milestones
            .iter()
            .filter_map(|milestone| Some((milestone.deadline.day?, self.target(&milestone.target))))
            .filter(|(day, _)| deadline.is_none_or(|deadline| *day < deadline))
            .collect()
    }

    fn milestone(&self, day: NaiveDate, target: String, late: bool) -> Due {
        let due = self.due(day, DueKind::Milestone, format!("milestone: {target}"), late);
        Due { key: day.to_string(), ..due }
    }

    fn report(&self, day: NaiveDate, words: String, late: bool) -> Due {
        self.due(day, DueKind::Report, words, late)
    }
}

/// What one promise has to do from the day judged on.
fn of_promise(dossier: &Dossier, case: &Case<'_>, question: &Question<'_>, assessment: &Assessment) -> Vec<Due> {
    let as_of = question.clock.as_of;
    let settled = matches!(
        assessment.status,
        Status::Withdrawn | Status::Superseded | Status::Kept | Status::KeptLate | Status::Missed
    );
    if settled {
        return Vec::new();
    }
    let draft = Draft::new(dossier, case, as_of);
    let mut due = Vec::new();
    if let Some(day) = assessment.deadline {
        let late = day < as_of;
        let words = if late { assessment.reason.clone() } else { draft.deadline(day, false).words };
        due.push(Due { words, ..draft.deadline(day, late) });
    }
    let passed = passed_milestones(case, question);
    for (day, target) in draft.milestones() {
        let state = passed.iter().find(|(of, _)| *of == day).map(|(_, state)| *state);
        let (words, late) = match state {
            None => (target, false),
            Some(MilestoneState::Reached) => continue,
            Some(MilestoneState::Missed) => (format!("{target}, not reached"), true),
            Some(MilestoneState::Awaited) => (format!("{target}, the figure for it is awaited"), true),
        };
        due.push(draft.milestone(day, words, late));
    }
    let overdue = assessment.status == Status::Overdue;
    let latest = assessment.latest.as_ref().map(|point| (point.period.last, point.period.last));
    if let Some((day, words)) = next_report(case, question.settings, as_of, latest, overdue) {
        due.push(draft.report(day, words, day < as_of));
    }
    due
}

/// The end of the newest value's period and the day it became known.
fn newest_value(case: &Case<'_>, clock: Clock) -> Option<(NaiveDate, NaiveDate)> {
    let of_metric = case.figures.iter().filter(|figure| figure.metric == case.metric.id);
    let counting = of_metric.filter(|figure| figure.measured().is_some() && clock.counts(figure));
    counting.map(|figure| (figure.period.last, figure.recorded.unwrap_or_else(|| figure.public_from()))).max()
}

/// The day by which the next figure should be public, and for which time: after
/// it the data is stale, or the final figure unreported. Once the deadline has
/// passed, only the final figure counts.
fn next_report(
    case: &Case<'_>,
    settings: &AssessmentSettings,
    as_of: NaiveDate,
    newest: Option<(NaiveDate, NaiveDate)>,
    overdue: bool,
) -> Option<(NaiveDate, String)> {
    let in_force = terms_in_force(case.commitment, as_of, Version::Current);
    if in_force.terms.target.form == TargetForm::Done {
        return None;
    }
    let lag = settings.reporting_lag;
    let cadence = case.commitment.report_every.unwrap_or(settings.report_every);
    let baseline = in_force.terms.baseline.as_ref().map(|baseline| baseline.period.last);
    let from = newest.map(|(end, _)| end).or_else(|| case.said()).or(baseline)?;
    match in_force.terms.deadline.day {
        Some(deadline) if from >= deadline => None,
        Some(deadline) if overdue || cadence.after(from) >= deadline => {
            Some((lag.after(deadline), format!("the final figure, for the period of the deadline {deadline}")))
        }
        _ if newest.is_none() => Some((cadence.plus(lag).after(from), format!("the first figure since {from}"))),
        _ => Some((cadence.plus(lag).after(from), format!("the next figure, newer than {from}"))),
    }
}

/// The terms of a due thing's promise after all amendments, one line each, for
/// the notes of a calendar.
#[must_use]
pub fn notes(organisations: &[Dossier], due: &Due) -> Vec<String> {
    let Some((_, commitment)) = find(organisations, &due.id) else { return Vec::new() };
    let terms = terms_in_force(commitment, NaiveDate::MAX, Version::Current).terms;
    let mut lines: Vec<String> = commitment.quote.iter().map(|quote| format!("\"{quote}\"")).collect();
    if lines.is_empty() {
        lines.extend(commitment.summary.clone());
    }
    // The words of a deadline name its target already.
    let known = usize::from(due.kind == DueKind::Deadline);
    lines.extend(term_words(&terms).into_iter().take(2).skip(known).map(|(term, words)| format!("{term}: {words}")));
    lines
}
