//! Every failure: in how many cases, and in what share of them.

use polars::prelude::*;

use super::{by_count, counts, tallied, texts};
use crate::trends::{
    Chart, Dimension, Measure, Shape, Sheet, TableError, rules, select::Selection, shares,
};

/// The table.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let all = selection.cases_with(&["case"])?.collect()?.height();
    let by = [Dimension::Group, Dimension::Category];
    let counted = tallied(selection, &by, &[Measure::Cases, Measure::Organisations])?;
    let frame = by_count(counted, "cases", &["category"])
        .select([
            col("group"),
            col("category"),
            col("cases"),
            col("organisations"),
            lit(all as i64).cast(DataType::Int64).alias("of"),
        ])
        .collect()?;
    Ok(Sheet {
        name: "failures",
        title: "What failed: cases by category".to_owned(),
        headings: [texts(&["group", "category"]), counts(&["cases", "organisations"]), shares::headings()].concat(),
        frame: shares::add(frame, "cases")?,
        labels: 2,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            "A case counts once for every category found in it; only what the regulator states as a failure counts.".to_owned(),
            format!("A share is of all cases that pass the filters. {}", rules::SHARE),
        ],
        chart: Some(Chart { shape: Shape::Bars, measure: "cases".to_owned() }),
    })
}
