//! The rules of extraction: words with a meaning, as data in the files of `rules/`.
//!
//! A pattern is a row of elements parted by blanks: `a|b` one of some words,
//! `word*` a beginning, `?a|b` a word that may be missing, `..3` up to three
//! tokens of any kind, `#` a number, `@` a word with a capital, `$name` the
//! list of that name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::pattern::{Element, Key, Vocabulary, elements, matches};
use super::sides::Side;
use super::token::Token;
use super::weights::{Evidence, Table};
use crate::model::commitment::Strength;
use crate::model::topic::Topic;

/// The rules that come with the program, in the order in which they are read.
pub const BUILT_IN: [&str; 6] = [
    include_str!("rules/lists.toml"),
    include_str!("rules/speakers.toml"),
    include_str!("rules/promises.toml"),
    include_str!("rules/refusals.toml"),
    include_str!("rules/topics.toml"),
    include_str!("rules/evidence.toml"),
];

crate::model::words::words! {
    /// What a match says about the goal beside it.
    Class {
        /// The speaker's own intention.
        Promise = "promise",
        /// Done already, or a figure of what is.
        Past = "past",
        /// What somebody expects to happen.
        Forecast = "forecast",
        /// What could be, under a condition.
        Possible = "possible",
        /// A demand on others or on everyone.
        Call = "call",
        /// A goal given up.
        Cancelled = "cancelled",
        /// What a term means.
        Definition = "definition",
        /// A plan, report or target still to be made.
        Deliverable = "deliverable",
        /// A goal that is explicitly somebody else's.
        Others = "others",
        /// Taxes, grants, credits, standards of pay.
        Policy = "policy",
        /// Looks alike and is about something else.
        Unrelated = "unrelated",
        /// What a goal is about.
        Topic = "topic",
    }
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name in `--explain`.
    pub name: String,
    /// What a match says.
    pub class: Class,
    /// For promises: how strong the words are.
    pub strength: Option<Strength>,
    /// For topics: which.
    pub topic: Option<Topic>,
    /// What it means, in a line.
    pub means: String,
    /// The patterns as written.
    pub patterns: Vec<String>,
    /// Sentences that show it at work.
    pub tests: Vec<String>,
}

/// Why a rules file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// Not TOML, or not of this shape.
    #[error("line {line}, column {column}: {problem}; the line says `{text}`")]
    Toml {
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1, in characters.
        column: usize,
        /// What is wrong.
        problem: String,
        /// The line itself.
        text: String,
    },
    /// A word outside its list.
    #[error("rule `{rule}`: `{word}` is not a {what}")]
    Word {
        /// The rule.
        rule: String,
        /// What stands there.
        word: String,
        /// Which list.
        what: &'static str,
    },
    /// A weight that is no number.
    #[error("the weight of `{sign}` is {weight}; a weight is a finite number")]
    Weight {
        /// Of what.
        sign: String,
        /// What stands there.
        weight: f64,
    },
    /// A pattern that says nothing.
    #[error("rule `{rule}`: the pattern `{pattern}` {problem}")]
    Pattern {
        /// The rule.
        rule: String,
        /// The pattern.
        pattern: String,
        /// What is wrong.
        problem: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    rule: Vec<Written>,
    #[serde(default)]
    side: BTreeMap<String, Side>,
    evidence: Option<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    class: String,
    strength: Option<String>,
    topic: Option<String>,
    means: String,
    patterns: Vec<String>,
    tests: Vec<String>,
}

#[derive(Debug, Clone)]
struct Pattern {
    rule: usize,
    elements: Vec<Element>,
}

/// All rules, ready to be matched.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    vocabulary: Vocabulary,
    /// Patterns by the number of their first word or beginning.
    by_word: Vec<Vec<usize>>,
    /// Patterns that begin with any name.
    by_name: Vec<usize>,
    /// Patterns that begin with a number.
    by_number: Vec<usize>,
    /// Finds the beginnings that every text about a goal has.
    stems: Option<AhoCorasick>,
    /// Finds what a goal without digits has.
    counted: Option<AhoCorasick>,
    /// Words by the name of their list.
    lists: HashMap<String, HashSet<String>>,
    /// Who speakers can stand for.
    sides: Vec<Side>,
    /// What words weigh.
    evidence: Option<Evidence>,
}

