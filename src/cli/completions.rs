//! `pledgebook completions`: what a shell offers on Tab. The scripts ask the
//! program itself, so that the ids are those of the book at hand.

use std::ffi::{OsStr, OsString};
use std::io::Write;

use clap::{CommandFactory, Parser, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Shells};

use super::context::{Context, Failure};
use super::{Cli, Global};
use crate::model::book::Dossier;

/// The variable by which a script asks; its value is the shell.
const ASKING: &str = "PLEDGEBOOK_COMPLETE";

/// A script that lets the shell complete commands, options and the ids of the book
///
/// Load it when the shell starts: `source <(pledgebook completions bash)` in
/// `~/.bashrc` or, with `zsh`, in `~/.zshrc`; `pledgebook completions fish |
/// source` in `~/.config/fish/config.fish`; in PowerShell's `$PROFILE`
/// `pledgebook completions powershell | Out-String | Invoke-Expression`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell", alias = "pwsh")]
    Power,
    Elvish,
}

/// Prints the script.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let name = args.shell.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let shells = Shells::builtins();
    let completer: &dyn EnvCompleter = shells
        .completer(&name)
        .ok_or_else(|| Failure::Usage(vec![format!("there are no completions for `{name}`")]))?;
    let mut script = Vec::new();
    completer.write_registration(ASKING, "pledgebook", "pledgebook", "pledgebook", &mut script)?;
    std::io::stdout().lock().write_all(&script)?;
    Ok(super::exit::PASSED)
}

/// Answers a script's question and ends; returns at once where none was asked.
pub(super) fn answer() {
    CompleteEnv::with_factory(Cli::command).var(ASKING).bin("pledgebook").complete();
}

/// Completes ids from the book.
pub(crate) fn ids() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let current = current.to_string_lossy();
        let candidates = promises()
            .into_iter()
            .filter(|(id, _)| {
                let short = id.split('/').next_back().unwrap_or_default();
                id.starts_with(&*current) || !current.is_empty() && short.starts_with(&*current)
            })
            .map(|(id, title)| CompletionCandidate::new(id).help(Some(title.into())));
        candidates.collect()
    })
}

/// Whole ids and titles; nothing where there is no book: a completion never complains.
fn promises() -> Vec<(String, String)> {
    let Some(context) = context() else { return Vec::new() };
    let Ok(book) = context.load_quietly() else { return Vec::new() };
    book.organisations.iter().flat_map(of_organisation).collect()
}

fn of_organisation(dossier: &Dossier) -> impl Iterator<Item = (String, String)> {
    let organisation = &dossier.promises.organisation.id;
    let commitments = dossier.promises.commitments.iter();
    commitments.map(move |commitment| (format!("{organisation}/{}", commitment.id), commitment.title.clone()))
}

/// The options of the line being written that say where the book is.
fn context() -> Option<Context> {
    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        global: Global,
    }
    let line: Vec<OsString> = std::env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let mut words = vec![OsString::from("pledgebook")];
    for pair in line.windows(2) {
        if pair[0] == "--book" || pair[0] == "--db" {
            words.extend_from_slice(pair);
        }
    }
    Context::new(Line::try_parse_from(words).ok()?.global).ok()
}
