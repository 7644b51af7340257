//! What the tests of `explain`, `show`, `history` and `due` share: the real
//! binary without surroundings, books of chance, and a small evaluator of the
//! grammar that docs/explain.md describes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pledgebook::sync::{self, Book, Dossiers, Request};

/// The folder of the shipped book.
pub(crate) fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the binary on a book, with no surroundings but those given.
pub(crate) fn run(book: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
    command.env_clear().current_dir(book).args(["--book", ".", "--db", ":memory:"]);
    if !args.contains(&"--as-of") {
        command.args(["--as-of", "2026-11-22"]);
    }
    command.args(args).output().expect("the binary runs")
}

/// What it wrote on stdout, where it succeeded.
pub(crate) fn stdout(book: &Path, args: &[&str]) -> String {
    let output = run(book, args);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {:?}\n{stderr}", output.status.code());
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Its JSON.
pub(crate) fn json(book: &Path, args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(book, args)).expect("JSON")
}

/// A book read without the binary.
pub(crate) fn load(root: &Path) -> Book {
    let mut note = |words: String| panic!("{words}");
    let now = || 0;
    let mut request = Request {
        root,
        location: None,
        now_ns: &now,
        dossiers: Dossiers::WithProvenance,
        judging: None,
        progress: &|_, _| {},
        note: &mut note,
    };
    sync::load(&mut request).expect("the book loads")
}

/// Writes a book of files into a new folder.
pub(crate) fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("commitments")).expect("a folder");
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    dir
}

/// The value of a formula over named inputs, in the grammar of docs/explain.md.
pub(crate) fn evaluate(formula: &str, inputs: &BTreeMap<String, f64>) -> f64 {
    let mut parser = Parser { rest: formula, inputs };
    let value = parser.sum();
    assert!(parser.rest.trim().is_empty(), "`{}` is left of `{formula}`", parser.rest);
    value
}

/// Whether a comparison over named inputs holds, within 1e-9 of the larger side.
pub(crate) fn compare(formula: &str, inputs: &BTreeMap<String, f64>) -> bool {
    let (at, sign) = [">=", "<=", "<", ">"]
        .into_iter()
        .find_map(|sign| formula.find(sign).map(|at| (at, sign)))
        .expect("a comparison");
    let left = evaluate(&formula[..at], inputs);
    let right = evaluate(&formula[at + sign.len()..], inputs);
    let slack = 1e-9 * left.abs().max(right.abs());
    match sign {
        ">=" => left >= right - slack,
        "<=" => left <= right + slack,
        "<" => left < right - slack,
        _ => left > right + slack,
    }
}

struct Parser<'p> {
    rest: &'p str,
    inputs: &'p BTreeMap<String, f64>,
}

impl Parser<'_> {
    fn eat(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.eat('+') {
                value += self.product();
            } else if self.eat('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.atom();
        loop {
            if self.eat('*') {
                value *= self.atom();
            } else if self.eat('/') {
                value /= self.atom();
            } else {
                return value;
            }
        }
    }

    fn atom(&mut self) -> f64 {
        if self.eat('(') {
            let value = self.sum();
            assert!(self.eat(')'), "`)` before `{}`", self.rest);
            return value;
        }
        let end =
            self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return word.parse().expect("a number");
        }
        if self.eat('(') {
            let mut arguments = vec![self.sum()];
            while self.eat(',') {
                arguments.push(self.sum());
            }
            assert!(self.eat(')'), "`)` before `{}`", self.rest);
            return call(word, &mut arguments);
        }
        *self.inputs.get(word).unwrap_or_else(|| panic!("no input `{word}`"))
    }
}

fn call(name: &str, arguments: &mut [f64]) -> f64 {
    match (name, &mut *arguments) {
        ("min", all) => all.iter().copied().fold(f64::INFINITY, f64::min),
        ("max", all) => all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        ("abs", [one]) => one.abs(),
        ("ln", [one]) => one.ln(),
        ("pow", [base, power]) => base.powf(*power),
        ("median", all) => {
            all.sort_by(f64::total_cmp);
            let middle = all.len() / 2;
            if all.len() % 2 == 1 { all[middle] } else { (all[middle - 1] + all[middle]) / 2.0 }
        }
        _ => panic!("no function `{name}` of {} values", arguments.len()),
    }
}

/// Numbers by chance from a seed: xorshift, so that a failing case comes again.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 11) % u64::from(end)).expect("below u32")
    }

    pub(crate) fn one_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(u32::try_from(words.len()).expect("short")) as usize]
    }

    fn day(&mut self, years: std::ops::Range<u32>) -> String {
        let year = years.start + self.below(years.end - years.start);
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}

/// A promises file and its figures: `promises` commitments, each with a metric
/// of its own. What chance makes invalid is left out by the reader.
pub(crate) fn organisation(seed: u64, promises: u32) -> (String, String) {
    let mut chance = Chance::new(seed);
    let mut text = String::from("[organisation]\nname = \"Chance\"\n");
    if chance.one_in(4) {
        text.push_str("fiscal-year = { ends = \"06-30\", named-by = \"end\" }\n");
    }
    let said = chance.day(2018..2022);
    writeln!(text, "\n[[statement]]\nid = \"s\"\ndate = \"{said}\"\n").expect("text");
    let mut figures = String::new();
    for index in 0..promises {
        let unit = chance.pick(&["%", "t CO2e", "trees"]);
        let aggregate = chance.pick(&["latest", "latest", "latest", "annual-sum", "running-total"]);
        let topic = chance.pick(&["net-zero", "water", "renewable-electricity"]);
        commitment(&mut text, &mut chance, index, (unit, aggregate, topic));
        let count = chance.below(9);
        let mut seen = Vec::new();
        for _ in 0..count {
            figure(&mut figures, &mut chance, index, aggregate, &mut seen);
        }
    }
    (text, figures)
}

