//! Ends told by what leaves, is gone, is over or is switched off.

use super::date::Role;
use super::heads::Parts;
use super::rules::Cue;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// How many words end what follows them, beside the plain verbs of ending: "wind down our
    /// coal units", "get out of coal", "drive deforestation out of our supply chains".
    pub(super) fn leaving(&self, at: usize) -> Option<usize> {
        let (word, next) = (self.word(at), self.word(at + 1));
        let away = |at: usize| matches!((self.word(at), self.word(at + 1)), ("out", "of"));
        Some(match word {
            // "leave coal by 2031": straight away, what is left in the ground is not ended
            "leave" | "leaving" | "abandon" | "abandoning" | "ditch" | "ditching"
                if self.is_fuel(at) && self.is_due() =>
            {
                1
            }
            "wind" | "winding" if next == "down" => 2,
            "switch" | "switching" | "turn" | "turning" if next == "off" && self.is_fuel(at + 1) => 2,
            "get" | "getting" | "go" | "going" | "come" | "coming" | "pull" | "pulling" if away(at + 1) => 3,
            "departure" | "withdrawal" if next == "from" && self.is_fuel(at + 1) => 2,
            "design" | "designing" | "engineer" | "engineering" if next == "out" => 2,
            "drive" | "driving" | "take" | "taking" | "keep" | "keeping" | "get" | "getting" | "cut" | "cutting"
                if (at + 2..at + 6).any(away) =>
            {
                1
            }
            "moratorium" if next == "on" => 2,
            // "rid our rivers of plastic", "clear our shelves of plastic bags"
            "rid" | "ridding" | "clear" | "clearing" | "strip" | "stripping" | "cleanse"
                if self.any(at + 1, at + 6, |word| word == "of") =>
            {
                1
            }
            // "run the depot without diesel"
            "without" if self.is_run(at) && self.is_fuel(at) => 1,
            // "the last tonne of coal will be burnt in 2031"
            "last" | "final" if self.is_last(at) => 1,
            // "shuts its last coal unit in 2029": told as what is to be
            "closes" | "shuts" | "leaves" | "retires" | "ceases" | "abandons" | "scraps" if self.is_due() => 1,
            // "not one straw", "never another loan for coal"
            "not" | "never" if matches!(next, "one" | "another") && !matches!(self.word(at + 2), "of" | "but") => 2,
            _ => return None,
        })
    }

    /// "run the depot without …": how it is to be done.
    fn is_run(&self, at: usize) -> bool {
        self.any(at.saturating_sub(6), at, |word| {
            matches!(word, "run" | "do" | "go" | "live" | "manage" | "operate" | "cook" | "heat" | "drive" | "fire")
        })
    }

    /// "the last coal unit will go": the last of its kind, and when that is to be.
    fn is_last(&self, at: usize) -> bool {
        let whose = matches!(self.before(at, 1), "the" | "our" | "its" | "their");
        let will = |word: &str| matches!(word, "will" | "shall" | "'ll");
        whose && self.is_fuel(at) && self.is_due() && self.any(0, self.tokens.len(), will)
    }

    /// Whether a topic is the harm itself, of which none is the goal: "overfishing".
    pub(super) fn is_harm(&self, cue: &Cue) -> bool {
        matches!(self.topic(cue), Topic::Biodiversity | Topic::Water)
            && self.any(cue.start, cue.end, |word| self.rules.lists("harm", word))
    }

    /// Whether a fuel or a thing of its kind stands behind a word, an adjective between.
    fn is_fuel(&self, at: usize) -> bool {
        self.topics.iter().any(|cue| {
            cue.start > at
                && cue.start < at + 4
                && self.topic(cue) == Topic::FossilPhaseOut
                && !self.any(at + 1, cue.start, |word| matches!(word, "," | "behind" | "in" | "to"))
        })
    }

    /// Whether the sentence has a deadline that lies ahead.
    fn is_due(&self) -> bool {
        let ahead = |year: i32| self.said.is_none_or(|said| year > said);
        self.dates.iter().any(|date| matches!(date.role, Role::Deadline(_)) && ahead(date.year))
    }

    /// Whether the words at `at` end what stands before them: "comes to an end", "goes off the
    /// grid", "is over by", "to be switched off".
    pub(super) fn is_over(&self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        let will = |back: usize| matches!(self.before(at, back), "will" | "to" | "shall" | "'ll" | "must");
        let be = |back: usize| matches!(self.before(at, back), "be" | "is" | "are");
        let meant = will(1) || self.is_due();
        match word {
            "ends" | "ceases" | "terminates" | "stops" | "closes" | "shuts" | "disappears" | "vanishes" | "expires" => {
                self.is_due()
            }
            "terminate" | "end" | "cease" | "stop" if will(1) => true,
            // "come to an end"
            "end" => self.before(at, 1) == "an" && self.before(at, 2) == "to" && self.before(at, 3).starts_with("com"),
            "go" | "goes" | "leave" | "leaves" | "come" | "comes" => {
                let off = matches!(
                    (next, self.word(at + 2)),
                    ("off", "the" | "our") | ("out", "of" | "by" | "in" | "with" | "entirely" | "completely")
                );
                let from = word.starts_with("leave") && matches!(next, "the" | "our" | "its");
                meant && (off || from)
            }
            // "Coal is over by 2031", "there will be no more by 2031"
            "over" => be(1) && self.is_due() && matches!(next, "" | "." | "," | ";" | "by" | "in" | "at"),
            "more" => self.before(at, 1) == "no" && self.before(at, 2) == "be" && matches!(next, "" | "." | "," | "by"),
            // "hedgerows: no more net loss"
            "loss" => self.before(at, 1) == "net" && (2..4).any(|back| matches!(self.before(at, back), "no" | "zero")),
            "law" => self.before(at, 1) == "the" && self.before(at, 2) == "against" && be(3),
            "off" | "out" | "down" => {
                let verb = self.before(at, 1);
                let ended = matches!(verb, "switched" | "turned" | "taken" | "wound" | "run" | "blown" | "cleared");
                ended && self.is_passive(at - 1)
            }
            word => (self.rules.lists("ended", word) && self.is_passive(at)) || self.is_going(at),
        }
    }

    /// What ends by itself, told without "will", or with it as done by a day.
    fn is_going(&self, at: usize) -> bool {
        // "sales of diesel cars cease from 2031 on", "the last diesel bus leaves by 2029"
        let goes = matches!(self.word(at), "end" | "cease" | "stop" | "leave" | "leaves" | "disappear")
            && self.any(at.saturating_sub(9), at, |word| {
                matches!(word, "last" | "sale" | "sales" | "registration" | "registrations")
            });
        // "new registrations of petrol cars unlawful from 2031"
        let unlawful = matches!(self.word(at), "unlawful" | "illegal" | "prohibited" | "forbidden")
            && matches!(self.word(at + 1), "from" | "by" | "after")
            && !matches!(self.before(at, 1), "was" | "were" | "not");
        // "the last diesel bus will have disappeared by 2029"
        let went = matches!(self.word(at), "disappeared" | "vanished" | "gone")
            && self.before(at, 1) == "have"
            && matches!(self.before(at, 2), "will" | "shall");
        went || ((goes || unlawful) && self.dated_ahead(at))
    }

    /// "is to be ended", "will have been ended", "ended by 2031".
    fn is_passive(&self, at: usize) -> bool {
        let been = self.before(at, 1) == "been" && self.before(at, 2) == "have";
        let been = been && matches!(self.before(at, 3), "will" | "shall" | "'ll");
        self.before(at, 1) == "be" || been
    }
}
