//! The plain types that the whole program speaks: small values that parse and print themselves.
//!
//! Nothing here knows about files, the network, the index or the terminal.

mod action;
mod case;
mod date;
mod document;
mod facts;
mod filter;
mod finding;
mod listed;
mod provision;
mod stance;

pub use action::{ActionType, UnknownAction};
pub use case::{Case, CaseDocument, CaseFinding};
pub use date::{BadDate, DateKind, PartialDate};
pub use document::{Document, DocumentKind, Section, Sentence};
pub use facts::{Confidence, Facts, Source};
pub use filter::Filter;
pub use finding::{CitedProvision, Finding, Method, Passage, ProvisionStatus, Record, categories};
pub use listed::ListedFacts;
pub use provision::{BadProvision, Instrument, Provision, most_specific};
pub use stance::Stance;