/// A rule that matched, over the tokens `start..end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) rule: usize,
    pub(crate) class: Class,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

static BUILT: LazyLock<Rules> = LazyLock::new(|| Rules::read(&BUILT_IN).unwrap_or_else(|_| Rules::none()));

impl Rules {
    /// The rules that come with the program. A test proves that they read.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT
    }

    /// The built-in rules with those of a user's file after them.
    ///
    /// # Errors
    /// When `text` is not a rules file.
    pub fn with(text: &str) -> Result<Self, RulesError> {
        let texts: Vec<&str> = BUILT_IN.into_iter().chain([text]).collect();
        Self::read(&texts)
    }

    /// The same rules without the weights of words.
    #[must_use]
    pub fn without_evidence(mut self) -> Self {
        self.evidence = None;
        self
    }

    /// What words weigh, if anything does.
    pub(crate) fn evidence(&self) -> Option<&Evidence> {
        self.evidence.as_ref()
    }

    fn none() -> Self {
        Self {
            rules: Vec::new(),
            patterns: Vec::new(),
            vocabulary: Vocabulary::default(),
            by_word: Vec::new(),
            by_name: Vec::new(),
            by_number: Vec::new(),
            stems: None,
            counted: None,
            lists: HashMap::new(),
            sides: Vec::new(),
            evidence: None,
        }
    }

    fn read(texts: &[&str]) -> Result<Self, RulesError> {
        let mut all = Self::none();
        let mut lists = BTreeMap::new();
        for text in texts {
            let file: File = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
            for (name, words) in &file.list {
                all.lists.entry(name.clone()).or_default().extend(words.iter().cloned());
            }
            lists.extend(file.list);
            all.sides.extend(file.side.into_values());
            for written in file.rule {
                all.add(written, &lists)?;
            }
            if let Some(table) = file.evidence {
                if let Some((sign, weight)) = table.unusable() {
                    return Err(RulesError::Weight { sign, weight });
                }
                all.evidence = Some(Evidence::new(table));
            }
        }
        all.stems = all.finder("stems");
        all.counted = all.finder("counted");
        Ok(all)
    }

    fn finder(&self, list: &str) -> Option<AhoCorasick> {
        AhoCorasick::builder().ascii_case_insensitive(true).build(self.lists.get(list)?).ok()
    }

    /// Whether a text can be about a goal at all.
    pub(crate) fn is_topical(&self, text: &str) -> bool {
        self.stems.as_ref().is_none_or(|stems| stems.is_match(text))
    }

    /// Whether a text has a number or a word that stands for one.
    pub(crate) fn can_be_goal(&self, text: &str) -> bool {
        text.bytes().any(|byte| byte.is_ascii_digit()) || self.counted.as_ref().is_none_or(|words| words.is_match(text))
    }

    fn add(&mut self, written: Written, lists: &BTreeMap<String, Vec<String>>) -> Result<(), RulesError> {
        let name = written.name;
        let bad = |word: &str, what| RulesError::Word { rule: name.clone(), word: word.to_owned(), what };
        let class = Class::from_name(&written.class).ok_or_else(|| bad(&written.class, "class"))?;
        let strength = written.strength.map(|word| Strength::from_name(&word).ok_or_else(|| bad(&word, "strength")));
        let topic = written.topic.map(|word| Topic::from_name(&word).ok_or_else(|| bad(&word, "topic")));
        let (strength, topic) = (strength.transpose()?, topic.transpose()?);
        if class == Class::Topic && topic.is_none() {
            return Err(bad("", "topic"));
        }
        let rule = self.rules.len();
        for pattern in &written.patterns {
            for elements in elements(pattern, lists, &mut self.vocabulary).map_err(|problem| RulesError::Pattern {
                rule: name.clone(),
                pattern: pattern.clone(),
                problem,
            })? {
                self.index(Pattern { rule, elements });
            }
        }
        let Written { means, patterns, tests, .. } =
            Written { name: String::new(), class: String::new(), strength: None, topic: None, ..written };
        self.rules.push(Rule { name, class, strength, topic, means, patterns, tests });
        Ok(())
    }

    fn index(&mut self, pattern: Pattern) {
        let at = self.patterns.len();
        if let Element::Words(words) = &pattern.elements[0] {
            for &id in &words.ids {
                let id = id as usize;
                if self.by_word.len() <= id {
                    self.by_word.resize(id + 1, Vec::new());
                }
                self.by_word[id].push(at);
            }
            if words.name {
                self.by_name.push(at);
            }
        } else {
            self.by_number.push(at);
        }
        self.patterns.push(pattern);
    }

    /// Every rule, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether a word is on a list.
    pub(crate) fn lists(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// The words of a list, in no order.
    pub(super) fn list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.lists.get(list).into_iter().flatten().map(String::as_str)
    }

    /// Who speakers can stand for.
    pub(super) fn sides(&self) -> &[Side] {
        &self.sides
    }

    pub(crate) fn rule(&self, cue: &Cue) -> &Rule {
        &self.rules[cue.rule]
    }

    /// What the tokens are to the patterns.
    pub(crate) fn keys(&self, tokens: &[Token<'_>]) -> Vec<Key> {
        tokens.iter().map(|token| self.vocabulary.key(token)).collect()
    }

    /// All matches of topics, or of all else, without those that lie inside a
    /// longer one of their sort.
    pub(crate) fn cues(&self, tokens: &[Token<'_>], keys: &[Key], topics: bool) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let worded =
                key.ids.iter().take_while(|&&id| id != 0).filter_map(|&id| self.by_word.get(id as usize)).flatten();
            let named = self.by_name.iter().filter(|_| key.name);
            let counted = self.by_number.iter().filter(|_| key.number);
            for &index in worded.chain(named).chain(counted) {
                let pattern = &self.patterns[index];
                let class = self.rules[pattern.rule].class;
                if (class == Class::Topic) == topics
                    && let Some(end) = matches(&pattern.elements, keys, at)
                {
                    cues.push(Cue { rule: pattern.rule, class, start: at, end });
                }
            }
        }
        longest(cues, |cue| self.rules[cue.rule].topic, |cue| tokens[cue.start].text.starts_with("net"))
    }
}

