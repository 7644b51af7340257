//! Promises proposed from prose.
#![allow(clippy::expect_used, reason = "tests")]

use std::fs;
use std::path::Path;

use pledgebook::cli::extract::{Args, Format, run};
use pledgebook::extract::draft::{StatementDraft, faults};
use pledgebook::extract::merge::{Organisation, merge};
use pledgebook::extract::{Class, Context, Extraction, Form, Rules, extract, plain};
use pledgebook::model::date::PartialDate;
use pledgebook::model::topic::Topic;
use pledgebook::parse::read_promises;
use proptest::prelude::*;

pub(crate) fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract").join(name);
    fs::read_to_string(path).expect("a file of the tests")
}

/// The rules without the weights of words: what a rule does, it does by itself.
pub(crate) fn rules_alone() -> &'static Rules {
    static ALONE: std::sync::LazyLock<Rules> =
        std::sync::LazyLock::new(|| Rules::built_in().clone().without_evidence());
    &ALONE
}

fn read(text: &str, form: Form, organisation: &str, date: &str) -> Extraction {
    read_by(Rules::built_in(), text, form, organisation, date)
}

fn read_by(rules: &Rules, text: &str, form: Form, organisation: &str, date: &str) -> Extraction {
    let context =
        Context { organisation: vec![organisation.to_owned()], speaker: None, date: PartialDate::parse(date) };
    extract(text, form, &context, rules)
}

/// `topic deadline` of each proposal.
fn goals(found: &Extraction) -> Vec<String> {
    let due =
        |goal: &pledgebook::extract::Goal| goal.due.as_ref().map_or("none".to_owned(), |due| due.deadline.clone());
    found.proposals.iter().map(|proposal| format!("{} {}", proposal.goal.topic, due(&proposal.goal))).collect()
}

