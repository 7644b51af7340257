//! Compact bytes for model values, so that a whole organisation is one row.
//!
//! The tables of the index are for people and SQL; a report reads packs. A
//! pack is written and read by the same program version ([`FORMAT`]) and
//! carries a checksum, so damaged bytes are noticed and never half believed.

use chrono::{Datelike, NaiveDate};
use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::assess::{Flag, Numbers, Outlook, Point, Start, Status};
use crate::model::amendment::Amendment;
use crate::model::book::Promises;
use crate::model::commitment::{Commitment, PathShape, Scope2Method, Strength};
use crate::model::date::PartialDate;
use crate::model::deadline::Deadline;
use crate::model::figure::{Assurance, Bound, Confidence, Disclosure, Figure, Measured, Provenance, Source};
use crate::model::metric::{Aggregate, Measures, Metric};
use crate::model::number::Number;
use crate::model::organisation::{Organisation, OrganisationKind};
use crate::model::period::{FiscalYear, NamedBy, Period};
use crate::model::span::Span;
use crate::model::statement::Statement;
use crate::model::target::{Target, TargetForm};
use crate::model::terms::{Baseline, Milestone, Offsets, OffsetsAllowed, Terms};
use crate::model::topic::Topic;
use crate::model::unit::Unit;
use crate::model::words::Word;

/// Format of the packs; changes with every change of a packed type.
pub(crate) const FORMAT: &str = "10";

/// Bytes being read; every step fails softly at their end.
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    /// A text, where it stands.
    pub(crate) fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(u64::get(self)?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Passes over a text.
    pub(crate) fn pass_text(&mut self) -> Option<()> {
        let length = usize::try_from(u64::get(self)?).ok()?;
        self.take(length).map(|_| ())
    }

    /// Whether all bytes were used.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value that goes into a pack and comes back equal.
pub(crate) trait Pack: Sized {
    /// Appends the value.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads the value; `None` where the bytes are no such value.
    fn get(bytes: &mut Bytes<'_>) -> Option<Self>;
}

/// The bytes of a value.
pub(crate) fn pack(value: &impl Pack) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    value.put(&mut out);
    out
}

/// The value of the bytes; `None` unless they hold exactly one.
pub(crate) fn unpack<T: Pack>(bytes: &[u8]) -> Option<T> {
    let mut bytes = Bytes(bytes);
    let value = T::get(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

impl Pack for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = bytes.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

macro_rules! as_u64 {
    ($($int:ty),+) => {$(
        impl Pack for $int {
            fn put(&self, out: &mut Vec<u8>) {
                u64::from(*self).put(out);
            }

            fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
                <$int>::try_from(u64::get(bytes)?).ok()
            }
        }
    )+};
}

as_u64!(u32, u8);

impl Pack for i32 {
    fn put(&self, out: &mut Vec<u8>) {
        ((self << 1) ^ (self >> 31)).cast_unsigned().put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let zigzag = u32::get(bytes)?;
        Some((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }
}

impl Pack for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        ((self << 1) ^ (self >> 63)).cast_unsigned().put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let zigzag = u64::get(bytes)?;
        Some((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }
}

impl Pack for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_bits().to_le_bytes());
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        Some(Self::from_bits(u64::from_le_bytes(bytes.take(8)?.try_into().ok()?)))
    }
}

impl Pack for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        Self::try_from(u64::get(bytes)?).ok()
    }
}

impl Pack for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        match bytes.take(1)?[0] {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        bytes.text().map(str::to_owned)
    }
}

impl Pack for CompactString {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        bytes.text().map(Self::from)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        if bool::get(bytes)? { T::get(bytes).map(Some) } else { Some(None) }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for value in self {
            value.put(out);
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let length = usize::try_from(u64::get(bytes)?).ok()?;
        // Every value takes a byte at least, so damaged lengths ask for no more memory than there are bytes.
        let mut values = Self::with_capacity(length.min(bytes.0.len()));
        for _ in 0..length {
            values.push(T::get(bytes)?);
        }
        Some(values)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        Some((A::get(bytes)?, B::get(bytes)?))
    }
}

impl Pack for NaiveDate {
    fn put(&self, out: &mut Vec<u8>) {
        self.num_days_from_ce().put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        Self::from_num_days_from_ce_opt(i32::get(bytes)?)
    }
}

/// Signs beside the scale of a packed decimal, which is 28 at most.
const NEGATIVE: u8 = 0x80;
const WIDE: u8 = 0x40;

