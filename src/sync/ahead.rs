//! Reading ahead in a first sync: files are read, understood and judged on all
//! cores while one thread writes what is ready, in order.

use std::collections::{BTreeSet, VecDeque};
use std::sync::mpsc;

use super::Now;
use super::apply::Pair;
use super::examine::{Examined, ReadFile, examine, read_file};
use super::judged::Standard;
use super::walk::Found;
use crate::diag::Finding;
use crate::store::{Packed, PackedRegister};

/// Runs of organisations under way at a time for each thread that reads, and how
/// long a run is: so many organisations, or bytes of their files. What comes of a
/// file takes several times its bytes; it is to lie in a cache still when it is
/// written, and memory must not grow with the book.
const UNDER_WAY: usize = 4;
const RUN: usize = 4;
const RUN_BYTES: i64 = 256 * 1024;

/// Gives `take` every item with what `prepare` makes of it, in order. Runs of
/// items are prepared on all cores, a few of them ahead.
pub(super) fn in_order<'p, T: Sync + 'p, P: Send, E>(
    mut runs: impl Iterator<Item = &'p [T]>,
    prepare: impl Fn(&T) -> P + Sync,
    mut take: impl FnMut(&'p T, P) -> Result<(), E>,
) -> Result<(), E> {
    let prepare = &prepare;
    let ahead = UNDER_WAY * rayon::current_num_threads();
    rayon::in_place_scope(|scope| {
        let mut begin = || {
            let run = runs.next()?;
            let (done, ready) = mpsc::sync_channel::<Vec<P>>(1);
            scope.spawn(move |_| {
                // Nobody waits for it where `take` failed before.
                let _ = done.send(run.iter().map(prepare).collect());
            });
            Some((run, ready))
        };
        let mut under_way: VecDeque<_> = std::iter::from_fn(&mut begin).take(ahead).collect();
        while let Some((run, ready)) = under_way.pop_front() {
            // Without an answer it panicked, and so does the scope.
            let Ok(prepared) = ready.recv() else { break };
            under_way.extend(begin());
            for (item, prepared) in run.iter().zip(prepared) {
                take(item, prepared)?;
            }
        }
        Ok(())
    })
}

/// Runs of organisations.
pub(super) fn chunks<'p, 'f>(mut pairs: &'p [Pair<'f>]) -> impl Iterator<Item = &'p [Pair<'f>]> {
    let bytes =
        |pair: &Pair<'_>| [pair.promises, pair.progress].iter().flatten().map(|file| file.stamp.size).sum::<i64>();
    std::iter::from_fn(move || {
        let mut ahead = 0_i64;
        let fit = pairs.iter().take(RUN).take_while(|pair| {
            let begun = ahead;
            ahead = ahead.saturating_add(bytes(pair));
            begun < RUN_BYTES
        });
        let (run, rest) = pairs.split_at(fit.count());
        pairs = rest;
        (!run.is_empty()).then_some(run)
    })
}

/// An organisation read and understood, not stored yet.
pub(super) struct Prepared {
    pub(super) promises: Option<Result<ReadFile, Box<Finding>>>,
    pub(super) progress: Option<Result<ReadFile, Box<Finding>>>,
    pub(super) examined: Option<Examined>,
    pub(super) register: Option<PackedRegister>,
    /// Where nothing is wrong and both files could be read.
    pub(super) packed: Option<Packed>,
}

impl Prepared {
    pub(super) fn of(
        pair: &Pair<'_>,
        duplicates: &BTreeSet<&str>,
        judging: Option<&Standard<'_>>,
        now_ns: &Now,
    ) -> Self {
        let read = |file: Option<&Found>| file.map(|file| read_file(file, now_ns));
        let (promises, progress) = (read(pair.promises), read(pair.progress));
        let mut examined = match (pair.promises, &promises) {
            (Some(file), Some(Ok(read))) => {
                let beside = match (pair.progress, &progress) {
                    (Some(progress), Some(Ok(read))) => Some((progress, read.bytes.as_slice())),
                    _ => None,
                };
                Some(examine(file, &read.bytes, beside, duplicates.contains(file.path.as_str())))
            }
            _ => None,
        };
        let whole = !matches!(progress, Some(Err(_)));
        let register = match (judging, pair.promises, &mut examined) {
            (Some(judging), Some(file), Some(examined)) if whole => judging.register(&file.path, examined),
            _ => None,
        };
        let packed = match (pair.promises, &examined) {
            (Some(file), Some(examined)) if whole => examined.packed(&file.path),
            _ => None,
        };
        if let Some(examined) = &mut examined {
            // They are packed; given back here, the writing thread need not.
            examined.figures.figures = Vec::new();
            examined.figures.provenance = Vec::new();
        }
        Self { promises, progress, examined, register, packed }
    }
}
