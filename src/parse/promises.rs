//! The promises file `<org>.toml`: organisation, statements, metrics, commitments.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Commitments in the file, faulty ones included; `None` where its TOML is
    /// broken and nobody can count them.
    pub entries: Option<usize>,
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
    let entries = (!reader.is_broken())
        .then(|| table.get("commitment").and_then(|value| value.get_ref().as_array()).map_or(0, |list| list.len()));
    let faulty = reader.has_errors();
    frame.unsure = Unsure {
        ids: reader.may_hide("metric") || reader.may_hide("commitment"),
        records: faulty,
        commitments: std::mem::take(&mut reader.failed_commitments),
        fiscal_year: reader.is_broken() || fiscal == Fiscal::Unknown,
    };
    let sound = !faulty && organisation.is_some();
    PromisesRead { promises: sound.then_some(promises), frame, entries, findings: reader.finish() }
}

/// Ids of the file, for references.
struct Known<'k> {
    metrics: BTreeSet<&'k str>,
    commitments: BTreeSet<&'k str>,
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
        let shared: BTreeMap<String, u32> = metrics.iter().map(|metric| (metric.id.clone(), metric.line)).collect();
        for (table, at) in self.tables(file, "commitment") {
            let fields = self.record(&keys::COMMITMENT, table, at);
            let read = self.commitment(&fields, fiscal, statements);
            let known = read.id.as_ref().is_none_or(|id| self.unique("commitment", id, &fields, &mut seen));
            if let Some(own) = read.own_metric.filter(|_| known) {
                if let Some(line) = shared.get(&own.id) {
                    let place = self.source.line_place(*line);
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
            if read.commitment.is_none() {
                self.failed_commitments.extend(read.id);
            }
            if let Some(commitment) = read.commitment.filter(|_| known) {
                commitments.push(commitment);
                places.push(fields);
            }
        }
        let known = Known {
            metrics: metrics.iter().map(|metric| metric.id.as_str()).collect(),
            commitments: commitments.iter().map(|commitment| commitment.id.as_str()).collect(),
        };
        for (commitment, fields) in commitments.iter().zip(&places) {
            self.references(commitment, fields, &known);
        }
        commitments
    }

    /// Context metrics and successors can only be checked once all are read.
    fn references(&mut self, commitment: &Commitment, fields: &Fields<'_>, known: &Known<'_>) {
        for (id, span) in self.texts(fields, "context", false) {
            if !known.metrics.contains(id.as_str()) {
                self.unknown(&rules::UNKNOWN_METRIC, "metric", &id, &span, known.metrics.iter().copied());
            }
        }
        if !known.metrics.contains(commitment.metric.as_str()) && fields.has("metric") {
            let span = fields.span("metric");
            self.unknown(&rules::UNKNOWN_METRIC, "metric", &commitment.metric, &span, known.metrics.iter().copied());
        }
        for (table, at) in self.tables(fields, "amendment") {
            let amendment = Fields { table, at, record: &keys::AMENDMENT };
            for (id, span) in self.texts(&amendment, "superseded-by", true) {
                let failed = self.failed_commitments.contains(&id);
                if !id.contains('/') && !known.commitments.contains(id.as_str()) && !failed {
                    self.unknown(
                        &rules::UNKNOWN_COMMITMENT,
                        "commitment",
                        &id,
                        &span,
                        known.commitments.iter().copied(),
                    );
                }
            }
        }
    }

    /// A finding that `id` names nothing, with the nearest that does exist;
    /// none where broken TOML may hide it.
    pub(crate) fn unknown<'c>(
        &mut self,
        rule: &crate::diag::Rule,
        what: &str,
        id: &str,
        span: &Range<usize>,
        known: impl Iterator<Item = &'c str> + Clone,
    ) {
        if self.may_hide(what) {
            return;
        }
        self.unknown_here(rule, what, id, span, known);
    }

    /// The same where nothing can hide it: the record would stand in another file.
    pub(crate) fn unknown_here<'c>(
        &mut self,
        rule: &crate::diag::Rule,
        what: &str,
        id: &str,
        span: &Range<usize>,
        known: impl Iterator<Item = &'c str> + Clone,
    ) {
        let near = if self.may_suggest() { crate::diag::did_you_mean(id, known.clone()) } else { None };
        let help = near.unwrap_or_else(|| {
            let some: Vec<String> = known.take(8).map(|id| format!("`{id}`")).collect();
            if some.is_empty() {
                format!("this organisation has no {what} yet")
            } else {
                format!("known here: {}", some.join(", "))
            }
        });
        self.report_help(rule, span, format!("there is no {what} `{}`", visible(id)), help);
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
        let text = self.str(fields, "unit")?;
        if text != text.trim() {
            self.report_help(
                &rules::INVALID_VALUE,
                &fields.span("unit"),
                "the unit begins or ends with a blank",
                format!("write `unit = \"{}\"`", text.trim()),
            );
            return None;
        }
        let unit = Unit::new(text);
        if unit.kind().is_none()
            && let Some(known) = Unit::known_words().find(|known| same_letters(known, text))
        {
            self.report_help(
                &rules::UNIT_SPELLING,
                &fields.span("unit"),
                format!("`{}` is not a known unit and is taken as a word of its own", visible(text)),
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

/// Whether the two differ in capitals alone.
fn same_letters(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
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
