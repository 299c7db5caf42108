//! `casebook run`: the whole way from the corpus to index and tables.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use clap::Args;

use super::{
    Common, Exit,
    examples::Examples,
    output::{counted, progress_bar, to_stdout},
};
use crate::pipeline::{self, Indexes, Stage, Summary};

/// Arguments of `casebook run`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Read every document again, even if nothing has changed
    #[arg(long)]
    rebuild: bool,
    /// Give PDFs that are pictures a text layer first, with `ocrmypdf`
    #[arg(long)]
    ocr: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let taxonomy = common.load_taxonomy()?;
    let bar = progress_bar(common.quiet);
    let show = |stage, done: usize, all: usize| {
        bar.set_message(words(stage));
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let reader = Common::reader(arguments.ocr)?;
    let file = Indexes::sentences(&common.indexes);
    let examples = Examples::open(common, &taxonomy, Some(file))?;
    let summary = pipeline::run(
        &common.corpus,
        &common.indexes,
        &taxonomy,
        examples.meaning(),
        &reader,
        arguments.rebuild,
        &show,
    );
    bar.finish_and_clear();
    let summary = summary?;
    print(common, &summary, started.elapsed())?;
    let exit = if summary.faulty.is_empty() { Exit::Done } else { Exit::Partly };
    Ok(examples.finish(exit))
}

const fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Documents => "Reading documents",
        Stage::Search => "Building the search index",
        Stage::Tables => "Writing the tables",
    }
}

fn print(common: &Common, summary: &Summary, took: Duration) -> io::Result<()> {
    for faulty in &summary.faulty {
        eprintln!("{}: {}", common.corpus.join(&faulty.path).display(), faulty.reason);
    }
    if let Some(lost) = &summary.history_lost {
        eprintln!("history: {lost}");
    }
    for conflict in &summary.conflicts {
        eprintln!("conflict: {conflict}");
    }
    to_stdout(|out| {
        what_was_done(out, summary, took)?;
        writeln!(
            out,
            "{} with {}, {}.",
            counted(summary.cases, "case", "cases"),
            counted(summary.findings, "finding", "findings"),
            counted(summary.guidance, "guidance note", "guidance notes and pages")
        )?;
        writeln!(out, "Search index and tables: {}", common.indexes.display())
    })?;
    common.note(
        "Try:\n  casebook search \"facial recognition\" --sector education\n  \
         casebook trends --by sector --every year",
    );
    Ok(())
}

fn what_was_done(out: &mut dyn Write, summary: &Summary, took: Duration) -> io::Result<()> {
    let seconds = took.as_secs_f64();
    if summary.unchanged {
        return writeln!(
            out,
            "Nothing has changed since the last run: nothing was done ({seconds:.2} s)."
        );
    }
    writeln!(
        out,
        "{} read, {} unchanged, {} removed, {} faulty ({seconds:.2} s).",
        counted(summary.read, "document", "documents"),
        summary.kept,
        summary.removed,
        summary.faulty.len()
    )
}
