//! Whose promise a cue makes: the owner of the goal's noun, the subject of its
//! clause, or the one that a purpose in front speaks of.

use super::heads::{Head, Parts};
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;
use super::token::Token;

impl Parts<'_> {
    /// "our net-zero target": a name that says whose it is.
    pub(crate) fn is_owned(&self, head: &Head, speaker: &Speaker<'_>) -> bool {
        matches!(speaker.owner(&self.tokens, head.start), Party::Own(_))
    }

    /// "working with others to achieve Norland's net-zero target": the goal of a
    /// land, served by a town or a company.
    pub(super) fn is_lands_goal(&self, head: &Head, speaker: &Speaker<'_>) -> bool {
        let goal = |at: usize| self.rules.lists("goal", self.word(at));
        let named = (head.end..head.end + 3).take_while(|&at| !matches!(self.word(at), "," | "and" | "by")).any(goal);
        let served =
            (head.start.saturating_sub(8)..head.start).rev().find(|&at| self.word(at) == "to").is_some_and(|at| {
                matches!(
                    self.word(at + 1),
                    "achieve" | "meet" | "support" | "reach" | "deliver" | "realise" | "realize"
                )
            });
        let whose = matches!(speaker.owner(&self.tokens, head.start), Party::Other(Some(_)));
        named && served && whose && speaker.is_below()
    }

    /// Where the clause of `at` begins.
    pub(super) fn clause(&self, at: usize) -> usize {
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

    pub(super) fn party_of(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> Party {
        if let Some(others) = self.they(head, cue, speaker) {
            return others;
        }
        if self.word(cue.end) == ":" {
            return Party::Nobody;
        }
        if self.is_said_of_us(head, cue) {
            return Party::Own(None);
        }
        if let Some(party) = self
            .bound(cue, speaker)
            .or_else(|| self.of_whom(cue.start, speaker))
            .or_else(|| self.of_which(cue.start, speaker))
        {
            return party;
        }
        if self.bears_own_name(cue, speaker) || self.counts_in(cue.start, speaker) {
            return Party::Own(None);
        }
        if let Some(others) = self.beside_their_deed(cue, speaker) {
            return others;
        }
        if let Some(party) = self.roundabout(cue, speaker) {
            return party;
        }
        if let Some(party) = self.owner_of_noun(cue, speaker) {
            return party;
        }
        let aim = self.openings().into_iter().any(|at| self.before(at, 1) == "to");
        if self.is_order() && !aim {
            return Party::Nobody;
        }
        let from = self.clause(cue.start);
        // "a summit that aims to": of those who meet
        let subject = |at: usize| {
            let word = self.word(at);
            matches!(word, "his" | "her" | "the" | "its" | "he" | "she" | "it")
                || self.tokens[at].is_name()
                || self.rules.lists("first-person", word)
        };
        if matches!(self.before(from, 1), "that" | "which")
            && self.rules.lists("meeting", self.before(from, 2))
            && !(from < cue.start && subject(from))
        {
            return Party::Other(None);
        }
        match self.party_of_clause(head, cue, from, speaker) {
            Party::Nobody => self.said_they(head.start, speaker).unwrap_or(Party::Nobody),
            party => party,
        }
    }

    /// Whom the words bind: "we", "commits us", "commits the Council".
    fn bound(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        if matches!(self.word(cue.end), "we" | "i") || (self.word(cue.end) == "that" && self.word(cue.end + 1) == "we")
        {
            return Some(Party::Own(None));
        }
        // "Ours is a land that aims to"
        let clause = self.clause(self.clause(cue.start).saturating_sub(1));
        if matches!(self.word(clause), "mine" | "ours") && matches!(self.word(clause + 1), "is" | "was") {
            return Some(Party::Own(None));
        }
        // "puts them on a path to"
        let put = matches!(self.word(cue.start), "on" | "path" | "road" | "course" | "track" | "way" | "pathway")
            && (1..4).any(|back| self.before(cue.start, back) == "them" && self.before(cue.start, back - 1) != "them")
            && (1..5).any(|back| matches!(self.before(cue.start, back), "put" | "puts" | "putting" | "set" | "sets"));
        if put {
            return Some(Party::Other(None));
        }
        if let Some(party) = self.put_on_track(cue, speaker) {
            return Some(party);
        }
        // "The bill commits us to"
        let us = |word: &str| matches!(word, "us" | "ourselves");
        if self.any(cue.start, cue.end, us) || self.word(cue.end) == "ourselves" {
            return Some(Party::Own(None));
        }
        // "the accord committed its signatories to": those who are bound, not who speaks
        let bound_others = self.word(cue.end - 1).starts_with("commit")
            && (cue.end..cue.end + 3).take_while(|&at| self.word(at) != "to").any(|at| {
                let ours = self.tokens.get(at).is_some_and(Token::is_name) && speaker.owns(self.word(at));
                !ours && self.rules.lists("other", self.word(at)) && matches!(self.word(at + 1), "to" | "who" | "that")
            })
            && !self.any(cue.end, cue.end + 2, |word| matches!(word, "our" | "my" | "us"))
            && self.word(cue.end) != "to"
            && !speaker.guild;
        let signed = self.word(cue.start).starts_with("signator") && self.before(cue.start, 1).starts_with("commit");
        if bound_others || signed {
            return Some(Party::Other(None));
        }
        // "which commits the Council to": the one that is bound
        let article = usize::from(self.word(cue.end) == "the");
        if self.is_brought(cue, speaker) {
            return Some(Party::Own(None));
        }
        let bound = self.tokens.get(cue.end + article).filter(|token| {
            let own = speaker.owns(token.text) || self.rules.lists("own-body", token.text);
            token.is_name() && own && self.word(cue.end - 1).contains("commit")
        });
        bound.map(|bound| Party::Own(Some(bound.raw.to_owned())))
    }

    /// "Forty hospitals answered the call, pledging to": of those who did, not of who tells.
    fn beside_their_deed(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let from = self.clause(cue.start);
        let ours = |token: &Token<'_>| self.rules.lists("first-person", token.text);
        let doing = self.word(cue.start).ends_with("ing") && self.before(cue.start, 1) == ",";
        let others = (from..cue.start).take(12).find(|&at| {
            let noun = self.rules.lists("other", self.word(at)) && self.word(at).ends_with('s');
            noun && !matches!(self.before(at, 1), "to" | "with" | "for" | "of" | "our" | "by")
                && !speaker.owns(self.word(at))
        })?;
        (doing && speaker.known && !speaker.guild && !speaker.joint && !self.tokens[from..cue.start].iter().any(ours))
            .then(|| Party::Other(Some(self.tokens[others].raw.to_owned())))
    }

    /// "We will put the land on track for": of those who put it there.
    fn put_on_track(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let way = |word: &str| matches!(word, "on" | "path" | "road" | "course" | "track" | "way" | "pathway");
        let put = |word: &str| matches!(word, "put" | "puts" | "putting" | "set" | "sets" | "setting");
        let object = |at: usize| {
            matches!(self.word(at), "the" | "country" | "nation" | "our" | "economy" | "city")
                || self.tokens[at].is_name()
        };
        let verb = (cue.start.saturating_sub(6)..cue.start).rfind(|&at| put(self.word(at)))?;
        let on = (verb + 1..cue.start + 1).find(|&at| self.word(at) == "on")?;
        let party = speaker.party(&self.tokens, self.clause(verb), verb);
        let led = way(self.word(cue.start)) && on > verb + 1 && (verb + 1..on).all(object);
        Some(party).filter(|party| led && matches!(party, Party::Own(_)))
    }

    /// "work towards making Alder carbon neutral", "will lead Alder to become": what the
    /// one who speaks is to be.
    fn is_brought(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let verb = |word: &str| {
            matches!(
                word,
                "make" | "making" | "lead" | "leads" | "bring" | "bringing" | "turn" | "turning" | "transform"
            ) || matches!(word, "transforming" | "get" | "getting" | "enable" | "help" | "helping" | "put")
        };
        (cue.start..self.tokens.len().min(cue.end + 5)).filter(|&at| verb(self.word(at))).any(|at| {
            let object = at + 1 + usize::from(self.word(at + 1) == "the");
            let named = self.tokens.get(object).is_some_and(|token| token.is_name() && speaker.owns(token.text));
            let rest = (object..self.tokens.len()).find(|&at| !self.tokens[at].is_name() && self.word(at) != "and");
            named && rest.is_some_and(|at| self.word(at) != "'s")
        })
    }

    /// "The Climate Law of Norland sets": a law that bears the speaker's name.
    fn bears_own_name(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let law = matches!(self.word(cue.start), "law" | "act" | "ordinance" | "legislation" | "decree");
        law && self.rules.rule(cue).name == "law"
            && self.tokens[cue.start..cue.end].iter().any(|token| token.is_name() && speaker.owns(token.text))
    }

    /// Whose goal the noun of a cue is: "a commitment from the Ministry", "our goal".
    fn owner_of_noun(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<Party> {
        let effort = |word: &str| matches!(word, "effort" | "efforts" | "bid" | "drive" | "push");
        let noun = (cue.start..cue.end)
            .rev()
            .find(|&at| self.rules.lists("goal-noun", self.word(at)) || effort(self.word(at)))?;
        // "a target for Norland to draw": of the land that is to do it
        let doer = noun + 2 + usize::from(self.word(noun + 2) == "the");
        let to = (doer + 1..doer + 4).find(|&at| !self.tokens.get(at).is_some_and(Token::is_name));
        if self.word(noun + 1) == "for"
            && self.tokens.get(doer).is_some_and(|token| token.is_name() && speaker.owns(token.text))
            && to.is_some_and(|at| self.word(at) == "to")
        {
            let name = self.tokens[doer..doer + 4].iter().take_while(|token| token.is_name()).map(|token| token.raw);
            return Some(Party::Own(Some(name.collect::<Vec<_>>().join(" "))));
        }
        // "a commitment from the Ministry": theirs who make it
        let giver = noun + 2 + usize::from(self.word(noun + 2) == "the");
        let body = self.rules.lists("own-body", self.word(giver)) && self.word(giver + 1) != "of";
        let named = |token: &Token<'_>| token.is_name() && !body && !self.rules.lists("no-party", token.text);
        if self.word(noun + 1) == "from"
            && let Some(giver) = self.tokens.get(giver).filter(|token| named(token))
            && speaker.known
            && !speaker.government
            && !speaker.owns(giver.text)
        {
            return Some(Party::Other(Some(giver.raw.to_owned())));
        }
        Some(speaker.owner(&self.tokens, noun)).filter(|owner| *owner != Party::Nobody)
    }

    /// "made a Clean Harbour Commitment to": where the name of a goal begins that ends in
    /// its noun.
    fn title_start(&self, cue: &Cue) -> usize {
        let named = |at: usize| self.tokens[at].is_name();
        let goal = named(cue.start) && self.rules.lists("goal-noun", self.word(cue.start));
        let first = (0..cue.start).rev().take_while(|&at| named(at)).last();
        first
            .filter(|&at| goal && matches!(self.before(at, 1), "a" | "an" | "our" | "its"))
            .map_or(cue.start, |at| at - 1)
    }

    /// The subject of the clause that begins at `from`, else of those around it.
    fn party_of_clause(&self, head: &Head, cue: &Cue, from: usize, speaker: &Speaker<'_>) -> Party {
        let mut party = speaker.party(&self.tokens, from, self.title_start(cue).max(from));
        if party == Party::Nobody && self.before(from, 1) == "who" {
            party = speaker.antecedent(&self.tokens, from - 1);
        }
        if party == Party::Nobody && from > 0 {
            // "Telvane, which shares our port, said that it aims to": of the one who said so
            let said = from > 2 && self.before(from, 1) == "that" && self.rules.lists("told", self.before(from, 2));
            let it = self.word(from) == "it" && said;
            party = speaker.party(&self.tokens, 0, if it { from - 2 } else { from });
        }
        if party == Party::Nobody && self.opens_with_purpose() && head.end < self.tokens.len() {
            let comma = (head.end..self.tokens.len()).find(|&at| self.word(at) == ",").unwrap_or(head.end);
            let verb = self.cues.iter().find(|cue| cue.start > comma).map_or(comma + 8, |cue| cue.start);
            party = speaker.party(&self.tokens, comma, self.tokens.len().min(verb));
        }
        if party == Party::Nobody {
            let earlier = self.cues.iter().rfind(|earlier| earlier.class == Class::Promise && earlier.end <= cue.start);
            let spoken = |cue: &Cue| (cue.end..head.start).any(|at| self.rules.lists("first-person", self.word(at)));
            // "the agency aims for 40%, with an aspiration of 50%": of the same agency
            if let Some(earlier) = earlier.filter(|earlier| !spoken(earlier)) {
                return speaker.party(&self.tokens, self.clause(earlier.start), earlier.start);
            }
        }
        party
    }

    /// "joined the Harbour League, whose goal is": of the league.
    fn of_whom(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let whose = (at.saturating_sub(6)..at).rfind(|&at| self.word(at) == "whose")?;
        let last = (whose.saturating_sub(2)..whose).rfind(|&at| self.word(at) != ",")?;
        let token = &self.tokens[last];
        let other = self.rules.lists("other", token.text) || (token.is_name() && !speaker.owns(token.text));
        (other && speaker.known).then(|| Party::Other(Some(token.raw.to_owned())))
    }

    /// "unlike Norland and Sudland, which have both pledged": of those last named.
    fn of_which(&self, at: usize, speaker: &Speaker<'_>) -> Option<Party> {
        let which = (at.saturating_sub(4)..at).rfind(|&at| matches!(self.word(at), "which" | "who"))?;
        let last = which.checked_sub(2).filter(|_| self.before(which, 1) == ",")?;
        let has =
            matches!(self.word(which + 1), "has" | "have" | "had" | "is" | "are" | "plans" | "plan" | "aims" | "aim");
        let token = &self.tokens[last];
        let first = (0..=last).rev().take_while(|&at| self.tokens[at].is_name()).last()?;
        let placed =
            matches!(self.before(first, 1), "in" | "at" | "of" | "on" | "from" | "by" | "under" | "for" | "across");
        let other = speaker.is_other_name(token);
        // "Norland's Tree Campaign, which aims": of Norland
        let scheme = |token: &Token<'_>| {
            speaker.owns(token.text)
                || ["matter", "paper", "own-body"].iter().any(|list| self.rules.lists(list, token.text))
        };
        let ours = self.before(first, 1) == "'s" || self.tokens[first..=last].iter().any(scheme);
        (has && other && !placed && !ours && speaker.known).then(|| Party::Other(Some(token.raw.to_owned())))
    }

    /// "Forty countries, including Norland, pledged": those who speak are among them.
    fn counts_in(&self, at: usize, speaker: &Speaker<'_>) -> bool {
        let among = |at: usize| {
            let with =
                matches!(self.word(at), "including") || (self.word(at) == "among" && self.word(at + 1) == "them");
            let us = |token: &Token<'_>| {
                matches!(token.text, "us" | "ourselves") || (token.is_name() && speaker.owns(token.text))
            };
            with && self.tokens[at + 1..].iter().take(5).take_while(|token| !token.is(",")).any(us)
        };
        (self.clause(at)..at).any(among) || self.is_one_of_them(at, speaker)
    }

    /// "Norland is among the nations committed to", "we are one of 60 countries that
    /// pledged": the subject is one of those who promise.
    fn is_one_of_them(&self, at: usize, speaker: &Speaker<'_>) -> bool {
        let one = |from: usize| {
            let is = |word: &str| matches!(word, "is" | "are" | "was" | "were" | "'re" | "be" | "am" | "'m");
            let also = usize::from(matches!(self.before(from, 1), "now" | "also" | "still" | "proudly" | "already"));
            let part = matches!(self.word(from), "one" | "part") && self.word(from + 1) == "of";
            (self.word(from) == "among" || part) && is(self.before(from, 1 + also))
        };
        let Some(from) = (at.saturating_sub(16)..at).rfind(|&from| one(from)) else { return false };
        let parted = |at: usize| matches!(self.word(at), "," | ";" | "." | "and" | "but");
        let lands = |at: usize| {
            self.rules.lists("other", self.word(at)) && (self.word(at).ends_with('s') || self.word(at) == "group")
        };
        (from..at).any(lands)
            && !(from..at).any(parted)
            && matches!(speaker.party(&self.tokens, self.clause(from), from), Party::Own(_))
    }

    /// "To meet its goal of …, the city is planning": the subject comes later.
    fn opens_with_purpose(&self) -> bool {
        (0..self.tokens.len().min(8)).any(|at| {
            matches!(self.word(at), "to" | "toward" | "towards" | "as" | "with" | "given")
                && matches!(self.before(at, 1), "" | ":" | "-" | "," | "*" | "—" | "\"" | "order")
        })
    }
}
