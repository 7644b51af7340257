//! A TOML document as the readers of this layer walk it: every key and value
//! with its range, numbers as written.
//!
//! It comes from the events of the TOML parser where the file is in order
//! ([`super::events`]), else from the parser that recovers from errors.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::Datetime;

/// Text of the file, borrowed unless it holds escapes.
pub(crate) type Text<'s> = Cow<'s, str>;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'s> {
    String(Text<'s>),
    Integer(Integer<'s>),
    /// A fraction, `inf` or `nan`, without underscores.
    Float(Text<'s>),
    Boolean(bool),
    Datetime(Datetime),
    Array(Vec<Spanned<Value<'s>>>),
    Table(Table<'s>),
}

/// A whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Integer<'s> {
    /// Digits without prefix and underscores.
    pub(crate) digits: Text<'s>,
    /// 2, 8, 10 or 16.
    pub(crate) radix: u32,
}

/// A table, its keys in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table<'s> {
    entries: Vec<(Spanned<Text<'s>>, Spanned<Value<'s>>)>,
}

impl<'s> Value<'s> {
    pub(crate) fn as_array(&self) -> Option<&[Spanned<Self>]> {
        if let Self::Array(list) = self { Some(list) } else { None }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    pub(crate) const fn as_integer(&self) -> Option<&Integer<'s>> {
        if let Self::Integer(number) = self { Some(number) } else { None }
    }
}

impl std::fmt::Display for Integer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = match self.radix {
            2 => "0b",
            8 => "0o",
            16 => "0x",
            _ => "",
        };
        write!(f, "{prefix}{}", self.digits)
    }
}

impl<'s> Table<'s> {
    /// An empty table with room for some keys.
    pub(crate) fn with_room() -> Self {
        Self { entries: Vec::with_capacity(8) }
    }

    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Spanned<Value<'s>>> {
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Spanned<Text<'s>>> {
        self.entries.iter().map(|(name, _)| name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Spanned<Text<'s>>, &Spanned<Value<'s>>)> {
        self.entries.iter().map(|(name, value)| (name, value))
    }

    /// Enters a value at its key's place; `false` where the key is there already.
    pub(crate) fn insert(&mut self, name: Spanned<Text<'s>>, value: Spanned<Value<'s>>) -> bool {
        match self.entries.binary_search_by(|(other, _)| other.get_ref().cmp(name.get_ref())) {
            Ok(_) => false,
            Err(place) => {
                self.entries.insert(place, (name, value));
                true
            }
        }
    }
}

impl<'s> From<DeTable<'s>> for Table<'s> {
    fn from(table: DeTable<'s>) -> Self {
        // Ordered by key already.
        Self { entries: table.into_iter().map(|(name, value)| (name, spanned(value))).collect() }
    }
}

fn spanned(value: Spanned<DeValue<'_>>) -> Spanned<Value<'_>> {
    Spanned::new(value.span(), value.into_inner().into())
}

impl<'s> From<DeValue<'s>> for Value<'s> {
    fn from(value: DeValue<'s>) -> Self {
        match value {
            DeValue::String(text) => Self::String(text),
            DeValue::Integer(number) => Self::Integer(number.into()),
            DeValue::Float(number) => Self::Float(number.as_str().to_owned().into()),
            DeValue::Boolean(flag) => Self::Boolean(flag),
            DeValue::Datetime(date) => Self::Datetime(date),
            DeValue::Array(list) => Self::Array(list.into_iter().map(spanned).collect()),
            DeValue::Table(table) => Self::Table(table.into()),
        }
    }
}

impl<'s> From<DeInteger<'s>> for Integer<'s> {
    fn from(number: DeInteger<'s>) -> Self {
        Self { digits: number.as_str().to_owned().into(), radix: number.radix() }
    }
}
