//! Sources of figures: a report that many figures come from is kept once.

use std::collections::HashMap;

use super::pack::{Bytes, Pack, pack};
use crate::model::figure::{Provenance, Source};

/// Which figures of an organisation come from the same source.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// For each source, the place of the first figure that names it.
    first: Vec<usize>,
    /// For each figure, the place of its source among these; `None` where it names none.
    of: Vec<Option<u32>>,
}

impl Sources {
    pub(super) fn of(provenance: &[Provenance]) -> Self {
        let mut places: HashMap<&Source, u32> = HashMap::new();
        let nothing = Source::default();
        let mut sources = Self { first: Vec::new(), of: Vec::with_capacity(provenance.len()) };
        let mut last = 0;
        for (figure, Provenance { source, .. }) in provenance.iter().enumerate() {
            if *source == nothing {
                sources.of.push(None);
                continue;
            }
            let is_at = |place: u32| {
                sources.first.get(place as usize).is_some_and(|first| provenance[*first].source == *source)
            };
            // Figures of one report follow one another, or reports come in the same order again.
            last = match [last, last + 1].into_iter().find(|place| is_at(*place)) {
                Some(place) => place,
                None => *places.entry(source).or_insert_with(|| {
                    sources.first.push(figure);
                    // A file of figures is far too small for more.
                    u32::try_from(sources.first.len() - 1).unwrap_or(u32::MAX)
                }),
            };
            sources.of.push(Some(last));
        }
        sources
    }

    /// The sources, each once, in the order of the file.
    pub(super) fn each<'p>(&self, provenance: &'p [Provenance]) -> impl Iterator<Item = &'p Source> {
        self.first.iter().map(|figure| &provenance[*figure].source)
    }

    /// The place of each figure's source.
    pub(super) fn places(&self) -> impl Iterator<Item = Option<u32>> {
        self.of.iter().copied()
    }

    /// Where the figures come from, packed.
    pub(super) fn pack(&self, provenance: &[Provenance]) -> Vec<u8> {
        let mut out = pack(&self.first.len());
        self.each(provenance).for_each(|source| source.put(&mut out));
        provenance.len().put(&mut out);
        for (Provenance { assurance, note, author, .. }, place) in provenance.iter().zip(self.places()) {
            place.map_or(0, |place| place + 1).put(&mut out);
            assurance.put(&mut out);
            note.put(&mut out);
            author.put(&mut out);
        }
        out
    }
}

/// What [`Sources::pack`] packed; `None` where the bytes are nothing of that kind.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<Provenance>> {
    let bytes = &mut Bytes(bytes);
    let sources: Vec<Source> = Pack::get(bytes)?;
    let length = usize::get(bytes)?;
    let mut provenance = Vec::new();
    for _ in 0..length {
        let source = match u32::get(bytes)?.checked_sub(1) {
            Some(place) => sources.get(place as usize)?.clone(),
            None => Source::default(),
        };
        let (assurance, note, author) = (Pack::get(bytes)?, Pack::get(bytes)?, Pack::get(bytes)?);
        provenance.push(Provenance { source, assurance, note, author });
    }
    bytes.is_empty().then_some(provenance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let source = |title: &str| Source { title: Some(title.to_owned()), ..Source::default() };
        let of = |source: Source, note: Option<&str>| Provenance {
            source,
            note: note.map(str::to_owned),
            ..Provenance::default()
        };
        let provenance = [
            of(source("a"), None),
            of(Source::default(), Some("no source")),
            of(source("b"), None),
            of(source("a"), Some("page 7")),
        ];
        let sources = Sources::of(&provenance);
        assert_eq!(sources.places().collect::<Vec<_>>(), [Some(0), None, Some(1), Some(0)]);
        assert_eq!(unpack(&sources.pack(&provenance)).as_deref(), Some(&provenance[..]));
        assert_eq!(unpack(&sources.pack(&provenance)[1..]), None);
    }
}
