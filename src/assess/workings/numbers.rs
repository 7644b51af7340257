//! Every number of a judgement with its formula and the values put in.
//!
//! Formulas are written in the grammar of `docs/explain.md`, in the very order
//! of steps in which the judgement computes, so that binary floats give the
//! same bits again.

use chrono::{Datelike, NaiveDate};

use super::super::judge::Facts;
use super::super::{Assessment, Path, Point, Reach, Stretch};
use super::laws::{self, Law};
use super::needed::Needed;
use crate::model::commitment::PathShape;
use crate::model::date::position;
use crate::model::metric::Aggregate;
use crate::model::number::{Number, to_f64};
use crate::model::target::TargetForm;
use crate::model::unit::Unit;

/// What sort of quantity a number is, for printing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// In the metric's unit.
    Value,
    /// In the metric's unit per year.
    PerYear,
    /// In per cent.
    Percent,
    /// A bare ratio.
    Ratio,
    /// A length of time in years.
    Years,
    /// A point in time in years.
    Position,
    /// A length of time in days.
    Days,
}

/// A value put in, with the name it has in the formulas.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// `S`, `T`, `V`, `t0`, `t`, `tN`.
    pub name: &'static str,
    /// The value.
    pub value: f64,
    /// As written, where a person wrote it.
    pub written: Option<String>,
    /// What sort of quantity it is.
    pub quantity: Quantity,
    /// Where it comes from, in words.
    pub from: String,
}

/// A number computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// Its name in the report's JSON, or one of its own.
    pub name: String,
    /// The formula over the names of `inputs`.
    pub formula: String,
    /// The values put in, by name.
    pub inputs: Vec<(String, f64)>,
    /// What comes out: the judgement's own number.
    pub result: f64,
    /// Whether it was computed in exact decimals and rounded to binary once.
    pub decimal: bool,
    /// What sort of quantity it is.
    pub quantity: Quantity,
    /// The rule.
    pub law: Law,
}

/// Numbers as they are gathered.
#[derive(Default)]
struct Sheet(Vec<Worked>);

impl Sheet {
    /// Adds a number where there is one.
    fn add(
        &mut self,
        (name, quantity, law): (&str, Quantity, Law),
        result: Option<f64>,
        formula: impl Into<String>,
        inputs: &[(&str, f64)],
    ) {
        // What overflows a binary float has no digits to show.
        let Some(result) = result.filter(|result| result.is_finite()) else { return };
        self.0.push(Worked {
            name: name.to_owned(),
            formula: formula.into(),
            inputs: inputs.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
            result,
            decimal: false,
            quantity,
            law,
        });
    }

    fn last_is_decimal(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.decimal = true;
        }
    }
}

/// The values put in.
pub(super) fn givens(assessment: &Assessment) -> Vec<Given> {
    let mut givens = Vec::new();
    let given = |name, value, quantity, written: Option<String>, from| Given { name, value, written, quantity, from };
    let number = |number: &Number| Some(number.text.to_string());
    if let Some(start) = &assessment.baseline {
        let kind = if start.derived { "no baseline is declared, the first figure serves" } else { "baseline declared" };
        if let Some(value) = &start.value {
            let from = format!("{kind}, {}", start.period);
            givens.push(given("S", value.as_f64(), Quantity::Value, number(value), from));
        }
        let from = format!("last day of {}: {}", start.period, start.period.last);
        givens.push(given("t0", position(start.period.last), Quantity::Position, None, from));
    }
    if let Some(value) = assessment.target_value {
        let target = &assessment.in_force.terms.target;
        let written = target.number.as_ref().filter(|_| !target.form.is_percent()).and_then(number);
        givens.push(given("T", value, Quantity::Value, written, format!("target: {}", target.words())));
    }
    if let Some(deadline) = assessment.deadline {
        let text = &assessment.in_force.terms.deadline;
        let from = format!("deadline `{text}`: {deadline}, {}", text.rule());
        givens.push(given("tN", position(deadline), Quantity::Position, None, from));
    }
    if let Some(point) = &assessment.latest {
        let what = if assessment.settled_by.is_some() { "the value that settled it" } else { "latest value" };
        let editions =
            if point.editions > 1 { format!(", the newest of {} editions", point.editions) } else { String::new() };
        let written = point.written.as_ref().filter(|number| number.value == point.amount).and_then(number);
        let bound = point.bound.map_or_else(String::new, |bound| format!(", a bound: {bound} the value"));
        let from = format!("{what}, {}{editions}{bound}", point.period);
        givens.push(given("V", point.value(), Quantity::Value, written, from));
        let from = format!("last day of {}: {}", point.period, point.period.last);
        givens.push(given("t", point.at(), Quantity::Position, None, from));
    }
    givens
}

