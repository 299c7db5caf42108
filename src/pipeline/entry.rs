//! What is kept of one document from run to run.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::CorpusFile;
use crate::{extract::Extractor, model::Record, read::Reader};

/// A document after reading and extraction; kept so that an unchanged file is not read again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 of the file.
    pub sha256: String,
    /// What must be the same for the entry to stand ([`CorpusFile::fingerprint`]).
    pub fingerprint: String,
    /// What was extracted.
    pub record: Record,
    /// Categories to which a guidance note speaks.
    pub speaks_to: Vec<String>,
    /// The text without its headings: what is searched.
    pub body: String,
}

/// A file that could not be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faulty {
    /// Path from the corpus folder.
    pub path: String,
    /// A sentence with advice.
    pub reason: String,
}

impl Entry {
    /// Reads and extracts one file.
    ///
    /// # Errors
    /// The fault of this file; other files are not concerned.
    pub fn of(
        file: &CorpusFile,
        bytes: &[u8],
        sha256: String,
        reader: &Reader,
        extractor: &Extractor,
    ) -> Result<Self, Faulty> {
        let mut document = reader
            .read(&file.path, bytes)
            .map_err(|error| Faulty { path: file.path.clone(), reason: error.to_string() })?;
        document.stated = document.stated.or(file.stated.clone());
        Ok(Self {
            fingerprint: file.fingerprint(&sha256),
            sha256,
            record: extractor.extract(&document),
            body: document.body(),
            speaks_to: document.categories,
        })
    }

    /// The file's name without folder and ending: a digest's slug.
    #[must_use]
    pub fn stem(&self) -> &str {
        let stem = Path::new(&self.record.document).file_stem();
        stem.and_then(|stem| stem.to_str()).unwrap_or_default()
    }
}
