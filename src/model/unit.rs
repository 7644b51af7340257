//! Units of measure and their exact conversions.
//!
//! Known are mass of CO2e and of CO2, energy, power, per cent, water volumes
//! and area; all conversions within one kind are powers of ten and so exact.
//! Any other word is opaque: it must match to the letter.

use rust_decimal::Decimal;

use super::number::shift;

/// What a unit measures. Units of one kind convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Mass of greenhouse gases in CO2 equivalents.
    MassCo2e,
    /// Mass of carbon dioxide alone; not the same as CO2e.
    MassCo2,
    /// Energy.
    Energy,
    /// Power.
    Power,
    /// Per cent.
    Share,
    /// Volume (of water).
    Volume,
    /// Area.
    Area,
}

/// Known spellings: word, kind, power of ten to the kind's smallest unit.
const KNOWN: &[(&str, Kind, i32)] = &[
    ("g CO2e", Kind::MassCo2e, 0),
    ("kg CO2e", Kind::MassCo2e, 3),
    ("t CO2e", Kind::MassCo2e, 6),
    ("kt CO2e", Kind::MassCo2e, 9),
    ("Mt CO2e", Kind::MassCo2e, 12),
    ("Gt CO2e", Kind::MassCo2e, 15),
    ("g CO2", Kind::MassCo2, 0),
    ("kg CO2", Kind::MassCo2, 3),
    ("t CO2", Kind::MassCo2, 6),
    ("kt CO2", Kind::MassCo2, 9),
    ("Mt CO2", Kind::MassCo2, 12),
    ("Gt CO2", Kind::MassCo2, 15),
    ("Wh", Kind::Energy, 0),
    ("kWh", Kind::Energy, 3),
    ("MWh", Kind::Energy, 6),
    ("GWh", Kind::Energy, 9),
    ("TWh", Kind::Energy, 12),
    ("W", Kind::Power, 0),
    ("kW", Kind::Power, 3),
    ("MW", Kind::Power, 6),
    ("GW", Kind::Power, 9),
    ("TW", Kind::Power, 12),
    ("%", Kind::Share, 0),
    ("L", Kind::Volume, 0),
    ("kL", Kind::Volume, 3),
    ("m3", Kind::Volume, 3),
    ("m³", Kind::Volume, 3),
    ("ML", Kind::Volume, 6),
    ("GL", Kind::Volume, 9),
    ("hm3", Kind::Volume, 9),
    ("hm³", Kind::Volume, 9),
    ("km3", Kind::Volume, 12),
    ("km³", Kind::Volume, 12),
    ("m2", Kind::Area, 0),
    ("m²", Kind::Area, 0),
    ("ha", Kind::Area, 4),
    ("km2", Kind::Area, 6),
    ("km²", Kind::Area, 6),
];

/// A unit as written, with its meaning where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// As written.
    pub text: String,
    known: Option<(Kind, i32)>,
}

impl Unit {
    /// Reads a unit; every word is one, known or opaque.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let spaced = spelled(text);
        let known = KNOWN.iter().find(|(word, ..)| *word == spaced).map(|&(_, kind, power)| (kind, power));
        Self { text: text.to_owned(), known }
    }

    /// What it measures; `None` for an opaque word.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.known.map(|(kind, _)| kind)
    }

    /// Whether it is per cent.
    #[must_use]
    pub fn is_share(&self) -> bool {
        self.kind() == Some(Kind::Share)
    }

    /// Whether values in the two units can be compared: same kind, or the same
    /// opaque word to the letter.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        match (self.known, other.known) {
            (Some((a, _)), Some((b, _))) => a == b,
            (None, None) => self.text == other.text,
            _ => false,
        }
    }

    /// `value` of this unit in the unit `to`; `None` where the units do not fit
    /// or the result would not be exact.
    #[must_use]
    pub fn convert(&self, value: Decimal, to: &Self) -> Option<Decimal> {
        if !self.fits(to) {
            return None;
        }
        match (self.known, to.known) {
            (Some((_, from)), Some((_, to))) => shift(value, from - to),
            _ => Some(value),
        }
    }

    /// Spellings of all known units, for suggestions.
    pub fn known_words() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|(word, ..)| *word)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

/// `tCO2e`, `t CO2-eq` and `t CO₂e` are the same word as `t CO2e`.
fn spelled(text: &str) -> String {
    let plain = text.replace('₂', "2");
    for gas in ["CO2-eq", "CO2eq", "CO2e", "CO2"] {
        if let Some(prefix) = plain.strip_suffix(gas) {
            let gas = if gas == "CO2" { "CO2" } else { "CO2e" };
            return format!("{} {gas}", prefix.trim_end());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn converts_within_a_kind_only_and_exactly() {
        for (value, from, to, result) in [
            ("5.111", "Mt CO2e", "t CO2e", Some("5111000")),
            ("5871780.7", "tCO2e", "Mt CO2e", Some("5.8717807")),
            ("1", "TWh", "Wh", Some("1000000000000")),
            ("1", "m3", "L", Some("1000")),
            ("1", "ha", "km2", Some("0.01")),
            ("1", "t CO2", "t CO2e", None),
            ("1", "MW", "MWh", None),
            ("3", "trees", "trees", Some("3")),
            ("3", "trees", "Trees", None),
            ("0.0000000000000000000000000001", "g CO2e", "t CO2e", None),
        ] {
            let value = Decimal::from_str_exact(value).unwrap();
            let result = result.map(|text| Decimal::from_str_exact(text).unwrap());
            assert_eq!(Unit::new(from).convert(value, &Unit::new(to)), result, "{from} -> {to}");
        }
    }
}
