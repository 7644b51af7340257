//! What was asked for, one after the other: books are made, programs timed,
//! tables printed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::rivals::{Form, Measured, Rival, write_journal};
use crate::tasks::{Bench, Side, Task};
use crate::timer::{self, command, median};
use crate::{Fault, Options, book, tables};

/// A book of a size that has a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    pub(crate) promises: usize,
    pub(crate) figures: usize,
    runs: usize,
}

const SIZES: [Size; 3] = [
    Size { name: "small", promises: 10, figures: 12, runs: 21 },
    Size { name: "medium", promises: 10_000, figures: 12, runs: 7 },
    Size { name: "large", promises: 100_000, figures: 20, runs: 3 },
];
/// Figures of each promise where growth is measured.
const GROWTH_FIGURES: usize = 2;
const GROWTH_RUNS: usize = 3;
const STARTUP_RUNS: usize = 51;

/// The size with this name.
pub(crate) fn size(name: &str) -> Result<Size, String> {
    SIZES.into_iter().find(|size| size.name == name).ok_or_else(|| "sizes are small, medium and large".to_owned())
}

/// Measures all that was asked for.
pub(crate) fn measure(options: &Options) -> Result<(), Fault> {
    if options.sizes.is_empty() && options.growth.is_empty() && !options.startup {
        println!("nothing is measured without --sizes, --growth or --startup; --help tells more");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let built = match &options.program {
        Some(program) => program.clone(),
        None => build()?,
    };
    // A copy stays as it is while the project is worked on.
    let program = folder.path().join("pledgebook");
    std::fs::copy(built, &program)?;
    let bench = |name: &str, promises, figures| -> Result<Bench, Fault> {
        let book = folder.path().join(name);
        eprintln!("making the book `{name}`: {promises} promises with {figures} figures each");
        book::write(&book, promises, figures)?;
        Ok(Bench { program: program.clone(), this: std::env::current_exe()?, book, promises })
    };
    for size in &options.sizes {
        compare(&bench(size.name, size.promises, size.figures)?, *size, options)?;
    }
    if !options.growth.is_empty() {
        tables::growth_head();
    }
    for promises in &options.growth {
        grow(&bench("growth", *promises, GROWTH_FIGURES)?, options)?;
        std::fs::remove_dir_all(folder.path().join("growth"))?;
    }
    if options.startup {
        startup(&bench("startup", SIZES[0].promises, SIZES[0].figures)?, options)?;
    }
    Ok(())
}

/// Builds pledgebook as it ships, apart from what benches bring with them.
fn build() -> Result<PathBuf, Fault> {
    eprintln!("building pledgebook");
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--release", "--locked", "--bin", "pledgebook", "--message-format=json"]);
    command.arg("--manifest-path").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let output = command.stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8(output.stdout)?;
    let executable = |line: &str| -> Option<PathBuf> {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(message.get("executable")?.as_str()?.into())
    };
    text.lines().rev().find_map(executable).ok_or_else(|| "pledgebook was not built".into())
}

/// All tasks on one book, by pledgebook, the bare programs and the rivals.
fn compare(bench: &Bench, size: Size, options: &Options) -> Result<(), Fault> {
    let runs = options.runs.unwrap_or(size.runs);
    let latest = latest(bench)?;
    bench.verify()?;
    let mut pairs = Vec::new();
    for task in Task::ALL {
        eprintln!("{}: {}", size.name, task.name());
        pairs.push((task, bench.pairs(task, runs)?));
    }
    let journal = bench.book.with_extension("journal");
    let mut rivals = Vec::new();
    for rival in Rival::ALL {
        let wanted = size.name != "large" || (options.rivals_large && rival == Rival::Ledger);
        let Some(version) = rival.version().filter(|_| wanted && !options.no_rivals) else { continue };
        eprintln!("{}: {}", size.name, rival.name());
        for form in Form::ALL {
            write_journal(&journal, size.promises, size.figures, form)?;
            let run = rival.measure(&journal, runs.min(5), &latest)?;
            rivals.push(Measured { rival, version: version.clone(), form, run });
        }
    }
    tables::compared(size, &pairs, &rivals);
    Ok(())
}

/// Latest values by promise, of promises whose deadline has not passed: those of
/// others need not be the latest. The bare program has to say the same.
fn latest(bench: &Bench) -> Result<BTreeMap<String, f64>, Fault> {
    let text = timer::output(&vec![bench.product(&["report", "--format", "csv"])], 0)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers()?.clone();
    let column = |name| heads.iter().position(|head| head == name).ok_or("no such column in the report");
    let (id, days, value) = (column("id")?, column("days_left")?, column("latest_value")?);
    let mut latest = BTreeMap::new();
    for row in reader.records() {
        let row = row?;
        if !row[days].starts_with('-') && !row[value].is_empty() {
            latest.insert(row[id].to_owned(), row[value].parse()?);
        }
    }
    for task in [Task::Cold, Task::ColdSerde, Task::Warm] {
        bench.prepare(Side::Bare, task)?;
        let bare = timer::output(&bench.commands(Side::Bare, task), 0)?;
        agree(&bare, &latest)?;
    }
    eprintln!("latest values of {} open promises agree", latest.len());
    Ok(latest)
}

/// Whether a table of the bare program says the same latest values.
fn agree(bare: &str, latest: &BTreeMap<String, f64>) -> Result<(), Fault> {
    let mut found = BTreeMap::new();
    for line in bare.lines() {
        let mut cells = line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim);
        if let (Some(id), Some(cell)) = (cells.next(), cells.nth(2)) {
            found.insert(id, cell.split(' ').next().and_then(|value| value.parse::<f64>().ok()));
        }
    }
    match latest.iter().find(|(id, value)| found.get(id.as_str()) != Some(&Some(**value))) {
        Some((id, value)) => Err(format!("{id} is {value}, the bare program says {:?}", found.get(id.as_str())).into()),
        None => Ok(()),
    }
}

/// Cold and warm reports of one number of promises.
fn grow(bench: &Bench, options: &Options) -> Result<(), Fault> {
    let mut medians = Vec::new();
    for task in [Task::Cold, Task::Warm] {
        let mut runs = Vec::new();
        for _ in 0..options.runs.unwrap_or(GROWTH_RUNS) {
            bench.prepare(Side::Product, task)?;
            runs.push(timer::run(&bench.commands(Side::Product, task), 0)?);
        }
        medians.push(median(&runs));
    }
    tables::grown(bench.promises, GROWTH_FIGURES, &medians);
    Ok(())
}

/// How long the smallest things take.
fn startup(bench: &Bench, options: &Options) -> Result<(), Fault> {
    bench.prepare(Side::Product, Task::Warm)?;
    let commands = [
        ("`true`", command(["true"])),
        ("`pledgebook --version`", bench.product(&["--version"])),
        ("`pledgebook --help`", bench.product(&["--help"])),
        ("`pledgebook completions bash`", bench.product(&["completions", "bash"])),
        ("`pledgebook report`, 10 promises, warm", bench.product(&["report"])),
    ];
    let mut runs = vec![Vec::new(); commands.len()];
    for _ in 0..options.runs.unwrap_or(STARTUP_RUNS) {
        for ((_, words), runs) in commands.iter().zip(&mut runs) {
            runs.push(timer::run(&vec![words.clone()], 0)?);
        }
    }
    tables::started(commands.iter().map(|(name, _)| *name).zip(runs.iter().map(|runs| median(runs))));
    Ok(())
}
