//! Numbers that stand for several topics, say the same again, or leave their
//! topic to the words around them.

use super::date::{Date, Role};
use super::heads::{Head, Parts, Shape};
use super::quantity::{Quantity, Sort};
use super::rules::Cue;
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
            let bracketed = matches!((&first.shape, &next.shape), (Shape::Value(a), Shape::Value(b)) if b.sort == Sort::Amount && a.sort != Sort::Multiple)
                && self.before(before, 1) == "("
                && (before < first.end + 3
                    || (before < first.end + 9
                        && !(first.end..before - 1).any(|at| matches!(self.word(at), "," | ")"))));
            // "the cost of clean fuel by 70% to $2"
            let price = matches!(&next.shape, Shape::Value(price) if is_money(price));
            if (first.topic == next.topic || price) && (level || bracketed) {
                heads.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// "save 4 GWh" is said of energy.
    pub(super) fn saving(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let energy = matches!(quantity.unit.as_str(), "kWh" | "MWh" | "GWh" | "TWh" | "GJ" | "TJ" | "PJ");
        let less = |word: &str| word.starts_with("sav") || word.starts_with("reduc") || word == "cut";
        let near = self.any(quantity.start.saturating_sub(5), quantity.start, less);
        (energy && near).then_some((Topic::EnergyEfficiency, None))
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
        let near = near || verb.is_some_and(|at| self.any(at, quantity.start, meant));
        let state = self.topics.iter().any(|cue| matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
        (quantity.sort == Sort::Percent && (near || state)).then_some((Topic::EmissionsReduction, None))
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
