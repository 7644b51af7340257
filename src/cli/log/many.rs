//! Many figures at once: CSV with a header, or JSON lines.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::given::{COLUMNS, Given};
use crate::cli::context::Failure;
use crate::diag::{did_you_mean, visible};

/// Reads all figures of the input.
///
/// # Errors
/// Exit 2 with every fault of the form; what the words mean is judged later.
pub(super) fn read(text: &str) -> Result<Vec<Given>, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.trim_start().chars().next();
    let rows = match first {
        Some('{') => json(text),
        Some('[') => Err(vec!["the input is a JSON list; write JSON lines, one object a line".to_owned()]),
        _ => csv(text),
    };
    match rows {
        Ok(rows) if rows.is_empty() => Err(Failure::Usage(vec![
            "the input holds no figure".to_owned(),
            format!("write CSV with a header, or JSON lines, with {}", COLUMNS.join(", ")),
        ])),
        Ok(rows) => Ok(rows),
        Err(mut faults) => {
            faults.push("nothing was written".to_owned());
            Err(Failure::Usage(faults))
        }
    }
}

fn column(name: &str) -> Result<&'static str, String> {
    let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
    let plain = if plain == "commitment" { "id" } else { &plain };
    COLUMNS.iter().copied().find(|column| *column == plain).ok_or_else(|| {
        let near = did_you_mean(plain, COLUMNS.iter().copied())
            .unwrap_or_else(|| format!("columns are {}", COLUMNS.join(", ")));
        format!("there is no column `{}`; {near}", visible(name))
    })
}

fn csv(text: &str) -> Result<Vec<Given>, Vec<String>> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().find(|sign| header.as_bytes().contains(sign)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| vec![error.to_string()])?.clone();
    let columns: Vec<Result<&'static str, String>> = headers.iter().map(column).collect();
    let mut faults: Vec<String> = columns.iter().filter_map(|column| column.clone().err()).collect();
    let columns: Vec<&'static str> = columns.into_iter().flatten().collect();
    let mut seen = columns.clone();
    seen.sort_unstable();
    faults.extend(
        seen.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("the column `{}` stands twice", pair[0])),
    );
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| line_at(text, position));
                let mut given = Given { line, words: BTreeMap::new() };
                for (column, word) in columns.iter().zip(&record) {
                    given.set(column, word);
                }
                rows.push(given);
            }
            Err(error) => faults.push(csv_words(&error)),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// The line of a record; the reader's own count stops before blank lines.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(text.len());
    let bytes = text.as_bytes();
    let blank = bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let before = bytes[..start + blank].iter().filter(|byte| **byte == b'\n').count();
    u64::try_from(before).unwrap_or(u64::MAX) + 1
}

fn csv_words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos: Some(pos), expected_len, len } => {
            format!(
                "line {}: {len} cells where the header has {expected_len}; put words with a comma in double quotes",
                pos.line()
            )
        }
        _ => error.to_string(),
    }
}

fn json(text: &str) -> Result<Vec<Given>, Vec<String>> {
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        match object(line, text) {
            Ok(given) => rows.push(given),
            Err(found) => faults.extend(found.into_iter().map(|fault| format!("line {line}: {fault}"))),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

type Object = BTreeMap<String, Box<RawValue>>;

fn object(line: u64, text: &str) -> Result<Given, Vec<String>> {
    let object: Object =
        serde_json::from_str(text).map_err(|error| vec![format!("this is not a JSON object: {error}")])?;
    let mut given = Given { line, words: BTreeMap::new() };
    let mut faults = Vec::new();
    for (name, value) in &object {
        if name == "source" && value.get().starts_with('{') {
            faults.extend(source(value, &mut given).err());
            continue;
        }
        match column(name).and_then(|column| Ok((column, scalar(name, value)?))) {
            Ok((column, word)) => given.set(column, word),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(given) } else { Err(faults) }
}

/// `source` as an object with the keys that it has in the book.
fn source(value: &RawValue, given: &mut Given) -> Result<(), String> {
    let object: Object = serde_json::from_str(value.get()).map_err(|error| error.to_string())?;
    for (name, value) in &object {
        let column = match name.as_str() {
            "title" => "source",
            "url" => "url",
            "copy-url" => "copy-url",
            "page" => "page",
            other => return Err(format!("`source` has no `{}`; it has title, url, copy-url and page", visible(other))),
        };
        given.set(column, scalar(name, value)?);
    }
    Ok(())
}

/// A scalar as text; numbers keep the digits they were written in.
fn scalar(name: &str, value: &RawValue) -> Result<String, String> {
    let raw = value.get();
    match raw.chars().next() {
        Some('"') => serde_json::from_str(raw).map_err(|error| error.to_string()),
        Some('{' | '[') => Err(format!("`{}` is a list or an object; write a word or a number", visible(name))),
        _ if raw == "null" => Ok(String::new()),
        _ => Ok(raw.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = read("id;period;value;source\nacme/a;2023;12.40;\"A; B\"\n\nacme/b;2024;;\n").unwrap();
        let json = read("{\"id\": \"acme/a\", \"period\": \"2023\", \"value\": 12.40, \"source\": {\"title\": \"A; B\"}}\n{\"commitment\": \"acme/b\", \"period\": 2024, \"value\": null}\n").unwrap();
        let words = |rows: &[Given]| rows.iter().map(|row| row.words.clone()).collect::<Vec<_>>();
        assert_eq!(words(&csv), words(&json));
        assert_eq!(csv[0].get("value"), Some("12.40"));
        assert_eq!(csv[1].line, 4);
    }

    #[test]
    fn faults_of_the_form_are_all_told() {
        let faults = |text: &str| match read(text) {
            Err(Failure::Usage(lines)) => lines.join("\n"),
            other => panic!("{other:?}"),
        };
        assert!(faults("id,perod,valu\nx,2023,1\n").contains("`period`"));
        assert!(faults("id,period\na,b,c\n").contains("line 2: 3 cells"));
        assert!(faults("{\"id\": 1\n{}\n").contains("line 1:"));
        assert!(faults("").contains("no figure"));
        assert!(faults("[{}]").contains("JSON lines"));
    }
}
