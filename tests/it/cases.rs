//! One folder a rule under `tests/cases/`: a small book with that fault and the
//! message it gets. The error catalogue in the docs is made of them.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;

use pledgebook::parse::rules::RULES;

use crate::bin::{Ran, book, repository, run, same_as_file, write};

/// Rules whose faults cannot stand in a repository as ordinary files.
const MADE_HERE: &[&str] = &["file-too-large", "unreadable-file", "symlink-loop"];

const ARGS: &[&str] = &["--db", ":memory:", "report", "--format", "csv"];

fn exit_code(ran: &Ran) -> i32 {
    if ran.stderr.contains("error[") { 3 } else { 0 }
}

#[test]
fn every_rule_has_its_message() {
    for rule in RULES.iter().filter(|rule| !MADE_HERE.contains(&rule.id)) {
        let folder = repository().join("tests/cases").join(rule.id);
        assert!(folder.is_dir(), "no case for `{}`", rule.id);
        let ran = run(&folder, ARGS);
        assert!(ran.stderr.contains(&format!("[{}]", rule.id)), "`{}` is not found:\n{}", rule.id, ran.stderr);
        assert_eq!(ran.code, Some(exit_code(&ran)), "{}", rule.id);
        same_as_file(&folder.join("expected.txt"), &ran.stderr);
    }
}

#[test]
fn every_case_has_a_rule() {
    for entry in fs::read_dir(repository().join("tests/cases")).expect("cases") {
        let name = entry.expect("a case").file_name().to_string_lossy().into_owned();
        assert!(RULES.iter().any(|rule| rule.id == name), "tests/cases/{name} belongs to no rule");
    }
}

#[test]
fn the_catalogue_in_the_docs_is_the_test_suite() {
    let mut page = String::from(
        "# What the reader complains about\n\nEvery fault of every file is told in one run, with file, line and column, the line itself and what would be\nright. \
         A file with an error leaves its organisation's promises out of every answer, counted; a warning changes no\nanswer. The messages below are those of \
         `tests/cases/`, which the test suite runs.\n",
    );
    for rule in RULES {
        let _ = write!(page, "\n## `{}`\n\n{}: {}.\nCure: {}.\n", rule.id, rule.level.name(), rule.summary, rule.cure);
        let message =
            fs::read_to_string(repository().join("tests/cases").join(rule.id).join("expected.txt")).unwrap_or_default();
        if !message.is_empty() {
            let _ = write!(page, "\n```text\n{}\n```\n", message.trim_end());
        }
    }
    same_as_file(&repository().join("docs/errors.md"), &page);
}

const ORGANISATION: &str = "[organisation]\nname = \"Brightwater\"\n";

#[test]
fn a_file_over_the_limit_is_not_read() {
    let dir = book(&[("commitments/brightwater.toml", ORGANISATION)]);
    write(dir.path(), "commitments/huge.toml", &vec![b'#'; 10 * 1024 * 1024 + 1]);
    let ran = run(dir.path(), ARGS);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[file-too-large]"), "{}", ran.stderr);
    assert!(ran.stderr.contains("commitments/huge.toml"), "{}", ran.stderr);
}

#[test]
fn links_that_lead_nowhere_or_back_are_told() {
    let dir = book(&[("commitments/brightwater.toml", ORGANISATION)]);
    symlink("nowhere.toml", dir.path().join("commitments/gone.toml")).expect("a link");
    symlink(".", dir.path().join("commitments/again")).expect("a link");
    let ran = run(dir.path(), ARGS);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("error[unreadable-file]") && ran.stderr.contains("commitments/gone.toml"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("error[symlink-loop]") && ran.stderr.contains("commitments/again"), "{}", ran.stderr);
}

#[test]
fn good_files_are_reported_beside_faulty_ones() {
    let good = fs::read_to_string(repository().join("tests/cases/unit-spelling/commitments/brightwater.toml"))
        .expect("a case");
    let dir = book(&[
        ("commitments/good.toml", &good),
        ("commitments/empty.toml", ""),
        ("commitments/spaces.toml", " \r\n\t\r\n"),
        ("commitments/open.toml", "[organisation\nname = "),
    ]);
    write(dir.path(), "commitments/junk.toml", &(0..=255).cycle().take(5000).collect::<Vec<u8>>());
    let ran = run(dir.path(), ARGS);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stdout.contains("good/halve-2030"), "{}", ran.stdout);
    for file in ["empty", "spaces", "open", "junk"] {
        assert!(ran.stderr.contains(&format!("commitments/{file}.toml")), "{file}: {}", ran.stderr);
    }
}

