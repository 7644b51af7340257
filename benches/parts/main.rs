//! The parts in the process: reader, sync, assessment, writers.
//!
//! `cargo bench --bench parts -- --quick` takes a minute; a word after `--`
//! selects, such as `cargo bench --bench parts -- sync`. Whole programs, beside
//! others, are measured by the bench `measure`.

#[path = "../common/book.rs"]
mod book;
mod library;

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;

use criterion::{BatchSize, Criterion, Throughput};
use pledgebook::store::Location;

use library::{Form, Judge, Texts};

/// Why something could not be measured.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Promises of the book that is synced, judged and written.
const PROMISES: usize = 1000;
const FIGURES: usize = 12;

fn main() -> ExitCode {
    let mut criterion = Criterion::default().configure_from_args();
    let done = [reader, assessment, writers, sync].iter().try_for_each(|group| group(&mut criterion));
    criterion.final_summary();
    if let Err(fault) = done {
        eprintln!("error: {fault}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn texts() -> impl Iterator<Item = Texts> {
    book::organisations(PROMISES, FIGURES).map(|organisation| Texts::of(&organisation))
}

/// The two files of one organisation: 5 promises and 60 figures.
fn reader(criterion: &mut Criterion) -> Result<(), Fault> {
    let texts = Texts::of(&book::Organisation::new(0, book::PROMISES, FIGURES));
    // Faults would be measured otherwise.
    texts.dossier()?;
    let promises = texts.read_promises();
    let mut group = criterion.benchmark_group("reader");
    group.throughput(Throughput::Bytes(texts.promises.len() as u64));
    group.bench_function("promises file", |bench| bench.iter(|| black_box(&texts).read_promises()));
    group.throughput(Throughput::Bytes(texts.progress.len() as u64));
    group.bench_function("progress file", |bench| bench.iter(|| black_box(&texts).read_progress(&promises)));
    group.finish();
    Ok(())
}

fn assessment(criterion: &mut Criterion) -> Result<(), Fault> {
    let dossiers = texts().map(|texts| texts.dossier()).collect::<Result<Vec<_>, _>>()?;
    let judge = Judge::new()?;
    let mut group = criterion.benchmark_group("assessment");
    group.throughput(Throughput::Elements(1));
    group.bench_function("one promise", |bench| bench.iter(|| judge.one(black_box(&dossiers[0]))));
    group.throughput(Throughput::Elements(PROMISES as u64));
    group.bench_function("a thousand, packed", |bench| bench.iter(|| judge.all(black_box(&dossiers))));
    let registers = judge.all(&dossiers);
    group.bench_function("a thousand, sorted", |bench| bench.iter(|| judge.report(black_box(&registers)).len()));
    group.finish();
    Ok(())
}

fn writers(criterion: &mut Criterion) -> Result<(), Fault> {
    let dossiers = texts().map(|texts| texts.dossier()).collect::<Result<Vec<_>, _>>()?;
    let judge = Judge::new()?;
    let registers = judge.all(&dossiers);
    let report = judge.report(&registers);
    let mut group = criterion.benchmark_group("writers");
    group.throughput(Throughput::Elements(PROMISES as u64));
    for (name, form) in Form::ALL {
        form.write(&report)?;
        group.bench_function(name, |bench| bench.iter(|| form.write(black_box(&report))));
    }
    group.finish();
    Ok(())
}

/// From files to the book in memory: with an index built for it, and with one
/// that knows every file already.
fn sync(criterion: &mut Criterion) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("book");
    book::write(&root, PROMISES, FIGURES)?;
    let mut count = 0;
    let mut fresh = || -> PathBuf {
        count += 1;
        folder.path().join(format!("{count}.db"))
    };
    let known = Location::Named(fresh());
    let book = library::sync(&root, Some(&known))?;
    if !book.findings.is_empty() || book.registers.len() * book::PROMISES != PROMISES {
        return Err("the book was not read whole".into());
    }
    if library::sync(&root, Some(&known))?.files_read > 0 {
        return Err("files were read again that did not change".into());
    }
    let mut group = criterion.benchmark_group("sync");
    group.sample_size(10).throughput(Throughput::Elements(PROMISES as u64));
    group.bench_function("without an index", |bench| bench.iter(|| library::sync(&root, None)));
    group.bench_function("cold, new file", |bench| {
        let setup = || Location::Named(fresh());
        bench.iter_batched(setup, |location| library::sync(&root, Some(&location)), BatchSize::PerIteration);
    });
    group.bench_function("warm", |bench| bench.iter(|| library::sync(&root, Some(&known))));
    group.finish();
    Ok(())
}
