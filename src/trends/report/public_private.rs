//! What the same failure led to for public and for private bodies.

use polars::prelude::*;

use super::{
    by_count, counts,
    outcomes::{counted, median, order},
    tallied, texts,
};
use crate::trends::{
    Chart, Dimension, Heading, Kind, Measure, Shape, Sheet, TableError, rules,
    select::{Selection, UNKNOWN, join, join_left},
    shares,
};

/// The table: one row a category, side and kind of action that followed the category at all.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    use Dimension::{Action, Category, Public};
    let sizes = |by: &[Dimension], name: &str| {
        let keys = by.iter().map(|by| col(by.column()));
        let columns: Vec<Expr> = keys.chain([col("cases").alias(name)]).collect();
        tallied(selection, by, &[Measure::Cases]).map(|sizes| sizes.select(columns))
    };
    let (size, of) = (sizes(&[Category], "size")?, sizes(&[Category, Public], "of")?);
    let taken = counted(selection, &[Category, Public, Action])?;
    let actions = taken.clone().group_by([col("category"), col("action")]).agg([]);
    // What never happened on one side, but on the other, has a zero.
    let told = col("public").neq(lit(UNKNOWN)).or(col("cases").is_not_null());
    let every = join(of, actions, &["category"]);
    let zeros = ["cases", "penalties"].map(|name| col(name).fill_null(lit(0i64)));
    let rows = join_left(every, taken, &["category", "public", "action"]);
    let rows = join_left(rows.filter(told), size, &["category"]).with_columns(zeros);
    let rows = rows.with_columns([side().alias("side"), order().alias("order")]);
    let columns =
        ["category", "public", "action", "cases", "penalties", "penalty_median_gbp", "of"].map(col);
    let frame = by_count(rows, "size", &["category", "side", "order"]).select(columns).collect()?;
    Ok(Sheet {
        name: "public-private",
        title: "What the same failure led to, for public and for private bodies".to_owned(),
        headings: [
            texts(&["category"]),
            vec![Heading { name: "public".into(), title: "bodies".into(), kind: Kind::Text }],
            texts(&["action"]),
            counts(&["cases", "penalties"]),
            median(),
            shares::headings(),
        ]
        .concat(),
        frame: shares::add(frame, "cases")?,
        labels: 3,
        rules: rules(),
        chart: Some(Chart { shape: Shape::Compared, measure: "cases".to_owned() }),
    })
}

fn rules() -> Vec<String> {
    vec![
        Measure::Cases.rule().to_owned(),
        "A share is the part of the cases of public, or of private, bodies with this failure in which this \
         kind of action was taken; one case can have several, so that shares add up to more than 100 %. \
         0 is written where only other bodies had it. What differs may have other reasons: other failures of \
         the same case, the size of the body, or that the ICO has mostly reprimanded and not fined public \
         bodies since June 2022."
            .to_owned(),
        Measure::PenaltyMedian.rule().to_owned(),
        rules::SHARE.to_owned(),
    ]
}

/// Public before private before unknown.
fn side() -> Expr {
    when(col("public").eq(lit("public")))
        .then(lit(0i32))
        .when(col("public").eq(lit(UNKNOWN)))
        .then(lit(2i32))
        .otherwise(lit(1i32))
}
