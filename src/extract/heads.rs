//! The heads of goals in a sentence: end states, values, things to be ended.

use super::date::{Date, Role, dates};
use super::quantity::{Quantity, quantities};
use super::rules::{Class, Cue, Rules};
use super::token::Token;
use crate::model::date::PartialDate;
use crate::model::topic::Topic;

/// The year that a text without a date is taken to be of: that of these rules.
pub(crate) const UNDATED: i32 = 2024;

/// A sentence taken apart.
pub(crate) struct Parts<'s> {
    pub(crate) rules: &'s Rules,
    pub(crate) tokens: Vec<Token<'s>>,
    /// What the words say about goals, topics apart.
    pub(crate) cues: Vec<Cue>,
    /// What the words are about.
    pub(crate) topics: Vec<Cue>,
    pub(crate) dates: Vec<Date>,
    pub(crate) quantities: Vec<Quantity>,
    /// The year of the statement.
    pub(crate) said: Option<i32>,
}

/// What makes a goal of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// Net zero, carbon neutral: the end state is the target.
    EndState,
    /// A number.
    Value(Quantity),
    /// All of it: 100 %.
    All,
    /// None of it any more.
    Eliminate,
    /// A turning point.
    Peak,
    /// A direction with a deadline and no number.
    Bare,
}

/// One head.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    pub(crate) shape: Shape,
    pub(crate) topic: Topic,
    /// The topic's rule, for explanations.
    pub(crate) topic_rule: Option<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether less of it is the goal.
    pub(crate) less: bool,
}

/// "They announced that they would cut it": a future told in the past.
fn backshifted(rules: &Rules, tokens: &[Token<'_>], cues: &mut [Cue]) {
    let told = |token: &Token<'_>| {
        matches!(
            token.text,
            "announced"
                | "said"
                | "told"
                | "declared"
                | "promised"
                | "pledged"
                | "confirmed"
                | "stated"
                | "decided"
                | "vowed"
        )
    };
    let open = |token: &Token<'_>| matches!(token.text, "if" | "could" | "might" | "unless" | "whether" | "like");
    let Some(will) = rules.all().iter().position(|rule| rule.name == "will") else { return };
    if tokens.iter().any(open) {
        return;
    }
    for cue in cues.iter_mut().filter(|cue| cue.class == Class::Possible && tokens[cue.start].is("would")) {
        let before = &tokens[cue.start.saturating_sub(14)..cue.start];
        let verb = before.iter().rposition(told);
        let that = |from: usize| before[from..].iter().any(|token| matches!(token.text, "that" | "it" | "they" | "we"));
        // "would halve it by 2040, the company said"
        let behind = cue.start > 0
            && (cue.end + 2..tokens.len()).any(|at| {
                let comma = (at.saturating_sub(4)..at).any(|at| tokens[at].is(","));
                let who =
                    matches!(tokens[at - 1].text, "it" | "company" | "bank" | "group" | "government" | "ministry");
                told(&tokens[at]) && comma && (who || tokens[at - 1].is_name())
            });
        let verb_before = verb.is_some_and(|at| that(at) || before.len() - at < 6);
        if cue.end == cue.start + 1 && (behind || verb_before) {
            (cue.rule, cue.class) = (will, Class::Promise);
        }
    }
}

