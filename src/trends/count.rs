//! Counting by dimensions and periods.

use polars::prelude::*;

use super::{
    Chart, Dimension, Every, Heading, Kind, Measure, Shape, Sheet, TableError,
    aggregate::{ALL, aggregate, grouped, needed},
    select::{Selection, join_left, periods, without_values_of},
    shares,
};
use crate::model::Filter;

/// What a table counts, and how.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// What makes the rows; no periods are among them.
    pub by: Vec<Dimension>,
    /// Rows for each period.
    pub every: Option<Every>,
    /// The numbers; the first is the main one, of which shares and changes are told.
    pub measures: Vec<Measure>,
    /// Tell the share of all, with its interval.
    pub share: bool,
    /// Tell the change on the period before.
    pub change: bool,
    /// Keep the largest only.
    pub top: Option<usize>,
}

impl Question {
    /// The measure of which shares and changes are told.
    #[must_use]
    pub fn main(&self) -> Measure {
        self.measures.first().copied().unwrap_or(Measure::Cases)
    }

    /// The filter that chooses the cases of which shares are told.
    #[must_use]
    pub fn base(&self, filter: &Filter) -> Filter {
        without_values_of(filter, &self.by)
    }

    /// Names of the columns that name a row.
    #[must_use]
    pub fn labels(&self) -> Vec<&'static str> {
        self.by.iter().map(|by| by.column()).chain(self.every.map(Every::column)).collect()
    }

    /// "Cases by sector and year".
    #[must_use]
    pub fn title(&self) -> String {
        let main = self.main().title();
        let title = match self.labels().split_last() {
            None => main.to_owned(),
            Some((one, [])) => format!("{main} by {one}"),
            Some((last, rest)) => format!("{main} by {} and {last}", rest.join(", ")),
        };
        let (first, rest) = title.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    }
}

/// Counts the cases that pass a filter.
///
/// A filter on the values of a dimension that makes rows chooses rows; all others choose the cases
/// of which shares are told. With periods, every combination of values that occurs has a row for each
/// period, with zeros.
///
/// # Errors
/// The tables are missing or damaged.
pub fn count(selection: Selection<'_>, question: &Question) -> Result<Sheet, TableError> {
    let base = question.base(selection.filter);
    let base = Selection { filter: &base, ..selection };
    let labels = question.labels();
    let read = needed(&question.by, &labels, &question.measures);
    let mut cases = base.cases_with(&[&read[..], &["sector"]].concat())?;
    if let Some(every) = question.every {
        cases = cases.filter(col(every.column()).is_not_null());
    }
    let cases = cases.collect()?;
    let rows = selection.rows(cases.clone().lazy()).collect()?;
    let counts = aggregate(selection, &rows, &question.by, &labels, &question.measures)?.lazy();
    let counts = if question.every.is_some() { largest(counts, question) } else { counts };
    let mut frame = match question.every {
        None => counts,
        Some(every) => filled(selection, counts, question, every)?,
    };
    if question.share {
        frame = with_totals(base, &cases, frame, question)?;
    }
    let frame = ordered(frame, question, &labels).select(columns(question, &labels)).collect()?;
    let frame = if question.share { shares::add(frame, question.main().column())? } else { frame };
    Ok(sheet(frame, question))
}

fn columns(question: &Question, labels: &[&str]) -> Vec<Expr> {
    let measures = headings(&question.measures).into_iter().map(|heading| heading.name);
    let mut names: Vec<String> =
        labels.iter().map(|label| (*label).to_owned()).chain(measures).collect();
    if question.change {
        names.push("change".to_owned());
    }
    if question.share {
        names.push("of".to_owned());
    }
    names.iter().map(|name| col(name.as_str())).collect()
}

/// Without the combinations that are not among the largest over all periods.
fn largest(counts: LazyFrame, question: &Question) -> LazyFrame {
    let Some(top) = question.top.filter(|_| !question.by.is_empty()) else { return counts };
    let names: Vec<&str> = question.by.iter().map(|by| by.column()).collect();
    let sizes = grouped(counts.clone(), &names).agg([col(question.main().column()).sum()]);
    let kept = sizes.sort([question.main().column()], by_size()).limit(top as u32);
    let kept = kept.select(names.iter().map(|name| col(*name)).collect::<Vec<_>>());
    super::select::join(counts, kept, &names)
}

fn by_size() -> SortMultipleOptions {
    SortMultipleOptions::default().with_order_descending(true).with_maintain_order(true)
}

