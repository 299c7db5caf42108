//! How long it takes from the incident to the action.

use polars::prelude::*;

use super::{counts, number, texts};
use crate::trends::{
    Chart, Measure, Shape, Sheet, TableError,
    dimension::Origin,
    select::{Selection, join},
};

/// The row of all cases.
const ALL: &str = "all cases";

/// Each case of which the days are known, by kind of action and once for all.
pub fn links(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let known = selection.cases_with(&["case", "lag_days"])?.filter(col("lag_days").is_not_null());
    let known = known.select([col("case"), col("lag_days")]).collect()?.lazy();
    let actions = selection.origin(Origin::Actions)?.select([col("case"), col("action")]);
    let columns = ["action", "case", "lag_days"].map(col);
    let by_action = join(known.clone(), actions, &["case"]).select(columns.clone());
    let all = known.with_column(lit(ALL).alias("action")).select(columns);
    Ok(concat([by_action, all], UnionArgs::default())?)
}

/// The table: one row a kind of action, and one for all cases.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let is_all = col("action").eq(lit(ALL));
    let frame = links(selection)?
        .group_by([col("action")])
        .agg(spread())
        .sort_by_exprs([is_all, col("action")], SortMultipleOptions::default())
        .collect()?;
    let numbers = [
        "cases", "days_median", "days_lower_quartile", "days_upper_quartile", "days_least",
        "days_most",
    ];
    Ok(Sheet {
        name: "lag",
        title: "Days from the incident to the action".to_owned(),
        headings: [texts(&["action"]), counts(&numbers)].concat(),
        frame,
        labels: 1,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            "Days run from the end of the incident, or from its beginning where no end is known, to the \
             date of the action. A month stands for its middle; dates known to the year only are left \
             out, and so are cases without the date of an incident."
                .to_owned(),
        ],
        chart: Some(Chart { shape: Shape::Ordered, measure: "days_median".to_owned() }),
    })
}

/// Days are never negative, so that half a day more and a cut round them.
fn spread() -> Vec<Expr> {
    let days = || col("lag_days").cast(DataType::Float64);
    let whole =
        |expression: Expr, name: &str| (expression + lit(0.5)).cast(DataType::Int64).alias(name);
    let quartile = |share: f64| days().quantile(lit(share), QuantileMethod::Linear);
    vec![
        number("cases"),
        whole(days().median(), "days_median"),
        whole(quartile(0.25), "days_lower_quartile"),
        whole(quartile(0.75), "days_upper_quartile"),
        whole(days().min(), "days_least"),
        whole(days().max(), "days_most"),
    ]
}
