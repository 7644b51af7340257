//! `explain` and `show` as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::json::{SCHEMA, assessment_json};
use super::words::{amendment_words, cause_words};
use crate::assess::workings::{Given, Quantity, Step, Worked, changed};
use crate::model::figure::{Disclosure, Provenance};
use crate::report::{Account, Plot, Spot};

/// The names come in the order written here.
#[derive(Serialize)]
struct Head<'a> {
    schema: u32,
    as_of: String,
    known_at: Option<String>,
    terms: &'static str,
    id: &'a str,
    assessment: Value,
}

#[derive(Serialize)]
struct Explain<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    givens: Vec<Value>,
    numbers: Vec<Number<'a>>,
    steps: Vec<Value>,
    bands: Value,
    flags: Vec<Value>,
    figures: Vec<Value>,
    deadline: Value,
    terms_in_force: Vec<Value>,
    amendments: Vec<Value>,
    balance: Value,
    next: Value,
}

/// A number with everything needed to compute it again.
#[derive(Serialize)]
struct Number<'a> {
    name: &'a str,
    formula: &'a str,
    inputs: Map<String, Value>,
    result: f64,
    arithmetic: &'static str,
    unit: String,
    rule: &'static str,
    origin: &'static str,
    summary: &'static str,
}

#[derive(Serialize)]
struct Show<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    statements: Vec<Value>,
    quote: Option<&'a str>,
    summary: Option<&'a str>,
    coverage: Option<&'a str>,
    note: Option<&'a str>,
    terms_in_force: Vec<Value>,
    amendments: Vec<Value>,
    figures: Vec<Value>,
    context: Vec<Value>,
    balance: Value,
    chart: Value,
}

/// Writes every number of a judgement with formula, inputs and result.
///
/// # Errors
/// What the stream says.
pub fn write_explain_json(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let workings = &account.workings;
    let settings = account.question.settings;
    let deadline = &workings.assessment.in_force.terms.deadline;
    let explain = Explain {
        head: head(account)?,
        givens: workings.givens.iter().map(|given| given_json(given, account)).collect(),
        numbers: workings.numbers.iter().map(|number| number_json(number, account)).collect(),
        steps: workings.steps.iter().map(step_json).collect(),
        bands: json!({"on_track": settings.on_track, "at_risk": settings.at_risk, "tolerance": 1e-9}),
        flags: workings.flags.iter().map(|(flag, why)| json!({"flag": flag.name(), "why": why})).collect(),
        figures: figures(account),
        deadline: json!({
            "text": deadline.text,
            "day": deadline.day.map(|day| day.to_string()),
            "rule": deadline.rule(),
        }),
        terms_in_force: terms(account),
        amendments: amendments(account),
        balance: balance(account),
        next: next(account),
    };
    serde_json::to_writer_pretty(&mut *out, &explain)?;
    writeln!(out)
}

/// Writes one promise with its sources, terms, figures and plot.
///
/// # Errors
/// What the stream says.
pub fn write_show_json(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let commitment = account.commitment;
    let show = Show {
        head: head(account)?,
        statements: statements(account),
        quote: commitment.quote.as_deref(),
        summary: commitment.summary.as_deref(),
        coverage: commitment.coverage.as_deref(),
        note: commitment.note.as_deref(),
        terms_in_force: terms(account),
        amendments: amendments(account),
        figures: figures(account),
        context: context(account),
        balance: balance(account),
        chart: chart(&Plot::of(account)),
    };
    serde_json::to_writer_pretty(&mut *out, &show)?;
    writeln!(out)
}

fn head<'a>(account: &'a Account<'_>) -> io::Result<Head<'a>> {
    let clock = account.question.clock;
    Ok(Head {
        schema: SCHEMA,
        as_of: clock.as_of.to_string(),
        known_at: clock.known_at.map(|day| day.to_string()),
        terms: account.question.version.name(),
        id: &account.row.id,
        assessment: assessment_json(&account.row)?,
    })
}

fn unit_of(quantity: Quantity, account: &Account<'_>) -> String {
    let unit = account.row.unit.as_ref().map_or("", |unit| unit.text.as_str());
    match quantity {
        Quantity::Value => unit.to_owned(),
        Quantity::PerYear => format!("{unit}/year"),
        Quantity::Percent => "%".to_owned(),
        Quantity::Ratio => "1".to_owned(),
        Quantity::Years | Quantity::Position => "years".to_owned(),
        Quantity::Days => "days".to_owned(),
    }
}

