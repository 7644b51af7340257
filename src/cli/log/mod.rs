//! `pledgebook log`: figures into the book, for good.

mod given;
mod many;
mod plan;

use std::io::{self, Read, Write};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::completions;
use super::context::{Context, Failure, now_ns, today};
use super::written::{can_ask, resolve_in, write_diff, write_next, write_status};
use crate::model::figure::{Assurance, Bound, Confidence};
use crate::model::words::Word;
use given::Given;
pub(super) use given::number;
use plan::{Outcome, Planned};

/// One figure, or many, into the book: on disk before it returns
///
/// The value is kept as it is given; a unit that differs from the metric's is
/// converted on report. With `-` figures are read from the standard input, as
/// CSV with a header or as JSON lines, with the columns id, period, value,
/// unit, done, no-disclosure, gross, offsets, bound, reported, source, url,
/// copy-url, page, restates, break, assurance, confidence, author and note:
/// all of them are written, or none. Options then fill what a line leaves out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise the figure is for, or `-` for many from the standard input
    #[arg(value_name = "ID", add = completions::ids())]
    id: Option<String>,
    /// `-`: read the figures of this promise from the standard input
    #[arg(value_name = "-", value_parser = ["-"], hide_possible_values = true)]
    input: Option<String>,
    /// What the figure is for: 2024, 2024-H1, 2024-Q2, 2024-06, FY2024
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The value, and its unit where it differs from the metric's: `12.4`, `12.4 %`, `5.1 "Mt CO2e"`
    #[arg(long, value_names = ["V", "UNIT"], num_args = 1..=4, allow_negative_numbers = true)]
    value: Vec<String>,
    /// A yes/no promise is done (or, with `=false`, was not by the end of the period)
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    done: Option<bool>,
    /// Somebody looked, and no figure was published
    #[arg(long)]
    no_disclosure: bool,
    /// Title of the report or data set
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A copy that was read in place of the original
    #[arg(long, value_name = "URL")]
    copy_url: Option<String>,
    /// Page or table
    #[arg(long)]
    page: Option<String>,
    /// When it became public: year, month or day
    #[arg(long, value_name = "DATE")]
    reported: Option<String>,
    /// A newer edition of a period that already has a figure; needs `--reported`
    #[arg(long)]
    restates: bool,
    /// Emissions before offsets; the value is gross minus offsets
    #[arg(long, value_name = "V", allow_negative_numbers = true)]
    gross: Option<String>,
    /// Offsets retired
    #[arg(long, value_name = "V", allow_negative_numbers = true)]
    offsets: Option<String>,
    /// What the value is where the source gives no exact one
    #[arg(long, value_name = "BOUND", value_parser = words::<Bound>())]
    bound: Option<String>,
    /// The series is not comparable before this figure
    #[arg(long = "break")]
    series_break: bool,
    /// External assurance
    #[arg(long, value_name = "LEVEL", value_parser = words::<Assurance>())]
    assurance: Option<String>,
    /// How far the record can be trusted
    #[arg(long, value_name = "LEVEL", value_parser = words::<Confidence>())]
    confidence: Option<String>,
    /// Who entered it
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Write a share outside 0 to 100 per cent without asking
    #[arg(long)]
    force: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The words of a closed list, kept as words.
pub(super) fn words<W: Word>() -> PossibleValuesParser {
    PossibleValuesParser::new(W::WORDS.iter().map(|word| word.word()).collect::<Vec<&'static str>>())
}

/// Logs what was given.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let given = given(args)?;
    let ids: Vec<&str> = given.iter().filter_map(|given| given.get("id")).collect();
    let book = context.load_alone(&ids)?;
    let mut planned = Vec::new();
    let mut faults = Vec::new();
    let seed = (now_ns(), std::process::id());
    for (index, given) in given.iter().enumerate() {
        let place = given.place();
        let Some(id) = given.get("id") else {
            faults.push(format!("{place}there is no id: name the promise that the figure is for"));
            continue;
        };
        match resolve_in(&book, id) {
            Ok((dossier, commitment)) => match Planned::new(given, dossier, commitment, today(), &mark(seed, index)) {
                Ok(plan) => planned.push(plan),
                Err(found) => faults.extend(found),
            },
            // One id on the command line keeps the words and the code that other commands have.
            Err(failure) if given.line == 0 => return Err(failure),
            Err(Failure::Usage(lines) | Failure::Invalid(lines)) => {
                faults.push(format!("{place}{}", lines.join("; ")));
            }
            Err(failure) => return Err(failure),
        }
    }
    if !faults.is_empty() {
        faults.push("nothing was written".to_owned());
        return Err(Failure::Usage(faults));
    }
    accept_shares(&planned, args)?;
    let root = context.root()?;
    let outcomes = plan::write(context, &root, &planned, args.dry_run)?;
    if !args.dry_run {
        let written: Vec<PathBuf> = outcomes.iter().map(|outcome| root.join(&outcome.path)).collect();
        context.refresh(&root, &written);
    }
    tell(args, context, &book.settings, &planned, &outcomes)?;
    // What is wrong elsewhere is told by other commands; the figure is in the book for good.
    Ok(super::exit::PASSED)
}

