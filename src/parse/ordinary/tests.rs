#![allow(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::super::progress::{ProgressRead, read_with_care};
use super::super::promises::read_promises;
use super::*;
use rust_decimal::Decimal;

const PROMISES: &str = r#"[organisation]
name = "Example Works"
fiscal-year = { ends = "03-31", named-by = "start" }

[[statement]]
id = "speech"

[[metric]]
id = "emissions"
unit = "t CO2e"

[[metric]]
id = "built"
unit = "GW"
aggregate = "running-total"

[[metric]]
id = "pupils"
unit = "pupils"

[[commitment]]
id = "green-power"
title = "All power is green by 2030"
statement = "speech"
topic = "renewable-electricity"
unit = "%"
target = { at-least = 100 }
deadline = "2030"

[[commitment]]
id = "law"
title = "A law by 2030"
statement = "speech"
topic = "other"
target = { done = true }
deadline = "2030"
"#;

fn frame() -> Frame {
    let read = read_promises("example", "example.toml", PROMISES);
    assert!(read.findings.iter().all(|finding| !finding.is_error()), "{:?}", read.findings);
    read.frame
}

/// Lines as people and `log` write them.
const ORDINARY: &[&str] = &[
    "metric = \"emissions\"",
    "commitment = \"green-power\"",
    "metric = \"pupils\"",
    "period = \"2021\"",
    "period = \"FY2022\"",
    "period = \"2023-Q2\"",
    "period = \"2024-06\"  # 51504a",
    "value = 12.40",
    "value = -3",
    "value = 0",
    "unit = \"t CO2e\"",
    "unit = \"%\"",
    "reported = \"2025-03\"",
    "reported = 2024-02-29",
    "recorded = 2026-11-22",
    "recorded = \"2026-11-22\"",
    "restates = true",
    "restates = false",
    "break = true",
    "confidence = \"high\"",
    "assurance = \"limited\"",
    "source = { title = \"Report, page 7\", url = \"https://example.org/7\" }",
    "source = { title = \"Übersicht {2021} # 1\", note = \"a = b\", page = \"7\", copy-url = \"x\" }  # 51504a",
    "note = \"so it is\"",
    "author = \"Ana\"",
    "",
    "# a remark",
];

/// Lines that the careful reader understands or refuses.
const OTHERS: &[&str] = &[
    "metric = \"law\"",
    "metric = \"built\"",
    "metric = 'emissions'",
    "metric = \"emision\"",
    "metric = \"\"",
    "commitment = \"emissions\"",
    "commitment = \"law\"",
    "period = 2021-05-06",
    "period = \"2021-02-30\"",
    "period = 2021",
    "value = 1_000",
    "value = 007",
    "value = +1",
    "value = 1.",
    "value = .5",
    "value = nan",
    "value = 5e3",
    "value = 123456789012345678901",
    "value = \"12\"",
    "value = 12 # t",
    "value = 12 t",
    "unit = \"kt CO2e\"",
    "unit = \"pupils\"",
    "unit = \" %\"",
    "reported = \"2023-13\"",
    "reported = 2023-02-29",
    "reported = \"\"",
    "recorded = \"2026\"",
    "recorded = 2019-01-01",
    "restates = \"true\"",
    "bound = \"about\"",
    "gross = 15.40",
    "done = true",
    "no-disclosure = true",
    "source = \"Report\"",
    "source = { title = \"\" }",
    "source = { title = \"a\", title = \"b\" }",
    "source = { title = \"a\", }",
    "source = { title = 7 }",
    "source = { tite = \"a\" }",
    "source = {}",
    "source.title = \"Report\"",
    "note = \"tab\\t\"",
    "note = \"\"\"long\"\"\"",
    "note = \"open",
    "note = \"   \"",
    "note  = \"spaced\"",
    " note = \"indented\"",
    "nte = \"x\"",
    "\"note\" = \"quoted\"",
    "[progress.source]",
    "[[progress]] x",
    "[[ progress ]]",
    "[organisation]",
    "# \u{1}",
    "note = \"a\"\r",
    "\t",
];

