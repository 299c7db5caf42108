//! `casebook cite`: cases as footnotes and as records for programs that manage literature.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use jiff::{ZonedDateTime, civil::Date};

use super::{
    Common, Exit,
    named::{self, ChoiceArguments},
    output::{counted, to_file, to_stdout},
};
use crate::{
    cite::{self, Desk, Reference},
    fetch::{STORE_FOLDER, Store},
    index::Searcher,
    pipeline::Indexes,
};

/// Arguments of `casebook cite`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    choice: ChoiceArguments,
    /// How to write them
    #[arg(long, value_enum, default_value_t = Format::Oscola)]
    format: Format,
    /// Short for --format csl-json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The day on which you saw the addresses, such as 2026-11-25 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    accessed: Option<Date>,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Footnotes in the style of lawyers in the United Kingdom, one a line
    Oscola,
    /// Items for Zotero, Pandoc and citeproc
    CslJson,
    /// Records for Zotero, EndNote and Mendeley
    Ris,
    /// Entries for LaTeX with biblatex
    Bibtex,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "it must be a day, such as 2026-11-25".to_owned())
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let filter = arguments.choice.filters.checked(common, &taxonomy)?;
    let indexes = Indexes::open(&common.indexes)?;
    let searcher = Searcher::open(&indexes.search())?;
    let choice = arguments.choice.by(&filter);
    let all = indexes.manifest.cases;
    let (cases, _) = named::cases(common, &searcher, &choice, &taxonomy, all, "cite")?;
    if cases.is_empty() {
        common.note("No case to cite. Try fewer words or filters.");
        return Ok(Exit::NothingFound);
    }
    let store = Store::read(&common.corpus.join(STORE_FOLDER))?;
    let accessed = arguments.accessed.unwrap_or_else(|| ZonedDateTime::now().date());
    let desk = Desk { site: &common.fetch.site, accessed, store: &store };
    let references: Vec<Reference> = cases.iter().map(|case| Reference::of(case, &desk)).collect();
    let write = |out: &mut dyn Write| write(out, arguments, &references);
    match &arguments.output {
        None => to_stdout(write)?,
        Some(path) => {
            to_file(path, write)?;
            let cases = counted(references.len(), "case", "cases");
            common.note(&format!("{cases} cited in {}.", path.display()));
        }
    }
    Ok(Exit::Done)
}

fn write(out: &mut dyn Write, arguments: &Arguments, references: &[Reference]) -> io::Result<()> {
    match arguments.format {
        _ if arguments.json => cite::csl_json(out, references),
        Format::Oscola => cite::oscola(out, references),
        Format::CslJson => cite::csl_json(out, references),
        Format::Ris => cite::ris(out, references),
        Format::Bibtex => cite::bibtex(out, references),
    }
}
