//! The table of statuses, tried in order (design §4).

use rust_decimal::Decimal;

use super::compare::Change;
use super::number::{Proof, at_least, no_worse, same, theil_sen};
use super::path::Path;
use super::series::{Point, Series, running, series};
use super::settle::{Goal, Settlement, settle};
use super::status::{Outlook, Status, Version};
use super::terms::{InForce, terms_in_force};
use super::{Assessment, Case, Numbers, Question, Start, flags, keep, reason};
use crate::model::commitment::PathShape;
use crate::model::date::position;
use crate::model::metric::Aggregate;
use crate::model::number::{Number, to_f64};
use crate::model::period::Period;
use crate::model::span::Span;
use crate::model::target::TargetForm;
use crate::model::terms::Terms;

/// Everything that is known about a case before it is judged.
pub(super) struct Facts<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) question: &'a Question<'a>,
    pub(super) in_force: InForce,
    /// Its points are here for running totals only, as the single entries.
    pub(super) series: Series,
    /// Values in order of time; running totals already added up.
    pub(super) points: Vec<Point>,
    pub(super) start: Option<Start>,
    /// T as a decimal, in the metric's unit.
    pub(super) target: Option<Decimal>,
}

/// What the status table found.
pub(super) struct Verdict {
    pub(super) status: Status,
    /// Index of V among the points; `None` without one.
    pub(super) latest: Option<usize>,
    /// Whether V settled the promise after its deadline.
    pub(super) settled: bool,
    pub(super) unconfirmed: bool,
}

/// Judges a promise; `None` where it was not made yet on the day judged.
#[must_use]
pub fn assess(case: &Case<'_>, question: &Question<'_>) -> Option<Assessment> {
    if case.said().is_some_and(|said| said > question.clock.as_of) {
        return None;
    }
    let facts = Facts::gather(case, question);
    let path = facts.path();
    let keep = facts.terms().target.form.is_keep();
    // The numbers of the verdict come from V, and V from the verdict: before
    // the deadline V is the latest, after it the one that settled.
    let last = facts.points.len().checked_sub(1);
    let verdict = if keep { keep::judge(&facts) } else { facts.judge(last, path.as_ref()) };
    let numbers = if keep { Numbers::default() } else { facts.numbers(verdict.latest, path.as_ref()) };
    let deadline = facts.terms().deadline.day;
    let latest = verdict.latest.map(|index| facts.points[index].clone());
    let flags = flags::flags(&facts, &verdict);
    let reason = reason::reason(&facts, &verdict, &numbers);
    let settled_done = facts.settled_done(&verdict);
    let disclosed = facts.disclosed(&verdict);
    Some(Assessment {
        status: verdict.status,
        reason,
        awaiting: verdict.status == Status::Overdue
            && deadline.is_some_and(|day| question.clock.as_of <= question.settings.reporting_lag.after(day)),
        flags,
        deadline,
        days_left: deadline.map(|deadline| (deadline - question.clock.as_of).num_days()),
        target_value: facts.target.map(to_f64),
        data_age_days: latest
            .as_ref()
            .map(|point| point.period.last)
            .or(disclosed.as_ref().map(|(period, _)| period.last))
            .map(|last| (question.clock.as_of - last).num_days()),
        settled_by: if verdict.settled {
            latest.as_ref().map(|point| point.period.text.to_string()).or(settled_done)
        } else {
            None
        },
        latest,
        disclosed,
        numbers,
        path,
        baseline: facts.start,
        in_force: facts.in_force,
        points: facts.points,
    })
}

