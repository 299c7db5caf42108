//! `casebook read-pdf`: the child process that reads one PDF. No command for people.

use std::io;

use super::Exit;
use crate::read::pdf;

/// Reads a PDF from standard input and answers on standard output.
pub fn run() -> anyhow::Result<Exit> {
    pdf::serve(io::stdin().lock(), io::stdout().lock())?;
    Ok(Exit::Done)
}
