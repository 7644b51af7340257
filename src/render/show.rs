//! `show` as a page of text with a chart.

use std::io::{self, Write};

use super::chart::{ChartLook, chart};
use super::page::Page;
use super::words::{amendment_words, day_line, rounded, source_of, speaker_of, value_of};
use super::{Look, words};
use crate::report::{Account, Cells, Plot};

/// Writes one promise: who said it, its terms, its course, its figures.
///
/// # Errors
/// What the stream says.
pub fn write_show(account: &Account<'_>, look: Look, ascii: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(out, look).ascii(ascii);
    let row = &account.row;
    let cells = Cells::of(row);
    page.title(&format!("{}: {}", row.organisation, row.title))?;
    page.line(&crate::diag::visible(&format!("{}, {}, {}:{}", row.id, row.topic, row.file, row.line)))?;
    page.line(&day_line(account))?;
    page.line("")?;
    let assessment = &account.workings.assessment;
    page.status(cells.mark, ascii, cells.status, &assessment.reason)?;
    for (flag, why) in &account.workings.flags {
        page.row(&[("", 2), (flag.name(), 18)], why)?;
    }
    said(&mut page, account)?;
    terms(&mut page, account)?;
    course(&mut page, account, look, ascii)?;
    balance(&mut page, account)?;
    figures(&mut page, account)?;
    context(&mut page, account)
}

fn said(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("Said")?;
    for statement in account.statements() {
        let date = statement.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        page.row(&[("", 2), (&date, 12)], &speaker_of(statement))?;
        let lines = [
            statement.title.clone(),
            statement.url.clone(),
            statement.archive_url.as_ref().map(|url| format!("archived: {url}")),
            statement.file.as_ref().map(|file| format!("archived text: {file}")),
            statement.note.clone(),
        ];
        for line in lines.into_iter().flatten() {
            page.para(14, &line)?;
        }
    }
    let commitment = account.commitment;
    let words = [
        ("words", commitment.quote.as_ref().map(|quote| format!("\"{quote}\""))),
        ("in short", commitment.summary.clone()),
        ("covers", commitment.coverage.clone()),
        ("note", commitment.note.clone()),
    ];
    for (label, text) in words {
        if let Some(text) = text {
            page.row(&[("", 2), (label, 12)], &text)?;
        }
    }
    Ok(())
}

fn terms(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    page.heading("Terms")?;
    for term in &account.workings.terms {
        // What was never said needs no line.
        let unsaid = matches!(term.now.as_str(), "none" | "none named" | "nothing said");
        if unsaid && term.first == term.now {
            continue;
        }
        let text =
            if term.first == term.now { term.now.clone() } else { format!("{} (first {})", term.now, term.first) };
        page.row(&[("", 2), (term.term, 12)], &text)?;
    }
    let fates = &account.workings.assessment.in_force.fates;
    for fate in fates {
        let amendment = &account.commitment.amendments[fate.index];
        let late = if fate.late { " (too late, without effect)" } else { "" };
        let words = amendment_words(account.commitment, fate.index);
        page.row(&[("", 2), (&amendment.date.to_string(), 12)], &format!("{words}{late}"))?;
        let lines =
            [amendment.reason.clone(), amendment.speaker.clone(), amendment.title.clone(), amendment.url.clone()];
        for line in lines.into_iter().flatten() {
            page.para(14, &line)?;
        }
    }
    Ok(())
}

fn course(page: &mut Page<'_>, account: &Account<'_>, look: Look, ascii: bool) -> io::Result<()> {
    let plot = Plot::of(account);
    page.heading("Course")?;
    let width = page.width().unwrap_or(80).min(120).saturating_sub(2);
    let lines = chart(&plot, ChartLook { width, height: 12, ascii, colour: look.colour });
    if lines.is_empty() {
        return page.para(2, "nothing to draw: no figure, no baseline and no target with a level");
    }
    for line in lines {
        page.line(&format!("  {line}"))?;
    }
    summary(page, account)
}

