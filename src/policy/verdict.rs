//! The verdict: findings weighed, in order, and what follows from them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::rules::rank;
use super::texts::{Sight, Texts};
use super::{Found, Gate, Subject, rules_looked_at};
use crate::assess::{Clock, Status, Version};
use crate::diag::{Finding, Level, Related};
use crate::model::settings::{PolicyRule, Waiver};
use crate::model::words::words;

words! {
    /// What a finding does to the verdict, the worst first.
    Outcome {
        /// An invalid record: there is no verdict.
        Error = "error",
        Deny = "deny",
        Warn = "warn",
        /// Accepted for a while.
        Waived = "waived",
    }
}

words! {
    /// The verdict in one word.
    VerdictKind {
        Passed = "passed",
        Denied = "denied",
        /// Nothing was judged, which is no pass.
        Nothing = "nothing",
        /// Records are invalid: the judgement is incomplete.
        Invalid = "invalid",
    }
}

/// One finding, weighed.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What is wrong and where; its level is that of the outcome.
    pub finding: Finding,
    /// What it does to the verdict.
    pub outcome: Outcome,
    /// Whom it is about; `None` for findings of the reader.
    pub subject: Option<Subject>,
    /// The deadline in force, for findings of the dated policy.
    pub deadline: Option<NaiveDate>,
    /// Days since the deadline, where it is overdue.
    pub days_overdue: Option<i64>,
    /// The status judged.
    pub status: Option<Status>,
    /// What accepts it.
    pub waiver: Option<Waiver>,
    /// The same for the same finding in every run, whatever the line.
    pub fingerprint: String,
    /// Where the place and the related ones are to be seen; empty once they were.
    unseen: Vec<Sight>,
}

/// One promise that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Which.
    pub subject: Subject,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: u32,
}

/// Findings by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Invalid records.
    pub error: usize,
    /// Findings that deny.
    pub deny: usize,
    /// Findings that warn.
    pub warn: usize,
    /// Findings waived.
    pub waived: usize,
}

/// What the gate says about a book.
#[derive(Debug, Clone)]
#[must_use = "the exit code follows from it"]
pub struct Verdict {
    /// Day and knowledge; `None` for `lint`.
    pub clock: Option<Clock>,
    /// The terms judged by; `None` for `lint`.
    pub version: Option<Version>,
    /// The state compared with, as named by the user.
    pub since: Option<String>,
    /// Promises looked at, in the order of the files.
    pub promises: Vec<Promise>,
    /// Rules looked at, the worst first.
    pub rules: Vec<PolicyRule>,
    /// Promises not made yet on the day judged.
    pub not_yet: usize,
    /// Promises left out because of errors.
    pub left_out: u64,
    /// Findings, the worst first.
    pub findings: Vec<Judged>,
}

impl Judged {
    /// Whether its places were read from the files; where not, they name the line
    /// of the record.
    #[must_use]
    pub const fn is_seen(&self) -> bool {
        self.unseen.is_empty()
    }
}

