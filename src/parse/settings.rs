//! `pledgebook.toml`: settings of the book.

use std::ops::Range;

use super::keys::{Key, Record, Shape};
use super::reader::{Fields, Reader, article};
use super::rules;
use super::tree::{Table, Value};
use crate::diag::{Finding, Source, did_you_mean, visible};
use crate::model::settings::{
    AssessmentSettings, CheckSettings, PolicyLevel, PolicyRule, RuleLevels, Settings, Waiver,
};
use crate::model::topic::Topic;

const fn key(name: &'static str, shape: Shape, required: bool, doc: &'static str) -> Key {
    Key { name, shape, required, doc }
}

/// `[assessment]`.
pub const ASSESSMENT: Record = Record {
    name: "[assessment]",
    keys: &[
        key("on-track", Shape::Number, false, "pace from which a promise is on track; 0.95 by default"),
        key("at-risk", Shape::Number, false, "pace from which it is at risk; 0.60 by default"),
        key("report-every", Shape::Span, false, "how often figures are expected; `12 months` by default"),
        key("reporting-lag", Shape::Span, false, "how long a figure may take after its period; `12 months` by default"),
        key(
            "due-soon",
            Shape::Span,
            false,
            "how long before its deadline a promise is due soon; `180 days` by default",
        ),
    ],
};

/// `[[check.waiver]]`.
pub const WAIVER: Record = Record {
    name: "[[check.waiver]]",
    keys: &[
        key("rule", Shape::Text, true, "the rule waived"),
        key("commitment", Shape::Text, true, "whole id of the commitment"),
        key("reason", Shape::Text, true, "why the finding is accepted"),
        key("expires", Shape::Day, true, "the last day on which the waiver holds"),
    ],
};

/// The settings file.
pub const SETTINGS_FILE: Record = Record {
    name: "pledgebook.toml",
    keys: &[
        key("assessment", Shape::Table(&ASSESSMENT), false, "bands and clocks of the assessment"),
        key("check", Shape::Text, false, "policy of `check`: a level per rule, and waivers"),
    ],
};

/// Reads `pledgebook.toml`. Faulty settings keep their defaults and are findings.
#[must_use]
pub fn read_settings(path: &str, text: &str) -> (Settings, Vec<Finding>) {
    let source = Source::new(path, text);
    let (mut reader, table) = Reader::open(&source);
    let file = reader.record(&SETTINGS_FILE, &table, 0..0);
    let assessment = if file.has("assessment") { reader.assessment(&file) } else { AssessmentSettings::default() };
    let check = reader.check(&file);
    (Settings { assessment, check }, reader.finish())
}

