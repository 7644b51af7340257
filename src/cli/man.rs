//! `pledgebook man`: manual pages from the definitions of the command line.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_mangen::Man;

use super::context::Failure;
use super::{Cli, exit};

/// Manual pages, on the standard output or as files
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The command whose page is printed [default: the page of pledgebook itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Option<String>,
    /// Write the pages of all commands into this folder, such as ~/.local/share/man/man1
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints one page, or writes all.
pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    if let Some(folder) = &args.out {
        let failed = |error: std::io::Error| {
            Failure::Environment(vec![format!("the pages cannot be written to `{}`: {error}", folder.display())])
        };
        std::fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(root, folder).map_err(failed)?;
        return Ok(exit::PASSED);
    }
    let command = match &args.command {
        None => root,
        Some(name) => {
            let known: Vec<&str> = root.get_subcommands().map(clap::Command::get_name).collect();
            let found = root.find_subcommand(name).cloned();
            let near = crate::diag::did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("commands are {}", known.join(", ")));
            let command = found.ok_or_else(|| Failure::Usage(vec![format!("there is no command `{name}`"), near]))?;
            command.display_name(format!("pledgebook-{name}"))
        }
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(exit::PASSED)
}
