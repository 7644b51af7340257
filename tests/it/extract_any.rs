//! Words of the rules in any order: whatever stands last, nothing panics.

use pledgebook::extract::{Context, Form, Rules, extract};
use pledgebook::model::date::PartialDate;
use proptest::prelude::*;

/// Every word that stands in a pattern, with what else a sentence has.
fn words() -> Vec<String> {
    let mut words: Vec<String> = Rules::built_in()
        .all()
        .iter()
        .flat_map(|rule| &rule.patterns)
        .flat_map(|pattern| pattern.split([' ', '|']))
        .map(|word| word.trim_matches(['?', '*']).to_owned())
        .filter(|word| !word.is_empty() && !word.starts_with(['$', '#', '@', '.']))
        .collect();
    let marks = [
        "2031",
        "40%",
        "$3 billion",
        "Norland",
        "Halden",
        "our",
        "their",
        "the",
        "them",
        "which",
        ",",
        ":",
        "\"",
        "(",
        "–",
    ];
    for _ in 0..40 {
        words.extend(marks.map(str::to_owned));
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn words_of_the_rules_in_any_order_are_read(
        picked in prop::collection::vec(any::<prop::sample::Index>(), 2..14),
        speaker in prop::sample::select(vec!["", "Halden", "Government of Norland", "Daily Ledger (news)", "Alder Bay, OR"]),
    ) {
        static WORDS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(words);
        let text = picked.iter().map(|at| at.get(&WORDS).as_str()).collect::<Vec<_>>().join(" ");
        let context = Context {
            organisation: vec!["Halden".to_owned()],
            speaker: Some(speaker.to_owned()).filter(|speaker| !speaker.is_empty()),
            date: PartialDate::parse("2022"),
        };
        let found = extract(&text, Form::Plain, &context, Rules::built_in());
        prop_assert!(found.proposals.iter().all(|proposal| text.contains(&proposal.quote)), "{}", text);
    }
}
