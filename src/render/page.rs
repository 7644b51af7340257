//! Headings, paragraphs and rows of a page of text, wrapped to a width.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::Look;
use crate::diag::visible;
use crate::report::Mark;

/// A page being written.
pub(crate) struct Page<'o> {
    out: &'o mut dyn Write,
    look: Look,
    /// Whether the spaces inside numbers are to be ASCII's.
    ascii: bool,
}

impl<'o> Page<'o> {
    /// A page on `out`.
    pub(crate) fn new(out: &'o mut dyn Write, look: Look) -> Self {
        Self { out, look, ascii: false }
    }

    /// The same with ASCII's own spaces inside numbers.
    pub(crate) fn ascii(self, ascii: bool) -> Self {
        Self { ascii, ..self }
    }

    /// Columns; without a width lines are as long as they are.
    pub(crate) fn width(&self) -> Option<usize> {
        self.look.width.map(usize::from)
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    /// A heading with an empty line above it.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        let bold = if self.look.colour { Style::new().bold() } else { Style::new() };
        writeln!(self.out, "\n{bold}{}{bold:#}", visible(text))
    }

    /// A line that stands out.
    pub(crate) fn title(&mut self, text: &str) -> io::Result<()> {
        let bold = if self.look.colour { Style::new().bold() } else { Style::new() };
        for line in wrapped(&visible(text), self.width()) {
            writeln!(self.out, "{bold}{line}{bold:#}")?;
        }
        Ok(())
    }

    /// A status with its mark in colour, followed by words.
    pub(crate) fn status(&mut self, mark: Mark, ascii: bool, status: &str, words: &str) -> io::Result<()> {
        self.marked("", (mark, symbol(mark, ascii)), status, words)
    }

    /// A date, then a status with its mark in colour, followed by words.
    pub(crate) fn dated_status(&mut self, date: &str, mark: Mark, status: &str, words: &str) -> io::Result<()> {
        self.marked(&format!("{date}  "), (mark, mark.symbol()), status, words)
    }

    fn marked(&mut self, before: &str, (mark, symbol): (Mark, &str), status: &str, words: &str) -> io::Result<()> {
        let colour = match mark {
            Mark::Good => Some(AnsiColor::Green),
            Mark::Warn => Some(AnsiColor::Yellow),
            Mark::Bad => Some(AnsiColor::Red),
            Mark::Unknown => Some(AnsiColor::Magenta),
            Mark::Neutral => None,
        };
        let style = match colour {
            Some(colour) if self.look.colour => Style::new().bold().fg_color(Some(colour.into())),
            _ => Style::new(),
        };
        let head = before.width() + 2 + status.width() + 2;
        let width = self.width().map(|width| width.saturating_sub(head).max(20));
        for (index, line) in wrapped(&visible(words), width).iter().enumerate() {
            if index == 0 {
                let line = format!("{before}{style}{symbol} {status}{style:#}  {line}");
                writeln!(self.out, "{}", line.trim_end())?;
            } else {
                writeln!(self.out, "{:head$}{line}", "")?;
            }
        }
        Ok(())
    }

    /// A paragraph, indented.
    pub(crate) fn para(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.row(&[("", indent)], text)
    }

    /// Cells of fixed widths, then words that wrap beside them.
    pub(crate) fn row(&mut self, cells: &[(&str, usize)], text: &str) -> io::Result<()> {
        let mut head = String::new();
        let mut used = 0;
        for (cell, width) in cells {
            let cell = visible(cell);
            // A cell that is too long pushes the rest to the right.
            used = (used + width).max(head.width() + cell.width() + usize::from(!cell.is_empty()));
            head.push_str(&cell);
            head.push_str(&" ".repeat(used - head.width()));
        }
        let indent: usize = cells.iter().map(|(_, width)| width).sum();
        let room = self.width().map(|width| width.saturating_sub(indent.max(used)).max(20));
        let mut lines = wrapped(&visible(text), room);
        if self.ascii {
            // Only now, so that no line breaks inside a number.
            for line in &mut lines {
                *line = line.replace(|c: char| c.is_whitespace(), " ");
            }
        }
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                writeln!(self.out, "{}", format!("{head}{line}").trim_end())?;
            } else {
                writeln!(self.out, "{}{line}", " ".repeat(used))?;
            }
        }
        Ok(())
    }
}

/// The mark of a status as one character.
pub(crate) const fn symbol(mark: Mark, ascii: bool) -> &'static str {
    if !ascii {
        return mark.symbol();
    }
    match mark {
        Mark::Good => "+",
        Mark::Warn => "!",
        Mark::Bad => "x",
        Mark::Unknown => "?",
        Mark::Neutral => ".",
    }
}

/// `text` in lines of at most `width` columns, broken at spaces; a longer word
/// keeps a line of its own. At least one line.
pub(crate) fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else { return vec![text.trim_end().to_owned()] };
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.width();
        let last = lines.len() - 1;
        if used > 0 && used + 1 + length > width {
            lines.push(word.to_owned());
            used = length;
        } else {
            if used > 0 {
                lines[last].push(' ');
                used += 1;
            }
            lines[last].push_str(word);
            used += length;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_at_spaces() {
        assert_eq!(wrapped("ab cd efghijk l", Some(5)), ["ab cd", "efghijk", "l"]);
        assert_eq!(wrapped("", Some(5)), [""]);
        assert_eq!(wrapped("a  b", None), ["a  b"]);
        assert_eq!(wrapped("腾讯 净零", Some(5)), ["腾讯", "净零"]);
    }
}
