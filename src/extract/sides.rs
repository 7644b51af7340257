//! Sides: lands and bodies that a speaker can stand for, by what tells them in a
//! description and by what they call themselves.

use serde::Deserialize;

use super::rules::Rules;

/// One side, as the rules have it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Side {
    /// Offices of its government.
    #[serde(default)]
    offices: Vec<String>,
    /// Leaders and names that tell it, but need not be those of a government.
    #[serde(default)]
    known_by: Vec<String>,
    /// What it calls itself, its bodies and its people.
    calls_itself: Vec<String>,
}

impl Rules {
    /// What the sides call themselves that a description, in lower case, tells of.
    pub(super) fn calls_itself<'r>(&'r self, lower: &str) -> impl Iterator<Item = &'r String> {
        let told = |side: &&Side| side.offices.iter().chain(&side.known_by).any(|words| says(lower, words));
        self.sides().iter().filter(told).flat_map(|side| &side.calls_itself)
    }

    /// Whether a description, in lower case, is that of a government.
    pub(super) fn is_government(&self, lower: &str) -> bool {
        let offices = self.sides().iter().flat_map(|side| &side.offices).map(String::as_str);
        self.list("government-office").chain(offices).any(|words| says(lower, words))
    }
}

/// Whether a text has some words, and not within others: "modi" is none of "commodities".
/// What ends in `*` is a beginning.
fn says(text: &str, words: &str) -> bool {
    let (words, open) = words.strip_suffix('*').map_or((words, false), |words| (words, true));
    text.match_indices(words).any(|(at, found)| {
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        !text[..at].ends_with(char::is_alphanumeric) && (open || ends(&text[at + found.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn words_are_whole_but_for_what_ends_in_a_star() {
        for (text, words, told) in [
            ("prime minister modi", "modi", true),
            ("halden commodities", "modi", false),
            ("modigliani bank", "modi", false),
            ("modi’s cabinet", "modi", true),
            ("a press officer of the u.s.", "u.s.", true),
            ("ministerial statement", "minister*", true),
            ("administration of estates", "minister*", false),
        ] {
            assert_eq!(says(text, words), told, "{words} in {text}");
        }
    }
}
