//! `due` as a calendar that can be subscribed to (RFC 5545).
//!
//! Written here and not by a library: what the ones at hand write depends on
//! the clock and on chance (stamps and ids of alarms), folds lines at 76 octets
//! and ends an all-day event on the day it begins. An independent parser reads
//! the result in the tests of a release.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;

use crate::diag::visible;
use crate::report::{Due, DueKind};

/// The stamp of what the book gives no date for.
const UNDATED: &str = "19700101T000000Z";

/// Most octets of a line, its end left out (RFC 5545, 3.1).
const OCTETS: usize = 75;

/// Writes a calendar of all-day events. `notes` gives the lines of an event's
/// description.
///
/// # Errors
/// What the stream says.
pub fn write_ics(due: &[Due], notes: &dyn Fn(&Due) -> Vec<String>, out: &mut dyn Write) -> io::Result<()> {
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pledgebook//due//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Public promises",
        "X-PUBLISHED-TTL:P1D",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ] {
        folded(out, line)?;
    }
    let mut uids: BTreeMap<String, usize> = BTreeMap::new();
    for item in due {
        event(item, unique(item, &mut uids), &notes(item), out)?;
    }
    folded(out, "END:VCALENDAR")
}

fn event(due: &Due, uid: String, notes: &[String], out: &mut dyn Write) -> io::Result<()> {
    let stamp = due.changed.map_or_else(|| UNDATED.to_owned(), |day| format!("{}T000000Z", basic(day)));
    let summary = format!("{}: {}: {}", due.kind, due.organisation, due.title);
    let mut lines = vec![due.words.clone()];
    lines.extend(notes.iter().cloned());
    lines.push(format!("pledgebook explain {}", due.id));
    let description: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    folded(out, "BEGIN:VEVENT")?;
    folded(out, &format!("UID:{uid}"))?;
    folded(out, &format!("DTSTAMP:{stamp}"))?;
    folded(out, &format!("SEQUENCE:{}", due.sequence))?;
    folded(out, &format!("DTSTART;VALUE=DATE:{}", basic(due.date)))?;
    // The end of an all-day event is the day after it (3.6.1).
    if let Some(next) = due.date.succ_opt() {
        folded(out, &format!("DTEND;VALUE=DATE:{}", basic(next)))?;
    }
    folded(out, &format!("SUMMARY:{}", escaped(&summary)))?;
    folded(out, &format!("DESCRIPTION:{}", description.join("\\n")))?;
    folded(out, &format!("CATEGORIES:{}", due.kind))?;
    // A URI has no escapes; what is none is left out.
    if let Some(url) = due.url.as_ref().filter(|url| is_uri(url)) {
        folded(out, &format!("URL:{url}"))?;
    }
    folded(out, "TRANSP:TRANSPARENT")?;
    folded(out, "BEGIN:VALARM")?;
    folded(out, "ACTION:DISPLAY")?;
    folded(out, &format!("TRIGGER:-P{}D", days_before(due.kind)))?;
    folded(out, &format!("DESCRIPTION:{}", escaped(&summary)))?;
    folded(out, "END:VALARM")?;
    folded(out, "END:VEVENT")
}

/// How many days before the day the alarm comes.
const fn days_before(kind: DueKind) -> u32 {
    match kind {
        DueKind::Deadline | DueKind::Milestone => 30,
        DueKind::Waiver => 14,
        DueKind::Report => 7,
    }
}

/// An id that stays as long as the promise keeps its own.
fn unique(due: &Due, taken: &mut BTreeMap<String, usize>) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '.' }).collect()
    };
    let key = if due.key.is_empty() { String::new() } else { format!(".{}", plain(&due.key)) };
    let base = format!("{}.{}{key}", plain(&due.id), due.kind);
    let count = taken.entry(base.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { format!("{base}@pledgebook") } else { format!("{base}.{count}@pledgebook") }
}

/// `20301231`; years beyond four digits cannot be written and are the last that can.
fn basic(day: NaiveDate) -> String {
    use chrono::Datelike;
    if day.year() > 9999 { "99991231".to_owned() } else { day.format("%Y%m%d").to_string() }
}

/// Text as a value (3.3.11): control characters made visible, signs escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_uri(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    text.len() > scheme.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && text.chars().all(|c| c.is_ascii_graphic())
}

/// A line and its end, folded at 75 octets between characters.
fn folded(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let mut room = OCTETS;
    let mut from = 0;
    for (at, c) in line.char_indices() {
        if at + c.len_utf8() - from > room {
            write!(out, "{}\r\n ", &line[from..at])?;
            from = at;
            // The space that begins a folded line counts.
            room = OCTETS - 1;
        }
    }
    write!(out, "{}\r\n", &line[from..])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn lines_fold_at_75_octets_between_characters() {
        for text in ["x".repeat(400), "ä".repeat(200), "腾讯净零行动".repeat(30), "x".repeat(75), "x".repeat(149)]
        {
            let mut out = Vec::new();
            folded(&mut out, &text).unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(out.ends_with("\r\n"));
            assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
            assert_eq!(out.trim_end().replace("\r\n ", ""), text);
        }
    }

    #[test]
    fn text_is_escaped_and_addresses_are_not() {
        assert_eq!(escaped("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d e\u{2407}");
        assert!(is_uri("https://example.org/a,b;c"));
        assert!(!is_uri("no address"));
        assert!(!is_uri("see: there"));
    }

    #[test]
    fn two_of_a_kind_have_ids_of_their_own() {
        let due = Due {
            date: NaiveDate::from_ymd_opt(2030, 12, 31).unwrap(),
            kind: DueKind::Milestone,
            id: "a/b".to_owned(),
            organisation: "A".to_owned(),
            title: "B".to_owned(),
            words: String::new(),
            late: false,
            key: "2030-12-31".to_owned(),
            changed: None,
            sequence: 0,
            url: None,
        };
        let mut taken = BTreeMap::new();
        assert_eq!(unique(&due, &mut taken), "a.b.milestone.2030-12-31@pledgebook");
        assert_eq!(unique(&due, &mut taken), "a.b.milestone.2030-12-31.2@pledgebook");
    }
}
