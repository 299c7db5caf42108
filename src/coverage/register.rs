//! The regulator's register as far as fetches saw it.

use jiff::Timestamp;
use serde::Serialize;

use super::is_official;
use crate::{
    fetch::{Item, ItemKind, SourceState, Store},
    model::Case,
};

/// What fetches brought of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Register {
    /// When a fetch first kept a page of it.
    pub first_fetched: Option<Timestamp>,
    /// When the last fetch ended.
    pub last_looked: Option<Timestamp>,
    /// Whether the last fetch could look everywhere.
    pub looked_everywhere: bool,
    /// Pages that the last fetch found listed and the store does not have.
    pub not_stored: usize,
    /// Pages that are stored.
    pub stored: usize,
    /// Of these, pages that the site lists or gives no more.
    pub taken_down: usize,
    /// Cases that an official text tells.
    pub official_cases: usize,
    /// Cases that only a digest tells.
    pub digest_cases: usize,
}

impl Register {
    /// Looks at the store.
    #[must_use]
    pub fn of(store: &Store, cases: &[Case]) -> Self {
        let last = store.looks().last();
        let official_cases = cases.iter().filter(|case| is_official(case)).count();
        let firsts = pages(store).filter_map(|item| item.versions.first());
        Self {
            first_fetched: firsts.map(|version| version.at).min(),
            last_looked: last.map(|look| look.at),
            looked_everywhere: last.is_some_and(|look| {
                let is_good = look.sources.iter().all(|s| s.state == SourceState::Good);
                is_good && look.blocked.is_empty() && look.failed == 0
            }) && !store.is_unfinished(),
            not_stored: last.map_or(0, |look| look.not_stored),
            stored: pages(store).count(),
            taken_down: pages(store).filter(|item| is_down(item)).count(),
            official_cases,
            digest_cases: cases.len() - official_cases,
        }
    }
}

/// The stored pages of the register.
pub fn pages(store: &Store) -> impl Iterator<Item = &Item> {
    let is_page = |item: &&Item| item.newest().is_some_and(|v| v.kind == ItemKind::Action);
    store.items().values().filter(is_page)
}

/// Whether the site lists or gives it no more.
pub const fn is_down(item: &Item) -> bool {
    item.gone.is_some() || item.unlisted.is_some()
}
