//! TOML by the `toml` crate into structs that borrow from the text: the usual
//! fast way.

use std::borrow::Cow;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::files::Texts;
use super::parsed::{self, Parsed, Places, year};
use crate::Fault;

#[derive(Deserialize)]
struct PromisesFile<'t> {
    #[serde(borrow)]
    organisation: Organisation<'t>,
    #[serde(borrow, default)]
    metric: Vec<Metric<'t>>,
    #[serde(borrow, default)]
    commitment: Vec<Commitment<'t>>,
}

#[derive(Deserialize)]
struct Organisation<'t> {
    #[serde(borrow)]
    name: Cow<'t, str>,
}

#[derive(Deserialize)]
struct Metric<'t> {
    #[serde(borrow)]
    id: Cow<'t, str>,
    #[serde(borrow)]
    unit: Cow<'t, str>,
}

#[derive(Deserialize)]
struct Commitment<'t> {
    #[serde(borrow)]
    id: Cow<'t, str>,
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow)]
    metric: Cow<'t, str>,
    #[serde(borrow)]
    deadline: Cow<'t, str>,
    #[serde(borrow)]
    baseline: Baseline<'t>,
    target: Target,
}

#[derive(Deserialize)]
struct Baseline<'t> {
    #[serde(borrow)]
    period: Cow<'t, str>,
    value: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Target {
    AtLeast(f64),
    ReduceByPercent(f64),
}

#[derive(Deserialize)]
struct ProgressFile<'t> {
    #[serde(borrow, default)]
    progress: Vec<Figure<'t>>,
}

#[derive(Deserialize)]
struct Figure<'t> {
    #[serde(borrow)]
    metric: Cow<'t, str>,
    #[serde(borrow)]
    period: Cow<'t, str>,
    value: Spanned<f64>,
    #[serde(borrow)]
    reported: Cow<'t, str>,
    #[serde(borrow)]
    source: Source<'t>,
    recorded: Spanned<Datetime>,
}

#[derive(Deserialize)]
struct Source<'t> {
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow)]
    url: Cow<'t, str>,
}

/// Reads an organisation's two files.
pub(super) fn read(texts: Texts) -> Result<Parsed, Fault> {
    let Texts { text, split, seen } = texts;
    let promises: PromisesFile<'_> = toml::from_str(&text[..split])?;
    let progress: ProgressFile<'_> = toml::from_str(&text[split..])?;
    let mut places = Places::new(&text);
    let metrics = promises.metric.iter();
    let metrics = metrics.map(|metric| parsed::Metric { id: places.keep(&metric.id), unit: places.keep(&metric.unit) });
    let mut parsed = Parsed { metrics: metrics.collect(), seen, ..Parsed::default() };
    parsed.name = places.keep(&promises.organisation.name);
    for commitment in &promises.commitment {
        parsed.promises.push(promise(commitment, &mut places)?);
    }
    parsed.figures.reserve_exact(progress.progress.len());
    for entry in &progress.progress {
        parsed.figures.push(figure(entry, split, &mut places)?);
    }
    let extra = places.extra;
    drop((promises, progress));
    Ok(Parsed { text: text + &extra, ..parsed })
}

fn promise(commitment: &Commitment<'_>, places: &mut Places<'_>) -> Result<parsed::Promise, Fault> {
    Ok(parsed::Promise {
        id: places.keep(&commitment.id),
        title: places.keep(&commitment.title),
        metric: places.keep(&commitment.metric),
        start: year(&commitment.baseline.period)?,
        base: commitment.baseline.value,
        target: match commitment.target {
            Target::AtLeast(value) => parsed::Target::AtLeast(value),
            Target::ReduceByPercent(percent) => parsed::Target::ReduceByPercent(percent),
        },
        deadline: year(&commitment.deadline)?,
    })
}

fn figure(entry: &Figure<'_>, base: usize, places: &mut Places<'_>) -> Result<parsed::Figure, Fault> {
    let (value, recorded) = (entry.value.span(), entry.recorded.span());
    Ok(parsed::Figure {
        metric: places.keep(&entry.metric),
        year: year(&entry.period)?,
        value: Places::span(base + value.start, base + value.end),
        reported: places.keep(&entry.reported),
        title: places.keep(&entry.source.title),
        url: places.keep(&entry.source.url),
        recorded: Places::span(base + recorded.start, base + recorded.end),
    })
}
