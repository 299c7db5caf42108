//! The cases behind the numbers of a table.

use polars::prelude::*;

use super::{
    Heading, Kind, Question, Sheet, TableError,
    select::{Selection, UNKNOWN},
};

/// What names a case, behind the labels of its row.
pub const NAMED_BY: [&str; 4] = ["case", "organisation", "date", "title"];

/// One row for each case in each row of the table that [`super::count`] makes of the same question.
///
/// # Errors
/// The tables are missing or damaged.
pub fn list(selection: Selection<'_>, question: &Question) -> Result<Sheet, TableError> {
    let base = question.base(selection.filter);
    let mut cases = Selection { filter: &base, ..selection }.cases()?;
    if let Some(every) = question.every {
        cases = cases.filter(col(every.column()).is_not_null());
    }
    let mut columns = question.labels();
    let labels = columns.len();
    columns.extend(NAMED_BY.into_iter().filter(|name| !columns.contains(name)).collect::<Vec<_>>());
    let order = [&columns[..labels], &["case"]].concat();
    let frame = selection
        .links(cases, &question.by)?
        .with_column(col("date").fill_null(lit(UNKNOWN)))
        .sort(order, SortMultipleOptions::default())
        .select(columns.iter().map(|name| col(*name)).collect::<Vec<_>>())
        .collect()?;
    Ok(Sheet {
        name: "cases",
        title: format!("The cases behind: {}", question.title()),
        headings: columns.iter().map(|name| Heading::new(name, Kind::Text)).collect(),
        frame,
        labels,
        rules: super::rules::of_rows(question),
        chart: None,
    })
}
