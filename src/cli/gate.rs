//! What `lint` and `check` share: options, the run, the outputs, the exit code.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::context::{Context, Failure, empty};
use super::exit;
use super::report::word;
use crate::assess::Version;
use crate::diff::{self, Diff, DiffError};
use crate::policy::{Gate, Tighten, Verdict, VerdictKind, judge, nearest_rule, rule_names};
use crate::render::{GateFormat, Look, write_step_summary, write_verdict};
use crate::report::{Filter, Selection, subjects};
use crate::store::Depth;
use crate::sync::{Book, Dossiers, Judging};

/// Options of the gate.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct GateArgs {
    /// Only these: organisation, topic, tag or part of an id
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Compare with a git revision, or with a folder that holds an older book
    #[arg(long, value_name = "REV|DIR")]
    since: Option<String>,
    /// Form of the output on stdout
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = word::<GateFormat>())]
    format: Option<GateFormat>,
    /// Write another form into a file as well; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    output: Vec<Output>,
    /// Let a rule deny, whatever the settings say
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    deny: Vec<String>,
    /// Let every warning deny
    #[arg(long)]
    strict: bool,
}

/// Bytes written to stdout at a time.
const PIECE: usize = 64 * 1024;

/// Findings that people are shown with an excerpt; who reads more of them at once
/// reads a list.
const EXCERPTS: usize = 100;

impl GateArgs {
    /// How many findings need their place to the column.
    fn excerpts(&self) -> usize {
        let human = |format: GateFormat| format == GateFormat::Human;
        let for_people = self.format.is_none_or(human) && self.output.iter().all(|output| human(output.format));
        if for_people { EXCERPTS } else { usize::MAX }
    }
}

/// `junit=report.xml`.
#[derive(Debug, Clone)]
struct Output {
    format: GateFormat,
    path: PathBuf,
}

fn output(text: &str) -> Result<Output, String> {
    let (format, path) = text.split_once('=').ok_or("write it as `junit=report.xml`")?;
    let words = || GateFormat::ALL.iter().map(|format| format.name());
    let format = GateFormat::from_name(format).ok_or_else(|| {
        crate::diag::did_you_mean(format, words())
            .unwrap_or_else(|| format!("the format is one of {}", words().collect::<Vec<_>>().join(", ")))
    })?;
    if path.is_empty() {
        return Err("no file is named after `=`".to_owned());
    }
    Ok(Output { format, path: path.into() })
}

fn rule(text: &str) -> Result<String, String> {
    if rule_names().any(|name| name == text) {
        return Ok(text.to_owned());
    }
    Err(nearest_rule(text).map_or_else(
        || "docs/rules.md lists the rules, `pledgebook explain RULE` explains one".to_owned(),
        |near| format!("did you mean `{near}`?"),
    ))
}

/// Runs the gate; `terms` makes it look at the day.
pub(crate) fn run(args: &GateArgs, terms: Option<Version>, context: &Context) -> Result<u8, Failure> {
    let root = context.root()?;
    let dossiers = if args.since.is_some() { Dossiers::All } else { Dossiers::Archived };
    let version = terms.unwrap_or(Version::Current);
    // Filters look at tags, which nothing else asks for.
    let depth = if args.filter.is_empty() { Depth::Brief } else { Depth::Whole };
    let judging = Judging { version, prepared: false, depth, ..context.judging() };
    let book = context.read(&root, dossiers, Some(judging))?;
    let selection = selection(args, &book)?;
    let settings_file = context.settings_file(&root)?;
    // Without git the rest is still judged and told, and the code is that of
    // the environment.
    let (since, fault) = match args.since.as_deref().map(|name| compare(&root, name, &book)) {
        None => (None, None),
        Some(Ok(diff)) => (Some(diff), None),
        Some(Err(error)) => (None, Some(error)),
    };
    let tighten = Tighten { strict: args.strict, deny: args.deny.clone() };
    let gate = Gate {
        root: &root,
        registers: &book.registers,
        organisations: &book.organisations,
        reader: &book.findings,
        left_out: book.left_out,
        settings: &book.settings,
        settings_file: &settings_file.name,
        settings_text: settings_file.text.as_deref(),
        wants: &|register, index| selection.wants_entry(register, index),
        dated: terms.map(|version| (context.clock, version)),
        since: since.as_ref(),
        tighten: &tighten,
        excerpts: args.excerpts(),
    };
    let mut verdict = judge(&gate);
    verdict.rebase(&prefix(&root), settings_file.apart.then_some(settings_file.name.as_str()));
    write_files(args, &verdict)?;
    let broken = print(args, &verdict, context)?;
    if verdict.kind() == VerdictKind::Nothing && !broken {
        tell_nothing(&verdict, &book, context);
    }
    if let Some(error) = fault {
        return Err(failure(&error));
    }
    Ok(code(verdict.kind()))
}

