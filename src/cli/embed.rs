//! `casebook embed`: vectors of all passages, for search by meaning.

use std::{collections::HashMap, path::Path, time::Instant};

use clap::Args;

use super::{
    Common, Exit,
    meaning::ModelArguments,
    output::{counted, progress_bar, to_stdout},
};
use crate::{
    index::Searcher,
    pipeline::Indexes,
    semantic::{
        Encoder, Helper, Key, ModelFolder, Quantised, Vectors, VectorsError, passages, update,
    },
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
    let indexes = Indexes::open(&common.indexes)?;
    let model = arguments.model.open(common)?;
    let cases = cases(common, &indexes)?;
    let path = indexes.vectors();
    let bar = progress_bar(common.quiet);
    bar.set_message("Making vectors");
    let done = update(
        &cases,
        known(&path, &model)?,
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
    common.note("Try:\n  casebook search --semantic \"ministers using private email\"");
    Ok(Exit::Done)
}

/// All cases with their passages, in the order of their names.
fn cases(common: &Common, indexes: &Indexes) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let taxonomy = common.load_taxonomy()?;
    let cases = Searcher::open(&indexes.search())?.cases()?;
    let mut cases: Vec<(String, Vec<String>)> = cases
        .into_iter()
        .map(|case| {
            let passages = passages(&case, &taxonomy);
            (case.case, passages)
        })
        .collect();
    cases.sort();
    Ok(cases)
}

/// The vectors of that model that are there already; those of a damaged file are made anew.
fn known(path: &Path, model: &ModelFolder) -> Result<HashMap<Key, Quantised>, VectorsError> {
    match Vectors::read(path) {
        Ok(old) => Ok(old.by_key(&model.fingerprint)),
        Err(VectorsError::Missing | VectorsError::Damaged { .. }) => Ok(HashMap::new()),
        Err(error) => Err(error),
    }
}
