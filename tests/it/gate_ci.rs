//! What is ready to use in CI systems and schedulers, as far as it runs here.

use std::path::Path;
use std::process::Command;

use crate::bin::{AS_OF, Ran, book, finish, repository, write};
use crate::gate::ACME;

/// A book with one overdue promise, in a folder `book`.
fn home() -> tempfile::TempDir {
    book(&[("book/commitments/acme.toml", ACME)])
}

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A shell with the binary on its path and little else.
fn shell(dir: &Path, program: &str, args: &[&str]) -> Command {
    let bin = Path::new(env!("CARGO_BIN_EXE_pledgebook")).parent().expect("a folder");
    let path = std::env::join_paths(
        std::iter::once(bin.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let mut command = Command::new(program);
    command.current_dir(dir).args(args).env_clear().env("PATH", path.expect("a path"));
    command.env("PLEDGEBOOK_AS_OF", AS_OF).env("HOME", dir);
    command
}

fn action(dir: &Path, inputs: &[(&str, &str)]) -> Ran {
    let script = repository().join(".github/actions/check/run.sh");
    let mut command = shell(dir, "bash", &[script.to_str().expect("a path")]);
    command.envs(inputs.iter().map(|(name, value)| (format!("INPUT_{name}"), value)));
    finish(&mut command)
}

#[test]
fn the_github_action_runs_the_gate() {
    let dir = home();
    let ran =
        action(dir.path(), &[("BOOK", "book"), ("SARIF", "out.sarif"), ("JUNIT", "out.xml"), ("STRICT", "false")]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.contains("::error file=book/commitments/acme.toml,line=12,"), "{}", ran.stdout);
    assert!(dir.path().join("out.sarif").exists() && dir.path().join("out.xml").exists());
    assert_eq!(action(dir.path(), &[("BOOK", "book"), ("COMMAND", "lint")]).code, Some(0));
    assert_eq!(action(dir.path(), &[("BOOK", "book"), ("COMMAND", "sync; true")]).code, Some(2));
    let ran = action(dir.path(), &[("BOOK", "book"), ("COMMAND", "lint"), ("SINCE", "$(touch x)")]);
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
    assert!(!dir.path().join("x").exists());
    // Every input reaches the script, and the script uses no other.
    let (page, script) = (text(".github/actions/check/action.yml"), text(".github/actions/check/run.sh"));
    for input in ["COMMAND", "BOOK", "SINCE", "AS_OF", "CONFIG", "STRICT", "SARIF", "JUNIT"] {
        let name = input.to_lowercase().replace('_', "-");
        assert!(page.contains(&format!("INPUT_{input}: ${{{{ inputs.{name} }}}}")), "{input}");
        assert!(page.contains(&format!("\n  {name}:\n")) && script.contains(&format!("INPUT_{input}")), "{input}");
    }
}

#[test]
fn the_scripts_of_the_gitlab_template_run() {
    let page = text("docs/ci/gitlab.yml");
    let scripts: Vec<&str> = page.lines().filter_map(|line| line.trim().strip_prefix("- pledgebook ")).collect();
    assert_eq!(scripts.len(), 2);
    for (script, code) in scripts.into_iter().zip([0, 1]) {
        let dir = home();
        let root = dir.path().join("book");
        let old = book(&[("commitments/acme.toml", ACME)]);
        let mut command = shell(&root, "sh", &["-euc", &format!("pledgebook {script}")]);
        let ran = finish(command.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", old.path()));
        assert_eq!(ran.code, Some(code), "{script}: {}{}", ran.stdout, ran.stderr);
        assert!(root.join("gl-code-quality-report.json").exists() && root.join("pledgebook.xml").exists());
    }
}

#[test]
fn the_crontab_line_speaks_only_when_something_is_wrong() {
    let page = text("docs/ci/crontab");
    let line = page.lines().find(|line| !line.starts_with('#')).expect("a line");
    let job = line.splitn(6, ' ').nth(5).expect("five fields and a job").replace("\\%", "%");
    let dir = home();
    let ran = finish(&mut shell(dir.path(), "sh", &["-c", &job]));
    assert!(ran.stdout.contains("1 day overdue"), "{}{}", ran.stdout, ran.stderr);
    write(dir.path(), "book/pledgebook.toml", b"[check]\noverdue-awaiting = \"allow\"\nno-data = \"allow\"\n");
    let ran = finish(&mut shell(dir.path(), "sh", &["-c", &job]));
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn the_hook_and_the_units_name_commands_that_exist() {
    let hook = text(".pre-commit-hooks.yaml");
    assert!(hook.contains("entry: pledgebook lint\n") && hook.contains("pass_filenames: false\n"), "{hook}");
    let service = text("docs/ci/pledgebook-check.service");
    let start = service.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/bin/env ")).expect("a command");
    let dir = home();
    let ran = finish(&mut shell(&dir.path().join("book"), "sh", &["-c", start]));
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(text("docs/ci/pledgebook-check.timer").contains("OnCalendar=daily\n"));
    for page in
        [".github/actions/check/action.yml", ".pre-commit-hooks.yaml", "docs/ci/github.yml", "docs/ci/gitlab.yml"]
    {
        assert!(!text(page).contains('\t'), "{page}: YAML has no tabs");
        for line in text(page).lines().filter(|line| !line.trim_start().starts_with('#')) {
            assert!(is_plain_or_quoted(line), "{page}: YAML reads this otherwise: {line}");
        }
    }
}

/// Whether the value of a line is quoted, or has nothing that YAML takes for
/// its own in plain text.
fn is_plain_or_quoted(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    let value = line.split_once(": ").map_or("", |(_, value)| value);
    let quoted = value.starts_with('"') && value.len() > 1 && value.ends_with('"');
    quoted
        || value.starts_with('[')
        || !value.contains(": ") && !value.starts_with(['`', '@', '%', '&', '*', '!', '|', '>', '{'])
}

#[test]
fn the_book_that_ships_passes_its_policy() {
    for command in ["lint", "check"] {
        let args = ["--db", ":memory:", "--config", ".ci/pledgebook.toml", command];
        let ran = crate::bin::run(repository(), &args);
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        assert!(!ran.stdout.contains("waiver-unused"), "{}", ran.stdout);
    }
}
