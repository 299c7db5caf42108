//! The tables: tidy and long, one row a case, action, organisation, finding,
//! provision, document or period.
//!
//! Each column is described where it is filled, so that the data dictionary cannot drift from it.

mod actions;
mod cases;
mod documents;
mod findings;
mod organisation_key;
mod organisations;
mod periods;
mod provisions;

pub use organisation_key::key_of;

use jiff::civil::Date;
use polars::prelude::{DataFrame, DataType, IntoColumn as _, NamedFrom as _, PolarsResult, Series};

use crate::{model::Case, taxonomy::Taxonomy};

/// A table with its name and what one row of it is.
pub struct Table {
    /// File name without ending.
    pub name: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// The columns that together are different in every row; empty where rows can be alike.
    pub key: &'static [&'static str],
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column with its description.
pub struct Column {
    /// What it holds, with its unit.
    pub meaning: &'static str,
    /// The values.
    pub values: Series,
}

impl Table {
    /// The values alone.
    ///
    /// # Errors
    /// Never: all columns have one value a row.
    pub fn frame(&self) -> PolarsResult<DataFrame> {
        DataFrame::new_infer_height(
            self.columns.iter().map(|c| c.values.clone().into_column()).collect(),
        )
    }
}

/// All tables over the cases.
///
/// # Errors
/// Never for dates that a [`crate::model::PartialDate`] can hold.
pub fn tables(cases: &[Case], taxonomy: &Taxonomy) -> PolarsResult<Vec<Table>> {
    Ok(vec![
        cases::case_table(cases)?,
        actions::action_table(cases),
        organisations::organisation_table(cases),
        findings::finding_table(cases, taxonomy),
        provisions::provision_table(cases),
        documents::document_table(cases),
        periods::period_table(cases)?,
    ])
}

fn text<'a, T: Into<Option<&'a str>>>(
    name: &str,
    meaning: &'static str,
    values: impl Iterator<Item = T>,
) -> Column {
    let values: Vec<Option<&str>> = values.map(Into::into).collect();
    Column { meaning, values: Series::new(name.into(), values) }
}

fn texts(
    name: &str,
    meaning: &'static str,
    values: impl Iterator<Item = Option<String>>,
) -> Column {
    Column { meaning, values: Series::new(name.into(), values.collect::<Vec<_>>()) }
}

fn number(name: &str, meaning: &'static str, values: impl Iterator<Item = Option<u64>>) -> Column {
    Column { meaning, values: Series::new(name.into(), values.collect::<Vec<_>>()) }
}

fn day(
    name: &str,
    meaning: &'static str,
    days: impl Iterator<Item = Option<Date>>,
) -> PolarsResult<Column> {
    let days: Vec<Option<i32>> = days.map(|day| day.map(days_since_epoch)).collect();
    Ok(Column { meaning, values: Series::new(name.into(), days).cast(&DataType::Date)? })
}

/// How tables count days: from 1 January 1970.
pub fn days_since_epoch(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}
