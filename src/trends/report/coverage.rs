//! What the corpus holds by year, and what is missing.

use polars::prelude::*;

use super::{number, texts};
use crate::trends::{
    Chart, Heading, Kind, Measure, Shape, Sheet, TableError,
    select::{Selection, UNKNOWN, join, join_left},
    store::scan,
};

/// Columns with what a reader sees.
const COLUMNS: [(&str, &str); 9] = [
    ("cases", "cases"),
    ("with_official_text", "official text"),
    ("with_register_page", "ICO page"),
    ("with_notice_hash", "notice hash"),
    ("dated_to_the_month", "month known"),
    ("with_incident_date", "incident date"),
    ("with_people_affected", "people affected"),
    ("without_finding", "no finding"),
    ("penalty_of_unknown_amount", "penalty unknown"),
];

/// The columns of cases that tell it.
const READ: [&str; 8] = [
    "case", "year", "quarter", "page_url", "pdf_sha256", "people_affected", "lag_days", "findings",
];

/// The table: one row a year.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let cases = selection
        .cases_with(&READ)?
        .with_column(col("year").fill_null(lit(UNKNOWN)))
        .collect()?
        .lazy();
    let with = |column: &str, name: &str| col(column).count().cast(DataType::Int64).alias(name);
    let by_year = cases.clone().group_by([col("year")]).agg([
        number("cases"),
        with("quarter", "dated_to_the_month"),
        with("page_url", "with_register_page"),
        with("pdf_sha256", "with_notice_hash"),
        with("people_affected", "with_people_affected"),
        with("lag_days", "with_incident_date"),
        col("findings").eq(lit(0u64)).sum().cast(DataType::Int64).alias("without_finding"),
    ]);
    let official = scan(selection.folder, "documents", &["case", "kind"])?
        .filter(col("kind").neq(lit("digest")));
    let official = join(cases.clone().select([col("case"), col("year")]), official, &["case"])
        .group_by([col("year")])
        .agg([col("case").n_unique().cast(DataType::Int64).alias("with_official_text")]);
    let penalties = scan(selection.folder, "actions", &["case", "action", "amount_gbp"])?
        .filter(col("action").eq(lit("monetary-penalty")).and(col("amount_gbp").is_null()));
    let penalties = join(cases.select([col("case"), col("year")]), penalties, &["case"])
        .group_by([col("year")])
        .agg([number("penalty_of_unknown_amount")]);
    let joined = join_left(join_left(by_year, official, &["year"]), penalties, &["year"]);
    let columns =
        [col("year")].into_iter().chain(COLUMNS.map(|(name, _)| col(name).fill_null(lit(0i64))));
    let frame = joined
        .sort(["year"], SortMultipleOptions::default())
        .select(columns.collect::<Vec<_>>())
        .collect()?;
    Ok(Sheet {
        name: "coverage",
        title: "What the corpus holds by year".to_owned(),
        headings: texts(&["year"]).into_iter().chain(COLUMNS.map(heading)).collect(),
        frame,
        labels: 1,
        rules: vec![
            Measure::Cases.rule().to_owned(),
            "Columns count the cases of which the corpus has that: the official text itself, the address of \
             the page on the ICO's site, the SHA-256 of the notice, a date known to the month, the date of \
             the incident, the number of people affected; in the end those in which no failure was found, \
             and those with a penalty whose amount no source gives. A case without official text is told \
             by a digest in our own words."
                .to_owned(),
        ],
        chart: Some(Chart { shape: Shape::Ordered, measure: "cases".to_owned() }),
    })
}

fn heading((name, title): (&str, &str)) -> Heading {
    Heading { name: name.to_owned(), title: title.to_owned(), kind: Kind::Count }
}