fn given_json(given: &Given, account: &Account<'_>) -> Value {
    json!({
        "name": given.name,
        "value": given.value,
        "written": given.written,
        "unit": unit_of(given.quantity, account),
        "from": given.from,
    })
}

fn number_json<'a>(number: &'a Worked, account: &Account<'_>) -> Number<'a> {
    Number {
        name: &number.name,
        formula: &number.formula,
        inputs: number.inputs.iter().map(|(name, value)| (name.clone(), json!(value))).collect(),
        result: number.result,
        arithmetic: if number.decimal { "decimal" } else { "binary64" },
        unit: unit_of(number.quantity, account),
        rule: number.law.name,
        origin: number.law.origin,
        summary: number.law.summary,
    }
}

fn step_json(step: &Step) -> Value {
    let inputs = step.test.as_ref().map(|test| {
        test.inputs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<String, Value>>()
    });
    json!({
        "status": step.status.name(),
        "holds": step.holds,
        "asks": step.asks,
        "formula": step.test.as_ref().map(|test| test.formula),
        "inputs": inputs,
    })
}

fn figures(account: &Account<'_>) -> Vec<Value> {
    account
        .workings
        .figures
        .iter()
        .map(|fate| {
            let (figure, provenance) = account.figure(fate.figure);
            let (edition, editions) = account.edition(fate.figure);
            let counted = figure.measured().is_some() && account.question.clock.counts(figure);
            let (value, amount, unit) = match &figure.disclosure {
                Disclosure::Value(measured) => (
                    Some(measured.written.text.as_str()),
                    Some(crate::model::number::to_f64(measured.amount)),
                    measured.unit.as_ref().or(account.metric.unit.as_ref()).map(|unit| unit.text.as_str()),
                ),
                _ => (None, None, None),
            };
            let measured = figure.measured();
            json!({
                "period": figure.period.text,
                "value": value,
                "unit": unit,
                "amount": amount,
                "bound": measured.and_then(|measured| measured.bound).map(|bound| bound.name()),
                "gross": measured.and_then(|measured| measured.gross.as_ref()).map(|number| number.text.as_str()),
                "offsets": measured.and_then(|measured| measured.offsets.as_ref()).map(|number| number.text.as_str()),
                "done": match figure.disclosure { Disclosure::Done(done) => Some(done), _ => None },
                "no_disclosure": figure.disclosure == Disclosure::None,
                "reported": figure.reported.map(|day| day.to_string()),
                "recorded": figure.recorded.map(|day| day.to_string()),
                "edition": counted.then_some(edition),
                "editions": counted.then_some(editions),
                "break": figure.series_break,
                "confidence": figure.confidence.map(|confidence| confidence.name()),
                "used": fate.passed_over.is_none(),
                "roles": fate.roles.iter().map(|role| role.name()).collect::<Vec<_>>(),
                "passed_over": fate.passed_over.map(|why| why.name()),
                "why": fate.words,
                "source": provenance.map(source),
                "line": figure.line,
            })
        })
        .collect()
}

fn source(provenance: &Provenance) -> Value {
    let source = &provenance.source;
    json!({
        "title": source.title,
        "url": source.url,
        "copy_url": source.copy_url,
        "page": source.page,
        "note": source.note,
        "assurance": provenance.assurance.map(|assurance| assurance.name()),
        "remark": provenance.note,
        "author": provenance.author,
    })
}

fn terms(account: &Account<'_>) -> Vec<Value> {
    let amendment = |index: usize| {
        let amendment = &account.commitment.amendments[index];
        json!({"date": amendment.date.to_string(), "line": amendment.line})
    };
    account
        .workings
        .terms
        .iter()
        .map(|term| {
            json!({"term": term.term, "first": term.first, "now": term.now, "set_by": term.set_by.map(amendment)})
        })
        .collect()
}

