//! Writing as a user meets it: init, add, log, amend, withdraw, edit.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::bin::{Ran, book, pledgebook, run, write};

/// A hand-written file: comments, spacing and order are its author's.
pub(crate) const PROMISES: &str = "\
# Acme, by hand
[organisation]
name    = \"Acme\"          # a comment

[[statement]]
id = \"report\"
date = \"2021-03-01\"

[[metric]]
id = \"share\"
unit = \"%\"

[[commitment]]
id = \"green-2030\"
title = \"Green by 2030\"
statement = \"report\"
topic = \"renewable-electricity\"
metric = \"share\"
baseline = { period = \"2020\", value = 10 }
target = { at-least = 100 }
deadline = \"2030\"
# said twice

# about the next one
[[commitment]]
id = \"emissions-2030\"
title = \"Half the emissions\"
statement = \"report\"
topic = \"emissions-reduction\"
unit = \"t CO2e\"
baseline = { period = \"2020\", value = 1000 }
target = { at-most = 500 }
deadline = \"2030\"

[[commitment]]
id = \"closed\"
title = \"The plant is closed\"
statement = \"report\"
topic = \"fossil-phase-out\"
target = { done = true }
deadline = \"2023\"
";

pub(crate) const FILE: &str = "commitments/acme.toml";
pub(crate) const FIGURES: &str = "commitments/acme.progress.toml";

pub(crate) fn acme() -> tempfile::TempDir {
    book(&[(FILE, PROMISES)])
}

pub(crate) fn text(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).unwrap_or_default()
}

/// Runs with `input` on the standard input.
fn run_with(dir: &Path, args: &[&str], input: &str) -> Ran {
    let mut child = pledgebook(dir, args)
        .env("PLEDGEBOOK_AS_OF", "2026-11-22")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads its input");
    let output = child.wait_with_output().expect("it ends");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

/// The block without its mark and day, which differ in every run.
fn plain(text: &str) -> String {
    let line = |line: &str| {
        let line = line.split("  # ").next().unwrap_or_default();
        if line.starts_with("recorded = ") { "recorded = TODAY".to_owned() } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_book_in_four_commands_without_a_terminal() {
    let dir = tempfile::tempdir().expect("a folder");
    let init = run(dir.path(), &["init"]);
    assert_eq!(init.code, Some(0), "{}", init.stderr);
    let add = [
        "add",
        "--organisation",
        "Acme Ltd",
        "--title",
        "Net zero by 2040",
        "--topic",
        "net-zero",
        "--at-most",
        "0",
        "--unit",
        "t CO2e",
        "--baseline",
        "2020=1000",
        "--milestone",
        "2030=400",
        "--deadline",
        "2040",
        "--said",
        "2021-05-04",
        "--source",
        "Annual report \"2020\"",
        "--url",
        "https://acme.example/2020",
    ];
    let added = run(dir.path(), &add);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    assert!(added.stdout.contains("+title = \"Net zero by 2040\""), "{}", added.stdout);
    assert!(added.stdout.contains("next: pledgebook log acme-ltd/net-zero-by-2040 "), "{}", added.stdout);
    let log = ["log", "acme-ltd/net-zero-by-2040", "--period", "2024", "--value", "0.9 kt CO2e", "--source", "AR 2024"];
    let logged = run(dir.path(), &log);
    assert_eq!(logged.code, Some(0), "{}", logged.stderr);
    assert!(logged.stdout.contains("acme-ltd/net-zero-by-2040: silent -> off-track"), "{}", logged.stdout);
    assert!(text(dir.path(), "commitments/acme-ltd.progress.toml").contains("value = 0.9\nunit = \"kt CO2e\""));
    let report = run(dir.path(), &["report", "--format", "csv"]);
    assert_eq!(report.code, Some(0), "{}", report.stderr);
    assert_eq!(report.stdout.lines().count(), 3, "the example and the new promise: {}", report.stdout);
}

#[test]
fn init_never_overwrites() {
    let dir = book(&[
        (".gitignore", "mine\n"),
        (".gitattributes", "*.x text\n"),
        ("pledgebook.toml", "# mine\n"),
        (FILE, PROMISES),
    ]);
    let dry = run(dir.path(), &["init", "--dry-run"]);
    assert!(
        dry.stdout.contains("+++ schema/promises.json") && dry.stdout.contains("nothing was written"),
        "{}",
        dry.stdout
    );
    assert!(!dir.path().join("schema").exists());
    let ran = run(dir.path(), &["init"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(text(dir.path(), ".gitignore"), "mine\n");
    assert_eq!(text(dir.path(), "pledgebook.toml"), "# mine\n");
    assert!(ran.stdout.contains("add this line to it: *.progress.toml merge=union"), "{}", ran.stdout);
    assert!(!dir.path().join("commitments/tencent.toml").exists(), "an example has no place in a book with promises");
    let again = run(dir.path(), &["init"]);
    assert!(!again.stdout.contains("wrote "), "{}", again.stdout);
}

#[test]
fn a_figure_is_appended_and_told() {
    let dir = acme();
    let first = run(
        dir.path(),
        &[
            "log",
            "green",
            "--period",
            "2023",
            "--value",
            "31",
            "%",
            "--url",
            "https://x.example",
            "--source",
            "R",
            "--reported",
            "2024-04",
        ],
    );
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let expected = "[[progress]]\nmetric = \"share\"\nperiod = \"2023\"\nvalue = 31\nreported = \"2024-04\"\nsource = { title = \"R\", url = \"https://x.example\" }\nrecorded = TODAY";
    assert_eq!(plain(&text(dir.path(), FIGURES)), expected);
    let own = run(
        dir.path(),
        &[
            "log",
            "acme/emissions",
            "--period",
            "2023",
            "--value=850",
            "--gross=900",
            "--offsets=50",
            "--assurance",
            "limited",
        ],
    );
    assert_eq!(own.code, Some(0), "{}", own.stderr);
    assert!(text(dir.path(), FIGURES).contains("commitment = \"emissions-2030\"\nperiod = \"2023\"\nvalue = 850\n"));
    let done = run(dir.path(), &["log", "closed", "--period", "2023", "--done"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("acme/closed: overdue -> kept"), "{}", done.stdout);
    let none = run(dir.path(), &["log", "green", "--period", "2024", "--no-disclosure"]);
    assert_eq!(none.code, Some(0), "{}", none.stderr);
    let newer =
        run(dir.path(), &["log", "green", "--period", "2023", "--value", "33", "--restates", "--reported", "2025-04"]);
    assert_eq!(newer.code, Some(0), "{}", newer.stderr);
    assert!(newer.stdout.contains("latest 31 % (2023) -> 33 % (2023)"), "{}", newer.stdout);
    assert_eq!(run(dir.path(), &["report", "-q"]).code, Some(0));
}

#[test]
fn what_would_not_be_right_is_refused_and_nothing_is_written() {
    let dir = acme();
    assert_eq!(run(dir.path(), &["log", "green", "--period", "2023", "--value", "31"]).code, Some(0));
    let before = text(dir.path(), FIGURES);
    for (args, words) in [
        (&["nothing-like-it", "--period", "2023", "--value", "1"][..], "there is no promise `nothing-like-it`"),
        (&["acme/", "--period", "2024", "--value", "1"], "is the beginning of several ids"),
        (&["green", "--period", "2999", "--value", "1"], "`2999` has not ended: its last day is 2999-12-31"),
        (&["green", "--period", "2023", "--value", "40"], "already has a figure for `2023`: 31 %"),
        (&["green", "--period", "2023", "--value", "40", "--restates"], "`reported`"),
        (&["green", "--period", "2024", "--value", "40", "MWh"], "`MWh` cannot be converted into `%`"),
        (&["emissions", "--period", "2024", "--value", "40 t CO2"], "cannot be converted into `t CO2e`"),
        (&["green", "--period", "2024", "--value", "nan"], "is not a finite number"),
        (&["green", "--period", "2024", "--value=-inf"], "is not a finite number"),
        (&["green", "--period", "2024", "--value", "12,4"], "is not a decimal number"),
        (&["green", "--period", "2024", "--value", "12345678901234567890123456789"], "28"),
        (&["green", "--period", "2024", "--value", "101"], "101 % for 2024 lies outside 0 to 100 %"),
        (&["green", "--period", "2024", "--value", "-1"], "-1 % for 2024 lies outside 0 to 100 %"),
        (&["green", "--period", "F2024", "--value", "1"], "write `FY2024`"),
        (&["green", "--period", "FY2024", "--value", "1"], "fiscal-year"),
        (&["green", "--period", "2024"], "there is no `value`"),
        (&["green", "--value", "1"], "there is no `period`"),
        (&["green", "--period", "2024", "--value", "1", "--done"], "exclude each other"),
        (&["closed", "--period", "2024", "--value", "1"], "yes/no promise"),
        (&["green", "--period", "2024", "--done"], "done"),
        (&["green", "--period", "2024", "--value", "1", "--reported", "2999"], "`reported` is 2999"),
        (
            &["emissions", "--period", "2024", "--value", "1", "--gross", "9", "--offsets", "1"],
            "gross 9 minus offsets 1 is 8",
        ),
    ] {
        let ran = run(dir.path(), &[&["log"], args].concat());
        assert_eq!(ran.code, Some(2), "{args:?}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
        assert_eq!(text(dir.path(), FIGURES), before, "{args:?}");
    }
    let forced = run(dir.path(), &["log", "green", "--period", "2024", "--value", "101", "--force"]);
    assert_eq!(forced.code, Some(0), "{}", forced.stderr);
    let dry = run(dir.path(), &["log", "green", "--period", "2025", "--value", "50", "--dry-run"]);
    assert!(dry.stdout.contains("+value = 50") && !text(dir.path(), FIGURES).contains("value = 50"), "{}", dry.stdout);
}

#[test]
fn many_at_once_are_all_written_or_none() {
    let dir = acme();
    let csv = "id,period,value,unit,source,no-disclosure\ngreen,2022,20.50,,\"A, B\",\nemissions,2022,0.9,kt CO2e,C,\ngreen,2023,,,,true\n";
    let ran = run_with(dir.path(), &["log", "-", "--reported", "2024"], csv);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let figures = text(dir.path(), FIGURES);
    assert_eq!(figures.matches("[[progress]]").count(), 3);
    assert!(
        figures.contains("value = 20.50\n")
            && figures.contains("title = \"A, B\"")
            && figures.matches("reported = \"2024\"").count() == 3
    );
    let bad = "{\"id\": \"green\", \"period\": 2024, \"value\": 41}\n{\"id\": \"green\", \"period\": 2022, \"value\": 1}\n{\"id\": \"emissions\", \"period\": 2024, \"value\": \"x\"}\n";
    let ran = run_with(dir.path(), &["log", "-"], bad);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("line 3: `value`: `x` is not a decimal number"), "{}", ran.stderr);
    assert_eq!(text(dir.path(), FIGURES), figures);
    let twice = "{\"period\": 2024, \"value\": 41.0}\n{\"period\": \"2024\", \"value\": 42}\n";
    let ran = run_with(dir.path(), &["log", "green", "-"], twice);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("line 2: `acme/green-2030` already has a figure for `2024`: 41.0 %"), "{}", ran.stderr);
    assert_eq!(text(dir.path(), FIGURES), figures);
    assert_eq!(run_with(dir.path(), &["log", "-"], "").code, Some(2));
}

#[test]
fn add_changes_no_line_of_a_hand_written_file() {
    let windows = format!("\u{feff}{}", PROMISES.replace('\n', "\r\n"));
    let dir = book(&[(FILE, &windows)]);
    let args = [
        "add",
        "--org",
        "acme",
        "--title",
        "No waste",
        "--topic",
        "waste",
        "--reduce-by-percent",
        "50",
        "--baseline",
        "2020=8",
        "--unit",
        "t",
        "--deadline",
        "end of 2030",
        "--statement",
        "report",
        "--tag",
        "a",
        "--scopes",
        "1,2",
    ];
    let dry = run(dir.path(), &[&args[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, text(dir.path(), FILE)), (Some(0), windows.clone()), "{}", dry.stderr);
    let ran = run(dir.path(), &args);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let after = text(dir.path(), FILE);
    let added = after.strip_prefix(&windows).expect("every old byte stays");
    assert!(
        added.starts_with("\r\n[[commitment]]\r\nid = \"no-waste\"\r\n")
            && added.matches('\n').count() == added.matches("\r\n").count()
    );
    assert!(!ran.stdout.lines().any(|line| line.starts_with('-') && !line.starts_with("---")), "{}", ran.stdout);
    // The same again would be a second promise of one id.
    let again = run(dir.path(), &args);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("no-waste") && again.stderr.contains("nothing was written"), "{}", again.stderr);
    assert_eq!(text(dir.path(), FILE), after);
}

#[test]
fn add_says_everything_that_is_missing() {
    let dir = acme();
    let ran = run(dir.path(), &["add", "--title", "x"]);
    assert_eq!(ran.code, Some(2));
    for flag in ["--organisation", "--topic", "--deadline", "--unit", "--said"] {
        assert!(ran.stderr.contains(flag), "{flag}: {}", ran.stderr);
    }
    let wrong = [
        "add",
        "--org",
        "Acme",
        "--title",
        "y",
        "--topic",
        "water",
        "--at-most",
        "5",
        "--baseline",
        "2020=1",
        "--unit",
        "m3",
        "--deadline",
        "F2030",
        "--said",
        "2021",
    ];
    let ran = run(dir.path(), &wrong);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("FY2030"), "{}", ran.stderr);
    assert_eq!(text(dir.path(), FILE), PROMISES);
}

#[test]
fn amendments_stand_in_their_own_promise() {
    let windows = PROMISES.replace('\n', "\r\n");
    let dir = book(&[(FILE, &windows)]);
    let source = ["--date", "2026-04-09", "--reason", "slower", "--url", "https://x.example"];
    let ran =
        run(dir.path(), &[&["amend", "green", "--deadline", "2035", "--milestone", "2030=60"][..], &source].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let amended = text(dir.path(), FILE);
    let at = amended
        .find("# said twice\r\n\r\n[[commitment.amendment]]\r\ndate = \"2026-04-09\"\r\n")
        .expect("after its promise");
    assert!(at < amended.find("# about the next one").expect("the comment stays"));
    let gone = run(dir.path(), &[&["withdraw", "acme/green-2030"][..], &source].concat());
    assert_eq!(gone.code, Some(0), "{}", gone.stderr);
    assert!(gone.stdout.contains("-> withdrawn"), "{}", gone.stdout);
    let kept: String = text(dir.path(), FILE);
    let mut rest = kept.lines();
    assert!(windows.lines().all(|line| rest.any(|other| other == line)), "every old line stays, in order");
    let bare = run(dir.path(), &["amend", "closed"]);
    assert_eq!(bare.code, Some(2));
    for flag in ["--date", "--reason", "--url", "--deadline"] {
        assert!(bare.stderr.contains(flag), "{flag}: {}", bare.stderr);
    }
    assert_eq!(run(dir.path(), &[&["amend", "closed", "--scopes", "4"][..], &source].concat()).code, Some(2));
    assert_eq!(text(dir.path(), FILE), kept);
}

#[test]
fn a_file_with_errors_is_not_added_to() {
    let dir = acme();
    write(dir.path(), FIGURES, b"[[progress]]\nmetric = \"shar\"\nperiod = \"2023\"\nvalue = 1\n");
    let before = text(dir.path(), FIGURES);
    let ran = run(dir.path(), &["log", "acme/green-2030", "--period", "2024", "--value", "1"]);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("commitments/acme.progress.toml"), "{}", ran.stderr);
    assert_eq!(text(dir.path(), FIGURES), before);
}

#[cfg(unix)]
#[test]
fn the_editor_opens_at_the_record() {
    let dir = acme();
    write(
        dir.path(),
        "editor.sh",
        b"#!/bin/sh\necho \"$@\" > args\nsed -i 's/at-least = 100/at-lest = 100/' commitments/acme.toml\n",
    );
    let edit = |editor: &str| {
        let mut command = pledgebook(dir.path(), &["edit", "acme/green-2030"]);
        crate::bin::finish(command.env("EDITOR", editor).env("PATH", "/usr/bin:/bin"))
    };
    let ran = edit("sh editor.sh --wait");
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("`at-lest` is not a key"), "{}", ran.stderr);
    let line = 1 + PROMISES.lines().position(|line| line == "[[commitment]]").expect("there is one");
    let args = text(dir.path(), "args");
    assert!(args.starts_with(&format!("--wait +{line} ")) && args.trim_end().ends_with(FILE), "{args}");
    // What has errors can be opened again and mended.
    let mended = edit("sed -i s/at-lest/at-least/");
    assert_eq!(mended.code, Some(0), "{}", mended.stderr);
    assert_eq!(text(dir.path(), FILE), PROMISES);
    let none = run(dir.path(), &["edit", "green"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("EDITOR"), "{}", none.stderr);
}

#[test]
fn shells_complete_ids_from_the_book() {
    let dir = acme();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = run(dir.path(), &["completions", shell]);
        assert_eq!(script.code, Some(0), "{}", script.stderr);
        assert!(script.stdout.contains("PLEDGEBOOK_COMPLETE"), "{shell}: {}", script.stdout);
    }
    let mut asked = pledgebook(dir.path(), &["--", "pledgebook", "log", "gr"]);
    asked.env("PLEDGEBOOK_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "2");
    assert_eq!(crate::bin::finish(&mut asked).stdout.trim(), "acme/green-2030");
}

#[test]
fn every_command_has_a_manual_page() {
    let dir = tempfile::tempdir().expect("a folder");
    let ran = run(dir.path(), &["man", "--out", "pages"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let help = run(dir.path(), &["help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(dir.path().join(format!("pages/pledgebook-{command}.1")).exists(), "{command}");
    }
    assert!(run(dir.path(), &["man", "log"]).stdout.contains("pledgebook\\-log"));
}

/// The shell blocks of the page are one session in one folder.
#[cfg(unix)]
#[test]
fn the_page_on_writing_can_be_followed() {
    let page = text(crate::bin::repository(), "docs/writing.md");
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Path::new(env!("CARGO_BIN_EXE_pledgebook")).parent().expect("a folder").display();
    let blocks: Vec<&str> = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() > 4);
    for block in blocks {
        let mut shell = std::process::Command::new("sh");
        shell.current_dir(dir.path()).env_clear().env("PATH", format!("{folder}:/usr/bin:/bin"));
        let ran = crate::bin::finish(shell.arg("-e").arg("-c").arg(block).stdin(Stdio::null()));
        assert_eq!(ran.code, Some(0), "{block}\n{}{}", ran.stdout, ran.stderr);
    }
    assert_eq!(text(dir.path(), "commitments/acme-ltd.progress.toml").matches("[[progress]]").count(), 5);
}
