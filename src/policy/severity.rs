//! How much a finding matters: the one place where levels, flags and waivers
//! are weighed.

use std::collections::BTreeSet;

use super::{Found, Gate, Outcome, Subject};
use crate::diag::{Finding, Level};
use crate::model::settings::{PolicyLevel, PolicyRule, RuleLevels, Waiver};

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

/// Levels and waivers of one run, and which waivers were of use.
pub(super) struct Scale<'g> {
    gate: &'g Gate<'g>,
    used: BTreeSet<usize>,
}

impl<'g> Scale<'g> {
    pub(super) fn new(gate: &'g Gate<'g>) -> Self {
        Self { gate, used: BTreeSet::new() }
    }

    /// The outcome of a finding of the gate and the waiver that accepts it;
    /// `None` where its rule is allowed.
    pub(super) fn weigh(&mut self, found: &Found) -> Option<(Outcome, Option<&'g Waiver>)> {
        let level = self.level(found.rule, &found.subject);
        if level == PolicyLevel::Allow {
            return None;
        }
        if let Some(index) = self.waiver(found) {
            self.used.insert(index);
            return Some((Outcome::Waived, Some(&self.gate.settings.check.waivers[index])));
        }
        Some((if level == PolicyLevel::Deny { Outcome::Deny } else { Outcome::Warn }, None))
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
    fn level(&self, rule: PolicyRule, subject: &Subject) -> PolicyLevel {
        let check = &self.gate.settings.check;
        let of = |levels: &RuleLevels| levels.iter().find(|(known, _)| *known == rule).map(|(_, level)| *level);
        let organisation = check
            .organisations
            .iter()
            .find(|(id, _)| *id == subject.organisation_id)
            .and_then(|(_, levels)| of(levels));
        let topic = || {
            let topic = subject.topic?;
            check.topics.iter().find(|(known, _)| *known == topic).and_then(|(_, levels)| of(levels))
        };
        let set = organisation.or_else(topic).or_else(|| of(&check.rules)).unwrap_or(rule.default_level());
        let strict = self.gate.tighten.strict && set == PolicyLevel::Warn;
        if strict || self.gate.tighten.denies(rule.name()) { PolicyLevel::Deny } else { set }
    }

    /// The waiver in force for a finding. `lint` never looks at the day, so for
    /// it a waiver holds until it is removed.
    fn waiver(&self, found: &Found) -> Option<usize> {
        let id = found.subject.commitment.as_deref()?;
        let in_force = |waiver: &Waiver| self.gate.as_of().is_none_or(|as_of| as_of <= waiver.expires);
        self.gate
            .settings
            .check
            .waivers
            .iter()
            .position(|waiver| waiver.commitment == id && covers(waiver.rule, found.rule) && in_force(waiver))
    }

    /// Whether the waiver with this index accepted anything.
    pub(super) fn is_used(&self, index: usize) -> bool {
        self.used.contains(&index)
    }
}

/// Whether a waiver for `waived` accepts findings of `rule`: who accepts that a
/// figure is unreported accepts that it is awaited, too.
pub(super) fn covers(waived: PolicyRule, rule: PolicyRule) -> bool {
    waived == rule || waived == PolicyRule::Overdue && rule == PolicyRule::OverdueAwaiting
}