/// Every number of the judgement.
pub(super) fn numbers(
    facts: &Facts<'_>,
    assessment: &Assessment,
    latest: Option<usize>,
    needed: &[Needed],
) -> Vec<Worked> {
    let mut sheet = Sheet::default();
    times(&mut sheet, assessment);
    target(&mut sheet, facts, assessment);
    if let Some(latest) = latest {
        value(&mut sheet, facts, &facts.points[latest], latest);
        offsets(&mut sheet, facts, &facts.points[latest]);
    }
    ratios(&mut sheet, assessment);
    if let Some(latest) = latest {
        projections(&mut sheet, facts, assessment, latest);
    }
    days(&mut sheet, facts, assessment);
    for needed in needed {
        needed_values(&mut sheet, facts, assessment, needed);
    }
    sheet.0
}

fn times(sheet: &mut Sheet, assessment: &Assessment) {
    let days = [
        ("t0", assessment.baseline.as_ref().map(|start| start.period.last)),
        ("tN", assessment.deadline),
        ("t", assessment.latest.as_ref().map(|point| point.period.last)),
    ];
    for (name, day) in days {
        if let Some(day) = day {
            let length = if day.leap_year() { 366.0 } else { 365.0 };
            let inputs = [("year", f64::from(day.year())), ("day", f64::from(day.ordinal())), ("days", length)];
            let head = (name, Quantity::Position, laws::POSITION);
            sheet.add(head, Some(position(day)), "year + day / days", &inputs);
        }
    }
}

fn target(sheet: &mut Sheet, facts: &Facts<'_>, assessment: &Assessment) {
    let target = &facts.terms().target;
    let start = assessment.baseline.as_ref().and_then(|start| start.value.as_ref());
    let (Some(number), Some(start)) = (&target.number, start) else { return };
    let formula = match target.form {
        TargetForm::ReduceByPercent => "S * (100 - percent) / 100",
        TargetForm::IncreaseByPercent => "S * (100 + percent) / 100",
        _ => return,
    };
    let inputs = [("S", start.as_f64()), ("percent", number.as_f64())];
    sheet.add(("target_value", Quantity::Value, laws::TARGET_LEVEL), assessment.target_value, formula, &inputs);
    sheet.last_is_decimal();
}