#[test]
fn every_rule_shows_itself_in_its_sentences() {
    let mut faults = Vec::new();
    for rule in Rules::built_in().all() {
        assert!(!rule.tests.is_empty() && !rule.means.is_empty(), "{} has no sentence", rule.name);
        for sentence in &rule.tests {
            let found = read_by(rules_alone(), sentence, Form::Plain, "Halden", "2022");
            let promised = found.proposals.iter().any(|proposal| proposal.goal.rules.contains(&rule.name));
            let reported = found.reported.iter().any(|proposal| proposal.goal.rules.contains(&rule.name));
            let left_out = found
                .rejected
                .iter()
                .flat_map(|rejected| &rejected.reasons)
                .any(|reason| reason.rule.as_ref() == Some(&rule.name));
            let shown = match rule.class {
                Class::Promise | Class::Topic => promised || reported,
                Class::Policy | Class::Unrelated => found.proposals.is_empty(),
                Class::Others => found.proposals.is_empty(),
                _ => left_out && found.proposals.is_empty(),
            };
            if !shown {
                faults.push(format!("{} ({}): {sentence}\n    {found:?}", rule.name, rule.class));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_speech_full_of_figures_holds_two_promises() {
    let text = data("speech.txt");
    let found = read(&text, Form::Plain, "Harbourlight Group", "2023-11");
    assert_eq!(goals(&found), ["carbon-neutral 2030", "renewable-electricity 2030"]);
    assert!(text.matches("\n\n").count() >= 60);
    for proposal in &found.proposals {
        assert_eq!(&text[proposal.bytes.clone()], proposal.quote);
        assert_eq!(text.lines().nth(proposal.line - 1), Some(proposal.quote.as_str()));
    }
    let due = pledgebook::model::deadline::Deadline::parse(
        &found.proposals[0].goal.due.as_ref().expect("a deadline").deadline,
        None,
    );
    assert_eq!(due.expect("a deadline").day.expect("a day").to_string(), "2030-12-31");
    let others: Vec<Topic> = found.reported.iter().map(|proposal| proposal.goal.topic).collect();
    assert_eq!(others, [Topic::CarbonNeutral]);
}

#[test]
fn a_page_gives_its_speech_and_nothing_else() {
    let found = read(&data("page.html"), Form::Html, "Halden Foods", "2022-05-04");
    assert_eq!(goals(&found), ["emissions-reduction 2030", "renewable-electricity 2028", "waste 2028", "waste 2030"]);
    let first = &found.proposals[0];
    assert_eq!(
        first.quote,
        "We will cut our CO2 emissions by 42% by 2030 from a 2019 base year – in all of our bakeries."
    );
    assert_eq!((first.line, first.goal.baseline), (18, Some(2019)));
    assert_eq!(found.proposals[1].lead.as_deref(), Some("By 2028, we will:"));
}

#[test]
fn markdown_and_answers_are_read_whole() {
    let found = read(&data("release.md"), Form::Markdown, "Norvik Shipping", "2022-03-10");
    assert_eq!(
        goals(&found),
        ["carbon-neutral 2045", "emissions-reduction 2040", "renewable-electricity 2027", "biodiversity before 2029"]
    );
    let milestones: Vec<i32> =
        found.proposals[1].milestones.iter().filter_map(|goal| Some(goal.due.as_ref()?.year)).collect();
    assert_eq!(milestones, [2030]);
    let found = read(&data("answers.txt"), Form::Plain, "Brennan Pharma", "2023-02-14");
    assert_eq!(
        goals(&found),
        [
            "emissions-reduction 2030",
            "emissions-reduction 2030",
            "supply-chain 2027",
            "renewable-electricity 2025",
            "water 2030"
        ]
    );
    assert_eq!(found.proposals[0].goal.scopes, [1, 2]);
}

/// Drafts of three saved pages pass the reader, and every quote stands in the
/// archived text.
#[test]
fn drafts_read_back_and_quotes_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, org, name) in [
        ("page.html", "halden", "Halden Foods"),
        ("release.md", "norvik", "Norvik Shipping"),
        ("answers.txt", "brennan", "Brennan Pharma"),
    ] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract").join(file);
        let args = Args {
            file: Some(source.display().to_string()),
            org: Some(org.to_owned()),
            org_name: Some(name.to_owned()),
            date: Some("2022-05".to_owned()),
            event: Some("A \"saved\" page".to_owned()),
            write: true,
            ..Args::default()
        };
        let mut words = Vec::new();
        let code = run(&args, folder.path(), None, &mut Vec::new(), &mut words).expect("written");
        assert_eq!(code, 0, "{}", String::from_utf8_lossy(&words));
        let text = fs::read_to_string(folder.path().join(format!("commitments/{org}.toml"))).expect("the file");
        let read = read_promises(org, "x.toml", &text);
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let book = read.promises.expect("promises");
        let statement = &book.statements[0];
        let archived =
            fs::read_to_string(folder.path().join(statement.file.as_deref().expect("a file"))).expect("the archive");
        for commitment in &book.commitments {
            assert!(commitment.draft);
            assert!(archived.contains(commitment.quote.as_deref().expect("a quote")), "{:?}", commitment.quote);
        }
        assert!(book.commitments.len() >= 4);
    }
    let left: Vec<_> = walkdir::WalkDir::new(folder.path())
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().contains(".new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn writing_adds_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a folder");
    let commitments = folder.path().join("commitments");
    fs::create_dir_all(&commitments).expect("a folder");
    let file = commitments.join("acme.toml");
    let before =
        "# mine\r\n[organisation]\r\nname = \"Acme\"\r\nfiscal-year = { ends = \"03-31\", named-by = \"end\" }\r\n";
    fs::write(&file, before).expect("written");
    let speech = folder.path().join("speech.txt");
    fs::write(&speech, "Acme will cut its water use by 20% by FY2029.").expect("written");
    let args =
        Args { file: Some(speech.display().to_string()), org: Some("acme".to_owned()), write: true, ..Args::default() };
    let go = || run(&args, folder.path(), None, &mut Vec::new(), &mut Vec::new());
    assert_eq!(go().expect("written"), 0);
    let after = fs::read_to_string(&file).expect("the file");
    assert!(after.starts_with(before) && after.contains("deadline = \"FY2029\"\r\n"), "{after}");
    assert_eq!(go().expect("nothing new"), 0);
    assert_eq!(fs::read_to_string(&file).expect("the file"), after);
    // the same statement with other words is refused, and nothing changes
    fs::write(&speech, "Acme will be carbon neutral by 2035.").expect("written");
    assert!(go().is_err());
    // a file that does not read is left alone
    fs::write(&file, "[organisation\n").expect("written");
    assert!(go().is_err());
    assert_eq!(fs::read_to_string(&file).expect("the file"), "[organisation\n");
}

#[test]
fn two_drafts_of_one_topic_and_year_have_two_ids() {
    let found = read(
        "We will cut scope 1 emissions by 40% by 2030 and scope 3 emissions by 20% by 2030.",
        Form::Plain,
        "Acme",
        "2021",
    );
    let chosen: Vec<_> = found.proposals.iter().map(|proposal| (proposal.clone(), false)).collect();
    let statement = StatementDraft { id: "s".to_owned(), keys: Vec::new() };
    let organisation = Organisation { id: "acme".to_owned(), name: "Acme \"&\" Co".to_owned() };
    let merged = merge(&organisation, None, &statement, &chosen).expect("drafts that read");
    assert_eq!(merged.added, ["emissions-reduction-2030", "emissions-reduction-2030-2"]);
    assert!(faults("acme", &merged.text).is_empty());
}

#[test]
fn what_is_not_english_is_told() {
    let text = "Wir wollen unsere Emissionen bis zum Jahr 2030 um 42 % gegenüber 2019 senken und setzen auf 100 % Ökostrom.\n\nDas ist uns wichtig, denn die Zeit drängt und jeder Schritt zählt für die nächste Generation.";
    let found = read(text, Form::Plain, "Acme", "2021");
    assert!(found.proposals.is_empty() && found.not_english.is_some());
}

#[test]
fn bytes_that_are_no_text_end_in_a_message() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [("a", &b"\xff\xfeW\0e\0"[..]), ("b", b"%PDF-1.7"), ("c", b"We \xc3\x28"), ("d", b"a\0b")] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        let args = Args { file: Some(path.display().to_string()), format: Format::Json, ..Args::default() };
        let error = run(&args, folder.path(), None, &mut Vec::new(), &mut Vec::new()).expect_err("no text");
        assert_eq!(error.exit_code(), 5, "{error}");
    }
}

