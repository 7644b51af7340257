//! Which cues can rule a head, and what takes a promise back: duties, demands,
//! conditions, forecasts.

use super::heads::{Head, Parts, Shape};
use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;
use super::values::is_money;

impl Parts<'_> {
    /// "over the next years 17,000 trees will be planted": the verb of what the
    /// head counts, where a clause of its own begins before it.
    pub(super) fn predicate(&self, left: &Cue, head: &Head) -> Option<&Cue> {
        let apart = (left.end..head.start).any(|at| matches!(self.word(at), "," | "that" | ";"));
        self.cues.iter().find(|cue| {
            apart
                && cue.start >= head.end
                && cue.start < head.end + 5
                && self.rules.rule(cue).name == "will"
                && !(head.end..cue.start).any(|at| matches!(self.word(at), "," | ";" | "that" | "which"))
        })
    }

    /// "promised that it would": a future as told.
    pub(super) fn is_told(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let told = |at: usize| self.rules.lists("told", self.word(at));
        let near =
            |back: usize, wanted: &str| (cue.start.saturating_sub(back)..cue.start).any(|at| self.word(at) == wanted);
        match self.word(cue.start) {
            "would" if speaker.law => true,
            "would" if self.any(0, self.tokens.len(), |word| word.contains("conditional")) => !near(8, "if"),
            "would" if speaker.told && self.before(cue.start, 1) == "we" => !near(8, "if"),
            "would" => (cue.start.saturating_sub(25)..cue.start).any(told) && !near(8, "if"),
            "can" => near(5, "so"),
            _ => false,
        }
    }

    /// Whether a cue can rule a head. What has a date ahead is not done yet,
    /// unless the words close the goal itself.
    pub(super) fn governs(&self, cue: &Cue, ahead: bool) -> bool {
        let number =
            |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).is_some_and(|token| token.number().is_some());
        let month = self.word(cue.start) == "may"
            && self.tokens[cue.start].is_name()
            && (number(Some(cue.end)) || number(cue.start.checked_sub(1)));
        // "94% in 2022, against a target of 100% by 2025" has one ahead
        let open = (ahead || self.names_ahead(cue)) && matches!(self.word(cue.start), "against" | "versus");
        let past = cue.class == Class::Past && self.rules.rule(cue).name != "goal-closed" && self.word(cue.end) != ":";
        let silent = matches!(cue.class, Class::Policy | Class::Unrelated);
        // "to account for half of our sales" is not what is
        let infinitive =
            cue.class == Class::Past && matches!(self.before(cue.start, 1), "to" | "will" | "'ll" | "shall");
        // "we will no longer finance coal" drops the coal, not the goal
        let ends = cue.class == Class::Cancelled
            && self.word(cue.start) == "no"
            && matches!(self.before(cue.start, 1), "will" | "shall" | "'ll");
        // "Marine Protected Areas"
        let named =
            self.word(cue.end - 1) == "protected" && matches!(self.word(cue.end), "area" | "areas" | "land" | "sites");
        !(silent
            || month
            || open
            || infinitive
            || ends
            || named
            || (ahead && past)
            || self.is_moved(cue)
            || self.is_aside(cue)
            || self.is_measure(cue))
    }

    /// "postponed its target from 2030 to 2036": a goal with another day, not one dropped.
    fn is_moved(&self, cue: &Cue) -> bool {
        let moves = ["postpon", "delay", "adjust", "push"].iter().any(|start| self.word(cue.start).starts_with(start));
        let later = |date: &super::date::Date| {
            let known = |other: &super::date::Date| other.end == date.start && self.word(other.start) == "from";
            matches!(date.role, super::date::Role::Deadline(_))
                && self.word(date.start) == "to"
                && self.dates.iter().any(known)
        };
        cue.class == Class::Cancelled && moves && self.dates.iter().any(later)
    }

    /// "versus a 2031 target": a goal whose year is still to come.
    fn names_ahead(&self, cue: &Cue) -> bool {
        let year = |date: &super::date::Date| self.said.is_some_and(|said| date.year > said);
        self.dates.iter().any(|date| date.start >= cue.start && date.end <= cue.end && year(date))
    }

    /// "only electric vans may be sold": a rule, no doubt.
    fn is_rule(&self, cue: &Cue) -> bool {
        cue.class == Class::Possible
            && self.cues.iter().any(|law| {
                law.class == Class::Promise
                    && self.word(law.start) == "only"
                    && law.start < cue.start
                    && cue.end <= law.end
            })
    }

    /// Words that look like a cue and say something else.
    fn is_aside(&self, cue: &Cue) -> bool {
        // "it will mean that" tells what is to be done
        let meant = cue.class == Class::Definition
            && matches!(self.before(cue.start, 1), "will" | "'ll")
            && matches!(self.before(cue.start, 2), "it" | "this" | "that" | "which");
        let meant = meant || self.is_consequence(cue);
        // "until it is reached"
        let until = matches!(self.word(cue.start), "reached" | "achieved" | "attained")
            && matches!(self.before(cue.start, 1), "is" | "are" | "be");
        // "the world's first net-zero railway" is not the world's
        let first = cue.class == Class::Others
            && self.word(cue.start + 1) == "'s"
            && matches!(self.word(cue.start + 2), "first" | "most" | "leading" | "largest" | "biggest");
        // "a target to be achieved by 2040", "the net carbon account"
        let until = until
            || (matches!(self.rules.rule(cue).name.as_str(), "goal-closed")
                && self.rules.lists("closed", self.word(cue.end - 1))
                && self.before(cue.end - 1, 1) == "be"
                && matches!(self.before(cue.end - 1, 2), "to" | "will" | "shall" | "must" | "should" | "can"));
        let until = until
            || (self.word(cue.start) == "account"
                && matches!(self.before(cue.start, 1), "carbon" | "emissions" | "net"));
        // "a bottle or can"
        let tin = self.word(cue.start) == "can" && matches!(self.before(cue.start, 1), "a" | "or" | "per" | "the");
        // "net zero shall mean"
        let defines = cue.class == Class::Promise
            && self.word(cue.end) == "mean"
            && !matches!(self.before(cue.start, 1), "it" | "this" | "that" | "which");
        // "we will help our customers save 3 Mt" is what we do
        let helping = self.word(cue.start).starts_with("help")
            && self.rules.rule(cue).name == "effect"
            && matches!(self.before(cue.start, 1), "to" | "will" | "'ll");
        // "I can tell you this: we will cut" is no effect of this
        let colon =
            self.rules.rule(cue).name == "effect" && self.any(cue.start, cue.end, |word| matches!(word, ":" | ";"));
        // "our capacity is set to reach 12 GW" is what we have set
        let set = self.word(cue.start) == "set"
            && cue.class == Class::Forecast
            && self.any(self.clause(cue.start), cue.start, |word| self.rules.lists("first-person", word));
        // "announced this morning that we will cut": what we do, no effect of it
        let ours =
            self.rules.rule(cue).name == "effect" && self.any(cue.start, cue.end, |word| matches!(word, "we" | "i"));
        let helping = helping || colon || set || ours;
        // "the target is defined as climate neutrality in 2035" says what it is
        let told = cue.class == Class::Definition
            && self.any(cue.start, cue.end, |word| word == "defined")
            && self.any(cue.start.saturating_sub(2), cue.start, |word| self.rules.lists("goal", word));
        // "that its lending, in other words, its loans, is net zero": a name in other words
        let renamed = self.word(cue.start) == "in"
            && self.word(cue.end - 1) == "words"
            && self.before(cue.start, 1) == ","
            && self.cues.iter().any(|oath| oath.class == Class::Promise && oath.end <= cue.start);
        let helping = helping || told || renamed;
        // "I will request the funds" is no demand on anyone
        let funds = |word: &str| matches!(word, "funds" | "funding" | "money" | "budget");
        let asked = self.word(cue.start).starts_with("request") && self.any(cue.end, cue.end + 3, funds);
        let money = |sum: &Quantity| is_money(sum) && sum.start >= cue.end && sum.start < cue.end + 3;
        let asked = asked || (self.word(cue.start).starts_with("request") && self.quantities.iter().any(money));
        let helping = helping
            || asked
            || self.is_purpose_in_front(cue)
            || self.is_goals_worth(cue)
            || self.is_enabled(cue)
            || self.is_decided(cue)
            || self.is_made_so(cue)
            || self.is_means(cue)
            || self.is_pace(cue)
            || self.is_by_plan(cue);
        // "we would like to" is a wish
        let wish = self.word(cue.start) == "would" && self.word(cue.end) == "like" && self.word(cue.end + 1) == "to";
        meant || until || first || self.is_rule(cue) || tin || defines || helping || wish
    }

    /// "To contribute to the treaty, Norland is committed to": why it is promised.
    fn is_purpose_in_front(&self, cue: &Cue) -> bool {
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
    fn is_goals_worth(&self, cue: &Cue) -> bool {
        let worth = ["result", "translat", "equat", "correspond", "equivalent"]
            .iter()
            .any(|start| self.word(cue.start).starts_with(start));
        let goal = matches!(self.before(cue.start, 1), "goal" | "goals" | "target" | "targets" | "commitment");
        let that = |word: &str| matches!(word, "this" | "that" | "such" | "these" | "those");
        worth && goal && !(2..4).any(|back| that(self.before(cue.start, back)))
    }

    /// Words of the past or of a forecast that only say how much is meant.
    fn is_measure(&self, cue: &Cue) -> bool {
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
        share || level || compared || aligned || partly || roughly || capacity
    }

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
        let worlds = |word: &str| matches!(word, "global" | "world" | "worldwide" | "globally");
        let worlds = self.any(cue.start.saturating_sub(5), cue.start, worlds) && self.word(cue.start) != "shall";
        ours || follows || commissioned || (speaker.law && ruled && !worlds && !self.any(0, cue.start, says))
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
        let verb = matches!(
            self.word(cue.start + 1),
            "be" | "come"
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
        );
        let own = |word: &str| {
            matches!(word, "our" | "municipal" | "community" | "local")
                || word.ends_with("wide") && word != "worldwide"
                || self.rules.lists("own-body", word)
        };
        let subject = || matches!(speaker.party(&self.tokens, from, cue.start), Party::Own(Some(_)));
        let duty = match self.word(cue.start) {
            "should" => verb || subject(),
            "must" => verb && self.any(from, cue.start, own),
            _ => false,
        };
        let everywhere = |word: &str| matches!(word, "world" | "global" | "globally" | "worldwide" | "planet");
        let plan = speaker.is_below() && !speaker.press && !speaker.civil;
        let plan = plan && !self.any(0, self.tokens.len(), everywhere);
        plan && duty
            && head.shape != Shape::Bare
            && self.source_named(head, speaker).is_none()
            && (from..cue.start).all(|at| free(self.word(at)))
    }

    /// "We reaffirm our commitment to reach global net zero", said by a government:
    /// the world's goal, and its own.
    pub(super) fn is_worlds_and_ours(&self, cue: &Cue, speaker: &Speaker<'_>) -> bool {
        let near = |promise: &&Cue| {
            let name = self.rules.rule(promise).name.as_str();
            promise.end <= cue.start
                && promise.end + 9 > cue.start
                && matches!(name, "commit" | "aim" | "will" | "announced")
        };
        (speaker.government || ["leaders", "joint", "declaration"].iter().any(|word| speaker.is_word(word)))
            && self.rules.rule(cue).name == "somebody-elses"
            && self.any(cue.start, cue.end, |word| word == "zero")
            && self.tokens[..cue.start].iter().any(|token| {
                self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
            })
            && self.cues.iter().any(|promise| near(&promise))
    }

    /// "must commit", "urge all parties to commit": the promise that is demanded.
    pub(super) fn called_upon(&self, cue: &Cue) -> Option<&Cue> {
        self.cues.iter().rev().filter(|call| call.class == Class::Call && call.end <= cue.start).find(|call| {
            let mut between: Vec<&str> = (call.end..cue.start).map(|at| self.word(at)).collect();
            // "recommends that the town adopt"
            if between.first() == Some(&"that") && self.word(call.start).starts_with("recommend") {
                between.remove(0);
            }
            let stopped = between
                .iter()
                .any(|word| matches!(*word, ";" | "." | "|" | ":" | "that" | "—" | "we" | "our" | "," | "me" | "us"));
            // "we will encourage efforts to": no one else is called upon
            let alone = cue.start == call.end && self.word(call.start).starts_with("encourag");
            // "inviting all to join us in a goal": we are first
            let joined =
                between.windows(2).any(|pair| pair[0] == "join" && matches!(pair[1], "us" | "me" | "him" | "her"));
            !stopped && !alone && !joined && cue.start - call.end <= 12
        })
    }

    /// "if we are going to": no promise is made.
    pub(super) fn conditioned(&self, cue: &Cue) -> Option<&Cue> {
        // "it will only work if they come with plans to": all that follows
        let only = self.cues.iter().find(|other| {
            other.class == Class::Possible
                && self.word(other.start) == "only"
                && other.end <= cue.start
                && !(other.end..cue.start).any(|at| {
                    matches!(self.word(at), ";" | "." | "so") || (self.word(at) == "," && self.word(at + 1) == "we")
                })
        });
        only.or_else(|| self.doubted(cue))
    }

    /// "if", "whether", "when will they": a doubt right beside the promise.
    fn doubted(&self, cue: &Cue) -> Option<&Cue> {
        self.cues.iter().find(|other| {
            other.class == Class::Possible
                && matches!(
                    self.word(other.start),
                    "if" | "unless" | "whether" | "concerned" | "doubt" | "doubts" | "doubtful"
                )
                && (other.start < cue.start && other.end + 3 >= cue.start || self.word(cue.start) == "would")
                // "when does the board hope to reach its goal of"
                || other.class == Class::Possible
                    && matches!(self.word(other.start), "when" | "how" | "why" | "what" | "where")
                    && other.end <= cue.start
                    && other.end + 5 >= cue.start
        })
    }

    /// "has abandoned a target": the goal that is given up.
    pub(super) fn dropped(&self, cue: &Cue) -> Option<&Cue> {
        let goal = self.rules.lists("goal-noun", self.word(cue.end - 1))
            || self.rules.lists("goal-noun", self.word(cue.start));
        self.cues.iter().rev().filter(|_| goal).find(|dropped| {
            let between = || (dropped.end..cue.start).map(|at| self.word(at));
            // "fell short of its goal", where no day lies ahead
            let short = self.word(dropped.end - 1) == "short"
                && dropped.class == Class::Past
                && !matches!(self.before(dropped.start, 1), "not" | "never")
                && !self.dates.iter().any(|date| self.said.is_some_and(|said| date.year > said));
            (dropped.class == Class::Cancelled && !self.is_moved(dropped) || short)
                && dropped.end <= cue.start
                && cue.start - dropped.end <= 8
                && !between().any(|word| matches!(word, ";" | "." | "," | "and" | "but" | "to" | "for"))
        })
    }

    /// "We commend the union for its target": thanks for what others promise.
    pub(super) fn praised(&self, cue: &Cue) -> bool {
        self.cues.iter().any(|praise| {
            let between = || (praise.end..cue.start).map(|at| self.word(at));
            praise.end <= cue.start
                && self.rules.rule(praise).name == "praise"
                && !between().any(|word| matches!(word, ";" | "." | "we" | "our" | "i" | "my" | "us"))
        })
    }

    /// "The agency estimates that … will": a forecast in other words.
    pub(super) fn reported_forecast(&self, cue: &Cue, speaker: &Speaker<'_>) -> Option<&Cue> {
        self.cues.iter().find(|other| {
            // "we estimate that our waste will": a forecast of one's own
            let own = matches!(self.word(other.start), "we" | "i");
            let between = || (other.end..cue.start).map(|at| self.word(at)).filter(|word| !(own && *word == "our"));
            self.rules.rule(other).name == "forecast"
                && other.end <= cue.start
                && !between().any(|word| matches!(word, ";" | "." | "|" | "we" | "our" | "i" | "my" | "us"))
                && !(self.turns(other.end, cue.start) && self.is_own_subject(other, speaker))
        })
    }

    /// "A net-zero target means that plants will emit nothing": what a term says.
    pub(super) fn explained(&self, cue: &Cue) -> Option<&Cue> {
        self.cues.iter().find(|other| {
            let between = || (other.end..cue.start).map(|at| self.word(at));
            let subject = |at: usize| self.rules.lists("first-person", self.word(at));
            // "this does not mean that we will have none"
            let denied = matches!(self.before(other.start, 1), "not" | "'t")
                && self.word(other.start) == "mean"
                && other.end <= cue.start
                && cue.start - other.end < 3;
            denied
                || other.class == Class::Definition
                    && matches!(self.word(other.start), "means" | "indicates")
                    && other.end <= cue.start
                    && cue.start - other.end < 5
                    && !(0..cue.start).any(subject)
                    && !between().any(|word| matches!(word, ";" | "." | ","))
        })
    }

    /// "…, according to analysts": a forecast whose source comes last.
    pub(super) fn source_named(&self, head: &Head, speaker: &Speaker<'_>) -> Option<&Cue> {
        let own_name = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_name() && speaker.owns(token.text));
        let own = |word: &str| {
            self.rules.lists("first-person", word)
                || self.rules.lists("paper", word)
                || self.rules.lists("goal-noun", word)
        };
        self.cues.iter().find(|cue| {
            cue.start >= head.end
                && self.word(cue.start) == "according"
                && !self.any(cue.end, cue.end + 6, own)
                && !(cue.end..cue.end + 8).any(own_name)
                && !self.any(0, head.start, |word| self.rules.lists("first-person", word))
        })
    }
}
