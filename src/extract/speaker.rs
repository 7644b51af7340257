//! The speaker: by which names, and what sort of body.

use super::demonyms;
use super::initials::{abbreviates, initials, parts};
use super::nations::{bears_nation, is_nation, leads_untold};
use super::rules::Rules;
use super::subject::Party;
use super::token::Token;

/// The speaker's names, for telling own goals from reported ones.
#[derive(Debug, Clone)]
pub(crate) struct Speaker<'r> {
    pub(super) rules: &'r Rules,
    names: Vec<String>,
    /// Every word of the descriptions.
    words: Vec<String>,
    /// The bodies that are described, word by word, for their abbreviations.
    bodies: Vec<Vec<String>>,
    pub(super) known: bool,
    pub(super) government: bool,
    /// A newspaper, an observer: what it tells of is somebody else's.
    pub(super) press: bool,
    /// One who can make rules for others.
    pub(super) public: bool,
    /// A university, a club, an agency: no company.
    pub(super) civil: bool,
    /// An association: what its industry promises is its own.
    pub(super) guild: bool,
    /// Such a one as can be of nothing but an industry.
    pub(super) trade: bool,
    /// One who asks: no goal is the questioner's.
    asks: bool,
    /// A party before an election: "we would" is "we will".
    pub(super) told: bool,
    /// One of a parliament who does not govern: "the minister" is another.
    pub(super) rival: bool,
    /// Several who speak as one: "both leaders" are they.
    pub(super) joint: bool,
    /// A law, a bill, a decision: what it says of others is their duty.
    pub(super) law: bool,
    /// A town, told by its state: "Alder, OR".
    pub(super) town: bool,
    /// A name alone, which may be that of a town.
    pub(super) plain_name: bool,
    /// The words of each description, for the letters they are cut to.
    pub(super) titles: Vec<Vec<String>>,
    /// A company that bears the name of a land.
    pub(super) bears_nation: bool,
    /// One who leads a land that is not told.
    pub(super) leads_untold: bool,
}

/// Words of a description that an abbreviation can be of.
const LONGEST_TITLE: usize = 12;