#[test]
fn a_byte_order_mark_crlf_and_other_scripts_are_ordinary() {
    let good = fs::read_to_string(repository().join("tests/cases/unit-spelling/commitments/brightwater.toml"))
        .expect("a case");
    let windows = format!(
        "\u{feff}{}",
        good.replace("Brightwater", "明るい水 Ünïcode").replace("T CO2e", "t CO2e").replace('\n', "\r\n")
    );
    let dir = book(&[("commitments/wässer.toml", &windows)]);
    let ran = run(dir.path(), ARGS);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(ran.stdout.contains("wässer/halve-2030,明るい水 Ünïcode"), "{}", ran.stdout);
}

#[test]
fn the_keys_in_the_docs_are_those_of_the_reader() {
    use pledgebook::parse::keys::{self, Record, Shape};
    let mut page = fs::read_to_string(repository().join("docs/format.md")).expect("docs");
    let marker = "<!-- keys: written by the test suite from the reader's own table -->\n";
    let at = page.find(marker).expect("the marker") + marker.len();
    page.truncate(at);
    let records: &[&Record] = &[
        &keys::ORGANISATION,
        &keys::FISCAL_YEAR,
        &keys::STATEMENT,
        &keys::METRIC,
        &keys::COMMITMENT,
        &keys::TARGET,
        &keys::BASELINE,
        &keys::MILESTONE,
        &keys::OFFSETS,
        &keys::AMENDMENT,
        &keys::PROGRESS,
        &keys::SOURCE,
    ];
    for record in records {
        let _ = write!(page, "\n### {}\n\n| key | value | |\n| --- | --- | --- |\n", record.name);
        for key in record.keys {
            let shape = match key.shape {
                Shape::Text => "text".to_owned(),
                Shape::Id => "id".to_owned(),
                Shape::TextOrList => "text or list".to_owned(),
                Shape::TextList => "list of text".to_owned(),
                Shape::IntegerList => "list of whole numbers".to_owned(),
                Shape::Number => "number".to_owned(),
                Shape::Flag => "`true` or `false`".to_owned(),
                Shape::Date => "date".to_owned(),
                Shape::Day => "day".to_owned(),
                Shape::Period => "period".to_owned(),
                Shape::Deadline => "deadline".to_owned(),
                Shape::Span => "length of time".to_owned(),
                Shape::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
                Shape::Table(_) => "table".to_owned(),
                Shape::Tables(_) => "tables".to_owned(),
            };
            let required = if key.required { " (required)" } else { "" };
            let _ = writeln!(page, "| `{}` | {shape} | {}{required} |", key.name, key.doc);
        }
    }
    same_as_file(&repository().join("docs/format.md"), &page);
}

#[test]
fn the_words_in_the_key_table_are_those_of_the_model() {
    use pledgebook::model::words::Word;
    use pledgebook::parse::keys::{self, Record, Shape};
    fn words<W: Word>() -> Vec<&'static str> {
        W::WORDS.iter().map(|word| word.word()).collect()
    }
    use pledgebook::model::{commitment, figure, metric, organisation, period, terms, topic};
    let of = |record: &Record, name: &str| match record.keys.iter().find(|key| key.name == name).expect("a key").shape {
        Shape::Word(words) => words.to_vec(),
        other => panic!("{name} is {other:?}"),
    };
    assert_eq!(of(&keys::ORGANISATION, "kind"), words::<organisation::OrganisationKind>());
    assert_eq!(of(&keys::FISCAL_YEAR, "named-by"), words::<period::NamedBy>());
    assert_eq!(of(&keys::METRIC, "aggregate"), words::<metric::Aggregate>());
    assert_eq!(of(&keys::METRIC, "measures"), words::<metric::Measures>());
    assert_eq!(of(&keys::COMMITMENT, "topic"), words::<topic::Topic>());
    assert_eq!(of(&keys::COMMITMENT, "path"), words::<commitment::PathShape>());
    assert_eq!(of(&keys::COMMITMENT, "strength"), words::<commitment::Strength>());
    assert_eq!(of(&keys::COMMITMENT, "scope-2-method"), words::<commitment::Scope2Method>());
    assert_eq!(of(&keys::OFFSETS, "allowed"), words::<terms::OffsetsAllowed>());
    assert_eq!(of(&keys::PROGRESS, "bound"), words::<figure::Bound>());
    assert_eq!(of(&keys::PROGRESS, "assurance"), words::<figure::Assurance>());
    assert_eq!(of(&keys::PROGRESS, "confidence"), words::<figure::Confidence>());
}

