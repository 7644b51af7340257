//! Numbers that are no targets: where it stands, what it was, what a tax is.

use super::date::Role;
use super::heads::Parts;
use super::quantity::{Quantity, Sort};
use super::values::is_money;

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
    }

    /// "currently 40%", "40% achieved", "from 20% to".
    fn stands_now(&self, quantity: &Quantity, before: usize) -> bool {
        let end = quantity.end;
        // "from the current 40% to 45%"
        let now = usize::from(matches!(self.before(before, 1), "current" | "present" | "existing"));
        let the = usize::from(now == 1 && matches!(self.before(before, 2), "the" | "a" | "its" | "our"));
        let from = self.before(before, 1 + now + the) == "from";
        let moved =
            from && (self.any(end, end + 8, |word| word == "to") || matches!(self.before(before, 2), "up" | "down"));
        let now = matches!(self.before(before, 1), "currently" | "now" | "today" | "already" | "than")
            && quantity.sort != Sort::Multiple
            || (self.before(before, 1) == "than" && self.before(before, 2) == "less");
        // "are down 40%"
        let down =
            matches!(self.before(before, 1), "down" | "up") && matches!(self.before(before, 2), "is" | "are" | "was");
        // "compared with 42% in 2021"
        let other = self.quantities.iter().any(|other| other.end < quantity.start);
        let held = other
            && (matches!(self.before(before, 1), "versus" | "vs")
                || (self.before(before, 2) == "compared" && matches!(self.before(before, 1), "with" | "to")))
            && matches!(self.word(end), "in" | "at" | "when" | "today" | "now" | "before")
            && !self.dates.iter().any(|date| date.start == end && self.said.is_none_or(|said| date.year > said));
        let down = down || held;
        let now = down || now;
        let now = now && !matches!(self.before(before, 2), "more" | "less" | "greater");
        // "no higher than 349 Mt"
        let most = self.before(before, 1) == "than" && matches!(self.before(before, 3), "no" | "not");
        let now = now && !most;
        // "half of today's", "half what it is today" is a level
        let level = self.word(end) == "what"
            || (self.word(end) == "of" && matches!(self.word(end + 1), "what" | "today" | "current" | "now"));
        let bracket = (end..end + 4).find(|&at| self.word(at) == "(").unwrap_or(end + 4);
        let reached = !level
            && self
                .any(end, bracket, |word| matches!(word, "achieved" | "currently" | "today" | "progress" | "already"))
            && !self.is_noted_behind(end)
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

    /// "90% of boxes (achieved in 2021: 62%)": a bracket with a number of its own.
    fn is_noted_behind(&self, end: usize) -> bool {
        let open = (end..end + 4).find(|&at| self.word(at) == "(");
        open.is_some_and(|open| {
            let close = (open..open + 12).find(|&at| self.word(at) == ")").unwrap_or(open);
            self.quantities.iter().any(|other| other.start > open && other.end <= close)
        })
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
        // "up from the previous 40% target"
        let goal = goal || (self.any(start.saturating_sub(2), start, earlier) && self.any(end, end + 3, of_goal));
        let rest = self.before(before, 1) == "remaining";
        // "invested $4 million in the last two years"
        let spent = matches!(self.word(end), "in" | "over" | "during")
            && self.any(end, end + 4, |word| matches!(word, "last" | "past" | "previous"));
        // "91% of our waste recycled in 2020, we are close to"
        let then = self.dates.iter().find(|date| date.start >= end && date.start < end + 10).is_some_and(|date| {
            let turned = matches!(self.word(date.end + 1), "and" | "but" | "we" | "while");
            let next = !turned && self.dates.iter().any(|later| later.start >= date.end && later.start < date.end + 6);
            date.role == Role::Other
                && self.said.is_none_or(|said| date.year <= said)
                && matches!(self.word(date.start), "in" | "during")
                && self.word(date.end) == ","
                && !next
                && !self.any(end, date.start, |word| matches!(word, "," | "by" | "than"))
        });
        // "2022 result: 11%"
        let result = (1..4).any(|back| {
            matches!(self.before(start, back), "result" | "actual" | "actuals" | "status")
                && self.before(start, back - 1) != "in"
                && !matches!(
                    self.before(start, back + 1),
                    "to" | "will" | "would" | "that" | "which" | "ultimately" | "a"
                )
        });
        // "a baseline scenario of 90 Mt", "business as usual of 90 Mt"
        let scenario = quantity.sort == Sort::Amount
            && self.before(before, 1) == "of"
            && matches!(self.before(before, 2), "scenario" | "baseline" | "usual" | "bau" | "projection");
        // "down from a baseline value of 90 Mt"
        let scenario = scenario
            || (quantity.sort == Sort::Amount
                && self.before(before, 1) == "of"
                && matches!(self.before(before, 2), "value" | "level" | "figure")
                && matches!(self.before(before, 3), "baseline" | "bau" | "reference"));
        // "emissions under BAU are 90 Mt"
        let usual = matches!(self.before(before, 1), "is" | "are" | "at" | "reach" | "be")
            && (2..4).any(|back| matches!(self.before(before, back), "usual" | "bau"));
        let scenario = scenario || (quantity.sort == Sort::Amount && usual);
        let result = result
            || (self.before(start, 1) == ":"
                && matches!(
                    self.before(start, 2),
                    "performance" | "progress" | "achievement" | "achieved" | "today" | "currently"
                ));
        let result = result || self.is_stand(start);
        let rest = rest || scenario || spent || then || result || self.is_surpassed(quantity);
        // "by 2030 2030 12 %": cells of a table that say where it stands
        let cell = self.dates.windows(2).any(|pair| pair[1].end == start && pair[0].end == pair[1].start);
        was || since || yearly || goal || rest || cell
    }

    /// "; 2022 diversion rate 43%": a number behind the name of a year that is over.
    fn is_stand(&self, start: usize) -> bool {
        let year = self.dates.iter().rfind(|date| date.end <= start && date.end + 5 > start);
        let word = |word: &str| {
            matches!(word, "rate" | "progress" | "performance" | "level" | "share" | "figure" | "value" | "status")
        };
        year.is_some_and(|year| {
            self.said.is_some_and(|said| year.year <= said)
                && year.end == year.start + 1
                && matches!(self.before(year.start, 1), ";" | "(" | "." | "|" | "—")
                && self.any(year.end, start, word)
                && !self.any(year.end, start, |word| self.rules.lists("goal-noun", word) || word == "by")
        })
    }

    /// "After exceeding our 30% goal, we": the number of a goal that is behind us.
    fn is_surpassed(&self, quantity: &Quantity) -> bool {
        let met = |word: &str| {
            let starts =
                ["surpass", "exceed", "achiev", "meet", "reach", "attain", "complet", "deliver", "beat", "fulfil"];
            word == "met" || starts.iter().any(|start| word.starts_with(start))
        };
        let verb = (quantity.start.saturating_sub(4)..quantity.start).rfind(|&at| met(self.word(at)));
        let Some(verb) = verb else { return false };
        let had = usize::from(self.before(verb, 1) == "having" || self.before(verb, 1) == "successfully");
        let after = matches!(self.before(verb, 1 + had), "after" | "having" | "since")
            || (self.before(verb, 1) == "having" && verb < 4);
        let goal = |at: usize| self.rules.lists("goal", self.word(at));
        let comma = (quantity.end..quantity.end + 12).find(|&at| self.word(at) == ",");
        after && comma.is_some_and(|comma| (verb..comma).any(goal))
    }

    /// "at 870 sites", "our top 30 suppliers".
    fn counts_places(&self, quantity: &Quantity, before: usize) -> bool {
        let first = matches!(self.before(before, 1), "top" | "largest" | "biggest" | "leading")
            || (self.before(before, 1) == "further" && PLACES.contains(&quantity.unit.as_str()));
        let within =
            matches!(self.before(before, 1), "at" | "in" | "across" | "among" | "throughout" | "for" | "within");
        // "will fit heat pumps in 400,000 homes" counts what is done
        let fitted = matches!(quantity.unit.as_str(), "homes" | "houses" | "buildings" | "schools" | "households")
            && self.any(before.saturating_sub(8), before, |word| {
                ["install", "fit", "retrofit", "insulat", "renovat"].iter().any(|start| word.starts_with(start))
            });
        // "power for its 14 plants"
        let own = matches!(self.before(before, 1), "its" | "our" | "their" | "all")
            && matches!(self.before(before, 2), "at" | "in" | "across" | "for" | "of" | "throughout" | "within")
            && (PLACES.contains(&quantity.unit.as_str())
                || matches!(quantity.unit.as_str(), "plants" | "mills" | "factories" | "depots" | "facilities"));
        let first = first || (own && self.quantities.len() > 1);
        quantity.sort == Sort::Amount && (first || (within && !fitted && PLACES.contains(&quantity.unit.as_str())))
    }
}
