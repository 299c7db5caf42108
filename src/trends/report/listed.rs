//! The cases behind the numbers of a report.

use polars::prelude::*;

use super::{Report, co_occurrence, coverage, lag, repeat, sectors, texts};
use crate::trends::{
    Dimension, Sheet, TableError,
    list::NAMED_BY,
    select::{Selection, UNKNOWN, join},
};

impl Report {
    /// One row for each case in each row of the report; `number` is the column that counts it.
    ///
    /// # Errors
    /// The tables are missing or damaged.
    pub fn list(self, selection: Selection<'_>) -> Result<Sheet, TableError> {
        let links = match self {
            Self::Sectors => sectors::links(selection)?,
            Self::Failures => by(selection, &[Dimension::Group, Dimension::Category])?,
            Self::Outcomes => by(selection, &[Dimension::Category, Dimension::Action])?,
            Self::PublicPrivate => {
                by(selection, &[Dimension::Category, Dimension::Public, Dimension::Action])?
            }
            Self::CoOccurrence => as_cases(co_occurrence::links(selection)?),
            Self::Repeat => as_cases(repeat::links(selection)?),
            Self::Lag => as_cases(lag::links(selection)?),
            Self::Coverage => coverage::links(selection)?,
        };
        named(selection, links, &self.sheet(selection)?)
    }
}

/// Each case with its values of some dimensions.
fn by(selection: Selection<'_>, by: &[Dimension]) -> Result<LazyFrame, TableError> {
    Ok(as_cases(selection.links(selection.cases()?, by)?))
}

/// Links that the column `cases` counts.
fn as_cases(links: LazyFrame) -> LazyFrame {
    links.with_column(lit("cases").alias("number"))
}

/// The links with what names their cases, for the rows of a report.
fn named(selection: Selection<'_>, links: LazyFrame, report: &Sheet) -> Result<Sheet, TableError> {
    let labels = report.headings[..report.labels].iter().map(|heading| heading.name.as_str());
    let labels: Vec<&str> = labels.collect();
    let others: Vec<&str> = NAMED_BY.into_iter().filter(|name| !labels.contains(name)).collect();
    let keys = [&labels[..], &["number", "case"]].concat();
    let columns = [&labels[..], &["number"], &others[..]].concat();
    let select = |names: &[&str]| names.iter().map(|name| col(*name)).collect::<Vec<_>>();
    let cases = selection.cases_with(&NAMED_BY)?.select(select(&others));
    let frame = join(links.select(select(&keys)), cases, &["case"])
        .with_column(col("date").fill_null(lit(UNKNOWN)))
        .sort(keys, SortMultipleOptions::default())
        .select(select(&columns))
        .collect()?;
    Ok(Sheet {
        name: report.name,
        title: format!("The cases behind: {}", report.title),
        headings: texts(&columns),
        frame,
        labels: labels.len() + 1,
        rules: report.rules.clone(),
        chart: None,
    })
}