/// The numbers of the report, in words below the chart.
fn summary(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let numbers = &account.workings.assessment.numbers;
    let cells = Cells::of(&account.row);
    let unit = account.row.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let mut parts = Vec::new();
    if numbers.progress.is_some() {
        parts.push(format!("progress {}", cells.progress_text.replace('–', "-")));
    }
    if let Some(expected) = numbers.expected_value {
        parts.push(format!("expected {}", rounded(expected, unit)));
    }
    if let Some(pace) = numbers.pace {
        parts.push(format!("pace {pace:.3}"));
    }
    if let Some(ahead) = numbers.years_ahead {
        parts.push(format!("{:.1} years {}", ahead.abs(), if ahead < 0.0 { "behind" } else { "ahead" }));
    }
    if let (Some(so_far), Some(needed)) = (numbers.pace_so_far, numbers.pace_needed) {
        parts.push(format!("so far {} a year, needed {}", rounded(so_far, unit), rounded(needed, unit)));
    }
    if let Some(outlook) = numbers.outlook {
        parts.push(format!("outlook {outlook}"));
    }
    if parts.is_empty() { Ok(()) } else { page.para(2, &parts.join("; ")) }
}

fn balance(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let Some(balance) = account.balance() else { return Ok(()) };
    let unit = account.row.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let value = |value: Option<f64>| value.map_or_else(|| "not given".to_owned(), |value| rounded(value, unit));
    let period = account.workings.assessment.latest.as_ref().map_or("", |point| point.period.text.as_str());
    page.heading(&format!("Before and after offsets, {period}"))?;
    page.row(&[("", 2), ("gross", 12)], &value(balance.gross))?;
    let share =
        balance.offsets_percent.map_or_else(String::new, |share| format!(", {} % of gross", words::digits(share)));
    page.row(&[("", 2), ("offsets", 12)], &format!("{}{share}", value(balance.offsets)))?;
    page.row(&[("", 2), ("net", 12)], &value(balance.net))
}

fn figures(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let name = account.metric.name.as_ref().unwrap_or(&account.metric.id);
    page.heading(&format!("Figures: {name}"))?;
    if account.workings.figures.is_empty() {
        return page.para(2, "none in this book");
    }
    let mut shown: Vec<usize> = account.workings.figures.iter().map(|fate| fate.figure).collect();
    shown.sort_by_key(|&index| {
        let figure = &account.dossier.figures[index];
        (figure.period.last, figure.period.first, figure.edition(), index)
    });
    let value = |index: usize| value_of(&account.dossier.figures[index], account.metric);
    let width = shown.iter().map(|&index| value(index).chars().count() + 2).max().unwrap_or(0).min(28);
    let period = shown.iter().map(|&index| account.dossier.figures[index].period.text.chars().count() + 2).max();
    for index in shown {
        let (figure, provenance) = account.figure(index);
        let fate = account.workings.figures.iter().find(|fate| fate.figure == index);
        let (edition, editions) = account.edition(index);
        let counted = figure.measured().is_some() && account.question.clock.counts(figure);
        let mut words = Vec::new();
        if counted && editions > 1 {
            words.push(format!("edition {edition} of {editions}"));
        }
        words.extend(fate.filter(|fate| fate.passed_over.is_some()).map(|fate| format!("passed over: {}", fate.words)));
        words.extend(figure.reported.map(|day| format!("reported {day}")));
        words.extend(Some(source_of(provenance)).filter(|source| !source.is_empty()));
        let cells = [("", 2), (figure.period.text.as_str(), period.unwrap_or(0)), (&value(index), width)];
        page.row(&cells, &words.join("; "))?;
    }
    Ok(())
}

fn context(page: &mut Page<'_>, account: &Account<'_>) -> io::Result<()> {
    let beside: Vec<_> = account.context().collect();
    if beside.is_empty() {
        return Ok(());
    }
    page.heading("Shown with it, never judged")?;
    for beside in beside {
        let name = beside.metric.name.as_ref().unwrap_or(&beside.metric.id);
        let value = beside.figure.map_or_else(
            || "no figure".to_owned(),
            |figure| format!("{} for {}", value_of(figure, beside.metric), figure.period),
        );
        page.para(2, &format!("{name}: {value}"))?;
    }
    Ok(())
}
