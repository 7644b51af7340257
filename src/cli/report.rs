//! `pledgebook report`: the status table, worst first.

use std::io::{self, Write};

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::context::{Context, Failure};
use crate::assess::{Status, Version};
use crate::model::span::Span;
use crate::model::words::Word;
use crate::render::{write_csv, write_json, write_markdown, write_table};
use crate::report::{Filter, GroupBy, Query, Selection, SortBy, Subject, report, subjects};
use crate::store::Depth;
use crate::sync::Book;

/// The status of every promise, worst first
///
/// FILTER is an organisation, a topic, a tag or part of an id; several select
/// what fits any of them.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Organisation, topic, tag or part of an id
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Put promises together by
    #[arg(long, value_name = "WHAT", value_parser = word::<GroupBy>())]
    group_by: Option<GroupBy>,
    /// Order of the rows
    #[arg(long, value_name = "WHAT", value_parser = word::<SortBy>())]
    sort: Option<SortBy>,
    /// Only promises with these statuses
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = word::<Status>())]
    status: Vec<Status>,
    /// Only promises whose deadline lies within this time, such as 180d
    #[arg(long, value_name = "TIME", value_parser = span)]
    due_within: Option<Span>,
    /// Judge by the terms in force, by those first promised, or show both statuses
    #[arg(long, value_enum, value_name = "VERSION")]
    terms: Option<Terms>,
}

/// Bytes written to stdout at a time.
const PIECE: usize = 64 * 1024;

/// Which terms a report judges by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Terms {
    Current,
    First,
    Both,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
}

/// A parser for one word of a closed list.
pub(crate) fn word<W: Word + Send + Sync>() -> impl TypedValueParser<Value = W> {
    let words: Vec<&'static str> = W::WORDS.iter().map(|word| word.word()).collect();
    // The values are checked against the same list just before.
    PossibleValuesParser::new(words)
        .try_map(|text| W::WORDS.iter().copied().find(|word| word.word() == text).ok_or("unknown word"))
}

pub(crate) fn span(text: &str) -> Result<Span, &'static str> {
    Span::parse(text).ok_or("write a time as 180d, 8w, 6m or 2y, or `180 days`")
}

/// The promises that the words of a filter select.
///
/// # Errors
/// Exit 2 where a word fits nothing.
pub(crate) fn selection(
    words: &[String],
    book: &Book,
    subjects: impl FnOnce() -> Vec<Subject>,
) -> Result<Selection, Failure> {
    let selection = Selection { filters: words.iter().map(|word| Filter::new(word)).collect(), ..Selection::default() };
    if let Err(unknown) = selection.check(subjects) {
        if book.findings.iter().any(crate::diag::Finding::is_error) {
            // It may name what is left out; a faulty book comes before a typo.
            return Err(Failure::Invalid(vec![
                unknown.to_string(),
                "it may be among what is left out because of errors".to_owned(),
            ]));
        }
        let near = unknown
            .near
            .as_ref()
            .map_or_else(|| "the command without words shows all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::Usage(vec![unknown.to_string(), near]));
    }
    Ok(selection)
}

/// Prints the report.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let version = if args.terms == Some(Terms::First) { Version::First } else { Version::Current };
    let is_plain = args.format == Format::Table && args.filter.is_empty();
    let depth = if is_plain { Depth::Table } else { Depth::Whole };
    let book = context.load_judged(version, args.terms == Some(Terms::Both), depth)?;
    let selection = selection(&args.filter, &book, || subjects(&book.registers))?;
    let selection = Selection { statuses: args.status.clone(), due_within: args.due_within, ..selection };
    let query = Query {
        clock: context.clock,
        version,
        selection,
        sort: args.sort.unwrap_or(SortBy::Status),
        group_by: args.group_by,
    };
    let report = report(&book.registers, book.registers_first.as_deref(), book.left_out, &query);
    let mut out = io::BufWriter::with_capacity(PIECE, context.stdout());
    match args.format {
        Format::Table => write_table(&report, context.look(), &mut out)?,
        Format::Json => write_json(&report, &mut out)?,
        Format::Csv => write_csv(&report, &mut out)?,
        Format::Markdown => write_markdown(&report, &mut out)?,
    }
    out.flush()?;
    Ok(context.code(&book))
}
