//! `casebook add`: a user's own files, kept beside what was fetched.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{
    Common, Exit,
    output::{counted, to_stdout, width, wrapped},
};
use crate::fetch::{AddReport, Adding, STORE_FOLDER, Store};

/// Arguments of `casebook add`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Texts, Markdown, saved pages and PDFs; folders and ZIP archives of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command. A file that cannot be added is named and does not stop the others.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut store = Store::open(&common.corpus.join(STORE_FOLDER))?;
    let mut adding = Adding::new(&mut store, &common.fetch, &common.corpus);
    arguments.paths.iter().try_for_each(|path| adding.path(path))?;
    let report = adding.report;
    to_stdout(|out| {
        if arguments.json {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            return writeln!(out);
        }
        print(out, &report)
    })?;
    if !report.added.is_empty() {
        common.note("Next: casebook run");
    }
    let good = report.added.len() + report.already.len();
    Ok(match (good, report.refused.len()) {
        (0, 0) => Exit::NothingFound,
        (_, 0) => Exit::Done,
        (0, _) => Exit::WrongUse,
        _ => Exit::Partly,
    })
}

fn print(out: &mut dyn Write, report: &AddReport) -> io::Result<()> {
    for (label, files) in [("added", &report.added), ("already there", &report.already)] {
        for file in files {
            let line = format!("{}, as {}", file.path, file.address);
            wrapped(out, &line, &format!("{label}: "), "  ", width())?;
        }
    }
    for file in &report.refused {
        let line = format!("{}: {}", file.path, file.reason);
        wrapped(out, &line, "not added: ", "  ", width())?;
    }
    writeln!(
        out,
        "{} added, {} already there, {} not added.",
        counted(report.added.len(), "file", "files"),
        report.already.len(),
        report.refused.len()
    )
}
