//! Years and what they are for: deadlines, baselines, or neither.

use chrono::Datelike;

use super::calendar::{Core, month, relative, year};
use super::heads::UNDATED;
pub(crate) use super::role::{Op, Role};
use super::token::Token;
use crate::model::date::PartialDate;

/// A date with its place and role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) role: Role,
    pub(crate) year: i32,
    /// In the grammar of periods, calendar ones only: `2030`, `2029-Q3`.
    pub(crate) period: String,
    /// The text speaks of a fiscal year.
    pub(crate) fiscal: bool,
    /// The date of the statement was needed.
    pub(crate) relative: bool,
    /// Stands before what it dates: "By 2030, we will …".
    pub(crate) fronted: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

pub(super) fn text<'t>(tokens: &'t [Token<'_>], at: usize) -> &'t str {
    tokens.get(at).map_or("", |token| token.text)
}

/// The text `back` tokens before `at`.
pub(super) fn before<'t>(tokens: &'t [Token<'_>], at: usize, back: usize) -> &'t str {
    at.checked_sub(back).map_or("", |at| text(tokens, at))
}

/// Every date of a sentence; relative ones count from `said`.
pub(crate) fn dates(tokens: &[Token<'_>], said: Option<PartialDate>) -> Vec<Date> {
    let mut found: Vec<Date> = Vec::new();
    let mut at = 0;
    let said = said.map(|date| date.last().year());
    while at < tokens.len() {
        // "In 2015, we set out to … within five years": counted from there
        let single = |date: &Date| !matches!(text(tokens, date.end), "and" | "to" | "-");
        let told = found.iter().rfind(|date| date.role == Role::Other && date.start < 3 && date.start + 2 >= date.end);
        let told = told.filter(|date| single(date));
        let from = told.filter(|date| said.is_none_or(|said| date.year <= said)).map(|date| date.year).or(said);
        let Some(core) = relative(tokens, at, from).or_else(|| month(tokens, at)).or_else(|| year(tokens, at)) else {
            at += 1;
            continue;
        };
        at = core.end.max(at + 1);
        found.push(placed(tokens, core, found.last(), said));
    }
    corrected(tokens, &mut found);
    found
}

/// "in 2020 — 2030, I should say": the year said last is the one that is meant.
fn corrected(tokens: &[Token<'_>], dates: &mut [Date]) {
    let said = |from: usize, to: usize| {
        (from..to).any(|at| {
            matches!(text(tokens, at), "sorry" | "correction" | "pardon" | "rather" | "forgive")
                || matches!(
                    (text(tokens, at), text(tokens, at + 1)),
                    ("excuse", "me") | ("i", "mean") | ("should", "say") | ("—", "no")
                )
        })
    };
    // "halve it by 2031, brought forward to 2028": the day that it was moved to
    let moved = |from: usize, to: usize| {
        (from..to).any(|at| {
            text(tokens, at + 1) == "to"
                && (matches!(text(tokens, at), "forward" | "accelerated" | "advanced" | "postponed")
                    || (text(tokens, at) == "back" && before(tokens, at, 1) == "pushed"))
        })
    };
    for at in 1..dates.len() {
        let (earlier, later) = dates.split_at_mut(at);
        let (earlier, later) = (&mut earlier[at - 1], &mut later[0]);
        if matches!(earlier.role, Role::Deadline(_)) && moved(earlier.end, later.start + 1) {
            later.role = Role::Deadline(Op::By);
            later.fronted = false;
            earlier.role = Role::Other;
            continue;
        }
        let near = later.start < earlier.end + 16 && matches!(earlier.role, Role::Deadline(_));
        if near && (said(earlier.end, later.start) || said(later.end, later.end + 5)) {
            later.role = earlier.role;
            later.fronted = false;
            earlier.role = Role::Other;
        }
    }
}

/// Words between a preposition and its year.
const FILLERS: &[&str] = &[
    "the",
    "year",
    "years",
    "end",
    "of",
    "calendar",
    "our",
    "fiscal",
    "financial",
    "fy",
    "a",
    "start",
    "close",
    "conclusion",
    "beginning",
    "late",
    "early",
    "mid",
    "summer",
    "spring",
    "autumn",
    "winter",
    "[",
    "]",
    "about",
    "at",
    "latest",
    "-",
    "—",
    "20",
    "least",
    "ending",
    "\"",
    "an",
    "later",
    "no",
    "than",
];

/// Gives a core its role from the words around it.
fn placed(tokens: &[Token<'_>], core: Core, last: Option<&Date>, said: Option<i32>) -> Date {
    let mut start = core.start;
    let stop = last.map_or(0, |last| last.end);
    while start > stop && core.start - start < 8 && FILLERS.contains(&text(tokens, start - 1)) {
        start -= 1;
    }
    let (role, start) = match core.role {
        Some(_) if before(tokens, start, 1) == "before" => (Role::Deadline(Op::Before), start - 1),
        Some(op) => (Role::Deadline(op), start),
        None => role(tokens, &core, start, last, said),
    };
    let mut date = Date {
        role,
        year: core.year,
        period: core.period,
        fiscal: core.fiscal,
        relative: core.relative,
        fronted: false,
        start: start.min(core.start),
        end: core.end,
    };
    date.fronted = matches!(date.role, Role::Deadline(_) | Role::Bare) && fronted(tokens, &date);
    date
}

/// What is made for a year and is no goal: "the plans for 2030".
const PLANNED: &[&str] = &[
    "plan",
    "plans",
    "strategy",
    "forecast",
    "outlook",
    "vision",
    "agenda",
    "budget",
    "roadmap",
    "projections",
    "estimate",
    "expected",
    "figures",
    "results",
];

/// The role of a date whose words before it begin at `start`, and where its
/// phrase begins.
fn role(tokens: &[Token<'_>], core: &Core, start: usize, last: Option<&Date>, said: Option<i32>) -> (Role, usize) {
    let prep = before(tokens, start, 1);
    let begin = start.saturating_sub(1);
    let past = said.is_some_and(|said| core.year < said) || told_of(tokens, core, prep);
    // "brought forward from 2045 to 2030": the later word counts
    if prep == "from"
        && text(tokens, core.end) == "to"
        && tokens.get(core.end + 1).is_some_and(|next| next.year().is_some())
    {
        return (Role::Other, begin);
    }
    // "over 2024-2030"
    let average = matches!(text(tokens, core.end), "average" | "level" | "levels" | "baseline" | "base");
    if core.end > core.start + 2 && matches!(prep, "over" | "during") && !past && !average {
        return (Role::Deadline(Op::By), begin);
    }
    if is_noted(tokens, core) || is_interim(tokens, start) {
        return (Role::Other, begin);
    }
    if is_baseline(tokens, core, start, past) || is_start(tokens, core, start) {
        return (Role::Baseline, begin);
    }
    if matches!(prep, "post" | "pre") {
        return (Role::Other, begin);
    }
    let later_than = (start..core.start).any(|at| text(tokens, at) == "later");
    if let Some(op) = deadline_word(prep, before(tokens, start, 2)) {
        return (Role::Deadline(op), begin);
    }
    let compared =
        last.filter(|last| last.role == Role::Baseline && last.end + 3 >= start && matches!(prep, "and" | ","));
    if compared.is_some() && text(tokens, start) != "by" {
        return (Role::Baseline, start);
    }
    let together = last.filter(|last| last.end + 1 >= start && matches!(prep, "and" | "," | "or"));
    match prep {
        _ if later_than => (Role::Deadline(Op::By), start),
        _ if together.is_some_and(|last| matches!(last.role, Role::Deadline(_))) => {
            (together.map_or(Role::Other, |last| last.role), start)
        }
        "and" | ","
            if !past
                && last.is_some_and(|last| matches!(last.role, Role::Deadline(_)))
                && matches!(text(tokens, core.end), "for" | "across" | "in" | "" | "." | "," | "at") =>
        {
            (Role::Deadline(Op::In), start)
        }
        "to" if last.is_some_and(|last| last.role == Role::Other && last.end + 2 >= start) => {
            let told =
                tokens[..start].iter().any(|token| matches!(token.text, "has" | "have" | "had" | "was" | "were"));
            let over = past || (told && said == Some(core.year));
            (if over { Role::Other } else { Role::Deadline(Op::By) }, begin)
        }
        "to" | "and" if last.is_some_and(|last| last.end + 2 >= start && last.year < core.year) => {
            (Role::Deadline(Op::In), start)
        }
        "between" => (Role::Other, begin),
        "in" | "during" | "on" | "for" | "at" if past => (Role::Other, begin),
        "in" | "during" | "on" | "at" => (Role::Deadline(Op::In), begin),
        "to" | "towards" | "toward" if !past && is_name(tokens, core).is_none() => (Role::Deadline(Op::By), begin),
        "for" if !past && is_name(tokens, core).is_none() && !PLANNED.contains(&before(tokens, start, 2)) => {
            (Role::Deadline(Op::In), begin)
        }
        "from" | "beginning" | "starting" | "since" | "of" if past => (Role::Other, begin),
        "from" => (Role::Deadline(Op::From), begin),
        "as" if text(tokens, start) == "of" && core.year > said.unwrap_or(UNDATED) => (Role::Deadline(Op::From), begin),
        "around" | "circa" => (Role::Deadline(Op::Around), begin),
        _ => (is_name(tokens, core).unwrap_or(if past { Role::Other } else { Role::Bare }), core.start),
    }
}

/// "In 2018, we committed": the year of what was done, not of what is to come.
fn told_of(tokens: &[Token<'_>], core: &Core, prep: &str) -> bool {
    let comma = usize::from(text(tokens, core.end) == ",");
    let verb = |word: &str| {
        (word.len() > 4 && word.ends_with("ed") && word != "united")
            || matches!(word, "became" | "began" | "made" | "took" | "was" | "were" | "met" | "set")
    };
    let clause = (core.end + comma..core.end + comma + 5).map(|at| text(tokens, at));
    matches!(prep, "in" | "during")
        && core.start < 4
        && clause.take_while(|word| !matches!(*word, "will" | "be" | "to" | ",")).any(verb)
}

/// Words that make a deadline whatever the year.
fn deadline_word(prep: &str, earlier: &str) -> Option<Op> {
    Some(match prep {
        "by" | "until" | "till" | "through" | "come" | "than" | "within" => Op::By,
        "to" if matches!(earlier, "prior" | "close") => {
            return Some(if earlier == "prior" { Op::Before } else { Op::Around });
        }
        "to" if matches!(earlier, "up" | "out" | "period" | "leading") => Op::By,
        "as" if matches!(earlier, "early" | "soon" | "late") => Op::By,
        "per" if matches!(earlier, "capita" | "inhabitant" | "person" | "resident" | "%") => Op::By,
        "before" => Op::Before,
        "after" => Op::After,
        _ => return None,
    })
}

/// Nouns that a year names: "our 2030 target".
fn is_name(tokens: &[Token<'_>], core: &Core) -> Option<Role> {
    const GOALS: &[&str] = &[
        "target",
        "targets",
        "goal",
        "goals",
        "ambition",
        "ambitions",
        "commitment",
        "commitments",
        "pledge",
        "objective",
        "objectives",
    ];
    let near =
        (0..7).map(|ahead| text(tokens, core.end + ahead)).take_while(|word| !matches!(*word, "," | "." | "and"));
    let mut role = None;
    for (ahead, word) in near.enumerate() {
        if GOALS.contains(&word) {
            role = Some(Role::Named);
        } else if ahead == 0
            && matches!(word, "agenda" | "report" | "conference" | "edition" | "summit" | "budget" | "levels")
        {
            return Some(Role::Other);
        }
    }
    role.or_else(|| {
        let goal_for =
            matches!(before(tokens, core.start, 1), "for" | ":") && GOALS.contains(&before(tokens, core.start, 2));
        goal_for.then_some(Role::Named)
    })
}

/// "(p. 12, 2021)", "(2021 report, p14)": where it is written.
fn is_noted(tokens: &[Token<'_>], core: &Core) -> bool {
    let open = (core.start.saturating_sub(9)..core.start).rfind(|&at| matches!(text(tokens, at), "(" | ")" | "["));
    let Some(open) = open.filter(|&at| text(tokens, at) != ")") else { return false };
    let close = (core.end..tokens.len().min(core.end + 9)).find(|&at| matches!(text(tokens, at), ")" | "]"));
    let page = |at: usize| {
        let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let word = text(tokens, at);
        let paged = matches!(word, "p" | "pp" | "pg" | "pgs" | "page" | "pages" | "slide");
        (paged && tokens.get(at + 1).is_some_and(|next| digits(next.raw)))
            || ["p", "pp", "pg"].iter().any(|start| word.strip_prefix(start).is_some_and(digits))
    };
    close.is_some_and(|close| (open..close).any(page))
}

/// "net zero by 2050, with interim targets in 2027 and 2035": years whose targets are
/// not said.
fn is_interim(tokens: &[Token<'_>], start: usize) -> bool {
    let mut at = start;
    while at > 0
        && (tokens[at - 1].year().is_some() || matches!(text(tokens, at - 1), "and" | "," | "in" | "for" | "by"))
    {
        at -= 1;
    }
    let interim = |word: &str| {
        matches!(word, "interim" | "intermediate" | "intermediary" | "milestone" | "near" | "mid" | "checkpoint")
    };
    let noun = matches!(before(tokens, at, 1), "target" | "targets" | "goals" | "milestones" | "checkpoints");
    let with = |at: usize| matches!(text(tokens, at), "with" | "including" | "plus" | "and" | "through" | "via");
    at < start && noun && (2..4).any(|back| interim(before(tokens, at, back))) && (at.saturating_sub(6)..at).any(with)
}

/// "from 130 g in 2015 to 95 g": where it starts from.
fn is_start(tokens: &[Token<'_>], core: &Core, start: usize) -> bool {
    let from = (start.saturating_sub(7)..start).rfind(|&at| matches!(text(tokens, at), "from" | "to" | "by" | ","));
    let counted =
        |from: usize| (from + 1..start).any(|at| tokens[at].number().is_some() && tokens[at].year().is_none());
    matches!(before(tokens, start, 1), "in" | "during")
        && text(tokens, core.end) == "to"
        && from.is_some_and(|at| text(tokens, at) == "from" && counted(at))
}

/// What is compared with: "from 2019 levels", "against a 2015 baseline".
fn is_baseline(tokens: &[Token<'_>], core: &Core, start: usize, past: bool) -> bool {
    const LEVELS: &[&str] =
        &["level", "levels", "baseline", "base", "values", "value", "figure", "figures", "benchmark"];
    const COMPARED: &[&str] =
        &["compared", "relative", "versus", "vs", "against", "respect", "comparison", "baseline", "reference", "base"];
    let skip = usize::from(matches!(text(tokens, core.end), "'s" | "year" | "fiscal" | ")"));
    let prep = before(tokens, start, 1);
    // "compared to BAU in 2030": the year that both are looked at
    let projected = matches!(before(tokens, start, 2), "bau" | "usual" | "scenario" | "projection" | "projections");
    if projected && !past && matches!(prep, "in" | "by" | "for") {
        return false;
    }
    if LEVELS.contains(&text(tokens, core.end)) || (skip == 1 && LEVELS.contains(&text(tokens, core.end + 1))) {
        return true;
    }
    if matches!(prep, "by" | "until" | "before" | "after") {
        return false;
    }
    // "below where they were in 2005", "than what it was in 1990"
    let was = |back: usize| matches!(before(tokens, start, back), "was" | "were" | "stood");
    let where_it = |back: usize| matches!(before(tokens, start, back), "where" | "what");
    if prep == "in" && past && was(2) && (3..7).any(where_it) {
        return true;
    }
    if matches!(prep, "below" | "over" | "under" | "above" | "since" | "vs" | "versus" | "against") {
        return true;
    }
    let near = (1..=7).map(|back| before(tokens, core.start, back));
    let compared = near
        .take_while(|word| !matches!(*word, "" | "by" | "until" | "before" | ";" | ")") && word.parse::<i32>().is_err())
        .any(|word| COMPARED.contains(&word));
    compared || (prep == "than") || (prep == "from" && past)
}

/// Whether it stands before what it dates.
fn fronted(tokens: &[Token<'_>], date: &Date) -> bool {
    let (earlier, next) = (before(tokens, date.start, 1), text(tokens, date.end));
    let opens = matches!(
        earlier,
        "" | "," | ";" | ":" | "—" | "-" | "*" | "(" | "\"" | "and" | "but" | "that" | "so" | "." | "'"
    );
    let closes =
        matches!(next, "" | "." | ")" | "and" | "or" | ";" | "at" | "from" | "compared" | "relative" | "against" | "(");
    // "and from 2031 at least 40%"
    let least = next == "at" && matches!(text(tokens, date.end + 1), "least" | "most");
    let closes = closes && !(least && earlier == "and");
    if earlier == "and" && !least && matches!(next, "for" | "across" | "in" | "throughout" | "," | "at") {
        return false;
    }
    let first = date.start == 0 || matches!(earlier, "" | ":" | ";" | "*" | "\"" | "." | "that");
    let apart = closes || (earlier == "," && next == ",");
    opens && (first && !matches!(next, "" | ".") || !apart)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::extract::token::tokens;

    fn read(text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        let dates = dates(&tokens(text, &lower), PartialDate::parse("2022-05"));
        let words: Vec<String> = dates.iter().map(|date| format!("{:?} {}", date.role, date.period)).collect();
        words.join(", ")
    }

    #[test]
    fn tells_deadlines_from_baselines_and_other_years() {
        for (text, wanted) in [
            ("cut by 40% by 2031 from 2019 levels", "Deadline(By) 2031, Baseline 2019"),
            ("no later than 2044, compared with 2010", "Deadline(By) 2044, Baseline 2010"),
            ("before 2060", "Deadline(Before) 2060"),
            ("prior to 2040", "Deadline(Before) 2040"),
            ("by the end of 2025", "Deadline(By) 2025"),
            ("by FY2033 against a FY2018 base year", "Deadline(By) 2033, Baseline 2018"),
            ("by the third quarter of 2029", "Deadline(By) 2029-Q3"),
            ("by June 2024", "Deadline(By) 2024-06"),
            ("by 31 March 2027", "Deadline(By) 2027-03-31"),
            ("within five years", "Deadline(By) 2027"),
            ("over the next decade", "Deadline(By) 2032"),
            ("by the end of this decade", "Deadline(By) 2030"),
            ("before the middle of the century", "Deadline(Before) 2050"),
            ("by mid-century", "Deadline(Around) 2050"),
            ("In 2020 we met our 2025 target", "Other 2020, Named 2025"),
            ("in 2027/28", "Deadline(In) 2028"),
            ("cut it by 5% over 2024-2030", "Deadline(By) 2030"),
            ("by the end of 2030.2", "Deadline(By) 2030"),
            ("by year-end 2030", "Deadline(By) 2030"),
            ("$4 billion over five years", "Deadline(In) 2027"),
            ("the post-2020 regime", "Other 2020"),
            ("cut it by a half (p. 9, 2023) by 2031", "Other 2023, Deadline(By) 2031"),
            ("net zero by 2048, with interim targets in 2028 and 2036", "Deadline(By) 2048, Other 2028, Other 2036"),
            ("from 6% in 2023 to 20% by 2030", "Baseline 2023, Deadline(By) 2030"),
            ("the cut by 2031 was brought forward to 2028", "Other 2031, Deadline(By) 2028"),
            ("2.1 t per capita per 2036", "Deadline(By) 2036"),
            ("by 2025, and from 2028 at least 30%", "Deadline(By) 2025, Deadline(From) 2028"),
            ("between 2024 and 2030", "Other 2024, Deadline(In) 2030"),
            ("by 2030 and 2040", "Deadline(By) 2030, Deadline(By) 2040"),
            ("the 2030 Agenda", "Other 2030"),
            ("at COP26 in 2021", "Other 2021"),
            ("since 2015", "Baseline 2015"),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }
}
