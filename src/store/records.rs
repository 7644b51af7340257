//! The rows of one organisation: promises as tables for people and SQL.

use chrono::NaiveDate;
use rusqlite::{named_params, params};
use serde_json::json;

use super::StoreError;
use super::write::Update;
use crate::assess::{Version, terms_in_force};
use crate::model::amendment::Amendment;
use crate::model::book::Promises;
use crate::model::commitment::Commitment;
use crate::model::figure::{Disclosure, Figure, Provenance};
use crate::model::number::Number;
use crate::model::terms::{Milestone, Terms};
use crate::model::words::Word;

/// Figures of one organisation are one range of keys this wide.
const FIGURES_PER_ORGANISATION: i64 = 1 << 24;

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

    pub(super) fn clear_figures(&self, id: i64) -> Result<(), StoreError> {
        self.tx
            .prepare_cached("DELETE FROM figure WHERE figure_id >= ?1 AND figure_id < ?2")?
            .execute([id * FIGURES_PER_ORGANISATION, (id + 1) * FIGURES_PER_ORGANISATION])?;
        Ok(())
    }

    pub(super) fn insert_promises(&self, id: i64, promises: &Promises) -> Result<(), StoreError> {
        let organisation = &promises.organisation;
        let fiscal = organisation.fiscal_year;
        self.tx
            .prepare_cached(
                "INSERT INTO organisation VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (organisation_id) DO UPDATE SET id = ?2, line = ?3, name = ?4, kind = ?5, country = ?6, lei = ?7, sector = ?8,
                 url = ?9, fiscal_year_ends = ?10, fiscal_year_named_by = ?11, note = ?12",
            )?
            .execute(params![
                id, organisation.id, organisation.line, organisation.name, name(organisation.kind), organisation.country, organisation.lei,
                organisation.sector, organisation.url, fiscal.map(|year| format!("{:02}-{:02}", year.end_month, year.end_day)),
                name(fiscal.map(|year| year.named_by)), organisation.note,
            ])?;
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO statement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        for (position, said) in (0_i64..).zip(&promises.statements) {
            statement.execute(params![
                id,
                position,
                said.id,
                said.line,
                said.date.map(|date| date.to_string()),
                said.speaker,
                said.role,
                said.event,
                said.title,
                said.url,
                said.archive_url,
                said.file,
                said.sha256,
                said.language,
                said.note,
            ])?;
        }
        let mut statement = self.tx.prepare_cached("INSERT INTO metric VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        for (position, metric) in (0_i64..).zip(promises.metrics.iter().filter(|metric| !metric.own)) {
            let unit = metric.unit.as_ref().map(|unit| unit.text.as_str());
            statement.execute(params![
                id,
                position,
                metric.id,
                metric.line,
                metric.name,
                unit,
                metric.aggregate.name(),
                name(metric.measures),
                metric.note
            ])?;
        }
        for (position, commitment) in (0_i64..).zip(&promises.commitments) {
            self.insert_commitment(id, position, promises, commitment)?;
        }
        Ok(())
    }

    fn insert_commitment(
        &self,
        id: i64,
        position: i64,
        promises: &Promises,
        commitment: &Commitment,
    ) -> Result<(), StoreError> {
        let metric = promises.metric(&commitment.metric);
        let said =
            commitment.statements.iter().filter_map(|id| promises.statement(id)?.date).map(|date| date.last()).min();
        self.tx
            .prepare_cached(
                "INSERT INTO \"commitment\" VALUES (:organisation, :position, :id, :line, :title, :statements, :said, :quote, :summary, :topic, :metric,
                 :own, :unit, :aggregate, :measures, :context, :formerly, :scope_2, :coverage, :owner, :tags, :strength, :path, :every, :draft, :note)",
            )?
            .execute(named_params! {
                ":organisation": id, ":position": position, ":id": commitment.id, ":line": commitment.line, ":title": commitment.title,
                ":statements": list(&commitment.statements), ":said": said.map(day), ":quote": commitment.quote, ":summary": commitment.summary,
                ":topic": commitment.topic.name(), ":metric": commitment.metric, ":own": metric.is_some_and(|metric| metric.own),
                ":unit": metric.and_then(|metric| metric.unit.as_ref()).map(|unit| unit.text.as_str()),
                ":aggregate": metric.map_or("latest", |metric| metric.aggregate.name()), ":measures": metric.and_then(|metric| name(metric.measures)),
                ":context": list(&commitment.context), ":formerly": list(&commitment.formerly), ":scope_2": name(commitment.scope_2_method),
                ":coverage": commitment.coverage, ":owner": commitment.owner, ":tags": list(&commitment.tags), ":strength": name(commitment.strength),
                ":path": commitment.path.name(), ":every": commitment.report_every.map(|every| every.to_string()), ":draft": commitment.draft,
                ":note": commitment.note,
            })?;
        let fates = terms_in_force(commitment, NaiveDate::MAX, Version::Current).fates;
        let late = |index: usize| fates.iter().any(|fate| fate.index == index && fate.late);
        for (index, amendment) in commitment.amendments.iter().enumerate() {
            self.insert_amendment(id, position, index, amendment, late(index))?;
        }
        self.insert_term(id, position, 0, None, &commitment.terms, false, &[])?;
        for (place, fate) in (1_i64..).zip(fates.iter().filter(|fate| !fate.late)) {
            // The terms as they stand once this amendment has its effect, ties included.
            let state = terms_in_force(commitment, fate.effective, Version::Current);
            self.insert_term(
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
                amendment.date.to_string(),
                day(amendment.date.last()),
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

    #[expect(clippy::too_many_arguments, reason = "one argument a column group, called from two places above")]
    fn insert_term(
        &self,
        id: i64,
        commitment: i64,
        position: i64,
        effective: Option<NaiveDate>,
        terms: &Terms,
        withdrawn: bool,
        superseded_by: &[String],
    ) -> Result<(), StoreError> {
        let baseline = terms.baseline.as_ref();
        self.tx
            .prepare_cached(
                "INSERT INTO term VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                id,
                commitment,
                position,
                effective.map(day),
                terms.target.form.name(),
                text(terms.target.number.as_ref()),
                text(terms.aim.as_ref()),
                terms.deadline.text,
                terms.deadline.day.map(day),
                baseline.map(|baseline| baseline.period.text.as_str()),
                baseline.and_then(|baseline| text(baseline.value.as_ref())),
                milestones(&terms.milestones),
                serde_json::Value::from(terms.scopes.clone()).to_string(),
                terms.offsets.allowed.name(),
                text(terms.offsets.max_percent.as_ref()),
                withdrawn,
                list(superseded_by),
            ])?;
        Ok(())
    }

    pub(super) fn insert_figures(
        &self,
        id: i64,
        figures: &[Figure],
        provenance: &[Provenance],
    ) -> Result<(), StoreError> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO figure VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
             ?24, ?25, ?26, ?27, ?28, ?29)",
        )?;
        for (position, (figure, from)) in (0_i64..).zip(figures.iter().zip(provenance)) {
            let measured = figure.measured();
            let done = if let Disclosure::Done(done) = figure.disclosure { Some(done) } else { None };
            statement.execute(params![
                id * FIGURES_PER_ORGANISATION + position,
                id,
                figure.line,
                figure.metric,
                figure.by_commitment,
                figure.period.text,
                day(figure.period.first),
                day(figure.period.last),
                measured.map(|measured| measured.written.text.as_str()),
                measured.and_then(|measured| measured.unit.as_ref()).map(|unit| unit.text.as_str()),
                measured.map(|measured| measured.amount.to_string()),
                measured.and_then(|measured| name(measured.bound)),
                measured.and_then(|measured| text(measured.gross.as_ref())),
                measured.and_then(|measured| text(measured.offsets.as_ref())),
                done,
                figure.disclosure == Disclosure::None,
                figure.reported.map(|date| date.to_string()),
                figure.recorded.map(day),
                figure.restates,
                figure.series_break,
                name(figure.confidence),
                name(from.assurance),
                from.source.title,
                from.source.url,
                from.source.copy_url,
                from.source.page,
                from.source.note,
                from.note,
                from.author,
            ])?;
        }
        Ok(())
    }
}

fn name<W: Word>(word: Option<W>) -> Option<&'static str> {
    word.map(Word::word)
}

fn text(number: Option<&Number>) -> Option<&str> {
    number.map(|number| number.text.as_str())
}

fn day(day: NaiveDate) -> String {
    day.to_string()
}

fn list(items: &[String]) -> String {
    serde_json::Value::from(items.to_vec()).to_string()
}

fn milestones(milestones: &[Milestone]) -> String {
    let items: Vec<serde_json::Value> = milestones
        .iter()
        .map(|milestone| json!({"deadline": milestone.deadline.text, milestone.target.form.name(): text(milestone.target.number.as_ref())}))
        .collect();
    serde_json::Value::from(items).to_string()
}
