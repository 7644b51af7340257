//! `explain` as a page of text.

use std::io::{self, Write};

use super::Look;
use super::page::Page;
use super::words::{amendment_words, cause_words, day_line, digits, rounded, source_of, value_of, with_unit};
use crate::assess::workings::{Given, Quantity, Worked};
use crate::report::{Account, Mark};

/// Writes every number of a judgement with its formula, rule and origin.
///
/// # Errors
/// What the stream says.
pub fn write_explain(account: &Account<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, look);
    let row = &account.row;
    page.title(&format!("{}: {}", row.organisation, row.title))?;
    page.line(&crate::diag::visible(&format!("{}, {}:{}", row.id, row.file, row.line)))?;
    page.line(&day_line(account))?;
    page.line("")?;
    let assessment = &account.workings.assessment;
    page.status(Mark::of(assessment.status), false, assessment.status.name(), &assessment.reason)?;
    for (flag, why) in &account.workings.flags {
        page.row(&[("", 2), (flag.name(), 18)], why)?;
    }
    givens(&mut page, account)?;
    balance(&mut page, account)?;
    numbers(&mut page, account)?;
    steps(&mut page, account)?;
    figures(&mut page, account)?;
    terms(&mut page, account)?;
    turns(&mut page, account)
}

/// A number in the words of its quantity; `full` keeps its digits.
fn quantity(value: f64, quantity: Quantity, unit: &str) -> String {
    match quantity {
        Quantity::Value => with_unit(&digits(value), unit),
        Quantity::PerYear => format!("{} a year", with_unit(&digits(value), unit)),
        Quantity::Percent => format!("{} %", digits(value)),
        Quantity::Ratio | Quantity::Position => digits(value),
        Quantity::Years => format!("{} years", digits(value)),
        Quantity::Days => format!("{} days", digits(value)),
    }
}

fn unit<'a>(account: &'a Account<'_>) -> &'a str {
    account.row.unit.as_ref().map_or("", |unit| unit.text.as_str())
}

fn givens(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("The values put in")?;
    let shown: Vec<(&Given, String)> = account
        .workings
        .givens
        .iter()
        .map(|given| {
            let written = given.written.as_ref().map(|written| with_unit(written, unit(account)));
            (given, written.unwrap_or_else(|| quantity(given.value, given.quantity, unit(account))))
        })
        .collect();
    if shown.is_empty() {
        return page.para(2, "none: no figure, no baseline and no deadline");
    }
    let width = shown.iter().map(|(_, value)| value.chars().count() + 2).max().unwrap_or(0);
    for (given, value) in shown {
        page.row(&[("", 2), (given.name, 4), (&value, width)], &given.from)?;
    }
    Ok(())
}

fn balance(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let Some(balance) = account.balance() else { return Ok(()) };
    let value =
        |value: Option<f64>| value.map_or_else(|| "not given".to_owned(), |value| rounded(value, unit(account)));
    page.heading("Before and after offsets")?;
    page.row(&[("", 2), ("gross", 10)], &value(balance.gross))?;
    let share = balance.offsets_percent.map_or_else(String::new, |share| format!(", {} % of gross", digits(share)));
    page.row(&[("", 2), ("offsets", 10)], &format!("{}{share}", value(balance.offsets)))?;
    page.row(&[("", 2), ("net", 10)], &value(balance.net))
}

/// Times are shown among the values put in, and the values needed below.
fn numbers(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let shown = |number: &&Worked| number.quantity != Quantity::Position || number.name == "path_reaches_value_at";
    let numbers: Vec<&Worked> =
        account.workings.numbers.iter().filter(shown).filter(|number| !number.name.starts_with("needed.")).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    page.heading("The numbers")?;
    for number in numbers {
        page.row(&[("", 2), (&number.name, 25)], &quantity(number.result, number.quantity, unit(account)))?;
        let inputs: Vec<String> =
            number.inputs.iter().map(|(name, value)| format!("{name} = {}", digits(*value))).collect();
        page.para(6, &format!("{}, with {}", number.formula, inputs.join(", ")))?;
        page.para(6, &format!("rule {}: {}", number.law.name, number.law.origin))?;
    }
    Ok(())
}

