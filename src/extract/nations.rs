//! Lands by their names: a land that speaks for itself, a company that only bears the
//! name of one.

use super::rules::Rules;
use super::speaker::Speaker;
use super::token::Token;

/// Whether a description is the name of a land and nothing else.
pub(super) fn is_nation(rules: &Rules, lower: &str) -> bool {
    let name = lower.trim();
    rules.lists("nation", name.strip_prefix("the ").unwrap_or(name))
}

/// Whether a description names a land somewhere.
fn names_nation(rules: &Rules, lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (1..=3).any(|count| words.windows(count).any(|name| rules.lists("nation", &name.join(" "))))
}

/// "President Lund", "Prime Minister Berg": one who leads a land that is not told.
pub(super) fn leads_untold(rules: &Rules, lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let office = matches!(words[..], ["president", _, ..] | ["prime", "minister", _, ..] | ["king", _, ..]);
    let elsewhere = |word: &&str| {
        matches!(
            *word,
            "of" | "for" | "and" | "ceo" | "vice" | "former" | "company" | "group" | "bank" | "board" | "cop"
        )
    };
    office && words.len() < 6 && !words.iter().any(elsewhere) && !names_nation(rules, lower)
}

/// Whether a body of another sort bears the name of a land: "Halden Airways Norway".
pub(super) fn bears_nation(rules: &Rules, lower: &str) -> bool {
    let office = [
        "delegat",
        "mission",
        "embassy",
        "envoy",
        "negotiator",
        "representative",
        "crown",
        "queen",
        "prince",
        "king ",
        "(",
        "taoiseach",
        "chancellor",
        "premier",
        "emir ",
        "sultan",
        "sheikh",
        "emperor",
        ",",
    ];
    !is_nation(rules, lower) && names_nation(rules, lower) && !office.iter().any(|word| lower.contains(word))
}

impl Speaker<'_> {
    /// Whether a name is that of a land, what only leads to it left out.
    pub(super) fn is_land(&self, name: &[Token<'_>]) -> bool {
        let words: Vec<&str> = name.iter().map(|token| token.text).collect();
        // "Therefore Norland", "The Sud Islands"
        let led = |from: usize| words[..from].iter().all(|word| self.rules.lists("no-party", word));
        (0..words.len()).any(|from| led(from) && self.rules.lists("nation", &words[from..].join(" ")))
    }

    /// "Norland", said by Norland Airways: the land, not the company.
    pub(super) fn is_land_of_namesake(&self, name: &[Token<'_>]) -> bool {
        self.bears_nation && !self.public && !self.government && !self.law && !self.rival && self.is_land(name)
    }

    /// "Norland has promised", said by a president of whom nothing but the name is told:
    /// a land that is not much spoken of elsewhere is the speaker's own.
    pub(super) fn is_land_untold(&self, name: &[Token<'_>]) -> bool {
        let great = |token: &Token<'_>| {
            matches!(
                token.text,
                "china"
                    | "india"
                    | "states"
                    | "russia"
                    | "germany"
                    | "japan"
                    | "france"
                    | "kingdom"
                    | "brazil"
                    | "ukraine"
                    | "canada"
                    | "australia"
            )
        };
        self.leads_untold && !name.iter().any(great) && self.is_land(name)
    }
}