impl<'a> Facts<'a> {
    pub(super) fn gather(case: &'a Case<'a>, question: &'a Question<'a>) -> Self {
        let in_force = terms_in_force(case.commitment, question.clock.as_of, question.version);
        let of_metric = case.figures.iter().enumerate().filter(|(_, figure)| figure.metric == case.metric.id);
        let mut series = series(case.metric, case.fiscal_year, of_metric, &question.clock);
        let start = start(case, &in_force.terms, &series.points);
        let points = match case.metric.aggregate {
            Aggregate::RunningTotal => totals(&in_force.terms, start.as_ref(), &series.points),
            // The entries are the values.
            _ => std::mem::take(&mut series.points),
        };
        let value = start.as_ref().and_then(|start| start.value.as_ref()).map(|value| value.value);
        let target = in_force.terms.target.level(value);
        Self { case, question, in_force, series, points, start, target }
    }

    pub(super) const fn terms(&self) -> &Terms {
        &self.in_force.terms
    }

    /// Whether the deadline in force lies before the day judged.
    pub(super) fn past_deadline(&self) -> bool {
        self.terms().deadline.day.is_some_and(|deadline| deadline < self.question.clock.as_of)
    }

    /// How often figures are expected of this promise.
    pub(super) fn cadence(&self) -> Span {
        self.case.commitment.report_every.unwrap_or(self.question.settings.report_every)
    }

    /// Whether the figures are older than `limit` on the day judged. Without
    /// any, age counts from the statement, else from the baseline.
    pub(super) fn older_than(&self, limit: Span, latest: Option<&Point>) -> bool {
        let from = latest
            .map(|point| point.period.last)
            .or_else(|| self.case.said())
            .or_else(|| self.start.as_ref().map(|start| start.period.last));
        from.is_some_and(|from| self.question.clock.as_of > limit.after(from))
    }

    /// Two cadences and the lag: longer is silence.
    pub(super) fn silence(&self) -> Span {
        self.cadence().twice().plus(self.question.settings.reporting_lag)
    }

    /// The goal at the deadline, or at a milestone.
    pub(super) fn goal(&self, level: f64, deadline: chrono::NaiveDate) -> Option<Goal> {
        Some(Goal {
            level,
            direction: self.terms().target.form.direction()?,
            deadline,
            net: self.case.commitment.topic.is_net(),
            running: self.case.metric.aggregate == Aggregate::RunningTotal,
        })
    }

    /// Milestones in force with their level, in order of time: those at or past
    /// the deadline are ignored (ruling 9).
    pub(super) fn milestones(&self) -> Vec<(chrono::NaiveDate, f64)> {
        let terms = self.terms();
        let start = self.start_value();
        let mut milestones: Vec<(chrono::NaiveDate, f64)> = terms
            .milestones
            .iter()
            .filter_map(|milestone| Some((milestone.deadline.day?, to_f64(milestone.target.level(start)?))))
            .filter(|(day, _)| terms.deadline.day.is_none_or(|deadline| *day < deadline))
            .collect();
        milestones.sort_by_key(|(day, _)| *day);
        milestones
    }

    fn start_value(&self) -> Option<Decimal> {
        self.start.as_ref().and_then(|start| start.value.as_ref()).map(|value| value.value)
    }

    /// The expected path; `None` without deadline, baseline value or level.
    pub(super) fn path(&self) -> Option<Path> {
        let terms = self.terms();
        if terms.target.form.is_keep() {
            return None;
        }
        let shape = self.case.commitment.path;
        let start = self.start.as_ref()?;
        let t0 = position(start.period.last);
        let tn = position(terms.deadline.day?);
        let mut corners = vec![(t0, to_f64(self.start_value()?))];
        // The compound formula knows S, T, t0 and tN alone.
        if shape != PathShape::Compound {
            corners.extend(
                self.milestones().into_iter().map(|(day, level)| (position(day), level)).filter(|(at, _)| *at > t0),
            );
        }
        corners.push((tn, to_f64(self.target?)));
        Path::new(shape, corners)
    }

    fn judge(&self, last: Option<usize>, path: Option<&Path>) -> Verdict {
        let verdict = |status| Verdict { status, latest: last, settled: false, unconfirmed: false };
        if self.in_force.withdrawn {
            return verdict(Status::Withdrawn);
        }
        if !self.in_force.superseded_by.is_empty() {
            return verdict(Status::Superseded);
        }
        if self.past_deadline() {
            return self.judge_closed(last);
        }
        verdict(self.judge_running(last, path))
    }

