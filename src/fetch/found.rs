//! What the sources find: addresses with what a listing says of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{ActionType, ListedFacts, PartialDate};

/// A way to find things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceName {
    /// The search API behind the listings.
    SearchApi,
    /// The sitemap.
    Sitemap,
    /// The listing as HTML.
    Listing,
    /// Links of pages that were fetched.
    Links,
    /// Captures of the Wayback Machine.
    Wayback,
    /// Captures of Common Crawl.
    CommonCrawl,
    /// A user's own list of addresses.
    OwnList,
    /// A user's own files.
    Added,
}

impl SourceName {
    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::SearchApi => "search API",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing page",
            Self::Links => "links",
            Self::Wayback => "Wayback Machine",
            Self::CommonCrawl => "Common Crawl",
            Self::OwnList => "your list",
            Self::Added => "your files",
        }
    }

    /// Whether it is an archive, which says nothing of what the site holds now.
    #[must_use]
    pub const fn is_archive(self) -> bool {
        matches!(self, Self::Wayback | Self::CommonCrawl)
    }
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A page of the enforcement register.
    Action,
    /// A page about an audit.
    Audit,
    /// A page of guidance.
    Guidance,
    /// A document that a page links to, such as a notice as PDF.
    Document,
}

impl ItemKind {
    /// The plural a reader sees.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Action => "register pages",
            Self::Audit => "audit pages",
            Self::Guidance => "guidance pages",
            Self::Document => "documents",
        }
    }
}

/// What a listing says of an item; all of it may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Listed {
    /// Its title, usually the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date of the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Its kinds of action.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub action_types: Vec<ActionType>,
    /// Its sector in the register's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// A stamp that changes when the item does (`createdDateTime`, `lastmod`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
    /// Bytes that a page states for a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

impl Listed {
    /// A title and the line of facts under it.
    #[must_use]
    pub fn of(title: &str, facts: Option<ListedFacts>) -> Self {
        let title = Some(title.trim()).filter(|title| !title.is_empty()).map(str::to_owned);
        let listed = Self { title, ..Self::default() };
        match facts {
            None => listed,
            Some(ListedFacts { date, action_types, sector }) => {
                Self { date: Some(date), action_types, sector, ..listed }
            }
        }
    }

    /// This, with what it leaves open taken from another listing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let types =
            if self.action_types.is_empty() { other.action_types } else { self.action_types };
        Self {
            title: self.title.or(other.title),
            date: self.date.or(other.date),
            action_types: types,
            sector: self.sector.or(other.sector),
            changed: self.changed.or(other.changed),
            bytes: self.bytes.or(other.bytes),
        }
    }
}

/// An address that a source has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its canonical address.
    pub address: String,
    /// What it is.
    pub kind: ItemKind,
    /// What is said of it.
    pub listed: Listed,
    /// A copy in an archive, the newest.
    pub copy: Option<ArchiveCopy>,
    /// The page that links to it, for a document.
    pub page: Option<String>,
    /// Who found it.
    pub by: BTreeSet<SourceName>,
}

/// A copy that an archive took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArchiveCopy {
    /// When, as the archive writes it: `20240723101500`.
    pub timestamp: String,
    /// Where its bytes are.
    pub address: String,
    /// First and last byte of its record there, for an archive of records.
    pub range: Option<(u64, u64)>,
}

impl ArchiveCopy {
    /// Where exactly its bytes are: of a record in a larger file, with the bytes as fragment.
    #[must_use]
    pub fn location(&self) -> String {
        match self.range {
            None => self.address.clone(),
            Some((first, last)) => format!("{}#bytes={first}-{last}", self.address),
        }
    }

    /// When it was taken, as `2024-10-09T08:07:06Z`.
    #[must_use]
    pub fn moment(&self) -> String {
        let moment = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", &self.timestamp);
        moment.map_or_else(|_| self.timestamp.clone(), |moment| format!("{moment}Z"))
    }
}

impl Found {
    /// Whether a source found it that tells what the site holds now.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.by.iter().any(|by| !by.is_archive())
    }

    /// An address found by one source.
    #[must_use]
    pub fn new(address: String, kind: ItemKind, by: SourceName) -> Self {
        let by = BTreeSet::from([by]);
        Self { address, kind, listed: Listed::default(), copy: None, page: None, by }
    }

    /// Both findings of one address.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            listed: self.listed.or(other.listed),
            copy: self.copy.max(other.copy),
            page: self.page.or(other.page),
            by: self.by.union(&other.by).copied().collect(),
            ..self
        }
    }
}
