//! A kept index never goes stale: after any history of edits, renames, removals
//! and jumps of the clock it answers like one that is built anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use chrono::NaiveDate;
use pledgebook::assess::Clock;
use pledgebook::render::{Look, PREPARATION, write_json, write_table};
use pledgebook::report::{Query, Selection, SortBy, report};
use pledgebook::store::{Brief, Depth, KeptRegister, Location};
use pledgebook::sync::{Dossiers, Judging, Request, load};
use proptest::prelude::*;

use crate::bin::book;
use crate::index::{Edit, apply, edit};

/// One thing that happens between two reports.
#[derive(Debug, Clone)]
enum Step {
    Edit(Edit),
    /// An organisation's files get the name of another.
    Rename {
        from: u8,
        to: u8,
    },
    /// A file is replaced by one with the same bytes and another inode.
    Replace(u8),
    /// The files of two organisations change names.
    Swap {
        one: u8,
        other: u8,
        progress: bool,
    },
    /// A folder gets another name, whatever had it before.
    Move {
        from: u8,
        to: u8,
    },
    /// A folder is replaced by a copy of another one.
    Copy {
        from: u8,
        to: u8,
    },
    /// A link to a folder, or a file that is none of the book's.
    Odd(u8),
    /// The day that is judged.
    Day(i32, u32),
}

/// Folders of the book; what stands in a hidden one is none of it.
const FOLDERS: [&str; 4] = ["commitments/sub", "commitments/sub/deep", "commitments/other", "commitments/.hidden"];

fn folder(dir: &Path, folder: u8) -> PathBuf {
    dir.join(FOLDERS[usize::from(folder) % FOLDERS.len()])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => edit().prop_map(Step::Edit),
        1 => (0..3_u8, 0..3_u8).prop_map(|(from, to)| Step::Rename { from, to }),
        1 => (0..3_u8).prop_map(Step::Replace),
        1 => (0..3_u8, 0..3_u8, any::<bool>()).prop_map(|(one, other, progress)| Step::Swap { one, other, progress }),
        1 => (0..4_u8, 0..4_u8).prop_map(|(from, to)| Step::Move { from, to }),
        1 => (0..4_u8, 0..4_u8).prop_map(|(from, to)| Step::Copy { from, to }),
        1 => (0..4_u8).prop_map(Step::Odd),
        3 => (2019..2036_i32, 1..366_u32).prop_map(|(year, day)| Step::Day(year, day)),
    ]
}

fn take(dir: &Path, step: &Step, day: &mut NaiveDate) {
    let path = |organisation: u8, ending: &str| dir.join(format!("commitments/org-{organisation}.{ending}"));
    // What cannot be done leaves the book as it is.
    match step {
        Step::Edit(edit) => apply(dir, edit),
        Step::Rename { from, to } => {
            for ending in ["toml", "progress.toml"] {
                let _ = fs::rename(path(*from, ending), path(*to, ending));
            }
        }
        Step::Replace(organisation) => {
            let (file, beside) = (path(*organisation, "toml"), dir.join("beside"));
            let _ = fs::copy(&file, &beside).and_then(|_| fs::rename(&beside, &file));
        }
        Step::Swap { one, other, progress } => {
            let ending = if *progress { "progress.toml" } else { "toml" };
            let (one, other, beside) = (path(*one, ending), path(*other, ending), dir.join("beside"));
            let _ = fs::rename(&one, &beside).and_then(|()| fs::rename(&other, &one));
            let _ = fs::rename(&beside, &other);
        }
        Step::Move { from, to } => {
            let (from, to) = (folder(dir, *from), folder(dir, *to));
            let beside = dir.join("beside");
            if fs::rename(&from, &beside).is_ok() {
                let _ = fs::remove_dir_all(&to);
                let _ = to.parent().map(fs::create_dir_all);
                let _ = fs::rename(&beside, &to);
            }
        }
        Step::Copy { from, to } => {
            let (from, to, beside) = (folder(dir, *from), folder(dir, *to), dir.join("beside"));
            let _ = fs::create_dir_all(&beside);
            for entry in fs::read_dir(&from).into_iter().flatten().flatten().filter(|entry| entry.path().is_file()) {
                let _ = fs::copy(entry.path(), beside.join(entry.file_name()));
            }
            let _ = fs::remove_dir_all(&to);
            let _ = to.parent().map(fs::create_dir_all);
            let _ = fs::rename(&beside, &to);
        }
        Step::Odd(what) => odd(dir, *what),
        Step::Day(year, of_year) => *day = NaiveDate::from_yo_opt(*year, *of_year).unwrap_or(*day),
    }
    age(dir);
}

