//! Numbers that say something else: taxes, prices, growth, money already there,
//! what is left over, what is told beside a goal.

use super::date::Role;
use super::heads::Parts;
use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue};
use super::token::Token;
use super::values::is_money;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// A tax, a multiple whose level follows, the same number again, a growth
    /// of emissions, what is left over, what is told beside a goal.
    pub(super) fn said_otherwise(&self, quantity: &Quantity) -> bool {
        self.is_in_a_name(quantity)
            || self.is_taxed(quantity)
            || self.is_growth(quantity)
            || self.is_there(quantity)
            || self.is_left_over(quantity)
            || self.is_beside(quantity)
            || self.is_worlds_share(quantity)
            || self.is_reference(quantity)
            || self.is_joint_sum(quantity)
            || self.is_paid_for(quantity)
            || self.is_cost(quantity)
    }

    /// "the goals weigh 20% in the bonus", "weighting 15%", "a coupon of 6%": what pay and
    /// loans are counted by.
    fn is_paid_for(&self, quantity: &Quantity) -> bool {
        let counted = |word: &str| ["weigh", "vest", "coupon", "bonus"].iter().any(|start| word.starts_with(start));
        let pay = |word: &str| {
            matches!(word, "bonus" | "bonuses" | "award" | "remuneration" | "incentive" | "vesting" | "coupon")
        };
        quantity.sort == Sort::Percent
            && self.any(quantity.start.saturating_sub(5), quantity.end + 3, counted)
            && self.any(0, self.tokens.len(), pay)
    }

    /// "at a cost of 9 billion dollars": what a goal costs.
    fn is_cost(&self, quantity: &Quantity) -> bool {
        let of = (quantity.start.saturating_sub(4)..quantity.start).rfind(|&at| self.word(at) == "of");
        // "up to 40% of the eligible costs"
        let paid = quantity.sort == Sort::Percent
            && self.word(quantity.end) == "of"
            && matches!(self.word(quantity.end + 1), "eligible" | "the")
            && (quantity.end + 2..quantity.end + 4).any(|at| matches!(self.word(at), "cost" | "costs" | "expenses"));
        if paid {
            return true;
        }
        // "in addition to nearly $90 million in funding"
        let beside = (2..6).any(|back| {
            self.before(quantity.start, back) == "addition" && self.before(quantity.start, back - 1) == "to"
                || self.before(quantity.start, back - 1) == "alongside"
        });
        if is_money(quantity) && beside && quantity.start > 8 {
            return true;
        }
        is_money(quantity)
            && self.quantities.len() > 1
            && of.is_some_and(|of| {
                matches!(self.before(of, 1), "cost" | "costs" | "price" | "expense")
                    && (2..6).any(|back| matches!(self.before(of, back), "at" | "with"))
            })
    }

    /// "Though it emits 0.03% of global emissions": a share of what the world emits.
    fn is_worlds_share(&self, quantity: &Quantity) -> bool {
        let end = quantity.end;
        let world = |word: &str| matches!(word, "global" | "world" | "worldwide" | "planet" | "globe" | "globally");
        let emitted = self.topics.iter().any(|cue| {
            let near = cue.start >= end && cue.start < end + 7 && cue.start > end;
            near && self.topic(cue) == Topic::EmissionsReduction && self.any(end, cue.end + 2, world)
        });
        // "cut 10% of global emissions" would be a goal
        let less = |word: &str| word.starts_with("reduc") || matches!(word, "cut" | "cutting" | "eliminate" | "avoid");
        quantity.sort == Sort::Percent
            && matches!(self.word(end), "of" | "to" | "in" | "towards")
            && emitted
            && !self.any(quantity.start.saturating_sub(4), quantity.start, less)
    }

    /// "(BAU, 700 Mt)", "below the level in 2005 of 10 t": what it is compared with.
    fn is_reference(&self, quantity: &Quantity) -> bool {
        let start = quantity.start;
        let level = |word: &str| {
            matches!(word, "bau" | "baseline" | "reference" | "level" | "levels" | "usual" | "base" | "scenario")
        };
        let bracket = (start.saturating_sub(6)..start).rfind(|&at| matches!(self.word(at), "(" | ")"));
        let bracketed = bracket.is_some_and(|at| {
            self.word(at) == "(" && (self.any(at, start, level) || self.before(at, 1) == "level") && {
                let close = (quantity.end..quantity.end + 6).find(|&at| self.word(at) == ")");
                close.is_some_and(|close| {
                    !self.dates.iter().any(|date| {
                        matches!(date.role, Role::Deadline(_)) && date.start >= quantity.end && date.end <= close
                    })
                })
            }
        });
        let of = (1..3).find(|&back| self.before(start, back) == "of");
        let compared = of.is_some_and(|back| {
            let of = start - back;
            (of.saturating_sub(4)..of).any(|at| {
                level(self.word(at))
                    && (at..of).skip(1).all(|at| {
                        matches!(self.word(at), "in" | "for" | "year" | "emissions") || self.tokens[at].year().is_some()
                    })
                    && (at.saturating_sub(4)..at).any(|at| {
                        matches!(self.word(at), "below" | "from" | "than" | "against" | "under" | "versus" | "with")
                    })
            })
        });
        quantity.sort == Sort::Amount && self.quantities.len() > 1 && (bracketed || compared)
    }

    /// "thus contributing to the 100 billion dollars": a sum that many have promised.
    fn is_joint_sum(&self, quantity: &Quantity) -> bool {
        let start = quantity.start;
        let the = (1..6).find(|&back| self.before(start, back) == "the");
        is_money(quantity)
            && the.is_some_and(|back| {
                let the = start - back;
                // "our contribution to the fund to 60 million" is raised to that
                let raised = self.any(the, start, |word| word == "to");
                !raised
                    && matches!(
                        self.before(the, 1),
                        "to" | "towards" | "toward" | "reaching" | "of" | "meeting" | "achieving"
                    )
                    && self.any(the.saturating_sub(5), the, |word| word.starts_with("contribut"))
            })
    }

    /// "the 5 Billion Tree Project": a number in the name of a scheme.
    fn is_in_a_name(&self, quantity: &Quantity) -> bool {
        let named = |at: &usize| self.tokens[*at].is_name();
        let scheme = |at: usize| {
            matches!(
                self.word(at),
                "project" | "programme" | "program" | "initiative" | "campaign" | "challenge" | "scheme"
            )
        };
        let last = self.tokens.len().min(quantity.end + 5);
        quantity.sort == Sort::Amount
            && self.tokens.get(quantity.start + 1).is_some_and(Token::is_name)
            && (quantity.start + 1..last).take_while(named).any(scheme)
            && !self.is_headline()
    }

    /// "a 30 percent tax credit", "a carbon tax of $20".
    fn is_taxed(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        // "a green electricity tariff" is no tax
        let bought = |cue: &Cue| {
            self.word(cue.start).starts_with("tariff")
                && matches!(self.before(cue.start, 1), "electricity" | "energy" | "power" | "green" | "renewable")
        };
        // "has committed to $60 million in grants": what is given to others
        let given = |cue: &Cue| {
            is_money(quantity)
                && matches!(self.word(cue.start), "grant" | "grants")
                && self
                    .cues
                    .iter()
                    .any(|oath| self.rules.rule(oath).name == "commit" && oath.end <= start && oath.end + 4 >= start)
        };
        let taxed = self.cues.iter().any(|cue| {
            let near = cue.start < end + 3 && cue.end + 5 > start;
            cue.class == Class::Policy && near && !bought(cue) && !given(cue)
        });
        let taxes = is_money(quantity)
            && self.cues.iter().any(|cue| cue.class == Class::Policy && cue.end <= start && start < cue.end + 10);
        // "taxation will be raised on water, from 1% to 3%"
        let moved = |word: &str| ["increas", "rais", "lower", "reduc", "set"].iter().any(|verb| word.starts_with(verb));
        let rate = quantity.sort == Sort::Percent
            && self.cues.iter().any(|cue| {
                cue.class == Class::Policy
                    && self.word(cue.start).starts_with("tax")
                    && cue.end <= start
                    && start < cue.end + 16
                    && self.any(cue.end, cue.end + 4, moved)
            });
        taxed || taxes || rate
    }

    /// A multiple whose level follows, the same rate again, a growth of what should shrink.
    fn is_growth(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        let to = |at: usize| {
            self.before(at, 1) == "to"
                || (matches!(self.before(at, 1), "than" | "least" | "over")
                    && (2..4).any(|back| self.before(at, back) == "to"))
        };
        let level = |other: &Quantity| {
            let symbol = usize::from(matches!(self.before(other.start, 1), "$" | "€" | "£"));
            other.start > end && other.start < end + 10 && other.sort != Sort::Multiple && to(other.start - symbol)
        };
        let goal_to = quantity.sort == Sort::Multiple && self.quantities.iter().any(level);
        // "(compounded 7%/year)" says again what stands before it
        let again = matches!(self.before(start, 1), "compounded" | "compound" | "average")
            && self.any(start.saturating_sub(3), start, |word| word == "(");
        // "set to grow by 130%": no emissions are promised
        let grows = |word: &str| matches!(word, "grow" | "grew" | "rise" | "rising" | "growing" | "climb" | "surge");
        // "a 30% cut by 2030, rising to 50%" raises the cut
        let raised = self.before(start, 1) == "to" && self.quantities.iter().any(|other| other.end < start);
        let growth = !raised
            && self.any(start.saturating_sub(3), start, grows)
            && self.left_topic(start).is_some_and(|cue| self.topic(cue) == Topic::EmissionsReduction);
        let grows_by_itself = quantity.sort == Sort::Multiple
            && self.left_topic(start).is_some_and(|cue| {
                let used = |word: &str| matches!(word, "demand" | "consumption" | "emissions" | "use" | "usage");
                self.topic(cue) == Topic::EnergyEfficiency && self.any(cue.start, cue.end, used)
            });
        // "a 7% increase in waste intensity"
        let worse = self.word(end) == "increase"
            && self.word(end + 1) == "in"
            && self.topics.iter().any(|cue| {
                cue.start >= end
                    && cue.start < end + 5
                    && (matches!(self.topic(cue), Topic::EmissionsReduction | Topic::EmissionsIntensity)
                        || (self.topic(cue) == Topic::Waste
                            && self.any(cue.start, cue.end + 1, |word| word == "intensity")))
            });
        // "8 GW of wind, quadrupling our capacity by 2030" says again how much it is
        let amount = |other: &Quantity| {
            other.sort == Sort::Amount && !is_money(other) && other.end < start && other.end + 8 > start
        };
        let again = again
            || (quantity.sort == Sort::Multiple
                && self.word(start).ends_with("ing")
                && self.before(start, 1) == ","
                && self.any(end, end + 4, |word| matches!(word, "capacity" | "output" | "generation" | "production"))
                && self.quantities.iter().any(amount));
        goal_to || again || growth || grows_by_itself || worse
    }

    /// Money that is there, people that are helped.
    fn is_there(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        // "backed by $5 million", "a $5 million programme"
        let backed = is_money(quantity)
            && (self.before(start, 1) == "by" || (1..4).any(|back| self.before(start, back) == "by"))
            && (1..6).any(|back| matches!(self.before(start, back), "backed" | "supported" | "funded"));
        // "the new $5 million programme" is there
        let paid = is_money(quantity)
            && (1..3).any(|back| {
                matches!(self.before(start, back), "the" | "our" | "this")
                    || self.before(start, back) == "new" && self.before(start, back + 1) == "the"
            })
            && self.any(end, end + 4, |word| {
                matches!(word, "programme" | "program" | "package" | "scheme" | "fund" | "initiative" | "project")
            });
        // "5 million people with access to water"
        let aided =
            matches!(quantity.unit.as_str(), "people" | "women" | "children" | "students" | "households" | "lives")
                && self.any(0, self.tokens.len(), |word| {
                    matches!(word, "access" | "sanitation" | "hygiene" | "poverty" | "jobs" | "health")
                });
        backed || paid || aided
    }

    /// What remains, what a goal covers, a threshold.
    fn is_left_over(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        // "the remaining emissions will be 4 Mt"
        let left = quantity.sort == Sort::Amount
            && self.any(start.saturating_sub(8), start, |word| matches!(word, "remaining" | "residual"))
            && self.any(start.saturating_sub(4), start, |word| matches!(word, "be" | "is" | "are"));
        // "only 5% of the budget is left"
        let left = left
            || (self.any(end, end + 14, |word| word == "left")
                && self.any(end, end + 14, |word| matches!(word, "is" | "are"))
                && self.before(start, 1) == "only");
        // "our target covers 90% of it" tells how far it goes
        let covered = matches!(self.before(start, 1), "cover" | "covers" | "covering" | "covered")
            && self.word(end) == "of"
            // "the goal of covering 20% of demand" says what is to be done
            && !matches!(self.before(start, 2), "of" | "to")
            && self.any(0, start, |word| self.rules.lists("goal", word));
        let left = left || covered;
        // "packaging with less than 30% of it"
        let threshold = matches!(self.before(start, 1), "than") && self.before(start, 3) == "with";
        left || threshold
    }

    /// A price, a saving, a size, money that others bring: what is told beside a goal.
    pub(super) fn is_beside(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        let near = |word: &str| {
            matches!(
                word,
                "over" | "than" | "more" | "nearly" | "almost" | "about" | "at" | "least" | "some" | "up" | "to" | "a"
            )
        };
        let mark = |word: &str| word.chars().all(|c| !c.is_alphanumeric()) && word != ",";
        let verb = (start.saturating_sub(5)..start).rev().find(|&at| !near(self.word(at)) && !mark(self.word(at)));
        let verb = verb.map_or("", |at| self.word(at));
        let money = is_money(quantity);
        // "$30 per tonne"
        let price = money
            && matches!(self.word(end), "per" | "a" | "/")
            && self.any(end + 1, end + 3, |word| {
                matches!(
                    word,
                    "tonne" | "ton" | "t" | "mwh" | "kwh" | "litre" | "liter" | "gallon" | "barrel" | "kilogram"
                )
            });
        let saved = money && matches!(verb, "save" | "saves" | "saving" | "saved");
        // ", covering over two million hectares"
        let size = quantity.sort == Sort::Amount
            && matches!(verb, "covering" | "representing" | "spanning" | "comprising" | "encompassing");
        // "the goal of unlocking $4 billion" is what is meant to be done
        let spurred = money
            && (start.saturating_sub(5)..start).any(|at| {
                matches!(
                    self.word(at),
                    "spurring" | "attracting" | "leveraging" | "unlocking" | "sparking" | "catalysing" | "catalyzing"
                ) && !(self.before(at, 1) == "of" && self.rules.lists("goal", self.before(at, 2)))
            });
        // "40% of the benefits of climate investments" is a promise of where they go
        let shared = self.topics.iter().any(|cue| {
            let near = cue.start > end && cue.start < end + 5;
            near && self.topic(cue) == Topic::Finance && self.word(cue.start).starts_with("benefit")
        });
        let benefits = self.word(end) == "of"
            && !shared
            && self.any(end + 1, end + 4, |word| matches!(word, "benefits" | "jobs" | "profits" | "votes"));
        // "down from 8 t per head in 2014"
        let level = self.before(start, 1) == "from"
            && quantity.sort == Sort::Amount
            && self.quantities.iter().any(|other| other.end < start && other.sort == Sort::Percent);
        // "4% last year"
        let lately = self.word(end) == "last" && self.word(end + 1) == "year";
        // ", achieving 91% in 2022 and 94% in 2023": what came of it
        let result = (start.saturating_sub(8)..start)
            .any(|at| matches!(self.word(at), "achieving" | "reaching" | "hitting") && self.before(at, 1) == ",")
            && self.dates.iter().any(|date| {
                date.start == end && self.word(end) == "in" && self.said.is_some_and(|said| date.year <= said)
            });
        price || self.is_means_or_health(quantity) || result || saved || size || spurred || benefits || level || lately
    }

    /// The money that a thing is done with, deaths and need that are to be fewer.
    fn is_means_or_health(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        // "with the $3 billion in funding from the bill": the means
        let means = is_money(quantity)
            && (1..4).any(|back| matches!(self.before(start, back), "with" | "using" | "from" | "through" | "thanks"))
            && !self.any(start.saturating_sub(3), start, |word| word == ",")
            && matches!(self.word(end), "in" | "of")
            && self.any(end + 1, end + 4, |word| {
                matches!(word, "funding" | "investment" | "investments" | "funds" | "grants")
            });
        // "cutting the stroke death rate by a third"
        let health = |word: &str| {
            matches!(
                word,
                "death"
                    | "deaths"
                    | "mortality"
                    | "fatalities"
                    | "cancer"
                    | "poverty"
                    | "unemployment"
                    | "injury"
                    | "injuries"
                    | "accident"
                    | "accidents"
                    | "crime"
                    | "infections"
                    | "hunger"
            )
        };
        let social = quantity.sort == Sort::Percent
            && (self.any(start.saturating_sub(5), start, health)
                || self.word(end) == "of" && self.any(end, end + 4, health));
        means || social
    }
}
