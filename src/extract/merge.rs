//! Drafts into a file of promises: a new one, or blocks at the end of one that
//! is there. Nothing that stands in the file is changed.

use std::collections::BTreeSet;

use super::document::Proposal;
use super::draft::{Record, StatementDraft, commitment_toml, faults, statement_toml};
use crate::diag::Finding;
use crate::journal::quoted;
use crate::parse::read_promises;

/// Who the promises are of.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// The file's stem.
    pub id: String,
    /// Its name, for a new file.
    pub name: String,
}

/// A file with drafts added.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The whole text.
    pub text: String,
    /// Ids of the commitments added.
    pub added: Vec<String>,
    /// Proposals that the file holds already, by quote, topic and deadline.
    pub present: usize,
}

/// Why drafts cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The file that is there has errors.
    #[error("the file has errors, and nothing is added to a file that cannot be read")]
    Broken(Vec<Finding>),
    /// The result would have errors.
    #[error("the drafts do not read back, so nothing is written")]
    Unreadable(Vec<Finding>),
}

/// Adds the proposals as drafts; those with `accepted` set without the mark.
///
/// # Errors
/// When the file there, or the result, does not read without errors.
pub fn merge(
    organisation: &Organisation,
    existing: Option<&str>,
    statement: &StatementDraft,
    proposals: &[(Proposal, bool)],
) -> Result<Merged, MergeError> {
    let id = &organisation.id;
    let mut text =
        existing.map_or_else(|| format!("[organisation]\nname = {}\n", quoted(&organisation.name)), str::to_owned);
    let read = read_promises(id, &format!("{id}.toml"), &text);
    let Some(book) = read.promises else { return Err(MergeError::Broken(read.findings)) };
    let mut taken: BTreeSet<String> = book.commitments.iter().map(|commitment| commitment.id.clone()).collect();
    taken.extend(book.metrics.iter().map(|metric| metric.id.clone()));
    let fiscal = book.organisation.fiscal_year.is_some();
    let mut blocks = String::new();
    if book.statement(&statement.id).is_none() {
        blocks.push('\n');
        blocks.push_str(&statement_toml(statement));
    }
    let (mut added, mut present) = (Vec::new(), 0);
    for (proposal, accepted) in proposals {
        let twin = |commitment: &&crate::model::commitment::Commitment| {
            let due = proposal.goal.due.as_ref().map_or("none", |due| due.deadline.as_str());
            commitment.quote.as_deref() == Some(proposal.quote.as_str())
                && commitment.topic == proposal.goal.topic
                && commitment.terms.deadline.text.replace("FY", "") == due
        };
        if book.commitments.iter().any(|commitment| twin(&commitment)) {
            present += 1;
            continue;
        }
        let record = Record::of(proposal, &mut taken, fiscal);
        blocks.push('\n');
        blocks.push_str(&commitment_toml(proposal, &record, &statement.id, !accepted));
        added.push(record.id);
    }
    if added.is_empty() {
        return Ok(Merged { text, added, present });
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    // a file with CRLF keeps CRLF
    if text.contains("\r\n") {
        blocks = blocks.replace('\n', "\r\n");
    }
    text.push_str(&blocks);
    let wrong = faults(id, &text);
    if wrong.is_empty() { Ok(Merged { text, added, present }) } else { Err(MergeError::Unreadable(wrong)) }
}
