//! Goals of a sentence: heads with their deadlines, baselines and committers.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::date::{Date, Op, Role};
use super::evidence::{of_goal, signs};
use super::heads::{Head, Parts, Shape};
use super::judge::{Judged, judge, weigh};
use super::link::{baseline, link, scopes};
use super::openers::opened;
use super::pointing::pointed;
use super::quantity::Sort;
use super::rules::{Class, Rules};
use super::speaker::Speaker;
use super::subject::Party;
use super::token::tokens;
use super::verdict::Verdict;
use super::weights::Weighed;
use crate::model::commitment::Strength;
use crate::model::date::PartialDate;
use crate::model::topic::Topic;

/// Which way the number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Less of it.
    Reduce,
    /// More of it, or all of it.
    Reach,
    /// None of it.
    Eliminate,
    /// As it is.
    Maintain,
}

/// When a goal is due, and the words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// In the grammar of deadlines: `2030`, `before 2060`.
    pub deadline: String,
    /// The year named.
    pub year: i32,
    /// The words.
    pub words: String,
    /// The text speaks of a fiscal year.
    pub fiscal: bool,
    /// The statement's date was needed to tell it.
    pub relative: bool,
}

/// One goal: a target and its deadline.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What it is about.
    pub topic: Topic,
    /// Which way.
    pub direction: Direction,
    /// The number, where there is one.
    pub value: Option<Decimal>,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    /// The number's unit.
    pub unit: Option<String>,
    /// Whether the number is a change against a baseline.
    pub change: bool,
    /// When it is due.
    pub due: Option<Due>,
    /// The year it counts from.
    pub baseline: Option<i32>,
    /// Scopes of the GHG Protocol.
    pub scopes: Vec<u8>,
    /// Who commits, as named; `None` is the speaker.
    pub committer: Option<String>,
    /// How strong the words are.
    pub strength: Strength,
    /// Names of the rules that matched.
    pub rules: Vec<String>,
    /// What the words weigh, where that decided and not a rule.
    pub evidence: Option<Weighed>,
}

impl Goal {
    /// The rules that matched and what words weigh, in a line.
    #[must_use]
    pub fn reasons(&self) -> String {
        let evidence = self.evidence.iter().map(|evidence| format!("evidence {evidence}"));
        self.rules.iter().cloned().chain(evidence).collect::<Vec<String>>().join(", ")
    }
}

/// A head that is no promise, with the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Why, as a class.
    pub class: Class,
    /// The rule.
    pub rule: Option<String>,
    /// What the words weigh, where that decided.
    pub evidence: Option<Weighed>,
}

/// What a sentence holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The speaker's goals.
    pub goals: Vec<Goal>,
    /// Goals of others.
    pub reported: Vec<Goal>,
    /// What looked like a goal and is none.
    pub left_out: Vec<LeftOut>,
}

/// Reads one sentence; `before` is the one before it, for what "that share" is of.
pub(crate) fn read(
    rules: &Rules,
    text: &str,
    before: Option<&str>,
    said: Option<PartialDate>,
    speaker: &Speaker<'_>,
) -> Reading {
    let lower = text.to_ascii_lowercase();
    let parts = taken_apart(rules, text, &lower, before, said);
    let heads = parts.heads();
    let mut reading = Reading::default();
    let dates: Vec<Vec<&Date>> = link(&parts, &heads);
    let mut judged = judge(&parts, &heads, &dates, said, speaker);
    weigh(&parts, &heads, &dates, &mut judged, speaker);
    for (index, (head, judged)) in heads.iter().zip(judged).enumerate() {
        let due = &dates[index];
        let name = |rule: Option<usize>| rule.map(|rule| rules.all()[rule].name.clone());
        let (rule, party, own) = match judged.verdict {
            Verdict::Promised { rule, party } => (rule, party, true),
            Verdict::Reported { rule, party } => (rule, party, false),
            Verdict::Not { class, rule } => {
                reading.left_out.push(LeftOut { class, rule: name(rule), evidence: judged.evidence });
                continue;
            }
        };
        if !judged.fit {
            continue;
        }
        let from = index.checked_sub(1).map_or(0, |before| heads[before].end);
        let to = heads.get(index + 1).map_or(parts.tokens.len(), |next| next.start);
        let scopes = scopes(&parts, head, from.min(head.start), to.max(head.end));
        for date in made(due) {
            let mut goal = goal(&parts, text, head, date, rule, &party, scopes.clone());
            goal.evidence.clone_from(&judged.evidence);
            let list = if own { &mut reading.goals } else { &mut reading.reported };
            // "30% of our land and 30% of our seas" are two
            let apart = matches!(head.shape, Shape::Value(_)) && matches!(parts.word(head.end), "of" | "in");
            add(list, goal, apart);
        }
    }
    kept(&parts, text, speaker, &heads, &mut reading);
    reading
}

