//! `casebook extract`: what files say, one line a document.

use std::{
    fs,
    io::{self, Read as _, Write},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Common, Exit, LeastConfidence, examples::Examples, output::to_stdout};
use crate::{extract::Extractor, model::Document, read::Reader};

/// Arguments of `casebook extract`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files to read; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a line, or one pretty-printed object a document
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Print the cleaned text instead: the offsets of `extract` count its bytes
    #[arg(long)]
    text: bool,
    /// Give PDFs that are pictures a text layer first, with `ocrmypdf`
    #[arg(long)]
    ocr: bool,
    #[command(flatten)]
    confidence: LeastConfidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Jsonl,
}

/// Runs the command. A file that cannot be read is named and does not stop the others.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let examples = Examples::open(common, &taxonomy, None)?;
    let extractor = examples.extractor(taxonomy)?;
    let reader = Common::reader(arguments.ocr)?;
    let mut faulty = 0;
    for file in &arguments.files {
        match document(&reader, file) {
            Ok(document) => to_stdout(|out| print(out, &extractor, &document, arguments))?,
            Err(error) => {
                faulty += 1;
                eprintln!("{}: {error:#}", file.display());
            }
        }
    }
    Ok(examples.finish(match faulty {
        0 => Exit::Done,
        n if n == arguments.files.len() => Exit::WrongUse,
        _ => Exit::Partly,
    }))
}

/// Reads a file, or standard input for `-`.
pub fn document(reader: &Reader, file: &Path) -> anyhow::Result<Document> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = fs::read(file).context("cannot read the file")?;
    }
    Ok(reader.read(&file.to_string_lossy(), &bytes)?)
}

fn print(
    out: &mut dyn Write,
    extractor: &Extractor,
    document: &Document,
    arguments: &Arguments,
) -> io::Result<()> {
    if arguments.text {
        return writeln!(out, "{}", document.text);
    }
    let record = extractor.extract(document).at_least(arguments.confidence.least);
    match arguments.format {
        Format::Json => serde_json::to_writer_pretty(&mut *out, &record)?,
        Format::Jsonl => serde_json::to_writer(&mut *out, &record)?,
    }
    writeln!(out)
}
