//! Heads that are numbers: which numbers are targets, and what they are about.

use rust_decimal::Decimal;

use super::date::Role;
use super::heads::{Head, Parts, Shape};
use super::quantity::{Quantity, Sort};
use super::rules::Cue;
use super::units::CURRENCIES;
use crate::model::topic::Topic;

impl Parts<'_> {
    /// Adds the heads that are numbers.
    pub(super) fn values(&self, heads: &mut Vec<Head>) {
        for quantity in &self.quantities {
            if self.no_target(quantity) {
                continue;
            }
            // "100% (net-zero emissions)" is said by the words in brackets
            let bracketed = self.word(quantity.end) == "(" && heads.iter().any(|head| head.start == quantity.end + 1);
            let Some((topic, rule)) = self.topic_of(quantity, heads) else { continue };
            // a bare count is one of vehicles
            if quantity.sort == Sort::Amount && quantity.unit.is_empty() && topic != Topic::FleetElectrification {
                continue;
            }
            // "100% carbon neutral" is the state, not a value
            let wholly = heads.iter().any(|head| head.shape == Shape::EndState && head.start == quantity.end);
            // "net zero or a 100% reduction" says it twice
            let twice = quantity.value == Decimal::ONE_HUNDRED
                && topic == Topic::EmissionsReduction
                && heads.last().is_some_and(|last| {
                    let joined = (last.end..quantity.start).any(|at| matches!(self.word(at), "or" | "(" | "i.e"));
                    last.shape == Shape::EndState && last.end + 4 >= quantity.start && joined
                });
            if bracketed || wholly || twice {
                continue;
            }
            let less = quantity.less || self.is_less(quantity, topic);
            // "100 MW of gas will be built" is no end of gas
            let ended = |word: &str| {
                matches!(
                    word,
                    "phase" | "out" | "close" | "retire" | "replace" | "end" | "shut" | "convert" | "free" | "exit"
                ) || word.starts_with("clos")
                    || word.starts_with("retir")
                    || word.starts_with("elimin")
                    || word.starts_with("convert")
            };
            if topic == Topic::FossilPhaseOut
                && quantity.sort == Sort::Amount
                && !less
                && !self.any(0, self.tokens.len(), ended)
            {
                continue;
            }
            heads.push(Head {
                shape: Shape::Value(quantity.clone()),
                topic,
                topic_rule: rule,
                start: quantity.start,
                end: quantity.end,
                less,
            });
            self.shared(heads);
        }
        self.again(heads);
    }

    /// What a value is about: the noun after it, the object before it, or what
    /// the value before it was about.
    fn topic_of(&self, quantity: &Quantity, heads: &[Head]) -> Option<(Topic, Option<usize>)> {
        let (start, end) = (quantity.start, quantity.end);
        let right = self.right_topic(end);
        let left = self.left_topic(start);
        let unit = unit_topic(quantity);
        let said = |cue: &Cue| (self.topic(cue), Some(cue.rule));
        // "65% of suppliers" within the pattern's words, "500,000 charging stations" within the number's
        let around = self
            .topics
            .iter()
            .find(|cue| (cue.start < start && cue.end >= end) || (cue.start > start && cue.start < end))
            // "investment to meet the target of 60% of renewables": a share is no money
            .filter(|cue| {
                let share = quantity.sort == Sort::Percent && self.word(end) == "of" && right.is_some();
                !(share
                    && self.topic(cue) == Topic::Finance
                    && self.any(cue.start, start, |word| self.rules.lists("goal", word)))
            });
        if around.is_some_and(|cue| self.is_used(quantity, cue)) {
            return self.settled((Topic::EnergyEfficiency, None), quantity, unit);
        }
        let sector = matches!(self.before(start, 1), "," | "and") && self.word(end) == "in";
        let listed = sector || self.before(start, 1) == "by" && matches!(self.before(start, 2), "," | "and" | ";");
        let chosen = match (left, right) {
            // "by 30% in steel, by 40% in cement": of the same thing
            _ if listed && heads.last().is_some_and(|last| matches!(last.shape, Shape::Value(_)) && last.less) => {
                heads.last().map(|last| (last.topic, last.topic_rule))?
            }
            _ if around.is_some() => around.map(said)?,
            (Some(left), Some(right)) => said(self.nearer(quantity, left, right)),
            // "a fifth of all battery cells" is about what follows, known or not
            // unless it is moved there: "forest cover will be raised from 29% to 42% of the land"
            (Some(left), None)
                if self.word(end) == "of"
                    && start > left.end + 8
                    && !self.moved_up_to(quantity)
                    // "will be half of what it was"
                    && !matches!(self.word(end + 1), "what" | "today" | "current" | "present")
                    && !(self.topic(left) == Topic::FleetElectrification
                        && self.any(end, end + 9, |word| self.rules.lists("vehicle", word))) =>
            {
                return None;
            }
            (Some(left), None) => said(left),
            (None, Some((right, _))) => said(right),
            (None, None) => unit
                .or_else(|| self.late(end))
                .or_else(|| {
                    heads
                        .iter()
                        .rfind(|head| head.start < start && matches!(head.shape, Shape::Value(_)))
                        .map(|head| (head.topic, head.topic_rule))
                })
                .or_else(|| self.reduction(quantity))
                .or_else(|| self.saving(quantity))
                .or_else(|| self.compared(quantity))
                .or_else(|| self.spent(quantity))
                .or_else(|| self.capacity(quantity))
                .or_else(|| self.emitted(quantity))?,
        };
        let chosen = self.supplied(quantity, chosen.0).map_or(chosen, said);
        let chosen = self.recycled(quantity, chosen.0).map_or(chosen, said);
        self.settled(chosen, quantity, unit)
    }

    /// "from 29% to 42%": the number that something is moved to.
    fn moved_up_to(&self, quantity: &Quantity) -> bool {
        let from = |other: &Quantity| other.end + 1 == quantity.start && self.before(other.start, 1) == "from";
        self.before(quantity.start, 1) == "to" && self.quantities.iter().any(from)
    }

    /// "use of energy by 25% and the rest from renewables": of the energy.
    fn is_used(&self, quantity: &Quantity, cue: &Cue) -> bool {
        let closed = self.before(quantity.start, 1) == "by" && matches!(self.word(quantity.end), "and" | ",");
        let clean = matches!(self.topic(cue), Topic::RenewableEnergy | Topic::RenewableElectricity);
        let used = |word: &str| matches!(word, "consumption" | "use" | "usage" | "demand");
        closed && clean && self.any(cue.start, quantity.start, used)
    }

    /// Of a topic before a value and one after it, so many words apart, the one
    /// that it is about.
    fn nearer<'c>(&self, quantity: &Quantity, left: &'c Cue, (right, apart): (&'c Cue, usize)) -> &'c Cue {
        let (start, end) = (quantity.start, quantity.end);
        let by_or_to = matches!(self.before(start, 1), "by" | "to" | "least" | "most" | "-" | ":" | "—")
            || matches!(self.before(start, 2), "by" | "to" | "least");
        let (first, second) = (self.topic(left), self.topic(right));
        // "net zero by 2035 and to be 100% supplied with renewables": a state has no value
        let state = matches!(first, Topic::NetZero | Topic::CarbonNeutral)
            && !matches!(second, Topic::EmissionsReduction)
            && apart < 6
            && self.dates.iter().any(|date| date.start >= left.end && date.end <= start);
        if state {
            return right;
        }
        // "a third of the plastics" of recycled material
        // "a recycled content of 30% in bottles"
        let measured = left.end + 1 == start && self.before(start, 1) == "of" && self.word(end) == "in";
        let recycled =
            first == Topic::Circularity && matches!(second, Topic::Waste | Topic::Packaging) && self.word(end) == "of";
        // "renewables will be 40% of final consumption": a share of it
        let share = matches!(first, Topic::RenewableElectricity | Topic::RenewableEnergy)
            && second == Topic::EnergyEfficiency
            && quantity.sort == Sort::Percent
            && start - left.end < 12;
        let close = apart <= 1 || (self.of_follows(end) && apart < 7);
        let before = !close && ((by_or_to && start - left.end < 12) || start - left.end <= apart);
        if recycled || measured || share || before { left } else { right }
    }

    /// The last say: end states have no value, units may speak for themselves.
    fn settled(
        &self,
        chosen: (Topic, Option<usize>),
        quantity: &Quantity,
        unit: Option<(Topic, Option<usize>)>,
    ) -> Option<(Topic, Option<usize>)> {
        let (topic, rule) = chosen;
        // "60% of its electricity from renewable sources", however the sources are called
        let electric = topic == Topic::RenewableEnergy
            && quantity.sort == Sort::Percent
            && self.word(quantity.end) == "of"
            && (quantity.end + 1..quantity.end + 4)
                .find(|&at| !matches!(self.word(at), "its" | "our" | "the" | "their" | "all" | "total" | "my"))
                .is_some_and(|at| self.word(at) == "electricity" && self.word(at + 1) != "and");
        let topic = if electric { Topic::RenewableElectricity } else { topic };
        let topic = match topic {
            // "net zero by 2040, and 100% green offers": not a value of the state
            Topic::NetZero | Topic::CarbonNeutral if !self.stands_alone(quantity) => return None,
            Topic::NetZero | Topic::CarbonNeutral => Topic::EmissionsReduction,
            other => other,
        };
        // "12 GW of wind and solar" make electricity
        let power = topic == Topic::RenewableEnergy
            && matches!(unit_of(quantity), "GW" | "MW" | "kW" | "TW")
            && rule.is_some()
            && self.any(quantity.start.saturating_sub(6), quantity.end + 8, |word| {
                matches!(word, "wind" | "solar" | "photovoltaic" | "photovoltaics" | "pv")
            });
        if power {
            return Some((Topic::RenewableElectricity, rule));
        }
        if quantity.sort == Sort::Amount {
            if is_money(quantity) {
                let climate =
                    self.topics.iter().any(|cue| !matches!(self.topic(cue), Topic::NetZero | Topic::CarbonNeutral));
                return (climate || (topic == Topic::Finance && rule.is_none())).then_some((Topic::Finance, rule));
            }
            let gas = |word: &str| matches!(word, "carbon" | "co2" | "co2e" | "greenhouse" | "emissions" | "ghg");
            let weighed = matches!(unit_of(quantity), "t" | "kt" | "Mt" | "Gt");
            if topic == Topic::Finance && weighed && self.any(quantity.start.saturating_sub(5), quantity.start, gas) {
                return Some((Topic::EmissionsReduction, None));
            }
            if topic == Topic::Finance {
                let other =
                    self.topics.iter().rfind(|cue| cue.end <= quantity.start + 1 && self.topic(cue) != Topic::Finance);
                return unit.or_else(|| other.map(|cue| (self.topic(cue), Some(cue.rule))));
            }
            if let Some(unit) = unit {
                return Some(if matches!(topic, Topic::SupplyChain | Topic::FossilPhaseOut) {
                    unit
                } else {
                    (unit.0, rule)
                });
            }
        }
        Some((topic, rule))
    }

    /// Whether nothing else is counted: a reduction, or a date behind it.
    fn stands_alone(&self, quantity: &Quantity) -> bool {
        let reduction = |word: &str| {
            word.starts_with("reduc")
                || matches!(word, "cut" | "cuts" | "cutting" | "below" | "less" | "lower" | "decrease")
        };
        let bare = matches!(
            self.word(quantity.end),
            "" | "."
                | ","
                | "by"
                | "in"
                | "before"
                | "from"
                | "below"
                | "compared"
                | "relative"
                | "against"
                | "("
                | ")"
                | "and"
                | "until"
                | "for"
                | "across"
        );
        bare || self.any(quantity.start.saturating_sub(4), quantity.end + 4, reduction)
    }

    fn of_follows(&self, end: usize) -> bool {
        matches!(self.word(end), "of" | "fewer" | "less" | "more") || matches!(self.word(end + 1), "of" | "in")
    }

    /// The first topic after `end`, before a comma or the next date.
    fn right_topic(&self, end: usize) -> Option<(&Cue, usize)> {
        if self.word(end) == "and" {
            return None;
        }
        // "100% of safe, unsold food": a comma between adjectives
        let listed = |at: usize| {
            let adjectives = at <= end + 2 && self.topics.iter().any(|cue| cue.start == at + 1 && cue.end > at + 2);
            self.word(at) == "," && (adjectives && at > end || self.word(end) == "of" && at <= end + 3)
        };
        let inside = self.any(end.saturating_sub(5), end, |word| word == "(");
        let stop = (end..self.tokens.len())
            .find(|&at| {
                (matches!(self.word(at), "," | ";" | "." | ":") && !listed(at))
                    || (inside && self.word(at) == ")")
                    || self.word(at) == "through"
                    || self.quantities.iter().any(|other| other.start == at)
            })
            .unwrap_or(self.tokens.len());
        let stop = self
            .dates
            .iter()
            .filter(|date| date.start >= end && matches!(date.role, Role::Deadline(_)))
            // "to double by 2030 our use of": the object comes after the day
            .filter(|date| {
                let object = matches!(self.word(date.end), "our" | "the" | "its" | "their" | "annual" | "total");
                !(date.start == end
                    && object
                    && matches!(self.word(end - 1), "double" | "triple" | "quadruple" | "halve"))
            })
            .map(|date| date.start)
            .min()
            .map_or(stop, |date| stop.min(date));
        let reach = if self.word(end) == "of" { 20 } else { 14 };
        let cue = self.topics.iter().find(|cue| cue.start >= end && cue.start < stop && cue.start < end + reach)?;
        // "business travel emissions" are emissions
        let cue = self
            .topics
            .iter()
            .find(|next| next.start == cue.end && next.start < stop && self.is_emitted(next))
            .unwrap_or(cue);
        let apart = (end..cue.start)
            .filter(|&at| {
                !matches!(
                    self.word(at),
                    "of" | "in"
                        | "its"
                        | "our"
                        | "the"
                        | "reduction"
                        | "decrease"
                        | "cut"
                        | "fewer"
                        | "less"
                        | "more"
                        | "absolute"
                        | "certified"
                        | "fully"
                        | "all"
                        | "new"
                )
            })
            .count();
        Some((cue, apart))
    }

    /// The last topic before `start`; of "emissions from coal" it is emissions.
    pub(super) fn left_topic(&self, start: usize) -> Option<&Cue> {
        let mut at = self.topics.iter().rposition(|cue| cue.end <= start)?;
        while let Some(earlier) = at.checked_sub(1) {
            let (cue, head) = (&self.topics[at], &self.topics[earlier]);
            // "emissions (tonnes) from travel"
            let noted = self.word(head.end) == "(" && self.word(head.end + 2) == ")";
            let behind = head.end + if noted { 3 } else { 0 };
            let between = || (behind..cue.start).map(|at| self.word(at));
            let attached = between().next().is_some_and(|word| matches!(word, "from" | "in" | "of" | "across" | "per"))
                && between().count() <= 4
                && !between().any(|word| matches!(word, "," | ";" | "and"));
            // "the emission intensity of the making of our oil and petroleum goods"
            let product = self.topic(cue) == Topic::FossilPhaseOut
                && (self.is_emitted(head) || self.topic(head) == Topic::FossilPhaseOut)
                && between().all(|word| !matches!(word, "," | ";" | "by"))
                && between().next().is_some_and(|word| matches!(word, "of" | "from" | "in" | "and"))
                && between().count() <= 8;
            let attached = attached || product;
            if !(attached || cue.start < head.end) {
                break;
            }
            at = earlier;
        }
        self.topics.get(at)
    }

    /// Whether a topic is emissions by that name.
    fn is_emitted(&self, cue: &Cue) -> bool {
        self.topic(cue) == Topic::EmissionsReduction
            && self.any(cue.start, cue.end, |word| matches!(word, "emissions" | "emission" | "footprint"))
    }

    fn is_less(&self, quantity: &Quantity, topic: Topic) -> bool {
        let less = |word: &str| {
            word.starts_with("reduc")
                || word.starts_with("decreas")
                || word.starts_with("lower")
                || matches!(
                    word,
                    "cut"
                        | "cuts"
                        | "cutting"
                        | "less"
                        | "fewer"
                        | "below"
                        | "halve"
                        | "-"
                        | "lowering"
                        | "shrink"
                        | "fall"
                        | "drop"
                        | "decline"
                        | "limit"
                        | "save"
                        | "exceeding"
                        | "under"
                )
        };
        let more = |word: &str| {
            word.starts_with("increas")
                || word.starts_with("rais")
                || matches!(word, "expand" | "grow" | "recycle" | "recycling")
        };
        let nearest = (quantity.start.saturating_sub(14)..(quantity.end + 2).min(self.tokens.len()))
            .rev()
            .find(|&at| less(self.word(at)) || more(self.word(at)));
        match nearest {
            Some(at) => less(self.word(at)),
            None => matches!(
                topic,
                Topic::EmissionsReduction | Topic::EmissionsIntensity | Topic::Methane | Topic::EnergyEfficiency
            ),
        }
    }
}

/// Whether it is an amount of money.
pub(super) fn is_money(quantity: &Quantity) -> bool {
    quantity.sort == Sort::Amount && CURRENCIES.iter().any(|(_, unit)| *unit == quantity.unit)
}

pub(super) fn unit_of(quantity: &Quantity) -> &str {
    quantity.unit.split(' ').next().unwrap_or_default()
}

/// Units that say by themselves what is counted.
fn unit_topic(quantity: &Quantity) -> Option<(Topic, Option<usize>)> {
    let unit = quantity.unit.as_str();
    let topic = match unit {
        _ if unit.contains("CO2") => Topic::EmissionsReduction,
        "trees" | "mangroves" | "corals" | "ha" | "acres" | "species" | "km2" | "parks" | "reefs" | "forests"
        | "woodlands" => Topic::Biodiversity,
        "EVs" | "chargers" => Topic::FleetElectrification,
        _ => return None,
    };
    Some((topic, None))
}
