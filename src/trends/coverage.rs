//! What lies behind a table, and what is missing.

use std::path::Path;

use polars::prelude::*;
use serde::Serialize;

use super::{
    Every, TableError,
    select::{Selection, join},
    store::scan,
};
use crate::model::Filter;

/// What every table says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Cases that pass.
    pub cases: usize,
    /// Documents that tell them, by kind.
    pub documents: Vec<(String, usize)>,
    /// First date of a case, as far as it is known.
    pub first: Option<String>,
    /// Last date.
    pub last: Option<String>,
    /// Cases that no period holds, since too little of their date is known.
    pub without_period: usize,
    /// Cases of which no source gives a date.
    pub without_date: usize,
    /// Cases in which no failure was found.
    pub without_finding: usize,
    /// Cases with a penalty whose amount no source gives.
    pub without_amount: usize,
    /// Cases whose sources say how many people were affected.
    pub with_people: usize,
}

/// The licence and the reservation that go with every table.
pub const LICENCE: &str = "Contains information of the Information Commissioner's Office licensed under \
                           the Open Government Licence v3.0. The ICO endorses nothing here. Not legal advice.";

/// What is missing from any corpus.
pub const MISSING: &str = "The corpus is not the whole of the ICO's work: the ICO takes entries down after \
                           about two years, and published reprimands only from January 2022.";

impl Coverage {
    /// Looks at the cases that pass a filter.
    ///
    /// # Errors
    /// The tables are missing or damaged.
    pub fn of(folder: &Path, filter: &Filter, every: Option<Every>) -> Result<Self, TableError> {
        let mut columns = vec!["case", "date", "findings", "people_affected"];
        columns.extend(every.map(Every::column));
        let cases = Selection { folder, filter }.cases_with(&columns)?.collect()?;
        let missing = |name: &str| Ok::<_, TableError>(cases.column(name)?.null_count());
        let names = cases.select(["case"])?.lazy();
        let documents = scan(folder, "documents", &["case", "kind"])?;
        let kinds = join(names.clone(), documents, &["case"])
            .group_by([col("kind")])
            .agg([len().cast(DataType::Int64).alias("documents")])
            .sort(["kind"], SortMultipleOptions::default())
            .collect()?;
        let penalties = scan(folder, "actions", &["case", "action", "amount_gbp"])?
            .filter(col("action").eq(lit("monetary-penalty")).and(col("amount_gbp").is_null()));
        let without_amount = join(names, penalties, &["case"]).collect()?.height();
        let without_period = every.map_or(Ok(0), |every| missing(every.column()))?;
        let found = cases.column("findings")?.u64()?.iter();
        Ok(Self {
            cases: cases.height(),
            documents: pairs(&kinds)?,
            first: end_of(&cases, "date", false)?,
            last: end_of(&cases, "date", true)?,
            without_period,
            without_date: missing("date")?,
            without_finding: found.filter(|count| count.unwrap_or_default() == 0).count(),
            without_amount,
            with_people: cases.height() - missing("people_affected")?,
        })
    }

    /// As sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let documents: usize = self.documents.iter().map(|(_, count)| count).sum();
        let kinds: Vec<String> =
            self.documents.iter().map(|(kind, count)| number(*count, kind)).collect();
        let period = match (&self.first, &self.last) {
            (Some(first), Some(last)) => format!(" Dates from {first} to {last}."),
            _ => String::new(),
        };
        let mut sentences = vec![format!(
            "Counted: {}, told by {} ({}).{period}",
            number(self.cases, "case"),
            number(documents, "document"),
            kinds.join(", ")
        )];
        let gaps: Vec<String> = [
            (self.without_period, "dated too roughly for a period and in no row"),
            (self.without_date, "without a date"),
            (self.without_finding, "in which no failure was found"),
            (self.without_amount, "with a penalty of unknown amount"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        if !gaps.is_empty() {
            sentences.push(format!("Of these cases: {}.", gaps.join("; ")));
        }
        sentences.push(MISSING.to_owned());
        sentences
    }
}

/// "1 case", "2 cases".
fn number(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn pairs(kinds: &DataFrame) -> Result<Vec<(String, usize)>, TableError> {
    let names = kinds.column("kind")?.str()?.iter();
    let counts = kinds.column("documents")?.i64()?.iter();
    let count = |count: Option<i64>| usize::try_from(count.unwrap_or_default()).unwrap_or_default();
    Ok(names.zip(counts).map(|(name, n)| (name.unwrap_or_default().to_owned(), count(n))).collect())
}

/// The least or the greatest text of a column.
fn end_of(frame: &DataFrame, name: &str, last: bool) -> Result<Option<String>, TableError> {
    let values = frame.column(name)?.str()?.iter().flatten();
    let end = if last { values.max() } else { values.min() };
    Ok(end.map(str::to_owned))
}
