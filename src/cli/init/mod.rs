//! `pledgebook init`: a working book in one command.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::context::{Context, Failure, today};
use super::exit;
use super::schema::{File, schema_text};
use super::written::write_diff;
use crate::diag::visible;
use crate::journal::{self, Change};
use crate::sync::{COMMITMENTS, SETTINGS};

/// A new book: settings, one real example, schemas, and what git and CI need
///
/// Files that are there are left as they are.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The book's folder; made where it is not there [default: this folder]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// One file of a new book.
struct Piece {
    /// Relative to the book.
    path: &'static str,
    text: String,
    /// What it is for.
    what: &'static str,
}

/// Writes what is not there yet.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let root = args.dir.clone().or_else(|| context.book.clone()).unwrap_or_else(|| PathBuf::from("."));
    if root.exists() && !root.is_dir() {
        return Err(Failure::Environment(vec![format!("`{}` is a file, not a folder", root.display())]));
    }
    let with_example = !has_promises(&root);
    let (kept, new): (Vec<Piece>, Vec<Piece>) =
        pieces(with_example).into_iter().partition(|piece| fs::symlink_metadata(root.join(piece.path)).is_ok());
    if !args.dry_run {
        write(&root, &new)?;
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    for piece in &new {
        if args.dry_run {
            write_diff(piece.path, None, &piece.text, &mut out)?;
        } else {
            writeln!(out, "wrote {:36} {}", piece.path, piece.what)?;
        }
    }
    for piece in &kept {
        writeln!(out, "kept  {:36} it is there and stays as it is", piece.path)?;
        for line in absent_lines(&root, piece) {
            writeln!(out, "      add this line to it: {line}")?;
        }
    }
    if args.dry_run {
        writeln!(out, "nothing was written: this was a dry run")?;
    } else {
        next(args, with_example, &mut out)?;
    }
    out.flush()?;
    Ok(exit::PASSED)
}

fn next(args: &Args, with_example: bool, out: &mut dyn Write) -> io::Result<()> {
    let book = args.dir.as_ref().map_or_else(String::new, |dir| format!(" --book {}", super::written::shell_word(dir)));
    writeln!(out, "next: pledgebook{book} report")?;
    if with_example {
        writeln!(out, "then: pledgebook{book} add, and for the example")?;
        writeln!(
            out,
            "      pledgebook{book} log tencent/green-electricity-2030 --period PERIOD --value V --source TITLE --url URL"
        )?;
    }
    Ok(())
}

/// Whether the book has promises already, so that an example would be in the way.
fn has_promises(root: &Path) -> bool {
    let Ok(entries) = fs::read_dir(root.join(COMMITMENTS)) else { return false };
    let examples = ["tencent.toml", "tencent.progress.toml"];
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        entry.path().is_dir() || name.ends_with(".toml") && !examples.contains(&name.as_ref())
    })
}

fn pieces(with_example: bool) -> Vec<Piece> {
    let piece = |path, text: &str, what| Piece { path, text: text.to_owned(), what };
    let mut pieces =
        vec![piece(SETTINGS, include_str!("files/pledgebook.toml"), "settings, with the defaults as comments")];
    if with_example {
        let figures = include_str!("files/tencent.progress.toml").replace("TODAY", &today().to_string());
        pieces.push(piece("commitments/tencent.toml", include_str!("files/tencent.toml"), "an example: one promise"));
        pieces.push(piece("commitments/tencent.progress.toml", &figures, "its figures"));
    }
    for file in File::ALL {
        pieces.push(piece(file.path(), &schema_text(Some(*file)), "JSON Schema, for editors"));
    }
    pieces.extend([
        piece(".gitignore", include_str!("files/gitignore"), "leaves the index out of git"),
        piece(".gitattributes", include_str!("files/gitattributes"), "lets branches that log merge"),
        piece(".pre-commit-config.yaml", include_str!("files/pre-commit.yaml"), "checks every commit"),
        piece(".github/workflows/pledgebook-lint.yml", include_str!("files/lint.yml"), "checks pull requests"),
        piece(
            ".github/workflows/pledgebook-check.yml",
            include_str!("files/check.yml"),
            "looks at the promises every week",
        ),
    ]);
    pieces
}

/// Lines that a file of the user's own lacks, where the book depends on them.
fn absent_lines(root: &Path, piece: &Piece) -> Vec<String> {
    if !matches!(piece.path, ".gitignore" | ".gitattributes") {
        return Vec::new();
    }
    let there = fs::read_to_string(root.join(piece.path)).unwrap_or_default();
    let wanted = piece.text.lines().filter(|line| !line.starts_with('#'));
    wanted.filter(|line| !there.lines().any(|own| own.trim() == *line)).map(visible).collect()
}

fn write(root: &Path, pieces: &[Piece]) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = pieces.iter().map(|piece| root.join(piece.path)).collect();
    let hold = journal::hold(paths.iter().map(PathBuf::as_path))?;
    let mut changes = Vec::new();
    for (piece, path) in pieces.iter().zip(&paths) {
        let current = journal::read(path)?;
        // Another `init` may have written it since we looked.
        if current.bytes.is_none() {
            changes.push(Change { current, bytes: piece.text.clone().into_bytes() });
        }
    }
    Ok(hold.write(&changes)?)
}
