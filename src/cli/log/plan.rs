//! Figures checked against the book, and written under the lock.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::given::Given;
use crate::cli::context::{Context, Failure};
use crate::cli::written::{in_the_way, judged, refusal};
use crate::diag::{Finding, Place, visible};
use crate::journal::{self, Change, Current, appended};
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::date::PartialDate;
use crate::model::figure::{Disclosure, Figure};
use crate::model::period::Period;
use crate::model::settings::Settings;
use crate::parse::{Frame, ProgressRead, decode, read_progress, read_promises};
use crate::report::Row;

/// One figure that is fit to be written, as far as that can be told without the lock.
#[derive(Debug)]
pub(super) struct Planned<'b> {
    dossier: &'b Dossier,
    /// Whole id of the promise.
    pub(super) id: String,
    /// `line 3: ` of the input, else empty.
    pub(super) place: String,
    block: String,
    figure: Figure,
}

impl<'b> Planned<'b> {
    /// Checks a figure by itself: its form, its period, its unit.
    pub(super) fn new(
        given: &Given,
        dossier: &'b Dossier,
        commitment: &Commitment,
        today: NaiveDate,
        mark: &str,
    ) -> Result<Self, Vec<String>> {
        let place = given.place();
        let placed =
            |faults: Vec<String>| faults.into_iter().map(|fault| format!("{place}{fault}")).collect::<Vec<_>>();
        let promises = &dossier.promises;
        let series = if commitment.metric == commitment.id {
            ("commitment", &commitment.id)
        } else {
            ("metric", &commitment.metric)
        };
        let own =
            promises.metric(&commitment.metric).and_then(|metric| metric.unit.as_ref()).map_or("", |unit| &unit.text);
        let entry = given.entry((series.0, series.1), own, &today.to_string(), mark.to_owned()).map_err(placed)?;
        if let Some(fault) = not_ended(given, promises.organisation.fiscal_year, today).or_else(|| future(given, today))
        {
            return Err(placed(vec![fault]));
        }
        let block = entry.text();
        let frame = Frame::of(promises, &dossier.path, |_| Place::default());
        let read = read_progress(&progress_path(dossier), &block, Some(&frame));
        match (errors(&read.findings), read.figures.into_iter().next()) {
            (faults, Some(figure)) if faults.is_empty() => Ok(Self {
                dossier,
                id: format!("{}/{}", promises.organisation.id, commitment.id),
                place,
                block,
                figure,
            }),
            (faults, _) => Err(placed(faults)),
        }
    }

    /// The figure in words: `101 % for 2024`.
    pub(super) fn shown(&self) -> String {
        format!("{} for {}", value_words(&self.figure, self.dossier), self.figure.period)
    }

    /// Whether it is a share outside 0 to 100 per cent.
    pub(super) fn is_odd_share(&self) -> bool {
        let unit = self.dossier.promises.metric(&self.figure.metric).and_then(|metric| metric.unit.as_ref());
        let hundred = rust_decimal::Decimal::ONE_HUNDRED;
        unit.is_some_and(crate::model::unit::Unit::is_share)
            && self.figure.measured().is_some_and(|measured| {
                measured.amount.is_sign_negative() && !measured.amount.is_zero() || measured.amount > hundred
            })
    }

    /// The day from which it counts, where that is after the day judged.
    pub(super) fn counts_from(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        let from = self.figure.public_from();
        (from > as_of).then_some(from)
    }
}

/// The errors among findings, each with what would be right.
fn errors(findings: &[Finding]) -> Vec<String> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors
        .map(|finding| match &finding.help {
            Some(help) => format!("{}; {help}", finding.message),
            None => finding.message.clone(),
        })
        .collect()
}

fn not_ended(given: &Given, fiscal: Option<crate::model::period::FiscalYear>, today: NaiveDate) -> Option<String> {
    let period = Period::parse(given.get("period")?, fiscal).ok()?;
    (period.last > today).then(|| {
        format!(
            "`{period}` has not ended: its last day is {}, and today is {today}; a forecast is no figure",
            period.last
        )
    })
}

fn future(given: &Given, today: NaiveDate) -> Option<String> {
    let reported = PartialDate::parse(given.get("reported")?)?;
    (reported.first() > today)
        .then(|| format!("`reported` is {reported}, and today is {today}; write when the figure became public"))
}

fn value_words(figure: &Figure, dossier: &Dossier) -> String {
    match &figure.disclosure {
        Disclosure::Value(measured) => {
            let own = dossier.promises.metric(&figure.metric).and_then(|metric| metric.unit.as_ref());
            let unit = measured.unit.as_ref().or(own).map_or_else(String::new, |unit| format!(" {unit}"));
            format!("{}{}", measured.written.text, visible(&unit))
        }
        Disclosure::Done(done) => format!("done = {done}"),
        Disclosure::None => "no disclosure".to_owned(),
    }
}

/// The progress file of an organisation, relative to the book.
pub(super) fn progress_path(dossier: &Dossier) -> String {
    format!("{}.progress.toml", dossier.path.strip_suffix(".toml").unwrap_or(&dossier.path))
}

/// What became of one progress file.
pub(super) struct Outcome {
    /// Relative to the book.
    pub(super) path: String,
    /// The text before; `None` where there was no file.
    pub(super) old: Option<String>,
    /// The text now.
    pub(super) new: String,
    /// Warnings about the new figures.
    pub(super) warnings: Vec<Finding>,
    before: Dossier,
    after: Dossier,
    metrics: Vec<String>,
}

