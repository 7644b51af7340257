//! Whether a head is promised, and by whom: the cue that governs it.

use super::date::Role;
use super::heads::{Head, Parts, Shape};
use super::rules::{Class, Cue};
use super::subject::{Party, Speaker};

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
        if let Some(cue) = self.covering(head, ahead) {
            return Verdict::Not { class: cue.class, rule: Some(cue.rule) };
        }
        let defined = self
            .cues
            .iter()
            .find(|cue| cue.class == Class::Definition && cue.start >= head.start && cue.start < head.end + 2);
        if let Some(cue) = defined {
            return Verdict::Not { class: cue.class, rule: Some(cue.rule) };
        }
        let governor = self.left(head, ahead).or_else(|| self.right(head, ahead));
        let Some(cue) = governor else { return self.fragment(head, due, speaker) };
        match cue.class {
            Class::Promise => self.promised(head, cue, speaker),
            Class::Others => self.of_others(head, cue, speaker),
            class => Verdict::Not { class, rule: Some(cue.rule) },
        }
    }

    /// A cue whose span holds the head: "set a net-zero target".
    fn covering(&self, head: &Head, ahead: bool) -> Option<&Cue> {
        let stops = |class| !matches!(class, Class::Promise | Class::Policy | Class::Forecast | Class::Possible);
        self.cues.iter().find(|cue| {
            (self.governs(cue, ahead) || cue.class == Class::Unrelated)
                && cue.start <= head.start
                && head.start < cue.end
                && stops(cue.class)
                && (cue.class != Class::Others || cue.end > head.start + 1)
        })
    }

    /// The nearest cue before the head; only promises reach over a stop.
    fn left(&self, head: &Head, ahead: bool) -> Option<&Cue> {
        let (mut stopped, mut at) = (false, head.start);
        let mut beyond = None;
        for cue in self.cues.iter().rev().filter(|cue| cue.end <= head.start && self.governs(cue, ahead)) {
            stopped |= (cue.end..at).any(|at| matches!(self.word(at), ";" | "." | "—"));
            at = at.min(cue.end);
            let headed = self.word(cue.end) == ":";
            let past_a_colon =
                !headed && (cue.end..head.start).any(|at| self.word(at) == ":") && cue.class == Class::Past;
            if cue.class == Class::Promise || !(stopped || past_a_colon) {
                return Some(cue);
            }
            beyond = beyond.or(Some(cue).filter(|_| self.word(cue.end) != ":" && !past_a_colon));
        }
        beyond
    }

    /// The nearest cue after the head: "Net zero by 2050 is our goal".
    fn right(&self, head: &Head, ahead: bool) -> Option<&Cue> {
        self.cues.iter().find(|cue| {
            let parted = |at: usize| {
                matches!(self.word(at), ";" | "." | ":")
                    || (self.word(at) == "," && matches!(self.word(at + 1), "so" | "and" | "but" | "while" | "which"))
            };
            cue.start >= head.end
                && cue.start < head.end + 25
                && self.governs(cue, ahead)
                && cue.class != Class::Others
                && !(head.end..cue.start).any(parted)
        })
    }

    /// Whether a cue can rule a head. What has a date ahead is not done yet,
    /// unless the words close the goal itself.
    fn governs(&self, cue: &Cue, ahead: bool) -> bool {
        let month = self.word(cue.start) == "may"
            && self.tokens[cue.start].is_name()
            && self.tokens.get(cue.end).is_some_and(|next| next.number().is_some());
        let past = cue.class == Class::Past && self.rules.rule(cue).name != "goal-closed" && self.word(cue.end) != ":";
        let silent = matches!(cue.class, Class::Policy | Class::Unrelated);
        !(silent || month || (ahead && past))
    }

    fn promised(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Verdict {
        let rule = Some(cue.rule);
        if let Some(call) = self.called_upon(cue) {
            return Verdict::Not { class: call.class, rule: Some(call.rule) };
        }
        let party = self.party_of(head, cue, speaker);
        if !matches!(party, Party::Own(Some(_))) && self.praised(cue) {
            return Verdict::Reported { rule, party: Party::Other(None) };
        }
        if let Some(says) = self.reported_forecast(cue) {
            return Verdict::Not { class: Class::Forecast, rule: Some(says.rule) };
        }
        match party {
            Party::Other(_) => Verdict::Reported { rule, party },
            party => Verdict::Promised { rule, party },
        }
    }

    /// "must commit", "urge all parties to commit": the promise that is demanded.
    fn called_upon(&self, cue: &Cue) -> Option<&Cue> {
        self.cues.iter().rev().filter(|call| call.class == Class::Call && call.end <= cue.start).find(|call| {
            let between: Vec<&str> = (call.end..cue.start).map(|at| self.word(at)).collect();
            let stopped = between.iter().any(|word| matches!(*word, ";" | "." | "that" | "—" | "we" | "our" | ","));
            !stopped && cue.start - call.end <= 12
        })
    }

    /// "We commend the union for its target": thanks for what others promise.
    fn praised(&self, cue: &Cue) -> bool {
        self.cues.iter().any(|praise| {
            let between = || (praise.end..cue.start).map(|at| self.word(at));
            praise.end <= cue.start
                && self.rules.rule(praise).name == "praise"
                && !between().any(|word| matches!(word, ";" | "." | "we" | "our" | "i" | "my" | "us"))
        })
    }

    /// "The agency estimates that … will": a forecast in other words.
    fn reported_forecast(&self, cue: &Cue) -> Option<&Cue> {
        self.cues.iter().find(|other| {
            let between = || (other.end..cue.start).map(|at| self.word(at));
            other.class == Class::Forecast
                && other.end <= cue.start
                && !between().any(|word| matches!(word, ";" | "." | "we" | "our" | "i" | "my" | "us"))
        })
    }

    /// "our net-zero target": a name that says whose it is.
    pub(crate) fn is_owned(&self, head: &Head, speaker: &Speaker<'_>) -> bool {
        matches!(speaker.owner(&self.tokens, head.start), Party::Own(_))
    }

    /// Where the clause of `at` begins.
    fn clause(&self, at: usize) -> usize {
        let named = |at: usize| self.word(at) == ":" && (1..3).any(|back| self.before(at, back) == "(");
        (0..at)
            .rev()
            .find(|&before| {
                !named(before)
                    && matches!(
                        self.word(before),
                        ";" | ":" | "that" | "while" | "whereas" | "but" | "who" | "." | "although" | "-" | "—" | "*"
                    )
            })
            .map_or(0, |before| before + 1)
    }

    fn party_of(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Party {
        if self.word(cue.end) == ":" {
            return Party::Nobody;
        }
        let noun = (cue.start..cue.end).rev().find(|&at| self.rules.lists("goal-noun", self.word(at)));
        if let Some(noun) = noun {
            let owner = speaker.owner(&self.tokens, noun);
            if owner != Party::Nobody {
                return owner;
            }
        }
        if self.is_order() {
            return Party::Nobody;
        }
        let from = self.clause(cue.start);
        let mut party = speaker.party(&self.tokens, from, cue.start);
        if party == Party::Nobody && self.before(from, 1) == "who" {
            party = speaker.antecedent(&self.tokens, from - 1);
        }
        if party == Party::Nobody && from > 0 {
            party = speaker.party(&self.tokens, 0, from);
        }
        if party == Party::Nobody && self.opens_with_purpose() && head.end < self.tokens.len() {
            party = speaker.party(&self.tokens, head.end, self.tokens.len());
        }
        party
    }

    /// "Introduce a standard to …": a line of a plan that begins with its verb.
    fn is_order(&self) -> bool {
        let first = self.tokens.iter().find(|token| token.text.starts_with(char::is_alphabetic));
        first.is_some_and(|first| self.rules.lists("order", first.text))
    }

    /// "To meet its goal of …, the city is planning": the subject comes later.
    fn opens_with_purpose(&self) -> bool {
        (0..self.tokens.len().min(8)).any(|at| {
            matches!(self.word(at), "to" | "toward" | "towards" | "as" | "with" | "given")
                && matches!(self.before(at, 1), "" | ":" | "-" | "," | "*" | "—" | "\"" | "order")
        })
    }

    fn of_others(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Verdict {
        let rule = Some(cue.rule);
        let party = speaker.party(&self.tokens, self.clause(cue.start), cue.start);
        let earlier = self.cues.iter().rfind(|earlier| earlier.end <= cue.start && earlier.class == Class::Promise);
        if let (Party::Own(_), Some(earlier)) = (&party, earlier)
            && head.start - earlier.end < 16
        {
            return Verdict::Promised { rule: Some(earlier.rule), party };
        }
        Verdict::Reported { rule, party: Party::Other(None) }
    }

    /// No cue at all: a line of a list, a heading, a goal in the present tense.
    fn fragment(&self, head: &Head, due: bool, speaker: &Speaker<'_>) -> Verdict {
        // a line of a list has no subject, but it may begin with a name: "Norsk Cement: …"
        let listed = (0..head.start.min(8)).find(|&at| matches!(self.word(at), ":" | "'s" | "—"));
        let party = match speaker.party(&self.tokens, 0, head.start) {
            Party::Other(_) if listed.is_none_or(|at| at == 0 || !self.tokens[at - 1].is_name()) => Party::Nobody,
            party => party,
        };
        let named = self.dates.iter().any(|date| date.role == Role::Named);
        let whole = !matches!(head.shape, Shape::Bare);
        // "A tenth of our emissions is from lorries, so …": a statement of what is
        let clause = (head.end..self.tokens.len()).take_while(|&at| !matches!(self.word(at), "," | ";" | "."));
        let is =
            clause.map(|at| self.word(at)).any(|word| matches!(word, "is" | "are" | "comes" | "come" | "has" | "have"));
        if is {
            return Verdict::Not { class: Class::Past, rule: None };
        }
        if !(due || named) || !whole {
            return Verdict::Not { class: Class::Unrelated, rule: None };
        }
        match party {
            Party::Other(_) => Verdict::Reported { rule: None, party },
            party => Verdict::Promised { rule: None, party },
        }
    }
}
