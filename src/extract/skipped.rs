//! Words in front of a goal that do not govern it: a clause that has ended, what stands
//! beside a promise, what a goal says, what is only contrasted with it.

use super::heads::{Head, Parts};
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// Whether the words of a cue in front of the head say nothing of it.
    pub(super) fn is_skipped(&self, cue: &Cue, head: &Head, speaker: &Speaker<'_>) -> bool {
        // "ships that can run on ammonia, and": the clause of the ships ends
        let aside = cue.class == Class::Possible
            && matches!(self.before(cue.start, 1), "that" | "which" | "who" | "it")
            && (cue.end..head.start).any(|at| self.word(at) == ",");
        // "propose to set a target of net zero": the target itself is said
        let into_law = self.word(cue.end) == "into" && self.word(cue.end + 1) == "law";
        let said = cue.class == Class::Deliverable
            && (matches!(self.word(cue.end), "of" | "to") || into_law)
            && matches!(self.word(cue.end - 1), "target" | "targets" | "goal" | "goals");
        let suppliers = cue.class == Class::Deliverable && head.topic == Topic::SupplyChain;
        // "By 2030, encourage …; cut": a line of a plan
        let ordered = cue.class == Class::Call
            && self.rules.lists("order", self.word(cue.start))
            && self.openings().contains(&cue.start);
        aside
            || said
            || suppliers
            || ordered
            || self.is_beside_others(cue)
            || self.is_content(cue)
            || self.is_contrasted(cue, head)
            || self.is_left_behind(cue, head)
            || self.is_bracketed(cue, head)
            || self.is_passed(cue, head)
            || self.follows(cue, speaker)
    }

    /// "consistent with the global pledge", "a 1.5 °C-aligned goal": others' goals beside
    /// what is promised.
    fn is_beside_others(&self, cue: &Cue) -> bool {
        let beside = |back: usize| {
            matches!(
                self.before(cue.start, back),
                "consistent" | "line" | "accordance" | "aligned" | "keeping" | "beyond" | "ahead" | "exceeding"
            )
        };
        let sort =
            |at: usize| matches!(self.word(at), "aligned" | "compatible" | "consistent" | "approved" | "validated");
        cue.class == Class::Others && ((1..4).any(beside) || (cue.end..cue.end + 4).any(sort))
    }

    /// "our vision is that all of it should be": what the goal says.
    fn is_content(&self, cue: &Cue) -> bool {
        let near = if self.word(cue.start) == "let" { 7 } else { 3 };
        cue.class == Class::Call
            && matches!(self.word(cue.start), "should" | "must" | "shall" | "let")
            && self.cues.iter().any(|goal| {
                let noun =
                    self.rules.lists("goal-noun", self.word(goal.end - 1)) || self.rules.rule(goal).name == "law";
                let that = |at: usize| matches!(self.word(at), "that" | ":");
                noun && goal.end <= cue.start && goal.end + 20 > cue.start && (goal.end..goal.end + near).any(that)
            })
    }

    /// "not only to measure it, but also to be climate neutral", "has been drawn up for
    /// the region and sets a target".
    fn is_contrasted(&self, cue: &Cue, head: &Head) -> bool {
        let also = |at: usize| self.word(at) == "but" && self.word(at + 1) == "also";
        let sets = |at: usize| {
            self.word(at) == "and"
                && matches!(
                    self.word(at + 1),
                    "sets" | "aims" | "foresees" | "establishes" | "commits" | "plans" | "envisages"
                )
        };
        let mut between = cue.end..head.start;
        (cue.class != Class::Promise && between.clone().any(also)) || (cue.class == Class::Past && between.any(sets))
    }

    /// The demand behind which a promise stands, unless the goal is one's own already:
    /// "recommends measures to reach the country's goal".
    pub(super) fn asked_of_others(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<&Cue> {
        let their = self.any(cue.start.saturating_sub(3), cue.end, |word| matches!(word, "their" | "his" | "her"));
        let owned = !their
            && self.rules.lists("goal", self.word(cue.end - 1))
            && matches!(speaker.owner(&self.tokens, cue.end - 1), Party::Own(_));
        // "what Norland needs to achieve its goals of": its own
        let its = |call: &Cue| {
            self.rules.lists("goal-noun", self.word(cue.end - 1))
                && (1..4).any(|back| self.before(cue.end - 1, back) == "its")
                && matches!(speaker.party(&self.tokens, self.clause(call.start), call.start), Party::Own(_))
        };
        let free = |call: &&Cue| !(owned || its(call) || self.obliged(call, speaker) || self.mandated(call, speaker));
        self.called_upon(cue).filter(free)
    }
}
