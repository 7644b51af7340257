//! Plain text, Markdown and HTML into blocks of clean text that know where
//! each of their bytes stood in the file.

use std::ops::Range;

/// What the file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Paragraphs parted by blank lines.
    Plain,
    /// Plain text with marks.
    Markdown,
    /// A page.
    Html,
}

/// Longest block in bytes, so that one endless line stays bounded.
const MOST_BYTES: usize = 32_768;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Paragraph,
    Heading,
    Item,
}

/// One paragraph, heading or list item; white space folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) text: String,
    pub(crate) sort: Sort,
    /// Where runs of the text begin: here, and in the file.
    runs: Vec<(usize, usize)>,
}

impl Block {
    /// The place in the file of a range of the block's text.
    pub(crate) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.original(range.start);
        let last = self.text[..range.end].char_indices().next_back().map_or(0, |(at, _)| at);
        let width = self.text[last..range.end].len();
        start..(self.original(last.max(range.start)) + width).max(start)
    }

    fn original(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|&(here, _)| here <= at).saturating_sub(1);
        self.runs.get(run).map_or(0, |&(here, there)| there + (at - here))
    }
}

/// Collects the text of one block.
pub(crate) struct Builder<'f> {
    block: Block,
    blank: bool,
    /// The next byte of the file that would continue the run.
    next: usize,
    out: &'f mut dyn FnMut(Block),
}

impl<'f> Builder<'f> {
    pub(crate) fn new(out: &'f mut dyn FnMut(Block)) -> Self {
        Self {
            block: Block { text: String::new(), sort: Sort::Paragraph, runs: Vec::new() },
            blank: false,
            next: usize::MAX,
            out,
        }
    }

    /// Adds a stretch of the file that stands at `at`.
    pub(crate) fn add(&mut self, text: &str, at: usize) {
        let bytes = text.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            let run = bytes[from..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
            if run > 0 {
                self.run_of(&text[from..from + run], at + from);
                from += run;
                continue;
            }
            let Some(c) = text[from..].chars().next() else { break };
            let offset = from;
            from += c.len_utf8();
            if c.is_whitespace() || c.is_control() || is_unseen(c) {
                self.blank |= c.is_whitespace() || c.is_control();
            } else {
                self.push(c, at + offset, c.len_utf8());
            }
        }
    }

    /// Adds one character that the file writes in `width` bytes at `at`.
    pub(crate) fn push(&mut self, c: char, at: usize, width: usize) {
        if self.blank && !self.block.text.is_empty() {
            if self.block.text.len() >= MOST_BYTES {
                self.end(self.block.sort);
            } else {
                self.run(at.saturating_sub(1));
                self.block.text.push(' ');
            }
        } else if self.block.text.len() >= 2 * MOST_BYTES {
            self.end(self.block.sort);
        }
        self.blank = false;
        if at != self.next || self.block.text.is_empty() {
            self.run(at);
        }
        self.block.text.push(c);
        self.next = if width == c.len_utf8() { at + width } else { usize::MAX };
    }

    /// Adds printable ASCII characters in one piece.
    fn run_of(&mut self, run: &str, at: usize) {
        let Some(first) = run.chars().next() else { return };
        self.push(first, at, 1);
        for (index, piece) in run.as_bytes()[1..].chunks(MOST_BYTES).enumerate() {
            if self.block.text.len() >= 2 * MOST_BYTES {
                self.end(self.block.sort);
                self.run(at + 1 + index * MOST_BYTES);
            }
            // all of it is ASCII, which is text by itself
            self.block.text.push_str(std::str::from_utf8(piece).unwrap_or_default());
        }
        self.next = at + run.len();
    }

    fn run(&mut self, at: usize) {
        let here = self.block.text.len();
        match self.block.runs.last_mut() {
            Some(last) if last.0 == here => last.1 = at,
            _ => self.block.runs.push((here, at)),
        }
        self.next = at + 1;
    }

    pub(crate) fn space(&mut self) {
        self.blank = true;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.block.text.is_empty()
    }

