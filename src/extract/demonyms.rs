//! Lands and what belongs to them, where the two words do not begin alike:
//! Denmark and Danish, the Netherlands and Dutch.

/// Forms of one name; of names that begin alike no entry is needed.
const FORMS: &[&[&str]] = &[
    &["argentina", "argentine", "argentinian"],
    &["belgium", "belgian"],
    &["britain", "british", "uk"],
    &["cyprus", "cypriot"],
    &["czechia", "czech"],
    &["denmark", "danish", "danes"],
    &["england", "english"],
    &["finland", "finnish", "finns"],
    &["france", "french"],
    &["greece", "greek", "hellenic"],
    &["greenland", "greenlandic"],
    &["ireland", "irish"],
    &["netherlands", "dutch", "holland"],
    &["norway", "norwegian"],
    &["peru", "peruvian"],
    &["philippines", "filipino", "philippine"],
    &["poland", "polish"],
    &["scotland", "scottish"],
    &["slovakia", "slovak"],
    &["spain", "spanish"],
    &["sweden", "swedish", "swedes"],
    &["switzerland", "swiss"],
    &["thailand", "thai"],
    &["turkey", "turkish", "türkiye", "turkiye"],
    &["wales", "welsh"],
];

/// The other forms of a name in lower case.
pub(super) fn other_forms(name: &str) -> impl Iterator<Item = &'static str> {
    let forms = FORMS.iter().find(|forms| forms.contains(&name)).copied().unwrap_or_default();
    forms.iter().copied().filter(move |form| *form != name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_land_has_other_forms() {
        assert_eq!(other_forms("danish").collect::<Vec<_>>(), ["denmark", "danes"]);
        assert_eq!(other_forms("fiji").count(), 0);
    }
}