impl Reader<'_> {
    fn assessment(&mut self, file: &Fields<'_>) -> AssessmentSettings {
        let mut settings = AssessmentSettings::default();
        let Some(fields) = self.table(file, "assessment", &ASSESSMENT) else { return settings };
        for (name, slot) in [("on-track", &mut settings.on_track), ("at-risk", &mut settings.at_risk)] {
            if fields.has(name)
                && let Some(number) = self.number(&fields, name)
            {
                *slot = number.as_f64();
                if !(0.0..=10.0).contains(slot) {
                    self.report_help(
                        &rules::INVALID_VALUE,
                        &fields.span(name),
                        format!("`{name}` is {number}"),
                        "write a pace such as 0.95: 1 is exactly on the path",
                    );
                }
            }
        }
        if settings.at_risk > settings.on_track {
            self.report_help(
                &rules::CONFLICTING_FIELDS,
                &fields.span("at-risk"),
                "`at-risk` lies above `on-track`",
                "a promise falls from on-track to at-risk to off-track: write the lower pace for `at-risk`",
            );
        }
        for (name, slot) in [
            ("report-every", &mut settings.report_every),
            ("reporting-lag", &mut settings.reporting_lag),
            ("due-soon", &mut settings.due_soon),
        ] {
            if fields.has(name)
                && let Some(span) = self.span(&fields, name)
            {
                *slot = span;
            }
        }
        settings
    }

    fn check(&mut self, file: &Fields<'_>) -> CheckSettings {
        let mut settings = CheckSettings::default();
        let Some((value, span)) = file.get("check") else { return settings };
        let Value::Table(table) = value else {
            self.report_help(
                &rules::WRONG_TYPE,
                &span,
                format!("`check` is {}, not a table", article(value)),
                "write `[check]`",
            );
            return settings;
        };
        for (name, value) in table.iter() {
            match name.get_ref().as_ref() {
                "topic" => {
                    settings.topics = self
                        .scoped(value.get_ref(), value.span(), "topic")
                        .into_iter()
                        .filter_map(|(name, span, rules)| Some((self.topic(&name, &span)?, rules)))
                        .collect()
                }
                "organisation" => {
                    settings.organisations = self
                        .scoped(value.get_ref(), value.span(), "organisation")
                        .into_iter()
                        .map(|(name, _, rules)| (name, rules))
                        .collect()
                }
                "waiver" => settings.waivers = self.waivers(table),
                _ => settings.rules.extend(self.level(name.get_ref(), name.span(), value.get_ref(), &value.span())),
            }
        }
        settings
    }

    fn topic(&mut self, name: &str, span: &Range<usize>) -> Option<Topic> {
        let topic = Topic::from_name(name);
        if topic.is_none() {
            let help = did_you_mean(name, Topic::ALL.iter().map(|topic| topic.name()))
                .unwrap_or_else(|| format!("one of {}", super::keys::TOPICS.join(", ")));
            self.report_help(&rules::INVALID_VALUE, span, format!("`{}` is not a topic", visible(name)), help);
        }
        topic
    }

    /// `[check.topic.NAME]` or `[check.organisation.NAME]`.
    fn scoped(&mut self, value: &Value<'_>, span: Range<usize>, what: &str) -> Vec<(String, Range<usize>, RuleLevels)> {
        let Value::Table(table) = value else {
            self.report_help(
                &rules::WRONG_TYPE,
                &span,
                format!("`check.{what}` is {}, not a table", article(value)),
                format!("write `[check.{what}.NAME]`"),
            );
            return Vec::new();
        };
        let mut scoped = Vec::new();
        for (name, value) in table.iter() {
            let Value::Table(rules_table) = value.get_ref() else {
                self.report_help(
                    &rules::WRONG_TYPE,
                    &value.span(),
                    format!("`{}` is {}, not a table", visible(name.get_ref()), article(value.get_ref())),
                    format!("write `[check.{what}.{}]`", visible(name.get_ref())),
                );
                continue;
            };
            let levels = self.levels(rules_table);
            scoped.push((name.get_ref().clone().into_owned(), name.span(), levels));
        }
        scoped
    }

    fn levels(&mut self, table: &Table<'_>) -> RuleLevels {
        table
            .iter()
            .filter_map(|(name, value)| self.level(name.get_ref(), name.span(), value.get_ref(), &value.span()))
            .collect()
    }

    fn level(
        &mut self,
        name: &str,
        name_span: Range<usize>,
        value: &Value<'_>,
        span: &Range<usize>,
    ) -> Option<(PolicyRule, PolicyLevel)> {
        let rule = self.policy_rule(name, &name_span);
        let Value::String(text) = value else {
            self.report_help(
                &rules::WRONG_TYPE,
                span,
                format!("`{}` is {}, not a level", visible(name), article(value)),
                "write `\"allow\"`, `\"warn\"` or `\"deny\"`",
            );
            return None;
        };
        let level = PolicyLevel::from_name(text);
        if level.is_none() {
            let help = did_you_mean(text, PolicyLevel::ALL.iter().map(|level| level.name()))
                .unwrap_or_else(|| "write `\"allow\"`, `\"warn\"` or `\"deny\"`".to_owned());
            self.report_help(&rules::INVALID_VALUE, span, format!("`{}` is not a level", visible(text)), help);
        }
        Some((rule?, level?))
    }

    fn policy_rule(&mut self, name: &str, span: &Range<usize>) -> Option<PolicyRule> {
        let rule = PolicyRule::from_name(name);
        if rule.is_none() {
            let words = || PolicyRule::ALL.iter().map(|rule| rule.name());
            let help = did_you_mean(name, words())
                .unwrap_or_else(|| format!("one of {}", words().collect::<Vec<_>>().join(", ")));
            self.report_help(&rules::UNKNOWN_KEY, span, format!("`{}` is not a rule of `check`", visible(name)), help);
        }
        rule
    }

    fn waivers(&mut self, check: &Table<'_>) -> Vec<Waiver> {
        const CHECK: Record = Record {
            name: "[check]",
            keys: &[Key {
                name: "waiver",
                shape: Shape::Tables(&WAIVER),
                required: false,
                doc: "findings accepted for a while",
            }],
        };
        static CHECK_RECORD: Record = CHECK;
        let check = Fields { table: check, at: 0..0, record: &CHECK_RECORD };
        let mut waivers = Vec::new();
        for (table, at) in self.tables(&check, "waiver") {
            let fields = self.record(&WAIVER, table, at);
            let rule = self.text(&fields, "rule").and_then(|name| self.policy_rule(&name, &fields.span("rule")));
            let commitment = self.text(&fields, "commitment");
            let reason = self.text(&fields, "reason");
            let expires = self.day(&fields, "expires");
            if let (Some(rule), Some(commitment), Some(reason), Some(expires)) = (rule, commitment, reason, expires) {
                waivers.push(Waiver { rule, commitment, reason, expires, line: self.source.line(fields.at.start) });
            }
        }
        waivers
    }
}