/// Something that is no ordinary file of a book; a second time, it is gone again.
fn odd(dir: &Path, what: u8) {
    let commitments = dir.join("commitments");
    let _ = fs::create_dir_all(&commitments);
    match what {
        0 => {
            let note = commitments.join("note.txt");
            let _ = fs::remove_file(&note).or_else(|_| fs::write(&note, ""));
        }
        1 => {
            let folder = commitments.join("folder.toml");
            let _ = fs::remove_dir(&folder).or_else(|_| fs::create_dir(&folder));
        }
        #[cfg(unix)]
        2 => {
            let link = commitments.join("org-7.toml");
            let to = commitments.join("org-0.toml");
            let _ = fs::remove_file(&link).or_else(|_| std::os::unix::fs::symlink(to, &link));
        }
        #[cfg(unix)]
        3 => {
            let link = commitments.join("linked");
            let _ = fs::remove_file(&link).or_else(|_| std::os::unix::fs::symlink(dir.join("elsewhere"), &link));
        }
        _ => {}
    }
}

/// Gives every file that was just written a modification time of its own in the
/// past, as if each step took long: the tick of the file system's clock is the
/// business of another test.
fn age(folder: &Path) {
    static TICKS: AtomicU64 = AtomicU64::new(1_000_000);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.is_symlink() {
                age(&path);
            }
            continue;
        }
        let recent = entry.metadata().and_then(|metadata| metadata.modified()).is_ok_and(|at| {
            at.duration_since(UNIX_EPOCH).is_ok_and(|since| since > Duration::from_secs(1_000_000_000))
        });
        if recent && let Ok(file) = fs::File::options().append(true).open(&path) {
            let tick = TICKS.fetch_add(1, Ordering::Relaxed);
            let _ = file.set_modified(UNIX_EPOCH + Duration::from_secs(tick));
        }
    }
}

/// Everything that a report says of the book: JSON, table and findings.
fn answer(root: &Path, location: Option<&Location>, as_of: NaiveDate, depth: Depth, now_ns: i64) -> String {
    let clock = Clock { as_of, known_at: None };
    let judging = Judging { depth, ..Judging::of(clock, PREPARATION) };
    let now = move || now_ns;
    let mut notes = Vec::new();
    let mut note = |words: String| notes.push(words);
    let mut request = Request {
        root,
        location,
        now_ns: &now,
        dossiers: Dossiers::Unwanted,
        judging: Some(judging.clone()),
        progress: &|_, _| {},
        note: &mut note,
    };
    let book = load(&mut request).expect("a book");
    let mut out = Vec::new();
    if depth != Depth::Brief {
        let query = Query {
            clock,
            version: judging.version,
            selection: Selection::default(),
            sort: SortBy::Status,
            group_by: None,
        };
        let report = report(&book.registers, None, book.left_out, &query);
        if depth == Depth::Whole {
            write_json(&report, &mut out).expect("written");
        }
        write_table(&report, Look { width: None, colour: false }, &mut out).expect("written");
    }
    if depth != Depth::Table {
        // Days are counted to the day judged, which may be an earlier one.
        let briefs = |register: &KeptRegister| -> Vec<String> {
            let brief = |index| {
                let brief = register.brief(index);
                let judged = brief.judged.map(|judged| judged.later((as_of - register.day).num_days()));
                format!("{:?}", Brief { judged, ..brief })
            };
            (0..register.len()).map(brief).collect()
        };
        let briefs: Vec<_> = book.registers.iter().flat_map(briefs).collect();
        out.extend(format!("{briefs:?}").bytes());
    }
    format!("{}{:?}{notes:?}", String::from_utf8_lossy(&out), book.findings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_history_an_index_answers_like_a_new_one(steps in prop::collection::vec(step(), 1..9)) {
        let dir = book(&[]);
        let kept = Location::Named(dir.path().join("kept.db"));
        let mut day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
        for (at, step) in steps.iter().enumerate() {
            take(dir.path(), step, &mut day);
            // Now only what a table shows, now what the gate asks, now all.
            let depth = [Depth::Whole, Depth::Table, Depth::Brief][at % 3];
            let ask = |location| answer(dir.path(), location, day, depth, i64::MAX);
            let (old, new) = (ask(Some(&kept)), ask(None));
            prop_assert_eq!(old, new, "after {:?} on {}", step, day);
        }
    }
}

/// A file that is written again within one tick of the clock, with as many bytes
/// and the same time: where a stamp proves nothing, the bytes are looked at.
#[test]
fn what_was_read_too_soon_is_read_again() {
    let dir = book(&[]);
    let kept = Location::Named(dir.path().join("kept.db"));
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let file = dir.path().join("commitments/org-0.toml");
    for target in [50, 60, 70, 70, 80] {
        apply(dir.path(), &Edit::Promise { organisation: 0, folder: false, target, unit: true, valid: true });
        let written = fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(UNIX_EPOCH));
        written.expect("a time can be set");
        // The clock stands still, so that no file was ever read long after it was written.
        let ask = |location| answer(dir.path(), location, day, Depth::Table, 0);
        assert_eq!(ask(Some(&kept)), ask(None), "{target}");
        assert_eq!(ask(Some(&kept)), ask(None), "{target}, a second time");
    }
}
