//! `pledgebook edit`: the record in the editor, and a look at it afterwards.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::completions;
use super::context::{Context, Failure};
use super::exit;
use super::ids::resolve;
use super::written::{judged, write_next, write_status};
use crate::diag::Finding;
use crate::sync::Book;

/// The promise in the editor, checked when the editor is closed
///
/// Opens the file at the promise's line with VISUAL, else EDITOR. A promise
/// whose file has errors can be opened, too.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The promise
    #[arg(value_name = "ID", add = completions::ids())]
    id: String,
}

/// Where a promise stands.
struct Spot {
    /// Relative to the book.
    file: String,
    line: u32,
}

/// Opens the editor, waits for it, and reads the book again.
pub(crate) fn run(args: &Args, context: &Context) -> Result<u8, Failure> {
    let root = context.root()?;
    let before = context.load_quietly()?;
    let spot = spot(&before, &root, &args.id)?;
    let Some(editor) = editor() else {
        return Err(Failure::Usage(vec![
            "no editor is named: set VISUAL or EDITOR".to_owned(),
            format!("the promise stands in {}:{}", root.join(&spot.file).display(), spot.line),
        ]));
    };
    open(&editor, &root.join(&spot.file), spot.line)?;
    let after = context.load_quietly()?;
    context.tell(&after.findings)?;
    let is_here = |finding: &&Finding| finding.is_error() && pair(&finding.place.file) == pair(&spot.file);
    if after.findings.iter().any(|finding| is_here(&finding)) {
        context.error(&format!("`{}` has errors now: its promises are left out until they are mended", spot.file));
        return Ok(exit::INVALID);
    }
    let mut out = anstream::stdout().lock();
    let id = tell(context, &before, &after, &args.id, &mut out)?;
    write_next(context, &format!("explain {id}"), &mut out)?;
    Ok(context.code(&after))
}

fn tell(
    context: &Context,
    before: &Book,
    after: &Book,
    typed: &str,
    out: &mut dyn std::io::Write,
) -> Result<String, Failure> {
    let row = |book: &Book| {
        let (dossier, commitment) = resolve(&book.organisations, typed).ok()?;
        let id = format!("{}/{}", dossier.promises.organisation.id, commitment.id);
        Some((id, judged(context, &book.settings, dossier, commitment)))
    };
    match row(after) {
        Some((id, new)) => {
            let old = row(before).and_then(|(_, row)| row);
            write_status(&id, old.as_ref(), new.as_ref(), out)?;
            Ok(id)
        }
        None => {
            writeln!(out, "there is no promise `{}` any more", crate::diag::visible(typed))?;
            Ok(typed.split('/').next().unwrap_or_default().to_owned())
        }
    }
}

fn pair(path: &str) -> &str {
    path.strip_suffix(".progress.toml").or_else(|| path.strip_suffix(".toml")).unwrap_or(path)
}

/// The promise's file and line; for one whose file has errors the line is
/// looked up in the text.
fn spot(book: &Book, root: &Path, typed: &str) -> Result<Spot, Failure> {
    let failure = match resolve(&book.organisations, typed) {
        Ok((dossier, commitment)) => return Ok(Spot { file: dossier.path.clone(), line: commitment.line }),
        Err(failure) => failure,
    };
    let (organisation, id) = typed.split_once('/').unwrap_or(("", typed));
    let mut faulty: Vec<&str> =
        book.findings.iter().filter(|finding| finding.is_error()).map(|finding| pair(&finding.place.file)).collect();
    faulty.dedup();
    for stem in faulty {
        let file = format!("{stem}.toml");
        let fits = organisation.is_empty() || stem.rsplit('/').next() == Some(organisation);
        let Ok(text) = std::fs::read_to_string(root.join(&file)) else { continue };
        let named = |line: &str| {
            line.trim_start().strip_prefix("id").is_some_and(|rest| {
                rest.trim_start().strip_prefix('=').is_some_and(|value| value.contains(&format!("\"{id}\"")))
            })
        };
        if let (true, Some(line)) = (fits, (1..).zip(text.lines()).find_map(|(line, text)| named(text).then_some(line)))
        {
            return Ok(Spot { file, line });
        }
        if fits && !organisation.is_empty() {
            return Ok(Spot { file, line: 1 });
        }
    }
    Err(failure)
}

fn editor() -> Option<OsString> {
    ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|editor| !editor.is_empty())
}

/// How an editor is told the line.
fn words(editor: &str, file: &Path, line: u32) -> Vec<OsString> {
    let program = editor.split_whitespace().next().unwrap_or_default();
    let name = Path::new(program).file_stem().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let with_line = || {
        let mut word = file.as_os_str().to_owned();
        word.push(format!(":{line}"));
        word
    };
    match name.as_str() {
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            vec!["--wait".into(), "--goto".into(), with_line()]
        }
        "subl" | "sublime_text" | "zed" => vec!["--wait".into(), with_line()],
        "hx" | "helix" => vec![with_line()],
        // These take files alone; a program that changes text on its own needs no line either.
        "notepad" | "sed" | "perl" | "cp" | "tee" | "cat" | "true" | "ed" => vec![file.into()],
        _ => vec![format!("+{line}").into(), file.into()],
    }
}

/// Runs the editor as git does: its words may hold options, so a shell takes them apart.
fn open(editor: &OsString, file: &Path, line: u32) -> Result<(), Failure> {
    let shown = editor.to_string_lossy().into_owned();
    let words = words(&shown, file, line);
    let mut command = if cfg!(unix) {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("{shown} \"$@\"")).arg(&shown);
        command
    } else {
        let mut parts = shown.split_whitespace();
        let mut command = Command::new(parts.next().unwrap_or_default());
        command.args(parts);
        command
    };
    let failed = |why: String| {
        Failure::Environment(vec![
            format!("the editor `{shown}` {why}"),
            format!("the promise stands in {}:{line}", file.display()),
        ])
    };
    match command.args(words).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!("ended with {status}"))),
        Err(error) => Err(failed(format!("cannot be run: {error}"))),
    }
}