/// The exit code that a verdict stands for.
const fn code(kind: VerdictKind) -> u8 {
    match kind {
        VerdictKind::Passed => exit::PASSED,
        VerdictKind::Denied => exit::DENIED,
        VerdictKind::Invalid => exit::INVALID,
        VerdictKind::Nothing => exit::NOTHING,
    }
}

fn selection(args: &GateArgs, book: &Book) -> Result<Selection, Failure> {
    let filters = args.filter.iter().map(|word| Filter::new(word)).collect();
    let selection = Selection { filters, ..Selection::default() };
    selection.check(|| subjects(&book.registers)).map_err(|unknown| {
        let near = unknown.near.as_ref().map(|near| format!("did you mean `{near}`?"));
        Failure::Usage(std::iter::once(unknown.to_string()).chain(near).collect())
    })?;
    Ok(selection)
}

/// Compares the book with another state of it.
pub(crate) fn compare(root: &Path, name: &str, book: &Book) -> Result<Diff, DiffError> {
    let old = diff::read_state(root, name)?;
    let faulty = |organisation: &str| {
        book.findings.iter().any(|finding| {
            let name = finding.place.file.rsplit('/').next().unwrap_or_default();
            let stem = name.strip_suffix(".progress.toml").or_else(|| name.strip_suffix(".toml"));
            finding.is_error() && stem == Some(organisation)
        })
    };
    Ok(diff::compare(old, &book.organisations, &faulty))
}

/// Another state that cannot be read, in words.
pub(crate) fn failure(error: &DiffError) -> Failure {
    Failure::Environment(vec![error.to_string(), error.help().to_owned()])
}

/// Other formats go into their files first: nothing that happens on stdout may
/// keep them from a later step.
fn write_files(args: &GateArgs, verdict: &Verdict) -> Result<(), Failure> {
    let plain = Look { width: None, colour: false };
    for output in &args.output {
        let mut text = Vec::new();
        write_verdict(verdict, output.format, plain, &mut text)?;
        std::fs::write(&output.path, text).map_err(|error| {
            Failure::Environment(vec![format!("`{}` cannot be written: {error}", output.path.display())])
        })?;
    }
    let wanted = |format: GateFormat| {
        args.format.unwrap_or(GateFormat::Human) == format || args.output.iter().any(|output| output.format == format)
    };
    match std::env::var_os("GITHUB_STEP_SUMMARY") {
        Some(path) if wanted(GateFormat::Github) && !path.is_empty() => step_summary(verdict, Path::new(&path)),
        _ => Ok(()),
    }
}

fn step_summary(verdict: &Verdict<'_>, path: &Path) -> Result<(), Failure> {
    let append = || -> io::Result<()> {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        let mut text = Vec::new();
        write_step_summary(verdict, &mut text)?;
        file.write_all(&text)
    };
    append().map_err(|error| {
        Failure::Environment(vec![format!("the step summary `{}` cannot be written: {error}", path.display())])
    })
}

/// Prints the verdict; `true` where its reader went away, which is quiet and
/// changes no verdict.
fn print(args: &GateArgs, verdict: &Verdict<'_>, context: &Context) -> Result<bool, Failure> {
    let mut out = io::BufWriter::with_capacity(PIECE, context.stdout());
    let format = args.format.unwrap_or(GateFormat::Human);
    let written = write_verdict(verdict, format, context.look(), &mut out).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // Dropping the writer would try to write again.
            let _ = out.into_parts();
            Ok(true)
        }
        Err(error) => Err(error.into()),
    }
}

fn tell_nothing(verdict: &Verdict<'_>, book: &Book, context: &Context) {
    if !book.has_promises() {
        if let Failure::Nothing(lines) = empty(book) {
            lines.iter().for_each(|line| context.error(line));
        }
    } else if verdict.not_yet > 0 {
        let day = verdict.clock.map_or_else(String::new, |clock| format!(" on {}", clock.as_of));
        context.error(&format!("nothing to judge: no promise was made yet{day}; name a later day with `--as-of`"));
    } else {
        context.error("nothing to judge: the filter selects no promise");
    }
}

/// The book's folder as seen from where findings are read: the checkout of a CI
/// system, else the current folder; empty where it is that folder or elsewhere.
fn prefix(root: &Path) -> String {
    let base = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"]
        .iter()
        .filter_map(std::env::var_os)
        .find(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::current_dir().ok());
    let below = || {
        let base = base?.canonicalize().ok()?;
        Some(root.canonicalize().ok()?.strip_prefix(base).ok()?.to_owned())
    };
    let Some(below) = below() else { return String::new() };
    below.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
