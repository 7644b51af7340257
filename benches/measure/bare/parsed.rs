//! What both readers make of an organisation's two files: places in their text.

use super::files::Seen;
use crate::Fault;

/// A part of [`Parsed::text`].
#[derive(Clone, Copy, Default)]
pub(super) struct At {
    start: u32,
    end: u32,
}

/// An organisation. Every text is a place in `text`, so that a hundred figures
/// need no allocation of their own.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) seen: Vec<Seen>,
    pub(super) name: At,
    pub(super) metrics: Vec<Metric>,
    pub(super) promises: Vec<Promise>,
    pub(super) figures: Vec<Figure>,
}

#[derive(Default)]
pub(super) struct Metric {
    pub(super) id: At,
    pub(super) unit: At,
}

#[derive(Default)]
pub(super) struct Promise {
    pub(super) id: At,
    pub(super) title: At,
    pub(super) metric: At,
    pub(super) start: i32,
    pub(super) base: f64,
    pub(super) target: Target,
    pub(super) deadline: i32,
}

/// The two forms of target that the books made here have.
pub(super) enum Target {
    AtLeast(f64),
    ReduceByPercent(f64),
}

impl Default for Target {
    fn default() -> Self {
        Self::AtLeast(0.0)
    }
}

impl Promise {
    /// The value that keeps the promise.
    pub(super) fn goal(&self) -> f64 {
        match self.target {
            Target::AtLeast(value) => value,
            Target::ReduceByPercent(percent) => self.base * (1.0 - percent / 100.0),
        }
    }
}

#[derive(Default)]
pub(super) struct Figure {
    pub(super) metric: At,
    pub(super) year: i32,
    pub(super) value: At,
    pub(super) reported: At,
    pub(super) title: At,
    pub(super) url: At,
    pub(super) recorded: At,
}

impl Parsed {
    pub(super) fn get(&self, at: At) -> &str {
        &self.text[at.start as usize..at.end as usize]
    }

    /// The organisation's id: the stem of its promises file.
    pub(super) fn stem(&self) -> &str {
        let path = self.seen.first().map_or("", |seen| seen.path.as_str());
        path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml")
    }

    /// The newest figure of a metric that was public on the day; figures of one
    /// period are editions, the last one counts.
    pub(super) fn latest(&self, promise: &Promise, day: &str) -> Option<&Figure> {
        let metric = self.get(promise.metric);
        let public = |figure: &&Figure| self.get(figure.metric) == metric && self.get(figure.reported) <= day;
        self.figures.iter().filter(public).max_by_key(|figure| figure.year)
    }

    pub(super) fn unit(&self, promise: &Promise) -> &str {
        let metric = self.get(promise.metric);
        self.metrics.iter().find(|found| self.get(found.id) == metric).map_or("", |found| self.get(found.unit))
    }
}

/// Makes places of texts: those without escapes stand in the file already, the
/// others are put behind it.
pub(super) struct Places<'t> {
    text: &'t str,
    pub(super) extra: String,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, extra: String::new() }
    }

    /// The place of bytes `start..end` of the text.
    pub(super) fn span(start: usize, end: usize) -> At {
        At { start: start as u32, end: end as u32 }
    }

    /// The place of a part, by its address where it was borrowed from the text.
    pub(super) fn keep(&mut self, part: &str) -> At {
        let (from, text) = (part.as_ptr() as usize, self.text.as_ptr() as usize);
        let borrowed = from >= text && from + part.len() <= text + self.text.len();
        let start = if borrowed { from - text } else { self.text.len() + self.extra.len() };
        if !borrowed {
            self.extra.push_str(part);
        }
        Self::span(start, start + part.len())
    }
}

/// A year as it begins a period or deadline.
pub(super) fn year(text: &str) -> Result<i32, Fault> {
    Ok(text.get(..4).unwrap_or(text).parse()?)
}
