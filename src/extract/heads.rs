//! The heads of goals in a sentence: end states, values, things to be ended.

use super::date::{Date, Role, dates};
use super::quantity::{Quantity, Sort, quantities};
use super::rules::{Class, Cue, Rules};
use super::token::Token;
use crate::model::date::PartialDate;
use crate::model::topic::Topic;

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

impl<'s> Parts<'s> {
    pub(crate) fn new(rules: &'s Rules, tokens: Vec<Token<'s>>, said: Option<PartialDate>) -> Self {
        let (topics, cues) = rules.cues(&tokens).into_iter().partition(|cue| cue.class == Class::Topic);
        let dates = dates(&tokens, said);
        let quantities = quantities(&tokens);
        Self { rules, tokens, cues, topics, dates, quantities }
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

    fn any(&self, from: usize, to: usize, wanted: impl Fn(&str) -> bool) -> bool {
        (from..to.min(self.tokens.len())).any(|at| wanted(self.word(at)))
    }

    /// Every head, from left to right.
    pub(crate) fn heads(&self) -> Vec<Head> {
        let mut heads = self.end_states();
        self.values(&mut heads);
        self.eliminations(&mut heads);
        self.alls(&mut heads);
        self.peaks(&mut heads);
        if heads.is_empty() {
            heads.extend(self.bare());
        }
        heads.sort_by_key(|head| head.start);
        heads
    }

    fn end_states(&self) -> Vec<Head> {
        let states = self.topics.iter().filter(|cue| matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
        let mut heads: Vec<Head> = Vec::new();
        for cue in states {
            let topic = self.topic(cue);
            // "carbon negative ... net zero" side by side are one state in two words
            let twin = heads
                .last()
                .is_some_and(|last| last.end + 4 >= cue.start && matches!(self.before(cue.start, 1), "(" | "or" | "/"));
            let near = matches!(self.before(cue.start, 1), "near" | "virtually" | "than");
            if !twin && !near {
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

    fn values(&self, heads: &mut Vec<Head>) {
        for quantity in &self.quantities {
            if self.no_target(quantity) {
                continue;
            }
            // "100% (net-zero emissions)" is said by the words in brackets
            let bracketed = self.word(quantity.end) == "(" && heads.iter().any(|head| head.start == quantity.end + 1);
            let Some((topic, rule)) = self.topic_of(quantity, heads) else { continue };
            if bracketed {
                continue;
            }
            let less = quantity.less || self.is_less(quantity, topic);
            heads.push(Head {
                shape: Shape::Value(quantity.clone()),
                topic,
                topic_rule: rule,
                start: quantity.start,
                end: quantity.end,
                less,
            });
        }
    }

    /// Numbers that are no targets: where it stands, what it was, what a tax is.
    fn no_target(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        let mut before = start;
        while before > 0
            && matches!(
                self.word(before - 1),
                "around" | "about" | "just" | "some" | "roughly" | "approximately" | "a" | "nearly" | "over"
            )
        {
            before -= 1;
        }
        let from = self.before(before, 1) == "from";
        let moved =
            from && (self.any(end, end + 8, |word| word == "to") || matches!(self.before(before, 2), "up" | "down"));
        let now = matches!(self.before(before, 1), "currently" | "now" | "today" | "already" | "than")
            && quantity.sort != Sort::Multiple
            || (self.before(before, 1) == "than" && self.before(before, 2) == "less");
        let now = now && !matches!(self.before(before, 2), "more" | "less" | "greater");
        let reached = self
            .any(end, end + 4, |word| matches!(word, "achieved" | "currently" | "today" | "progress" | "already"))
            && !self.any(end, end + 4, |word| matches!(word, "," | "." | "and"));
        let was = self.before(start, 1) == ":"
            && self.dates.iter().any(|date| date.end == start - 1 && date.role == Role::Other);
        let taxed =
            self.cues.iter().any(|cue| cue.class == Class::Policy && cue.start < end + 3 && cue.end + 5 > start);
        let goal_to = quantity.sort == Sort::Multiple
            && self
                .quantities
                .iter()
                .any(|other| other.start > end && other.start < end + 10 && self.before(other.start, 1) == "to");
        let since = self.dates.iter().any(|date| {
            date.role == Role::Baseline && self.word(date.start) == "since" && date.start >= end && date.start < end + 5
        });
        moved || now || reached || was || taxed || goal_to || since || quantity.value.is_sign_negative()
    }

    /// What a value is about: the noun after it, the object before it, or what
    /// the value before it was about.
    fn topic_of(&self, quantity: &Quantity, heads: &[Head]) -> Option<(Topic, Option<usize>)> {
        let (start, end) = (quantity.start, quantity.end);
        let right = self.right_topic(end);
        let left = self.left_topic(start);
        let unit = unit_topic(quantity);
        let said = |cue: &Cue| (self.topic(cue), Some(cue.rule));
        let by_or_to = matches!(self.before(start, 1), "by" | "to" | "least" | "most" | "-" | ":" | "—")
            || matches!(self.before(start, 2), "by" | "to" | "least");
        let around = self.topics.iter().find(|cue| cue.start < start && cue.end > end);
        let chosen = match (left, right) {
            _ if around.is_some() => around.map(said)?,
            (Some(left), Some((right, apart))) => {
                if apart <= 1 || (self.of_follows(end) && apart < 7) {
                    said(right)
                } else if by_or_to && start - left.end < 12 {
                    said(left)
                } else if start.saturating_sub(left.end) <= apart {
                    said(left)
                } else {
                    said(right)
                }
            }
            // "a fifth of global lithium" is about what follows, known or not
            (Some(left), None) if self.word(end) == "of" && start > left.end + 8 => return None,
            (Some(left), None) => said(left),
            (None, Some((right, _))) => said(right),
            (None, None) => unit
                .or_else(|| {
                    heads
                        .iter()
                        .rfind(|head| head.start < start && matches!(head.shape, Shape::Value(_)))
                        .map(|head| (head.topic, head.topic_rule))
                })
                .or_else(|| self.reduction(quantity))?,
        };
        self.settled(chosen, quantity, unit)
    }

    /// "a 60% reduction" with nothing else to be reduced.
    fn reduction(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let reduction = |word: &str| matches!(word, "reduction" | "reductions" | "cut");
        let near =
            reduction(self.word(quantity.end)) || self.any(quantity.start.saturating_sub(3), quantity.start, reduction);
        (quantity.sort == Sort::Percent && near).then_some((Topic::EmissionsReduction, None))
    }

    /// The last say: end states have no value, units may speak for themselves.
    fn settled(
        &self,
        chosen: (Topic, Option<usize>),
        quantity: &Quantity,
        unit: Option<(Topic, Option<usize>)>,
    ) -> Option<(Topic, Option<usize>)> {
        let (topic, rule) = chosen;
        let topic = match topic {
            Topic::NetZero | Topic::CarbonNeutral => Topic::EmissionsReduction,
            other => other,
        };
        if quantity.sort == Sort::Amount {
            let money = quantity.unit.len() == 3 && quantity.unit.bytes().all(|byte| byte.is_ascii_uppercase())
                || quantity.unit == "kroner";
            if money {
                let climate =
                    self.topics.iter().any(|cue| !matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
                return climate.then_some((Topic::Finance, rule));
            }
            if let Some(unit) = unit {
                return Some(if matches!(topic, Topic::SupplyChain | Topic::FossilPhaseOut) {
                    unit
                } else {
                    (unit.0, rule)
                });
            }
        }
        if topic == Topic::SupplyChain || topic == Topic::FossilPhaseOut {
            return Some((topic, rule));
        }
        Some((topic, rule))
    }

    fn of_follows(&self, end: usize) -> bool {
        matches!(self.word(end), "of" | "fewer" | "less" | "more") || matches!(self.word(end + 1), "of" | "in")
    }

    /// The first topic after `end`, before a comma or the next date.
    fn right_topic(&self, end: usize) -> Option<(&Cue, usize)> {
        if self.word(end) == "and" {
            return None;
        }
        let stop = (end..self.tokens.len())
            .find(|&at| {
                matches!(self.word(at), "," | ";" | "." | ":") || self.quantities.iter().any(|other| other.start == at)
            })
            .unwrap_or(self.tokens.len());
        let stop = self
            .dates
            .iter()
            .filter(|date| date.start >= end && matches!(date.role, Role::Deadline(_)))
            .map(|date| date.start)
            .min()
            .map_or(stop, |date| stop.min(date));
        let cue = self.topics.iter().find(|cue| cue.start >= end && cue.start < stop && cue.start < end + 14)?;
        let apart = (end..cue.start)
            .filter(|&at| {
                !matches!(
                    self.word(at),
                    "of" | "in"
                        | "its"
                        | "our"
                        | "the"
                        | "reduction"
                        | "cut"
                        | "fewer"
                        | "less"
                        | "more"
                        | "absolute"
                        | "certified"
                        | "fully"
                        | "all"
                        | "new"
                )
            })
            .count();
        Some((cue, apart))
    }

    fn left_topic(&self, start: usize) -> Option<&Cue> {
        self.topics.iter().rfind(|cue| cue.end <= start)
    }

    fn is_less(&self, quantity: &Quantity, topic: Topic) -> bool {
        let less = |word: &str| {
            word.starts_with("reduc")
                || word.starts_with("decreas")
                || word.starts_with("lower")
                || matches!(
                    word,
                    "cut"
                        | "cuts"
                        | "cutting"
                        | "less"
                        | "fewer"
                        | "below"
                        | "halve"
                        | "-"
                        | "lowering"
                        | "shrink"
                        | "fall"
                        | "drop"
                        | "decline"
                        | "limit"
                        | "save"
                        | "exceeding"
                        | "under"
                )
        };
        let more = |word: &str| {
            word.starts_with("increas")
                || word.starts_with("rais")
                || matches!(word, "expand" | "grow" | "recycle" | "recycling")
        };
        let nearest = (quantity.start.saturating_sub(14)..(quantity.end + 2).min(self.tokens.len()))
            .rev()
            .find(|&at| less(self.word(at)) || more(self.word(at)));
        match nearest {
            Some(at) => less(self.word(at)),
            None => matches!(
                topic,
                Topic::EmissionsReduction | Topic::EmissionsIntensity | Topic::Methane | Topic::EnergyEfficiency
            ),
        }
    }

    fn eliminations(&self, heads: &mut Vec<Head>) {
        let ended = |topic| {
            matches!(
                topic,
                Topic::Waste
                    | Topic::Circularity
                    | Topic::Packaging
                    | Topic::FossilPhaseOut
                    | Topic::Deforestation
                    | Topic::FleetElectrification
                    | Topic::SupplyChain
                    | Topic::Finance
            )
        };
        for at in 0..self.tokens.len() {
            let verb = match self.word(at) {
                "eliminate" | "eliminating" | "end" | "ending" | "stop" | "stopping" | "halt" | "halting" | "ban"
                | "banning" | "exit" | "exiting" | "abolish" | "remove" | "removing" | "zero" | "no"
                | "elimination" => 1,
                "phase" | "phasing" | "phaseout" if matches!(self.word(at + 1), "out") => 2,
                "divest" | "divesting" => 0,
                _ => continue,
            };
            if matches!(self.word(at), "zero" | "no") && matches!(self.before(at, 1), "net" | "near") {
                continue;
            }
            let gerund = self.word(at).ends_with("ing")
                && matches!(self.before(at, 1), "by" | "through" | "and" | "from" | "as");
            if gerund || (self.word(at + 1) == "of" && self.word(at) == "end") {
                continue;
            }
            let near = self.topics.iter().find(|cue| {
                cue.end > at + verb
                    && cue.start <= at + verb + if matches!(self.word(at), "zero" | "no") { 0 } else { 8 }
                    && ended(self.topic(cue))
            });
            let Some(cue) = near else { continue };
            if matches!(self.word(at), "zero") && self.topic(cue) == Topic::FleetElectrification {
                continue;
            }
            let taken = heads.iter().any(|head| head.start < cue.end && head.end > at);
            if !taken {
                heads.push(Head {
                    shape: Shape::Eliminate,
                    topic: self.topic(cue),
                    topic_rule: Some(cue.rule),
                    start: at.min(cue.start),
                    end: cue.end,
                    less: true,
                });
            }
        }
        for cue in self.topics.iter().filter(|cue| self.topic(cue) == Topic::Deforestation) {
            let free = self.any(cue.start, cue.end, |word| matches!(word, "free" | "zero" | "no"));
            if free && !heads.iter().any(|head| head.start < cue.end && head.end > cue.start) {
                heads.push(Head {
                    shape: Shape::Eliminate,
                    topic: Topic::Deforestation,
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: cue.end,
                    less: true,
                });
            }
        }
        self.endings(heads);
    }

    /// "The sale of new petrol cars will end".
    fn endings(&self, heads: &mut Vec<Head>) {
        for at in 1..self.tokens.len() {
            let ends = matches!(self.word(at), "end" | "cease" | "stop")
                && matches!(self.before(at, 1), "will" | "to" | "shall");
            let passive =
                matches!(self.word(at), "banned" | "phased" | "eliminated" | "ended") && self.before(at, 1) == "be";
            let cue = self.topics.iter().rfind(|cue| {
                cue.end <= at
                    && cue.end + 14 > at
                    && matches!(
                        self.topic(cue),
                        Topic::FleetElectrification | Topic::FossilPhaseOut | Topic::Waste | Topic::Deforestation
                    )
            });
            if let Some(cue) = cue.filter(|_| ends || passive)
                && !heads.iter().any(|head| head.shape == Shape::Eliminate)
                && !self.topics.iter().any(|next| next.start > at && next.start < at + 6)
            {
                heads.push(Head {
                    shape: Shape::Eliminate,
                    topic: self.topic(cue),
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: at + 1,
                    less: true,
                });
            }
        }
    }

    fn alls(&self, heads: &mut Vec<Head>) {
        for cue in &self.topics {
            let topic = self.topic(cue);
            if !matches!(
                topic,
                Topic::RenewableElectricity | Topic::RenewableEnergy | Topic::FleetElectrification | Topic::Circularity
            ) {
                continue;
            }
            let from = cue.start.saturating_sub(12);
            let all = |word: &str| {
                matches!(
                    word,
                    "all"
                        | "every"
                        | "entire"
                        | "entirely"
                        | "fully"
                        | "completely"
                        | "exclusively"
                        | "only"
                        | "wholly"
                        | "transitional"
                )
            };
            let whole = self.any(from, cue.end + 3, all);
            let parted = |a: usize, b: usize| {
                self.dates.iter().any(|date| {
                    a.min(b) < date.start && date.start < a.max(b) && matches!(date.role, Role::Deadline(_))
                })
            };
            let valued = heads.iter().any(|head| {
                let near =
                    head.start + 12 > cue.start && head.start < cue.end + 8 && matches!(head.shape, Shape::Value(_));
                near && !parted(head.start, cue.start) || (head.topic == topic && head.shape != Shape::Bare)
            });
            let inside = heads.iter().any(|head| head.start < cue.end && head.end > cue.start);
            if whole && !valued && !inside {
                heads.push(Head {
                    shape: Shape::All,
                    topic,
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: cue.end,
                    less: false,
                });
            }
        }
    }

    fn peaks(&self, heads: &mut Vec<Head>) {
        for at in 0..self.tokens.len() {
            let peak = matches!(self.word(at), "peak" | "peaking" | "peaks" | "peaked");
            let emissions = self
                .topics
                .iter()
                .find(|cue| cue.start < at + 8 && cue.end + 8 > at && self.topic(cue) == Topic::EmissionsReduction);
            if let Some(cue) = emissions.filter(|_| peak) {
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

    /// A verb of change, a topic and a deadline, without a number.
    fn bare(&self) -> Option<Head> {
        let due = self.dates.iter().any(|date| matches!(date.role, Role::Deadline(_)));
        let share = |cue: &&Cue| {
            matches!(
                self.topic(cue),
                Topic::RenewableElectricity | Topic::RenewableEnergy | Topic::FleetElectrification | Topic::Circularity
            )
        };
        let change = (0..self.tokens.len()).find(|&at| is_change(self.word(at)));
        let changed = change.and_then(|verb| self.topics.iter().find(|cue| cue.end > verb && cue.start < verb + 12));
        let cue = changed.or_else(|| {
            self.topics.iter().filter(share).find(|cue| {
                self.any(cue.start.saturating_sub(4), cue.end, |word| matches!(word, "be" | "run" | "come" | "from"))
            })
        })?;
        let due = due
            && self.dates.iter().any(|date| {
                let between = if date.start >= cue.end { cue.end..date.start } else { date.end..cue.start };
                matches!(date.role, Role::Deadline(_))
                    && (date.fronted || !between.into_iter().any(|at| matches!(self.word(at), "," | ";")))
            });
        due.then(|| Head {
            shape: Shape::Bare,
            topic: self.topic(cue),
            topic_rule: Some(cue.rule),
            start: cue.start,
            end: cue.end,
            less: false,
        })
    }
}

fn is_change(word: &str) -> bool {
    matches!(
        word,
        "reduce"
            | "reducing"
            | "cut"
            | "cutting"
            | "lower"
            | "increase"
            | "increasing"
            | "switch"
            | "transition"
            | "transitioning"
            | "convert"
            | "converting"
            | "protect"
            | "restore"
            | "become"
            | "expand"
            | "electrify"
            | "electrifying"
            | "decarbonise"
            | "decarbonize"
            | "replenish"
            | "reverse"
            | "conserve"
            | "power"
            | "powered"
            | "achieve"
            | "achieving"
            | "reach"
            | "reaching"
            | "recycle"
            | "shift"
            | "move"
            | "minimise"
            | "minimize"
            | "improve"
    )
}

/// Units that say by themselves what is counted.
fn unit_topic(quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
    let unit = quantity.unit.as_str();
    let topic = match unit {
        _ if unit.contains("CO2") => Topic::EmissionsReduction,
        "trees" | "mangroves" | "ha" | "acres" | "species" | "km2" => Topic::Biodiversity,
        "EVs" | "chargers" => Topic::FleetElectrification,
        _ => return None,
    };
    Some((topic, None))
}
