//! What the verbs of a clause do with a goal: make it, serve it, or turn to
//! something else.

use super::heads::{Head, Parts};
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
        // "the target for savings has been raised to"
        let noun = || {
            (self.clause(cue.start)..cue.start)
                .rev()
                .take_while(|&at| self.word(at) != ",")
                .any(|at| self.rules.lists("goal", self.word(at)) && self.before(at, 1) == "the")
        };
        let been = usize::from(self.word(cue.end - 1) == "been");
        let last = self.word(cue.end + been - 1);
        let named =
            self.rules.lists("goal", self.before(cue.start, 1)) && self.rules.lists("decided", self.word(cue.end));
        let moved = matches!(last, "set" | "fixed" | "raised" | "increased" | "lifted" | "strengthened" | "updated")
            && self.before(cue.end + been, 2) == "been"
            && matches!(self.word(cue.end + been), "to" | "at" | "from")
            && noun();
        // "our goals are represented as a cut of 30%"
        let worded = self.word(cue.start) == "represented"
            && self.word(cue.end) == "as"
            && self.rules.lists("goal", self.before(cue.start, 2));
        cue.class == Class::Past && (named || moved || worded)
    }

    /// "they are accelerating progress with": no figure of progress.
    pub(super) fn is_pace(&self, cue: &Cue) -> bool {
        let faster = |word: &str| {
            ["accelerat", "speed", "quicken", "hasten", "drive", "driving"].iter().any(|start| word.starts_with(start))
        };
        // "at the pace needed to reach net zero"
        let rate = matches!(self.word(cue.start), "needed" | "necessary" | "required")
            && matches!(self.before(cue.start, 1), "pace" | "scale" | "speed" | "rate");
        rate || self.word(cue.start) == "progress" && faster(self.before(cue.start, 1))
    }

    /// Whether "we", "our" or the like is said; "the bill before us" is no word of one's own.
    pub(super) fn is_spoken(&self) -> bool {
        let aside = |at: usize| matches!(self.before(at, 1), "before" | "tell" | "tells" | "told" | "facing");
        let first = |at: usize| self.rules.lists("first-person", self.word(at));
        (0..self.tokens.len()).any(|at| first(at) && !(self.word(at) == "us" && aside(at)))
    }

    /// "the amendment would bring it forward": nobody has said that he will.
    pub(super) fn is_proposed(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let would = self.before(cue.start, 1) == "would" && self.rules.rule(cue).name == "plan";
        let told = || self.cues.iter().any(|would| would.end == cue.start && self.is_told(would, speaker));
        would && !told() && !self.any(0, cue.start, |word| self.rules.lists("first-person", word))
    }

    /// "4. What steps he is taking to meet", "Whether the Government plan to": a question
    /// put down for an answer, which has no main clause of its own.
    pub(crate) fn is_asked(&self) -> bool {
        let first = (0..self.tokens.len().min(6)).find(|&at| self.word(at).starts_with(char::is_alphabetic));
        let Some(first) = first else { return false };
        let opens = matches!(self.word(first), "what" | "when" | "whether" | "how" | "why" | "if");
        let after = first + 1 + usize::from(matches!(self.word(first + 1), "the" | "his" | "her" | "their" | "recent"));
        let asked = match self.word(first) {
            "if" => {
                matches!(self.word(after), "he" | "she" | "minister" | "secretary") && self.word(after + 1) == "will"
            }
            _ => matches!(
                self.word(after),
                "government"
                    | "minister"
                    | "secretary"
                    | "department"
                    | "he"
                    | "she"
                    | "steps"
                    | "progress"
                    | "assessment"
                    | "estimate"
                    | "plans"
                    | "discussions"
                    | "timetable"
                    | "timescale"
            ),
        };
        // "When the Government plan, we will": a clause before the main one
        let main = (after..self.tokens.len()).any(|at| self.word(at) == ",")
            || self.any(after, self.tokens.len(), |word| matches!(word, "we" | "our" | "i"));
        opens && asked && !main
    }

    /// "we will be able to halve it": what will be.
    pub(super) fn is_enabled(&self, cue: &Cue) -> bool {
        self.word(cue.start) == "able"
            && self.before(cue.start, 1) == "be"
            && matches!(self.before(cue.start, 2), "will" | "'ll" | "shall")
    }

    /// "it is clear that we can halve it by 2030, and we are working towards that": what
    /// is possible, taken up by a promise behind it.
    pub(super) fn taken_up(&self, head: &Head) -> Option<&Cue> {
        let back = |at: usize| {
            matches!(self.word(at), "that" | "this" | "it") && !self.word(at + 1).starts_with(char::is_alphabetic)
                || self.word(at) == "do" && matches!(self.word(at + 1), "so" | "that" | "it" | "this")
        };
        self.cues.iter().find(|cue| {
            let joined = (head.end..cue.start).any(|at| matches!(self.word(at), "and" | "," | ";" | "—"));
            let to = usize::from(self.word(cue.end) == "to");
            cue.class == Class::Promise && cue.start >= head.end && joined && back(cue.end + to)
        })
    }

    /// "the bill means that Norland will be carbon neutral", said by Norland: what follows
    /// from a deed of one's own.
    pub(super) fn follows(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let Some(verb) = (cue.start..cue.end).find(|&at| matches!(self.word(at), "means" | "meaning")) else {
            return false;
        };
        let from = verb + 1 + usize::from(self.word(verb + 1) == "that");
        let will = (from..from + 6).find(|&at| matches!(self.word(at), "will" | "'ll" | "shall"));
        let own = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_name() && speaker.owns(token.text));
        cue.class == Class::Definition && will.is_some_and(|will| (from..will).any(own))
    }

    /// "meet the treaty's targets and reach net zero": another verb than that whose
    /// object the goal of others is.
    pub(super) fn is_passed(&self, cue: &Cue, head: &Head) -> bool {
        let verb =
            |at: usize| self.rules.lists("order", self.word(at)) && self.word(at) != "set" || self.word(at) == "attain";
        // "opposed by those opposite": what others make of it
        if self.word(cue.start) == "opposed" && self.word(cue.start + 1) == "by" {
            return true;
        }
        cue.class == Class::Others
            && self.any(cue.start, cue.end, |word| word == "paris")
            && self.rules.lists("goal", self.word(cue.end - 1))
            && (cue.end..head.start).any(|at| self.word(at) == "and" && verb(at + 1))
    }

    /// "According to the roadmap, it is expected": what a plan of one's own says.
    pub(super) fn is_by_plan(&self, cue: &Cue) -> bool {
        let plan =
            |word: &str| ["paper", "goal-noun", "national-paper"].iter().any(|list| self.rules.lists(list, word));
        // "According to the president, Norland will": what is said of a promise
        let leader = |word: &str| {
            matches!(word, "president" | "minister" | "government" | "premier" | "mayor" | "ceo" | "chairman")
        };
        let led = |at: usize| self.any(at + 2, at + 5, leader);
        let abroad = |at: usize| {
            self.any(at + 2, at + 5, |word| {
                matches!(word, "un" | "eu" | "iea" | "paris" | "global" | "world" | "industry")
            })
        };
        // "approved the plan, according to which Norland will"
        let which = |at: usize| self.word(at + 2) == "which" && self.any(at.saturating_sub(8), at, plan);
        let by_plan = |at: usize| {
            self.word(at) == "according" && !abroad(at) && (self.any(at + 2, at + 9, plan) || led(at) || which(at))
        };
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
        // "will, from 2027 onwards, enable"
        let aside = (cue.end + 1..cue.end + 8).find(|&at| self.word(at) == ",").map_or(cue.end, |comma| comma + 1);
        let verb = if will(cue.start) && serves(cue.start) {
            cue.start
        } else if self.word(cue.start) == "will" && self.word(cue.end) == "," && serves(aside) {
            aside
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

    /// "The new well will allow us to add 30 MW": what a thing makes possible.
    pub(super) fn enables_us(&self, cue: &Cue) -> bool {
        let verb = |at: usize| matches!(self.word(at), "allow" | "enable" | "help" | "allows" | "enables" | "helps");
        (cue.start..cue.end + 1).any(|at| verb(at) && self.word(at + 1) == "us" && self.word(at + 2) == "to")
            && !self.any(0, cue.start, |word| matches!(word, "we" | "our" | "i"))
    }

    /// "The law requires 70% of power to be clean", told by a town or a company: of those
    /// who made the law.
    pub(super) fn is_law_above(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let law = matches!(self.word(cue.start), "law" | "act" | "legislation" | "regulation" | "rules" | "directive");
        let ours = |at: usize| {
            let token = &self.tokens[at];
            self.rules.lists("first-person", token.text)
                || (token.is_name() && speaker.owns(token.text))
                || self.rules.lists("own-body", token.text)
        };
        let until = self.tokens.len().min(cue.end + 4);
        let requires =
            |word: &str| ["requir", "oblig", "mandat", "stipulat"].iter().any(|start| word.starts_with(start));
        let law = law && self.any(cue.start, cue.end, requires);
        self.rules.rule(cue).name == "law" && law && speaker.is_below() && !(0..until).any(ours)
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
