//! Quotes against the archived texts of their statements.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::texts::bytes;
use super::{Found, Gate, Sight, Subject};
use crate::diag::visible;
use crate::diff::{folded, is_passed_over};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::PolicyRule;
use crate::model::statement::Statement;

/// An archived text: folded for comparing, or `None` where it cannot be read.
type Archive<'d> = BTreeMap<&'d str, Option<String>>;

/// What the archived texts of an organisation say about its records.
pub(super) fn check(gate: &Gate<'_>, dossier: &Dossier, found: &mut Vec<Found>) {
    let mut archive = Archive::new();
    for statement in &dossier.promises.statements {
        if let Some(file) = &statement.file {
            let text = read(gate, dossier, statement, file, found);
            archive.insert(&statement.id, text);
        }
    }
    if archive.is_empty() {
        return;
    }
    for commitment in &dossier.promises.commitments {
        if gate.wants_record(dossier, commitment) {
            found.extend(quote(dossier, commitment, &archive));
        }
    }
}

fn read(
    gate: &Gate<'_>,
    dossier: &Dossier,
    statement: &Statement,
    file: &str,
    found: &mut Vec<Found>,
) -> Option<String> {
    let missing = |why: &str| {
        let place = Sight::key(&dossier.path, statement.line, "file");
        let message = format!("the archived text `{}` cannot be read: {why}", visible(file));
        Found::new(PolicyRule::ArchivedTextMissing, Subject::organisation(dossier), place, message).key(&statement.id)
    };
    let bytes = match bytes(gate.root, file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let words = error.to_string();
            found.push(missing(words.split(" (os error").next().unwrap_or(&words)));
            return None;
        }
    };
    if let Some(wanted) = &statement.sha256 {
        let actual: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if actual != *wanted {
            let place = Sight::key(&dossier.path, statement.line, "sha256");
            let message = format!("the archived text `{}` has the SHA-256 {actual}", visible(file));
            found.push(
                Found::new(PolicyRule::HashMismatch, Subject::organisation(dossier), place, message).key(&statement.id),
            );
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(folded(&text)),
        Err(_) => {
            found.push(missing("it is not UTF-8 text, so that no quote can be found in it"));
            None
        }
    }
}

fn quote(dossier: &Dossier, commitment: &Commitment, archive: &Archive<'_>) -> Option<Found> {
    let wanted = folded(commitment.quote.as_deref()?);
    let of: Vec<&Option<String>> = commitment.statements.iter().filter_map(|id| archive.get(id.as_str())).collect();
    let readable: Vec<&String> = of.iter().filter_map(|text| text.as_ref()).collect();
    // A text that cannot be read is a finding of its own, and may hold the quote.
    if readable.is_empty() || readable.len() < of.len() || readable.iter().any(|text| text.contains(&wanted)) {
        return None;
    }
    let agreed = readable.iter().map(|text| agreement(&wanted, text)).max().unwrap_or(0);
    let words = original_prefix(commitment.quote.as_deref()?, agreed);
    let place = Sight::key(&dossier.path, commitment.line, "quote");
    let subject = Subject::commitment(dossier, commitment);
    let message = format!("the quote of `{}` does not stand in its statement's archived text", subject.id());
    let mut found = Found::new(PolicyRule::QuoteNotFound, subject, place, message);
    if agreed > 0 {
        found.help = format!("the text agrees up to `{}`", tail(&visible(&words)));
    }
    Some(found)
}

/// Characters of `wanted` from its start that stand somewhere in `text`.
fn agreement(wanted: &str, text: &str) -> usize {
    let ends: Vec<usize> = wanted.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    // A beginning of a beginning that is found is found, too: halve.
    ends.partition_point(|&end| text.contains(&wanted[..end]))
}

/// The beginning of the quote as written that has `count` characters when folded.
fn original_prefix(quote: &str, count: usize) -> String {
    let mut left = count;
    quote
        .chars()
        .take_while(|c| {
            if is_passed_over(*c) {
                return left > 0;
            }
            let more = left > 0;
            left = left.saturating_sub(1);
            more
        })
        .collect()
}

/// The last forty characters of a text.
fn tail(text: &str) -> String {
    let text = text.trim_end();
    let count = text.chars().count();
    if count <= 40 {
        return text.to_owned();
    }
    format!("…{}", text.chars().skip(count - 40).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agreement_ends_where_the_words_part() {
        assert_eq!(agreement("wewillbe", "xxwewasbe"), 3);
        assert_eq!(original_prefix("we will be", 3), "we w");
        assert_eq!(agreement("zz", "abc"), 0);
    }
}
