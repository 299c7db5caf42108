//! Cases as references: footnotes, and records for programs that manage literature.
//!
//! [`Reference`] holds what every format says; each format is one file that only writes. An action of
//! the regulator is cited as a document on its site, not as a decision of a court: it has no neutral
//! citation, and only so do style files print its full date and address (see `csl_json`).

mod bibtex;
mod csl_json;
mod oscola;
mod reference;
mod ris;

pub use bibtex::bibtex;
pub use csl_json::csl_json;
pub use oscola::oscola;
pub use reference::{Desk, Reference};
pub use ris::ris;
