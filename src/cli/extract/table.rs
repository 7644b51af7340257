//! What was found as a table, or as comments below the drafts.

use std::collections::BTreeSet;

use comfy_table::{ContentArrangement, Table, presets};

use crate::diag::visible;
use crate::extract::draft::Record;
use crate::extract::{Extraction, Proposal};

pub(super) fn table(found: &Extraction, others: bool, explain: bool, width: Option<u16>) -> String {
    let mut out = String::new();
    if !found.proposals.is_empty() {
        out.push_str(&rows(&found.proposals, explain, width));
        out.push('\n');
    }
    if others && !found.reported.is_empty() {
        out.push_str("\nreported of others:\n");
        out.push_str(&rows(&found.reported, explain, width));
        out.push('\n');
    }
    if explain && !found.rejected.is_empty() {
        out.push_str("\nleft out:\n");
        for rejected in &found.rejected {
            out.push_str(&format!("  line {}: {}: {}\n", rejected.line, reasons(rejected), visible(&rejected.quote)));
        }
    }
    out
}

fn rows(proposals: &[Proposal], explain: bool, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    let mut header = vec!["line", "committer", "topic", "target", "deadline", "strength", "quote"];
    if explain {
        header.push("rules");
    }
    table.set_header(header);
    let mut taken = BTreeSet::new();
    for proposal in proposals {
        let goal = &proposal.goal;
        let record = Record::of(proposal, &mut taken, false);
        let number = record.number.map(|number| format!(" {}", number.normalize())).unwrap_or_default();
        let target = format!("{}{number} {}", record.form, record.unit.as_deref().unwrap_or_default());
        let committer = goal.committer.as_deref().unwrap_or("the speaker");
        let mut row = vec![
            proposal.line.to_string(),
            visible(committer),
            goal.topic.name().to_owned(),
            target.trim().to_owned(),
            record.deadline,
            goal.strength.name().to_owned(),
            visible(&proposal.quote),
        ];
        if explain {
            row.push(goal.reasons());
        }
        table.add_row(row);
    }
    table.to_string()
}

/// Goals of others and sentences left out, as TOML comments.
pub(super) fn comments(found: &Extraction, others: bool, explain: bool) -> String {
    let mut out = String::new();
    if others {
        for proposal in &found.reported {
            let goal = &proposal.goal;
            let due = goal.due.as_ref().map_or("none", |due| due.deadline.as_str());
            let committer = goal.committer.as_deref().unwrap_or("others");
            out.push_str(&format!(
                "# reported, line {}: {}: {} ({due}): {}\n",
                proposal.line,
                visible(committer),
                goal.topic,
                visible(&proposal.quote)
            ));
        }
    }
    if explain {
        for rejected in &found.rejected {
            out.push_str(&format!(
                "# left out, line {}: {}: {}\n",
                rejected.line,
                reasons(rejected),
                visible(&rejected.quote)
            ));
        }
    }
    out
}

fn reasons(rejected: &crate::extract::Rejected) -> String {
    let mut words: Vec<String> = rejected
        .reasons
        .iter()
        .map(|reason| match (&reason.rule, &reason.evidence) {
            (_, Some(evidence)) => format!("evidence {evidence}"),
            (Some(rule), None) => format!("{} ({rule})", reason.class),
            (None, None) => reason.class.name().to_owned(),
        })
        .collect();
    words.dedup();
    words.join(", ")
}
