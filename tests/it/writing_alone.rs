//! One figure costs a look at its own files, and still never goes astray.

use std::fs;

use crate::bin::{book, run, write};
use crate::writing::{FIGURES, FILE, PROMISES, text};

#[test]
fn a_figure_costs_a_look_at_its_own_files_alone() {
    let other = PROMISES.replace("Acme", "Brook");
    let dir = book(&[(FILE, PROMISES), ("commitments/brook.toml", &other)]);
    assert_eq!(run(dir.path(), &["report", "-q"]).code, Some(0));
    write(dir.path(), "commitments/brook.toml", format!("# since then\n{other}").as_bytes());
    let log =
        |value: &str, period: &str| run(dir.path(), &["log", "acme/green-2030", "--period", period, "--value", value]);
    let first = log("31", "2023");
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    // The other file is read by who shows it.
    assert!(!run(dir.path(), &["sync"]).stdout.starts_with("0 of 3 files read"));
    // Its own files are looked at: what somebody changed meanwhile counts.
    let figures = text(dir.path(), FIGURES);
    write(dir.path(), FIGURES, figures.replace("2023", "2024").as_bytes());
    let again = log("32", "2024");
    assert!(again.stderr.contains("already has a figure for `2024`: 31 %"), "{}", again.stderr);
    assert_eq!(log("30", "2023").code, Some(0));
    // An id that two promises may have is looked for in the whole book.
    let ran = run(dir.path(), &["log", "green-2030", "--period", "2022", "--value", "9"]);
    assert_eq!(ran.code, Some(2), "{}{}", ran.stdout, ran.stderr);
    // Files that were moved are found where they are now.
    for ending in ["toml", "progress.toml"] {
        let old = dir.path().join(format!("commitments/acme.{ending}"));
        fs::create_dir_all(dir.path().join("commitments/north")).expect("a folder");
        fs::rename(old, dir.path().join(format!("commitments/north/acme.{ending}"))).expect("moved");
    }
    let ran = log("29", "2022");
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(text(dir.path(), "commitments/north/acme.progress.toml").contains("value = 29\n"));
    fs::remove_dir_all(dir.path().join("commitments/north")).expect("removed");
    let ran = log("28", "2021");
    assert_eq!(ran.code, Some(2), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("there is no promise `acme/green-2030`"), "{}", ran.stderr);
}

#[test]
fn a_former_id_counts_before_the_beginning_of_another() {
    let other = PROMISES.replace("Acme", "Brook");
    let dir = book(&[(FILE, PROMISES), ("commitments/brook.toml", &other)]);
    assert_eq!(run(dir.path(), &["report", "-q"]).code, Some(0));
    let renamed = other.replace("id = \"green-2030\"\n", "id = \"green-2030\"\nformerly = [\"acme/green\"]\n");
    write(dir.path(), "commitments/brook.toml", renamed.as_bytes());
    let ran = run(dir.path(), &["log", "acme/green", "--period", "2023", "--value", "31"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(text(dir.path(), FIGURES), "");
    assert!(text(dir.path(), "commitments/brook.progress.toml").contains("value = 31\n"));
}
