//! The cases that pass a filter, and the values of dimensions beside them.

use std::path::Path;

use jiff::civil::Date;
use polars::prelude::*;

use super::{
    Dimension, Every, TableError, dimension::Origin, frames::days_since_epoch, store::scan,
};
use crate::{
    index::organisation_words,
    model::{Filter, Method, PartialDate},
};

/// Stands for what no source says; joins do not match what is missing.
pub const UNKNOWN: &str = "(unknown)";

/// The tables of which a case can have several rows.
pub const LISTS: [Origin; 3] = [Origin::Actions, Origin::Findings, Origin::Provisions];

/// The columns of cases that filters ask about.
const ASKED: [&str; 7] =
    ["case", "sector", "date_earliest", "date_latest", "amount_gbp", "names", "individual"];

/// The tables of a folder under a filter.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// Folder of the tables.
    pub folder: &'a Path,
    /// Which cases.
    pub filter: &'a Filter,
}

impl Selection<'_> {
    /// The cases that pass, with all columns.
    pub fn cases(self) -> Result<LazyFrame, TableError> {
        self.passing(&[])
    }

    /// The cases that pass, with some columns: others are not even read.
    pub fn cases_with(self, columns: &[&str]) -> Result<LazyFrame, TableError> {
        let mut names = columns.to_vec();
        names.sort_unstable();
        names.dedup();
        Ok(self.passing(&names)?.select(names.into_iter().map(col).collect::<Vec<_>>()))
    }

    fn passing(self, columns: &[&str]) -> Result<LazyFrame, TableError> {
        let filter = self.filter;
        let names_bodies = columns.is_empty() || columns.contains(&"organisation");
        let mut read = columns.to_vec();
        if !columns.is_empty() && *filter != Filter::default() {
            read.extend(ASKED);
        }
        if names_bodies && !columns.is_empty() {
            read.push("organisation_key");
        }
        let mut cases = scan(self.folder, "cases", &read)?;
        for condition in case_conditions(filter) {
            cases = cases.filter(condition);
        }
        for origin in LISTS {
            if let Some(condition) = member_condition(origin, filter) {
                cases = with_member(cases, self.origin(origin)?.filter(condition));
            }
        }
        if names_bodies {
            // One spelling for one body, that of its last case.
            let bodies = ["organisation_key", "organisation"];
            let bodies = scan(self.folder, "organisations", &bodies)?;
            cases = cases.drop(by_name(["organisation"], true, false));
            cases = join_left(cases, bodies, &["organisation_key"]);
        }
        Ok(cases.with_columns(case_values(columns)))
    }

    /// One row for each case and combination of values of the dimensions.
    ///
    /// Only values that the filter names are there, if it names any of that kind.
    pub fn links(self, cases: LazyFrame, by: &[Dimension]) -> Result<LazyFrame, TableError> {
        let mut links = self.rows(cases);
        for origin in LISTS {
            let columns = columns_of(origin, by);
            if !columns.is_empty() {
                let keys: Vec<Expr> =
                    ["case"].iter().chain(&columns).map(|key| col(*key)).collect();
                let values = self.origin_with(origin, &columns)?.group_by(keys).agg([]);
                links = join(links, values, &["case"]);
            }
        }
        Ok(links)
    }

    /// The cases of the sectors that the filter names, if it names any.
    pub fn rows(self, cases: LazyFrame) -> LazyFrame {
        match any_of("sector", &self.filter.sectors) {
            Some(sectors) => cases.filter(sectors),
            None => cases,
        }
    }

    /// The rows of a table that count: what was found, infringed or done.
    pub fn origin(self, origin: Origin) -> Result<LazyFrame, TableError> {
        use clap::ValueEnum as _;
        self.origin_with(origin, &columns_of(origin, Dimension::value_variants()))
    }

    /// The same with some columns: others are not even read.
    pub fn origin_with(self, origin: Origin, columns: &[&str]) -> Result<LazyFrame, TableError> {
        let counts = match origin {
            Origin::Findings => Some(("stance", "finding")),
            Origin::Provisions => Some(("status", "infringed")),
            Origin::Cases | Origin::Actions => None,
        };
        let condition = member_condition(origin, self.filter);
        let mut read = [&["case"], columns].concat();
        read.extend(counts.map(|(column, _)| column));
        read.extend((origin == Origin::Actions).then_some("amount_gbp"));
        // What is found by meaning counts only where its category is named.
        let leaves_out = origin == Origin::Findings && self.filter.categories.is_empty();
        read.extend(leaves_out.then_some("method"));
        // The condition asks about one of the columns by which can be counted.
        if condition.is_some() {
            use clap::ValueEnum as _;
            read.extend(columns_of(origin, Dimension::value_variants()));
        }
        let mut rows = scan(self.folder, origin.table(), &read)?;
        if let Some((column, value)) = counts {
            rows = rows.filter(col(column).eq(lit(value)));
        }
        if leaves_out {
            rows = rows.filter(col("method").neq(lit(Method::Semantic.id())));
        }
        Ok(match condition {
            Some(condition) => rows.filter(condition),
            None => rows,
        })
    }
}

