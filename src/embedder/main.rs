//! `casebook-embed`: makes vectors of texts with rust-bert, for `casebook`, which starts it.
//!
//! Its argument is a model's folder. It reads requests from standard input and answers on standard output
//! (`casebook::semantic::protocol`) until there are no more.
#![forbid(unsafe_code)]

use std::{
    env,
    io::{self, BufRead as _, Write as _},
    panic,
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::semantic::protocol::{Answer, Request};
use rust_bert::{
    RustBertError,
    pipelines::{
        common::ModelType,
        sentence_embeddings::{SentenceEmbeddingsConfig, SentenceEmbeddingsModel},
    },
    resources::LocalResource,
};
use tch::Device;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("casebook-embed: started by `casebook embed` and `casebook search --semantic`");
        return ExitCode::from(2);
    };
    // rust-bert panics at files that it does not understand: one line says so.
    panic::set_hook(Box::new(|fault| eprintln!("{}", fault.to_string().replace('\n', " "))));
    match serve(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("casebook-embed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(folder: &Path) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let model = load(folder);
    for line in io::stdin().lock().lines() {
        let answer = match &model {
            Ok(model) => answer(model, &line?),
            Err(error) => Answer::Error(format!("the model cannot be loaded: {error}")),
        };
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(model: &SentenceEmbeddingsModel, request: &str) -> Answer {
    let vectors = serde_json::from_str::<Request>(request)
        .map_err(|error| format!("the request cannot be read: {error}"))
        .and_then(|texts| model.encode(&texts).map_err(|error| error.to_string()));
    vectors.map_or_else(Answer::Error, Answer::Vectors)
}

/// A model of the BERT kind. rust-bert's own way to a folder wants weights in another form.
fn load(folder: &Path) -> Result<SentenceEmbeddingsModel, RustBertError> {
    let file = |name: &str| Box::new(LocalResource { local_path: folder.join(name) });
    SentenceEmbeddingsModel::new(SentenceEmbeddingsConfig {
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
    })
}
