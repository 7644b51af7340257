//! What a name or a noun is to a speaker: an outsider, an office, a title, a
//! paper of the land, a scheme that is nobody.

use super::phrases::{name_start, phrase};
use super::speaker::Speaker;
use super::subject::Party;
use super::token::{Kind, Token};

/// "Formally adopted", "Joined the league": a first word with a capital that names nobody.
pub(super) fn is_first_word(token: &Token<'_>) -> bool {
    token.start == 0 && token.text.len() > 4 && (token.text.ends_with("ly") || token.text.ends_with("ed"))
}

/// "Joined the Green League in 2018, committing to": a line of the one who speaks.
pub(super) fn opens_without_subject(span: &[Token<'_>]) -> bool {
    span.first().is_some_and(|token| {
        token.start == 0 && matches!(token.text, "joined" | "signed" | "endorsed" | "became" | "adopted")
    })
}

/// "its Norwegian mills": a part of the one that is spoken of.
pub(super) fn is_part(span: &[Token<'_>], index: usize) -> bool {
    let owned = index.checked_sub(1).is_some_and(|at| matches!(span[at].text, "its" | "our"));
    owned && span.get(index + 1).is_some_and(|next| next.kind == Kind::Word && !next.is_name())
}

/// "The Harbour Street mill": a part of a company, called by a name.
pub(super) fn is_site(span: &[Token<'_>], index: usize) -> bool {
    let site = |word: &str| {
        matches!(
            word,
            "portfolio" | "fleet" | "plant" | "site" | "factory" | "mill" | "campus" | "division" | "brewery"
        ) || matches!(word, "depot" | "refinery" | "warehouse" | "distillery" | "smelter" | "headquarters" | "office")
    };
    let first = (0..=index).rev().take_while(|&at| span[at].is_name()).last().unwrap_or(index);
    let article = span[first].is("the") || first.checked_sub(1).is_some_and(|at| span[at].is("the"));
    let named = (index..span.len()).take_while(|&at| span[at].is_name()).last().unwrap_or(index);
    article && span.iter().skip(named + 1).take(2).any(|token| site(token.text) && !token.is_name())
}

/// The last word of the name that begins at `first`, a paper's title left out.
pub(super) fn run_end(tokens: &[Token<'_>], first: usize) -> usize {
    let run = (first..tokens.len()).take_while(|&at| tokens[at].is_name()).last().unwrap_or(first);
    if run > first { run - 1 } else { first }
}

/// "sold in Bayport, Lund and Alder": a word that joins the places of a row.
fn is_listed(tokens: &[Token<'_>], at: usize) -> bool {
    let (before, next) = (&tokens[at - 1], &tokens[at + 1]);
    match tokens[at].text {
        "," => before.is_name() && (next.is_name() || next.is("and")),
        "and" | "or" => before.is_name() || before.is(","),
        "-" | "de" | "the" => before.is_name() || matches!(before.text, "-" | "and" | "or"),
        // "Alder-on-Sea"
        _ => before.is("-") && next.is("-"),
    }
}

impl Speaker<'_> {
    /// "The NSW Waste Strategy" where NSW does not speak: letters that are not the
    /// speaker's in front of a paper's name.
    pub(super) fn is_foreign_paper(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let first = name_start(tokens, from, last);
        let token = &tokens[first + usize::from(tokens[first].is("the") && first < last)];
        let letters = token.raw.len() > 2 && token.raw.chars().all(char::is_uppercase);
        // the law is an Act, the territory is the ACT
        let name = self.is_other_name(token) || (token.raw == "ACT" && !self.owns(token.text));
        letters && name && self.known && !self.public && !self.rules.is_topical(token.text)
    }

    /// Whose the noun at `last` is by the side that speaks: "the minister wants", said
    /// by one who does not govern; "the member opposite"; "both leaders".
    pub(super) fn by_side(&self, tokens: &[Token<'_>], from: usize, last: usize) -> Option<Party> {
        let opposite = matches!(tokens[last].text, "opposite" | "gentleman" | "gentlemen" | "lady") && self.public;
        if opposite || self.is_ruler(&tokens[last]) {
            return Some(Party::Other(Some(phrase(tokens, from, last))));
        }
        self.speaks_jointly(tokens, from, last).then_some(Party::Own(None))
    }

    /// "Both leaders", "the two countries", "they", in a statement of several.
    pub(super) fn speaks_jointly(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let both = |at: usize| matches!(tokens[at].text, "both" | "two" | "three" | "four" | "our" | "these");
        self.joint
            && match tokens[last].text {
                "they" => true,
                "leaders" | "presidents" | "ministers" | "sides" | "participants" => {
                    let the = (last.saturating_sub(2).max(from)..last).any(|at| tokens[at].is("the") || both(at));
                    the || last == from
                }
                "countries" | "nations" | "governments" | "partners" => {
                    (last.saturating_sub(2).max(from)..last).any(both)
                }
                _ => false,
            }
    }

    /// "the minister", "the Treasurer", to one of a parliament who does not govern.
    pub(super) fn is_ruler(&self, token: &Token<'_>) -> bool {
        self.rival
            && matches!(
                token.text,
                "minister"
                    | "ministers"
                    | "treasurer"
                    | "chancellor"
                    | "premier"
                    | "secretary"
                    | "taoiseach"
                    | "president"
            )
    }

    /// "A Harbour government will": what those promise who do not govern yet.
    pub(super) fn would_govern(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let article = (last.saturating_sub(3).max(from)..last).rev().find(|&at| matches!(tokens[at].text, "a" | "an"));
        let rival = self.told || self.rival;
        rival
            && tokens[last].is("government")
            && article.is_some_and(|at| tokens[at + 1..last].iter().all(Token::is_name))
    }

    /// "They've made a commitment": others, whom the sentence has not named.
    pub(super) fn is_unnamed(&self, token: &Token<'_>) -> bool {
        matches!(token.text, "they" | "their") && self.known && !self.government && !self.public
    }

    /// "the industry" of an association of it, not "the airline industry" of others.
    pub(super) fn is_guilds(&self, tokens: &[Token<'_>], last: usize) -> bool {
        let named = |at: &usize| tokens[*at].kind == Kind::Word && !matches!(tokens[*at].text, "the" | "our");
        let kinds = || (last.saturating_sub(4)..last).rev().take_while(named);
        let same = kinds().next().is_none() || kinds().any(|at| self.is_word(tokens[at].text));
        self.guild && matches!(tokens[last].text, "industry" | "sector") && (same || self.trade)
    }

    pub(super) fn is_other_name(&self, token: &Token<'_>) -> bool {
        let common = self.public && self.rules.lists("own-body", token.text);
        token.is_name()
            && !common
            && !self.rules.lists("no-party", token.text)
            && !self.owns(token.text)
            && !self.is_short_for(token)
            && token.raw.len() > 1
            && !token.is("your")
            && !is_first_word(token)
            // "Citywide emissions" are no party
            && !token.text.ends_with("wide")
    }

    /// "The NDC", "the Norland Forest Act", said by a town or a company: of the land.
    pub(super) fn is_national(&self, tokens: &[Token<'_>], last: usize) -> bool {
        let named = last > 0 && tokens[last - 1].is_name() && !self.owns(tokens[last - 1].text);
        let act = self.town && tokens[last].is_name() && matches!(tokens[last].text, "act" | "law" | "bill") && named;
        self.is_below() && (self.rules.lists("national-paper", tokens[last].text) || act)
    }

    /// "the city", said by one of whom nothing is known but a name.
    pub(super) fn is_town(&self, noun: &str) -> bool {
        let land = matches!(
            noun,
            "city" | "town" | "municipality" | "county" | "region" | "province" | "canton" | "prefecture" | "state"
        );
        self.plain_name && land
    }

    /// Whether "our" or a name belongs to others: "our customers". "Working with
    /// our suppliers" is what we do.
    pub(super) fn is_theirs(&self, span: &[Token<'_>], index: usize) -> bool {
        let next = |ahead: usize| span.get(index + ahead).map_or("", |token| token.text);
        let near = self.rules.lists("other", next(1)) && !self.owns(next(1));
        let near = near && !(self.guild && next(1) == "members");
        // "our coalition", said by those who govern with it
        let near = near && !(self.public && !self.town && next(1) == "coalition");
        let far = matches!(next(2), "customers" | "clients" | "suppliers" | "customer");
        // "my constituency", "my council", in a parliament
        let seat = self.public
            && !self.town
            && span[index].is("my")
            && matches!(next(1), "constituency" | "seat" | "electorate" | "riding" | "council" | "constituents");
        if seat && (self.rival || next(1) != "council") {
            return true;
        }
        let with = index.checked_sub(1).map_or("", |at| span[at].text);
        let joint = self.joint && matches!(next(1), "countries" | "nations" | "governments");
        (near || far) && !joint && !matches!(with, "with" | "among" | "engaging")
    }

    /// "Secretary of Harbours Ann Lee" of a department of harbours.
    pub(super) fn is_officer(&self, span: &[Token<'_>], index: usize) -> bool {
        if self.is_seat(&span[index]) && span.get(index + 1).is_some_and(|next| next.is_name()) {
            return true;
        }
        let of_ours =
            self.government && span[index].is("secretary") && span.get(index + 1).is_some_and(|next| next.is("of"));
        if of_ours && span[index].is_name() {
            return true;
        }
        let office = matches!(span[index].text, "secretary" | "minister" | "commissioner" | "mayor" | "governor");
        let run = || span[index + 1..].iter().take(4).take_while(|token| token.is_name() || token.is("of"));
        office && span[index].is_name() && run().any(|token| token.text.len() > 3 && self.is_word(token.text))
    }

    /// "the Million Trees Project", told by a government: what is done, not who does it.
    pub(super) fn is_project(&self, span: &[Token<'_>], index: usize) -> bool {
        let run = span[index..].iter().take(6).take_while(|token| token.is_name());
        let project = |token: &Token<'_>| matches!(token.text, "project" | "programme" | "program" | "campaign");
        self.government && run.last().is_some_and(project)
    }

    /// "Sudland Executive Order 12", said by a town: of the land above it.
    pub(super) fn is_order_above(&self, name: &[Token<'_>]) -> bool {
        let order = name.iter().any(|token| token.is("order"));
        self.town
            && order
            && name.first().is_some_and(|first| self.is_other_name(first) && !first.is("executive"))
            && !name
                .iter()
                .any(|token| self.rules.lists("office", token.text) || self.rules.lists("own-body", token.text))
    }

    /// "all power produced in Sudland": where a thing is made, not who makes it.
    pub(super) fn is_made_in(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let made = |word: &str| {
            matches!(
                word,
                "made"
                    | "produced"
                    | "sold"
                    | "built"
                    | "used"
                    | "generated"
                    | "consumed"
                    | "registered"
                    | "bought"
                    | "manufactured"
                    | "installed"
                    | "grown"
                    | "constructed"
                    | "delivered"
                    | "supplied"
                    | "collected"
            )
        };
        let listed = |at: usize| at > from + 1 && at < last && is_listed(tokens, at);
        let rest = tokens[last].is("rest") && last > from && tokens[last - 1].is("the");
        let first = (from..=last)
            .rev()
            .find(|&at| !(tokens[at].is_name() || listed(at) || rest && at + 1 >= last))
            .filter(|&at| at > from && at < last);
        let within = |at: usize| {
            matches!(tokens[at].text, "in" | "within" | "across" | "throughout")
                || (matches!(tokens[at].text, "for" | "by") && made(tokens[at - 1].text))
        };
        // "sales in Sudland", "our mills in Sudland"
        let thing = |word: &str| {
            matches!(
                word,
                "sales"
                    | "deliveries"
                    | "production"
                    | "operations"
                    | "plants"
                    | "sites"
                    | "stores"
                    | "factories"
                    | "offices"
                    | "mills"
                    | "buildings"
                    | "homes"
                    | "shops"
                    | "fleet"
                    | "vehicles"
                    | "cars"
                    | "emissions"
                    | "electricity"
                    | "energy"
                    | "power"
                    | "facilities"
                    | "depots"
                    | "hotels"
            ) || self.rules.lists("vehicle", word)
        };
        let passive = |at: usize| at > from && matches!(tokens[at - 1].text, "are" | "is" | "were" | "was" | "and");
        first.is_some_and(|at| {
            let noun = tokens[at - 1].text;
            within(at) && (thing(noun) || made(noun) && !passive(at - 1))
        })
    }

    /// "from Sudland", "of Sudland", where Sudland does not speak.
    pub(super) fn is_from_abroad(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let name = tokens.get(at + 1).is_some_and(|token| token.raw.len() > 3 && self.is_other_name(token));
        name && self.known && tokens.get(at).is_some_and(|token| token.is("from"))
    }

    /// "Mayor Lund", "Cllr Berg", said by a town: one who speaks for it.
    pub(super) fn is_seat(&self, token: &Token<'_>) -> bool {
        let town = self.town || self.is_word("city") || self.is_word("council");
        let wider = matches!(token.text, "governor" | "premier");
        token.is_name() && self.public && !self.government && self.rules.lists("office", token.text) && !(wider && town)
    }

    /// "a Climate Emergency", "Executive Order": a thing with capitals, no party.
    pub(super) fn is_title(&self, span: &[Token<'_>], index: usize) -> bool {
        let article =
            span[..index].iter().rev().take(4).find(|token| !(token.is_name() || token.is("new")) || token.is("a"));
        let ruled = |token: &Token<'_>| token.is("order") || self.rules.lists("paper", token.text);
        // "Executive order EO-7": its number
        if self.public && index > 1 && span[index - 1].is("order") && span[index - 2].is("executive") {
            return true;
        }
        let run = || span[index..].iter().take(8).take_while(|token| token.is_name());
        article.is_some_and(|token| matches!(token.text, "a" | "an"))
            // "This AlderGreen Strategy"
            || (article.is_some_and(|token| token.is("this")) && run().any(ruled))
            || (self.public && self.is_scheme(span, index))
            || (self.public
                && span[index..].iter().take(8).take_while(|token| token.is_name()).any(ruled)
                && !self.is_order_above(&span[index..span.len().min(index + 3)]))
    }

    /// "National Forest" before "Strategy": the first words of a paper's name, unless
    /// the paper is of those above a town.
    pub(super) fn is_title_of(&self, tokens: &[Token<'_>], first: usize, last: usize) -> bool {
        let above = |token: &Token<'_>| matches!(token.text, "national" | "federal" | "state" | "provincial");
        let paper = |token: &Token<'_>| token.is_name() && self.rules.lists("paper", token.text);
        tokens.get(last + 1).is_some_and(paper)
            && !(self.is_below() && tokens[first..=last].iter().any(above))
            && !tokens[first..=last].iter().any(|token| token.is("'s"))
    }

    /// "the Electric Mile": a name of the matter behind an article; a committee is none.
    pub(super) fn is_scheme(&self, span: &[Token<'_>], index: usize) -> bool {
        let opens = || span.first().filter(|first| index > 0 && first.is("the")).map(|_| 0);
        let Some(article) = (0..index).rev().find(|&at| !span[at].is_name()).or_else(opens) else { return false };
        let run = || span[article + 1..].iter().take(5).take_while(|token| token.is_name());
        let body = |token: &Token<'_>| {
            ["own-body", "other", "civil", "guild", "firm"].iter().any(|list| self.rules.lists(list, token.text))
                || matches!(
                    token.text,
                    "committee" | "fund" | "panel" | "secretariat" | "partnership" | "trust" | "group"
                )
        };
        matches!(span[article].text, "the" | "'s")
            && run().any(|token| self.rules.lists("matter", token.text))
            && !run().any(body)
    }

    /// "a new Clean Ports Challenge", told by a government: a name of what is done.
    pub(super) fn is_new_scheme(&self, tokens: &[Token<'_>], first: usize, last: usize) -> bool {
        let scheme = |word: &str| {
            matches!(
                word,
                "challenge"
                    | "initiative"
                    | "programme"
                    | "program"
                    | "campaign"
                    | "partnership"
                    | "mission"
                    | "shot"
                    | "compact"
            )
        };
        let adjective =
            |at: usize| matches!(tokens[at].text, "new" | "national" | "joint" | "bold" | "voluntary" | "ambitious");
        let article = (first.saturating_sub(3)..first).rev().find(|&at| !adjective(at));
        let named =
            scheme(tokens[last].text) || tokens.get(last + 1).is_some_and(|next| next.is_name() && scheme(next.text));
        // "The Clean Ports Shot will": a shot, a mission at something is of those who rule
        let shot = matches!(tokens[last].text, "shot" | "earthshot" | "moonshot") && last > first + 1;
        self.government && (shot || named && article.is_some_and(|at| matches!(tokens[at].text, "a" | "an")))
    }

    /// "The Sudlandians came with a goal", told by a government: a people behind an article.
    pub(super) fn is_people(&self, span: &[Token<'_>], index: usize) -> bool {
        let name = span[index].text;
        let people = ["ese", "ians", "eans", "ans", "ish"].iter().any(|end| name.ends_with(end)) && name.len() > 4;
        let verb = |token: &Token<'_>| {
            self.rules.lists("name-behind", token.text)
                || matches!(token.text, "came" | "are" | "made" | "agreed" | "put" | "went" | "took" | "raised")
        };
        let acts = span.get(index + 1).is_some_and(verb);
        self.government && span[index].is_name() && people && acts && !self.owns(name)
    }

    /// "Your Company", to those who own it: the "your" at `at` of a chairman's letter.
    pub(super) fn is_of_the_owners(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let Some(next) = tokens.get(at + 1) else { return false };
        let leads = ["chairman", "chairperson", "chairwoman", "directors", "shareholders"];
        let firm = self.rules.lists("firm", next.text) || matches!(next.text, "bank" | "group" | "board" | "directors");
        let led = leads.iter().any(|word| self.is_word(word));
        firm && (led || next.is_name()) && self.known && !(self.press || self.public && !led)
    }

    /// "Under the Federal Forest Act": the name of a law by which something is done.
    pub(super) fn is_law_in_front(&self, span: &[Token<'_>], index: usize) -> bool {
        let first = (0..index).rev().find(|&at| !(span[at].is_name() || span[at].is("the")));
        let under = first.map_or(0, |at| at + usize::from(!matches!(span[at].text, "under" | "by")));
        let run = || span[index..].iter().take(8).take_while(|token| token.is_name() || token.is("and"));
        let law = |token: &Token<'_>| matches!(token.text, "act" | "law" | "ordinance" | "regulation" | "decree");
        matches!(span[under].text, "under" | "by") && run().any(law) && !self.is_below_a_law(span, under)
    }

    /// "Under the NSW Forest Act", said by a town or a company: a law of those above it.
    fn is_below_a_law(&self, span: &[Token<'_>], under: usize) -> bool {
        self.town
            || (self.known && !self.public && !self.civil)
            || span[under..].iter().take(6).any(|token| token.is("'s"))
    }

    /// "Department of Harbours", "the Forest Service", told by a government: its own.
    pub(super) fn is_ministry(&self, name: &[Token<'_>]) -> bool {
        let name = &name[usize::from(name.len() > 1 && name[0].is("the"))..];
        let (first, last) = (&name[0], &name[name.len() - 1]);
        let office =
            matches!(first.text, "department" | "ministry" | "bureau") && name.iter().any(|token| token.is("of"));
        // "Secretary of Harbours Ann Lee"; a secretary general is none of ours
        let officer = matches!(first.text, "secretary" | "administrator")
            && !name.iter().any(|token| matches!(token.text, "general" | "executive"));
        let office = office || officer;
        let branch = matches!(
            last.text,
            "service" | "guard" | "corps" | "administration" | "laboratory" | "laboratories" | "department"
        );
        self.government && (office || (branch && name.len() > 1)) && !name.iter().any(|token| token.is("'s"))
    }

    /// "the Departments of Harbours, Energy and Labour", told by a government.
    pub(super) fn are_ministries(&self, tokens: &[Token<'_>], from: usize, last: usize) -> bool {
        let listed = |at: usize| tokens[at].is_name() || matches!(tokens[at].text, "," | "and" | "of" | "the" | "&");
        let offices =
            |at: usize| matches!(tokens[at].text, "departments" | "ministries" | "secretaries") && tokens[at].is_name();
        self.government
            && tokens[last].is_name()
            && (from..last).rev().take(24).take_while(|&at| listed(at)).any(|at| offices(at) && tokens[at + 1].is("of"))
    }

    /// "Norse Airlines", "Bank of Norland", "President Berg", told by the government of
    /// another land or of Norland: no part of it, though a word of the name is its own.
    pub(super) fn is_foreign_firm(&self, name: &[Token<'_>]) -> bool {
        let (first, last) = (&name[0], &name[name.len() - 1]);
        let firm = matches!(
            last.text,
            "airlines"
                | "airways"
                | "university"
                | "college"
                | "corporation"
                | "corp"
                | "inc"
                | "steel"
                | "motors"
                | "foundation"
                | "institute"
                | "energy"
                | "utilities"
        );
        let office = name.iter().any(|token| matches!(token.text, "department" | "ministry" | "secretary" | "office"));
        let bank = first.is("bank") && name.get(1).is_some_and(|next| next.is("of"));
        // one who leads another land
        let heads = matches!(first.text, "president" | "prime" | "minister" | "chancellor" | "premier");
        let of_ours =
            matches!(last.text, "president" | "minister" | "obama" | "trump" | "biden" | "bush" | "clinton" | "harris");
        // a land with a prime minister has no president to speak for it
        let leader = (heads && self.owns("states") && !of_ours) || (first.is("president") && self.is_word("prime"));
        let leader = leader && self.is_other_name(last) && !name.iter().any(|token| token.is("'s"));
        self.government && name.len() > 1 && ((firm && !office) || bank || leader)
    }
}
