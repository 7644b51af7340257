//! Findings as they are counted and sorted: a few numbers each. What they say is
//! made when somebody asks for it.

use super::Outcome;
use super::rules::rank;
use super::severity::Weight;
use crate::model::settings::PolicyRule;

/// A promise's place in the registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    register: u32,
    entry: u32,
}

impl Seat {
    #[expect(clippy::expect_used, reason = "a line of a file of 10 MiB at most stands behind each")]
    pub(super) fn new(register: usize, entry: usize) -> Self {
        let small = |place| u32::try_from(place).expect("below 4 billion");
        Self { register: small(register), entry: small(entry) }
    }

    /// The place of the register.
    pub(super) const fn register(self) -> usize {
        self.register as usize
    }

    /// The place of the entry in it.
    pub(super) const fn entry(self) -> usize {
        self.entry as usize
    }
}

/// Where a finding comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// The reader's finding at this place.
    Reader(usize),
    /// A promise as it stands.
    Entry(Seat),
    /// What was found otherwise, at this place.
    Found(usize),
}

/// A finding, weighed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) outcome: Outcome,
    /// Place of its rule among all.
    pub(super) rank: usize,
    pub(super) days_overdue: Option<i64>,
    /// Place of the waiver that accepts it.
    pub(super) waiver: Option<usize>,
    pub(super) origin: Origin,
}

impl Row {
    /// What comes before whom it is about, as one number: less is worse.
    pub(super) fn severity(&self) -> u128 {
        let worst_first = self.days_overdue.unwrap_or(i64::MIN).cast_unsigned() ^ (1 << 63);
        (self.outcome as u128) << 96 | (self.rank as u128) << 64 | u128::from(!worst_first)
    }

    /// The finding of a rule in a promise.
    pub(super) fn of_entry(seat: Seat, rule: PolicyRule, days_overdue: Option<i64>, weight: Weight) -> Self {
        let Weight { outcome, waiver } = weight;
        Self { outcome, rank: rank(rule), days_overdue, waiver, origin: Origin::Entry(seat) }
    }
}

/// What a look at some registers brought.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) rows: Vec<Row>,
    /// Promises looked at.
    pub(super) promises: Vec<Seat>,
    /// Promises not made yet on the day judged.
    pub(super) not_yet: usize,
}
