//! The cases behind the numbers of a report.

use polars::prelude::*;

use super::{Report, co_occurrence, coverage, lag, repeat, sectors, texts};
use crate::trends::{
    Dimension, Sheet, TableError,
    select::{Selection, UNKNOWN, join},
};

/// What names a case, behind the labels of its row.
const NAMED_BY: [&str; 4] = ["case", "organisation", "date", "title"];

impl Report {
    /// One row for each case in each row of the report; `number` is the column that counts it.
    ///
    /// # Errors
    /// The tables are missing or damaged.
    pub fn list(self, selection: Selection<'_>) -> Result<Sheet, TableError> {
        let links = match self {
            Self::Sectors => sectors::links(selection),
            Self::Failures => by(selection, &[Dimension::Group, Dimension::Category]),
            Self::Outcomes => by(selection, &[Dimension::Category, Dimension::Action]),
            Self::PublicPrivate => {
                by(selection, &[Dimension::Category, Dimension::Public, Dimension::Action])
            }
            Self::CoOccurrence => co_occurrence::links(selection),
            Self::Repeat => repeat::links(selection),
            Self::Lag => lag::links(selection),
            Self::Coverage => coverage::links(selection),
        }?;
        let report = self.sheet(selection)?;
        let labels = report.headings[..report.labels].iter().map(|heading| heading.name.clone());
        named(selection, links, labels.collect(), &report)
    }
}

/// Each case with its values of some dimensions.
fn by(selection: Selection<'_>, by: &[Dimension]) -> Result<LazyFrame, TableError> {
    selection.links(selection.cases()?, by)
}

/// The links with what names their cases.
fn named(
    selection: Selection<'_>,
    links: LazyFrame,
    labels: Vec<String>,
    report: &Sheet,
) -> Result<Sheet, TableError> {
    let links = links.collect()?;
    let has_number = links.schema().contains("number");
    let number = if has_number { col("number") } else { lit("cases").alias("number") };
    let mut columns = [labels.clone(), vec!["number".to_owned()]].concat();
    let own: Vec<Expr> = labels.iter().map(|label| col(label.as_str())).collect();
    let links = links.lazy().select([own, vec![number, col("case")]].concat());
    let others = NAMED_BY.into_iter().filter(|name| !labels.iter().any(|label| label == name));
    columns.extend(others.map(str::to_owned));
    let names: Vec<Expr> = NAMED_BY
        .into_iter()
        .filter(|name| *name == "case" || columns.iter().any(|column| column == name))
        .filter(|name| !labels.iter().any(|label| label == name))
        .map(col)
        .collect();
    let cases = selection.cases_with(&NAMED_BY)?.select(names);
    let order: Vec<&str> =
        columns[..=labels.len()].iter().map(String::as_str).chain(["case"]).collect();
    let frame = join(links, cases, &["case"])
        .with_column(col("date").fill_null(lit(UNKNOWN)))
        .sort(order, SortMultipleOptions::default())
        .select(columns.iter().map(|name| col(name.as_str())).collect::<Vec<_>>())
        .collect()?;
    let headings: Vec<&str> = columns.iter().map(String::as_str).collect();
    Ok(Sheet {
        name: report.name,
        title: format!("The cases behind: {}", report.title),
        headings: texts(&headings),
        frame,
        labels: labels.len() + 1,
        rules: report.rules.clone(),
        chart: None,
    })
}
