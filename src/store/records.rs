//! The rows of one organisation: promises as tables for people and SQL.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{CachedStatement, params};
use serde_json::json;

use super::StoreError;
use super::row::{Iso, Row};
use super::write::Update;
use crate::assess::{Version, terms_in_force};
use crate::model::amendment::Amendment;
use crate::model::book::Promises;
use crate::model::commitment::Commitment;
use crate::model::metric::Metric;
use crate::model::number::Number;
use crate::model::organisation::Organisation;
use crate::model::statement::Statement;
use crate::model::terms::{Milestone, Terms};
use crate::model::words::Word;

/// What commitments refer to, by id.
struct Known<'p> {
    metrics: BTreeMap<&'p str, &'p Metric>,
    /// Last day of the dated statements.
    said: BTreeMap<&'p str, NaiveDate>,
}

impl<'p> Known<'p> {
    fn of(promises: &'p Promises) -> Self {
        let said = promises.statements.iter().filter_map(|said| Some((said.id.as_str(), said.date?.last())));
        Self {
            metrics: promises.metrics.iter().map(|metric| (metric.id.as_str(), metric)).collect(),
            said: said.collect(),
        }
    }
}

impl Update<'_> {
    pub(super) fn clear_records(&self, id: i64) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM term WHERE organisation_id = ?1",
            "DELETE FROM amendment WHERE organisation_id = ?1",
            "DELETE FROM \"commitment\" WHERE organisation_id = ?1",
            "DELETE FROM metric WHERE organisation_id = ?1",
            "DELETE FROM statement WHERE organisation_id = ?1",
        ] {
            self.tx.prepare_cached(sql)?.execute([id])?;
        }
        Ok(())
    }

    pub(super) fn insert_promises(&self, id: i64, promises: &Promises) -> Result<(), StoreError> {
        self.insert_organisation(id, &promises.organisation)?;
        self.insert_statements(id, &promises.statements)?;
        self.insert_metrics(id, &promises.metrics)?;
        let known = Known::of(promises);
        let mut statements =
            Statements { commitment: self.tx.prepare_cached(COMMITMENT)?, term: self.tx.prepare_cached(TERM)? };
        for (position, commitment) in (0_i64..).zip(&promises.commitments) {
            statements.insert_commitment(id, position, &known, commitment)?;
            self.insert_versions(&mut statements, id, position, commitment)?;
        }
        Ok(())
    }

    fn insert_organisation(&self, id: i64, organisation: &Organisation) -> Result<(), StoreError> {
        let fiscal = organisation.fiscal_year;
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO organisation VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (organisation_id) DO UPDATE SET id = ?2, line = ?3, name = ?4, kind = ?5, country = ?6, lei = ?7, sector = ?8,
             url = ?9, fiscal_year_ends = ?10, fiscal_year_named_by = ?11, note = ?12",
        )?;
        let mut row = Row::of(&mut statement);
        row.put(id)?
            .put(organisation.id.as_str())?
            .put(organisation.line)?
            .put(organisation.name.as_str())?
            .put(name(organisation.kind))?
            .put(organisation.country.as_deref())?
            .put(organisation.lei.as_deref())?
            .put(organisation.sector.as_deref())?
            .put(organisation.url.as_deref())?
            .put(fiscal.map(|year| format!("{:02}-{:02}", year.end_month, year.end_day)))?
            .put(name(fiscal.map(|year| year.named_by)))?
            .put(organisation.note.as_deref())?;
        Ok(row.run()?)
    }

    fn insert_statements(&self, id: i64, statements: &[Statement]) -> Result<(), StoreError> {
        let mut insert =
            self.tx.prepare_cached("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (position, said) in (0_i64..).zip(statements) {
            let mut row = Row::of(&mut insert);
            row.put(id)?
                .put(position)?
                .put(said.id.as_str())?
                .put(said.line)?
                .put(said.date.map(Iso::date))?
                .put(said.speaker.as_deref())?
                .put(said.role.as_deref())?
                .put(said.event.as_deref())?
                .put(said.title.as_deref())?
                .put(said.url.as_deref())?
                .put(said.archive_url.as_deref())?
                .put(said.file.as_deref())?
                .put(said.sha256.as_deref())?
                .put(said.language.as_deref())?
                .put(said.note.as_deref())?;
            row.run()?;
        }
        Ok(())
    }

    fn insert_metrics(&self, id: i64, metrics: &[Metric]) -> Result<(), StoreError> {
        let mut insert = self.tx.prepare_cached("INSERT INTO metric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (position, metric) in (0_i64..).zip(metrics.iter().filter(|metric| !metric.own)) {
            let mut row = Row::of(&mut insert);
            row.put(id)?
                .put(position)?
                .put(metric.id.as_str())?
                .put(metric.line)?
                .put(metric.name.as_deref())?
                .put(metric.unit.as_ref().map(|unit| unit.text.as_str()))?
                .put(metric.aggregate.name())?
                .put(name(metric.measures))?
                .put(metric.note.as_deref())?;
            row.run()?;
        }
        Ok(())
    }

    /// The terms as first promised, and each amendment with the terms that came of it.
    fn insert_versions(
        &self,
        statements: &mut Statements<'_>,
        id: i64,
        position: i64,
        commitment: &Commitment,
    ) -> Result<(), StoreError> {
        if commitment.amendments.is_empty() {
            return statements.insert_term(id, position, 0, None, &commitment.terms, false, &[]);
        }
        let fates = terms_in_force(commitment, NaiveDate::MAX, Version::Current).fates;
        let late = |index: usize| fates.iter().any(|fate| fate.index == index && fate.late);
        for (index, amendment) in commitment.amendments.iter().enumerate() {
            self.insert_amendment(id, position, index, amendment, late(index))?;
        }
        statements.insert_term(id, position, 0, None, &commitment.terms, false, &[])?;
        for (place, fate) in (1_i64..).zip(fates.iter().filter(|fate| !fate.late)) {
            // The terms as they stand once this amendment has its effect, ties included.
            let state = terms_in_force(commitment, fate.effective, Version::Current);
            statements.insert_term(
                id,
                position,
                place,
                Some(fate.effective),
                &state.terms,
                state.withdrawn,
                &state.superseded_by,
            )?;
        }
        Ok(())
    }

    fn insert_amendment(
        &self,
        id: i64,
        commitment: i64,
        index: usize,
        amendment: &Amendment,
        late: bool,
    ) -> Result<(), StoreError> {
        let changes: Vec<String> = [
            ("target", amendment.target.is_some()),
            ("deadline", amendment.deadline.is_some()),
            ("baseline", amendment.baseline.is_some()),
            ("milestones", amendment.milestones.is_some()),
            ("scopes", amendment.scopes.is_some()),
            ("offsets", amendment.offsets.is_some()),
            ("withdrawn", amendment.withdrawn.is_some()),
            ("superseded-by", !amendment.superseded_by.is_empty()),
        ]
        .into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(term, _)| term.to_owned())
        .collect();
        self.tx
            .prepare_cached(
                "INSERT INTO amendment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                id,
                commitment,
                index as i64,
                amendment.line,
                Iso::date(amendment.date),
                Iso::day(amendment.date.last()),
                late,
                list(&changes),
                amendment.withdrawn,
                list(&amendment.superseded_by),
                amendment.reason,
                amendment.url,
                amendment.title,
                amendment.speaker,
                amendment.note,
            ])?;
        Ok(())
    }
}

