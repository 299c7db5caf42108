//! The folder of everything derived: where its parts lie, and how a new state replaces the old.
//!
//! A run writes the whole new state into `.next`. Renaming that to `.ready` is the one step that
//! decides: from then on the new state counts. Its parts then move to their places, and whoever
//! comes later finishes that if the program was killed on the way.

use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;

use super::{Entry, Faulty};
use crate::{
    changes::{History, HistoryError},
    hash::sha256,
};

/// Raised whenever the form of anything derived changes.
const FORMAT: u32 = 5;

const NEXT: &str = ".next";
const READY: &str = ".ready";
const LOCK: &str = ".lock";
const MANIFEST: &str = "manifest.json";
const DOCUMENTS: &str = "documents.jsonl";
const GUIDANCE: &str = "guidance.json";
const SEARCH: &str = "search";
const TABLES: &str = "tables";
const HISTORY: &str = "history.jsonl";
const DAMAGED: &str = "history.damaged.jsonl";
const VECTORS: &str = "vectors";
const SENTENCES: &str = "sentences";

/// The manifest moves last: as long as it lies in [`READY`], that state counts.
const PARTS: [&str; 6] = [SEARCH, TABLES, DOCUMENTS, GUIDANCE, HISTORY, MANIFEST];

/// A fault of the folder.
#[derive(Debug, Error)]
pub enum IndexesError {
    /// Nothing was built yet.
    #[error("{0} holds no indexes yet; build them with `casebook run`")]
    Missing(String),
    /// Another version of the program built it.
    #[error(
        "{folder} was built by casebook {built_by}, in another form; rebuild it with `casebook run`"
    )]
    OtherVersion {
        /// The folder.
        folder: String,
        /// The version that built it.
        built_by: String,
    },
    /// A file is damaged.
    #[error("{path} is damaged ({source}); rebuild the indexes with `casebook run --rebuild`")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Another run is under way.
    #[error("another `casebook run` is working on {0}; wait until it has ended")]
    Busy(String),
    /// The folder cannot be written.
    #[error(
        "cannot write to {path}: {source}; nothing was changed. Name another folder with --indexes FOLDER"
    )]
    Unwritable {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// What the indexes were built from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the derived files.
    pub format: u32,
    /// Version of the program.
    pub casebook: String,
    /// [`crate::taxonomy::Taxonomy::fingerprint`], and that of what finds by meaning.
    pub taxonomy: String,
    /// SHA-256 of every document by path, faulty ones included.
    pub documents: BTreeMap<String, String>,
    /// Documents that could not be used.
    pub faulty: Vec<Faulty>,
    /// What did not fit between documents.
    #[serde(default)]
    pub conflicts: Vec<String>,
    /// Number of cases.
    pub cases: usize,
    /// Number of guidance notes.
    pub guidance: usize,
    /// Number of findings in the stance of finding.
    pub findings: usize,
}

impl Manifest {
    /// An empty manifest of this version.
    #[must_use]
    pub fn new(taxonomy: &str) -> Self {
        Self {
            format: FORMAT,
            casebook: env!("CARGO_PKG_VERSION").to_owned(),
            taxonomy: taxonomy.to_owned(),
            ..Self::default()
        }
    }

    /// Differs between any two states.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // Maps of strings, numbers and lists always become JSON.
        sha256(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// Whether this version of the program wrote it.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.format == FORMAT && self.casebook == env!("CARGO_PKG_VERSION")
    }
}

/// A guidance note, or a page of guidance, as lessons link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidance {
    /// Title of the note.
    pub title: String,
    /// Address of the ICO's page.
    pub url: String,
    /// Categories to which it speaks, the main one first.
    pub categories: Vec<String>,
    /// What the page asks for: a note's own words, or the page's.
    pub text: String,
}

/// The folder, opened for reading.
#[derive(Debug, Clone)]
pub struct Indexes {
    folder: PathBuf,
    /// What it was built from.
    pub manifest: Manifest,
}

impl Indexes {
    /// Opens the folder.
    ///
    /// # Errors
    /// Nothing was built, another version built it, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, IndexesError> {
        let path = part(folder, MANIFEST);
        if !path.is_file() {
            return Err(IndexesError::Missing(folder.display().to_string()));
        }
        let manifest: Manifest = read_json(&path)?;
        if !manifest.is_current() {
            let built_by = manifest.casebook;
            return Err(IndexesError::OtherVersion {
                folder: folder.display().to_string(),
                built_by,
            });
        }
        Ok(Self { folder: folder.to_owned(), manifest })
    }

    /// Whether nothing has been deleted from it by hand.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        PARTS.iter().all(|name| part(&self.folder, name).exists())
    }

    /// Folder of the search index.
    #[must_use]
    pub fn search(&self) -> PathBuf {
        part(&self.folder, SEARCH)
    }

    /// Folder of the tables.
    #[must_use]
    pub fn tables(&self) -> PathBuf {
        part(&self.folder, TABLES)
    }

    /// File of the vectors. No part of the state: it names the state from which it was made, and
    /// what has not changed is taken over into the next.
    #[must_use]
    pub fn vectors(&self) -> PathBuf {
        self.folder.join(VECTORS)
    }

    /// File of the vectors of sentences in a folder of indexes: a memory that can be deleted at any time.
    #[must_use]
    pub fn sentences(folder: &Path) -> PathBuf {
        folder.join(SENTENCES)
    }

    /// All guidance notes.
    ///
    /// # Errors
    /// The file is missing or damaged.
    pub fn guidance(&self) -> Result<Vec<Guidance>, IndexesError> {
        read_json(&part(&self.folder, GUIDANCE))
    }

    /// What earlier runs found.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn history(&self) -> Result<History, HistoryError> {
        History::read(&part(&self.folder, HISTORY))
    }

    /// The documents by path, to be used again where their files have not changed.
    ///
    /// # Errors
    /// The file is missing or damaged.
    pub fn documents(&self) -> Result<BTreeMap<String, Entry>, IndexesError> {
        let path = part(&self.folder, DOCUMENTS);
        let file = File::open(&path).map_err(|source| unreadable(&path, source))?;
        let mut entries = BTreeMap::new();
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|source| unreadable(&path, source))?;
            let entry: Entry =
                serde_json::from_str(&line).map_err(|source| damaged(&path, source))?;
            entries.insert(entry.record.document.clone(), entry);
        }
        Ok(entries)
    }
}

