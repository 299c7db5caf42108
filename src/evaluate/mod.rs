//! Measures extraction against documents labelled by people.
//!
//! Everything follows from one list: a [`Verdict`] for each label, provision, fact and near miss of
//! each document.

mod calibration;
mod compare;
mod evidence;
mod facts;
mod gold;
mod report;
mod score;
mod verdict;

pub use calibration::{Bin, Calibration};
pub use compare::{Change, Changed, Comparison, Movement, Previous, PreviousError, compare};
pub use evidence::EvidenceScore;
pub use gold::{Gold, GoldError, Label, Labelled, NearMiss, load};
pub use report::{FORM, GroupScore, Report, report};
pub use score::{CategoryScore, Counts, FactScore, NearMissScore, Score};
pub use verdict::{Outcome, Subject, Verdict};
