//! SARIF 2.1.0: a location for each result, paths relative to where the reader
//! stands, fingerprints without line numbers.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::message;
use crate::diag::{Place, visible};
use crate::model::settings::{PolicyLevel, PolicyRule};
use crate::parse::rules as reader;
use crate::policy::{Judged, Outcome, Verdict, entry};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<Judged> = verdict.findings().collect();
    let ids = rule_ids(verdict, &findings);
    let results: Vec<Value> = findings.iter().map(|judged| result(judged, &ids)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pledgebook",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ids.iter().map(|id| descriptor(id)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Rules looked at, and those of the reader that found something.
fn rule_ids<'v>(verdict: &Verdict<'_>, findings: &'v [Judged]) -> Vec<&'v str> {
    let mut ids: Vec<&'v str> = verdict.rules.iter().map(|rule| rule.name()).collect();
    for judged in findings {
        if !ids.contains(&judged.finding.rule.as_ref()) {
            ids.push(&judged.finding.rule);
        }
    }
    ids
}

fn descriptor(id: &str) -> Value {
    let text = |text: &str| json!({ "text": text });
    if let Some(rule) = PolicyRule::from_name(id) {
        let entry = entry(rule);
        let level = match rule.default_level() {
            PolicyLevel::Deny => "error",
            PolicyLevel::Warn => "warning",
            PolicyLevel::Allow => "none",
        };
        return json!({
            "id": id,
            "shortDescription": text(entry.summary),
            "fullDescription": text(entry.meaning),
            "help": text(entry.cure),
            "defaultConfiguration": { "level": level },
        });
    }
    let known = reader::RULES.iter().find(|rule| rule.id == id);
    let (summary, cure, level) = known.map_or((id, "", "error"), |rule| (rule.summary, rule.cure, rule.level.name()));
    json!({
        "id": id,
        "shortDescription": text(summary),
        "help": text(cure),
        "defaultConfiguration": { "level": level },
    })
}

fn result(judged: &Judged, ids: &[&str]) -> Value {
    let finding = &judged.finding;
    let level = match judged.outcome {
        Outcome::Error | Outcome::Deny => "error",
        Outcome::Warn => "warning",
        Outcome::Waived => "note",
    };
    // Where one result has suppressions, all must say whether they have any.
    let suppressions = judged.waiver.as_ref().map_or_else(Vec::new, |waiver| {
        let justification = format!("{} (until {})", visible(&waiver.reason), waiver.expires);
        vec![json!({ "kind": "external", "status": "accepted", "justification": justification })]
    });
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .map(|(index, related)| {
            json!({
                "id": index,
                "physicalLocation": location(&related.place),
                "message": { "text": visible(&related.label) },
            })
        })
        .collect();
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {}", visible(help)));
    json!({
        "ruleId": finding.rule,
        "ruleIndex": ids.iter().position(|id| *id == finding.rule),
        "level": level,
        "message": { "text": format!("{}{help}", message(judged)) },
        "locations": [{ "physicalLocation": location(&finding.place) }],
        "relatedLocations": related,
        "partialFingerprints": { "pledgebookFinding/v1": judged.fingerprint() },
        "suppressions": suppressions,
        "properties": { "outcome": judged.outcome.name() },
    })
}

/// A location; a file as a whole is told at its head, since readers of SARIF
/// drop results without a line.
fn location(place: &Place) -> Value {
    let region = if place.line == 0 {
        json!({ "startLine": 1 })
    } else {
        let column = place.column.max(1);
        json!({ "startLine": place.line, "startColumn": column, "endColumn": column + place.width.max(1) })
    };
    json!({ "artifactLocation": { "uri": uri(&place.file) }, "region": region })
}

/// A relative reference (RFC 3986): every byte but the unreserved and `/` is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_references() {
        assert_eq!(uri("commitments/größe: a.toml"), "commitments/gr%C3%B6%C3%9Fe%3A%20a.toml");
    }
}
