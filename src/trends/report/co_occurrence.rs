//! Which failures go together.

use polars::prelude::*;

use super::{categories, counts, number, texts};
use crate::model::Filter;
use crate::trends::{
    Chart, Heading, Kind, Measure, Shape, Sheet, TableError, rules,
    select::{Selection, join, join_left},
    shares,
};

/// The table: one row an ordered pair of categories that occur together.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let all = selection.cases()?.collect()?.height();
    // The filter chooses cases; with one category, all that goes with it is of interest.
    let any = Filter { categories: Vec::new(), ..selection.filter.clone() };
    let rows = Selection { filter: &any, ..selection };
    let found = rows.links(selection.cases()?, &[crate::trends::Dimension::Category])?;
    let found = found.select([col("case"), col("category")]).collect()?.lazy();
    let first = categories(selection)?.select([col("case"), col("category")]);
    let pairs = join(first, found.clone().rename(["category"], ["with"], true), &["case"])
        .filter(col("category").neq(col("with")))
        .group_by([col("category"), col("with")])
        .agg([number("cases")]);
    let size = |name: &str, count: &str| {
        found.clone().group_by([col("category")]).agg([number(count)]).rename(
            ["category"],
            [name],
            true,
        )
    };
    let pairs = join_left(pairs, size("category", "of"), &["category"]);
    let pairs = join_left(pairs, size("with", "with_alone"), &["with"]);
    let lift = col("cases").cast(DataType::Float64) * lit(all as f64)
        / (col("of").cast(DataType::Float64) * col("with_alone").cast(DataType::Float64));
    let columns = ["category", "with", "cases", "with_alone", "lift", "of"].map(col);
    // What goes with one failure stands together, the commonest failure first.
    let order =
        SortMultipleOptions::default().with_order_descending_multi([true, false, true, false]);
    let pairs = pairs.with_column(lift.alias("lift"));
    let frame = pairs.sort(["of", "category", "cases", "with"], order);
    Ok(Sheet {
        name: "co-occurrence",
        title: "Which failures go together".to_owned(),
        headings: [
            texts(&["category", "with"]),
            counts(&["cases"]),
            vec![
                Heading { name: "with_alone".into(), title: "cases of the second".into(), kind: Kind::Count },
                Heading::new("lift", Kind::Factor),
            ],
            shares::headings(),
        ]
        .concat(),
        frame: shares::add(frame.select(columns).collect()?, "cases")?,
        labels: 2,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            "A share is the part of the cases with the first failure that have the second too.".to_owned(),
            "Lift is how many times more often both occur together than they would if they had nothing to \
             do with each other: 1 is chance. Of few cases it means little."
                .to_owned(),
            rules::SHARE.to_owned(),
        ],
        chart: Some(Chart { shape: Shape::Heat, measure: "cases".to_owned() }),
    })
}
