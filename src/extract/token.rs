//! Words, numbers and marks of one sentence, with their places.

use rust_decimal::Decimal;

use super::units::CURRENCIES;
use crate::model::number::Number;

/// Longest sentence that is read, in tokens; what follows is left alone.
const MOST_TOKENS: usize = 600;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, in lower case; hyphens part words.
    Word,
    /// Digits, with decimals and groups of three.
    Number(Decimal),
    /// Anything else that counts: `,`, `(`, `%`, `$`.
    Mark,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'s> {
    /// In lower case, apostrophes straightened.
    pub(crate) text: &'s str,
    /// As written.
    pub(crate) raw: &'s str,
    pub(crate) kind: Kind,
    /// First byte in the sentence.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

impl Token<'_> {
    /// Whether it is a word with a capital, at its beginning or, as in `eBay`,
    /// behind it. Units of gases are no names.
    pub(crate) fn is_name(&self) -> bool {
        let first = self.raw.starts_with(char::is_uppercase);
        let inner = || self.raw.len() > 4 && self.raw.chars().any(char::is_uppercase);
        let counted = || self.raw.starts_with(|c: char| c.is_ascii_digit());
        self.kind == Kind::Word && (first || counted() || inner()) && !self.text.contains("co2")
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<Decimal> {
        match self.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    /// A whole number of four digits as a year, written without commas.
    pub(crate) fn year(&self) -> Option<i32> {
        let (digits, note) = self.raw.split_at_checked(4)?;
        let year = digits.parse::<i32>().ok()?;
        // the number of a footnote may be glued to it: 20401
        let glued = note.len() == 1 && note != "0" && note.bytes().all(|byte| byte.is_ascii_digit());
        let dotted = note.strip_prefix('.').is_some_and(|note| matches!(note.len(), 1..=2));
        let glued = glued || dotted;
        ((note.is_empty() && (1900..=2199).contains(&year))
            || (glued && (2025..=2060).contains(&year) && year % 5 == 0))
            .then_some(year)
    }

    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// Cuts a sentence into tokens. `lower` is the same text in ASCII lower case.
pub(crate) fn tokens<'s>(text: &'s str, lower: &'s str) -> Vec<Token<'s>> {
    let mut tokens = Vec::with_capacity(lower.len() / 5);
    let mut at = 0;
    while at < text.len() && tokens.len() < MOST_TOKENS {
        let rest = &lower[at..];
        // Official transcripts strike out a slip of the tongue: <s>2025</s> [2035].
        if let Some(cut) = struck(rest) {
            at += cut;
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        if let Some((tail, length)) = tail_word(text, at, rest) {
            tokens.push(Token {
                text: tail,
                raw: &text[at..at + length],
                kind: Kind::Word,
                start: at,
                end: at + length,
            });
            at += length;
            continue;
        }
        // a stop inside a sentence ends an abbreviation, not a clause
        let stop = first == '.' && lower[at + 1..].contains(char::is_alphanumeric);
        if stop || (first == ',' && is_company_form(&text[at + 1..], &lower[at + 1..])) {
            at += 1;
            continue;
        }
        let named = named_length(text, at);
        let length = if named > 0 {
            named
        } else if first.is_ascii_digit() {
            number_length(rest)
        } else if first.is_alphabetic() {
            word_length(rest)
        } else {
            first.len_utf8()
        };
        let end = at + length;
        if !joins(text, at, end, first) {
            let (raw, text) = (&text[at..end], &lower[at..end]);
            let name = (named > 0).then_some(Token { text, raw, kind: Kind::Word, start: at, end });
            tokens.extend(name.or_else(|| token(raw, text, at, end)));
        }
        at = end;
    }
    tokens
}

/// The length of a name that begins a sentence with a digit, as "4Trees pledges" does; 0
/// where it is a number with its unit.
fn named_length(text: &str, at: usize) -> usize {
    let opens = text[..at].trim_matches([' ', '"', '“', '*', '•']).is_empty();
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let letters = text[at + digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = &text[at + digits..at + digits + letters];
    let unit = name.len() > 1 && name.bytes().skip(1).all(|byte| byte.is_ascii_uppercase())
        || name.ends_with(['t', 'h', 'W', 'K', 'C']);
    let told = text[at + digits + letters..].strip_prefix(' ').is_some_and(|rest| {
        let verb = rest.split(' ').next().unwrap_or_default();
        verb.ends_with('s') && verb.len() > 3 || matches!(verb, "Ltd" | "Inc" | "has" | "will" | "is" | "Group" | "plc")
    });
    let counts =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && digits > 0 && digits < 4 && opens && told && !unit;
    if counts { digits + letters } else { 0 }
}

/// "Norsk Cement Co., Ltd.": the comma parts no clause.
fn is_company_form(text: &str, lower: &str) -> bool {
    let rest = lower.trim_start();
    let form = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    text.trim_start().starts_with(char::is_uppercase)
        && matches!(form, "ltd" | "limited" | "inc" | "incorporated" | "llc" | "corp" | "plc" | "gmbh" | "lp" | "llp")
}

/// The tail of "we've" and "Norway's" is a word of its own.
fn tail_word(text: &str, at: usize, rest: &str) -> Option<(&'static str, usize)> {
    let mark = ['\'', '’'].into_iter().find(|&mark| rest.starts_with(mark))?.len_utf8();
    if !text[..at].ends_with(char::is_alphabetic) {
        return None;
    }
    let letters = rest[mark..].chars().take_while(|c| c.is_alphabetic()).count();
    let tails = [("s", "'s"), ("ve", "'ve"), ("ll", "'ll"), ("re", "'re"), ("t", "'t"), ("d", "'d"), ("m", "'m")];
    let (tail, word) = tails.into_iter().find(|(tail, _)| letters == tail.len() && rest[mark..].starts_with(tail))?;
    Some((word, mark + tail.len()))
}

/// Whether a hyphen only joins: "net-zero" reads as "net zero", "6-8" does not.
fn joins(text: &str, at: usize, end: usize, first: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return false };
    matches!(first, '-' | '‐' | '‑' | '–')
        && ((before.is_alphabetic() && after.is_alphanumeric()) || (before.is_numeric() && after.is_alphabetic()))
}

fn struck(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("<s>")?;
    let near = &inner.as_bytes()[..inner.len().min(200)];
    near.windows(4).position(|window| window == b"</s>").map(|found| found + 7)
}

fn token<'s>(raw: &'s str, lower: &'s str, start: usize, end: usize) -> Option<Token<'s>> {
    let first = lower.chars().next()?;
    if first.is_ascii_digit() {
        let decimal = raw.split_once(',').is_some_and(|(_, cents)| cents.len() < 3);
        let plain = raw.replace(',', if decimal { "." } else { "" });
        let kind = Number::parse(&plain).map_or(Kind::Mark, |number| Kind::Number(number.value));
        return Some(Token { text: lower, raw, kind, start, end });
    }
    if first.is_alphabetic() {
        let text = match lower {
            "co₂" => "co2",
            "co₂e" => "co2e",
            other => other,
        };
        return Some(Token { text, raw, kind: Kind::Word, start, end });
    }
    let text = match first {
        '\'' | '’' | '‘' => "'",
        '-' | '‐' | '‑' | '–' | '−' => "-",
        '—' => "—",
        '•' | '*' | '·' | '▪' | '●' => "*",
        '“' | '”' | '"' => "\"",
        '٪' | '％' => "%",
        c if c.is_whitespace() || c.is_control() => return None,
        _ => lower,
    };
    Some(Token { text, raw, kind: Kind::Mark, start, end })
}

fn word_length(rest: &str) -> usize {
    // U.S., U.K., U.N.
    let bytes = rest.as_bytes();
    if bytes.len() > 3 && bytes[1] == b'.' && bytes[2].is_ascii_alphabetic() && bytes[3] == b'.' {
        return 4;
    }
    rest.char_indices()
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '₂' | '₄' | '²' | '³' | '\u{300}'..='\u{36f}')))
        .map_or(rest.len(), |(at, _)| at)
        .min(split_at_digits(rest))
}

