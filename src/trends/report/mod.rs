//! Reports with a name: one file each.

mod co_occurrence;
mod coverage;
mod failures;
mod lag;
mod listed;
mod outcomes;
mod public_private;
mod repeat;
mod sectors;

use clap::ValueEnum;
use polars::prelude::*;

use super::{
    Dimension, Heading, Kind, Measure, Sheet, TableError,
    aggregate::{aggregate, needed},
    select::Selection,
};

/// A question that is asked again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// Cases, penalties and commonest failure by sector
    Sectors,
    /// Every failure: in how many cases, and in what share of them
    Failures,
    /// What the same failure led to: reprimand, penalty or notice
    Outcomes,
    /// The same for public and for private bodies
    PublicPrivate,
    /// Which failures go together, with lift
    CoOccurrence,
    /// Organisations acted against again
    Repeat,
    /// Days from the incident to the action
    Lag,
    /// What the corpus holds by year, and what is missing
    Coverage,
}

impl Report {
    /// Makes the table.
    ///
    /// # Errors
    /// The tables are missing or damaged.
    pub fn sheet(self, selection: Selection<'_>) -> Result<Sheet, TableError> {
        match self {
            Self::Sectors => sectors::sheet(selection),
            Self::Failures => failures::sheet(selection),
            Self::Outcomes => outcomes::sheet(selection),
            Self::PublicPrivate => public_private::sheet(selection),
            Self::CoOccurrence => co_occurrence::sheet(selection),
            Self::Repeat => repeat::sheet(selection),
            Self::Lag => lag::sheet(selection),
            Self::Coverage => coverage::sheet(selection),
        }
    }
}

/// The numbers by some dimensions over the cases that pass.
fn tallied(
    selection: Selection<'_>,
    by: &[Dimension],
    measures: &[Measure],
) -> Result<LazyFrame, TableError> {
    let labels: Vec<&str> = by.iter().map(|by| by.column()).collect();
    let cases = selection.cases_with(&needed(by, &labels, measures))?.collect()?;
    Ok(aggregate(selection, &cases, by, &labels, measures)?.lazy())
}

/// The number of cases, under a name.
fn number(name: &str) -> Expr {
    len().cast(DataType::Int64).alias(name)
}

/// Rows in a fixed order: by a count, the greatest first, then by name.
fn by_count(frame: LazyFrame, count: &str, names: &[&str]) -> LazyFrame {
    let order = [&[count], names].concat();
    let descending: Vec<bool> = order.iter().map(|column| *column == count).collect();
    frame.sort(order, SortMultipleOptions::default().with_order_descending_multi(descending))
}

fn texts(names: &[&str]) -> Vec<Heading> {
    names.iter().map(|name| Heading::new(name, Kind::Text)).collect()
}

fn counts(names: &[&str]) -> Vec<Heading> {
    names.iter().map(|name| Heading::new(name, Kind::Count)).collect()
}