/// A filter without the conditions on the values of some dimensions: they choose rows, not cases.
pub fn without_values_of(filter: &Filter, by: &[Dimension]) -> Filter {
    let mut filter = filter.clone();
    for dimension in by {
        match dimension.origin() {
            Origin::Actions => filter.actions.clear(),
            Origin::Findings => filter.categories.clear(),
            Origin::Provisions => filter.provisions.clear(),
            Origin::Cases if *dimension == Dimension::Sector => filter.sectors.clear(),
            Origin::Cases => {}
        }
    }
    filter
}

/// Columns of cases by which can be counted, with a name for what is missing: all, or some.
fn case_values(columns: &[&str]) -> Vec<Expr> {
    use clap::ValueEnum as _;
    let of_cases = Dimension::value_variants()
        .iter()
        .filter(|dimension| dimension.origin() == Origin::Cases && dimension.period().is_none())
        .map(|dimension| dimension.column())
        .filter(|column| columns.is_empty() || columns.contains(column));
    of_cases.map(|column| col(column).fill_null(lit(UNKNOWN))).collect()
}

/// The columns of those dimensions that stand in a table.
pub fn columns_of(origin: Origin, by: &[Dimension]) -> Vec<&'static str> {
    let of_origin = by.iter().filter(|dimension| dimension.origin() == origin);
    of_origin.map(|dimension| dimension.column()).collect()
}

/// Conditions on columns of the table of cases.
fn case_conditions(filter: &Filter) -> Vec<Expr> {
    let mut conditions: Vec<Expr> = any_of("sector", &filter.sectors).into_iter().collect();
    conditions.extend(date_conditions(filter.since, filter.until));
    conditions.extend(filter.amount_min.map(|least| col("amount_gbp").gt_eq(lit(least))));
    conditions.extend(filter.amount_max.map(|most| col("amount_gbp").lt_eq(lit(most))));
    let names = filter.organisations.iter().map(|name| {
        let words = organisation_words(name).into_iter();
        words
            .map(|word| col("names").str().contains_literal(lit(format!(" {word} "))))
            .fold(lit(true), Expr::and)
    });
    conditions.extend(names.reduce(Expr::or));
    if filter.without_individuals {
        conditions.push(col("individual").not());
    }
    conditions
}

/// The condition on rows of another table, one of which a case must have.
fn member_condition(origin: Origin, filter: &Filter) -> Option<Expr> {
    match origin {
        Origin::Cases => None,
        Origin::Actions => {
            let actions = filter.actions.iter().map(|action| action.id().to_owned());
            any_of("action", &actions.collect::<Vec<_>>())
        }
        Origin::Findings => any_of("category", &filter.categories),
        Origin::Provisions => filter
            .provisions
            .iter()
            .map(|provision| {
                let provision = provision.to_string();
                let part = format!("{provision}(");
                let is_part = col("provision").str().starts_with(lit(part));
                col("provision").eq(lit(provision)).or(is_part)
            })
            .reduce(Expr::or),
    }
}

pub fn any_of(column: &str, values: &[String]) -> Option<Expr> {
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
    join(cases, members.group_by([col("case")]).agg([]), &["case"])
}

/// Rows of both that have the same values in some columns.
pub fn join(left: LazyFrame, right: LazyFrame, on: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = on.iter().copied().map(col).collect();
    left.join(right, keys.clone(), keys, JoinArgs::new(JoinType::Inner))
}

/// All rows of the left, with what the right says of them.
pub fn join_left(left: LazyFrame, right: LazyFrame, on: &[&str]) -> LazyFrame {
    let keys: Vec<Expr> = on.iter().copied().map(col).collect();
    left.join(right, keys.clone(), keys, JoinArgs::new(JoinType::Left))
}

/// The periods of a table: as far as the corpus reaches, within what the filter asks for.
pub fn periods(folder: &Path, filter: &Filter, every: Every) -> Result<Vec<String>, TableError> {
    let known = scan(folder, "cases", &[every.column()])?.collect()?;
    let known = || known.column(every.column()).and_then(Column::str);
    let ends = (known()?.iter().flatten().min(), known()?.iter().flatten().max());
    let (Some(first), Some(last)) = ends else { return Ok(Vec::new()) };
    let since = filter.since.map(|since| every.of_day(since.earliest()));
    let until = filter.until.map(|until| every.of_day(until.latest()));
    let first = since.as_deref().map_or(first, |since| since.max(first));
    let last = until.as_deref().map_or(last, |until| until.min(last));
    Ok(every.periods(first, last))
}
