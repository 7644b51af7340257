//! Registers as bytes: what a report needs of an organisation, in one row of the
//! index, taken apart one promise at a time.

use chrono::NaiveDate;
use rusqlite::params;

use super::brief::Brief;
use super::open::PATIENCE;
use super::pack::{Bytes, Pack, checksum};
use super::row::Row;
use super::{Store, StoreError, Update};
use crate::assess::{Entry, Register, Status};
use crate::model::settings::AssessmentSettings;
use crate::model::topic::Topic;

/// A register as it is kept: its head, and the bytes of its entries.
#[derive(Debug, Clone)]
pub struct KeptRegister {
    /// The organisation's id.
    pub organisation_id: String,
    /// Its name.
    pub organisation: String,
    /// The promises file, relative to the book.
    pub path: String,
    /// Whether a statement names an archived text.
    pub archived: bool,
    /// The day judged.
    pub day: NaiveDate,
    /// The first day for which it holds.
    pub from: NaiveDate,
    /// The first day after `day` for which it does not.
    pub until: NaiveDate,
    /// How many promises it has.
    len: usize,
    /// What a table shows of each promise, what the gate asks, and the rest;
    /// `None` where it was not asked for.
    keys: Option<Parts>,
    briefs: Option<Parts>,
    rests: Option<Parts>,
}

/// How much of each promise is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What a table shows: [`KeptRegister::key`], [`KeptRegister::prepared`].
    Table,
    /// What the gate asks: [`KeptRegister::brief`].
    Brief,
    /// All, and [`KeptRegister::entry`].
    Whole,
}

impl Depth {
    /// Whether what a table shows is wanted.
    const fn has_keys(self) -> bool {
        !matches!(self, Self::Brief)
    }

    /// Whether what the gate asks is wanted.
    const fn has_briefs(self) -> bool {
        !matches!(self, Self::Table)
    }

    /// Whether the rest is wanted.
    const fn has_rests(self) -> bool {
        matches!(self, Self::Whole)
    }
}

/// The bytes of a register's rows.
#[derive(Debug)]
pub struct PackedRegister {
    head: Vec<u8>,
    keys: Vec<u8>,
    briefs: Vec<u8>,
    rests: Vec<u8>,
}

/// Bytes in parts, one for each promise.
#[derive(Debug, Clone)]
struct Parts {
    /// Where each part begins, and where the last one ends.
    places: Vec<u32>,
    bytes: Vec<u8>,
}

impl Parts {
    fn new() -> Self {
        Self { places: vec![0], bytes: Vec::new() }
    }

    /// Ends a part.
    #[expect(clippy::expect_used, reason = "the parts come from one file of 10 MiB at most")]
    fn mark(&mut self) {
        self.places.push(u32::try_from(self.bytes.len()).expect("below 4 GiB"));
    }

    #[expect(
        clippy::expect_used,
        reason = "the bytes were packed in this run, or carry the checksum of bytes that were"
    )]
    fn read<'b, T>(&'b self, index: usize, get: impl FnOnce(&mut Bytes<'b>) -> Option<T>) -> T {
        let mut bytes = Bytes(&self.bytes[self.places[index] as usize..self.places[index + 1] as usize]);
        get(&mut bytes).expect("a register reads back")
    }

    fn put(&self, out: &mut Vec<u8>) {
        self.places.put(out);
        out.extend_from_slice(&self.bytes);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let places: Vec<u32> = Pack::get(bytes)?;
        let ordered = places.first() == Some(&0) && places.is_sorted();
        let whole = places.last().is_some_and(|end| *end as usize == bytes.0.len());
        (ordered && whole).then(|| Self { places, bytes: bytes.0.to_vec() })
    }
}

/// What an entry is chosen and sorted by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key<'b> {
    /// Id within the organisation.
    pub id: &'b str,
    /// What it is about.
    pub topic: Topic,
    /// Whether nobody has accepted it yet.
    pub draft: bool,
    /// How it stands; `None` where it was not made yet on the day judged.
    pub standing: Option<Standing>,
}

/// How a promise stands, for sorting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The verdict.
    pub status: Status,
    /// The last day in time.
    pub deadline: Option<NaiveDate>,
    /// Days from the end of V's period to the register's day.
    pub data_age_days: Option<i64>,
    /// p, a fraction.
    pub progress: Option<f64>,
}

