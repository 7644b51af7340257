//! Which cues can rule a head, and what takes a promise back: demands, conditions,
//! forecasts.

use super::heads::{Head, Parts};
use super::rules::{Class, Cue};
use super::speaker::Speaker;

impl Parts<'_> {
    /// "over the next years 17,000 trees will be planted": the verb of what the
    /// head counts, where a clause of its own begins before it.
    pub(super) fn predicate(&self, left: &Cue, head: &Head) -> Option<&Cue> {
        let apart = (left.end..head.start).any(|at| matches!(self.word(at), "," | "that" | ";"));
        // "we need to act, so by 2030 90% of our cold stores will run on it"
        let so = (left.end..head.start).any(|at| matches!(self.word(at), "so" | "and") && self.before(at, 1) == ",");
        let asked = matches!(left.class, Class::Call | Class::Possible) && so;
        self.cues.iter().find(|cue| {
            apart
                && cue.start >= head.end
                && (cue.start < head.end + 5 || (asked && cue.start < head.end + 14))
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
            "would" if speaker.told && matches!(self.before(cue.start, 1), "we" | "government") => !near(8, "if"),
            "would" if speaker.joint && self.is_own_subject(cue, speaker) => !near(8, "if"),
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
            && (number(Some(cue.end)) || number(cue.start.checked_sub(1)) || self.is_month(cue.start));
        // "94% in 2022, against a target of 100% by 2025" has one ahead
        let open = (ahead || self.names_ahead(cue)) && matches!(self.word(cue.start), "against" | "versus");
        // "a ban as of January 2031"
        let from = self.word(cue.start) == "as"
            && self.word(cue.end - 1) == "of"
            && self.dates.iter().any(|date| {
                let ahead = date.year > self.said.unwrap_or(super::heads::UNDATED);
                matches!(date.role, super::date::Role::Deadline(_)) && date.start == cue.start && ahead
            });
        let open = open || from;
        let past = cue.class == Class::Past && self.rules.rule(cue).name != "goal-closed" && self.word(cue.end) != ":";
        let silent = matches!(cue.class, Class::Policy | Class::Unrelated);
        // "to account for half of our sales" is not what is
        let infinitive = cue.class == Class::Past && self.is_infinitive(cue.start);
        // "a target to hit net zero"
        let infinitive = infinitive
            || (self.rules.rule(cue).name == "goal-closed"
                && matches!(self.word(cue.end - 1), "hit" | "beat")
                && matches!(self.before(cue.end - 1, 1), "to" | "will"));
        // "will by the end of the decade have reached"
        let perfect = cue.class == Class::Past
            && (self.before(cue.start, 1) == "have" || self.word(cue.start) == "have")
            && (cue.start.saturating_sub(10)..cue.start)
                .rfind(|&at| matches!(self.word(at), "will" | "shall" | "'ll"))
                .is_some_and(|will| !self.any(will, cue.start, |word| matches!(word, "," | ";" | "and" | "but")));
        let infinitive = infinitive || perfect;
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

    /// "In May", "last May", "since May": a month by the word before it.
    fn is_month(&self, at: usize) -> bool {
        let before = self.before(at, 1);
        at > 0
            && (self.tokens[at].raw == "May" || at == 1)
            && matches!(
                before,
                "in" | "last" | "this" | "since" | "until" | "by" | "early" | "late" | "mid" | "next" | "from" | "of"
            )
    }

    /// "to account for", "to consistently meet or beat": a verb at `at` of what is to be.
    fn is_infinitive(&self, at: usize) -> bool {
        let skipped = |at: usize| {
            let word = self.word(at);
            let adverb = word.len() > 4 && word.ends_with("ly");
            adverb || word == "or" || (self.word(at + 1) == "or" && matches!(word, "meet" | "reach" | "hit" | "match"))
        };
        let to = (at.saturating_sub(4)..at).rfind(|&at| !skipped(at));
        to.is_some_and(|at| matches!(self.word(at), "to" | "will" | "'ll" | "shall"))
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
                && (self.rules.rule(other).name == "doubted"
                    || matches!(self.word(other.start), "if" | "unless" | "whether"))
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

    /// "The goal of net zero by 2030 is no longer pursued": given up at the end.
    fn given_up(&self, at: usize) -> bool {
        let held = |word: &str| {
            [
                "pursu",
                "stand",
                "appl",
                "valid",
                "upheld",
                "maintain",
                "held",
                "hold",
                "supported",
                "follow",
                "relevant",
                "feasible",
            ]
            .iter()
            .any(|start| word.starts_with(start))
        };
        self.word(at) == "no" && self.word(at + 1) == "longer" && self.any(at + 2, at + 5, held)
    }

    /// The goal whose noun is the cue, given up behind the head.
    pub(super) fn dropped_behind(&self, head: &Head, cue: &Cue) -> Option<&Cue> {
        let noun = self.rules.lists("goal", self.word(cue.end - 1)) || self.rules.lists("goal", self.word(cue.start));
        self.cues.iter().filter(|_| noun).find(|dropped| {
            dropped.class == Class::Cancelled
                && dropped.start >= head.end
                && self.given_up(dropped.start)
                && !self.any(head.end, dropped.start, |word| {
                    matches!(word, ";" | "." | "and" | "but" | "so" | "which" | "that")
                })
        })
    }

    /// "We commend the union for its target": thanks for what others promise.
    pub(super) fn praised(&self, cue: &Cue) -> bool {
        self.cues.iter().any(|praise| {
            let between = || (praise.end..cue.start).map(|at| self.word(at));
            // "thanks to our crews, we have set": why, not whom
            let cause = self.word(praise.start) == "thanks"
                && self.word(praise.end) == "to"
                && matches!(self.before(praise.start, 1), "" | "," | "and" | "—" | "largely" | "partly");
            praise.end <= cue.start
                && !cause
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
            let dashed = (other.end..cue.start).any(|at| self.word(at) == "-" && self.word(at + 1) == "-");
            let turned = || self.turns(other.end, cue.start) && self.is_own_subject(other, speaker);
            self.rules.rule(other).name == "forecast"
                && !self.is_by_plan(other)
                && other.end <= cue.start
                && !between().any(|word| matches!(word, ";" | "." | "|" | "—" | "we" | "our" | "i" | "my" | "us"))
                && !dashed
                && !turned()
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
                || matches!(word, "news" | "media" | "press" | "newspaper" | "reuters" | "times" | "daily")
        };
        self.cues.iter().find(|cue| {
            cue.start >= head.end
                && self.word(cue.start) == "according"
                && !self.any(cue.end, cue.end + 6, own)
                // the title of a paper of its own
                && !self.any(cue.end, cue.end + 3, |word| word == "\"")
                && !(cue.end..cue.end + 8).any(own_name)
                && !self.any(0, head.start, |word| self.rules.lists("first-person", word))
        })
    }
}
