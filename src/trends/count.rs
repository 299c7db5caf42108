//! Counting actions, cases and organisations by dimensions and periods.

use std::path::Path;

use jiff::civil::Date;
use polars::prelude::*;
use serde::Serialize;

use super::{Dimension, Every, TableError, frames::days_since_epoch, store::scan};
use crate::{
    index::organisation_words,
    model::{Filter, PartialDate},
};

/// A table of counts.
#[derive(Debug, Clone)]
pub struct Trends {
    /// The rows, typed.
    pub rows: Vec<TrendRow>,
    /// The same as a frame, for Parquet.
    pub frame: DataFrame,
    /// Cases that pass the filter.
    pub cases: usize,
    /// Of those, the cases that no period holds, since too little of their date is known.
    pub without_period: usize,
}

/// One row: the values of the dimensions, the period, and the counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendRow {
    /// Values of the dimensions, in their order.
    pub values: Vec<String>,
    /// The period, where the table has periods.
    pub period: Option<String>,
    /// Actions: a penalty and a notice to one body are two.
    pub actions: u32,
    /// Cases.
    pub cases: u32,
    /// Organisations.
    pub organisations: u32,
    /// Cases of the row, of all cases of the same period that pass the filter; from 0 to 1.
    pub share: Option<f64>,
    /// Cases more than in the period before.
    pub change: Option<i64>,
}

/// Counts the cases that pass a filter. Every value that occurs has a row for every period from the
/// first to the last, with zeros.
///
/// # Errors
/// The tables are missing or damaged.
pub fn count(
    folder: &Path,
    by: &[Dimension],
    every: Option<Every>,
    filter: &Filter,
) -> Result<Trends, TableError> {
    let selected = selected(folder, filter)?.collect()?;
    let cases = selected.height();
    let dated = match every {
        Some(every) => selected.lazy().filter(col(every.column()).is_not_null()).collect()?,
        None => selected,
    };
    let without_period = cases - dated.height();
    let names: Vec<&str> = by.iter().map(|dimension| dimension.column()).collect();
    let keys: Vec<Expr> = names.iter().copied().chain(every.map(Every::column)).map(col).collect();
    let counts = exploded(folder, dated.clone().lazy(), by)?;
    let counts = if keys.is_empty() {
        counts.select(measures())
    } else {
        counts.group_by(keys.clone()).agg(measures())
    };
    let frame = match every {
        None => with_share(counts, dated.height()),
        Some(every) => with_periods(counts, &dated, &names, every)?,
    };
    let order = if keys.is_empty() { vec![col("cases")] } else { keys };
    let frame = frame.sort_by_exprs(order, SortMultipleOptions::default()).collect()?;
    Ok(Trends { rows: rows(&frame, &names, every)?, frame, cases, without_period })
}

/// The cases that pass, with the columns that are counted or grouped by.
fn selected(folder: &Path, filter: &Filter) -> Result<LazyFrame, TableError> {
    let mut cases = scan(folder, "cases")?;
    if let Some(condition) = any_of("sector", &filter.sectors) {
        cases = cases.filter(condition);
    }
    for condition in date_conditions(filter.since, filter.until) {
        cases = cases.filter(condition);
    }
    if let Some(least) = filter.amount_min {
        cases = cases.filter(col("amount_gbp").gt_eq(lit(least)));
    }
    if let Some(greatest) = filter.amount_max {
        cases = cases.filter(col("amount_gbp").lt_eq(lit(greatest)));
    }
    let names = filter.organisations.iter().map(|name| {
        let words = organisation_words(name).into_iter();
        words
            .map(|word| col("names").str().contains_literal(lit(format!(" {word} "))))
            .fold(lit(true), Expr::and)
    });
    if let Some(condition) = names.reduce(Expr::or) {
        cases = cases.filter(condition);
    }
    if filter.without_individuals {
        cases = cases.filter(col("individual").not());
    }
    let actions: Vec<String> = filter.actions.iter().map(|action| action.id().to_owned()).collect();
    if let Some(condition) = any_of("action", &actions) {
        cases = with_member(cases, scan(folder, "actions")?.filter(condition));
    }
    if let Some(condition) = any_of("category", &filter.categories) {
        cases = with_member(cases, found(folder)?.filter(condition));
    }
    let provisions = filter.provisions.iter().map(|provision| {
        let provision = provision.to_string();
        col("provision")
            .eq(lit(provision.clone()))
            .or(col("provision").str().starts_with(lit(format!("{provision}("))))
    });
    if let Some(condition) = provisions.reduce(Expr::or) {
        cases = with_member(cases, infringed(folder)?.filter(condition));
    }
    let columns = ["case", "organisation", "organisation_key", "year", "quarter"].map(col);
    // Joins do not match what is missing, so that a case without a sector needs a name for it.
    let sector = col("sector").fill_null(lit("(unknown)"));
    Ok(cases.select([columns.to_vec(), vec![sector]].concat()))
}

fn any_of(column: &str, values: &[String]) -> Option<Expr> {
    values.iter().map(|value| col(column).eq(lit(value.clone()))).reduce(Expr::or)
}

fn date_conditions(
    since: Option<PartialDate>,
    until: Option<PartialDate>,
) -> impl Iterator<Item = Expr> {
    let day = |date: Date| lit(days_since_epoch(date)).cast(DataType::Date);
    let since = since.map(|since| col("date_latest").gt_eq(day(since.earliest())));
    let until = until.map(|until| col("date_earliest").lt_eq(day(until.latest())));
    since.into_iter().chain(until)
}

/// The cases that occur in another table.
fn with_member(cases: LazyFrame, members: LazyFrame) -> LazyFrame {
    let members = members.group_by([col("case")]).agg([]);
    cases.join(members, [col("case")], [col("case")], JoinArgs::new(JoinType::Inner))
}

