//! Single sentences: which hold a promise, and whose it is.

use pledgebook::extract::{Rules, sentences_io};

use crate::extract::{data, rules_alone};

/// The sentences written for these tests, in the scorer's format: by the rules, and
/// with what words weigh beside them.
#[test]
fn the_sentences_written_for_it_are_told_apart() {
    told_apart(rules_alone(), 0.95);
    told_apart(Rules::built_in(), 0.93);
}

fn told_apart(rules: &Rules, least: f64) {
    let (mut hit, mut wrong, mut missed) = (0, 0, 0);
    let mut faults = Vec::new();
    for line in data("sentences.jsonl").lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("a labelled sentence");
        let predicted: serde_json::Value =
            serde_json::from_str(&sentences_io::predict(rules, line).expect("an item")).expect("a prediction");
        let some = |value: &serde_json::Value| value["goals"].as_array().is_some_and(|goals| !goals.is_empty());
        match (some(&item), some(&predicted)) {
            (true, true) => hit += 1,
            (false, false) => {}
            (gold, _) => {
                *if gold { &mut missed } else { &mut wrong } += 1;
                faults.push(item["text"].to_string());
            }
        }
    }
    let f1 = 2.0 * f64::from(hit) / f64::from(2 * hit + wrong + missed);
    assert!(f1 >= least, "F1 {f1:.3}\n{}", faults.join("\n"));
}

/// Whose promise it is depends on who speaks; what is told, valued or explained is none.
#[test]
fn the_speaker_decides_whose_promise_it_is() {
    told("speakers.txt");
}

/// What governments promise is told from what parliaments, rivals and partners say.
#[test]
fn what_governments_promise_is_told_from_what_they_tell() {
    told("governments.txt");
}

/// What is to leave, be gone or be switched off is a goal, what has gone is none.
#[test]
fn what_leaves_or_is_switched_off_is_a_goal() {
    told("ends.txt");
}

/// What is promised in one form is promised in all, and what is none in one is none in
/// any, whatever the goal: every form of the table with every goal. The weights, which know
/// no forms, may misjudge one in two hundred.
#[test]
fn every_form_of_words_is_read_alike_with_every_goal() {
    let text = data("forms.txt");
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let part = |name: &'static str| {
        let after = lines.iter().skip_while(move |line| **line != name).skip(1);
        after.take_while(|line| !line.starts_with('['))
    };
    for (name, least) in [("[goals]", 15), ("[promises]", 40), ("[none]", 70)] {
        assert!(part(name).count() >= least, "{name} has {} lines", part(name).count());
    }
    let mut sentences = Vec::new();
    for (name, wanted) in [("[promises]", true), ("[none]", false)] {
        for (form, goal) in part(name).flat_map(|form| part("[goals]").map(move |goal| (form, goal))) {
            let [act, acting, thing] = goal.split(" | ").collect::<Vec<_>>()[..] else { panic!("{goal}") };
            let sentence = form.replace("{do}", act).replace("{doing}", acting).replace("{thing}", thing);
            sentences.push((sentence, wanted));
        }
    }
    for (by, rules, most) in [("rules", rules_alone(), 0), ("weights", Rules::built_in(), sentences.len() / 200)] {
        let wrong =
            |(sentence, wanted): &&(String, bool)| (found_by(rules, "Halden Foods", "report", sentence) > 0) != *wanted;
        let faults: Vec<&str> = sentences.iter().filter(wrong).map(|(sentence, _)| sentence.as_str()).collect();
        assert!(faults.len() <= most, "{by}: {} of them\n{}", faults.len(), faults.join("\n"));
    }
}

/// A table of speaker, kind of source, goals and sentence.
fn told(table: &str) {
    let text = data(table);
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    for (row, line) in rows.enumerate() {
        let parts: Vec<&str> = line.splitn(4, " | ").collect();
        let [speaker, kind, wanted, text] = parts[..] else { panic!("{table}, row {row}: {line}") };
        assert_eq!(found(speaker, kind, text).to_string(), wanted, "{speaker}: {text}");
    }
}

/// How many goals a sentence holds, said in 2009 by a speaker in a kind of source.
fn found(speaker: &str, kind: &str, text: &str) -> usize {
    found_by(rules_alone(), speaker, kind, text)
}

fn found_by(rules: &Rules, speaker: &str, kind: &str, text: &str) -> usize {
    let source = serde_json::json!({"speaker": speaker, "date": "2009", "type": kind});
    let line = serde_json::json!({"id": "x", "text": text, "source": source}).to_string();
    let line = sentences_io::predict(rules, &line).expect("an item");
    serde_json::from_str::<serde_json::Value>(&line).expect("a prediction")["goals"].as_array().map_or(0, Vec::len)
}

