//! An answer as a file: one format a file.

mod csv;
mod json;
mod markdown;
mod parquet;
mod xlsx;

use std::path::Path;

use clap::ValueEnum;

use super::{Answer, Kind, Sheet, TableError, Value, chart};
use crate::english;

pub use csv::harmless;
pub use markdown::escaped as markdown_text;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values
    Csv,
    /// JSON with coverage and counting rules
    Json,
    /// Markdown for reports
    #[value(alias = "md")]
    Markdown,
    /// Apache Parquet
    Parquet,
    /// Excel workbook with cover sheet, tables and charts
    Xlsx,
    /// Chart as scalable graphics
    Svg,
    /// Chart as a picture
    Png,
}

impl Format {
    /// The format by the ending of a file's name.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::from_str(&ending, true).ok()
    }

    /// Whether it holds one table only.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet | Self::Svg | Self::Png)
    }

    /// Whether a terminal cannot show it.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Xlsx | Self::Png)
    }
}

/// Writes an answer; formats of one table take the first.
///
/// # Errors
/// The format cannot hold it; the sentence says why.
pub fn bytes(answer: &Answer, format: Format, bom: bool) -> Result<Vec<u8>, TableError> {
    match format {
        Format::Json => json::bytes(answer),
        Format::Markdown => markdown::bytes(answer),
        Format::Xlsx => xlsx::bytes(answer),
        Format::Csv => csv::bytes(first(answer)?, bom),
        Format::Parquet => parquet::bytes(first(answer)?),
        Format::Svg => chart::svg(answer, first(answer)?).map(String::into_bytes),
        Format::Png => chart::png(answer, first(answer)?),
    }
}

fn first(answer: &Answer) -> Result<&Sheet, TableError> {
    answer.sheets.first().ok_or_else(|| TableError::Write("there is none".to_owned()))
}

/// A value for people: £1,350,000, 12.5 %, +3.
#[must_use]
pub fn readable(value: &Value, kind: Kind) -> String {
    match (value, kind, value.number()) {
        (Value::Text(text), ..) => text.clone(),
        (_, _, None) => String::new(),
        (_, Kind::Share, Some(share)) => format!("{:.1} %", share * 100.0),
        (_, Kind::Factor, Some(factor)) => format!("{factor:.2}"),
        (_, Kind::Pounds, Some(sum)) => format!("£{}", thousands(sum)),
        (_, Kind::Change, Some(change)) if change > 0.0 => format!("+{}", thousands(change)),
        (_, _, Some(number)) => thousands(number),
    }
}

/// A whole number with commas between thousands.
fn thousands(number: f64) -> String {
    // What is counted here is far below 2^53, so that the conversion is exact.
    let digits = english::thousands(number.abs().round() as u64);
    if number <= -0.5 { format!("-{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(readable(&Value::Whole(1_350_000), Kind::Pounds), "£1,350,000");
        assert_eq!(readable(&Value::Whole(-1200), Kind::Change), "-1,200");
        assert_eq!(readable(&Value::Whole(3), Kind::Change), "+3");
        assert_eq!(readable(&Value::Real(0.125), Kind::Share), "12.5 %");
        assert_eq!(readable(&Value::Empty, Kind::Count), "");
    }

    #[test]
    fn the_ending_says_the_format() {
        assert_eq!(Format::of(Path::new("a/trends.XLSX")), Some(Format::Xlsx));
        assert_eq!(Format::of(Path::new("trends.md")), Some(Format::Markdown));
        assert_eq!(Format::of(Path::new("trends.doc")), None);
        assert_eq!(Format::of(Path::new("trends")), None);
    }
}
