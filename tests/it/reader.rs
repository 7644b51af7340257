//! Properties of the reader: any bytes end in values or findings, and every
//! finding points into the file it is about.

use std::fs;

use pledgebook::diag::Finding;
use pledgebook::model::deadline::Deadline;
use pledgebook::model::period::{FiscalYear, NamedBy, Period};
use pledgebook::parse::{decode, read_progress, read_promises, read_settings};
use proptest::prelude::*;

use crate::bin::repository;

fn shipped() -> Vec<Vec<u8>> {
    let folder = repository().join("commitments");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the book").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("bytes")).collect()
}

fn points_into(findings: &[Finding], text: &str) {
    let lines = text.split('\n').count();
    for finding in findings {
        assert!(finding.place.line as usize <= lines, "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
    }
}

fn read_all(bytes: &[u8]) {
    let text = match decode("commitments/x.toml", bytes) {
        Ok(text) => text,
        Err(finding) => return assert!(finding.place.line > 0),
    };
    let read = read_promises("x", "commitments/x.toml", text);
    points_into(&read.findings, text);
    assert_eq!(read.promises.is_none(), read.findings.iter().any(Finding::is_error), "{:?}", read.findings);
    for frame in [None, Some(&read.frame)] {
        points_into(&read_progress("commitments/x.progress.toml", text, frame).findings, text);
    }
    points_into(&read_settings("pledgebook.toml", text).1, text);
}

/// Pieces that take a valid file apart in telling places.
const PIECES: &[&str] = &[
    "\"",
    "'''",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    "\r",
    "\0",
    "\u{feff}",
    "nan",
    "inf",
    "1e999",
    "-",
    "0x",
    "9999999999999999999999999999999",
    "[[commitment]]\n",
    "[[progress]]\n",
    "FY2030",
    "2030-02-30",
    "none",
    "done = true\n",
    "[check]\nmissed = \"deny\"\n",
    "ü",
    "\u{202e}",
    "\\u0000",
    "#",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_end_in_findings(file in 0..38_usize, edits in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), 0..40_usize), 1..6)) {
        let mut bytes = shipped().swap_remove(file);
        for (at, piece, cut) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].bytes());
        }
        read_all(&bytes);
    }

    #[test]
    fn any_bytes_end_in_findings(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn any_text_is_a_period_or_an_error(text in "\\PC{0,14}|[0-9FYHQ/-]{1,12}") {
        let fiscal = FiscalYear { end_month: 2, end_day: 29, named_by: NamedBy::Start };
        if let Ok(period) = Period::parse(&text, Some(fiscal)) {
            prop_assert!(period.first <= period.last);
            // The last day is inside, the day after is not: overdue starts there.
            prop_assert!(period.contains(period.last) && !period.contains(period.last.succ_opt().expect("a day")));
        }
        let _ = Deadline::parse(&text, Some(fiscal));
    }

    #[test]
    fn a_deadline_is_the_last_day_of_its_period(year in 1000..9998_i32, part in 0..5_usize, word in 0..4_usize) {
        let period = [format!("{year}"), format!("{year}-H2"), format!("{year}-Q3"), format!("{year}-02"), format!("FY{year}")][part].clone();
        let fiscal = FiscalYear { end_month: 6, end_day: 30, named_by: NamedBy::End };
        let parsed = Period::parse(&period, Some(fiscal)).expect("a period");
        let text = ["", "by ", "end of ", "before "][word].to_owned() + &period;
        let day = Deadline::parse(&text, Some(fiscal)).expect("a deadline").day.expect("a day");
        let expected = if word == 3 { parsed.first.pred_opt().expect("a day") } else { parsed.last };
        prop_assert_eq!(day, expected);
    }
}

#[test]
fn the_shipped_book_has_no_findings() {
    let ran = crate::bin::run(repository(), &["--db", ":memory:", "report", "--format", "csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}
