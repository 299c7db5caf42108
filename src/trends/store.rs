//! The tables as Parquet and CSV files, with what describes them.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use polars::{
    lazy::frame::{IntoLazy as _, LazyFrame},
    prelude::{
        ChunkApply as _, DataFrame, IntoColumn as _, IntoSeries as _, NamedFrom as _, Series,
        StringChunked,
    },
};
use polars_io::{
    SerReader as _, SerWriter as _,
    csv::write::CsvWriter,
    parquet::{read::ParquetReader, write::ParquetWriter},
};

use super::{Table, TableError, describe, tables, write::harmless};
use crate::{model::Case, taxonomy::Taxonomy};

/// The table that describes all others.
const DICTIONARY: &str = "dictionary";

/// Writes every table, the dictionary and the descriptions for other tools into a folder.
///
/// # Errors
/// The folder cannot be written.
pub fn write_tables(folder: &Path, cases: &[Case], taxonomy: &Taxonomy) -> Result<(), TableError> {
    fs::create_dir_all(folder).map_err(|source| file_error(folder, source))?;
    let tables = tables(cases, taxonomy)?;
    for table in &tables {
        let frame = table.frame()?;
        write_csv(folder, table.name, &frame)?;
        write(folder, table.name, frame)?;
    }
    write(folder, DICTIONARY, dictionary(&tables)?)?;
    for (name, text) in describe::files(&tables)? {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|source| file_error(&path, source))?;
    }
    Ok(())
}

/// Whether this version of the program can read the tables of a folder: what describes them says so.
///
/// # Errors
/// They are missing, or written in another form.
pub fn check_version(folder: &Path) -> Result<(), TableError> {
    let path = folder.join(describe::DATA_PACKAGE);
    let text = fs::read_to_string(&path).map_err(|source| file_error(&path, source))?;
    let package: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let found = package["version"].as_str().unwrap_or("(none)");
    // New columns raise the later numbers only, and do no harm.
    let main = |version: &str| version.split('.').next().map(str::to_owned);
    if main(found) == main(describe::SCHEMA_VERSION) {
        return Ok(());
    }
    Err(TableError::OtherSchema { folder: folder.display().to_string(), found: found.to_owned() })
}

/// A table of a folder, to be queried: some of its columns, or all.
pub fn scan(folder: &Path, name: &str, columns: &[&str]) -> Result<LazyFrame, TableError> {
    let path = folder.join(format!("{name}.parquet"));
    let file = File::open(&path).map_err(|source| file_error(&path, source))?;
    let mut names: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    names.sort();
    names.dedup();
    let reader = ParquetReader::new(file).with_columns(Some(names).filter(|n| !n.is_empty()));
    Ok(reader.finish()?.lazy())
}

fn write(folder: &Path, name: &str, mut frame: DataFrame) -> Result<(), TableError> {
    let path = folder.join(format!("{name}.parquet"));
    let file = File::create(&path).map_err(|source| file_error(&path, source))?;
    ParquetWriter::new(file).finish(&mut frame)?;
    Ok(())
}

/// The same as CSV, for those who have no reader of Parquet; formulas are made harmless.
fn write_csv(folder: &Path, name: &str, frame: &DataFrame) -> Result<(), TableError> {
    let path = folder.join(format!("{name}.csv"));
    let file = File::create(&path).map_err(|source| file_error(&path, source))?;
    let mut frame = frame.clone();
    for index in 0..frame.width() {
        let Ok(texts) = frame.columns()[index].str() else { continue };
        let safe: StringChunked = texts.apply(|text| text.map(|text| harmless(text).into()));
        frame.replace_column(index, safe.into_series().into_column())?;
    }
    CsvWriter::new(file).finish(&mut frame)?;
    Ok(())
}

/// One row for each column of each table.
fn dictionary(tables: &[Table]) -> Result<DataFrame, TableError> {
    let rows: Vec<_> =
        tables.iter().flat_map(|table| table.columns.iter().map(move |c| (table, c))).collect();
    let names =
        |pick: fn(&(&Table, &super::Column)) -> String| rows.iter().map(pick).collect::<Vec<_>>();
    let columns = vec![
        Series::new("table".into(), names(|(table, _)| table.name.to_owned())),
        Series::new("row".into(), names(|(table, _)| table.row.to_owned())),
        Series::new("column".into(), names(|(_, column)| column.values.name().to_string())),
        Series::new("type".into(), names(|(_, column)| column.values.dtype().to_string())),
        Series::new("meaning".into(), names(|(_, column)| column.meaning.to_owned())),
    ];
    Ok(DataFrame::new_infer_height(columns.into_iter().map(Series::into_column).collect())?)
}

fn file_error(path: &Path, source: io::Error) -> TableError {
    TableError::File { path: path.display().to_string(), source }
}