/// Text that is prepared of each entry and kept with it: what a table shows of it
/// whatever the day.
#[derive(Debug, Clone, Copy)]
pub struct Preparation {
    /// Changes with every change of the text.
    pub version: u32,
    /// Makes the text.
    pub make: fn(&Entry) -> String,
}

impl KeptRegister {
    /// A register as bytes, with a text prepared of each entry.
    #[must_use]
    pub fn of(register: &Register, preparation: Preparation) -> Self {
        let (mut keys, mut briefs, mut rests) = (Parts::new(), Parts::new(), Parts::new());
        for entry in &register.entries {
            (preparation.make)(entry).put(&mut keys.bytes);
            put_key(entry, &mut keys.bytes);
            keys.mark();
            Brief::put(entry, &mut briefs.bytes);
            briefs.mark();
            Brief::put_rest(entry, &mut rests.bytes);
            rests.mark();
        }
        Self {
            organisation_id: register.organisation_id.clone(),
            organisation: register.organisation.clone(),
            path: register.path.clone(),
            archived: register.archived,
            day: register.day,
            from: register.from,
            until: register.until,
            len: register.entries.len(),
            keys: Some(keys),
            briefs: Some(briefs),
            rests: Some(rests),
        }
    }

    /// Forgets what is not wanted of each promise.
    pub fn keep_only(&mut self, depth: Depth) {
        self.keys.take_if(|_| !depth.has_keys());
        self.briefs.take_if(|_| !depth.has_briefs());
        self.rests.take_if(|_| !depth.has_rests());
    }

    /// Whether it says how the organisation stands on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// How many promises it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What entry `index` is chosen and sorted by.
    #[must_use]
    #[expect(clippy::expect_used, reason = "who asks for registers says how much is wanted")]
    pub fn key(&self, index: usize) -> Key<'_> {
        self.keys.as_ref().expect("keys were asked for").read(index, |bytes| {
            bytes.pass_text()?;
            get_key(bytes)
        })
    }

    /// The text prepared of entry `index`.
    #[must_use]
    #[expect(clippy::expect_used, reason = "who asks for registers says how much is wanted")]
    pub fn prepared(&self, index: usize) -> &str {
        self.keys.as_ref().expect("keys were asked for").read(index, Bytes::text)
    }

    /// Entry `index`, as judged on the register's day. [`Depth::Whole`] must have
    /// been asked for.
    #[must_use]
    #[expect(clippy::expect_used, reason = "who asks for registers says how much is wanted")]
    pub fn entry(&self, index: usize) -> Entry {
        let brief = self.brief(index);
        self.rests.as_ref().expect("entries were asked for whole").read(index, |bytes| brief.whole(bytes))
    }

    /// What the gate asks of entry `index`, where it stands. [`Depth::Brief`] must
    /// have been asked for.
    #[must_use]
    #[expect(clippy::expect_used, reason = "who asks for registers says how much is wanted")]
    pub fn brief(&self, index: usize) -> Brief<'_> {
        self.briefs.as_ref().expect("briefs were asked for").read(index, Brief::get)
    }

    /// The id of entry `index`.
    #[must_use]
    pub fn id(&self, index: usize) -> &str {
        let Some(keys) = &self.keys else { return self.brief(index).id };
        keys.read(index, |bytes| {
            bytes.pass_text()?;
            bytes.text()
        })
    }

    /// Order of the organisations in whole ids, `<organisation>/<promise>`, as
    /// these sort as text.
    #[must_use]
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let (a, b) = (self.organisation_id.as_bytes(), other.organisation_id.as_bytes());
        let same = a.len().min(b.len());
        let rest = || a[same..].iter().chain(b"/").cmp(b[same..].iter().chain(b"/"));
        a[..same].cmp(&b[..same]).then_with(rest)
    }

    /// The bytes of its rows; made apart from writing them.
    #[must_use]
    pub fn pack(&self) -> PackedRegister {
        let packed = |parts: &Option<Parts>| {
            let mut out = Vec::new();
            parts.iter().for_each(|parts| parts.put(&mut out));
            out
        };
        let mut out = Vec::with_capacity(128);
        self.organisation_id.put(&mut out);
        self.organisation.put(&mut out);
        self.path.put(&mut out);
        self.archived.put(&mut out);
        (self.day, (self.from, self.until)).put(&mut out);
        self.len.put(&mut out);
        let (keys, briefs, rests) = (packed(&self.keys), packed(&self.briefs), packed(&self.rests));
        PackedRegister { head: out, keys, briefs, rests }
    }

    fn unpack(head: &[u8], keys: Option<&[u8]>, briefs: Option<&[u8]>, rests: Option<&[u8]>) -> Option<Self> {
        let mut bytes = Bytes(head);
        let bytes = &mut bytes;
        let (organisation_id, organisation, path) = (String::get(bytes)?, String::get(bytes)?, String::get(bytes)?);
        let archived = bool::get(bytes)?;
        let (day, (from, until)) = Pack::get(bytes)?;
        let len = usize::get(bytes).filter(|_| bytes.is_empty())?;
        let parts = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => Parts::get(&mut Bytes(bytes)).filter(|parts| parts.places.len() == len + 1).map(Some),
            None => Some(None),
        };
        let (keys, briefs, rests) = (parts(keys)?, parts(briefs)?, parts(rests)?);
        Some(Self { organisation_id, organisation, path, archived, day, from, until, len, keys, briefs, rests })
    }
}

