//! One fetch: discover, plan, ask, keep, report.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    time::Duration,
};

use jiff::Timestamp;
use thiserror::Error;

use super::{
    Answer, ArchiveCopy, Client, Discovery, Event, Expect, FetchError, Found, Item, ItemKind, Kept,
    Look, Plan, Problem, Provenance, Reply, Report, Request, Source, SourceName, SourceReport,
    SourceState, Store, StoreError, Wanted, archived, canonical, kind_of,
};
use crate::{hash::sha256, read};

/// The licence of what the regulator publishes, as its pages state it.
const LICENCE: &str = "Open Government Licence v3.0";

/// A fetch that could not go on.
#[derive(Debug, Error)]
pub enum HarvestError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Told what is going on: what is asked, how much is done, how much there is.
pub type Progress<'a> = &'a dyn Fn(&str, usize, usize);

/// A fetch under way.
pub struct Harvest<'a> {
    client: &'a mut Client,
    store: &'a mut Store,
    found: BTreeMap<String, Found>,
    /// Copies of documents that archives have.
    copies: BTreeMap<String, ArchiveCopy>,
    healthy: BTreeSet<SourceName>,
    /// What happened so far.
    pub report: Report,
}

impl<'a> Harvest<'a> {
    /// A fetch with nothing done yet.
    pub fn new(client: &'a mut Client, store: &'a mut Store) -> Self {
        let (found, copies) = (BTreeMap::new(), BTreeMap::new());
        let (healthy, report) = (BTreeSet::new(), Report::default());
        Self { client, store, found, copies, healthy, report }
    }

    /// Asks every source; one that fails does not stop the others.
    pub async fn discover(&mut self, sources: &[Box<dyn Source>], progress: Progress<'_>) {
        let mut by_source: Vec<(SourceName, BTreeSet<String>)> = Vec::new();
        for (index, source) in sources.iter().enumerate() {
            progress(source.name().title(), index, sources.len());
            let result = source.discover(self.client).await;
            let (report, items) = self.judged(source.as_ref(), result);
            self.report.sources.push(report);
            by_source.push((source.name(), items.iter().map(|i| i.address.clone()).collect()));
            for item in items {
                let known = self.found.remove(&item.address);
                let both = match known {
                    Some(known) => known.or(item),
                    None => item,
                };
                self.found.insert(both.address.clone(), both);
            }
        }
        self.compare(&by_source);
    }

    /// The state of a source, and its items.
    fn judged(
        &mut self,
        source: &dyn Source,
        result: Result<Discovery, FetchError>,
    ) -> (SourceReport, Vec<Found>) {
        let name = source.name();
        let (state, messages, items) = match result {
            Ok(found) => {
                let before = self.store.last_yield(name);
                let faults = source.faults(&found, before, self.client.settings());
                let is_good = faults.is_empty() && found.shortfalls.is_empty();
                if is_good {
                    self.healthy.insert(name);
                }
                let state = if is_good { SourceState::Good } else { SourceState::Doubtful };
                for (address, copy) in found.copies {
                    let newest = self.copies.get(&address).max(Some(&copy)).cloned();
                    self.copies.extend(newest.map(|newest| (address, newest)));
                }
                let messages = [faults, found.shortfalls, found.notes].concat();
                (state, messages, found.items)
            }
            Err(error) => {
                let state =
                    if error.is_block() { SourceState::Blocked } else { SourceState::Failed };
                (state, vec![error.to_string()], Vec::new())
            }
        };
        let report =
            SourceReport { source: name, state, found: 0, only_here: 0, missing: 0, messages };
        (report, items)
    }

    /// Fills in found, only here and missing. A source that lists no guidance misses none.
    fn compare(&mut self, by_source: &[(SourceName, BTreeSet<String>)]) {
        for ((_, addresses), report) in by_source.iter().zip(&mut self.report.sources) {
            let kinds: BTreeSet<ItemKind> =
                addresses.iter().filter_map(|a| Some(self.found.get(a)?.kind)).collect();
            report.found = addresses.len();
            report.only_here = addresses
                .iter()
                .filter(|a| self.found.get(*a).is_some_and(|f| f.by.len() == 1))
                .count();
            let others = self.found.values();
            let others = others.filter(|found| kinds.contains(&found.kind) && found.is_live());
            report.missing = others.filter(|found| !addresses.contains(&found.address)).count();
        }
    }

    /// What of all that is asked for.
    #[must_use]
    pub fn plan(&self, wanted: &Wanted) -> Plan {
        Plan::new(&self.found, wanted, self.store)
    }

    /// Time between two requests to the site, as far as its rules are known.
    #[must_use]
    pub fn gap(&self) -> Duration {
        self.client.gap(&self.client.settings().site)
    }

