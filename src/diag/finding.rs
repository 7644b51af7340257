//! One complaint, with its place and what would be right.

use std::borrow::Cow;

use super::{Place, Rule};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The record cannot be judged.
    Error,
    /// Probably not meant; judged all the same.
    Warning,
}

impl Level {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    /// The level written as `word`.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Self::Error),
            "warning" => Some(Self::Warning),
            _ => None,
        }
    }
}

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub label: String,
}

/// A complaint about the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// How much it matters.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What is wrong: lower case, no trailing dot, names in backticks.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// Other places that take part.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding of `rule` at its default level.
    #[must_use]
    pub fn new(rule: &Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(rule.id),
            level: rule.level,
            place,
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds what would be right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what would be right, where something is known.
    #[must_use]
    pub fn help_opt(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Related { place, label: label.into() });
        self
    }

    /// Whether the record cannot be judged.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// Order of findings: by file, then position, then rule.
    #[must_use]
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        fn key(finding: &Finding) -> (&str, u32, u32, &str, &str) {
            let place = &finding.place;
            (&place.file, place.line, place.column, &finding.rule, &finding.message)
        }
        key(self).cmp(&key(other))
    }
}
