//! A whole text: its blocks read one by one, what it promises gathered.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::goals::{Goal, LeftOut, Reading, read};
use super::language::Count;
use super::pointing::points_back;
use super::rules::Rules;
use super::sentences;
use super::speaker::Speaker;
use super::text::{Block, Form, Sort, blocks};
use crate::model::date::PartialDate;

/// What is known about a text beside its words.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Names of the organisation that speaks: id, name, other names.
    pub organisation: Vec<String>,
    /// Who speaks, in which office.
    pub speaker: Option<String>,
    /// When it was said; relative deadlines count from it.
    pub date: Option<PartialDate>,
}

/// One promise proposed, with the words it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The sentence, verbatim but for white space.
    pub quote: String,
    /// Line of the file it begins on, from 1.
    pub line: usize,
    /// Bytes of the file it stands in.
    pub bytes: Range<usize>,
    /// The words before a list that this line of the list belongs to.
    pub lead: Option<String>,
    /// The goal; its latest deadline.
    pub goal: Goal,
    /// Earlier values of the same goal, in the order of their years.
    pub milestones: Vec<Goal>,
    /// Lines on which it is said again.
    pub again: Vec<usize>,
}

/// A sentence with a goal's words in it that is no promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// The sentence.
    pub quote: String,
    /// Its line.
    pub line: usize,
    /// Why each goal in it is none.
    pub reasons: Vec<LeftOut>,
}

/// What a text gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// What the speaker's side promises, in the order of the text.
    pub proposals: Vec<Proposal>,
    /// Promises of others that the text reports.
    pub reported: Vec<Proposal>,
    /// Sentences left out, the first [`MOST_REJECTED`] of them.
    pub rejected: Vec<Rejected>,
    /// Sentences read.
    pub sentences: usize,
    /// Paragraphs that are not English and were not read.
    pub foreign: usize,
    /// Set where most of the text is not English: common English words in a
    /// hundred words.
    pub not_english: Option<usize>,
}

/// Most sentences left out that are kept for explanations.
pub const MOST_REJECTED: usize = 10_000;

/// Most sentences that are remembered at a time.
const MOST_LATELY: usize = 4_096;

/// Bytes of blocks that are read at a time, on all cores.
const BATCH: usize = 256 * 1024;

/// Blocks whose language is looked at whatever they are about.
const SAMPLE: usize = 2_000;

/// Most further lines that are kept of a promise made again and again.
const MOST_AGAIN: usize = 20;

/// Reads a text and proposes what it promises.
#[must_use]
pub fn extract(text: &str, form: Form, context: &Context, rules: &Rules) -> Extraction {
    let names: Vec<&str> = context.organisation.iter().map(String::as_str).chain(context.speaker.as_deref()).collect();
    let mut reader = Reader {
        text,
        rules,
        speaker: Speaker::new(rules, &names),
        said: context.date,
        found: Extraction::default(),
        language: Count::default(),
        blocks: 0,
        lately: HashMap::new(),
        seen: HashMap::new(),
        lead: None,
        counted: (0, 1),
    };
    let mut batch = Vec::new();
    let mut size = 0;
    blocks(text, form, &mut |block| {
        size += block.text.len();
        batch.push(block);
        if size >= BATCH {
            reader.batch(&batch);
            batch.clear();
            size = 0;
        }
    });
    reader.batch(&batch);
    if reader.found.sentences > 0 && reader.language.is_foreign() || reader.found.foreign > reader.found.sentences {
        reader.found.not_english = Some(reader.language.percent());
    }
    reader.found
}

/// The text as it is archived: one block a paragraph, a quote in one piece.
#[must_use]
pub fn plain(text: &str, form: Form) -> String {
    let mut plain = String::new();
    blocks(text, form, &mut |block| {
        plain.push_str(&block.text);
        plain.push_str("\n\n");
    });
    plain.truncate(plain.trim_end().len());
    plain.push('\n');
    plain
}

