//! The tables, as they stand in the documentation.

use crate::rivals::{Form, Measured};
use crate::run::Size;
use crate::tasks::{Pair, Task};
use crate::timer::Run;

/// All tasks on one book.
pub(crate) fn compared(size: Size, pairs: &[(Task, Pair)], rivals: &[Measured]) {
    let all = size.promises * size.figures;
    println!("\n### {}: {} promises, {} figures\n", title(size.name), grouped(size.promises), grouped(all));
    let balanced: Vec<&Measured> = rivals.iter().filter(|measured| measured.form == Form::Balanced).collect();
    let names: String = balanced.iter().map(|measured| format!(" {} / pledgebook |", measured.rival.name())).collect();
    println!("| task | pledgebook | bare | ratio | processor | bare | ratio | peak MB | bare |{names}");
    println!("| --- |{}", " ---: |".repeat(8 + balanced.len()));
    for (task, Pair { product, bare, ratio }) in pairs {
        // The rivals print balances; they judge nothing that a check could be compared with.
        let judged = matches!(task, Task::ColdCheck | Task::MemoryCheck | Task::WarmCheck);
        let times = |rival: &Run| if judged { String::new() } else { factor(rival.wall / product.wall) };
        let beside: String = balanced.iter().map(|measured| format!(" {} |", times(&measured.run))).collect();
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {:.0} | {:.0} |{beside}",
            task.name(),
            seconds(product.wall),
            seconds(bare.wall),
            factor(*ratio),
            seconds(product.processor),
            seconds(bare.processor),
            factor(product.processor / bare.processor),
            product.peak,
            bare.peak,
        );
    }
    for Measured { rival, version, form, run } in rivals {
        let (wall, processor) = (seconds(run.wall), seconds(run.processor));
        println!(
            "\n{} {version} prints the balances of {} in {wall} ({processor} of processor time) with {:.0} MB.",
            rival.name(),
            form.words(),
            run.peak
        );
    }
}

/// The head of the table of growth.
pub(crate) fn growth_head() {
    println!("\n| promises | figures | cold | a promise | peak MB | warm | a promise | peak MB |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
}

/// A row of it: cold and warm.
pub(crate) fn grown(promises: usize, figures: usize, runs: &[Run]) {
    let cell = |run: &Run| {
        let each = run.wall / promises as f64 * 1e6;
        format!(" {} | {each:.1} µs | {:.0} |", seconds(run.wall), run.peak)
    };
    let cells: String = runs.iter().map(cell).collect();
    println!("| {} | {} |{cells}", grouped(promises), grouped(promises * figures));
}

/// Start-up beside a program that does nothing.
pub(crate) fn started<'r>(rows: impl Iterator<Item = (&'r str, Run)>) {
    println!("\n| command | wall | processor | peak MB |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, run) in rows {
        println!("| {name} | {} | {} | {:.1} |", seconds(run.wall), seconds(run.processor), run.peak);
    }
}

fn title(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

fn seconds(value: f64) -> String {
    match value {
        _ if value < 0.01 => format!("{:.1} ms", value * 1e3),
        _ if value < 1.0 => format!("{:.0} ms", value * 1e3),
        _ => format!("{value:.2} s"),
    }
}

fn factor(value: f64) -> String {
    if value < 10.0 { format!("x{value:.2}") } else { format!("x{value:.0}") }
}

/// Digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(" ")
}
