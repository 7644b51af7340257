//! Heads that are ends: what is to be eliminated, phased out or free of something.

use super::date::Role;
use super::heads::{Head, Parts, Shape};
use super::rules::Cue;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// Adds the heads that are ends: "eliminate", "phase out", "no more".
    pub(super) fn eliminations(&self, heads: &mut Vec<Head>) {
        let ended = |topic| {
            matches!(
                topic,
                Topic::Waste
                    | Topic::Circularity
                    | Topic::Packaging
                    | Topic::FossilPhaseOut
                    | Topic::Deforestation
                    | Topic::FleetElectrification
                    | Topic::SupplyChain
                    | Topic::Finance
                    | Topic::Other
            )
        };
        for at in 0..self.tokens.len() {
            let Some(verb) = self.ending(at) else { continue };
            if self.is_no_ending(at) {
                continue;
            }
            let reach = self.reach(at);
            let near = self.topics.iter().find(|cue| {
                let lost = self.topic(cue) == Topic::Biodiversity
                    && self.any(at, cue.end + 1, |word| matches!(word, "loss" | "decline" | "extinction"))
                    && self.any(at, cue.start, |word| word == "net");
                let extinct =
                    self.word(at) != "ban" && self.any(cue.start, cue.end, |word| word.starts_with("extinction"));
                let fit =
                    lost || extinct || self.is_harm(cue) || ended(self.topic(cue)) || self.wholly_emitted(at, cue);
                let fit = fit && (self.topic(cue) == Topic::FossilPhaseOut || !self.is_closure(at));
                cue.end > at + verb && cue.start <= at + verb + reach && fit
            });
            // "reduced our peat by half and will eliminate it"
            let meant = || {
                let told = matches!(self.word(at + verb), "them" | "it" | "these" | "their" | "its") && verb > 0;
                let cue = self.left_topic(at).filter(|cue| ended(self.topic(cue)) && cue.end + 24 > at);
                cue.filter(|_| told)
            };
            let meant = near.is_none().then(meant).flatten();
            let Some(cue) = near.or(meant) else { continue };
            if matches!(self.word(at), "zero") && self.topic(cue) == Topic::FleetElectrification {
                continue;
            }
            // "50% of the sites sending zero waste to landfill" is one goal
            let taken = heads.iter().any(|head| {
                let counted = matches!(head.shape, Shape::Value(_)) && head.topic == self.topic(cue) && meant.is_none();
                (head.start < cue.end && head.end > at && meant.is_none())
                    || (counted && head.end <= at && at < head.end + 10)
            });
            if !taken {
                let net = self.topic(cue) == Topic::EmissionsReduction && self.any(at, cue.start, |word| word == "net");
                heads.push(Head {
                    shape: if net { Shape::EndState } else { Shape::Eliminate },
                    topic: if net { Topic::NetZero } else { self.topic(cue) },
                    topic_rule: Some(cue.rule),
                    start: if meant.is_some() { at } else { at.min(cue.start) },
                    end: if meant.is_some() { at + verb + 1 } else { cue.end },
                    less: true,
                });
            }
        }
        self.free_of(heads);
        self.endings(heads);
        self.zeros(heads);
    }

    /// "the closure of the coal plant": of such a plant, not of a landfill or a shop.
    fn is_closure(&self, at: usize) -> bool {
        matches!(self.word(at), "closure" | "decommissioning" | "shutdown" | "cessation" | "discontinuation")
    }

    /// "net zero", "by ending", "end up", "the end of": words that end nothing here.
    fn is_no_ending(&self, at: usize) -> bool {
        let net = matches!(self.word(at), "zero" | "no") && matches!(self.before(at, 1), "net" | "near");
        let gerund =
            self.word(at).ends_with("ing") && matches!(self.before(at, 1), "by" | "through" | "and" | "from" | "as");
        // "by phasing out coal by 2031": with a day of its own it is a goal too
        let dated = self.word(at) == "phasing"
            && self.quantities.is_empty()
            && self.dates.iter().any(|date| date.start > at && date.start < at + 8);
        let gerund = gerund && !dated;
        // "Ending plastics: we will …" is a heading
        let heading = at < 2 && (at + 2..at + 4).any(|at| self.word(at) == ":") && self.word(at).ends_with("ing");
        let noun = self.word(at + 1) == "up" || (self.word(at + 1) == "of" && self.word(at) == "end");
        // "by end-2030" is a date
        let date = self.word(at) == "end"
            && (at + 1..at + 3)
                .find(|&at| self.word(at) != "-")
                .is_some_and(|at| self.tokens.get(at).is_some_and(|token| token.year().is_some()));
        // "whose trains stop at our door"
        let halts = matches!(self.word(at), "stop" | "stopping")
            && matches!(
                self.word(at + 1),
                "here" | "there" | "at" | "beneath" | "outside" | "near" | "under" | "below"
            );
        net || gerund || heading || noun || date || halts
    }

    /// How far what is ended can stand from its verb: "zero discharge of chemicals",
    /// "zero waste", "phase out … of coal".
    fn reach(&self, at: usize) -> usize {
        match (self.word(at), self.word(at + 1)) {
            ("zero" | "no", "discharge" | "release" | "use" | "loss" | "spills") => 4,
            ("zero" | "no", "net") if matches!(self.word(at + 2), "loss" | "land" | "soil") => 5,
            ("no" | "zero", "new" | "further" | "more") => 6,
            ("zero" | "no", _) => 1,
            // "send nothing, not a bottle cap, to landfill"
            ("nothing", _) if self.before(at, 1).starts_with("send") => 16,
            ("nothing", _) => 3,
            _ => 10,
        }
    }

    /// "eliminate emissions", "remove all emissions": none are left, not less.
    fn wholly_emitted(&self, at: usize, cue: &Cue) -> bool {
        let emitted = self.any(cue.start, cue.end, |word| matches!(word, "emissions" | "footprint" | "emission"));
        let wholly =
            |word: &str| matches!(word, "all" | "remaining" | "entirely" | "entire" | "completely" | "altogether");
        let gone = self.word(at).starts_with("eliminat") || self.word(at).starts_with("eradicat");
        // "the end of gas flaring": what is burnt off, not how much of it is emitted
        let flared = self.any(cue.start, cue.end, |word| matches!(word, "flaring" | "venting"));
        self.topic(cue) == Topic::EmissionsReduction
            && (emitted || flared)
            && !matches!(self.word(at), "zero" | "no")
            && (gone || flared || self.any(at, cue.end + 4, wholly))
    }

    /// Whether a verb at `at` ends something, and how many words it takes.
    fn ending(&self, at: usize) -> Option<usize> {
        let will = |back: usize| matches!(self.before(at, back), "will" | "shall" | "'ll");
        let have = self.before(at, 1) == "have" && will(2);
        let words = match self.word(at) {
            "eliminate" | "eliminating" | "end" | "ending" | "stop" | "stopping" | "halt" | "halting" | "ban"
            | "banning" | "exit" | "exiting" | "abolish" | "remove" | "removing" | "zero" | "no" | "elimination"
            | "eradication" | "nothing"
                // "run on nothing but wind": on it alone
                if !(self.word(at) == "nothing" && matches!(self.word(at + 1), "but" | "else")) =>
            {
                1
            }
            "phase" | "phasing" | "phaseout" if matches!(self.word(at + 1), "out") => 2,
            "eradicate" | "eradicating" | "prohibit" | "prohibiting" | "outlaw" | "outlawing" | "quit" | "quitting" => {
                1
            }
            "removal" if matches!(self.before(at, 1), "complete" | "full" | "total") => 2,
            "wipe" | "wiping" | "stamp" if self.word(at + 1) == "out" => 2,
            "get" | "getting" if self.word(at + 1) == "rid" => 3,
            // "take diesel lorries off the road"
            "take" | "taking" if (at + 2..at + 9).any(|at| self.word(at) == "off" && self.word(at + 1) == "the") => 1,
            "longer" if self.before(at, 1) == "no" && will(2) => 2,
            // "run its ovens without coal"
            "without" if self.is_done_without(at) => 1,
            // "there shall not be any use of oil", "not a single litre of oil"
            "not" if will(1) && self.word(at + 1) == "be" && matches!(self.word(at + 2), "any" | "a") => 3,
            "not" if self.word(at + 1) == "a" && self.word(at + 2) == "single" => 3,
            "not" if (will(1) || self.word(at + 1) == "to") && self.denied(at + 1) => 2,
            "close" | "closing" | "shut" | "retire" | "retiring" | "cease" | "ceasing" | "discontinue" => 1,
            "divest" | "divesting" => 0,
            // "Norland phases out coal by 2033", "mining ends in 2041": told as what is to be
            "phases" if self.word(at + 1) == "out" && self.dated_ahead(at) => 2,
            "ends" | "bans" | "stops" | "exits" | "prohibits" | "quits" | "outlaws" | "abolishes"
                if self.dated_ahead(at) =>
            {
                1
            }
            // "do away with", "say goodbye to", "go cold turkey on"
            "do" | "doing" if self.word(at + 1) == "away" => 3,
            "give" | "giving" if self.word(at + 1) == "up" && self.before(at, 1) != "not" => 2,
            "dispense" | "dispensing" | "part" | "parting" if self.word(at + 1) == "with" => 2,
            "goodbye" | "farewell" if self.word(at + 1) == "to" => 2,
            "turkey" if self.word(at + 1) == "on" => 2,
            "banish" | "banishing" | "renounce" | "renouncing" | "forgo" | "forswear" => 1,
            "closure" | "decommissioning" | "shutdown" | "cessation" | "discontinuation"
                if self.word(at + 1) == "of" =>
            {
                2
            }
            "phased" if have && self.word(at + 1) == "out" => 2,
            "ended" | "eliminated" | "eradicated" | "banned" | "stopped" | "closed" | "retired" | "removed" if have => {
                1
            }
            _ => return self.leaving(at),
        };
        Some(words)
    }

    /// "powering our plants without coal", "the depot will work without diesel": a deed that is
    /// to need none of it.
    fn is_done_without(&self, at: usize) -> bool {
        let deed = |word: &str| {
            ["power", "operat", "run", "heat", "driv", "work", "cook", "generat", "produc", "leave", "travel", "mak"]
                .iter()
                .any(|start| word.starts_with(start))
        };
        self.any(at.saturating_sub(6), at, deed)
            && self
                .topics
                .iter()
                .any(|cue| cue.start > at && cue.start < at + 4 && self.topic(cue) == Topic::FossilPhaseOut)
    }

    /// Whether a deadline that lies ahead follows within a clause.
    pub(super) fn dated_ahead(&self, at: usize) -> bool {
        self.dates.iter().any(|date| {
            date.start > at
                && date.start < at + 12
                && matches!(date.role, Role::Deadline(_))
                && self.said.is_some_and(|said| date.year > said)
        })
    }

    /// "will not finance", "not to accept": a thing that is not to be done any more.
    fn denied(&self, at: usize) -> bool {
        (at..at + 2).any(|at| {
            matches!(
                self.word(at),
                "use"
                    | "finance"
                    | "fund"
                    | "accept"
                    | "build"
                    | "buy"
                    | "sell"
                    | "invest"
                    | "insure"
                    | "underwrite"
                    | "open"
                    | "source"
                    | "procure"
                    | "supply"
                    | "offer"
                    | "purchase"
                    | "burn"
                    | "used"
                    | "burned"
                    | "burnt"
                    | "financed"
                    | "funded"
                    | "accepted"
                    | "built"
                    | "bought"
                    | "insured"
                    | "sourced"
                    | "offered"
                    | "sent"
                    | "allowed"
                    | "permitted"
                    | "licensed"
                    | "registered"
                    | "marketed"
                    | "placed"
                    | "imported"
                    | "manufactured"
            )
        })
    }

    /// "bring emissions to zero", "our use of coal will be nil", "net-zero water".
    fn zeros(&self, heads: &mut Vec<Head>) {
        for cue in self.topics.iter().filter(|cue| self.topic(cue) == Topic::Water) {
            let net = self.word(cue.start) == "net" && self.word(cue.start + 1) == "zero";
            let first = self.word(cue.start);
            // "zero liquid discharge", "no withdrawal from wells"
            let none = matches!(self.before(cue.start, 1), "no" | "zero")
                && ["withdraw", "abstract", "effluent"].iter().any(|start| first.starts_with(start));
            let net = net || none || first == "zld" || (first == "zero" && self.word(cue.start + 1) == "liquid");
            if net && !heads.iter().any(|head| head.start < cue.end && head.end > cue.start) {
                let (shape, start, end) = (Shape::Eliminate, cue.start, cue.end);
                heads.push(Head { shape, topic: Topic::Water, topic_rule: Some(cue.rule), start, end, less: true });
            }
        }
        for at in 1..self.tokens.len() {
            let zero = matches!(self.word(at), "zero" | "nil" | "none")
                || (self.word(at) == "0" && matches!(self.word(at + 1), "%" | "" | "." | "by" | "in" | "until" | ","));
            let race = self.before(at, 2) == "race";
            // "Deforestation zero by 2031"
            let felled = self.topics.iter().any(|cue| cue.end == at && self.topic(cue) == Topic::Deforestation);
            let state = zero && !race && (felled || matches!(self.before(at, 1), "to" | "be" | "near" | "at" | ":"));
            if !state || self.topics.iter().any(|cue| cue.start <= at && at < cue.end) {
                continue;
            }
            let Some(cue) = self.left_topic(at).filter(|cue| cue.end + 16 > at) else { continue };
            let (shape, topic) = match self.topic(cue) {
                Topic::EmissionsReduction => (Shape::EndState, Topic::NetZero),
                Topic::RenewableElectricity | Topic::RenewableEnergy | Topic::Biodiversity | Topic::SupplyChain => {
                    continue;
                }
                topic => (Shape::Eliminate, topic),
            };
            if !heads.iter().any(|head| head.start < at + 1 && head.end > cue.start) {
                let (start, end, topic_rule) = (cue.start, at + 1, Some(cue.rule));
                heads.push(Head { shape, topic, topic_rule, start, end, less: true });
            }
        }
    }

    /// "deforestation-free supply chains", "a plastic-free canteen".
    fn free_of(&self, heads: &mut Vec<Head>) {
        let ended = |topic| matches!(topic, Topic::Deforestation | Topic::Waste | Topic::FossilPhaseOut | Topic::Other);
        // "deforestation-free palm oil" is no trees felled, whatever is bought
        let felled = |cue: &Cue| self.word(cue.start) == "deforestation" && self.topic(cue) == Topic::SupplyChain;
        let free = |cue: &&Cue| ended(self.topic(cue)) || felled(cue) || self.is_harm(cue);
        for cue in self.topics.iter().filter(free) {
            let topic = if felled(cue) { Topic::Deforestation } else { self.topic(cue) };
            let from = matches!(self.before(cue.start, 1), "from" | "of")
                && matches!(self.before(cue.start, 2), "free" | "independent" | "independence");
            // "to be off coal", "weaned off oil"
            let off = self.before(cue.start, 1) == "off"
                && topic == Topic::FossilPhaseOut
                && matches!(
                    self.before(cue.start, 2),
                    "be" | "get"
                        | "getting"
                        | "come"
                        | "coming"
                        | "go"
                        | "going"
                        | "move"
                        | "moving"
                        | "wean"
                        | "weaned"
                        | "entirely"
                        | "completely"
                        | "fully"
                );
            let from = from || off;
            let free = if from {
                true
            } else if topic == Topic::Deforestation {
                self.any(cue.start, cue.end, |word| matches!(word, "free" | "zero" | "no"))
            } else {
                self.word(cue.end - 1) == "free" || self.word(cue.end) == "free"
            };
            if free && !heads.iter().any(|head| head.start < cue.end && head.end > cue.start) {
                heads.push(Head {
                    shape: Shape::Eliminate,
                    topic,
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: cue.end,
                    less: true,
                });
            }
        }
    }

    /// "coal will no longer be burned", "peat will not be used".
    fn is_never(&self, at: usize) -> bool {
        self.word(at) == "be"
            && (matches!(self.before(at, 1), "longer")
                || (self.before(at, 1) == "not" && matches!(self.before(at, 2), "will" | "shall")))
            && self.denied(at + 1)
    }

    /// Whether the words at `at` end what stands before them.
    fn is_ended(&self, at: usize) -> bool {
        let ends =
            matches!(self.word(at), "end" | "cease" | "stop" | "close" | "shut" | "retire" | "disappear" | "vanish")
                && matches!(self.before(at, 1), "will" | "to" | "shall");
        let passive = matches!(
            self.word(at),
            "banned"
                | "phased"
                | "eliminated"
                | "eradicated"
                | "outlawed"
                | "prohibited"
                | "ended"
                | "halted"
                | "stopped"
                | "closed"
                | "retired"
                | "shut"
                | "divested"
                | "sold"
                | "scrapped"
                | "abolished"
                | "discontinued"
                | "withdrawn"
                | "removed"
        ) && (self.before(at, 1) == "be"
            || matches!(self.word(at + 1), "by" | "before")
            || (self.word(at + 1) == "out" && matches!(self.word(at + 2), "by" | "before")));
        // "the coal exit", "phase-out" behind its object
        let noun = (self.word(at) == "exit" || (self.word(at) == "phase" && self.word(at + 1) == "out"))
            && self.topics.iter().any(|cue| cue.end == at && self.topic(cue) == Topic::FossilPhaseOut);
        // "Diesel out by 2028", "coal will be gone by 2030"
        let gone = (self.word(at) == "out"
            || (self.word(at) == "gone" && (self.before(at, 1) == "be" || self.is_out_of(at))))
            && (matches!(self.word(at + 1), "by" | "before" | "from" | "in") || self.is_out_of(at))
            && !matches!(self.before(at, 1), "phase" | "phased" | "carried" | "set" | "phasing");
        // "diesel will be out of our streets", "off our roads"
        let banished = matches!(self.word(at), "out" | "off" | "gone")
            && matches!(self.before(at, 1), "be" | "are" | "is")
            && (at + 1..at + 5).any(|at| {
                matches!(self.word(at), "streets" | "roads" | "city" | "grid" | "shelves" | "mix" | "centre" | "fleet")
            })
            && (matches!(self.before(at, 2), "will" | "shall" | "'ll" | "to") || self.dated_ahead(at));
        // "coal will be history", "plastic bags will be a thing of the past"
        let be = |back: usize| matches!(self.before(at, back), "be" | "become" | "becomes" | "is");
        let history = (self.word(at) == "history" && be(1))
            || (matches!(self.word(at), "memory" | "relic") && self.before(at, 1) == "a" && be(2))
            || (self.word(at) == "thing" && self.word(at + 3) == "past" && self.before(at, 1) == "a" && be(2));
        ends || passive || gone || noun || history || banished || self.is_forbidden(at) || self.is_over(at)
    }

    /// "are banned with effect from 1 May": what a rule forbids from a day on.
    pub(super) fn is_forbidden(&self, at: usize) -> bool {
        matches!(self.word(at), "banned" | "prohibited" | "forbidden" | "outlawed" | "illegal" | "unlawful")
            && (1..3).any(|back| matches!(self.before(at, back), "is" | "are"))
            && self.before(at, 1) != "not"
            && self
                .dates
                .iter()
                .any(|date| matches!(date.role, Role::Deadline(_)) && self.said.is_none_or(|said| date.year >= said))
    }

    /// "Coal will be out of our grid by 2031", "plastic bags gone from all shops by 2031":
    /// from where it goes, and when.
    fn is_out_of(&self, at: usize) -> bool {
        let from = matches!((self.word(at), self.word(at + 1)), ("out", "of") | ("gone", "from"));
        let bare =
            self.word(at) == "gone" && !matches!(self.before(at, 1), "have" | "has" | "had" | "already" | "is" | "are");
        let dated = self.dates.iter().any(|date| {
            matches!(date.role, Role::Deadline(_)) && (date.fronted || (date.start > at && date.start < at + 8))
        });
        from && dated && (bare || self.before(at, 1) == "be")
    }

    /// Gases that are let out: none of them is the goal.
    fn is_flared(&self, cue: &Cue) -> bool {
        self.any(cue.start, cue.end, |word| {
            word.ends_with("flurane")
                || matches!(word, "hfcs" | "hydrofluorocarbons" | "sf6" | "refrigerants" | "flaring")
        })
    }

    /// Whether a topic is one of things that can end.
    fn can_end(&self, cue: &Cue) -> bool {
        matches!(
            self.topic(cue),
            Topic::FleetElectrification
                | Topic::FossilPhaseOut
                | Topic::Waste
                | Topic::Deforestation
                | Topic::Finance
                | Topic::Biodiversity
                | Topic::Other
        )
    }

    /// "The sale of new petrol cars will end".
    fn endings(&self, heads: &mut Vec<Head>) {
        for at in 1..self.tokens.len() {
            let never = self.is_never(at);
            if !never && !self.is_ended(at) {
                continue;
            }
            let lost = never || self.word(at) == "loss";
            let cue = self.topics.iter().rfind(|cue| {
                let fit = self.is_flared(cue) || self.is_harm(cue) || self.can_end(cue);
                // a river or a forest is not ended, what harms it is
                let kept = self.topic(cue) == Topic::Biodiversity && !lost && !self.is_harm(cue);
                cue.end <= at && cue.end + 14 > at && fit && !kept
            });
            // litter that is removed is not ended by it
            let cue = cue.filter(|cue| {
                self.word(at) != "removed" || matches!(self.topic(cue), Topic::Finance | Topic::FossilPhaseOut)
            });
            // electric cars that are sold are not given up
            let sold = self.word(at) == "sold"
                && cue.is_some_and(|cue| !matches!(self.topic(cue), Topic::Finance | Topic::FossilPhaseOut));
            if let Some(cue) = cue
                && !sold
                && !heads.iter().any(|head| head.shape == Shape::Eliminate)
                && !self.topics.iter().any(|next| next.start > at && next.start < at + 6)
            {
                heads.push(Head {
                    shape: Shape::Eliminate,
                    topic: self.topic(cue),
                    topic_rule: Some(cue.rule),
                    start: cue.start,
                    end: at + 1,
                    less: true,
                });
            }
        }
    }
}
