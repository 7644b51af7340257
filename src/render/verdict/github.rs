//! Annotations of GitHub's workflows: commands on stdout, at most ten of a kind
//! in a step, so the worst come first.

use std::io::{self, Write};

use super::{message, remarks, verdict_line};
use crate::diag::visible;
use crate::policy::{Judged, Outcome, Verdict};

/// GitHub shows no more of one kind for one step.
const MOST_OF_A_KIND: usize = 10;

const fn kind(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Error | Outcome::Deny => "error",
        Outcome::Warn => "warning",
        Outcome::Waived => "notice",
    }
}

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    for kind_of in ["error", "warning", "notice"] {
        let all: Vec<usize> = (0..verdict.len()).filter(|index| kind(verdict.outcome(*index)) == kind_of).collect();
        for index in all.iter().take(MOST_OF_A_KIND) {
            writeln!(out, "{}", annotation(&verdict.finding(*index)))?;
        }
        if all.len() > MOST_OF_A_KIND {
            let more = all.len() - MOST_OF_A_KIND;
            writeln!(out, "{more} more of the kind `{kind_of}` stand in the step summary")?;
        }
    }
    for line in remarks(verdict) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", verdict_line(verdict))
}

fn annotation(judged: &Judged) -> String {
    let place = &judged.finding.place;
    let mut properties = vec![("file", place.file.clone())];
    if place.line > 0 {
        properties.push(("line", place.line.to_string()));
        properties.push(("col", place.column.to_string()));
    }
    let subject = judged.subject.as_ref().map_or("", |subject| subject.title.as_deref().unwrap_or(subject.id()));
    let title = if subject.is_empty() {
        judged.finding.rule.to_string()
    } else {
        format!("{}: {subject}", judged.finding.rule)
    };
    properties.push(("title", visible(&title)));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let help = judged.finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {}", visible(help)));
    format!("::{} {}::{}", kind(judged.outcome), properties.join(","), data(&format!("{}{help}", message(judged))))
}

/// The runner's own escapes for a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The runner's own escapes for a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runner_reads_back_what_was_meant() {
        assert_eq!(data("100 %\nby: a, b\r"), "100 %25%0Aby: a, b%0D");
        assert_eq!(property("100 %: a, b\n"), "100 %25%3A a%2C b%0A");
    }
}
