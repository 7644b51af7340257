//! Labelled sentences in, predictions out: for measuring, in the format of the
//! scorer, whose `kind` is our topic.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::goals::{Goal, ToWeigh, read, to_weigh};
use super::rules::Rules;
use super::speaker::Speaker;
use super::weights::read_as;
use crate::model::date::PartialDate;
use crate::model::topic::Topic;

#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    source: Option<Source>,
}

#[derive(Deserialize, Default)]
struct Source {
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    date: Option<String>,
    /// What sort of text it is: `news` is a reporter's.
    #[serde(default, rename = "type")]
    sort: Option<String>,
}

impl Source {
    /// Who speaks, as one description, and when.
    fn described(&self) -> (String, Option<PartialDate>) {
        let mut described = self.speaker.clone().unwrap_or_default();
        if self.sort.as_deref() == Some("news") {
            described.push_str(" (news)");
        }
        (described, self.date.as_deref().and_then(PartialDate::parse))
    }
}

/// What a labelled sentence says of itself.
#[derive(Deserialize)]
struct Label {
    label: Yes,
    /// Its goals; absent, all that could be one is as the label says.
    goals: Option<Vec<Told>>,
    /// What the rules read of each goal before they were mended for this sentence.
    read: Option<Vec<String>>,
}

/// A goal as somebody labelled it.
#[derive(Deserialize)]
struct Told {
    kind: String,
    #[serde(default)]
    kind_alt: Vec<String>,
    target_value: Option<f64>,
    target_value_max: Option<f64>,
    #[serde(default)]
    target_value_alt: Vec<f64>,
    deadline: Option<ToldDeadline>,
}

#[derive(Deserialize)]
struct ToldDeadline {
    year: Option<i32>,
}

impl Told {
    /// How much of it a goal is: of topic, year and value, how many.
    fn likeness(&self, goal: &Goal) -> u8 {
        let kind = kind(goal.topic).name();
        let same_kind = kind == self.kind || self.kind_alt.iter().any(|other| other == kind);
        let same_year = goal.due.as_ref().map(|due| due.year) == self.deadline.as_ref().and_then(|due| due.year);
        let values = || self.target_value.iter().chain(&self.target_value_max).chain(&self.target_value_alt);
        let end_state = matches!(self.kind.as_str(), "net-zero" | "carbon-neutral");
        let same_value = end_state
            || match goal.value.map(crate::model::number::to_f64) {
                Some(value) => values().any(|told| (told - value).abs() < 1e-6 * value.abs().max(1.0)),
                None => self.target_value.is_none(),
            };
        u8::from(same_kind) + u8::from(same_year) + u8::from(same_value)
    }
}

/// Which of all that could be goals are what a sentence is labelled to hold: those with its
/// topic, year and value; where none has all three, those with two.
fn promised(label: &Label, all: &[ToWeigh]) -> Vec<bool> {
    let yes = label.label == Yes::Yes;
    let Some(told) = &label.goals else { return vec![yes; all.len()] };
    let mut promised = vec![false; all.len()];
    for told in told.iter().filter(|_| yes) {
        let likeness = |goal: &ToWeigh| goal.goals.iter().map(|goal| told.likeness(goal)).max().unwrap_or(0);
        let alike: Vec<u8> = all.iter().map(|goal| if goal.fit { likeness(goal) } else { 0 }).collect();
        let most = alike.iter().copied().max().unwrap_or(0);
        for (promised, _) in promised.iter_mut().zip(&alike).filter(|(_, like)| **like == most && most > 1) {
            *promised = true;
        }
    }
    promised
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Yes {
    Yes,
    No,
}

#[derive(Serialize)]
struct Prediction {
    id: String,
    goals: Vec<Predicted>,
    /// What the rules by themselves read of all that could be a goal, in order.
    read: Vec<&'static str>,
}

#[derive(Serialize)]
struct Predicted {
    kind: &'static str,
    deadline: Option<String>,
    target_value: Option<f64>,
    target_unit: Option<String>,
    baseline_year: Option<i32>,
    committer: String,
}

/// The kinds of the labelled sentences are fourteen; the finer topics fall
/// under them.
#[must_use]
pub fn kind(topic: Topic) -> Topic {
    match topic {
        Topic::EmissionsIntensity | Topic::Methane => Topic::EmissionsReduction,
        Topic::FossilPhaseOut | Topic::Social | Topic::Governance => Topic::Other,
        Topic::Packaging => Topic::Circularity,
        Topic::Deforestation => Topic::Biodiversity,
        other => other,
    }
}

/// Reads one line of the labelled sentences and writes one of predictions.
///
/// # Errors
/// When the line is not a JSON object with an `id`.
pub fn predict(rules: &Rules, line: &str) -> Result<String, serde_json::Error> {
    let item: Item = serde_json::from_str(line)?;
    let source = item.source.unwrap_or_default();
    let (described, said) = source.described();
    let speaker = Speaker::new(rules, &[&described]);
    let (mut goals, mut weighed) = (Vec::new(), Vec::new());
    let mut before = None;
    for sentence in super::sentences::split(&item.text) {
        let text = &item.text[sentence];
        goals.extend(read(rules, text, before, said, &speaker).goals);
        weighed.extend(to_weigh(rules, text, before, said, &speaker));
        before = Some(text);
    }
    let goals = goals.iter().map(predicted).collect();
    let read = weighed.iter().map(|goal| goal.read).collect();
    serde_json::to_string(&Prediction { id: item.id, goals, read })
}

/// What there is to weigh of each goal in one line of the labelled sentences, and whether
/// it is promised.
pub(crate) fn labelled(rules: &Rules, line: &str) -> Result<Vec<(BTreeSet<String>, bool)>, serde_json::Error> {
    let item: Item = serde_json::from_str(line)?;
    let label: Label = serde_json::from_str(line)?;
    let source = item.source.unwrap_or_default();
    let (described, said) = source.described();
    let speaker = Speaker::new(rules, &[&described]);
    let mut before = None;
    let mut all = Vec::new();
    for sentence in super::sentences::split(&item.text) {
        let text = &item.text[sentence];
        all.extend(to_weigh(rules, text, before, said, &speaker));
        before = Some(text);
    }
    let read = label.read.as_ref().filter(|read| read.len() == all.len());
    let promised = promised(&label, &all);
    let one = |(at, mut goal): (usize, ToWeigh)| {
        goal.signs.extend(read.iter().map(|read| read_as(&read[at], goal.own_side)));
        (goal.signs, promised[at])
    };
    Ok(all.into_iter().enumerate().filter(|(_, goal)| goal.fit).map(one).collect())
}

fn predicted(goal: &Goal) -> Predicted {
    Predicted {
        kind: kind(goal.topic).name(),
        deadline: goal.due.as_ref().map(|due| due.year.to_string()),
        target_value: goal.value.map(crate::model::number::to_f64),
        target_unit: goal.unit.clone(),
        baseline_year: goal.baseline,
        committer: goal.committer.clone().unwrap_or_else(|| "speaker".to_owned()),
    }
}
