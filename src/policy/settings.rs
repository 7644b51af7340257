//! What is wrong with the policy itself: waivers expired or of no use, levels
//! for organisations that are not there.

use std::collections::BTreeSet;

use super::rules::{Occasion, entry};
use super::{Found, Gate, Sight, Subject};
use crate::diag::{did_you_mean, visible};
use crate::model::settings::{PolicyRule, Waiver};

/// Findings about the settings, once everything else has been weighed.
pub(super) fn check(gate: &Gate<'_>, used: &BTreeSet<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, waiver) in gate.settings.check.waivers.iter().enumerate() {
        found.extend(one(gate, waiver, used.contains(&index)));
    }
    for (id, _) in &gate.settings.check.organisations {
        found.extend(organisation(gate, id));
    }
    found
}

fn one(gate: &Gate<'_>, waiver: &Waiver, used: bool) -> Option<Found> {
    let (organisation, _) = waiver.commitment.split_once('/').unwrap_or((&waiver.commitment, ""));
    let subject = gate.subject(&waiver.commitment);
    let name = format!("the waiver of `{}` for `{}`", waiver.rule, visible(&waiver.commitment));
    let found = |rule, key: &'static str, message: String| {
        let place = if key.is_empty() {
            Sight::line(gate.settings_file, waiver.line)
        } else {
            Sight::key(gate.settings_file, waiver.line, key)
        };
        let subject = Subject { commitment: Some(waiver.commitment.clone()), ..subject.clone().unwrap_or_default() };
        Found::new(rule, subject, place, message).key(waiver.rule.name())
    };
    if gate.as_of().is_some_and(|as_of| as_of > waiver.expires) {
        return Some(found(PolicyRule::WaiverExpired, "expires", format!("{name} expired on {}", waiver.expires)));
    }
    // Promises that could not be judged, or were not asked for, say nothing.
    if used || gate.is_left_out(organisation) || !gate.looks_at(waiver.rule) {
        return None;
    }
    match gate.promise(&waiver.commitment) {
        Some((register, index)) if !(gate.wants)(register, index) => None,
        Some(_) => {
            Some(found(PolicyRule::WaiverUnused, "", format!("{name} accepts nothing: the rule finds nothing there")))
        }
        None => {
            let mut unused = found(
                PolicyRule::WaiverUnused,
                "commitment",
                format!("{name} accepts nothing: there is no such promise"),
            );
            let ids = gate.ids();
            if let Some(near) = did_you_mean(&waiver.commitment, ids.iter().map(String::as_str)) {
                unused.help = near;
            }
            Some(unused)
        }
    }
}

fn organisation(gate: &Gate<'_>, id: &str) -> Option<Found> {
    if gate.register(id).is_some() || gate.is_left_out(id) {
        return None;
    }
    let place = Sight::words(gate.settings_file, &format!("organisation.{id}"));
    let message = format!("[check.organisation.{}] names no organisation of the book", visible(id));
    let mut found = Found::new(PolicyRule::SettingUnused, Subject::default(), place, message).key(id);
    let ids = gate.registers.iter().map(|register| register.organisation_id.as_str());
    if let Some(near) = did_you_mean(id, ids) {
        found.help = near;
    }
    Some(found)
}

/// Whether a rule of this occasion is looked at in a run.
pub(super) fn is_looked_at(gate: &Gate<'_>, rule: PolicyRule) -> bool {
    match entry(rule).occasion {
        Occasion::Dated => gate.dated.is_some(),
        Occasion::Since => gate.since.is_some(),
        Occasion::Record | Occasion::Settings => true,
    }
}
