//! The keys of every table of the format: one list for the reader, the
//! suggestions, the JSON Schema and the docs.

pub use super::settings::{ASSESSMENT, SETTINGS_FILE, WAIVER};

/// What a key's value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// An id within the organisation.
    Id,
    /// A string or a list of strings.
    TextOrList,
    /// A list of strings.
    TextList,
    /// A list of whole numbers.
    IntegerList,
    /// A finite decimal.
    Number,
    /// `true` or `false`.
    Flag,
    /// Year, month or day.
    Date,
    /// A day.
    Day,
    /// A period.
    Period,
    /// A deadline.
    Deadline,
    /// A length of time.
    Span,
    /// One of a list of words.
    Word(&'static [&'static str]),
    /// A table of its own.
    Table(&'static Record),
    /// A list of tables.
    Tables(&'static Record),
}

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As written in TOML.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether the record is invalid without it.
    pub required: bool,
    /// One line for editors and docs.
    pub doc: &'static str,
}

/// One kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// As named in messages: `[[commitment]]`.
    pub name: &'static str,
    /// Its keys in the order of the docs.
    pub keys: &'static [Key],
}

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc }
}

const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc }
}

use Shape::{
    Date, Day, Deadline, Flag, Id, IntegerList, Number, Period, Span, Table, Tables, Text, TextList, TextOrList, Word,
};

const ORGANISATION_KINDS: &[&str] = &["company", "country", "union", "region", "city", "university", "ngo", "other"];
const AGGREGATES: &[&str] = &["latest", "annual-sum", "running-total"];
const MEASURES: &[&str] = &["net", "gross"];
const PATHS: &[&str] = &["linear", "compound", "step"];
const STRENGTHS: &[&str] = &["will", "committed", "aim", "hope"];
const SCOPE_2: &[&str] = &["market-based", "location-based"];
const ALLOWED: &[&str] = &["yes", "no", "unspecified"];
const BOUNDS: &[&str] = &["at-most", "at-least", "below", "above", "about"];
const ASSURANCES: &[&str] = &["none", "limited", "reasonable"];
const CONFIDENCES: &[&str] = &["high", "medium", "low"];
const NAMED_BY: &[&str] = &["start", "end"];
/// Every topic.
pub const TOPICS: &[&str] = &[
    "carbon-neutral",
    "net-zero",
    "emissions-reduction",
    "renewable-electricity",
    "renewable-energy",
    "energy-efficiency",
    "water",
    "waste",
    "circularity",
    "biodiversity",
    "fleet-electrification",
    "supply-chain",
    "finance",
    "other",
    "emissions-intensity",
    "methane",
    "fossil-phase-out",
    "packaging",
    "deforestation",
    "social",
    "governance",
];

/// `<org>.toml`.
pub const PROMISES_FILE: Record = Record {
    name: "the promises file",
    keys: &[
        required("organisation", Table(&ORGANISATION), "who made the promises"),
        key("statement", Tables(&STATEMENT), "a speech, report or filing in which promises were made"),
        key("metric", Tables(&METRIC), "a measured series"),
        key("commitment", Tables(&COMMITMENT), "one promise: one target on one metric with one deadline"),
    ],
};

/// `<org>.progress.toml`.
pub const PROGRESS_FILE: Record = Record {
    name: "the progress file",
    keys: &[key("progress", Tables(&PROGRESS), "one figure: a measured value for one period, with its source")],
};

/// `fiscal-year = { … }`.
pub const FISCAL_YEAR: Record = Record {
    name: "`fiscal-year`",
    keys: &[
        required("ends", Text, "month and day of its last day, such as `03-31`"),
        required("named-by", Word(NAMED_BY), "whether FY2030 starts or ends in 2030"),
    ],
};

