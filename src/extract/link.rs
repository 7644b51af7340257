//! Which deadline, baseline and scopes belong to which head.

use super::date::{Date, Op, Role};
use super::heads::{Head, Parts, Shape};

/// The baseline that belongs to a head: the next one after it, else the last before.
pub(super) fn baseline(parts: &Parts<'_>, head: &Head) -> Option<i32> {
    let all = || parts.dates.iter().filter(|date| date.role == Role::Baseline);
    all().find(|date| date.start >= head.start).or_else(|| all().next_back()).map(|date| date.year)
}

/// Scopes named with a head: right behind it, else before it, else after it.
pub(super) fn scopes(parts: &Parts<'_>, head: &Head, from: usize, to: usize) -> Vec<u8> {
    let named = |range: std::ops::Range<usize>| {
        range.into_iter().filter(|&at| matches!(parts.word(at), "scope" | "scopes")).collect::<Vec<_>>()
    };
    // "by 50% and scope 3 by 30%": of what comes next
    let parted = (head.end..to.min(head.end + 5)).find(|&at| parts.word(at) == "and");
    let behind = named(head.end..parted.unwrap_or(to.min(head.end + 5)));
    let before = named(from.max(head.start.saturating_sub(24))..head.start);
    let after = named(head.end..to.min(head.end + 20));
    let places = [behind, before, after].into_iter().find(|places| !places.is_empty()).unwrap_or_default();
    let mut scopes = Vec::new();
    for at in places {
        for next in at + 1..parts.tokens.len().min(at + 9) {
            match parts.word(next) {
                "1" => scopes.push(1),
                "2" => scopes.push(2),
                "3" => scopes.push(3),
                "and" | "," | "&" | "/" | "+" | "or" | "scope" | "scopes" => {}
                "-" if parts.word(next + 1) == "3" => scopes.push(2),
                _ => break,
            }
        }
    }
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// Gives each head its dates. A date in front governs what follows; a date
/// behind belongs to the heads before it that have none.
pub(super) fn link<'p>(parts: &'p Parts<'_>, heads: &[Head]) -> Vec<Vec<&'p Date>> {
    let usable = |date: &&Date| matches!(date.role, Role::Deadline(_));
    let deadlines: Vec<&Date> = parts.dates.iter().filter(usable).collect();
    let weak: Vec<&Date> = parts.dates.iter().filter(|date| matches!(date.role, Role::Named | Role::Bare)).collect();
    if let Some(pairs) = paired(parts, &deadlines, heads) {
        return pairs;
    }
    let mut linked: Vec<Vec<&Date>> = Vec::with_capacity(heads.len());
    for (index, head) in heads.iter().enumerate() {
        let next = heads.get(index + 1).map_or(parts.tokens.len(), |next| next.start);
        let own: Vec<&Date> = behind(parts, &deadlines, head.end, next);
        if let (Some(name), [date]) = (goal_name(parts, &weak, head), own.as_slice())
            && matches!(date.role, Role::Deadline(Op::In))
            && date.year < name.year
        {
            linked.push(vec![name]);
            continue;
        }
        if !own.is_empty() {
            linked.push(own);
            continue;
        }
        let first = heads.first().map_or(0, |first| first.start);
        let front =
            deadlines.iter().rfind(|date| date.end <= head.start && (date.fronted || date.end <= first)).copied();
        // "To guide us to net zero, we will cut … by 2030": the date is the cut's
        let purpose = head.shape == Shape::EndState
            && index == 0
            && (0..3).any(|at| parts.word(at) == "to")
            && (head.end..next).any(|at| parts.word(at) == ",");
        let later = deadlines.iter().find(|date| date.start >= next && !date.fronted && !purpose).copied();
        let earlier = deadlines
            .iter()
            .rfind(|date| {
                let parted = (date.end..head.start).any(|at| parts.word(at) == ";");
                date.start < head.end && (!parted || (deadlines.len() == 1 && is_sequel(parts, heads, index)))
            })
            .copied();
        let inside = deadlines.iter().find(|date| date.start >= head.end && date.start < next).copied();
        let named = named(parts, &weak, head, heads, index);
        // a bare year before: of a paper's name, where a deadline follows
        let named = named
            .filter(|date| date.role == Role::Named || date.start >= head.end || (inside.is_none() && later.is_none()));
        // "committed by 2030 to their 2050 net-zero goals": the year in the goal's own name
        let own_name = named.filter(|date| {
            date.role == Role::Named
                && date.end <= head.start
                && date.end + 4 > head.start
                && head.shape == Shape::EndState
        });
        let chosen = own_name.or(front).or(named).or(inside.filter(|_| later.is_none())).or(later).or(earlier);
        linked.push(
            chosen
                .or_else(|| {
                    weak.iter()
                        .filter(|_| !purpose)
                        .find(|date| parts.said.is_none_or(|said| date.year >= said))
                        .copied()
                })
                .into_iter()
                .collect(),
        );
    }
    linked
}

/// "to 55%, 60% and 65% by 2025, 2030 and 2035": as many years as values, each its own.
fn paired<'p>(parts: &Parts<'_>, deadlines: &[&'p Date], heads: &[Head]) -> Option<Vec<Vec<&'p Date>>> {
    let value = |head: &Head| matches!(head.shape, Shape::Value(_));
    let side =
        |from: usize, to: usize| from <= to && (from..to).all(|at| matches!(parts.word(at), "," | "and" | "by" | "or"));
    let (first, last) = (deadlines.first()?, heads.last()?);
    let alike = heads.len() > 1 && heads.len() == deadlines.len() && heads.iter().all(value) && first.start >= last.end;
    let listed = heads.windows(2).all(|pair| side(pair[0].end, pair[1].start) && pair[0].topic == pair[1].topic)
        && deadlines.windows(2).all(|pair| side(pair[0].end, pair[1].start));
    (alike && listed).then(|| deadlines.iter().map(|date| vec![*date]).collect())
}

/// "…; the conditional contribution is 30%": the same thing, a second number.
fn is_sequel(parts: &Parts<'_>, heads: &[Head], index: usize) -> bool {
    let value = |head: &Head| matches!(head.shape, Shape::Value(_));
    let Some(before) = index.checked_sub(1).map(|before| &heads[before]) else { return false };
    let again = |word: &str| word.contains("conditional") || matches!(word, "contribution" | "target" | "goal");
    value(before)
        && value(&heads[index])
        && before.topic == heads[index].topic
        && (before.end..heads[index].start).any(|at| again(parts.word(at)))
}

/// "our 2031 goal of a 40% cut": the year of the goal that a head belongs to.
fn goal_name<'p>(parts: &Parts<'_>, weak: &[&'p Date], head: &Head) -> Option<&'p Date> {
    let goal = |at: usize| parts.rules.lists("goal-noun", parts.word(at));
    let near = |date: &&&Date| date.role == Role::Named && date.end <= head.start && date.end + 7 > head.start;
    weak.iter().filter(near).rfind(|date| (date.end..head.start).any(goal)).copied()
}

/// A year of a name beside a head: "our 2030 target of 40%".
fn named<'p>(parts: &Parts<'_>, weak: &[&'p Date], head: &Head, heads: &[Head], index: usize) -> Option<&'p Date> {
    let from = index.checked_sub(1).map_or(0, |before| heads[before].end);
    let to = heads.get(index + 1).map_or(usize::MAX, |next| next.start);
    let target_for = weak.iter().find(|date| {
        date.start >= head.end
            && date.start <= head.end + 3
            && matches!(parts.before(date.start, 1), "for" | "of" | "in")
    });
    target_for
        .or_else(|| weak.iter().rfind(|date| date.end <= head.start && date.start >= from))
        .or_else(|| weak.iter().find(|date| date.start >= head.end && date.start < to.min(head.end + 6)))
        .copied()
}

/// The dates right behind a head: several where they are joined by "and".
fn behind<'p>(parts: &Parts<'_>, deadlines: &[&'p Date], from: usize, to: usize) -> Vec<&'p Date> {
    let mut own: Vec<&Date> = Vec::new();
    for date in deadlines.iter().filter(|date| date.start >= from && date.start < to) {
        // "by 2030 and 2040", "by 2031 and for the whole group by 2036"
        let joined = own.last().is_some_and(|last| {
            let comma = usize::from(parts.word(last.end) == "," && parts.word(last.end + 1) == "and");
            let next = (parts.word(last.end + comma), parts.word(last.end + comma + 1));
            // "by 2050 and for deep cuts in the 2020s"
            let other_time = date.role == Role::Deadline(Op::In) && last.role != date.role && date.year < last.year
                || parts.word(date.end - 1).ends_with("0s");
            let wider = !other_time
                && matches!(next, ("and", "for" | "across" | "in" | "throughout" | "at" | "our" | "its" | "from"))
                && !date.fronted;
            let last_words = to == parts.tokens.len() && date.end + 7 >= to;
            let listed = parts.before(date.start, 1) == "and" && (!date.fronted || last_words);
            // "by 2030 and global sites by 2035"
            let verb =
                |word: &str| matches!(word, "to" | "will" | "should" | "must" | "is" | "are" | "be" | "," | "have");
            let other_part = parts.word(last.end) == "and"
                && !date.fronted
                && date.start <= last.end + 5
                && !(last.end..date.start).any(|at| verb(parts.word(at)) || parts.rules.lists("order", parts.word(at)));
            other_part || (last.end + 2 >= date.start && matches!(next.0, "and" | "," | "or")) || wider || listed
        });
        if (own.is_empty() && (!date.fronted || to == parts.tokens.len() && date.end + 1 >= to)) || joined {
            own.push(date);
        }
    }
    own
}
