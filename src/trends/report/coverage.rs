//! What the corpus holds by year, and what is missing.

use polars::prelude::*;

use super::texts;
use crate::trends::{
    Chart, Heading, Kind, Measure, Shape, Sheet, TableError,
    select::{Selection, UNKNOWN, join_left},
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

/// What each column counts, of the cases that [`told`] gives.
fn conditions() -> [(&'static str, Expr); 9] {
    let has = |column: &str| col(column).is_not_null();
    [
        ("cases", has("case")),
        ("with_official_text", has("official")),
        ("with_register_page", has("page_url")),
        ("with_notice_hash", has("pdf_sha256")),
        ("dated_to_the_month", has("quarter")),
        ("with_incident_date", has("lag_days")),
        ("with_people_affected", has("people_affected")),
        ("without_finding", col("findings").eq(lit(0u64))),
        ("penalty_of_unknown_amount", has("lacking")),
    ]
}

/// The cases with their year, and whether they have an official text or a penalty that lacks its amount.
fn told(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let cases = selection.cases_with(&READ)?.with_column(col("year").fill_null(lit(UNKNOWN)));
    let official = scan(selection.folder, "documents", &["case", "kind"])?
        .filter(col("kind").neq(lit("digest")));
    let lacking = scan(selection.folder, "actions", &["case", "action", "amount_gbp"])?
        .filter(col("action").eq(lit("monetary-penalty")).and(col("amount_gbp").is_null()));
    let marked = |rows: LazyFrame, mark: &str| {
        rows.group_by([col("case")]).agg([lit(true).first().alias(mark)])
    };
    let cases = join_left(cases, marked(official, "official"), &["case"]);
    Ok(join_left(cases, marked(lacking, "lacking"), &["case"]).collect()?.lazy())
}

/// Each case with each number that it is counted in.
pub fn links(selection: Selection<'_>) -> Result<LazyFrame, TableError> {
    let told = told(selection)?;
    let counted = conditions().map(|(name, counts)| {
        let number = lit(name).alias("number");
        told.clone().filter(counts).select([col("year"), number, col("case")])
    });
    Ok(concat(counted, UnionArgs::default())?)
}

/// The table: one row a year.
pub fn sheet(selection: Selection<'_>) -> Result<Sheet, TableError> {
    let numbers = conditions()
        .map(|(name, counts)| counts.sum().cast(DataType::Int64).fill_null(lit(0i64)).alias(name));
    let columns = [col("year")].into_iter().chain(COLUMNS.map(|(name, _)| col(name)));
    let frame = told(selection)?
        .group_by([col("year")])
        .agg(numbers)
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