    /// Ends the block; `next` is what the one after it is.
    pub(crate) fn end(&mut self, next: Sort) {
        let fresh = Block { text: String::new(), sort: next, runs: Vec::new() };
        let block = std::mem::replace(&mut self.block, fresh);
        (self.blank, self.next) = (false, usize::MAX);
        if !block.text.is_empty() {
            (self.out)(block);
        }
    }
}

/// Characters that only say where a line may break.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}')
}

/// Hands out the blocks of a text in their order.
pub(crate) fn blocks(text: &str, form: Form, out: &mut dyn FnMut(Block)) {
    match form {
        Form::Html => super::html::blocks(text, out),
        Form::Plain | Form::Markdown => lines(text, form == Form::Markdown, out),
    }
}

impl Form {
    /// The form a file's name and first words speak for.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
        let mut end = text.len().min(1_024);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let head = text[..end].trim_start().to_ascii_lowercase();
        if ends(&[".html", ".htm", ".xhtml"]) || head.starts_with("<!doctype html") || head.starts_with("<html") {
            Self::Html
        } else if ends(&[".md", ".markdown"]) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

fn lines(text: &str, markdown: bool, out: &mut dyn FnMut(Block)) {
    let mut builder = Builder::new(out);
    let mut at = 0;
    let mut fenced = false;
    let mut short: Option<bool> = None;
    for line in text.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let trimmed = line.trim();
        if markdown && (trimmed.starts_with("```") || trimmed.starts_with("~~~")) {
            fenced = !fenced;
            builder.end(Sort::Paragraph);
            continue;
        }
        if trimmed.is_empty() || fenced || is_rule(trimmed) {
            builder.end(Sort::Paragraph);
            short = None;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let (sort, marker) = marker(trimmed, markdown);
        // a short line without a stop and a capital after it: a heading
        let heading = short == Some(true) && trimmed.starts_with(char::is_uppercase);
        if sort != Sort::Paragraph || heading || trimmed.starts_with('|') {
            builder.end(sort);
        }
        let first = builder.is_empty();
        let start = from + indent + marker;
        if markdown {
            marked(&trimmed[marker..], start, &mut builder);
        } else {
            builder.add(&trimmed[marker..], start);
        }
        builder.space();
        short = Some(first && trimmed.len() < 50 && !trimmed.ends_with(['.', '!', '?', ':', ',', ';']));
        if sort == Sort::Heading {
            builder.end(Sort::Paragraph);
            short = None;
        }
    }
    builder.end(Sort::Paragraph);
}

/// A line of dashes, stars or equals signs.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'*' | b'_' | b' ' | b'|' | b':'))
}