/// All amendments of the record, those to come on the day judged included.
fn amendments(account: &Account<'_>) -> Vec<Value> {
    let fates = &account.workings.assessment.in_force.fates;
    account
        .commitment
        .amendments
        .iter()
        .enumerate()
        .map(|(index, amendment)| {
            let fate = fates.iter().find(|fate| fate.index == index);
            let changes: Vec<Value> = changed(account.commitment, index)
                .into_iter()
                .map(|changed| json!({"term": changed.term, "before": changed.before, "after": changed.after}))
                .collect();
            json!({
                "date": amendment.date.to_string(),
                "effective": amendment.date.last().to_string(),
                "in_force": fate.is_some_and(|fate| !fate.late),
                "late": fate.is_some_and(|fate| fate.late),
                "words": amendment_words(account.commitment, index),
                "changed": changes,
                "withdrawn": amendment.withdrawn,
                "superseded_by": amendment.superseded_by,
                "reason": amendment.reason,
                "speaker": amendment.speaker,
                "title": amendment.title,
                "url": amendment.url,
                "line": amendment.line,
            })
        })
        .collect()
}

fn balance(account: &Account<'_>) -> Value {
    let limit = account.workings.assessment.in_force.terms.offsets.max_percent.as_ref();
    account.balance().map_or(Value::Null, |balance| {
        json!({
            "gross": balance.gross,
            "offsets": balance.offsets,
            "net": balance.net,
            "offsets_percent": balance.offsets_percent,
            "limit_percent": limit.map(|limit| limit.text.as_str()),
        })
    })
}

fn next(account: &Account<'_>) -> Value {
    let turns = &account.workings.turns;
    let numbers = &account.workings.assessment.numbers;
    let needed: Vec<Value> = turns
        .needed
        .iter()
        .map(|needed| {
            json!({
                "period_end": needed.end.to_string(),
                "expected_value": needed.expected,
                "on_track": needed.on_track,
                "at_risk": needed.at_risk,
                "too_early": needed.too_early,
            })
        })
        .collect();
    let by_time: Vec<Value> = turns
        .by_time
        .iter()
        .map(|turn| {
            let causes = turn.causes.iter().map(|cause| cause_words(*cause, account.dossier, account.commitment));
            json!({
                "date": turn.date.to_string(),
                "status": turn.assessment.status.name(),
                "flags": turn.assessment.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>(),
                "causes": causes.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "words": turns.words,
        "pace_so_far": numbers.pace_so_far,
        "pace_needed": numbers.pace_needed,
        "needed": needed,
        "by_time": by_time,
    })
}

fn statements(account: &Account<'_>) -> Vec<Value> {
    account
        .statements()
        .map(|statement| {
            json!({
                "id": statement.id,
                "date": statement.date.map(|date| date.to_string()),
                "speaker": statement.speaker,
                "role": statement.role,
                "event": statement.event,
                "title": statement.title,
                "url": statement.url,
                "archive_url": statement.archive_url,
                "file": statement.file,
                "note": statement.note,
            })
        })
        .collect()
}

fn context(account: &Account<'_>) -> Vec<Value> {
    account
        .context()
        .map(|beside| {
            let measured = beside.figure.and_then(|figure| figure.measured());
            let unit = measured.and_then(|measured| measured.unit.as_ref()).or(beside.metric.unit.as_ref());
            json!({
                "metric": beside.metric.id,
                "name": beside.metric.name,
                "period": beside.figure.map(|figure| figure.period.text.as_str()),
                "value": measured.map(|measured| measured.written.text.as_str()),
                "unit": unit.map(|unit| unit.text.as_str()),
            })
        })
        .collect()
}

fn chart(plot: &Plot) -> Value {
    let spot = |(x, y): &Spot| json!([x, y]);
    json!({
        "unit": plot.unit,
        "figures": plot.figures.iter().map(spot).collect::<Vec<_>>(),
        "path": plot.path.iter().map(spot).collect::<Vec<_>>(),
        "baseline": plot.baseline.as_ref().map(spot),
        "milestones": plot.milestones.iter().map(spot).collect::<Vec<_>>(),
        "target": plot.target.as_ref().map(spot),
        "projections": plot.projections.iter().map(|(from, to)| json!([spot(from), spot(to)])).collect::<Vec<_>>(),
        "today": plot.today.map(|(at, _)| at),
    })
}
