//! Proposals as records: the target form, title and id of each, and the TOML
//! that the reader takes as it stands. What the words do not say is not put in.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::document::Proposal;
use super::goals::{Direction, Due, Goal};
use crate::diag::{Finding, Level};
use crate::journal::quoted;
use crate::model::target::TargetForm;
use crate::model::topic::Topic;
use crate::parse::{read_promises, slug};

/// The statement that the drafts belong to.
#[derive(Debug, Clone, Default)]
pub struct StatementDraft {
    /// Its id.
    pub id: String,
    /// Keys and texts in the order of the docs; empty ones are left out.
    pub keys: Vec<(&'static str, String)>,
}

/// A proposal as a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Id within the organisation.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The form of the target; `done` has no number.
    pub form: TargetForm,
    /// The number that is judged.
    pub number: Option<Decimal>,
    /// The better end of a range.
    pub aim: Option<Decimal>,
    /// Unit of its own metric.
    pub unit: Option<String>,
    /// The year it counts from, where the target needs or names one.
    pub baseline: Option<i32>,
    /// In the grammar of deadlines.
    pub deadline: String,
    /// Deadline and number of each milestone, in the target's form.
    pub milestones: Vec<(String, Decimal)>,
    /// What a person should look at before accepting.
    pub note: Option<String>,
}

/// What the measured thing is usually counted in, for changes in per cent.
const fn natural_unit(topic: Topic) -> &'static str {
    match topic {
        Topic::EmissionsReduction
        | Topic::EmissionsIntensity
        | Topic::Methane
        | Topic::NetZero
        | Topic::CarbonNeutral => "t CO2e",
        Topic::EnergyEfficiency | Topic::RenewableElectricity | Topic::RenewableEnergy => "MWh",
        Topic::Water => "m3",
        Topic::Waste | Topic::Packaging | Topic::Circularity => "t",
        Topic::Finance => "money",
        _ => "units",
    }
}

struct Aimed {
    form: TargetForm,
    number: Option<Decimal>,
    aim: Option<Decimal>,
    unit: Option<String>,
    baseline: Option<i32>,
    note: Option<&'static str>,
}

/// The target form of a goal.
fn aimed(goal: &Goal) -> Aimed {
    let unit = goal.unit.clone();
    let plain =
        |form, number, aim, note| Aimed { form, number: Some(number), aim, unit: unit.clone(), baseline: None, note };
    let Some(value) = goal.value else { return without_number(goal) };
    let natural = Some(natural_unit(goal.topic).to_owned());
    let high = goal.high;
    match (unit.as_deref(), goal.change) {
        (Some("%"), true) if goal.baseline.is_some() && value > Decimal::ZERO => Aimed {
            form: TargetForm::ReduceByPercent,
            number: Some(value),
            aim: high,
            unit: natural,
            baseline: goal.baseline,
            note: None,
        },
        (Some("%"), true) => {
            let note = "the number is the change in per cent; the words name no year to compare with";
            plain(TargetForm::AtMost, -value, high.map(|high| -high), Some(note))
        }
        (Some("x"), true) if goal.baseline.is_some() && value > Decimal::ONE => {
            let percent = (value - Decimal::ONE) * Decimal::ONE_HUNDRED;
            Aimed {
                form: TargetForm::IncreaseByPercent,
                number: Some(percent),
                aim: None,
                unit: natural,
                baseline: goal.baseline,
                note: None,
            }
        }
        (Some("x"), true) => plain(
            TargetForm::AtLeast,
            value,
            high,
            Some("the number is a multiple; the words name no year to compare with"),
        ),
        (_, true) => plain(
            TargetForm::AtLeast,
            value,
            high,
            Some("the number is the size of the reduction, not the level to reach"),
        ),
        _ if goal.direction == Direction::Reduce => {
            // "45 to 50 Mt": the easier end is judged
            plain(TargetForm::AtMost, high.unwrap_or(value), high.map(|_| value), None)
        }
        _ => plain(TargetForm::AtLeast, value, high, None),
    }
}