/// The figures as given: one of the flags, or many of the input.
fn given(args: &Args) -> Result<Vec<Given>, Failure> {
    let mut flags = flags(args);
    let many = args.id.as_deref() == Some("-") || args.input.is_some();
    if many {
        if let Some(id) = args.id.as_deref().filter(|id| *id != "-") {
            flags.set("id", id);
        }
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::Environment(vec![format!("the input cannot be read: {error}")]))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::Usage(vec!["the input is not UTF-8".to_owned(), "save it as UTF-8 first".to_owned()])
        })?;
        return Ok(many::read(&text)?.into_iter().map(|given| given.or(&flags)).collect());
    }
    match &args.id {
        Some(id) => flags.set("id", id.clone()),
        // `--value` takes words to its end, an id after them included.
        None => match args.value.split_last() {
            Some((id, value)) if !value.is_empty() => {
                flags.set("id", id.clone());
                flags.words.remove("value");
                flags.set("value", value.join(" "));
            }
            _ => {
                return Err(Failure::Usage(vec![
                    "there is no id: name the promise that the figure is for".to_owned(),
                    "pledgebook log ID --period 2024 --value 12.4".to_owned(),
                ]));
            }
        },
    }
    Ok(vec![flags])
}

fn flags(args: &Args) -> Given {
    let mut given = Given::default();
    let words = [
        ("period", &args.period),
        ("source", &args.source),
        ("url", &args.url),
        ("copy-url", &args.copy_url),
        ("page", &args.page),
        ("reported", &args.reported),
        ("gross", &args.gross),
        ("offsets", &args.offsets),
        ("bound", &args.bound),
        ("assurance", &args.assurance),
        ("confidence", &args.confidence),
        ("author", &args.author),
        ("note", &args.note),
    ];
    for (column, word) in words {
        given.set(column, word.clone().unwrap_or_default());
    }
    given.set("value", args.value.join(" "));
    given.set("done", args.done.map(|done| done.to_string()).unwrap_or_default());
    for (column, flag) in
        [("no-disclosure", args.no_disclosure), ("restates", args.restates), ("break", args.series_break)]
    {
        given.set(column, if flag { "true" } else { "" });
    }
    given
}

/// Six characters that no other entry has: two branches that log on the same
/// day must not write entries that begin and end alike.
fn mark(seed: (i64, u32), index: usize) -> String {
    let hash = xxhash_rust::xxh3::xxh3_64(format!("{seed:?} {index}").as_bytes());
    format!("{:06x}", hash & 0xff_ffff)
}

/// A share below 0 or above 100 per cent is mostly a slip of the decimal point.
fn accept_shares(planned: &[Planned<'_>], args: &Args) -> Result<(), Failure> {
    let odd: Vec<&Planned<'_>> = planned.iter().filter(|plan| plan.is_odd_share()).collect();
    if odd.is_empty() || args.force {
        return Ok(());
    }
    let reads_input = args.input.is_some() || args.id.as_deref() == Some("-");
    if !reads_input && !args.dry_run && can_ask() {
        let question = format!("{} lies outside 0 to 100 %. Write it all the same? [y/N]", odd[0].shown());
        let answer = super::written::ask(&question)?.unwrap_or_default().to_lowercase();
        if matches!(answer.as_str(), "y" | "yes") {
            return Ok(());
        }
        return Err(Failure::Usage(vec!["nothing was written".to_owned()]));
    }
    let mut lines: Vec<String> =
        odd.iter().map(|plan| format!("{}{} lies outside 0 to 100 %", plan.place, plan.shown())).collect();
    lines.push("correct the value, or add `--force` if that is what the source says".to_owned());
    lines.push("nothing was written".to_owned());
    Err(Failure::Usage(lines))
}

fn tell(
    args: &Args,
    context: &Context,
    settings: &crate::model::settings::Settings,
    planned: &[Planned<'_>],
    outcomes: &[Outcome],
) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    for outcome in outcomes {
        write_diff(&outcome.path, outcome.old.as_deref(), &outcome.new, &mut out)?;
    }
    writeln!(out)?;
    for outcome in outcomes {
        for (id, before, after) in outcome.judged(context, settings) {
            write_status(&id, before.as_ref(), after.as_ref(), &mut out)?;
        }
    }
    for plan in planned {
        if let Some(from) = plan.counts_from(context.clock.as_of) {
            writeln!(out, "{} does not count yet on {}: it counts from {from}", plan.shown(), context.clock.as_of)?;
        }
    }
    if args.dry_run {
        writeln!(out, "nothing was written: this was a dry run")?;
    } else if let [plan, ..] = planned {
        write_next(context, &format!("explain {}", plan.id), &mut out)?;
    }
    out.flush()?;
    for outcome in outcomes {
        context.tell(&outcome.warnings)?;
    }
    Ok(())
}
