//! What the history remembers of a case.

use serde::{Deserialize, Serialize};

use crate::{
    hash::sha256,
    index::organisation_words,
    model::{ActionType, Case, DocumentKind, Filter, PartialDate, Provision},
};

/// A case as a run saw it: what a change of it can be told by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its slug.
    pub case: String,
    /// The body acted against.
    pub organisation: String,
    /// Other names of that body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// Headline.
    pub title: String,
    /// Date of the action.
    pub date: Option<PartialDate>,
    /// Kinds of action.
    pub action_types: Vec<ActionType>,
    /// Sector.
    pub sector: Option<String>,
    /// Penalty in pounds.
    pub amount_gbp: Option<u64>,
    /// Categories found.
    pub categories: Vec<String>,
    /// Provisions found infringed.
    pub provisions: Vec<Provision>,
    /// Pages of the register, the leading one first.
    pub page_urls: Vec<String>,
    /// The notice, where its address is known.
    pub pdf_url: Option<String>,
    /// Whether it is against a natural person.
    pub individual: bool,
    /// Whether an official text tells it, and not only a digest.
    pub official: bool,
    /// Differs where other documents, or other bytes of them, tell the case.
    pub sources: String,
}

impl Seen {
    /// What is remembered of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let facts = &case.facts;
        let mut hashes: Vec<&str> = case.documents.iter().map(|d| d.sha256.as_str()).collect();
        hashes.sort_unstable();
        let is_official = |kind: DocumentKind| kind != DocumentKind::Digest;
        Self {
            case: case.case.clone(),
            organisation: case.organisation().to_owned(),
            also_known_as: facts.also_known_as.clone(),
            title: case.title().to_owned(),
            date: facts.date,
            action_types: facts.action_types.clone(),
            sector: facts.sector.clone(),
            amount_gbp: facts.amount_gbp,
            categories: case.categories.clone(),
            provisions: case.infringed(),
            page_urls: facts.page_url.iter().chain(&facts.also_page_urls).cloned().collect(),
            pdf_url: facts.pdf_url.clone(),
            individual: facts.individual,
            official: case.documents.iter().any(|document| is_official(document.kind)),
            sources: sha256(hashes.concat().as_bytes()).chars().take(16).collect(),
        }
    }

    /// Where a reader sees it: the register's page, or else the notice.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.page_urls.first().or(self.pdf_url.as_ref()).map(String::as_str)
    }

    /// Whether it passes a filter, by the rules of search.
    #[must_use]
    pub fn passes(&self, filter: &Filter) -> bool {
        let one_of = |wanted: &[String], has: &dyn Fn(&String) -> bool| {
            wanted.is_empty() || wanted.iter().any(has)
        };
        let amount_passes = |bound: Option<u64>, holds: &dyn Fn(u64, u64) -> bool| {
            bound.is_none_or(|bound| self.amount_gbp.is_some_and(|sum| holds(sum, bound)))
        };
        let has_dates = filter.since.is_some() || filter.until.is_some();
        one_of(&filter.categories, &|id| self.categories.contains(id))
            && one_of(&filter.sectors, &|id| self.sector.as_ref() == Some(id))
            && one_of(&filter.organisations, &|name| self.is_called(name))
            && (filter.actions.is_empty()
                || filter.actions.iter().any(|action| self.action_types.contains(action)))
            && (filter.provisions.is_empty()
                || filter.provisions.iter().any(|wanted| self.infringes(wanted)))
            && amount_passes(filter.amount_min, &|sum, least| sum >= least)
            && amount_passes(filter.amount_max, &|sum, most| sum <= most)
            && (!has_dates
                || self.date.is_some_and(|date| date.may_lie_in(filter.since, filter.until)))
            && !(filter.without_individuals && self.individual)
    }

    fn infringes(&self, wanted: &Provision) -> bool {
        self.provisions.iter().any(|provision| wanted.covers(provision))
    }

    fn is_called(&self, name: &str) -> bool {
        let names = std::iter::once(&self.organisation).chain(&self.also_known_as);
        let words: Vec<String> = names.flat_map(|name| organisation_words(name)).collect();
        organisation_words(name).iter().all(|word| words.contains(word))
    }
}
