//! Which promises a report is about.

use chrono::NaiveDate;

use crate::assess::{Assessment, Status};
use crate::diag::nearest;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::span::Span;
use crate::model::topic::Topic;

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

    fn fits(&self, dossier: &Dossier, commitment: &Commitment) -> bool {
        let organisation = &dossier.promises.organisation;
        let whole = || format!("{}/{}", organisation.id, commitment.id).to_lowercase();
        organisation.name.to_lowercase() == self.word
            || commitment.topic.name() == self.word
            || commitment.tags.iter().any(|tag| tag.to_lowercase() == self.word)
            || whole().contains(&self.word)
    }
}

impl Selection {
    /// Whether the record itself is wanted.
    #[must_use]
    pub fn wants(&self, dossier: &Dossier, commitment: &Commitment) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| filter.fits(dossier, commitment))
    }

    /// Whether its judgement is wanted.
    #[must_use]
    pub fn wants_judged(&self, assessment: &Assessment, as_of: NaiveDate) -> bool {
        let status = self.statuses.is_empty() || self.statuses.contains(&assessment.status);
        let due = self.due_within.is_none_or(|within| {
            assessment.deadline.is_some_and(|deadline| as_of <= deadline && deadline <= within.after(as_of))
        });
        status && due
    }

    /// Checks that every filter can fit something: a typo must not look like an
    /// empty result.
    ///
    /// # Errors
    /// Names the first filter that fits nothing, with the nearest that does.
    pub fn check(&self, organisations: &[Dossier]) -> Result<(), UnknownFilter> {
        for filter in &self.filters {
            let is_topic = Topic::from_name(&filter.word).is_some();
            let fits = organisations
                .iter()
                .any(|dossier| dossier.promises.commitments.iter().any(|commitment| filter.fits(dossier, commitment)));
            if !is_topic && !fits {
                let known = known_words(organisations);
                let near = nearest(&filter.word, known.iter().map(String::as_str)).map(str::to_owned);
                return Err(UnknownFilter { word: filter.word.clone(), near });
            }
        }
        Ok(())
    }
}

fn known_words(organisations: &[Dossier]) -> Vec<String> {
    let mut words: Vec<String> = Topic::ALL.iter().map(|topic| topic.name().to_owned()).collect();
    for dossier in organisations {
        let organisation = &dossier.promises.organisation;
        words.push(organisation.id.clone());
        words.push(organisation.name.to_lowercase());
        for commitment in &dossier.promises.commitments {
            words.push(commitment.id.clone());
            words.push(format!("{}/{}", organisation.id, commitment.id));
            words.extend(commitment.tags.iter().cloned());
        }
    }
    words
}
