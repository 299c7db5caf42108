//! Measures extraction against documents labelled by people.

mod gold;
mod score;

pub use gold::{Gold, GoldError, Labelled, load};
pub use score::{
    CategoryScore, Counts, ErrorKind, FactScore, LabelError, Report, report, verdicts,
};
