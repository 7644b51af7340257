//! Settings of a book (`pledgebook.toml`).

use chrono::NaiveDate;

use super::span::Span;
use super::topic::Topic;

/// Everything `pledgebook.toml` can say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Bands and clocks of the assessment.
    pub assessment: AssessmentSettings,
    /// Policy of `check`.
    pub check: CheckSettings,
}

/// Bands and clocks of the assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessmentSettings {
    /// Pace from which a promise is `on-track`; 0.95 is Eurostat's band.
    pub on_track: f64,
    /// Pace from which it is `at-risk`; 0.60 is Eurostat's band.
    pub at_risk: f64,
    /// How often figures are expected.
    pub report_every: Span,
    /// How long after the end of a period its figure may take.
    pub reporting_lag: Span,
    /// How long before its deadline a promise is `due-soon`.
    pub due_soon: Span,
}

impl Default for AssessmentSettings {
    fn default() -> Self {
        Self {
            on_track: 0.95,
            at_risk: 0.60,
            report_every: Span::months(12),
            reporting_lag: Span::months(12),
            due_soon: Span::days(180),
        }
    }
}

super::words::words! {
    /// What `check` does about a rule's findings.
    PolicyLevel {
        Allow = "allow",
        Warn = "warn",
        Deny = "deny",
    }
}

super::words::words! {
    /// Rules of `check` that a book may set.
    PolicyRule {
        Overdue = "overdue",
        OverdueAwaiting = "overdue-awaiting",
        Missed = "missed",
        KeptLate = "kept-late",
        Weakened = "weakened",
        AmendedWeaker = "amended-weaker",
        OffTrack = "off-track",
        AtRisk = "at-risk",
        Regressing = "regressing",
        Silent = "silent",
        Stale = "stale",
        DueSoon = "due-soon",
        MilestoneMissed = "milestone-missed",
        NoData = "no-data",
        OffsetHeavy = "offset-heavy",
        LateAmendment = "late-amendment",
        Removed = "removed",
        Rescoped = "rescoped",
        Reworded = "reworded",
        AmendmentRemoved = "amendment-removed",
        NotCompared = "not-compared",
        QuoteNotFound = "quote-not-found",
        HashMismatch = "hash-mismatch",
        ArchivedTextMissing = "archived-text-missing",
        Draft = "draft",
        WaiverExpired = "waiver-expired",
        WaiverUnused = "waiver-unused",
        SettingUnused = "setting-unused",
    }
}

impl PolicyRule {
    /// The level without a setting (design §6).
    #[must_use]
    pub const fn default_level(self) -> PolicyLevel {
        match self {
            Self::Overdue | Self::OverdueAwaiting | Self::Missed | Self::Weakened => PolicyLevel::Deny,
            Self::Removed | Self::Rescoped | Self::Reworded | Self::AmendmentRemoved => PolicyLevel::Deny,
            Self::QuoteNotFound | Self::HashMismatch | Self::ArchivedTextMissing => PolicyLevel::Deny,
            _ => PolicyLevel::Warn,
        }
    }
}

/// A rule and its level, in the order written.
pub type RuleLevels = Vec<(PolicyRule, PolicyLevel)>;

/// Policy of `check`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckSettings {
    /// For the whole book.
    pub rules: RuleLevels,
    /// For one topic; over the book's.
    pub topics: Vec<(Topic, RuleLevels)>,
    /// For one organisation's id; over its topic's.
    pub organisations: Vec<(String, RuleLevels)>,
    /// Findings accepted for a while.
    pub waivers: Vec<Waiver>,
}

/// A finding accepted for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule waived.
    pub rule: PolicyRule,
    /// Whole id of the commitment.
    pub commitment: String,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub expires: NaiveDate,
    /// Line of the table, from 1.
    pub line: u32,
}
