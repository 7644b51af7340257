//! What is said of emissions without their name: "-37% by 2031 from 2019", "down to zero
//! by 2050".

use super::date::{Date, Role};
use super::heads::{Head, Parts, Shape};
use super::quantity::{Quantity, Sort};
use crate::model::topic::Topic;

impl Parts<'_> {
    /// "37% less by 2031", "15% by 2031 from 2019", "Scopes 1 and 2: 40% by 2031": a share of
    /// what was emitted, where nothing else is spoken of.
    pub(super) fn emitted(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let scope =
            |word: &str| matches!(word, "scope" | "scopes" | "s1" | "s2" | "s3" | "conditional" | "conditionally");
        let compared = || self.dates.iter().any(|date| date.role == Role::Baseline);
        let meant = quantity.sort == Sort::Percent
            && self.speaks_of_nothing_else(quantity.end)
            && (self.falls(quantity) || compared() || self.any(0, self.tokens.len(), scope));
        meant.then_some((Topic::EmissionsReduction, None))
    }

    /// "Minus 40%", "a third fewer than": words beside a value that say that it goes down.
    fn falls(&self, quantity: &Quantity) -> bool {
        let minus = (1..3).any(|back| matches!(self.before(quantity.start, back), "-" | "minus"));
        let or = if self.word(quantity.end) == "or" { 2 } else { 0 };
        let at = quantity.end + or;
        let less = matches!(self.word(at), "less" | "lower" | "fewer" | "down" | "off" | "below" | "under" | "out");
        // "20% less snow", "half off it": of what follows
        let then = at + 1;
        let closed = matches!(
            self.word(then),
            "" | "." | "," | ";" | ":" | "(" | ")" | "—" | "-" | "than" | "from" | "compared" | "against"
        ) || matches!(
            self.word(then),
            "relative" | "versus" | "vs" | "to" | "for" | "at" | "and" | "as" | "over"
        ) || matches!(
            self.word(then),
            "per" | "across" | "within" | "with" | "our" | "its" | "by" | "in" | "before"
        ) || self.dates.iter().any(|date| date.start <= then && then < date.end);
        minus || (less && closed)
    }

    fn lies_ahead(&self, date: &Date) -> bool {
        matches!(date.role, Role::Deadline(_) | Role::Bare | Role::Named)
            && self.said.is_none_or(|said| date.year > said)
    }

    /// Whether something is due some day, and no word tells of another matter, but behind a
    /// stop after `end`.
    fn speaks_of_nothing_else(&self, end: usize) -> bool {
        let due = self.dates.iter().any(|date| self.lies_ahead(date));
        let climate = |topic| matches!(topic, Topic::EmissionsReduction | Topic::NetZero | Topic::CarbonNeutral);
        let stopped = |at: usize| self.any(end, at, |word| matches!(word, ";" | "."));
        let alone = self.topics.iter().all(|cue| climate(self.topic(cue)) || stopped(cue.start));
        due && alone && !self.any(0, self.tokens.len(), |word| self.rules.lists("elsewhere", word))
    }

    /// "This sector gets to zero by 2050": the end state, where nothing else is spoken of.
    pub(super) fn brought_to_zero(&self, heads: &mut Vec<Head>) {
        if !self.topics.is_empty() || !heads.is_empty() || !self.speaks_of_nothing_else(self.tokens.len()) {
            return;
        }
        let zero = (1..self.tokens.len()).find(|&at| {
            let linked = (1..3).any(|back| matches!(self.before(at, back), "to" | "be" | "at"));
            linked && matches!(self.word(at), "zero" | "nil")
        });
        heads.extend(zero.map(|start| Head {
            shape: Shape::EndState,
            topic: Topic::NetZero,
            topic_rule: None,
            start,
            end: start + 1,
            less: true,
        }));
    }
}
