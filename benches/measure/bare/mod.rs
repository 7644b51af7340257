//! The bare programs: what somebody would write who wants the report and
//! nothing else. They set the bound that pledgebook is measured by, so they
//! waste nothing: files are read on all cores while the rows before them are
//! inserted, texts are borrowed, statements are prepared once.
//!
//! What they leave out: messages, checks of the records, milestones, amendments,
//! editions by date, days other than one, periods other than years.

mod events;
mod files;
mod parsed;
mod serde;
mod store;
mod table;

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{Write, stdout};
use std::path::Path;

use rayon::prelude::*;

use crate::Fault;
use crate::book::AS_OF;
use files::{Pair, Seen, Texts};
use parsed::Parsed;
use store::Store;
use table::{Status, Table};

/// The year of [`AS_OF`]: deadlines are ends of years.
const YEAR: i32 = 2026;
/// Organisations that are read while those before them are inserted.
const CHUNK: usize = 256;
/// In place of an index: none is kept.
const MEMORY: &str = ":memory:";

/// An organisation's number: its place among all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Org(usize);

type Reader = fn(Texts) -> Result<Parsed, Fault>;

/// Runs one of the programs.
pub(crate) fn run(arguments: &[OsString]) -> Result<(), Fault> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let [program, book, db, rest @ ..] = &words[..] else { return Err(USAGE.into()) };
    let db = &std::path::absolute(db)?;
    // Paths are short, and looked up from here, below the book's own folder.
    std::env::set_current_dir(book)?;
    let mut out = stdout().lock();
    match (*program, rest) {
        ("cold", []) => cold(db, serde::read)?.print(None, &mut out)?,
        ("cold-events", []) => cold(db, events::read)?.print(None, &mut out)?,
        ("warm", []) => warm(db)?.print(None, &mut out)?,
        ("add", [organisation]) => add(db, organisation)?.print(None, &mut out)?,
        ("check", []) => check(db, &mut out)?,
        _ => return Err(USAGE.into()),
    };
    Ok(())
}

const USAGE: &str = "bare cold|cold-events|warm|check BOOK DB, or bare add BOOK DB ORGANISATION";

/// Reads all files into a new index.
fn cold(db: &Path, reader: Reader) -> Result<Table, Fault> {
    let (pairs, folders) = files::walk()?;
    let store = if db.ends_with(MEMORY) { None } else { Some(Store::create(db)?) };
    let mut table = Table::default();
    let mut ready = Vec::new();
    let mut first = 0;
    for chunk in pairs.chunks(CHUNK) {
        let take = || take(store.as_ref(), first, &ready, &mut table);
        let read = || chunk.par_iter().map(|pair| reader(files::read(pair)?)).collect::<Result<Vec<_>, Fault>>();
        let (taken, next) = join(take, read);
        taken?;
        first += ready.len();
        ready = next?;
    }
    take(store.as_ref(), first, &ready, &mut table)?;
    if let Some(store) = store {
        store.finish(&folders)?;
    }
    Ok(table)
}

/// Two things at once; the first stays on this thread, as SQLite's connections must.
fn join<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(there);
        let here = here();
        (here, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn take(store: Option<&Store>, first: usize, ready: &[Parsed], table: &mut Table) -> Result<(), Fault> {
    for parsed in ready {
        parsed.facts().for_each(|facts| table.push(&facts));
    }
    store.map_or(Ok(()), |store| store.insert(first, ready))
}

/// Looks at all files, and prints from the index while nothing changed.
fn warm(db: &Path) -> Result<Table, Fault> {
    let store = Store::open(db)?;
    let seen = store.seen()?;
    let (table, changed) = join(|| store.table(), || changed(&seen));
    if changed.is_empty() {
        return table;
    }
    refresh(&store, &seen, &changed)?;
    store.table()
}

/// What changed: organisations, and `None` for a folder.
fn changed(seen: &[(Option<Org>, Seen)]) -> Vec<Option<Org>> {
    seen.par_iter().filter(|(_, seen)| files::changed(seen)).map(|(organisation, _)| *organisation).collect()
}

/// Reads what changed again.
fn refresh(store: &Store, seen: &[(Option<Org>, Seen)], changed: &[Option<Org>]) -> Result<(), Fault> {
    for organisation in changed.iter().flatten() {
        reread(store, seen, *organisation)?;
    }
    if changed.contains(&None) { relist(store, seen) } else { Ok(()) }
}

/// Lists the folders again: a file may have come and gone, new ones are not for this program.
fn relist(store: &Store, seen: &[(Option<Org>, Seen)]) -> Result<(), Fault> {
    let (pairs, folders) = files::walk()?;
    let known = seen.iter().filter(|(organisation, _)| organisation.is_some()).count();
    if known != pairs.iter().map(|pair| 1 + usize::from(pair.has_progress)).sum::<usize>() {
        return Err("files were added or removed".into());
    }
    store.replace_folders(&folders)
}

/// Reads an organisation's files again.
fn reread(store: &Store, seen: &[(Option<Org>, Seen)], organisation: Org) -> Result<(), Fault> {
    let own = || seen.iter().filter(|(other, _)| *other == Some(organisation));
    let stem = own().find_map(|(_, seen)| seen.path.strip_suffix(".progress.toml"));
    let pair = Pair { stem: stem.ok_or("no progress file")?.to_owned(), has_progress: true };
    store.replace(organisation, &events::read(files::read(&pair)?)?)
}

/// One figure more, on disk before it counts, and the report with it.
fn add(db: &Path, organisation: &str) -> Result<Table, Fault> {
    let store = Store::open(db)?;
    let seen = store.seen()?;
    let name = format!("/{organisation}.progress.toml");
    let found = seen.iter().find(|(_, seen)| seen.path.ends_with(&name)).ok_or("no such organisation")?;
    let mut file = OpenOptions::new().append(true).open(&found.1.path)?;
    file.write_all(
        b"\n[[progress]]\nmetric = \"series-0\"\nperiod = \"2016\"\nvalue = 1234.5\nreported = \"2026-05-01\"\n\
          restates = true\nsource = { title = \"Corrected report\", url = \"https://example.org/corrected.pdf\" }\n\
          recorded = 2026-05-02\n",
    )?;
    file.sync_data()?;
    refresh(&store, &seen, &changed(&seen))?;
    store.table()
}

/// The overdue promises, and how many there are.
fn check(db: &Path, out: &mut dyn Write) -> Result<usize, Fault> {
    let mut table = if db.exists() { warm(db)? } else { cold(db, events::read)? };
    let count = table.print(Some(Status::Overdue), out)?;
    writeln!(out, "{count} overdue")?;
    Ok(count)
}
