//! Words compared with white space and typographic quotation marks aside.

/// Text without white space and invisible characters, with plain quotation
/// marks: two texts that differ in nothing else say the same.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| !is_passed_over(*c)).map(plain).collect()
}

/// White space, soft hyphens, zero-width characters and byte order marks.
#[must_use]
pub fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '＇' | '`' | '´' => '\'',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_quotation_marks_aside() {
        assert_eq!(folded("We\u{a0}“will”\n be  it’s"), folded("We \"will\" be it's"));
        assert_ne!(folded("We will"), folded("We aim"));
    }
}
