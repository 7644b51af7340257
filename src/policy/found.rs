//! A finding of the gate before it is weighed, and whom it is about.

use chrono::NaiveDate;

use super::{Sight, entry, whole_id};
use crate::assess::Status;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::PolicyRule;
use crate::model::topic::Topic;
use crate::store::{Brief, KeptRegister};

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

    pub(crate) fn entry(register: &KeptRegister, entry: &Brief<'_>) -> Self {
        Self {
            commitment: Some(whole_id(register, entry.id)),
            title: Some(entry.title.to_owned()),
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
pub(super) struct Found {
    pub(super) rule: PolicyRule,
    pub(super) subject: Subject,
    pub(super) place: Sight,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) related: Vec<(Sight, &'static str)>,
    pub(super) deadline: Option<NaiveDate>,
    pub(super) days_overdue: Option<i64>,
    pub(super) status: Option<Status>,
    /// What tells it from others of its rule and subject, from run to run.
    pub(super) key: String,
}

impl Found {
    pub(super) fn new(rule: PolicyRule, subject: Subject, place: Sight, message: String) -> Self {
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

    pub(super) fn key(mut self, key: &str) -> Self {
        key.clone_into(&mut self.key);
        self
    }
}
