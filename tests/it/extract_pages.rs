//! Saved pages into a fresh book, with the real binary: what is written must
//! stand in the archived text, pass `lint` and be read by `report`.

use std::fs;
use std::path::Path;

use pledgebook::model::commitment::Commitment;
use pledgebook::parse::read_promises;

use crate::bin::{repository, run, write};

/// A page, whose it is, its day, and what it promises.
const PAGES: &[(&str, &str, &str, &str, &[&str])] = &[
    (
        "newsroom.html",
        "tarnholm",
        "Tarnholm Ferries",
        "2023-03-14",
        &["emissions-reduction 2030", "renewable-electricity 2026", "waste 2028"],
    ),
    (
        "report.html",
        "veldt",
        "Veldt & Sons",
        "2023",
        &["water 2029", "supply-chain 2029", "emissions-reduction 2030", "fleet-electrification 2027"],
    ),
    (
        "speech.html",
        "ostrava-quay",
        "City of Ostrava Quay",
        "2023-05",
        &["carbon-neutral 2040", "biodiversity 2027", "fleet-electrification 2032", "fossil-phase-out 2029"],
    ),
];

fn drafts(dir: &Path, org: &str) -> (Vec<Commitment>, String) {
    let text = fs::read_to_string(dir.join(format!("commitments/{org}.toml"))).expect("the promises");
    let read = read_promises(org, "x.toml", &text);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let book = read.promises.expect("promises");
    let file = book.statements[0].file.clone().expect("the archived text");
    (book.commitments, fs::read_to_string(dir.join(file)).expect("the archive"))
}

#[test]
fn saved_pages_become_drafts_whose_quotes_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    assert_eq!(run(dir, &["init"]).code, Some(0));
    for (page, org, name, date, wanted) in PAGES {
        let html = fs::read(repository().join("tests/data/extract/pages").join(page)).expect("a page");
        write(dir, page, &html);
        let ran = run(dir, &["extract", page, "--org", org, "--org-name", name, "--date", date, "--write"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let (commitments, archived) = drafts(dir, org);
        let found: Vec<String> = commitments
            .iter()
            .map(|commitment| format!("{} {}", commitment.topic, commitment.terms.deadline.text))
            .collect();
        assert_eq!(found, *wanted, "{page}");
        for commitment in &commitments {
            assert!(commitment.draft);
            let quote = commitment.quote.as_deref().expect("a quote");
            assert!(archived.contains(quote), "{page}: {quote:?} is not in\n{archived}");
        }
    }
    let lint = run(dir, &["lint"]);
    assert!(!lint.stdout.contains("quote") && !lint.stderr.contains("quote"), "{}{}", lint.stdout, lint.stderr);
    assert!(!lint.stdout.contains("error"), "{}", lint.stdout);
    let report = run(dir, &["report"]);
    assert!(!report.stderr.contains("error") && matches!(report.code, Some(0 | 1)), "{}", report.stderr);
    for (_, _, name, _, _) in PAGES {
        assert!(report.stdout.contains(name), "{name} is not in\n{}", report.stdout);
    }
}
