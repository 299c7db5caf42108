//! A query as a list of reasons to rank a case high, so that each can be shown.

use tantivy::query::{BoostQuery, Query};

use super::filters::any_of;

/// A query of the engine.
pub type BoxedQuery = Box<dyn Query>;

/// What a second part of a clause adds to its best one.
pub const TIE_BREAKER: f32 = 0.2;

/// One way in which a clause can match.
pub struct Part {
    /// In words for a user, such as `"biometric" in the headline`.
    pub what: String,
    /// The query.
    pub query: BoxedQuery,
    /// A phrase of words that many cases have: it scores candidates, but does not look for them.
    pub costly: bool,
}

/// A word or thing that a question asks for, in all the ways in which a case can have it.
#[derive(Default)]
pub struct Clause {
    /// The ways.
    pub parts: Vec<Part>,
}

impl Part {
    /// A way that counts `boost` times.
    pub fn new(what: impl Into<String>, query: BoxedQuery, boost: f32) -> Self {
        Self { what: what.into(), query: boosted(query, boost), costly: false }
    }
}

impl Clause {
    /// A clause of one way.
    pub fn of(part: Part) -> Self {
        Self { parts: vec![part] }
    }

    /// Its ways, each by itself, without the costly ones.
    pub fn ways(&self) -> impl Iterator<Item = BoxedQuery> {
        self.parts.iter().filter(|part| !part.costly).map(|part| part.query.box_clone())
    }

    /// Whether no way is left to look for cases by.
    pub fn is_costly(&self) -> bool {
        self.parts.iter().all(|part| part.costly)
    }

    /// As a query that any of its ways matches.
    pub fn query(&self) -> BoxedQuery {
        any_of(self.ways())
    }

    /// What it gives a case, from the score of the best way and the sum of all: the best, and a share
    /// of the others.
    pub fn score(best: f32, sum: f32) -> f32 {
        best + (sum - best) * TIE_BREAKER
    }

    /// What each way gives, from what it scores by itself.
    pub fn shares(scores: &mut [(String, f32)]) {
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        scores.iter_mut().skip(1).for_each(|(_, score)| *score *= TIE_BREAKER);
    }
}

/// A query whose score counts `boost` times.
pub fn boosted(query: BoxedQuery, boost: f32) -> BoxedQuery {
    Box::new(BoostQuery::new(query, boost))
}
