//! The index: integer keys, and the latest value beside each promise, so that a
//! report reads no figures.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, Statement};

use super::files::{Seen, Stamp};
use super::parsed::{Figure, Parsed};
use super::table::{Facts, Table};
use super::{AS_OF, Org};
use crate::Fault;

const SCHEMA: &str = "
CREATE TABLE file (path TEXT, organisation INTEGER, size INTEGER, mtime INTEGER, inode INTEGER) STRICT;
CREATE TABLE promise (key INTEGER PRIMARY KEY, stem TEXT, id TEXT, organisation TEXT, title TEXT, unit TEXT, start INTEGER,
    base REAL, goal REAL, deadline INTEGER, latest TEXT, latest_year INTEGER) STRICT;
CREATE TABLE figure (key INTEGER PRIMARY KEY, promise INTEGER, year INTEGER, value TEXT, reported TEXT, title TEXT,
    url TEXT, recorded TEXT) STRICT;";
const PROMISE: &str = "INSERT INTO promise VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const FILE: &str = "INSERT INTO file VALUES (?, ?, ?, ?, ?)";
/// Figures of one statement: fewer statements are faster, more than this gain nothing.
const BATCH: usize = 16;
const FIGURE: &str = "(?, ?, ?, ?, ?, ?, ?, ?)";

/// A later change; the index can be deleted at any time, so the disk is not waited for.
const BEGIN: &str = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN";

/// Keys of an organisation's promises and figures: its number in front.
fn key(organisation: usize, bits: u32, n: usize) -> i64 {
    ((organisation << bits) | n) as i64
}

pub(super) struct Store {
    conn: Connection,
    path: PathBuf,
}

impl Store {
    /// A new index beside its later place: no journal, for nobody reads it yet.
    pub(super) fn create(path: &Path) -> Result<Self, Fault> {
        let beside = path.with_extension("new");
        let _ = fs::remove_file(&beside);
        let conn = Connection::open(&beside)?;
        conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")?;
        conn.execute_batch(SCHEMA)?;
        conn.execute_batch("BEGIN")?;
        Ok(Self { conn, path: path.to_owned() })
    }

    /// Puts a new index in its place.
    pub(super) fn finish(self, folders: &[Seen]) -> Result<(), Fault> {
        self.insert_folders(folders)?;
        self.conn.execute_batch("COMMIT")?;
        self.conn.close().map_err(|(_, error)| error)?;
        let beside = self.path.with_extension("new");
        File::open(&beside)?.sync_all()?;
        Ok(fs::rename(beside, &self.path)?)
    }

    fn insert_folders(&self, folders: &[Seen]) -> Result<(), Fault> {
        let mut insert = self.conn.prepare(FILE)?;
        folders.iter().try_for_each(|folder| insert_file(&mut insert, None, folder))
    }

