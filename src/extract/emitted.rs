//! What is said of emissions without their name: "Scopes 1 and 2: 37% by 2031".

use super::date::{Date, Role};
use super::heads::Parts;
use super::quantity::{Quantity, Sort};
use crate::model::topic::Topic;

impl Parts<'_> {
    /// "Scopes 1 and 2: 40% by 2031", "unconditional: 15% below BAU": a share with a word that
    /// is said of emissions alone, where nothing else is spoken of.
    pub(super) fn emitted(&self, quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
        let told = |word: &str| {
            matches!(word, "scope" | "scopes" | "s1" | "s2" | "s3")
                || matches!(word, "conditional" | "conditionally" | "unconditional" | "unconditionally" | "bau")
        };
        let meant = quantity.sort == Sort::Percent
            && self.any(0, self.tokens.len(), told)
            && self.speaks_of_nothing_else(quantity.end);
        meant.then_some((Topic::EmissionsReduction, None))
    }

    /// Whether something is due some day, and no word tells of another matter, but behind a
    /// stop after `end`.
    fn speaks_of_nothing_else(&self, end: usize) -> bool {
        let ahead = |date: &Date| {
            matches!(date.role, Role::Deadline(_) | Role::Bare | Role::Named)
                && self.said.is_none_or(|said| date.year > said)
        };
        let climate = |topic| matches!(topic, Topic::EmissionsReduction | Topic::NetZero | Topic::CarbonNeutral);
        let stopped = |at: usize| self.any(end, at, |word| matches!(word, ";" | "."));
        let alone = self.topics.iter().all(|cue| climate(self.topic(cue)) || stopped(cue.start));
        self.dates.iter().any(ahead)
            && alone
            && !self.any(0, self.tokens.len(), |word| self.rules.lists("elsewhere", word))
    }
}
