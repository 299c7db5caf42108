//! The lines of the store's log: what happened to an address, and when.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fetch::{ItemKind, Listed, SourceName, SourceReport, Validators};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// Bytes came and were kept.
    Fetched(Box<Provenance>),
    /// The site says, or the bytes show, that the newest version is still right.
    Unchanged {
        /// The address.
        address: String,
        /// When.
        at: Timestamp,
        /// Who finds it now.
        found_by: BTreeSet<SourceName>,
        /// The listing's stamp now.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        changed: Option<String>,
    },
    /// No source lists it any more.
    Unlisted {
        /// The address.
        address: String,
        /// When that was seen first.
        at: Timestamp,
    },
    /// It is listed again.
    Relisted {
        /// The address.
        address: String,
        /// When.
        at: Timestamp,
    },
    /// The site has it no more (404 or 410); the stored copy stays.
    Gone {
        /// The address.
        address: String,
        /// When.
        at: Timestamp,
        /// 404 or 410.
        status: u16,
    },
    /// How many items a source yielded in a run.
    Yield {
        /// The source.
        source: SourceName,
        /// When.
        at: Timestamp,
        /// How many.
        items: usize,
    },
    /// A fetch came to its end.
    Looked(Look),
}

/// What a fetch that came to its end could look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// When it ended.
    pub at: Timestamp,
    /// The sources asked, with how each went.
    pub sources: Vec<SourceReport>,
    /// Hosts that kept us out, with what happened.
    pub blocked: Vec<String>,
    /// Addresses that were asked for in vain.
    pub failed: usize,
    /// Register pages that a source lists and the store does not have.
    pub not_stored: usize,
}

/// Where bytes come from, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The address under which it is known.
    pub address: String,
    /// What it is.
    pub kind: ItemKind,
    /// The address that answered: after redirects, or that of an archive; the path of a user's file.
    pub answered: String,
    /// When.
    pub at: Timestamp,
    /// The status; 0 where there was no request.
    pub status: u16,
    /// `Content-Type`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub content_type: Option<String>,
    /// How to ask again.
    #[serde(flatten)]
    pub validators: Validators,
    /// When an archive took the copy; nothing for the live site.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub memento: Option<String>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// The ending of the stored file.
    pub extension: String,
    /// The page that links to it, for a document.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<String>,
    /// Who found it.
    pub found_by: BTreeSet<SourceName>,
    /// What the listing says of it.
    pub listed: Listed,
    /// The licence under which it was published.
    pub licence: String,
}

impl Provenance {
    /// Whether a user added it as a file, so that no site answered with it.
    #[must_use]
    pub fn is_added(&self) -> bool {
        self.found_by.contains(&SourceName::Added)
    }

    /// Where people see a copy of an archive: the page around it, not its bare bytes. Nothing where no
    /// address shows the copy alone, as in a file of many records.
    #[must_use]
    pub fn archived_at(&self) -> Option<String> {
        self.memento.as_ref()?;
        let is_part = self.answered.contains('#');
        (!is_part).then(|| self.answered.replacen("id_/", "/", 1))
    }

    /// Where the bytes lie, from the store's folder.
    #[must_use]
    pub fn object(&self) -> String {
        let folder = self.sha256.get(..2).unwrap_or("00");
        format!("objects/{folder}/{}.{}", self.sha256, self.extension)
    }
}