fn without_number(goal: &Goal) -> Aimed {
    let state = matches!(goal.topic, Topic::NetZero | Topic::CarbonNeutral);
    let form = match goal.direction {
        Direction::Maintain if state => TargetForm::KeepAtMost,
        _ if state => TargetForm::AtMost,
        _ => TargetForm::Done,
    };
    Aimed {
        form,
        number: state.then_some(Decimal::ZERO),
        aim: None,
        unit: state.then(|| "t CO2e".to_owned()),
        baseline: None,
        note: (!state && goal.direction != Direction::Eliminate).then_some("the words name no number"),
    }
}

impl Record {
    /// The record of a proposal; `taken` are ids in use, to which its own is
    /// added. `fiscal`: whether the organisation's fiscal year is declared.
    pub fn of(proposal: &Proposal, taken: &mut BTreeSet<String>, fiscal: bool) -> Self {
        let goal = &proposal.goal;
        let aimed = aimed(goal);
        let title = title(goal);
        let base = slug(&match &goal.due {
            Some(due) => format!("{}-{}", goal.topic.name(), due.year),
            None => goal.topic.name().to_owned(),
        });
        let id = (1..)
            .map(|n: u32| if n == 1 { base.clone() } else { format!("{base}-{n}") })
            .find(|id| !taken.contains(id));
        let id = id.unwrap_or(base);
        taken.insert(id.clone());
        let signed = |milestone: &Goal| {
            milestone
                .value
                .map(|value| if aimed.number.is_some_and(|number| number.is_sign_negative()) { -value } else { value })
        };
        let usable =
            !aimed.form.is_keep() && aimed.form != TargetForm::Done && aimed.form != TargetForm::IncreaseByPercent;
        let milestones = proposal
            .milestones
            .iter()
            .filter(|_| usable)
            .filter_map(|milestone| Some((deadline(milestone.due.as_ref()?, fiscal), signed(milestone)?)))
            .collect();
        let mut notes: Vec<String> = aimed.note.iter().map(|note| (*note).to_owned()).collect();
        notes.extend(caveats(proposal, fiscal));
        Self {
            id,
            title,
            form: aimed.form,
            number: aimed.number,
            aim: aimed.aim,
            unit: aimed.unit,
            baseline: aimed.baseline.or(goal.baseline.filter(|_| aimed.form == TargetForm::Done)),
            deadline: goal.due.as_ref().map_or_else(|| "none".to_owned(), |due| deadline(due, fiscal)),
            milestones,
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        }
    }

    /// The target as an inline table.
    #[must_use]
    pub fn target(&self) -> String {
        let aim = self.aim.map(|aim| format!(", aim = {}", aim.normalize())).unwrap_or_default();
        format!("{{ {} }}", pair(self.form, self.number) + &aim)
    }
}

fn pair(form: TargetForm, number: Option<Decimal>) -> String {
    number.map_or_else(|| format!("{form} = true"), |number| format!("{form} = {}", number.normalize()))
}

fn deadline(due: &Due, fiscal: bool) -> String {
    if due.fiscal && fiscal && !due.deadline.contains('-') {
        return due.deadline.replace(&due.year.to_string(), &format!("FY{}", due.year));
    }
    due.deadline.clone()
}

/// What a person should know before accepting.
fn caveats(proposal: &Proposal, fiscal: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(due) = &proposal.goal.due {
        if due.fiscal && !fiscal {
            notes.push(format!(
                "the words say a fiscal year ({}); declare `fiscal-year` and write FY{}",
                due.words, due.year
            ));
        }
        if due.relative {
            notes.push(format!("the year is counted from the statement's date ({})", due.words));
        }
    }
    if let Some(lead) = &proposal.lead {
        notes.push(format!("said under: {lead}"));
    }
    notes
}