fn found(folder: &Path) -> Result<LazyFrame, TableError> {
    Ok(scan(folder, "findings")?.filter(col("stance").eq(lit("finding"))))
}

fn infringed(folder: &Path) -> Result<LazyFrame, TableError> {
    Ok(scan(folder, "provisions")?.filter(col("status").eq(lit("infringed"))))
}

/// One row for each case, action and value of the dimensions.
fn exploded(folder: &Path, cases: LazyFrame, by: &[Dimension]) -> Result<LazyFrame, TableError> {
    let mut frame = join(cases, scan(folder, "actions")?.select([col("case"), col("action")]));
    let findings: Vec<Expr> = by
        .iter()
        .filter(|dimension| matches!(dimension, Dimension::Category | Dimension::Group))
        .map(|dimension| col(dimension.column()))
        .collect();
    if !findings.is_empty() {
        let keys = [vec![col("case")], findings].concat();
        frame = join(frame, found(folder)?.group_by(keys).agg([]));
    }
    if by.contains(&Dimension::Provision) {
        frame = join(frame, infringed(folder)?.select([col("case"), col("provision")]));
    }
    Ok(frame)
}

fn join(left: LazyFrame, right: LazyFrame) -> LazyFrame {
    left.join(right, [col("case")], [col("case")], JoinArgs::new(JoinType::Inner))
}

fn measures() -> [Expr; 3] {
    // A case has each kind of action once, so a case and a kind name an action.
    let action = as_struct(vec![col("case"), col("action")]);
    [
        action.n_unique().cast(DataType::UInt32).alias("actions"),
        col("case").n_unique().cast(DataType::UInt32).alias("cases"),
        col("organisation_key").n_unique().cast(DataType::UInt32).alias("organisations"),
    ]
}

fn with_share(counts: LazyFrame, total: usize) -> LazyFrame {
    let share = col("cases").cast(DataType::Float64) / lit(total.max(1) as f64);
    counts.with_columns([share.alias("share"), lit(NULL).cast(DataType::Int64).alias("change")])
}

/// Fills in the periods without cases and compares each period with the one before.
fn with_periods(
    counts: LazyFrame,
    dated: &DataFrame,
    names: &[&str],
    every: Every,
) -> Result<LazyFrame, TableError> {
    let period = every.column();
    let in_period = dated
        .clone()
        .lazy()
        .group_by([col(period)])
        .agg([len().cast(DataType::UInt32).alias("total")]);
    let known = in_period.clone().sort([period], SortMultipleOptions::default()).collect()?;
    let known = known.column(period)?.str()?;
    let (first, last) = (
        known.get(0).unwrap_or_default(),
        known.get(known.len().saturating_sub(1)).unwrap_or_default(),
    );
    let periods = Series::new(period.into(), every.periods(first, last)).into_frame().lazy();
    let all = |frame: LazyFrame| frame.with_column(lit(1).alias("all"));
    let values: Vec<Expr> = names.iter().copied().map(col).collect();
    let grid = if values.is_empty() {
        periods
    } else {
        let combinations = counts.clone().group_by(values.clone()).agg([]);
        all(combinations).join(
            all(periods),
            [col("all")],
            [col("all")],
            JoinArgs::new(JoinType::Inner),
        )
    };
    let keys: Vec<Expr> = names.iter().copied().chain([period]).map(col).collect();
    let filled = grid
        .join(counts, keys.clone(), keys.clone(), JoinArgs::new(JoinType::Left))
        .join(in_period, [col(period)], [col(period)], JoinArgs::new(JoinType::Left))
        .with_columns(
            ["actions", "cases", "organisations"].map(|name| col(name).fill_null(lit(0u32))),
        )
        .sort_by_exprs(keys.clone(), SortMultipleOptions::default());
    let cases = col("cases").cast(DataType::Int64);
    let change = cases.clone() - cases.shift(lit(1));
    let change = if values.is_empty() { change } else { change.over(values)? };
    let share = col("cases").cast(DataType::Float64) / col("total").cast(DataType::Float64);
    let counted = ["actions", "cases", "organisations", "share", "change"].map(col);
    Ok(filled
        .with_columns([share.alias("share"), change.alias("change")])
        .select([keys, counted.to_vec()].concat()))
}

fn rows(
    frame: &DataFrame,
    names: &[&str],
    every: Option<Every>,
) -> Result<Vec<TrendRow>, TableError> {
    let text = |name: &str| -> PolarsResult<Vec<Option<String>>> {
        Ok(frame.column(name)?.str()?.iter().map(|value| value.map(str::to_owned)).collect())
    };
    let count = |name: &str| -> PolarsResult<Vec<u32>> {
        Ok(frame.column(name)?.u32()?.iter().map(Option::unwrap_or_default).collect())
    };
    let values = names.iter().map(|name| text(name)).collect::<PolarsResult<Vec<_>>>()?;
    let periods = every.map(|every| text(every.column())).transpose()?;
    let (actions, cases, organisations) =
        (count("actions")?, count("cases")?, count("organisations")?);
    let share: Vec<Option<f64>> = frame.column("share")?.f64()?.iter().collect();
    let change: Vec<Option<i64>> = frame.column("change")?.i64()?.iter().collect();
    let row = |i: usize| TrendRow {
        values: values.iter().map(|column| column[i].clone().unwrap_or_default()).collect(),
        period: periods.as_ref().and_then(|periods| periods[i].clone()),
        actions: actions[i],
        cases: cases[i],
        organisations: organisations[i],
        share: share[i],
        change: change[i],
    };
    Ok((0..frame.height()).map(row).collect())
}
