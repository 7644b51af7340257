//! The gate: rules to findings to a verdict.
//!
//! `lint` looks at the records alone and never at the day; `check` adds the
//! dated policy. How much a finding matters is decided in `severity` alone,
//! and the exit code follows from the [`Verdict`] alone.

mod dated;
mod found;
mod order;
mod page;
mod quotes;
mod row;
mod rules;
mod settings;
mod severity;
mod since;
mod texts;
mod verdict;
mod worked;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use found::Subject;
pub use page::{nearest_rule, rule_names, rule_page, rules_markdown};
pub use rules::{Occasion, RULES, RuleEntry, entry, rank};
pub use severity::Tighten;
pub use verdict::{Counts, Judged, Outcome, Promise, Verdict, VerdictKind};

use crate::assess::{Clock, Version};
use crate::diag::Finding;
use crate::diff::Diff;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::{PolicyRule, Settings};
use crate::store::KeptRegister;
use found::Found;
use row::{Looked, Row, Seat};
use severity::{About, Scale};
use texts::Sight;

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
        let index = (0..register.len()).find(|index| register.id(*index) == commitment)?;
        Some((register, index))
    }

    fn subject(&self, id: &str) -> Option<Subject> {
        self.promise(id).map(|(register, index)| Subject::entry(register, &register.brief(index)))
    }

    fn ids(&self) -> Vec<String> {
        let of = |register: &KeptRegister| -> Vec<String> {
            (0..register.len()).map(|index| whole_id(register, register.id(index))).collect()
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

/// Judges the book. What findings say is worked out only when it is asked for.
pub fn judge<'g>(gate: &'g Gate<'g>) -> Verdict<'g> {
    let mut verdict = Verdict::of(gate);
    let scale = Scale::new(gate);
    for (index, finding) in gate.reader.iter().enumerate() {
        verdict.push_reader(index, scale.weigh_reader(finding));
    }
    let mut found = Vec::new();
    for dossier in gate.organisations {
        quotes::check(gate, dossier, &mut found);
    }
    for looked in looked(gate, &scale) {
        verdict.take(looked);
    }
    if let Some(diff) = gate.since {
        found.extend(since::check(gate, diff));
    }
    let push = |verdict: &mut Verdict<'g>, found: Found| {
        if let Some(weight) = scale.weigh(found.rule, &About::found(&found)) {
            verdict.push_found(found, weight);
        }
    };
    found.into_iter().for_each(|found| push(&mut verdict, found));
    let used = verdict.waivers_used();
    settings::check(gate, &used).into_iter().for_each(|found| push(&mut verdict, found));
    verdict.finish();
    verdict
}

/// Registers that one thread looks at before it takes others, and how many of
/// them are worth more threads.
const AT_ONCE: usize = 128;

/// What is found in all registers, in their order.
fn looked(gate: &Gate<'_>, scale: &Scale<'_>) -> Vec<Looked> {
    let look = |start: usize| {
        let mut looked = Looked::default();
        let end = gate.registers.len().min(start + AT_ONCE);
        (start..end).for_each(|place| look(gate, place, scale, &mut looked));
        looked
    };
    let starts: Vec<usize> = (0..gate.registers.len()).step_by(AT_ONCE).collect();
    if starts.len() < 2 { starts.into_iter().map(look).collect() } else { starts.into_par_iter().map(look).collect() }
}

/// Looks at the promises of a register that are wanted, in the order of the file.
fn look(gate: &Gate<'_>, place: usize, scale: &Scale<'_>, looked: &mut Looked) {
    let register = &gate.registers[place];
    for index in (0..register.len()).filter(|index| (gate.wants)(register, *index)) {
        let entry = register.brief(index);
        let seat = Seat::new(place, index);
        let about = About::entry(register, &entry);
        if entry.draft
            && let Some(weight) = scale.weigh(PolicyRule::Draft, &about)
        {
            looked.rows.push(Row::of_entry(seat, PolicyRule::Draft, None, weight));
        }
        if let Some((clock, _)) = gate.dated {
            let Some(judged) = entry.judged else {
                looked.not_yet += 1;
                continue;
            };
            let judged = judged.later((clock.as_of - register.day).num_days());
            dated::rules(&judged, |rule| {
                if let Some(weight) = scale.weigh(rule, &about) {
                    looked.rows.push(Row::of_entry(seat, rule, dated::days_overdue(&judged), weight));
                }
            });
        }
        looked.promises.push(seat);
    }
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