/// A sentence taken apart; `lower` is the same text in ASCII lower case.
fn taken_apart<'s>(
    rules: &'s Rules,
    text: &'s str,
    lower: &'s str,
    before: Option<&str>,
    said: Option<PartialDate>,
) -> Parts<'s> {
    let mut parts = Parts::new(rules, opened(rules, tokens(text, lower)), said);
    if parts.topics.is_empty() {
        parts.topics.extend(pointed(rules, &parts.tokens, &parts.quantities, before));
    }
    parts
}

/// What there is to weigh of a goal.
pub(crate) struct ToWeigh {
    /// Its signs and those of its sentence, apart from what the rules read.
    pub(crate) signs: BTreeSet<String>,
    /// The sentence speaks of the speaker and of nobody else.
    pub(crate) own_side: bool,
    /// Whether it can be a goal at all.
    pub(crate) fit: bool,
    /// What the rules by themselves read of it: `promise`, `reported` or a class.
    pub(crate) read: &'static str,
    /// The goals that it would make, one a deadline.
    pub(crate) goals: Vec<Goal>,
}

/// What there is to weigh in one sentence, goal by goal.
pub(crate) fn to_weigh(
    rules: &Rules,
    text: &str,
    before: Option<&str>,
    said: Option<PartialDate>,
    speaker: &Speaker<'_>,
) -> Vec<ToWeigh> {
    let lower = text.to_ascii_lowercase();
    let parts = taken_apart(rules, text, &lower, before, said);
    let heads = parts.heads();
    let dates: Vec<Vec<&Date>> = link(&parts, &heads);
    let of_sentence = signs(&parts, &heads, speaker);
    let one = |(at, judged): (usize, Judged)| {
        let (head, due) = (&heads[at], &dates[at]);
        let goals = made(due).map(|date| goal(&parts, text, head, date, None, &Party::Nobody, Vec::new())).collect();
        ToWeigh {
            signs: &of_sentence | &of_goal(&parts, head, due, speaker),
            own_side: parts.is_own_side(speaker),
            fit: judged.fit,
            read: judged.verdict.name(),
            goals,
        }
    };
    judge(&parts, &heads, &dates, said, speaker).into_iter().enumerate().map(one).collect()
}

