//! One `[[commitment]]` with its amendments.

use chrono::NaiveDate;

use super::fields::Fiscal;
use super::keys;
use super::reader::{Fields, Reader};
use super::rules;
use crate::model::amendment::Amendment;
use crate::model::commitment::{Commitment, PathShape};
use crate::model::metric::{Aggregate, Metric};
use crate::model::statement::Statement;
use crate::model::target::TargetForm;
use crate::model::terms::{Milestone, Terms};

/// What one table gave.
pub(crate) struct CommitmentRead {
    /// Its id, where that alone could be read.
    pub(crate) id: Option<String>,
    /// Its own metric, where it names no shared one.
    pub(crate) own_metric: Option<Metric>,
    /// The whole record, if nothing required is missing.
    pub(crate) commitment: Option<Commitment>,
}

impl Reader<'_> {
    pub(crate) fn commitment(
        &mut self,
        fields: &Fields<'_>,
        fiscal: Fiscal,
        statements: &[Statement],
    ) -> CommitmentRead {
        let id = self.id(fields, "id");
        let title = self.text(fields, "title");
        let topic = self.word(fields, "topic");
        let said_in = self.statement_ids(fields, statements);
        let terms = self.first_terms(fields, fiscal);
        let path: PathShape = self.optional_word(fields, "path").unwrap_or(PathShape::Linear);
        if let Some((terms, places)) = &terms {
            self.check_terms(terms, path, &fields.span("target"), places);
        }
        let own_metric = self.own_metric(fields, id.as_deref(), terms.as_ref().map(|(terms, _)| terms.target.form));
        let metric = if fields.has("metric") { self.id(fields, "metric") } else { id.clone() };
        let amendments = self.amendments(fields, fiscal, terms.as_ref().map(|(terms, _)| terms), path);
        if let Some((terms, _)) = &terms {
            self.check_dates(fields, terms, &amendments, &said_in, statements);
        }
        let rest = (
            self.optional(fields, "quote"),
            self.optional(fields, "summary"),
            self.optional(fields, "coverage"),
            self.optional(fields, "owner"),
            self.optional(fields, "note"),
        );
        let (quote, summary, coverage, owner, note) = rest;
        let commitment = Commitment {
            id: id.clone().unwrap_or_default(),
            title: title.clone().unwrap_or_default(),
            statements: said_in,
            quote,
            summary,
            topic: topic.unwrap_or(crate::model::topic::Topic::Other),
            metric: metric.clone().unwrap_or_default(),
            context: fields
                .get("context")
                .and_then(|(value, _)| value.as_array())
                .map(|list| list.iter().filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect())
                .unwrap_or_default(),
            formerly: self.texts(fields, "formerly", true).into_iter().map(|(id, _)| id).collect(),
            scope_2_method: self.optional_word(fields, "scope-2-method"),
            coverage,
            owner,
            tags: self.texts(fields, "tags", false).into_iter().map(|(tag, _)| tag).collect(),
            strength: self.optional_word(fields, "strength"),
            path,
            report_every: if fields.has("report-every") { self.span(fields, "report-every") } else { None },
            draft: self.flag(fields, "draft").unwrap_or(false),
            note,
            amendments,
            line: self.source.line(fields.at.start),
            terms: match terms {
                Some((terms, _)) if title.is_some() && topic.is_some() && metric.is_some() && id.is_some() => terms,
                _ => return CommitmentRead { id, own_metric, commitment: None },
            },
        };
        CommitmentRead { id, own_metric, commitment: Some(commitment) }
    }

    fn statement_ids(&mut self, fields: &Fields<'_>, statements: &[Statement]) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (id, span) in self.texts(fields, "statement", true) {
            if !statements.iter().any(|statement| statement.id == id) {
                self.unknown(
                    &rules::UNKNOWN_STATEMENT,
                    "statement",
                    &id,
                    &span,
                    statements.iter().map(|statement| statement.id.as_str()),
                );
            }
            if ids.contains(&id) {
                self.report_help(
                    &rules::DUPLICATE_ID,
                    &span,
                    format!("`statement` names `{id}` twice"),
                    "name each once",
                );
            } else {
                ids.push(id);
            }
        }
        ids
    }

    fn first_terms(&mut self, fields: &Fields<'_>, fiscal: Fiscal) -> Option<(Terms, Vec<std::ops::Range<usize>>)> {
        let target = self.target(fields, "target");
        let deadline = self.deadline(fields, "deadline", fiscal);
        let baseline = self.baseline(fields, fiscal);
        let (milestones, places): (Vec<Milestone>, Vec<_>) = self.milestones(fields, fiscal).into_iter().unzip();
        let scopes = self.integers(fields, "scopes", 1..=3);
        let offsets = self.offsets(fields).unwrap_or_default();
        let (mut target, aim) = target?;
        if fields.has("from") {
            let from = self.keep_from(fields, target.form);
            if target.from.is_some() {
                self.report_help(
                    &rules::CONFLICTING_FIELDS,
                    &fields.span("from"),
                    "`from` stands both in the commitment and in its target",
                    "keep the one in the target",
                );
            }
            target.from = target.from.or(from);
        }
        // A baseline that is there and faulty must not look like none.
        if baseline.is_none() && fields.has("baseline") {
            return None;
        }
        Some((Terms { target, aim, deadline: deadline?, baseline, milestones, scopes, offsets }, places))
    }

    /// The commitment's own metric, named like it, where it names no shared one.
    fn own_metric(&mut self, fields: &Fields<'_>, id: Option<&str>, form: Option<TargetForm>) -> Option<Metric> {
        let done = form == Some(TargetForm::Done);
        if fields.has("metric") {
            for key in ["unit", "aggregate", "measures"] {
                if fields.has(key) {
                    self.report_help(
                        &rules::CONFLICTING_FIELDS,
                        &fields.span(key),
                        format!("`{key}` stands beside `metric`"),
                        format!("set `{key}` in the [[metric]], or leave `metric` out"),
                    );
                }
            }
            return None;
        }
        if !fields.has("unit") && !done && form.is_some() {
            self.report_absent(
                &rules::MISSING_FIELD,
                &fields.at.clone(),
                "[[commitment]] has neither `metric` nor `unit`",
                Some("name the `metric` it is judged by, or give the `unit` of a metric of its own".to_owned()),
            );
        }
        let unit = if fields.has("unit") { self.unit(fields) } else { None };
        Some(Metric {
            id: id?.to_owned(),
            name: None,
            unit,
            aggregate: self.optional_word(fields, "aggregate").unwrap_or(Aggregate::Latest),
            measures: self.optional_word(fields, "measures"),
            own: true,
            note: None,
            line: self.source.line(fields.at.start),
        })
    }

    fn amendments(
        &mut self,
        fields: &Fields<'_>,
        fiscal: Fiscal,
        first: Option<&Terms>,
        path: PathShape,
    ) -> Vec<Amendment> {
        let mut amendments = Vec::new();
        let mut current = first.cloned();
        for (table, at) in self.tables(fields, "amendment") {
            let fields = self.record(&keys::AMENDMENT, table, at);
            let Some((amendment, places)) = self.amendment(&fields, fiscal) else { continue };
            if let Some(terms) = &mut current {
                terms.amend(&amendment);
                if amendment.target.is_some() || amendment.baseline.is_some() || amendment.milestones.is_some() {
                    let at = ["target", "baseline", "milestones"]
                        .into_iter()
                        .find(|key| fields.has(key))
                        .map_or_else(|| fields.at.clone(), |key| fields.span(key));
                    self.check_terms(terms, path, &at, &places);
                }
            }
            amendments.push(amendment);
        }
        amendments
    }

    fn amendment(&mut self, fields: &Fields<'_>, fiscal: Fiscal) -> Option<(Amendment, Vec<std::ops::Range<usize>>)> {
        let date = self.date(fields, "date");
        let (milestones, places): (Vec<Milestone>, Vec<_>) = self.milestones(fields, fiscal).into_iter().unzip();
        let amendment = Amendment {
            date: date.unwrap_or(crate::model::date::PartialDate::Year(1)),
            target: if fields.has("target") { self.target(fields, "target") } else { None },
            deadline: if fields.has("deadline") { self.deadline(fields, "deadline", fiscal) } else { None },
            baseline: self.baseline(fields, fiscal),
            milestones: fields.has("milestones").then_some(milestones),
            scopes: fields.has("scopes").then(|| self.integers(fields, "scopes", 1..=3)),
            offsets: self.offsets(fields),
            withdrawn: self.flag(fields, "withdrawn"),
            superseded_by: if fields.has("superseded-by") {
                self.texts(fields, "superseded-by", true).into_iter().map(|(id, _)| id).collect()
            } else {
                Vec::new()
            },
            reason: self.optional(fields, "reason"),
            url: self.optional(fields, "url"),
            title: self.optional(fields, "title"),
            speaker: self.optional(fields, "speaker"),
            note: self.optional(fields, "note"),
            line: self.source.line(fields.at.start),
        };
        let terms = ["target", "deadline", "baseline", "milestones", "scopes", "offsets", "withdrawn", "superseded-by"];
        if !terms.iter().any(|key| fields.has(key)) {
            self.report_absent(
                &rules::EMPTY_AMENDMENT,
                &fields.at.clone(),
                "the amendment changes no term",
                Some(format!("name one of {}, or make it a `note`", terms.map(|term| format!("`{term}`")).join(", "))),
            );
        }
        date.map(|_| (amendment, places))
    }

    /// Deadlines and amendments before the promise itself are odd, not wrong.
    fn check_dates(
        &mut self,
        fields: &Fields<'_>,
        terms: &Terms,
        amendments: &[Amendment],
        said_in: &[String],
        statements: &[Statement],
    ) {
        let said = said_in
            .iter()
            .filter_map(|id| statements.iter().find(|statement| &statement.id == id)?.date)
            .map(crate::model::date::PartialDate::first)
            .min();
        let Some(said) = said else { return };
        let day = |day: NaiveDate| day.to_string();
        if let Some(deadline) = terms.deadline.day.filter(|deadline| *deadline < said) {
            self.report_help(
                &rules::DEADLINE_BEFORE_STATEMENT,
                &fields.span("deadline"),
                format!("the deadline {} lies before the statement of {}", day(deadline), day(said)),
                rules::DEADLINE_BEFORE_STATEMENT.cure,
            );
        }
        let tables = self.tables(fields, "amendment");
        for (table, at) in tables {
            let line = self.source.line(at.start);
            let early = amendments.iter().find(|amendment| amendment.line == line && amendment.date.last() < said);
            if let Some(amendment) = early {
                let span = Fields { table, at, record: &keys::AMENDMENT }.span("date");
                self.report_help(
                    &rules::AMENDMENT_BEFORE_STATEMENT,
                    &span,
                    format!("the amendment of {} is older than the statement of {}", amendment.date, day(said)),
                    rules::AMENDMENT_BEFORE_STATEMENT.cure,
                );
            }
        }
    }
}
