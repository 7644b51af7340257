//! What long names are cut to: the first letters of their words, and others of theirs.

use super::speaker::Speaker;
use super::token::Token;

/// Letters that stand for a body everybody knows, whoever speaks.
const KNOWN: &[&str] = &[
    "un", "us", "uk", "eu", "usa", "uae", "epa", "imo", "iea", "ipcc", "wwf", "who", "cop", "ngo", "sec", "icao",
    "iata", "ceo", "cdp", "gri", "iso", "esg", "csr", "oecd", "imf", "asean", "nato",
];

/// What a name of many words may be called: with and without its country and
/// its small words.
pub(super) fn initials(words: &[&str]) -> Vec<String> {
    let small = |word: &&&str| matches!(**word, "of" | "and" | "the");
    let country = words.iter().take_while(|word| matches!(**word, "us" | "uk" | "u" | "s" | "k")).count();
    let letters =
        |words: &mut dyn Iterator<Item = &&str>| -> String { words.filter_map(|word| word.chars().next()).collect() };
    let plain = letters(&mut words.iter().filter(|word| !small(word)));
    let mut found = Vec::new();
    if plain.chars().count() > 1 {
        found.extend([plain.chars().take(2).collect(), plain.chars().take(3).collect(), plain.clone()]);
    }
    // "S4N" of Steel for Norland
    if words.contains(&"for") {
        found.push(
            words.iter().filter_map(|word| if *word == "for" { Some('4') } else { word.chars().next() }).collect(),
        );
    }
    // "ABC" of Alder Borough: its council
    let seat =
        matches!(words.last(), Some(&("borough" | "district" | "county" | "city" | "town" | "shire" | "parish")));
    if seat {
        found.push(format!("{plain}c"));
    }
    if words.len() > country + 2 {
        found.push(letters(&mut words[country..].iter().filter(|word| !small(word))));
        found.push(letters(&mut words[country..].iter()));
    }
    found
}

/// The bodies that a description names: those beside "and", in brackets, behind commas.
pub(super) fn parts(lower: &str) -> impl Iterator<Item = &str> {
    lower.split([',', '(', ')', '/', ';']).flat_map(|part| part.split(" and ")).map(str::trim)
}

/// Whether a short name has the initials of a body in their order, and otherwise
/// nothing but letters of it: "isdb" of the Islamic Development Bank.
pub(super) fn abbreviates(name: &str, body: &[String]) -> bool {
    let small =
        |word: &&String| !matches!(word.as_str(), "of" | "and" | "the" | "for" | "de" | "da" | "do" | "la" | "del");
    let within = |part: &str, whole: &str| {
        let mut whole = whole.chars();
        part.chars().all(|letter| whole.any(|other| other == letter))
    };
    let initials: String = body.iter().filter(small).filter_map(|word| word.chars().next()).collect();
    let count = initials.chars().count();
    name.len() < 12
        && count > 1
        && (3..=count + 2).contains(&name.chars().count())
        && name.starts_with(|first| initials.starts_with(first))
        && within(&initials, name)
        && within(name, &body.concat())
}

impl Speaker<'_> {
    /// "AZ" of Azenta, "HBC" of Haldenbank Coast: capitals that run through the name from
    /// the first letter of each of its words.
    pub(super) fn is_short_for(&self, token: &Token<'_>) -> bool {
        let letters = token.raw;
        (2..6).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && !KNOWN.contains(&token.text)
            && !self.rules.lists("no-party", token.text)
            && self.titles.iter().any(|words| self.runs_through(token.text, words))
    }

    /// Whether letters begin with that of the first word and go on, in order, through it
    /// and all that follow; words that name nobody may be left out.
    fn runs_through(&self, letters: &str, words: &[String]) -> bool {
        let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
        let passed = self.rules.lists("no-name", word) && self.runs_through(letters, rest);
        let mut chars = letters.chars();
        let opens = chars.next().is_some_and(|first| word.starts_with(first));
        passed || (opens && self.within(chars.as_str(), word.get(1..).unwrap_or(""), rest))
    }

    /// The letters that are left, in what is left of a word and the words behind it.
    fn within(&self, letters: &str, word: &str, rest: &[String]) -> bool {
        if self.runs_through(letters, rest) {
            return true;
        }
        let mut chars = letters.chars();
        let Some(next) = chars.next() else { return false };
        word.char_indices()
            .any(|(at, letter)| letter == next && self.within(chars.as_str(), &word[at + letter.len_utf8()..], rest))
    }
}
