//! `casebook evaluate`: how right extraction is on labelled documents.

mod against;
mod markdown;
mod table;

use std::{fs, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Common, Exit, LeastConfidence, examples::Examples, filters::known, output::to_stdout};
use crate::{
    evaluate::{self, GroupScore, Labelled, Previous, Report},
    extract::Extractor,
    statistics::Share,
    taxonomy::Taxonomy,
};

/// Arguments of `casebook evaluate`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folders with labels and texts, such as case.json and case.txt
    #[arg(required = true, value_name = "GOLD_DIR")]
    folders: Vec<PathBuf>,
    /// Tables for people, the same as Markdown, or all measures as JSON
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// List every error in labels, provisions, facts and near misses, with its sentences
    #[arg(long)]
    errors: bool,
    /// Show by confidence how many findings are right
    #[arg(long)]
    calibration: bool,
    /// Show what was gained and lost since an earlier run with --json
    #[arg(long, value_name = "FILE", conflicts_with_all = ["errors", "calibration"])]
    against: Option<PathBuf>,
    #[command(flatten)]
    confidence: LeastConfidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Markdown,
    Json,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let previous = arguments.against.as_ref().map(previous).transpose()?;
    let taxonomy = common.load_taxonomy()?;
    let examples = Examples::open(common, &taxonomy, None)?;
    let report = report(arguments, &examples.extractor(taxonomy)?)?;
    Ok(examples.finish(print(arguments, previous, &report)?))
}

fn print(
    arguments: &Arguments,
    previous: Option<(String, Previous)>,
    report: &Report,
) -> anyhow::Result<Exit> {
    let format = if arguments.json { Format::Json } else { arguments.format };
    if let Some((path, previous)) = previous {
        let comparison = evaluate::compare(&previous, report).context(path)?;
        return match format {
            Format::Json => print_json(&comparison),
            Format::Table => {
                to_stdout(|out| against::print(out, &comparison))?;
                Ok(Exit::Done)
            }
            Format::Markdown => bail!("a comparison is printed as a table or as JSON"),
        };
    }
    match format {
        Format::Json => return print_json(report),
        Format::Table => to_stdout(|out| {
            table::print(out, report)?;
            if arguments.calibration {
                table::print_calibration(out, &report.calibration)?;
            }
            if arguments.errors {
                table::print_errors(out, report)?;
            }
            Ok(())
        })?,
        Format::Markdown if arguments.errors => bail!("errors are listed in a table or in JSON"),
        Format::Markdown => to_stdout(|out| {
            markdown::print(out, report)?;
            if arguments.calibration {
                markdown::print_calibration(out, &report.calibration)?;
            }
            Ok(())
        })?,
    }
    Ok(Exit::Done)
}

fn previous(path: &PathBuf) -> anyhow::Result<(String, Previous)> {
    let name = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let previous = Previous::parse(&bytes).with_context(|| name.clone())?;
    Ok((name, previous))
}

fn report(arguments: &Arguments, extractor: &Extractor) -> anyhow::Result<Report> {
    let labelled = evaluate::load(&arguments.folders, &Common::reader(false)?)?;
    labelled.iter().try_for_each(|labelled| check(labelled, extractor.taxonomy()))?;
    let pairs: Vec<_> = labelled
        .into_iter()
        .map(|labelled| {
            let record = extractor.extract(&labelled.document);
            (labelled, record.at_least(arguments.confidence.least))
        })
        .collect();
    Ok(evaluate::report(&pairs))
}

/// A category that the taxonomy does not know would only ever be missed.
fn check(labelled: &Labelled, taxonomy: &Taxonomy) -> anyhow::Result<()> {
    let ids: Vec<&str> = taxonomy.categories.iter().map(|c| c.id.as_str()).collect();
    let near = labelled.gold.near_misses.iter().map(|near| &near.category);
    let used: Vec<String> = labelled.gold.labels.keys().chain(near).cloned().collect();
    known("category", &used, &ids).with_context(|| format!("the labels of {}", labelled.gold.slug))
}

fn print_json(value: &impl Serialize) -> anyhow::Result<Exit> {
    to_stdout(|out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    })?;
    Ok(Exit::Done)
}

/// "0.95 (0.88-0.98)".
fn interval(share: &Share) -> String {
    spanned(share.value, [share.low, share.high])
}

fn spanned(value: f64, [low, high]: [f64; 2]) -> String {
    format!("{value:.2} ({low:.2}-{high:.2})")
}

/// The tables of groups of documents: by kind, and by folder where there are several.
fn groups(report: &Report) -> impl Iterator<Item = (&'static str, &[GroupScore])> {
    let folders = (report.folders.len() > 1).then_some(("folder", report.folders.as_slice()));
    [("kind of document", report.kinds.as_slice())].into_iter().chain(folders)
}

/// The measures that are no table of their own: what each is, and its share.
fn measures(report: &Report) -> Vec<(&'static str, Share)> {
    let evidence = &report.evidence;
    vec![
        ("near misses taken for findings", report.near_misses.share),
        ("evidence verbatim at its offsets", evidence.verbatim),
        ("evidence among the labelled sentences", evidence.evidence_precision),
        ("surest sentence among the labelled ones", evidence.best_evidence_precision),
        ("labels with a labelled sentence found", evidence.evidence_recall),
        ("provisions found: right", report.provision_precision),
        ("provisions labelled: found", report.provision_recall),
        ("their articles found: right", report.provisions_by_article.precision),
        ("their articles labelled: found", report.provisions_by_article.recall),
    ]
}
