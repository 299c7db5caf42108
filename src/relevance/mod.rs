//! How well searches rank, measured against graded judgements by people.

mod judgements;
mod measures;
mod report;

pub use judgements::{Judged, JudgementError, Query, read};
pub use measures::{Ranking, ndcg, recall, reciprocal_rank};
pub use report::{Judges, Means, Missed, QueryResult, Report, report};

/// Results that nDCG looks at.
pub const NDCG_DEPTH: usize = 10;

/// Results in which recall looks for the relevant cases.
pub const RECALL_DEPTH: usize = 20;
