//! TOML by the events of its parser: the fastest way known.

use std::borrow::Cow;

use toml_parser::decoder::ScalarKind;
use toml_parser::parser::{Event, EventKind, parse_document};
use toml_parser::{ParseError, Source};

use super::files::Texts;
use super::parsed::{At, Figure, Metric, Parsed, Places, Promise, Target, year};
use crate::Fault;

/// Reads an organisation's two files.
pub(super) fn read(texts: Texts) -> Result<Parsed, Fault> {
    let Texts { text, split, seen } = texts;
    let mut reader = Reader::new(&text);
    reader.file(0, split)?;
    reader.file(split, text.len())?;
    let Reader { places, parsed, .. } = reader;
    let extra = places.extra;
    Ok(Parsed { text: text + &extra, seen, ..parsed })
}

/// The table that a key stands in.
#[derive(Clone, Copy)]
enum Part {
    Other,
    Organisation,
    Metric,
    Commitment,
    Progress,
}

struct Reader<'t> {
    text: &'t str,
    places: Places<'t>,
    parsed: Parsed,
    part: Part,
    in_header: bool,
    in_inline: bool,
    key: &'t str,
    /// The key in an inline table.
    sub: &'t str,
    /// What was wrong first; the parser's events return nothing.
    fault: Option<Fault>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            places: Places::new(text),
            parsed: Parsed::default(),
            part: Part::Other,
            in_header: false,
            in_inline: false,
            key: "",
            sub: "",
            fault: None,
        }
    }

    fn file(&mut self, start: usize, end: usize) -> Result<(), Fault> {
        let text = self.text;
        let source = Source::new(&text[start..end]);
        let tokens = source.lex().into_vec();
        let mut broken: Option<ParseError> = None;
        parse_document(&tokens, &mut |event: Event| self.event(&source, start, event), &mut broken);
        if let Some(error) = broken {
            return Err(format!("{error:?}").into());
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    fn event(&mut self, source: &Source<'t>, base: usize, event: Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => self.in_header = true,
            EventKind::StdTableClose | EventKind::ArrayTableClose => {
                self.in_header = false;
                self.begin();
            }
            EventKind::InlineTableOpen => self.in_inline = true,
            EventKind::InlineTableClose => {
                self.in_inline = false;
                self.sub = "";
            }
            EventKind::SimpleKey => {
                let name = source.get(event).map_or("", |raw| raw.as_str());
                *(if self.in_inline { &mut self.sub } else { &mut self.key }) = name;
            }
            EventKind::Scalar => {
                if let Err(fault) = self.scalar(source, base, event) {
                    self.fault.get_or_insert(fault);
                }
            }
            _ => {}
        }
    }

    /// A header ended: a new record begins.
    fn begin(&mut self) {
        self.part = match self.key {
            "organisation" => Part::Organisation,
            "metric" => {
                self.parsed.metrics.push(Metric::default());
                Part::Metric
            }
            "commitment" => {
                self.parsed.promises.push(Promise::default());
                Part::Commitment
            }
            "progress" => {
                self.parsed.figures.push(Figure::default());
                Part::Progress
            }
            _ => Part::Other,
        };
    }

    fn scalar(&mut self, source: &Source<'t>, base: usize, event: Event) -> Result<(), Fault> {
        let Some(raw) = source.get(event) else { return Ok(()) };
        let mut value = Cow::Borrowed("");
        let mut broken: Option<ParseError> = None;
        let kind = raw.decode_scalar(&mut value, &mut broken);
        if let Some(error) = broken {
            return Err(format!("{error:?}").into());
        }
        let span = event.span();
        let at = match kind {
            ScalarKind::String => self.places.keep(&value),
            _ => Places::span(base + span.start(), base + span.end()),
        };
        let (key, sub) = (self.key, self.sub);
        let Parsed { metrics, promises, figures, name, .. } = &mut self.parsed;
        match (self.part, key) {
            (Part::Organisation, "name") => *name = at,
            (Part::Metric, "id") => last(metrics)?.id = at,
            (Part::Metric, "unit") => last(metrics)?.unit = at,
            (Part::Progress, _) => figure(last(figures)?, key, sub, at, &value)?,
            (Part::Commitment, _) => promise(last(promises)?, key, sub, at, &value)?,
            _ => {}
        }
        Ok(())
    }
}

fn figure(figure: &mut Figure, key: &str, sub: &str, at: At, value: &str) -> Result<(), Fault> {
    match (key, sub) {
        ("metric", _) => figure.metric = at,
        ("period", _) => figure.year = year(value)?,
        ("value", _) => figure.value = at,
        ("reported", _) => figure.reported = at,
        ("source", "title") => figure.title = at,
        ("source", "url") => figure.url = at,
        ("recorded", _) => figure.recorded = at,
        _ => {}
    }
    Ok(())
}

fn promise(promise: &mut Promise, key: &str, sub: &str, at: At, value: &str) -> Result<(), Fault> {
    match (key, sub) {
        ("id", _) => promise.id = at,
        ("title", _) => promise.title = at,
        ("metric", _) => promise.metric = at,
        ("deadline", _) => promise.deadline = year(value)?,
        ("baseline", "period") => promise.start = year(value)?,
        ("baseline", "value") => promise.base = value.parse()?,
        ("target", "at-least") => promise.target = Target::AtLeast(value.parse()?),
        ("target", "reduce-by-percent") => promise.target = Target::ReduceByPercent(value.parse()?),
        _ => {}
    }
    Ok(())
}

fn last<T>(records: &mut [T]) -> Result<&mut T, Fault> {
    records.last_mut().ok_or_else(|| "a value before any record".into())
}