impl Pack for Decimal {
    fn put(&self, out: &mut Vec<u8>) {
        // Scale and sign in a byte, most often with all digits behind it.
        let digits = self.mantissa().unsigned_abs();
        let flags = self.scale() as u8 | if self.is_sign_negative() { NEGATIVE } else { 0 };
        match u64::try_from(digits) {
            Ok(digits) => {
                out.push(flags);
                digits.put(out);
            }
            Err(_) => {
                out.push(flags | WIDE);
                out.extend_from_slice(&digits.to_le_bytes()[..12]);
            }
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let flags = bytes.take(1)?[0];
        let digits = if flags & WIDE == 0 {
            i128::from(u64::get(bytes)?)
        } else {
            let mut wide = [0; 16];
            wide[..12].copy_from_slice(bytes.take(12)?);
            i128::from_le_bytes(wide)
        };
        let mut value = Self::try_from_i128_with_scale(digits, u32::from(flags & !(NEGATIVE | WIDE))).ok()?;
        value.set_sign_negative(flags & NEGATIVE != 0);
        Some(value)
    }
}

impl Pack for PartialDate {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Year(year) => (0_u8, *year).put(out),
            Self::Month(year, month) => (1_u8, (*year, *month)).put(out),
            Self::Day(day) => (2_u8, *day).put(out),
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        match u8::get(bytes)? {
            0 => i32::get(bytes).map(Self::Year),
            1 => <(i32, u32)>::get(bytes).map(|(year, month)| Self::Month(year, month)),
            2 => NaiveDate::get(bytes).map(Self::Day),
            _ => None,
        }
    }
}

impl Pack for Unit {
    fn put(&self, out: &mut Vec<u8>) {
        self.text.put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        String::get(bytes).map(|text| Self::new(&text))
    }
}

impl Pack for Disclosure {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Value(measured) => {
                0_u8.put(out);
                measured.put(out);
            }
            Self::Done(done) => (1_u8, *done).put(out),
            Self::None => 2_u8.put(out),
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        match u8::get(bytes)? {
            0 => Measured::get(bytes).map(Self::Value),
            1 => bool::get(bytes).map(Self::Done),
            2 => Some(Self::None),
            _ => None,
        }
    }
}

macro_rules! words {
    ($($word:ty),+ $(,)?) => {$(
        impl Pack for $word {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
                <$word as Word>::WORDS.get(usize::from(bytes.take(1)?[0])).copied()
            }
        }
    )+};
}

words!(
    Topic,
    TargetForm,
    OffsetsAllowed,
    OrganisationKind,
    NamedBy,
    Aggregate,
    Measures,
    PathShape,
    Strength,
    Scope2Method,
    Bound,
    Assurance,
    Confidence,
    Status,
    Flag,
    Outlook,
);

macro_rules! records {
    ($($record:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Pack for $record {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)+
            }

            fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
                // Fields are read in the order they were written.
                $(let $field = Pack::get(bytes)?;)+
                Some(Self { $($field),+ })
            }
        }
    )+};
}

records! {
    Number { text, value }
    Span { months, days }
    FiscalYear { end_month, end_day, named_by }
    Period { text, first, last }
    Deadline { text, day }
    Target { form, number, from }
    Baseline { period, value }
    Milestone { deadline, target }
    Offsets { allowed, max_percent }
    Terms { target, aim, deadline, baseline, milestones, scopes, offsets }
    Organisation { id, name, kind, country, lei, sector, url, fiscal_year, note, line }
    Statement { id, date, speaker, role, event, title, url, archive_url, file, sha256, language, note, line }
    Metric { id, name, unit, aggregate, measures, own, note, line }
    Amendment {
        date, target, deadline, baseline, milestones, scopes, offsets, withdrawn, superseded_by, reason, url, title, speaker, note, line,
    }
    Commitment {
        id, title, statements, quote, summary, topic, metric, terms, context, formerly, scope_2_method, coverage, owner, tags,
        strength, path, report_every, draft, note, amendments, line,
    }
    Promises { organisation, statements, metrics, commitments }
    Measured { written, unit, amount, bound, gross, offsets }
    Figure {
        metric, by_commitment, period, disclosure, reported, recorded, restates, series_break, confidence, line,
    }
    Source { title, url, copy_url, page, note }
    Provenance { source, assurance, note, author }
    Start { period, value, derived }
    Numbers {
        progress, expected, expected_value, pace, years_ahead, pace_so_far, pace_needed, projection_line, projection_theil_sen, outlook,
        share_of_target,
    }
    Point {
        period, amount, written, written_unit, bound, gross, offsets_percent, gross_amount, offsets_amount, editions, series_break,
        confidence, figures,
    }
}

/// Checksum over the parts of a pack. It guards against damage, not malice.
pub(crate) fn checksum(parts: [&[u8]; 4]) -> i64 {
    let mut hash: u64 = 0;
    for part in parts {
        hash = hash.rotate_left(21) ^ xxhash_rust::xxh3::xxh3_64(part);
    }
    hash.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn decimals_come_back_to_the_last_zero(low in proptest::prelude::any::<u64>(), high in 0_u32.., shift in 0_u32..64, scale in 0_u32..=28, negative: bool) {
            for digits in [i128::from(low >> shift), i128::from(high) << 64 | i128::from(low)] {
                let mut value = Decimal::from_i128_with_scale(digits, scale);
                value.set_sign_negative(negative);
                let back: Option<Decimal> = unpack(&pack(&value));
                proptest::prop_assert_eq!(back.map(|back| back.serialize()), Some(value.serialize()));
            }
        }
    }
}