struct Reader<'t> {
    text: &'t str,
    rules: &'t Rules,
    speaker: Speaker<'t>,
    said: Option<PartialDate>,
    found: Extraction,
    language: Count,
    /// Blocks read.
    blocks: usize,
    /// Sentences read lately, and what they gave.
    lately: HashMap<String, Reading>,
    seen: HashMap<String, usize>,
    /// A sentence that ends in a colon: the items after it belong to it.
    lead: Option<String>,
    /// Bytes of the file whose lines are counted, and the line there.
    counted: (usize, usize),
}

impl Reader<'_> {
    /// Reads blocks that follow each other: first their sentences by themselves, on all
    /// cores, then what they say together, one after the other.
    fn batch(&mut self, batch: &[Block]) {
        let known = &*self;
        let ready: Vec<(bool, Vec<(&str, Reading)>)> = batch.par_iter().map(|block| known.ahead(block)).collect();
        let read = ready.iter().map(|(_, readings)| readings.len()).sum::<usize>();
        if self.lately.len() + read >= MOST_LATELY {
            self.lately.clear();
        }
        for (block, (topical, readings)) in batch.iter().zip(ready) {
            self.lately.extend(readings.into_iter().map(|(text, reading)| (text.to_owned(), reading)));
            self.block(block, topical);
        }
    }

    /// Whether a block is about anything that is promised, and what its sentences say that
    /// were not read lately. A block that is a file by itself is left for later.
    fn ahead<'b>(&self, block: &'b Block) -> (bool, Vec<(&'b str, Reading)>) {
        let topical = self.rules.is_topical(&block.text);
        if !topical || block.text.len() > BATCH {
            return (topical, Vec::new());
        }
        let texts = sentences::split(&block.text).into_iter().map(|range| &block.text[range]);
        let unread = texts.filter(|text| {
            self.rules.can_be_goal(text) && self.rules.is_topical(text) && !self.lately.contains_key(*text)
        });
        (topical, unread.map(|text| (text, read(self.rules, text, None, self.said, &self.speaker))).collect())
    }

    fn block(&mut self, block: &Block, topical: bool) {
        self.blocks += 1;
        if topical || self.blocks < SAMPLE {
            let language = Count::of(&block.text);
            self.language.add(language);
            if language.is_foreign() {
                self.found.foreign += 1;
                return;
            }
        }
        if block.sort != Sort::Item {
            self.lead = None;
        }
        let ends_open = block.text.ends_with(':') && block.text.len() < 600;
        if ends_open || topical || (self.lead.is_some() && block.sort == Sort::Item) {
            let mut before = None;
            for range in sentences::split(&block.text) {
                self.sentence(block, range.clone(), before);
                before = Some(&block.text[range]);
            }
        }
        if ends_open {
            let last = sentences::split(&block.text).pop();
            self.lead = last.map(|range| block.text[range].to_owned());
        }
    }

    /// `before` is the sentence before it in its block.
    fn sentence(&mut self, block: &Block, range: Range<usize>, before: Option<&str>) {
        self.found.sentences += 1;
        let text = &block.text[range.clone()];
        let lead = self.lead.clone().filter(|_| block.sort == Sort::Item && range.start == 0);
        let before = before.filter(|before| points_back(text) && self.rules.is_topical(before));
        let topical = || before.is_some() || self.rules.is_topical(text);
        if lead.is_none() && !(self.rules.can_be_goal(text) && topical()) {
            return;
        }
        let (reading, lead) = match before {
            Some(_) if lead.is_none() => (read(self.rules, text, before, self.said, &self.speaker), None),
            _ => self.reading(text, lead),
        };
        if reading == Reading::default() {
            return;
        }
        let bytes = block.place(&range);
        let line = self.line(bytes.start);
        if !reading.left_out.is_empty() && self.found.rejected.len() < MOST_REJECTED {
            self.found.rejected.push(Rejected { quote: text.to_owned(), line, reasons: reading.left_out });
        }
        for (goals, own) in [(reading.goals, true), (reading.reported, false)] {
            for (goal, milestones) in with_milestones(goals) {
                let proposal = Proposal {
                    quote: text.to_owned(),
                    line,
                    bytes: bytes.clone(),
                    lead: lead.clone(),
                    goal,
                    milestones,
                    again: Vec::new(),
                };
                self.keep(proposal, own);
            }
        }
    }

    /// An item of a list is read with the words before the list, of which
    /// those goals are taken away that the words hold by themselves.
    fn reading(&mut self, text: &str, lead: Option<String>) -> (Reading, Option<String>) {
        let alone = self.alone(text);
        let Some(lead) = lead else { return (alone, None) };
        let before = read(self.rules, &lead, None, self.said, &self.speaker);
        let mut both = read(self.rules, &format!("{lead} {text}"), None, self.said, &self.speaker);
        both.goals
            .retain(|goal| !before.goals.iter().any(|other| other.topic == goal.topic && other.value == goal.value));
        if alone.goals.iter().any(|goal| goal.due.is_some()) || both.goals.is_empty() {
            (alone, None)
        } else {
            (both, Some(lead))
        }
    }

    /// A sentence by itself. Long files say the same again and again: headings,
    /// notices, whole pages; what was read lately is not read twice.
    fn alone(&mut self, text: &str) -> Reading {
        if let Some(known) = self.lately.get(text) {
            return known.clone();
        }
        let reading = read(self.rules, text, None, self.said, &self.speaker);
        if self.lately.len() >= MOST_LATELY {
            self.lately.clear();
        }
        self.lately.insert(text.to_owned(), reading.clone());
        reading
    }

    /// A goal said twice is listed once.
    fn keep(&mut self, proposal: Proposal, own: bool) {
        let goal = &proposal.goal;
        let key = format!(
            "{own}|{}|{:?}|{:?}|{:?}|{:?}|{:?}",
            goal.topic,
            goal.value,
            goal.unit,
            goal.due.as_ref().map(|due| due.year),
            goal.direction,
            if own { None } else { goal.committer.as_deref() }
        );
        let list = if own { &mut self.found.proposals } else { &mut self.found.reported };
        if let Some(first) = self.seen.get(&key).and_then(|&at| list.get_mut(at))
            && (first.goal.scopes == goal.scopes || goal.scopes.is_empty())
        {
            if first.again.len() < MOST_AGAIN && first.line != proposal.line {
                first.again.push(proposal.line);
            }
            return;
        }
        self.seen.insert(key, list.len());
        list.push(proposal);
    }

    /// The line of a byte; the places come in order.
    fn line(&mut self, at: usize) -> usize {
        let (from, line) = self.counted;
        if at < from {
            return line;
        }
        let more = self.text.as_bytes()[from..at.min(self.text.len())].iter().filter(|&&byte| byte == b'\n').count();
        self.counted = (at, line + more);
        self.counted.1
    }
}

