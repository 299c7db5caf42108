//! What is different between two states of the history.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Seen, history::State};
use crate::{english::pounds, model::Filter};

/// What is different, for the cases that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Cases that were not there, the newest action first.
    pub new: Vec<Seen>,
    /// Cases of which something is told otherwise.
    pub changed: Vec<Changed>,
    /// Cases that the corpus holds no more, as they were last.
    pub removed: Vec<Seen>,
    /// Failures found in a sector in which none of the kind was found before.
    pub first_in_sector: Vec<FirstInSector>,
}

/// A case of which something is told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// As it is now.
    #[serde(flatten)]
    pub case: Seen,
    /// Why.
    pub cause: Cause,
    /// What; nothing where only the wording of a source changed.
    pub changes: Vec<FieldChange>,
}

/// Why a case is told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Other documents, or other bytes of them, tell it.
    Source,
    /// The documents are the same; taxonomy or program read them differently.
    Reading,
}

/// One thing that is told otherwise. Of a single value, one is gained and one lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// What it is, such as `penalty`.
    pub field: &'static str,
    /// What was not there.
    pub gained: Vec<String>,
    /// What is there no more.
    pub lost: Vec<String>,
}

/// A failure found in a sector for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstInSector {
    /// The sector.
    pub sector: Option<String>,
    /// The category.
    pub category: String,
    /// The cases with it, by slug.
    pub cases: Vec<String>,
    /// Whether a source says so, or only another reading.
    pub cause: Cause,
}

impl Difference {
    /// Compares two states.
    #[must_use]
    pub fn between(before: &State<'_>, now: &State<'_>, filter: &Filter) -> Self {
        let is_new = |seen: &&&Seen| !before.contains_key(seen.case.as_str());
        let is_gone = |seen: &&&Seen| !now.contains_key(seen.case.as_str());
        let sorted = |mut cases: Vec<Seen>| {
            cases.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.case.cmp(&b.case)));
            cases
        };
        let passing = |seen: &&&Seen| seen.passes(filter);
        let new = now.values().filter(is_new).filter(passing);
        let removed = before.values().filter(is_gone).filter(passing);
        let both = now.iter().filter_map(|(slug, now)| Some((*before.get(slug)?, *now)));
        let changed = both
            .filter(|(before, now)| before != now && (before.passes(filter) || now.passes(filter)))
            .filter_map(|(before, now)| Changed::between(before, now));
        Self {
            new: sorted(new.map(|seen| (*seen).clone()).collect()),
            changed: changed.collect(),
            removed: sorted(removed.map(|seen| (*seen).clone()).collect()),
            first_in_sector: first_in_sector(before, now, filter),
        }
    }

    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Changed {
    /// Nothing where only what no reader sees is different.
    fn between(before: &Seen, now: &Seen) -> Option<Self> {
        let cause = if before.sources == now.sources { Cause::Reading } else { Cause::Source };
        let changes = fields(before)
            .into_iter()
            .zip(fields(now))
            .filter_map(|((field, before), (_, now))| FieldChange::between(field, &before, &now))
            .collect::<Vec<_>>();
        let is_told = cause == Cause::Source || !changes.is_empty();
        is_told.then(|| Self { case: now.clone(), cause, changes })
    }
}

impl FieldChange {
    fn between(field: &'static str, before: &[String], now: &[String]) -> Option<Self> {
        let only = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|value| !those.contains(value)).cloned().collect()
        };
        let (gained, lost) = (only(now, before), only(before, now));
        (!(gained.is_empty() && lost.is_empty())).then_some(Self { field, gained, lost })
    }
}

/// What can be told otherwise of a case, in the order in which it is told.
fn fields(seen: &Seen) -> [(&'static str, Vec<String>); 10] {
    let told_by = if seen.official { "official text" } else { "digest" };
    let actions = seen.action_types.iter().map(|action| action.title().to_owned());
    [
        ("organisation", vec![seen.organisation.clone()]),
        ("headline", vec![seen.title.clone()]),
        ("date", seen.date.iter().map(ToString::to_string).collect()),
        ("action", actions.collect()),
        ("sector", seen.sector.iter().cloned().collect()),
        ("penalty", seen.amount_gbp.iter().map(|sum| pounds(*sum)).collect()),
        ("failure", seen.categories.clone()),
        ("provision", seen.provisions.iter().map(ToString::to_string).collect()),
        ("address", seen.address().map(str::to_owned).into_iter().collect()),
        ("told by", vec![told_by.to_owned()]),
    ]
}

type Pairs<'a> = BTreeMap<(Option<&'a str>, &'a str), Vec<&'a Seen>>;

fn pairs<'a>(state: &State<'a>) -> Pairs<'a> {
    let mut pairs = Pairs::new();
    for seen in state.values() {
        for category in &seen.categories {
            pairs.entry((seen.sector.as_deref(), category)).or_default().push(seen);
        }
    }
    pairs
}

fn first_in_sector(before: &State<'_>, now: &State<'_>, filter: &Filter) -> Vec<FirstInSector> {
    let known: BTreeSet<_> = pairs(before).into_keys().collect();
    let is_sourced =
        |seen: &&Seen| before.get(seen.case.as_str()).is_none_or(|old| old.sources != seen.sources);
    let is_wanted = |category: &str| {
        filter.categories.is_empty() || filter.categories.iter().any(|id| id == category)
    };
    pairs(now)
        .into_iter()
        .filter(|((sector, category), cases)| {
            !known.contains(&(*sector, *category))
                && is_wanted(category)
                && cases.iter().any(|seen| seen.passes(filter))
        })
        .map(|((sector, category), cases)| FirstInSector {
            sector: sector.map(str::to_owned),
            category: category.to_owned(),
            cases: cases.iter().map(|seen| seen.case.clone()).collect(),
            cause: if cases.iter().any(is_sourced) { Cause::Source } else { Cause::Reading },
        })
        .collect()
}