/// `[organisation]`.
pub const ORGANISATION: Record = Record {
    name: "[organisation]",
    keys: &[
        required("name", Text, "name as people know it"),
        key("kind", Word(ORGANISATION_KINDS), "sort of body"),
        key("country", Text, "ISO 3166-1 alpha-2, or `EU`"),
        key("lei", Text, "legal entity identifier, 20 letters and digits"),
        key("sector", Text, "line of business"),
        key("url", Text, "home page"),
        key("fiscal-year", Table(&FISCAL_YEAR), "needed for `FY…` periods; without it the calendar year counts"),
        key("note", Text, "remark"),
    ],
};

/// `[[statement]]`.
pub const STATEMENT: Record = Record {
    name: "[[statement]]",
    keys: &[
        required("id", Id, "id within the organisation"),
        key("date", Date, "when it was said: year, month or day; absent if unknown"),
        key("speaker", Text, "who said it"),
        key("role", Text, "in which office"),
        key("event", Text, "on which occasion"),
        key("title", Text, "title of the text"),
        key("url", Text, "where it can be read"),
        key("archive-url", Text, "an archived copy on the web"),
        key("file", Text, "an archived text in the book, which quotes are verified against"),
        key("sha256", Text, "SHA-256 of that file, 64 hexadecimal digits"),
        key("language", Text, "language of the text (BCP 47), such as `en`"),
        key("note", Text, "remark"),
    ],
};

/// `[[metric]]`.
pub const METRIC: Record = Record {
    name: "[[metric]]",
    keys: &[
        required("id", Id, "id within the organisation"),
        key("name", Text, "what is measured"),
        required("unit", Text, "unit of the values; unknown words must match to the letter"),
        key("aggregate", Word(AGGREGATES), "how figures make the judged value; `latest` by default"),
        key("measures", Word(MEASURES), "whether emissions are before (`gross`) or after offsets (`net`)"),
        key("note", Text, "remark"),
    ],
};

/// `target = { … }`.
pub const TARGET: Record = Record {
    name: "`target`",
    keys: &[
        key("at-most", Number, "the value is to be this or less by the deadline"),
        key("at-least", Number, "the value is to be this or more by the deadline"),
        key("reduce-by-percent", Number, "per cent below the baseline"),
        key("increase-by-percent", Number, "per cent above the baseline"),
        key("keep-at-most", Number, "no period is to exceed this"),
        key("keep-at-least", Number, "no period is to fall below this"),
        key("done", Flag, "a yes/no promise; only `true`"),
        key("aim", Number, "the better end of a range; shown, not judged"),
        key("from", Date, "first day from which a `keep-…` target counts; absent: the statement"),
    ],
};

/// `milestones = [{ … }]`.
pub const MILESTONE: Record = Record {
    name: "`milestones`",
    keys: &[
        required("deadline", Deadline, "by when"),
        key("at-most", Number, "this or less"),
        key("at-least", Number, "this or more"),
        key("reduce-by-percent", Number, "per cent below the baseline"),
        key("increase-by-percent", Number, "per cent above the baseline"),
        key("keep-at-most", Number, "this or less"),
        key("keep-at-least", Number, "this or more"),
    ],
};

/// `baseline = { … }`.
pub const BASELINE: Record = Record {
    name: "`baseline`",
    keys: &[
        required("period", Period, "the period the promise counts from"),
        key("value", Number, "in the metric's unit; absent: the newest edition of that period's figure"),
    ],
};

/// `offsets = { … }`.
pub const OFFSETS: Record = Record {
    name: "`offsets`",
    keys: &[
        key("allowed", Word(ALLOWED), "whether offsets may count"),
        key("max-percent", Number, "highest share of gross emissions they may cover"),
    ],
};