impl Outcome {
    /// Every promise that the new figures touch, before and after.
    pub(super) fn judged(&self, context: &Context, settings: &Settings) -> Vec<(String, Option<Row>, Option<Row>)> {
        let touched = |commitment: &&Commitment| self.metrics.contains(&commitment.metric);
        let commitments = self.after.promises.commitments.iter().filter(touched);
        commitments
            .map(|commitment| {
                let id = format!("{}/{}", self.after.promises.organisation.id, commitment.id);
                let before = judged(context, settings, &self.before, commitment);
                (id, before, judged(context, settings, &self.after, commitment))
            })
            .collect()
    }
}

/// Writes all figures, or none. Under the lock everything is read again: what
/// another process logged a moment ago counts.
pub(super) fn write(
    context: &Context,
    root: &Path,
    planned: &[Planned<'_>],
    dry_run: bool,
) -> Result<Vec<Outcome>, Failure> {
    let mut by_file: BTreeMap<String, Vec<&Planned<'_>>> = BTreeMap::new();
    for plan in planned {
        by_file.entry(progress_path(plan.dossier)).or_default().push(plan);
    }
    let paths: Vec<_> = by_file.keys().map(|path| root.join(path)).collect();
    let hold = if dry_run { None } else { Some(journal::hold(paths.iter().map(|path| path.as_path()))?) };
    let mut outcomes = Vec::new();
    let mut changes = Vec::new();
    let mut faults = Vec::new();
    for (path, plans) in &by_file {
        let current = journal::read(&root.join(path))?;
        match compose(context, root, path, plans, &current)? {
            Ok(outcome) => {
                changes.push(Change { current, bytes: outcome.new.clone().into_bytes() });
                outcomes.push(outcome);
            }
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        faults.push("nothing was written".to_owned());
        return Err(Failure::Usage(faults));
    }
    if let Some(hold) = hold {
        hold.write(&changes)?;
    }
    Ok(outcomes)
}

/// The new text of one file, read back before it counts; the inner error holds
/// what speaks against single figures.
fn compose(
    context: &Context,
    root: &Path,
    path: &str,
    plans: &[&Planned<'_>],
    current: &Current,
) -> Result<Result<Outcome, Vec<String>>, Failure> {
    let dossier = plans[0].dossier;
    let (promises, frame) = promises(context, root, dossier)?;
    let bytes = current.bytes.as_deref().unwrap_or_default();
    let old = match decode(path, bytes) {
        Ok(old) => old,
        Err(finding) => return Err(in_the_way(context, path, &[*finding])?),
    };
    let read = read_progress(path, old, Some(&frame));
    if read.findings.iter().any(Finding::is_error) {
        return Err(in_the_way(context, path, &read.findings)?);
    }
    let mut figures = read.figures.clone();
    let mut faults = Vec::new();
    let mut new = old.to_owned();
    for plan in plans {
        faults.extend(already_there(plan, &figures));
        figures.push(plan.figure.clone());
        new.push_str(&appended(&new, &plan.block));
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let again = read_back(path, &new, &frame, read.figures.len() + plans.len())?;
    let whole = |figures: Vec<Figure>| Dossier {
        path: dossier.path.clone(),
        promises: promises.clone(),
        figures,
        provenance: Vec::new(),
    };
    Ok(Ok(Outcome {
        path: path.to_owned(),
        old: current.bytes.is_some().then(|| old.to_owned()),
        warnings: again.findings.into_iter().filter(|finding| !read.findings.contains(finding)).collect(),
        before: whole(read.figures),
        after: whole(again.figures),
        metrics: plans.iter().map(|plan| plan.figure.metric.to_string()).collect(),
        new,
    }))
}

fn read_back(path: &str, new: &str, frame: &Frame, count: usize) -> Result<ProgressRead, Failure> {
    if let Err(finding) = decode(path, new.as_bytes()) {
        return Err(refusal("", &[*finding]));
    }
    let read = read_progress(path, new, Some(frame));
    if read.findings.iter().any(Finding::is_error) || read.figures.len() != count {
        return Err(refusal("the figure would not read back: ", &read.findings));
    }
    Ok(read)
}

/// The organisation's promises as they are on disk now.
fn promises(
    context: &Context,
    root: &Path,
    dossier: &Dossier,
) -> Result<(crate::model::book::Promises, Frame), Failure> {
    let path = &dossier.path;
    let current = journal::read(&root.join(path))?;
    let text = match decode(path, current.bytes.as_deref().unwrap_or_default()) {
        Ok(text) => text,
        Err(finding) => return Err(in_the_way(context, path, &[*finding])?),
    };
    let read = read_promises(&dossier.promises.organisation.id, path, text);
    match read.promises {
        Some(promises) => Ok((promises, read.frame)),
        None => Err(in_the_way(context, path, &read.findings)?),
    }
}

/// A period has one value, unless the newer one says that it restates the older.
fn already_there(plan: &Planned<'_>, figures: &[Figure]) -> Option<String> {
    let new = &plan.figure;
    let same = |figure: &&Figure| {
        figure.metric == new.metric && figure.period.same_days(&new.period) && figure.disclosure != Disclosure::None
    };
    let old = figures.iter().rfind(same)?;
    if new.restates || new.disclosure == Disclosure::None {
        return None;
    }
    let reported = old.reported.map_or_else(String::new, |date| format!(", reported {date}"));
    Some(format!(
        "{}`{}` already has a figure for `{}`: {} (line {}{reported}); add `--restates` and `--reported DATE` for a newer edition, or correct it with `pledgebook edit {}`",
        plan.place,
        plan.id,
        old.period,
        value_words(old, plan.dossier),
        old.line,
        plan.id
    ))
}
