//! One file being read: its text, its TOML table and the findings so far.

use std::ops::Range;

use toml::de::DeTable;

use super::events;
use super::keys::{Key, Record};
use super::rules;
use super::tree::{Table, Value};
use crate::diag::{Finding, Level, Rule, Source, did_you_mean, visible};

/// Most syntax errors told of one file; junk would make thousands.
const MOST_SYNTAX_ERRORS: usize = 20;

/// Most findings told of one file.
const MOST_FINDINGS: usize = 1000;

/// Most searches for a nearest name in one file.
const MOST_SUGGESTIONS: usize = 50;

/// Where the TOML is broken, and how far the damage may reach: to the next
/// header line that is sound.
#[derive(Debug, Default)]
struct Broken {
    /// Lines with syntax errors, in order.
    lines: Vec<u32>,
    /// Lines that begin a table and are sound, with their text; in order.
    headers: Vec<(u32, String)>,
    /// Broken lines that were to begin a table.
    broken_headers: Vec<u32>,
}

impl Broken {
    fn new(source: &Source<'_>, lines: impl Iterator<Item = u32>) -> Self {
        let mut lines: Vec<u32> = lines.collect();
        lines.sort_unstable();
        lines.dedup();
        let mut broken = Self { lines, ..Self::default() };
        for (line, text) in (1..).zip(source.text.lines()).filter(|(_, text)| text.trim_start().starts_with('[')) {
            if broken.lines.binary_search(&line).is_ok() {
                broken.broken_headers.push(line);
            } else {
                broken.headers.push((line, text.to_owned()));
            }
        }
        broken
    }

    /// First and last line of the block that `line` stands in.
    fn block(&self, line: u32) -> (u32, u32) {
        let next = self.headers.partition_point(|(header, _)| *header <= line);
        let start = next.checked_sub(1).map_or(0, |index| self.headers[index].0);
        let end = self.headers.get(next).map_or(u32::MAX, |(header, _)| header - 1);
        (start, end)
    }

    fn touches_block_of(&self, line: u32) -> bool {
        let (start, end) = self.block(line);
        self.lines.iter().any(|broken| (start..=end).contains(broken))
    }

    fn under_broken_header(&self, line: u32) -> bool {
        let (start, _) = self.block(line);
        self.broken_headers.iter().any(|header| (start..line).contains(header))
    }

    /// Whether a record of this kind may stand where nothing could be read.
    fn may_hide(&self, what: &str) -> bool {
        let of_kind = |line: &u32| {
            let (start, _) = self.block(*line);
            self.headers.iter().find(|(header, _)| *header == start).is_none_or(|(_, text)| text.contains(what))
        };
        !self.broken_headers.is_empty() || self.lines.iter().any(of_kind)
    }
}

/// The file being read. Findings are collected, reading goes on.
pub(crate) struct Reader<'s> {
    pub(crate) source: &'s Source<'s>,
    pub(crate) findings: Vec<Finding>,
    /// Kinds of records that were met without an id that can be read.
    pub(crate) unnamed_records: Vec<String>,
    /// Ids of commitments that were left out because of errors.
    pub(crate) failed_commitments: Vec<String>,
    /// Names looked up for suggestions so far; the search is not cheap.
    suggestions: usize,
    broken: Broken,
}

impl<'s> Reader<'s> {
    /// Parses the file's TOML; syntax errors become findings at once.
    pub(crate) fn open(source: &'s Source<'s>) -> (Self, Table<'s>) {
        match events::read(source.text) {
            Some(table) => (Self::new(source), table),
            None => Self::recover(source),
        }
    }

