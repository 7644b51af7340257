//! The dated policy: what a judgement has to complain about.

use super::row::Seat;
use super::{Found, Gate, Sight, Subject};
use crate::assess::{Flag, Status};
use crate::diag::visible;
use crate::model::date::put_day;
use crate::model::settings::PolicyRule;
use crate::store::{Brief, BriefJudgement, KeptRegister};

/// The rules that find something in a judgement.
pub(super) fn rules(judged: &BriefJudgement<'_>, mut found: impl FnMut(PolicyRule)) {
    by_status(judged).into_iter().for_each(&mut found);
    for (flag, rule) in FLAGS {
        // Silence is staleness grown old: one finding is enough.
        if judged.has(*flag) && !(*flag == Flag::Stale && judged.status == Status::Silent) {
            found(*rule);
        }
    }
    if judged.late_amendment {
        found(PolicyRule::LateAmendment);
    }
}

/// Days since the deadline, where the promise is overdue.
pub(super) fn days_overdue(judged: &BriefJudgement<'_>) -> Option<i64> {
    judged.days_left.filter(|_| judged.status == Status::Overdue).map(|left| -left)
}

fn by_status(judgement: &BriefJudgement<'_>) -> Option<PolicyRule> {
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

const FLAGS: &[(Flag, PolicyRule)] = &[
    (Flag::DueSoon, PolicyRule::DueSoon),
    (Flag::Stale, PolicyRule::Stale),
    (Flag::OffsetHeavy, PolicyRule::OffsetHeavy),
    (Flag::MilestoneMissed, PolicyRule::MilestoneMissed),
];

/// A promise whose finding is told.
pub(super) struct Told<'g> {
    register: &'g KeptRegister,
    entry: Brief<'g>,
    /// As of the day judged; `None` for `lint`.
    judged: Option<BriefJudgement<'g>>,
}

impl<'g> Told<'g> {
    pub(super) fn of(gate: &Gate<'g>, seat: Seat) -> Self {
        let register = &gate.registers[seat.register()];
        let entry = register.brief(seat.entry());
        let later = |as_of: chrono::NaiveDate| (as_of - register.day).num_days();
        let judged = entry.judged.zip(gate.as_of()).map(|(judged, as_of)| judged.later(later(as_of)));
        Self { register, entry, judged }
    }

    /// The promises file, and the line of the promise in it.
    pub(super) const fn line(&self) -> (&'g str, u32) {
        (self.register.path.as_str(), self.entry.line)
    }

    /// The finding of a rule, whole.
    pub(super) fn found(&self, rule: PolicyRule) -> Found {
        let Self { register, entry, .. } = self;
        let mut message = String::new();
        self.put_message(rule, &mut message);
        let subject = Subject::entry(register, entry);
        let Some(judged) = self.judged.filter(|_| rule != PolicyRule::Draft) else {
            return Found::new(rule, subject, Sight::key(&register.path, entry.line, "draft"), message);
        };
        let mut found = Found::new(rule, subject, Sight::line(&register.path, entry.line), message);
        found.deadline = judged.deadline;
        found.status = Some(judged.status);
        found.days_overdue = days_overdue(&judged);
        if let Some((key, label)) = second_place(rule) {
            // The deadline in force may stand in an amendment.
            let line = if key == "deadline" { judged.deadline_line } else { entry.line };
            found.related.push((Sight::key(&register.path, line, key), label));
        }
        found
    }

    /// Appends what the finding of a rule says.
    pub(super) fn put_message(&self, rule: PolicyRule, out: &mut String) {
        let (entry, organisation) = (&self.entry, self.register.organisation_id.as_str());
        out.extend(["`", organisation, "/", entry.id]);
        match &self.judged {
            Some(judged) if rule != PolicyRule::Draft => {
                out.extend(["` (", &visible(entry.title), ") "]);
                self.put_words(judged, rule, out);
            }
            _ => out.push_str("` is a draft"),
        }
    }

    /// The predicate of the message.
    fn put_words(&self, judged: &BriefJudgement<'_>, rule: PolicyRule, out: &mut String) {
        let because = |words: &str, out: &mut String| out.extend([words, judged.reason]);
        let put_deadline = |out: &mut String| judged.deadline.into_iter().for_each(|day| put_day(day, out));
        match rule {
            PolicyRule::Overdue | PolicyRule::OverdueAwaiting => {
                out.extend(["is ", &days(judged.days_left.map_or(0, |left| -left)), " overdue, its deadline was "]);
                put_deadline(out);
                because(": ", out);
            }
            PolicyRule::Missed => {
                out.push_str("missed its deadline ");
                put_deadline(out);
                because(": ", out);
            }
            PolicyRule::KeptLate => because("was kept late: ", out),
            PolicyRule::Silent => because("is silent: ", out),
            PolicyRule::NoData => because("has no data: ", out),
            PolicyRule::Regressing => because("is regressing: ", out),
            PolicyRule::AtRisk => because("is at risk: ", out),
            PolicyRule::OffTrack => because("is off track: ", out),
            PolicyRule::DueSoon => {
                match judged.days_left.unwrap_or(0) {
                    0 => out.push_str("is due today, "),
                    left => out.extend(["is due in ", &days(left), ", on "]),
                }
                put_deadline(out);
            }
            PolicyRule::Stale => match (judged.latest, judged.data_age_days) {
                (Some(latest), Some(age)) => {
                    out.extend(["has no figure newer than ", latest, ", ", &days(age), " ago"])
                }
                _ => out.push_str("has no newer figure"),
            },
            PolicyRule::OffsetHeavy => {
                let share = format!("{:.0}", judged.offsets_percent.unwrap_or(0.0));
                out.extend(["offsets ", &share, " % of its gross emissions, more than it allows"]);
            }
            PolicyRule::MilestoneMissed => out.push_str("missed a milestone, and no later figure reaches it"),
            PolicyRule::LateAmendment => {
                out.push_str("was amended after its deadline had passed: that has no effect");
            }
            _ => out.push_str(judged.reason),
        }
    }
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
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
