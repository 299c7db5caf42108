//! `casebook completions` and `casebook man`: made from the same definition as `--help`.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Exit, output::to_stdout};

/// Arguments of `casebook completions`.
#[derive(Debug, Args)]
pub struct CompletionArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints completions for a shell.
pub fn completions(arguments: &CompletionArguments) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "casebook", &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}

/// Prints the manual page, with a section for every command.
pub fn man() -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|c| c.get_name() != "help") {
        clap_mangen::Man::new(subcommand.clone()).render(&mut page)?;
    }
    to_stdout(|out| out.write_all(&page))?;
    Ok(Exit::Done)
}
