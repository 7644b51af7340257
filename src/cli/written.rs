//! What every command that writes tells: the lines that changed, the status
//! before and after, the command that comes next.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::context::{Context, Failure};
use super::ids::resolve;
use crate::assess::{Question, Version};
use crate::diag::{Finding, visible};
use crate::journal::JournalError;
use crate::model::book::Dossier;
use crate::model::commitment::Commitment;
use crate::model::settings::Settings;
use crate::report::{Cells, Row, row};
use crate::sync::Book;

/// Lines shown before and after a change.
const AROUND: usize = 3;

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        let mut lines = vec![visible(&error.to_string())];
        if matches!(error, JournalError::Changed(_) | JournalError::Busy(..)) {
            lines.push("run the command again".to_owned());
        }
        Self::Environment(lines)
    }
}

/// A refusal in the reader's own words.
pub(crate) fn refusal(what: &str, findings: &[Finding]) -> Failure {
    let mut lines = Vec::new();
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        lines.push(format!("{what}{}", finding.message));
        lines.extend(finding.help.clone());
    }
    lines.push("nothing was written".to_owned());
    Failure::Usage(lines)
}

/// Records that are already in the book and cannot be read.
pub(crate) fn in_the_way(context: &Context, path: &str, findings: &[Finding]) -> Result<Failure, Failure> {
    context.tell(findings)?;
    Ok(Failure::Invalid(vec![
        format!("`{path}` has errors, so nothing is added to it"),
        "mend the lines shown above first".to_owned(),
    ]))
}

/// The promise that is to be written to. One whose organisation has errors is
/// in the book and yet not among those that can be judged: that is said.
pub(crate) fn resolve_in<'b>(book: &'b Book, typed: &str) -> Result<(&'b Dossier, &'b Commitment), Failure> {
    resolve(&book.organisations, typed).map_err(|failure| {
        let organisation = typed.split('/').next().unwrap_or_default();
        let is_its = |finding: &&Finding| {
            let file = finding.place.file.rsplit('/').next().unwrap_or_default();
            finding.is_error() && file.split('.').next() == Some(organisation)
        };
        match book.findings.iter().find(is_its) {
            Some(finding) => Failure::Invalid(vec![
                format!("`{typed}` cannot be written to: `{}` has errors", finding.place.file),
                "mend the lines shown above first; `pledgebook edit` opens the file".to_owned(),
            ]),
            None => failure,
        }
    })
}

/// Whether somebody sits at the terminal to be asked.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on the terminal; an empty answer, or the end of the input, is `None`.
pub(crate) fn ask(question: &str) -> Result<Option<String>, Failure> {
    let mut stderr = anstream::stderr().lock();
    write!(stderr, "{} ", visible(question))?;
    stderr.flush()?;
    let mut answer = String::new();
    let read = io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Failure::Environment(vec![format!("the answer cannot be read: {error}")]))?;
    let answer = answer.trim();
    Ok((read > 0 && !answer.is_empty()).then(|| answer.to_owned()))
}

/// Prints the change of one file as a unified diff.
pub(crate) fn write_diff(path: &str, old: Option<&str>, new: &str, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let shown = visible(path);
    match old {
        Some(_) => writeln!(out, "{bold}--- {shown}{bold:#}")?,
        None => writeln!(out, "{bold}--- /dev/null{bold:#}")?,
    }
    writeln!(out, "{bold}+++ {shown}{bold:#}")?;
    let old: Vec<&str> = old.unwrap_or_default().split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    let from = before.saturating_sub(AROUND);
    let (old_to, new_to) = ((old.len() - after + AROUND).min(old.len()), (new.len() - after + AROUND).min(new.len()));
    let range = |from: usize, to: usize| format!("{},{}", if to > from { from + 1 } else { from }, to - from);
    let cyan = AnsiColor::Cyan.on_default();
    writeln!(out, "{cyan}@@ -{} +{} @@{cyan:#}", range(from, old_to), range(from, new_to))?;
    let mut lines = |sign: char, lines: &[&str], style: Style| -> io::Result<()> {
        for line in lines {
            writeln!(out, "{style}{sign}{}{style:#}", visible(line.trim_end_matches(['\n', '\r'])))?;
            if !line.ends_with('\n') {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
        Ok(())
    };
    lines(' ', &old[from..before], Style::new())?;
    lines('-', &old[before..old.len() - after], AnsiColor::Red.on_default())?;
    lines('+', &new[before..new.len() - after], AnsiColor::Green.on_default())?;
    lines(' ', &old[old.len() - after..old_to], Style::new())
}

/// The judgement of one promise on the context's day.
pub(crate) fn judged(
    context: &Context,
    settings: &Settings,
    dossier: &Dossier,
    commitment: &Commitment,
) -> Option<Row> {
    row(
        dossier,
        commitment,
        &Question { clock: context.clock, version: Version::Current, settings: &settings.assessment },
    )
}

/// Prints how a promise stood and how it stands.
pub(crate) fn write_status(id: &str, before: Option<&Row>, after: Option<&Row>, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let Some(after) = after else {
        return writeln!(out, "{bold}{}{bold:#}: not promised yet on the day judged", visible(id));
    };
    let new = Cells::of(after);
    let old = before.map(Cells::of);
    let pair = |of: &dyn Fn(&Cells) -> String| {
        let now = of(&new);
        match old.as_ref().map(of) {
            Some(then) if then != now => format!("{} -> {}", visible(&then), visible(&now)),
            Some(_) if before.is_some() => format!("{} (as before)", visible(&now)),
            _ => visible(&now),
        }
    };
    writeln!(out, "{bold}{}{bold:#}: {}", visible(id), pair(&|cells| cells.status.to_owned()))?;
    writeln!(out, "  latest {}", pair(&|cells| cells.latest.clone()))?;
    if new.progress.is_some() {
        writeln!(out, "  progress {}", pair(&|cells| cells.progress_text.clone()))?;
    }
    writeln!(out, "  {}", visible(&after.judgement.reason))
}

/// The command that comes next, with the book that this one was given.
pub(crate) fn write_next(context: &Context, command: &str, out: &mut dyn Write) -> io::Result<()> {
    let book = context.book.as_deref().map_or_else(String::new, |book| format!(" --book {}", shell_word(book)));
    writeln!(out, "next: pledgebook{book} {command}")
}

/// A path as a word of a shell's command line.
pub(crate) fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '\\' | ':');
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn diff(old: Option<&str>, new: &str) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write_diff("a.toml", old, new, &mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn shows_what_changed_and_a_little_around_it() {
        assert_eq!(diff(None, "a\n"), "--- /dev/null\n+++ a.toml\n@@ -0,0 +1,1 @@\n+a\n");
        assert_eq!(
            diff(Some("1\n2\n3\n4\n5\n"), "1\n2\n3\n4\nx\n5\n"),
            "--- a.toml\n+++ a.toml\n@@ -2,4 +2,5 @@\n 2\n 3\n 4\n+x\n 5\n"
        );
        assert_eq!(
            diff(Some("1\r\n2"), "1\r\n2\r\n3\r\n"),
            "--- a.toml\n+++ a.toml\n@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end of file\n+2\n+3\n"
        );
    }
}
