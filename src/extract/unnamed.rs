//! What a number is about where no topic stands beside it: what comes after the
//! date, what is compared, what a target is always of.

use super::date::Role;
use super::heads::Parts;
use super::quantity::{Quantity, Sort};
use super::rules::Cue;
use super::values::{is_money, unit_of};
use crate::model::topic::Topic;

impl Parts<'_> {
    /// "a 30% reduction by 2031 in water use": what is reduced comes after the date.
    pub(super) fn late(&self, end: usize) -> Option<(Topic, Option<usize>)> {
        let date = self.dates.iter().find(|date| date.start >= end && date.start < end + 4)?;
        let scoped =
            self.word(date.end + 1).starts_with("scope") && matches!(self.word(date.end), "on" | "for" | "across");
        let joined = scoped || matches!(self.word(date.end), "of" | "in");
        let cue = self.topics.iter().find(|cue| cue.start > date.end && cue.start < date.end + 5)?;
        joined.then(|| (self.topic(cue), Some(cue.rule)))
    }

    /// "a target of 30 gigawatts by 2030": power to be built, where nothing says which.
    pub(super) fn capacity(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let other = |word: &str| matches!(word, "nuclear" | "gas" | "coal" | "oil" | "reactors" | "data" | "thermal");
        let power = matches!(unit_of(quantity), "GW" | "MW" | "TW") && self.topics.is_empty();
        if power && !self.any(0, self.tokens.len(), other) {
            return Some((Topic::RenewableElectricity, None));
        }
        self.sole(quantity)
    }

    /// "$3 billion over ten years for green projects": money whose purpose comes late.
    pub(super) fn spent(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let to =
            (quantity.end..quantity.end + 12).find(|&at| matches!(self.word(at), "to" | "for" | "into" | "towards"));
        let matter = |cue: &Cue| {
            to.is_some_and(|to| cue.start > to && cue.start < to + 12)
                && matches!(
                    self.topic(cue),
                    Topic::Biodiversity
                        | Topic::Deforestation
                        | Topic::RenewableElectricity
                        | Topic::RenewableEnergy
                        | Topic::FleetElectrification
                        | Topic::EnergyEfficiency
                        | Topic::Waste
                        | Topic::Water
                )
        };
        // "to support lands that move away from coal"
        let left = |cue: &Cue| {
            self.topic(cue) == Topic::FossilPhaseOut
                && cue.start >= quantity.end
                && cue.start < quantity.end + 24
                && self.any(cue.start.saturating_sub(4), cue.start, |word| matches!(word, "away" | "off" | "beyond"))
        };
        // "will invest $1 billion by 2031 to cut its emissions"
        let paid = self.any(quantity.start.saturating_sub(4), quantity.start, |word| {
            ["invest", "commit", "spend", "allocat", "dedicat", "devot", "earmark"]
                .iter()
                .any(|start| word.starts_with(start))
        });
        let lowers = |word: &str| {
            matches!(word, "cut" | "reduce" | "mitigate" | "lower" | "eliminate" | "decarbonise" | "decarbonize")
        };
        let lowered = |cue: &Cue| {
            self.topic(cue) == Topic::EmissionsReduction
                && to.is_some_and(|to| cue.start > to && cue.start < to + 14)
                && self.any(cue.start.saturating_sub(6), cue.start + 1, lowers)
        };
        let purpose = self.topics.iter().any(left)
            || (paid && self.topics.iter().any(lowered))
            || self.any(quantity.end, quantity.end + 20, is_green)
            || self.topics.iter().any(matter);
        (is_money(quantity) && purpose).then_some((Topic::Finance, None))
    }

    /// "90% of our cocoa, butter included, will be certified", "will, from 2031 on, double its
    /// climate finance": the one number of a sentence is of its one topic, commas or not.
    fn sole(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let cue = self.topics.iter().find(|cue| cue.start >= quantity.end)?;
        let one = self.topics.iter().all(|other| self.topic(other) == self.topic(cue));
        let counted = matches!(
            self.topic(cue),
            Topic::SupplyChain
                | Topic::Finance
                | Topic::RenewableElectricity
                | Topic::RenewableEnergy
                | Topic::FleetElectrification
                | Topic::Circularity
        );
        let share = quantity.sort == Sort::Percent && matches!(self.word(quantity.end), "of" | "will" | "are" | "to");
        let multiple = quantity.sort == Sort::Multiple && self.topic(cue) == Topic::Finance;
        let alone = self.quantities.len() == 1 && cue.start < quantity.end + 24;
        (one && counted && alone && (share || multiple)).then(|| (self.topic(cue), Some(cue.rule)))
    }

    /// "Interim targets: 30% by 2026 (baseline 2012)": a share of what was emitted,
    /// where nothing else is spoken of.
    fn unnamed(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        if self.is_interim(quantity) {
            return Some((Topic::EmissionsReduction, None));
        }
        let goal = self.any(0, quantity.start, |word| self.rules.lists("goal-noun", word));
        let compared = self.dates.iter().any(|date| date.role == Role::Baseline && date.start >= quantity.end);
        let bare = self.topics.is_empty() && matches!(self.word(quantity.end), "by" | "in" | "until" | "before");
        (quantity.sort == Sort::Percent && goal && compared && bare).then_some((Topic::EmissionsReduction, None))
    }

    /// "The interim target is set to 3 t per head", "a reduction target of 40%": of what
    /// is emitted, where nothing else is spoken of.
    fn is_interim(&self, quantity: &Quantity) -> bool {
        let start = quantity.start;
        let noun = (start.saturating_sub(7)..start).rfind(|&at| self.rules.lists("goal-noun", self.word(at)));
        let Some(noun) = noun else { return false };
        let kind = |word: &str| {
            matches!(
                word,
                "interim"
                    | "intermediate"
                    | "intermediary"
                    | "reduction"
                    | "mid"
                    | "near"
                    | "emission"
                    | "mitigation"
                    | "conditional"
                    | "unconditional"
            )
        };
        let linked = (noun + 1..start).all(|at| {
            matches!(
                self.word(at),
                "of" | "to"
                    | "is"
                    | "are"
                    | "at"
                    | "set"
                    | ":"
                    | ","
                    | "-"
                    | "has"
                    | "have"
                    | "been"
                    | "was"
                    | "a"
                    | "be"
                    | "by"
                    | "for"
            ) || self.tokens[at].year().is_some()
        });
        let alone = self.topics.iter().all(|cue| self.topic(cue) == Topic::EmissionsReduction);
        let head = quantity.sort == Sort::Amount
            && matches!(unit_of(quantity), "t" | "tonnes" | "kg")
            && ["capita", "person", "inhabitant", "head", "resident"].iter().any(|per| quantity.unit.ends_with(per));
        let named = (noun.saturating_sub(3)..noun).any(|at| kind(self.word(at)));
        alone && linked && ((quantity.sort == Sort::Percent && named) || head)
    }

    /// "25% by 2030 and 60% by 2045 below a CO2 baseline": what it is compared with.
    pub(super) fn compared(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        if let Some(found) = self.unnamed(quantity) {
            return Some(found);
        }
        // "45% by 2031, 90% by 2048 below 2010 levels"
        let based = self
            .dates
            .iter()
            .any(|date| date.role == Role::Baseline && date.start >= quantity.end && self.word(date.start) == "below");
        // "set a target of 20% below a 2004 baseline"
        let goal = || self.any(0, quantity.start, |word| self.rules.lists("goal", word));
        let open = self.word(quantity.end) == "by" || (self.word(quantity.end) == "below" && goal());
        if self.topics.is_empty() && based && quantity.sort == Sort::Percent && open {
            return Some((Topic::EmissionsReduction, None));
        }
        let below = (quantity.end..self.tokens.len()).find(|&at| matches!(self.word(at), "below" | "under"))?;
        let near = |cue: &&Cue| cue.start > below && cue.start < below + 5;
        let cue = self.topics.iter().filter(near).find(|cue| self.topic(cue) == Topic::EmissionsReduction)?;
        (quantity.sort == Sort::Percent).then_some((Topic::EmissionsReduction, Some(cue.rule)))
    }
}

/// What money is for, told by a word of its purpose.
fn is_green(word: &str) -> bool {
    matches!(
        word,
        "climate"
            | "green"
            | "greener"
            | "clean"
            | "cleaner"
            | "environmental"
            | "nature"
            | "biodiversity"
            | "adaptation"
            | "vulnerable"
            | "regenerative"
            | "decarbonisation"
            | "decarbonization"
            | "forests"
            | "ecological"
            | "renewables"
            | "planet"
    ) || word.starts_with("sustainab")
}