    /// Asks for the items of a plan and the documents of their pages, and keeps what comes.
    ///
    /// # Errors
    /// The store failed; what was stored before stands.
    pub async fn fetch(
        &mut self,
        plan: Plan,
        wanted: &Wanted,
        progress: Progress<'_>,
    ) -> Result<(), HarvestError> {
        self.report.wanted = plan.items.len() + plan.skipped;
        self.report.skipped = plan.skipped;
        let mut seen: BTreeSet<String> = self.found.keys().cloned().collect();
        let mut queue: VecDeque<Found> = plan.items.into();
        let (mut done, mut all) = (0, queue.len() + plan.documents);
        while let Some(item) = queue.pop_front() {
            progress(&item.address, done, all.max(done + queue.len() + 1));
            done += 1;
            if self.is_stopped() && item.copy.is_none() {
                continue;
            }
            let page = self.item(&item).await?;
            for link in page.map(|html| self.links(&item, &html)).unwrap_or_default() {
                let is_document = link.kind == ItemKind::Document;
                let within = wanted.limit.is_none() || is_document;
                if within && wanted.wants(&link) && seen.insert(link.address.clone()) {
                    all += usize::from(!is_document);
                    // Documents follow their page, so that a fetch cut short has whole cases.
                    if is_document { queue.push_front(link) } else { queue.push_back(link) }
                }
            }
        }
        Ok(())
    }

    fn is_stopped(&self) -> bool {
        let site = &self.client.settings().site;
        let host = url::Url::parse(site).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        self.client.stopped().any(|(stopped, _)| Some(stopped) == host.as_deref())
    }

    /// Asks for one item and keeps it. The HTML of a page comes back, to follow its links.
    async fn item(&mut self, item: &Found) -> Result<Option<String>, HarvestError> {
        if !item.is_live() {
            return self.archived(item).await;
        }
        let known = self.store.items().get(&item.address);
        let is_live = known.is_some_and(Item::is_live);
        let stored = known.and_then(Item::newest).cloned();
        let mut request = Request::get(&item.address, expected(item.kind));
        // Validators of an archive's copy mean nothing to the site.
        if let Some(stored) = stored.as_ref().filter(|stored| stored.memento.is_none()) {
            request.validators = stored.validators.clone();
        }
        match self.client.ask(&request).await {
            Ok(Reply::Content(answer)) => Ok(Some(self.keep(item, &answer)?)),
            Ok(Reply::Unchanged) => {
                self.report.unchanged += 1;
                self.store.note(Event::Unchanged {
                    address: item.address.clone(),
                    at: Timestamp::now(),
                    found_by: item.by.clone(),
                    changed: item.listed.changed.clone(),
                })?;
                Ok(stored.and_then(|stored| self.text(&stored)))
            }
            Err(error)
                if item.copy.is_some() && !is_live && (error.is_missing() || error.is_block()) =>
            {
                let page = self.archived(item).await?;
                self.note_gone(item, &error)?;
                Ok(page)
            }
            Err(error) => {
                self.problem(item, error.to_string());
                self.note_gone(item, &error)?;
                Ok(None)
            }
        }
    }

    /// Keeps the copy that an archive has of an item, unless the store has the site's own version,
    /// or this copy or a later one.
    async fn archived(&mut self, item: &Found) -> Result<Option<String>, HarvestError> {
        let Some(copy) = &item.copy else { return Ok(None) };
        if let Some(known) = self.store.items().get(&item.address)
            && let Some(newest) = known.newest()
            && (known.is_live() || newest.memento >= Some(copy.moment()))
        {
            self.report.skipped += 1;
            return Ok(self.text(newest));
        }
        match archived::ask(self.client, copy, expected(item.kind)).await {
            Ok(answer) => {
                self.report.archived.push(item.address.clone());
                Ok(Some(self.keep(item, &answer)?))
            }
            Err(error) => {
                self.problem(item, format!("an archive's copy: {error}"));
                Ok(None)
            }
        }
    }

    /// Keeps an answer; its text comes back.
    fn keep(&mut self, item: &Found, answer: &Answer) -> Result<String, StoreError> {
        let provenance = provenance(item, answer);
        self.check_size(item, provenance.bytes);
        match self.store.keep(provenance, &answer.bytes)? {
            Kept::New => self.report.new.push(item.address.clone()),
            Kept::Changed => self.report.changed.push(item.address.clone()),
            Kept::Same => self.report.unchanged += 1,
        }
        Ok(String::from_utf8_lossy(&answer.bytes).into_owned())
    }

