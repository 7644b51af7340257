//! What words weigh beside the rules.

use pledgebook::cli::extract::{Args, Format};
use pledgebook::extract::{Context, Extraction, Form, Rules, extract, weigh};
use pledgebook::model::date::PartialDate;
use proptest::prelude::*;

use crate::extract::rules_alone;

fn read(rules: &Rules, text: &str) -> Extraction {
    let context = Context { organisation: vec!["Halden".to_owned()], speaker: None, date: PartialDate::parse("2022") };
    extract(text, Form::Plain, &context, rules)
}

/// A table of its own: one word decides.
fn rules(weights: &str) -> Rules {
    Rules::with(&format!("[evidence]\nstart = 0.0\n[evidence.words]\n{weights}\n")).expect("a table")
}

/// Rules left out as a demand, rules promised, somebody else's.
const CALL: &str = "Our farms need to cut their waste by 40% by 2031.";
const PROMISE: &str = "We will cut our waste by 40% by 2031.";
const OTHERS: &str = "Norvik Shipping will cut its waste by 40% by 2031.";

#[test]
fn a_clear_sum_decides_against_the_rules_and_says_so() {
    assert!(read(rules_alone(), CALL).proposals.is_empty());
    let found = read(&rules("farms = 1.6"), CALL);
    assert_eq!(found.proposals.len(), 1, "{found:?}");
    let goal = &found.proposals[0].goal;
    let reasons = goal.reasons();
    assert!(reasons.contains("evidence +0.1 (farms +1.60, read:call own-side -1.50)"), "{reasons}");

    assert_eq!(read(rules_alone(), PROMISE).proposals.len(), 1);
    let found = read(&rules("waste = -1.5"), PROMISE);
    assert!(found.proposals.is_empty(), "{found:?}");
    let evidence = found.rejected[0].reasons[0].evidence.as_ref().expect("what it weighs");
    let heaviest = [("waste".to_owned(), -1.5), ("read:promise own-side".to_owned(), 0.9)];
    assert_eq!((evidence.sum, evidence.heaviest.as_slice()), (-0.6, heaviest.as_slice()));
}

#[test]
fn what_is_not_clear_is_left_to_the_rules() {
    for weight in ["0.4", "-0.8"] {
        let rules = rules(&format!("waste = {weight}"));
        assert_eq!(read(&rules, PROMISE), read(rules_alone(), PROMISE), "{weight}");
        assert_eq!(read(&rules, CALL), read(rules_alone(), CALL), "{weight}");
    }
}

/// A table that says what readings weigh has the last word on them, too.
#[test]
fn how_far_the_rules_are_trusted_is_a_weight() {
    let with =
        |weight: &str| Rules::with(&format!("[evidence]\nstart = 0.0\n[evidence.signs]\n{weight}\n")).expect("a table");
    assert_eq!(read(&with("\"read:promise own-side\" = 0.1"), PROMISE).proposals.len(), 1);
    let found = read(&with("\"read:promise own-side\" = -0.1"), PROMISE);
    let evidence = found.rejected[0].reasons[0].evidence.as_ref().expect("what it weighs");
    assert_eq!(evidence.to_string(), "-0.1 (read:promise own-side -0.10)");
    let they = "They will cut their waste by 40% by 2031.";
    assert_eq!(read(rules_alone(), they).reported.len(), 1);
    assert_eq!(read(&with("\"read:reported\" = 0.1"), they).proposals.len(), 1);
    // whoever is named promises for himself, whatever it weighs
    let named = with("\"read:reported\" = 9.0\n\"read:reported named\" = 9.0");
    assert_eq!(read(&named, OTHERS).reported.len(), 1);
}

/// Two goals in a sentence: each is weighed by what stands around it.
#[test]
fn each_goal_of_a_sentence_weighs_by_itself() {
    let both = "We will cut our waste by 40% by 2031 and plant 3 million trees by 2034.";
    assert_eq!(read(rules_alone(), both).proposals.len(), 2);
    let rules = Rules::with("[evidence]\nstart = 0.0\n[evidence.signs]\n\"before:and\" = -2.0\n").expect("a table");
    let found = read(&rules, both);
    assert_eq!(found.proposals.len(), 1, "{found:?}");
    assert_eq!(found.proposals[0].goal.topic.name(), "waste");
}

#[test]
fn whose_a_promise_is_words_alone_do_not_decide() {
    let found = read(&rules("waste = 5.0"), OTHERS);
    assert!(found.proposals.is_empty(), "{found:?}");
    assert_eq!(found.reported.len(), 1);
}