    /// Replaces what is known of the folders.
    pub(super) fn replace_folders(&self, folders: &[Seen]) -> Result<(), Fault> {
        self.conn.execute_batch(BEGIN)?;
        self.conn.execute("DELETE FROM file WHERE organisation IS NULL", [])?;
        self.insert_folders(folders)?;
        Ok(self.conn.execute_batch("COMMIT")?)
    }

    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let conn = Connection::open(path)?;
        Ok(Self { conn, path: path.to_owned() })
    }

    /// Adds organisations; `first` is the number of the first of them.
    pub(super) fn insert(&self, first: usize, organisations: &[Parsed]) -> Result<(), Fault> {
        let mut promise = self.conn.prepare_cached(PROMISE)?;
        let mut file = self.conn.prepare_cached(FILE)?;
        let mut one = self.conn.prepare_cached(&format!("INSERT INTO figure VALUES {FIGURE}"))?;
        let many = format!("INSERT INTO figure VALUES {}", [FIGURE; BATCH].join(", "));
        let mut many = self.conn.prepare_cached(&many)?;
        for (number, parsed) in (first..).zip(organisations) {
            for (n, facts) in parsed.facts().enumerate() {
                insert_promise(&mut promise, key(number, 8, n), &facts)?;
            }
            for seen in &parsed.seen {
                insert_file(&mut file, Some(number), seen)?;
            }
            let mut n = 0;
            for batch in parsed.figures.chunks(BATCH) {
                let insert = if batch.len() == BATCH { &mut many } else { &mut one };
                for figures in batch.chunks(if batch.len() == BATCH { BATCH } else { 1 }) {
                    n += insert_figures(insert, parsed, number, n, figures)?;
                }
            }
        }
        Ok(())
    }

    /// Replaces what is known of an organisation.
    pub(super) fn replace(&self, organisation: Org, parsed: &Parsed) -> Result<(), Fault> {
        let number = organisation.0;
        self.conn.execute_batch(BEGIN)?;
        let range = |bits| (key(number, bits, 0), key(number + 1, bits, 0) - 1);
        self.conn.execute("DELETE FROM promise WHERE key BETWEEN ? AND ?", range(8))?;
        self.conn.execute("DELETE FROM figure WHERE key BETWEEN ? AND ?", range(24))?;
        self.conn.execute("DELETE FROM file WHERE organisation = ?", [number as i64])?;
        self.insert(number, std::slice::from_ref(parsed))?;
        Ok(self.conn.execute_batch("COMMIT")?)
    }

    /// Files and folders as they were last read.
    pub(super) fn seen(&self) -> Result<Vec<(Option<Org>, Seen)>, Fault> {
        let mut query = self.conn.prepare("SELECT organisation, path, size, mtime, inode FROM file")?;
        let seen = |row: &Row<'_>| {
            let stamp = Stamp { size: row.get(2)?, mtime: row.get(3)?, inode: row.get(4)? };
            let organisation: Option<i64> = row.get(0)?;
            Ok((organisation.map(|number| Org(number as usize)), Seen { path: row.get(1)?, stamp }))
        };
        Ok(query.query_map([], seen)?.collect::<Result<_, _>>()?)
    }

    /// Every promise with its latest value.
    pub(super) fn table(&self) -> Result<Table, Fault> {
        let mut table = Table::default();
        let mut query = self.conn.prepare("SELECT * FROM promise")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let text = |column| -> Result<&str, Fault> { Ok(row.get_ref(column)?.as_str()?) };
            let year: Option<i32> = row.get(11)?;
            let latest = year.map(|year| Ok::<_, Fault>((text(10)?, year))).transpose()?;
            table.push(&Facts {
                stem: text(1)?,
                id: text(2)?,
                organisation: text(3)?,
                title: text(4)?,
                unit: text(5)?,
                start: row.get(6)?,
                base: row.get(7)?,
                goal: row.get(8)?,
                deadline: row.get(9)?,
                latest,
            });
        }
        Ok(table)
    }
}

impl Parsed {
    /// What the report says of each promise.
    pub(super) fn facts(&self) -> impl Iterator<Item = Facts<'_>> {
        self.promises.iter().map(|promise| Facts {
            stem: self.stem(),
            id: self.get(promise.id),
            organisation: self.get(self.name),
            title: self.get(promise.title),
            unit: self.unit(promise),
            start: promise.start,
            base: promise.base,
            goal: promise.goal(),
            deadline: promise.deadline,
            latest: self.latest(promise, AS_OF).map(|figure| (self.get(figure.value), figure.year)),
        })
    }
}

fn insert_promise(insert: &mut Statement<'_>, key: i64, facts: &Facts<'_>) -> Result<(), Fault> {
    let Facts { stem, id, organisation, title, unit, start, base, goal, deadline, latest } = facts;
    let (value, year) = latest.unzip();
    insert.execute((key, stem, id, organisation, title, unit, start, base, goal, deadline, value, year))?;
    Ok(())
}

fn insert_file(insert: &mut Statement<'_>, organisation: Option<usize>, seen: &Seen) -> Result<(), Fault> {
    let Stamp { size, mtime, inode } = seen.stamp;
    insert.execute((&seen.path, organisation.map(|number| number as i64), size, mtime, inode))?;
    Ok(())
}

/// Adds figures by one statement; how many there were.
fn insert_figures(
    insert: &mut Statement<'_>,
    parsed: &Parsed,
    organisation: usize,
    n: usize,
    figures: &[Figure],
) -> Result<usize, Fault> {
    let mut at = 0;
    for (n, figure) in (n..).zip(figures) {
        let metric = parsed.get(figure.metric);
        let promise = parsed.promises.iter().position(|promise| parsed.get(promise.metric) == metric);
        let numbers = [key(organisation, 24, n), promise.map_or(-1, |n| n as i64), i64::from(figure.year)];
        for number in numbers {
            at += 1;
            insert.raw_bind_parameter(at, number)?;
        }
        for place in [figure.value, figure.reported, figure.title, figure.url, figure.recorded] {
            at += 1;
            insert.raw_bind_parameter(at, parsed.get(place))?;
        }
    }
    insert.raw_execute()?;
    Ok(figures.len())
}
