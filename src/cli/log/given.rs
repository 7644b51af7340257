//! One figure as it was given, on the command line or in a line of the input:
//! words by column, not yet judged.

use std::collections::BTreeMap;

use crate::journal::{Entry, quoted};
use crate::model::number::{Number, NumberError};

/// Columns of CSV and JSON lines, and the flags of the same names.
pub(super) const COLUMNS: &[&str] = &[
    "id",
    "period",
    "value",
    "unit",
    "done",
    "no-disclosure",
    "gross",
    "offsets",
    "bound",
    "reported",
    "source",
    "url",
    "copy-url",
    "page",
    "restates",
    "break",
    "assurance",
    "confidence",
    "author",
    "note",
];

/// One figure as given.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// Line of the input, from 1; 0 on the command line.
    pub(super) line: u64,
    pub(super) words: BTreeMap<&'static str, String>,
}

impl Given {
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        self.words.get(column).map(String::as_str)
    }

    /// Sets a column that is one of [`COLUMNS`]; empty words are absent.
    pub(super) fn set(&mut self, column: &'static str, word: impl Into<String>) {
        let word = word.into();
        if !word.trim().is_empty() {
            self.words.insert(column, word.trim().to_owned());
        }
    }

    /// Takes over what is absent here.
    pub(super) fn or(mut self, defaults: &Self) -> Self {
        for (column, word) in &defaults.words {
            self.words.entry(column).or_insert_with(|| word.clone());
        }
        self
    }

    /// Where the figure was given, to begin a message with.
    pub(super) fn place(&self) -> String {
        if self.line == 0 { String::new() } else { format!("line {}: ", self.line) }
    }

    fn flag(&self, column: &str) -> Result<Option<bool>, String> {
        match self.get(column).map(str::to_lowercase).as_deref() {
            None => Ok(None),
            Some("true" | "yes" | "1") => Ok(Some(true)),
            Some("false" | "no" | "0") => Ok(Some(false)),
            Some(other) => Err(format!("`{column}` is `{other}`; write `true` or `false`")),
        }
    }

    /// The entry for the file. `series` is `metric` or `commitment` with its id,
    /// `own_unit` the metric's unit, which goes without saying.
    ///
    /// # Errors
    /// What cannot be written down as it was given; the reader judges the rest.
    pub(super) fn entry(
        &self,
        series: (&'static str, &str),
        own_unit: &str,
        today: &str,
        mark: String,
    ) -> Result<Entry, Vec<String>> {
        let mut lines = vec![(series.0, quoted(series.1))];
        let mut faults = Vec::new();
        match self.get("period") {
            Some(period) => lines.push(("period", quoted(period))),
            None => faults.push("there is no `period`: say what the figure is for, such as `2024`".to_owned()),
        }
        self.disclosure(own_unit, &mut lines, &mut faults);
        for column in ["gross", "offsets"] {
            if let Some(text) = self.get(column) {
                match number(column, text) {
                    Ok(number) => lines.push((column, number)),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        for column in ["bound", "reported"] {
            lines.extend(self.get(column).map(|word| (column, quoted(word))));
        }
        lines.extend(self.source().map(|source| ("source", source)));
        for column in ["restates", "break"] {
            match self.flag(column) {
                Ok(Some(true)) => lines.push((column, "true".to_owned())),
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            }
        }
        for column in ["assurance", "confidence", "author", "note"] {
            lines.extend(self.get(column).map(|word| (column, quoted(word))));
        }
        lines.push(("recorded", today.to_owned()));
        if faults.is_empty() { Ok(Entry { lines, mark }) } else { Err(faults) }
    }

    /// Value, `done` or `no-disclosure`: one of the three.
    fn disclosure(&self, own_unit: &str, lines: &mut Vec<(&'static str, String)>, faults: &mut Vec<String>) {
        let mut collect = |result: Result<Option<bool>, String>| {
            result.unwrap_or_else(|fault| {
                faults.push(fault);
                None
            })
        };
        let done = collect(self.flag("done"));
        let none = collect(self.flag("no-disclosure")).unwrap_or(false);
        match (self.get("value"), done, none) {
            (Some(text), None, false) => match measured(text, self.get("unit")) {
                Ok((number, unit)) => {
                    lines.push(("value", number));
                    lines.extend(unit.filter(|unit| unit != own_unit).map(|unit| ("unit", quoted(&unit))));
                }
                Err(fault) => faults.push(fault),
            },
            (None, Some(done), false) => lines.push(("done", done.to_string())),
            (None, None, true) => lines.push(("no-disclosure", "true".to_owned())),
            (None, None, false) => {
                faults.push(
                    "there is no `value`: give one, or `done`, or `no-disclosure` where none was published".to_owned(),
                );
            }
            _ => faults.push("`value`, `done` and `no-disclosure` exclude each other: give one".to_owned()),
        }
    }

    fn source(&self) -> Option<String> {
        let parts: Vec<String> = [("source", "title"), ("url", "url"), ("copy-url", "copy-url"), ("page", "page")]
            .into_iter()
            .filter_map(|(column, key)| Some(format!("{key} = {}", quoted(self.get(column)?))))
            .collect();
        (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
    }
}

/// A number with its unit, given together (`12.4 %`) or apart.
fn measured(text: &str, unit: Option<&str>) -> Result<(String, Option<String>), String> {
    let (digits, rest) = split(text);
    let unit = match (rest, unit) {
        ("", unit) => unit,
        (rest, Some(unit)) if rest != unit => {
            return Err(format!("`value` has the unit `{rest}` and `unit` is `{unit}`: give one of them"));
        }
        (rest, _) => Some(rest),
    };
    if let Some(unit) = unit.filter(|unit| unit.starts_with(|c: char| c.is_ascii_digit() || c == ',' || c == '.')) {
        let shown = format!("{digits} {unit}");
        return Err(format!(
            "`{shown}` is not a number with a unit; write thousands without spaces, such as `5871780.7`"
        ));
    }
    Ok((number("value", digits)?, unit.map(str::to_owned)))
}

/// The longest beginning that is a number, and what follows it.
fn split(text: &str) -> (&str, &str) {
    if let Some((number, unit)) = text.split_once(char::is_whitespace)
        && (Number::parse(number).is_ok() || unit.is_empty())
    {
        return (number, unit.trim());
    }
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    ends.map(|end| text.split_at(end))
        .find(|(number, unit)| Number::parse(number).is_ok() && !continues(unit))
        .map_or((text, ""), |(number, unit)| (number, unit.trim()))
}

/// Whether what follows digits is more of a number than a unit: `,4`, `e400`, `x1F`.
fn continues(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(',' | '.' | '_') => true,
        Some(c) if c.is_ascii_digit() => true,
        Some('e' | 'E' | 'x' | 'o' | 'b') => chars.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '+' | '-')),
        _ => false,
    }
}

/// A number as TOML wants it, otherwise as it was given.
pub(in crate::cli) fn number(column: &str, text: &str) -> Result<String, String> {
    if let Err(error) = Number::parse(text) {
        let help = match error {
            NumberError::NotFinite => "leave the figure out, or log `no-disclosure` where none was published",
            NumberError::TooLong => "write at most 28 significant digits",
            NumberError::NotDecimal => "write digits with a point, such as `12.4`",
        };
        return Err(format!("`{column}`: `{text}` {error}; {help}"));
    }
    if !is_toml_number(text) {
        return Err(format!(
            "`{column}`: `{text}` is not written as TOML wants it; write digits with a point, such as `12.4`"
        ));
    }
    Ok(text.to_owned())
}

/// Whether TOML 1.0 reads the text as a decimal number: no leading zeros, and
/// digits on both sides of each point and underscore.
fn is_toml_number(text: &str) -> bool {
    let digits = |part: &str| {
        !part.is_empty() && part.split('_').all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()))
    };
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole_fits = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    whole_fits && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn numbers_and_units_come_apart() {
        for (text, number, unit) in [
            ("12.4", "12.4", None),
            ("12.4 %", "12.4", Some("%")),
            ("12.4%", "12.4", Some("%")),
            ("-5.1 Mt CO2e", "-5.1", Some("Mt CO2e")),
            ("5.1Mt CO2e", "5.1", Some("Mt CO2e")),
            ("1_000 trees", "1_000", Some("trees")),
            ("5e3 t CO2e", "5e3", Some("t CO2e")),
            ("12.40", "12.40", None),
        ] {
            assert_eq!(measured(text, None), Ok((number.to_owned(), unit.map(str::to_owned))), "{text}");
        }
        assert_eq!(measured("3", Some("%")), Ok(("3".to_owned(), Some("%".to_owned()))));
    }

    #[test]
    fn what_is_no_finite_decimal_is_refused() {
        for text in [
            "nan", "inf", "-inf %", "12,4", "1,000", "1 000 t", "abc", "007", "0x1F", "1.", "1e400", "--5", "12.4.5",
            "1__0", "",
        ] {
            assert!(measured(text, None).is_err(), "{text}");
        }
        assert!(measured("3 %", Some("t CO2e")).is_err());
    }
}
