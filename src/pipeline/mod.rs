//! The whole way: corpus to documents, records, cases, index and tables; only what has changed.
//!
//! Everything derived lies in one folder ([`Indexes`]) and can be thrown away. A run builds a
//! complete new state beside the old one and then puts it in place in one step, so that killing the
//! program at any moment leaves the old state or the new one.

mod cases;
mod check;
mod conflict;
mod corpus;
mod entry;
mod guidance;
mod indexes;
mod key;
mod matching;
mod merge;
mod run;

pub use cases::{Assembled, assemble};
pub use check::{Problem, check};
pub use corpus::{CorpusError, CorpusFile, scan};
pub use entry::{Entry, Faulty};
pub use guidance::guidance_on;
pub use indexes::{Guidance, Indexes, IndexesError, Manifest};
pub use run::{Progress, RunError, Stage, Summary, run};