/// What a line is by its first characters, and how many bytes they take.
fn marker(line: &str, markdown: bool) -> (Sort, usize) {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if markdown && (1..=6).contains(&hashes) {
        return (Sort::Heading, hashes);
    }
    if markdown && line.starts_with('>') {
        return (Sort::Paragraph, 1);
    }
    for mark in ["- ", "* ", "+ ", "• ", "– ", "· ", "▪ ", "● "] {
        if line.starts_with(mark) {
            return (Sort::Item, mark.len());
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let listed = (1..=2).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "));
    if listed { (Sort::Item, digits + 2) } else { (Sort::Paragraph, 0) }
}

/// Markdown without its marks: emphasis, code, links, images, tags; what is
/// struck out was taken back.
fn marked(line: &str, at: usize, builder: &mut Builder<'_>) {
    let bytes = line.as_bytes();
    let mut from = 0;
    let mut here = 0;
    while here < bytes.len() {
        let skip = match bytes[here] {
            b'\\' if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => {
                // The mark behind it stands for itself.
                builder.add(&line[from..here], at + from);
                (from, here) = (here + 1, here + 2);
                continue;
            }
            b'*' | b'`' => 1,
            b'~' | b'<' if struck(&line[here..]) > 0 => struck(&line[here..]),
            b'_' if edge(bytes, here) => 1,
            b'|' => 1,
            b'[' if here > 0 && bytes[here - 1] == b'!' => closing(bytes, here, b']'),
            b'[' | b'!' if bytes[here] == b'[' || bytes.get(here + 1) == Some(&b'[') => 1,
            b']' if bytes.get(here + 1) == Some(&b'(') => 1 + closing(bytes, here + 1, b')'),
            b']' => 1,
            b'<' if bytes
                .get(here + 1)
                .is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/' || *next == b'!') =>
            {
                closing(bytes, here, b'>')
            }
            _ => 0,
        };
        if skip == 0 {
            here += 1;
            continue;
        }
        builder.add(&line[from..here], at + from);
        if bytes[here] == b'|' {
            builder.space();
        }
        here += skip;
        from = here;
    }
    builder.add(&line[from..], at + from);
}

/// Bytes of what is struck out, where `text` begins with it: `~~…~~`, `<s>…</s>`
/// or `<del>…</del>` within the line.
fn struck(text: &str) -> usize {
    const STRUCK: [(&str, &str); 4] = [("~~", "~~"), ("<s>", "</s>"), ("<del>", "</del>"), ("<strike>", "</strike>")];
    let found = STRUCK.iter().find(|(open, _)| text.starts_with(open));
    let Some((open, close)) = found else { return 0 };
    let inside = &text.as_bytes()[open.len()..];
    let near = &inside[..inside.len().min(2_000)];
    let end = near.windows(close.len()).position(|bytes| bytes == close.as_bytes());
    end.map_or(0, |end| open.len() + end + close.len())
}

/// Whether an underscore stands at the edge of a word.
fn edge(bytes: &[u8], at: usize) -> bool {
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !(word(at.checked_sub(1).and_then(|before| bytes.get(before))) && word(bytes.get(at + 1)))
}

/// Bytes from `at` through the next `close`, near by; 1 where there is none.
fn closing(bytes: &[u8], at: usize, close: u8) -> usize {
    bytes[at..].iter().take(2_000).position(|&byte| byte == close).map_or(1, |found| found + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, form: Form) -> Vec<String> {
        let mut found = Vec::new();
        blocks(text, form, &mut |block| {
            let place = block.place(&(0..block.text.len()));
            assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end), "{place:?}");
            found.push(block.text);
        });
        found
    }

    #[test]
    fn plain_text_is_cut_at_blank_lines_headings_and_items() {
        let text = "Our goals\nWe will be\r\nneutral.\n\n- one\n- two\n  more\n3. three\n";
        assert_eq!(read(text, Form::Plain), ["Our goals", "We will be neutral.", "one", "two more", "three"]);
    }

    #[test]
    fn markdown_loses_its_marks_and_keeps_its_places() {
        let text = "# Goals\n\nBy **2030** we [will](https://x.example) `halve` it_now.\n\n> quoted _word_\n\n```\ncode\n```\n";
        assert_eq!(read(text, Form::Markdown), ["Goals", "By 2030 we will halve it_now.", "quoted word"]);
        blocks(text, Form::Markdown, &mut |block| {
            if let Some(at) = block.text.find("will") {
                assert_eq!(&text[block.place(&(at..at + 4))], "will");
            }
        });
    }

    #[test]
    fn markdown_loses_what_is_struck_out_and_keeps_what_is_escaped() {
        let text = "By <s>2031</s> \\[2036\\] ~~a tenth~~ half, 5 \\* 5, a\\b, ~~open, <s>open and ~one~";
        assert_eq!(read(text, Form::Markdown), ["By [2036] half, 5 * 5, a\\b, ~~open, open and ~one~"]);
    }

    #[test]
    fn one_endless_line_comes_in_pieces() {
        let found = read(&"a b".repeat(60_000), Form::Plain);
        assert!(found.len() > 3 && found.iter().all(|block| block.len() < 70_000));
        assert!(read(&"x".repeat(300_000), Form::Plain).len() > 3);
    }
}
