//! One file being read: its text, its TOML table and the findings so far.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::keys::{Key, Record};
use super::rules;
use crate::diag::{Finding, Level, Rule, Source, did_you_mean, visible};

/// Most syntax errors told of one file; junk would make thousands.
const MOST_SYNTAX_ERRORS: usize = 20;

/// The file being read. Findings are collected, reading goes on.
pub(crate) struct Reader<'s> {
    pub(crate) source: &'s Source<'s>,
    pub(crate) findings: Vec<Finding>,
    /// Whether a record was met whose id cannot be read.
    pub(crate) unnamed_records: bool,
    /// Lines with syntax errors: what stands there is not judged again.
    broken_lines: Vec<u32>,
}

impl<'s> Reader<'s> {
    /// Parses the file's TOML; syntax errors become findings at once.
    pub(crate) fn open(source: &'s Source<'s>) -> (Self, DeTable<'s>) {
        let (table, errors) = DeTable::parse_recoverable(source.text);
        let mut reader = Self { source, findings: Vec::new(), unnamed_records: false, broken_lines: Vec::new() };
        for error in errors.iter().take(MOST_SYNTAX_ERRORS) {
            let span = error.span().unwrap_or(0..0);
            let place = source.place(&span);
            if reader.broken_lines.contains(&place.line) {
                continue;
            }
            reader.broken_lines.push(place.line);
            reader.findings.push(
                Finding::new(&rules::TOML_SYNTAX, place, visible(error.message()))
                    .help_opt(syntax_help(error.message())),
            );
        }
        if errors.len() > MOST_SYNTAX_ERRORS
            && let Some(last) = reader.findings.last_mut()
        {
            last.message.push_str(&format!(" (and {} more errors)", errors.len() - MOST_SYNTAX_ERRORS));
        }
        (reader, table.into_inner())
    }

    /// Whether the TOML itself is broken, so that absence proves nothing.
    pub(crate) fn is_broken(&self) -> bool {
        !self.broken_lines.is_empty()
    }

    /// Whether anything found so far makes the file unusable.
    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// Collects a finding and hands it out for more words.
    pub(crate) fn report(&mut self, rule: &Rule, span: &Range<usize>, message: impl Into<String>) -> &mut Finding {
        let finding = Finding::new(rule, self.source.place(span), message);
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Collects a finding with what would be right.
    pub(crate) fn report_help(
        &mut self,
        rule: &Rule,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(rule, span, message).help = Some(help.into());
    }

    /// Collects a finding about something absent, unless the TOML is broken:
    /// then it may stand in the part that could not be read.
    pub(crate) fn report_absent(
        &mut self,
        rule: &Rule,
        span: &Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        if !self.is_broken() {
            self.report(rule, span, message).help = help;
        }
    }

    /// The findings without those that only echo a syntax error, in order.
    pub(crate) fn finish(self) -> Vec<Finding> {
        let broken = self.broken_lines;
        let mut findings: Vec<Finding> = self
            .findings
            .into_iter()
            .filter(|finding| finding.rule == rules::TOML_SYNTAX.id || !broken.contains(&finding.place.line))
            .collect();
        findings.sort_by(Finding::order);
        findings.dedup();
        findings
    }

    /// The table of one record: unknown keys become findings here.
    pub(crate) fn record<'t>(
        &mut self,
        record: &'static Record,
        table: &'t DeTable<'t>,
        at: Range<usize>,
    ) -> Fields<'t> {
        for name in table.keys() {
            let known = |key: &&Key| key.name == name.get_ref().as_ref();
            if !record.keys.iter().any(|key| known(&key)) {
                let word = visible(name.get_ref());
                let help = did_you_mean(name.get_ref(), record.keys.iter().map(|key| key.name))
                    .unwrap_or_else(|| format!("known here: {}", names(record.keys)));
                self.report_help(
                    &rules::UNKNOWN_KEY,
                    &name.span(),
                    format!("`{word}` is not a key of {}", record.name),
                    help,
                );
            }
        }
        Fields { table, at, record }
    }

    /// The list of tables under `key`; a single table or another type is a finding.
    pub(crate) fn tables<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Vec<(&'t DeTable<'t>, Range<usize>)> {
        let Some((value, span)) = fields.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value else {
            self.unnamed_records = true;
            let help = if matches!(value, DeValue::Table(_)) {
                format!("write `[[{key}]]` with two brackets, or a list of tables")
            } else {
                format!("write `[[{key}]]` tables")
            };
            self.report_help(
                &rules::WRONG_TYPE,
                &span,
                format!("`{key}` is {}, not a list of tables", article(value)),
                help,
            );
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(list.len());
        for item in list {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((table, item.span())),
                other => self.report_help(
                    &rules::WRONG_TYPE,
                    &item.span(),
                    format!("an entry of `{key}` is {}, not a table", article(other)),
                    format!("write `[[{key}]]` tables"),
                ),
            }
        }
        tables
    }
}

/// One table of a record and where it begins.
#[derive(Clone)]
pub(crate) struct Fields<'t> {
    pub(crate) table: &'t DeTable<'t>,
    /// The table's header, for findings about something absent.
    pub(crate) at: Range<usize>,
    pub(crate) record: &'static Record,
}

impl<'t> Fields<'t> {
    /// The value under `key`, with its range.
    pub(crate) fn get(&self, key: &str) -> Option<(&'t DeValue<'t>, Range<usize>)> {
        debug_assert!(
            self.record.keys.iter().any(|known| known.name == key),
            "{key} is not in the key table of {}",
            self.record.name
        );
        self.table.get(key).map(|value| (value.get_ref(), value.span()))
    }

    /// The range of the value under `key`, else of the record.
    pub(crate) fn span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.at.clone(), toml::Spanned::span)
    }

    /// Whether `key` is there at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }
}

/// `a string`, `an integer`: a value's type in words.
pub(crate) fn article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
}

fn syntax_help(message: &str) -> Option<String> {
    let help = if message.contains("duplicate key") {
        "a key may stand once in a table; a second promise or figure starts with its own `[[…]]` line"
    } else if message.contains("string") || message.contains("quote") {
        "text stands in double quotes on one line; `\"` inside it is written `\\\"`"
    } else if message.contains("newline") {
        "each key stands on a line of its own as `key = value`, and an inline table on one line"
    } else {
        return Some(rules::TOML_SYNTAX.cure.to_owned());
    };
    Some(help.to_owned())
}
