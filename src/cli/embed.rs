//! `casebook embed`: vectors of all passages, for search by meaning.

use std::time::Instant;

use clap::Args;

use super::{
    Common, Exit,
    meaning::ModelArguments,
    output::{counted, progress_bar, to_stdout},
};
use crate::{
    index::Searcher,
    pipeline::Indexes,
    semantic::{Encoder, Helper, Vectors, VectorsError, passages, update},
};

/// Arguments of `casebook embed`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    model: ModelArguments,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let taxonomy = common.load_taxonomy()?;
    let indexes = Indexes::open(&common.indexes)?;
    let model = arguments.model.open(common)?;
    let searcher = Searcher::open(&indexes.search())?;
    let mut cases = Vec::new();
    for slug in searcher.slugs()? {
        if let Some(case) = searcher.case(&slug)? {
            cases.push((slug, passages(&case, &taxonomy)));
        }
    }
    let path = indexes.vectors();
    let known = match Vectors::read(&path) {
        Ok(old) => old.by_key(&model.fingerprint),
        Err(VectorsError::Missing) => Default::default(),
        Err(error) => return Err(error.into()),
    };
    let bar = progress_bar(common.quiet);
    bar.set_message("Making vectors");
    let done = update(
        &cases,
        known,
        (&model.fingerprint, &indexes.manifest.fingerprint()),
        &mut || Ok(Box::new(Helper::start(&common.semantic, &model)?) as Box<dyn Encoder>),
        &|done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        },
        &|vectors| vectors.write(&path),
    );
    bar.finish_and_clear();
    let done = done?;
    to_stdout(|out| {
        let all = counted(done.passages, "passage", "passages");
        let seconds = started.elapsed().as_secs_f64();
        let cases = counted(cases.len(), "case", "cases");
        writeln!(out, "{all} of {cases}, {} embedded now ({seconds:.2} s).", done.new)?;
        writeln!(out, "Vectors: {}", path.display())
    })?;
    common.note("Try:\n  casebook search --semantic \"a letter home that parents had to answer\"");
    Ok(Exit::Done)
}
