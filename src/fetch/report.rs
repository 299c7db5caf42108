//! What a fetch did: found by whom, kept, unchanged, failed, and what could not be looked at.

use serde::{Deserialize, Serialize};

use super::SourceName;

/// The report of one fetch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The sources asked.
    pub sources: Vec<SourceReport>,
    /// Different addresses found and wanted.
    pub wanted: usize,
    /// Addresses that were not stored before.
    pub new: Vec<String>,
    /// Addresses whose bytes have changed; the versions before stay.
    pub changed: Vec<String>,
    /// Those of the new and changed that are an archive's copy, since the site did not give them.
    pub archived: Vec<String>,
    /// Addresses that were asked for and are as stored.
    pub unchanged: usize,
    /// Addresses that were not asked for, since no listing says that they have changed.
    pub skipped: usize,
    /// Stored addresses that no source lists any more; the copies stay.
    pub unlisted: Vec<String>,
    /// What failed, a sentence each.
    pub problems: Vec<Problem>,
    /// Requests made.
    pub requests: usize,
    /// Hosts that kept us out, with what happened.
    pub blocked: Vec<String>,
}

/// What one source did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// The source.
    pub source: SourceName,
    /// How it went.
    pub state: SourceState,
    /// Different addresses that it found.
    pub found: usize,
    /// Addresses that no other source found.
    pub only_here: usize,
    /// Addresses that others found and it did not.
    pub missing: usize,
    /// What it says of itself, a sentence each.
    pub messages: Vec<String>,
}

/// How a source went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// It answered plausibly.
    Good,
    /// It answered, but what it says is implausible or known to be short.
    Doubtful,
    /// It kept us out: nothing can be said about what is new.
    Blocked,
    /// It could not be read.
    Failed,
}

/// One thing that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The address.
    pub address: String,
    /// Why.
    pub reason: String,
}

impl Report {
    /// Whether a host kept us out.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        let no_source = !self.sources.is_empty()
            && self.sources.iter().all(|source| source.state == SourceState::Blocked);
        no_source || !self.blocked.is_empty()
    }

    /// Whether something is missing, failed or doubtful.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.problems.is_empty()
            || self.sources.iter().any(|source| source.state != SourceState::Good)
    }
}
