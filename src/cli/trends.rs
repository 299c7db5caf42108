//! `casebook trends`: counts by dimension and period.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment};
use polars_io::parquet::write::ParquetWriter;

use super::{
    Common, Exit,
    filters::FilterArguments,
    output::{self, counted, harmless, to_file, to_stdout},
};
use crate::{
    pipeline::Indexes,
    trends::{self, Dimension, Every, TrendRow, Trends},
};

/// Arguments of `casebook trends`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What makes the rows; several are separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DIMENSIONS")]
    by: Vec<Dimension>,
    /// Count for each period
    #[arg(long, value_enum, value_name = "PERIOD")]
    every: Option<Every>,
    #[command(flatten)]
    filters: FilterArguments,
    /// A table for people, or data
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Short for --format csv
    #[arg(long, conflicts_with_all = ["format", "json"])]
    csv: bool,
    /// Write to a file instead of standard output; needed for parquet
    #[arg(long, short, value_name = "FILE", required_if_eq("format", "parquet"))]
    output: Option<PathBuf>,
}

impl Arguments {
    const fn format(&self) -> Format {
        match (self.json, self.csv) {
            (true, _) => Format::Json,
            (_, true) => Format::Csv,
            _ => self.format,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
    Parquet,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let filter = arguments.filters.checked(common, &common.load_taxonomy()?)?;
    let indexes = Indexes::open(&common.indexes)?;
    let mut trends = trends::count(&indexes.tables(), &arguments.by, arguments.every, &filter)?;
    match &arguments.output {
        None => to_stdout(|out| write(out, arguments, &mut trends))?,
        Some(path) => to_file(path, |out| write(out, arguments, &mut trends))?,
    }
    common.note(&coverage(&trends));
    Ok(if trends.cases == 0 { Exit::NothingFound } else { Exit::Done })
}

/// What the numbers count and what they leave out.
fn coverage(trends: &Trends) -> String {
    let undated = match trends.without_period {
        0 => String::new(),
        n => format!(" {n} of them are dated too roughly for a period and are in no row."),
    };
    format!(
        "Counted: {}.{undated} An action is one reprimand, penalty, notice or prosecution; a case is the \
         actions against one party on one set of facts; share is the row's part of all these cases in the \
         same period. The corpus is not the whole of the ICO's work: see corpus/README.md.",
        counted(trends.cases, "case", "cases")
    )
}

fn write(out: &mut dyn Write, arguments: &Arguments, trends: &mut Trends) -> io::Result<()> {
    let names = header(arguments);
    match arguments.format() {
        Format::Table => table(out, &names, trends),
        Format::Csv => csv(out, &names, trends),
        Format::Json => json(out, &names, trends),
        Format::Parquet => {
            let mut bytes = Vec::new();
            ParquetWriter::new(&mut bytes).finish(&mut trends.frame).map_err(io::Error::other)?;
            out.write_all(&bytes)
        }
    }
}

fn header(arguments: &Arguments) -> Vec<&'static str> {
    let dimensions = arguments.by.iter().map(|dimension| dimension.column());
    let period = arguments.every.map(Every::column);
    dimensions
        .chain(period)
        .chain(["actions", "cases", "organisations", "share", "change"])
        .collect()
}

/// The cells of a row; `share` is written by the caller's rule.
fn cells(row: &TrendRow, share: impl Fn(f64) -> String) -> Vec<String> {
    let counts = [row.actions, row.cases, row.organisations].map(|count| count.to_string());
    let mut cells: Vec<String> = row.values.iter().map(|value| harmless(value)).collect();
    cells.extend(row.period.clone());
    cells.extend(counts);
    cells.push(row.share.map(share).unwrap_or_default());
    cells.push(row.change.map(|change| change.to_string()).unwrap_or_default());
    cells
}

fn table(out: &mut dyn Write, names: &[&str], trends: &Trends) -> io::Result<()> {
    let mut table = output::table(names.iter().copied());
    let labels = names.len() - 5;
    for row in &trends.rows {
        let cells = cells(row, |share| format!("{:.1} %", share * 100.0)).into_iter().enumerate();
        table.add_row(cells.map(|(index, text)| {
            let alignment = if index < labels { CellAlignment::Left } else { CellAlignment::Right };
            Cell::new(text).set_alignment(alignment)
        }));
    }
    writeln!(out, "{table}")
}

fn csv(out: &mut dyn Write, names: &[&str], trends: &Trends) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(names)?;
    for row in &trends.rows {
        writer.write_record(cells(row, |share| format!("{share:.4}")))?;
    }
    writer.flush()
}

fn json(out: &mut dyn Write, names: &[&str], trends: &Trends) -> io::Result<()> {
    let labels = &names[..names.len() - 5];
    let rows: Vec<serde_json::Value> = trends
        .rows
        .iter()
        .map(|row| {
            let values = row.values.iter().chain(&row.period);
            let mut object: serde_json::Map<_, _> = labels
                .iter()
                .zip(values)
                .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
                .collect();
            object.insert("actions".to_owned(), row.actions.into());
            object.insert("cases".to_owned(), row.cases.into());
            object.insert("organisations".to_owned(), row.organisations.into());
            object.insert("share".to_owned(), row.share.into());
            object.insert("change".to_owned(), row.change.into());
            object.into()
        })
        .collect();
    let answer = serde_json::json!({
        "cases": trends.cases, "without_period": trends.without_period, "rows": rows,
    });
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}