#[test]
fn a_question_and_a_text_without_a_goal_are_none_whatever_they_weigh() {
    for text in ["Will we cut our waste by 40% by 2031?", "Waste is a matter of 40 people."] {
        assert!(read(&rules("waste = 9.0"), text).proposals.is_empty(), "{text}");
    }
}

/// Demands on others, forecasts, conditions: with the built-in weights as without.
#[test]
fn what_others_must_do_or_we_might_is_no_promise() {
    for text in [
        "We call on all governments to reach net zero by 2050.",
        "The world needs to cut emissions by 43% by 2030.",
        "We urge developed countries to phase out coal by 2030.",
        "We need every country to commit to net zero by 2050.",
        "Global emissions must fall by 45% by 2030 to keep 1.5 degrees alive.",
        "With the right policies, the industry could cut its emissions by 70% by 2040.",
        "If governments act, renewable power could meet 80% of demand by 2035.",
        "Net zero means that emissions are cut by 90% by 2050.",
        "The plant will produce 300 MW of clean power by 2027.",
        "Our customers could save up to 30% of their energy by 2030.",
        "Water demand is projected to exceed supply by 40% by 2030.",
        "We believe the sector can reach net zero by 2050.",
        "We could cut our emissions by 30% by 2030 with more support.",
        "We may reach net zero by 2045 if technology allows.",
        "We are studying whether we can reach net zero by 2045.",
        "Without these steps our water use would rise by 25% by 2030.",
    ] {
        let found = read(Rules::built_in(), text);
        assert!(found.proposals.is_empty(), "{text}: {}", found.proposals[0].goal.reasons());
    }
}

#[test]
fn weights_are_learned_from_labelled_sentences() {
    let line = |text: &str, label: &str| serde_json::json!({"id": "x", "text": text, "label": label}).to_string();
    let lines: Vec<String> = (0..40)
        .map(|number| match number % 2 {
            0 => line(&format!("Verily we cut waste by {number}% by 2031."), "yes"),
            _ => line(&format!("Perchance we cut waste by {number}% by 2031."), "no"),
        })
        .collect();
    let table = weigh(rules_alone(), lines.iter().map(String::as_str)).expect("labelled sentences");
    let again = weigh(rules_alone(), lines.iter().map(String::as_str)).expect("labelled sentences");
    assert_eq!(table, again);
    let weight = |word: &str| {
        let row = table.lines().find_map(|row| row.strip_prefix(&format!("\"{word}\" = "))).expect("a row");
        row.parse::<f64>().expect("a weight")
    };
    assert!(weight("verily") > 0.2 && weight("perchance") < -0.2, "{table}");
    assert!(!table.contains("\"waste\""), "it stands in all of them: {table}");
    Rules::with(&table).expect("the table is a rules file");
}

#[test]
fn a_line_without_a_label_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("labelled.jsonl");
    let good = r#"{"id": "a", "text": "We will cut waste by 40% by 2031.", "label": "yes"}"#;
    std::fs::write(&path, format!("{good}\n\n{{\"id\": \"b\", \"text\": \"x\", \"label\": \"perhaps\"}}\n"))
        .expect("written");
    let args = Args { weigh: vec![path], format: Format::Toml, ..Args::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let fault = pledgebook::cli::extract::run(&args, folder.path(), None, &mut out, &mut err).expect_err("no label");
    let text = fault.to_string();
    assert!(text.contains("labelled.jsonl`, line 3") && text.contains("perhaps"), "{text}");
    assert!(out.is_empty());
}

#[test]
fn too_few_labels_and_weights_that_are_no_numbers_are_refused() {
    let line = r#"{"id": "a", "text": "We will cut waste by 40% by 2031.", "label": "yes"}"#;
    let error = weigh(rules_alone(), std::iter::repeat_n(line, 30)).expect_err("all alike").to_string();
    assert!(error.contains("30 are labelled as promised and 0 as not"), "{error}");
    for weight in ["nan", "inf"] {
        let text = format!("[evidence]\nstart = 0.0\n[evidence.words]\nwaste = {weight}\n");
        let error = Rules::with(&text).expect_err("no number").to_string();
        assert!(error.contains("`waste`") && error.contains("finite"), "{error}");
    }
}

proptest! {
    /// Whatever the weights, nothing is found that has no target, and nothing panics.
    #[test]
    fn any_weights_will_do(weight in -9.0_f64..9.0, start in -9.0_f64..9.0) {
        let rules = Rules::with(&format!("[evidence]\nstart = {start}\n[evidence.words]\nwaste = {weight}\n")).expect("a table");
        for text in [CALL, PROMISE, OTHERS] {
            let found = read(&rules, text);
            let all = found.proposals.len() + found.reported.len() + found.rejected.len();
            prop_assert_eq!(all, 1, "{}", text);
        }
    }
}
