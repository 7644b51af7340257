//! `extract`: promises proposed from a speech or press release.

mod command;
mod review;
mod table;
mod write;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use crate::extract::draft::{Record, StatementDraft, commitment_toml, statement_toml};
use crate::extract::merge::MergeError;
use crate::extract::{
    Context, Extraction, Form, Proposal, Rules, RulesError, WeighError, extract, sentences_io, to_json, weigh,
};
use crate::model::date::PartialDate;
use crate::parse::slug;
pub(crate) use command::command;

/// Propose commitments from a speech, a press release or a report.
///
/// Reads plain text, Markdown or a saved HTML page, offline, and prints drafts
/// with the exact words and where they stand. Past achievements, goals of
/// others, forecasts and calls on the world stay out. A person accepts.
#[derive(Debug, Clone, Default, ClapArgs)]
pub struct Args {
    /// The text; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["sentences", "weigh"])]
    pub file: Option<String>,
    /// Organisation that makes the promises: its id, the stem of its file
    #[arg(long, value_name = "ID")]
    pub org: Option<String>,
    /// The organisation's name, for a new file and for telling its goals from others'
    #[arg(long, value_name = "NAME")]
    pub org_name: Option<String>,
    /// Id of the statement; by default made from event, title or file name
    #[arg(long, value_name = "ID")]
    pub statement: Option<String>,
    /// When it was said: year, month or day; relative deadlines count from it
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// In which office
    #[arg(long, value_name = "OFFICE")]
    pub role: Option<String>,
    /// On which occasion
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
    /// Title of the text
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Toml)]
    pub format: Format,
    /// What the text is written in; by default told from name and first words
    #[arg(long, value_enum)]
    pub form: Option<FormArg>,
    /// Also show goals of others that the text reports
    #[arg(long)]
    pub others: bool,
    /// Also show why sentences with a goal's words were left out
    #[arg(long)]
    pub explain: bool,
    /// Further rules, in the form of the built-in ones
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Add the drafts to `commitments/<org>.toml` and archive the text they quote
    #[arg(long, requires = "org", conflicts_with = "sentences")]
    pub write: bool,
    /// Go through the proposals one by one: accept, edit, skip
    #[arg(long, conflicts_with = "sentences")]
    pub review: bool,
    /// Read labelled sentences and print predictions for the scorer
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "file")]
    pub sentences: Option<PathBuf>,
    /// Learn from labelled sentences what words weigh, and print it as rules
    #[arg(long, value_name = "FILE.jsonl", num_args = 1.., conflicts_with_all = ["file", "sentences", "write", "review"])]
    pub weigh: Vec<PathBuf>,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Records to paste into a promises file
    #[default]
    Toml,
    /// One object with all places and rules
    Json,
    /// A table to read
    Table,
}

/// What the text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormArg {
    /// Paragraphs parted by blank lines
    Plain,
    /// Plain text with marks
    Markdown,
    /// A page
    Html,
}

/// Why nothing could be extracted or written.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// A file cannot be read or written.
    #[error("`{path}`: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The bytes are no text.
    #[error("`{path}` is not text: {reason}")]
    NotText {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// A flag's value is wrong.
    #[error("{0}")]
    Usage(String),
    /// The rules file is wrong.
    #[error("`{path}`: {source}")]
    Rules {
        /// Which.
        path: String,
        /// Why.
        source: RulesError,
    },
    /// A labelled sentence is wrong.
    #[error("`{path}`, line {line}: {source}")]
    Sentence {
        /// Which file.
        path: String,
        /// Which line.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// The drafts cannot be added.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// What was asked for needs something that is not there.
    #[error("{0}")]
    Refused(String),
    /// The output cannot be written.
    #[error(transparent)]
    Output(#[from] std::io::Error),
}

impl ExtractError {
    /// The exit code: 2 usage, 3 records, 5 environment.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Rules { .. } | Self::Refused(_) => 2,
            Self::Merge(_) => 3,
            Self::File { .. } | Self::NotText { .. } | Self::Sentence { .. } | Self::Output(_) => 5,
        }
    }
}

