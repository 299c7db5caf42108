//! Cases as tidy tables, and counts over them by any dimension and period.

mod count;
mod dimension;
mod frames;
mod store;

use thiserror::Error;

pub use count::{TrendRow, Trends, count};
pub use dimension::{Dimension, Every};
pub use frames::{Column, Table, tables};
pub use store::write_tables;

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
    /// The engine reports a fault.
    #[error("the tables cannot be used: {0}; rebuild them with `casebook run --rebuild`")]
    Engine(#[from] polars::error::PolarsError),
}
