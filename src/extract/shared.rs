//! Numbers that stand for several topics, say the same again, or leave their
//! topic to the words around them.

use super::date::{Date, Role};
use super::heads::{Head, Parts, Shape};
use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue};
use super::values::is_money;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// "reduce energy use, emissions and water use by 15%": one number for all.
    pub(super) fn shared(&self, heads: &mut Vec<Head>) {
        let Some(last) = heads.last().filter(|last| last.less).cloned() else { return };
        let Shape::Value(quantity) = &last.shape else { return };
        let by = (1..5).any(|back| self.before(quantity.start, back) == "by");
        let Some(at) = self.topics.iter().rposition(|cue| cue.end <= quantity.start) else { return };
        let by = by || self.before(quantity.start, 1) == "in" || self.before(quantity.start, 1) == "a";
        if !by || quantity.sort != Sort::Percent || self.topics[at].end + 4 < quantity.start {
            return;
        }
        let (mut start, mut topics) = (self.topics[at].start, vec![last.topic]);
        for cue in self.topics[..at].iter().rev() {
            let listed = (cue.end..start).all(|at| matches!(self.word(at), "," | "and" | "its" | "our" | "the"));
            let list = cue.end < start && start <= cue.end + 3 && listed;
            if !list {
                break;
            }
            start = cue.start;
            let topic = self.topic(cue);
            let counted = matches!(
                topic,
                Topic::EmissionsReduction | Topic::EnergyEfficiency | Topic::Water | Topic::Waste | Topic::Packaging
            );
            if counted && !topics.contains(&topic) {
                topics.push(topic);
                heads.push(Head { topic, topic_rule: Some(cue.rule), ..last.clone() });
            }
        }
    }

    /// "Norland must reach net zero by 2050, and our council aims to reach that goal
    /// by 2032": the same state for a nearer day.
    pub(super) fn restated(&self, first: &Head) -> Option<Head> {
        self.followed(first).or_else(|| self.brought_near(first))
    }

    /// "No net-zero target was found", "has no climate-neutrality goal".
    pub(super) fn is_lacking(&self, cue: &Cue) -> bool {
        let goal = self.any(cue.end, cue.end + 3, |word| self.rules.lists("goal", word));
        let lacking = |word: &str| matches!(word, "no" | "without" | "lacks" | "lack" | "lacking");
        let bare =
            |word: &str| matches!(word, "a" | "an" | "any" | "official" | "formal" | "public" | "explicit" | "clear");
        let before = (1..4).find(|&back| !bare(self.before(cue.start, back))).unwrap_or(1);
        let not = matches!(self.before(cue.start, before), "have" | "set")
            && matches!(self.before(cue.start, before + 1), "not" | "'t");
        // "has not yet announced a net-zero target"
        let made = (1..4).find(|&back| {
            ["announc", "set", "made", "publish", "adopt", "disclos", "commit", "given", "defin", "develop"]
                .iter()
                .any(|start| self.before(cue.start, back).starts_with(start))
        });
        let unmade = made.is_some_and(|back| {
            (1..4).any(|more| matches!(self.before(cue.start, back + more), "not" | "'t" | "never"))
                && !(1..4).any(|more| self.before(cue.start, back + more) == "only")
        });
        goal && (lacking(self.before(cue.start, before)) || not || unmade)
    }

    /// "zero waste by 2040 (a 90% diversion)": what the state is taken to be.
    pub(super) fn clarified(&self, heads: &mut Vec<Head>) {
        let ended: Vec<Head> = heads.iter().filter(|head| head.shape == Shape::Eliminate).cloned().collect();
        heads.retain(|head| {
            let open = (head.start.saturating_sub(4)..head.start).rfind(|&at| matches!(self.word(at), "(" | ")"));
            let state =
                |other: &Head| other.topic == head.topic && other.end <= head.start && other.end + 9 > head.start;
            let said = matches!(head.shape, Shape::Value(_)) && ended.iter().any(state);
            !(said && open.is_some_and(|at| self.word(at) == "("))
        });
    }

    /// "Our mills are climate neutral already, and the shops are to reach that by 2029",
    /// "… are expected to follow by 2029": the state of some, meant for the others.
    fn followed(&self, first: &Head) -> Option<Head> {
        let reach =
            |word: &str| ["reach", "achiev", "hit", "attain", "meet"].iter().any(|start| word.starts_with(start));
        let back = |at: &usize| {
            let at = *at;
            let verb = reach(self.before(at, 1));
            match self.word(at) {
                "it" | "this" | "that" => verb,
                "milestone" | "status" | "goal" | "point" | "level" => {
                    matches!(self.before(at, 1), "this" | "that" | "same")
                        && (2..4).any(|by| reach(self.before(at, by)))
                }
                "follow" | "same" => matches!(self.before(at, 1), "to" | "will" | "the"),
                _ => false,
            }
        };
        let at = (first.end..self.tokens.len().min(first.end + 30)).find(back)?;
        let promise = self.cues.iter().find(|cue| {
            let expected = cue.class == Class::Forecast && self.any(cue.start, cue.end, |word| word == "expected");
            (cue.class == Class::Promise || expected) && cue.start >= first.end && cue.start < at
        })?;
        let past = self.any(0, promise.start, |word| word == "already")
            || self.cues.iter().any(|cue| cue.class == Class::Past && cue.start < first.end);
        let deadline = |date: &&Date| matches!(date.role, Role::Deadline(_));
        let dated = self.dates.iter().filter(deadline).any(|date| date.start > at && date.start < at + 4);
        let next = self.topics.iter().any(|cue| cue.start >= first.end && cue.start < at);
        (past && dated && !next).then(|| Head { start: at, end: at + 1, ..first.clone() })
    }

    /// The state reached once more, for a nearer day.
    fn brought_near(&self, first: &Head) -> Option<Head> {
        let goal = (first.end + 2..self.tokens.len()).find(|&at| {
            self.rules.lists("goal-noun", self.word(at)) && matches!(self.before(at, 1), "that" | "this" | "same")
        })?;
        let deadline = |date: &&Date| matches!(date.role, Role::Deadline(_));
        let mut dates = self.dates.iter().filter(deadline);
        let before = dates.clone().any(|date| date.start >= first.end && date.end < goal);
        let behind = dates.any(|date| date.start > goal && date.start < goal + 3);
        let ours = self.any(first.end, goal, |word| self.rules.lists("first-person", word));
        (before && behind && ours).then(|| Head { start: goal, end: goal + 1, ..first.clone() })
    }

    /// "by a third, to 5 Mt", "1 Gt (or 1 billion tonnes)": the same goal in
    /// other words is left out.
    pub(super) fn again(&self, heads: &mut Vec<Head>) {
        let vague = |word: &str| {
            matches!(
                word,
                "around"
                    | "about"
                    | "below"
                    | "under"
                    | "just"
                    | "less"
                    | "than"
                    | "some"
                    | "or"
                    | "$"
                    | "€"
                    | "£"
                    | "only"
                    | "approximately"
                    | "≈"
                    | "~"
            )
        };
        let mut at = 1;
        while at < heads.len() {
            let (first, next) = (&heads[at - 1], &heads[at]);
            let mut before = next.start;
            while before > first.end && vague(self.word(before - 1)) {
                before -= 1;
            }
            let level = matches!((&first.shape, &next.shape), (Shape::Value(a), Shape::Value(b)) if a.sort == Sort::Percent && b.sort == Sort::Amount)
                && self.before(before, 1) == "to"
                && next.start < first.end + 16
                && !(first.end..next.start).any(|at| matches!(self.word(at), ";" | "and"));
            let bracketed = matches!((&first.shape, &next.shape), (Shape::Value(a), Shape::Value(b)) if (b.sort == Sort::Amount || b.sort != a.sort) && a.sort != Sort::Multiple)
                && self.before(before, 1) == "("
                && (before < first.end + 3
                    || (before < first.end + 11
                        && !(first.end..before - 1).any(|at| matches!(self.word(at), "," | ")"))));
            // "the cost of clean fuel by 70% to $2"
            let price = matches!(&next.shape, Shape::Value(price) if is_money(price));
            if (first.topic == next.topic && self.is_equal(first, next))
                || ((first.topic == next.topic || price) && (level || bracketed))
            {
                heads.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// "to 6 t a head, a reduction of 30%", "0.4 l or 80% less", "20% (or 9% on 2018)":
    /// the same goal, measured otherwise.
    fn is_equal(&self, first: &Head, next: &Head) -> bool {
        let (Shape::Value(a), Shape::Value(b)) = (&first.shape, &next.shape) else { return false };
        let own = |date: &&Date| matches!(date.role, Role::Deadline(_));
        let later = self.dates.iter().filter(own).any(|date| date.start >= next.end);
        let earlier = self.dates.iter().filter(own).any(|date| date.end <= next.start);
        let near = next.start < first.end + 18 && !(later && earlier);
        let words = |wanted: fn(&str) -> bool| self.any(first.end, next.start, wanted);
        let back = (next.start.saturating_sub(3)..next.start).rfind(|&at| self.word(at) == "or");
        let or = back.is_some_and(|at| {
            (at + 1..next.start).all(|at| matches!(self.word(at), "a" | "an" | "by" | "about" | "up" | "to" | "some"))
                && (a.sort != b.sort || self.before(at, 1) == "(")
        });
        let again = |word: &str| {
            matches!(
                word,
                "constitutes"
                    | "represents"
                    | "corresponds"
                    | "corresponding"
                    | "equals"
                    | "representing"
                    | "equivalent"
            )
        };
        let summed = a.sort == Sort::Amount
            && b.sort == Sort::Percent
            && (words(again)
                || (next.start.saturating_sub(4)..next.start).any(|at| {
                    self.before(at, 1) == ","
                        && self.word(at) == "a"
                        && matches!(self.word(at + 1), "reduction" | "cut" | "decrease" | "drop")
                }));
        near && (or || summed) && !words(|word| matches!(word, ";" | "and"))
    }

    /// "save 4 GWh" is said of energy.
    pub(super) fn saving(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let energy = matches!(quantity.unit.as_str(), "kWh" | "MWh" | "GWh" | "TWh" | "GJ" | "TJ" | "PJ");
        let less = |word: &str| word.starts_with("sav") || word.starts_with("reduc") || word == "cut";
        let near = self.any(quantity.start.saturating_sub(5), quantity.start, less);
        // "the aim of saving 30% of energy"
        let part = quantity.sort == Sort::Percent
            && self.word(quantity.end) == "of"
            && self.any(quantity.end, quantity.end + 4, |word| matches!(word, "energy" | "electricity" | "fuel"))
            && self.any(quantity.start.saturating_sub(4), quantity.start, |word| word.starts_with("sav"));
        (energy && near || part).then_some((Topic::EnergyEfficiency, None))
    }

    /// "a 60% reduction" with nothing else to be reduced.
    pub(super) fn reduction(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let reduction =
            |word: &str| matches!(word, "reduction" | "reductions" | "cut" | "decrease" | "decline" | "drop");
        let near = self.any(quantity.end, quantity.end + 4, reduction)
            || self.any(quantity.start.saturating_sub(3), quantity.start, reduction);
        // "to reduce this by 20%", "to bring that figure down to 5 t": named before
        let less =
            |word: &str| word.starts_with("reduc") || matches!(word, "cut" | "lower" | "bring" | "slash" | "halve");
        let meant = |word: &str| {
            matches!(
                word,
                "this" | "it" | "that" | "them" | "these" | "intensity" | "total" | "footprint" | "figure" | "impact"
            )
        };
        let verb = (quantity.start.saturating_sub(12)..quantity.start).rfind(|&at| less(self.word(at)));
        // "40% below 2005 levels" is said of emissions
        let below = matches!(self.word(quantity.end), "below" | "less" | "lower" | "on" | "from")
            && self
                .dates
                .iter()
                .any(|date| date.role == Role::Baseline && date.start >= quantity.end && date.start < quantity.end + 3);
        let near = near || below;
        // "halve its footprint"
        let halved = matches!(self.word(quantity.start), "halve" | "halving")
            && self.any(quantity.end, quantity.end + 4, |word| matches!(word, "footprint" | "impact"));
        let near = near || halved;
        // "the goals for 2030 will be reduced by 30%"
        let passive = verb.is_some_and(|at| {
            let goal = |word: &str| self.rules.lists("goal", word);
            self.topics.is_empty() && self.before(at, 1) == "be" && self.any(at.saturating_sub(9), at, goal)
        });
        let near = near || passive || verb.is_some_and(|at| self.any(at, quantity.start, meant));
        let state = self.topics.iter().any(|cue| matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
        (quantity.sort == Sort::Percent && (near || state)).then_some((Topic::EmissionsReduction, None))
    }

    /// "80% of the plastics we use will be recycled": what it is made from.
    pub(super) fn recycled(&self, quantity: &Quantity, topic: Topic) -> Option<&Cue> {
        let share = quantity.sort == Sort::Percent && self.word(quantity.end) == "of";
        let plastics = || self.any(quantity.end, quantity.end + 7, |word| matches!(word, "plastic" | "plastics"));
        let made = |at: usize| matches!(self.word(at), "from" | "be");
        let until = self.quantities.iter().map(|other| other.start).find(|&at| at >= quantity.end);
        let until = until.unwrap_or(self.tokens.len()).min(quantity.end + 18);
        self.topics.iter().filter(|_| share && topic == Topic::Waste && plastics()).find(|cue| {
            let near = cue.start >= quantity.end && cue.start < until;
            near && self.topic(cue) == Topic::Circularity && (cue.start.saturating_sub(3)..cue.start).any(made)
        })
    }

    /// "100% of our energy from renewable sources": what it comes from.
    pub(super) fn supplied(&self, quantity: &Quantity, topic: Topic) -> Option<&Cue> {
        let share = quantity.sort == Sort::Percent && self.word(quantity.end) == "of";
        let until = self.quantities.iter().map(|other| other.start).find(|&at| at >= quantity.end);
        let until = until.unwrap_or(self.tokens.len()).min(quantity.end + 18);
        self.topics
            .iter()
            .filter(|_| share && topic == Topic::EnergyEfficiency)
            .filter(|cue| {
                // "80% of the demand in schools, wards and … will be met by wind": far, but said
                let met = |word: &str| matches!(word, "met" | "covered" | "supplied" | "provided" | "satisfied");
                let far = cue.start < quantity.end + 36 && self.any(cue.start.saturating_sub(5), cue.start, met);
                cue.start >= quantity.end && (cue.start < until || far)
            })
            .find(|cue| matches!(self.topic(cue), Topic::RenewableElectricity | Topic::RenewableEnergy))
    }
}
