//! The files of a corpus folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;
use walkdir::WalkDir;

use crate::{
    fetch::{ADDED_SCHEME, ItemKind, Provenance, STORE_FOLDER, Store, StoreError},
    hash::sha256,
    model::Facts,
};

/// A corpus folder that cannot be read.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// There is no such folder.
    #[error("the corpus folder {0} does not exist; name another with --corpus FOLDER")]
    Missing(String),
    /// It holds no documents.
    #[error("the corpus folder {0} holds no documents; it should hold digests, pages or texts")]
    Empty(String),
    /// It cannot be listed.
    #[error("the corpus folder cannot be listed: {0}")]
    Unlistable(#[from] walkdir::Error),
    /// The store of fetched bytes cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file of the corpus with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Path from the corpus folder, with `/` between its parts.
    pub path: String,
    /// Where it lies.
    pub location: PathBuf,
    /// What is known of it from outside, such as the address from which it was fetched.
    pub stated: Facts,
}

impl CorpusFile {
    /// Its bytes and their SHA-256.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(&self) -> io::Result<(Vec<u8>, String)> {
        let bytes = fs::read(&self.location)?;
        let hash = sha256(&bytes);
        Ok((bytes, hash))
    }

    /// What must be the same for the document to be the same: its bytes, and what is stated of it.
    #[must_use]
    pub fn fingerprint(&self, sha256: &str) -> String {
        if self.stated == Facts::default() {
            return sha256.to_owned();
        }
        let stated = serde_json::to_vec(&self.stated).unwrap_or_default();
        crate::hash::sha256(&[sha256.as_bytes(), &stated].concat())
    }
}

/// All documents of a corpus folder, sorted by path: its files, and the newest version of what was
/// fetched. Hidden files and files named README.md are none.
///
/// # Errors
/// The folder does not exist, cannot be listed, or holds no documents.
pub fn scan(folder: &Path) -> Result<Vec<CorpusFile>, CorpusError> {
    if !folder.is_dir() {
        return Err(CorpusError::Missing(folder.display().to_string()));
    }
    let store = folder.join(STORE_FOLDER);
    let mut files = fetched(&Store::read(&store)?);
    let is_visible = |name: &str| !name.starts_with('.');
    let walk = WalkDir::new(folder).into_iter();
    for entry in walk.filter_entry(|e| {
        e.depth() == 0 || (is_visible(&e.file_name().to_string_lossy()) && e.path() != store)
    }) {
        let entry = entry?;
        if entry.file_type().is_file() && entry.file_name() != "README.md" {
            let relative = entry.path().strip_prefix(folder).unwrap_or_else(|_| entry.path());
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            files.push(CorpusFile {
                path: parts.join("/"),
                location: entry.path().to_owned(),
                stated: Facts::default(),
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if files.is_empty() {
        return Err(CorpusError::Empty(folder.display().to_string()));
    }
    Ok(files)
}

/// The newest version of every page of the store and of the documents of register pages, named by
/// their addresses. A document of an audit is kept by the store, but tells no case.
fn fetched(store: &Store) -> Vec<CorpusFile> {
    let is_action = |address: &str| {
        let newest = store.items().get(address).and_then(|item| item.newest());
        newest.is_some_and(|newest| newest.kind == ItemKind::Action)
    };
    let is_read = |version: &&Provenance| match version.kind {
        ItemKind::Document => version.page.as_deref().is_none_or(is_action),
        ItemKind::Action | ItemKind::Audit | ItemKind::Guidance => true,
    };
    let documents = store.documents().into_iter().filter(is_read);
    documents
        .map(|version| CorpusFile {
            path: path_of(&version.address),
            location: store.location(version),
            stated: stated(version),
        })
        .collect()
}

/// The path by which a stored document is known: `fetched/ico.org.uk/...` by its address, or
/// `fetched/added/...` by the name of a user's file.
fn path_of(address: &str) -> String {
    let name = address.strip_prefix(ADDED_SCHEME).map(|name| format!("added/{name}"));
    let name = name.unwrap_or_else(|| {
        address.rsplit("//").next().unwrap_or_default().trim_end_matches('/').to_owned()
    });
    format!("fetched/{name}")
}

/// What provenance says. The name of a user's file is no address of a notice, but if the file is
/// that notice, its bytes tell.
fn stated(version: &Provenance) -> Facts {
    let is_named = version.address.starts_with(ADDED_SCHEME);
    match version.kind {
        ItemKind::Document if is_named => Facts {
            pdf_sha256: (version.extension == "pdf").then(|| version.sha256.clone()),
            ..Facts::default()
        },
        ItemKind::Document => Facts {
            page_url: version.page.clone(),
            pdf_url: Some(version.address.clone()),
            pdf_sha256: Some(version.sha256.clone()),
            ..Facts::default()
        },
        _ => Facts { page_url: Some(version.address.clone()), ..Facts::default() },
    }
}