fn put_key(entry: &Entry, out: &mut Vec<u8>) {
    entry.id.put(out);
    entry.topic.put(out);
    entry.draft.put(out);
    entry.judgement.is_some().put(out);
    if let Some(judgement) = &entry.judgement {
        judgement.status.put(out);
        judgement.deadline.put(out);
        judgement.data_age_days.put(out);
        judgement.numbers.progress.put(out);
    }
}

fn get_key<'b>(bytes: &mut Bytes<'b>) -> Option<Key<'b>> {
    let id = bytes.text()?;
    let (topic, draft) = (Topic::get(bytes)?, bool::get(bytes)?);
    let standing = if bool::get(bytes)? {
        Some(Standing {
            status: Status::get(bytes)?,
            deadline: Pack::get(bytes)?,
            data_age_days: Pack::get(bytes)?,
            progress: Pack::get(bytes)?,
        })
    } else {
        None
    };
    Some(Key { id, topic, draft, standing })
}

/// The register of one organisation, if it is kept and holds.
#[derive(Debug)]
pub struct Slot {
    /// The organisation's key in the index.
    pub organisation: i64,
    /// Its register; `None` where it is to be judged from its pack.
    pub kept: Option<KeptRegister>,
}

impl Store {
    /// The registers that are kept for `settings` and hold on `day`, in the order
    /// of the keys, with the organisations that have none; `depth` says how much of
    /// them is wanted.
    ///
    /// # Errors
    /// Where the index cannot be read, or a register is damaged.
    pub fn registers(&self, settings: i64, day: NaiveDate, depth: Depth) -> Result<Vec<Slot>, StoreError> {
        let parts = [(depth.has_keys(), "keys"), (depth.has_briefs(), "brief"), (depth.has_rests(), "rest")];
        let wanted = || parts.iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, table)| table);
        let columns: String = wanted().map(|table| format!(", {table}.checksum, {table}.bytes")).collect();
        let tables: String = wanted().map(|table| format!(" LEFT JOIN {table} USING (organisation_id)")).collect();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT organisation_id, register.settings, register.checksum, register.head{columns}
             FROM organisation LEFT JOIN register USING (organisation_id){tables} ORDER BY organisation_id"
        ))?;
        let mut rows = statement.query([])?;
        let mut slots = Vec::new();
        while let Some(row) = rows.next()? {
            let organisation: i64 = row.get(0)?;
            if row.get::<_, Option<i64>>(1)? != Some(settings) {
                slots.push(Slot { organisation, kept: None });
                continue;
            }
            let damaged = || StoreError::Damaged(format!("register {organisation}"));
            let blob = |column: usize| -> Result<&[u8], StoreError> {
                let bytes = row.get_ref(column)?.as_blob().map_err(|_| damaged())?;
                let whole = register_checksum(organisation, settings, bytes) == row.get::<_, i64>(column - 1)?;
                whole.then_some(bytes).ok_or_else(damaged)
            };
            let mut next = 3;
            let mut part = |is_wanted: bool| {
                next += 2 * usize::from(is_wanted);
                if is_wanted { blob(next).map(Some) } else { Ok(None) }
            };
            let (keys, briefs, rests) = (part(depth.has_keys())?, part(depth.has_briefs())?, part(depth.has_rests())?);
            let kept = KeptRegister::unpack(blob(3)?, keys, briefs, rests).ok_or_else(damaged)?;
            slots.push(Slot { organisation, kept: Some(kept).filter(|kept| kept.holds_on(day)) });
        }
        Ok(slots)
    }

    /// Keys of all organisations.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn organisation_keys(&self) -> Result<Vec<i64>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT organisation_id FROM organisation ORDER BY organisation_id")?;
        let keys = statement.query_map([], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Keeps registers, given with the key of their organisation and the checksum
    /// of the pack they were made from, unless another process writes just now:
    /// they can be made again at any time.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn keep_registers(&mut self, settings: i64, registers: &[(i64, i64, &KeptRegister)]) -> Result<(), StoreError> {
        self.conn.busy_timeout(std::time::Duration::ZERO)?;
        let kept = self.update().and_then(|update| {
            for (id, pack_checksum, register) in registers {
                update.put_register(*id, *pack_checksum, settings, register)?;
            }
            update.commit()
        });
        self.conn.busy_timeout(PATIENCE)?;
        match kept {
            Err(error) if error.is_damage() => Err(error),
            _ => Ok(()),
        }
    }
}

