//! The verdict: findings weighed, in order, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::dated::Told;
use super::row::{Looked, Origin, Row, Seat};
use super::rules::{RULES, rank};
use super::severity::Weight;
use super::texts::Texts;
use super::worked::level;
use super::{Found, Gate, Subject, rules_looked_at};
use crate::assess::{Clock, Status, Version};
use crate::diag::{Finding, is_printable_ascii, visible};
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

/// One finding, weighed and worked out.
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
    /// What tells it from every other finding, whatever the line.
    pub(super) identity: String,
}

impl Judged {
    /// The same for the same finding in every run, whatever the line.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.identity.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
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
#[must_use = "the exit code follows from it"]
pub struct Verdict<'g> {
    /// Day and knowledge; `None` for `lint`.
    pub clock: Option<Clock>,
    /// The terms judged by; `None` for `lint`.
    pub version: Option<Version>,
    /// The state compared with, as named by the user.
    pub since: Option<String>,
    /// Rules looked at, the worst first.
    pub rules: Vec<PolicyRule>,
    /// Promises not made yet on the day judged.
    pub not_yet: usize,
    /// Promises left out because of errors.
    pub left_out: u64,
    pub(super) gate: &'g Gate<'g>,
    texts: Texts<'g>,
    promises: Vec<Seat>,
    /// Findings, the worst first.
    pub(super) rows: Vec<Row>,
    /// Findings that no register tells, and which of their like each is.
    pub(super) others: Vec<(Found, usize)>,
    /// Which of their like those of the reader are that are not the first.
    pub(super) copies: BTreeMap<usize, usize>,
    counts: Counts,
    /// What stands before the paths of the book, and whether the settings lie
    /// outside of it.
    prefix: String,
    apart: Option<&'g str>,
}

impl<'g> Verdict<'g> {
    /// A verdict without findings.
    pub(super) fn of(gate: &'g Gate<'g>) -> Self {
        Self {
            clock: gate.dated.map(|(clock, _)| clock),
            version: gate.dated.map(|(_, version)| version),
            since: gate.since.map(|diff| diff.name.clone()),
            rules: rules_looked_at(gate),
            not_yet: 0,
            left_out: gate.left_out,
            gate,
            texts: Texts::new(gate.root, gate.settings_text.map(|text| (gate.settings_file, text))),
            promises: Vec::new(),
            rows: Vec::new(),
            others: Vec::new(),
            copies: BTreeMap::new(),
            counts: Counts::default(),
            prefix: String::new(),
            apart: None,
        }
    }

    /// Findings by outcome.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What follows: an incomplete judgement is no verdict, and nothing looked
    /// at is no pass (design §5).
    pub const fn kind(&self) -> VerdictKind {
        if self.counts.error > 0 {
            VerdictKind::Invalid
        } else if self.promises.is_empty() {
            VerdictKind::Nothing
        } else if self.counts.deny > 0 {
            VerdictKind::Denied
        } else {
            VerdictKind::Passed
        }
    }

    /// How many promises were looked at.
    #[must_use]
    pub const fn looked_at(&self) -> usize {
        self.promises.len()
    }