    /// The rows after the deadline.
    fn judge_closed(&self, last: Option<usize>) -> Verdict {
        if self.terms().target.form == TargetForm::Done {
            return self.judge_done();
        }
        let unsettled = Verdict { status: Status::Overdue, latest: last, settled: false, unconfirmed: false };
        let goal =
            self.target.zip(self.terms().deadline.day).and_then(|(level, deadline)| self.goal(to_f64(level), deadline));
        let Some(goal) = goal else { return unsettled };
        let settled = |status, by, unconfirmed| Verdict { status, latest: Some(by), settled: true, unconfirmed };
        match settle(&self.points, &goal) {
            Settlement::Kept { by, unconfirmed } => settled(Status::Kept, by, unconfirmed),
            Settlement::KeptLate { by } => settled(Status::KeptLate, by, false),
            Settlement::Missed { by } => settled(Status::Missed, by, false),
            Settlement::Unsettled { .. } => unsettled,
        }
    }

    /// A yes/no promise after its deadline.
    fn judge_done(&self) -> Verdict {
        let (status, settled) = match self.done_settlement() {
            Some((status, _)) => (status, true),
            None => (Status::Overdue, false),
        };
        Verdict { status, latest: None, settled, unconfirmed: false }
    }

    /// What the `done` entries say after the deadline, and the period that says it.
    pub(super) fn done_settlement(&self) -> Option<(Status, &str)> {
        let deadline = self.terms().deadline.day?;
        let first = |status, wanted: &dyn Fn(&Period, bool) -> bool| {
            let found = self.series.done.iter().find(|(period, done)| wanted(period, *done));
            found.map(|(period, _)| (status, period.text.as_str()))
        };
        first(Status::Kept, &|period, done| done && period.last <= deadline)
            .or_else(|| first(Status::KeptLate, &|_, done| done))
            .or_else(|| first(Status::Missed, &|period, _| period.last >= deadline))
    }

    /// The `done` entry that settled a yes/no promise, else the latest.
    fn disclosed(&self, verdict: &Verdict) -> Option<(Period, bool)> {
        if self.terms().target.form != TargetForm::Done {
            return None;
        }
        let settled = self.settled_done(verdict);
        let entries = &self.series.done;
        let by = entries.iter().find(|(period, _)| settled.as_deref() == Some(period.text.as_str()));
        by.or_else(|| entries.last()).cloned()
    }

    fn settled_done(&self, verdict: &Verdict) -> Option<String> {
        (verdict.settled && verdict.latest.is_none())
            .then(|| self.done_settlement().map(|(_, period)| period.to_owned()))?
    }

    /// The rows before the deadline, in their order.
    fn judge_running(&self, last: Option<usize>, path: Option<&Path>) -> Status {
        let terms = self.terms();
        let latest = last.map(|index| &self.points[index]);
        if terms.target.form == TargetForm::Done {
            return if self.series.done.iter().any(|(_, done)| *done) { Status::Met } else { Status::Open };
        }
        if self.latest_meets(latest) {
            return Status::Met;
        }
        if self.is_open(latest) {
            return Status::Open;
        }
        if self.older_than(self.silence(), latest) {
            return Status::Silent;
        }
        let (Some(point), Some(start)) = (latest, &self.start) else { return Status::NoData };
        let (t, t0) = (point.at(), position(start.period.last));
        if t <= t0 || start.value.is_none() || self.target.is_none() {
            return Status::NoData;
        }
        if let Some(deadline) = terms.deadline.day {
            let early = (0.15 * (position(deadline) - t0)).min(2.0);
            if !at_least(t - t0, early) {
                return Status::TooEarly;
            }
        }
        self.band(point, path, &self.numbers(last, path))
    }

