//! What reads like a promise and is none any more: a goal met since, a day gone
//! by, or the bare name of a goal.

use super::date::Date;
use super::heads::{Head, Parts, Shape};
use super::rules::Class;
use super::speaker::Speaker;
use super::token::Token;
use super::verdict::Verdict;

/// Papers that an end state gives its name to.
const NAMED: &[&str] = &[
    "strategy",
    "plan",
    "agenda",
    "roadmap",
    "journey",
    "programme",
    "program",
    "act",
    "review",
    "initiative",
    "charter",
];

/// Goals that an end state gives its name to, and papers in the plural.
const GOALS: &[&str] = &["target", "targets", "goal", "goals", "objective", "objectives", "strategy", "plan", "plans"];

/// What is done with a paper.
const SHOWN: &[&str] = &[
    "presented",
    "published",
    "adopted",
    "developed",
    "completed",
    "prepared",
    "finalised",
    "finalized",
    "submitted",
    "drafted",
    "released",
    "unveiled",
    "updated",
    "reviewed",
    "disclosed",
];

/// Words that point back at a goal named before.
const BACK: &[&str] = &["this", "that", "those", "these", "such", "it", "them"];

impl Parts<'_> {
    /// "made in the net-zero strategy": a name, not what is promised.
    pub(crate) fn is_a_name(&self, head: &Head, due: &[&Date], speaker: &Speaker<'_>) -> bool {
        let inside =
            |cue: &super::rules::Cue| cue.class == Class::Promise && cue.start <= head.start && cue.end >= head.end;
        // "Carbon Neutral Action Plan"
        let sort = |word: &str| matches!(word, "action" | "strategic" | "implementation" | "delivery" | "transition");
        let behind = head.end + usize::from(sort(self.word(head.end)));
        // "in the Climate Neutral Strategy 2015 - 2025"
        let titled = |date: &&Date| {
            date.start > head.end
                && date.start < head.end + 5
                && (behind + 1..date.start).all(|at| !self.word(at).starts_with(char::is_alphabetic))
                && NAMED.contains(&self.word(behind))
                && self.tokens[date.start].number().is_some()
        };
        let dated = |date: &&Date| {
            !titled(date) && (date.start >= head.end && date.start < head.end + 4)
                || (date.end <= head.start && date.end + 2 >= head.start)
        };
        let next = self.word(behind);
        let beside = !due.iter().any(dated) && self.quantities.len() == 1 && matches!(next, "target" | "goal");
        if head.shape == Shape::EndState
            && beside
            && self.any(head.end, head.end + 4, |word| word.starts_with("includ"))
        {
            return true;
        }
        if self.is_body_name(head) {
            return true;
        }
        // "the plan to reach net zero will be presented in 2031"
        let shown = |at: usize| {
            matches!(self.word(at), "will" | "shall" | "to")
                && self.word(at + 1) == "be"
                && self.any(at + 2, at + 4, |word| SHOWN.contains(&word))
        };
        let shown = (head.end..head.end + 6).find(|&at| shown(at)).is_some_and(|at| {
            let paper = |at: usize| self.rules.lists("paper", self.word(at)) || self.word(at) == "report";
            (head.start.saturating_sub(5)..head.start).any(paper)
                && !due.iter().any(|date| date.end <= at && date.start >= head.end)
        });
        // "our mills are already carbon neutral; our aim now is"
        let there =
            self.before(head.start, 1) == "already" && matches!(self.before(head.start, 2), "is" | "are" | "'re");
        // "an acceleration of our previous goal of net zero by 2040"
        let noun = (head.start.saturating_sub(6)..head.start).rfind(|&at| self.rules.lists("goal", self.word(at)));
        let replaced = noun.is_some_and(|at| {
            matches!(self.before(at, 1), "previous" | "former" | "prior" | "earlier" | "old")
                && (at..head.start).all(|at| self.word(at) != ",")
        });
        if head.shape == Shape::EndState && (shown || there || replaced) {
            return true;
        }
        let undated = due.is_empty() && GOALS.contains(&next);
        // "carry out the zero waste action plan"
        let plan = self.word(head.start) == "zero" && due.is_empty() && NAMED.contains(&next);
        if head.shape == Shape::Eliminate && plan {
            return true;
        }
        head.shape == Shape::EndState
            && ((undated && !self.is_owned(head, speaker) && !self.cues.iter().any(inside))
                || (NAMED.contains(&next) && !due.iter().any(dated)))
    }

    /// "with the charity Net Zero Norland": a body or a scheme by its name.
    fn is_body_name(&self, head: &Head) -> bool {
        let capital = |at: usize| self.tokens.get(at).is_some_and(Token::is_name);
        let free = |word: &str| {
            !(self.topics.iter().any(|cue| cue.start <= head.end && head.end < cue.end)
                || ["no-party", "matter", "goal", "goal-noun", "land", "own-body", "described"]
                    .iter()
                    .any(|list| self.rules.lists(list, word)))
        };
        let glued = || self.tokens[head.end - 1].end + 1 == self.tokens[head.end].start;
        head.shape == Shape::EndState
            && self.word(head.start) == "net"
            && (head.start..=head.end).all(capital)
            && free(self.word(head.end))
            && glued()
            && !self.is_headline()
    }

    /// "aims to cut it by 20% by 2019", "Cut it by 20% by 2019": a goal as it was
    /// written down, whose day has gone by.
    fn is_timeless(&self, head: &Head) -> bool {
        let aims = |cue: &super::rules::Cue| {
            cue.class == Class::Promise
                && cue.end <= head.start
                && head.start - cue.end < 12
                && matches!(self.word(cue.start), "aims" | "plans" | "intends" | "commits" | "seeks" | "pledges")
        };
        let told = |at: usize| self.rules.lists("closed", self.word(at));
        let order = self.is_order() && !self.rules.lists("goal-noun", self.word(0));
        (order || self.cues.iter().any(aims)) && !(0..self.tokens.len()).any(told)
    }

    /// "— a goal they reached in 2020", ", a target met two years early": a goal named
    /// again behind a break, and met.
    fn is_told_met(&self, cue: &super::rules::Cue) -> bool {
        let open = |word: &str| matches!(word, "be" | "will" | "to" | "not" | "can" | "only");
        matches!(self.before(cue.start, 1), "a" | "an")
            && matches!(self.before(cue.start, 2), "," | "—" | "–" | "-")
            && self.rules.lists("goal", self.word(cue.start))
            && self.rules.lists("closed", self.word(cue.end - 1))
            && !self.any(cue.start, cue.end, open)
    }

    /// Why a promise is one no longer: "and in 2019 we met that goal", a day
    /// that lies before the statement.
    pub(crate) fn closed(&self, head: &Head, due: &[&Date]) -> Option<Verdict> {
        let met = self.cues.iter().find(|cue| {
            cue.start >= head.end
                && matches!(self.rules.rule(cue).name.as_str(), "closed-after" | "goal-closed")
                && (self.any(cue.start, cue.end, |word| BACK.contains(&word)) || self.is_told_met(cue))
        });
        // a goal for last year may still be told as one that stands
        let bygone = |word: &str| {
            matches!(word, "aimed" | "had" | "was" | "were" | "planned" | "projected" | "hoped" | "wanted" | "intended")
                || self.rules.lists("closed", word)
        };
        let grace = i32::from(!self.any(0, self.tokens.len(), bygone));
        let over = !due.is_empty() && due.iter().all(|date| self.said.is_some_and(|said| date.year + grace < said));
        (met.is_some() || (over && !self.is_timeless(head)))
            .then(|| Verdict::Not { class: Class::Past, rule: met.map(|cue| cue.rule) })
    }
}
