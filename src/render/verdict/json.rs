//! The verdict as one JSON document. Names are stable; `schema` counts breaking
//! changes; unknown is `null`.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::diag::Place;
use crate::policy::{Judged, Verdict};
use crate::render::json::SCHEMA;

#[derive(Serialize)]
struct Document<'v> {
    schema: u32,
    command: &'static str,
    as_of: Option<String>,
    known_at: Option<String>,
    terms: Option<&'static str>,
    since: Option<&'v str>,
    verdict: &'static str,
    promises: usize,
    not_yet: usize,
    left_out: u64,
    counts: Counts,
    findings: Findings<'v>,
}

/// The findings, worked out and written one at a time.
struct Findings<'v>(&'v Verdict<'v>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for judged in self.0.findings() {
            list.serialize_element(&item(&judged))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    deny: usize,
    warn: usize,
    waived: usize,
}

#[derive(Serialize)]
struct Item<'v> {
    rule: &'v str,
    level: &'static str,
    commitment: Option<&'v str>,
    organisation: Option<&'v str>,
    title: Option<&'v str>,
    topic: Option<&'static str>,
    message: &'v str,
    help: Option<&'v str>,
    status: Option<&'static str>,
    deadline: Option<String>,
    days_overdue: Option<i64>,
    source: Source<'v>,
    related: Vec<Related<'v>>,
    waiver: Option<WaiverJson<'v>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Source<'v> {
    file: &'v str,
    /// `null` where the finding is about the file as a whole.
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Serialize)]
struct Related<'v> {
    #[serde(flatten)]
    source: Source<'v>,
    label: &'v str,
}

#[derive(Serialize)]
struct WaiverJson<'v> {
    reason: &'v str,
    expires: String,
}

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = verdict.counts();
    let document = Document {
        schema: SCHEMA,
        command: if verdict.clock.is_some() { "check" } else { "lint" },
        as_of: verdict.clock.map(|clock| clock.as_of.to_string()),
        known_at: verdict.clock.and_then(|clock| clock.known_at).map(|day| day.to_string()),
        terms: verdict.version.map(|version| version.name()),
        since: verdict.since.as_deref(),
        verdict: verdict.kind().name(),
        promises: verdict.looked_at(),
        not_yet: verdict.not_yet,
        left_out: verdict.left_out,
        counts: Counts { error: counts.error, deny: counts.deny, warn: counts.warn, waived: counts.waived },
        findings: Findings(verdict),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn item(judged: &Judged) -> Item<'_> {
    let finding = &judged.finding;
    let subject = judged.subject.as_ref();
    let filled = |text: &'_ str| !text.is_empty();
    Item {
        rule: &finding.rule,
        level: judged.outcome.name(),
        commitment: subject.and_then(|subject| subject.commitment.as_deref()),
        organisation: subject.map(|subject| subject.organisation.as_str()).filter(|name| filled(name)),
        title: subject.and_then(|subject| subject.title.as_deref()),
        topic: subject.and_then(|subject| subject.topic).map(|topic| topic.name()),
        message: &finding.message,
        help: finding.help.as_deref(),
        status: judged.status.map(|status| status.name()),
        deadline: judged.deadline.map(|day| day.to_string()),
        days_overdue: judged.days_overdue,
        source: source(&finding.place),
        related: finding
            .related
            .iter()
            .map(|related| Related { source: source(&related.place), label: &related.label })
            .collect(),
        waiver: judged
            .waiver
            .as_ref()
            .map(|waiver| WaiverJson { reason: &waiver.reason, expires: waiver.expires.to_string() }),
        fingerprint: judged.fingerprint(),
    }
}

fn source(place: &Place) -> Source<'_> {
    let known = place.line > 0;
    Source { file: &place.file, line: known.then_some(place.line), column: known.then_some(place.column) }
}
