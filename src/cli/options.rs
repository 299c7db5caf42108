//! Options that several commands share.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::{
    fetch,
    read::{Reader, pdf},
    semantic,
    settings::Settings,
    taxonomy::Taxonomy,
};

/// Where things are and how much is said; what is not given comes from the settings.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Common options")]
pub struct CommonArguments {
    /// Folder of the texts [default: corpus]
    #[arg(long, global = true, value_name = "FOLDER")]
    corpus: Option<PathBuf>,
    /// Folder of everything derived from them [default: indexes]
    #[arg(long, global = true, value_name = "FOLDER")]
    indexes: Option<PathBuf>,
    /// Folder with taxonomy files of your own, in place of the shipped ones
    #[arg(long, global = true, value_name = "FOLDER")]
    taxonomy: Option<PathBuf>,
    /// File with settings [default: casebook.toml, if there is one]
    #[arg(long, global = true, env = "CASEBOOK_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print results only: no progress, no hints
    #[arg(long, short, global = true)]
    quiet: bool,
}

impl CommonArguments {
    /// Command line over environment over file over default.
    pub fn settled(self) -> anyhow::Result<Common> {
        let settings = Settings::load(self.config.as_deref())?;
        Ok(Common {
            corpus: self.corpus.unwrap_or(settings.corpus),
            indexes: self.indexes.unwrap_or(settings.indexes),
            taxonomy: self.taxonomy.or(settings.taxonomy),
            feeds: settings.feeds,
            without_individuals: settings.without_individuals,
            fetch: settings.fetch,
            semantic: settings.semantic,
            quiet: self.quiet,
        })
    }
}

/// How sure a finding must be to count.
#[derive(Debug, Clone, Copy, Args)]
pub struct LeastConfidence {
    /// Leave out findings less sure than this, from 0 to 1; categories follow
    #[arg(
        long = "min-confidence",
        value_name = "SHARE",
        default_value_t = 0.0,
        hide_default_value = true,
        value_parser = share
    )]
    pub least: f64,
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "it must be a number from 0 to 1, such as 0.8".to_owned())
}

/// What every command works with.
#[derive(Debug, Clone)]
pub struct Common {
    /// Folder of the texts.
    pub corpus: PathBuf,
    /// Folder of everything derived from them.
    pub indexes: PathBuf,
    /// Folder of the user's own taxonomy.
    pub taxonomy: Option<PathBuf>,
    /// File of the saved queries.
    pub feeds: PathBuf,
    /// Whether cases against natural persons are left out.
    pub without_individuals: bool,
    /// How to fetch.
    pub fetch: fetch::Settings,
    /// Where the model for search by meaning is.
    pub semantic: semantic::Settings,
    /// Whether only results are printed.
    pub quiet: bool,
}

impl Common {
    /// The taxonomy in use.
    pub fn load_taxonomy(&self) -> anyhow::Result<Taxonomy> {
        let loaded = self.taxonomy.as_deref().map_or_else(Taxonomy::shipped, Taxonomy::load);
        Ok(loaded?)
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