/// Runs the command; `book` is the book's folder, `width` the terminal's.
/// Exit code 0, or 4 where no commitment was found.
///
/// # Errors
/// See [`ExtractError`].
pub fn run(
    args: &Args,
    book: &Path,
    width: Option<u16>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ExtractError> {
    let rules = args.rules.as_deref().map(|path| rules_of(&path.display().to_string())).transpose()?;
    let rules = rules.as_ref().unwrap_or_else(|| Rules::built_in());
    if let Some(path) = &args.sentences {
        return predictions(rules, &path.display().to_string(), out);
    }
    if !args.weigh.is_empty() {
        return weights(rules, &args.weigh, out);
    }
    let name = args.file.as_deref().unwrap_or("-");
    let text = text_of(name)?;
    let form = match args.form {
        Some(FormArg::Plain) => Form::Plain,
        Some(FormArg::Markdown) => Form::Markdown,
        Some(FormArg::Html) => Form::Html,
        None => Form::of(name, &text),
    };
    let date = args.date.as_deref().map(|date| {
        PartialDate::parse(date).ok_or_else(|| {
            ExtractError::Usage(format!("`--date {date}` is not a date; write `2023`, `2023-04` or `2023-04-08`"))
        })
    });
    let date = date.transpose()?;
    let organisation = [args.org.clone(), args.org_name.clone()].into_iter().flatten().collect();
    let context = Context { organisation, speaker: args.speaker.clone(), date };
    let found = extract(&text, form, &context, rules);
    words_about(&found, date, err)?;
    let mut statement = statement(args, name);
    if args.review || args.write {
        let chosen: Vec<(Proposal, bool)> = if args.review {
            review::review(&found, &statement.id, args.file.as_deref() == Some("-"), err)?
        } else {
            found.proposals.iter().map(|proposal| (proposal.clone(), false)).collect()
        };
        if chosen.is_empty() {
            writeln!(err, "nothing to write")?;
            return Ok(4);
        }
        if args.write {
            return write::write(args, book, &text, form, &mut statement, &chosen, err);
        }
        write!(out, "{}", records(&chosen, &statement))?;
        return Ok(0);
    }
    print(&found, &statement, args, width, out)?;
    Ok(if found.proposals.is_empty() { 4 } else { 0 })
}

fn print(
    found: &Extraction,
    statement: &StatementDraft,
    args: &Args,
    width: Option<u16>,
    out: &mut dyn Write,
) -> Result<(), ExtractError> {
    match args.format {
        Format::Json => {
            let value = to_json(found, &statement.id, args.others, args.explain);
            writeln!(out, "{value:#}")?;
        }
        Format::Table => write!(out, "{}", table::table(found, args.others, args.explain, width))?,
        Format::Toml => {
            let drafts: Vec<(Proposal, bool)> =
                found.proposals.iter().map(|proposal| (proposal.clone(), false)).collect();
            if !drafts.is_empty() {
                write!(out, "{}", records(&drafts, statement))?;
            }
            write!(out, "{}", table::comments(found, args.others, args.explain))?;
        }
    }
    Ok(())
}

/// Statement and commitments, to be pasted below an `[organisation]`.
fn records(chosen: &[(Proposal, bool)], statement: &StatementDraft) -> String {
    let mut taken = BTreeSet::new();
    let mut text = statement_toml(statement);
    for (proposal, accepted) in chosen {
        let record = Record::of(proposal, &mut taken, false);
        text.push('\n');
        text.push_str(&commitment_toml(proposal, &record, &statement.id, !accepted));
    }
    text
}

fn words_about(found: &Extraction, date: Option<PartialDate>, err: &mut dyn Write) -> Result<(), ExtractError> {
    if let Some(percent) = found.not_english {
        writeln!(
            err,
            "the text does not look English ({percent} of 100 words are common English ones); what is not English is not read"
        )?;
    } else if found.foreign > 0 {
        writeln!(err, "{} paragraphs are not English and were not read", found.foreign)?;
    }
    if found.proposals.is_empty() {
        writeln!(err, "no commitments found in {} sentences", found.sentences)?;
    }
    if date.is_none() && !found.proposals.is_empty() {
        writeln!(err, "no --date: deadlines such as `within five years` cannot be told")?;
    }
    Ok(())
}

fn statement(args: &Args, file: &str) -> StatementDraft {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let named = args.event.clone().or_else(|| args.title.clone()).or(stem.filter(|stem| stem != "-"));
    let id = args.statement.clone().unwrap_or_else(|| slug(&named.unwrap_or_else(|| "statement".to_owned())));
    let keys = [
        ("date", &args.date),
        ("speaker", &args.speaker),
        ("role", &args.role),
        ("event", &args.event),
        ("title", &args.title),
        ("url", &args.url),
    ];
    let mut keys: Vec<(&'static str, String)> =
        keys.into_iter().filter_map(|(key, text)| Some((key, text.clone()?))).collect();
    keys.push(("language", "en".to_owned()));
    StatementDraft { id: slug(&id), keys }
}

/// The text of a file or of standard input.
fn text_of(name: &str) -> Result<String, ExtractError> {
    let mut bytes = Vec::new();
    let fault = |source| ExtractError::File { path: name.to_owned(), source };
    if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(fault)?;
    } else {
        bytes = std::fs::read(name).map_err(fault)?;
    }
    let not_text = |reason: String| ExtractError::NotText { path: name.to_owned(), reason };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_text("it is UTF-16; save it as UTF-8".to_owned()));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(not_text("it is a PDF; save its text first".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_text(format!("byte {:#04x} at offset {at} is not UTF-8; save it as UTF-8", error.as_bytes()[at]))
    })?;
    match text.find('\0') {
        Some(at) => Err(not_text(format!("a NUL byte stands at offset {at}"))),
        None => Ok(text),
    }
}

/// The built-in rules with those of a file.
fn rules_of(path: &str) -> Result<Rules, ExtractError> {
    Rules::with(&text_of(path)?).map_err(|source| ExtractError::Rules { path: path.to_owned(), source })
}

fn weights(rules: &Rules, paths: &[PathBuf], out: &mut dyn Write) -> Result<u8, ExtractError> {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let texts = paths.iter().map(|path| text_of(path)).collect::<Result<Vec<String>, ExtractError>>()?;
    let places: Vec<(&str, usize)> = paths
        .iter()
        .zip(&texts)
        .flat_map(|(path, text)| (1..=text.lines().count()).map(|line| (path.as_str(), line)))
        .collect();
    let table = weigh(rules, texts.iter().flat_map(|text| text.lines())).map_err(|error| match error {
        WeighError::Line { at, source } => {
            let (path, line) = places[at];
            ExtractError::Sentence { path: path.to_owned(), line, source }
        }
        few @ WeighError::Few { .. } => ExtractError::Refused(few.to_string()),
    })?;
    write!(out, "{table}")?;
    Ok(0)
}

fn predictions(rules: &Rules, path: &str, out: &mut dyn Write) -> Result<u8, ExtractError> {
    let text = text_of(path)?;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let sentence = |source| ExtractError::Sentence { path: path.to_owned(), line: number + 1, source };
        writeln!(out, "{}", sentences_io::predict(rules, line).map_err(sentence)?)?;
    }
    Ok(0)
}
