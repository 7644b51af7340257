//! The promises file `<org>.toml`: organisation, statements, metrics, commitments.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fields::{Fiscal, valid_id};
use super::frame::{Frame, Unsure};
use super::keys;
use super::reader::{Fields, Reader};
use super::rules;
use crate::diag::{Finding, Place, Source, visible};
use crate::model::book::Promises;
use crate::model::commitment::Commitment;
use crate::model::date::digits;
use crate::model::metric::{Aggregate, Metric};
use crate::model::organisation::Organisation;
use crate::model::period::FiscalYear;
use crate::model::statement::Statement;
use crate::model::unit::Unit;

/// What a promises file gave.
#[derive(Debug)]
pub struct PromisesRead {
    /// The promises; `None` where the file has errors.
    pub promises: Option<Promises>,
    /// What its figures need; in part unsure where the file has errors.
    pub frame: Frame,
    /// What is wrong, in order.
    pub findings: Vec<Finding>,
}

/// Reads a promises file. `id` is the organisation's id, the file's stem.
#[must_use]
pub fn read_promises(id: &str, path: &str, text: &str) -> PromisesRead {
    let source = Source::new(path, text);
    let (mut reader, table) = Reader::open(&source);
    let mut file = reader.record(&keys::PROMISES_FILE, &table, 0..0);
    file.at = first_word(text);
    if !valid_id(id) {
        let finding = Finding::new(
            &rules::INVALID_ID,
            Place::file(path),
            format!("the file's stem `{}` is the organisation's id and is not one", visible(id)),
        );
        reader.findings.push(finding.help(format!("rename the file to `{}.toml`", super::slug(id))));
    }
    let (organisation, fiscal) = reader.organisation(id, &file);
    let statements = reader.statements(&file);
    let mut metrics = reader.metrics(&file);
    let commitments = reader.commitments(&file, fiscal, &statements, &mut metrics);
    let promises =
        Promises { organisation: organisation.clone().unwrap_or_else(|| blank(id)), statements, metrics, commitments };
    let mut frame = Frame::of(&promises, path, |line| source.line_place(line));
    let faulty = reader.has_errors();
    frame.unsure = Unsure {
        ids: reader.is_broken() || reader.unnamed_records,
        records: faulty,
        fiscal_year: reader.is_broken() || fiscal == Fiscal::Unknown,
    };
    let sound = !faulty && organisation.is_some();
    PromisesRead { promises: sound.then_some(promises), frame, findings: reader.finish() }
}

