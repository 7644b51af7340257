//! Duties and demands that are one's own: laws, orders, plans, what a leader calls for.

use super::heads::{Head, Parts, Shape};
use super::rules::Cue;
use super::speaker::Speaker;
use super::subject::Party;

impl Parts<'_> {
    /// "The law requires us to", "emissions shall be" in a law: a duty of one's own.
    pub(super) fn obliged(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let duty =
            |word: &str| ["requir", "oblig", "direct", "instruct", "order"].iter().any(|start| word.starts_with(start));
        let own = |at: usize| {
            let token = &self.tokens[at];
            let offices = matches!(token.text, "government" | "agencies" | "departments" | "ministries");
            let seat = matches!(token.text, "state" | "city" | "county" | "council") && speaker.is_public();
            let staff = matches!(token.text, "staff" | "management" | "administration" | "executive");
            matches!(token.text, "us" | "ourselves")
                || (matches!(token.text, "my" | "our") && speaker.is_public())
                || (token.is_name() && speaker.owns(token.text))
                || (speaker.government && offices)
                || seat
                || (staff && !(speaker.press || speaker.civil))
        };
        let ours = self.any(cue.start, cue.end, duty) && (cue.start..cue.end).any(own);
        // "all new projects we commission must"
        let from = self.clause(cue.start);
        let near = from.max(cue.start.saturating_sub(8));
        let commissioned = matches!(self.word(cue.start), "must" | "have")
            && self.any(near, cue.start.saturating_sub(1), |word| matches!(word, "we" | "our"))
            && !matches!(self.before(cue.start, 1), "we" | "i" | "they" | "and" | "," | "who")
            && self.any(near, cue.start, |word| matches!(word, "all" | "new" | "every"));
        let ruled = matches!(
            self.word(cue.start),
            "must" | "should" | "need" | "required" | "requires" | "require" | "shall" | "have" | "has"
        );
        // "The state's Climate Act requires", "I've ordered the fleet to go electric"
        let requires = self.word(cue.start).starts_with("require") && self.is_own_law(cue.start, speaker);
        let ordered = speaker.is_public()
            && ["order", "direct", "instruct"].iter().any(|start| self.word(cue.start).starts_with(start))
            && (1..4).any(|back| matches!(self.before(cue.start, back), "i" | "we"));
        let ours = ours || requires || ordered;
        let says = |word: &str| {
            matches!(
                word,
                "says" | "said" | "warns" | "warned" | "found" | "finds" | "concluded" | "concludes" | "states"
            )
        };
        // "This means that Alder must": what follows from a goal of one's own
        let means = (1..7).find(|&back| matches!(self.before(cue.start, back), "means" | "implies" | "entails"));
        let follows = means.is_some_and(|back| {
            let verb = cue.start - back;
            let subject = verb + 1 + usize::from(self.word(verb + 1) == "that");
            subject < cue.start
                && matches!(self.before(verb, 1), "this" | "that" | "which" | "it")
                && matches!(self.word(cue.start), "must" | "need" | "have" | "has" | "needs")
                && speaker.is_below()
                && !self.any(cue.end, self.tokens.len(), |word| word != "we" && self.rules.lists("everyone", word))
                && (self.word(subject) == "we" && subject + 1 == cue.start
                    || self.tokens[subject].is_name() && speaker.owns(self.word(subject)))
        });
        let follows = follows || self.is_in_own_terms(cue, speaker);
        let worlds = |word: &str| matches!(word, "global" | "world" | "worldwide" | "globally");
        let worlds = self.any(cue.start.saturating_sub(5), cue.start, worlds) && self.word(cue.start) != "shall";
        ours || follows || commissioned || (speaker.law && ruled && !worlds && !self.any(0, cue.start, says))
    }

    /// "Under our new concession terms all taxis at the airport must be electric": what
    /// one lays down for those who work on one's ground.
    fn is_in_own_terms(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let terms = |word: &str| {
            matches!(word, "terms" | "conditions" | "concession" | "tender" | "contracts" | "permit" | "requirements")
                || matches!(word, "rules" | "bylaws" | "charter" | "contract")
        };
        let ours = |at: usize| {
            matches!(self.word(at), "our" | "its")
                || (self.word(at) == "the" && matches!(self.word(at + 1), "new" | "revised" | "updated" | "latest"))
        };
        let under = |at: &usize| matches!(self.word(*at), "under" | "in") && ours(at + 1);
        let named = (0..self.tokens.len()).filter(under).any(|at| self.any(at + 2, at + 6, terms));
        let everyone = |word: &str| word != "us" && self.rules.lists("everyone", word);
        named
            && self.word(cue.start) == "must"
            && speaker.known
            && !(speaker.press || speaker.civil)
            && !self.any(0, cue.start, everyone)
    }

    /// "Second, we must cut what we throw away: 20 per cent less a head by 2029", said by
    /// those who govern: a number of their own.
    pub(super) fn own_duty(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let we = (1..3).find(|&back| self.before(cue.start, back) == "we");
        let between = we.is_none_or(|back| back == 1 || matches!(self.before(cue.start, 1), "also" | "now" | "still"));
        let must = matches!(self.word(cue.start), "must" | "need" | "have");
        let worlds = |word: &str| {
            (word != "we" && self.rules.lists("everyone", word))
                || ["paris", "temperature", "degrees", "warming", "planet", "humanity", "science", "scientists"]
                    .contains(&word)
                || matches!(
                    word,
                    "if" | "together" | "all" | "collectively" | "international" | "1.5" | "ipcc" | "said" | "says"
                )
        };
        let Shape::Value(quantity) = &head.shape else { return false };
        // half of all emissions by 2030 is what everybody is told
        let told = head.topic == crate::model::topic::Topic::EmissionsReduction
            && [43, 45, 50].contains(&quantity.value.round().try_into().unwrap_or(0_i64));
        we.is_some()
            && between
            && must
            && !told
            && speaker.known
            && (speaker.government || speaker.public)
            && !(speaker.press || speaker.civil || speaker.rival || speaker.joint)
            && !self.any(0, self.tokens.len(), worlds)
    }

    /// "The state's Climate Act" before `at`, where the state speaks.
    fn is_own_law(&self, at: usize, speaker: &Speaker<'_>) -> bool {
        let law = matches!(
            self.before(at, 1),
            "act" | "law" | "legislation" | "ordinance" | "bill" | "code" | "order" | "regulation"
        );
        let own = |party: Party| matches!(party, Party::Own(_));
        law && speaker.is_public()
            && match speaker.owner(&self.tokens, at - 1) {
                Party::Nobody => own(speaker.party(&self.tokens, self.clause(at), at)),
                party => own(party),
            }
    }

    /// "We need to up the pace to reach clean power by 2035", said by those who govern:
    /// why it is needed is what they have set themselves.
    pub(super) fn needed_for(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let reach = |at: usize| {
            self.word(at) == "to"
                && matches!(self.word(at + 1), "achieve" | "reach" | "meet" | "hit" | "get" | "attain")
        };
        let we = (1..3).any(|back| self.before(cue.start, back) == "we");
        let need = matches!(self.word(cue.start), "need" | "must" | "have");
        let everyone = |word: &str| {
            word != "we" && (self.rules.lists("everyone", word) || matches!(word, "global" | "world" | "climate"))
        };
        let purpose = (cue.end + 3..head.start).any(|at| reach(at) && at + 6 > head.start);
        let state = matches!(head.shape, Shape::EndState | Shape::Value(_));
        speaker.government && we && need && purpose && state && !self.any(0, self.tokens.len(), everyone)
    }

    /// "We need to halve it by 2030 to meet our target": a step to a goal of one's own.
    pub(super) fn serves_own_goal(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let met = |at: usize| {
            matches!(self.word(at), "meet" | "reach" | "achieve" | "hit" | "deliver" | "fulfil" | "fulfill")
                && self.before(at, 1) == "to"
        };
        let whose = |word: &str| matches!(word, "our" | "parliament" | "council" | "company" | "city" | "own");
        let goal = |verb: usize| {
            let noun = (verb + 2..verb + 10).find(|&at| self.rules.lists("goal", self.word(at)));
            noun.is_some_and(|noun| {
                self.any(verb + 1, noun, whose)
                    && !self.any(verb + 1, noun, |word| matches!(word, "global" | "collective" | "shared" | "paris"))
            })
        };
        let we = self.before(cue.start, 1) == "we" && matches!(self.word(cue.start), "need" | "must" | "have");
        let told = speaker.press || speaker.civil || speaker.rival;
        we && speaker.known && !told && (cue.end..self.tokens.len()).any(|at| met(at) && goal(at))
    }

    /// "New vans must be electric": the rule of one who can make rules.
    pub(super) fn mandated(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let from = self.clause(cue.start);
        speaker.is_public()
            && matches!(self.word(cue.start), "must" | "require" | "have" | "required")
            && self.any(from, cue.start, |word| self.rules.lists("mandated", word))
            && !self.any(from, cue.start, |word| self.rules.lists("everyone", word))
    }

    /// "Under the Harbour Act the government must", "…, says our plan": what a paper of
    /// one's own lays down.
    pub(super) fn laid_down(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let must = matches!(self.word(cue.start), "must" | "have" | "has" | "shall");
        let law = |word: &str| {
            matches!(word, "law" | "act" | "resolution" | "decree" | "ordinance" | "order" | "regulation" | "directive")
                || matches!(word, "strategy" | "plan" | "roadmap" | "legislation" | "policy")
        };
        let whose = |at: usize| matches!(self.word(at), "'s" | "their" | "paris" | "international" | "eu" | "european");
        let near = |from: usize| {
            (from..from + 9).take_while(|&at| !matches!(self.word(at), ";" | ".")).find(|&at| law(self.word(at)))
        };
        let front = (0..cue.start).find(|&at| {
            matches!(self.word(at), "under" | "by" | "per" | "according" | "pursuant")
                && near(at).is_some_and(|law| law < cue.start && !(at..law).any(whose))
        });
        let behind = (head.end.max(cue.end)..self.tokens.len()).find(|&at| {
            matches!(self.word(at), "says" | "so" | "according")
                && self.before(at, 1) == ","
                && near(at).is_some_and(|law| {
                    !(at..law).any(whose) && self.any(at, law, |word| matches!(word, "our" | "the" | "its"))
                })
        });
        let from = self.clause(cue.start);
        let everyone = |word: &str| word != "we" && self.rules.lists("everyone", word);
        let theirs = || matches!(speaker.party(&self.tokens, from, cue.start), Party::Other(_));
        // "By law, Norland must": what one has bound oneself to
        let seat = matches!(self.before(cue.start, 1), "government" | "state" | "city" | "country" | "nation");
        let bound = || seat && speaker.known && !speaker.press || self.is_own_subject(cue, speaker);
        let ruled =
            front.is_some() && (speaker.government || bound()) || behind.is_some() && speaker.known && !speaker.press;
        must && ruled && !self.any(from, cue.start, everyone) && !theirs()
    }

    /// "We will require all new homes to be zero-emission": a demand that the
    /// speaker can make good.
    pub(super) fn required(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let will = matches!(self.before(cue.start, 1), "will" | "shall" | "'ll");
        let party = || speaker.party(&self.tokens, self.clause(cue.start), cue.start - 1);
        will && self.word(cue.start) == "require" && matches!(party(), Party::Own(_))
    }

    /// "Let's run on renewable power alone by 2031", said by one who leads a town or
    /// a company: what it is led to do.
    pub(super) fn led(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let leads = ["mayor", "governor", "ceo"].iter().any(|office| speaker.is_word(office))
            || (speaker.is_word("chief") && speaker.is_word("executive"));
        let everyone = |word: &str| !matches!(word, "we" | "us") && self.rules.lists("everyone", word);
        let verb = self.word(cue.start + 2 + usize::from(matches!(self.word(cue.start + 2), "all" | "now")));
        // "let's say", "let us help them": nothing that is done
        let done = ["order", "change"].iter().any(|list| self.rules.lists(list, verb)) || verb == "become";
        let done = done && !matches!(verb, "help" | "support" | "encourage");
        leads
            && done
            && self.word(cue.start) == "let"
            && head.shape != Shape::Bare
            && !self.any(cue.end, head.end, everyone)
    }

    /// "Emissions should be cut by 40% by 2031", in the plan of a town or a company:
    /// what it sets itself.
    pub(super) fn planned(&self, head: &Head, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let from = self.clause(cue.start);
        let free = |word: &str| {
            word == "community" || !(self.rules.lists("everyone", word) || self.rules.lists("other", word))
        };
        // "ought to be"
        let ought = usize::from(self.word(cue.start) == "ought");
        let verb = matches!(
            self.word(cue.start + 1 + ought),
            "be" | "come"
                | "deliver"
                | "supply"
                | "generate"
                | "go"
                | "operate"
                | "have"
                | "reach"
                | "fall"
                | "decrease"
                | "consist"
                | "run"
                | "use"
                | "consume"
                | "cover"
                | "account"
                | "make"
                | "drop"
                | "rise"
                | "increase"
                | "amount"
                | "stand"
                | "lie"
                | "remain"
                | "stay"
        );
        let own = |word: &str| {
            matches!(word, "our" | "municipal" | "community" | "local")
                || word.ends_with("wide") && word != "worldwide"
                || self.rules.lists("own-body", word)
        };
        let subject = || matches!(speaker.party(&self.tokens, from, cue.start), Party::Own(Some(_)));
        let duty = match self.word(cue.start) {
            "should" | "ought" => verb || subject(),
            // "Carbon neutrality has to be reached by 2050"
            "has" | "have" => head.end <= cue.start && self.word(cue.end - 1) == "to" && self.word(cue.end) == "be",
            "must" => verb && self.any(from, cue.start, own),
            _ => false,
        };
        let everywhere = |word: &str| matches!(word, "world" | "global" | "globally" | "worldwide" | "planet");
        // a paper of the land itself: "Government of Norland (Forest Strategy)"
        let titled =
            || ["strategy", "plan", "programme", "program", "roadmap", "act"].iter().any(|word| speaker.is_word(word));
        let says = |word: &str| {
            matches!(word, "found" | "finds" | "says" | "said" | "warns" | "shows" | "scientists" | "study" | "studies")
        };
        let paper = speaker.government && titled() && !self.any(0, self.tokens.len(), says);
        let plan = (speaker.is_below() || paper) && !speaker.press && !speaker.civil;
        let plan = plan && !self.any(0, self.tokens.len(), everywhere);
        plan && duty
            && head.shape != Shape::Bare
            && self.source_named(head, speaker).is_none()
            && (from..cue.start).all(|at| free(self.word(at)))
    }
}
