//! Any sign of a party in a clause that has no subject of its own.

use super::naming::{is_part, is_site, run_end};
use super::phrases::phrase;
use super::speaker::Speaker;
use super::subject::Party;
use super::token::{Kind, Token};

/// "The plan states that": a verb, and no states.
fn is_stating(span: &[Token<'_>], index: usize) -> bool {
    let above = index
        .checked_sub(2)
        .is_some_and(|at| matches!(span[at].text, "national" | "federal" | "state" | "international" | "eu"));
    span[index].is("states") && span.get(index + 1).is_some_and(|next| next.is("that")) && !above
}

/// "sold in Bayport, Lund and Alder": a name in a row of places.
fn is_one_of_places(span: &[Token<'_>], index: usize) -> bool {
    let both = |word: &str| matches!(word, "and" | "or");
    let link = |at: usize| {
        let word = span[at].text;
        let after = at.checked_sub(1).map(|at| &span[at]);
        span[at].is_name()
            || (word == "the" && after.is_some_and(|before| both(before.text)))
            || ((both(word) || word == ",") && after.is_some_and(Token::is_name))
    };
    let Some(from) = (1..index).rev().find(|&at| !link(at)) else { return false };
    let commas = (from..index).any(|at| span[at].is(","));
    let joined = (from + 1..index).any(|at| both(span[at].text));
    let next = span[index..].iter().find(|token| !token.is_name()).is_some_and(|token| both(token.text));
    match span[from].text {
        "in" | "across" | "within" => joined || (commas && next),
        "for" => joined && !commas,
        _ => false,
    }
}

impl Speaker<'_> {
    /// Whether the word at `index` of a span that begins at `from` is a noun of others.
    fn is_others_noun(&self, tokens: &[Token<'_>], from: usize, index: usize, span: &[Token<'_>], place: bool) -> bool {
        let token = &span[index];
        let before = |back: usize| index.checked_sub(back).map_or("", |at| span[at].text);
        // "many of the goals" are no others
        let of_many = matches!(token.text, "many" | "several") && span.get(index + 1).is_some_and(|next| next.is("of"));
        let noun = token.kind == Kind::Word
            && self.rules.lists("other", token.text)
            && !place
            && !of_many
            && !(self.government && before(1) == "public")
            && before(1) != "group"
            && !is_stating(span, index)
            // "five times as many EVs" counts, and names nobody
            && !(token.is("many") && matches!(before(1), "as" | "so" | "how"))
            || (token.is("government") && !self.government && before(1) == "the");
        let noun = (noun && !self.is_home(tokens, from + index)) || (self.is_unnamed(token) && index == 0);
        noun || (self.is_ruler(token) && before(1) != "shadow")
    }

    /// Any sign of a party between `from` and `at`, the nearest to its start first.
    pub(super) fn anywhere(&self, tokens: &[Token<'_>], from: usize, at: usize) -> Party {
        let span = &tokens[from..at];
        let ours = |token: &Token<'_>| {
            self.rules.lists("first-person", token.text)
                || (token.is_name() && (self.owns(token.text) || self.is_short_for(token)))
        };
        let place_before = |word: &str| self.rules.lists("placing", word) && word != "and";
        if let Some(own) = self.later_subject(tokens, from, at) {
            return own;
        }
        let mut other = None;
        for (index, token) in span.iter().enumerate() {
            let before = |back: usize| index.checked_sub(back).map_or("", |at| span[at].text);
            let by_name = !self.rules.lists("first-person", token.text);
            let place = self.is_place(span, index);
            let theirs = token.is("'ve") && matches!(before(1), "they" | "you" | "who");
            let joined = place || matches!(before(1), "joining" | "joined" | "join" | "joins");
            if token.is("your") && self.is_of_the_owners(span, index) {
                return Party::Own(None);
            }
            if ours(token) && !theirs && !(by_name && other.is_some() && joined) {
                let theirs = self.is_theirs(span, index);
                return if theirs { Party::Other(None) } else { Party::Own(None) };
            }
            // "the council acknowledges …, and commits"
            if by_name
                && before(1) == "the"
                && self.known
                && other.is_none()
                && self.rules.lists("own-body", token.text)
                && (!place_before(before(2))
                    || (before(2) == "for" && span.get(index + 1).is_some_and(|next| next.is("to"))))
                && !(self.government && token.is("group"))
                && let body @ Party::Own(_) = self.body(tokens, from, from + index)
            {
                return body;
            }
            if other.is_none() && self.speaks_jointly(tokens, from, from + index) {
                return Party::Own(None);
            }
            let noun = self.is_others_noun(tokens, from, index, span, place);
            // any sentence begins with a capital: one alone is no name
            let first = span[..index].iter().all(|before| before.kind == Kind::Mark);
            let verbal = |next: &Token<'_>| next.is_name() || self.rules.lists("name-behind", next.text);
            let titled = self.is_no_party(tokens, from, span, index);
            if by_name && other.is_none() && self.is_officer(span, index) {
                return Party::Own(None);
            }
            let matter = from + index == 0 && self.rules.lists("matter", token.text);
            let titled = titled || self.is_heading_of(span, index);
            let opening = first && (matter || !span.get(index + 1).is_some_and(verbal));
            if other.is_none()
                && self.known
                && ((self.is_other_name(token) && !place && !opening && !titled && !token.text.contains('.')) || noun)
            {
                let last =
                    (index..span.len()).take_while(|&at| at == index || span[at].is_name()).last().unwrap_or(index);
                other = Some(phrase(tokens, from + index, from + last));
            }
        }
        other.map_or(Party::Nobody, |name| Party::Other(Some(name)))
    }

    /// "Zero Routine Flaring by 2031": a heading of the matter, which names nobody.
    fn is_heading_of(&self, span: &[Token<'_>], index: usize) -> bool {
        let run = || span.iter().take_while(|token| token.is_name());
        index < run().count()
            && run().any(|token| self.rules.lists("matter", token.text) || token.is("zero"))
            && span.get(run().count()).is_some_and(|next| matches!(next.text, "by" | "in" | "before"))
    }

    /// A title, a scheme, a part of somebody, the name of a paper.
    pub(super) fn is_no_party(&self, tokens: &[Token<'_>], from: usize, span: &[Token<'_>], index: usize) -> bool {
        let at = from + index;
        self.is_title(span, index)
            || self.is_project(span, index)
            || is_part(span, index)
            || self.is_law_in_front(span, index)
            || (!(self.public || self.press || self.civil) && is_site(span, index))
            || (self.public && self.is_title_of(tokens, at, run_end(tokens, at)))
    }

    /// "power demand in the water sector", said by a government: a part of the land;
    /// the industry of a guild.
    pub(super) fn is_home(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].text);
        let within = |word: &str| matches!(word, "in" | "from" | "across" | "within");
        let the = (1..4).find(|&back| before(back) == "the");
        let inside = tokens[at].is("sector") && the.is_some_and(|back| within(before(back + 1)));
        let part = tokens[at].is("sector") && the.is_some() && !(1..4).any(|back| before(back) == "private");
        (self.government && part)
            || (self.town && inside)
            || (tokens[at].is("community") && self.town)
            || self.is_guilds(tokens, at)
    }

    /// Whether a name is that of a place or a part, not of a party: "in Norland".
    pub(super) fn is_place(&self, span: &[Token<'_>], index: usize) -> bool {
        let token = &span[index];
        let before = |back: usize| index.checked_sub(back).map_or("", |at| span[at].text);
        let by_name = !self.rules.lists("first-person", token.text);
        // a name after "in" or "of" is a place or a part, not a party
        // "for Norland to meet its target": the subject of an infinitive
        let subject = before(1) == "for"
            && span[index..].iter().take(8).find(|token| !token.is_name()).is_some_and(|token| token.is("to"));
        // "community-wide" is no community
        let wide = span.get(index + 1).is_some_and(|next| next.is("wide"));
        let place = wide
            || is_one_of_places(span, index)
            || (self.rules.lists("placing", before(1)) && !subject)
            || (before(1) == "the" && (index > 1 || token.is_name()));
        // "In 2019, the UK became the first …"
        let became = matches!(before(2), "" | ",") && span.get(index + 1).is_some_and(|next| next.is("became"));
        let leader = self.public && matches!(token.text, "governor" | "mayor" | "president" | "premier");
        let owning = by_name && token.is_name() && !leader && span.get(index + 1).is_some_and(|next| next.is("'s"));
        place && !((became || owning || self.is_people(span, index)) && before(1) == "the")
    }

    /// "As many towns have, the council decided to": a subject of one's own before a
    /// verb, behind a comma.
    pub(super) fn later_subject(&self, tokens: &[Token<'_>], from: usize, at: usize) -> Option<Party> {
        let verb = |token: &Token<'_>| {
            matches!(token.text, "has" | "is" | "will" | "plans" | "aims")
                || (token.text.ends_with("ed") && token.text.len() > 4)
        };
        let body = |index: &usize| {
            let token = &tokens[*index];
            let the = usize::from(*index > from && tokens[*index - 1].is("the"));
            let comma = *index > from + the && tokens[*index - 1 - the].is(",");
            comma
                && tokens.get(index + 1).is_some_and(verb)
                && ((token.is_name() && self.owns(token.text))
                    || (self.public && self.rules.lists("own-body", token.text)))
        };
        (from..at).rev().find(body).map(|index| Party::Own(Some(tokens[index].raw.to_owned())))
    }
}
