//! Whose goal a noun is: "our goal", "Norrland's target", "those who pledge".

use super::phrases::phrase;
use super::speaker::Speaker;
use super::subject::Party;
use super::token::Token;

impl Speaker<'_> {
    /// Whom a "who" at `at` speaks of.
    pub(crate) fn antecedent(&self, tokens: &[Token<'_>], at: usize) -> Party {
        let near = at.saturating_sub(10)..at;
        let vague = |word: &str| matches!(word, "those" | "people" | "anyone" | "everybody");
        let other = near.rev().find(|&at| {
            (vague(tokens[at].text) || self.rules.lists("other", tokens[at].text)) && !self.owns(tokens[at].text)
        });
        other.map_or(Party::Nobody, |at| Party::Other(Some(phrase(tokens, 0, at))))
    }

    /// The party of the clause before `at`, or what is said where it names none.
    pub(super) fn subject_or(&self, tokens: &[Token<'_>], at: usize, otherwise: Party) -> Party {
        match self.party(tokens, 0, at) {
            Party::Nobody => otherwise,
            party => party,
        }
    }

    /// Whose goal a noun at `at` is: "our goal", "Norrland's target", "their pledge".
    pub(crate) fn owner(&self, tokens: &[Token<'_>], at: usize) -> Party {
        for back in 1..=7 {
            let Some(token) = at.checked_sub(back).and_then(|before| tokens.get(before)) else { break };
            match token.text {
                "our" | "my" => return Party::Own(None),
                "your" if self.rules.lists("duty", tokens[at].text) => return Party::Own(None),
                "your" if self.is_of_the_owners(tokens, at - back) => return Party::Own(None),
                "your" => return Party::Other(None),
                "their" if self.joint && (0..at - back).any(|at| self.speaks_jointly(tokens, 0, at)) => {
                    return Party::Own(None);
                }
                // whose it is, the subject tells; of a government's speech, not the speaker's
                "their" if self.government => return self.subject_or(tokens, at - back, Party::Other(None)),
                "their" | "his" | "her" => break,
                // "the world's most ambitious target" is not the world's target
                "'s" if matches!(tokens.get(at - back + 1), Some(next) if matches!(next.text, "most" | "first" | "leading" | "largest" | "biggest" | "only" | "highest")) =>
                {
                    break;
                }
                "'s" | "'" => {
                    let Some(last) = (at - back).checked_sub(1) else { break };
                    let noun = &tokens[last];
                    // "the council members' goal" is the council's
                    if last > 0 && noun.is("members") && self.owns(tokens[last - 1].text) {
                        return Party::Own(Some(phrase(tokens, 0, last)));
                    }
                    // "the NDC's target", said by the land itself
                    if self.rules.lists("national-paper", noun.text) && self.government {
                        return Party::Own(None);
                    }
                    if noun.is_name() && !self.rules.lists("own-body", noun.text) {
                        return self.named(tokens, 0, last);
                    }
                    // "the state's target", said by a town
                    let above = self.is_below() && self.rules.lists("land", noun.text);
                    if above && !matches!(noun.text, "city" | "town" | "municipality") {
                        return Party::Other(Some(phrase(tokens, 0, last)));
                    }
                    if self.rules.lists("own-body", noun.text) {
                        return Party::Own(Some(phrase(tokens, 0, last)));
                    }
                    if self.is_guilds(tokens, last) {
                        return Party::Own(None);
                    }
                    if self.rules.lists("other", noun.text) {
                        return Party::Other(Some(phrase(tokens, 0, last)));
                    }
                }
                "a" | "an" | "the" | "," | "to" | "its" | "of" | "and" | ":" => break,
                word if self.rules.lists("other", word) && !self.owns(word) => break,
                _ => {}
            }
        }
        Party::Nobody
    }
}
