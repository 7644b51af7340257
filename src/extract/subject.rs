//! Who commits: the speaker's own side, or somebody else.

use super::naming::{is_first_word, opens_without_subject};
use super::phrases::{first_to, name_start, phrase, skipped};
use super::speaker::Speaker;
use super::token::{Kind, Token};

/// Whose intention it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Party {
    /// The speaker's: by name where the text names it.
    Own(Option<String>),
    /// Somebody else's, by name where the text names them.
    Other(Option<String>),
    /// Nobody is named.
    Nobody,
}

/// "Telvane has at last promised", "the council last week agreed": two words between a
/// subject and its verb.
fn is_by_the_way(first: &str, second: &str) -> bool {
    match first {
        "at" => matches!(second, "last" | "least" | "once"),
        "last" | "this" => matches!(second, "week" | "month" | "year" | "spring" | "summer" | "autumn" | "winter"),
        "of" => second == "course",
        "in" => matches!(second, "turn" | "fact"),
        "once" => second == "again",
        _ => false,
    }
}

/// How many words before `end` stand between a subject and its verb.
fn between(tokens: &[Token<'_>], from: usize, end: usize) -> Option<usize> {
    if end > from && skipped(&tokens[end - 1]) {
        return Some(1);
    }
    (end > from + 2 && is_by_the_way(tokens[end - 2].text, tokens[end - 1].text)).then_some(2)
}

impl Speaker<'_> {
    /// Whose the words at `at` are: the subject in front of the cue `at`.
    pub(crate) fn party(&self, tokens: &[Token<'_>], from: usize, at: usize) -> Party {
        let direct = self.subject(tokens, from, at);
        if direct != Party::Nobody {
            return direct;
        }
        if !(self.press || self.civil) && opens_without_subject(&tokens[from..at]) {
            return Party::Nobody;
        }
        self.anywhere(tokens, from, at)
    }

    /// The noun or pronoun right before a verb.
    fn subject(&self, tokens: &[Token<'_>], from: usize, at: usize) -> Party {
        let mut end = at;
        while let Some(words) = between(tokens, from, end) {
            end -= words;
        }
        match self.before_apposition(tokens, from, end) {
            Ok(before) => end = before,
            Err(party) => return party,
        }
        // "countries across the globe committed": the countries
        let wide = end > from + 3
            && matches!(tokens[end - 1].text, "globe" | "world" | "board" | "country" | "nation")
            && matches!(tokens[end - 3].text, "across" | "around" | "throughout");
        if wide {
            end -= 3;
        }
        let Some(last) = end.checked_sub(1).filter(|&last| last >= from) else { return Party::Nobody };
        let token = &tokens[last];
        if self.rules.lists("first-person", token.text) {
            return Party::Own(None);
        }
        // "the target states that": a verb
        let says = token.is("states") && tokens.get(last + 1).is_some_and(|next| next.is("that"));
        if says && last > from && !matches!(tokens[last - 1].text, "the" | "other" | "member") {
            return self.party(tokens, from, last);
        }
        if let Some(party) = self.by_side(tokens, from, last) {
            return party;
        }
        if let Some(verb) = first_to(tokens, from, last).filter(|_| end < at && tokens[end].is("to")) {
            return self.party(tokens, from, verb);
        }
        // "Methane is to fall": the first word of a sentence, a thing of the matter
        if last == 0 && !self.owns(token.text) && self.rules.lists("matter", token.text) {
            return Party::Nobody;
        }
        // an observer's "they" are those it speaks of
        if token.is("they") && (self.civil || self.press) && !self.government {
            return Party::Other(None);
        }
        let signed = || self.known && !self.public && self.rules.lists("treaty", token.text);
        if (self.is_unnamed(token) && last == from) || signed() {
            return Party::Other(None);
        }
        if let Some(party) = self.beside_a_place(tokens, from, end, at) {
            return party;
        }
        let itself =
            self.civil && last > from && tokens[last - 1].is("the") && self.rules.lists("own-body", token.text);
        let own_name =
            || token.is_name() && (name_start(tokens, from, last)..last).any(|at| self.owns(tokens[at].text));
        if self.rules.lists("other", token.text) && !self.owns(token.text) && !itself && !own_name() {
            return self.outsider(tokens, from, last);
        }
        // "other lines aim", whatever a line is
        let others = last > from && matches!(tokens[last - 1].text, "other" | "several" | "many");
        let counted = last > from + 1 && matches!(tokens[last - 2].text, "as" | "so" | "how");
        let others = others && !counted;
        if others && token.kind == Kind::Word && token.text.ends_with('s') {
            return self.outsider(tokens, from, last);
        }
        if token.is_name() && self.is_itself(tokens, from, name_start(tokens, from, last), last) {
            return self.named(tokens, from, last);
        }
        if token.is_name() && !own_name() && is_beside_outsider(tokens, from, last) {
            return Party::Other(Some(phrase(tokens, from, last)));
        }
        self.noun_party(tokens, from, last)
    }

    /// "Norland made a promise in Harbourton to": where it was made.
    fn is_where_it_was_told(&self, tokens: &[Token<'_>], at: usize, last: usize) -> bool {
        let told = tokens[at - 1].text;
        tokens[at].is("in")
            && tokens[last].is_name()
            && told != "plan"
            && ["told", "goal"].iter().any(|list| self.rules.lists(list, told))
    }

    /// Whose the words are where the name before the verb tells with whom or where: "would
    /// work with the Union to seek", "announced at the Harbour Summit plans to".
    fn beside_a_place(&self, tokens: &[Token<'_>], from: usize, end: usize, at: usize) -> Option<Party> {
        let last = end - 1;
        // "would work with the Union to seek": not the Union seeks
        let phrase_start = (from..last)
            .rev()
            .find(|&at| !(tokens[at].is_name() || matches!(tokens[at].text, "the" | "its" | "their")));
        if tokens[end..tokens.len().min(at + 2)].iter().any(|token| token.is("to"))
            && phrase_start.is_some_and(|at| matches!(tokens[at].text, "with" | "alongside"))
        {
            return Some(Party::Nobody);
        }
        // "Norland announced at the Harbour Summit plans to": where, not who
        if let Some(at) = phrase_start.filter(|&at| at > from && at + 2 < last && tokens[at].is("at")) {
            return Some(self.party(tokens, from, at));
        }
        let told = phrase_start.filter(|&at| at > from + 1 && self.is_where_it_was_told(tokens, at, last))?;
        Some(self.party(tokens, from, told - 1))
    }

    /// The party that a noun or a name at `last` stands for.
    fn noun_party(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Party {
        let token = &tokens[last];
        if self.would_govern(tokens, from, last) {
            return Party::Own(None);
        }
        // "the Northgate Power Administration", told by a government
        if token.is_name() && self.is_ministry(&tokens[name_start(tokens, from, last)..=last]) {
            return self.named(tokens, from, last);
        }
        if self.are_ministries(tokens, from, last) {
            return Party::Own(Some(phrase(tokens, from, last)));
        }
        // "the Programme for Government": the paper of those who rule
        let programme = last > from + 1
            && tokens[last - 1].is("for")
            && matches!(tokens[last - 2].text, "programme" | "program" | "agreement");
        if programme && token.is("government") && self.government {
            return Party::Own(None);
        }
        if self.rules.lists("own-body", token.text) || (token.is("government") && self.government) {
            return self.body(tokens, from, last);
        }
        if self.is_made_in(tokens, from, last) {
            return Party::Nobody;
        }
        if self.is_national(tokens, last) {
            return Party::Other(Some(phrase(tokens, from, last)));
        }
        if self.rules.lists("paper", token.text) {
            return self.paper(tokens, from, last);
        }
        // "City government", said by a town
        let seat = last > from && matches!(tokens[last - 1].text, "city" | "town" | "county" | "municipal" | "local");
        // "The regional government wants", said by one who is but a name
        let regional = |word: &str| {
            matches!(
                word,
                "regional"
                    | "provincial"
                    | "departmental"
                    | "cantonal"
                    | "prefectural"
                    | "municipal"
                    | "city"
                    | "island"
            )
        };
        let opening = last == 2 && from == 0 && tokens[0].is("the") && regional(tokens[1].text) && self.plain_name;
        if token.is("government") && (opening || seat && self.public) {
            return Party::Own(Some(phrase(tokens, from, last)));
        }
        // "Harbour in government will"
        if token.is("government") && last > from + 1 && tokens[last - 1].is("in") && self.told {
            return self.party(tokens, from, last - 1);
        }
        if token.is("government") {
            return Party::Other(Some(phrase(tokens, from, last)));
        }
        let called = token.is_name() && !self.rules.lists("no-party", token.text) && !is_first_word(token);
        if called || (token.is_name() && self.owns(token.text)) {
            return self.named(tokens, from, last);
        }
        Party::Nobody
    }

    /// "Telvane, a maker of cables, promises": where the apposition before `end` begins,
    /// or whose the words are.
    fn before_apposition(&self, tokens: &[Token<'_>], from: usize, mut end: usize) -> Result<usize, Party> {
        if end > from && tokens[end - 1].is(",") {
            // "Telvane, which owns Harrow, Bay and Lund, wants": the clause, commas and all
            let which = (from + 1..end - 1)
                .rfind(|&at| matches!(tokens[at].text, "which" | "who" | "whose") && tokens[at - 1].is(","));
            let earlier = which.map(|at| at - 1).or_else(|| (from..end - 1).rev().find(|&at| tokens[at].is(",")));
            match earlier {
                // ", from Sudland," is foreign
                Some(comma) if self.is_from_abroad(tokens, comma + 1) => {
                    return Err(Party::Other(Some(phrase(tokens, from, comma - 1))));
                }
                Some(comma) if comma > from && end - comma > 2 => end = comma,
                _ => return Err(Party::Nobody),
            }
            // "Telvane Inc., Oslo, Norway, promises": where it has its seat
            let comma = (from..end).rev().find(|&at| tokens[at].is(","));
            let seat = comma.filter(|&at| {
                end - at < 4
                    && tokens[at + 1..end].iter().all(Token::is_name)
                    && tokens[from..at].iter().all(|token| token.is_name() || token.kind == Kind::Mark)
                    && tokens[from..at].iter().any(|token| self.owns(token.text))
            });
            end = seat.unwrap_or(end);
            // "President Ruiz, a true friend, from Sudland, will"
            let again = (from..end).rev().find(|&at| tokens[at].is(","));
            if let Some(comma) = again.filter(|&at| {
                at > from && tokens.get(at + 1).is_some_and(|next| matches!(next.text, "a" | "an" | "another"))
            }) {
                end = comma;
            }
        }
        Ok(end)
    }

    /// "The bill", "their plan": a paper that speaks for its maker.
    fn paper(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Party {
        let foreign = (last.saturating_sub(5).max(from)..last)
            .any(|at| self.rules.lists("other", tokens[at].text) || tokens[at].is("'s"));
        // a package of measures is of those who rule
        let ruled = tokens[last].is("package") && self.known && !self.public;
        if ruled || self.is_foreign_paper(tokens, from, last) {
            return Party::Other(Some(phrase(tokens, from, last)));
        }
        if foreign { Party::Nobody } else { Party::Own(None) }
    }

    /// "each participating country", said by all of them.
    pub(super) fn is_each(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let each = (last.saturating_sub(3).max(from)..last).any(|at| tokens[at].is("each"));
        self.joint && each && self.rules.lists("land", tokens[last].text)
    }

    /// Whether a name is the speaker's in full, or that of a part of it: "the
    /// University's Council".
    fn is_itself(&self, tokens: &[Token<'_>], from: usize, first: usize, last: usize) -> bool {
        let link = |word: &&str| matches!(*word, "the" | "of" | "&" | "for" | "'s");
        let first = first + usize::from(tokens[first].is("the") && first < last);
        let part = first < last
            && tokens[first + 1].is("'s")
            && self.rules.lists("own-body", tokens[first].text)
            && matches!(self.body(tokens, from, first), Party::Own(_));
        // "P&G" of Procter & Gamble
        let letters: String =
            tokens[first..=last].iter().filter(|token| token.kind == Kind::Word).map(|token| token.text).collect();
        let initials = first < last && letters.len() < 6 && self.owns(&letters);
        let initials = initials || self.is_short_for(&tokens[first]);
        part || initials || self.is_called((first..=last).map(|at| tokens[at].text).filter(|word| !link(word)))
    }

    /// A name that ends at `last`.
    pub(super) fn named(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Party {
        let first = name_start(tokens, from, last);
        // "Our Clean Ports Plan seeks": a capital that only begins the sentence
        let opens = first < last && matches!(tokens[first].text, "our" | "my");
        let first = first + usize::from(opens);
        // "Telvane Steel USA" is a part of Telvane's
        let branch = last > first && tokens[last].is("usa") && (first..last).any(|at| self.is_other_name(&tokens[at]));
        let branch = branch || self.is_foreign_firm(&tokens[first..=last]);
        let own = (!branch && (first..=last).any(|at| self.owns(tokens[at].text)))
            || self.is_itself(tokens, from, first, last)
            || self.is_land_untold(&tokens[first..=last]);
        if self.known && is_parents(tokens, from, first) {
            return Party::Other(Some(phrase(tokens, first, last)));
        }
        let own = own && !self.is_land_of_namesake(&tokens[first..=last]);
        let ministry = self.is_ministry(&tokens[first..=last]);
        // "our “Green the Bay” Initiative"
        let quoted = |at: &usize| tokens[*at].is("\"") || tokens[*at].is_name() || tokens[*at].is("the");
        let ours =
            (from..first).rev().take(8).find(|at| !quoted(at)).is_some_and(|at| {
                matches!(tokens[at].text, "our" | "my") && (at + 1 == first || tokens[at + 1].is("\""))
            });
        let possessive = opens || ministry || ours;
        if !own && self.is_order_above(&tokens[first..=last]) {
            return Party::Other(Some(phrase(tokens, first, last)));
        }
        // "Executive Order 12": a paper of those who rule
        if self.public
            && !own
            && (first..=last).any(|at| tokens[at].is("order") || self.rules.lists("paper", tokens[at].text))
        {
            let foreign = (first..=last).any(|at| tokens[at].is("'s"));
            return if foreign { Party::Nobody } else { Party::Own(None) };
        }
        // "set out in the National Forest Strategy to": a paper's name
        if self.public && !own && self.is_title_of(tokens, first, last) {
            return Party::Nobody;
        }
        let other_noun = (first.saturating_sub(3)..first)
            .rev()
            // "with partners to achieve Halden's target": Halden is no partner
            .take_while(|&at| at >= from && !tokens[at].is(",") && !tokens[at].is("to"))
            .any(|at| {
                // "Members of the Harbour Alliance commit", said by the alliance
                let members = self.guild && own && tokens[at + 1].is("of");
                // "the members of the League", said by the "League members"
                let members = members || self.is_word(tokens[at].text);
                let ours = tokens[at].is_name() && self.owns(tokens[at].text);
                self.rules.lists("other", tokens[at].text) && !ours && !members
            });
        // "launched the Wind Mile, aiming to": of those who launched it
        if let Some(verb) = (first.saturating_sub(3).max(from)..first)
            .rfind(|&at| self.rules.lists("launched", tokens[at].text))
            .filter(|&verb| !own && verb > from)
            && let party @ Party::Own(_) = self.party(tokens, from, verb)
        {
            return party;
        }
        // "a new Clean Ports Challenge to cut": what is done, not who does it
        if !own && self.is_new_scheme(tokens, first, last) {
            return Party::Nobody;
        }
        let name = Some(phrase(tokens, first, last));
        let own = own || (first < last && self.is_seat(&tokens[first]));
        if (own || !self.known || possessive) && !other_noun { Party::Own(name) } else { Party::Other(name) }
    }
}

/// "our competitor Brandt Group", "its customer Lund": the name of one outside.
fn is_beside_outsider(tokens: &[Token<'_>], from: usize, last: usize) -> bool {
    let noun = name_start(tokens, from, last).checked_sub(1).filter(|&at| at >= from);
    noun.is_some_and(|at| {
        matches!(tokens[at].text, "competitor" | "rival" | "customer" | "client" | "supplier" | "opponent")
            || matches!(tokens[at].text, "neighbour" | "neighbor" | "partner" | "contractor" | "insurer" | "tenant")
    })
}

/// "the parent Halden Group", "its parent company, Halden": told by one of its parts.
pub(super) fn is_parents(tokens: &[Token<'_>], from: usize, first: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).filter(|&at| at >= from).map_or("", |at| tokens[at].text);
    let parent = |back: usize| matches!(word(back), "parent" | "mother");
    let body = |back: usize| matches!(word(back), "company" | "group" | "firm" | "corporation");
    let comma = usize::from(word(1) == ",");
    parent(1 + comma) || (body(1 + comma) && parent(2 + comma))
}
