//! Opening the index: ours and whole, or moved aside and built anew.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::build::{Building, COMPANIONS, Turn, beside, is_absent, sibling};
use super::pack::FORMAT;
use super::schema::{APPLICATION_ID, MIGRATIONS};
use super::{Location, Store, StoreError};

/// How long one process waits for another's sync.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// What is wrong with an existing index.
#[derive(Debug)]
enum Fault {
    Damaged,
    Foreign(i64),
    Newer(i64),
    Older,
    Edited(&'static str),
    NotEmpty,
}

/// What stands where the index is to be.
enum Found {
    /// Nothing yet, or what another process is about to build.
    Nothing,
    /// A usable index.
    Sound(Connection),
    Faulty(Fault),
}

impl From<Fault> for Found {
    fn from(fault: Fault) -> Self {
        Self::Faulty(fault)
    }
}

/// Opens the index, building an empty one where there is none. An index of the
/// book's own folder that cannot be used is moved aside, and `note` is told.
///
/// # Errors
/// Where the place cannot be written (see [`StoreError::is_unwritable`]), or a
/// file the user named belongs to something else.
pub fn open(location: &Location, note: &mut dyn FnMut(String)) -> Result<Store, StoreError> {
    let (path, own) = match location {
        Location::Own(path) => (path, true),
        Location::Named(path) => (path, false),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| StoreError::File { path: folder.display().to_string(), error })?;
    }
    let (fault, sound) = match examine(path)? {
        Found::Nothing => (None, None),
        Found::Sound(conn) => (None, Some(conn)),
        Found::Faulty(fault) => (Some(fault), None),
    };
    if let Some(fault) = fault {
        let shown = path.display();
        let (word, what) = match fault {
            Fault::Foreign(id) if !own => return Err(StoreError::Foreign(shown.to_string(), id)),
            Fault::NotEmpty | Fault::Damaged if !own && !is_ours(path) => {
                return Err(StoreError::NoIndex(shown.to_string()));
            }
            Fault::Foreign(_) | Fault::NotEmpty => ("foreign", "belongs to another program".to_owned()),
            Fault::Damaged => ("damaged", "is damaged".to_owned()),
            Fault::Newer(version) => (
                "newer",
                format!("was written by a newer pledgebook (schema {version}, this one knows {})", MIGRATIONS.len()),
            ),
            Fault::Older => ("older", "was written by an older pledgebook".to_owned()),
            Fault::Edited(name) => ("edited", format!("was built by another version of the migration `{name}`")),
        };
        move_aside(path, word)?;
        note(format!("the index {what}; it was moved aside and is built anew"));
    }
    if let Some(conn) = sound {
        return build(conn);
    }
    if is_absent(path) {
        let fault = |error| StoreError::File { path: path.display().to_string(), error };
        if let Turn::Ours(building) = Building::begin(path, own).map_err(fault)? {
            return beside(building);
        }
    }
    build(Connection::open(path)?)
}

/// Moves the index of `location` aside after damage was met while using it, so
/// that opening it again builds a new one.
///
/// # Errors
/// Where the file cannot be renamed.
pub fn set_aside(location: &Location) -> Result<(), StoreError> {
    match location {
        Location::Own(path) | Location::Named(path) => move_aside(path, "damaged"),
    }
}

/// Memory for pages of an index that is read from one end to the other, in KiB.
const READING_KIB: i64 = 256;

pub(super) fn build(mut conn: Connection) -> Result<Store, StoreError> {
    conn.busy_timeout(PATIENCE)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.pragma_update(None, "cache_size", -READING_KIB)?;
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        fill(&mut conn, "wal")?;
    }
    conn.pragma_update(None, "synchronous", "normal")?;
    Ok(Store { conn, building: None })
}

/// Tables, and what they were made by.
pub(super) fn fill(conn: &mut Connection, journal: &str) -> Result<(), StoreError> {
    build_schema(conn, journal)?;
    for step in MIGRATIONS {
        conn.execute("INSERT OR IGNORE INTO meta VALUES (?1, ?2)", (step.key(), step.checksum()))?;
    }
    conn.execute("INSERT OR IGNORE INTO meta VALUES ('pack format', ?1)", [FORMAT])?;
    Ok(())
}

/// Pause between two tries to build the schema, and how many there are.
const PAUSE: Duration = Duration::from_millis(20);
const TRIES: u32 = 500;

