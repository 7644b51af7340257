//! The progress file `<org>.progress.toml`: figures.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fields::Fiscal;
use super::frame::{Frame, Series};
use super::keys;
use super::ordinary;
use super::reader::{Fields, Reader};
use super::rules;
use super::tree::Value;
use crate::diag::{Finding, Source};
use crate::model::figure::{Disclosure, Figure, Measured, Provenance, Source as FigureSource};
use crate::model::metric::Aggregate;
use crate::model::number::Number;
use crate::model::unit::Unit;

/// What a progress file gave.
#[derive(Debug)]
pub struct ProgressRead {
    /// Figures in the order of the file; incomplete where there are errors.
    pub figures: Vec<Figure>,
    /// Where each comes from, in the same order.
    pub provenance: Vec<Provenance>,
    /// What is wrong, in order.
    pub findings: Vec<Finding>,
}

/// Reads a progress file in the frame of its organisation; `None` where that
/// could not be read at all, so that ids and units cannot be judged.
#[must_use]
pub fn read_progress(path: &str, text: &str, frame: Option<&Frame>) -> ProgressRead {
    match frame.and_then(|frame| ordinary::read(text, frame)) {
        Some((figures, provenance)) => ProgressRead { figures, provenance, findings: Vec::new() },
        None => read_with_care(path, text, frame),
    }
}

pub(super) fn read_with_care(path: &str, text: &str, frame: Option<&Frame>) -> ProgressRead {
    let source = Source::new(path, text);
    let (mut reader, table) = Reader::open(&source);
    let file = reader.record(&keys::PROGRESS_FILE, &table, 0..0);
    let mut figures: Vec<(Figure, Range<usize>)> = Vec::new();
    let mut provenance = Vec::new();
    for (table, at) in reader.tables(&file, "progress") {
        let fields = reader.record(&keys::PROGRESS, table, at);
        let from = reader.provenance(&fields);
        if let Some(figure) = reader.figure(&fields, frame) {
            let span = fields.span("period");
            figures.push((figure, span));
            provenance.push(from);
        }
    }
    reader.editions(&figures);
    reader.parts(&figures, frame);
    ProgressRead {
        figures: figures.into_iter().map(|(figure, _)| figure).collect(),
        provenance,
        findings: reader.finish(),
    }
}

