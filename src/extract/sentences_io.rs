//! Labelled sentences in, predictions out: for measuring, in the format of the
//! scorer, whose `kind` is our topic.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::goals::{Goal, read, to_weigh};
use super::rules::Rules;
use super::speaker::Speaker;
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

#[derive(Deserialize)]
struct Label {
    label: Yes,
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
    let mut goals = Vec::new();
    let mut before = None;
    for sentence in super::sentences::split(&item.text) {
        let text = &item.text[sentence];
        goals.extend(read(rules, text, before, said, &speaker).goals);
        before = Some(text);
    }
    let goals = goals.iter().map(predicted).collect();
    serde_json::to_string(&Prediction { id: item.id, goals })
}

/// What there is to weigh in one line of the labelled sentences, and whether its
/// label is `yes`.
pub(crate) fn labelled(rules: &Rules, line: &str) -> Result<(BTreeSet<String>, bool), serde_json::Error> {
    let item: Item = serde_json::from_str(line)?;
    let label: Label = serde_json::from_str(line)?;
    let source = item.source.unwrap_or_default();
    let (described, said) = source.described();
    let speaker = Speaker::new(rules, &[&described]);
    let mut before = None;
    let mut signs = BTreeSet::new();
    for sentence in super::sentences::split(&item.text) {
        let text = &item.text[sentence];
        signs.extend(to_weigh(rules, text, before, said, &speaker));
        before = Some(text);
    }
    Ok((signs, label.label == Yes::Yes))
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
