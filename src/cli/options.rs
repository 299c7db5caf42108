//! Options that several commands share.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::{
    extract::Extractor,
    read::{Reader, pdf},
    taxonomy::Taxonomy,
};

/// Where things are and how much is said.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Folder of the texts
    #[arg(
        long,
        global = true,
        env = "CASEBOOK_CORPUS",
        default_value = "corpus",
        value_name = "FOLDER"
    )]
    pub corpus: PathBuf,
    /// Folder of everything derived from them
    #[arg(
        long,
        global = true,
        env = "CASEBOOK_INDEXES",
        default_value = "indexes",
        value_name = "FOLDER"
    )]
    pub indexes: PathBuf,
    /// Folder with taxonomy files of your own, in place of the shipped ones
    #[arg(long, global = true, env = "CASEBOOK_TAXONOMY", value_name = "FOLDER")]
    pub taxonomy: Option<PathBuf>,
    /// Print results only: no progress, no hints
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl Common {
    /// The taxonomy in use.
    pub fn load_taxonomy(&self) -> anyhow::Result<Taxonomy> {
        let loaded = self.taxonomy.as_deref().map_or_else(Taxonomy::shipped, Taxonomy::load);
        Ok(loaded?)
    }

    /// An extractor with that taxonomy.
    pub fn extractor(&self) -> anyhow::Result<Extractor> {
        Extractor::new(self.load_taxonomy()?).context("the taxonomy cannot be used")
    }

    /// A reader of documents that starts this program again for every PDF.
    pub fn reader(ocr: bool) -> anyhow::Result<Reader> {
        let path = std::env::current_exe().context("cannot find the program itself")?;
        Ok(Reader { pdf: Some(pdf::Program { path, ocr }) })
    }

    /// A hint or report of progress on standard error.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }
}
