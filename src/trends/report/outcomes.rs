//! What the same failure led to: reprimand, penalty or notice.

use polars::prelude::*;

use super::{by_count, counts, tallied, texts};
use crate::model::ActionType;
use crate::trends::{
    Chart, Dimension, Heading, Kind, Measure, Shape, Sheet, TableError, rules,
    select::{Selection, join_left},
    shares,
};

/// The table: one row a category and kind of action.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let counted = counted(selection, &[Dimension::Category, Dimension::Action])?;
    let of = tallied(selection, &[Dimension::Category], &[Measure::Cases])?;
    let of = of.select([col("category"), col("cases").alias("of")]);
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

/// In how many cases an action followed, and with what penalty.
pub fn counted(selection: Selection<'_>, by: &[Dimension]) -> Result<LazyFrame, TableError> {
    tallied(selection, by, &[Measure::Cases, Measure::PenaltyMedian])
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
