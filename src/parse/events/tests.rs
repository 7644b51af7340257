#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use toml::de::DeTable;

use super::super::tree::Table;
use super::read;

/// Whether the fast way answers; what it answers is what the parser says, to
/// the last place.
fn answers(text: &str) -> bool {
    let Some(fast) = read(text) else { return false };
    let (slow, errors) = DeTable::parse_recoverable(text);
    assert!(errors.is_empty(), "{text:?}: {errors:?}");
    // Not `==`, which would leave places out.
    assert_eq!(format!("{fast:?}"), format!("{:?}", Table::from(slow.into_inner())), "{text:?}");
    true
}

const FULL: &str = r#"# figures of one organisation
[[progress]]
metric = "renewable-share"           # with a remark
period = "FY2023/24"
value = -12.40
unit = "%"
reported = "2024-04-08"
source = { title = "ESG \"Report\" 2023", url = 'https://example.org/a', copy-url = "b", page = "7", note = "é" }
recorded = 2024-05-02
restates = true
assurance = "limited"
gross = 1_000
offsets = 5e3
bound = "at-most"
break = false
confidence = "low"
note = """
two
lines"""
author = "me"

[[progress]]
commitment = "green"
period = 2023-01-01
no-disclosure = true
"#;

#[test]
fn answers_for_the_ordinary_forms() {
    let promises = "[organisation]\nname = \"A\"\nfiscal-year = { ends = \"03-31\", named-by = \"start\" }\n\n[[commitment]]\nid = \"a\"\nscopes = [1, 2]\n\
                    milestones = [\n  { deadline = \"2026\", at-least = 6 }, # first\n]\n\n[[commitment.amendment]]\ndate = \"2025\"\n\n[[commitment.amendment]]\n\
                    date = \"2026\"\n\n[[commitment]]\nid = \"b\"\n";
    let inline = "progress = [{ metric = \"a\", period = \"2020\", value = 0x1F }]\n";
    for text in [FULL, promises, inline, "", "# nothing\n", "a = 1"] {
        assert!(answers(text), "{text}");
        assert!(answers(&text.replace('\n', "\r\n")), "{text}");
        assert!(answers(&format!("\u{feff}{text}")), "{text}");
    }
}

#[test]
fn gives_way_where_it_would_have_to_guess() {
    for text in [
        "a.b = 1\n",
        "a = 1\na = 2\n",
        "a = { b = 1, b = 2 }\n",
        "a = { b.c = 1 }\n",
        "[a]\n[a]\n",
        "[a.b]\n",
        "[[a]]\n[a.b]\n",
        "[a]\n[[a.b]]\n",
        "[[a.b]]\n",
        "[[a]]\n[[b]]\n[[a.c]]\n",
        "[[a]]\nb = []\n[[a.b]]\n",
        "a = []\n[[a]]\n",
        "[[a.b.c]]\n",
        "a = 2023-02-29\n",
        "a = 1 b = 2\n",
        "a = \"\u{1}\"\n",
        "a = \"\\q\"\n",
        "a = \"\n",
        "# \u{1}\na = 1\n",
        "a = 1\rb = 2\n",
        "= 1\n",
        "ä = 1\n",
        "[a\n",
        "a = 1__0\n",
        "a = 01\n",
        "a = [[[[[[[[[1]]]]]]]]]\n",
    ] {
        assert!(!answers(text), "{text:?}");
    }
}

#[test]
fn answers_for_every_file_of_the_shipped_book() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("commitments");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            assert!(answers(&std::fs::read_to_string(&path).unwrap()), "{}", path.display());
        }
    }
}

/// Lines of a progress file, right and wrong, ordinary and odd.
fn line() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        8 => prop::sample::select(vec![
            "metric", "commitment", "period", "value", "unit", "reported", "source", "recorded", "restates", "note",
        ])
        .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\"value\"", "'note'", "a.b", "a . b", "", "1", "é", "\"\\u0061\"", "note note"])
            .prop_map(str::to_owned),
    ];
    let value = prop_oneof![
        8 => prop::sample::select(vec![
            "\"renewable-share\"", "\"2023\"", "12.4", "-0.5", "1_000", "5e3", "2024-05-02", "true", "false",
            "{ title = \"T\", url = \"u\" }", "{}", "[]", "[1, 2,]", "'literal'", "\"\"", "\"é \\\" \\u00e9\"", "0x1F", "inf",
        ])
        .prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "", "1.", ".5", "01", "\"open", "{ a = 1", "{ a = 1, a = 2 }", "{ a.b = 1 }", "2024-13-01", "2024-05-02T10:00:00Z",
            "2024-05-02 10:00", "10:00", "\"\"\"x\"\"\"", "'''y'''", "tru", "[1 2]", "[[1], {a = 2}]", "\"\\x\"", "+-1", "1__0", "= 2",
        ])
        .prop_map(str::to_owned),
        1 => "[ -~é\u{1}\t]{0,12}",
    ];
    let pair = (key, value, prop::sample::select(vec!["", " # remark", " #\u{7f}", "\t", " x", "\r"]))
        .prop_map(|(key, value, end)| format!("{key} = {value}{end}"));
    let other = prop::sample::select(vec![
        "[[progress]]",
        "[[progress]]",
        "[[progress]]",
        "[[commitment]]",
        "[[commitment.amendment]]",
        "[[progress.commitment]]",
        "[organisation]",
        "[progress]",
        "[a.b]",
        "[[ progress ]]",
        "[[\"progress\"]]",
        "[[progress]",
        "[ [progress]]",
        "[[progress]] # x",
        "",
        "# remark",
        "\u{feff}",
        "]",
        "{",
        "a",
    ])
    .prop_map(str::to_owned);
    prop_oneof![5 => pair, 2 => other]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_as_the_parser_or_not_at_all(lines in prop::collection::vec(line(), 0..12), end in prop::sample::select(vec!["\n", "\r\n"])) {
        answers(&lines.join(end));
    }

    #[test]
    fn a_broken_file_is_never_half_believed(at in 0..FULL.len(), length in 0..4_usize, put in "[\\[\\]{}=\"'\\\\.,#\r\n\u{0}a1_ -]{0,3}") {
        let (from, to) = (at, (at + length).min(FULL.len()));
        if FULL.is_char_boundary(from) && FULL.is_char_boundary(to) {
            answers(&format!("{}{put}{}", &FULL[..from], &FULL[to..]));
        }
    }
}
