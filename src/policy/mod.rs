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

use crate::assess::{Assessment, Case, Clock, Question, Status, Version, assess};
use crate::diag::{Finding, Place};
use crate::diff::Diff;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::{PolicyRule, Settings};
use crate::model::topic::Topic;
use severity::Scale;
use texts::Texts;

/// What is asked of the gate.
pub struct Gate<'g> {
    /// The book's folder.
    pub root: &'g Path,
    /// Organisations without errors.
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
    /// Which promises are wanted.
    pub wants: &'g (dyn Fn(&Dossier, &Commitment) -> bool + Sync),
    /// The day and the terms to judge by; `None` is `lint`.
    pub dated: Option<(Clock, Version)>,
    /// What changed since another state of the book.
    pub since: Option<&'g Diff>,
    /// What the command line adds.
    pub tighten: &'g Tighten,
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
            commitment: Some(whole_id(dossier, commitment)),
            title: Some(commitment.title.clone()),
            topic: Some(commitment.topic),
            ..Self::organisation(dossier)
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
    place: Place,
    message: String,
    help: String,
    related: Vec<(Place, String)>,
    deadline: Option<NaiveDate>,
    days_overdue: Option<i64>,
    status: Option<Status>,
    /// What tells it from others of its rule and subject, from run to run.
    key: String,
}

impl Found {
    fn new(rule: PolicyRule, subject: Subject, place: Place, message: String) -> Self {
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

    fn promise(&self, id: &str) -> Option<(&Dossier, &Commitment)> {
        let (organisation, commitment) = id.split_once('/')?;
        let of = self.organisations.iter().filter(|dossier| dossier.promises.organisation.id == organisation);
        of.flat_map(|dossier| dossier.promises.commitments.iter().map(move |commitment| (dossier, commitment)))
            .find(|(_, known)| known.id == commitment)
    }

    fn subject(&self, id: &str) -> Option<Subject> {
        self.promise(id).map(|(dossier, commitment)| Subject::commitment(dossier, commitment))
    }

    fn ids(&self) -> Vec<String> {
        let of = |dossier: &Dossier| -> Vec<String> {
            dossier.promises.commitments.iter().map(|commitment| whole_id(dossier, commitment)).collect()
        };
        self.organisations.iter().flat_map(of).collect()
    }

    /// Whether an organisation's files have errors, so that nothing is known of it.
    fn is_left_out(&self, organisation: &str) -> bool {
        self.reader.iter().any(|finding| finding.is_error() && stem(&finding.place.file) == organisation)
    }
}

/// Judges the book.
pub fn judge(gate: &Gate<'_>) -> Verdict {
    let assessed = assessments(gate);
    let mut verdict = verdict::empty(gate);
    let mut scale = Scale::new(gate);
    for finding in gate.reader {
        verdict.findings.push(verdict::of_reader(finding, scale.weigh_reader(finding)));
    }
    let texts = Texts::new(gate.root, gate.settings_text.map(|text| (gate.settings_file, text)));
    let mut found = records(gate, &texts);
    for (dossier, commitment, assessment) in &assessed {
        match assessment {
            Some(assessment) => dated::check(dossier, commitment, assessment, &texts, &mut found),
            None => verdict.not_yet += usize::from(gate.dated.is_some()),
        }
        if assessment.is_some() || gate.dated.is_none() {
            verdict.promises.push(Promise {
                subject: Subject::commitment(dossier, commitment),
                file: dossier.path.clone(),
                line: commitment.line,
            });
        }
    }
    if let Some(diff) = gate.since {
        found.extend(since::check(gate, diff, &texts));
    }
    let mut push = |scale: &mut Scale<'_>, found: Found| {
        if let Some((outcome, waiver)) = scale.weigh(&found) {
            verdict.findings.push(verdict::of_found(found, outcome, waiver.cloned()));
        }
    };
    for found in found {
        push(&mut scale, found);
    }
    for found in settings::check(gate, &scale, &texts) {
        push(&mut scale, found);
    }
    verdict.finish();
    verdict
}

type Assessed<'g> = Vec<(&'g Dossier, &'g Commitment, Option<Assessment>)>;

/// Every promise that is wanted, in the order of the files, with its judgement
/// where the day is looked at.
fn assessments<'g>(gate: &Gate<'g>) -> Assessed<'g> {
    let of = |dossier: &'g Dossier| -> Assessed<'g> {
        let wanted = dossier.promises.commitments.iter().filter(|commitment| (gate.wants)(dossier, commitment));
        wanted.map(|commitment| (dossier, commitment, assessment(gate, dossier, commitment))).collect()
    };
    gate.organisations.par_iter().map(of).collect::<Vec<_>>().into_iter().flatten().collect()
}

fn assessment(gate: &Gate<'_>, dossier: &Dossier, commitment: &Commitment) -> Option<Assessment> {
    let (clock, version) = gate.dated?;
    let promises = &dossier.promises;
    let case = Case {
        commitment,
        metric: promises.metric(&commitment.metric)?,
        statements: &promises.statements,
        fiscal_year: promises.organisation.fiscal_year,
        figures: &dossier.figures,
    };
    assess(&case, &Question { clock, version, settings: &gate.settings.assessment })
}

/// What the records alone say: archived texts, quotes, drafts.
fn records(gate: &Gate<'_>, texts: &Texts<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for dossier in gate.organisations {
        quotes::check(gate, dossier, texts, &mut found);
        for commitment in &dossier.promises.commitments {
            if commitment.draft && (gate.wants)(dossier, commitment) {
                let place = texts.key(&dossier.path, commitment.line, &["draft"]);
                let subject = Subject::commitment(dossier, commitment);
                let message = format!("`{}` is a draft", subject.id());
                found.push(Found::new(PolicyRule::Draft, subject, place, message));
            }
        }
    }
    found
}

fn whole_id(dossier: &Dossier, commitment: &Commitment) -> String {
    format!("{}/{}", dossier.promises.organisation.id, commitment.id)
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
