//! `casebook archive`: the store as a file that web archives read.

use std::{
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use super::{
    Common, Exit,
    output::{counted, to_stdout, width, wrapped},
};
use crate::fetch::{STORE_FOLDER, Store, WarcReport, write_warc};

/// Arguments of `casebook archive`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file to write, such as store.warc.gz; always compressed, record by record
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command. A version that cannot be read is named and does not stop the others.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let store = Store::read(&common.corpus.join(STORE_FOLDER))?;
    if store.items().is_empty() {
        common.note("Nothing is stored yet: casebook fetch, or casebook add");
        return Ok(Exit::NothingFound);
    }
    let path = &arguments.output;
    let report = write(&store, path).with_context(|| format!("cannot write {}", path.display()))?;
    to_stdout(|out| {
        for problem in &report.problems {
            wrapped(out, problem, "failed: ", "  ", width())?;
        }
        let versions = counted(report.versions, "version", "versions");
        writeln!(out, "{versions} written to {}.", path.display())
    })?;
    Ok(if report.problems.is_empty() { Exit::Done } else { Exit::Partly })
}

/// Writes beside the file and puts it in place when it is whole.
fn write(store: &Store, path: &Path) -> anyhow::Result<WarcReport> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or_else(|| ".".as_ref()))?;
    let mut out = BufWriter::new(file.as_file_mut());
    let report = write_warc(store, &mut out)?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(report)
}