/// Found by feeding it mutated texts: a year no record can hold, a cut by nothing.
#[test]
fn odd_years_and_numbers_still_read_back() {
    let text = "By the end of the decade, we want to cut our water use by 35 percent. \
        We will cut emissions by 50% by 2030 and by 0% by 2035, relative to 2008.";
    for date in ["0001", "9999", "2022"] {
        let found = read(text, Form::Plain, "Acme", date);
        let chosen: Vec<_> = found.proposals.iter().map(|proposal| (proposal.clone(), false)).collect();
        let statement = StatementDraft { id: "s".to_owned(), keys: Vec::new() };
        assert!(
            merge(&Organisation { id: "acme".to_owned(), name: "Acme".to_owned() }, None, &statement, &chosen).is_ok()
        );
    }
}

#[test]
fn a_rules_file_of_ones_own_adds_rules() {
    let text = "[[rule]]\nname = \"swear\"\nclass = \"promise\"\nstrength = \"committed\"\nmeans = \"an oath\"\npatterns = [\"swear|swears to\"]\ntests = [\"We swear to be carbon neutral by 2031.\"]\n";
    let rules = Rules::with(text).expect("rules");
    let found = extract(
        "They say that they were late, but we swear to be carbon neutral by 2031.",
        Form::Plain,
        &Context::default(),
        &rules,
    );
    assert!(found.proposals[0].goal.rules.contains(&"swear".to_owned()));
    for (bad, word) in [
        ("[[rule]]\nname = \"x\"", "line 1, column 1: missing field"),
        ("x = 1", "unknown"),
        (&text.replace("promise", "oath"), "oath"),
        (&text.replace("swear|swears to", "..3"), "begin"),
        (&text.replace("swear|", "$nobody|"), "list"),
    ] {
        let error = Rules::with(bad).expect_err("no rules").to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn a_rules_file_of_ones_own_adds_a_side() {
    let text = "[side.norland]\noffices = [\"storting of norland\"]\nknown-by = [\"ada lund\"]\ncalls-itself = [\"norland\", \"dock\"]\n";
    let with_side = Rules::with(text).expect("rules");
    let told = |rules: &Rules, speaker: &str, text: &str| {
        let context = Context { speaker: Some(speaker.to_owned()), ..Context::default() };
        let found = extract(text, Form::Plain, &context, rules);
        (found.proposals.len(), found.reported.len())
    };
    let goal = "The Dock Authority has promised to cut its emissions by 40% by 2041.";
    assert_eq!(told(rules_alone(), "Ada Lund", goal), (0, 1));
    assert_eq!(told(&with_side, "Ada Lund", goal), (1, 0));
    assert_eq!(told(&with_side, "Canada Lundgren", goal), (0, 1));
    // only an office makes a government of it
    let duty = "Parliament has promised to cut emissions by 40% by 2041.";
    assert_eq!(told(&with_side, "Ada Lund of Halden", duty), (0, 1));
    assert_eq!(told(&with_side, "Storting of Norland", duty), (1, 0));
    let error = Rules::with("[side.norland]\nknown = []\n").expect_err("no such key").to_string();
    assert!(error.starts_with("line 2, column 1: ") && error.contains("`known-by`"), "{error}");
    assert!(error.ends_with("the line says `known = []`"), "{error}");
}

#[test]
fn the_page_of_docs_lists_every_rule() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/extract.md")).expect("the page");
    for rule in Rules::built_in().all() {
        let row = format!("| `{}` | {} | {} | {} |", rule.name, rule.class, rule.means, rule.tests.join(" "));
        assert!(page.contains(&row), "docs/extract.md lacks the row\n{row}");
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "We",
        "will",
        "reduce",
        "emissions",
        "by",
        "42",
        "%",
        "2030",
        "net-zero",
        "carbon neutral",
        "FY2030/31",
        "<p>",
        "</p>",
        "<nav>",
        "&amp;",
        "&#x110000;",
        "“",
        "’s",
        "CO₂",
        "\n\n",
        "- ",
        "|",
        "[x](",
        "U.S.",
        "1,000,000,000,000,000,000,000,000,000,000",
        "within",
        "99999999999",
        "years",
        "decade",
        "half of all",
        "electric vehicles",
        "\u{0}",
        "\u{202e}",
        "é",
        "。",
        "and",
        "from",
        "to",
        "2019",
        "levels",
        ".",
        ":",
        "tonnes",
        "of",
        "renewable",
        "electricity",
        "<s>",
        "</s>",
        "our",
        "target",
        "\r\n",
        "0.0000000000000000000000000000001",
        "million",
        "trillion",
        "double",
        "$",
        "*",
        "`",
        "```",
    ]);
    prop::collection::vec(prop_oneof![4 => words.prop_map(str::to_owned), 1 => any::<String>()], 0..60)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_ends_in_drafts_that_read(text in pieces(), date in prop::option::of("[0-9]{4}")) {
        for form in [Form::Plain, Form::Markdown, Form::Html] {
            let context = Context { organisation: vec!["Acme".to_owned()], speaker: None, date: date.as_deref().and_then(PartialDate::parse) };
            let found = extract(&text, form, &context, Rules::built_in());
            let archived = plain(&text, form);
            for proposal in found.proposals.iter().chain(&found.reported) {
                prop_assert!(text.get(proposal.bytes.clone()).is_some(), "{:?}", proposal.bytes);
                prop_assert!(archived.contains(&proposal.quote));
                prop_assert!(proposal.line <= text.matches('\n').count() + 1);
            }
            let chosen: Vec<_> = found.proposals.iter().map(|proposal| (proposal.clone(), false)).collect();
            let statement = StatementDraft { id: "s".to_owned(), keys: vec![("speaker", text.clone())] };
            let merged = merge(&Organisation { id: "acme".to_owned(), name: "Acme".to_owned() }, None, &statement, &chosen);
            prop_assert!(merged.is_ok(), "{merged:?}");
        }
    }
}

/// A number with a day is of emissions only where something says so.
#[test]
fn what_a_number_is_of_is_not_guessed() {
    for text in [
        "We will bring waiting times to zero by 2030.",
        "We will have 20% fewer staff by 2030.",
        "We aim for prices 30% lower by 2030 than in 2019.",
        "We will cut costs by 30% by 2030 from 2019.",
        "Our target is 37% less by 2031 from 2019.",
        "By 2030 we will have 15% lower turnover than in 2020.",
        "We will deliver parcels 20% faster by 2030 from a 2020 baseline.",
    ] {
        let found = read(text, Form::Plain, "Halden", "2023");
        assert!(found.proposals.is_empty(), "{text}: {:?}", goals(&found));
    }
    let found = read("Our carbon targets: Scopes 1 and 2: 37% by 2031.", Form::Plain, "Halden", "2023");
    assert_eq!(goals(&found), ["emissions-reduction 2031"]);
}
