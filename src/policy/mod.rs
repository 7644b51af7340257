//! The gate: rules to findings to a verdict.
//!
//! `lint` looks at the records alone and never at the day; `check` adds the
//! dated policy. How much a finding matters is decided in `severity` alone,
//! and the exit code follows from the [`Verdict`] alone.

mod dated;
mod page;
mod quotes;
mod rules;
mod settings;
mod severity;
mod since;
mod texts;
mod verdict;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use page::{nearest_rule, rule_names, rule_page, rules_markdown};
pub use rules::{Occasion, RULES, RuleEntry, entry, rank};
pub use severity::Tighten;
pub use verdict::{Counts, Judged, Outcome, Promise, Verdict, VerdictKind};

use crate::assess::{Clock, Entry, Status, Version};
use crate::diag::Finding;
use crate::diff::Diff;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::{PolicyRule, Settings};
use crate::model::topic::Topic;
use crate::store::KeptRegister;
use severity::Scale;
use texts::{Sight, Texts};

/// What is asked of the gate.
pub struct Gate<'g> {
    /// The book's folder.
    pub root: &'g Path,
    /// How the organisations without errors stand, by path.
    pub registers: &'g [KeptRegister],
    /// Those with archived texts, whole; all of them where `since` is asked.
    pub organisations: &'g [Dossier],
    /// What the reader found.
    pub reader: &'g [Finding],
    /// Promises left out because of errors.
    pub left_out: u64,
    /// Settings and policy.
    pub settings: &'g Settings,
    /// Name of the settings file in findings.
    pub settings_file: &'g str,
    /// Its text; `None` without one.
    pub settings_text: Option<&'g str>,
    /// Which promises of a register are wanted.
    pub wants: &'g (dyn Fn(&KeptRegister, usize) -> bool + Sync),
    /// The day and the terms to judge by; `None` is `lint`.
    pub dated: Option<(Clock, Version)>,
    /// What changed since another state of the book.
    pub since: Option<&'g Diff>,
    /// What the command line adds.
    pub tighten: &'g Tighten,
    /// How many findings are shown with their line and column, the worst first;
    /// the files are read again for that.
    pub excerpts: usize,
}

/// Whom a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// Whole id; `None` for an organisation or the settings.
    pub commitment: Option<String>,
    /// Title of the promise.
    pub title: Option<String>,
    /// The organisation's id; empty for the settings.
    pub organisation_id: String,
    /// Its name.
    pub organisation: String,
    /// Topic of the promise.
    pub topic: Option<Topic>,
}

impl Subject {
    pub(crate) fn organisation(dossier: &Dossier) -> Self {
        let organisation = &dossier.promises.organisation;
        Self { organisation_id: organisation.id.clone(), organisation: organisation.name.clone(), ..Self::default() }
    }

    pub(crate) fn commitment(dossier: &Dossier, commitment: &Commitment) -> Self {
        Self {
            commitment: Some(format!("{}/{}", dossier.promises.organisation.id, commitment.id)),
            title: Some(commitment.title.clone()),
            topic: Some(commitment.topic),
            ..Self::organisation(dossier)
        }
    }

    pub(crate) fn entry(register: &KeptRegister, entry: &Entry) -> Self {
        Self {
            commitment: Some(whole_id(register, &entry.id)),
            title: Some(entry.title.clone()),
            organisation_id: register.organisation_id.clone(),
            organisation: register.organisation.clone(),
            topic: Some(entry.topic),
        }
    }

    /// The whole id, else the organisation's.
    #[must_use]
    pub fn id(&self) -> &str {
        self.commitment.as_deref().unwrap_or(&self.organisation_id)
    }
}

/// A finding before it is weighed.
struct Found {
    rule: PolicyRule,
    subject: Subject,
    place: Sight,
    message: String,
    help: String,
    related: Vec<(Sight, &'static str)>,
    deadline: Option<NaiveDate>,
    days_overdue: Option<i64>,
    status: Option<Status>,
    /// What tells it from others of its rule and subject, from run to run.
    key: String,
}

impl Found {
    fn new(rule: PolicyRule, subject: Subject, place: Sight, message: String) -> Self {
        Self {
            rule,
            subject,
            place,
            message,
            help: entry(rule).cure.to_owned(),
            related: Vec::new(),
            deadline: None,
            days_overdue: None,
            status: None,
            key: String::new(),
        }
    }

    fn key(mut self, key: &str) -> Self {
        key.clone_into(&mut self.key);
        self
    }
}

impl Gate<'_> {
    /// The day judged; `None` for `lint`.
    fn as_of(&self) -> Option<NaiveDate> {
        self.dated.map(|(clock, _)| clock.as_of)
    }

    /// Whether a rule is looked at in this run.
    #[must_use]
    pub fn looks_at(&self, rule: PolicyRule) -> bool {
        settings::is_looked_at(self, rule)
    }

