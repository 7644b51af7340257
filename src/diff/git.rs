//! Another state of the book in a git revision, read through the `git` program
//! from the object store: the work tree is not touched.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::DiffError;
use super::state::{COMMITMENTS, OldFile, State, is_promises_file};

/// Variables by which git finds a repository. Inside a hook they point at the
/// repository that runs the hook, relative to another folder than ours.
const LOCAL: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A file in the revision's tree.
struct Entry {
    mode: String,
    object: String,
    /// Relative to the book; names that are not UTF-8 with replacement characters.
    path: String,
}

/// Reads the promises of the book at `root` as they stood in `revision`.
///
/// # Errors
/// Where git, the repository or the revision is missing, or git fails.
pub(super) fn read(root: &Path, revision: &str) -> Result<State, DiffError> {
    if revision.starts_with('-') || revision.is_empty() {
        return Err(DiffError::UnknownRevision { revision: revision.to_owned(), shallow: false });
    }
    let prefix = one_line(root, &["rev-parse", "--show-prefix"]).map_err(|error| no_repository(root, error))?;
    let commit = one_line(root, &["rev-parse", "--quiet", "--verify", &format!("{revision}^{{tree}}")]);
    let Ok(tree) = commit else {
        let shallow = one_line(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|word| word == b"true");
        return Err(DiffError::UnknownRevision { revision: revision.to_owned(), shallow });
    };
    let tree = String::from_utf8_lossy(&tree).into_owned();
    let entries = entries(root, &tree, &prefix)?;
    Ok(State::read(revision, contents(root, entries)?))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).arg("--no-pager").arg("--literal-pathspecs");
    for name in LOCAL {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
    command
}

/// What git said, or why it cannot be asked.
fn output(root: &Path, args: &[&str]) -> Result<Vec<u8>, DiffError> {
    let output = git(root).args(args).output().map_err(|error| start_error(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let words = words.trim().trim_start_matches("fatal: ").to_owned();
    Err(DiffError::Git(if words.is_empty() { format!("`git {}` failed", args[0]) } else { words }))
}

fn start_error(error: &std::io::Error) -> DiffError {
    if error.kind() == ErrorKind::NotFound { DiffError::NoGit } else { DiffError::Git(error.to_string()) }
}

/// Output without its line end; a path may hold any byte but the last newline.
fn one_line(root: &Path, args: &[&str]) -> Result<Vec<u8>, DiffError> {
    let mut bytes = output(root, args)?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    Ok(bytes)
}

fn no_repository(root: &Path, error: DiffError) -> DiffError {
    match error {
        DiffError::Git(words) if words.starts_with("not a git repository") => {
            DiffError::NoRepository(root.display().to_string())
        }
        other => other,
    }
}

/// The promises files of the book in the tree.
fn entries(root: &Path, tree: &str, prefix: &[u8]) -> Result<Vec<Entry>, DiffError> {
    let mut folder = prefix.to_vec();
    folder.extend_from_slice(COMMITMENTS.as_bytes());
    folder.push(b'/');
    let mut command = git(root);
    command.args(["ls-tree", "-r", "-z", "--full-tree", tree, "--"]).arg(os_string(&folder));
    let output = command.output().map_err(|error| start_error(&error))?;
    if !output.status.success() {
        return Err(DiffError::Git(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let mut entries = Vec::new();
    for record in output.stdout.split(|byte| *byte == 0).filter(|record| !record.is_empty()) {
        let Some(tab) = record.iter().position(|byte| *byte == b'\t') else { continue };
        let head = String::from_utf8_lossy(&record[..tab]);
        let mut words = head.split(' ');
        let (Some(mode), Some(_), Some(object)) = (words.next(), words.next(), words.next()) else { continue };
        let Some(below) = record[tab + 1..].strip_prefix(folder.as_slice()) else { continue };
        let below = String::from_utf8_lossy(below);
        if is_promises_file(&below) {
            let path = format!("{COMMITMENTS}/{below}");
            entries.push(Entry { mode: mode.to_owned(), object: object.to_owned(), path });
        }
    }
    Ok(entries)
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> std::ffi::OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// The bytes of all entries, through one `git cat-file --batch`.
fn contents(root: &Path, entries: Vec<Entry>) -> Result<Vec<OldFile>, DiffError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = git(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| start_error(&error))?;
    let read = ask(&mut child, entries);
    // Its input is closed by now, so it ends.
    let ended = child.wait().map_err(|error| DiffError::Git(error.to_string()));
    let files = read?;
    ended?;
    Ok(files)
}

fn ask(child: &mut Child, entries: Vec<Entry>) -> Result<Vec<OldFile>, DiffError> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(DiffError::Git("`git cat-file` has no pipes".to_owned()));
    };
    let mut output = BufReader::new(output);
    let mut files = Vec::with_capacity(entries.len());
    for entry in entries {
        // One question, one answer: neither pipe can fill up while the other waits.
        let bytes = match entry.mode.as_str() {
            "120000" => Err("it is a link, and links are not followed in a revision".to_owned()),
            _ => blob(&mut input, &mut output, &entry.object)
                .map_err(|error| DiffError::Git(format!("`git cat-file` ended early: {error}")))?,
        };
        files.push(OldFile { path: entry.path, bytes });
    }
    Ok(files)
}

fn blob(
    input: &mut ChildStdin,
    output: &mut BufReader<ChildStdout>,
    object: &str,
) -> std::io::Result<Result<Vec<u8>, String>> {
    writeln!(input, "{object}")?;
    input.flush()?;
    let mut head = String::new();
    if output.read_line(&mut head)? == 0 {
        return Err(std::io::Error::from(ErrorKind::UnexpectedEof));
    }
    let mut words = head.trim_end().split(' ').skip(1);
    match (words.next(), words.next().and_then(|size| size.parse::<u64>().ok())) {
        (Some("blob"), Some(size)) => {
            let mut bytes = Vec::new();
            output.by_ref().take(size).read_to_end(&mut bytes)?;
            let mut end = [0];
            output.read_exact(&mut end)?;
            Ok(Ok(bytes))
        }
        _ => Ok(Err("its object is missing from the repository".to_owned())),
    }
}
