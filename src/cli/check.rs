//! `casebook check`: is a corpus sound?

use std::path::PathBuf;

use clap::Args;
use jiff::ZonedDateTime;

use super::{
    Common, Exit,
    output::{PageFormat, counted, to_stdout},
};
use crate::pipeline;

/// Arguments of `casebook check`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder to check; the corpus if none is named
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let folder = arguments.folder.as_ref().unwrap_or(&common.corpus);
    let (taxonomy, reader) = (common.load_taxonomy()?, Common::reader(false)?);
    let today = ZonedDateTime::now().date();
    let (files, problems) = pipeline::check(folder, &taxonomy, &reader, today)?;
    to_stdout(|out| {
        if arguments.json || arguments.format == PageFormat::Json {
            serde_json::to_writer_pretty(&mut *out, &problems)?;
            return writeln!(out);
        }
        for problem in &problems {
            let path = folder.join(&problem.path);
            let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            writeln!(out, "{}{line}: {}", path.display(), problem.message)?;
        }
        let files = counted(files, "file", "files");
        writeln!(out, "{files} checked, {}", counted(problems.len(), "problem", "problems"))
    })?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::Partly })
}
