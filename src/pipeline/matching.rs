//! Which documents tell the same case. Nothing is guessed: what does not fit is reported.
//!
//! A document joins a case by its surest [`Key`]: register page, address or hash of the notice,
//! number and file name, file name alone; and last by organisation, date and kind of action.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Entry,
    conflict::{Conflict, Slugs},
    key::{self, Key},
};
use crate::{
    model::{DocumentKind, Facts, PartialDate},
    taxonomy::split_words,
};

/// Dates of one action in different sources lie within so many days.
pub const PLAUSIBLE_DAYS: i32 = 120;

/// Documents by the name of their case.
#[derive(Debug, Default)]
pub struct Matched<'a> {
    /// The documents of each case in the order in which they came: digest, pages, notices.
    pub cases: BTreeMap<String, Vec<&'a Entry>>,
    /// Sentences on what did not fit.
    pub conflicts: Vec<String>,
    /// The cases that have a key.
    owners: HashMap<Key, Slugs>,
    /// The cases about a body, by each of its names.
    bodies: HashMap<String, Slugs>,
}

/// Puts documents together; those that tell of no action are left out.
///
/// A digest gives its case the name of its file; another document, where it makes a case of its own,
/// that of its organisation.
pub fn group(entries: &[Entry]) -> Matched<'_> {
    let mut matched = Matched::default();
    let of_rank = |rank| entries.iter().filter(move |entry| Rank::of(entry) == Some(rank));
    for digest in of_rank(Rank::Digest) {
        let slug = matched.unused(digest.stem(), digest);
        matched.add(slug, digest);
    }
    for document in of_rank(Rank::Page).chain(of_rank(Rank::Notice)) {
        let known = matched.case_of(document);
        let slug = known.unwrap_or_else(|| matched.unused(&slug_of(document), document));
        matched.add(slug, document);
    }
    matched
}

/// Whose text and evidence leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Notice,
    Page,
    Digest,
}

impl Rank {
    /// That of a document; none, if it tells of no action.
    pub fn of(entry: &Entry) -> Option<Self> {
        match entry.record.kind {
            DocumentKind::Digest => Some(Self::Digest),
            DocumentKind::RegisterPage => Some(Self::Page),
            _ => key::is_notice(entry).then_some(Self::Notice),
        }
    }
}

impl<'a> Matched<'a> {
    /// A key that another case has already stays with it, unless both are told by digests.
    fn add(&mut self, slug: String, entry: &'a Entry) {
        let is_digest = entry.record.kind == DocumentKind::Digest;
        for key in key::keys(entry) {
            let owners = self.owners.entry(key).or_default();
            if is_digest || owners.is_empty() {
                owners.insert(slug.clone());
            }
        }
        for body in key::bodies(&entry.record.facts) {
            self.bodies.entry(body).or_default().insert(slug.clone());
        }
        self.cases.entry(slug).or_default().push(entry);
    }

    fn case_of(&mut self, entry: &Entry) -> Option<String> {
        let keys = key::keys(entry);
        let owned = |key: &&Key| self.owners.contains_key(*key);
        if keys.iter().filter(|key| key.is_sure()).any(|key| owned(&key)) {
            return self.by_sure_key(entry, &keys);
        }
        self.by_file_name(entry, &keys).or_else(|| self.by_action(entry))
    }

    /// The case of the surest key; others that disagree are reported.
    fn by_sure_key(&mut self, entry: &Entry, keys: &[Key]) -> Option<String> {
        let sure = keys.iter().filter(|key| key.is_sure());
        let known: Vec<(&Key, Slugs)> =
            sure.filter_map(|key| Some((key, self.owners.get(key)?.clone()))).collect();
        let (key, first) = known.first()?;
        let owners = known.iter().fold(first.clone(), |left, (_, others)| {
            let both: Slugs = left.intersection(others).cloned().collect();
            if both.is_empty() { left } else { both }
        });
        let slug = self.likeliest(entry, &owners)?;
        if !matches!(key, Key::Page(_)) && self.is_page_of_another_body(entry, &slug) {
            self.report(entry, &Conflict::OtherBody { key, slug: &slug });
            return None;
        }
        let split = known.iter().find(|(_, others)| !others.contains(&slug));
        if let Some((other_key, others)) = split {
            self.report(entry, &Conflict::Split { key, slug: &slug, other_key, others });
        } else if owners.len() > 1 {
            self.report(entry, &Conflict::Shared { key, slug: &slug, owners: &owners });
        }
        Some(slug)
    }

    /// Of several cases the one about the same body, or else the first.
    fn likeliest(&self, entry: &Entry, slugs: &Slugs) -> Option<String> {
        let facts = &entry.record.facts;
        let about_it = |slug: &&String| self.facts(slug).any(|known| key::same_body(known, facts));
        slugs.iter().find(about_it).or_else(|| slugs.first()).cloned()
    }

