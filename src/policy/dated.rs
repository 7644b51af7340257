//! The dated policy: what an assessment has to complain about.

use super::{Found, Subject, Texts};
use crate::assess::{Assessment, Flag, Status};
use crate::diag::visible;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::PolicyRule;

/// What is found about one promise on the day judged.
pub(super) fn check(
    dossier: &Dossier,
    commitment: &Commitment,
    assessment: &Assessment,
    texts: &Texts<'_>,
    found: &mut Vec<Found>,
) {
    let late = assessment.in_force.fates.iter().any(|fate| fate.late).then_some(PolicyRule::LateAmendment);
    let flags = assessment.flags.iter().filter_map(|flag| by_flag(*flag));
    let rules = by_status(assessment).into_iter().chain(flags).chain(late);
    for rule in rules {
        // Silence is staleness grown old: one finding is enough.
        if rule == PolicyRule::Stale && assessment.status == Status::Silent {
            continue;
        }
        found.push(one(dossier, commitment, assessment, rule, texts));
    }
}

fn by_status(assessment: &Assessment) -> Option<PolicyRule> {
    match assessment.status {
        Status::Overdue if assessment.awaiting => Some(PolicyRule::OverdueAwaiting),
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

fn one(
    dossier: &Dossier,
    commitment: &Commitment,
    assessment: &Assessment,
    rule: PolicyRule,
    texts: &Texts<'_>,
) -> Found {
    let subject = Subject::commitment(dossier, commitment);
    let message = format!("`{}` ({}) {}", subject.id(), visible(&commitment.title), words(assessment, rule));
    let mut found = Found::new(rule, subject, texts.line(&dossier.path, commitment.line), message);
    found.deadline = assessment.deadline;
    found.status = Some(assessment.status);
    if assessment.status == Status::Overdue {
        found.days_overdue = assessment.days_left.map(|left| -left);
    }
    if let Some((key, label)) = second_place(rule) {
        // The deadline in force may stand in an amendment.
        let amended = (key == "deadline")
            .then(|| assessment.in_force.last_effect(commitment, |amendment| amendment.deadline.is_some()))
            .flatten();
        let line = amended.map_or(commitment.line, |amendment| amendment.line);
        let place = texts.key(&dossier.path, line, &[key]);
        if place.line != found.place.line {
            found.related.push((place, label.to_owned()));
        }
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
fn words(assessment: &Assessment, rule: PolicyRule) -> String {
    let deadline = assessment.deadline.map_or_else(String::new, |day| day.to_string());
    let days = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let late = assessment.days_left.map_or(0, |left| -left);
    match rule {
        PolicyRule::Overdue | PolicyRule::OverdueAwaiting => {
            format!("is {} overdue, its deadline was {deadline}: {}", days(late), assessment.reason)
        }
        PolicyRule::Missed => format!("missed its deadline {deadline}: {}", assessment.reason),
        PolicyRule::KeptLate => format!("was kept late: {}", assessment.reason),
        PolicyRule::Silent => format!("is silent: {}", assessment.reason),
        PolicyRule::NoData => format!("has no data: {}", assessment.reason),
        PolicyRule::Regressing => format!("is regressing: {}", assessment.reason),
        PolicyRule::AtRisk => format!("is at risk: {}", assessment.reason),
        PolicyRule::OffTrack => format!("is off track: {}", assessment.reason),
        PolicyRule::DueSoon => match -late {
            0 => format!("is due today, {deadline}"),
            left => format!("is due in {}, on {deadline}", days(left)),
        },
        PolicyRule::Stale => match (&assessment.latest, assessment.data_age_days) {
            (Some(latest), Some(age)) => format!("has no figure newer than {}, {} ago", latest.period, days(age)),
            _ => "has no newer figure".to_owned(),
        },
        PolicyRule::OffsetHeavy => {
            let share = assessment.latest.as_ref().and_then(|latest| latest.offsets_percent).unwrap_or(0.0);
            format!("offsets {share:.0} % of its gross emissions, more than it allows")
        }
        PolicyRule::MilestoneMissed => "missed a milestone, and no later figure reaches it".to_owned(),
        PolicyRule::LateAmendment => "was amended after its deadline had passed: that has no effect".to_owned(),
        _ => assessment.reason.clone(),
    }
}