impl<'r> Speaker<'r> {
    /// What sorts of speaker this is.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let kinds = [
            ("known", self.known),
            ("government", self.government),
            ("press", self.press),
            ("public", self.public),
            ("civil", self.civil),
            ("guild", self.guild),
            ("told", self.told),
            ("law", self.law),
            ("town", self.town),
            ("name-alone", self.plain_name),
            ("rival", self.rival),
            ("joint", self.joint),
        ];
        kinds.into_iter().filter(|(_, is)| *is).map(|(kind, _)| kind)
    }

    /// Takes the names out of a speaker's and an organisation's description.
    pub(crate) fn new(rules: &'r Rules, descriptions: &[&str]) -> Self {
        let mut speaker = Self {
            rules,
            names: Vec::new(),
            words: Vec::new(),
            bodies: Vec::new(),
            known: false,
            government: false,
            press: false,
            public: false,
            civil: false,
            law: false,
            town: false,
            asks: false,
            plain_name: false,
            told: false,
            guild: false,
            trade: false,
            joint: false,
            rival: false,
            titles: Vec::new(),
            bears_nation: false,
            leads_untold: false,
        };
        for text in descriptions.iter().filter(|text| !text.trim().is_empty()) {
            speaker.describe(text);
        }
        // the United States have governors, but those speak for their own states
        let state = speaker.owns("state") && !(speaker.government && speaker.owns("states"));
        if speaker.public && state || speaker.law {
            speaker.names.extend(["governor", "legislature", "board", "bill", "act", "secretary"].map(str::to_owned));
        }
        // one whose name is that of a newspaper may be a mayor
        speaker.press &= !speaker.government && !speaker.law && !speaker.is_word("mayor");
        speaker
    }

    /// Takes in one description.
    fn describe(&mut self, text: &str) {
        let rules = self.rules;
        self.known = true;
        let (text, placed) = town(text);
        self.public |= placed;
        self.town |= placed;
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let quoted = words.iter().any(|word| matches!(*word, "quoted" | "unnamed" | "listed"));
        self.press |= !quoted && words.iter().any(|word| rules.lists("press", word));
        self.asks |=
            lower.contains("(question)") || words.iter().any(|word| matches!(*word, "questioner" | "interviewer"));
        self.words.extend(words.iter().map(|word| (*word).to_owned()));
        self.titles.push(words.iter().take(LONGEST_TITLE).map(|word| (*word).to_owned()).collect());
        self.bears_nation |= bears_nation(rules, &lower);
        self.leads_untold |= leads_untold(rules, &lower);
        let telling = |word: &&&str| word.len() > 1 && !rules.lists("no-name", word);
        let plain = words.iter().filter(telling).count() == 0;
        let article = |word: &str| matches!(word, "the" | "of" | "a" | "an" | "and" | "for" | "in");
        for word in words.iter().filter(|word| plain && !article(word) || telling(word)) {
            self.names.push((*word).to_owned());
        }
        self.numbered(&words);
        if let Some(at) = lower.find("u.s.").or_else(|| lower.find("u.k.")) {
            self.names.push(lower[at..at + 4].to_owned());
        }
        let forms: Vec<&str> = words.iter().flat_map(|word| demonyms::other_forms(word)).collect();
        self.names.extend(forms.into_iter().map(str::to_owned));
        self.names.extend(initials(&words));
        // "Alder Foods and Bay Trust (BT)": each by itself, too
        for part in parts(&lower) {
            let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            if (2..6).contains(&words.len()) {
                self.names.extend(initials(&words).into_iter().filter(|letters| letters.len() > 2));
                self.bodies.push(words.into_iter().map(str::to_owned).collect());
            }
        }
        self.public |= self.is_region(&words);
        self.plain_name = words.len() < 3 && !words.iter().any(|word| rules.lists("no-name", word));
        self.names.extend(rules.calls_itself(&lower).cloned());
        // ACT is a territory
        let written = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| *word != "ACT");
        self.law |= written().any(|word| rules.lists("legal", &word.to_lowercase()));
        let seats = ["parliament of", "national assembly", "legislative assembly", "congress of", "senate of"];
        self.law |= seats.iter().any(|seat| lower.starts_with(seat));
        if self.law {
            self.names.extend(["house", "assembly"].map(str::to_owned));
        }
        self.told |= words.iter().any(|word| matches!(*word, "party" | "manifesto" | "platform" | "candidate"));
        let ruled = words.iter().any(|word| rules.lists("public", word) && *word != "council" && *word != "union");
        self.guild |= !ruled && words.iter().any(|word| rules.lists("guild", word));
        self.trade |=
            words.iter().any(|word| matches!(*word, "association" | "federation" | "confederation" | "chamber"));
        self.joint |= words.iter().any(|word| rules.lists("joint-body", word));
        self.civil |= words.iter().any(|word| rules.lists("civil", word));
        self.public |= words.iter().any(|word| rules.lists("public", word));
        self.govern(&lower);
    }

    /// A record that names a part of a land and nothing else: "South Harbour".
    fn is_region(&self, words: &[&str]) -> bool {
        let side = |word: &str| {
            matches!(
                word,
                "south"
                    | "north"
                    | "west"
                    | "western"
                    | "northern"
                    | "southern"
                    | "eastern"
                    | "new"
                    | "lower"
                    | "upper"
                    | "the"
                    | "of"
                    | "and"
                    | "british"
                    | "do"
                    | "sul"
                    | "la"
                    | "le"
            )
        };
        words.iter().any(|word| self.rules.lists("region", word))
            && words.iter().all(|word| self.rules.lists("region", word) || side(word))
    }

    /// "7Harbour", "12B Ltd": names that begin with a number are written in two tokens.
    fn numbered(&mut self, words: &[&str]) {
        for word in words {
            let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
            if letters.is_empty() || letters.len() == word.len() {
                continue;
            }
            self.words.push(letters.to_owned());
            if letters.len() > 2 {
                self.names.push(letters.to_owned());
            }
        }
    }

    /// Whether a description is that of a government, and what it calls itself.
    fn govern(&mut self, lower: &str) {
        // a shadow minister speaks for those who do not govern
        let backbencher = is_backbencher(lower);
        let rival = ["opposition", "shadow"].iter().any(|word| lower.contains(word)) || backbencher;
        self.public |= backbencher;
        self.rival |= rival;
        // "Senior Advisor Lund": one of whom nothing but the office is told
        let advisor = lower.starts_with("senior advis") && lower.split(' ').count() < 5 && !lower.contains(',');
        let land = is_nation(self.rules, lower);
        if (advisor || land || self.rules.is_government(lower)) && !rival {
            self.public = true;
            self.government = true;
            self.names.extend(
                [
                    "president",
                    "government",
                    "administration",
                    "parliament",
                    "cabinet",
                    "treasury",
                    "minister",
                    "pm",
                    "majesty",
                    "highness",
                    "excellency",
                ]
                .map(str::to_owned),
            );
        }
    }

    /// Whether what a nation, a state or a region has set itself is somebody else's.
    pub(super) fn is_below(&self) -> bool {
        self.known && !self.government && (self.town || !self.public)
    }

    /// Whether the speaker can make rules for others.
    pub(crate) fn is_public(&self) -> bool {
        self.public
    }

    /// What a reporter tells is somebody else's, but for a plain "we" or the
    /// reporter's own name.
    pub(crate) fn reports(&self, tokens: &[Token<'_>], party: &Party) -> bool {
        let quoted = || tokens.iter().any(|token| matches!(token.text, "\"" | "["));
        let named = || tokens.iter().any(|token| token.is_name() && self.owns(token.text));
        let we = || tokens.iter().any(|token| self.rules.lists("first-person", token.text));
        if self.asks {
            return true;
        }
        self.press
            && match party {
                Party::Own(Some(name)) => !name.split(' ').any(|word| self.owns(&word.to_lowercase())),
                Party::Own(None) => quoted() || !(we() || named()),
                _ => true,
            }
    }

    /// Whether the speaker's descriptions have a word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// Whether a name of several words is the speaker's, word for word.
    pub(super) fn is_called<'t>(&self, name: impl Iterator<Item = &'t str>) -> bool {
        let mut count = 0;
        let all = name.inspect(|_| count += 1).all(|word| self.words.iter().any(|own| own == word));
        all && count > 1
    }

    /// Whether a name is one of the speaker's; `Fijian` is `Fiji`.
    pub(super) fn owns(&self, name: &str) -> bool {
        if name.len() > 3 && name.contains('.') && !self.names.iter().any(|own| own.contains('.')) {
            return self.owns(&name.replace('.', ""));
        }
        self.names.iter().any(|own| {
            own == name
                || (own.len() > 3
                    && name.len() > 3
                    && common(own, name) >= own.len().min(name.len()).saturating_sub(1).max(4))
        }) || self.bodies.iter().any(|body| abbreviates(name, body))
    }
}

/// One of a parliament who is none of those who govern: "Ann Lee MP", "member of the
/// House".
fn is_backbencher(lower: &str) -> bool {
    let word = |wanted: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted);
    let seated = ["member of the", "member of parliament", "member for", "deputy in"].iter();
    let houses = ["house", "legislative", "parliament", "national", "senate", "assembly", "scottish"];
    let housed = |(_, rest): (&str, &str)| houses.iter().any(|house| rest.starts_with(house));
    let seated = seated.into_iter().any(|seat| lower.starts_with(seat))
        || ["member of parliament", "(member for", ", member for"].iter().any(|seat| lower.contains(seat))
        || lower.split_once("member of the ").is_some_and(housed)
        || word("mp")
        || word("senator");
    let rules = ["minister", "govern", "secretary", "president", "premier", "cabinet", "speaker of"];
    seated && !rules.iter().any(|office| lower.contains(office))
}

/// "Alder, OR": the town without its state, and whether it is one.
fn town(text: &str) -> (&str, bool) {
    let Some((name, state)) = text.split_once(", ") else { return (text, false) };
    let code = matches!(state.len(), 2..=3) && state.bytes().all(|byte| byte.is_ascii_uppercase());
    if code { (name, true) } else { (text, false) }
}

fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}
