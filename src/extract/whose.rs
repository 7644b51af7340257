//! Goals that are told of others in a roundabout way: "they said", "a pledge by",
//! "to help them meet their goal", an order that others signed, a line on a state.

use super::heads::{Head, Parts};
use super::rules::Cue;
use super::speaker::Speaker;
use super::subject::Party;
use super::token::{Kind, Token};

impl Parts<'_> {
    /// Whose goal it is where neither the subject nor the noun says so at first sight.
    pub(super) fn roundabout(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        self.of_a_land(cue, speaker)
            .or_else(|| self.helped(cue, speaker))
            .or_else(|| self.of_client(cue, speaker))
            .or_else(|| self.given_by(cue, speaker))
            .or_else(|| self.told_in_papers(cue.start, speaker))
    }

    /// "the Climate Act of the Republic of Sudland, which aims to": of that land.
    fn of_a_land(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let which = (cue.start.saturating_sub(2)..cue.start).find(|&at| matches!(self.word(at), "which" | "that"))?;
        let last = which.checked_sub(1 + usize::from(self.before(which, 1) == ","))?;
        let name = self.tokens.get(last).filter(|token| speaker.is_other_name(token))?;
        let land = |word: &str| matches!(word, "republic" | "government" | "kingdom" | "federation" | "parliament");
        let of = (last.saturating_sub(4)..last).any(|at| land(self.word(at)) && self.word(at + 1) == "of");
        (of && speaker.known && !speaker.government).then(|| Party::Other(Some(name.raw.to_owned())))
    }

    /// Whose goal it is that a paper or a line of a list tells of before `at`.
    pub(super) fn told_in_papers(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        self.signed(at, speaker)
            .or_else(|| self.labelled(speaker))
            .or_else(|| self.of_signatories(at, speaker))
            .or_else(|| self.of_our_land(at, speaker))
    }

    /// "the carmakers met, and they agreed on", "Norland said they'd cut": they who
    /// have just been named.
    pub(super) fn they(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        self.told_of_them(cue.start.min(head.start), speaker)
    }

    /// Who "they" are that stand right before `at`.
    pub(super) fn told_of_them(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let they = (at.saturating_sub(7)..at).rfind(|&at| self.word(at) == "they")?;
        if self.any(they, at, |word| word != "'ve" && self.rules.lists("first-person", word)) {
            return None;
        }
        // "And now they've promised", as it is said aloud: never the one who says it
        let aloud = speaker.known && they < 4 && matches!(self.word(they + 1), "'ve" | "'re" | "'ll" | "'d");
        // "and now they have promised": somebody who has been spoken of
        let after = they + 1 + usize::from(matches!(self.word(they + 1), "have" | "'ve"));
        let office =
            |word: &str| matches!(word, "agencies" | "departments" | "ministries" | "ministers" | "government");
        let swore = matches!(self.word(after), "promised" | "pledged" | "said" | "vowed");
        let swore = swore && speaker.government && !self.any(0, they, office);
        let unnamed = || (aloud || swore).then_some(Party::Other(None));
        match speaker.antecedent(&self.tokens, they) {
            Party::Nobody => self.named_before(they, speaker).or_else(unnamed),
            party => Some(party),
        }
    }

    /// "Sudland said they would halve it — a step towards a cut of 60%": what follows is
    /// theirs, too, where nobody else is named.
    pub(super) fn said_they(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let they = (1..at).rfind(|&they| {
            matches!(self.word(they), "they" | "it") && self.rules.lists("told", self.before(they, 1))
        })?;
        let ours = self.any(they, at, |word| self.rules.lists("first-person", word));
        (!ours).then(|| self.named_before(they, speaker)).flatten()
    }

    /// The name of others that stands last before `they`, where we are not between.
    fn named_before(&self, they: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let near = (they.saturating_sub(14)..they).rev();
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        let opening = |at: usize| {
            let next = self.word(at + 1);
            at == 0
                && !self.rules.lists("country", self.word(0))
                && !(self.rules.lists("name-behind", next) || self.tokens[at + 1].is_name())
        };
        let name = |at: usize| speaker.is_other_name(&self.tokens[at]) && !self.rules.lists("matter", self.word(at));
        let at = near.take_while(|&at| !ours(&self.tokens[at])).find(|&at| name(at) && !opening(at))?;
        let placed = matches!(self.before(at, 1), "in" | "at" | "on" | "under" | "across" | "via" | "per");
        (speaker.known && !placed).then(|| Party::Other(Some(self.tokens[at].raw.to_owned())))
    }

    /// "a commitment by rich lands that we would raise": ours, who are among them.
    pub(super) fn is_said_of_us(&self, head: &Head, cue: &Cue) -> bool {
        let noun = self.rules.lists("goal", self.word(cue.end - 1));
        let ours = |at: usize| self.word(at) == "that" && matches!(self.word(at + 1), "we" | "i");
        noun && (cue.end..head.start.min(cue.end + 12)).any(ours)
    }

    /// "to help Ayton achieve its goal of": of the one that is helped.
    fn helped(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let goal = (cue.start..cue.end).rfind(|&at| self.rules.lists("goal-noun", self.word(at)))?;
        let from = goal.saturating_sub(14);
        let whose = (from..goal).rfind(|&at| matches!(self.word(at), "his" | "her" | "their" | "its"))?;
        let help = |word: &str| ["help", "assist", "support", "enabl"].iter().any(|start| word.starts_with(start));
        let verb = (from..whose).rfind(|&at| help(self.word(at)))?;
        let others = |token: &Token<'_>| {
            (self.rules.lists("other", token.text) || speaker.is_other_name(token)) && !speaker.owns(token.text)
        };
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        let object = &self.tokens[verb + 1..whose];
        let other = object.iter().take(6).find(|token| others(token))?;
        (speaker.known && !object.iter().any(ours)).then(|| Party::Other(Some(other.raw.to_owned())))
    }

    /// "Signatories of the charter agree to halve": those who have signed it, where we are not named.
    fn of_signatories(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let from = self.clause(at);
        let signed = (from..from + 3).find(|&at| self.word(at) == "signatories")?;
        let behind = matches!(self.word(signed + 1), "of" | "to");
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        let alone = speaker.known && !speaker.joint && !speaker.is_word("signatories") && !speaker.is_word("charter");
        (behind && alone && !self.tokens.iter().any(ours))
            .then(|| Party::Other(Some(self.tokens[signed].raw.to_owned())))
    }

    /// "Our country has declared net zero", told by a company: of those who govern it.
    fn of_our_land(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let from = self.clause(at);
        let land = self.word(from) == "our" && matches!(self.word(from + 1), "country" | "nation" | "government");
        let ours = (from + 2..at).any(|at| self.rules.lists("first-person", self.word(at)));
        (land && !ours && speaker.is_below() && !speaker.told)
            .then(|| Party::Other(Some(self.word(from + 1).to_owned())))
    }

    /// "For Telvane, which is aiming to": of the one that the words before it name.
    fn of_client(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let which = (cue.start.saturating_sub(3)..cue.start).rfind(|&at| matches!(self.word(at), "which" | "who"))?;
        let verb = |word: &str| matches!(word, "is" | "are" | "has" | "have" | "also" | "itself");
        let name = which.checked_sub(2).map(|at| &self.tokens[at])?;
        let placed = matches!(self.before(which, 3), "in" | "at" | "on" | "under" | "near" | "to" | "the" | "our");
        let meant = matches!(self.rules.rule(cue).name.as_str(), "aim" | "commit" | "plan" | "strive" | "hope");
        let plain = (which + 1..cue.start).all(|at| verb(self.word(at)));
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        (speaker.known
            && self.before(which, 1) == ","
            && meant
            && plain
            && !placed
            && speaker.is_other_name(name)
            && !self.rules.lists("matter", name.text)
            && !self.rules.lists("paper", name.text)
            && !self.tokens[..which].iter().any(ours))
        .then(|| Party::Other(Some(name.raw.to_owned())))
    }

    /// "At Telvane we have promised …," said its chief executive, in a paper of those who
    /// rule: of the one who is quoted.
    pub(super) fn is_quoted_officer(&self, head: &Head, speaker: &Speaker<'_>) -> bool {
        let said = (head.end..self.tokens.len())
            .find(|&at| matches!(self.word(at), "said" | "says") && matches!(self.before(at, 1), "\"" | ","));
        let Some(said) = said else { return false };
        let office = |word: &str| matches!(word, "ceo" | "chairman" | "chairwoman" | "founder" | "cfo");
        let chief = |at: usize| self.word(at) == "chief" && matches!(self.word(at + 1), "executive" | "sustainability");
        let until = self.tokens.len().min(said + 14);
        let owned = self.tokens[said..]
            .iter()
            .any(|token| token.is_name() && !token.is("president") && speaker.owns(token.text));
        speaker.government
            && self.any(head.end, said, |word| word == "\"")
            && !owned
            && (said..until).any(|at| office(self.word(at)) || chief(at))
    }

    /// "a pledge by five banks to", "commitments from cities": theirs who make it.
    fn given_by(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let noun = (cue.start..cue.end).rfind(|&at| self.rules.lists("goal", self.word(at)))?;
        // "the commitment of their mills to the goal of"
        let pledge = |at: &usize| self.rules.lists("goal", self.word(*at)) && self.before(noun, 2) == "to";
        let noun = (noun.saturating_sub(9)..noun).rev().find(pledge).unwrap_or(noun);
        let giver = noun + 2..self.tokens.len().min(noun + 9);
        let given = || {
            giver.clone().take_while(|&at| {
                self.tokens[at].kind != Kind::Mark && !matches!(self.word(at), "to" | "of" | "that" | "which" | "for")
            })
        };
        let ours = |at: usize| {
            let token = &self.tokens[at];
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        let other = given().find(|&at| self.rules.lists("other", self.word(at)) && !speaker.owns(self.word(at)))?;
        // "the commitment of their shipping industries to"
        let of_theirs = |noun: usize| self.word(noun + 1) == "of" && self.word(noun + 2) == "their";
        let from =
            of_theirs(noun) || matches!(self.word(noun + 1), "from" | "by") && !self.word(noun + 2).ends_with("ing");
        (from && speaker.known && !speaker.guild && !given().any(ours))
            .then(|| Party::Other(Some(self.tokens[other].raw.to_owned())))
    }

    /// "The governor signed an order setting a goal", "the bill that the council
    /// passed": of those who signed it.
    fn signed(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let made = |verb: usize| self.rules.lists("enacted", self.word(verb));
        let verb = (at.saturating_sub(10)..at).rfind(|&verb| made(verb))?;
        let paper = |noun: usize| {
            self.rules.lists("paper", self.word(noun))
                || matches!(
                    self.word(noun),
                    "order"
                        | "legislation"
                        | "rule"
                        | "rules"
                        | "regulation"
                        | "regulations"
                        | "standard"
                        | "standards"
                        | "decree"
                        | "memorandum"
                        | "proclamation"
                        | "directive"
                )
        };
        let parted = |at: usize| matches!(self.word(at), "," | "and" | "to" | "—" | "." | ":");
        let behind = (verb + 1..verb + 6).find(|&at| paper(at)).is_some_and(|at| !(verb + 1..at).any(parted));
        let before =
            (verb.saturating_sub(5)..verb).any(paper) && matches!(self.word(at.saturating_sub(1)), "that" | "which");
        if !(behind || before) {
            return None;
        }
        let clause = self.clause(verb);
        let from = (clause..verb).rfind(|&at| self.word(at) == ",").map_or(clause, |at| at + 1);
        Some(speaker.party(&self.tokens, from, verb)).filter(|party| *party != Party::Nobody)
    }

    /// "Norland: The city has pledged", in a list of a nation's government: a line on
    /// one of its parts.
    fn labelled(&self, speaker: &Speaker<'_>) -> Option<Party> {
        let colon = (1..7.min(self.tokens.len())).find(|&at| self.word(at) == ":")?;
        let label = &self.tokens[..colon];
        let place = |token: &Token<'_>| {
            token.is(",")
                || (token.is_name() && self.rules.lists("land", token.text))
                || (speaker.is_other_name(token) && !self.rules.lists("matter", token.text))
        };
        let body = |at: usize| {
            let part = matches!(
                self.word(at),
                "lawmakers" | "legislators" | "legislature" | "governor" | "mayor" | "officials" | "voters" | "senate"
            );
            let land = matches!(self.word(at), "state" | "city" | "county" | "town" | "province" | "region");
            let land = land && self.before(at, 1) == "the";
            part || (land && !self.tokens.get(at + 1).is_some_and(Token::is_name))
        };
        let told = (colon + 1..self.tokens.len().min(colon + 4)).any(body);
        // "Telvane Corporation: to run on renewable power by 2031"
        let firm = matches!(
            self.before(colon, 1),
            "corporation" | "inc" | "corp" | "company" | "companies" | "ltd" | "plc" | "llc" | "ag"
        ) && label.iter().all(|token| token.is_name() || matches!(token.text, "&" | "and" | "of" | "."));
        if speaker.government && firm && label.iter().all(|token| !speaker.owns(token.text)) {
            return Some(Party::Other(Some(label[0].raw.to_owned())));
        }
        (speaker.government && told && label.iter().all(place)).then(|| Party::Other(Some(label[0].raw.to_owned())))
    }
}
