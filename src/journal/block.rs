//! The text of one `[[progress]]` block, and of a file that it is appended to.

/// How the lines of a file end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// `\n`
    Unix,
    /// `\r\n`
    Windows,
}

impl Ending {
    /// The ending of a text's first line.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        if first.ends_with("\r\n") { Self::Windows } else { Self::Unix }
    }

    /// `text`, which has `\n`, with this ending.
    #[must_use]
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Unix => text.to_owned(),
            Self::Windows => text.replace('\n', "\r\n"),
        }
    }
}

/// Most lines in a row that another entry could have to the letter.
///
/// `merge=union` keeps both of two entries that were appended at one place, but
/// git first takes out what begins or ends alike, and where more than three
/// equal lines stand together it lets them stand once for both: two entries
/// would be woven into one. So the first and the last line of an entry carry a
/// mark of their own, and no more than three lines stand without one.
const MOST_UNMARKED: usize = 3;

/// One figure as it is to stand in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Keys and values as TOML, in order; the last line gets a mark as well.
    pub lines: Vec<(&'static str, String)>,
    /// A few characters that no other entry has.
    pub mark: String,
}

impl Entry {
    /// The block, with a `\n` after each line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("[[progress]]  # {}\n", self.mark);
        let mut unmarked = 0;
        for (index, (key, value)) in self.lines.iter().enumerate() {
            text.push_str(&format!("{key} = {value}"));
            let is_last = index + 1 == self.lines.len();
            if is_last || unmarked == MOST_UNMARKED {
                text.push_str(&format!("  # {}", self.mark));
                unmarked = 0;
            } else {
                unmarked += 1;
            }
            text.push('\n');
        }
        text
    }
}

/// What is to be appended to `old` so that `block` follows after a blank line.
#[must_use]
pub fn appended(old: &str, block: &str) -> String {
    let mut text = String::new();
    if !old.is_empty() && !old.ends_with('\n') {
        text.push('\n');
    }
    if !old.is_empty() && !old.ends_with("\n\n") && !old.ends_with("\n\r\n") {
        text.push('\n');
    }
    text.push_str(block);
    Ending::of(old).apply(&text)
}

/// A TOML string in double quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn no_more_than_three_lines_go_without_a_mark() {
        for count in 1..20 {
            let entry = Entry { lines: vec![("note", "1".to_owned()); count], mark: "abc123".to_owned() };
            let text = entry.text();
            let lines: Vec<&str> = text.lines().collect();
            let marked = |line: &&str| line.ends_with("# abc123");
            assert!(marked(&lines[0]) && marked(lines.last().unwrap()), "{text}");
            for window in lines.windows(MOST_UNMARKED + 1) {
                assert!(window.iter().any(marked), "{text}");
            }
        }
    }

    #[test]
    fn appends_after_one_blank_line_in_the_files_own_ending() {
        assert_eq!(appended("", "b\n"), "b\n");
        assert_eq!(appended("a\n", "b\n"), "\nb\n");
        assert_eq!(appended("a", "b\n"), "\n\nb\n");
        assert_eq!(appended("a\n\n", "b\n"), "b\n");
        assert_eq!(appended("a\r\n", "b\n"), "\r\nb\r\n");
        assert_eq!(appended("a\r\nb", "c\n"), "\r\n\r\nc\r\n");
    }

    #[test]
    fn quotes_what_a_reader_gets_back() {
        for text in ["plain", "a \"b\" \\ c", "tab\tline\nreturn\r", "\u{1b}[31m", "腾讯 “x”", "\u{7f}"] {
            let table: toml::Table = toml::from_str(&format!("x = {}", quoted(text))).unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }
}