impl Reader<'_> {
    fn figure(&mut self, fields: &Fields<'_>, frame: Option<&Frame>) -> Option<Figure> {
        let series = self.series(fields, frame);
        let fiscal = match frame {
            Some(frame) if !frame.unsure.fiscal_year => Fiscal::Known(frame.fiscal_year),
            _ => Fiscal::Unknown,
        };
        let period = self.period(fields, "period", fiscal);
        let known = match &series {
            Some(Named::Known(series)) => Some(*series),
            _ => None,
        };
        let disclosure = self.disclosure(fields, known, frame.is_some_and(|frame| !frame.unsure.records));
        let reported = if fields.has("reported") { self.date(fields, "reported") } else { None };
        let recorded = if fields.has("recorded") { self.day(fields, "recorded") } else { None };
        let restates = self.flag(fields, "restates").unwrap_or(false);
        let figure = Figure {
            metric: series.as_ref().map(Named::id).unwrap_or_default().into(),
            by_commitment: fields.has("commitment"),
            period: period.clone()?,
            disclosure: disclosure?,
            reported,
            recorded,
            restates,
            series_break: self.flag(fields, "break").unwrap_or(false),
            confidence: self.optional_word(fields, "confidence"),
            line: self.source.line(fields.at.start),
        };
        if restates && !fields.has("reported") {
            self.report_absent(
                &rules::RESTATED_WITHOUT_DATE,
                &fields.span("restates"),
                "a newer edition says when it was `reported`, and this one does not",
                Some("add `reported = \"…\"`: year, month or day of the newer report".to_owned()),
            );
        }
        if let Some(recorded) = recorded
            && figure.period.last > recorded
        {
            self.report_help(
                &rules::PERIOD_NOT_ENDED,
                &fields.span("period"),
                format!("`{}` ends on {} and was recorded on {recorded}", figure.period, figure.period.last),
                rules::PERIOD_NOT_ENDED.cure,
            );
        }
        (!figure.metric.is_empty()).then_some(figure)
    }

    /// Which metric the entry is for.
    fn series<'f>(&mut self, fields: &Fields<'_>, frame: Option<&'f Frame>) -> Option<Named<'f>> {
        let key = match (fields.has("metric"), fields.has("commitment")) {
            (true, false) => "metric",
            (false, true) => "commitment",
            (true, true) => {
                self.report_help(
                    &rules::CONFLICTING_FIELDS,
                    &fields.span("commitment"),
                    "the entry names both `metric` and `commitment`",
                    "keep `metric`; `commitment` is for promises that have a metric of their own",
                );
                return None;
            }
            (false, false) => {
                self.report_absent(
                    &rules::MISSING_FIELD,
                    &fields.at.clone(),
                    "[[progress]] names no metric",
                    Some(
                        "add `metric = \"…\"`, or `commitment = \"…\"` where the promise has a metric of its own"
                            .to_owned(),
                    ),
                );
                return None;
            }
        };
        let id = self.id(fields, key)?;
        let Some(frame) = frame else { return Some(Named::Unjudged(id)) };
        let found = frame.find(&id).filter(|series| key == "metric" || series.own);
        match found {
            Some(series) => Some(Named::Known(series)),
            None if Self::may_exist(frame, key, &id) => Some(Named::Unjudged(id)),
            None => {
                self.unknown_series(fields, key, &id, frame);
                None
            }
        }
    }

    /// Whether an id that was not found may stand in a faulty part of the
    /// promises file.
    fn may_exist(frame: &Frame, key: &str, id: &str) -> bool {
        let left_out = frame.unsure.commitments.iter().any(|commitment| commitment == id);
        frame.unsure.ids || (key == "commitment" && left_out)
    }

    fn unknown_series(&mut self, fields: &Fields<'_>, key: &str, id: &str, frame: &Frame) {
        let span = fields.span(key);
        if key == "commitment" {
            if let Some((_, metric)) =
                frame.shared.iter().find(|(commitment, metric)| commitment == id && frame.find(metric).is_some())
            {
                self.report_help(
                    &rules::UNKNOWN_COMMITMENT,
                    &span,
                    format!("the commitment `{id}` has no metric of its own"),
                    format!("write `metric = \"{metric}\"`"),
                );
                return;
            }
            let own = frame.series.iter().filter(|series| series.own).map(|series| series.id.as_str());
            let all = own.chain(frame.shared.iter().map(|(id, _)| id.as_str()));
            self.unknown_here(&rules::UNKNOWN_COMMITMENT, "commitment", id, &span, all);
            return;
        }
        if let Some((_, metric)) =
            frame.shared.iter().find(|(commitment, metric)| commitment == id && frame.find(metric).is_some())
        {
            self.report_help(
                &rules::UNKNOWN_METRIC,
                &span,
                format!("`{id}` is a commitment, judged by the metric `{metric}`"),
                format!("write `metric = \"{metric}\"`"),
            );
            return;
        }
        let known = frame.series.iter().map(|series| series.id.as_str());
        self.unknown_here(&rules::UNKNOWN_METRIC, "metric", id, &span, known);
    }

    /// Exactly one of `value`, `done` and `no-disclosure`.
    fn disclosure(&mut self, fields: &Fields<'_>, series: Option<&Series>, sure: bool) -> Option<Disclosure> {
        let mut keys = ["value", "done", "no-disclosure"].into_iter().filter(|key| fields.has(key));
        match (keys.next(), keys.next()) {
            (None, _) => {
                self.report_absent(&rules::MISSING_FIELD, &fields.at.clone(), "[[progress]] has no `value`", Some("add `value`, or `no-disclosure = true` where somebody looked and found none; absent is not zero".to_owned()));
                None
            }
            (Some("value"), None) => self.measured(fields, series, sure).map(Disclosure::Value),
            (Some("done"), None) => {
                let done = self.flag(fields, "done")?;
                if let Some(series) = series.filter(|series| sure && !series.done) {
                    self.report_help(
                        &rules::CONFLICTING_FIELDS,
                        &fields.span("done"),
                        format!("no promise with a `done` target is judged by `{}`", series.id),
                        "write `value = …`",
                    );
                }
                Some(Disclosure::Done(done))
            }
            (Some(_), None) => match self.flag(fields, "no-disclosure")? {
                true => Some(Disclosure::None),
                false => {
                    self.report_help(
                        &rules::INVALID_VALUE,
                        &fields.span("no-disclosure"),
                        "`no-disclosure = false` says nothing",
                        "leave it out and give the `value`",
                    );
                    None
                }
            },
            (Some(first), Some(second)) => {
                self.report_help(
                    &rules::CONFLICTING_FIELDS,
                    &fields.span(second),
                    format!("the entry has both `{first}` and `{second}`"),
                    "keep the one that is meant",
                );
                None
            }
        }
    }

    fn measured(&mut self, fields: &Fields<'_>, series: Option<&Series>, sure: bool) -> Option<Measured> {
        let written = self.number(fields, "value");
        let gross = if fields.has("gross") { self.number(fields, "gross") } else { None };
        let offsets = if fields.has("offsets") { self.number(fields, "offsets") } else { None };
        let bound = self.optional_word(fields, "bound");
        let unit = if fields.has("unit") { self.unit(fields) } else { None };
        let written = written?;
        if let (Some(gross), Some(offsets)) = (&gross, &offsets) {
            self.check_offsets(fields, &written, gross, offsets);
        }
        let amount = match series {
            Some(series) => self.converted(fields, &written, unit.as_ref(), series, sure)?,
            None => written.value,
        };
        Some(Measured { written, unit, amount, bound, gross, offsets })
    }

    fn check_offsets(&mut self, fields: &Fields<'_>, value: &Number, gross: &Number, offsets: &Number) {
        let net = gross.value.checked_sub(offsets.value);
        if net != Some(value.value) {
            let net = net.map_or_else(|| "out of range".to_owned(), |net| net.normalize().to_string());
            self.report_help(
                &rules::OFFSETS_SUM,
                &fields.span("value"),
                format!("gross {gross} minus offsets {offsets} is {net}, not {value}"),
                rules::OFFSETS_SUM.cure,
            );
        }
    }

    fn converted(
        &mut self,
        fields: &Fields<'_>,
        written: &Number,
        unit: Option<&Unit>,
        series: &Series,
        sure: bool,
    ) -> Option<rust_decimal::Decimal> {
        let Some(wanted) = &series.unit else {
            if series.done && sure {
                self.report_help(
                    &rules::CONFLICTING_FIELDS,
                    &fields.span("value"),
                    format!("`{}` is a yes/no promise without a unit", series.id),
                    "write `done = true` in place of `value`",
                );
                return None;
            }
            return Some(written.value);
        };
        let Some(unit) = unit else { return Some(written.value) };
        if let Some(amount) = unit.convert(written.value, wanted) {
            return Some(amount);
        }
        let (message, help) = if unit.fits(wanted) {
            (
                format!("`{written} {unit}` is not exact in `{wanted}` within 28 digits"),
                format!("write the value in `{wanted}`"),
            )
        } else {
            let near = crate::diag::nearest(
                &unit.text,
                Unit::known_words().map(|word| -> &str { word }).chain([wanted.text.as_str()]),
            )
            .filter(|near| *near != unit.text && Unit::new(near).fits(wanted));
            let help =
                near.map_or_else(|| format!("write the value in `{wanted}`"), |near| format!("did you mean `{near}`?"));
            (format!("`{unit}` cannot be converted into `{wanted}`, the unit of `{}`", series.id), help)
        };
        let place = series.place.clone();
        let finding = self.report(&rules::UNIT_MISMATCH, &fields.span("unit"), message);
        *finding = finding.clone().help(help).related(place, format!("`{}` is measured in `{wanted}`", series.id));
        None
    }

    fn provenance(&mut self, fields: &Fields<'_>) -> Provenance {
        Provenance {
            source: self.figure_source(fields),
            assurance: self.optional_word(fields, "assurance"),
            note: self.optional(fields, "note"),
            author: self.optional(fields, "author"),
        }
    }

    fn figure_source(&mut self, fields: &Fields<'_>) -> FigureSource {
        if !fields.has("source") {
            return FigureSource::default();
        }
        // A plain string is a title; a table says more.
        if let Some((Value::String(title), _)) = fields.get("source") {
            return FigureSource { title: Some(title.clone().into_owned()), ..FigureSource::default() };
        }
        let Some(table) = self.table(fields, "source", &keys::SOURCE) else { return FigureSource::default() };
        FigureSource {
            title: self.optional(&table, "title"),
            url: self.optional(&table, "url"),
            copy_url: self.optional(&table, "copy-url"),
            page: self.optional(&table, "page"),
            note: self.optional(&table, "note"),
        }
    }

    /// Of several entries for one metric and period all but one say `restates`.
    fn editions(&mut self, figures: &[(Figure, Range<usize>)]) {
        let mut first: BTreeMap<(&str, chrono::NaiveDate, chrono::NaiveDate), &Range<usize>> = BTreeMap::new();
        for (figure, span) in figures {
            if figure.restates || figure.disclosure == Disclosure::None {
                continue;
            }
            let key = (figure.metric.as_str(), figure.period.first, figure.period.last);
            if let Some(earlier) = first.get(&key) {
                let place = self.source.place(earlier);
                let finding = self.report(
                    &rules::DUPLICATE_FIGURE,
                    span,
                    format!("`{}` has two figures for `{}`", figure.metric, figure.period),
                );
                *finding = finding.clone().help(rules::DUPLICATE_FIGURE.cure).related(place, "the first one");
            } else {
                first.insert(key, span);
            }
        }
    }

    /// Parts that are added up must not share days.
    fn parts(&mut self, figures: &[(Figure, Range<usize>)], frame: Option<&Frame>) {
        let summed = |series: &&Series| series.aggregate != Aggregate::Latest;
        let Some(frame) = frame.filter(|frame| frame.series.iter().any(|series| summed(&series))) else { return };
        let mut by_metric: BTreeMap<&str, Vec<&(Figure, Range<usize>)>> = BTreeMap::new();
        for entry in figures.iter().filter(|(figure, _)| figure.measured().is_some()) {
            by_metric.entry(entry.0.metric.as_str()).or_default().push(entry);
        }
        for series in frame.series.iter().filter(summed) {
            let sums = series.aggregate == Aggregate::AnnualSum;
            let mut parts = by_metric.remove(series.id.as_str()).unwrap_or_default();
            parts.retain(|(figure, _)| !(sums && figure.period.is_year()));
            parts
                .sort_by_key(|(figure, span)| (figure.period.first, std::cmp::Reverse(figure.period.last), span.start));
            parts.dedup_by(|b, a| a.0.period.same_days(&b.0.period));
            let mut reach: Option<&(Figure, Range<usize>)> = None;
            for current in parts {
                if let Some(earlier) = reach.filter(|earlier| earlier.0.period.overlaps(&current.0.period)) {
                    let (later, other) =
                        if earlier.1.start > current.1.start { (earlier, current) } else { (current, earlier) };
                    let rule = if sums { &rules::OVERLAPPING_PARTS } else { &rules::OVERLAPPING_ENTRIES };
                    let place = self.source.place(&other.1);
                    let finding = self.report(
                        rule,
                        &later.1,
                        format!(
                            "`{}` and `{}` of `{}` share days, and both would be added",
                            other.0.period, later.0.period, series.id
                        ),
                    );
                    *finding = finding.clone().help(rule.cure).related(place, "the other one");
                }
                if reach.is_none_or(|reach| reach.0.period.last < current.0.period.last) {
                    reach = Some(current);
                }
            }
        }
    }
}

/// A metric named by an entry.
enum Named<'f> {
    /// Found in the frame.
    Known(&'f Series),
    /// Not found, and nothing can be said about that.
    Unjudged(String),
}

impl Named<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Known(series) => &series.id,
            Self::Unjudged(id) => id,
        }
    }
}
