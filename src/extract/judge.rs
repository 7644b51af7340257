//! What becomes of each goal of a sentence: by the rules, then by what all of it weighs.

use super::date::{Date, Op, Role};
use super::evidence::{of_goal, signs};
use super::heads::{Head, Parts, Shape, UNDATED};
use super::rules::Class;
use super::speaker::Speaker;
use super::subject::Party;
use super::verdict::Verdict;
use super::weights::Weighed;
use crate::model::date::PartialDate;

/// What became of a head, and whether it can be a goal at all.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    /// It has a number, an end state or a date, and is no name.
    pub(super) fit: bool,
    /// What it weighs, where that decided and not a rule.
    pub(super) evidence: Option<Weighed>,
}

/// Judges every head by the rules.
pub(super) fn judge(
    parts: &Parts<'_>,
    heads: &[Head],
    dates: &[Vec<&Date>],
    said: Option<PartialDate>,
    speaker: &Speaker<'_>,
) -> Vec<Judged> {
    // "Will you cut it by half?”"
    let mut ending = parts.tokens.iter().rev().skip_while(|token| matches!(token.text, "\"" | "'" | ")" | "]"));
    let question = ending.next().is_some_and(|token| token.is("?"));
    let question = question || parts.is_asked();
    (0..heads.len()).map(|at| judged(parts, at, heads, dates, question, said, speaker)).collect()
}

fn judged(
    parts: &Parts<'_>,
    index: usize,
    heads: &[Head],
    dates: &[Vec<&Date>],
    question: bool,
    said: Option<PartialDate>,
    speaker: &Speaker<'_>,
) -> Judged {
    let (head, due) = (&heads[index], &dates[index]);
    let never = question || parts.is_a_name(head, due, speaker);
    let verdict = if never {
        Verdict::Not { class: Class::Possible, rule: None }
    } else {
        match parts.verdict(head, !due.is_empty(), ahead(parts, head, due, said), speaker) {
            verdict @ Verdict::Not { .. } => verdict,
            verdict => parts.closed(head, due).unwrap_or(verdict),
        }
    };
    let loose = head.shape == Shape::EndState && loose(parts, head) && !dated_behind(head, due);
    let fit = !never && whole(head, !due.is_empty()) && !loose && !is_direction(parts, index, heads, dates);
    Judged { verdict, fit, evidence: None }
}

/// Lets the evidence decide each goal: what the rules have read of it is weighed with the words.
pub(super) fn weigh(
    parts: &Parts<'_>,
    heads: &[Head],
    dates: &[Vec<&Date>],
    judged: &mut [Judged],
    speaker: &Speaker<'_>,
) {
    let Some(evidence) = parts.rules.evidence().filter(|_| judged.iter().any(|judged| judged.fit)) else { return };
    let of_sentence = evidence.of_sentence(&signs(parts, heads, speaker));
    let own_side = parts.is_own_side(speaker);
    let said = |rule: &str| parts.cues.iter().any(|cue| parts.rules.rule(cue).name == rule);
    let (praises, doubts) = (said("praise"), said("doubted"));
    for (at, judged) in judged.iter_mut().enumerate().filter(|(_, judged)| judged.fit) {
        let signs = of_goal(parts, &heads[at], &dates[at], speaker);
        let Some(of_goal) = evidence.of_goal(&signs, &judged.verdict, own_side) else { continue };
        let weighed = of_sentence.and(of_goal);
        let promised = weighed.sum > 0.0;
        let verdict = match &judged.verdict {
            Verdict::Promised { .. } if !promised => Verdict::Not { class: Class::Unrelated, rule: None },
            // whoever is thanked or welcomed is another, and what is doubted is not promised
            Verdict::Promised { .. } => continue,
            Verdict::Reported { .. } if praises => continue,
            _ if !promised || doubts => continue,
            Verdict::Reported { rule, party } => Verdict::Promised { rule: *rule, party: party.clone() },
            Verdict::Not { .. } => Verdict::Promised { rule: None, party: Party::Nobody },
        };
        judged.verdict = verdict;
        judged.evidence = Some(weighed);
    }
}

