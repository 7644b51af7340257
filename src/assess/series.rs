//! From the figures of a metric to the values that are judged.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use compact_str::{CompactString, format_compact};
use rust_decimal::Decimal;

use super::Clock;
use crate::model::date::position;
use crate::model::figure::{Bound, Confidence, Disclosure, Figure};
use crate::model::metric::{Aggregate, Measures, Metric};
use crate::model::number::{Number, to_f64};
use crate::model::period::{FiscalYear, Period};

/// One judged value: it stands at the end of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period it is for.
    pub period: Period,
    /// The value in the metric's unit.
    pub amount: Decimal,
    /// The number as written; `None` where several were added.
    pub written: Option<Number>,
    /// The unit as written, where it differs from the metric's.
    pub written_unit: Option<String>,
    /// What the value is, where it is not exact.
    pub bound: Option<Bound>,
    /// Whether the series is gross: before offsets.
    pub gross: bool,
    /// Offsets in per cent of gross emissions, where both are given.
    pub offsets_percent: Option<f64>,
    /// Emissions before offsets, in the metric's unit, where given.
    pub gross_amount: Option<Decimal>,
    /// Offsets, in the metric's unit, where given.
    pub offsets_amount: Option<Decimal>,
    /// How many editions of the period are public by the day judged.
    pub editions: usize,
    /// The series is not comparable before it.
    pub series_break: bool,
    /// Trust in the record.
    pub confidence: Option<Confidence>,
    /// Places of the entries it is made of, in the order of the file.
    pub figures: Vec<usize>,
}

impl Point {
    /// The value as a binary float.
    #[must_use]
    pub fn value(&self) -> f64 {
        to_f64(self.amount)
    }

    /// Position in years of the end of its period.
    #[must_use]
    pub fn at(&self) -> f64 {
        position(self.period.last)
    }
}

/// The series of one metric as it is known on the day judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Values by end of period; for running totals the single entries.
    pub points: Vec<Point>,
    /// Entries of `done` promises: period and whether it was done.
    pub done: Vec<(Period, bool)>,
    /// Ends of periods for which somebody looked and found none.
    pub looked: Vec<NaiveDate>,
    /// Parts of a year that is not complete: shown, not judged.
    pub incomplete: Vec<Period>,
}

/// Builds the series of `metric` from its figures, given in the order of the
/// file with their places in it.
#[must_use]
pub(super) fn series<'f>(
    metric: &Metric,
    fiscal: Option<FiscalYear>,
    figures: impl Iterator<Item = (usize, &'f Figure)>,
    clock: &Clock,
) -> Series {
    let mut series = Series::default();
    let mut values: Vec<(usize, &Figure)> = Vec::new();
    for (place, figure) in figures.filter(|(_, figure)| clock.counts(figure)) {
        match &figure.disclosure {
            Disclosure::Value(_) => values.push((place, figure)),
            Disclosure::Done(done) => series.done.push((figure.period.clone(), *done)),
            Disclosure::None => series.looked.push(figure.period.last),
        }
    }
    series.done.sort_by_key(|(period, _)| (period.last, period.first));
    let days = |figure: &Figure| (figure.period.last, figure.period.first);
    values.sort_by_key(|(_, figure)| days(figure));
    let editions = values.chunk_by(|(_, a), (_, b)| days(a) == days(b));
    let points: Vec<Point> = editions.filter_map(|of_period| point(metric, of_period)).collect();
    series.points = match metric.aggregate {
        Aggregate::Latest => longest(points),
        Aggregate::AnnualSum => annual(points, fiscal, &mut series.incomplete),
        Aggregate::RunningTotal => points,
    };
    series
}

/// The newest edition of one period ([`Figure::edition`]).
fn point(metric: &Metric, editions: &[(usize, &Figure)]) -> Option<Point> {
    let (place, figure) = editions.iter().max_by_key(|(place, figure)| (figure.edition(), *place))?;
    let measured = figure.measured()?;
    let offsets_percent = match (&measured.gross, &measured.offsets) {
        (Some(gross), Some(offsets)) if !gross.value.is_zero() => Some(offsets.as_f64() / gross.as_f64() * 100.0),
        _ => None,
    };
    let in_metric_unit = |number: Option<&Number>| match (&measured.unit, &metric.unit) {
        (Some(from), Some(to)) => from.convert(number?.value, to),
        _ => number.map(|number| number.value),
    };
    Some(Point {
        period: figure.period.clone(),
        amount: measured.amount,
        written: Some(measured.written.clone()),
        written_unit: measured
            .unit
            .as_ref()
            .filter(|unit| metric.unit.as_ref() != Some(unit))
            .map(|unit| unit.text.clone()),
        bound: measured.bound,
        gross: metric.measures == Some(Measures::Gross),
        offsets_percent,
        gross_amount: in_metric_unit(measured.gross.as_ref()),
        offsets_amount: in_metric_unit(measured.offsets.as_ref()),
        editions: editions.len(),
        series_break: figure.series_break,
        confidence: figure.confidence,
        figures: vec![*place],
    })
}