/// Where a rules file is no TOML, or not of the shape of one.
fn unreadable(text: &str, error: &toml::de::Error) -> RulesError {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    RulesError::Toml {
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
        problem: error.message().trim().replace('\n', "; "),
        text: text[start..].lines().next().unwrap_or_default().to_owned(),
    }
}

/// Of cues of one sort the longer hides what lies inside it; earlier rules win ties.
fn longest(
    mut cues: Vec<Cue>,
    topic_of: impl Fn(&Cue) -> Option<Topic>,
    starts_net: impl Fn(&Cue) -> bool,
) -> Vec<Cue> {
    cues.sort_by_key(|cue| (cue.start, usize::MAX - cue.end, cue.rule));
    let mut kept: Vec<Cue> = Vec::with_capacity(cues.len());
    for cue in cues {
        let topic = cue.class == Class::Topic;
        let state = |cue: &Cue| matches!(topic_of(cue), Some(Topic::NetZero | Topic::CarbonNeutral));
        let clean = |cue: &Cue| {
            matches!(
                topic_of(cue),
                Some(Topic::FleetElectrification | Topic::RenewableElectricity | Topic::RenewableEnergy)
            )
        };
        let hides = |other: &Cue| match (other.class, cue.class) {
            // "net zero water": the water is meant
            (Class::Topic, Class::Topic) => {
                !state(&cue)
                    || matches!(
                        topic_of(other),
                        Some(Topic::Water | Topic::Waste | Topic::Biodiversity | Topic::EnergyEfficiency)
                    )
                    || state(other)
                    || (clean(other) && !starts_net(&cue))
            }
            // a promise in many words does not hide that it was dropped
            (Class::Promise, class) => matches!(class, Class::Promise | Class::Call),
            (_, _) => (other.class == Class::Topic) == topic,
        };
        let hidden =
            kept.iter().rev().take(8).any(|other| other.start <= cue.start && cue.end <= other.end && hides(other));
        if !hidden {
            kept.push(cue);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_built_in_rules_read() {
        let rules = Rules::read(&BUILT_IN).map_err(|error| error.to_string()).unwrap();
        assert!(rules.all().len() > 25);
        assert_eq!(Rules::built_in().all().len(), rules.all().len());
    }
}
