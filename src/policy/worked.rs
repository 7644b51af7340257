//! Findings worked out: what they say, and where.

use std::borrow::Cow;

use super::dated::Told;
use super::row::{Origin, Row};
use super::rules::RULES;
use super::texts::Sight;
use super::{Found, Judged, Outcome, Verdict};
use crate::diag::{Finding, Level, Related};
use crate::model::settings::Waiver;

impl Verdict<'_> {
    /// What a finding says, and where its place and the related ones are to be seen.
    pub(super) fn worked_out(&self, row: &Row) -> (Judged, Vec<Sight>) {
        let waiver = row.waiver.map(|index| self.gate.settings.check.waivers[index].clone());
        match row.origin {
            Origin::Reader(index) => (of_reader(&self.gate.reader[index], row.outcome, self.nth(row)), Vec::new()),
            Origin::Entry(seat) => {
                let found = Told::of(self.gate, seat).found(RULES[row.rank].rule);
                of_found(&found, row.outcome, waiver, self.nth(row))
            }
            Origin::Found(index) => of_found(&self.others[index].0, row.outcome, waiver, self.nth(row)),
        }
    }
}

/// The level that excerpts show.
pub(super) const fn level(outcome: Outcome) -> Level {
    if matches!(outcome, Outcome::Error | Outcome::Deny) { Level::Error } else { Level::Warning }
}

/// What findings of the reader are told apart by, but for copies of one another.
pub(super) fn reader_identity(finding: &Finding) -> String {
    format!("{}\n{}\n{}", finding.rule, finding.place.file, finding.message)
}

/// What findings of the gate are told apart by, but for copies of one another.
pub(super) fn found_identity(found: &Found) -> String {
    format!("{}\n{}\n{}", found.rule, found.subject.id(), found.key)
}

fn of_reader(finding: &Finding, outcome: Outcome, nth: usize) -> Judged {
    Judged {
        identity: format!("{}\n{nth}", reader_identity(finding)),
        finding: Finding { level: level(outcome), ..finding.clone() },
        outcome,
        subject: None,
        deadline: None,
        days_overdue: None,
        status: None,
        waiver: None,
    }
}

fn of_found(found: &Found, outcome: Outcome, waiver: Option<Waiver>, nth: usize) -> (Judged, Vec<Sight>) {
    let related =
        |(sight, label): &(Sight, &'static str)| Related { place: sight.unread(), label: (*label).to_owned() };
    let sights = std::iter::once(&found.place).chain(found.related.iter().map(|(sight, _)| sight)).cloned().collect();
    let judged = Judged {
        identity: format!("{}\n{nth}", found_identity(found)),
        finding: Finding {
            rule: Cow::Borrowed(found.rule.name()),
            level: level(outcome),
            place: found.place.unread(),
            message: found.message.clone(),
            help: Some(found.help.clone()),
            related: found.related.iter().map(related).collect(),
        },
        outcome,
        subject: Some(found.subject.clone()),
        deadline: found.deadline,
        days_overdue: found.days_overdue,
        status: found.status,
        waiver,
    };
    (judged, sights)
}