/// Builds the tables. Several processes may start at once in a new book: one
/// builds, and the others find that it did.
fn build_schema(conn: &mut Connection, journal: &str) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        let error = match try_build(conn, journal) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap_or(0);
        if version > 0 {
            return Ok(());
        }
        tries += 1;
        let met_another = match &error {
            StoreError::Sqlite(rusqlite::Error::SqliteFailure(fault, _)) => {
                matches!(fault.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
            }
            _ => false,
        };
        if !met_another || tries == TRIES {
            return Err(error);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Bytes of a page: most rows hold all that is said of an organisation, several
/// KiB, and a quarter of the pages is a quarter of the calls to the system.
const PAGE_BYTES: i64 = 16_384;

fn try_build(conn: &mut Connection, journal: &str) -> Result<(), StoreError> {
    conn.pragma_update(None, "page_size", PAGE_BYTES)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.query_row(&format!("PRAGMA journal_mode = {journal}"), [], |_| Ok(()))?;
    let steps = MIGRATIONS.iter().map(|step| M::up(step.sql)).collect();
    Migrations::new(steps).to_latest(conn).map_err(migration_error)
}

fn migration_error(error: rusqlite_migration::Error) -> StoreError {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => StoreError::Sqlite(err),
        other => StoreError::Migration(other.to_string()),
    }
}

/// Looks at the file at `path`.
fn examine(path: &Path) -> Result<Found, StoreError> {
    let io = |error| StoreError::File { path: path.display().to_string(), error };
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(io(error)),
    };
    if metadata.is_dir() {
        return Err(io(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    if metadata.len() == 0 {
        return Ok(Found::Nothing);
    }
    let mut header = Vec::with_capacity(100);
    fs::File::open(path).map_err(io)?.take(100).read_to_end(&mut header).map_err(io)?;
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        let is_cut = header.starts_with(b"SQLite format 3\0");
        return Ok(if is_cut { Fault::Damaged } else { Fault::NotEmpty }.into());
    }
    let word = |at: usize| i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]));
    let (application, user_version) = (word(68), word(60));
    if application != APPLICATION_ID {
        return Ok(Fault::Foreign(application).into());
    }
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if user_version > known {
        return Ok(Fault::Newer(user_version).into());
    }
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::try_from(word(28)).unwrap_or(0);
    if pages * page > metadata.len() && !sibling(path, "-wal").exists() {
        return Ok(Fault::Damaged.into());
    }
    check_contents(path)
}

/// Checksums of the applied migrations and the format of the packs.
fn check_contents(path: &Path) -> Result<Found, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(PATIENCE)?;
    let meta = |key: &str| -> Result<Option<String>, rusqlite::Error> {
        use rusqlite::OptionalExtension;
        conn.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()
    };
    let version: i64 = match conn.query_row("PRAGMA user_version", [], |row| row.get(0)) {
        Ok(version) => version,
        Err(error) => return damage(error),
    };
    if version == 0 {
        // Ours and not built yet: another process is at it, or died at it.
        return Ok(Found::Nothing);
    }
    if version < i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX) {
        return Ok(Fault::Older.into());
    }
    for step in MIGRATIONS {
        match meta(&step.key()) {
            Ok(Some(found)) if found == step.checksum() => {}
            Ok(None) => return Ok(Found::Nothing),
            Ok(_) => return Ok(Fault::Edited(step.name).into()),
            Err(error) => return damage(error),
        }
    }
    match meta("pack format") {
        Ok(Some(found)) if found != FORMAT => Ok(Fault::Older.into()),
        Ok(_) => Ok(Found::Sound(conn)),
        Err(error) => damage(error),
    }
}

fn damage(error: rusqlite::Error) -> Result<Found, StoreError> {
    let error = StoreError::Sqlite(error);
    if error.is_damage() { Ok(Fault::Damaged.into()) } else { Err(error) }
}

fn is_ours(path: &Path) -> bool {
    let mut header = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    read.is_ok() && header.len() >= 72 && header[68..72] == APPLICATION_ID.to_be_bytes()[4..]
}

/// Renames the file to a name that is free; its companions are of no use alone.
fn move_aside(path: &Path, word: &str) -> Result<(), StoreError> {
    let free = (0..)
        .map(|n| if n == 0 { sibling(path, &format!(".{word}")) } else { sibling(path, &format!(".{word}.{n}")) })
        .find(|candidate| !candidate.exists());
    let Some(free) = free else { return Ok(()) };
    match fs::rename(path, &free) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::File { path: path.display().to_string(), error }),
    }
    for ending in COMPANIONS {
        // Absent is fine; a companion that stays would only be found useless.
        let _ = fs::remove_file(sibling(path, ending));
    }
    Ok(())
}
