//! Lines without a verb that says what they are: items of plans, headings, orders.

use rust_decimal::Decimal;

use super::date::Role;
use super::heads::{Head, Parts, Shape};
use super::quantity::Sort;
use super::rules::{Class, Cue};
use super::speaker::Speaker;
use super::subject::Party;
use super::token::{Kind, Token};
use super::values::is_money;
use super::verdict::Verdict;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// No cue at all: a line of a list, a heading, a goal in the present tense.
    pub(super) fn fragment(&self, head: &Head, due: bool, ahead: bool, speaker: &Speaker<'_>) -> Verdict {
        // a line of a list has no subject, but it may begin with a name: "Norsk Cement: …"
        let listed = (0..head.start.min(8)).find(|&at| matches!(self.word(at), ":" | "'s" | "—"));
        let party = match speaker.party(&self.tokens, 0, head.start) {
            Party::Other(name) if speaker.government && self.opens_with_other(self.clause(head.start), speaker) => {
                Party::Other(name)
            }
            Party::Other(_) if head.topic == Topic::SupplyChain => Party::Nobody,
            Party::Other(_) if !(speaker.press || speaker.civil || speaker.government || speaker.town) => Party::Nobody,
            party if listed.is_some_and(|at| self.is_foreign_label(at, speaker)) => match party {
                Party::Other(name) => Party::Other(name),
                _ => Party::Other(None),
            },
            Party::Other(_) if listed.is_none_or(|at| at == 0 || !self.tokens[at - 1].is_name()) => Party::Nobody,
            // "Water saving: …": a label of the matter, not a name
            Party::Other(_) if listed.is_some_and(|at| self.word(at) == ":") && self.is_label() => Party::Nobody,
            party => party,
        };
        let party = self
            .told_of_them(head.start, speaker)
            .or_else(|| self.told_in_papers(head.start, speaker))
            .unwrap_or(party);
        let named = self.dates.iter().any(|date| date.role == Role::Named);
        let state = self.any(head.start, head.end, |word| matches!(word, "positive" | "neutral" | "free" | "zero"));
        let whole = !matches!(head.shape, Shape::Bare) || (due && (state || self.is_order() || self.is_doing()));
        // "A tenth of our emissions is from lorries, so …": a statement of what is
        let clause = (head.end..self.tokens.len()).take_while(|&at| !matches!(self.word(at), "," | ";" | "."));
        let finite = |at: usize| {
            let base = matches!(self.word(at), "come" | "have") && self.before(at, 1) != "to";
            base || matches!(self.word(at), "is" | "are" | "comes" | "has")
        };
        let is = clause.into_iter().any(finite);
        let forbidden = head.shape == Shape::Eliminate && self.is_forbidden(head.end - 1);
        if forbidden && speaker.is_below() && !speaker.law {
            return Verdict::Reported { rule: None, party: Party::Other(None) };
        }
        if is && !ahead && !self.is_plain_order(head) {
            return Verdict::Not { class: Class::Past, rule: None };
        }
        // "Renewable energy use at 64% in FY 2022-23", in the report of that year
        let lately = |date: &super::date::Date| {
            self.said.is_some_and(|said| date.year <= said)
                && self.before(date.start, 1) != "by"
                && matches!(self.word(date.start), "in" | "during" | "fy")
        };
        let stands = matches!(head.shape, Shape::Value(_))
            && !self.is_plain_order(head)
            && self.dates.iter().any(|date| date.fiscal && lately(date))
            && !self.dates.iter().any(|date| self.said.is_none_or(|said| date.year > said));
        if stands {
            return Verdict::Not { class: Class::Past, rule: None };
        }
        let under_way = speaker.government && self.is_under_way(head);
        let open =
            due || named || self.is_plain_order(head) || self.is_heading(head) || self.is_item(head) || under_way;
        let party = if under_way { Party::Nobody } else { party };
        if !open || !whole {
            return Verdict::Not { class: Class::Unrelated, rule: None };
        }
        match party {
            Party::Other(_) => Verdict::Reported { rule: None, party },
            party if speaker.reports(&self.tokens, &party) => Verdict::Reported { rule: None, party },
            party => Verdict::Promised { rule: None, party },
        }
    }

    /// "Telvane is spending": others where a clause begins, with a verb of their own.
    fn opens_with_other(&self, from: usize, speaker: &Speaker<'_>) -> bool {
        let name = self.tokens[from..].iter().take(5).take_while(|token| token.is_name() || token.is("&"));
        let length = name.clone().count();
        let verb = self.word(from + length);
        let acts = self.rules.lists("name-behind", verb) && verb != "'s";
        acts && name.clone().next().is_some_and(|first| speaker.is_other_name(first))
            && !self.rules.lists("matter", self.word(from))
            && !name.clone().any(|token| speaker.owns(token.text))
    }

    /// "State of Norland: cut …", listed by a town; "Norland: net zero", by any but Norland.
    fn is_foreign_label(&self, at: usize, speaker: &Speaker<'_>) -> bool {
        let land = |token: &Token<'_>| self.rules.lists("land", token.text) && !token.is("city") && !token.is("town");
        let nation = speaker.is_land(&self.tokens[..at]);
        self.word(at) == ":"
            && speaker.known
            && (nation || speaker.town && self.tokens[..at].first().is_some_and(land))
            && self.tokens[..at].iter().all(|token| !speaker.owns(token.text))
    }

    /// Whether the first word is of the matter: "Carbon", "Waste".
    fn is_label(&self) -> bool {
        self.topics.iter().any(|cue| cue.start == 0) || self.rules.is_topical(self.word(0))
    }

    /// "Introduce a standard to …": a line of a plan that begins with its verb.
    pub(super) fn is_order(&self) -> bool {
        let yours = self.any(0, self.tokens.len(), |word| matches!(word, "your" | "yourself"));
        !yours && self.openings().into_iter().any(|at| self.rules.lists("order", self.word(at)))
    }

    /// "Restoring twenty bays by 2030": a line that begins with what is being done.
    fn is_doing(&self) -> bool {
        let doing = |at: usize| self.word(at).ends_with("ing") && self.rules.lists("change", self.word(at));
        self.openings().into_iter().any(doing)
    }

    /// An order whose own object is the goal: "Cut waste by 10%", not "Invest in
    /// houses to cut waste by up to 10%".
    fn is_plain_order(&self, head: &Head) -> bool {
        let money = matches!(&head.shape, Shape::Value(quantity) if is_money(quantity));
        let means = |at: usize| {
            !(money && self.is_funded(at))
                && matches!(
                    self.word(at),
                    "invest"
                        | "support"
                        | "develop"
                        | "help"
                        | "encourage"
                        | "launch"
                        | "introduce"
                        | "promote"
                        | "work"
                        | "make"
                        | "use"
                        | "engage"
                )
        };
        let purpose =
            (1..head.start).any(|at| self.word(at - 1) == "to" && self.rules.lists("order", self.word(at)) && at > 3);
        (self.is_order() || self.is_doing()) && !purpose && !self.openings().into_iter().any(means)
    }

    /// "Develop a plan to phase out": the order is to make the plan, where no day is
    /// named by which the thing itself is done.
    pub(super) fn is_plan_to_make(&self, head: &Head, cue: &Cue) -> bool {
        let makes = |at: &usize| {
            matches!(
                self.word(*at),
                "develop"
                    | "create"
                    | "prepare"
                    | "publish"
                    | "draft"
                    | "establish"
                    | "design"
                    | "finalize"
                    | "finalise"
                    | "introduce"
                    | "deliver"
                    | "release"
                    | "table"
            )
        };
        let undated = matches!(head.shape, Shape::Eliminate | Shape::Bare) && self.dates.is_empty();
        let paper = self.word(cue.start).trim_end_matches('s');
        let paper = matches!(paper, "plan" | "strategy" | "roadmap" | "framework" | "pathway" | "proposal");
        undated && paper && self.openings().iter().any(|at| makes(at) && cue.start > *at && cue.start < at + 6)
    }

    /// "Launch green bonds with a first issue of $2 billion", "Invest $2 billion": an
    /// order that spends.
    fn is_funded(&self, at: usize) -> bool {
        let fund = |word: &str| matches!(word, "fund" | "bond" | "bonds" | "endowment" | "facility");
        self.word(at) == "invest"
            || matches!(self.word(at), "launch" | "introduce" | "help" | "support")
                && self.any(at, self.tokens.len(), fund)
            || self.word(at) == "make" && self.any(at, at + 6, |word| word.starts_with("investment"))
    }

    /// "15% reduction in waste": a line that begins with its number.
    fn is_heading(&self, head: &Head) -> bool {
        // behind "Water:" as at the very beginning
        let label = (0..self.tokens.len().min(16)).rfind(|&at| self.word(at) == ":");
        let first =
            |from: usize| (from..self.tokens.len()).find(|&at| self.tokens[at].text.starts_with(char::is_alphanumeric));
        let near = |first: usize| head.start >= first && head.start <= first + 1;
        let opens = [Some(0), label].into_iter().flatten().filter_map(first).any(near);
        let change = |word: &str| matches!(word, "reduction" | "increase" | "improvement" | "decrease" | "cut");
        let share = matches!(&head.shape, Shape::Value(quantity) if quantity.sort == Sort::Percent);
        let what = head.shape == Shape::Eliminate || (share && self.any(head.end, head.end + 4, change));
        let then = self.dates.iter().any(|date| date.role == Role::Other);
        let since = self.dates.iter().any(|date| self.word(date.start) == "since");
        opens && what && !then && !since
    }

    /// "At least 60% of waste recycled", "40% of our power to come from the sun":
    /// an item whose least amount or infinitive says that it is wanted.
    fn is_item(&self, head: &Head) -> bool {
        let Shape::Value(quantity) = &head.shape else { return false };
        let telling = |at: usize| self.rules.lists("telling", self.word(at)) && self.before(at, 1) != "to";
        let told = (0..self.tokens.len()).any(telling);
        let since = self.dates.iter().any(|date| date.role == Role::Other || self.word(date.start) == "since");
        let least = matches!(self.before(head.start, 1), ">" | "≥" | "least" | "minimum")
            || (self.before(head.start, 1) == "of" && self.before(head.start, 2) == "minimum");
        let verb = |at: usize| {
            matches!(self.word(at), "come" | "be" | "have" | "account" | "use" | "make")
                || self.rules.lists("order", self.word(at))
        };
        let wanted = (head.start.saturating_sub(6)..head.end + 14)
            .any(|at| self.word(at) == "to" && verb(at + 1) && !self.before(at, 1).ends_with("ed"));
        quantity.sort == Sort::Percent && (least || wanted) && !told && !since
    }

    /// "Skilled workers installing 200,000 heat pumps": what a plan has people do, where
    /// no verb tells that it is so.
    fn is_under_way(&self, head: &Head) -> bool {
        let Shape::Value(quantity) = &head.shape else { return false };
        let many = quantity.sort == Sort::Amount && quantity.value >= Decimal::ONE_THOUSAND && !is_money(quantity);
        let doing =
            (head.start.saturating_sub(8)..head.start).rfind(|&at| self.rules.lists("under-way", self.word(at)));
        let Some(doing) = doing.filter(|_| many) else { return false };
        let bound = |word: &str| {
            matches!(
                word,
                "is" | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "of"
                    | "in"
                    | "for"
                    | "by"
                    | "from"
                    | "with"
                    | "after"
                    | "like"
                    | "started"
                    | "began"
                    | "begun"
                    | "than"
                    | "without"
            )
        };
        let told = (0..doing).any(|at| self.rules.lists("telling", self.word(at)));
        !bound(self.before(doing, 1)) && !told && self.dates.iter().all(|date| date.role != Role::Other)
    }

    /// "Announces Plan to Convert Half of Its Fleet": capitals name nobody.
    pub(super) fn is_headline(&self) -> bool {
        let words = || self.tokens.iter().filter(|token| token.kind == Kind::Word && token.text.len() > 3);
        let capitals = words().filter(|token| token.is_name()).count();
        capitals > 6 && capitals * 4 >= words().count() * 3
    }

    /// Where the first word of a line can stand: past its number, its label and
    /// what goes before a comma.
    pub(super) fn openings(&self) -> Vec<usize> {
        let letters = |at: usize| self.word(at).starts_with(char::is_alphabetic);
        let skipped = |at: usize| {
            let word = self.word(at);
            !letters(at)
                || word.len() == 1
                || matches!(word, "to" | "ii" | "iii" | "iv" | "vi" | "and" | "further" | "also")
                || (word.len() > 4 && word.ends_with("ly"))
        };
        let first = |from: usize| (from..self.tokens.len()).find(|&at| !skipped(at));
        let label = (0..self.tokens.len().min(10)).rfind(|&at| matches!(self.word(at), ":" | "—" | "*" | "\""));
        let dated = self.dates.iter().find(|date| date.fronted).map(|date| date.end);
        let with = (self.word(0) == "working" || self.word(0) == "building")
            .then(|| (0..self.tokens.len()).find(|&at| self.word(at) == ","))
            .flatten();
        [Some(0), label, dated, with].into_iter().flatten().filter_map(first).collect()
    }
}