    /// One notice may concern two bodies, each with a page of its own.
    fn is_page_of_another_body(&self, entry: &Entry, slug: &str) -> bool {
        let facts = &entry.record.facts;
        entry.record.kind == DocumentKind::RegisterPage
            && self.has_other_page(entry, slug)
            && !self.facts(slug).any(|known| key::may_be_same_body(known, facts))
    }

    /// The one case with a file of that name, if body and date can be the same.
    fn by_file_name(&mut self, entry: &Entry, keys: &[Key]) -> Option<String> {
        let names = keys.iter().filter(|key| !key.is_sure());
        let found = names.filter_map(|key| self.owners.get(key)).flatten().cloned();
        let facts = &entry.record.facts;
        let (fit, differ): (Slugs, Slugs) = found.partition(|slug| {
            self.facts(slug).any(|known| key::may_be_same_body(known, facts))
                && self.facts(slug).any(|known| may_be_same_time(known.date, facts.date))
        });
        match (fit.len(), fit.first()) {
            (1, Some(slug)) => return Some(slug.clone()),
            (0, _) if differ.is_empty() => {}
            (0, _) => self.report(entry, &Conflict::OtherFile { slugs: &differ }),
            _ => self.report(entry, &Conflict::SharedFile { slugs: &fit }),
        }
        None
    }

    /// The one case of the same body, date and kind of action.
    fn by_action(&mut self, entry: &Entry) -> Option<String> {
        let same = self.alike(entry, are_same_day);
        let near = self.alike(entry, may_be_same_time);
        match (same.len(), same.first()) {
            (1, Some(slug)) => return Some(slug.clone()),
            (0, _) if near.is_empty() => {}
            (0, _) => self.report(entry, &Conflict::OtherDate { slugs: &near }),
            _ => self.report(entry, &Conflict::SeveralActions { slugs: &same }),
        }
        None
    }

    /// Cases of the same body and kind of action with such a date. Two register pages are two
    /// entries, however much they are alike.
    fn alike(
        &self,
        entry: &Entry,
        close: fn(Option<PartialDate>, Option<PartialDate>) -> bool,
    ) -> Slugs {
        let facts = &entry.record.facts;
        let of_body: BTreeSet<&String> =
            key::bodies(facts).filter_map(|body| self.bodies.get(&body)).flatten().collect();
        let is_alike = |known: &Facts| {
            let mut types = known.action_types.iter();
            close(known.date, facts.date) && types.any(|action| facts.action_types.contains(action))
        };
        let fits =
            |slug: &&&String| self.facts(slug).any(is_alike) && !self.has_other_page(entry, slug);
        of_body.iter().filter(fits).map(|slug| (*slug).clone()).collect()
    }

    /// Whether document and case both have register pages, and none in common.
    fn has_other_page(&self, entry: &Entry, slug: &str) -> bool {
        let own: Slugs = key::pages(&entry.record.facts).collect();
        let others: Slugs = self.facts(slug).flat_map(key::pages).collect();
        !own.is_empty() && !others.is_empty() && own.is_disjoint(&others)
    }

    fn facts(&self, slug: &str) -> impl Iterator<Item = &'a Facts> {
        self.cases.get(slug).into_iter().flatten().map(|entry| &entry.record.facts)
    }

    fn report(&mut self, entry: &Entry, what: &Conflict<'_>) {
        self.conflicts.push(format!("{}: {what}", entry.record.document));
    }

    /// The name itself; with the year or the date of the action if another case has it; or else
    /// with the lowest number that makes it unique.
    fn unused(&self, name: &str, entry: &Entry) -> String {
        let date = entry.record.facts.date;
        let dated = date.map(|date| [format!("{name}-{}", date.year()), format!("{name}-{date}")]);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names =
            std::iter::once(name.to_owned()).chain(dated.into_iter().flatten()).chain(numbered);
        names.find(|candidate| !self.cases.contains_key(candidate)).unwrap_or_default()
    }
}

/// "Example Council Ltd" becomes `example-council`.
fn slug_of(entry: &Entry) -> String {
    let name = entry.record.facts.organisation.as_deref().unwrap_or_else(|| entry.stem());
    let words: Vec<String> =
        split_words(name).filter(|word| !key::FORMS.contains(&word.as_str())).collect();
    if words.is_empty() { "unnamed".to_owned() } else { words.join("-") }
}

/// Whether two dates can be the same day.
fn is_compatible(one: PartialDate, other: PartialDate) -> bool {
    one.may_lie_in(Some(other), Some(other))
}

/// Whether two dates can belong to one action.
pub fn is_plausible(one: PartialDate, other: PartialDate) -> bool {
    is_compatible(one, other) || one.days_to(other) <= PLAUSIBLE_DAYS
}

fn are_same_day(one: Option<PartialDate>, other: Option<PartialDate>) -> bool {
    one.zip(other).is_some_and(|(one, other)| is_compatible(one, other))
}

fn may_be_same_time(one: Option<PartialDate>, other: Option<PartialDate>) -> bool {
    one.zip(other).is_none_or(|(one, other)| is_plausible(one, other))
}