fn commitment(text: &mut String, chance: &mut Chance, index: u32, (unit, aggregate, topic): (&str, &str, &str)) {
    let deadline = 2024 + chance.below(9);
    let done = chance.one_in(12);
    writeln!(text, "[[commitment]]\nid = \"p{index}\"\ntitle = \"P{index}\"\nstatement = \"s\"\ntopic = \"{topic}\"")
        .expect("text");
    if !done {
        writeln!(text, "unit = \"{unit}\"\naggregate = \"{aggregate}\"").expect("text");
    }
    let down = chance.one_in(2);
    let form = match (chance.below(8), down) {
        (0, true) => "keep-at-most",
        (0, false) => "keep-at-least",
        (1..=2, true) => "reduce-by-percent",
        (1..=2, false) => "increase-by-percent",
        (_, true) => "at-most",
        (_, false) => "at-least",
    };
    let level = if down { 10 + chance.below(40) } else { 120 + chance.below(90) };
    let percent = form.ends_with("percent");
    let number = if percent { 10 + chance.below(80) } else { level };
    let target = |number: u32| format!("{{ {form} = {number} }}");
    let first = if done { "{ done = true }".to_owned() } else { target(number) };
    writeln!(text, "target = {first}").expect("text");
    let words = chance.pick(&["", "", "before ", "end of "]);
    if chance.one_in(14) && !percent {
        writeln!(text, "deadline = \"none\"").expect("text");
    } else {
        writeln!(text, "deadline = \"{words}{deadline}\"").expect("text");
    }
    if !done && (percent || !chance.one_in(3)) {
        let value = if chance.one_in(6) {
            String::new()
        } else {
            format!(", value = {}.{}", 60 + chance.below(50), chance.below(10))
        };
        writeln!(text, "baseline = {{ period = \"{}\"{value} }}", 2018 + chance.below(3)).expect("text");
    }
    if !done && !form.starts_with("keep") && !percent && chance.one_in(3) {
        let half = if down { level + 8 } else { level - 20 };
        writeln!(text, "milestones = [{{ deadline = \"{}\", {form} = {half} }}]", 2022 + chance.below(4))
            .expect("text");
    }
    if chance.one_in(3) {
        writeln!(text, "path = \"{}\"", chance.pick(&["compound", "step", "linear"])).expect("text");
    }
    if chance.one_in(4) {
        writeln!(text, "report-every = \"{} months\"", 1 + chance.below(24)).expect("text");
    }
    if chance.one_in(3) {
        writeln!(text, "offsets = {{ allowed = \"yes\", max-percent = 10 }}").expect("text");
    }
    for _ in 0..chance.below(3) {
        writeln!(text, "\n[[commitment.amendment]]\ndate = \"{}\"", chance.day(2022..2031)).expect("text");
        match chance.below(5) {
            0 if !done => writeln!(text, "target = {}", target(number + 1 + chance.below(8))).expect("text"),
            1 => writeln!(text, "withdrawn = {}", !chance.one_in(4)).expect("text"),
            2 => writeln!(text, "superseded-by = [\"o/p0\"]").expect("text"),
            _ => writeln!(text, "deadline = \"{}\"", deadline + chance.below(6)).expect("text"),
        }
    }
    text.push('\n');
}

fn figure(text: &mut String, chance: &mut Chance, index: u32, aggregate: &str, seen: &mut Vec<String>) {
    let year = 2018 + chance.below(14);
    let period = match (aggregate, chance.below(4)) {
        ("latest", 0) => format!("{year}-H2"),
        ("latest", 1) => format!("{year}-{:02}", 1 + chance.below(12)),
        ("annual-sum", 0..=1) => format!("{year}-H{}", 1 + chance.below(2)),
        ("annual-sum", 2) => format!("{year}-Q{}", 1 + chance.below(4)),
        _ => year.to_string(),
    };
    let again = seen.contains(&period);
    let value = if aggregate == "running-total" { chance.below(40) } else { chance.below(220) };
    writeln!(text, "[[progress]]\ncommitment = \"p{index}\"\nperiod = \"{period}\"").expect("text");
    if chance.one_in(15) {
        writeln!(text, "no-disclosure = true").expect("text");
    } else if chance.one_in(6) {
        let offsets = chance.below(30);
        writeln!(text, "value = {value}\ngross = {}\noffsets = {offsets}", value + offsets).expect("text");
    } else {
        writeln!(text, "value = {value}.{}", chance.below(100)).expect("text");
    }
    // Never before the period ends, nor in the year that a restatement follows.
    let reported = format!("{}-{:02}-{:02}", year + 1 + chance.below(2), 1 + chance.below(12), 1 + chance.below(28));
    if again || !chance.one_in(3) {
        writeln!(text, "reported = \"{reported}\"").expect("text");
    }
    if again {
        writeln!(text, "restates = true").expect("text");
    }
    if chance.one_in(8) {
        writeln!(text, "bound = \"{}\"", chance.pick(&["at-most", "at-least", "about", "below"])).expect("text");
    }
    if chance.one_in(12) {
        writeln!(text, "break = true").expect("text");
    }
    if chance.one_in(12) {
        writeln!(text, "confidence = \"low\"").expect("text");
    }
    text.push('\n');
    seen.push(period);
}
