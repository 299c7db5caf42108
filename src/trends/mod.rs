//! Cases as tidy tables, counts over them by any dimension and period, and named reports.
//!
//! A count or a report is a [`Sheet`]: a frame with headings, rules and a way to draw it. Every format
//! of [`mod@write`] writes an [`Answer`] of sheets.

mod aggregate;
mod cells;
pub mod chart;
mod codes;
mod count;
mod coverage;
mod describe;
mod dimension;
mod frames;
mod grid;
mod list;
mod measure;
mod period;
mod report;
mod rules;
mod select;
mod shares;
mod sheet;
mod store;
mod values;
mod words;
pub mod write;

use thiserror::Error;

pub use count::{Question, count};
pub use coverage::{Coverage, LICENCE};
pub use describe::SCHEMA_VERSION;
pub use dimension::{Dimension, Origin};
pub use frames::{Column, Table, key_of, tables};
pub use grid::Grid;
pub use list::list;
pub use measure::Measure;
pub use period::Every;
pub use report::Report;
pub use select::Selection;
pub use sheet::{Answer, Chart, Heading, Kind, Shape, Sheet, Value};
pub use store::{check_version, write_tables};
pub use words::in_words;

/// A table that cannot be written, read or counted.
#[derive(Debug, Error)]
pub enum TableError {
    /// A file cannot be opened or created.
    #[error(
        "cannot open the table {path}: {source}; rebuild the tables with `casebook run --rebuild`"
    )]
    File {
        /// Its path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Another version of the program wrote them.
    #[error(
        "the tables in {folder} have version {found} of their schema, and this casebook reads {}; rebuild \
         them with `casebook run --rebuild`",
        SCHEMA_VERSION
    )]
    OtherSchema {
        /// Their folder.
        folder: String,
        /// The version that they state.
        found: String,
    },
    /// The engine reports a fault.
    #[error("the tables cannot be used: {0}; rebuild them with `casebook run --rebuild`")]
    Engine(#[from] polars::error::PolarsError),
    /// A file cannot be made of them.
    #[error("cannot write the table: {0}")]
    Write(String),
}
