//! Drafts into the book: the file whole or not at all, the text archived
//! beside it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Args, ExtractError};
use crate::diag::Finding;
use crate::extract::draft::StatementDraft;
use crate::extract::merge::{MergeError, Organisation, merge};
use crate::extract::{Form, Proposal, plain};
use crate::parse::{slug, valid_id};

pub(super) fn write(
    args: &Args,
    book: &Path,
    text: &str,
    form: Form,
    statement: &mut StatementDraft,
    chosen: &[(Proposal, bool)],
    err: &mut dyn Write,
) -> Result<u8, ExtractError> {
    let id = args.org.clone().unwrap_or_default();
    if !valid_id(&id) {
        return Err(ExtractError::Usage(format!("`--org {id}` is not an id; write `{}`", slug(&id))));
    }
    let folder = book.join("commitments");
    let path = place(&folder, &id);
    let before = read(&path)?;
    let archived = plain(text, form);
    let relative = format!("commitments/sources/{id}-{}.txt", statement.id);
    let archive = book.join(&relative);
    if let Some(there) = read(&archive)?
        && there != archived
    {
        let message = format!("`{relative}` holds another text; give this statement another id with --statement");
        return Err(ExtractError::Refused(message));
    }
    let sum: String = Sha256::digest(archived.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let language = statement.keys.pop();
    statement.keys.extend([("file", relative), ("sha256", sum)]);
    statement.keys.extend(language);
    let name = args.org_name.clone().unwrap_or_else(|| id.clone());
    let merged = match merge(&Organisation { id, name }, before.as_deref(), statement, chosen) {
        Ok(merged) => merged,
        Err(MergeError::Broken(findings) | MergeError::Unreadable(findings)) if !told(&findings, &path, err)? => {
            return Err(MergeError::Broken(findings).into());
        }
        Err(error) => return Err(error.into()),
    };
    if merged.added.is_empty() {
        writeln!(err, "nothing new: `{}` holds all {} of them", path.display(), merged.present)?;
        return Ok(0);
    }
    fs::create_dir_all(archive.parent().unwrap_or(book)).map_err(|source| fault(&archive, source))?;
    if !archive.exists() {
        replace(&archive, None, &archived)?;
    }
    replace(&path, before.as_deref(), &merged.text)?;
    writeln!(err, "added to `{}`: {}", path.display(), merged.added.join(", "))?;
    if merged.present > 0 {
        writeln!(err, "{} of them stood there already", merged.present)?;
    }
    writeln!(err, "next: read them, remove `draft = true` from those you accept, and run `pledgebook lint`")?;
    Ok(0)
}

/// Tells what is wrong with the file; false where there is nothing to tell.
fn told(findings: &[Finding], path: &Path, err: &mut dyn Write) -> Result<bool, ExtractError> {
    for finding in findings.iter().take(5) {
        writeln!(err, "{}:{}: {}", path.display(), finding.place.line, finding.message)?;
    }
    Ok(!findings.is_empty())
}

/// The organisation's file where there is one, in whatever subfolder.
fn place(folder: &Path, id: &str) -> PathBuf {
    let name = format!("{id}.toml");
    let found = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy() == name);
    found.map_or_else(|| folder.join(name), walkdir::DirEntry::into_path)
}

fn read(path: &Path) -> Result<Option<String>, ExtractError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(fault(path, source)),
    }
}

fn fault(path: &Path, source: std::io::Error) -> ExtractError {
    ExtractError::File { path: path.display().to_string(), source }
}

/// Puts `text` in the place of `before`, whole: written beside, synced, moved.
/// Refuses where the file has become another one meanwhile.
fn replace(path: &Path, before: Option<&str>, text: &str) -> Result<(), ExtractError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Ok(there) = fs::metadata(path) {
            file.set_permissions(there.permissions())?;
        }
        file.sync_all()
    })();
    let done = written.map_err(|source| fault(&beside, source)).and_then(|()| {
        if read(path)?.as_deref() != before {
            return Err(ExtractError::Refused(format!(
                "`{}` changed meanwhile; run the command again",
                path.display()
            )));
        }
        fs::rename(&beside, path).map_err(|source| fault(path, source))
    });
    if done.is_err() {
        // nothing was moved: the attempt leaves no trace, if it can
        let _ = fs::remove_file(&beside);
    }
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        // not every file system can sync a folder; the file itself is safe
        let _ = folder.sync_all();
    }
    done
}