/// How V came from the figures, where it is not a figure as written.
fn value(sheet: &mut Sheet, facts: &Facts<'_>, point: &Point, latest: usize) {
    let amount = |index: &usize| facts.case.figures[*index].measured().map(|measured| to_f64(measured.amount));
    let sum = |law, parts: Vec<f64>, start: Option<f64>| {
        let mut inputs: Vec<(String, f64)> = start.map(|start| ("S".to_owned(), start)).into_iter().collect();
        inputs.extend(parts.into_iter().enumerate().map(|(index, part)| (format!("v{}", index + 1), part)));
        let names: Vec<&str> = inputs.iter().map(|(name, _)| name.as_str()).collect();
        (law, names.join(" + "), inputs)
    };
    let (law, formula, inputs) = match facts.case.metric.aggregate {
        Aggregate::AnnualSum if point.figures.len() > 1 => {
            sum(laws::ANNUAL_SUM, point.figures.iter().filter_map(amount).collect(), None)
        }
        Aggregate::RunningTotal => {
            let entries = facts.points[..=latest].iter().flat_map(|point| &point.figures);
            let start = facts.start.as_ref().filter(|start| !start.derived).and_then(|start| start.value.as_ref());
            sum(laws::RUNNING_TOTAL, entries.filter_map(amount).collect(), start.map(Number::as_f64))
        }
        _ => {
            let [index] = point.figures[..] else { return };
            let Some(measured) = facts.case.figures[index].measured() else { return };
            let (Some(from), Some(to)) = (&measured.unit, &facts.case.metric.unit) else { return };
            let Some((sign, factor)) = factor(from, to) else { return };
            let inputs = vec![("written".to_owned(), measured.written.as_f64()), ("factor".to_owned(), factor)];
            (laws::CONVERSION, format!("written {sign} factor"), inputs)
        }
    };
    let inputs: Vec<(&str, f64)> = inputs.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    sheet.add(("latest.amount", Quantity::Value, law), Some(point.value()), formula, &inputs);
    sheet.last_is_decimal();
}

fn offsets(sheet: &mut Sheet, facts: &Facts<'_>, point: &Point) {
    let measured = point.figures.last().and_then(|index| facts.case.figures[*index].measured());
    let Some((Some(gross), Some(offsets))) = measured.map(|measured| (&measured.gross, &measured.offsets)) else {
        return;
    };
    let inputs = [("gross", gross.as_f64()), ("offsets", offsets.as_f64())];
    let head = ("latest.offsets_percent", Quantity::Percent, laws::OFFSETS);
    sheet.add(head, point.offsets_percent, "offsets / gross * 100", &inputs);
}

/// `*` or `/` and a power of ten of at least 1; `None` within one unit.
fn factor(from: &Unit, to: &Unit) -> Option<(char, f64)> {
    let one = rust_decimal::Decimal::ONE;
    let (times, by) = (from.convert(one, to), to.convert(one, from));
    match (times, by) {
        (Some(times), _) if times == one => None,
        (Some(times), _) if times > one => Some(('*', to_f64(times))),
        (_, Some(by)) => Some(('/', to_f64(by))),
        _ => None,
    }
}

/// The values that the ratios are made of.
#[derive(Clone, Copy)]
struct Values {
    s: f64,
    v: f64,
    tt: f64,
    t: f64,
    t0: f64,
}

fn values(assessment: &Assessment) -> Option<Values> {
    let start = assessment.baseline.as_ref()?;
    let point = assessment.latest.as_ref()?;
    Some(Values {
        s: start.value.as_ref()?.as_f64(),
        v: point.value(),
        tt: assessment.target_value?,
        t: point.at(),
        t0: position(start.period.last),
    })
}

fn ratios(sheet: &mut Sheet, assessment: &Assessment) {
    let Some(Values { s, v, tt, t, t0 }) = values(assessment) else { return };
    let numbers = &assessment.numbers;
    let percent = |fraction: Option<f64>| fraction.map(|fraction| fraction * 100.0);
    sheet.add(
        ("progress_percent", Quantity::Percent, laws::PROGRESS),
        percent(numbers.progress),
        "(S - V) / (S - T) * 100",
        &[("S", s), ("V", v), ("T", tt)],
    );
    if let (Some(path), Some(expected)) = (&assessment.path, numbers.expected_value) {
        expected_at(sheet, path, "expected_value", t, expected);
        sheet.add(
            ("expected_percent", Quantity::Percent, laws::EXPECTED),
            percent(numbers.expected),
            "(S - P) / (S - T) * 100",
            &[("S", s), ("P", expected), ("T", tt)],
        );
    }
    if let (Some(p), Some(e)) = (numbers.progress, numbers.expected) {
        sheet.add(("pace", Quantity::Ratio, laws::PACE), numbers.pace, "p / e", &[("p", p), ("e", e)]);
    }
    if let (Some(path), Some(ahead)) = (&assessment.path, numbers.years_ahead) {
        earned(sheet, path, v, t, ahead);
    }
    sheet.add(
        ("share_of_target_percent", Quantity::Percent, laws::SHARE_OF_TARGET),
        percent(numbers.share_of_target),
        "V / T * 100",
        &[("V", v), ("T", tt)],
    );
    sheet.add(
        ("pace_so_far", Quantity::PerYear, laws::PACE_SO_FAR),
        numbers.pace_so_far,
        "(V - S) / (t - t0)",
        &[("V", v), ("S", s), ("t", t), ("t0", t0)],
    );
}