    /// Promises looked at, in the order of the files.
    pub fn promises(&self) -> impl Iterator<Item = Promise> + '_ {
        self.promises.iter().map(|seat| {
            let register = &self.gate.registers[seat.register()];
            let entry = register.brief(seat.entry());
            Promise { subject: Subject::entry(register, &entry), file: self.based(&register.path), line: entry.line }
        })
    }

    /// How many findings there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the finding at `index` does to the verdict.
    #[must_use]
    pub fn outcome(&self, index: usize) -> Outcome {
        self.rows[index].outcome
    }

    /// All findings, the worst first, worked out one at a time.
    pub fn findings(&self) -> impl Iterator<Item = Judged> + '_ {
        (0..self.len()).map(|index| self.finding(index))
    }

    /// The finding at `index`, which is below [`len`](Self::len). Where it is to be
    /// seen, its files are read again for the places.
    #[must_use]
    pub fn finding(&self, index: usize) -> Judged {
        let row = &self.rows[index];
        let (mut judged, sights) = self.worked_out(row);
        if index < self.gate.excerpts {
            self.texts.find(&mut judged.finding, &sights);
        }
        let finding = &mut judged.finding;
        for place in std::iter::once(&mut finding.place).chain(finding.related.iter_mut().map(|one| &mut one.place)) {
            place.file = self.based(&place.file);
        }
        judged
    }

    /// Whether the places of the finding at `index` are read from the files; where
    /// not, they name the line of the record.
    #[must_use]
    pub fn is_seen(&self, index: usize) -> bool {
        index < self.gate.excerpts || matches!(self.rows[index].origin, Origin::Reader(_))
    }

    /// Appends the finding at `index` in one line, without its end, as it is known
    /// without its files: `warning[stale]: … at file:1:1`.
    pub fn put_line(&self, index: usize, out: &mut String) {
        let (row, start) = (&self.rows[index], out.len());
        if let Origin::Entry(seat) = row.origin {
            let (told, rule) = (Told::of(self.gate, seat), RULES[row.rank].rule);
            out.extend([level(row.outcome).name(), "[", rule.name(), "]: "]);
            told.put_message(rule, out);
            let (file, line) = told.line();
            out.extend([" at ", &self.prefix, file, ":", &line.to_string(), ":1"]);
        } else {
            let Judged { finding, .. } = self.finding(index);
            let place = finding.place.to_string();
            out.extend([finding.level.name(), "[", &finding.rule, "]: ", &finding.message, " at ", &place]);
        }
        if !is_printable_ascii(&out[start..]) {
            let line = visible(&out[start..]);
            out.replace_range(start.., &line);
        }
    }

    /// Puts `prefix` before every path of the book, for readers who stand
    /// outside of it; `apart` lies outside already. Fingerprints stay.
    pub fn rebase(&mut self, prefix: &str, apart: Option<&'g str>) {
        prefix.clone_into(&mut self.prefix);
        self.apart = apart;
    }

    fn based(&self, file: &str) -> String {
        if file.is_empty() || self.apart == Some(file) { file.to_owned() } else { format!("{}{file}", self.prefix) }
    }

    /// Takes what was found in some registers.
    pub(super) fn take(&mut self, looked: Looked) {
        let Looked { rows, promises, not_yet } = looked;
        self.promises.extend(promises);
        self.not_yet += not_yet;
        rows.into_iter().for_each(|row| self.push(row));
    }

    /// Places of the waivers that accepted anything so far.
    pub(super) fn waivers_used(&self) -> BTreeSet<usize> {
        self.rows.iter().filter_map(|row| row.waiver).collect()
    }

    pub(super) fn push_reader(&mut self, index: usize, outcome: Outcome) {
        let rank = PolicyRule::from_name(&self.gate.reader[index].rule).map_or(0, rank);
        self.push(Row { outcome, rank, days_overdue: None, waiver: None, origin: Origin::Reader(index) });
    }

    pub(super) fn push_found(&mut self, found: Found, weight: Weight) {
        let Weight { outcome, waiver } = weight;
        let origin = Origin::Found(self.others.len());
        let (rank, days_overdue) = (rank(found.rule), found.days_overdue);
        self.others.push((found, 1));
        self.push(Row { outcome, rank, days_overdue, waiver, origin });
    }

    fn push(&mut self, row: Row) {
        let counts = &mut self.counts;
        *match row.outcome {
            Outcome::Error => &mut counts.error,
            Outcome::Deny => &mut counts.deny,
            Outcome::Warn => &mut counts.warn,
            Outcome::Waived => &mut counts.waived,
        } += 1;
        self.rows.push(row);
    }
}
