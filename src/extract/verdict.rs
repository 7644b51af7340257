//! Whether a head is promised, and by whom: the cue that governs it.

use super::heads::{Head, Parts};
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;
use crate::model::topic::Topic;

/// What became of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Promised, by the rule that says so (`None`: a fragment with a date).
    Promised { rule: Option<usize>, party: Party },
    /// Somebody else's promise, reported.
    Reported { rule: Option<usize>, party: Party },
    /// No promise: the class and the rule.
    Not { class: Class, rule: Option<usize> },
}

impl Parts<'_> {
    /// Judges one head; `due` tells whether a deadline belongs to it.
    /// `ahead` that it is one of its own that lies in the future.
    pub(crate) fn verdict(&self, head: &Head, due: bool, ahead: bool, speaker: &Speaker<'_>) -> Verdict {
        if let Some(cue) = self.covering(head, ahead, speaker).or_else(|| self.without(head)) {
            return Verdict::Not { class: cue.class, rule: Some(cue.rule) };
        }
        if let Some(support) = self.cues.iter().find(|cue| self.rules.rule(cue).name == "support") {
            return Verdict::Not { class: support.class, rule: Some(support.rule) };
        }
        if let Some(cue) = self.defined(head) {
            return Verdict::Not { class: cue.class, rule: Some(cue.rule) };
        }
        let left = self.left(head, ahead, speaker);
        let left = left.filter(|left| left.class == Class::Promise || self.predicate(left, head).is_none());
        let governor = self.summed_up(head, left, speaker).or(left).or_else(|| self.right(head, ahead, speaker));
        let told = || self.cues.iter().rfind(|cue| cue.end <= head.start && self.is_told(cue, speaker));
        // "subsidies for oil will be removed": the verb is a part of what is ended
        let inside = || {
            self.cues.iter().find(|cue| {
                cue.class == Class::Promise && cue.start > head.start && cue.end < head.end && self.governs(cue, ahead)
            })
        };
        let Some(cue) = governor else {
            let alone = || match self.fragment(head, due, ahead, speaker) {
                Verdict::Not { class: Class::Unrelated, rule: None } => {
                    inside().map(|cue| self.promised(head, cue, speaker))
                }
                verdict => Some(verdict),
            };
            return told()
                .map(|cue| self.promised(head, cue, speaker))
                .or_else(alone)
                .unwrap_or(Verdict::Not { class: Class::Unrelated, rule: None });
        };
        match cue.class {
            Class::Promise if !due && self.enables_us(cue) => {
                Verdict::Not { class: Class::Forecast, rule: Some(cue.rule) }
            }
            Class::Promise if self.is_law_above(cue, speaker) => {
                Verdict::Reported { rule: Some(cue.rule), party: Party::Other(None) }
            }
            Class::Promise => self.promised(head, cue, speaker),
            Class::Others => self.of_others(head, cue, speaker),
            Class::Call if self.obliged(cue, speaker) || due && self.own_demand(head, cue, ahead, speaker) => {
                Verdict::Promised { rule: Some(cue.rule), party: Party::Own(None) }
            }
            Class::Possible if self.taken_up(head).is_some() => {
                self.promised(head, self.taken_up(head).unwrap_or(cue), speaker)
            }
            class => Verdict::Not { class, rule: Some(cue.rule) },
        }
    }

    /// "We can't wait: 80% by 2030 is our target": what is said of the head itself, whatever
    /// stands before it.
    fn summed_up(&self, head: &Head, left: Option<&Cue>, speaker: &Speaker<'_>) -> Option<&Cue> {
        let parted = |at: usize| matches!(self.word(at), ";" | "." | ":" | "," | "that" | "which" | "if");
        let before = left.filter(|left| matches!(left.class, Class::Possible | Class::Call | Class::Past))?;
        let clause = (before.end..head.start).any(|at| matches!(self.word(at), ":" | "," | "—" | ";"));
        self.cues.iter().filter(|_| clause).find(|cue| {
            let is = (1..4).any(|back| matches!(self.before(cue.end - 1, back), "is" | "are" | "remains" | "stays"));
            cue.class == Class::Promise
                && cue.end > head.end
                && cue.start < head.end + 14
                && is
                && self.rules.lists("goal-noun", self.word(cue.end - 1))
                && matches!(speaker.owner(&self.tokens, cue.end - 1), Party::Own(_))
                && !(head.end..cue.end).any(parted)
        })
    }

    /// "20% higher than it would have been": what a measure does.
    fn without(&self, head: &Head) -> Option<&Cue> {
        self.cues.iter().find(|cue| {
            let near = cue.start >= head.end && cue.start < head.end + 8;
            near && cue.class == Class::Forecast && self.word(cue.start) == "than"
        })
    }

    /// The words that only explain the head: "the definition of net zero is".
    fn defined(&self, head: &Head) -> Option<&Cue> {
        self.cues.iter().find(|cue| {
            let opens = self.word(cue.start).starts_with("definition") && cue.start < 5;
            cue.class == Class::Definition && (opens || (cue.start >= head.start && cue.start < head.end + 2))
        })
    }

    /// Whether a demand with a day is made on those who make it.
    fn own_demand(&self, head: &Head, cue: &Cue, ahead: bool, speaker: &Speaker<'_>) -> bool {
        self.mandated(cue, speaker)
            || self.required(cue, speaker)
            || self.serves_own_goal(cue, speaker)
            || self.needed_for(head, cue, speaker)
            || self.laid_down(head, cue, speaker)
            || self.led(head, cue, speaker)
            || self.planned(head, cue, speaker)
            || (ahead && self.own_duty(head, cue, speaker))
    }

    /// A cue whose span holds the head: "set a net-zero target".
    fn covering(&self, head: &Head, ahead: bool, speaker: &Speaker<'_>) -> Option<&Cue> {
        let stops = |class| !matches!(class, Class::Promise | Class::Policy | Class::Forecast | Class::Possible);
        self.cues.iter().find(|cue| {
            (self.governs(cue, ahead) || cue.class == Class::Unrelated)
                && !self.is_worlds_and_ours(cue, speaker)
                && cue.start <= head.start
                && head.start < cue.end
                && stops(cue.class)
                && (cue.class != Class::Others || cue.end > head.start + 1)
        })
    }

    /// The nearest cue before the head; only promises reach over a stop.
    fn left(&self, head: &Head, ahead: bool, speaker: &Speaker<'_>) -> Option<&Cue> {
        let (mut stopped, mut at) = (false, head.start);
        let mut beyond = None;
        // "announcing $2 billion" holds the number itself
        let before = |cue: &&Cue| {
            // "announce a new $700 million commitment" ends with the goal's noun
            let noun = cue.end <= head.end + 1
                && self.word(cue.start).starts_with("announc")
                && self.rules.lists("goal", self.word(cue.end - 1));
            let holds = cue.class == Class::Promise && cue.start < head.start && (cue.end <= head.end || noun);
            (cue.end <= head.start || holds) && self.governs(cue, ahead)
        };
        for cue in self.cues.iter().rev().filter(before) {
            stopped |= (cue.end..at).any(|at| matches!(self.word(at), ";" | "." | "—" | "|"));
            if self.is_skipped(cue, head, speaker) || self.is_told(cue, speaker) {
                continue;
            }
            at = at.min(cue.end.min(head.start));
            let headed = self.word(cue.end) == ":";
            let past_a_colon = !headed
                && (cue.end..head.start).any(|at| self.word(at) == ":")
                && matches!(cue.class, Class::Past | Class::Definition);
            if cue.class == Class::Promise || !(stopped || past_a_colon) {
                return self.goal_before(cue).or(Some(cue));
            }
            beyond = beyond.or(Some(cue).filter(|_| self.word(cue.end) != ":" && !past_a_colon));
        }
        beyond
    }

    /// The nearest cue after the head: "Net zero by 2050 is our goal".
    fn right(&self, head: &Head, ahead: bool, speaker: &Speaker<'_>) -> Option<&Cue> {
        self.cues.iter().find(|cue| {
            let parted = |at: usize| {
                // "Net zero by 2040: that is our goal"
                let summed = self.word(at) == ":" && matches!(self.word(at + 1), "that" | "those" | "this" | "these");
                (matches!(self.word(at), ";" | "." | ":" | "which") && !summed)
                    || (self.word(at) == "," && matches!(self.word(at + 1), "so" | "and" | "but" | "while" | "which"))
            };
            cue.start >= head.end
                && cue.start < head.end + 25
                && self.governs(cue, ahead)
                && !self.is_told(cue, speaker)
                && !(cue.class == Class::Deliverable && head.topic == Topic::SupplyChain)
                && !self.is_status(cue, head)
                // "To be carbon neutral by 2044 we will need loans": what is needed
                && !(self.rules.rule(cue).name == "will" && self.word(cue.end) == "need" && speaker.government)
                && self.before(cue.start, 1) != "based"
                && !self.is_bracketed(cue, head)
                && cue.class != Class::Others
                && !matches!(self.word(cue.start), "equal" | "equivalent")
                // "16% by 2036; equivalent to an estimated 2 Mt": said again
                && !(cue.class == Class::Forecast
                    && self.any(cue.start.saturating_sub(4), cue.start, |word| word == "equivalent"))
                && !(head.end..cue.start).any(parted)
        })
    }

    /// "90% by 2029 (achieved in 2021: 62%)": how far it is, in brackets behind the goal.
    fn is_status(&self, cue: &Cue, head: &Head) -> bool {
        let open = (head.end..=cue.start).rfind(|&at| matches!(self.word(at), "(" | ")"));
        let Some(open) = open.filter(|&at| self.word(at) == "(") else { return false };
        let close = (cue.end..self.tokens.len()).find(|&at| self.word(at) == ")").unwrap_or(self.tokens.len());
        cue.class == Class::Past && self.quantities.iter().any(|other| other.start > open && other.end <= close)
    }

    fn promised(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Verdict {
        let rule = Some(cue.rule);
        if self.is_proposed(cue, speaker) {
            return Verdict::Not { class: Class::Possible, rule };
        }
        if let Some(condition) = self.conditioned(cue) {
            return Verdict::Not { class: condition.class, rule: Some(condition.rule) };
        }
        // "no longer aims", "does not commit"
        let denied = matches!(self.before(cue.start, 1), "longer" | "not" | "never")
            && matches!(self.rules.rule(cue).name.as_str(), "commit" | "aim" | "plan" | "strive");
        if denied || self.is_denied_behind(head, cue) {
            return Verdict::Not { class: Class::Cancelled, rule };
        }
        if let Some(dropped) = self.dropped(cue).or_else(|| self.dropped_behind(head, cue)) {
            return Verdict::Not { class: dropped.class, rule: Some(dropped.rule) };
        }
        if let Some(meant) = self.explained(cue).filter(|meant| !self.follows(meant, speaker)) {
            return Verdict::Not { class: meant.class, rule: Some(meant.rule) };
        }
        if let Some(call) = self.asked_of_others(cue, speaker) {
            return Verdict::Not { class: call.class, rule: Some(call.rule) };
        }
        if self.is_plan_to_make(head, cue) {
            return Verdict::Not { class: Class::Deliverable, rule };
        }
        let party = self.party_of(head, cue, speaker);
        if let Some(class) = self.serving(cue).filter(|_| party == Party::Nobody || self.is_relative(cue)) {
            return Verdict::Not { class, rule };
        }
        if self.is_lands_goal(head, speaker) {
            return Verdict::Reported { rule, party: Party::Other(None) };
        }
        let own = self.is_spoken();
        if let Some(other) = self.cues.iter().find(|cue| self.rules.rule(cue).name == "criticised").filter(|_| !own) {
            return Verdict::Reported { rule: Some(other.rule), party: Party::Other(None) };
        }
        if self.praised(cue) || self.is_quoted_officer(head, speaker) {
            return Verdict::Reported { rule, party: Party::Other(None) };
        }
        if let Some(says) = self.reported_forecast(cue, speaker).or_else(|| self.source_named(head, speaker)) {
            return Verdict::Not { class: Class::Forecast, rule: Some(says.rule) };
        }
        let shall = || self.any(0, cue.start, |word| matches!(word, "shall" | "must"));
        let ruled = speaker.law && (matches!(self.rules.rule(cue).name.as_str(), "will" | "law") || shall());
        // what a law lays upon others is its own goal, what suppliers are to do is a goal for them
        let supplied = head.topic == Topic::SupplyChain
            && self.rules.rule(cue).name == "will"
            && matches!(&party, Party::Other(Some(name)) if ["suppliers", "customers", "clients", "tenants"].iter().any(|who| name.to_lowercase().ends_with(who)))
            && self.any(0, cue.start, |word| matches!(word, "our" | "its" | "my"));
        let party = if matches!(party, Party::Other(_)) && (ruled || supplied || self.is_headline()) {
            Party::Nobody
        } else {
            party
        };
        match party {
            Party::Other(_) => Verdict::Reported { rule, party },
            party if speaker.reports(&self.tokens, &party) => Verdict::Reported { rule, party },
            party => Verdict::Promised { rule, party },
        }
    }

    /// "We will not be carbon neutral by 2030", "will never meet it"; but "will not buy coal
    /// any more" is a promise.
    fn is_denied_behind(&self, head: &Head, cue: &Cue) -> bool {
        let verb = cue.end + 1 + usize::from(matches!(self.word(cue.end + 1), "yet" | "now" | "fully"));
        let spoken = |word: &str| matches!(word, "but" | "unless" | "until" | "without" | "before" | "any" | "more");
        self.rules.rule(cue).name == "will"
            && matches!(self.word(cue.end), "not" | "'t" | "never" | "hardly" | "scarcely" | "barely")
            && (self.rules.lists("attaining", self.word(verb))
                || self.word(verb) == "be" && head.start > verb && head.start < verb + 3)
            && !self.any(cue.end, head.start, spoken)
    }

    /// "we joined the Global Clean Air Pledge to": a promise made by joining.
    fn is_joined(&self, cue: &Cue) -> bool {
        let joins = |word: &str| ["join", "sign", "endors", "ratif"].iter().any(|start| word.starts_with(start));
        self.word(cue.end) == "to" && (1..5).any(|back| joins(self.before(cue.start, back)))
    }

    /// "our campaign to", "a nationwide campaign to" of a government: what it does itself.
    fn is_own_campaign(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let near = cue.start.saturating_sub(4);
        let is = || self.any(near, cue.start, |word| matches!(word, "is" | "'s" | "launched" | "launching"));
        let party = || speaker.party(&self.tokens, self.clause(cue.start), cue.start);
        // "Norland launches its campaign to": of the one that launches it
        let its = self.any(near, cue.start, |word| word.starts_with("launch"))
            && self.any(near, cue.start, |word| word == "its")
            && matches!(party(), Party::Own(_));
        let own = |word: &str| {
            word == "our" || (its && word == "its") || (speaker.government && matches!(word, "a" | "this") && is())
        };
        let abroad = |word: &str| matches!(word, "global" | "worldwide" | "international" | "world" | "election");
        self.word(cue.start) == "campaign"
            && self.word(cue.end) == "to"
            && self.any(cue.start.saturating_sub(3), cue.start, own)
            && !self.any(cue.start.saturating_sub(3), cue.start, abroad)
    }

    /// "our collective goal" is ours too, "a leading global target" is a new one.
    fn is_ours_too(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let owned = match speaker.owner(&self.tokens, cue.end - 1) {
            Party::Own(Some(name)) => name.split(' ').any(|word| speaker.owns(&word.to_lowercase())),
            party => party == Party::Own(None),
        };
        // "Norland is firm on its international commitments": on its own
        let its = (1..4).any(|back| self.before(cue.start, back) == "its")
            || self.any(cue.start, cue.end, |word| word == "its");
        let clause = || speaker.party(&self.tokens, self.clause(cue.start), cue.start);
        let opening = || {
            self.tokens[self.clause(cue.start)..]
                .iter()
                .find(|token| !token.is("the"))
                .is_some_and(|token| token.is_name() && speaker.owns(token.text))
        };
        let itself = || match clause() {
            Party::Own(Some(_)) => true,
            Party::Own(None) => opening(),
            _ => false,
        };
        let owned = owned || (its && self.rules.lists("goal", self.word(cue.end - 1)) && itself());
        let new = self.rules.lists("goal-noun", self.word(cue.end - 1))
            && (1..5)
                .map(|back| self.before(cue.start, back))
                .find(|word| matches!(*word, "a" | "an" | "the" | "this"))
                .is_some_and(|word| word != "the" && word != "this");
        owned || new
    }

    fn of_others(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Verdict {
        let rule = Some(cue.rule);
        let foreign = matches!(speaker.owner(&self.tokens, cue.end - 1), Party::Other(_));
        let of_land = |word: &str| {
            matches!(word, "national" | "federal" | "regional" | "provincial" | "statewide" | "nationally")
                || self.rules.lists("national-paper", word)
        };
        let national = !foreign && !speaker.is_below() && self.any(cue.start, cue.end, of_land);
        // "the city has targets": of the city that speaks
        let verb = (cue.start..cue.end).find(|&at| matches!(self.word(at), "has" | "have"));
        let own = verb.is_some_and(|at| matches!(speaker.party(&self.tokens, self.clause(at), at), Party::Own(_)));
        if own && self.any(cue.start, cue.end, |word| self.rules.lists("closed", word)) {
            return Verdict::Not { class: Class::Past, rule };
        }
        // "inviting others to join us in a shared goal": ours, too
        let us = |word: &str| matches!(word, "us" | "me" | "him" | "her");
        let joined = self.is_joined(cue)
            || (cue.start.saturating_sub(6)..cue.start)
                .any(|at| self.word(at).starts_with("join") && us(self.word(at + 1)) && speaker.government);
        // "Updated NDC: cut emissions by 30%": the label of what is promised
        let labelled = cue.start < 3 && self.any(cue.end, cue.end + 3, |word| word == ":");
        if self.is_ours_too(cue, speaker) || national || own || joined || labelled || self.is_own_campaign(cue, speaker)
        {
            return self.promised(head, cue, speaker);
        }
        let party = speaker.party(&self.tokens, self.clause(cue.start), cue.start);
        // "Harrow is on track with their goal": of Harrow
        let alone = speaker.antecedent(&self.tokens, cue.start) == Party::Nobody;
        // "Harrow have …, and the new plan builds upon their goal"
        let opens = self.tokens.first().is_some_and(|token| token.is_name() && speaker.owns(token.text))
            && matches!(self.word(1), "have" | "are")
            && party == Party::Own(None);
        if (matches!(party, Party::Own(Some(_))) || opens)
            && self.word(cue.start) == "their"
            && alone
            && !speaker.reports(&self.tokens, &party)
        {
            return Verdict::Promised { rule, party };
        }
        let earlier = self.cues.iter().rfind(|earlier| earlier.end <= cue.start && earlier.class == Class::Promise);
        // "is committed to supporting the government's goal": the goal is theirs
        let backed =
            |earlier: &Cue| earlier.end + 1 >= cue.start && self.any(cue.start, cue.end, |word| word == "government");
        if let (Party::Own(_), Some(earlier)) = (&party, earlier.filter(|earlier| !backed(earlier)))
            && !speaker.reports(&self.tokens, &party)
            && head.start - earlier.end < 16
        {
            return Verdict::Promised { rule: Some(earlier.rule), party };
        }
        // "committed to keep warming under 1.5 °C by cutting …": the measure beside the oath
        if let Some(earlier) = earlier
            && self.rules.rule(cue).name == "somebody-elses"
            && self.tokens[cue.start].number().is_some()
        {
            return self.promised(head, earlier, speaker);
        }
        Verdict::Reported { rule, party: Party::Other(None) }
    }
}