/// What is compared, restated or noted beside a goal is no second one.
#[test]
fn each_goal_has_its_topic_its_number_and_its_year() {
    for (speaker, kind, text, wanted) in READINGS {
        let source = serde_json::json!({"speaker": speaker, "date": "2022", "type": kind});
        let line = serde_json::json!({"id": "x", "text": text, "source": source}).to_string();
        let line = sentences_io::predict(rules_alone(), &line).expect("an item");
        let read: serde_json::Value = serde_json::from_str(&line).expect("a prediction");
        let goals: Vec<String> = read["goals"]
            .as_array()
            .expect("goals")
            .iter()
            .map(|goal| {
                let value = goal["target_value"].as_f64().map(|value| value.to_string());
                let year = goal["deadline"].as_str().map(str::to_owned);
                let kind = goal["kind"].as_str().map(str::to_owned);
                [kind, value, year].into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(goals, *wanted, "{text}");
    }
}

/// Speaker, kind of source, sentence, its goals.
const READINGS: &[(&str, &str, &str, &[&str])] = &[
    ("Halden Foods", "report", "We aim for 37% less salt in our soups by 2031.", &[]),
    ("Port Lunde", "pledge-record", "S1 and S2: 45% by 2031", &["emissions-reduction 45 2031"]),
    ("Port Lunde", "pledge-record", "from 30 to 45 per cent female managers by 2031", &[]),
    ("Norvik", "speech", "We will get this harbour to zero by 2044.", &[]),
    ("Norvik", "speech", "We will get accidents to zero by 2044.", &[]),
    (
        "Norland",
        "ndc",
        "Norland commits to emissions of no higher than 90 MtCO2e by 2031.",
        &["emissions-reduction 90 2031"],
    ),
    (
        "Halden Foods",
        "report",
        "By 2031 we will halve our food waste and run every oven on renewable electricity.",
        &["waste 50 2031", "renewable-electricity 100 2031"],
    ),
    (
        "Halden Foods",
        "report",
        "Cut water use per loaf to 0.6 litres by 2027 or a 40% cut on 2010.",
        &["water 0.6 2027"],
    ),
    (
        "Halden Foods",
        "report",
        "After beating our 30% water target two years early, we set a new target of a 45% cut in water use by 2029.",
        &["water 45 2029"],
    ),
    (
        "Halden Foods",
        "report",
        "Cut emissions by 44* percent by 2031 (2017 baseline).",
        &["emissions-reduction 44 2031"],
    ),
    (
        "Halden Foods",
        "report",
        "Cut scope 1 and 2 emissions by 35% and scope 3 emissions by 35% a loaf by 2032.",
        &["emissions-reduction 35 2032", "emissions-reduction 35 2032"],
    ),
    (
        "Halden Foods",
        "report",
        "We are committed to net zero by 2048, with interim targets in 2028 and 2036.",
        &["net-zero 2048"],
    ),
    ("Halden Foods", "report", "We aim to be a net zero energy company by 2041.", &["net-zero 2041"]),
    (
        "Halden Foods",
        "report",
        "Our goal is to build 3 GW of emissions-free capacity by 2028.",
        &["renewable-electricity 3 2028"],
    ),
    (
        "Halden Foods",
        "report",
        "Move 40% of our vehicle fleet to clean fuels by 2029, including all vans.",
        &["fleet-electrification 40 2029"],
    ),
    ("Halden Foods", "report", "Our hydrogen mill is on pace to make 200 TPD by 2026.", &["renewable-energy 200 2026"]),
    (
        "Halden Foods",
        "report",
        "As of 2021, we had cut our water use by 12% against a target of 22% by 2025.",
        &["water 22 2025"],
    ),
    (
        "Halden Foods",
        "report",
        "Draw 65% of our power from the sun by 2031, compared with 30% in 2021.",
        &["renewable-electricity 65 2031"],
    ),
    ("Halden Foods", "pledge-record", "We will cut our emissions to zero (p. 12, 2031).", &["net-zero"]),
    (
        "Halden Foods",
        "pledge-record",
        "Our goal of halving emissions by 2031 has been brought forward to 2028.",
        &["emissions-reduction 50 2028"],
    ),
    (
        "Halden Foods",
        "pledge-record",
        "The mills are already carbon neutral and the shops will follow by 2029.",
        &["carbon-neutral 2029"],
    ),
    (
        "Halden Foods",
        "pledge-record",
        "A plan for net zero by 2035 (sooner than our previous goal of net zero by 2042).",
        &["net-zero 2035"],
    ),
    (
        "Alder Bay, OR",
        "pledge-record",
        "The interim target is set to 3.4 tonnes per capita by 2031.",
        &["emissions-reduction 3.4 2031"],
    ),
    ("Alder Bay, OR", "pledge-record", "Zero waste by 2041 (85% diversion)", &["waste 2041"]),
    (
        "Alder Bay, OR",
        "pledge-record",
        "45% by 2031, 90% by 2048 below 2010 levels",
        &["emissions-reduction 45 2031", "emissions-reduction 90 2048"],
    ),
    ("Vendby", "pledge-record", "Cut emissions by 28% compared to BAU in 2031", &["emissions-reduction 28 2031"]),
    (
        "Government of Norrland",
        "ndc",
        "Norrland plans to cut emissions by 38% from the business-as-usual (BAU, 640 MtCO2e) level by 2031.",
        &["emissions-reduction 38 2031"],
    ),
    (
        "Government of Norrland",
        "ndc",
        "Lift the share of renewables in electricity generation from 9% in 2005 to 33% by 2031.",
        &["renewable-electricity 33 2031"],
    ),
    ("Government of Norrland", "ndc", "Cut losses in the grid to 7% by 2031.", &["energy-efficiency 7 2031"]),
    (
        "President of Norrland",
        "speech",
        "We will double our climate finance to over 700 million dollars by 2026, contributing to the 100 billion dollars promised.",
        &["finance 700000000 2026"],
    ),
];