/// A small valid organisation with one promise, and text after it.
fn organisation_with(rest: &str) -> String {
    let good = fs::read_to_string(repository().join("tests/cases/unit-spelling/commitments/brightwater.toml"))
        .expect("a case")
        .replace("T CO2e", "t CO2e");
    format!("{good}\n{rest}")
}

#[test]
fn links_to_the_book_itself_lose_no_file() {
    let dir = book(&[("commitments/brightwater.toml", &organisation_with(""))]);
    for (target, link) in [("..", "loop"), (".", "again")] {
        let link = dir.path().join("commitments").join(link);
        symlink(target, &link).expect("a link");
        let ran = run(dir.path(), ARGS);
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("error[").count(), 1, "{}", ran.stderr);
        assert!(ran.stdout.contains("brightwater/halve-2030"), "{target}: {}", ran.stderr);
        fs::remove_file(link).expect("removed");
    }
}

#[test]
fn columns_are_those_of_the_file_however_long_or_odd_the_line() {
    let long = format!(
        "[[metric]]\nid = \"x\"\nunit = \"t\"\nnote = \"{}\" # {}\naggregate = 5\n",
        "n".repeat(10),
        "c".repeat(300)
    );
    let late = format!("tags = [\"{}\", 5]\n", "t".repeat(300));
    let hidden = "tags = [\"a\u{200b}b\u{200b}\", 5]\n";
    for (rest, column) in [(late.as_str(), 313), (hidden, 17)] {
        let text = organisation_with("").trim_end().to_owned() + "\n" + rest + &long.replace("aggregate = 5\n", "");
        let dir = book(&[("commitments/brightwater.toml", &text)]);
        let ran = run(dir.path(), ARGS);
        assert!(ran.stderr.contains(&format!(":{column}\n")), "{column}: {}", ran.stderr);
    }
}

#[test]
fn echoes_of_broken_toml_are_not_told_and_faults_beside_it_are() {
    let broken = "[[metric]]\nid = = \"x\"\nunit = \"t\"\n\n[[commitment]]\nid = \"other\"\ntitle = \"t\"\nstatement = \"sx\"\ntopic = \"water\"\nunit = \"x\"\n\
                  target = { at-most = 5 }\ndeadline = \"F2030\"\n";
    let dir = book(&[("commitments/brightwater.toml", &organisation_with(broken))]);
    let ran = run(dir.path(), ARGS);
    for rule in ["toml-syntax", "unknown-statement", "invalid-deadline"] {
        assert_eq!(ran.stderr.matches(&format!("error[{rule}]")).count(), 1, "{rule}: {}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("error[").count(), 3, "{}", ran.stderr);
    let twice = "[[progress]\nmetric = \"emissions\"\nperiod = \"2024\"\nvalue = 1\n";
    let dir = book(&[
        ("commitments/brightwater.toml", &organisation_with("")),
        ("commitments/brightwater.progress.toml", twice),
    ]);
    let ran = run(dir.path(), ARGS);
    assert_eq!(ran.stderr.matches("error[").count(), 1, "{}", ran.stderr);
}

#[test]
fn what_is_left_out_is_counted_in_tables_not_lines() {
    let inline = "commitment = [{ id = \"a\" }, { id = \"b\" }]\n[organisation]\nname = \"A\"\nnote = \"\"\"\n[[commitment]]\n[[commitment]]\n\"\"\"\n";
    let dir = book(&[("commitments/a.toml", inline)]);
    let ran = run(dir.path(), &["--db", ":memory:", "report", "--format", "json"]);
    assert!(ran.stdout.contains("\"left_out\": 2"), "{}", ran.stdout);
}

#[test]
fn many_records_and_many_faults_in_one_file_stay_quick() {
    let mut text = organisation_with("");
    for index in 0..4000 {
        let _ = write!(
            text,
            "[[commitment]]\nid = \"c{index}\"\ntitle = \"t\"\nstatement = \"s{index}\"\ntopic = \"water\"\nunit = \"x\"\ntarget = {{ at-most = 5 }}\ndeadline = \"2030\"\n"
        );
    }
    let dir = book(&[("commitments/brightwater.toml", &text)]);
    let ran = run(dir.path(), ARGS);
    assert_eq!(ran.code, Some(3));
    // Told up to a limit, and how many more there are.
    assert!(ran.stderr.contains("more findings in this file"), "{}", ran.stderr.len());
}
