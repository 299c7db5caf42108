//! One row a calendar period, without gaps.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::{Table, day, number, text, texts};
use crate::{model::Case, trends::Every};

/// The table of periods: every year, quarter and month from the first case to the last.
pub fn period_table(cases: &[Case]) -> PolarsResult<Table> {
    let rows: Vec<(Every, String, u64)> =
        Every::ALL.into_iter().flat_map(|every| counted(cases, every)).collect();
    let columns = vec![
        texts(
            "period",
            "the period as tables write it",
            rows.iter().map(|(_, period, _)| Some(period.clone())),
        ),
        text(
            "length",
            "`year`, `quarter` or `month`",
            rows.iter().map(|(every, _, _)| every.column()),
        ),
        day(
            "first_day",
            "its first day",
            rows.iter().map(|(every, period, _)| every.first_day(period)),
        )?,
        day(
            "last_day",
            "its last day",
            rows.iter().map(|(every, period, _)| every.last_day(period)),
        )?,
        number(
            "cases",
            "cases dated in it, 0 included",
            rows.iter().map(|(_, _, cases)| Some(*cases)),
        ),
    ];
    Ok(Table { name: "periods", row: "a calendar period", key: &["period"], columns })
}

fn counted(cases: &[Case], every: Every) -> Vec<(Every, String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for period in cases.iter().filter_map(|case| every.of(case.facts.date?)) {
        *counts.entry(period).or_default() += 1;
    }
    let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else {
        return Vec::new();
    };
    let all = every.periods(first, last).into_iter();
    all.map(|period| {
        let cases = counts.get(&period).copied().unwrap_or_default();
        (every, period, cases)
    })
    .collect()
}
