//! The report as a Markdown table, for pages and pull requests.

use std::io::{self, Write};

use super::{headline, summary};
use crate::diag::visible;
use crate::report::{Cells, Report};

/// Writes the report as a Markdown table with its head and summary lines.
///
/// # Errors
/// What the stream says.
pub fn write_markdown(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**", headline(report))?;
    let mut group = None;
    if report.is_empty() {
        writeln!(out)?;
    }
    for (index, row) in report.rows().enumerate() {
        let heading = report.group(index);
        if group.as_ref() != Some(&heading) {
            writeln!(out)?;
            if report.group_by.is_some() {
                writeln!(out, "### {}\n", escaped(&heading))?;
            }
            writeln!(
                out,
                "| status | organisation | promise | progress | expected | latest | target | deadline | data | flags |"
            )?;
            writeln!(out, "| --- | --- | --- | ---: | ---: | --- | --- | --- | --- | --- |")?;
            group = Some(heading);
        }
        let cells = Cells::of(&row);
        let deadline =
            if cells.left.is_empty() { cells.deadline.clone() } else { format!("{} ({})", cells.deadline, cells.left) };
        let columns = [
            format!("{} {}{}", cells.mark.symbol(), cells.status, cells.first_words()),
            escaped(&row.organisation),
            escaped(&row.title),
            cells.progress_text.clone(),
            escaped(&cells.expected_value),
            escaped(&cells.latest),
            escaped(&cells.target),
            deadline,
            cells.age.clone(),
            cells.flags.join(", "),
        ];
        writeln!(out, "| {} |", columns.join(" | "))?;
    }
    writeln!(out)?;
    for line in summary(report) {
        writeln!(out, "{line}  ")?;
    }
    Ok(())
}

/// Text that Markdown would read as markup is escaped.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '|' | '\\' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