    fn register(&self, organisation: &str) -> Option<&KeptRegister> {
        self.registers.iter().find(|register| register.organisation_id == organisation)
    }

    fn promise(&self, id: &str) -> Option<(&KeptRegister, usize)> {
        let (organisation, commitment) = id.split_once('/')?;
        let register = self.register(organisation)?;
        let index = (0..register.len()).find(|index| register.key(*index).id == commitment)?;
        Some((register, index))
    }

    fn subject(&self, id: &str) -> Option<Subject> {
        self.promise(id).map(|(register, index)| Subject::entry(register, &register.entry(index)))
    }

    fn ids(&self) -> Vec<String> {
        let of = |register: &KeptRegister| -> Vec<String> {
            (0..register.len()).map(|index| whole_id(register, register.key(index).id)).collect()
        };
        self.registers.iter().flat_map(of).collect()
    }

    /// Whether a promise of a dossier is wanted.
    fn wants_record(&self, dossier: &Dossier, commitment: &Commitment) -> bool {
        let id = format!("{}/{}", dossier.promises.organisation.id, commitment.id);
        self.promise(&id).is_some_and(|(register, index)| (self.wants)(register, index))
    }

    /// Whether an organisation's files have errors, so that nothing is known of it.
    fn is_left_out(&self, organisation: &str) -> bool {
        self.reader.iter().any(|finding| finding.is_error() && stem(&finding.place.file) == organisation)
    }
}

/// Judges the book.
pub fn judge(gate: &Gate<'_>) -> Verdict {
    let mut verdict = verdict::empty(gate);
    let mut scale = Scale::new(gate);
    for finding in gate.reader {
        verdict.findings.push(verdict::of_reader(finding, scale.weigh_reader(finding)));
    }
    let texts = Texts::new(gate.root, gate.settings_text.map(|text| (gate.settings_file, text)));
    let mut found = Vec::new();
    for dossier in gate.organisations {
        quotes::check(gate, dossier, &mut found);
    }
    for looked in gate.registers.par_iter().map(|register| look(gate, register)).collect::<Vec<_>>() {
        verdict.not_yet += looked.not_yet;
        verdict.promises.extend(looked.promises);
        found.extend(looked.found);
    }
    if let Some(diff) = gate.since {
        found.extend(since::check(gate, diff));
    }
    let mut push = |scale: &mut Scale<'_>, found: Found| {
        if let Some((outcome, waiver)) = scale.weigh(&found) {
            verdict.findings.push(verdict::of_found(found, outcome, waiver.cloned()));
        }
    };
    for found in found {
        push(&mut scale, found);
    }
    for found in settings::check(gate, &scale) {
        push(&mut scale, found);
    }
    verdict.finish();
    verdict.find_places(&texts, gate.excerpts);
    verdict
}

/// What was seen of one organisation.
#[derive(Default)]
struct Looked {
    promises: Vec<Promise>,
    found: Vec<Found>,
    not_yet: usize,
}

/// Looks at the promises of a register that are wanted, in the order of the file.
fn look(gate: &Gate<'_>, register: &KeptRegister) -> Looked {
    let mut looked = Looked::default();
    for index in (0..register.len()).filter(|index| (gate.wants)(register, *index)) {
        let entry = register.entry(index);
        let subject = Subject::entry(register, &entry);
        if entry.draft {
            let place = Sight::key(&register.path, entry.line, "draft");
            let message = format!("`{}` is a draft", subject.id());
            looked.found.push(Found::new(PolicyRule::Draft, subject.clone(), place, message));
        }
        match (&entry.judgement, gate.dated) {
            (None, Some(_)) => {
                looked.not_yet += 1;
                continue;
            }
            (Some(judgement), Some((clock, _))) => {
                let judgement = judgement.clone().later((clock.as_of - register.day).num_days());
                dated::check(register, &entry, &subject, &judgement, &mut looked.found);
            }
            (_, None) => {}
        }
        looked.promises.push(Promise { subject, file: register.path.clone(), line: entry.line });
    }
    looked
}

fn whole_id(register: &KeptRegister, id: &str) -> String {
    format!("{}/{id}", register.organisation_id)
}

/// The organisation's id in the path of a file.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".progress.toml").or_else(|| name.strip_suffix(".toml")).unwrap_or(name)
}

/// Rules that are looked at in a run, the worst first; those without effect are
/// among them.
#[must_use]
pub fn rules_looked_at(gate: &Gate<'_>) -> Vec<PolicyRule> {
    let unique: BTreeSet<usize> =
        PolicyRule::ALL.iter().filter(|rule| gate.looks_at(**rule)).map(|rule| rank(*rule)).collect();
    unique.into_iter().map(|rank| RULES[rank].rule).collect()
}