/// `[[commitment]]`.
pub const COMMITMENT: Record = Record {
    name: "[[commitment]]",
    keys: &[
        required("id", Id, "id within the organisation; the whole id is `organisation/id`"),
        required("title", Text, "short title"),
        required("statement", TextOrList, "id of the statement in which it was made, or a list"),
        key("quote", Text, "the words, verbatim; verified where the text is archived"),
        key("summary", Text, "the promise in one's own words"),
        required("topic", Word(TOPICS), "what it is about"),
        key("metric", Id, "the series it is judged by; absent: one of its own, named like the commitment"),
        key("unit", Text, "unit of its own metric"),
        key("aggregate", Word(AGGREGATES), "of its own metric"),
        key("measures", Word(MEASURES), "of its own metric"),
        key("baseline", Table(&BASELINE), "where the metric stood; absent: the first figure serves"),
        required("target", Table(&TARGET), "what is to be reached; says its direction"),
        required("deadline", Deadline, "a period, `by …`, `end of …`, `before …` or `none`"),
        key("from", Date, "first day from which a `keep-…` target counts; absent: the statement"),
        key("milestones", Tables(&MILESTONE), "interim targets"),
        key("context", TextList, "metrics shown with it, never judged"),
        key("formerly", TextList, "earlier ids of the same promise"),
        key("scopes", IntegerList, "GHG Protocol scopes covered"),
        key("scope-2-method", Word(SCOPE_2), "how purchased electricity is counted"),
        key("coverage", Text, "what is covered, in words"),
        key("owner", Text, "who looks after the record"),
        key("tags", TextList, "free labels"),
        key("strength", Word(STRENGTHS), "strength of the wording"),
        key("offsets", Table(&OFFSETS), "what the promise says about offsets"),
        key("path", Word(PATHS), "shape of the expected path; `linear` by default"),
        key("report-every", Span, "how often figures are expected, such as `12 months`"),
        key("draft", Flag, "proposed by a program and not yet accepted by a person"),
        key("note", Text, "remark"),
        key("amendment", Tables(&AMENDMENT), "a public change of the terms, newest last"),
    ],
};

/// `[[commitment.amendment]]`.
pub const AMENDMENT: Record = Record {
    name: "[[commitment.amendment]]",
    keys: &[
        required("date", Date, "when it was made public"),
        key("target", Table(&TARGET), "the new target, whole"),
        key("deadline", Deadline, "the new deadline"),
        key("baseline", Table(&BASELINE), "the new baseline"),
        key("milestones", Tables(&MILESTONE), "the new milestones, all of them"),
        key("scopes", IntegerList, "the new scopes"),
        key("offsets", Table(&OFFSETS), "the new offset rule"),
        key("withdrawn", Flag, "the promise was given up"),
        key("superseded-by", TextOrList, "ids of the promises that replace it"),
        key("reason", Text, "why"),
        key("url", Text, "where it can be read"),
        key("title", Text, "title of that source"),
        key("speaker", Text, "who said it"),
        key("note", Text, "remark"),
    ],
};

/// `source = { … }`.
pub const SOURCE: Record = Record {
    name: "`source`",
    keys: &[
        key("title", Text, "title of the report or data set"),
        key("url", Text, "where it can be read"),
        key("copy-url", Text, "a copy that was read in place of the original"),
        key("page", Text, "page or table"),
        key("note", Text, "remark"),
    ],
};

/// `[[progress]]`.
pub const PROGRESS: Record = Record {
    name: "[[progress]]",
    keys: &[
        key("metric", Id, "the metric measured"),
        key("commitment", Id, "in place of `metric`, where the commitment has a metric of its own"),
        required("period", Period, "what the value is for"),
        key("value", Number, "exact decimal, kept as written"),
        key("unit", Text, "where it differs from the metric's"),
        key("reported", Date, "when it became public"),
        key("source", Table(&SOURCE), "where it was published"),
        key("recorded", Day, "when it entered the book"),
        key("restates", Flag, "a newer edition of a period that already has a figure"),
        key("assurance", Word(ASSURANCES), "external assurance"),
        key("gross", Number, "emissions before offsets; value = gross - offsets"),
        key("offsets", Number, "offsets retired"),
        key("bound", Word(BOUNDS), "what the value is where the source gives a limit or a rounded figure"),
        key("break", Flag, "the series is not comparable before this figure"),
        key("confidence", Word(CONFIDENCES), "trust in the record"),
        key("note", Text, "remark"),
        key("author", Text, "who entered it"),
        key("done", Flag, "for a `done` target"),
        key("no-disclosure", Flag, "somebody looked and found none; only `true`"),
    ],
};