/// With a row for every period, zeros where nothing was counted, and the change.
fn filled(
    selection: Selection<'_>,
    counts: LazyFrame,
    question: &Question,
    every: Every,
) -> Result<LazyFrame, TableError> {
    let period = every.column();
    let names = periods(selection.folder, selection.filter, every)?;
    let periods = Series::new(period.into(), names).into_frame().lazy();
    let periods = periods.with_column(lit(1i32).alias(ALL));
    let values: Vec<&str> = question.by.iter().map(|by| by.column()).collect();
    let grid = if values.is_empty() {
        periods
    } else {
        let combinations = grouped(counts.clone(), &[&values[..], &[ALL]].concat()).agg([]);
        super::select::join(combinations, periods, &[ALL])
    };
    let keys = [&values[..], &[period, ALL]].concat();
    let zeros = headings(&question.measures).into_iter().filter(|heading| {
        !["penalty_median_gbp", "penalty_max_gbp", "people_affected"]
            .contains(&heading.name.as_str())
    });
    let zeros =
        zeros.map(|heading| col(heading.name.as_str()).fill_null(lit(0i64))).collect::<Vec<_>>();
    let labels = [&values[..], &[period]].concat();
    let sorted = join_left(grid, counts, &keys)
        .with_columns(zeros)
        .sort(labels, SortMultipleOptions::default());
    let main = col(question.main().column());
    let change = main.clone() - main.shift(lit(1));
    let change = if values.is_empty() {
        change
    } else {
        change.over(values.into_iter().map(col).collect::<Vec<_>>())?
    };
    Ok(sorted.with_column(change.alias("change")))
}

/// The rows in the order of their labels; the largest first where only they are kept.
fn ordered(frame: LazyFrame, question: &Question, labels: &[&str]) -> LazyFrame {
    let frame = if labels.is_empty() {
        frame
    } else {
        frame.sort(labels.to_vec(), SortMultipleOptions::default())
    };
    match (question.top, question.every) {
        (Some(top), None) => frame.sort([question.main().column()], by_size()).limit(top as u32),
        _ => frame,
    }
}

/// With the number of all, in the period where there are periods.
fn with_totals(
    base: Selection<'_>,
    cases: &DataFrame,
    frame: LazyFrame,
    question: &Question,
) -> Result<LazyFrame, TableError> {
    let period: Vec<&str> = question.every.map(Every::column).into_iter().collect();
    let main = question.main();
    let totals = aggregate(base, cases, &[], &period, &[main])?.lazy();
    let number = col(main.column()).alias("of");
    if period.is_empty() {
        let total = totals.select([number]).collect()?;
        let total = total.column("of")?.i64()?.get(0).unwrap_or_default();
        return Ok(frame.with_column(lit(total).cast(DataType::Int64).alias("of")));
    }
    let totals = totals.select([col(period[0]), number]);
    Ok(join_left(frame, totals, &period).with_column(col("of").fill_null(lit(0i64))))
}

fn headings(measures: &[Measure]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = measures
        .iter()
        .map(|measure| Heading {
            name: measure.column().to_owned(),
            title: measure.title().to_owned(),
            kind: measure.kind(),
        })
        .collect();
    if measures.iter().any(|measure| measure.is_penalty()) {
        headings.push(Heading::new("penalties", Kind::Count));
    }
    headings
}

fn sheet(frame: DataFrame, question: &Question) -> Sheet {
    let labels = question.labels();
    let mut columns: Vec<Heading> =
        labels.iter().map(|name| Heading::new(name, Kind::Text)).collect();
    columns.extend(headings(&question.measures));
    if question.change {
        columns.push(Heading::new("change", Kind::Change));
    }
    if question.share {
        columns.extend(shares::headings());
    }
    Sheet {
        name: "trends",
        title: question.title(),
        headings: columns,
        labels: labels.len(),
        chart: shape(question, &frame)
            .map(|shape| Chart { shape, measure: question.main().column().to_owned() }),
        frame,
        rules: super::rules::of(question),
    }
}

/// How a table is best drawn.
fn shape(question: &Question, frame: &DataFrame) -> Option<Shape> {
    match (question.by.len(), question.every) {
        (0, None) => None,
        (_, Some(_)) => Some(Shape::Lines),
        (2, None) => {
            let second = frame.column(question.by[1].column()).and_then(|column| column.n_unique());
            Some(if second.unwrap_or_default() <= 6 { Shape::Stacked } else { Shape::Heat })
        }
        _ => Some(Shape::Bars),
    }
}
