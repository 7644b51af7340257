//! What long names are cut to: the first letters of their words.

/// What a name of many words may be called: with and without its country and
/// its small words.
pub(super) fn initials(words: &[&str]) -> Vec<String> {
    let small = |word: &&&str| matches!(**word, "of" | "and" | "the");
    let country = words.iter().take_while(|word| matches!(**word, "us" | "uk" | "u" | "s" | "k")).count();
    let letters =
        |words: &mut dyn Iterator<Item = &&str>| -> String { words.filter_map(|word| word.chars().next()).collect() };
    let plain = letters(&mut words.iter().filter(|word| !small(word)));
    let mut found = Vec::new();
    if plain.chars().count() > 1 {
        found.extend([plain.chars().take(2).collect(), plain.chars().take(3).collect(), plain.clone()]);
    }
    // "S4N" of Steel for Norland
    if words.contains(&"for") {
        found.push(
            words.iter().filter_map(|word| if *word == "for" { Some('4') } else { word.chars().next() }).collect(),
        );
    }
    // "ABC" of Alder Borough: its council
    let seat =
        matches!(words.last(), Some(&("borough" | "district" | "county" | "city" | "town" | "shire" | "parish")));
    if seat {
        found.push(format!("{plain}c"));
    }
    if words.len() > country + 2 {
        found.push(letters(&mut words[country..].iter().filter(|word| !small(word))));
        found.push(letters(&mut words[country..].iter()));
    }
    found
}

/// The bodies that a description names: those beside "and", in brackets, behind commas.
pub(super) fn parts(lower: &str) -> impl Iterator<Item = &str> {
    lower.split([',', '(', ')', '/', ';']).flat_map(|part| part.split(" and ")).map(str::trim)
}

/// Whether a short name has the initials of a body in their order, and otherwise
/// nothing but letters of it: "isdb" of the Islamic Development Bank.
pub(super) fn abbreviates(name: &str, body: &[String]) -> bool {
    let small =
        |word: &&String| !matches!(word.as_str(), "of" | "and" | "the" | "for" | "de" | "da" | "do" | "la" | "del");
    let within = |part: &str, whole: &str| {
        let mut whole = whole.chars();
        part.chars().all(|letter| whole.any(|other| other == letter))
    };
    let initials: String = body.iter().filter(small).filter_map(|word| word.chars().next()).collect();
    let count = initials.chars().count();
    name.len() < 12
        && count > 1
        && (3..=count + 2).contains(&name.chars().count())
        && name.starts_with(|first| initials.starts_with(first))
        && within(&initials, name)
        && within(name, &body.concat())
}