    fn new(source: &'s Source<'s>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            unnamed_records: Vec::new(),
            failed_commitments: Vec::new(),
            suggestions: 0,
            broken: Broken::default(),
        }
    }

    /// The careful way: reads on behind every error.
    fn recover(source: &'s Source<'s>) -> (Self, Table<'s>) {
        let (table, errors) = DeTable::parse_recoverable(source.text);
        let mut reader = Self::new(source);
        if !errors.is_empty() {
            reader.broken =
                Broken::new(source, errors.iter().map(|error| source.place(&error.span().unwrap_or(0..0)).line));
        }
        let mut told = Vec::new();
        for error in errors.iter().take(MOST_SYNTAX_ERRORS) {
            let span = error.span().unwrap_or(0..0);
            let place = source.place(&span);
            // A key that stands twice only because its header is broken is no fault of its own.
            let echo = error.message().contains("duplicate key") && reader.broken.under_broken_header(place.line);
            if told.contains(&place.line) || echo {
                continue;
            }
            told.push(place.line);
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
        (reader, table.into_inner().into())
    }

    /// Whether the TOML itself is broken, so that absence proves nothing.
    pub(crate) fn is_broken(&self) -> bool {
        !self.broken.lines.is_empty()
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

    /// Collects a finding about something absent, unless TOML is broken in the
    /// same block: then it may stand in the part that could not be read.
    pub(crate) fn report_absent(
        &mut self,
        rule: &Rule,
        span: &Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        if !self.broken.touches_block_of(self.source.line(span.start)) {
            self.report(rule, span, message).help = help;
        }
    }

    /// Whether broken TOML may hide a record of this kind.
    pub(crate) fn may_hide(&self, what: &str) -> bool {
        self.unnamed_records.iter().any(|kind| kind.contains(what)) || self.broken.may_hide(what)
    }

    /// Whether a search for the nearest name is still worth its time.
    pub(crate) fn may_suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MOST_SUGGESTIONS
    }

    /// The findings without those that only echo a syntax error, in order.
    pub(crate) fn finish(self) -> Vec<Finding> {
        let broken = self.broken;
        let echo = |finding: &Finding| {
            broken.lines.contains(&finding.place.line)
                || finding.rule == rules::UNKNOWN_KEY.id && broken.under_broken_header(finding.place.line)
        };
        let mut findings: Vec<Finding> = self
            .findings
            .into_iter()
            .filter(|finding| finding.rule == rules::TOML_SYNTAX.id || !echo(finding))
            .collect();
        findings.sort_by(Finding::order);
        findings.dedup();
        if findings.len() > MOST_FINDINGS {
            let more = findings.len() - MOST_FINDINGS;
            findings.truncate(MOST_FINDINGS);
            if let Some(last) = findings.last_mut() {
                last.message.push_str(&format!(" (and {more} more findings in this file)"));
            }
        }
        findings
    }

    /// The table of one record: unknown keys become findings here.
    pub(crate) fn record<'t>(&mut self, record: &'static Record, table: &'t Table<'t>, at: Range<usize>) -> Fields<'t> {
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
    pub(crate) fn tables<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Vec<(&'t Table<'t>, Range<usize>)> {
        let Some((value, span)) = fields.get(key) else { return Vec::new() };
        let Value::Array(list) = value else {
            self.unnamed_records.push(key.to_owned());
            let path = if key == "amendment" { "commitment.amendment" } else { key };
            let help = if matches!(value, Value::Table(_)) {
                format!("write `[[{path}]]` with two brackets, or a list of tables")
            } else {
                format!("write `[[{path}]]` tables")
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
                Value::Table(table) => tables.push((table, item.span())),
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
    pub(crate) table: &'t Table<'t>,
    /// The table's header, for findings about something absent.
    pub(crate) at: Range<usize>,
    pub(crate) record: &'static Record,
}

impl<'t> Fields<'t> {
    /// The value under `key`, with its range.
    pub(crate) fn get(&self, key: &str) -> Option<(&'t Value<'t>, Range<usize>)> {
        debug_assert!(
            self.record.keys.iter().any(|known| known.name == key),
            "{key} is not in the key table of {}",
            self.record.name
        );
        let value = self.table.get(key)?;
        // A value that a broken line was recovered to has no place of its own.
        let recovered = value.span().is_empty() && !matches!(value.get_ref(), Value::Table(_) | Value::Array(_));
        (!recovered).then(|| (value.get_ref(), value.span()))
    }

    /// The range of the value under `key`, else of the record.
    pub(crate) fn span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.at.clone(), toml::Spanned::span)
    }

    /// Whether `key` is there at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// `a string`, `an integer`: a value's type in words.
pub(crate) fn article(value: &Value<'_>) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "`true` or `false`",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
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
