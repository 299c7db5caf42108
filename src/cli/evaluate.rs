//! `casebook evaluate`: how right extraction is on labelled documents.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment};

use super::{
    Common, Exit,
    output::{self, to_stdout},
};
use crate::{
    evaluate::{self, CategoryScore, ErrorKind, Report},
    statistics::Share,
};

/// Arguments of `casebook evaluate`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder with labels and texts, such as case.json and case.txt
    #[arg(value_name = "GOLD_DIR")]
    folder: PathBuf,
    /// A table for people, or all measures as JSON
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// List every difference with its sentences
    #[arg(long)]
    errors: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let extractor = common.extractor()?;
    let pairs: Vec<_> = evaluate::load(&arguments.folder, &Common::reader(false)?)?
        .into_iter()
        .map(|labelled| {
            let record = extractor.extract(&labelled.document);
            (labelled, record)
        })
        .collect();
    let report = evaluate::report(&pairs);
    let format = if arguments.json { Format::Json } else { arguments.format };
    to_stdout(|out| match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        }
        Format::Table => print(out, &report, arguments.errors),
    })?;
    Ok(Exit::Done)
}

fn print(out: &mut dyn Write, report: &Report, with_errors: bool) -> io::Result<()> {
    let mut table = output::table(["category", "n", "precision", "recall", "F1"]);
    report.categories.iter().chain([&report.micro]).for_each(|score| {
        table.add_row(row(score));
    });
    writeln!(out, "{table}")?;
    writeln!(
        out,
        "{} documents · micro-F1 {:.3} · macro-F1 {:.3}",
        report.documents, report.micro.f1, report.macro_f1
    )?;
    writeln!(
        out,
        "evidence: verbatim {}, among the labelled sentences {}",
        percent(&report.verbatim),
        percent(&report.evidence_precision)
    )?;
    writeln!(
        out,
        "provisions: precision {}, recall {}",
        percent(&report.provision_precision),
        percent(&report.provision_recall)
    )?;
    for fact in &report.facts {
        writeln!(out, "{}: right in {} (n = {})", fact.fact, percent(&fact.accuracy), fact.n)?;
    }
    if with_errors {
        print_errors(out, report)?;
    }
    Ok(())
}

fn row(score: &CategoryScore) -> Vec<Cell> {
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    vec![
        Cell::new(&score.category),
        right(score.n.to_string()),
        right(interval(&score.precision)),
        right(interval(&score.recall)),
        right(format!("{:.2}", score.f1)),
    ]
}

fn interval(share: &Share) -> String {
    format!("{:.2} ({:.2}-{:.2})", share.value, share.low, share.high)
}

fn percent(share: &Share) -> String {
    format!("{:.0} %", share.value * 100.0)
}

fn print_errors(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for error in &report.errors {
        let kind = match error.kind {
            ErrorKind::Spurious => "spurious",
            ErrorKind::Missed => "missed",
        };
        writeln!(out, "\n{kind} {} in {}", error.category, error.document)?;
        for sentence in &error.sentences {
            writeln!(out, "  {sentence}")?;
        }
    }
    Ok(())
}
