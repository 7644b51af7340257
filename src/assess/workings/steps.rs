//! The rules of the status, in the order in which they are tried.

use super::super::judge::Facts;
use super::super::number::{Proof, at_least, no_worse};
use super::super::status::Status;
use super::super::{Assessment, keep};
use crate::model::date::position;
use crate::model::number::to_f64;
use crate::model::target::{Direction, TargetForm};

/// A comparison over named values.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Such as `pace >= on_track`; comparisons allow 1e-9 of the larger side.
    pub formula: &'static str,
    /// The values put in, by name.
    pub inputs: Vec<(&'static str, f64)>,
}

/// One rule of the table of statuses, tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The status it gives.
    pub status: Status,
    /// Whether it fits.
    pub holds: bool,
    /// What it asks, in words.
    pub asks: String,
    /// The comparison, where numbers decide alone.
    pub test: Option<Test>,
}

/// Steps as they are tried.
struct Trial<'f> {
    facts: &'f Facts<'f>,
    assessment: &'f Assessment,
    steps: Vec<Step>,
}

impl Trial<'_> {
    fn step(&mut self, status: Status, holds: bool, asks: impl Into<String>) {
        self.push(status, holds, asks, None);
    }

    fn push(&mut self, status: Status, holds: bool, asks: impl Into<String>, test: Option<Test>) {
        if self.steps.last().is_none_or(|last| !last.holds) {
            self.steps.push(Step { status, holds, asks: asks.into(), test });
        }
    }

    /// A rule that the judgement answered as a whole.
    fn settled(&mut self, status: Status, asks: impl Into<String>) {
        let holds = self.assessment.status == status;
        self.step(status, holds, asks);
    }
}

/// The rules tried, up to the one that fits.
pub(super) fn steps(facts: &Facts<'_>, assessment: &Assessment, latest: Option<usize>) -> Vec<Step> {
    let mut trial = Trial { facts, assessment, steps: Vec::new() };
    trial.step(Status::Withdrawn, facts.in_force.withdrawn, "an amendment in force withdraws it");
    let superseded = !facts.in_force.superseded_by.is_empty();
    trial.step(Status::Superseded, superseded, "an amendment in force names what replaces it");
    if facts.past_deadline() {
        closed(&mut trial);
    } else if facts.terms().target.form.is_keep() {
        keeping(&mut trial);
    } else {
        running(&mut trial, latest);
    }
    trial.steps
}

fn closed(trial: &mut Trial<'_>) {
    let deadline = trial.facts.terms().deadline.day.map_or_else(String::new, |day| day.to_string());
    let form = trial.facts.terms().target.form;
    if form.is_keep() {
        trial.settled(Status::Missed, "a period from the start to the deadline fails");
        trial.settled(Status::Kept, format!("every period meets it, the one that holds {deadline} among them"));
    } else if form == TargetForm::Done {
        trial.settled(Status::Kept, format!("done in a period that ends by {deadline}"));
        trial.settled(Status::KeptLate, "done later");
        trial.settled(Status::Missed, "an entry for the deadline or later says that it was not done");
    } else {
        trial.settled(
            Status::Kept,
            format!(
                "the figure of the period that holds {deadline} meets the target; without one, the latest before it"
            ),
        );
        trial.settled(Status::KeptLate, "a later figure meets it");
        trial.settled(Status::Missed, "the final figure fails it; without one, a later figure");
    }
    trial.step(Status::Overdue, true, format!("the deadline {deadline} has passed and no figure settles it"));
}

fn keeping(trial: &mut Trial<'_>) {
    let facts = trial.facts;
    let judged = keep::judged(facts);
    let last = judged.last().map(|&index| &facts.points[index]);
    let silence = facts.silence();
    trial.step(Status::Silent, facts.older_than(silence, last), format!("no figure for more than {silence}"));
    trial.step(Status::NoData, last.is_none(), "no figure for a period in which it is to be kept");
    let breach = judged.iter().any(|&index| keep::proof(facts, index) == Some(Proof::Fails));
    trial.step(Status::OffTrack, breach, "a period judged fails the target");
    trial.step(Status::OnTrack, true, "no period judged fails the target");
}

