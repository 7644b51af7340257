//! Every rule of the reader. Docs, `explain`, machine formats and the error
//! catalogue under `tests/cases/` derive from this table.

use crate::diag::{Level, Rule};

macro_rules! rules {
    ($($constant:ident = $id:literal, $level:ident, $summary:literal, $cure:literal;)+) => {
        $(#[doc = $summary] pub const $constant: Rule = Rule { id: $id, level: Level::$level, summary: $summary, cure: $cure };)+

        /// All rules of the reader, in the order of the documentation.
        pub const RULES: &[Rule] = &[$($constant),+];
    };
}

rules! {
    TOML_SYNTAX = "toml-syntax", Error, "the file is not valid TOML", "mend the line shown; https://toml.io has the grammar";
    NOT_UTF8 = "not-utf8", Error, "the file is not UTF-8 text", "save the file as UTF-8";
    FILE_TOO_LARGE = "file-too-large", Error, "the file is larger than 10 MiB", "split the organisation's figures by moving the organisation into several, or drop what is no figure";
    UNREADABLE_FILE = "unreadable-file", Error, "the file or folder cannot be read", "check its permissions and that a link points somewhere";
    SYMLINK_LOOP = "symlink-loop", Error, "a link leads back to a folder above it", "remove the link";
    DUPLICATE_ORGANISATION = "duplicate-organisation", Error, "two files have the same stem, which is the organisation's id", "rename one of the files or join them";
    ORPHAN_PROGRESS = "orphan-progress", Error, "a progress file has no organisation file beside it", "put `<org>.toml` into the same folder or rename the progress file";
    UNKNOWN_KEY = "unknown-key", Error, "a key is not part of the format", "use the key suggested, or a `#` comment for words of your own";
    WRONG_TYPE = "wrong-type", Error, "a value has another type than its key wants", "write the value in the form shown";
    MISSING_FIELD = "missing-field", Error, "a required field is absent or empty", "add the field; absent is never guessed";
    CONFLICTING_FIELDS = "conflicting-fields", Error, "two fields stand together that exclude each other", "keep the one that is meant";
    INVALID_VALUE = "invalid-value", Error, "a value is outside its list or range", "use one of the values named";
    INVALID_ID = "invalid-id", Error, "an id holds white space, `/`, quotes or control characters, or is empty", "use letters, digits, `-`, `_` and `.`";
    INVALID_DATE = "invalid-date", Error, "a date is impossible or not in the form year, month or day", "write `2030`, `2030-06` or `2030-06-15`";
    INVALID_PERIOD = "invalid-period", Error, "a period is outside the grammar", "write `2030`, `2030-H1`, `2030-Q2`, `2030-06`, `2030-06-15`, `FY2030` or `FY2030/31`";
    INVALID_DEADLINE = "invalid-deadline", Error, "a deadline is outside the grammar", "write a period, `by …`, `end of …`, `before …` or `none`";
    FISCAL_YEAR_MISSING = "fiscal-year-missing", Error, "`FY…` is used and the organisation has no `fiscal-year`", "add `fiscal-year = { ends = \"03-31\", named-by = \"start\" }` to [organisation]";
    INVALID_NUMBER = "invalid-number", Error, "a number is not finite or cannot be kept exactly in 28 digits", "write a finite decimal of at most 28 digits";
    DUPLICATE_ID = "duplicate-id", Error, "two records of one kind have the same id", "rename one of them";
    UNKNOWN_STATEMENT = "unknown-statement", Error, "a statement is named that does not exist", "add the [[statement]] or correct the id";
    UNKNOWN_METRIC = "unknown-metric", Error, "a metric is named that does not exist", "add the [[metric]] or correct the id";
    UNKNOWN_COMMITMENT = "unknown-commitment", Error, "a commitment is named that does not exist", "correct the id";
    TARGET_FORMS = "target-forms", Error, "a target has two forms", "keep one of the forms; the better end of a range is `aim`";
    PERCENT_WITHOUT_BASELINE = "percent-without-baseline", Error, "a target in per cent of a baseline has no baseline", "add `baseline = { period = \"…\", value = … }`";
    TARGET_EQUALS_BASELINE = "target-equals-baseline", Error, "the target is where the baseline already stands", "correct the one that is wrong, or use `keep-at-most` or `keep-at-least`";
    TARGET_WRONG_DIRECTION = "target-wrong-direction", Error, "the target lies on the wrong side of the baseline", "swap `at-most` and `at-least`, or correct the baseline";
    MILESTONE_DIRECTION = "milestone-direction", Error, "a milestone points against the target's direction", "use the target's own direction";
    COMPOUND_PATH = "compound-path", Error, "a compound path needs baseline, milestones and target other than zero and of one sign", "use `path = \"linear\"`";
    EMPTY_AMENDMENT = "empty-amendment", Error, "an amendment changes no term", "name the term that changed, or make it a `note`";
    UNIT_MISMATCH = "unit-mismatch", Error, "a figure's unit cannot be converted exactly into its metric's", "write the value in the metric's unit";
    DUPLICATE_FIGURE = "duplicate-figure", Error, "two figures of one metric are for one period", "add `restates = true` and `reported` to the newer edition, or remove one";
    OVERLAPPING_PARTS = "overlapping-parts", Error, "two parts of a year that are summed share days", "remove one of them";
    OVERLAPPING_ENTRIES = "overlapping-entries", Warning, "two entries of a running total share days and both count", "make sure that nothing is counted twice";
    PERIOD_NOT_ENDED = "period-not-ended", Error, "a figure's period ends after the day it was recorded", "correct the period or `recorded`; a forecast is no figure";
    OFFSETS_SUM = "offsets-sum", Error, "gross minus offsets is not the value", "correct the one of the three that is wrong";
    RESTATED_WITHOUT_DATE = "restated-without-date", Error, "a restated figure does not say when it was reported", "add `reported`";
    DEADLINE_BEFORE_STATEMENT = "deadline-before-statement", Warning, "the deadline lies before the promise was made", "check both dates";
    AMENDMENT_BEFORE_STATEMENT = "amendment-before-statement", Warning, "an amendment is dated before the promise was made", "check both dates";
    MILESTONE_IGNORED = "milestone-ignored", Warning, "milestones are not judged on this form of target", "remove them";
    UNIT_SPELLING = "unit-spelling", Warning, "a unit looks like a known one and is spelled otherwise", "use the known spelling; an unknown word never converts";
}