impl<'s> Parts<'s> {
    pub(crate) fn new(rules: &'s Rules, tokens: Vec<Token<'s>>, said: Option<PartialDate>) -> Self {
        let keys = rules.keys(&tokens);
        let topics = rules.cues(&tokens, &keys, true);
        let quantities = quantities(&tokens);
        // without a topic or a value there is no head, and nothing to be judged
        let idle = topics.is_empty() && quantities.is_empty();
        let mut cues = if idle { Vec::new() } else { rules.cues(&tokens, &keys, false) };
        backshifted(rules, &tokens, &mut cues);
        let dates = if idle { Vec::new() } else { dates(&tokens, said) };
        let said = said.map(|said| chrono::Datelike::year(&said.last()));
        Self { rules, tokens, cues, topics, dates, quantities, said }
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    pub(crate) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    pub(crate) fn topic(&self, cue: &Cue) -> Topic {
        self.rules.rule(cue).topic.unwrap_or(Topic::Other)
    }

    pub(super) fn any(&self, from: usize, to: usize, wanted: impl Fn(&str) -> bool) -> bool {
        (from..to.min(self.tokens.len())).any(|at| wanted(self.word(at)))
    }

    /// Every head, from left to right.
    pub(crate) fn heads(&self) -> Vec<Head> {
        let mut heads = self.end_states();
        let restated = heads.first().and_then(|first| self.restated(first));
        heads.extend(restated);
        self.values(&mut heads);
        self.eliminations(&mut heads);
        self.alls(&mut heads);
        self.peaks(&mut heads);
        let bare = self.bare(&heads);
        heads.extend(bare);
        heads.sort_by_key(|head| head.start);
        self.clarified(&mut heads);
        heads
    }

    fn end_states(&self) -> Vec<Head> {
        let states = self.topics.iter().filter(|cue| matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
        let mut heads: Vec<Head> = Vec::new();
        for cue in states {
            let topic = self.topic(cue);
            // "carbon negative ... net zero" side by side are one state in two words
            let twin = heads.last().is_some_and(|last| {
                last.end + 4 >= cue.start && matches!(self.before(cue.start, 1), "(" | "or" | "/" | "meaning")
            });
            // "virtually zero emissions" are what some call net zero, "virtually neutral" is less
            let virtually = self.before(cue.start, 1) == "virtually" && self.word(cue.start) != "zero";
            let near = virtually || matches!(self.before(cue.start, 1), "near" | "than" | "more");
            if !twin && !near && !self.is_lacking(cue) {
                let head = Head {
                    shape: Shape::EndState,
                    topic,
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: cue.end,
                    less: true,
                };
                heads.push(head);
            }
        }
        heads
    }

    fn peaks(&self, heads: &mut Vec<Head>) {
        for at in 0..self.tokens.len() {
            if !matches!(self.word(at), "peak" | "peaking" | "peaks" | "peaked") {
                continue;
            }
            // "by 8% from peak levels": what it is compared with
            if self.word(at) == "peak" && matches!(self.word(at + 1), "level" | "levels" | "value" | "values") {
                continue;
            }
            let emissions = self
                .topics
                .iter()
                .find(|cue| cue.start < at + 8 && cue.end + 8 > at && self.topic(cue) == Topic::EmissionsReduction);
            if let Some(cue) = emissions {
                let head = Head {
                    shape: Shape::Peak,
                    topic: Topic::EmissionsReduction,
                    topic_rule: Some(cue.rule),
                    start: at,
                    end: at + 1,
                    less: true,
                };
                if !heads.iter().any(|other| other.shape == Shape::Peak) {
                    heads.push(head);
                }
            }
        }
    }

    /// Verbs of change with a topic and a deadline, without a number: one for
    /// each deadline that no other head has.
    fn bare(&self, others: &[Head]) -> Vec<Head> {
        let mut heads: Vec<Head> = Vec::new();
        let mut from = 0;
        let ahead =
            |date: &&Date| matches!(date.role, Role::Deadline(_)) && self.said.is_none_or(|said| date.year > said);
        for date in self.dates.iter().filter(ahead) {
            let (start, end) = if date.fronted { (date.end, self.tokens.len()) } else { (from, date.start) };
            from = date.end;
            let valued = |head: &Head| {
                let near = self.word(date.end) == "by" && head.start < date.end + 3;
                // "emissions for the year 2040 are at least 60% lower"
                let is = matches!(self.word(date.end), "is" | "are" | "be" | "will") && head.start < date.end + 6;
                matches!(head.shape, Shape::Value(_)) && head.start >= date.end && (near || is)
            };
            let taken =
                others.iter().any(|head| valued(head) || head.start < end && (head.start >= start || date.fronted));
            let start = if date.fronted { start } else { self.told_from(start, end) };
            let found = if taken { self.state(start, end, others) } else { self.changed(start, end) };
            let beside = self.quantities.iter().any(|part| {
                let before = part.start >= start && part.end <= end || (part.start < end && part.end > start);
                before && self.is_beside(part)
            });
            let found = found.filter(|cue| !beside && !self.is_led(cue) && !self.is_priced(cue));
            let Some(cue) = found else { continue };
            let next = self.cues.iter().any(|other| other.start >= cue.end && other.start < date.start);
            let mark = |at: usize| self.word(at) == ";" || (next && self.word(at) == ",");
            // "…, aiming to reach both of these in 2030"
            let back = self.any(date.start.saturating_sub(6), date.start, |word| matches!(word, "both" | "these"));
            let apart = !date.fronted && !back && (cue.end..date.start).any(mark);
            if !apart && !heads.iter().any(|head| head.start == cue.start) {
                heads.push(Head {
                    shape: Shape::Bare,
                    topic: self.topic(cue),
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: cue.end,
                    less: false,
                });
            }
        }
        if heads.is_empty() && others.is_empty() {
            heads.extend(self.named_year());
        }
        heads
    }

    /// "by announcing that school buses will be electric": where the words begin that a
    /// date behind them belongs to.
    fn told_from(&self, start: usize, end: usize) -> usize {
        let that = (start + 1..end).rfind(|&at| {
            self.word(at) == "that"
                && matches!(
                    self.before(at, 1),
                    "announcing" | "announced" | "announces" | "pledging" | "promising" | "ensuring" | "declaring"
                )
        });
        let said = |that: &usize| self.cues.iter().any(|cue| cue.start > *that && cue.start < end);
        let Some(that) = that.filter(said) else { return start };
        self.topics.iter().find(|cue| cue.start < that && that < cue.end).map_or(that, |cue| cue.start)
    }

    /// "raise the carbon tax": a price is no goal.
    fn is_priced(&self, cue: &Cue) -> bool {
        self.cues.iter().any(|price| price.class == Class::Policy && price.start <= cue.end && price.end >= cue.start)
    }

    /// "the leader in low-carbon cables": no change of one's own.
    fn is_led(&self, cue: &Cue) -> bool {
        self.any(cue.start.saturating_sub(7), cue.start, |word| {
            matches!(word, "lead" | "leader" | "leaders" | "leadership" | "forefront" | "frontrunner")
        })
    }

    /// "Our 2030 goal is to keep emissions flat": what a goal with a year in its
    /// name says.
    fn named_year(&self) -> Option<Head> {
        let date = self.dates.iter().find(|date| date.role == Role::Named)?;
        let noun = (date.end..date.end + 5).find(|&at| self.rules.lists("goal-noun", self.word(at)))?;
        let to = (noun + 1..noun + 4).find(|&at| self.word(at) == "to")?;
        let cue = self.topics.iter().find(|cue| cue.start > to && cue.start < to + 8)?;
        let change = self.rules.lists("change", self.word(to + 1)) || self.rules.lists("order", self.word(to + 1));
        change.then(|| Head {
            shape: Shape::Bare,
            topic: self.topic(cue),
            topic_rule: Some(cue.rule),
            start: cue.start,
            end: cue.end,
            less: false,
        })
    }

    /// The topic of the words behind "commit to", "aim to" and the like, whatever
    /// their verb is.
    fn pledged(&self, start: usize, end: usize) -> Option<&Cue> {
        let pledge = self.cues.iter().find(|cue| {
            let name = self.rules.rule(cue).name.as_str();
            let named = matches!(name, "commit" | "aim" | "plan" | "announced" | "strive" | "law");
            let to = self.any(cue.end - 1, cue.end + 4, |word| word == "to")
                || self.topics.iter().any(|topic| topic.start == cue.end && name == "commit");
            cue.start >= start && cue.end < end && ((named && to) || name == "will")
        })?;
        let made = |word: &str| {
            let word = word.strip_suffix('s').unwrap_or(word);
            ["goal-noun", "paper", "made"].iter().any(|list| self.rules.lists(list, word))
        };
        let near = |cue: &&Cue| cue.start >= pledge.end && cue.end <= end && cue.start < pledge.end + 12;
        let grows = |word: &str| matches!(word, "double" | "triple" | "grow" | "rise" | "increase" | "surge");
        if self.rules.rule(pledge).name == "will" && self.any(pledge.end, pledge.end + 3, grows) {
            return None;
        }
        self.topics.iter().find(near).filter(|_| !self.any(pledge.end, end, made))
    }

    fn is_state(&self, cue: &Cue) -> bool {
        // "a net gain for nature"
        let gain = self.word(cue.start) == "net" && self.any(cue.start, cue.end, |word| word == "gain")
            || self.word(cue.start) == "biodiversity" && self.word(cue.end - 1) == "gain";
        gain || self.any(cue.start, cue.end, |word| {
            matches!(word, "positive" | "neutral" | "neutrality" | "negative" | "positivity")
        })
    }

    /// A state beside other goals: "cut emissions by 30% and be water positive".
    fn state(&self, start: usize, end: usize, others: &[Head]) -> Option<&Cue> {
        self.topics.iter().find(|cue| {
            let topic = self.topic(cue);
            let apart =
                others.iter().all(|head| head.topic != topic && (head.end <= cue.start || head.start >= cue.end));
            let end_state = matches!(topic, Topic::NetZero | Topic::CarbonNeutral);
            cue.start >= start && cue.start < end && self.is_state(cue) && !end_state && apart
        })
    }

    /// The topic that a verb changes between two places, or that is a state
    /// by itself: water positive, carbon-free electricity.
    fn changed(&self, start: usize, end: usize) -> Option<&Cue> {
        let share = |cue: &&Cue| {
            matches!(
                self.topic(cue),
                Topic::RenewableElectricity | Topic::RenewableEnergy | Topic::FleetElectrification | Topic::Circularity
            )
        };
        let within = || self.topics.iter().filter(move |cue| cue.start >= start && cue.start < end);
        // "Zero-emission deliveries by 2030": a heading
        let opens = |cue: &Cue| cue.start == 0 && self.word(0) == "zero";
        let is_clean =
            |word: &str| word == "free" || word.starts_with("decarbonised") || word.starts_with("decarbonized");
        let state =
            |cue: &&Cue| self.is_state(cue) || (share(cue) && (opens(cue) || self.any(cue.start, cue.end, is_clean)));
        let mut verbs = (start..end.min(self.tokens.len())).filter(|&at| self.rules.lists("change", self.word(at)));
        let grows = |verb: usize| matches!(self.word(verb), "double" | "triple" | "grow" | "raise" | "raising");
        let changed = verbs.find_map(|verb| {
            let near = |cue: &&Cue| cue.end > verb && cue.start < verb + 12;
            let fit = |cue: &&Cue| {
                !(grows(verb) && matches!(self.topic(cue), Topic::EnergyEfficiency | Topic::EmissionsReduction))
            };
            within().find(|cue| near(cue) && fit(cue))
        });
        let is = |cue: &&Cue| {
            self.any(cue.start.saturating_sub(4), cue.end, |word| matches!(word, "be" | "run" | "come" | "from"))
        };
        // "school vans, electric by 2031": said of what stands beside the day
        let beside = |cue: &&Cue| {
            cue.end == end
                && self.any(cue.start, cue.end, |word| word.starts_with("electri") || word.starts_with("renewable"))
        };
        within()
            .find(state)
            .or(changed)
            .or_else(|| within().filter(share).find(beside))
            .or_else(|| within().filter(share).find(is))
            .or_else(|| self.pledged(start, end))
    }
}
