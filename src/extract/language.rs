//! Whether a text is English: told, not guessed at.

/// Words that every English text is full of and other languages are not.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "for", "is", "are", "that", "with", "on", "by", "as", "our", "we", "will", "this",
    "be", "from", "it", "at", "have", "has", "an", "their", "or", "not", "was", "were", "its", "which", "but", "can",
    "all", "more", "been", "they", "you", "your", "who", "than", "these",
];

/// Words and how many of them are common English ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    words: usize,
    common: usize,
}

/// Words after which a text's language is told.
const ENOUGH: usize = 80;

/// Whether a word is among the common ones, whatever its capitals.
fn is_common(word: &str) -> bool {
    let mut lower = [0_u8; 5];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    for (to, from) in lower.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    COMMON.iter().any(|common| common.as_bytes() == &*lower)
}

impl Count {
    /// Counts the words of a text; a character of a script without blanks is one.
    pub(crate) fn of(text: &str) -> Self {
        let mut count = Self::default();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            let first = word.chars().next().unwrap_or_default();
            let ideographs = if u32::from(first) >= 0x2e80 { word.chars().count() } else { 1 };
            count.words += ideographs;
            count.common += usize::from(is_common(word));
            if count.words >= ENOUGH {
                break;
            }
        }
        count
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.words += other.words;
        self.common += other.common;
    }

    /// Long enough to tell, and not English.
    pub(crate) fn is_foreign(self) -> bool {
        self.words >= 12 && self.common * 100 < self.words * 8
    }

    /// Common English words in a hundred.
    pub(crate) fn percent(self) -> usize {
        (self.common * 100).checked_div(self.words).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_english_from_others() {
        for (text, foreign) in [
            ("By the end of the decade we will have cut the water that is used in our mills by a third.", false),
            (
                "Bis zum Jahr 2030 wollen wir unsere Emissionen gegenüber dem Basisjahr um die Hälfte senken und Strom sparen.",
                true,
            ),
            (
                "D'ici à 2030, nous nous engageons à réduire de moitié les émissions de gaz à effet de serre de nos usines.",
                true,
            ),
            ("我们承诺在二〇三〇年之前实现自身运营及供应链的全面碳中和，并使用绿色电力。", true),
            ("Net zero by 2040", false),
        ] {
            assert_eq!(Count::of(text).is_foreign(), foreign, "{text}");
        }
    }
}
