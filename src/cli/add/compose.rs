//! The text of a promise: its organisation and metric where they are new, its
//! statement, and the commitment itself.

use super::{Args, SaidArgs, Target};
use crate::cli::context::Failure;
use crate::cli::terms::{Lines, block};
use crate::journal::quoted;
use crate::model::book::Promises;
use crate::parse::slug;

/// What is to be written.
pub(super) struct Draft {
    pub(super) text: String,
    /// Id of the commitment.
    pub(super) id: String,
}

impl SaidArgs {
    /// Whether anything about the statement was given.
    pub(super) fn is_given(&self) -> bool {
        let all = [
            &self.statement,
            &self.said,
            &self.speaker,
            &self.role,
            &self.event,
            &self.source,
            &self.url,
            &self.language,
        ];
        all.iter().any(|word| word.is_some())
    }

    fn is_only_id(&self) -> bool {
        let rest = [&self.said, &self.speaker, &self.role, &self.event, &self.source, &self.url, &self.language];
        rest.iter().all(|word| word.is_none())
    }
}

/// Everything that is missing, in one message.
pub(super) fn missing(args: &Args) -> Failure {
    let mut lines = vec!["the promise is not complete".to_owned()];
    let mut need = |there: bool, words: &str| {
        if !there {
            lines.push(format!("  {words}"));
        }
    };
    need(args.organisation.is_some(), "`--organisation NAME`: who made it");
    need(args.title.is_some(), "`--title TEXT`: a short title");
    need(args.topic.is_some(), "`--topic TOPIC`: what it is about");
    need(
        args.terms.target().is_some(),
        "`--at-most V`, `--at-least V`, `--reduce-by-percent V`, … or `--done`: what is to be reached",
    );
    need(args.terms.deadline.is_some(), "`--deadline DEADLINE`: by when; `none` where it has no deadline");
    need(args.has_unit(), "`--unit UNIT`, or `--metric ID`: what is measured");
    need(args.said.is_given(), "`--said DATE`, `--event`, `--source`, `--url`, or `--statement ID`: where it was made");
    Failure::Usage(lines)
}

impl Args {
    fn has_unit(&self) -> bool {
        self.unit.is_some() || self.metric.is_some() || self.terms.done
    }

    /// Whether nothing is missing that a promise needs.
    pub(super) fn is_complete(&self) -> bool {
        self.organisation.is_some()
            && self.title.is_some()
            && self.topic.is_some()
            && self.terms.target().is_some()
            && self.terms.deadline.is_some()
            && self.has_unit()
            && self.said.is_given()
    }
}

/// Composes the text to be put at the end of the file. `schema` is the way from
/// the file to the book's folder, where the schemas lie in it.
pub(super) fn compose(
    args: &Args,
    target: &Target,
    before: Option<&Promises>,
    schema: Option<&str>,
) -> Result<Draft, Failure> {
    if !args.is_complete() {
        return Err(missing(args));
    }
    let mut blocks = Vec::new();
    if before.is_none() {
        blocks.push(organisation(args, target, schema)?);
    }
    let (statement, new) = statement(&args.said, before);
    blocks.extend(new);
    blocks.extend(metric(args, before)?);
    let title = args.title.clone().unwrap_or_default();
    let id = args.id.clone().unwrap_or_else(|| slug(&title));
    blocks.push(commitment(args, &id, &title, &statement)?);
    Ok(Draft { text: blocks.join("\n"), id })
}

fn organisation(args: &Args, target: &Target, schema: Option<&str>) -> Result<String, Failure> {
    let mut lines: Lines = vec![("name", quoted(&target.name))];
    lines.extend(args.kind.as_deref().map(|kind| ("kind", quoted(kind))));
    lines.extend(args.country.as_deref().map(|country| ("country", quoted(country))));
    if let Some(year) = &args.fiscal_year {
        let (ends, named_by) = year.split_once(char::is_whitespace).ok_or_else(|| {
            Failure::Usage(vec![
                format!("`--fiscal-year {year}` does not say which year names it"),
                "write the last day and `start` or `end`, such as `--fiscal-year \"03-31 start\"`".to_owned(),
            ])
        })?;
        lines.push(("fiscal-year", format!("{{ ends = {}, named-by = {} }}", quoted(ends), quoted(named_by.trim()))));
    }
    let schema = schema.map_or_else(String::new, |up| format!("#:schema {up}schema/promises.json\n\n"));
    Ok(schema + &block("[organisation]", &lines))
}