fn steps(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("The status: the first rule that fits")?;
    for step in &account.workings.steps {
        let answer = if step.holds { "yes" } else { "no" };
        let test = step.test.as_ref().map_or_else(String::new, |test| {
            let inputs: Vec<String> =
                test.inputs.iter().map(|(name, value)| format!("{name} = {}", digits(*value))).collect();
            format!(": {} with {}", test.formula, inputs.join(", "))
        });
        page.row(&[("", 2), (answer, 5), (step.status.name(), 13)], &format!("{}{test}", step.asks))?;
    }
    let settings = account.question.settings;
    page.para(
        2,
        &format!(
            "bands: on-track from {}, at-risk from {} (Eurostat); comparisons allow 1e-9 of the larger side",
            settings.on_track, settings.at_risk
        ),
    )
}

fn figures(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading(&format!("The figures of `{}`", account.metric.id))?;
    if account.workings.figures.is_empty() {
        return page.para(2, "none in this book");
    }
    let shown: Vec<(&str, String, String)> = account
        .workings
        .figures
        .iter()
        .map(|fate| {
            let (figure, provenance) = account.figure(fate.figure);
            let reported = figure.reported.map_or_else(String::new, |day| format!("; reported {day}"));
            let source = source_of(provenance);
            let source = if source.is_empty() { source } else { format!("; {source}") };
            let use_word = if fate.passed_over.is_some() { "passed over: " } else { "" };
            let words = format!("{use_word}{}{reported}{source}; line {}", fate.words, figure.line);
            (figure.period.text.as_str(), value_of(figure, account.metric), words)
        })
        .collect();
    let period = shown.iter().map(|(period, ..)| period.chars().count() + 2).max().unwrap_or(0);
    let value = shown.iter().map(|(_, value, _)| value.chars().count() + 2).max().unwrap_or(0).min(28);
    for (of, amount, words) in &shown {
        page.row(&[("", 2), (of, period), (amount, value)], words)?;
    }
    Ok(())
}

fn terms(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("The terms, and what set them")?;
    for term in &account.workings.terms {
        let by = match term.set_by {
            None => "as first promised".to_owned(),
            Some(index) if term.first == term.now => {
                format!("set by the amendment of {}, as first promised", account.commitment.amendments[index].date)
            }
            Some(index) => {
                let amendment = &account.commitment.amendments[index];
                format!("set by the amendment of {} (line {}), first {}", amendment.date, amendment.line, term.first)
            }
        };
        page.row(&[("", 2), (term.term, 12)], &format!("{}; {by}", term.now))?;
    }
    let deadline = &account.workings.assessment.in_force.terms.deadline;
    let day = deadline.day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    page.para(2, &format!("the words `{deadline}` give {day}: {}", deadline.rule()))?;
    for index in &account.workings.late {
        let amendment = &account.commitment.amendments[*index];
        let words = amendment_words(account.commitment, *index);
        page.para(
            2,
            &format!(
                "without effect, for it came after the deadline then in force: the amendment of {} (line {}), {words}",
                amendment.date, amendment.line
            ),
        )?;
    }
    Ok(())
}

fn turns(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("What would change the status")?;
    let turns = &account.workings.turns;
    for words in &turns.words {
        page.para(2, words)?;
    }
    let unit = unit(account);
    let numbers = &account.workings.assessment.numbers;
    if let (Some(so_far), Some(needed)) = (numbers.pace_so_far, numbers.pace_needed) {
        page.para(2, &format!("so far {} a year, needed {} a year", rounded(so_far, unit), rounded(needed, unit)))?;
    }
    for needed in &turns.needed {
        let early = if needed.too_early { "; still too early to judge" } else { "" };
        page.para(
            2,
            &format!(
                "for the period to {}: on-track from {}, at-risk from {}; the path expects {}{early}",
                needed.end,
                rounded(needed.on_track, unit),
                rounded(needed.at_risk, unit),
                rounded(needed.expected, unit)
            ),
        )?;
    }
    if !turns.needed.is_empty() {
        page.para(
            2,
            "  (S - band * (S - P), P the path's value at that day; a path that asks for less takes P or S itself)",
        )?;
    }
    if turns.by_time.is_empty() {
        return page.para(2, "time alone changes nothing");
    }
    for turn in &turns.by_time {
        let causes: Vec<String> =
            turn.causes.iter().map(|cause| cause_words(*cause, account.dossier, account.commitment)).collect();
        let flags: Vec<&str> = turn.assessment.flags.iter().map(|flag| flag.name()).collect();
        let flags = if flags.is_empty() { String::new() } else { format!(" ({})", flags.join(", ")) };
        let words =
            format!("without news from {}: {}{flags}, for {}", turn.date, turn.assessment.status, causes.join("; "));
        page.para(2, &words)?;
    }
    Ok(())
}
