//! Words that look like a cue and say something else: how much, why, in other words.

use super::heads::{Head, Parts};
use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue};
use super::values::is_money;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// "postponed its target from 2030 to 2036": a goal with another day, not one dropped.
    pub(super) fn is_moved(&self, cue: &Cue) -> bool {
        let moves = ["postpon", "delay", "adjust", "push"].iter().any(|start| self.word(cue.start).starts_with(start));
        let later = |date: &super::date::Date| {
            let known = |other: &super::date::Date| other.end == date.start && self.word(other.start) == "from";
            matches!(date.role, super::date::Role::Deadline(_))
                && self.word(date.start) == "to"
                && self.dates.iter().any(known)
        };
        cue.class == Class::Cancelled && moves && (self.dates.iter().any(later) || self.is_raised(cue))
    }

    /// "adjusted our goal from a 40% cut to net zero": a goal that is more than it was.
    fn is_raised(&self, cue: &Cue) -> bool {
        let from = (cue.end..cue.end + 4).find(|&at| self.word(at) == "from");
        let Some(from) = from else { return false };
        let start = self.quantities.iter().find(|part| part.start > from && part.start < from + 4);
        let states = |cue: &Cue| matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral);
        let Some(start) = start else { return false };
        (start.end..start.end + 9).filter(|&at| self.word(at) == "to").any(|to| {
            let near = |at: usize| at > to && at < to + 5;
            let state = self.topics.iter().any(|cue| states(cue) && near(cue.start));
            let more = |part: &Quantity| near(part.start) && part.unit == start.unit && part.value > start.value;
            state || self.quantities.iter().any(more)
        })
    }

    /// "versus a 2031 target": a goal whose year is still to come.
    pub(super) fn names_ahead(&self, cue: &Cue) -> bool {
        let year = |date: &super::date::Date| self.said.is_some_and(|said| date.year > said);
        self.dates.iter().any(|date| date.start >= cue.start && date.end <= cue.end && year(date))
    }

    /// "only electric vans may be sold": a rule, no doubt.
    pub(super) fn is_rule(&self, cue: &Cue) -> bool {
        cue.class == Class::Possible
            && self.cues.iter().any(|law| {
                law.class == Class::Promise
                    && self.word(law.start) == "only"
                    && law.start < cue.start
                    && cue.end <= law.end
            })
    }

    /// Words that look like a cue and say something else.
    pub(super) fn is_aside(&self, cue: &Cue) -> bool {
        self.is_meant(cue)
            || self.is_ahead(cue)
            || self.is_other_word(cue)
            || self.is_own_doing(cue)
            || self.is_asked_for(cue)
            || self.is_rule(cue)
            || self.is_purpose_in_front(cue)
            || self.is_goals_worth(cue)
            || self.is_enabled(cue)
            || self.is_decided(cue)
            || self.is_made_so(cue)
            || self.is_means(cue)
            || self.is_pace(cue)
            || self.is_by_plan(cue)
            || self.is_world_leading(cue)
            || self.is_targets_effect(cue)
            || self.is_whats_possible(cue)
    }

    /// "These targets will cut our emissions": what is aimed at.
    fn is_targets_effect(&self, cue: &Cue) -> bool {
        self.rules.rule(cue).name == "effect"
            && matches!(self.word(cue.start), "these" | "this")
            && self.any(cue.start, cue.end, |word| {
                matches!(word, "target" | "targets" | "goal" | "goals" | "commitment" | "commitments")
            })
    }

    /// "our world-leading target": how good it is, not whose.
    fn is_world_leading(&self, cue: &Cue) -> bool {
        cue.class == Class::Others
            && self.word(cue.start) == "world"
            && matches!(self.word(cue.start + 1), "leading" | "beating" | "class" | "first" | "renowned")
    }

    /// "it will mean that" tells what is to be done, "a target defined as" what it is.
    fn is_meant(&self, cue: &Cue) -> bool {
        let pointing = |word: &str| matches!(word, "it" | "this" | "that" | "which");
        let meant = cue.class == Class::Definition
            && matches!(self.before(cue.start, 1), "will" | "'ll")
            && pointing(self.before(cue.start, 2));
        // "net zero shall mean"
        let defines =
            cue.class == Class::Promise && self.word(cue.end) == "mean" && !pointing(self.before(cue.start, 1));
        // "the target is defined as climate neutrality in 2035" says what it is
        let told = cue.class == Class::Definition
            && self.any(cue.start, cue.end, |word| word == "defined")
            && self.any(cue.start.saturating_sub(2), cue.start, |word| self.rules.lists("goal", word));
        // "that its lending, in other words, its loans, is net zero": a name in other words
        let renamed = self.word(cue.start) == "in"
            && self.word(cue.end - 1) == "words"
            && self.before(cue.start, 1) == ","
            && self.cues.iter().any(|oath| oath.class == Class::Promise && oath.end <= cue.start);
        // "our target is a state of balance", "the goal is a ratio of"
        let stated = cue.class == Class::Definition
            && matches!(self.word(cue.start), "is" | "are")
            && self.rules.lists("goal", self.before(cue.start, 1));
        meant || defines || told || renamed || stated || self.is_consequence(cue)
    }

    /// "until it is reached", "a target to be achieved by 2040": not done yet.
    fn is_ahead(&self, cue: &Cue) -> bool {
        let until = matches!(self.word(cue.start), "reached" | "achieved" | "attained")
            && matches!(self.before(cue.start, 1), "is" | "are" | "be");
        let open = self.rules.rule(cue).name == "goal-closed"
            && self.rules.lists("closed", self.word(cue.end - 1))
            && self.before(cue.end - 1, 1) == "be"
            && matches!(self.before(cue.end - 1, 2), "to" | "will" | "shall" | "must" | "should" | "can");
        until || open
    }

    /// Other words of the same letters.
    fn is_other_word(&self, cue: &Cue) -> bool {
        // "the world's first net-zero railway" is not the world's
        let first = cue.class == Class::Others
            && self.word(cue.start + 1) == "'s"
            && matches!(self.word(cue.start + 2), "first" | "most" | "leading" | "largest" | "biggest");
        // "the net carbon account"
        let account =
            self.word(cue.start) == "account" && matches!(self.before(cue.start, 1), "carbon" | "emissions" | "net");
        // "a bottle or can"
        let tin = self.word(cue.start) == "can" && matches!(self.before(cue.start, 1), "a" | "or" | "per" | "the");
        // "we would like to" is a wish
        let wish = self.word(cue.start) == "would" && self.word(cue.end) == "like" && self.word(cue.end + 1) == "to";
        // "adopted the IPCC targets of" makes them one's own
        let taken_over = self.word(cue.start) == "ipcc"
            && (cue.end..cue.end + 3).any(|at| self.rules.lists("goal", self.word(at)))
            && self.any(cue.start.saturating_sub(4), cue.start, |word| {
                ["adopt", "endors", "embrac", "accept"].iter().any(|start| word.starts_with(start))
            });
        first || account || tin || wish || taken_over || self.is_papers_reach(cue)
    }

    /// "a strategy with an outlook to 2040", "raised to a 1.5 °C scenario": how far a
    /// paper looks, what a target is made for.
    fn is_papers_reach(&self, cue: &Cue) -> bool {
        let year = |at: usize| self.tokens.get(at).is_some_and(|token| token.year().is_some());
        let reach = matches!(self.word(cue.end), "to" | "until" | "towards" | "for") && year(cue.end + 1);
        let from = cue.start.saturating_sub(6);
        let degrees = (from..cue.start).rfind(|&at| self.word(at).starts_with("1.5"));
        let made = degrees.is_some_and(|at| {
            let article = 1 + usize::from(matches!(self.before(at, 1), "a" | "the"));
            matches!(self.before(at, article), "to" | "with") && self.before(at, article + 1) != "according"
        });
        self.rules.rule(cue).name == "trend"
            && (self.word(cue.start) == "outlook" && reach || self.word(cue.start).starts_with("scenario") && made)
    }

    /// What looks like an effect and is what the speaker does.
    fn is_own_doing(&self, cue: &Cue) -> bool {
        let effect = self.rules.rule(cue).name == "effect";
        // "we will help our customers save 3 Mt"
        let helping =
            self.word(cue.start).starts_with("help") && matches!(self.before(cue.start, 1), "to" | "will" | "'ll");
        // "I can tell you this: we will cut", "announced this morning that we will cut"
        let ours = self.any(cue.start, cue.end, |word| matches!(word, ":" | ";" | "we" | "i"));
        // "our capacity is set to reach 12 GW" is what we have set
        // "the city will save 300 GWh": what it does itself
        let doer = matches!(
            self.before(cue.start, 1),
            "we" | "city" | "company" | "group" | "council" | "university" | "bank"
        );
        let saves = doer && matches!(self.word(cue.start), "will" | "shall") && self.word(cue.end - 1) == "save";
        let set = self.word(cue.start) == "set"
            && cue.class == Class::Forecast
            && self.any(self.clause(cue.start), cue.start, |word| self.rules.lists("first-person", word));
        (effect && (helping || ours || saves)) || set
    }

    /// "I will request the funds" is no demand on anyone.
    fn is_asked_for(&self, cue: &Cue) -> bool {
        let funds = |word: &str| matches!(word, "funds" | "funding" | "money" | "budget");
        let money = |sum: &Quantity| is_money(sum) && sum.start >= cue.end && sum.start < cue.end + 3;
        self.word(cue.start).starts_with("request")
            && (self.any(cue.end, cue.end + 3, funds) || self.quantities.iter().any(money))
    }

    /// "To contribute to the treaty, Norland is committed to": why it is promised.
    pub(super) fn is_purpose_in_front(&self, cue: &Cue) -> bool {
        let comma = (3..self.tokens.len().min(18)).find(|&at| self.word(at) == ",");
        let promised = |comma: usize| {
            let oath = |oath: &&Cue| oath.class == Class::Promise && oath.start > comma;
            self.cues.iter().find(oath).is_some_and(|oath| oath.start < comma + 6)
        };
        cue.class == Class::Forecast
            && self.word(0) == "to"
            && self.rules.rule(cue).name == "effect"
            && comma.is_some_and(|comma| cue.start < comma && promised(comma))
    }

    /// "Our target results in a 40% cut by 2030": what the target is worth, no effect of it.
    pub(super) fn is_goals_worth(&self, cue: &Cue) -> bool {
        let worth = ["result", "translat", "equat", "correspond", "equivalent"]
            .iter()
            .any(|start| self.word(cue.start).starts_with(start));
        let goal = matches!(self.before(cue.start, 1), "goal" | "goals" | "target" | "targets" | "commitment");
        let that = |word: &str| matches!(word, "this" | "that" | "such" | "these" | "those");
        worth && goal && !(2..4).any(|back| that(self.before(cue.start, back)))
    }

    /// "will lend to green projects worth EUR 9 billion": how much is lent.
    fn is_sum_of(&self, cue: &Cue) -> bool {
        let lent = |word: &str| {
            matches!(
                word,
                "financ" | "fund" | "lend" | "provide" | "invest" | "issue" | "grant" | "arrange" | "mobilis"
            )
        };
        let lends = |at: usize| {
            let word = self.word(at);
            lent(word)
                || ["financ", "fund", "invest", "mobili", "provid", "facilitat", "lend", "issu"]
                    .iter()
                    .any(|start| word.starts_with(start))
        };
        self.word(cue.start) == "worth"
            && self.cues.iter().any(|oath| {
                oath.class == Class::Promise
                    && oath.end <= cue.start
                    && (oath.end..cue.start.min(oath.end + 3)).any(lends)
                    && !(oath.end..cue.start).any(|at| matches!(self.word(at), ";" | "."))
            })
    }

    /// "will report and offset it, so that the city is carbon neutral by 2031", "a third having
    /// gone over already, all the rest are to": words that end before the goal begins.
    pub(super) fn is_left_behind(&self, cue: &Cue, head: &Head) -> bool {
        let between = || cue.end..head.start;
        let so_that = |at: usize| self.word(at) == "so" && self.word(at + 1) == "that";
        let is = |word: &str| matches!(word, "is" | "are" | "become");
        let having = (0..3).any(|back| self.before(cue.start, back) == "having");
        match cue.class {
            Class::Deliverable | Class::Possible => between().any(|at| so_that(at) && self.any(at, head.start, is)),
            Class::Past => having && between().any(|at| self.word(at) == ","),
            _ => false,
        }
    }

    /// "80% by 2035 (so far: 65%)": what stands in brackets beside what is promised.
    pub(super) fn is_bracketed(&self, cue: &Cue, head: &Head) -> bool {
        let open = (0..cue.start).rfind(|&at| matches!(self.word(at), "(" | ")")).filter(|&at| self.word(at) == "(");
        let close = (cue.end..self.tokens.len()).find(|&at| matches!(self.word(at), "(" | ")"));
        let (Some(open), Some(close)) = (open, close.filter(|&at| self.word(at) == ")")) else { return false };
        cue.class == Class::Past && (head.end <= open || head.start > close)
    }

    /// "they offset what they can't cut": a part of what is spoken of, no doubt.
    fn is_whats_possible(&self, cue: &Cue) -> bool {
        matches!(self.word(cue.start), "can" | "cannot" | "could")
            && matches!(self.before(cue.start, 1), "they" | "it" | "we")
            && matches!(self.before(cue.start, 2), "what" | "that" | "whatever" | "which")
            && matches!(self.word(cue.end), "not" | "n't" | "'t" | "," | "cut" | "avoid" | "reduce")
    }

    /// Words of the past or of a forecast that only say how much is meant.
    pub(super) fn is_measure(&self, cue: &Cue) -> bool {
        // "power equal to 50% of our use" is a share
        let share = matches!(self.word(cue.start), "equal" | "equivalent")
            && self.before(cue.start, 1) != "("
            && self
                .quantities
                .iter()
                .any(|part| part.sort == Sort::Percent && part.start >= cue.end && part.start < cue.end + 3);
        // "half of what they were" is a level
        let level = cue.class == Class::Past
            && matches!(self.before(cue.start, 1), "they" | "it" | "we")
            && self.before(cue.start, 2) == "what";
        // "compared with business as usual" is a baseline
        let compared = cue.class == Class::Forecast
            && (1..6).take_while(|&back| !matches!(self.before(cue.start, back), "," | "by")).any(|back| {
                matches!(
                    self.before(cue.start, back),
                    "compared" | "relative" | "against" | "versus" | "vs" | "below" | "under" | "from"
                )
            });
        // "with respect to the business-as-usual scenario", "(at BAU level)"
        let usual = cue.class == Class::Forecast
            && ((1..9).any(|back| {
                self.before(cue.start, back) == "respect" && !(1..back).any(|near| self.before(cue.start, near) == ",")
            }) || (self.before(cue.start, 1) == "at" && self.before(cue.start, 2) == "("));
        let compared = compared || usual;
        // "in line with the two-degree scenario" is a measure of what is promised
        let aligned = self.rules.rule(cue).name == "trend"
            && (2..9).any(|back| {
                self.before(cue.start, back - 1) == "with"
                    && matches!(self.before(cue.start, back), "line" | "consistent" | "aligned" | "accordance")
            });
        // "achieved 40% of our goal" leaves it open
        let partly = cue.class == Class::Past
            && self.quantities.iter().any(|part| {
                part.start >= cue.start
                    && part.end < cue.end
                    && self.word(part.end) == "of"
                    && part.sort == Sort::Percent
            });
        // "by an estimated 30%", "9 million hectares, estimated": how exact the number is
        let roughly = self.word(cue.start) == "estimated"
            && (matches!(self.before(cue.start, 1), "an" | "by" | "of")
                || self.cues.iter().any(|goal| goal.class == Class::Promise && goal.end <= cue.start))
            && !matches!(self.before(cue.start, 1), "is" | "are" | "was" | "were" | "be" | "been")
            && self.quantities.iter().any(|part| part.start <= cue.end && part.end > cue.start);
        // "generating capacity of 25 GW" is what there shall be
        let capacity = self.word(cue.start) == "generating" && self.word(cue.start + 1) == "capacity";
        share || level || compared || aligned || partly || roughly || capacity || self.is_sum_of(cue)
    }
}
