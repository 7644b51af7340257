//! The JSON of a report. Names are stable; `schema` counts breaking changes.
//! Numbers that somebody wrote are strings exactly as written, computed ones
//! are unrounded numbers, unknown is `null` and never 0.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use crate::assess::{Point, Start, Status, Version};
use crate::model::number::{Number, to_f64};
use crate::model::period::Period;
use crate::model::target::Target;
use crate::report::{Report, Row};

/// Version of the JSON names; counts breaking changes.
pub(super) const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    schema: u32,
    as_of: String,
    known_at: Option<String>,
    terms: &'static str,
    #[serde(serialize_with = "counts")]
    counts: &'r [(Status, usize)],
    rates: RatesJson,
    left_out: u64,
    assessments: Assessments<'r>,
}

/// The rows, made and written one at a time.
struct Assessments<'r>(&'r Report<'r>);

impl Serialize for Assessments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for row in self.0.rows() {
            list.serialize_element(&item(&row))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct RatesJson {
    kept: usize,
    closed: usize,
    reported: usize,
    kept_of_closed: Option<f64>,
    kept_of_reported: Option<f64>,
}

#[derive(Serialize)]
struct Item<'r> {
    id: &'r str,
    organisation: &'r str,
    title: &'r str,
    topic: &'static str,
    tags: &'r [String],
    status: &'static str,
    /// Only where both versions were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_first: Option<&'static str>,
    flags: Vec<&'static str>,
    reason: &'r str,
    deadline: Option<String>,
    days_left: Option<i64>,
    unit: Option<&'r str>,
    baseline: Option<Baseline<'r>>,
    target: TargetJson<'r>,
    target_value: Option<f64>,
    latest: Option<Latest<'r>>,
    data_age_days: Option<i64>,
    settled_by: Option<&'r str>,
    progress_percent: Option<f64>,
    expected_percent: Option<f64>,
    expected_value: Option<f64>,
    pace: Option<f64>,
    years_ahead: Option<f64>,
    pace_so_far: Option<f64>,
    pace_needed: Option<f64>,
    projection: Projection,
    outlook: Option<&'static str>,
    share_of_target_percent: Option<f64>,
    superseded_by: &'r [String],
    source: Place<'r>,
}

#[derive(Serialize)]
struct Baseline<'r> {
    period: &'r str,
    value: Option<&'r str>,
    derived: bool,
}

#[derive(Serialize)]
struct Latest<'r> {
    period: &'r str,
    /// As written; `null` where several figures were added up.
    value: Option<&'r str>,
    /// As written, where it differs from the metric's.
    unit: Option<&'r str>,
    /// In the metric's unit; `null` for a yes/no promise.
    amount: Option<f64>,
    /// For a yes/no promise: whether it says done.
    done: Option<bool>,
    bound: Option<&'static str>,
    gross: bool,
    /// Before offsets, in the metric's unit.
    gross_amount: Option<f64>,
    /// Offsets, in the metric's unit.
    offsets_amount: Option<f64>,
    offsets_percent: Option<f64>,
}

#[derive(Serialize)]
struct Projection {
    line: Option<f64>,
    theil_sen: Option<f64>,
}

#[derive(Serialize)]
struct Place<'r> {
    file: &'r str,
    line: u32,
}

/// `{"at-least": "100", "aim": "110"}`.
struct TargetJson<'r> {
    target: &'r Target,
    aim: Option<&'r Number>,
}

impl Serialize for TargetJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.target.number {
            Some(number) => map.serialize_entry(self.target.form.name(), &number.text)?,
            None => map.serialize_entry(self.target.form.name(), &true)?,
        }
        if let Some(aim) = self.aim {
            map.serialize_entry("aim", &aim.text)?;
        }
        map.end()
    }
}

fn counts<S: Serializer>(counts: &&[(Status, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(status, count)| (status.name(), count)))
}

/// Writes the report as one JSON document.
///
/// # Errors
/// What the stream says.
pub fn write_json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rates = report.rates();
    let document = Document {
        schema: SCHEMA,
        as_of: report.clock.as_of.to_string(),
        known_at: report.clock.known_at.map(|day| day.to_string()),
        terms: match report.version {
            Version::Current if report.both => "both",
            Version::Current => "current",
            Version::First => "first",
        },
        counts: &report.counts,
        rates: RatesJson {
            kept: rates.kept,
            closed: rates.closed,
            reported: rates.reported,
            kept_of_closed: rates.of_closed(),
            kept_of_reported: rates.of_reported(),
        },
        left_out: report.left_out,
        assessments: Assessments(report),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// One assessment as JSON, for commands that show one promise.
///
/// # Errors
/// Never for the values of an assessment.
pub fn assessment_json(row: &Row) -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(item(row))
}

fn item(row: &Row) -> Item<'_> {
    let judgement = &row.judgement;
    let numbers = &judgement.numbers;
    let percent = |fraction: Option<f64>| fraction.map(|fraction| fraction * 100.0);
    Item {
        id: &row.id,
        organisation: &row.organisation,
        title: &row.title,
        topic: row.topic.name(),
        tags: &row.tags,
        status: judgement.status.name(),
        status_first: row.status_first.map(Status::name),
        flags: judgement.flags.iter().map(|flag| flag.name()).collect(),
        reason: &judgement.reason,
        deadline: judgement.deadline.map(|day| day.to_string()),
        days_left: judgement.days_left,
        unit: row.unit.as_ref().map(|unit| unit.text.as_str()),
        baseline: judgement.baseline.as_ref().map(baseline),
        target: TargetJson { target: &judgement.target, aim: judgement.aim.as_ref() },
        target_value: judgement.target_value,
        latest: judgement.latest.as_ref().map(latest).or_else(|| judgement.disclosed.as_ref().map(disclosed)),
        data_age_days: judgement.data_age_days,
        settled_by: judgement.settled_by.as_deref(),
        progress_percent: percent(numbers.progress),
        expected_percent: percent(numbers.expected),
        expected_value: numbers.expected_value,
        pace: numbers.pace,
        years_ahead: numbers.years_ahead,
        pace_so_far: numbers.pace_so_far,
        pace_needed: numbers.pace_needed,
        projection: Projection { line: numbers.projection_line, theil_sen: numbers.projection_theil_sen },
        outlook: numbers.outlook.map(|outlook| outlook.name()),
        share_of_target_percent: percent(numbers.share_of_target),
        superseded_by: &judgement.superseded_by,
        source: Place { file: &row.file, line: row.line },
    }
}

fn baseline(start: &Start) -> Baseline<'_> {
    Baseline {
        period: &start.period.text,
        value: start.value.as_ref().map(|value| value.text.as_str()),
        derived: start.derived,
    }
}

fn disclosed((period, done): &(Period, bool)) -> Latest<'_> {
    Latest {
        period: &period.text,
        value: None,
        unit: None,
        amount: None,
        done: Some(*done),
        bound: None,
        gross: false,
        gross_amount: None,
        offsets_amount: None,
        offsets_percent: None,
    }
}

fn latest(point: &Point) -> Latest<'_> {
    Latest {
        period: &point.period.text,
        value: point.written.as_ref().map(|number| number.text.as_str()),
        unit: point.written_unit.as_deref(),
        amount: Some(point.value()),
        done: None,
        bound: point.bound.map(|bound| bound.name()),
        gross: point.gross,
        gross_amount: point.gross_amount.map(to_f64),
        offsets_amount: point.offsets_amount.map(to_f64),
        offsets_percent: point.offsets_percent,
    }
}
