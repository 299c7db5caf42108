//! Organisations acted against again.

use polars::prelude::*;

use super::{by_count, counts, number, texts};
use crate::trends::{
    Chart, Dimension, Heading, Kind, Measure, Shape, Sheet, TableError,
    aggregate::aggregate,
    select::{Selection, join, join_left},
};

/// The columns of cases that tell it.
const READ: [&str; 7] =
    ["case", "organisation_key", "organisation", "sector", "date", "date_earliest", "amount_gbp"];

/// The organisations with more than one case, with the names of their cases.
fn repeated(cases: LazyFrame) -> LazyFrame {
    cases
        .sort(["date_earliest", "case"], SortMultipleOptions::default())
        .group_by_stable([col("organisation_key")])
        .agg([
            col("organisation").last(),
            col("sector").last(),
            number("cases"),
            col("date").first().alias("first"),
            col("date").last().alias("last"),
            col("amount_gbp").sum().cast(DataType::Int64).alias("penalty_sum_gbp"),
            col("case").alias("case_names"),
        ])
        .filter(col("cases").gt(lit(1)))
}

/// Each of their cases.
pub fn links(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let cases = selection.cases_with(&READ)?.collect()?.lazy();
    let keys =
        repeated(cases.clone()).select(["organisation_key", "organisation", "sector"].map(col));
    let cases = cases.select(["organisation_key", "case"].map(col));
    Ok(join(keys, cases, &["organisation_key"]).select(["organisation", "sector", "case"].map(col)))
}

/// The table: one row an organisation with more than one case.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let cases = selection.cases_with(&READ)?.collect()?;
    let repeated = repeated(cases.clone().lazy());
    let labels = ["organisation_key", "category"];
    let measures = [Measure::Cases];
    let again = aggregate(selection, &cases, &[Dimension::Category], &labels, &measures)?
        .lazy()
        .filter(col("cases").gt(lit(1)))
        .sort(["category"], SortMultipleOptions::default())
        .group_by_stable([col("organisation_key")])
        .agg([col("category").alias("same_failure")]);
    let listed = |name: &str| col(name).list().join(lit("; "), true).alias(name);
    let columns = ["organisation", "sector", "cases", "first", "last", "penalty_sum_gbp"].map(col);
    let joined = join_left(repeated, again, &["organisation_key"]);
    let frame = by_count(joined, "cases", &["organisation"])
        .select([columns.to_vec(), vec![listed("same_failure"), listed("case_names")]].concat())
        .collect()?;
    Ok(Sheet {
        name: "repeat",
        title: "Organisations acted against again".to_owned(),
        headings: [
            texts(&["organisation", "sector"]),
            counts(&["cases"]),
            texts(&["first", "last"]),
            vec![Heading { name: "penalty_sum_gbp".into(), title: "penalties, sum".into(), kind: Kind::Pounds }],
            texts(&["same_failure", "case_names"]),
        ]
        .concat(),
        frame,
        labels: 2,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            Measure::Organisations.rule().to_owned(),
            "`same failure` names the categories found in more than one case of the organisation. Bodies \
             that were renamed or merged are not recognised as one."
                .to_owned(),
        ],
        chart: Some(Chart { shape: Shape::Bars, measure: "cases".to_owned() }),
    })
}
