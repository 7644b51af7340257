//! Closed lists of words, written alike in TOML, SQL, JSON and help.

/// Declares an enum whose variants are written as fixed words.
///
/// The generated type has `ALL`, `name()` and `from_name()`, so that readers,
/// writers, suggestions and docs share one list.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("Written `", $word, "`.")] $variant),+ }

        impl $name {
            /// Every word of the list, in its documented order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as written in TOML, SQL and JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The variant written as `word`, or `None` for any other text.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::model::words::Word for $name {
            const WORDS: &'static [Self] = Self::ALL;

            fn word(self) -> &'static str {
                self.name()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

pub(crate) use words;

/// A closed list of words, for readers that work on any of them.
pub trait Word: Copy + 'static {
    /// Every word of the list.
    const WORDS: &'static [Self];

    /// The word as written.
    fn word(self) -> &'static str;
}
