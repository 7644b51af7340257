//! The one table of the gate's rules. `explain RULE`, the docs page, SARIF and
//! the tests derive from it; the default level stands with the rule's name in
//! [`PolicyRule::default_level`], where the reader of settings needs it, too.

use crate::model::settings::PolicyRule;
use crate::model::words::words;

words! {
    /// When a rule is looked at.
    Occasion {
        /// By `check` alone: the verdict depends on the day.
        Dated = "dated",
        /// By `lint` and `check`, from the records alone.
        Record = "record",
        /// By `lint` and `check` with `--since`.
        Since = "since",
        /// About `pledgebook.toml` itself.
        Settings = "settings",
    }
}

/// What a rule means and what to do about it.
#[derive(Debug, Clone, Copy)]
pub struct RuleEntry {
    /// The rule.
    pub rule: PolicyRule,
    /// When it is looked at.
    pub occasion: Occasion,
    /// One line.
    pub summary: &'static str,
    /// What exactly is found, and why it matters.
    pub meaning: &'static str,
    /// A case that is found.
    pub example: &'static str,
    /// What to do about it.
    pub cure: &'static str,
}

macro_rules! table {
    ($($rule:ident $occasion:ident $summary:literal $meaning:literal $example:literal $cure:literal;)+) => {
        /// Every rule of the gate, the worst first.
        pub const RULES: &[RuleEntry] = &[$(RuleEntry {
            rule: PolicyRule::$rule,
            occasion: Occasion::$occasion,
            summary: $summary,
            meaning: $meaning,
            example: $example,
            cure: $cure,
        }),+];
    };
}

