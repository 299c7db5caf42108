//! The numbers of every combination of values: cases, then actions and findings beside them.

use std::collections::BTreeSet;

use polars::prelude::*;

use super::{
    Dimension, Measure, TableError,
    dimension::Origin,
    select::{Selection, join, join_left},
};

/// The numbers of every combination of keys.
pub fn aggregate(
    selection: Selection<'_>,
    cases: LazyFrame,
    by: &[Dimension],
    keys: &[&str],
    measures: &[Measure],
) -> Result<LazyFrame, TableError> {
    let links = selection.links(cases, by)?.with_column(lit(1i32).alias(ALL));
    let links = links.collect()?.lazy();
    let keys: Vec<&str> = keys.iter().copied().chain([ALL]).collect();
    let mut counts = grouped(links.clone(), &keys).agg(case_measures());
    if measures.iter().any(|m| m.is_penalty() || *m == Measure::Actions) {
        let actions = rows(selection, links.clone(), Origin::Actions, by, &keys)?;
        counts = join_left(counts, grouped(actions, &keys).agg(action_measures()), &keys);
    }
    if measures.contains(&Measure::Findings) {
        let findings = rows(selection, links, Origin::Findings, by, &keys)?;
        counts = join_left(counts, grouped(findings, &keys).agg(finding_measures()), &keys);
    }
    Ok(counts)
}

/// The rows of a table that belong to the cases and values of each row of `links`.
fn rows(
    selection: Selection<'_>,
    links: LazyFrame,
    origin: Origin,
    by: &[Dimension],
    keys: &[&str],
) -> Result<LazyFrame, TableError> {
    let shared = by.iter().filter(|by| by.origin() == origin).map(|by| by.column());
    let on: Vec<&str> = ["case"].into_iter().chain(shared).collect();
    // The table of cases has columns of the same name as others.
    let names: BTreeSet<&str> = on.iter().chain(keys).copied().collect();
    let named = links.select(names.into_iter().map(col).collect::<Vec<_>>());
    Ok(join(named, selection.origin(origin)?, &on))
}

/// A column with one value, so that there is always something to group by.
pub const ALL: &str = "_all";

/// Groups by columns.
pub fn grouped(frame: LazyFrame, keys: &[&str]) -> LazyGroupBy {
    frame.group_by(keys.iter().map(|key| col(*key)).collect::<Vec<_>>())
}

fn case_measures() -> Vec<Expr> {
    let people = col("people_affected");
    vec![
        len().cast(DataType::Int64).alias(Measure::Cases.column()),
        col("organisation_key")
            .n_unique()
            .cast(DataType::Int64)
            .alias(Measure::Organisations.column()),
        when(people.clone().count().gt(lit(0)))
            .then(people.sum().cast(DataType::Int64))
            .otherwise(lit(NULL))
            .alias(Measure::People.column()),
    ]
}

fn action_measures() -> Vec<Expr> {
    let amount = || col("amount_gbp");
    vec![
        len().cast(DataType::Int64).alias(Measure::Actions.column()),
        amount().count().cast(DataType::Int64).alias("penalties"),
        amount().sum().cast(DataType::Int64).alias(Measure::PenaltySum.column()),
        amount().median().alias(Measure::PenaltyMedian.column()),
        amount().max().cast(DataType::Int64).alias(Measure::PenaltyMax.column()),
    ]
}

fn finding_measures() -> Vec<Expr> {
    vec![len().cast(DataType::Int64).alias(Measure::Findings.column())]
}