/// Whether a date of its own, right behind or in front, lies in the future.
fn ahead(parts: &Parts<'_>, head: &Head, due: &[&Date], said: Option<PartialDate>) -> bool {
    let year = said.map_or(UNDATED, |said| chrono::Datelike::year(&said.last()));
    due.iter().any(|date| {
        let valued = parts.quantities.iter().any(|other| other.start >= head.end && other.end <= date.start);
        // "cut it to 4% and are on track to end it by 2027": the date of another verb
        let apart = parts.cues.iter().any(|cue| {
            cue.class == Class::Promise
                && cue.start >= head.end
                && cue.end <= date.start
                && (head.end..cue.start)
                    .any(|at| matches!(parts.word(at), "and" | "but" | ";") || (valued && parts.word(at) == ","))
        });
        // "cut it by 19% against a target of 25% by 2027"
        let weighed = valued
            && (head.end..date.start).any(|at| {
                matches!(parts.word(at), "against" | "versus" | "vs" | "toward" | "towards")
                    && (at + 1..at + 9).any(|at| parts.rules.lists("goal", parts.word(at)))
            });
        let apart = apart || weighed;
        let near = (date.start >= head.end && date.start < head.end + 10 && !apart && !date.fronted)
            || (date.fronted && date.start < head.end);
        let sure = match date.role {
            Role::Deadline(Op::By | Op::Before) => true,
            Role::Deadline(Op::In) => !date.relative,
            _ => false,
        };
        // "2.3 Mt in 2021 versus a 2031 target of 1.5 Mt"
        let named = date.role == Role::Named
            && date.end <= head.start
            && head.start < date.end + 5
            && (1..4).any(|back| matches!(parts.before(date.start, back), "against" | "versus" | "vs"));
        (near && sure || named) && date.year > year
    })
}

/// Whether a date stands right behind, or in front of all.
fn dated_behind(head: &Head, due: &[&Date]) -> bool {
    due.iter().any(|date| date.fronted || (date.start >= head.end && date.start < head.end + 8))
}

/// A goal needs a number, an end state, or a direction with a date.
fn whole(head: &Head, due: bool) -> bool {
    match head.shape {
        Shape::EndState | Shape::Value(_) | Shape::All => true,
        Shape::Eliminate | Shape::Peak | Shape::Bare => due || head.shape == Shape::Eliminate,
    }
}

/// "On the way to climate neutrality, we aim at net zero by 2044": where one goes,
/// beside a state with a day of its own.
fn is_direction(parts: &Parts<'_>, index: usize, heads: &[Head], dates: &[Vec<&Date>]) -> bool {
    let head = &heads[index];
    let way = |word: &str| matches!(word, "path" | "pathway" | "journey" | "way" | "road" | "transition" | "route");
    let state = |head: &Head| head.shape == Shape::EndState;
    let going = state(head)
        && matches!(parts.before(head.start, 1), "to" | "towards" | "toward")
        && (2..4).any(|back| way(parts.before(head.start, back)));
    let other = |at: usize| state(&heads[at]) && heads[at].topic != head.topic && dated_behind(&heads[at], &dates[at]);
    going && !dated_behind(head, &dates[index]) && (index + 1..heads.len()).any(other)
}

/// Whether an end state only describes another noun: "a carbon-neutral society".
fn loose(parts: &Parts<'_>, head: &Head) -> bool {
    // "Norland will be a net-zero society": what it is to be
    let article = 1 + usize::from(matches!(parts.before(head.start, 1), "first" | "fully" | "truly"));
    let be = matches!(parts.before(head.start, article), "a" | "an" | "the")
        && matches!(parts.before(head.start, article + 1), "be" | "become" | "becoming");
    // "to be the world's first carbon neutral trading nation"
    let link = |at: usize| {
        matches!(parts.word(at), "a" | "an" | "the" | "first" | "fully" | "truly" | "world" | "'s" | "very")
            || parts.tokens[at].is_name()
    };
    let first = parts.any(head.start.saturating_sub(2), head.start, |word| word == "first");
    let verb = (head.start.saturating_sub(7)..head.start).rfind(|&at| !link(at));
    let be_first = first && verb.is_some_and(|at| matches!(parts.word(at), "be" | "become" | "becoming"));
    if be_first && parts.any(head.end, head.end + 3, |word| matches!(word, "society" | "economy")) {
        return false;
    }
    if be && matches!(parts.word(head.end), "society" | "economy") {
        return false;
    }
    (head.end..head.end + 2)
        .take_while(|&at| {
            !matches!(parts.word(at), "and" | "," | "or")
                && !parts.dates.iter().any(|date| date.start <= at && at < date.end)
        })
        .any(|at| parts.rules.lists("described", parts.word(at)))
}