impl Reader<'_> {
    fn organisation(&mut self, id: &str, file: &Fields<'_>) -> (Option<Organisation>, Fiscal) {
        let Some(fields) = self.table(file, "organisation", &keys::ORGANISATION) else {
            return (None, Fiscal::Unknown);
        };
        let name = self.text(&fields, "name");
        let kind = if fields.has("kind") { self.word(&fields, "kind") } else { None };
        let country = self.checked(&fields, "country", "two capital letters (ISO 3166-1 alpha-2), or `EU`", |text| {
            text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
        });
        let lei = self.checked(&fields, "lei", "20 capital letters and digits (ISO 17442)", |text| {
            text.len() == 20 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        });
        let fiscal = if fields.has("fiscal-year") {
            self.fiscal_year(&fields).map_or(Fiscal::Unknown, |fiscal| Fiscal::Known(Some(fiscal)))
        } else {
            Fiscal::Known(None)
        };
        let organisation = name.map(|name| Organisation {
            id: id.to_owned(),
            name,
            kind,
            country,
            lei,
            sector: self.optional(&fields, "sector"),
            url: self.optional(&fields, "url"),
            fiscal_year: match fiscal {
                Fiscal::Known(fiscal) => fiscal,
                Fiscal::Unknown => None,
            },
            note: self.optional(&fields, "note"),
            line: self.source.line(fields.at.start),
        });
        (organisation, fiscal)
    }

    fn fiscal_year(&mut self, fields: &Fields<'_>) -> Option<FiscalYear> {
        let table = self.table(fields, "fiscal-year", &keys::FISCAL_YEAR)?;
        let ends = self.text(&table, "ends");
        let named_by = self.word(&table, "named-by");
        let ends = ends?;
        let day = ends.split_once('-').and_then(|(month, day)| Some((digits(month, 2)?, digits(day, 2)?)));
        let valid = day.filter(|&(month, day)| chrono::NaiveDate::from_ymd_opt(2024, month, day).is_some());
        if valid.is_none() {
            self.report_help(
                &rules::INVALID_VALUE,
                &table.span("ends"),
                format!("`{}` is not a day of the year", visible(&ends)),
                "write month and day of the last day, such as `03-31`",
            );
        }
        let (end_month, end_day) = valid?;
        Some(FiscalYear { end_month, end_day, named_by: named_by? })
    }

    fn statements(&mut self, file: &Fields<'_>) -> Vec<Statement> {
        let mut statements = Vec::new();
        let mut seen = BTreeMap::new();
        for (table, at) in self.tables(file, "statement") {
            let fields = self.record(&keys::STATEMENT, table, at);
            let id = self.id(&fields, "id");
            let statement = Statement {
                id: id.clone().unwrap_or_default(),
                date: if fields.has("date") { self.date(&fields, "date") } else { None },
                speaker: self.optional(&fields, "speaker"),
                role: self.optional(&fields, "role"),
                event: self.optional(&fields, "event"),
                title: self.optional(&fields, "title"),
                url: self.optional(&fields, "url"),
                archive_url: self.optional(&fields, "archive-url"),
                file: self.checked(
                    &fields,
                    "file",
                    "a path below the book's folder, with `/` and without `..`",
                    |text| !text.starts_with('/') && !text.contains('\\') && !text.split('/').any(|part| part == ".."),
                ),
                sha256: self.checked(&fields, "sha256", "64 hexadecimal digits in lower case", |text| {
                    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
                }),
                language: self.optional(&fields, "language"),
                note: self.optional(&fields, "note"),
                line: self.source.line(fields.at.start),
            };
            if id.is_some_and(|id| self.unique("statement", &id, &fields, &mut seen)) {
                statements.push(statement);
            }
        }
        statements
    }

    fn metrics(&mut self, file: &Fields<'_>) -> Vec<Metric> {
        let mut metrics = Vec::new();
        let mut seen = BTreeMap::new();
        for (table, at) in self.tables(file, "metric") {
            let fields = self.record(&keys::METRIC, table, at);
            let id = self.id(&fields, "id");
            let metric = Metric {
                id: id.clone().unwrap_or_default(),
                name: self.optional(&fields, "name"),
                unit: self.unit(&fields),
                aggregate: self.optional_word(&fields, "aggregate").unwrap_or(Aggregate::Latest),
                measures: self.optional_word(&fields, "measures"),
                own: false,
                note: self.optional(&fields, "note"),
                line: self.source.line(fields.at.start),
            };
            if id.is_some_and(|id| self.unique("metric", &id, &fields, &mut seen)) {
                metrics.push(metric);
            }
        }
        metrics
    }

    fn commitments(
        &mut self,
        file: &Fields<'_>,
        fiscal: Fiscal,
        statements: &[Statement],
        metrics: &mut Vec<Metric>,
    ) -> Vec<Commitment> {
        let mut commitments = Vec::new();
        let mut places = Vec::new();
        let mut seen = BTreeMap::new();
        for (table, at) in self.tables(file, "commitment") {
            let fields = self.record(&keys::COMMITMENT, table, at);
            let read = self.commitment(&fields, fiscal, statements);
            let known = read.id.as_ref().is_none_or(|id| self.unique("commitment", id, &fields, &mut seen));
            if let Some(own) = read.own_metric.filter(|_| known) {
                if let Some(other) = metrics.iter().find(|metric| metric.id == own.id) {
                    let place = self.source.line_place(other.line);
                    let message = format!(
                        "the commitment `{}` has a metric of its own, and there is a [[metric]] of that name",
                        own.id
                    );
                    let finding = self.report(&rules::DUPLICATE_ID, &fields.span("id"), message);
                    *finding = finding
                        .clone()
                        .help(format!("add `metric = \"{}\"` to the commitment, or rename one of them", own.id))
                        .related(place, "the metric");
                } else {
                    metrics.push(own);
                }
            }
            if let Some(commitment) = read.commitment.filter(|_| known) {
                commitments.push(commitment);
                places.push(fields);
            }
        }
        for (index, fields) in places.iter().enumerate() {
            self.references(&commitments[index], fields, &commitments, metrics);
        }
        commitments
    }

    /// Context metrics and successors can only be checked once all are read.
    fn references(&mut self, commitment: &Commitment, fields: &Fields<'_>, all: &[Commitment], metrics: &[Metric]) {
        let metric_ids = || metrics.iter().map(|metric| metric.id.as_str());
        for (id, span) in self.texts(fields, "context", false) {
            if !metric_ids().any(|known| known == id) {
                self.unknown(&rules::UNKNOWN_METRIC, "metric", &id, &span, metric_ids());
            }
        }
        if !metric_ids().any(|known| known == commitment.metric) && fields.has("metric") {
            self.unknown(&rules::UNKNOWN_METRIC, "metric", &commitment.metric, &fields.span("metric"), metric_ids());
        }
        let ids = || all.iter().map(|commitment| commitment.id.as_str());
        for (table, at) in self.tables(fields, "amendment") {
            let amendment = Fields { table, at, record: &keys::AMENDMENT };
            for (id, span) in self.texts(&amendment, "superseded-by", true) {
                if !id.contains('/') && !ids().any(|known| known == id) {
                    self.unknown(&rules::UNKNOWN_COMMITMENT, "commitment", &id, &span, ids());
                }
            }
        }
    }

    /// A finding that `id` names nothing, with the nearest that does exist.
    pub(crate) fn unknown<'c>(
        &mut self,
        rule: &crate::diag::Rule,
        what: &str,
        id: &str,
        span: &Range<usize>,
        known: impl Iterator<Item = &'c str> + Clone,
    ) {
        let help = crate::diag::did_you_mean(id, known.clone()).unwrap_or_else(|| {
            let some: Vec<String> = known.take(8).map(|id| format!("`{id}`")).collect();
            if some.is_empty() {
                format!("this organisation has no {what} yet")
            } else {
                format!("known here: {}", some.join(", "))
            }
        });
        self.report_absent(rule, span, format!("there is no {what} `{}`", visible(id)), Some(help));
    }

    /// Whether `id` is the first of its kind; a second one is a finding that
    /// names both places.
    fn unique(&mut self, what: &str, id: &str, fields: &Fields<'_>, seen: &mut BTreeMap<String, Range<usize>>) -> bool {
        let span = fields.span("id");
        if let Some(first) = seen.get(id) {
            let place = self.source.place(first);
            let finding = self.report(&rules::DUPLICATE_ID, &span, format!("there are two {what}s `{id}`"));
            finding.help = Some(rules::DUPLICATE_ID.cure.to_owned());
            *finding = finding.clone().related(place, "the first one");
            return false;
        }
        seen.insert(id.to_owned(), span);
        true
    }

    /// A text that may be absent.
    pub(crate) fn optional(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        if fields.has(key) { self.text(fields, key) } else { None }
    }

    /// A word that may be absent.
    pub(crate) fn optional_word<W: crate::model::words::Word>(&mut self, fields: &Fields<'_>, key: &str) -> Option<W> {
        if fields.has(key) { self.word(fields, key) } else { None }
    }

    /// A text that may be absent and has to satisfy `valid`.
    fn checked(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        wanted: &str,
        valid: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let text = self.optional(fields, key)?;
        if !valid(&text) {
            self.report_help(
                &rules::INVALID_VALUE,
                &fields.span(key),
                format!("`{}` is not a {key}", visible(&text)),
                format!("write {wanted}"),
            );
            return None;
        }
        Some(text)
    }

    /// The unit; one that looks like a known unit and is spelled otherwise is a
    /// warning, since it would never convert.
    pub(crate) fn unit(&mut self, fields: &Fields<'_>) -> Option<Unit> {
        let text = self.text(fields, "unit")?;
        if text != text.trim() {
            self.report_help(
                &rules::INVALID_VALUE,
                &fields.span("unit"),
                "the unit begins or ends with a blank",
                format!("write `unit = \"{}\"`", text.trim()),
            );
            return None;
        }
        let unit = Unit::new(&text);
        if unit.kind().is_none()
            && let Some(known) = Unit::known_words().find(|known| known.to_lowercase() == text.to_lowercase())
        {
            self.report_help(
                &rules::UNIT_SPELLING,
                &fields.span("unit"),
                format!("`{}` is not a known unit and is taken as a word of its own", visible(&text)),
                format!("did you mean `{known}`?"),
            );
        }
        Some(unit)
    }
}

/// The range of the first line that says something, for findings about a file
/// that lacks something.
fn first_word(text: &str) -> Range<usize> {
    let start = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}').unwrap_or(0);
    start..start
}

fn blank(id: &str) -> Organisation {
    Organisation {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: None,
        country: None,
        lei: None,
        sector: None,
        url: None,
        fiscal_year: None,
        note: None,
        line: 0,
    }
}