    pub(super) fn latest_meets(&self, latest: Option<&Point>) -> bool {
        let (Some(point), Some(level)) = (latest, self.target) else { return false };
        let Some(goal) = self.goal(to_f64(level), chrono::NaiveDate::MAX) else { return false };
        goal.proof(point) == Proof::Meets
    }

    /// Nothing can be expected yet: a step path with nothing due, or no
    /// deadline and figures.
    pub(super) fn is_open(&self, latest: Option<&Point>) -> bool {
        if self.terms().deadline.day.is_none() {
            return latest.is_some();
        }
        let t0 = self.start.as_ref().map(|start| start.period.last);
        let due = |day: chrono::NaiveDate| day < self.question.clock.as_of && t0.is_none_or(|t0| day > t0);
        self.case.commitment.path == PathShape::Step && !self.milestones().iter().any(|(day, _)| due(*day))
    }

    /// `regressing` to `off-track`, by progress and pace (ruling 2).
    fn band(&self, point: &Point, path: Option<&Path>, numbers: &Numbers) -> Status {
        let Some(progress) = numbers.progress else { return Status::OffTrack };
        let Some(expected) = numbers.expected else {
            // A path that cannot be drawn expects nothing.
            return if progress < 0.0 { Status::Regressing } else { Status::Open };
        };
        if expected < 0.0 {
            let direction = self.terms().target.form.direction();
            let held = path
                .zip(direction)
                .is_some_and(|(path, direction)| no_worse(point.value(), path.value(point.at()), direction));
            return if held { Status::OnTrack } else { Status::OffTrack };
        }
        let settings = self.question.settings;
        match numbers.pace {
            _ if progress < 0.0 => Status::Regressing,
            None => Status::OnTrack,
            Some(pace) if at_least(pace, settings.on_track) => Status::OnTrack,
            Some(pace) if at_least(pace, settings.at_risk) => Status::AtRisk,
            Some(_) => Status::OffTrack,
        }
    }

    /// The derived ratios for V; computed whenever their parts exist, whatever
    /// the status (ruling 2).
    fn numbers(&self, latest: Option<usize>, path: Option<&Path>) -> Numbers {
        let mut numbers = Numbers::default();
        let (Some(index), Some(start)) = (latest, &self.start) else { return numbers };
        let point = &self.points[index];
        let (Some(s), Some(target)) = (start.value.as_ref().map(Number::as_f64), self.target) else {
            return numbers;
        };
        let (v, t, tt, t0) = (point.value(), point.at(), to_f64(target), position(start.period.last));
        let Some(direction) = self.terms().target.form.direction() else { return numbers };
        if t > t0 {
            numbers.pace_so_far = Some((v - s) / (t - t0));
        }
        if start.value.as_ref().is_some_and(|value| value.value != target) {
            let progress = (s - v) / (s - tt);
            numbers.progress = Some(progress);
            let metric_is_share = self.case.metric.unit.as_ref().is_some_and(crate::model::unit::Unit::is_share);
            if metric_is_share && tt != 0.0 && (v / tt - progress).abs() > 0.05 {
                numbers.share_of_target = Some(v / tt);
            }
            if let Some(path) = path {
                let expected_value = path.value(t);
                let expected = (s - expected_value) / (s - tt);
                numbers.expected_value = Some(expected_value);
                numbers.expected = Some(expected);
                numbers.pace = (expected > 0.0).then(|| progress / expected);
                if no_worse(v, s, direction) {
                    numbers.years_ahead = path.first_at(v).map(|reached| reached - t);
                }
            }
        }
        let Some(deadline) = self.terms().deadline.day.filter(|_| !self.past_deadline()) else { return numbers };
        let tn = position(deadline);
        if tn > t {
            numbers.pace_needed = Some((tt - v) / (tn - t));
        }
        numbers.projection_line = numbers.pace_so_far.map(|pace| s + pace * (tn - t0));
        numbers.projection_theil_sen = theil_sen(&self.recent(index), tn);
        let reached: Vec<bool> = [numbers.projection_line, numbers.projection_theil_sen]
            .into_iter()
            .flatten()
            .map(|value| no_worse(value, tt, direction))
            .collect();
        numbers.outlook = match (reached.iter().any(|reached| *reached), reached.iter().all(|reached| *reached)) {
            _ if reached.is_empty() => None,
            (true, true) => Some(Outlook::Likely),
            (true, false) => Some(Outlook::Uncertain),
            (false, _) => Some(Outlook::Unlikely),
        };
        numbers
    }

