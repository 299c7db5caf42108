//! Parse, dispatch, exit code.

use std::process::ExitCode;

use casebook::cli::{Cli, Exit};
use clap::Parser as _;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("casebook: {error:#}");
            Exit::WrongUse.into()
        }
    }
}
