//! Registers of a book: those that are kept and hold, and those made now.

use rayon::prelude::*;

use super::examine::Examined;
use super::settings;
use super::walk::{FileKind, Found};
use crate::assess::{Clock, Question, Version, register};
use crate::model::book::Dossier;
use crate::model::settings::AssessmentSettings;
use crate::store::{Depth, KeptRegister, PackedRegister, Preparation, Slot, Store, StoreError, settings_hash};

/// What is to be judged, and how.
#[derive(Debug, Clone)]
pub struct Judging {
    /// The day judged and what was known.
    pub clock: Clock,
    /// The terms judged by.
    pub version: Version,
    /// Whether to judge by the terms first promised, too.
    pub also_first: bool,
    /// How much is wanted of each promise.
    pub depth: Depth,
    /// Whether what is prepared is wanted; what an index keeps has it always.
    pub prepared: bool,
    /// Settings in place of the book's own.
    pub settings: Option<AssessmentSettings>,
    /// What is prepared of each promise for who shows it.
    pub preparation: Preparation,
}

impl Judging {
    /// The terms in force, with all that is known: the question of every day.
    #[must_use]
    pub const fn of(clock: Clock, preparation: Preparation) -> Self {
        Self {
            clock,
            version: Version::Current,
            also_first: false,
            depth: Depth::Whole,
            prepared: true,
            settings: None,
            preparation,
        }
    }

    pub(super) fn question<'s>(&self, settings: &'s AssessmentSettings) -> Question<'s> {
        Question { clock: self.clock, version: self.version, settings }
    }

    /// Whether its registers are worth keeping: what everybody asks every day.
    fn is_kept(&self) -> bool {
        self.version == Version::Current && self.clock.known_at.is_none()
    }
}

/// What every organisation is judged by as it is read for the first time.
pub(super) struct Standard<'s> {
    /// What its register is kept by.
    pub(super) hash: i64,
    question: Question<'s>,
    preparation: Preparation,
}

impl<'s> Standard<'s> {
    /// `None` where registers would not be kept.
    pub(super) fn of(judging: &Judging, settings: &'s AssessmentSettings) -> Option<Self> {
        let hash = settings_hash(settings, judging.preparation);
        let preparation = judging.preparation;
        judging.is_kept().then(|| Self { hash, question: judging.question(settings), preparation })
    }

    /// The register of an organisation that was just read; `None` where its files
    /// have errors.
    pub(super) fn register(&self, path: &str, examined: &mut Examined) -> Option<PackedRegister> {
        if !examined.is_sound() {
            return None;
        }
        let promises = examined.promises.promises.take()?;
        let figures = std::mem::take(&mut examined.figures.figures);
        let dossier = Dossier { path: path.to_owned(), promises, figures, provenance: Vec::new() };
        let kept = KeptRegister::of(&register(&dossier, &self.question), self.preparation);
        examined.promises.promises = Some(dossier.promises);
        examined.figures.figures = dossier.figures;
        Some(kept.pack())
    }
}

/// Organisations judged at a time, so that memory does not grow with the book.
const AT_ONCE: usize = 512;

/// A register made now, with what tells whether its organisation is still as it was.
pub(super) struct Made {
    organisation: i64,
    pack_checksum: i64,
    place: usize,
}

/// Registers of all organisations, in the order of their keys.
pub(super) struct Judged {
    /// What they are kept by; `None` where they are not worth keeping.
    pub(super) hash: Option<i64>,
    pub(super) keys: Vec<i64>,
    pub(super) registers: Vec<KeptRegister>,
    made: Vec<Made>,
}

/// The registers that a question asks for.
pub(super) fn judged(store: &Store, judging: &Judging, settings: &AssessmentSettings) -> Result<Judged, StoreError> {
    let hash = judging.is_kept().then(|| settings_hash(settings, judging.preparation));
    let slots = if let Some(hash) = hash {
        store.registers(hash, judging.clock.as_of, judging.depth)?
    } else {
        store.organisation_keys()?.into_iter().map(|organisation| Slot { organisation, kept: None }).collect()
    };
    let keys = slots.iter().map(|slot| slot.organisation).collect();
    let wanted: Vec<(usize, i64)> = slots
        .iter()
        .enumerate()
        .filter(|(_, slot)| slot.kept.is_none())
        .map(|(at, slot)| (at, slot.organisation))
        .collect();
    let mut registers: Vec<Option<KeptRegister>> = slots.into_iter().map(|slot| slot.kept).collect();
    let mut made = Vec::with_capacity(wanted.len());
    let question = judging.question(settings);
    for chunk in wanted.chunks(AT_ONCE) {
        let ids: Vec<i64> = chunk.iter().map(|(_, id)| *id).collect();
        let dossiers = store.dossiers(&ids, false)?;
        let fresh: Vec<(KeptRegister, i64)> = dossiers
            .into_par_iter()
            .map(|(dossier, checksum)| {
                (KeptRegister::of(&register(&dossier, &question), judging.preparation), checksum)
            })
            .collect();
        for ((place, organisation), (register, pack_checksum)) in chunk.iter().zip(fresh) {
            registers[*place] = Some(register);
            made.push(Made { organisation: *organisation, pack_checksum, place: *place });
        }
    }
    Ok(Judged { hash, keys, registers: registers.into_iter().flatten().collect(), made })
}

/// Keeps the registers that were made now.
pub(super) fn keep(store: &mut Store, judged: &Judged) -> Result<(), StoreError> {
    let Some(hash) = judged.hash else { return Ok(()) };
    let made: Vec<(i64, i64, &KeptRegister)> =
        judged.made.iter().map(|made| (made.organisation, made.pack_checksum, &judged.registers[made.place])).collect();
    if made.is_empty() { Ok(()) } else { store.keep_registers(hash, &made) }
}

/// Judges the organisations of these files, so that the next report need not.
pub(super) fn judge_these(store: &mut Store, judging: &Judging, found: &[Found]) -> Result<(), StoreError> {
    if !judging.is_kept() {
        return Ok(());
    }
    let settings = match &judging.settings {
        Some(settings) => settings.clone(),
        None => settings::known(store)?.assessment,
    };
    let mut keys = Vec::new();
    for file in found.iter().filter(|file| file.kind == FileKind::Promises) {
        keys.extend(store.organisation_at(&file.path)?);
    }
    let question = judging.question(&settings);
    let judge = |(dossier, checksum): &(Dossier, i64)| {
        (KeptRegister::of(&register(dossier, &question), judging.preparation), *checksum)
    };
    let fresh: Vec<(KeptRegister, i64)> = store.dossiers(&keys, false)?.iter().map(judge).collect();
    let made: Vec<(i64, i64, &KeptRegister)> =
        keys.iter().zip(&fresh).map(|(key, (register, checksum))| (*key, *checksum, register)).collect();
    if made.is_empty() {
        return Ok(());
    }
    store.keep_registers(settings_hash(&settings, judging.preparation), &made)
}
