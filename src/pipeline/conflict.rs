//! What did not fit when documents were put together, as a sentence for people.

use std::{collections::BTreeSet, fmt};

use super::key::Key;

/// Names of cases.
pub type Slugs = BTreeSet<String>;

/// Why a document was not joined as its marks suggest, or only by the surest of them.
#[derive(Debug)]
pub enum Conflict<'a> {
    /// A page shares a notice with a case that is about another body.
    OtherBody { key: &'a Key, slug: &'a str },
    /// Two marks point to different cases.
    Split { key: &'a Key, slug: &'a str, other_key: &'a Key, others: &'a Slugs },
    /// One mark belongs to several cases.
    Shared { key: &'a Key, slug: &'a str, owners: &'a Slugs },
    /// The file name is that of a case with another body or date.
    OtherFile { slugs: &'a Slugs },
    /// The file name belongs to several cases.
    SharedFile { slugs: &'a Slugs },
    /// The same body and action, but a date that is missing or differs.
    OtherDate { slugs: &'a Slugs },
    /// Body, date and action fit several cases.
    SeveralActions { slugs: &'a Slugs },
}

/// How to have a text of one's own joined to its case.
const ADVICE: &str = "to join it, give the file the name that the notice has on the ICO's site";

impl fmt::Display for Conflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherBody { key, slug } => write!(
                f,
                "it has the {key} of {slug}, but is about another body; it is a case of its own"
            ),
            Self::Split { key, slug, other_key, others } => write!(
                f,
                "it has the {key} of {slug}, but the {other_key} of {}; it joined {slug}",
                list(others)
            ),
            Self::Shared { key, slug, owners } => {
                write!(f, "its {key} is that of {}; it joined {slug}", list(owners))
            }
            Self::OtherFile { slugs } => write!(
                f,
                "it has the file name of a notice of {}, but another body or date; \
                 it is not joined by that",
                list(slugs)
            ),
            Self::SharedFile { slugs } => {
                write!(f, "its file name is that of {}; it is not joined by that", list(slugs))
            }
            Self::OtherDate { slugs } => write!(
                f,
                "body and kind of action are those of {}, but it is not clearly of the same date; \
                 it is a case of its own ({ADVICE})",
                list(slugs)
            ),
            Self::SeveralActions { slugs } => write!(
                f,
                "body, date and kind of action are those of {}; it is a case of its own ({ADVICE})",
                list(slugs)
            ),
        }
    }
}

fn list(slugs: &Slugs) -> String {
    slugs.iter().map(String::as_str).collect::<Vec<_>>().join(" and ")
}
