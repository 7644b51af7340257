//! Numbers that are no targets: where it stands, what it was, what a tax is.

use super::date::Role;
use super::heads::Parts;
use super::quantity::{Quantity, Sort};
use super::rules::{Class, Cue};
use super::values::is_money;
use crate::model::topic::Topic;

/// Units of places: "at 870 sites" says where, not how many.
const PLACES: &[&str] = &[
    "sites",
    "schools",
    "buildings",
    "communities",
    "suppliers",
    "stations",
    "farms",
    "homes",
    "countries",
    "watersheds",
    "units",
    "stores",
    "shops",
    "restaurants",
    "hotels",
    "offices",
    "warehouses",
    "rivers",
    "km",
    "miles",
];

impl Parts<'_> {
    /// Whether a number is no target.
    pub(super) fn no_target(&self, quantity: &Quantity) -> bool {
        let mut before = quantity.start;
        let vague = |word: &str| {
            matches!(word, "around" | "about" | "just" | "some" | "roughly" | "approximately" | "a" | "nearly" | "over")
        };
        while before > 0 && vague(self.word(before - 1)) {
            before -= 1;
        }
        quantity.value.is_zero()
            || quantity.value.is_sign_negative()
            || quantity.unit == "degrees"
            || self.stands_now(quantity, before)
            || self.stood_before(quantity, before)
            || self.counts_places(quantity, before)
            || self.said_otherwise(quantity)
            || self.is_beside(quantity)
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
        let spurred = money
            && self.any(start.saturating_sub(5), start, |word| {
                matches!(
                    word,
                    "spurring" | "attracting" | "leveraging" | "unlocking" | "sparking" | "catalysing" | "catalyzing"
                )
            });
        let benefits = self.word(end) == "of"
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
        price || result || saved || size || spurred || benefits || level || lately
    }

    /// "currently 40%", "40% achieved", "from 20% to".
    fn stands_now(&self, quantity: &Quantity, before: usize) -> bool {
        let end = quantity.end;
        let from = self.before(before, 1) == "from";
        let moved =
            from && (self.any(end, end + 8, |word| word == "to") || matches!(self.before(before, 2), "up" | "down"));
        let now = matches!(self.before(before, 1), "currently" | "now" | "today" | "already" | "than")
            && quantity.sort != Sort::Multiple
            || (self.before(before, 1) == "than" && self.before(before, 2) == "less");
        // "are down 40%"
        let down =
            matches!(self.before(before, 1), "down" | "up") && matches!(self.before(before, 2), "is" | "are" | "was");
        let now = down || now;
        let now = now && !matches!(self.before(before, 2), "more" | "less" | "greater");
        // "half of today's", "half what it is today" is a level
        let level = self.word(end) == "what"
            || (self.word(end) == "of" && matches!(self.word(end + 1), "what" | "today" | "current" | "now"));
        let reached = !level
            && self
                .any(end, end + 4, |word| matches!(word, "achieved" | "currently" | "today" | "progress" | "already"))
            && !self.any(end, end + 4, |word| matches!(word, "," | "." | "and"))
            && !is_money(quantity);
        // "we get 52% of it from wind and will raise that"
        let present = |at: usize| {
            let own = self.rules.lists("first-person", self.before(at, 1));
            let verb = |word: &str| self.rules.lists("order", word) || matches!(word, "get" | "draw" | "have");
            let named = at > 0 && (self.tokens[at - 1].is_name() || self.rules.lists("own-body", self.before(at, 1)));
            (own && verb(self.word(at))) || (named && self.word(at).strip_suffix('s').is_some_and(verb))
        };
        let then = |at: usize| {
            self.word(at) == "and"
                && matches!(
                    self.word(at + 1).trim_end_matches('s'),
                    "will" | "aim" | "plan" | "want" | "intend" | "hope"
                )
        };
        let future = |word: &str| matches!(word, "will" | "'ll" | "to" | "shall");
        let gets = (before.saturating_sub(3)..before).any(present)
            && !self.any(before.saturating_sub(3), before, future)
            && (end..end + 14).any(then)
            && !self.dates.iter().any(|date| date.start >= end && date.start < end + 8 && !then(date.start));
        let now = now || gets;
        let had = (1..=3).any(|back| matches!(self.before(before, back), "existing" | "already"));
        moved || now || reached || had
    }

    /// "2020: 40%", "30% since 2015", "5% from the previous year", "its previous goal of 10%".
    fn stood_before(&self, quantity: &Quantity, before: usize) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        let past = |year: i32| self.said.is_some_and(|said| year <= said);
        let was = self.before(start, 1) == ":"
            && self.dates.iter().any(|date| date.end == start - 1 && (date.role == Role::Other || past(date.year)));
        let since = self.dates.iter().any(|date| {
            date.role == Role::Baseline && self.word(date.start) == "since" && date.start >= end && date.start < end + 5
        });
        let yearly = matches!(self.word(end), "from" | "over" | "on" | "than" | "compared" | "year")
            && self.any(end, end + 5, |word| matches!(word, "previous" | "prior" | "preceding" | "last"));
        let earlier = |word: &str| matches!(word, "previous" | "former" | "earlier" | "original" | "prior" | "initial");
        let of_goal = |word: &str| self.rules.lists("goal-noun", word);
        let goal =
            self.any(start.saturating_sub(5), start, earlier) && self.any(start.saturating_sub(3), start, of_goal);
        let rest = self.before(before, 1) == "remaining";
        // "invested $4 million in the last two years"
        let spent = matches!(self.word(end), "in" | "over" | "during")
            && self.any(end, end + 4, |word| matches!(word, "last" | "past" | "previous"));
        // "91% of our waste recycled in 2020, we are close to"
        let then = self.dates.iter().find(|date| date.start >= end && date.start < end + 10).is_some_and(|date| {
            let turned = matches!(self.word(date.end + 1), "and" | "but" | "we" | "while");
            let next = !turned && self.dates.iter().any(|later| later.start >= date.end && later.start < date.end + 6);
            date.role == Role::Other
                && matches!(self.word(date.start), "in" | "during")
                && self.word(date.end) == ","
                && !next
                && !self.any(end, date.start, |word| matches!(word, "," | "by" | "than"))
        });
        let rest = rest || spent || then;
        // "by 2030 2030 12 %": cells of a table that say where it stands
        let cell = self.dates.windows(2).any(|pair| pair[1].end == start && pair[0].end == pair[1].start);
        was || since || yearly || goal || rest || cell
    }

    /// "at 870 sites", "our top 30 suppliers".
    fn counts_places(&self, quantity: &Quantity, before: usize) -> bool {
        let first = matches!(self.before(before, 1), "top" | "largest" | "biggest" | "leading")
            || (self.before(before, 1) == "further" && PLACES.contains(&quantity.unit.as_str()));
        let within =
            matches!(self.before(before, 1), "at" | "in" | "across" | "among" | "throughout" | "for" | "within");
        quantity.sort == Sort::Amount && (first || (within && PLACES.contains(&quantity.unit.as_str())))
    }

    /// A tax, a multiple whose level follows, the same number again, a growth
    /// of emissions.
    fn said_otherwise(&self, quantity: &Quantity) -> bool {
        let (start, end) = (quantity.start, quantity.end);
        // "a green electricity tariff" is no tax
        let bought = |cue: &Cue| {
            self.word(cue.start).starts_with("tariff")
                && matches!(self.before(cue.start, 1), "electricity" | "energy" | "power" | "green" | "renewable")
        };
        let taxed = self
            .cues
            .iter()
            .any(|cue| cue.class == Class::Policy && cue.start < end + 3 && cue.end + 5 > start && !bought(cue));
        let level =
            |other: &Quantity| other.start > end && other.start < end + 10 && self.before(other.start, 1) == "to";
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
        let taxes = is_money(quantity)
            && self.cues.iter().any(|cue| cue.class == Class::Policy && cue.end <= start && start < cue.end + 10);
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
            && self.any(0, start, |word| self.rules.lists("goal", word));
        let left = left || covered;
        // "packaging with less than 30% of it"
        let threshold = matches!(self.before(start, 1), "than") && self.before(start, 3) == "with";
        taxed
            || left
            || threshold
            || taxes
            || backed
            || paid
            || aided
            || worse
            || goal_to
            || again
            || growth
            || grows_by_itself
    }
}
