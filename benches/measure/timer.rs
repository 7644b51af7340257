//! Whole processes: how long, how much processor time, how much memory.
//!
//! Each run is started by a fresh small process (this program again), because
//! the peak memory of a process is never told below that of the one that
//! started it.

use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::Fault;

/// Between two commands that are timed together.
const THEN: &str = ";";

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) wall: f64,
    pub(crate) processor: f64,
    /// Mebibytes.
    pub(crate) peak: f64,
}

/// One command after another, each a program and its arguments.
pub(crate) type Commands = Vec<Vec<OsString>>;

/// A command from its words.
pub(crate) fn command<W: AsRef<OsStr>>(words: impl IntoIterator<Item = W>) -> Vec<OsString> {
    words.into_iter().map(|word| word.as_ref().to_owned()).collect()
}

/// The small process: runs the commands and prints what they took.
pub(crate) fn time(arguments: &[OsString]) -> Result<(), Fault> {
    let (mut processor, mut peak) = (Duration::ZERO, 0);
    let mut codes = Vec::new();
    let start = Instant::now();
    for words in arguments.split(|word| word == THEN) {
        let mut child = quiet(words)?.spawn()?;
        let done = child.wait4()?;
        processor += done.rusage.utime + done.rusage.stime;
        peak = peak.max(done.rusage.maxrss);
        codes.push(done.status.code().unwrap_or(-1));
    }
    println!("{} {} {peak} {codes:?}", start.elapsed().as_nanos(), processor.as_nanos());
    Ok(())
}

/// A command that prints nothing and reads nothing.
fn quiet(words: &[OsString]) -> Result<Command, Fault> {
    let mut command = plain(words)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command)
}

fn plain(words: &[OsString]) -> Result<Command, Fault> {
    let [program, arguments @ ..] = words else { return Err("no command".into()) };
    let mut command = Command::new(program);
    command.args(arguments);
    for name in ["PLEDGEBOOK_AS_OF", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "LEDGER_FILE"] {
        command.env_remove(name);
    }
    Ok(command)
}

/// Times commands once; they must end with code 0 or `code`.
pub(crate) fn run(commands: &Commands, code: i32) -> Result<Run, Fault> {
    let mut words = command(["time"]);
    words.extend(commands.join(&OsString::from(THEN)));
    let output = Command::new(std::env::current_exe()?).args(&words).output()?;
    let text = String::from_utf8(output.stdout)?;
    let (numbers, codes) = text.trim().split_once(" [").ok_or_else(|| format!("no times of {commands:?}"))?;
    let expected = |found: &str| found == "0" || found == code.to_string();
    if !codes.trim_end_matches(']').split(", ").all(expected) {
        return Err(format!("{commands:?} ended with {codes}").into());
    }
    let numbers: Vec<f64> = numbers.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [wall, processor, peak] = numbers[..] else { return Err("three numbers were expected".into()) };
    Ok(Run { wall: wall / 1e9, processor: processor / 1e9, peak: peak / 1_048_576.0 })
}

/// What the last of the commands prints; it must end with code 0 or `code`.
pub(crate) fn output(commands: &Commands, code: i32) -> Result<String, Fault> {
    let mut text = String::new();
    for words in commands {
        let output = plain(words)?.output()?;
        if !output.status.code().is_some_and(|found| found == 0 || found == code) {
            return Err(format!("{words:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
        }
        text = String::from_utf8(output.stdout)?;
    }
    Ok(text)
}

/// The median of each number.
pub(crate) fn median(runs: &[Run]) -> Run {
    let of = |number: fn(&Run) -> f64| middle(runs.iter().map(number).collect());
    Run { wall: of(|run| run.wall), processor: of(|run| run.processor), peak: of(|run| run.peak) }
}

/// The middle number; of two middle ones the mean.
pub(crate) fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() {
        0 => f64::NAN,
        n if n % 2 == 0 => f64::midpoint(numbers[half - 1], numbers[half]),
        _ => numbers[half],
    }
}
