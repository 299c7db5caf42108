//! How much of what the regulator published is here, beside what others counted in its register.
//!
//! A [`Comparison`] sets the numbers of one [`Total`] beside those of the same period here, and says what
//! is known of the difference. It never guesses: each reason counts something that can be looked up.

mod period;
mod reasons;
mod register;

use std::collections::BTreeSet;

use serde::Serialize;

pub use register::Register;

use crate::{
    fetch::Store,
    model::{ActionType, Case},
    taxonomy::Total,
    trends::key_of,
};
use period::Period;

/// A total beside what is here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What a source counted.
    #[serde(flatten)]
    pub total: Total,
    /// Number by number.
    pub rows: Vec<Row>,
    /// What is known of the differences, a sentence each; none where there is none.
    pub reasons: Vec<String>,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What is counted.
    pub what: String,
    /// As the source says.
    pub published: u64,
    /// Here, by all documents.
    pub here: u64,
    /// Here, by official texts alone.
    pub official: u64,
    /// Here less published; 0 where rounding explains it.
    pub difference: i64,
}

/// Compares every total with the cases.
#[must_use]
pub fn compare(totals: &[Total], cases: &[Case], store: &Store) -> Vec<Comparison> {
    let register = Register::of(store, cases);
    let compared = totals.iter().map(|total| {
        let period = Period::of(total, cases);
        let rows = rows(total, &period);
        let differs = rows.iter().any(|row| row.difference != 0);
        let reasons =
            if differs { reasons::of(total, &rows, &period, &register, store) } else { Vec::new() };
        Comparison { total: total.clone(), rows, reasons }
    });
    compared.collect()
}

fn rows(total: &Total, period: &Period<'_>) -> Vec<Row> {
    let all = Counts::of(period.inside.iter().copied(), &total.kinds);
    let official = period.inside.iter().copied().filter(|case| is_official(case));
    let official = Counts::of(official, &total.kinds);
    let row = |what: &str, published: u64, number: &dyn Fn(&Counts) -> u64, unit: u64| {
        let (here, official) = (number(&all), number(&official));
        let is_rounded = here.abs_diff(published) * 2 <= unit;
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let difference = if is_rounded { 0 } else { signed(here) - signed(published) };
        Row { what: what.to_owned(), published, here, official, difference }
    };
    let unit = total.rounded_to.unwrap_or(0);
    let actions = total.actions.map(|n| row("actions", n, &|c| c.actions.len() as u64, 0));
    let bodies =
        total.organisations.map(|n| row("organisations", n, &|c| c.bodies.len() as u64, 0));
    let kinds = total.by_kind.iter().map(|(kind, n)| {
        row(plural(*kind), *n, &|c| c.actions.iter().filter(|a| *a == kind).count() as u64, 0)
    });
    let sum = total.penalty_gbp.map(|n| row("penalties, £", n, &|c| c.pounds, unit));
    actions.into_iter().chain(bodies).chain(kinds).chain(sum).collect()
}

/// Actions of the kinds that are counted.
struct Counts {
    actions: Vec<ActionType>,
    bodies: BTreeSet<String>,
    pounds: u64,
}

impl Counts {
    fn of<'c>(cases: impl Iterator<Item = &'c Case>, kinds: &[ActionType]) -> Self {
        let mut counts = Self { actions: Vec::new(), bodies: BTreeSet::new(), pounds: 0 };
        for case in cases {
            let actions = case.facts.action_types.iter().filter(|kind| kinds.contains(kind));
            let before = counts.actions.len();
            counts.actions.extend(actions);
            if counts.actions.len() > before {
                counts.bodies.insert(key_of(case));
                let is_penalty = case.facts.action_types.contains(&ActionType::MonetaryPenalty);
                counts.pounds += case.facts.amount_gbp.filter(|_| is_penalty).unwrap_or(0);
            }
        }
        counts
    }
}

/// Whether an official text tells a case, and not only a digest.
fn is_official(case: &Case) -> bool {
    case.documents.iter().any(|document| document.kind != crate::model::DocumentKind::Digest)
}

const fn plural(kind: ActionType) -> &'static str {
    match kind {
        ActionType::MonetaryPenalty => "monetary penalties",
        ActionType::EnforcementNotice => "enforcement notices",
        ActionType::Reprimand => "reprimands",
        ActionType::Prosecution => "prosecutions",
        ActionType::Warning => "warnings",
        _ => "other actions",
    }
}