table! {
    Overdue Dated "the deadline has passed and the final figure is unreported past the reporting lag"
        "No figure settles the promise, and the time that a figure may take (`reporting-lag`, 12 months) has passed since the deadline. A waiver for `overdue` covers `overdue-awaiting`, too."
        "deadline 2025, latest figure for 2024, judged on 2027-01-15"
        "log the final figure with `pledgebook log`, or waive it for a while with a reason";
    OverdueAwaiting Dated "the deadline has passed and the final figure is awaited"
        "No figure settles the promise yet, and the reporting lag after the deadline still runs. Overdue starts the day after the deadline."
        "deadline 2025-12-31, judged on 2026-01-01 without a figure for 2025"
        "log the final figure once it is published; until then waive it, or set `overdue-awaiting = \"warn\"`";
    Missed Dated "the target was not met by the deadline"
        "The figure of the deadline's own period, or a later one, fails the target. 96 % of the way is still missed."
        "at most 50 by 2030, and the figure for 2030 is 52"
        "nothing can be mended; waive it with a reason and an expiry, or set `missed = \"warn\"` for a book that keeps old promises";
    Removed Since "a promise that stood in the book is gone"
        "A record of the older state has no counterpart in the newer: no promise with its id, its `formerly`, its quote, or its statement and metric."
        "the [[commitment]] `net-zero-2040` was deleted"
        "put the record back; a promise given up is an amendment with `withdrawn = true`, a new id keeps the old one in `formerly`";
    Weakened Since "a promise became easier to keep and no amendment says so"
        "The record's own terms were rewritten: a later deadline, an easier target or milestone, fewer scopes, more room for offsets. The terms first promised stay as they were; a change is a [[commitment.amendment]]."
        "deadline = \"2030\" was changed to \"2035\" in place"
        "restore the terms first promised and add a [[commitment.amendment]] with date, the new term, reason and url";
    Rescoped Since "a promise was changed in a way that is no clear gain, and no amendment says so"
        "Weaker in one term and stronger in another, or measured by something else, so that old and new cannot be compared."
        "scope 3 was dropped and the target raised from 40 % to 50 %"
        "restore the terms first promised and add a [[commitment.amendment]] that says what changed";
    AmendmentRemoved Since "an amendment that stood in the book is gone or says something else"
        "Amendments are history: the list only grows. Deleting one hides that a promise was changed, even where the terms in force are none the weaker for it."
        "the amendment of 2026-04-09 was deleted"
        "put the amendment back; a further change is a further [[commitment.amendment]]";
    Reworded Since "the quote, summary or coverage of a promise was rewritten"
        "The words differ by more than white space and the form of quotation marks. With a new amendment beside them the summary and coverage may change; a quote is what was said and stays."
        "coverage = \"own operations and supply chain\" became \"own operations\""
        "restore the words, or say what changed in a [[commitment.amendment]]; for a mended typing error lower the rule or waive it";
    HashMismatch Record "an archived text is not the one that was archived"
        "The SHA-256 of the statement's `file` differs from its `sha256`."
        "the archived page was edited after its hash was written down"
        "restore the archived text, or archive the new one as a statement of its own";
    QuoteNotFound Record "a quote does not stand in its statement's archived text"
        "The words of `quote` must stand in the archived text of one of its statements, white space and typographic quotation marks aside."
        "the quote says \"will be\" where the archived speech says \"aims to be\""
        "copy the words from the archived text, or put words of your own into `summary`";
    ArchivedTextMissing Record "a statement's archived text is absent or cannot be read"
        "The statement names a `file` and a `sha256` or quote that should be verified against it, and there is no such text file in the book."
        "file = \"commitments/sources/speech.txt\", and there is none"
        "add the file, correct the path, or leave `file` out";
    NotCompared Since "a file of the older state could not be read, so its promises were not compared"
        "The older version of the file has errors of its own. Everything else was compared."
        "the file of last week had a missing bracket"
        "compare with a state in which the file is valid";
    Regressing Dated "the latest figure is worse than the baseline"
        "Progress is below zero: the series moves away from the target."
        "100 → 50 by 2030, and 2024 stands at 110"
        "check the figure; else it is the organisation's to mend";
    OffTrack Dated "less than 60 % of the progress expected by now"
        "The pace is below `at-risk` in [assessment], or a `keep-…` promise is in breach."
        "100 → 50 over 2020–2030, and 2025 stands at 90"
        "check figures and milestones; else it is the organisation's to mend";
    AtRisk Dated "60 to 95 % of the progress expected by now"
        "The pace lies between `at-risk` and `on-track` in [assessment]."
        "100 → 50 over 2020–2030, and 2025 stands at 80"
        "watch the next figure";
    Silent Dated "no figure for more than two reporting cycles and a lag"
        "The latest figure (or, without any, the statement) is older than twice `report-every` plus `reporting-lag`."
        "the latest figure is for 2021, judged in 2026"
        "look for newer figures; log `no-disclosure = true` where there are none";
    Stale Dated "the latest figure is older than a reporting cycle and a lag"
        "A newer figure should be out by now."
        "the latest figure is for 2023, judged on 2026-01-15"
        "look for the newest report and log its figure";
    NoData Dated "no figure yet beyond the baseline"
        "There is nothing to judge the promise by."
        "a promise of last year without a [[progress]] entry"
        "log the first figure";
    MilestoneMissed Dated "an interim target was not met"
        "A milestone has passed, its figure (or the latest before it) fails, and no later figure reached it."
        "60 by 2025, and the figure for 2025 is 68"
        "watch the next figure; the finding ends once the milestone's value is reached";
    KeptLate Dated "the target was met after the deadline"
        "The final figure failed or none was given, and a later one meets the target."
        "at most 50 by 2025, reached in 2027"
        "nothing can be mended; set `kept-late = \"allow\"` once it is known";
    AmendedWeaker Since "a promise became easier to keep, and an amendment says so"
        "Done in the open, and worth a look: the newer state has a [[commitment.amendment]] that eases or withdraws the promise."
        "an amendment of 2026-04-09 moves the deadline from 2030 to 2035"
        "nothing is wrong with the book; the report keeps the flag `weakened`";
    LateAmendment Dated "an amendment came after the deadline it changes"
        "Nobody postpones or withdraws a promise already missed: the amendment has no effect."
        "deadline 2025, and an amendment of 2026-03-01 moves it to 2030"
        "check the amendment's date; else nothing can be mended";
    OffsetHeavy Dated "more offsets than the promise allows"
        "The offsets of the latest figure exceed `max-percent` of gross emissions, or offsets are not allowed and are there."
        "offsets = { max-percent = 10 }, and 35 % of gross emissions are offset"
        "check `gross` and `offsets` of the figure; else it is the organisation's to mend";
    DueSoon Dated "the deadline is near"
        "The deadline lies within `due-soon` (180 days) of the day judged."
        "deadline 2026-12-31, judged on 2026-10-01"
        "get ready to log the final figure";
    Draft Record "a draft that nobody has accepted yet"
        "The record says `draft = true`: a program proposed it."
        "a promise written by `pledgebook extract`"
        "read it against its source and remove `draft = true`";
    WaiverExpired Settings "a waiver has expired"
        "A waiver holds through its day, inclusive. What it accepted is found again."
        "expires = 2026-06-30, judged on 2026-07-01"
        "mend what was waived, or renew the waiver with a reason that still holds; else remove it";
    WaiverUnused Settings "a waiver that accepts nothing"
        "The rule was looked at and found nothing for this promise, or there is no such promise."
        "the figure is logged, and the waiver for `overdue` still stands"
        "remove the waiver, or correct its rule or commitment";
    SettingUnused Settings "levels are set for an organisation that the book does not have"
        "A name under [check.organisation.…] that fits no file: its levels apply to nothing."
        "[check.organisation.tencnt]"
        "correct the name: it is the stem of the organisation's file";
}

/// The entry of a rule.
#[must_use]
pub fn entry(rule: PolicyRule) -> &'static RuleEntry {
    // The test below shows that every rule has its entry.
    RULES.iter().find(|entry| entry.rule == rule).unwrap_or(&RULES[0])
}

/// Place of a rule in the table, from 0: the worst first.
#[must_use]
pub fn rank(rule: PolicyRule) -> usize {
    RULES.iter().position(|entry| entry.rule == rule).unwrap_or(RULES.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_entry() {
        for rule in PolicyRule::ALL {
            assert_eq!(RULES.iter().filter(|entry| entry.rule == *rule).count(), 1, "{rule}");
            assert!(!entry(*rule).cure.is_empty());
        }
    }

    #[test]
    fn no_rule_of_the_reader_has_the_same_name() {
        for rule in crate::parse::rules::RULES {
            assert_eq!(PolicyRule::from_name(rule.id), None, "{}", rule.id);
        }
    }
}
