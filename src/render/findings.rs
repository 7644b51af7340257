//! Findings as a compiler prints them: what, where, the line, what would be right.

use std::borrow::Borrow;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Look;
use crate::diag::{Finding, Place, visible};

/// Writes findings one after the other, with excerpts.
///
/// # Errors
/// What the stream says.
pub fn write_findings<F: Borrow<Finding>>(
    findings: impl IntoIterator<Item = F>,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(usize::from(look.width.unwrap_or(140)));
    for finding in findings {
        writeln!(out, "{}\n", one(finding.borrow(), &renderer))?;
    }
    Ok(())
}

fn one(finding: &Finding, renderer: &Renderer) -> String {
    let level = if finding.is_error() { Level::ERROR } else { Level::WARNING };
    let message = visible(&finding.message);
    let rule = finding.rule.to_string();
    let help = finding.help.as_deref().map(visible);
    // Places of one file share a snippet, so that both lines show in order.
    let marks: Vec<(&Place, &str, bool)> = std::iter::once((&finding.place, "", true))
        .chain(finding.related.iter().map(|related| (&related.place, related.label.as_str(), false)))
        .collect();
    let texts: Vec<Marked> = marks.iter().map(|(place, _, _)| Marked::of(place)).collect();
    let files: Vec<String> = marks.iter().map(|(place, _, _)| visible(&place.file)).collect();
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(rule.as_str()));
    for (((place, label, primary), text), file) in marks.iter().zip(&texts).zip(&files) {
        if place.line == 0 {
            group = group.element(Origin::path(file.as_str()));
            continue;
        }
        let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(text.span.clone());
        let annotation = if label.is_empty() { annotation } else { annotation.label(*label) };
        let snippet = Snippet::source(text.text.as_str()).line_start(place.line as usize).path(file.as_str());
        group = group.element(snippet.annotation(annotation));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut out = renderer.render(&[group]);
    for (((place, ..), text), file) in marks.iter().zip(&texts).zip(&files) {
        // The column is the file's own; in the excerpt hidden characters are shown and so take more room.
        let shown = text.text[..text.span.start].chars().count() + 1;
        if place.line > 0 && shown != place.column as usize {
            let prefix = format!("{file}:{}:", place.line);
            out = out.replacen(&format!("{prefix}{shown}"), &format!("{prefix}{}", place.column), 1);
        }
    }
    out
}

/// A line with control characters made visible, and the byte range marked in it.
struct Marked {
    text: String,
    span: std::ops::Range<usize>,
}

impl Marked {
    fn of(place: &Place) -> Self {
        let skip = place.column.saturating_sub(1) as usize;
        let before: String = place.text.chars().take(skip).collect();
        let marked: String = place.text.chars().skip(skip).take(place.width as usize).collect();
        let after: String = place.text.chars().skip(skip + place.width as usize).collect();
        // A tab is one character here and one column in the excerpt.
        let clean = |text: &str| visible(text);
        let (before, marked, after) = (clean(&before), clean(&marked), clean(&after));
        // Past the end of the line a blank is there to be marked.
        let marked = if marked.is_empty() { " ".to_owned() } else { marked };
        let span = before.len()..before.len() + marked.len();
        Self { text: format!("{before}{marked}{after}"), span }
    }
}
