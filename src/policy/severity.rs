//! How much a finding matters: the one place where levels, flags and waivers
//! are weighed.

use super::{Found, Gate, Outcome};
use crate::diag::{Finding, Level};
use crate::model::settings::{PolicyLevel, PolicyRule, RuleLevels, Waiver};
use crate::model::topic::Topic;
use crate::store::{Brief, KeptRegister};

/// What flags of the command line add to the settings. They only tighten:
/// nothing here makes a finding matter less.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tighten {
    /// Every warning denies.
    pub strict: bool,
    /// Rules that deny, whatever the settings say: the gate's or the reader's.
    pub deny: Vec<String>,
}

impl Tighten {
    fn denies(&self, rule: &str) -> bool {
        self.deny.iter().any(|denied| denied == rule)
    }
}

/// What settings look at in whom a finding is about.
pub(super) struct About<'f> {
    organisation_id: &'f str,
    topic: Option<Topic>,
    /// Both halves of the whole id; `None` for an organisation or the settings.
    commitment: Option<(&'f str, &'f str)>,
}

impl<'f> About<'f> {
    pub(super) fn entry(register: &'f KeptRegister, entry: &Brief<'f>) -> Self {
        let organisation_id = register.organisation_id.as_str();
        Self { organisation_id, topic: Some(entry.topic), commitment: Some((organisation_id, entry.id)) }
    }

    pub(super) fn found(found: &'f Found) -> Self {
        let subject = &found.subject;
        Self {
            organisation_id: &subject.organisation_id,
            topic: subject.topic,
            commitment: subject.commitment.as_deref().map(halves),
        }
    }
}

fn halves(id: &str) -> (&str, &str) {
    id.split_once('/').unwrap_or((id, ""))
}

/// What a finding comes to: its outcome, and the place of the waiver that accepts it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub(super) outcome: Outcome,
    pub(super) waiver: Option<usize>,
}

/// Levels and waivers of one run.
pub(super) struct Scale<'g> {
    gate: &'g Gate<'g>,
}

impl<'g> Scale<'g> {
    pub(super) const fn new(gate: &'g Gate<'g>) -> Self {
        Self { gate }
    }

    /// What a finding of the gate comes to; `None` where its rule is allowed.
    pub(super) fn weigh(&self, rule: PolicyRule, about: &About<'_>) -> Option<Weight> {
        let level = self.level(rule, about);
        if level == PolicyLevel::Allow {
            return None;
        }
        if let Some(index) = self.waiver(rule, about) {
            return Some(Weight { outcome: Outcome::Waived, waiver: Some(index) });
        }
        let outcome = if level == PolicyLevel::Deny { Outcome::Deny } else { Outcome::Warn };
        Some(Weight { outcome, waiver: None })
    }

    /// The outcome of a finding of the reader: errors are no matter of policy.
    pub(super) fn weigh_reader(&self, finding: &Finding) -> Outcome {
        let denied = self.gate.tighten.strict || self.gate.tighten.denies(&finding.rule);
        match finding.level {
            Level::Error => Outcome::Error,
            Level::Warning if denied => Outcome::Deny,
            Level::Warning => Outcome::Warn,
        }
    }

    /// Organisation over topic over the book over the default; flags on top.
    fn level(&self, rule: PolicyRule, about: &About<'_>) -> PolicyLevel {
        let check = &self.gate.settings.check;
        let of = |levels: &RuleLevels| levels.iter().find(|(known, _)| *known == rule).map(|(_, level)| *level);
        let organisation =
            check.organisations.iter().find(|(id, _)| id == about.organisation_id).and_then(|(_, levels)| of(levels));
        let topic = || {
            let topic = about.topic?;
            check.topics.iter().find(|(known, _)| *known == topic).and_then(|(_, levels)| of(levels))
        };
        let set = organisation.or_else(topic).or_else(|| of(&check.rules)).unwrap_or(rule.default_level());
        let strict = self.gate.tighten.strict && set == PolicyLevel::Warn;
        if strict || self.gate.tighten.denies(rule.name()) { PolicyLevel::Deny } else { set }
    }

    /// The waiver in force for a finding. `lint` never looks at the day, so for
    /// it a waiver holds until it is removed.
    fn waiver(&self, rule: PolicyRule, about: &About<'_>) -> Option<usize> {
        let id = about.commitment?;
        let in_force = |waiver: &Waiver| self.gate.as_of().is_none_or(|as_of| as_of <= waiver.expires);
        self.gate
            .settings
            .check
            .waivers
            .iter()
            .position(|waiver| halves(&waiver.commitment) == id && covers(waiver.rule, rule) && in_force(waiver))
    }
}

/// Whether a waiver for `waived` accepts findings of `rule`: who accepts that a
/// figure is unreported accepts that it is awaited, too.
pub(super) fn covers(waived: PolicyRule, rule: PolicyRule) -> bool {
    waived == rule || waived == PolicyRule::Overdue && rule == PolicyRule::OverdueAwaiting
}
