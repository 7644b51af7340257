//! What was found as JSON: names are stable, `schema` counts breaking changes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::document::{Extraction, Proposal};
use super::draft::Record;
use super::weights::Weighed;

/// The whole extraction; `others` and `explain` add what is kept apart.
#[must_use]
pub fn to_json(found: &Extraction, statement: &str, others: bool, explain: bool) -> Value {
    let list = |proposals: &[Proposal]| {
        let mut taken = BTreeSet::new();
        proposals.iter().map(|proposal| one(proposal, statement, &mut taken)).collect::<Vec<Value>>()
    };
    let mut value = json!({
        "schema": 1,
        "sentences": found.sentences,
        "not_english": found.not_english.is_some(),
        "foreign_paragraphs": found.foreign,
        "commitments": list(&found.proposals),
    });
    if others {
        value["reported"] = Value::from(list(&found.reported));
    }
    if explain {
        let left_out: Vec<Value> = found
            .rejected
            .iter()
            .map(|rejected| {
                let reasons: Vec<Value> = rejected
                    .reasons
                    .iter()
                    .map(|reason| {
                        json!({
                            "class": reason.class.name(),
                            "rule": reason.rule,
                            "evidence": reason.evidence.as_ref().map(weighed),
                        })
                    })
                    .collect();
                json!({"quote": rejected.quote, "line": rejected.line, "reasons": reasons})
            })
            .collect();
        value["left_out"] = Value::from(left_out);
    }
    value
}

/// The sum in log-odds and what weighed most, both to two places.
fn weighed(weighed: &Weighed) -> Value {
    let two = |number: f64| (number * 100.0).round() / 100.0;
    let heaviest: Vec<Value> =
        weighed.heaviest.iter().map(|(sign, weight)| json!({"sign": sign, "weight": two(*weight)})).collect();
    json!({"sum": two(weighed.sum), "heaviest": heaviest})
}

fn one(proposal: &Proposal, statement: &str, taken: &mut BTreeSet<String>) -> Value {
    let goal = &proposal.goal;
    let record = Record::of(proposal, taken, false);
    let number = |value: Option<rust_decimal::Decimal>| value.map(|value| value.normalize().to_string());
    let target = match record.number {
        Some(value) => json!({record.form.name(): value.normalize().to_string()}),
        None => json!({record.form.name(): true}),
    };
    let milestones: Vec<Value> = record
        .milestones
        .iter()
        .map(|(due, value)| json!({"deadline": due, record.form.name(): value.normalize().to_string()}))
        .collect();
    json!({
        "id": record.id,
        "title": record.title,
        "statement": statement,
        "quote": proposal.quote,
        "line": proposal.line,
        "bytes": [proposal.bytes.start, proposal.bytes.end],
        "said_again_on_lines": proposal.again,
        "under": proposal.lead,
        "committer": goal.committer,
        "topic": goal.topic.name(),
        "target": target,
        "aim": number(record.aim),
        "unit": record.unit,
        "value_as_said": number(goal.value),
        "unit_as_said": goal.unit,
        "baseline": goal.baseline.map(|year| year.to_string()),
        "deadline": record.deadline,
        "deadline_words": goal.due.as_ref().map(|due| due.words.clone()),
        "scopes": goal.scopes,
        "milestones": milestones,
        "strength": goal.strength.name(),
        "rules": goal.rules,
        "evidence": goal.evidence.as_ref().map(weighed),
        "note": record.note,
    })
}
