//! `pledgebook amend` and `pledgebook withdraw`: a dated amendment, put after
//! its promise. Nothing is ever taken out.

use std::io::{self, Write};

use super::completions;
use super::context::{Context, Failure, today};
use super::exit;
use super::terms::{Lines, TermArgs, block};
use super::written::{in_the_way, judged, refusal, resolve_in, write_diff, write_next, write_status};
use crate::diag::Finding;
use crate::journal::{self, Change, quoted};
use crate::model::book::{Dossier, Promises};
use crate::model::commitment::Commitment;
use crate::model::date::PartialDate;
use crate::parse::{PromisesRead, decode, read_promises};

/// A public change of a promise's terms, dated and sourced
///
/// The amendment is put after the promise; what was promised first stays, and
/// `report --terms first` still judges by it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise that was changed
    #[arg(value_name = "ID", add = completions::ids())]
    id: String,
    #[command(flatten)]
    told: ToldArgs,
    #[command(flatten)]
    terms: TermArgs,
    /// Whole id of the promise that replaces it; may be given several times
    #[arg(long, value_name = "ID", add = completions::ids())]
    superseded_by: Vec<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A promise given up in public, dated and sourced
///
/// An amendment is put after the promise; nothing is taken out of the book.
#[derive(Debug, clap::Args)]
pub(crate) struct WithdrawArgs {
    /// The promise that was given up
    #[arg(value_name = "ID", add = completions::ids())]
    id: String,
    #[command(flatten)]
    told: ToldArgs,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// When, why, and where it can be read.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Source")]
struct ToldArgs {
    /// When it was made public: year, month or day
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Title of the source
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl ToldArgs {
    /// What an amendment cannot do without, and was not given.
    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        if self.date.is_none() {
            missing.push("  `--date DATE`: when it was made public".to_owned());
        }
        if self.reason.is_none() {
            missing.push("  `--reason TEXT`: why".to_owned());
        }
        if self.source.is_none() && self.url.is_none() {
            missing.push("  `--source TITLE` or `--url URL`: where it can be read".to_owned());
        }
        missing
    }

    fn lines(&self, terms: Lines) -> Lines {
        let word = |key: &'static str, word: &Option<String>| word.as_deref().map(|word| (key, quoted(word)));
        let mut lines: Lines = word("date", &self.date).into_iter().collect();
        lines.extend(terms);
        for (key, text) in [
            ("reason", &self.reason),
            ("title", &self.source),
            ("url", &self.url),
            ("speaker", &self.speaker),
            ("note", &self.note),
        ] {
            lines.extend(word(key, text));
        }
        lines
    }

    fn check_date(&self) -> Result<(), Failure> {
        match self.date.as_deref().and_then(PartialDate::parse) {
            Some(date) if date.first() > today() => Err(Failure::Usage(vec![
                format!("`--date {date}` lies after today, {}", today()),
                "write when the change was made public".to_owned(),
                "nothing was written".to_owned(),
            ])),
            _ => Ok(()),
        }
    }
}

/// Amends a promise.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let terms = |commitment: &Commitment| -> Result<Lines, Vec<String>> {
        let mut lines = args.terms.lines(Some(commitment.terms.target.form))?;
        match &args.superseded_by[..] {
            [] => {}
            [one] => lines.push(("superseded-by", quoted(one))),
            many => {
                let list = many.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ");
                lines.push(("superseded-by", format!("[{list}]")));
            }
        }
        if lines.is_empty() {
            return Err(vec![
                "the amendment changes no term: give `--deadline`, a target such as `--at-most V`, `--baseline`, \
                 `--milestone`, `--scopes`, `--offsets` or `--superseded-by`"
                    .to_owned(),
            ]);
        }
        Ok(lines)
    };
    append(context, &args.id, &args.told, &terms, args.dry_run)
}

/// Withdraws a promise.
pub(crate) fn withdraw(args: &WithdrawArgs, context: &Context) -> Result<u8, Failure> {
    let terms = |_: &Commitment| Ok(vec![("withdrawn", "true".to_owned())]);
    append(context, &args.id, &args.told, &terms, args.dry_run)
}

/// The changed terms as lines, for the promise that they belong to.
type Terms<'t> = &'t dyn Fn(&Commitment) -> Result<Lines, Vec<String>>;