/// A new state being built.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    next: PathBuf,
    /// Held until the state is in place.
    _lock: File,
}

impl Staging {
    /// Begins a new state beside the old one; the remains of a killed run are cleared away.
    ///
    /// # Errors
    /// The folder cannot be written, or another run holds it.
    pub fn begin(folder: &Path) -> Result<Self, IndexesError> {
        fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
        let lock_path = folder.join(LOCK);
        let lock = File::create(&lock_path).map_err(|source| unwritable(&lock_path, source))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => IndexesError::Busy(folder.display().to_string()),
            TryLockError::Error(source) => unwritable(&lock_path, source),
        })?;
        put_in_place(folder)?;
        let next = folder.join(NEXT);
        remove(&next)?;
        fs::create_dir(&next).map_err(|source| unwritable(&next, source))?;
        Ok(Self { folder: folder.to_owned(), next, _lock: lock })
    }

    /// Folder for the new search index.
    pub fn search(&self) -> PathBuf {
        self.next.join(SEARCH)
    }

    /// Folder for the new tables.
    pub fn tables(&self) -> PathBuf {
        self.next.join(TABLES)
    }

    /// Writes the documents, one a line.
    pub fn write_documents(&self, entries: &[Entry]) -> Result<(), IndexesError> {
        let path = self.next.join(DOCUMENTS);
        let write = || -> io::Result<()> {
            let mut file = io::BufWriter::new(File::create(&path)?);
            for entry in entries {
                serde_json::to_writer(&mut file, entry)?;
                file.write_all(b"\n")?;
            }
            file.into_inner()?.sync_all()
        };
        write().map_err(|source| unwritable(&path, source))
    }

    /// Writes the guidance notes.
    pub fn write_guidance(&self, guidance: &[Guidance]) -> Result<(), IndexesError> {
        write_json(&self.next.join(GUIDANCE), guidance)
    }

    /// What earlier runs found. A damaged history is put aside with a sentence that says so, and a
    /// new one begins.
    pub fn history(&self) -> Result<(History, Option<String>), IndexesError> {
        let path = self.folder.join(HISTORY);
        match History::read(&path) {
            Ok(history) => Ok((history, None)),
            Err(error) => {
                let aside = self.folder.join(DAMAGED);
                fs::copy(&path, &aside).map_err(|source| unwritable(&aside, source))?;
                let aside = aside.display();
                Ok((History::default(), Some(format!("{error}; it was put aside as {aside}"))))
            }
        }
    }

    /// Writes what this run and those before it found.
    pub fn write_history(&self, history: &History) -> Result<(), IndexesError> {
        let path = self.next.join(HISTORY);
        let write = || -> io::Result<()> {
            let mut file = io::BufWriter::new(File::create(&path)?);
            history.write(&mut file)?;
            file.into_inner()?.sync_all()
        };
        write().map_err(|source| unwritable(&path, source))
    }

    /// Writes the manifest and makes the new state count.
    pub fn publish(self, manifest: &Manifest) -> Result<(), IndexesError> {
        write_json(&self.next.join(MANIFEST), manifest)?;
        let ready = self.folder.join(READY);
        fs::rename(&self.next, &ready).map_err(|source| unwritable(&ready, source))?;
        put_in_place(&self.folder)
    }
}

/// Where a part of the state that counts lies: in [`READY`] as long as it has not moved.
fn part(folder: &Path, name: &str) -> PathBuf {
    let ready = folder.join(READY);
    if ready.join(MANIFEST).is_file() && ready.join(name).exists() {
        ready.join(name)
    } else {
        folder.join(name)
    }
}

/// Moves the parts of a complete new state to their places; can be repeated after a kill.
fn put_in_place(folder: &Path) -> Result<(), IndexesError> {
    let ready = folder.join(READY);
    if !ready.join(MANIFEST).is_file() {
        return remove(&ready);
    }
    for part in PARTS {
        let (from, to) = (ready.join(part), folder.join(part));
        if from.exists() {
            remove(&to)?;
            fs::rename(&from, &to).map_err(|source| unwritable(&to, source))?;
        }
    }
    remove(&ready)
}

fn remove(path: &Path) -> Result<(), IndexesError> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(path, error)),
        _ => Ok(()),
    }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, IndexesError> {
    let bytes = fs::read(path).map_err(|source| unreadable(path, source))?;
    serde_json::from_slice(&bytes).map_err(|source| damaged(path, source))
}

fn write_json<T: Serialize + ?Sized>(path: &Path, value: &T) -> Result<(), IndexesError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        serde_json::to_writer_pretty(&mut file, value)?;
        file.sync_all()
    };
    write().map_err(|source| unwritable(path, source))
}

fn unwritable(path: &Path, source: io::Error) -> IndexesError {
    IndexesError::Unwritable { path: path.display().to_string(), source }
}

fn unreadable(path: &Path, source: io::Error) -> IndexesError {
    IndexesError::Unreadable { path: path.display().to_string(), source }
}

fn damaged(path: &Path, source: serde_json::Error) -> IndexesError {
    IndexesError::Damaged { path: path.display().to_string(), source }
}