impl Verdict {
    /// Findings by outcome.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let count = |outcome| self.findings.iter().filter(|judged| judged.outcome == outcome).count();
        Counts {
            error: count(Outcome::Error),
            deny: count(Outcome::Deny),
            warn: count(Outcome::Warn),
            waived: count(Outcome::Waived),
        }
    }

    /// What follows: an incomplete judgement is no verdict, and nothing looked
    /// at is no pass (design §5).
    pub fn kind(&self) -> VerdictKind {
        let counts = self.counts();
        if counts.error > 0 {
            VerdictKind::Invalid
        } else if self.promises.is_empty() {
            VerdictKind::Nothing
        } else if counts.deny > 0 {
            VerdictKind::Denied
        } else {
            VerdictKind::Passed
        }
    }

    /// Puts `prefix` before every path of the book, for readers who stand
    /// outside of it; `apart` lies outside already. Fingerprints stay.
    pub fn rebase(&mut self, prefix: &str, apart: Option<&str>) {
        let rebase = |file: &mut String| {
            if !prefix.is_empty() && !file.is_empty() && apart != Some(file.as_str()) {
                file.insert_str(0, prefix);
            }
        };
        for judged in &mut self.findings {
            rebase(&mut judged.finding.place.file);
            judged.finding.related.iter_mut().for_each(|related| rebase(&mut related.place.file));
        }
        self.promises.iter_mut().for_each(|promise| rebase(&mut promise.file));
    }

    /// Reads the files again for the lines and columns of the first `count`
    /// findings; the others keep the line of their record.
    pub(super) fn find_places(&mut self, texts: &Texts<'_>, count: usize) {
        for judged in self.findings.iter_mut().take(count) {
            let mut places = std::mem::take(&mut judged.unseen).into_iter().map(|sight| texts.place(&sight));
            if let Some(place) = places.next() {
                judged.finding.place = place;
            }
            for (related, place) in judged.finding.related.iter_mut().zip(places) {
                related.place = place;
            }
            // What is seen on the same line needs no second place.
            let line = judged.finding.place.line;
            let here = judged.finding.place.file.clone();
            judged.finding.related.retain(|related| related.place.file != here || related.place.line != line);
        }
    }

    /// Puts findings in order and gives each its fingerprint.
    pub(super) fn finish(&mut self) {
        self.findings.sort_by_cached_key(|judged| {
            let finding = &judged.finding;
            let rule = PolicyRule::from_name(&finding.rule).map_or(0, rank);
            (
                judged.outcome,
                rule,
                std::cmp::Reverse(judged.days_overdue),
                judged.subject.as_ref().map(|subject| subject.id().to_owned()),
                (finding.place.file.clone(), finding.place.line, finding.place.column),
                (finding.rule.clone(), finding.message.clone()),
            )
        });
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for judged in &mut self.findings {
            let count = seen.entry(judged.fingerprint.clone()).or_default();
            *count += 1;
            let text = format!("{}\n{count}", judged.fingerprint);
            judged.fingerprint =
                Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        }
    }
}

/// A verdict without findings.
pub(super) fn empty(gate: &Gate<'_>) -> Verdict {
    Verdict {
        clock: gate.dated.map(|(clock, _)| clock),
        version: gate.dated.map(|(_, version)| version),
        since: gate.since.map(|diff| diff.name.clone()),
        promises: Vec::new(),
        rules: rules_looked_at(gate),
        not_yet: 0,
        left_out: gate.left_out,
        findings: Vec::new(),
    }
}

/// The level that excerpts show.
fn level(outcome: Outcome) -> Level {
    if matches!(outcome, Outcome::Error | Outcome::Deny) { Level::Error } else { Level::Warning }
}

pub(super) fn of_reader(finding: &Finding, outcome: Outcome) -> Judged {
    Judged {
        fingerprint: format!("{}\n{}\n{}", finding.rule, finding.place.file, finding.message),
        finding: Finding { level: level(outcome), ..finding.clone() },
        outcome,
        subject: None,
        deadline: None,
        days_overdue: None,
        status: None,
        waiver: None,
        unseen: Vec::new(),
    }
}

pub(super) fn of_found(found: Found, outcome: Outcome, waiver: Option<Waiver>) -> Judged {
    let related = found
        .related
        .iter()
        .map(|(sight, label)| Related { place: sight.unread(), label: (*label).to_owned() })
        .collect();
    let place = found.place.unread();
    let unseen = std::iter::once(found.place).chain(found.related.into_iter().map(|(sight, _)| sight)).collect();
    Judged {
        fingerprint: format!("{}\n{}\n{}", found.rule, found.subject.id(), found.key),
        finding: Finding {
            rule: Cow::Borrowed(found.rule.name()),
            level: level(outcome),
            place,
            message: found.message,
            help: Some(found.help),
            related,
        },
        outcome,
        subject: Some(found.subject),
        deadline: found.deadline,
        days_overdue: found.days_overdue,
        status: found.status,
        waiver,
        unseen,
    }
}