/// `FY2030` and `US$5` are two words; `CO2e`, `m3`, `H2` and `5G` are one.
fn split_at_digits(rest: &str) -> usize {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = rest.as_bytes()[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    // `RM30 billion`, `EUR5m`
    let money = letters > 1 && digits > 0 && CURRENCIES.iter().any(|(word, _)| *word == &rest[..letters]);
    if money {
        return letters;
    }
    if (digits == 4 || (digits == 2 && &rest[..letters] == "fy")) && letters > 0 { letters } else { rest.len() }
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    if end <= 3 {
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    // 32,6% is written so in many countries
    let cents = digits(end + 1);
    if end <= 3 && bytes.get(end) == Some(&b',') && (1..3).contains(&cents) && bytes.get(end + 1 + cents) == Some(&b'%')
    {
        return end + 1 + cents;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

/// The value of a number word.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    const WORDS: &[(&str, u32)] = &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
    ];
    WORDS.iter().find(|(known, _)| *known == word).map(|&(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        tokens(text, &lower).iter().map(|token| token.text.to_owned()).collect()
    }

    #[test]
    fn parts_words_numbers_and_marks() {
        assert_eq!(
            words("We’ve cut CO₂ by 1,250.5 t (46%)."),
            ["we", "'ve", "cut", "co2", "by", "1,250.5", "t", "(", "46", "%", ")", "."]
        );
        assert_eq!(words("Net-zero by FY2030/31"), ["net", "zero", "by", "fy", "2030", "/", "31"]);
        assert_eq!(words("by <s>2029</s> [2039]"), ["by", "[", "2039", "]"]);
    }

    #[test]
    fn the_form_of_a_company_is_a_part_of_its_name() {
        assert_eq!(
            words("Norsk Cement Co., Ltd. and Ada, Inc. cut"),
            ["norsk", "cement", "co", "ltd", "and", "ada", "inc", "cut"]
        );
        assert_eq!(words("Alder, Limited by law"), ["alder", "limited", "by", "law"]);
    }

    #[test]
    fn a_year_has_four_digits_and_no_comma() {
        let lower = "in 2030 and 2,030 or 203";
        let years: Vec<i32> = tokens(lower, lower).iter().filter_map(Token::year).collect();
        assert_eq!(years, [2030]);
    }
}
