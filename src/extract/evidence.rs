//! What there is to weigh in a sentence: the signs that the weights are of.

use std::collections::BTreeSet;

use super::date::Date;
use super::heads::{Head, Parts, Shape, UNDATED};
use super::quantity::Sort;
use super::rules::Class;
use super::speaker::Speaker;
use super::subject::Party;
use super::token::{Kind, Token};

/// How many words in front of a goal and behind it are looked at.
const AROUND: usize = 3;

/// What there is to weigh in a sentence: its words, where names, years and
/// numbers are told by what they are; the rules that matched; who speaks and of whom;
/// how it begins.
pub(crate) fn signs(parts: &Parts<'_>, heads: &[Head], speaker: &Speaker<'_>) -> BTreeSet<String> {
    let mut signs = BTreeSet::new();
    let said = parts.said.unwrap_or(UNDATED);
    // how a text is punctuated says nothing of what it promises
    let counts = |token: &Token<'_>| token.kind != Kind::Mark || matches!(token.text, "%" | "$" | "€" | "£");
    for (at, token) in parts.tokens.iter().enumerate().filter(|(_, token)| counts(token)) {
        signs.insert(format!("word:{}", word(token, at, said, speaker)));
    }
    for cue in parts.cues.iter().chain(&parts.topics) {
        signs.insert(format!("rule:{}", parts.rules.rule(cue).name));
    }
    for date in &parts.dates {
        signs.insert(format!("date:{}", date.role.name()));
        signs.insert(format!("date:{}", if date.year > said { "ahead" } else { "past" }));
    }
    for quantity in &parts.quantities {
        let sort = match quantity.sort {
            Sort::Percent => "percent",
            Sort::Multiple => "multiple",
            Sort::Amount => "amount",
        };
        signs.insert(format!("value:{sort}"));
    }
    signs.insert(format!("goals:{}", heads.len().min(3)));
    signs.extend(speaker.kinds().map(|kind| format!("speaker:{kind}")));
    signs.extend(parties(parts, speaker));
    let first = parts.tokens.iter().find(|token| token.text.starts_with(char::is_alphabetic));
    signs.extend(first.map(|token| format!("opens:{}", token.text)));
    signs
}

/// What there is to weigh of one goal beside its sentence: what it is, whose words stand in
/// front, when it is due, the words around it.
pub(crate) fn of_goal(parts: &Parts<'_>, head: &Head, due: &[&Date], speaker: &Speaker<'_>) -> BTreeSet<String> {
    let said = parts.said.unwrap_or(UNDATED);
    let shape = match head.shape {
        Shape::EndState => "end-state",
        Shape::Value(_) => "value",
        Shape::All => "all",
        Shape::Eliminate => "none",
        Shape::Peak => "peak",
        Shape::Bare => "direction",
    };
    let whose = whose(&speaker.party(&parts.tokens, parts.clause(head.start), head.start));
    let mut signs = BTreeSet::from([format!("goal:{shape}"), format!("goal-of:{whose}")]);
    if due.is_empty() {
        signs.insert("due:never".to_owned());
    }
    for date in due {
        signs.insert(format!("due:{}", date.role.name()));
        signs.insert(format!("due:{}", if date.year > said { "ahead" } else { "past" }));
    }
    let around = |what: &str, at: Option<usize>| {
        let token = at.and_then(|at| Some((at, parts.tokens.get(at)?)));
        token.map(|(at, token)| format!("{what}:{}", word(token, at, said, speaker)))
    };
    signs.extend((1..=AROUND).filter_map(|back| around("before", head.start.checked_sub(back))));
    signs.extend((0..AROUND).filter_map(|on| around("behind", Some(head.end + on))));
    signs
}

/// Of whom a sentence speaks, and whose each promise in it is.
fn parties(parts: &Parts<'_>, speaker: &Speaker<'_>) -> BTreeSet<String> {
    let tokens = &parts.tokens;
    let mut signs = BTreeSet::from([format!("of:{}", whose(&speaker.party(tokens, 0, tokens.len())))]);
    if parts.is_own_side(speaker) {
        signs.insert("of:own-side".to_owned());
    }
    for cue in parts.cues.iter().filter(|cue| cue.class == Class::Promise) {
        let party = whose(&speaker.party(tokens, parts.clause(cue.start), cue.start));
        signs.insert(format!("whose:{party}"));
        signs.insert(format!("whose:{party} {}", parts.rules.rule(cue).name));
    }
    signs
}

const fn whose(party: &Party) -> &'static str {
    match party {
        Party::Own(None) => "own",
        Party::Own(Some(_)) => "named",
        Party::Other(_) => "other",
        Party::Nobody => "nobody",
    }
}

impl Parts<'_> {
    /// Whether a sentence speaks of the speaker, of nobody else and without a doubt: what
    /// the world must do, a plant will save or we could reach is seldom a promise.
    pub(super) fn is_own_side(&self, speaker: &Speaker<'_>) -> bool {
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text) || (token.is_name() && speaker.owns(token.text))
        };
        let others = |token: &Token<'_>| {
            (self.rules.lists("other", token.text) && !speaker.owns(token.text))
                || matches!(
                    token.text,
                    "global" | "globally" | "worldwide" | "mankind" | "planet" | "you" | "governments"
                )
        };
        let doubted =
            |token: &Token<'_>| self.rules.lists("doubt", token.text) || (token.is("may") && !token.is_name());
        // "every country", "each company"
        let any_of_them = |at: usize| {
            matches!(self.before(at, 1), "every" | "each" | "any" | "all")
                && ["land", "firm"].iter().any(|list| self.rules.lists(list, self.word(at)))
        };
        let clear = |token: &Token<'_>| !others(token) && !doubted(token);
        self.tokens.iter().any(ours) && self.tokens.iter().all(clear) && !(0..self.tokens.len()).any(any_of_them)
    }
}

fn word(token: &Token<'_>, at: usize, said: i32, speaker: &Speaker<'_>) -> String {
    let named = token.is_name() && token.text.len() > 3;
    match token.year() {
        Some(year) if year > said => "<year ahead>".to_owned(),
        Some(_) => "<year past>".to_owned(),
        None if token.text.starts_with(|c: char| c.is_ascii_digit()) => "<number>".to_owned(),
        None if named && speaker.owns(token.text) => "<speaker>".to_owned(),
        None if at > 0 && token.is_name() && token.text.len() > 1 => "<name>".to_owned(),
        None => token.text.to_owned(),
    }
}
