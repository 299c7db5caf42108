//! One row an organisation.

use std::collections::BTreeMap;

use super::{Table, number, organisation_key::key_of, text, texts};
use crate::model::{Case, PartialDate};

/// The table of organisations: one body, whatever its spelling.
pub fn organisation_table(cases: &[Case]) -> Table {
    let mut bodies: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        bodies.entry(key_of(case)).or_default().push(case);
    }
    let bodies: Vec<(String, Vec<&Case>)> = bodies.into_iter().collect();
    let each = || bodies.iter().map(|(_, cases)| cases);
    let dates =
        |cases: &Vec<&Case>| cases.iter().filter_map(|case| case.facts.date).collect::<Vec<_>>();
    let written = |date: Option<PartialDate>| date.map(|date| date.to_string());
    let columns = vec![
        texts(
            "organisation_key",
            "the same for all spellings of one body",
            bodies.iter().map(|(key, _)| Some(key.clone())),
        ),
        text(
            "organisation",
            "its name in the last case",
            each().map(|cases| latest(cases).map(Case::organisation)),
        ),
        text(
            "sector",
            "sector in the last case, an identifier of sectors.toml",
            each().map(|cases| latest(cases).and_then(|case| case.facts.sector.as_deref())),
        ),
        number("cases", "number of cases", each().map(|cases| Some(cases.len() as u64))),
        texts(
            "first",
            "earliest date of a case",
            each().map(|cases| written(dates(cases).into_iter().min())),
        ),
        texts(
            "last",
            "latest date of a case",
            each().map(|cases| written(dates(cases).into_iter().max())),
        ),
        number(
            "penalty_sum_gbp",
            "penalties imposed in all, pounds sterling",
            each().map(|cases| Some(cases.iter().filter_map(|case| case.facts.amount_gbp).sum())),
        ),
    ];
    Table { name: "organisations", row: "an organisation", key: &["organisation_key"], columns }
}

fn latest<'c>(cases: &[&'c Case]) -> Option<&'c Case> {
    cases.iter().copied().max_by_key(|case| case.facts.date)
}