/// Of values that end on one day the longest period counts (ruling 4). The
/// points come ordered by end, then beginning, so the longest comes first.
fn longest(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last().is_none_or(|last| last.period.last != point.period.last) {
            kept.push(point);
        }
    }
    kept
}

/// Whole years as given, and sums of complete years from their parts; a
/// whole-year figure beats its parts (ruling 4).
fn annual(points: Vec<Point>, fiscal: Option<FiscalYear>, incomplete: &mut Vec<Period>) -> Vec<Point> {
    let (mut years, parts): (Vec<Point>, Vec<Point>) = points.into_iter().partition(|point| point.period.is_year());
    let mut by_year: BTreeMap<(NaiveDate, NaiveDate), Vec<Point>> = BTreeMap::new();
    for part in parts {
        by_year.entry(year_of(part.period.last, fiscal)).or_default().push(part);
    }
    for ((first, last), mut parts) in by_year {
        if years.iter().any(|year| year.period.first == first && year.period.last == last) {
            continue;
        }
        parts.sort_by_key(|part| part.period.first);
        match sum(first, last, &parts, fiscal) {
            Some(year) => years.push(year),
            None => incomplete.extend(parts.into_iter().map(|part| part.period)),
        }
    }
    years.sort_by_key(|point| (point.period.last, point.period.first));
    longest(years)
}

fn year_of(day: NaiveDate, fiscal: Option<FiscalYear>) -> (NaiveDate, NaiveDate) {
    const CALENDAR: FiscalYear =
        FiscalYear { end_month: 12, end_day: 31, named_by: crate::model::period::NamedBy::End };
    fiscal.unwrap_or(CALENDAR).holding(day)
}

/// The parts added up, if they cover the year day by day.
fn sum(first: NaiveDate, last: NaiveDate, parts: &[Point], fiscal: Option<FiscalYear>) -> Option<Point> {
    let mut next = first;
    for part in parts {
        if part.period.first != next {
            return None;
        }
        next = part.period.last.succ_opt()?;
    }
    if next.pred_opt()? != last {
        return None;
    }
    let amount = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount))?;
    let text = year_name(first, last, fiscal);
    Some(Point {
        period: Period { text, first, last },
        amount,
        written: None,
        written_unit: None,
        bound: joint_bound(parts),
        gross: parts.iter().any(|part| part.gross),
        offsets_percent: None,
        gross_amount: whole(parts, |part| part.gross_amount),
        offsets_amount: whole(parts, |part| part.offsets_amount),
        editions: parts.iter().map(|part| part.editions).max().unwrap_or(1),
        series_break: parts.iter().any(|part| part.series_break),
        confidence: parts.iter().filter_map(|part| part.confidence).max(),
        figures: parts.iter().flat_map(|part| part.figures.iter().copied()).collect(),
    })
}

/// The parts of one sort added up, where every part gives it.
fn whole(parts: &[Point], of: impl Fn(&Point) -> Option<Decimal>) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(of(part)?))
}

fn year_name(first: NaiveDate, last: NaiveDate, fiscal: Option<FiscalYear>) -> CompactString {
    use chrono::Datelike;
    match fiscal {
        Some(fiscal) if !fiscal.is_calendar() => {
            let year = match fiscal.named_by {
                crate::model::period::NamedBy::Start => first.year(),
                crate::model::period::NamedBy::End => last.year(),
            };
            format_compact!("FY{year:04}")
        }
        _ => format_compact!("{:04}", last.year()),
    }
}

/// What a sum is when its parts are bounds: bounds of one side add up, bounds
/// of both sides prove nothing and leave a rounded value.
fn joint_bound(parts: &[Point]) -> Option<Bound> {
    let has = |bounds: &[Bound]| parts.iter().any(|part| part.bound.is_some_and(|bound| bounds.contains(&bound)));
    match (has(&[Bound::AtMost, Bound::Below]), has(&[Bound::AtLeast, Bound::Above])) {
        (true, false) => Some(Bound::AtMost),
        (false, true) => Some(Bound::AtLeast),
        (true, true) => Some(Bound::About),
        (false, false) => has(&[Bound::About]).then_some(Bound::About),
    }
}

/// Running totals: `start` plus every entry whose period begins after `after`
/// (ruling 6); one point per day on which an entry ends.
#[must_use]
pub(super) fn running(entries: &[Point], start: Decimal, after: Option<NaiveDate>) -> Vec<Point> {
    let mut total = start;
    let mut points: Vec<Point> = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|entry| after.is_none_or(|after| entry.period.first > after)) {
        let Some(sum) = total.checked_add(entry.amount) else { break };
        total = sum;
        let mut point = Point {
            amount: total,
            written: None,
            written_unit: None,
            // What one entry says about offsets is no total.
            gross_amount: None,
            offsets_amount: None,
            ..entry.clone()
        };
        if let Some(last) = points.last_mut() {
            point.bound = joint_bound(&[last.clone(), point.clone()]);
            if last.period.last == point.period.last {
                point.figures.splice(0..0, last.figures.iter().copied());
                *last = point;
                continue;
            }
        }
        points.push(point);
    }
    points
}
