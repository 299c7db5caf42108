//! Cases as an Atom feed (RFC 4287), for readers that ask again and again.
//!
//! Nothing in a feed depends on when it is written: an entry was updated when a run found its sources
//! new or changed, or else on the day of the action. The same state gives the same bytes.

mod atom;
mod entry;
mod saved;

use jiff::Timestamp;

pub use atom::write;
pub use entry::{Desk, Entry, Failure, Link, Term, first_moment};
pub use saved::{Saved, SavedError};

use crate::hash::sha256;

/// A feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Never changes: a reader knows the feed by it.
    pub id: String,
    /// What a reader sees.
    pub title: String,
    /// Which cases, in words.
    pub subtitle: String,
    /// Where the feed itself will lie, if it is known.
    pub address: Option<String>,
    /// When the newest entry was updated.
    pub updated: Timestamp,
    /// The newest first.
    pub entries: Vec<Entry>,
}

/// A lasting identifier of a feed or an entry, made of its name: a UUID of version 8 (RFC 9562).
#[must_use]
pub fn lasting_id(kind: &str, name: &str) -> String {
    let hash = sha256(format!("casebook/{kind}/{name}").as_bytes());
    // The digits 8 are those of version and variant.
    let [a, b, c, d, e] = [&hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32]];
    format!("urn:uuid:{a}-{b}-8{c}-8{d}-{e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_depends_on_kind_and_name_alone() {
        let id = lasting_id("case", "harrowgate-academy");
        assert_eq!(id, "urn:uuid:c53376de-ff02-89fe-81e9-16d04248e6df");
        assert_ne!(id, lasting_id("feed", "harrowgate-academy"));
    }
}
