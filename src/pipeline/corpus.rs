//! The files of a corpus folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;
use walkdir::WalkDir;

use crate::hash::sha256;

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
}

/// A file of the corpus with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Path from the corpus folder, with `/` between its parts.
    pub path: String,
    /// Where it lies.
    pub location: PathBuf,
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
}

/// All documents of a corpus folder, sorted by path. Hidden files and files named README.md are
/// none.
///
/// # Errors
/// The folder does not exist, cannot be listed, or holds no documents.
pub fn scan(folder: &Path) -> Result<Vec<CorpusFile>, CorpusError> {
    if !folder.is_dir() {
        return Err(CorpusError::Missing(folder.display().to_string()));
    }
    let mut files = Vec::new();
    let is_visible = |name: &str| !name.starts_with('.');
    let walk = WalkDir::new(folder).into_iter();
    for entry in
        walk.filter_entry(|e| e.depth() == 0 || is_visible(&e.file_name().to_string_lossy()))
    {
        let entry = entry?;
        if entry.file_type().is_file() && entry.file_name() != "README.md" {
            let relative = entry.path().strip_prefix(folder).unwrap_or_else(|_| entry.path());
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            files.push(CorpusFile { path: parts.join("/"), location: entry.path().to_owned() });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if files.is_empty() {
        return Err(CorpusError::Empty(folder.display().to_string()));
    }
    Ok(files)
}