    /// The text of a stored version.
    fn text(&self, stored: &Provenance) -> Option<String> {
        let bytes = fs::read(self.store.location(stored)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn problem(&mut self, item: &Found, reason: String) {
        self.report.problems.push(Problem { address: item.address.clone(), reason });
    }

    fn note_gone(&mut self, item: &Found, error: &FetchError) -> Result<(), StoreError> {
        let FetchError::Missing { status, .. } = error else { return Ok(()) };
        let (address, at) = (item.address.clone(), Timestamp::now());
        self.store.note(Event::Gone { address, at, status: *status })
    }

    /// A document of another size than its page states may be cut, or may have been replaced.
    fn check_size(&mut self, item: &Found, bytes: u64) {
        if let Some(stated) =
            item.listed.bytes.filter(|stated| stated.abs_diff(bytes) * 50 > *stated)
        {
            let reason = format!("kept, but it has {bytes} bytes where its page states {stated}");
            self.problem(item, reason);
        }
    }

    /// The documents of a page, and the actions that it names.
    fn links(&self, item: &Found, html: &str) -> Vec<Found> {
        if matches!(item.kind, ItemKind::Document | ItemKind::Guidance) {
            return Vec::new();
        }
        let links = read::html::links(html, &item.address);
        let documents = links.documents.into_iter().filter_map(|link| {
            let address = canonical(&link.address, &item.address)?;
            let mut found = Found::new(address, ItemKind::Document, SourceName::Links);
            found.copy = self.copies.get(&found.address).cloned();
            found.page = Some(item.address.clone());
            found.listed.title = Some(link.title).filter(|title| !title.is_empty());
            found.listed.bytes = link.bytes;
            Some(found)
        });
        let pages = links.pages.into_iter().filter_map(|link| {
            let address = canonical(&link.address, &item.address)?;
            let kind = kind_of(&address, self.client.settings());
            kind.filter(|kind| *kind == ItemKind::Action)
                .map(|kind| Found::new(address, kind, SourceName::Links))
        });
        documents.chain(pages).collect()
    }

    /// Notes what is listed no more, and what the sources yielded, and ends the report.
    ///
    /// Nothing is taken for removed unless search API and sitemap both answered plausibly.
    ///
    /// # Errors
    /// The store failed.
    pub fn finish(mut self) -> Result<Report, HarvestError> {
        let at = Timestamp::now();
        if [SourceName::SearchApi, SourceName::Sitemap].iter().all(|s| self.healthy.contains(s)) {
            self.mark_unlisted(at)?;
        }
        for name in self.healthy.clone() {
            let by = self.found.values().filter(|f| f.by.contains(&name));
            let items = by.filter(|f| f.kind == ItemKind::Action).count();
            self.store.note(Event::Yield { source: name, at, items })?;
        }
        self.report.requests = self.client.asked();
        // An archive that keeps us out has said so as a source, or of the items it did not give.
        let archives = self.client.settings().hosts_of_archives();
        let stopped = self.client.stopped().filter(|(host, _)| !archives.contains(*host));
        self.report.blocked = stopped.map(|(host, why)| format!("{host}: {why}")).collect();
        self.store.note(Event::Looked(Look {
            at,
            sources: self.report.sources.clone(),
            blocked: self.report.blocked.clone(),
            failed: self.report.problems.len(),
            not_stored: self.not_stored(),
        }))?;
        Ok(self.report)
    }

    /// Listed pages of the register that the store does not have.
    fn not_stored(&self) -> usize {
        let listed = self.found.values().filter(|f| f.kind == ItemKind::Action && f.is_live());
        listed.filter(|found| !self.store.items().contains_key(&found.address)).count()
    }

    fn mark_unlisted(&mut self, at: Timestamp) -> Result<(), StoreError> {
        let listed_kind = |kind| matches!(kind, ItemKind::Action | ItemKind::Audit);
        let mut events = Vec::new();
        for (address, item) in self.store.items() {
            let Some(newest) = item.newest().filter(|newest| listed_kind(newest.kind)) else {
                continue;
            };
            // What only links or a user's list ever found was never listed.
            let was_listed = newest.found_by.iter().any(|by| *by < SourceName::Links);
            // An archive says nothing of what is listed now.
            match (self.found.get(address).is_some_and(Found::is_live), item.unlisted) {
                (false, None) if was_listed => {
                    events.push(Event::Unlisted { address: address.clone(), at });
                }
                (true, Some(_)) => events.push(Event::Relisted { address: address.clone(), at }),
                _ => {}
            }
        }
        for event in events {
            if let Event::Unlisted { address, .. } = &event {
                self.report.unlisted.push(address.clone());
            }
            self.store.note(event)?;
        }
        Ok(())
    }
}

const fn expected(kind: ItemKind) -> Expect {
    match kind {
        ItemKind::Document => Expect::Document,
        _ => Expect::Page,
    }
}

fn provenance(item: &Found, answer: &Answer) -> Provenance {
    Provenance {
        address: item.address.clone(),
        kind: item.kind,
        answered: answer.address.clone(),
        at: answer.at,
        status: answer.status,
        content_type: answer.content_type.clone(),
        validators: answer.validators.clone(),
        memento: answer.memento.clone(),
        sha256: sha256(&answer.bytes),
        bytes: answer.bytes.len() as u64,
        extension: extension(item).to_owned(),
        page: item.page.clone(),
        found_by: item.by.clone(),
        listed: item.listed.clone(),
        licence: LICENCE.to_owned(),
    }
}

/// The ending of the stored file: that of a document's address, or html.
fn extension(item: &Found) -> &str {
    let ending = item.address.rsplit('.').next().unwrap_or_default();
    let is_ending = (2..=4).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
    match item.kind {
        ItemKind::Document if is_ending => ending,
        ItemKind::Document => "bin",
        _ => "html",
    }
}