    /// The last values up to V, six at most, from the last break of the series on.
    pub(super) fn recent(&self, index: usize) -> Vec<(f64, f64)> {
        self.points[self.recent_from(index)..=index].iter().map(|point| (point.at(), point.value())).collect()
    }

    /// Index of the first of the values that [`recent`](Self::recent) takes.
    pub(super) fn recent_from(&self, index: usize) -> usize {
        let after_break = self.points[..=index].iter().rposition(|point| point.series_break).unwrap_or(0);
        after_break.max((index + 1).saturating_sub(6))
    }

    /// S under other terms than those in force.
    fn start_under(&self, terms: &Terms) -> Option<Number> {
        let entries = match self.case.metric.aggregate {
            Aggregate::RunningTotal => &self.series.points,
            _ => &self.points,
        };
        start(self.case, terms, entries)?.value
    }

    /// How the terms in force differ from those first promised.
    pub(super) fn change(&self) -> Change {
        if self.case.commitment.amendments.is_empty() {
            return Change::default();
        }
        let current = terms_in_force(self.case.commitment, self.question.clock.as_of, Version::Current);
        let level = |terms: &Terms| terms.target.level(self.start_under(terms).map(|value| value.value));
        let first = &self.case.commitment.terms;
        let mut change = super::compare::compare(first, &current.terms, level(first), level(&current.terms));
        if current.withdrawn {
            change.weaker.push("withdrawn");
        }
        change
    }

    /// Whether an amendment moved a declared baseline by more than 5 %.
    pub(super) fn rebaselined(&self) -> bool {
        if self.case.commitment.amendments.is_empty() {
            return false;
        }
        let current = terms_in_force(self.case.commitment, self.question.clock.as_of, Version::Current);
        let first = &self.case.commitment.terms;
        if first.baseline.is_none() || first.baseline == current.terms.baseline {
            return false;
        }
        let value = |terms: &Terms| self.start_under(terms).map(|value| value.as_f64());
        match (value(first), value(&current.terms)) {
            (Some(old), Some(new)) => {
                (new - old).abs() > 0.05 * old.abs() && !same((new - old).abs(), 0.05 * old.abs())
            }
            _ => false,
        }
    }
}

/// S with its period under the given terms, from the entries of the metric.
fn start(case: &Case<'_>, terms: &Terms, entries: &[Point]) -> Option<Start> {
    let as_written = |point: &Point| {
        let written = point.written.clone().filter(|number| number.value == point.amount);
        written.unwrap_or_else(|| Number::computed(point.amount))
    };
    let Some(baseline) = &terms.baseline else {
        // The earliest figure known serves (ruling 5).
        let derived =
            |point: &Point| Start { period: point.period.clone(), value: Some(as_written(point)), derived: true };
        return match case.metric.aggregate {
            Aggregate::RunningTotal => running(entries, Decimal::ZERO, None).first().map(derived),
            _ => entries.first().map(derived),
        };
    };
    let same_days = || entries.iter().find(|point| point.period.same_days(&baseline.period)).map(as_written);
    let value = baseline.value.clone().or_else(same_days);
    Some(Start { period: baseline.period.clone(), value, derived: false })
}

/// The running totals of entries, from the start of the terms on.
fn totals(terms: &Terms, start: Option<&Start>, entries: &[Point]) -> Vec<Point> {
    let Some(baseline) = &terms.baseline else { return running(entries, Decimal::ZERO, None) };
    let from = start.and_then(|start| start.value.as_ref()).map_or(Decimal::ZERO, |value| value.value);
    running(entries, from, Some(baseline.period.last))
}
