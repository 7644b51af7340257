//! Patterns of rules: what they say and where they match.

use std::collections::{BTreeMap, HashMap};

use super::token::{Kind, Token};

#[derive(Debug, Clone)]
pub(super) enum Element {
    Words(Words),
    Gap(usize),
    Number,
}

/// Words that an element takes, by their numbers in the vocabulary.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    bits: Vec<u64>,
    /// The numbers themselves, for the index.
    pub(super) ids: Vec<u32>,
    /// Any word with a capital.
    pub(super) name: bool,
}

impl Words {
    fn add(&mut self, id: u32) {
        let at = id as usize / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (id % 64);
        self.ids.push(id);
    }

    fn has(&self, id: u32) -> bool {
        self.bits.get(id as usize / 64).is_some_and(|bits| bits >> (id % 64) & 1 == 1)
    }

    fn fit(&self, key: &Key) -> bool {
        key.ids.iter().take_while(|&&id| id != 0).any(|&id| self.has(id)) || (self.name && key.name)
    }
}

/// Every word and beginning of all patterns, numbered from 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, u32>,
    /// Beginnings by their first byte.
    starts: HashMap<u8, Vec<(String, u32)>>,
    count: u32,
}

/// What a token is to patterns: itself and the beginnings it has, then zeros.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Key {
    pub(super) ids: [u32; 8],
    pub(super) name: bool,
    pub(super) number: bool,
    /// A mark that no gap crosses.
    stop: bool,
}

impl Vocabulary {
    fn word(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        self.count += 1;
        self.words.insert(word.to_owned(), self.count);
        self.count
    }

    fn start(&mut self, start: &str) -> u32 {
        let list = self.starts.entry(start.bytes().next().unwrap_or_default()).or_default();
        if let Some((_, id)) = list.iter().find(|(known, _)| known == start) {
            return *id;
        }
        self.count += 1;
        list.push((start.to_owned(), self.count));
        self.count
    }

    /// The key of a token; nothing begins in more than seven ways.
    pub(super) fn key(&self, token: &Token<'_>) -> Key {
        let begun = token.text.bytes().next().and_then(|byte| self.starts.get(&byte));
        let begun = begun.into_iter().flatten().filter(|(start, _)| token.text.starts_with(start.as_str()));
        let mut ids = [0; 8];
        let all = self.words.get(token.text).copied().into_iter().chain(begun.map(|&(_, id)| id));
        for (place, id) in ids.iter_mut().zip(all) {
            *place = id;
        }
        Key {
            ids,
            name: token.is_name(),
            number: token.number().is_some(),
            stop: token.kind == Kind::Mark && matches!(token.text, ";" | ":" | "." | "!" | "?"),
        }
    }
}

pub(super) fn elements(
    pattern: &str,
    lists: &BTreeMap<String, Vec<String>>,
    vocabulary: &mut Vocabulary,
) -> Result<Vec<Vec<Element>>, &'static str> {
    let mut rows: Vec<Vec<Element>> = vec![Vec::new()];
    for part in pattern.split_whitespace() {
        let (optional, part) = part.strip_prefix('?').map_or((false, part), |rest| (true, rest));
        let element = element(part, lists, vocabulary)?;
        let without = optional.then(|| rows.clone());
        for row in &mut rows {
            row.push(element.clone());
        }
        rows.extend(without.into_iter().flatten());
    }
    if rows.iter().any(|row| row.is_empty() || matches!(row[0], Element::Gap(_))) {
        return Err("has to begin with a word");
    }
    Ok(rows)
}

fn element(
    part: &str,
    lists: &BTreeMap<String, Vec<String>>,
    vocabulary: &mut Vocabulary,
) -> Result<Element, &'static str> {
    if let Some(length) = part.strip_prefix("..") {
        let length: usize = length.parse().map_err(|_| "has a gap without its length")?;
        return if length <= 30 { Ok(Element::Gap(length)) } else { Err("has a gap of more than 30") };
    }
    if part == "#" {
        return Ok(Element::Number);
    }
    let mut words = Vec::new();
    for word in part.split('|') {
        match word.strip_prefix('$') {
            Some(list) => words.extend(lists.get(list).ok_or("names a list that is not there")?.iter().cloned()),
            None => words.push(word.to_owned()),
        }
    }
    if words.iter().any(|word| word.is_empty() || word == "*") {
        return Err("has an empty word");
    }
    let mut sorted = Words::default();
    for word in &words {
        match word.strip_suffix('*') {
            Some(start) => sorted.add(vocabulary.start(start)),
            None if word == "@" => sorted.name = true,
            None => sorted.add(vocabulary.word(word)),
        }
    }
    Ok(Element::Words(sorted))
}

/// One past the last token where the elements match from `at`.
pub(super) fn matches(elements: &[Element], keys: &[Key], at: usize) -> Option<usize> {
    let Some(element) = elements.first() else { return Some(at) };
    if let Element::Gap(length) = element {
        for skip in 0..=*length {
            if let Some(end) = matches(&elements[1..], keys, at + skip) {
                return Some(end);
            }
            if keys.get(at + skip)?.stop {
                return None;
            }
        }
        return None;
    }
    let key = keys.get(at)?;
    let fits = match element {
        Element::Words(words) => words.fit(key),
        Element::Number => key.number,
        Element::Gap(_) => false,
    };
    if fits { matches(&elements[1..], keys, at + 1) } else { None }
}
