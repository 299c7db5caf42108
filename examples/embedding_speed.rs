//! Sentences a second through the helper, and by rust-bert's bare encoder in this process, in turns.
//!
//! ```text
//! source target/bert/env
//! cargo run --release --features bert --example embedding_speed
//! ```

use std::{
    env,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use casebook::{
    index::Searcher,
    pipeline::Indexes,
    semantic::{Encoder as _, Helper, ModelFolder, Settings, passages},
    taxonomy::Taxonomy,
};
use rust_bert::{
    pipelines::{
        common::ModelType,
        sentence_embeddings::{SentenceEmbeddingsConfig, SentenceEmbeddingsModel},
    },
    resources::LocalResource,
};
use tch::Device;

/// Sentences of one batch, as `casebook embed` makes them.
const BATCH: usize = 32;

/// Batches that both ways embed.
const BATCHES: usize = 16;

fn main() -> anyhow::Result<()> {
    let path = |name: &str| env::var_os(name).with_context(|| format!("{name} is not set"));
    let model = ModelFolder::open(path("CASEBOOK_SEMANTIC__MODEL")?.as_ref())?;
    let settings = Settings {
        libtorch: Some(path("CASEBOOK_SEMANTIC__LIBTORCH")?.into()),
        program: Some(env::current_exe()?.with_file_name("../casebook-embed")),
        ..Settings::default()
    };
    let sentences = sentences()?;
    let mut helper = Helper::start(&settings, &model)?;
    let bare = bare(&model)?;
    helper.encode(&sentences[..BATCH])?;
    bare.encode(&sentences[..BATCH])?;
    let (mut in_helper, mut in_process) = (Duration::ZERO, Duration::ZERO);
    for batch in sentences.chunks(BATCH) {
        let start = Instant::now();
        helper.encode(batch)?;
        in_helper += start.elapsed();
        let start = Instant::now();
        bare.encode(batch)?;
        in_process += start.elapsed();
    }
    let rate = |took: Duration| sentences.len() as f64 / took.as_secs_f64();
    println!("helper         {:6.1} sentences/s", rate(in_helper));
    println!("bare rust-bert {:6.1} sentences/s", rate(in_process));
    println!("share          {:6.2}", rate(in_helper) / rate(in_process));
    Ok(())
}

/// Passages of the indexes in `indexes`.
fn sentences() -> anyhow::Result<Vec<String>> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| "indexes".into());
    let taxonomy = Taxonomy::shipped()?;
    let cases = Searcher::open(&Indexes::open(folder.as_ref())?.search())?.cases()?;
    let mut all: Vec<String> = cases.iter().flat_map(|case| passages(case, &taxonomy)).collect();
    all.truncate(BATCH * BATCHES);
    all.sort_by_key(String::len);
    Ok(all)
}

fn bare(folder: &ModelFolder) -> anyhow::Result<SentenceEmbeddingsModel> {
    let file = |name: &str| Box::new(LocalResource { local_path: folder.path.join(name) });
    Ok(SentenceEmbeddingsModel::new(SentenceEmbeddingsConfig {
        modules_config_resource: file("modules.json"),
        transformer_type: ModelType::Bert,
        transformer_config_resource: file("config.json"),
        transformer_weights_resource: file("model.safetensors"),
        pooling_config_resource: file("1_Pooling/config.json"),
        dense_config_resource: None,
        dense_weights_resource: None,
        sentence_bert_config_resource: file("sentence_bert_config.json"),
        tokenizer_config_resource: file("tokenizer_config.json"),
        tokenizer_vocab_resource: file("vocab.txt"),
        tokenizer_merges_resource: None,
        device: Device::Cpu,
        kind: None,
    })?)
}