/// The id of the statement, and its table where it is new.
fn statement(said: &SaidArgs, before: Option<&Promises>) -> (String, Option<String>) {
    let is_there = |id: &str| before.is_some_and(|before| before.statement(id).is_some());
    if let Some(id) = &said.statement
        && (is_there(id) || said.is_only_id())
    {
        return (id.clone(), None);
    }
    let id = said.statement.clone().unwrap_or_else(|| {
        let name = said.event.as_ref().or(said.source.as_ref()).or(said.speaker.as_ref());
        let name: String = name.map_or_else(|| "statement".to_owned(), |name| slug(name).chars().take(40).collect());
        let base = match &said.said {
            Some(date) if !name.ends_with(date.as_str()) => format!("{}-{date}", name.trim_end_matches('-')),
            _ => name.trim_end_matches('-').to_owned(),
        };
        let free = (2..).map(|count| format!("{base}-{count}")).find(|id| !is_there(id));
        if is_there(&base) { free.unwrap_or(base) } else { base }
    });
    let words = [
        ("date", &said.said),
        ("speaker", &said.speaker),
        ("role", &said.role),
        ("event", &said.event),
        ("title", &said.source),
        ("url", &said.url),
        ("language", &said.language),
    ];
    let mut lines: Lines = vec![("id", quoted(&id))];
    lines.extend(words.into_iter().filter_map(|(key, word)| Some((key, quoted(word.as_deref()?)))));
    (id, Some(block("[[statement]]", &lines)))
}

/// The table of a metric that is named and not there.
fn metric(args: &Args, before: Option<&Promises>) -> Result<Option<String>, Failure> {
    let Some(id) = &args.metric else { return Ok(None) };
    let known = before.and_then(|before| before.metric(id)).filter(|metric| !metric.own);
    match (known, &args.unit) {
        (Some(metric), Some(unit)) if metric.unit.as_ref().is_some_and(|own| own.text != *unit) => {
            Err(Failure::Usage(vec![
                format!(
                    "`{id}` is measured in `{}`, not in `{unit}`",
                    metric.unit.as_ref().map_or("", |unit| &unit.text)
                ),
                "leave `--unit` out, or name another metric".to_owned(),
                "nothing was written".to_owned(),
            ]))
        }
        // An unknown metric without a unit is the reader's to refuse, with the nearest known one.
        (Some(_), _) | (None, None) => Ok(None),
        (None, Some(unit)) => {
            let mut lines: Lines = vec![("id", quoted(id))];
            lines.extend(args.metric_name.as_deref().map(|name| ("name", quoted(name))));
            lines.push(("unit", quoted(unit)));
            lines.extend(args.own_metric_lines());
            Ok(Some(block("[[metric]]", &lines)))
        }
    }
}

impl Args {
    fn own_metric_lines(&self) -> Lines {
        let words = [("aggregate", &self.aggregate), ("measures", &self.measures)];
        words.into_iter().filter_map(|(key, word)| Some((key, quoted(word.as_deref()?)))).collect()
    }
}

fn commitment(args: &Args, id: &str, title: &str, statement: &str) -> Result<String, Failure> {
    let word = |key: &'static str, word: &Option<String>| word.as_deref().map(|word| (key, quoted(word)));
    let mut lines: Lines = vec![("id", quoted(id)), ("title", quoted(title)), ("statement", quoted(statement))];
    lines.extend(word("quote", &args.quote));
    lines.extend(word("summary", &args.summary));
    lines.extend(word("topic", &args.topic));
    match &args.metric {
        Some(metric) => lines.push(("metric", quoted(metric))),
        None => {
            lines.extend(word("unit", &args.unit));
            lines.extend(args.own_metric_lines());
        }
    }
    let terms = args.terms.lines(None).map_err(|mut faults| {
        faults.push("nothing was written".to_owned());
        Failure::Usage(faults)
    })?;
    lines.extend(terms);
    for (key, text) in [
        ("coverage", &args.coverage),
        ("strength", &args.strength),
        ("path", &args.path),
        ("report-every", &args.report_every),
        ("owner", &args.owner),
    ] {
        lines.extend(word(key, text));
    }
    if !args.tags.is_empty() {
        let tags = args.tags.iter().map(|tag| quoted(tag)).collect::<Vec<_>>().join(", ");
        lines.push(("tags", format!("[{tags}]")));
    }
    lines.extend(word("note", &args.note));
    Ok(block("[[commitment]]", &lines))
}
