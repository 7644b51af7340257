//! `pledgebook add`: a promise with the statement in which it was made.

mod ask;
mod compose;

use std::io::{self, Write};

use super::context::{Context, Failure};
use super::exit;
use super::log::words;
use super::terms::TermArgs;
use super::written::{can_ask, in_the_way, judged, refusal, write_diff, write_next, write_status};
use crate::diag::Finding;
use crate::journal::{self, Change};
use crate::model::book::{Dossier, Promises};
use crate::model::commitment::{PathShape, Strength};
use crate::model::metric::{Aggregate, Measures};
use crate::model::organisation::OrganisationKind;
use crate::model::topic::Topic;
use crate::parse::{PromisesRead, decode, read_promises, slug};
use crate::sync::{Book, COMMITMENTS};

/// A promise into the book, with the statement in which it was made
///
/// Everything can be given as options; on a terminal what is missing is asked
/// for. The promise is put at the end of its organisation's file, and no other
/// line of the file changes.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Who made the promise: an organisation of the book, by id or name, or a new one's name
    #[arg(long, visible_alias = "org", value_name = "NAME")]
    organisation: Option<String>,
    /// What sort of body a new organisation is
    #[arg(long, value_name = "KIND", value_parser = words::<OrganisationKind>())]
    kind: Option<String>,
    /// Country of a new organisation, such as CN, or EU
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Fiscal year of a new organisation: last day and which year names it, such as `03-31 start`
    #[arg(long, value_name = "MM-DD WORD")]
    fiscal_year: Option<String>,
    /// Id of the promise [default: made from the title]
    #[arg(long)]
    id: Option<String>,
    /// Short title
    #[arg(long)]
    title: Option<String>,
    /// The words, verbatim
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// The promise in your own words
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// What it is about
    #[arg(long, value_parser = words::<Topic>())]
    topic: Option<String>,
    /// Metric it is judged by: one of the organisation, or a new one with `--unit` [default: one of its own]
    #[arg(long, value_name = "ID")]
    metric: Option<String>,
    /// Name of a new metric
    #[arg(long, value_name = "TEXT", requires = "metric")]
    metric_name: Option<String>,
    /// Unit of the values: %, t CO2e, MWh, …
    #[arg(long)]
    unit: Option<String>,
    /// How figures make the judged value
    #[arg(long, value_name = "WORD", value_parser = words::<Aggregate>())]
    aggregate: Option<String>,
    /// Whether emissions are before or after offsets
    #[arg(long, value_name = "WORD", value_parser = words::<Measures>())]
    measures: Option<String>,
    /// What is covered, in words
    #[arg(long, value_name = "TEXT")]
    coverage: Option<String>,
    /// How strongly the promise was worded
    #[arg(long, value_name = "WORD", value_parser = words::<Strength>())]
    strength: Option<String>,
    /// Shape of the expected path
    #[arg(long, value_name = "WORD", value_parser = words::<PathShape>())]
    path: Option<String>,
    /// How often figures are expected, such as `12 months`
    #[arg(long, value_name = "TIME")]
    report_every: Option<String>,
    /// A free label; may be given several times
    #[arg(long = "tag", value_name = "LABEL")]
    tags: Vec<String>,
    /// Who looks after the record
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    terms: TermArgs,
    #[command(flatten)]
    said: SaidArgs,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Where and when it was said.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Statement")]
