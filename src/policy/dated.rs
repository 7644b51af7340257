//! The dated policy: what a judgement has to complain about.

use super::{Found, Sight, Subject};
use crate::assess::{Entry, Flag, Judgement, Status};
use crate::diag::visible;
use crate::model::settings::PolicyRule;
use crate::store::KeptRegister;

/// What is found about one promise on the day judged.
pub(super) fn check(
    register: &KeptRegister,
    entry: &Entry,
    subject: &Subject,
    judgement: &Judgement,
    found: &mut Vec<Found>,
) {
    let late = judgement.late_amendment.then_some(PolicyRule::LateAmendment);
    let flags = judgement.flags.iter().filter_map(|flag| by_flag(*flag));
    let rules = by_status(judgement).into_iter().chain(flags).chain(late);
    for rule in rules {
        // Silence is staleness grown old: one finding is enough.
        if rule == PolicyRule::Stale && judgement.status == Status::Silent {
            continue;
        }
        found.push(one(register, entry, subject.clone(), judgement, rule));
    }
}

fn by_status(judgement: &Judgement) -> Option<PolicyRule> {
    match judgement.status {
        Status::Overdue if judgement.awaiting => Some(PolicyRule::OverdueAwaiting),
        Status::Overdue => Some(PolicyRule::Overdue),
        Status::Missed => Some(PolicyRule::Missed),
        Status::KeptLate => Some(PolicyRule::KeptLate),
        Status::Silent => Some(PolicyRule::Silent),
        Status::NoData => Some(PolicyRule::NoData),
        Status::Regressing => Some(PolicyRule::Regressing),
        Status::AtRisk => Some(PolicyRule::AtRisk),
        Status::OffTrack => Some(PolicyRule::OffTrack),
        Status::Withdrawn
        | Status::Superseded
        | Status::Kept
        | Status::Met
        | Status::Open
        | Status::TooEarly
        | Status::OnTrack => None,
    }
}

fn by_flag(flag: Flag) -> Option<PolicyRule> {
    match flag {
        Flag::DueSoon => Some(PolicyRule::DueSoon),
        Flag::Stale => Some(PolicyRule::Stale),
        Flag::OffsetHeavy => Some(PolicyRule::OffsetHeavy),
        Flag::MilestoneMissed => Some(PolicyRule::MilestoneMissed),
        _ => None,
    }
}

fn one(register: &KeptRegister, entry: &Entry, subject: Subject, judgement: &Judgement, rule: PolicyRule) -> Found {
    let message = format!("`{}` ({}) {}", subject.id(), visible(&entry.title), words(judgement, rule));
    let mut found = Found::new(rule, subject, Sight::line(&register.path, entry.line), message);
    found.deadline = judgement.deadline;
    found.status = Some(judgement.status);
    if judgement.status == Status::Overdue {
        found.days_overdue = judgement.days_left.map(|left| -left);
    }
    if let Some((key, label)) = second_place(rule) {
        // The deadline in force may stand in an amendment.
        let line = if key == "deadline" { judgement.deadline_line } else { entry.line };
        found.related.push((Sight::key(&register.path, line, key), label));
    }
    found
}

/// The key that a finding is about, and a word for it in the excerpt.
fn second_place(rule: PolicyRule) -> Option<(&'static str, &'static str)> {
    match rule {
        PolicyRule::Overdue | PolicyRule::OverdueAwaiting | PolicyRule::KeptLate | PolicyRule::DueSoon => {
            Some(("deadline", "the deadline"))
        }
        PolicyRule::Missed | PolicyRule::OffTrack | PolicyRule::AtRisk | PolicyRule::Regressing => {
            Some(("target", "the target"))
        }
        PolicyRule::MilestoneMissed => Some(("milestones", "the milestones")),
        PolicyRule::OffsetHeavy => Some(("offsets", "the offset rule")),
        _ => None,
    }
}

/// The predicate of the message.
fn words(judgement: &Judgement, rule: PolicyRule) -> String {
    let deadline = judgement.deadline.map_or_else(String::new, |day| day.to_string());
    let days = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let late = judgement.days_left.map_or(0, |left| -left);
    match rule {
        PolicyRule::Overdue | PolicyRule::OverdueAwaiting => {
            format!("is {} overdue, its deadline was {deadline}: {}", days(late), judgement.reason)
        }
        PolicyRule::Missed => format!("missed its deadline {deadline}: {}", judgement.reason),
        PolicyRule::KeptLate => format!("was kept late: {}", judgement.reason),
        PolicyRule::Silent => format!("is silent: {}", judgement.reason),
        PolicyRule::NoData => format!("has no data: {}", judgement.reason),
        PolicyRule::Regressing => format!("is regressing: {}", judgement.reason),
        PolicyRule::AtRisk => format!("is at risk: {}", judgement.reason),
        PolicyRule::OffTrack => format!("is off track: {}", judgement.reason),
        PolicyRule::DueSoon => match -late {
            0 => format!("is due today, {deadline}"),
            left => format!("is due in {}, on {deadline}", days(left)),
        },
        PolicyRule::Stale => match (&judgement.latest, judgement.data_age_days) {
            (Some(latest), Some(age)) => format!("has no figure newer than {}, {} ago", latest.period, days(age)),
            _ => "has no newer figure".to_owned(),
        },
        PolicyRule::OffsetHeavy => {
            let share = judgement.latest.as_ref().and_then(|latest| latest.offsets_percent).unwrap_or(0.0);
            format!("offsets {share:.0} % of its gross emissions, more than it allows")
        }
        PolicyRule::MilestoneMissed => "missed a milestone, and no later figure reaches it".to_owned(),
        PolicyRule::LateAmendment => "was amended after its deadline had passed: that has no effect".to_owned(),
        _ => judgement.reason.clone(),
    }
}
