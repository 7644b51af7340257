//! Books of any size for measuring: the same bytes for the same numbers.
//!
//! Five promises an organisation, each with its own metric and yearly figures;
//! a thousand organisations a folder. Each organisation is made from its own
//! number alone, so that a small book is the beginning of a large one.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// The day that is judged in every measurement: some deadlines have passed, some have not.
pub(crate) const AS_OF: &str = "2026-06-30";
/// Promises of one organisation.
pub(crate) const PROMISES: usize = 5;
const FOLDER: usize = 1000;
const TOPICS: [&str; PROMISES] = ["emissions-reduction", "renewable-electricity", "net-zero", "water", "waste"];

/// One organisation with its promises and figures.
pub(crate) struct Organisation {
    pub(crate) number: usize,
    /// The year that its promises count from.
    pub(crate) first: i32,
    said: u64,
    pub(crate) goals: Vec<Goal>,
}

/// One promise on one metric.
pub(crate) struct Goal {
    pub(crate) unit: &'static str,
    target: Target,
    /// In tenths, as all values.
    base: i64,
    deadline: i32,
    pub(crate) figures: Vec<Figure>,
}

enum Target {
    AtLeast(u64),
    ReduceByPercent(u64),
}

/// One yearly value.
pub(crate) struct Figure {
    pub(crate) year: i32,
    pub(crate) tenths: i64,
    pub(crate) reported: u64,
    pub(crate) recorded: u64,
}

impl Organisation {
    /// The organisation with this number.
    pub(crate) fn new(number: usize, goals: usize, figures: usize) -> Self {
        let mut dice = Dice(number as u64);
        let first = 2005 + dice.below(11) as i32;
        let said = 1 + dice.below(28);
        let goals = (0..goals).map(|k| Goal::new(&mut dice, k, first, figures)).collect();
        Self { number, first, said, goals }
    }

    /// The stem of its files.
    pub(crate) fn id(&self) -> String {
        format!("org-{:06}", self.number)
    }

    /// Text of its promises file.
    pub(crate) fn promises(&self) -> String {
        let (id, number, first, said) = (self.id(), self.number, self.first, self.said);
        let year = first + 1;
        let mut text = format!(
            "[organisation]\nname = \"Company number {number}\"\nkind = \"company\"\ncountry = \"DE\"\n\n\
             [[statement]]\nid = \"meeting-{year}\"\ndate = \"{year}-09-{said:02}\"\nspeaker = \"Chair of company {number}\"\n\
             role = \"Chair of the board\"\nevent = \"General meeting of {year}\"\ntitle = \"Where we stand in {}\"\n\
             url = \"https://example.org/{id}/meeting-{year}\"\n",
            first + 20
        );
        for (k, goal) in self.goals.iter().enumerate() {
            goal.write(&mut text, k, number, first);
        }
        text
    }

    /// Text of its progress file.
    pub(crate) fn progress(&self) -> String {
        let id = self.id();
        let mut text = String::new();
        for (k, goal) in self.goals.iter().enumerate() {
            for Figure { year, tenths, reported, recorded } in &goal.figures {
                let gap = if text.is_empty() { "" } else { "\n" };
                let (value, next) = (decimal(*tenths), year + 1);
                // Writing to a String cannot fail.
                let _ = write!(
                    text,
                    "{gap}[[progress]]\nmetric = \"series-{k}\"\nperiod = \"{year}\"\nvalue = {value}\n\
                     reported = \"{next}-04-{reported:02}\"\nsource = {{ title = \"Annual report for {year}\", \
                     url = \"https://example.org/{id}/annual-report-{year}.pdf\" }}\nrecorded = {next}-05-{recorded:02}\n",
                );
            }
        }
        text
    }
}

impl Goal {
    fn new(dice: &mut Dice, k: usize, first: i32, figures: usize) -> Self {
        let share = TOPICS[k] == "renewable-electricity";
        let base = if share { dice.between(10, 400) } else { dice.between(10_000, 9_000_000) };
        let cut = dice.between(20, 100);
        let deadline = first + dice.between(8, 30) as i32;
        let target = if share { Target::AtLeast(dice.between(60, 100)) } else { Target::ReduceByPercent(cut) };
        let figures = (1..=figures as i32)
            .map(|age| {
                let drift = if share {
                    (1000.0 - base as f64) * f64::from(age) / 20.0
                } else {
                    -(base as f64) * cut as f64 / 100.0 * f64::from(age) / f64::from(deadline - first)
                };
                let luck = dice.between(40, 130) as f64 / 100.0;
                let tenths = (base as f64 + drift * luck).round() as i64;
                Figure { year: first + age, tenths, reported: dice.between(1, 28), recorded: dice.between(1, 28) }
            })
            .collect();
        let unit = if share { "%" } else { "t CO2e" };
        Self { unit, target, base: base as i64, deadline, figures }
    }

    fn write(&self, text: &mut String, k: usize, number: usize, first: i32) {
        let Self { unit, deadline, .. } = self;
        let target = match self.target {
            Target::AtLeast(value) => format!("at-least = {value}"),
            Target::ReduceByPercent(percent) => format!("reduce-by-percent = {percent}"),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[metric]]\nid = \"series-{k}\"\nname = \"Series {k} of company {number}\"\nunit = \"{unit}\"\n\n\
             [[commitment]]\nid = \"aim-{k}\"\ntitle = \"Aim {k} by {deadline}\"\nstatement = \"meeting-{}\"\n\
             quote = \"By {deadline} we shall have reached aim {k}.\"\ntopic = \"{}\"\nmetric = \"series-{k}\"\n\
             baseline = {{ period = \"{first}\", value = {} }}\ntarget = {{ {target} }}\ndeadline = \"{deadline}\"\n",
            first + 1,
            TOPICS[k],
            decimal(self.base),
        );
    }
}

/// Tenths as a decimal number.
pub(crate) fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// All organisations of a book with so many promises.
pub(crate) fn organisations(promises: usize, figures: usize) -> impl Iterator<Item = Organisation> {
    (0..promises.div_ceil(PROMISES)).map(move |number| {
        let goals = PROMISES.min(promises - number * PROMISES);
        Organisation::new(number, goals, figures)
    })
}

/// Writes a book of so many promises, with so many figures each.
pub(crate) fn write(dir: &Path, promises: usize, figures: usize) -> io::Result<()> {
    for organisation in organisations(promises, figures) {
        let folder = dir.join("commitments").join(format!("{:03}", organisation.number / FOLDER));
        if organisation.number % FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        let id = organisation.id();
        fs::write(folder.join(format!("{id}.toml")), organisation.promises())?;
        fs::write(folder.join(format!("{id}.progress.toml")), organisation.progress())?;
    }
    Ok(())
}

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Both ends included.
    fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }
}