pub(crate) struct SaidArgs {
    /// Id of a statement that is in the book, or of the new one
    #[arg(long, value_name = "ID")]
    statement: Option<String>,
    /// When it was said: year, month or day
    #[arg(long, value_name = "DATE")]
    said: Option<String>,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// In which office
    #[arg(long, value_name = "TEXT")]
    role: Option<String>,
    /// On which occasion
    #[arg(long, value_name = "TEXT")]
    event: Option<String>,
    /// Title of the speech, report or filing
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Language of the text, such as en
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

/// The organisation's file, as far as it is there.
struct Target {
    /// Relative to the book.
    path: String,
    id: String,
    name: String,
}

/// Adds what was given.
pub(crate) fn run(mut args: Args, context: &Context) -> Result<u8, Failure> {
    let root = context.root()?;
    let book = context.load_quietly()?;
    if can_ask() && !args.is_complete() {
        ask::fill(&mut args)?;
    }
    let target = target(&args, &book)?;
    let full = root.join(&target.path);
    let hold = if args.dry_run { None } else { Some(journal::hold([full.as_path()])?) };
    let current = journal::read(&full)?;
    let (old, before) = before(context, &target, current.bytes.as_deref())?;
    let schema = root.join("schema/promises.json").exists().then(|| "../".repeat(target.path.matches('/').count()));
    let draft = compose::compose(&args, &target, before.as_ref(), schema.as_deref())?;
    let inserted = journal::insert(&old, old.len(), &draft.text);
    let after = read_back(&target, &inserted.text, before.as_ref(), &draft.id)?;
    let had_file = current.bytes.is_some();
    if let Some(hold) = hold {
        hold.write(&[Change { current, bytes: inserted.text.clone().into_bytes() }])?;
        context.refresh(&root, std::slice::from_ref(&full));
    }
    let told = Told { target: &target, id: &draft.id, old: had_file.then_some(old.as_str()), new: &inserted.text };
    tell(&args, context, &book, &told, after)?;
    Ok(exit::PASSED)
}

/// The file that the promise goes into.
fn target(args: &Args, book: &Book) -> Result<Target, Failure> {
    let Some(name) = args.organisation.as_deref().filter(|name| !name.trim().is_empty()) else {
        return Err(compose::missing(args));
    };
    let known = book.organisations.iter().find(|dossier| {
        let organisation = &dossier.promises.organisation;
        organisation.id == name || organisation.name.to_lowercase() == name.to_lowercase()
    });
    if let Some(dossier) = known {
        let organisation = &dossier.promises.organisation;
        return Ok(Target { path: dossier.path.clone(), id: organisation.id.clone(), name: organisation.name.clone() });
    }
    let id = slug(name);
    // A file with errors is none of the organisations; it must not be taken for absent.
    let faulty = book.findings.iter().map(|finding| finding.place.file.as_str()).find(|file| {
        let stem = file.rsplit('/').next().and_then(|file| file.strip_suffix(".toml"));
        stem == Some(id.as_str())
    });
    let path = faulty.map_or_else(|| format!("{COMMITMENTS}/{id}.toml"), str::to_owned);
    Ok(Target { path, id, name: name.to_owned() })
}

/// The file's text and promises before; none where there is no file.
fn before(context: &Context, target: &Target, bytes: Option<&[u8]>) -> Result<(String, Option<Promises>), Failure> {
    let Some(bytes) = bytes else { return Ok((String::new(), None)) };
    let text = match decode(&target.path, bytes) {
        Ok(text) => text,
        Err(finding) => return Err(in_the_way(context, &target.path, &[*finding])?),
    };
    let read = read_promises(&target.id, &target.path, text);
    match read.promises {
        Some(promises) => Ok((text.to_owned(), Some(promises))),
        None => Err(in_the_way(context, &target.path, &read.findings)?),
    }
}

/// What was composed must read back without errors, and change nothing that was there.
fn read_back(target: &Target, new: &str, before: Option<&Promises>, id: &str) -> Result<PromisesRead, Failure> {
    if let Err(finding) = decode(&target.path, new.as_bytes()) {
        return Err(refusal("", &[*finding]));
    }
    let after = read_promises(&target.id, &target.path, new);
    let kept = after.promises.as_ref().is_some_and(|after| {
        let old = before.map_or(&[][..], |before| &before.commitments[..]);
        after.commitments.len() == old.len() + 1
            && after.commitments.starts_with(old)
            && after.commitments.last().is_some_and(|commitment| commitment.id == id)
    });
    if kept { Ok(after) } else { Err(refusal("the promise would not read back: ", &after.findings)) }
}

/// What was written, for telling it.
struct Told<'t> {
    target: &'t Target,
    id: &'t str,
    old: Option<&'t str>,
    new: &'t str,
}

fn tell(args: &Args, context: &Context, book: &Book, told: &Told<'_>, after: PromisesRead) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    write_diff(&told.target.path, told.old, told.new, &mut out)?;
    writeln!(out)?;
    let id = format!("{}/{}", told.target.id, told.id);
    if let Some(promises) = after.promises {
        let known = book.organisations.iter().find(|dossier| dossier.path == told.target.path);
        let dossier = Dossier {
            path: told.target.path.clone(),
            promises,
            figures: known.map(|dossier| dossier.figures.clone()).unwrap_or_default(),
            provenance: Vec::new(),
        };
        if let Some(commitment) = dossier.promises.commitments.last() {
            let row = judged(context, &book.settings, &dossier, commitment);
            write_status(&id, None, row.as_ref(), &mut out)?;
        }
    }
    if args.dry_run {
        writeln!(out, "nothing was written: this was a dry run")?;
    } else {
        let value = if args.terms.done { "--done" } else { "--value V" };
        write_next(context, &format!("log {id} --period PERIOD {value} --source TITLE --url URL"), &mut out)?;
    }
    out.flush()?;
    let old = told.old.map(|old| read_promises(&told.target.id, &told.target.path, old).findings).unwrap_or_default();
    let new: Vec<Finding> = after.findings.into_iter().filter(|finding| !old.contains(finding)).collect();
    context.tell(&new)
}
