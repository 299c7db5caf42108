//! Labels made by reading: pairs of a text and a JSON file beside it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use thiserror::Error;

use crate::{
    model::{Document, PartialDate, Provision},
    read::{ReadError, Reader},
};

/// What a person found in one document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Gold {
    /// Name of the document.
    pub slug: String,
    /// Path of the text from the folder of this file, where it does not lie beside it.
    pub document: Option<PathBuf>,
    /// The body acted against.
    pub organisation: Option<String>,
    /// The main kind of action.
    pub action_type: Option<String>,
    /// Date as the text states it.
    pub date: Option<PartialDate>,
    /// Penalty imposed, in pounds.
    pub amount_gbp: Option<u64>,
    /// Identifier of the sector.
    pub sector: Option<String>,
    /// People affected.
    pub data_subjects: Option<u64>,
    /// Trading names, former names and abbreviations.
    #[serde(default)]
    pub also_known_as: Vec<String>,
    /// Marketing calls, texts or emails.
    pub messages_sent: Option<u64>,
    /// When the failing or incident began.
    pub incident_from: Option<PartialDate>,
    /// When it ended.
    pub incident_to: Option<PartialDate>,
    /// Failures by category.
    pub labels: BTreeMap<String, Label>,
    /// Provisions found infringed.
    #[serde(default)]
    pub provisions: Vec<String>,
    /// Sentences by which a careless reader is fooled.
    #[serde(default)]
    pub near_misses: Vec<NearMiss>,
}

/// A failure with the sentences that state it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// Sentences, verbatim.
    pub evidence: Vec<String>,
    /// Whether careful readers would agree; if not, the label is not scored either way.
    pub sure: bool,
}

/// A sentence that mentions a category without finding it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NearMiss {
    /// The category.
    pub category: String,
    /// What the sentence does with it.
    pub stance: String,
    /// The sentence, verbatim.
    pub sentence: String,
}

impl Gold {
    /// The infringed provisions that are written in canonical form.
    #[must_use]
    pub fn canonical_provisions(&self) -> Vec<Provision> {
        self.provisions.iter().filter_map(|text| text.parse().ok()).collect()
    }
}

/// A document with its labels.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The labels.
    pub gold: Gold,
    /// The text that they were made on.
    pub document: Document,
}

/// Labels that cannot be used.
#[derive(Debug, Error)]
pub enum GoldError {
    /// The folder or a file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Its path.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A label file is not of the expected form.
    #[error("{path}: {source}; the form is described in CONTRIBUTING.md")]
    Malformed {
        /// Its path.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The text of a label file cannot be read.
    #[error("{path}: {source}")]
    Text {
        /// Its path.
        path: String,
        /// Why.
        source: ReadError,
    },
    /// No pairs at all.
    #[error("{0} holds no labelled documents; it should hold pairs such as case.json and case.txt")]
    Empty(String),
}

/// Reads all pairs of a folder, in the order of their names.
///
/// # Errors
/// The first file that cannot be used, since a measure over the rest would mislead.
pub fn load(folder: &Path, reader: &Reader) -> Result<Vec<Labelled>, GoldError> {
    let unreadable =
        |path: &Path, source| GoldError::Unreadable { path: path.display().to_string(), source };
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(folder, error))?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    if paths.is_empty() {
        return Err(GoldError::Empty(folder.display().to_string()));
    }
    paths.iter().map(|path| pair(path, reader)).collect()
}

fn pair(path: &Path, reader: &Reader) -> Result<Labelled, GoldError> {
    let name = |path: &Path| path.display().to_string();
    let bytes =
        fs::read(path).map_err(|source| GoldError::Unreadable { path: name(path), source })?;
    let gold: Gold = serde_json::from_slice(&bytes)
        .map_err(|source| GoldError::Malformed { path: name(path), source })?;
    let text_path = match &gold.document {
        Some(relative) => path.with_file_name("").join(relative),
        None => path.with_extension("txt"),
    };
    let bytes = fs::read(&text_path)
        .map_err(|source| GoldError::Unreadable { path: name(&text_path), source })?;
    let document = reader
        .read(&gold.slug, &bytes)
        .map_err(|source| GoldError::Text { path: name(&text_path), source })?;
    Ok(Labelled { gold, document })
}