fn append(context: &Context, id: &str, told: &ToldArgs, terms: Terms<'_>, dry_run: bool) -> Result<u8, Failure> {
    let book = context.load_naming(&[id], false)?;
    let (dossier, commitment) = resolve_in(&book, id)?;
    let mut missing = told.missing();
    let lines = terms(commitment).unwrap_or_else(|faults| {
        missing.extend(faults.into_iter().map(|fault| format!("  {fault}")));
        Lines::new()
    });
    if !missing.is_empty() {
        missing.insert(0, "the amendment is not complete".to_owned());
        missing.push("nothing was written".to_owned());
        return Err(Failure::Usage(missing));
    }
    told.check_date()?;
    let text = block("[[commitment.amendment]]", &told.lines(lines));
    let root = context.root()?;
    let full = root.join(&dossier.path);
    let hold = if dry_run { None } else { Some(journal::hold([full.as_path()])?) };
    let current = journal::read(&full)?;
    let (old, before) = before(context, dossier, current.bytes.as_deref().unwrap_or_default())?;
    let place = journal::amendment_place(&old, &commitment.id).ok_or_else(|| {
        Failure::Usage(vec![
            format!("`{}` is no longer in `{}`", commitment.id, dossier.path),
            "run the command again".to_owned(),
        ])
    })?;
    let inserted = journal::insert(&old, place, &text);
    let after = read_back(dossier, &inserted.text, &before, &commitment.id)?;
    if let Some(hold) = hold {
        hold.write(&[Change { current, bytes: inserted.text.clone().into_bytes() }])?;
        context.refresh(&root, std::slice::from_ref(&full));
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    write_diff(&dossier.path, Some(&old), &inserted.text, &mut out)?;
    writeln!(out)?;
    let whole = format!("{}/{}", dossier.promises.organisation.id, commitment.id);
    let judge = |promises: &Promises| {
        let dossier = Dossier { promises: promises.clone(), ..dossier.clone() };
        let commitment = promises.commitments.iter().find(|one| one.id == commitment.id)?;
        judged(context, &book.settings, &dossier, commitment)
    };
    let new = after.promises.as_ref().and_then(judge);
    write_status(&whole, judge(&before).as_ref(), new.as_ref(), &mut out)?;
    if dry_run {
        writeln!(out, "nothing was written: this was a dry run")?;
    } else {
        write_next(context, &format!("explain {whole}"), &mut out)?;
    }
    out.flush()?;
    let earlier = read_promises(&dossier.promises.organisation.id, &dossier.path, &old).findings;
    let warnings: Vec<Finding> = after.findings.into_iter().filter(|finding| is_new(finding, &earlier)).collect();
    context.tell(&warnings)?;
    Ok(exit::PASSED)
}

/// Whether a finding was not there before; lines move when text is put in.
fn is_new(finding: &Finding, earlier: &[Finding]) -> bool {
    !earlier.iter().any(|old| old.rule == finding.rule && old.message == finding.message)
}

fn before(context: &Context, dossier: &Dossier, bytes: &[u8]) -> Result<(String, Promises), Failure> {
    let path = &dossier.path;
    let text = match decode(path, bytes) {
        Ok(text) => text,
        Err(finding) => return Err(in_the_way(context, path, &[*finding])?),
    };
    let read = read_promises(&dossier.promises.organisation.id, path, text);
    match read.promises {
        Some(promises) => Ok((text.to_owned(), promises)),
        None => Err(in_the_way(context, path, &read.findings)?),
    }
}

/// The amendment must have become the newest of its own promise, and of no other.
fn read_back(dossier: &Dossier, new: &str, before: &Promises, id: &str) -> Result<PromisesRead, Failure> {
    let after = read_promises(&dossier.promises.organisation.id, &dossier.path, new);
    let counts = |promises: &Promises| {
        let count = |commitment: &Commitment| {
            (commitment.id.clone(), commitment.amendments.len() + usize::from(commitment.id == id))
        };
        promises.commitments.iter().map(count).collect::<Vec<_>>()
    };
    let fits = after.promises.as_ref().is_some_and(|promises| {
        let found: Vec<_> = promises.commitments.iter().map(|one| (one.id.clone(), one.amendments.len())).collect();
        found == counts(before)
    });
    if fits { Ok(after) } else { Err(refusal("the amendment would not read back: ", &after.findings)) }
}