fn running(trial: &mut Trial<'_>, latest: Option<usize>) {
    let facts = trial.facts;
    let point = latest.map(|index| &facts.points[index]);
    if facts.terms().target.form == TargetForm::Done {
        let done = facts.series.done.iter().any(|(_, done)| *done);
        trial.step(Status::Met, done, "an entry says that it was done");
        trial.step(Status::Open, true, "a yes/no promise before its deadline");
        return;
    }
    trial.push(Status::Met, facts.latest_meets(point), "the latest figure meets the target", met_test(facts, latest));
    let open = if facts.terms().deadline.day.is_none() {
        "it names no deadline, and there are figures"
    } else {
        "its path goes in steps, and none is due yet"
    };
    trial.step(Status::Open, facts.is_open(point), open);
    let silence = facts.silence();
    trial.step(Status::Silent, facts.older_than(silence, point), format!("no figure for more than {silence}"));
    let judged = judged_times(facts, latest);
    trial.step(Status::NoData, judged.is_none(), "no figure beyond the baseline");
    let Some((t, t0)) = judged else { return };
    if let Some(deadline) = facts.terms().deadline.day {
        let early = (0.15 * (position(deadline) - t0)).min(2.0);
        let test = Test { formula: "t - t0 < early", inputs: vec![("t", t), ("t0", t0), ("early", early)] };
        let asks = "sooner after the baseline than 15 % of the way, or two years";
        trial.push(Status::TooEarly, !at_least(t - t0, early), asks, Some(test));
    }
    bands(trial, latest);
}

/// The comparison of V with T, where V is no bound and no gross figure.
fn met_test(facts: &Facts<'_>, latest: Option<usize>) -> Option<Test> {
    let point = &facts.points[latest?];
    if point.bound.is_some() {
        return None;
    }
    let formula = match facts.terms().target.form.direction()? {
        Direction::Down => "V <= T",
        Direction::Up => "V >= T",
    };
    Some(Test { formula, inputs: vec![("V", point.value()), ("T", to_f64(facts.target?))] })
}

/// t and t0, where there is a value beyond a baseline with a value.
fn judged_times(facts: &Facts<'_>, latest: Option<usize>) -> Option<(f64, f64)> {
    let (point, start) = (&facts.points[latest?], facts.start.as_ref()?);
    let (t, t0) = (point.at(), position(start.period.last));
    (t > t0 && start.value.is_some() && facts.target.is_some()).then_some((t, t0))
}

fn bands(trial: &mut Trial<'_>, latest: Option<usize>) {
    let numbers = trial.assessment.numbers;
    let settings = trial.facts.question.settings;
    let Some(progress) = numbers.progress else {
        trial.step(Status::OffTrack, true, "the baseline equals the target, and the latest figure does not meet it");
        return;
    };
    let behind = Some(Test { formula: "p < 0", inputs: vec![("p", progress)] });
    let Some(expected) = numbers.expected else {
        trial.push(Status::Regressing, progress < 0.0, "worse than the baseline", behind);
        trial.step(Status::Open, true, "no path can be drawn, so that nothing is expected");
        return;
    };
    if expected < 0.0 {
        return off_the_way(trial, latest);
    }
    trial.push(Status::Regressing, progress < 0.0, "worse than the baseline", behind);
    let Some(pace) = numbers.pace else {
        trial.step(Status::OnTrack, true, "nothing is expected yet, and it is no worse than the baseline");
        return;
    };
    let test = |formula, name, band| Some(Test { formula, inputs: vec![("pace", pace), (name, band)] });
    let (on_track, at_risk) = (settings.on_track, settings.at_risk);
    let asks = "the pace reaches the upper band";
    trial.push(Status::OnTrack, at_least(pace, on_track), asks, test("pace >= on_track", "on_track", on_track));
    let asks = "the pace reaches the lower band";
    trial.push(Status::AtRisk, at_least(pace, at_risk), asks, test("pace >= at_risk", "at_risk", at_risk));
    let asks = "the pace stays below the lower band";
    trial.push(Status::OffTrack, true, asks, test("pace < at_risk", "at_risk", at_risk));
}

/// The path leads away from the target at first: V counts against the path.
fn off_the_way(trial: &mut Trial<'_>, latest: Option<usize>) {
    let facts = trial.facts;
    let path = trial.assessment.path.as_ref();
    let held = latest.zip(path).zip(facts.terms().target.form.direction()).is_some_and(|((index, path), direction)| {
        let point = &facts.points[index];
        no_worse(point.value(), path.value(point.at()), direction)
    });
    trial.step(Status::OnTrack, held, "the path leads away from the target by now, and the value is no worse than it");
    trial.step(Status::OffTrack, true, "the value is worse than the path, which leads away from the target by now");
}
