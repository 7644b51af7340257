//! What the verbs of a clause do with a goal: make it, serve it, or turn to
//! something else.

use super::heads::Parts;
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;

impl Parts<'_> {
    /// "believes that soils matter and is proud to": a second verb of the same subject.
    pub(super) fn turns(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            self.word(at) == "and"
                && matches!(self.word(at + 1), "is" | "has" | "are" | "have" | "was" | "were" | "will")
        })
    }

    /// Whether the speaker is the subject of a cue.
    pub(super) fn is_own_subject(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        matches!(speaker.party(&self.tokens, self.clause(cue.start), cue.start), Party::Own(_))
    }

    /// "the target was set", "our goal has been updated": a goal that is made, not met.
    pub(super) fn is_decided(&self, cue: &Cue) -> bool {
        cue.class == Class::Past
            && self.rules.lists("goal", self.before(cue.start, 1))
            && self.rules.lists("decided", self.word(cue.end))
    }

    /// "they are accelerating progress with": no figure of progress.
    pub(super) fn is_pace(&self, cue: &Cue) -> bool {
        let faster = |word: &str| {
            ["accelerat", "speed", "quicken", "hasten", "drive", "driving"].iter().any(|start| word.starts_with(start))
        };
        self.word(cue.start) == "progress" && faster(self.before(cue.start, 1))
    }

    /// "According to the roadmap, it is expected": what a plan of one's own says.
    pub(super) fn is_by_plan(&self, cue: &Cue) -> bool {
        let plan = |word: &str| ["paper", "goal-noun"].iter().any(|list| self.rules.lists(list, word));
        let by_plan = |at: usize| self.word(at) == "according" && self.any(at + 2, at + 7, plan);
        let expected = self.any(cue.start, cue.end, |word| word == "expected")
            && self.any(0, cue.start, |word| word == "according");
        cue.class == Class::Forecast && (by_plan(cue.start) || (expected && (0..cue.start).any(by_plan)))
    }

    /// "we will make sure that our mills are powered by": what is promised, not what is.
    pub(super) fn is_made_so(&self, cue: &Cue) -> bool {
        let passive = self.rules.rule(cue).name == "figure-of-today"
            && matches!(self.word(cue.start), "is" | "are")
            && matches!(self.word(cue.end - 1), "by" | "with");
        let parted = |at: usize| matches!(self.word(at), "," | ";" | "and" | "." | "—");
        let promise = |other: &Cue| {
            matches!(other.class, Class::Promise | Class::Call)
                && other.end <= cue.start
                && !(other.end..cue.start).any(parted)
        };
        passive && self.cues.iter().any(promise)
    }

    /// "the closure will contribute to", "keeping cool will require": what a thing does
    /// for a goal, or asks for, where nobody says that he will.
    pub(super) fn serving(&self, cue: &Cue) -> Option<Class> {
        let will = |at: usize| matches!(self.before(at, 1), "will" | "would" | "'ll" | "can");
        let serves = |at: usize| self.rules.lists("serving", self.word(at));
        let verb = if will(cue.start) && serves(cue.start) {
            cue.start
        } else if matches!(self.word(cue.start), "will" | "would" | "'ll") && serves(cue.end) {
            cue.end
        } else {
            return None;
        };
        let asks = matches!(self.word(verb), "require" | "need" | "take" | "depend" | "demand");
        if matches!(self.word(verb + 1), "us" | "our" | "ourselves") {
            return None;
        }
        Some(if asks { Class::Call } else { Class::Forecast })
    }

    /// "a fuel that will enable": what the thing does of which it is said; a plan
    /// speaks for its maker.
    pub(super) fn is_relative(&self, cue: &Cue) -> bool {
        let that = (cue.start.saturating_sub(2)..cue.start).rfind(|&at| matches!(self.word(at), "that" | "which"));
        let Some(that) = that else { return false };
        let noun = self.before(that, 1 + usize::from(self.before(that, 1) == ","));
        let paper = ["paper", "goal-noun", "goal"].iter().any(|list| self.rules.lists(list, noun));
        let verb = that + 1 == cue.start || matches!(self.before(cue.start, 1), "will" | "would" | "can");
        verb && !paper
    }

    /// "by switching to clean fuels": the means, not what is promised.
    pub(super) fn is_means(&self, cue: &Cue) -> bool {
        self.rules.rule(cue).name == "strive"
            && self.word(cue.start).ends_with("ing")
            && matches!(self.before(cue.start, 1), "by" | "through" | "via")
    }

    /// "This means that we will cut", "which means our target is": what is promised
    /// follows from what was said before.
    pub(super) fn is_consequence(&self, cue: &Cue) -> bool {
        let Some(verb) = (cue.start..cue.end).find(|&at| matches!(self.word(at), "means" | "meaning")) else {
            return false;
        };
        let pointing = |word: &str| matches!(word, "this" | "that" | "which" | "it" | ",");
        let from = verb + 1 + usize::from(self.word(verb + 1) == "that");
        let subject = self.any(from, from + 3, |word| self.rules.lists("first-person", word));
        let aimed = self.cues.iter().any(|promise| {
            promise.class == Class::Promise
                && promise.start >= from
                && promise.start < from + 6
                && self.rules.rule(promise).name != "will"
        });
        matches!(cue.class, Class::Definition | Class::Forecast)
            && (pointing(self.before(verb, 1)) || self.word(verb) == "meaning")
            && (subject || aimed)
    }

    /// "The national target is to": whose goal it is stands before the verb.
    pub(super) fn goal_before(&self, cue: &Cue) -> Option<&Cue> {
        let copula = matches!(self.word(cue.start), "is" | "are") && self.word(cue.end - 1) == "to";
        self.cues.iter().find(|other| copula && other.class == Class::Others && other.end == cue.start)
    }
}
