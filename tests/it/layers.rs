//! Imports point down: no file of a layer names a layer above or beside it.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the bottom up; those on one row do not know each other.
const ROWS: &[&[&str]] = &[
    &["model"],
    &["diag"],
    &["parse", "assess"],
    &["store", "journal"],
    &["sync", "site", "diff", "import", "export", "extract"],
    &["report", "policy"],
    &["render"],
    &["cli"],
];

fn row(layer: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&layer))
}

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            out.push(path);
        }
    }
}

/// Layers named as `crate::layer` in a file's code, comments left out.
fn named_layers(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut layers = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(group) = part.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            layers.extend(group.split(',').map(|item| item.trim().split("::").next().unwrap_or_default().to_owned()));
        } else {
            layers.push(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    layers
}

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in files {
        let below = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let Some((own, _)) = below.split_once('/') else {
            assert!(below == "lib.rs" || below == "main.rs", "src/{below} belongs to no layer");
            continue;
        };
        let Some(own_row) = row(own) else {
            faults.push(format!("src/{own}/ is not a layer"));
            continue;
        };
        let text = fs::read_to_string(&file).expect("readable source");
        for named in named_layers(&text) {
            let Some(other) = row(&named) else { continue };
            seen += 1;
            if named != own && other >= own_row {
                faults.push(format!("src/{below} names crate::{named}, which is not below {own}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 20, "the scan saw only {seen} imports: it no longer reads the code");
}

#[test]
fn the_scan_sees_groups_and_paths() {
    assert_eq!(
        named_layers("use crate::{model::book, cli};\nlet x = crate::render::f();\n// crate::store"),
        ["model", "cli", "render"]
    );
}
