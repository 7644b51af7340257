//! Heads that mean all of a thing: "only renewable power", "every van electric".

use super::date::Role;
use super::heads::{Head, Parts, Shape};
use super::rules::Cue;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// Heads of all of a topic, where no number says how much.
    pub(super) fn alls(&self, heads: &mut Vec<Head>) {
        for cue in &self.topics {
            let topic = self.topic(cue);
            let Some(near) = self.all_within(cue, topic) else { continue };
            let from = cue.start.saturating_sub(near);
            let parted = |a: usize, b: usize| {
                self.dates.iter().any(|date| {
                    a.min(b) < date.start && date.start < a.max(b) && matches!(date.role, Role::Deadline(_))
                })
            };
            let valued = heads.iter().any(|head| {
                let near =
                    head.start + 12 > cue.start && head.start < cue.end + 8 && matches!(head.shape, Shape::Value(_));
                near && !parted(head.start, cue.start) && !self.is_another_deed(head, cue)
                    || (head.topic == topic && head.shape != Shape::Bare && !parted(head.start, cue.start))
            });
            let inside = heads.iter().any(|head| head.start < cue.end && head.end > cue.start);
            if self.is_whole(cue, from, topic) && !valued && !inside && !self.furthered(cue) {
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

    /// "halve our food waste and use only renewable power": a verb of its own, behind another
    /// goal.
    fn is_another_deed(&self, head: &Head, cue: &Cue) -> bool {
        let verb = |at: usize| ["order", "change"].iter().any(|list| self.rules.lists(list, self.word(at)));
        let all = |word: &str| matches!(word, "all" | "every" | "only" | "entirely" | "fully" | "exclusively");
        (head.end..cue.start)
            .any(|at| self.word(at) == "and" && verb(at + 1) && at + 7 > cue.start && self.any(at + 2, cue.start, all))
    }

    /// Whether all of a topic is meant, by a word from `from` on.
    fn is_whole(&self, cue: &Cue, from: usize, topic: Topic) -> bool {
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
        // "our entire value chain by 2030, and reuse" is not all of the reuse
        let dated = |at: usize| self.dates.iter().any(|date| at < date.start && date.end <= cue.start);
        // "84 percent of all capacity", "most of all"
        let part = |at: usize| {
            self.before(at, 1) == "of"
                && (self.quantities.iter().any(|part| part.end + 1 == at)
                    || matches!(self.before(at, 2), "most" | "many" | "much" | "some" | "majority"))
        };
        // "showing all tenants how to save water": all of them, not of it
        let people = |at: usize| {
            matches!(topic, Topic::EnergyEfficiency | Topic::Water | Topic::Waste)
                && self.any(at + 1, at + 3, |word| self.rules.lists("people", word))
        };
        // "cut the use of energy in all schools": where, not how much of it
        let where_it_is = |at: usize| {
            topic == Topic::EnergyEfficiency
                && at > cue.end
                && matches!(self.before(at, 1), "in" | "across" | "at" | "within")
        };
        let whole = (from..cue.end + 3)
            .filter(|&at| !where_it_is(at))
            .filter(|&at| !(self.word(at) == "only" && self.before(at, 1) == "not"))
            .any(|at| (all(self.word(at)) || self.is_all(at)) && !dated(at) && !part(at) && !people(at));
        let whole = whole || self.is_full(cue);
        // "run on the sun and wind alone"
        whole || self.word(cue.end) == "alone"
    }

    /// "nothing but wind", "the whole fleet", "electric without exception", "to the last one".
    fn is_all(&self, at: usize) -> bool {
        let whole = self.word(at) == "whole" && self.before(at, 1) != "a";
        whole
            || matches!(
                (self.word(at), self.word(at + 1), self.word(at + 2)),
                ("full", "electric", _)
                    | ("nothing", "but" | "except" | "else", _)
                    | ("without", "exception", _)
                    | ("to", "the", "last")
                    | ("in", "its" | "their", "entirety")
                    | ("each", "of", _)
            )
    }

    /// "RE100 by 2040", "full electrification of its fleet by 2032": said with a day to come.
    fn is_full(&self, cue: &Cue) -> bool {
        let full = self.any(cue.start, cue.end, |word| matches!(word, "re100" | "ev100"))
            || matches!(self.before(cue.start, 1), "full" | "complete" | "total");
        full && self
            .dates
            .iter()
            .any(|date| matches!(date.role, Role::Deadline(_)) && self.said.is_none_or(|said| date.year > said))
    }

    /// How far in front of a topic an "all" of it can stand, where there is such a thing.
    fn all_within(&self, cue: &Cue, topic: Topic) -> Option<usize> {
        Some(match topic {
            Topic::RenewableElectricity | Topic::RenewableEnergy | Topic::FleetElectrification | Topic::Circularity => {
                12
            }
            Topic::SupplyChain | Topic::EnergyEfficiency => 4,
            Topic::Water | Topic::Waste if self.recovered(cue) => 4,
            Topic::Biodiversity if self.sheltered(cue) => 4,
            // "all operations are to be aligned with the Paris goals"
            Topic::Finance if self.any(cue.start, cue.end, |word| word == "paris") => 8,
            Topic::Other
                if self.any(cue.start, cue.end + 1, |word| {
                    let whole = matches!(word, "organic" | "shore" | "vegan" | "vegetarian" | "plant");
                    whole || word.starts_with("certif") || word.starts_with("ecodesign")
                }) =>
            {
                8
            }
            _ => return None,
        })
    }

    /// "recycling all of our wastewater": a share of it, not its end.
    fn recovered(&self, cue: &Cue) -> bool {
        self.any(cue.start.saturating_sub(6), cue.start, |word| {
            ["recycl", "reus", "divert", "treat", "compost", "recover"].iter().any(|start| word.starts_with(start))
        }) && self.any(cue.start.saturating_sub(4), cue.start, |word| matches!(word, "all" | "every" | "entire"))
    }

    /// "all remaining wetlands are protected": every one of them.
    fn sheltered(&self, cue: &Cue) -> bool {
        let kept = |at: usize| {
            matches!(self.word(at), "protected" | "conserved" | "restored" | "managed" | "safeguarded" | "preserved")
                && matches!(self.before(at, 1), "are" | "be" | "is" | "sustainably" | "legally" | "fully")
        };
        // "every river in good condition by 2031"
        let well = |at: usize| {
            matches!(self.word(at), "condition" | "status" | "health")
                && matches!(self.before(at, 1), "good" | "healthy" | "favourable" | "favorable" | "ecological")
        };
        (cue.end..cue.end + 12)
            .take_while(|&at| !matches!(self.word(at), "," | ";" | "to"))
            .any(|at| kept(at) || well(at))
            && self.any(cue.start.saturating_sub(3), cue.start, |word| matches!(word, "all" | "every"))
            && self.dates.iter().any(|date| matches!(date.role, Role::Deadline(_)))
    }

    /// "to maximise the recycling of all waste": more of it, not the whole.
    fn furthered(&self, cue: &Cue) -> bool {
        self.any(cue.start.saturating_sub(7), cue.start, |word| {
            ["maximi", "optimi", "promot", "encourag", "facilitat", "enhanc"]
                .iter()
                .any(|start| word.starts_with(start))
        })
    }
}