impl Update<'_> {
    /// Keeps the register of an organisation, unless its pack is no longer the
    /// one that it was made from.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_register(
        &self,
        id: i64,
        pack_checksum: i64,
        settings: i64,
        register: &KeptRegister,
    ) -> Result<(), StoreError> {
        let packed = register.pack();
        let put = self
            .tx
            .prepare_cached(
                "INSERT OR REPLACE INTO register
                 SELECT organisation_id, ?3, ?4, ?5 FROM pack WHERE organisation_id = ?1 AND checksum = ?2",
            )?
            .execute(params![
                id,
                pack_checksum,
                settings,
                register_checksum(id, settings, &packed.head),
                packed.head
            ])?;
        if put > 0 { self.put_parts(id, settings, &packed) } else { Ok(()) }
    }

    /// Keeps the register of an organisation that was stored in this transaction.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put_new_register(&self, id: i64, settings: i64, register: &PackedRegister) -> Result<(), StoreError> {
        let head = &register.head;
        let mut statement = self.tx.prepare_cached("INSERT INTO register VALUES (?, ?, ?, ?)")?;
        let mut row = Row::of(&mut statement);
        row.put(id)?.put(settings)?.put(register_checksum(id, settings, head))?.put(&head[..])?;
        row.run()?;
        self.put_parts(id, settings, register)
    }

    /// The rows beside a register.
    fn put_parts(&self, id: i64, settings: i64, register: &PackedRegister) -> Result<(), StoreError> {
        let parts = [
            ("INSERT OR REPLACE INTO keys VALUES (?, ?, ?)", &register.keys),
            ("INSERT OR REPLACE INTO brief VALUES (?, ?, ?)", &register.briefs),
            ("INSERT OR REPLACE INTO rest VALUES (?, ?, ?)", &register.rests),
        ];
        for (sql, bytes) in parts {
            let mut statement = self.tx.prepare_cached(sql)?;
            let mut row = Row::of(&mut statement);
            row.put(id)?.put(register_checksum(id, settings, bytes))?.put(&bytes[..])?;
            row.run()?;
        }
        Ok(())
    }
}

fn register_checksum(organisation: i64, settings: i64, bytes: &[u8]) -> i64 {
    checksum([&organisation.to_le_bytes(), &settings.to_le_bytes(), bytes, &[]])
}

/// What registers are kept by besides the book itself.
#[must_use]
pub fn settings_hash(settings: &AssessmentSettings, preparation: Preparation) -> i64 {
    let AssessmentSettings { on_track, at_risk, report_every, reporting_lag, due_soon } = settings;
    let mut bytes = Vec::new();
    (*on_track, *at_risk).put(&mut bytes);
    (*report_every, (*reporting_lag, *due_soon)).put(&mut bytes);
    preparation.version.put(&mut bytes);
    checksum([&bytes, &[], &[], &[]])
}
