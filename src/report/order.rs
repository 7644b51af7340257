//! The order of a report. Absent is last in every order, and ties fall to the
//! worst status, the nearest deadline and the id.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use super::{GroupBy, Line, Query, SortBy};
use crate::model::topic::Topic;
use crate::store::KeptRegister;

/// What a line is sorted by, in numbers: its group, what was asked for, how bad it
/// stands, and the place of its organisation among all whole ids.
type Key = (u64, u64, u64, usize);

/// Sorts the lines of a report.
pub(super) fn sort(lines: &mut Vec<Line>, registers: &[KeptRegister], query: &Query) {
    let keys = Keys::of(registers, query);
    let mut sorted: Vec<(Key, usize)> = lines.iter().map(|line| keys.key(line)).zip(0..).collect();
    let id = |at: usize| registers[lines[at].register()].id(lines[at].entry());
    sorted.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| id(*x).cmp(id(*y))));
    *lines = sorted.into_iter().map(|(_, at)| lines[at]).collect();
}

/// What the keys of the lines are made of.
struct Keys<'q> {
    query: &'q Query,
    /// Place of `<id>/` among all: whole ids sort as their text does.
    ids: Vec<usize>,
    /// Place of the name, in any case; empty unless it is asked for.
    names: Vec<usize>,
    /// Place of name and id together, for grouping; empty unless that is asked for.
    names_and_ids: Vec<usize>,
    /// Topics by name.
    topics: Vec<Topic>,
}

impl<'q> Keys<'q> {
    fn of(registers: &[KeptRegister], query: &'q Query) -> Self {
        let by_name = query.sort == SortBy::Organisation;
        let by_group = query.group_by == Some(GroupBy::Organisation);
        let lower = |wanted: bool| -> Vec<String> {
            let names = registers.iter().filter(|_| wanted).map(|register| register.organisation.to_lowercase());
            names.collect()
        };
        let lower = lower(by_name || by_group);
        let id = |at: usize| &registers[at].organisation_id;
        let count = |wanted: bool| if wanted { registers.len() } else { 0 };
        let mut topics = Topic::ALL.to_vec();
        topics.sort_by_key(|topic| topic.name());
        Self {
            query,
            ids: places(registers.len(), |a, b| registers[a].order(&registers[b])),
            names: places(count(by_name), |a, b| lower[a].cmp(&lower[b])),
            names_and_ids: places(count(by_group), |a, b| lower[a].cmp(&lower[b]).then_with(|| id(a).cmp(id(b)))),
            topics,
        }
    }

    fn key(&self, line: &Line) -> Key {
        let (standing, register) = (&line.standing, line.register());
        let worst = u64::from(standing.status.severity()) << 32 | u64::from(day(standing.deadline));
        let topic = || self.topics.iter().position(|topic| *topic == line.topic).unwrap_or(0) as u64;
        let group = match self.query.group_by {
            None => 0,
            Some(GroupBy::Organisation) => self.names_and_ids[register] as u64,
            Some(GroupBy::Topic) => topic(),
            Some(GroupBy::Status) => u64::from(standing.status.severity()),
            Some(GroupBy::Deadline) => signed(standing.deadline.unwrap_or(NaiveDate::MAX).year().into()),
        };
        let first = match self.query.sort {
            SortBy::Status => worst,
            SortBy::Deadline => day(standing.deadline).into(),
            SortBy::Organisation => self.names[register] as u64,
            SortBy::Topic => topic(),
            SortBy::Progress => real(standing.progress.unwrap_or(f64::INFINITY)),
            SortBy::Age => standing.data_age_days.map_or(u64::MAX, |days| !signed(days)),
            SortBy::Id => 0,
        };
        let tie = if self.query.sort == SortBy::Id { 0 } else { worst };
        (group, first, tie, self.ids[register])
    }
}

/// The place of each of `count` things in an order; equal ones share a place.
fn places(count: usize, order: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    sorted.sort_by(|a, b| order(*a, *b));
    let mut places = vec![0; count];
    for (at, pair) in sorted.windows(2).enumerate() {
        let same = order(pair[0], pair[1]) == Ordering::Equal;
        places[pair[1]] = if same { places[pair[0]] } else { at + 1 };
    }
    places
}

/// A day as a number of the same order; none is the last.
fn day(day: Option<NaiveDate>) -> u32 {
    day.map_or(u32::MAX, |day| day.num_days_from_ce().cast_unsigned() ^ (1 << 31))
}

/// A number as one without sign, in the same order.
const fn signed(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

/// A number as a whole one, in the order of [`f64::total_cmp`].
const fn real(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | (1 << 63) } else { !bits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_keep_their_order(a in any::<(f64, i64, i32)>(), b in any::<(f64, i64, i32)>()) {
            prop_assert_eq!(real(a.0).cmp(&real(b.0)), a.0.total_cmp(&b.0));
            prop_assert_eq!(signed(a.1).cmp(&signed(b.1)), a.1.cmp(&b.1));
            let days = (NaiveDate::from_num_days_from_ce_opt(a.2 % 90_000_000), NaiveDate::from_num_days_from_ce_opt(b.2 % 90_000_000));
            prop_assert_eq!(day(days.0).cmp(&day(days.1)), days.0.unwrap_or(NaiveDate::MAX).cmp(&days.1.unwrap_or(NaiveDate::MAX)));
        }
    }
}