/// A short title out of the goal's own parts.
fn title(goal: &Goal) -> String {
    let what = match goal.topic {
        Topic::CarbonNeutral => "Carbon neutral".to_owned(),
        Topic::NetZero => "Net zero".to_owned(),
        topic => {
            let name = topic.name().replace('-', " ");
            let name = if topic == Topic::EmissionsReduction { "emissions".to_owned() } else { name };
            let number = goal.value.map(|value| value.normalize().to_string());
            match (number, goal.unit.as_deref()) {
                (Some(number), Some("%")) if goal.change => format!("{number}% less: {name}"),
                (Some(number), Some("%")) => format!("{number}% {name}"),
                (Some(number), Some("x")) => format!("{number} times the {name}"),
                (Some(number), Some(unit)) => format!("{number} {unit}: {name}"),
                _ if goal.direction == Direction::Eliminate => format!("An end to: {name}"),
                _ => {
                    let mut letters = name.chars();
                    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
                }
            }
        }
    };
    goal.due.as_ref().map_or(what.clone(), |due| format!("{what} by {}", due.deadline))
}

/// The `[[statement]]` block.
#[must_use]
pub fn statement_toml(statement: &StatementDraft) -> String {
    let mut out = format!("[[statement]]\nid = {}\n", quoted(&statement.id));
    for (key, text) in statement.keys.iter().filter(|(_, text)| !text.is_empty()) {
        out.push_str(&format!("{key} = {}\n", quoted(text)));
    }
    out
}

/// One `[[commitment]]` block, marked as a draft unless a person accepted it.
#[must_use]
pub fn commitment_toml(proposal: &Proposal, record: &Record, statement: &str, draft: bool) -> String {
    let goal = &proposal.goal;
    let words = goal.due.as_ref().map(|due| format!("; due: {}", due.words)).unwrap_or_default();
    let words = words + &goal.committer.as_ref().map(|name| format!("; committer: {name}")).unwrap_or_default();
    let place = format!(
        "# line {}, bytes {}..{}{words}; rules: {}\n",
        proposal.line,
        proposal.bytes.start,
        proposal.bytes.end,
        goal.reasons()
    );
    // a comment is one line whatever the words are
    let mut out: String = place.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    out.push_str("[[commitment]]\n");
    let mut line = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
    line("id", quoted(&record.id));
    line("title", quoted(&record.title));
    line("statement", quoted(statement));
    line("quote", quoted(&proposal.quote));
    line("topic", quoted(goal.topic.name()));
    if let Some(unit) = &record.unit {
        line("unit", quoted(unit));
    }
    if goal.topic.is_net() && record.form != TargetForm::Done {
        line("measures", quoted("net"));
    }
    if let Some(year) = record.baseline {
        line("baseline", format!("{{ period = \"{year}\" }}"));
    }
    line("target", record.target());
    line("deadline", quoted(&record.deadline));
    if !record.milestones.is_empty() {
        let list: Vec<String> = record
            .milestones
            .iter()
            .map(|(due, number)| format!("{{ deadline = {}, {} }}", quoted(due), pair(record.form, Some(*number))))
            .collect();
        line("milestones", format!("[{}]", list.join(", ")));
    }
    if !goal.scopes.is_empty() {
        line("scopes", format!("{:?}", goal.scopes));
    }
    line("strength", quoted(goal.strength.name()));
    if draft {
        line("draft", "true".to_owned());
    }
    if let Some(note) = &record.note {
        line("note", quoted(note));
    }
    out
}

/// Reads a file of promises back; the errors that the reader finds in it.
#[must_use]
pub fn faults(organisation: &str, text: &str) -> Vec<Finding> {
    let read = read_promises(organisation, &format!("{organisation}.toml"), text);
    read.findings.into_iter().filter(|finding| finding.level == Level::Error).collect()
}
