//! A query as a list of reasons to rank a case high, so that each can be shown.

use tantivy::query::{BoostQuery, DisjunctionMaxQuery, Query};

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
        Self { what: what.into(), query: boosted(query, boost) }
    }
}

impl Clause {
    /// A clause of one way.
    pub fn of(part: Part) -> Self {
        Self { parts: vec![part] }
    }

    /// As a query: the best way, and a share of the others.
    pub fn query(&self) -> BoxedQuery {
        if let [only] = &self.parts[..] {
            return only.query.box_clone();
        }
        let ways = self.parts.iter().map(|part| part.query.box_clone()).collect();
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
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