fn lines() -> impl Strategy<Value = Vec<String>> {
    let ordinary = prop::sample::select(ORDINARY).prop_map(str::to_owned);
    let other = prop::sample::select(OTHERS).prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![30 => ordinary, 1 => other], 0..6)
}

/// An entry that is mostly whole: a metric, a period, a value and some more.
fn entry() -> impl Strategy<Value = String> {
    let header =
        prop_oneof![8 => Just("[[progress]]"), 1 => Just("[[progress]]  # 51504a"), 1 => Just("[[progress]] ")];
    let whose = prop::sample::select(&ORDINARY[..3]);
    let when = prop_oneof![
        (2015_i32..2026).prop_map(|year| format!("\"{year}\"")),
        (2015_i32..2026, 1..13_u32).prop_map(|(year, month)| format!("\"{year}-{month:02}\"")),
        (2015_i32..2026).prop_map(|year| format!("\"FY{year}\"")),
    ];
    let value = (any::<i32>(), 0..4_u32).prop_map(|(digits, scale)| Decimal::new(i64::from(digits), scale));
    (header, whose, when, value, lines()).prop_map(|(header, whose, when, value, more)| {
        let mut lines =
            vec![header.to_owned(), whose.to_owned(), format!("period = {when}"), format!("value = {value}")];
        let keys: Vec<String> = lines.iter().map(|line| key(line)).collect();
        // A key that stands twice is seldom of interest.
        lines.extend(more.into_iter().filter(|line| !keys.contains(&key(line)) || line.len() % 7 == 0));
        lines.join("\n")
    })
}

fn key(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_owned()
}

fn file() -> impl Strategy<Value = String> {
    let change = prop::option::weighted(
        0.3,
        (
            any::<prop::sample::Index>(),
            prop::sample::select(&['"', '\\', '#', '=', ' ', '\n', '\r', '9', '\u{7f}', 'é', '\u{feff}'][..]),
        ),
    );
    (prop::collection::vec(entry(), 1..5), change, any::<bool>()).prop_map(|(entries, change, ends)| {
        let mut text = entries.join("\n\n");
        if ends {
            text.push('\n');
        }
        if let Some((index, character)) = change {
            let at = index.index(text.len());
            if text.is_char_boundary(at) {
                text.insert(at, character);
            }
        }
        text
    })
}

fn same(text: &str, frame: &Frame) -> bool {
    let Some((figures, provenance)) = read(text, frame) else { return false };
    let careful: ProgressRead = read_with_care("example.progress.toml", text, Some(frame));
    assert_eq!(careful.findings, [], "{text}");
    assert_eq!((careful.figures, careful.provenance), (figures, provenance), "{text}");
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn what_is_read_is_what_the_careful_reader_reads(text in file()) {
        same(&text, &frame());
    }
}

#[test]
fn ordinary_lines_are_read_and_others_left() {
    let frame = frame();
    let entry = |line: &str| {
        let rest = ["metric = \"emissions\"", "period = \"2020\"", "value = 7", "reported = \"2026-01\""];
        let rest: Vec<&str> = rest
            .into_iter()
            .filter(|other| key(other) != key(line) && !(line.starts_with("commitment") && other.starts_with("metric")))
            .collect();
        format!("[[progress]]\n{}\n{line}\n", rest.join("\n"))
    };
    for line in ORDINARY.iter().filter(|line| **line != "unit = \"%\"") {
        assert!(same(&entry(line), &frame), "{line}");
    }
    let also_read = ["value = 12 # t", "reported = \"2023-13\""];
    for line in OTHERS.iter().filter(|line| !also_read.contains(line)) {
        assert!(read(&entry(line), &frame).is_none(), "{line}");
    }
}
