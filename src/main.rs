//! The `pledgebook` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pledgebook::cli::main()
}
