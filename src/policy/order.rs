//! The order of findings: the worst outcome first, then the worst rule, then the
//! longest overdue, then by promise.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::row::{Origin, Row, Seat};
use super::worked::{found_identity, reader_identity};
use super::{Gate, Verdict, whole_id};

/// From this many findings on, threads are worth their start.
const MANY: usize = 4096;

impl Verdict<'_> {
    /// Puts findings in order, and numbers those that nothing else tells apart.
    pub(super) fn finish(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        let places = places(self.gate);
        let order = |a: &Row, b: &Row| {
            let whom = || self.whom(&places, a, b).then_with(|| self.text(a).cmp(&self.text(b)));
            a.severity().cmp(&b.severity()).then_with(whom)
        };
        if rows.len() < MANY {
            rows.sort_by(order)
        } else {
            rows.par_sort_by(order)
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in &rows {
            // A promise has one finding of a rule.
            let identity = match row.origin {
                Origin::Entry(_) => continue,
                Origin::Reader(index) => reader_identity(&self.gate.reader[index]),
                Origin::Found(index) => found_identity(&self.others[index].0),
            };
            let count = seen.entry(identity).or_default();
            *count += 1;
            match row.origin {
                Origin::Found(index) => self.others[index].1 = *count,
                Origin::Reader(index) if *count > 1 => {
                    self.copies.insert(index, *count);
                }
                _ => {}
            }
        }
        self.rows = rows;
    }

    /// Which of its like a finding is, from 1.
    pub(super) fn nth(&self, row: &Row) -> usize {
        match row.origin {
            Origin::Entry(_) => 1,
            Origin::Found(index) => self.others[index].1,
            Origin::Reader(index) => self.copies.get(&index).copied().unwrap_or(1),
        }
    }

    /// By whole id; what is about no promise comes first.
    fn whom(&self, places: &[usize], a: &Row, b: &Row) -> Ordering {
        if let (Origin::Entry(a), Origin::Entry(b)) = (a.origin, b.origin) {
            let id = |seat: Seat| self.gate.registers[seat.register()].id(seat.entry());
            return places[a.register()].cmp(&places[b.register()]).then_with(|| id(a).cmp(id(b)));
        }
        self.id(a).cmp(&self.id(b))
    }

    fn id(&self, row: &Row) -> Option<Cow<'_, str>> {
        match row.origin {
            Origin::Reader(_) => None,
            Origin::Entry(seat) => {
                let register = &self.gate.registers[seat.register()];
                Some(whole_id(register, register.id(seat.entry())).into())
            }
            Origin::Found(index) => Some(self.others[index].0.subject.id().into()),
        }
    }

    /// Where it is, and what it says.
    fn text(&self, row: &Row) -> (String, u32, u32, String, String) {
        let finding = self.worked_out(row).0.finding;
        let place = finding.place;
        (place.file, place.line, place.column, finding.rule.into_owned(), finding.message)
    }
}

/// The place of each register in the order of whole ids.
fn places(gate: &Gate<'_>) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..gate.registers.len()).collect();
    sorted.sort_by(|a, b| gate.registers[*a].order(&gate.registers[*b]));
    let mut places = vec![0; sorted.len()];
    for (place, register) in sorted.into_iter().enumerate() {
        places[register] = place;
    }
    places
}
