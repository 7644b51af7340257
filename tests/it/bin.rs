//! Runs of the real binary: nothing of the caller's environment comes through.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The day on which tests judge unless they say otherwise.
pub(crate) const AS_OF: &str = "2026-11-22";

/// The repository's folder.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A run of the binary in `dir`, with a cleared environment.
pub(crate) fn pledgebook(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
    command.current_dir(dir).env_clear().args(args);
    command
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Runs the binary in `dir` on the day [`AS_OF`].
pub(crate) fn run(dir: &Path, args: &[&str]) -> Ran {
    finish(pledgebook(dir, args).env("PLEDGEBOOK_AS_OF", AS_OF))
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { stdout: text(stdout), stderr: text(stderr), code: status.code() }
}

/// A book in a folder of its own, from paths and texts.
pub(crate) fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(dir.path(), path, text.as_bytes());
    }
    dir
}

/// Writes a file below `dir`, with its folders.
pub(crate) fn write(dir: &Path, path: &str, bytes: &[u8]) -> PathBuf {
    let file = dir.join(path);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders can be made");
    std::fs::write(&file, bytes).expect("the file can be written");
    file
}

/// Compares `found` with a file of the repository; with `UPDATE_EXPECT=1` in
/// the environment the file is written instead.
pub(crate) fn same_as_file(path: &Path, found: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, found).expect("the expectation can be written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == found,
        "{} differs (UPDATE_EXPECT=1 cargo test writes it anew)\n--- expected\n{expected}\n--- found\n{found}",
        path.display()
    );
}
