//! What the store of fetched bytes says of a time: what the site took down, and what could not be
//! looked at. "Nothing new" and "could not look" are different results.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{Seen, history::State};
use crate::{
    fetch::{Item, ItemKind, Look, SourceName, SourceReport, SourceState, Store},
    model::Filter,
};

/// What fetches since a time could look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// When the last fetch that came to its end did so, if there ever was one.
    pub last: Option<Timestamp>,
    /// Whether that was since the time asked about.
    pub is_recent: bool,
    /// The sources asked since, each as it went last.
    pub sources: Vec<SourceReport>,
    /// Hosts that kept the last fetch out.
    pub blocked: Vec<String>,
    /// Addresses that the last fetch asked for in vain.
    pub failed: usize,
    /// Register pages that are listed and not stored.
    pub not_stored: usize,
    /// Whether a later fetch was stopped before its end.
    pub unfinished: bool,
}

/// A page or document that the site gives or lists no more; the stored copy stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenDown {
    /// Its address.
    pub address: String,
    /// Its title, where a listing or page gives one.
    pub title: Option<String>,
    /// Since when, as far as fetches have seen.
    pub since: Timestamp,
    /// Whether the site answers that it has it no more, and not only lists it no more.
    pub gone: bool,
    /// The case that it belongs to.
    pub case: Option<String>,
}

impl Looked {
    /// Asks the store about the time since `since`.
    #[must_use]
    pub fn since(store: &Store, since: Timestamp) -> Self {
        let mut recent = store.looks().iter().filter(|look| look.at > since);
        let mut sources: BTreeMap<SourceName, SourceReport> = BTreeMap::new();
        for source in recent.clone().flat_map(|look| &look.sources) {
            sources.insert(source.source, source.clone());
        }
        let last: Option<&Look> = recent.next_back();
        Self {
            last: store.looks().last().map(|look| look.at),
            is_recent: last.is_some(),
            sources: sources.into_values().collect(),
            blocked: last.map(|look| look.blocked.clone()).unwrap_or_default(),
            failed: last.map_or(0, |look| look.failed),
            not_stored: last.map_or(0, |look| look.not_stored),
            unfinished: store.is_unfinished(),
        }
    }

    /// The sources that answered as they should.
    pub fn good(&self) -> impl Iterator<Item = &SourceReport> {
        self.sources.iter().filter(|source| source.state == SourceState::Good)
    }

    /// The others.
    pub fn short(&self) -> impl Iterator<Item = &SourceReport> {
        self.sources.iter().filter(|source| source.state != SourceState::Good)
    }

    /// Whether a source or host kept us out.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        let refused = |source: &SourceReport| source.state == SourceState::Blocked;
        !self.blocked.is_empty() || self.sources.iter().any(refused)
    }

    /// Whether there may be something that nobody saw.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.short().next().is_some() || self.failed > 0 || self.not_stored > 0 || self.unfinished
    }
}

/// What fetches since a time found taken down; with a filter that says which cases, only what
/// belongs to one of these.
#[must_use]
pub fn taken_down(
    store: &Store,
    since: Timestamp,
    now: &State<'_>,
    filter: &Filter,
) -> Vec<TakenDown> {
    let mut cases: BTreeMap<&str, &Seen> = BTreeMap::new();
    for seen in now.values() {
        let addresses = seen.page_urls.iter().chain(&seen.pdf_url);
        cases.extend(addresses.map(|address| (bare(address), *seen)));
    }
    let items = store.items().iter().filter(|(_, item)| is_of_the_register(store, item));
    let down = items.filter_map(|(address, item)| {
        let when = item.gone.or(item.unlisted).filter(|when| *when > since)?;
        let newest = item.newest()?;
        let of_page = newest.page.as_deref().and_then(|page| cases.get(bare(page)));
        let case = cases.get(bare(address)).or(of_page);
        let passes = case.map_or(*filter == Filter::default(), |case| case.passes(filter));
        passes.then(|| TakenDown {
            address: address.clone(),
            title: newest.listed.title.clone(),
            since: when,
            gone: item.gone.is_some(),
            case: case.map(|case| case.case.clone()),
        })
    });
    down.collect()
}

/// Pages of the register, and their documents; audits and guidance are no cases.
fn is_of_the_register(store: &Store, item: &Item) -> bool {
    let kind = |item: &Item| item.newest().map(|newest| newest.kind);
    match kind(item) {
        Some(ItemKind::Document) => {
            let page = item.newest().and_then(|newest| newest.page.as_ref());
            let page = page.and_then(|page| store.items().get(page));
            page.is_some_and(|page| kind(page) == Some(ItemKind::Action))
        }
        kind => kind == Some(ItemKind::Action),
    }
}

fn bare(address: &str) -> &str {
    address.trim_end_matches('/')
}
