//! Typed reading of single fields; each wrong value is a finding that says
//! what would be right.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use super::reader::{Fields, Reader, article};
use super::rules;
use super::tree::Value;
use crate::diag::{Rule, did_you_mean, visible};
use crate::model::date::PartialDate;
use crate::model::deadline::Deadline;
use crate::model::number::{Number, NumberError};
use crate::model::period::{FiscalYear, Period, PeriodError};
use crate::model::span::Span;
use crate::model::words::Word;

/// How `FY…` is understood while a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fiscal {
    /// As declared; `None` makes `FY…` a finding.
    Known(Option<FiscalYear>),
    /// The declaration is faulty itself: `FY…` cannot be judged.
    Unknown,
}

impl Reader<'_> {
    /// A finding that `key` is absent, where its record requires it.
    fn absent(&mut self, fields: &Fields<'_>, key: &str) {
        let Some(known) = fields.record.keys.iter().find(|known| known.name == key && known.required) else { return };
        let help = format!("add `{key}`: {}", known.doc);
        self.report_absent(
            &rules::MISSING_FIELD,
            &fields.at.clone(),
            format!("{} has no `{key}`", fields.record.name),
            Some(help),
        );
    }

    fn wrong_type(&mut self, key: &str, value: &Value<'_>, span: &Range<usize>, wanted: &str, help: impl Into<String>) {
        self.report_help(&rules::WRONG_TYPE, span, format!("`{key}` is {}, not {wanted}", article(value)), help);
    }

    /// A non-empty string.
    pub(crate) fn text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.str(fields, key).map(str::to_owned)
    }

    /// A non-empty string where it stands.
    pub(crate) fn str<'t>(&mut self, fields: &Fields<'t>, key: &str) -> Option<&'t str> {
        let Some((value, span)) = fields.get(key) else {
            self.absent(fields, key);
            return None;
        };
        match value {
            Value::String(text) if text.trim().is_empty() => {
                self.report_help(
                    &rules::MISSING_FIELD,
                    &span,
                    format!("`{key}` is empty"),
                    "fill it in or leave the line out",
                );
                None
            }
            Value::String(text) => Some(text),
            other => {
                self.wrong_type(key, other, &span, "a string", format!("write `{key} = \"{}\"`", scalar(other)));
                None
            }
        }
    }

    /// An id: no white space, `/`, quotes or control characters.
    pub(crate) fn id(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let text = self.str(fields, key);
        let id = text.filter(|id| valid_id(id)).map(str::to_owned);
        if id.is_none() && key == "id" {
            self.unnamed_records.push(fields.record.name.to_owned());
        }
        if let Some(text) = text.filter(|_| id.is_none()) {
            let help = format!("write `{}`", slug(text));
            let message = format!("`{}` is not an id", visible(text));
            self.report_help(&rules::INVALID_ID, &fields.span(key), message, help);
        }
        id
    }

    /// A list of strings; a single string is one where `single` allows it.
    pub(crate) fn texts(&mut self, fields: &Fields<'_>, key: &str, single: bool) -> Vec<(String, Range<usize>)> {
        let Some((value, span)) = fields.get(key) else {
            self.absent(fields, key);
            return Vec::new();
        };
        match value {
            Value::String(text) if single && !text.trim().is_empty() => vec![(text.clone().into_owned(), span)],
            Value::Array(list) => {
                let mut texts = Vec::with_capacity(list.len());
                for item in list {
                    match item.get_ref() {
                        Value::String(text) if !text.trim().is_empty() => {
                            texts.push((text.clone().into_owned(), item.span()))
                        }
                        other => self.wrong_type(
                            key,
                            other,
                            &item.span(),
                            "a list of non-empty strings",
                            format!("write `{key} = [\"…\"]`"),
                        ),
                    }
                }
                if texts.is_empty()
                    && list.is_empty()
                    && fields.record.keys.iter().any(|known| known.name == key && known.required)
                {
                    self.report_help(
                        &rules::MISSING_FIELD,
                        &span,
                        format!("`{key}` is empty"),
                        format!("name at least one {key}"),
                    );
                }
                texts
            }
            other => {
                self.wrong_type(
                    key,
                    other,
                    &span,
                    if single { "a string or a list of strings" } else { "a list of strings" },
                    format!("write `{key} = [\"…\"]`"),
                );
                Vec::new()
            }
        }
    }

    /// A finite decimal, kept as written.
    pub(crate) fn number(&mut self, fields: &Fields<'_>, key: &str) -> Option<Number> {
        let Some((value, span)) = fields.get(key) else {
            self.absent(fields, key);
            return None;
        };
        let written = match value {
            Value::Integer(_) | Value::Float(_) => self.source.text.get(span.clone()).unwrap_or_default(),
            Value::String(text) => {
                let help = Number::parse(text).map_or_else(
                    |_| format!("write `{key} = 12.4`, a number without quotes and unit"),
                    |number| format!("write `{key} = {number}` without quotes"),
                );
                self.wrong_type(key, value, &span, "a number", help);
                return None;
            }
            other => {
                self.wrong_type(key, other, &span, "a number", format!("write `{key} = 12.4`"));
                return None;
            }
        };
        match Number::parse(written) {
            Ok(number) => Some(number),
            Err(error) => {
                let help = match error {
                    NumberError::NotFinite => {
                        "leave the entry out, or write `no-disclosure = true` where none was given"
                    }
                    NumberError::TooLong => "write at most 28 significant digits",
                    NumberError::NotDecimal => "write it in decimal digits, such as `31` for `0x1F`",
                };
                self.report_help(&rules::INVALID_NUMBER, &span, format!("`{}` {error}", visible(written)), help);
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, fields: &Fields<'_>, key: &str) -> Option<bool> {
        let (value, span) = fields.get(key)?;
        if let Value::Boolean(flag) = value {
            return Some(*flag);
        }
        self.wrong_type(key, value, &span, "`true` or `false`", format!("write `{key} = true` or leave the line out"));
        None
    }

    /// A list of whole numbers within `range`.
    pub(crate) fn integers(&mut self, fields: &Fields<'_>, key: &str, range: std::ops::RangeInclusive<u8>) -> Vec<u8> {
        let Some((value, span)) = fields.get(key) else { return Vec::new() };
        let Value::Array(list) = value else {
            self.wrong_type(key, value, &span, "a list of whole numbers", format!("write `{key} = [1, 2]`"));
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for item in list {
            let number = item
                .get_ref()
                .as_integer()
                .filter(|number| number.radix == 10)
                .and_then(|number| number.digits.parse::<u8>().ok());
            match number.filter(|number| range.contains(number)) {
                Some(number) if numbers.contains(&number) => {
                    self.report_help(
                        &rules::INVALID_VALUE,
                        &item.span(),
                        format!("`{key}` names {number} twice"),
                        "name each once",
                    );
                }
                Some(number) => numbers.push(number),
                None => self.report_help(
                    &rules::INVALID_VALUE,
                    &item.span(),
                    format!("`{key}` holds whole numbers from {} to {}", range.start(), range.end()),
                    format!("write `{key} = [1, 2]`"),
                ),
            }
        }
        numbers.sort_unstable();
        numbers
    }

    /// One word of a closed list.
    pub(crate) fn word<W: Word>(&mut self, fields: &Fields<'_>, key: &str) -> Option<W> {
        let text = self.str(fields, key)?;
        if let Some(&word) = W::WORDS.iter().find(|word| word.word() == text) {
            return Some(word);
        }
        let words = || W::WORDS.iter().map(|word| word.word());
        let help = did_you_mean(text, words()).unwrap_or_else(|| {
            format!("one of {}", words().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
        });
        self.report_help(
            &rules::INVALID_VALUE,
            &fields.span(key),
            format!("`{}` is not {} {key}", visible(text), indefinite(key)),
            help,
        );
        None
    }

    /// A date known to the year, month or day; quoted, or a bare TOML date.
    pub(crate) fn date(&mut self, fields: &Fields<'_>, key: &str) -> Option<PartialDate> {
        let text = self.dated_text(fields, key, "a date", "2030-06-15")?;
        let date = PartialDate::parse(&text);
        if date.is_none() {
            self.report_help(
                &rules::INVALID_DATE,
                &fields.span(key),
                format!("`{}` is not a date", visible(&text)),
                date_help(&text),
            );
        }
        date
    }

    /// A whole day.
    pub(crate) fn day(&mut self, fields: &Fields<'_>, key: &str) -> Option<NaiveDate> {
        let text = self.dated_text(fields, key, "a day", "2030-06-15")?;
        match PartialDate::parse(&text) {
            Some(PartialDate::Day(day)) => Some(day),
            Some(_) => {
                self.report_help(
                    &rules::INVALID_DATE,
                    &fields.span(key),
                    format!("`{key}` names no day"),
                    format!(
                        "write the whole day, such as `{key} = {text}{}`",
                        if text.len() == 4 { "-06-15" } else { "-15" }
                    ),
                );
                None
            }
            None => {
                self.report_help(
                    &rules::INVALID_DATE,
                    &fields.span(key),
                    format!("`{}` is not a date", visible(&text)),
                    date_help(&text),
                );
                None
            }
        }
    }

    /// A period.
    pub(crate) fn period(&mut self, fields: &Fields<'_>, key: &str, fiscal: Fiscal) -> Option<Period> {
        let text = self.dated_text(fields, key, "a period", "2030")?;
        self.in_grammar(&rules::INVALID_PERIOD, &text, &fields.span(key), fiscal, Period::parse)
    }

    /// A deadline.
    pub(crate) fn deadline(&mut self, fields: &Fields<'_>, key: &str, fiscal: Fiscal) -> Option<Deadline> {
        let text = self.dated_text(fields, key, "a deadline", "2030")?;
        self.in_grammar(&rules::INVALID_DEADLINE, &text, &fields.span(key), fiscal, Deadline::parse)
    }

    fn in_grammar<T>(
        &mut self,
        rule: &Rule,
        text: &str,
        span: &Range<usize>,
        fiscal: Fiscal,
        parse: impl Fn(&str, Option<FiscalYear>) -> Result<T, PeriodError>,
    ) -> Option<T> {
        let known = match fiscal {
            Fiscal::Known(fiscal) => fiscal,
            Fiscal::Unknown => None,
        };
        match parse(text, known) {
            Ok(value) => Some(value),
            Err(PeriodError::NoFiscalYear(_)) => {
                if fiscal != Fiscal::Unknown {
                    self.report_help(
                        &rules::FISCAL_YEAR_MISSING,
                        span,
                        format!("`{}` needs the organisation's `fiscal-year`, which is not declared", visible(text)),
                        rules::FISCAL_YEAR_MISSING.cure,
                    );
                }
                None
            }
            Err(PeriodError::Grammar { text, hint }) => {
                let what = if rule.id == rules::INVALID_DEADLINE.id { "deadline" } else { "period" };
                self.report_help(rule, span, format!("`{}` is not a {what}", visible(&text)), hint);
                None
            }
        }
    }

    /// A length of time.
    pub(crate) fn span(&mut self, fields: &Fields<'_>, key: &str) -> Option<Span> {
        let text = self.text(fields, key)?;
        let span = Span::parse(&text).filter(|span| *span != Span::months(0));
        if span.is_none() {
            self.report_help(
                &rules::INVALID_VALUE,
                &fields.span(key),
                format!("`{}` is not a length of time", visible(&text)),
                "write `12 months`, `180 days` or `2 years`",
            );
        }
        span
    }

    /// The table under `key`, if it is one.
    pub(crate) fn table<'t>(
        &mut self,
        fields: &Fields<'t>,
        key: &str,
        record: &'static super::keys::Record,
    ) -> Option<Fields<'t>> {
        let Some((value, span)) = fields.get(key) else {
            self.absent(fields, key);
            return None;
        };
        if let Value::Table(table) = value {
            return Some(self.record(record, table, span));
        }
        let example = record.keys.first().map_or("…", |key| key.name);
        if record.name.starts_with('[') {
            self.wrong_type(key, value, &span, "a table", format!("write `{}`", record.name));
            return None;
        }
        self.wrong_type(key, value, &span, "a table", format!("write `{key} = {{ {example} = … }}`"));
        None
    }

    /// Text that may also be written as a bare TOML date.
    fn dated_text<'t>(&mut self, fields: &Fields<'t>, key: &str, wanted: &str, example: &str) -> Option<Cow<'t, str>> {
        let Some((value, span)) = fields.get(key) else {
            self.absent(fields, key);
            return None;
        };
        match value {
            Value::Datetime(datetime) if datetime.time.is_none() && datetime.offset.is_none() => {
                // `2030-06-15` in one form only; what a broken line was recovered to has no text.
                let written = self
                    .source
                    .text
                    .get(span)
                    .filter(|text| datetime.date.is_some() && text.len() == "2030-06-15".len());
                Some(written.map_or_else(|| datetime.to_string(), str::to_owned).into())
            }
            Value::Datetime(_) => {
                self.report_help(
                    &rules::WRONG_TYPE,
                    &span,
                    format!("`{key}` has a clock time"),
                    "write the day alone: this book has dates only",
                );
                None
            }
            Value::String(_) => self.str(fields, key).map(Cow::Borrowed),
            other => {
                let text = match other {
                    Value::Integer(number) => &number.digits,
                    _ => example,
                };
                self.wrong_type(key, other, &span, wanted, format!("write `{key} = \"{text}\"`"));
                None
            }
        }
    }
}

/// Whether `id` can name a record.
#[must_use]
pub fn valid_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '/' | '"' | '\'' | '\\' | '`' | ','))
}

/// A valid id that resembles `text`.
#[must_use]
pub fn slug(text: &str) -> String {
    let slug: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' })
        .collect();
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "an-id".to_owned() } else { slug }
}

/// `a` or `an` before a key.
fn indefinite(key: &str) -> &'static str {
    if key.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

fn scalar(value: &Value<'_>) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(date) => date.to_string(),
        _ => "…".to_owned(),
    }
}

fn date_help(text: &str) -> String {
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ']).collect();
    if let [day, month, year] = parts[..]
        && year.len() == 4
        && let Some(PartialDate::Day(date)) = PartialDate::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
    {
        return format!("write `{date}`, year first");
    }
    "write a day of the calendar as `2030-06-15`, or `2030-06` or `2030` where no more is known".to_owned()
}
