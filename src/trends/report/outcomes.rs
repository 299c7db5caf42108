//! What the same failure led to: reprimand, penalty or notice.

use polars::prelude::*;

use super::{by_count, categories, counts, number, texts};
use crate::model::ActionType;
use crate::trends::{
    Chart, Heading, Kind, Measure, Shape, Sheet, TableError,
    dimension::Origin,
    rules,
    select::{Selection, join, join_left},
    shares,
};

/// The table: one row a category and kind of action.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let found = categories(selection)?.select([col("case"), col("category")]).collect()?.lazy();
    let of = found.clone().group_by([col("category")]).agg([number("of")]);
    let counted = counted(selection, found, &["category"])?;
    let columns = ["category", "action", "cases", "penalties", "penalty_median_gbp", "of"].map(col);
    let joined = join_left(counted, of, &["category"]).with_column(order().alias("order"));
    let sorted = by_count(joined, "of", &["category", "order"]).select(columns);
    let rule = "A share is the part of the cases with this failure in which this kind of action was taken; \
                one case can have several, so that shares add up to more than 100 %. Other failures in the \
                same case may have led to it. `--report public-private` tells public and private bodies \
                apart.";
    Ok(Sheet {
        name: "outcomes",
        title: "What the same failure led to".to_owned(),
        headings: [
            texts(&["category", "action"]),
            counts(&["cases", "penalties"]),
            median(),
            shares::headings(),
        ]
        .concat(),
        frame: shares::add(sorted.collect()?, "cases")?,
        labels: 2,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            rule.to_owned(),
            Measure::PenaltyMedian.rule().to_owned(),
            rules::SHARE.to_owned(),
        ],
        chart: Some(Chart { shape: Shape::Stacked, measure: "cases".to_owned() }),
    })
}

/// In how many cases an action followed, by other keys and kind of action, and with what penalty.
pub fn counted(
    selection: Selection<'_>,
    found: LazyFrame,
    keys: &[&str],
) -> Result<LazyFrame, TableError> {
    let taken = join(found, selection.origin(Origin::Actions)?, &["case"]);
    let keys: Vec<Expr> = keys.iter().chain(&["action"]).map(|key| col(*key)).collect();
    let amount = || col("amount_gbp");
    Ok(taken.group_by(keys).agg([
        number("cases"),
        amount().count().cast(DataType::Int64).alias("penalties"),
        amount().median().alias("penalty_median_gbp"),
    ]))
}

/// The heading of the median penalty.
pub fn median() -> Vec<Heading> {
    vec![Heading {
        name: "penalty_median_gbp".into(),
        title: "penalty, median".into(),
        kind: Kind::Pounds,
    }]
}

/// The place of an action in the order in which tables list them.
pub fn order() -> Expr {
    let places = (0i32..).zip(ActionType::ALL);
    places.fold(lit(99i32), |rest, (place, action)| {
        when(col("action").eq(lit(action.id()))).then(lit(place)).otherwise(rest)
    })
}
