//! Which failures go together.

use polars::prelude::*;

use super::{counts, texts};
use crate::model::Filter;
use crate::trends::{
    Chart, Heading, Kind, Measure, Shape, Sheet, TableError,
    dimension::Origin,
    rules,
    select::{Selection, any_of, join},
    shares,
    values::Values,
};

/// The table: one row an ordered pair of categories that occur together.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let cases = selection.cases_with(&["case"])?.collect()?;
    let pairs = pairs(selection, &cases)?.lazy();
    let lift = col("cases").cast(DataType::Float64) * lit(cases.height() as f64)
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

/// Each case with each ordered pair of categories found in it.
pub fn links(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let found = join(found(selection)?, selection.cases_with(&["case"])?, &["case"]);
    let found = found.group_by(["case", "category"].map(col)).agg([]).collect()?.lazy();
    let second = found.clone().select([col("case"), col("category").alias("with")]);
    let asked = any_of("category", &selection.filter.categories).unwrap_or_else(|| lit(true));
    let pairs = join(found.filter(asked), second, &["case"]);
    Ok(pairs.filter(col("category").neq(col("with"))).select(["category", "with", "case"].map(col)))
}

/// What was found. The filter chooses cases; with one category, all that goes with it is of interest.
fn found(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let any = Filter { categories: Vec::new(), ..selection.filter.clone() };
    Selection { filter: &any, ..selection }.origin_with(Origin::Findings, &["category"])
}

/// Pairs of categories with the cases that have both, the first, and the second.
fn pairs(selection: Selection<'_>, cases: &DataFrame) -> Result<DataFrame, TableError> {
    let found = found(selection)?.collect()?;
    let found = Values::of(&found, &["category"], cases.column("case")?.str()?)?;
    let names: Vec<&str> =
        found.names.column("category")?.str()?.iter().map(Option::unwrap_or_default).collect();
    let both = together(&found, cases.height());
    let asked = &selection.filter.categories;
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked == name);
    let places = (0..names.len()).filter(|first| is_asked(names[*first]));
    let places = places.flat_map(|first| (0..names.len()).map(move |second| (first, second)));
    let places: Vec<(usize, usize)> =
        places.filter(|(first, second)| first != second && both[*first][*second] > 0).collect();
    let texts = |name: &str, pick: fn(&(usize, usize)) -> usize| {
        let values: Vec<&str> = places.iter().map(|pair| names[pick(pair)]).collect();
        Series::new(name.into(), values).into_column()
    };
    let numbers = |name: &str, pick: fn(&(usize, usize)) -> (usize, usize)| {
        let cell = |pair| {
            let (row, column) = pick(pair);
            both[row][column]
        };
        Series::new(name.into(), places.iter().map(cell).collect::<Vec<i64>>()).into_column()
    };
    Ok(DataFrame::new_infer_height(vec![
        texts("category", |pair| pair.0),
        texts("with", |pair| pair.1),
        numbers("cases", |pair| *pair),
        numbers("of", |pair| (pair.0, pair.0)),
        numbers("with_alone", |pair| (pair.1, pair.1)),
    ])?)
}

/// In how many cases each value goes with each; with itself, in how many it is.
fn together(found: &Values, cases: usize) -> Vec<Vec<i64>> {
    let size = found.names.height();
    let mut both = vec![vec![0; size]; size];
    for case in 0..cases {
        for first in found.of_case(case) {
            for second in found.of_case(case) {
                both[first.code as usize][second.code as usize] += 1;
            }
        }
    }
    both
}
