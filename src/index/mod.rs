//! The full-text index of cases: schema, build, queries, snippets, facet counts.

mod analysis;
mod build;
mod facets;
mod fusion;
mod language;
mod passages;
mod query;
mod rank;
mod request;
mod schema;
mod score;
mod search;
mod similar;
mod slugs;
mod snippet;
mod statistics;

use thiserror::Error;

pub use build::build;
pub use facets::Facets;
pub use language::Language;
pub use schema::organisation_words;
pub use search::{Hit, Reason, Results, Searcher, Wanted};

/// A fault of the index.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The engine reports a fault, most often a damaged or half-deleted folder.
    #[error("the search index cannot be used: {0}; rebuild it with `casebook run --rebuild`")]
    Engine(#[from] tantivy::TantivyError),
    /// The folder cannot be opened.
    #[error("the search index cannot be opened: {0}; rebuild it with `casebook run --rebuild`")]
    Folder(#[from] tantivy::directory::error::OpenDirectoryError),
    /// A case in the index is not of the expected form.
    #[error(
        "the search index holds an unreadable case: {0}; rebuild it with `casebook run --rebuild`"
    )]
    Case(#[from] serde_json::Error),
    /// Only punctuation.
    #[error(
        "the query `{0}` has no words to search for; \
         write words, or leave it empty (\"\") to list every case that passes the filters"
    )]
    NoWords(String),
}
