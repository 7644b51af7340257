//! `pledgebook schema`: JSON Schema of the files, derived from the key tables
//! that the reader uses.

use std::collections::BTreeMap;
use std::io::Write;

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::context::Failure;
use super::exit;
use crate::model::settings::{PolicyLevel, PolicyRule};
use crate::model::topic::Topic;
use crate::model::words::Word;
use crate::parse::keys::{self, Record, Shape};
use crate::parse::slug;

/// A kind of file in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum File {
    /// `commitments/<org>.toml`
    Promises,
    /// `commitments/<org>.progress.toml`
    Progress,
    /// `pledgebook.toml`
    Settings,
}

impl File {
    /// All of them.
    pub(crate) const ALL: &'static [Self] = &[Self::Promises, Self::Progress, Self::Settings];

    /// Where `init` puts its schema, relative to the book.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Promises => "schema/promises.json",
            Self::Progress => "schema/progress.json",
            Self::Settings => "schema/settings.json",
        }
    }
}

/// JSON Schema of the book's files, for editors and other programs
///
/// Name it in the first line of a file, and editors with a TOML extension
/// complete keys and mark mistakes: `#:schema ../schema/promises.json`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which file [default: one schema for any of them]
    #[arg(value_enum)]
    file: Option<File>,
}

/// Prints the schema.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    std::io::stdout().lock().write_all(schema_text(args.file).as_bytes())?;
    Ok(exit::PASSED)
}

/// The schema of one kind of file, or of any.
pub(crate) fn schema_text(file: Option<File>) -> String {
    let mut definitions = Definitions::default();
    let (title, root) = match file {
        Some(file) => (format!("pledgebook: {}", file.path()), definitions.file(file)),
        None => {
            let any: Vec<Value> = File::ALL.iter().map(|file| definitions.file(*file)).collect();
            ("pledgebook".to_owned(), json!({ "anyOf": any }))
        }
    };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    if let Value::Object(root) = root {
        schema.extend(root);
    }
    schema.insert("$defs".to_owned(), json!(definitions.0));
    // A map of strings and lists always has a text.
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

/// Tables that are named elsewhere, by name.
#[derive(Default)]
struct Definitions(BTreeMap<String, Value>);

impl Definitions {
    fn file(&mut self, file: File) -> Value {
        match file {
            File::Promises => self.table(&keys::PROMISES_FILE),
            File::Progress => self.table(&keys::PROGRESS_FILE),
            File::Settings => self.settings(),
        }
    }

    /// A reference to the table's own schema.
    fn reference(&mut self, record: &'static Record) -> Value {
        let name = slug(record.name).trim_matches('-').to_owned();
        let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        if !self.0.contains_key(&name) {
            self.0.insert(name.clone(), Value::Null);
            let table = self.table(record);
            self.0.insert(name.clone(), table);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn table(&mut self, record: &'static Record) -> Value {
        let mut properties = Map::new();
        for key in record.keys {
            let mut schema = self.shape(key.shape);
            if let Value::Object(schema) = &mut schema {
                schema.insert("description".to_owned(), json!(key.doc));
            }
            properties.insert(key.name.to_owned(), schema);
        }
        let required: Vec<&str> = record.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    fn shape(&mut self, shape: Shape) -> Value {
        match shape {
            Shape::Text => text(),
            Shape::Id => json!({ "type": "string", "pattern": ID }),
            Shape::TextOrList => json!({ "anyOf": [text(), list(text())] }),
            Shape::TextList => list(text()),
            Shape::IntegerList => list(json!({ "type": "integer", "minimum": 1, "maximum": 3 })),
            Shape::Number => json!({ "type": "number" }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Date => json!({ "type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$" }),
            Shape::Day => json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" }),
            Shape::Period => json!({ "type": "string", "pattern": format!("^{PERIOD}$") }),
            Shape::Deadline => {
                json!({ "type": "string", "pattern": format!("^(none|before {PERIOD}|(by )?(the )?(end of )?{PERIOD})$") })
            }
            Shape::Span => json!({ "type": "string", "pattern": SPAN }),
            Shape::Word(words) => json!({ "type": "string", "enum": words }),
            // A source that is a plain string is a title.
            Shape::Table(record) if *record == keys::SOURCE => json!({ "anyOf": [text(), self.reference(record)] }),
            Shape::Table(record) => json!({ "allOf": [self.reference(record)] }),
            Shape::Tables(record) => list(self.reference(record)),
        }
    }

    /// Settings have keys that are rules, topics and organisations.
    fn settings(&mut self) -> Value {
        let level = json!({ "type": "string", "enum": names::<PolicyLevel>() });
        let levels: Map<String, Value> =
            names::<PolicyRule>().iter().map(|rule| ((*rule).to_owned(), level.clone())).collect();
        self.0.insert(
            "levels".to_owned(),
            json!({ "type": "object", "properties": levels, "additionalProperties": false }),
        );
        let of_levels = json!({ "$ref": "#/$defs/levels" });
        let mut check = levels;
        check.insert(
            "topic".to_owned(),
            json!({ "type": "object", "propertyNames": { "enum": names::<Topic>() }, "additionalProperties": of_levels }),
        );
        check.insert("organisation".to_owned(), json!({ "type": "object", "additionalProperties": of_levels }));
        check.insert("waiver".to_owned(), list(self.reference(&keys::WAIVER)));
        let mut settings = self.table(&keys::SETTINGS_FILE);
        settings["properties"]["check"] = json!({
            "type": "object",
            "description": "policy of `check`: a level per rule, and waivers",
            "properties": check,
            "additionalProperties": false,
        });
        settings
    }
}

const ID: &str = r#"^[^\s/"'\\`,]+$"#;
const PERIOD: &str = r"(\d{4}(-(H[12]|Q[1-4]|\d{2}(-\d{2})?))?|FY\d{4}(/(\d{2}|\d{4}))?)";
const SPAN: &str = r"^\s*\d+\s*(d|w|m|y|days?|weeks?|months?|quarters?|years?)\s*$";

fn text() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn names<W: Word>() -> Vec<&'static str> {
    W::WORDS.iter().map(|word| word.word()).collect()
}
