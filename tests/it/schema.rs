//! The JSON Schema is one, accepts the shipped book and refuses what the reader refuses.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use crate::bin::{repository, run};

fn schema(file: Option<&str>) -> Value {
    let mut args = vec!["schema"];
    args.extend(file);
    let ran = run(Path::new("."), &args);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

fn validator(file: Option<&str>) -> Validator {
    let schema = schema(file);
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{file:?} against the metaschema: {error}"));
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::validator_for(&schema).expect("a usable schema")
}

/// TOML as editors hand it to a schema: dates are strings.
fn json(toml: &str) -> Value {
    as_json(toml::Value::Table(toml.parse().expect("TOML")))
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => list.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, item)| (key, as_json(item))).collect()),
        other => serde_json::to_value(other).expect("a scalar"),
    }
}

#[test]
fn accepts_the_shipped_book() {
    let (promises, progress, any) = (validator(Some("promises")), validator(Some("progress")), validator(None));
    let mut seen = 0;
    for entry in std::fs::read_dir(repository().join("commitments")).expect("the book").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        seen += 1;
        let name = path.display().to_string();
        let instance = json(std::fs::read_to_string(&path).expect("a file").trim_start_matches('\u{feff}'));
        let schema = if name.ends_with(".progress.toml") { &progress } else { &promises };
        let faults: Vec<String> =
            schema.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
        assert!(any.is_valid(&instance), "{name}");
    }
    assert!(seen > 30);
}

#[test]
fn accepts_what_init_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(run(dir.path(), &["init"]).code, Some(0));
    for (file, schema) in [
        ("pledgebook.toml", "settings"),
        ("commitments/tencent.toml", "promises"),
        ("commitments/tencent.progress.toml", "progress"),
    ] {
        let text = std::fs::read_to_string(dir.path().join(file)).expect("written");
        assert!(text.starts_with("#:schema "), "{file}");
        assert!(validator(Some(schema)).is_valid(&json(&text)), "{file}");
        // With every default switched on it is valid, too.
        let on = text.lines().map(|line| {
            line.strip_prefix("# ").filter(|line| line.contains(" = ") || line.starts_with('[')).unwrap_or(line)
        });
        let on = on.collect::<Vec<_>>().join("\n");
        if schema == "settings" {
            assert!(validator(Some(schema)).is_valid(&json(&on)), "{on}");
            std::fs::write(dir.path().join(file), &on).expect("written");
            assert_eq!(run(dir.path(), &["report", "-q"]).code, Some(0));
        }
    }
}

#[test]
fn refuses_what_the_reader_refuses() {
    let (promises, progress, settings) =
        (validator(Some("promises")), validator(Some("progress")), validator(Some("settings")));
    for (schema, toml) in [
        (&promises, "[organisation]\n"),
        (&promises, "[organisation]\nname = \"A\"\nknd = \"company\"\n"),
        (&promises, "[organisation]\nname = \"A\"\nkind = \"firm\"\n"),
        (
            &promises,
            "[organisation]\nname = \"A\"\n[[commitment]]\nid = \"a b\"\ntitle = \"T\"\nstatement = \"s\"\ntopic = \"water\"\ntarget = { at-most = 1 }\ndeadline = \"2030\"\n",
        ),
        (
            &promises,
            "[organisation]\nname = \"A\"\n[[commitment]]\nid = \"a\"\ntitle = \"T\"\nstatement = \"s\"\ntopic = \"water\"\ntarget = { at-most = 1 }\ndeadline = \"F2030\"\n",
        ),
        (&progress, "[[progress]]\nmetric = \"m\"\nvalue = 1\n"),
        (&progress, "[[progress]]\nmetric = \"m\"\nperiod = \"2024, 2030\"\nvalue = 1\n"),
        (&progress, "[[progress]]\nmetric = \"m\"\nperiod = \"2024\"\nvalue = \"1\"\n"),
        (&settings, "[check]\noverdu = \"deny\"\n"),
        (&settings, "[check.topic.watr]\noverdue = \"deny\"\n"),
        (&settings, "[[check.waiver]]\nrule = \"overdue\"\n"),
    ] {
        assert!(!schema.is_valid(&json(toml)), "{toml}");
    }
}
