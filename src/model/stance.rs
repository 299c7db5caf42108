//! What a sentence does with a category.

use serde::{Deserialize, Serialize};

/// The role of a sentence towards a failure: only [`Stance::Finding`] labels a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// The regulator states the failure of the party acted against.
    Finding,
    /// What the party has done since.
    Remedy,
    /// What the regulator asks for.
    Recommendation,
    /// What the law or guidance requires in general, quoted statute included.
    Law,
    /// Considered and not found, or done properly.
    Cleared,
    /// A failure of somebody else.
    OtherParty,
    /// Mentioned with no failure.
    Background,
}

impl Stance {
    /// The identifier used in files and JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Remedy => "remedy",
            Self::Recommendation => "recommendation",
            Self::Law => "law",
            Self::Cleared => "cleared",
            Self::OtherParty => "other-party",
            Self::Background => "background",
        }
    }
}