/// One goal for each date, or one without.
fn made<'d>(due: &'d [&'d Date]) -> impl Iterator<Item = Option<&'d Date>> {
    due.iter().map(|date| Some(*date)).chain(due.is_empty().then_some(None))
}

/// The same end state twice in a sentence is one goal: the dated one.
fn add(list: &mut Vec<Goal>, goal: Goal, apart: bool) {
    let bare = |goal: &Goal| goal.value.is_none();
    let year = |goal: &Goal| goal.due.as_ref().map(|due| due.year);
    if let Some(twin) = list.iter_mut().find(|other| bare(other) && bare(&goal) && other.topic == goal.topic)
        && (year(twin).is_none() || year(&goal).is_none() || year(twin) == year(&goal))
    {
        if year(twin).is_none() {
            *twin = goal;
        }
        return;
    }
    if !list.iter().any(|other| {
        other.topic == goal.topic
            && other.value == goal.value
            && other.unit == goal.unit
            && other.direction == goal.direction
            && year(other) == year(&goal)
            && other.value.is_some()
            && !apart
            && (other.scopes == goal.scopes || other.scopes.is_empty() || goal.scopes.is_empty())
    }) {
        list.push(goal);
    }
}

/// "has achieved carbon neutrality and will continue to do so": the state
/// reached is the one to be kept.
fn kept(parts: &Parts<'_>, text: &str, speaker: &Speaker<'_>, heads: &[Head], reading: &mut Reading) {
    let rules = parts.rules;
    let Some(cue) = parts.cues.iter().find(|cue| rules.rule(cue).name == "maintain") else { return };
    if !reading.goals.is_empty() {
        return;
    }
    let state = |head: &&Head| head.shape == Shape::EndState && head.start < cue.end;
    let Some(head) = heads.iter().rfind(state) else { return };
    let party = speaker.party(&parts.tokens, 0, cue.start);
    if matches!(party, Party::Other(_)) || speaker.reports(&parts.tokens, &party) {
        return;
    }
    let mut goal = goal(parts, text, head, None, Some(cue.rule), &party, Vec::new());
    goal.direction = Direction::Maintain;
    reading.goals.push(goal);
}

fn goal(
    parts: &Parts<'_>,
    text: &str,
    head: &Head,
    date: Option<&Date>,
    rule: Option<usize>,
    party: &Party,
    scopes: Vec<u8>,
) -> Goal {
    let (value, high, unit, change) = match &head.shape {
        Shape::Value(quantity) => {
            let to_level =
                parts.before(quantity.start, 1) == "to" || matches!(parts.before(quantity.start, 2), "to" | "level");
            let by = matches!(parts.before(quantity.start, 1), "by" | "least")
                || matches!(parts.before(quantity.start, 2), "by");
            let change = match quantity.sort {
                Sort::Multiple => true,
                Sort::Percent => head.less && !to_level,
                Sort::Amount => head.less && by && !to_level,
            };
            (Some(quantity.value), quantity.high, Some(quantity.unit.clone()), change)
        }
        Shape::All => (Some(Decimal::ONE_HUNDRED), None, Some("%".to_owned()), false),
        _ => (None, None, None, false),
    };
    let direction = match head.shape {
        Shape::Eliminate => Direction::Eliminate,
        Shape::Value(_) if head.less => Direction::Reduce,
        _ => Direction::Reach,
    };
    let rules = parts.rules.all();
    let mut names: Vec<String> =
        [rule, head.topic_rule].into_iter().flatten().map(|rule| rules[rule].name.clone()).collect();
    names.extend(date.map(|date| format!("date:{}", date.role.name())));
    Goal {
        topic: head.topic,
        direction,
        value,
        high,
        unit,
        change,
        due: date.map(|date| due(parts, text, date)),
        baseline: baseline(parts, head),
        scopes,
        committer: match party {
            Party::Own(name) | Party::Other(name) => name.clone(),
            Party::Nobody => None,
        },
        strength: rule.and_then(|rule| rules[rule].strength).unwrap_or(Strength::Aim),
        rules: names,
        evidence: None,
    }
}

fn due(parts: &Parts<'_>, text: &str, date: &Date) -> Due {
    let deadline = match date.role {
        Role::Deadline(Op::Before) => format!("before {}", date.period),
        _ => date.period.clone(),
    };
    let from = parts.tokens[date.start].start;
    let to = parts.tokens[date.end - 1].end;
    Due { deadline, year: date.year, words: text[from..to].to_owned(), fiscal: date.fiscal, relative: date.relative }
}
