//! Which promises a report is about.

use chrono::NaiveDate;

use crate::assess::Status;
use crate::diag::nearest;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::span::Span;
use crate::model::topic::Topic;
use crate::store::{KeptRegister, Standing};

/// One word of a filter: an organisation, topic, tag or part of an id, in any
/// case (ruling 18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    word: String,
}

/// Which promises are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Any of these; none selects all.
    pub filters: Vec<Filter>,
    /// Any of these statuses; none selects all.
    pub statuses: Vec<Status>,
    /// Deadline between the day judged and this long after it.
    pub due_within: Option<Span>,
}

/// A filter that fits nothing in the book and is no topic either.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no organisation, topic, tag or id fits `{word}`")]
pub struct UnknownFilter {
    /// The word as typed.
    pub word: String,
    /// The nearest that does exist.
    pub near: Option<String>,
}

impl Filter {
    /// A filter from a typed word.
    #[must_use]
    pub fn new(word: &str) -> Self {
        Self { word: word.to_lowercase() }
    }

    fn fits(&self, subject: &Subject) -> bool {
        subject.organisation.to_lowercase() == self.word
            || subject.topic.name() == self.word
            || subject.tags.iter().any(|tag| tag.to_lowercase() == self.word)
            || format!("{}/{}", subject.organisation_id, subject.id).to_lowercase().contains(&self.word)
    }
}

/// What filters look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    organisation_id: String,
    organisation: String,
    id: String,
    topic: Topic,
    tags: Vec<String>,
}

impl Subject {
    /// A promise of a dossier.
    #[must_use]
    pub fn of(dossier: &Dossier, commitment: &Commitment) -> Self {
        let organisation = &dossier.promises.organisation;
        Self {
            organisation_id: organisation.id.clone(),
            organisation: organisation.name.clone(),
            id: commitment.id.clone(),
            topic: commitment.topic,
            tags: commitment.tags.clone(),
        }
    }

    /// Entry `index` of a register.
    #[must_use]
    pub fn entry(register: &KeptRegister, index: usize) -> Self {
        let entry = register.entry(index);
        Self {
            organisation_id: register.organisation_id.clone(),
            organisation: register.organisation.clone(),
            id: entry.id,
            topic: entry.topic,
            tags: entry.tags,
        }
    }
}

impl Selection {
    /// Whether a promise of a register is wanted, however it stands.
    #[must_use]
    pub fn wants_entry(&self, register: &KeptRegister, index: usize) -> bool {
        self.filters.is_empty() || self.fits(&Subject::entry(register, index))
    }

    /// Whether a promise is wanted, however it stands.
    #[must_use]
    pub fn wants(&self, dossier: &Dossier, commitment: &Commitment) -> bool {
        self.filters.is_empty() || self.fits(&Subject::of(dossier, commitment))
    }

    fn fits(&self, subject: &Subject) -> bool {
        self.filters.iter().any(|filter| filter.fits(subject))
    }

    /// Whether how it stands is wanted.
    #[must_use]
    pub fn wants_standing(&self, standing: &Standing, as_of: NaiveDate) -> bool {
        let status = self.statuses.is_empty() || self.statuses.contains(&standing.status);
        let due = self.due_within.is_none_or(|within| {
            standing.deadline.is_some_and(|deadline| as_of <= deadline && deadline <= within.after(as_of))
        });
        status && due
    }

    /// Checks that every filter can fit something in the book: a typo must not
    /// look like an empty result. `subjects` is asked only where there are filters.
    ///
    /// # Errors
    /// Names the first filter that fits nothing, with the nearest that does.
    pub fn check(&self, subjects: impl FnOnce() -> Vec<Subject>) -> Result<(), UnknownFilter> {
        if self.filters.is_empty() {
            return Ok(());
        }
        let subjects = subjects();
        for filter in &self.filters {
            let is_topic = Topic::from_name(&filter.word).is_some();
            if !is_topic && !subjects.iter().any(|subject| filter.fits(subject)) {
                let known = known_words(&subjects);
                let near = nearest(&filter.word, known.iter().map(String::as_str)).map(str::to_owned);
                return Err(UnknownFilter { word: filter.word.clone(), near });
            }
        }
        Ok(())
    }
}

/// Every promise of the registers, for filters.
#[must_use]
pub fn subjects(registers: &[KeptRegister]) -> Vec<Subject> {
    let of = |register| (0..KeptRegister::len(register)).map(move |index| Subject::entry(register, index));
    registers.iter().flat_map(of).collect()
}

/// Every promise of the organisations, for filters.
#[must_use]
pub fn recorded(organisations: &[Dossier]) -> Vec<Subject> {
    let of = |dossier: &Dossier| -> Vec<Subject> {
        dossier.promises.commitments.iter().map(|commitment| Subject::of(dossier, commitment)).collect()
    };
    organisations.iter().flat_map(of).collect()
}

fn known_words(subjects: &[Subject]) -> Vec<String> {
    let mut words: Vec<String> = Topic::ALL.iter().map(|topic| topic.name().to_owned()).collect();
    for subject in subjects {
        words.push(subject.organisation_id.clone());
        words.push(subject.organisation.to_lowercase());
        words.push(subject.id.clone());
        words.push(format!("{}/{}", subject.organisation_id, subject.id));
        words.extend(subject.tags.iter().cloned());
    }
    words
}
