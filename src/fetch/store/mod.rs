//! The store of fetched bytes: every version kept, every byte with its provenance, nothing deleted.
//!
//! Bytes lie under the name of their SHA-256 in `objects/`; `log.jsonl` has one [`Event`] a line and
//! is only ever appended to. Bytes are written before the line that speaks of them, so that a kill
//! at any moment leaves at most a file that no line names, or half a last line, which is cut off.

mod event;
mod log;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use thiserror::Error;

pub use event::{Event, Look, Provenance};

use super::{Listed, SourceName, canonical};
use log::Log;

/// The store's folder below that of the corpus.
pub const FOLDER: &str = "fetched/store";

/// A fault of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// It cannot be written.
    #[error("cannot write to {path}: {source}; what was stored before is untouched")]
    Unwritable {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A line of the log is damaged.
    #[error(
        "{path}, line {line} is damaged ({source}); mend or remove that line, no other is concerned"
    )]
    Damaged {
        /// The log.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// Another fetch is under way.
    #[error("another `casebook fetch` is working on {0}; wait until it has ended")]
    Busy(String),
}

/// What is known of one address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Its versions, the newest last; never empty in a store that was read.
    pub versions: Vec<Provenance>,
    /// When it was last asked for with success.
    pub checked: Option<Timestamp>,
    /// Who finds it.
    pub found_by: BTreeSet<SourceName>,
    /// The listing's stamp when it was last asked for.
    pub changed: Option<String>,
    /// Since when no source lists it.
    pub unlisted: Option<Timestamp>,
    /// Since when the site has it no more.
    pub gone: Option<Timestamp>,
}

impl Item {
    /// Whether a version came from the site itself.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.versions.iter().any(|version| version.memento.is_none())
    }

    /// The newest version: what a user added leads only until the site itself has answered.
    #[must_use]
    pub fn newest(&self) -> Option<&Provenance> {
        let fetched = self.versions.iter().rfind(|version| !version.is_added());
        fetched.or_else(|| self.versions.last())
    }
}

/// What became of bytes that were to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The address was not known.
    New,
    /// They differ from the version before.
    Changed,
    /// They are the version before.
    Same,
}

/// The store, open for one fetch or for reading.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    items: BTreeMap<String, Item>,
    yields: BTreeMap<SourceName, usize>,
    looks: Vec<Look>,
    /// Whether a fetch has noted something and not its end.
    is_unfinished: bool,
    log: Option<Log>,
}

