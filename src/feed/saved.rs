//! Saved queries: a TOML file with one table `[[feed]]` for each.

use std::{collections::BTreeSet, fs, io, path::Path};

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::taxonomy::line_at;

/// One saved query.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// Name of its file, and what its lasting identifier is made of: small letters, digits, hyphens.
    pub name: String,
    /// What a reader sees.
    pub title: String,
    /// Words to search for; none means all cases that pass the filters.
    #[serde(default)]
    pub query: String,
    /// Filters, with the names of the options of `casebook search`.
    #[serde(default)]
    pub filters: toml::Table,
    /// Where the feed will lie.
    #[serde(default)]
    pub address: Option<String>,
    /// The line of the file on which it begins.
    #[serde(skip)]
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    feed: Vec<Spanned<Saved>>,
}

/// A file of saved queries that cannot be used.
#[derive(Debug, Error)]
pub enum SavedError {
    /// There is none.
    #[error(
        "there is no file {0} with saved queries; make it (README.md shows how), or name another with --saved FILE"
    )]
    Missing(String),
    /// It cannot be read.
    #[error("cannot read the saved queries {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It is no TOML of the expected form, or says something that cannot be.
    #[error("{path}, line {line}: {message}")]
    Malformed {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It holds none.
    #[error("{0} holds no saved query; begin one with [[feed]], then name = and title =")]
    Empty(String),
}

impl Saved {
    /// Reads all saved queries of a file.
    ///
    /// # Errors
    /// [`SavedError`] names file and line.
    pub fn all(path: &Path) -> Result<Vec<Self>, SavedError> {
        let shown = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => SavedError::Missing(shown.clone()),
            _ => SavedError::Unreadable { path: shown.clone(), source },
        })?;
        let malformed = |at: usize, message: String| SavedError::Malformed {
            path: shown.clone(),
            line: line_at(&text, at),
            message,
        };
        let file: File = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            malformed(at, error.message().trim().replace('\n', " "))
        })?;
        let mut names = BTreeSet::new();
        let mut all = Vec::new();
        for feed in file.feed {
            let at = feed.span().start;
            let saved = Self { line: line_at(&text, at), ..feed.into_inner() };
            saved.checked().map_err(|message| malformed(at, message))?;
            if !names.insert(saved.name.clone()) {
                return Err(malformed(at, format!("the name `{}` is there twice", saved.name)));
            }
            all.push(saved);
        }
        if all.is_empty() { Err(SavedError::Empty(shown)) } else { Ok(all) }
    }

    fn checked(&self) -> Result<(), String> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.name.is_empty() || !self.name.chars().all(is_plain) {
            let name = &self.name;
            return Err(format!("the name `{name}` must be of small letters, digits and hyphens"));
        }
        if self.title.trim().is_empty() {
            return Err(format!("the feed `{}` needs a title", self.name));
        }
        Ok(())
    }
}
