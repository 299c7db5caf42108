//! Cases, penalties and the commonest failure by sector.

use polars::prelude::*;

use super::{by_count, counts, tallied, texts};
use crate::trends::{
    Chart, Dimension, Measure, Question, Shape, Sheet, TableError, count,
    select::{Selection, join, join_left},
};

/// The table.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let measures = vec![Measure::Cases, Measure::Actions, Measure::PenaltySum];
    let question =
        Question { by: vec![Dimension::Sector], measures, share: true, ..Question::default() };
    let counted = count(selection, &question)?;
    let commonest = commonest(selection)?;
    let names: Vec<Expr> =
        counted.headings.iter().map(|heading| col(heading.name.as_str())).collect();
    let joined = join_left(counted.frame.lazy(), commonest, &["sector"]);
    let columns = [names, vec![col("commonest_failure"), col("in_cases")]].concat();
    let frame = by_count(joined, "cases", &["sector"]).select(columns).collect()?;
    let more = [texts(&["commonest_failure"]), counts(&["in_cases"])].concat();
    let rule = "The commonest failure is the category found in most cases of the sector, the first by \
                name where several are; `in cases` says in how many.";
    Ok(Sheet {
        name: "sectors",
        title: "Cases, penalties and commonest failure by sector".to_owned(),
        headings: [counted.headings, more].concat(),
        frame,
        labels: 1,
        rules: [counted.rules, vec![rule.to_owned()]].concat(),
        chart: Some(Chart { shape: Shape::Bars, measure: "cases".to_owned() }),
    })
}

/// Each case of a sector, and again those in which its commonest failure was found.
pub fn links(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let cases = selection.cases()?.collect()?.lazy();
    let by_sector = selection.links(cases.clone(), &[Dimension::Sector])?;
    let by_failure = selection.links(cases, &[Dimension::Sector, Dimension::Category])?;
    let commonest =
        commonest(selection)?.select([col("sector"), col("commonest_failure").alias("category")]);
    let found = join(by_failure, commonest, &["sector", "category"]);
    let counted = [(by_sector, "cases"), (found, "in_cases")].map(|(links, number)| {
        links.select([col("sector"), lit(number).alias("number"), col("case")])
    });
    Ok(concat(counted, UnionArgs::default())?)
}

/// For each sector the category found in most of its cases.
fn commonest(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let by = [Dimension::Sector, Dimension::Category];
    let pairs = tallied(selection, &by, &[Measure::Cases])?;
    let pairs = pairs.select([col("sector"), col("category"), col("cases").alias("in_cases")]);
    let sorted = by_count(pairs, "in_cases", &["sector", "category"]);
    Ok(sorted
        .group_by_stable([col("sector")])
        .agg([col("category").first().alias("commonest_failure"), col("in_cases").first()]))
}