/// What a promise takes at least.
struct Statements<'t> {
    commitment: CachedStatement<'t>,
    term: CachedStatement<'t>,
}

const COMMITMENT: &str =
    "INSERT INTO \"commitment\" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const TERM: &str = "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

impl Statements<'_> {
    fn insert_commitment(
        &mut self,
        id: i64,
        position: i64,
        known: &Known<'_>,
        commitment: &Commitment,
    ) -> Result<(), StoreError> {
        let metric = known.metrics.get(commitment.metric.as_str());
        let said = commitment.statements.iter().filter_map(|id| known.said.get(id.as_str())).min();
        let mut row = Row::of(&mut self.commitment);
        row.put(id)?
            .put(position)?
            .put(commitment.id.as_str())?
            .put(commitment.line)?
            .put(commitment.title.as_str())?
            .put(list(&commitment.statements))?
            .put(said.copied().map(Iso::day))?
            .put(commitment.quote.as_deref())?
            .put(commitment.summary.as_deref())?
            .put(commitment.topic.name())?
            .put(commitment.metric.as_str())?
            .put(metric.is_some_and(|metric| metric.own))?
            .put(metric.and_then(|metric| metric.unit.as_ref()).map(|unit| unit.text.as_str()))?
            .put(metric.map_or("latest", |metric| metric.aggregate.name()))?
            .put(metric.and_then(|metric| name(metric.measures)))?
            .put(list(&commitment.context))?
            .put(list(&commitment.formerly))?
            .put(name(commitment.scope_2_method))?
            .put(commitment.coverage.as_deref())?
            .put(commitment.owner.as_deref())?
            .put(list(&commitment.tags))?
            .put(name(commitment.strength))?
            .put(commitment.path.name())?
            .put(commitment.report_every.map(|every| every.to_string()))?
            .put(commitment.draft)?
            .put(commitment.note.as_deref())?;
        Ok(row.run()?)
    }

    #[expect(clippy::too_many_arguments, reason = "one argument a column group, called from two places above")]
    fn insert_term(
        &mut self,
        id: i64,
        commitment: i64,
        position: i64,
        effective: Option<NaiveDate>,
        terms: &Terms,
        withdrawn: bool,
        superseded_by: &[String],
    ) -> Result<(), StoreError> {
        let baseline = terms.baseline.as_ref();
        let mut row = Row::of(&mut self.term);
        row.put(id)?
            .put(commitment)?
            .put(position)?
            .put(effective.map(Iso::day))?
            .put(terms.target.form.name())?
            .put(text(terms.target.number.as_ref()))?
            .put(text(terms.aim.as_ref()))?
            .put(terms.deadline.text.as_str())?
            .put(terms.deadline.day.map(Iso::day))?
            .put(baseline.map(|baseline| baseline.period.text.as_str()))?
            .put(baseline.and_then(|baseline| text(baseline.value.as_ref())))?
            .put(milestones(&terms.milestones))?
            .put(if terms.scopes.is_empty() {
                Cow::Borrowed("[]")
            } else {
                Cow::Owned(json!(terms.scopes).to_string())
            })?
            .put(terms.offsets.allowed.name())?
            .put(text(terms.offsets.max_percent.as_ref()))?
            .put(withdrawn)?
            .put(list(superseded_by))?;
        Ok(row.run()?)
    }
}

fn name<W: Word>(word: Option<W>) -> Option<&'static str> {
    word.map(Word::word)
}

fn text(number: Option<&Number>) -> Option<&str> {
    number.map(|number| number.text.as_str())
}

/// A JSON list.
fn list(items: &[String]) -> Cow<'static, str> {
    if items.is_empty() { Cow::Borrowed("[]") } else { Cow::Owned(json!(items).to_string()) }
}

fn milestones(milestones: &[Milestone]) -> Cow<'static, str> {
    if milestones.is_empty() {
        return Cow::Borrowed("[]");
    }
    let items: Vec<serde_json::Value> = milestones
        .iter()
        .map(|milestone| json!({"deadline": milestone.deadline.text, milestone.target.form.name(): text(milestone.target.number.as_ref())}))
        .collect();
    Cow::Owned(serde_json::Value::from(items).to_string())
}
