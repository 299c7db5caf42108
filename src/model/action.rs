//! What kind of regulatory action a document is about.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One kind of action that the ICO takes. A penalty and a notice to one body are two actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionType {
    /// A reprimand under Article 58(2)(b) UK GDPR or Schedule 13 DPA 2018.
    Reprimand,
    /// A monetary penalty under section 155 DPA 2018 or section 55A DPA 1998.
    MonetaryPenalty,
    /// An enforcement notice under section 149 DPA 2018 or section 40 DPA 1998.
    EnforcementNotice,
    /// A criminal prosecution, for example under section 170 DPA 2018.
    Prosecution,
    /// An undertaking that an organisation signed (mostly before 2018).
    Undertaking,
    /// A warning under Article 58(2)(a) UK GDPR.
    Warning,
    /// Any other published action, such as a letter or a case study.
    Other,
}

/// The text names no known kind of action.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("unknown action `{0}`; known actions are {list}", list = ActionType::known())]
pub struct UnknownAction(pub String);

impl ActionType {
    /// Every kind, in the order in which tables list them.
    pub const ALL: [Self; 7] = [
        Self::Reprimand,
        Self::MonetaryPenalty,
        Self::EnforcementNotice,
        Self::Prosecution,
        Self::Undertaking,
        Self::Warning,
        Self::Other,
    ];

    /// The identifier used in files, filters and JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reprimand => "reprimand",
            Self::MonetaryPenalty => "monetary-penalty",
            Self::EnforcementNotice => "enforcement-notice",
            Self::Prosecution => "prosecution",
            Self::Undertaking => "undertaking",
            Self::Warning => "warning",
            Self::Other => "other",
        }
    }

    /// The name a reader sees, in lower case.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::MonetaryPenalty => "monetary penalty",
            Self::EnforcementNotice => "enforcement notice",
            Self::Other => "other action",
            _ => self.id(),
        }
    }

    /// Reads one label of the ICO's register ("Monetary penalties"), in singular or plural.
    #[must_use]
    pub fn from_register(label: &str) -> Option<Self> {
        let label = label.trim().to_lowercase();
        let singular = label.strip_suffix("ies").map_or_else(
            || label.strip_suffix('s').unwrap_or(&label).to_owned(),
            |stem| format!("{stem}y"),
        );
        singular.replace(' ', "-").parse().ok().filter(|a| *a != Self::Other)
    }

    fn known() -> String {
        Self::ALL.map(Self::id).join(", ")
    }
}

impl fmt::Display for ActionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for ActionType {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|action| action.id() == text)
            .ok_or_else(|| UnknownAction(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_labels_of_the_register() {
        assert_eq!(
            ActionType::from_register("Monetary penalties"),
            Some(ActionType::MonetaryPenalty)
        );
        assert_eq!(
            ActionType::from_register("Enforcement notices"),
            Some(ActionType::EnforcementNotice)
        );
        assert_eq!(ActionType::from_register("Reprimands"), Some(ActionType::Reprimand));
        assert_eq!(ActionType::from_register("Marketing"), None);
    }

    #[test]
    fn identifiers_round_trip() {
        for action in ActionType::ALL {
            assert_eq!(action.to_string().parse(), Ok(action));
        }
    }
}