impl Store {
    /// Opens the store for writing; makes it if there is none.
    ///
    /// # Errors
    /// It cannot be read or written, or another fetch holds it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder.join("objects")).map_err(|source| unwritable(folder, source))?;
        let path = folder.join("log.jsonl");
        let log = Log::open(&path).map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::Busy(folder.display().to_string()),
            TryLockError::Error(source) => unwritable(&path, source),
        })?;
        let mut store = Self::read(folder)?;
        store.log = Some(log);
        Ok(store)
    }

    /// Reads a store without holding it; one that does not exist is empty.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        let mut store = Self {
            folder: folder.to_owned(),
            items: BTreeMap::new(),
            yields: BTreeMap::new(),
            looks: Vec::new(),
            is_unfinished: false,
            log: None,
        };
        for event in log::read(&folder.join("log.jsonl"))? {
            store.apply(event);
        }
        Ok(store)
    }

    /// The items by address.
    #[must_use]
    pub const fn items(&self) -> &BTreeMap<String, Item> {
        &self.items
    }

    /// What a source yielded in the last run that noted it.
    #[must_use]
    pub fn last_yield(&self, source: SourceName) -> Option<usize> {
        self.yields.get(&source).copied()
    }

    /// The fetches that came to their end, the oldest first.
    #[must_use]
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// Whether the last fetch was stopped before its end, so that it could not say how it went.
    #[must_use]
    pub const fn is_unfinished(&self) -> bool {
        self.is_unfinished
    }

    /// The newest version of every item; where several addresses have the same bytes, the first
    /// address that had them, and one of the site before the name of a user's file.
    pub fn documents(&self) -> Vec<&Provenance> {
        let mut first: BTreeMap<&str, &Provenance> = BTreeMap::new();
        for newest in self.items.values().filter_map(Item::newest) {
            let kept = first.entry(&newest.sha256).or_insert(newest);
            if (newest.is_added(), newest.at) < (kept.is_added(), kept.at) {
                *kept = newest;
            }
        }
        let mut documents: Vec<&Provenance> = first.into_values().collect();
        documents.sort_by(|a, b| a.address.cmp(&b.address));
        documents
    }

    /// Every address under which bytes were ever seen.
    pub fn addresses_of<'a>(&'a self, sha256: &'a str) -> impl Iterator<Item = &'a str> {
        let versions = self.items.values().flat_map(|item| &item.versions);
        let same = versions.filter(move |version| version.sha256 == sha256);
        same.map(|version| version.address.as_str())
    }

    /// Where an archive shows what lay at an address: the newest copy that is stored.
    #[must_use]
    pub fn archived_copy(&self, address: &str) -> Option<String> {
        let address = canonical(address, address)?;
        let versions = &self.items.get(&address)?.versions;
        versions.iter().rev().find_map(Provenance::archived_at)
    }

    /// Where the bytes of a version lie.
    #[must_use]
    pub fn location(&self, version: &Provenance) -> PathBuf {
        self.folder.join(version.object())
    }

    /// Keeps bytes with their provenance; bytes that are the newest version already only count as
    /// checked, except where the site itself answers with what a user had added.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn keep(&mut self, provenance: Provenance, bytes: &[u8]) -> Result<Kept, StoreError> {
        let newest = self.items.get(&provenance.address).and_then(Item::newest);
        let known = newest.map(|newest| newest.sha256 == provenance.sha256);
        let confirms = newest.is_some_and(Provenance::is_added) && !provenance.is_added();
        if known == Some(true) && !confirms {
            let Provenance { address, at, found_by, listed: Listed { changed, .. }, .. } =
                provenance;
            self.note(Event::Unchanged { address, at, found_by, changed })?;
            return Ok(Kept::Same);
        }
        self.write_object(&provenance, bytes)?;
        self.note(Event::Fetched(Box::new(provenance)))?;
        Ok(match known {
            None => Kept::New,
            Some(true) => Kept::Same,
            Some(false) => Kept::Changed,
        })
    }

    /// Writes a line of the log.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn note(&mut self, event: Event) -> Result<(), StoreError> {
        let path = self.folder.join("log.jsonl");
        if let Some(log) = &mut self.log {
            log.append(&event).map_err(|source| unwritable(&path, source))?;
        }
        self.apply(event);
        Ok(())
    }

    fn write_object(&self, provenance: &Provenance, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.folder.join(provenance.object());
        let folder = path.parent().unwrap_or(&self.folder);
        let write = || -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|source| unwritable(&path, source))
    }

    fn apply(&mut self, event: Event) {
        self.is_unfinished = match &event {
            Event::Looked(_) => false,
            Event::Fetched(version) if version.is_added() => self.is_unfinished,
            _ => true,
        };
        match event {
            Event::Fetched(version) => {
                let item = self.items.entry(version.address.clone()).or_default();
                item.checked = Some(version.at);
                item.found_by.extend(&version.found_by);
                item.changed.clone_from(&version.listed.changed);
                if version.memento.is_none() {
                    item.gone = None;
                }
                item.versions.push(*version);
            }
            Event::Unchanged { address, at, found_by, changed } => self.known(&address, |item| {
                item.checked = Some(at);
                item.found_by.extend(found_by);
                item.changed = changed.or(item.changed.take());
                item.gone = None;
            }),
            Event::Unlisted { address, at } => {
                self.known(&address, |item| item.unlisted = item.unlisted.or(Some(at)));
            }
            Event::Relisted { address, .. } => self.known(&address, |item| item.unlisted = None),
            Event::Gone { address, at, .. } => {
                self.known(&address, |item| item.gone = item.gone.or(Some(at)));
            }
            Event::Yield { source, items, .. } => {
                self.yields.insert(source, items);
            }
            Event::Looked(look) => self.looks.push(look),
        }
    }

    fn known(&mut self, address: &str, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(address) {
            change(item);
        }
    }
}

fn unwritable(path: &Path, source: io::Error) -> StoreError {
    StoreError::Unwritable { path: path.display().to_string(), source }
}
