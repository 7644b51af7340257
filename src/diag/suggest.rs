//! The nearest known name for a word that is not known.

/// The candidate nearest to `word`, if it is near enough to be meant.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let simple = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let plain = simple(word);
    let limit = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&plain, &simple(candidate)), candidate))
        .filter(|(distance, candidate)| {
            *distance <= limit && *distance < candidate.chars().count() || is_part(&plain, candidate)
        })
        .min_by_key(|&(distance, candidate)| (distance, candidate))
        .map(|(_, candidate)| candidate)
}

/// A word that is a long beginning of a candidate is meant, too: `renewable-elec`.
fn is_part(word: &str, candidate: &str) -> bool {
    word.chars().count() >= 5 && candidate.starts_with(word)
}

/// ``did you mean `x`?`` for the nearest candidate.
#[must_use]
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_only() {
        let keys = ["deadline", "target", "title", "topic"];
        assert_eq!(nearest("dedline", keys), Some("deadline"));
        assert_eq!(nearest("Deadline", keys), Some("deadline"));
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("x", keys), None);
    }
}
