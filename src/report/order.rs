//! The order of a report. Absent is last in every order, and ties fall to the
//! worst status, the nearest deadline and the id.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use super::{GroupBy, Line, Query, SortBy};
use crate::store::KeptRegister;

/// What organisations are sorted by, worked out once for each.
struct Names {
    /// Place of `<id>/` among all: whole ids sort as their text does.
    id: usize,
    /// Place of the name, in any case.
    name: usize,
    /// Place of name and id together, for grouping.
    name_and_id: usize,
}

/// Sorts the lines of a report.
pub(super) fn sort(lines: &mut [Line], registers: &[KeptRegister], query: &Query) {
    let names = names(registers);
    lines.sort_by(|a, b| {
        let (x, y) = (&names[a.register], &names[b.register]);
        let group = match query.group_by {
            None => Ordering::Equal,
            Some(GroupBy::Organisation) => x.name_and_id.cmp(&y.name_and_id),
            Some(GroupBy::Topic) => a.topic.name().cmp(b.topic.name()),
            Some(GroupBy::Status) => a.standing.status.severity().cmp(&b.standing.status.severity()),
            Some(GroupBy::Deadline) => year(a).cmp(&year(b)),
        };
        let first = match query.sort {
            SortBy::Status => worst(a, b),
            SortBy::Deadline => deadline(a).cmp(&deadline(b)),
            SortBy::Organisation => x.name.cmp(&y.name),
            SortBy::Topic => a.topic.name().cmp(b.topic.name()),
            SortBy::Progress => progress(a).total_cmp(&progress(b)),
            SortBy::Age => b.standing.data_age_days.cmp(&a.standing.data_age_days),
            SortBy::Id => Ordering::Equal,
        };
        let tie = if query.sort == SortBy::Id { Ordering::Equal } else { worst(a, b) };
        let id = || x.id.cmp(&y.id).then_with(|| id_of(registers, a).cmp(id_of(registers, b)));
        group.then(first).then(tie).then_with(id)
    });
}

fn names(registers: &[KeptRegister]) -> Vec<Names> {
    let lower: Vec<String> = registers.iter().map(|register| register.organisation.to_lowercase()).collect();
    let whole: Vec<String> = registers.iter().map(|register| format!("{}/", register.organisation_id)).collect();
    let id = places(registers.len(), |a, b| whole[a].cmp(&whole[b]));
    let name = places(registers.len(), |a, b| lower[a].cmp(&lower[b]));
    let both = places(registers.len(), |a, b| {
        let key = |at: usize| (&lower[at], &registers[at].organisation_id);
        key(a).cmp(&key(b))
    });
    id.into_iter().zip(name).zip(both).map(|((id, name), name_and_id)| Names { id, name, name_and_id }).collect()
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

fn worst(a: &Line, b: &Line) -> Ordering {
    let severity = |line: &Line| line.standing.status.severity();
    severity(a).cmp(&severity(b)).then_with(|| deadline(a).cmp(&deadline(b)))
}

fn deadline(line: &Line) -> NaiveDate {
    line.standing.deadline.unwrap_or(NaiveDate::MAX)
}

fn year(line: &Line) -> i32 {
    deadline(line).year()
}

fn progress(line: &Line) -> f64 {
    line.standing.progress.unwrap_or(f64::INFINITY)
}

fn id_of<'b>(registers: &'b [KeptRegister], line: &Line) -> &'b str {
    registers[line.register].key(line.entry).id
}