/// P at the position `at`.
fn expected_at(sheet: &mut Sheet, path: &Path, name: &str, at: f64, result: f64) {
    let (law, between) = match path.shape() {
        PathShape::Linear => (laws::LINEAR_PATH, "y1 + (y2 - y1) * ((x - x1) / (x2 - x1))"),
        PathShape::Compound => (laws::COMPOUND_PATH, "y1 * pow(y2 / y1, (x - x1) / (x2 - x1))"),
        PathShape::Step => (laws::STEP_PATH, "y1"),
    };
    let head = (name, Quantity::Value, law);
    match path.stretch(at) {
        Stretch::Start(value) => sheet.add(head, Some(result), "S", &[("S", value)]),
        Stretch::End(value) => sheet.add(head, Some(result), "T", &[("T", value)]),
        Stretch::Between(from, to) => {
            let inputs = [("x", at), ("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)];
            sheet.add(head, Some(result), between, &inputs);
        }
    }
}

fn earned(sheet: &mut Sheet, path: &Path, v: f64, t: f64, ahead: f64) {
    let Some(reached) = path.first_at(v) else { return };
    let head = ("path_reaches_value_at", Quantity::Position, laws::EARNED_SCHEDULE);
    match path.reach(v) {
        Some(Reach::Between(from, to)) => {
            let formula = match path.shape() {
                PathShape::Compound => "x1 + (x2 - x1) * (ln(V / y1) / ln(y2 / y1))",
                PathShape::Linear | PathShape::Step => "x1 + (x2 - x1) * ((V - y1) / (y2 - y1))",
            };
            let inputs = [("V", v), ("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)];
            sheet.add(head, Some(reached), formula, &inputs);
        }
        _ => sheet.add(head, Some(reached), "corner", &[("corner", reached)]),
    }
    let head = ("years_ahead", Quantity::Years, laws::EARNED_SCHEDULE);
    sheet.add(head, Some(ahead), "reached - t", &[("reached", reached), ("t", t)]);
}

fn projections(sheet: &mut Sheet, facts: &Facts<'_>, assessment: &Assessment, latest: usize) {
    let numbers = &assessment.numbers;
    let (Some(Values { s, v, tt, t, t0 }), Some(deadline)) = (values(assessment), assessment.deadline) else { return };
    let tn = position(deadline);
    sheet.add(
        ("pace_needed", Quantity::PerYear, laws::PACE_NEEDED),
        numbers.pace_needed,
        "(T - V) / (tN - t)",
        &[("T", tt), ("V", v), ("tN", tn), ("t", t)],
    );
    if let Some(pace) = numbers.pace_so_far {
        sheet.add(
            ("projection.line", Quantity::Value, laws::PROJECTION_LINE),
            numbers.projection_line,
            "S + c * (tN - t0)",
            &[("S", s), ("c", pace), ("tN", tn), ("t0", t0)],
        );
    }
    if numbers.projection_theil_sen.is_some() {
        theil_sen_line(sheet, &facts.recent(latest), tn, numbers.projection_theil_sen);
    }
}

fn theil_sen_line(sheet: &mut Sheet, points: &[(f64, f64)], tn: f64, result: Option<f64>) {
    let mut named: Vec<(String, f64)> = Vec::new();
    for (index, (x, y)) in points.iter().enumerate() {
        named.push((format!("x{}", index + 1), *x));
        named.push((format!("y{}", index + 1), *y));
    }
    let mut slopes = Vec::new();
    let mut terms = Vec::new();
    for a in 0..points.len() {
        for b in a + 1..points.len() {
            let ((x1, y1), (x2, y2)) = (points[a], points[b]);
            if x1 != x2 {
                slopes.push((y2 - y1) / (x2 - x1));
                let (a, b) = (a + 1, b + 1);
                terms.push(format!("(y{b} - y{a}) / (x{b} - x{a})"));
            }
        }
    }
    let Some(slope) = super::super::number::median(&mut slopes) else { return };
    let inputs: Vec<(&str, f64)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let head = ("theil_sen_slope", Quantity::PerYear, laws::THEIL_SEN);
    sheet.add(head, Some(slope), format!("median({})", terms.join(", ")), &inputs);
    let values: Vec<String> = (1..=points.len()).map(|n| format!("y{n} + b * (tN - x{n})")).collect();
    let mut with_slope = vec![("b", slope), ("tN", tn)];
    with_slope.extend(inputs);
    let head = ("projection.theil_sen", Quantity::Value, laws::THEIL_SEN);
    sheet.add(head, result, format!("median({})", values.join(", ")), &with_slope);
}

fn days(sheet: &mut Sheet, facts: &Facts<'_>, assessment: &Assessment) {
    let number = |day: NaiveDate| f64::from(day.num_days_from_ce());
    let as_of = facts.question.clock.as_of;
    if let (Some(days), Some(deadline)) = (assessment.days_left, assessment.deadline) {
        let inputs = [("deadline", number(deadline)), ("as_of", number(as_of))];
        let head = ("days_left", Quantity::Days, laws::DAYS);
        sheet.add(head, Some(days as f64), "deadline - as_of", &inputs);
    }
    if let (Some(days), Some(point)) = (assessment.data_age_days, &assessment.latest) {
        let inputs = [("as_of", number(as_of)), ("period_end", number(point.period.last))];
        let head = ("data_age_days", Quantity::Days, laws::DAYS);
        sheet.add(head, Some(days as f64), "as_of - period_end", &inputs);
    }
    if let (Some(start), Some(deadline)) = (&assessment.baseline, assessment.deadline)
        && !facts.terms().target.form.is_keep()
    {
        let (t0, tn) = (position(start.period.last), position(deadline));
        let inputs = [("tN", tn), ("t0", t0)];
        let head = ("too_early_years", Quantity::Years, laws::TOO_EARLY);
        sheet.add(head, Some((0.15 * (tn - t0)).min(2.0)), "min(0.15 * (tN - t0), 2)", &inputs);
    }
}

/// What a figure for the period that ends on `needed.end` would have to be.
fn needed_values(sheet: &mut Sheet, facts: &Facts<'_>, assessment: &Assessment, needed: &Needed) {
    let start = assessment.baseline.as_ref().and_then(|start| start.value.as_ref());
    let (Some(path), Some(s)) = (&assessment.path, start.map(Number::as_f64)) else { return };
    let settings = facts.question.settings;
    let name = |what: &str| format!("needed.{}.{what}", needed.end);
    expected_at(sheet, path, &name("expected_value"), position(needed.end), needed.expected);
    for (what, band, result) in
        [("on_track", settings.on_track, needed.on_track), ("at_risk", settings.at_risk, needed.at_risk)]
    {
        let (formula, inputs) = match needed.expected_progress {
            e if e > 0.0 => ("S - band * (S - P)", vec![("S", s), ("band", band), ("P", needed.expected)]),
            e if e < 0.0 => ("P", vec![("P", needed.expected)]),
            _ => ("S", vec![("S", s)]),
        };
        sheet.add((&name(what), Quantity::Value, laws::NEEDED), Some(result), formula, &inputs);
    }
}
