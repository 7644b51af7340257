//! Patterns of rules: what they say and where they match.

use std::collections::BTreeMap;

use super::token::{Kind, Token};

#[derive(Debug, Clone)]
pub(super) enum Element {
    Words(Words),
    Gap(usize),
    Number,
}

/// Words that an element takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Whole ones, sorted.
    pub(super) exact: Vec<String>,
    /// Beginnings.
    pub(super) starts: Vec<String>,
    /// Any word with a capital.
    pub(super) name: bool,
}

impl Words {
    fn fit(&self, token: &Token<'_>) -> bool {
        let exact = if self.exact.len() < 6 {
            self.exact.iter().any(|word| word == token.text)
        } else {
            self.exact.binary_search_by(|word| word.as_str().cmp(token.text)).is_ok()
        };
        exact
            || self.starts.iter().any(|start| token.text.starts_with(start.as_str()))
            || (self.name && token.is_name())
    }
}

pub(super) fn elements(
    pattern: &str,
    lists: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<Vec<Element>>, &'static str> {
    let mut rows: Vec<Vec<Element>> = vec![Vec::new()];
    for part in pattern.split_whitespace() {
        let (optional, part) = part.strip_prefix('?').map_or((false, part), |rest| (true, rest));
        let element = element(part, lists)?;
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

fn element(part: &str, lists: &BTreeMap<String, Vec<String>>) -> Result<Element, &'static str> {
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
    for word in words {
        match word.strip_suffix('*') {
            Some(start) => sorted.starts.push(start.to_owned()),
            None if word == "@" => sorted.name = true,
            None => sorted.exact.push(word),
        }
    }
    sorted.exact.sort_unstable();
    Ok(Element::Words(sorted))
}

/// One past the last token where the elements match from `at`.
pub(super) fn matches(elements: &[Element], tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let Some(element) = elements.first() else { return Some(at) };
    if let Element::Gap(length) = element {
        for skip in 0..=*length {
            if let Some(end) = matches(&elements[1..], tokens, at + skip) {
                return Some(end);
            }
            let crossed = tokens.get(at + skip)?;
            if crossed.kind == Kind::Mark && matches!(crossed.text, ";" | ":" | "." | "!" | "?") {
                return None;
            }
        }
        return None;
    }
    let token = tokens.get(at)?;
    let fits = match element {
        Element::Words(words) => words.fit(token),
        Element::Number => token.number().is_some(),
        Element::Gap(_) => false,
    };
    if fits { matches(&elements[1..], tokens, at + 1) } else { None }
}