/// Goals that differ in their year and value alone are one with milestones.
fn with_milestones(goals: Vec<Goal>) -> Vec<(Goal, Vec<Goal>)> {
    let mut grouped: Vec<(Goal, Vec<Goal>)> = Vec::new();
    for goal in goals {
        let same = |other: &Goal| {
            let years = (other.due.as_ref().map(|due| due.year), goal.due.as_ref().map(|due| due.year));
            let grows = match (other.value, goal.value) {
                (Some(first), Some(second)) => first != second,
                _ => false,
            };
            let steady = goal.change == other.change
                && other.topic == goal.topic
                && other.unit == goal.unit
                && other.direction == goal.direction;
            grows
                && steady
                && other.scopes == goal.scopes
                && other.high.is_none()
                && goal.high.is_none()
                && matches!(years, (Some(a), Some(b)) if a != b)
        };
        match grouped.last_mut().filter(|(last, _)| same(last)) {
            Some((last, milestones)) => {
                let year = |goal: &Goal| goal.due.as_ref().map(|due| due.year);
                let earlier = if year(&goal) > year(last) { std::mem::replace(last, goal) } else { goal };
                milestones.push(earlier);
                milestones.sort_by_key(year);
            }
            None => grouped.push((goal, Vec::new())),
        }
    }
    grouped
}
