//! Bodies told by a noun: "the company", "our customers", "the industry": whether they
//! are one's own.

use super::phrases::{name_start, phrase};
use super::speaker::Speaker;
use super::subject::{Party, is_parents};
use super::token::{Kind, Token};

impl Speaker<'_> {
    /// "our customers", "the industry": others, but for a government's own.
    pub(super) fn outsider(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Party {
        let token = &tokens[last];
        // "the council and its members"
        if last > from + 1 && tokens[last - 1].is("its") && tokens[last - 2].is("and") {
            return self.party(tokens, from, last - 2);
        }
        // "tax breaks for companies will be removed": for whom they are, not who removes
        let behind = (last.saturating_sub(3).max(from + 1)..last)
            .rev()
            .take_while(|&at| tokens[at].kind == Kind::Word)
            .any(|at| tokens[at].is("for"));
        let passive = tokens[last + 1..].iter().take(3).any(|token| token.is("be"));
        if behind && passive && self.public | self.told {
            return Party::Nobody;
        }
        // "its campuses" are the part of whoever is spoken of
        let part = matches!(
            token.text,
            "campuses" | "hospitals" | "colleges" | "brands" | "airlines" | "businesses" | "utilities"
        );
        if part && last > from && tokens[last - 1].is("its") {
            return Party::Nobody;
        }
        let possessed = (last.saturating_sub(5).max(from)..last)
            .rev()
            .take_while(|&at| !tokens[at].is(","))
            .any(|at| matches!(tokens[at].text, "our" | "my"));
        // "our “Green the Bay” Initiative"
        let titled = last > from && tokens[last - 1].is("\"");
        let possessed = possessed
            || titled
                && (last.saturating_sub(10).max(from)..last)
                    .any(|at| matches!(tokens[at].text, "our" | "my") && tokens[at + 1].is("\""));
        let public = last > from && tokens[last - 1].is("public");
        let abroad = matches!(token.text, "partners" | "allies" | "suppliers");
        // "power demand in the water sector": a part of the land
        let part = (last.saturating_sub(4).max(from)..last).rev().find(|&at| tokens[at].is("the"));
        let within = |at: usize| matches!(tokens[at].text, "in" | "from" | "across" | "within");
        let part = token.is("sector") && part.is_some_and(|at| at > from && within(at - 1));
        let home = self.government && (public || part || (possessed && !abroad)) || (self.town && part);
        let home = home || (titled && possessed);
        let agency = self.government && token.is("agency") && !(from..last).any(|at| tokens[at].is("international"));
        // "the farming sector will cut", said by a government
        let sector = self.government
            && token.is("sector")
            && (last.saturating_sub(3).max(from)..last).any(|at| tokens[at].is("the"))
            && !(last.saturating_sub(3).max(from)..last).any(|at| tokens[at].is("private"));
        if sector && token.is_name() {
            return Party::Own(Some(phrase(tokens, from, last)));
        }
        let home = home || (token.is("community") && self.town);
        // "our coalition", said by those who govern with it
        let home = home || (token.is("coalition") && possessed && self.public);
        let home = home || sector || agency || (possessed && self.civil && token.is("members"));
        // "the goal of this alliance": of those who tell of it
        let union = matches!(token.text, "alliance" | "coalition" | "initiative" | "community" | "association");
        let this = (last.saturating_sub(3).max(from)..last).any(|at| tokens[at].is("this"));
        let the = self.joint && last == from + 1 && tokens[from].is("the");
        if self.is_guilds(tokens, last) || (union && (this || the) && !self.press) {
            return Party::Own(Some(phrase(tokens, from, last)));
        }
        let ours = home || (last > from && matches!(tokens[last - 1].text, "group" | "entire"));
        if ours { Party::Nobody } else { Party::Other(Some(phrase(tokens, from, last))) }
    }

    /// "the company", "the national government": one's own, unless the words
    /// before it say otherwise.
    pub(super) fn body(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Party {
        let before = if last > from { tokens[last - 1].text } else { "" };
        // a national government speaks of itself so; a city does not
        let noun = tokens[last].text;
        let wider = matches!(noun, "state" | "province" | "region" | "country" | "nation" | "county");
        let above =
            matches!(before, "national" | "federal") && !self.government || self.town && wider && !self.is_word(noun);
        let mismatched = self.known
            && ((self.rules.lists("firm", noun) && (self.public || self.civil || self.press))
                || (self.rules.lists("land", noun) && !(self.public || self.civil || self.is_town(noun))));
        let yours = before == "your";
        if yours && self.is_of_the_owners(tokens, last - 1) {
            return Party::Own(Some(phrase(tokens, from, last)));
        }
        let foreign = above || mismatched || matches!(before, "their" | "each" | "every" | "any" | "another" | "one");
        let foreign = foreign || yours;
        let named = (from..last)
            .rev()
            .take(4)
            .take_while(|&at| !matches!(tokens[at].text, "," | "the"))
            // "the Norland-based maker": where it has its seat
            .find(|&at| {
                self.is_other_name(&tokens[at]) && !tokens[at + 1..last].iter().take(2).any(|next| next.is("based"))
            });
        let ours = (last.saturating_sub(4).max(from)..last).any(|at| matches!(tokens[at].text, "our" | "my"));
        // "my council", said in a parliament
        if self.rival
            && before == "my"
            && matches!(tokens[last].text, "council" | "city" | "town" | "county" | "region")
        {
            return Party::Other(Some(phrase(tokens, from, last)));
        }
        let foreign = foreign || self.is_of_others(tokens, from, last);
        if self.is_each(tokens, from, last) {
            return Party::Own(None);
        }
        let words = Some(phrase(tokens, from, last));
        // "Telvane became the first utility to commit": Telvane did
        let became = (last.saturating_sub(6).max(from)..last)
            .find(|&at| matches!(tokens[at].text, "became" | "become" | "becomes" | "becoming"));
        if let Some(verb) = became.filter(|_| self.known && !ours)
            && let other @ Party::Other(_) = self.party(tokens, from, verb)
        {
            return other;
        }
        let parent = matches!(before, "parent" | "holding" | "mother" | "sister")
            || (tokens[last].is_name() && self.known && is_parents(tokens, from, name_start(tokens, from, last)));
        match named {
            _ if parent => Party::Other(words),
            // "our country", said by a company
            _ if ours && mismatched && self.known && matches!(noun, "country" | "nation") => Party::Other(words),
            _ if ours => Party::Own(words),
            _ if mismatched && !(from..=last).any(|at| self.owns(tokens[at].text)) => Party::Other(words),
            _ if foreign && !self.owns(before) => Party::Other(words),
            // "Ayton State University" is not the states'
            Some(_) if self.known && !(from..last).any(|at| self.owns(tokens[at].text) && !tokens[at].is("state")) => {
                Party::Other(words)
            }
            _ => Party::Own(words),
        }
    }

    /// "the honourable member's party", "the former council"; "the Harbours Department",
    /// told by a company.
    fn is_of_others(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let noun = tokens[last].text;
        let rival = (last.saturating_sub(4).max(from)..last).any(|at| {
            matches!(
                tokens[at].text,
                "honourable" | "honorable" | "opposite" | "opposition" | "opposing" | "former" | "rival"
            )
        });
        let office = tokens[last].is_name()
            && matches!(noun, "department" | "ministry" | "agency")
            && self.known
            && !self.public
            && !self.owns(noun);
        rival || office
    }
}
