//! The cases that the words find and those nearest in meaning as one ranking.

use std::collections::HashMap;

use tantivy::{
    collector::{Count, DocSetCollector},
    query::BooleanQuery,
};

use super::{
    IndexError, Searcher,
    facets::Facets,
    query::{Plan, any_of, key},
    rank::{Nearness, Ranked},
    schema::CASE,
    slugs::Slugs,
};
use crate::semantic::{Near, fused};

/// Cases that each ranking brings in.
const DEPTH: usize = 50;

/// So many times as many are looked at, where filters let few pass.
const FURTHEST: usize = 20;

impl Searcher {
    /// The best cases by words and by meaning; by words alone where `near` is empty or nothing is to
    /// be ranked.
    pub(super) fn both(
        &self,
        plan: &Plan,
        limit: usize,
        near: &[Near],
    ) -> Result<(Vec<Ranked>, usize, Facets), IndexError> {
        if near.is_empty() || plan.is_unranked() {
            return self.ranked(plan, limit);
        }
        let (by_words, total, facets) = self.ranked(plan, limit.max(DEPTH))?;
        let (by_meaning, added) = self.passing(plan, near)?;
        let words: Vec<(f32, &str)> =
            by_words.iter().map(|case| (case.score, case.slug.as_str())).collect();
        let order = fused(&words, near);
        // Of two of one case, the one with the passage that the words found stays.
        let all = by_meaning.into_iter().chain(by_words);
        let mut cases: HashMap<String, Ranked> =
            all.map(|case| (case.slug.clone(), case)).collect();
        let near: HashMap<&str, &Near> =
            near.iter().map(|near| (near.case.as_str(), near)).collect();
        let placed = order.into_iter().filter_map(|(score, slug)| {
            let case = cases.remove(&slug)?;
            let near = near.get(slug.as_str()).map(|near| Nearness {
                likeness: near.likeness,
                score: score - case.score,
                passage: near.passage,
            });
            Some(Ranked { score, near, ..case })
        });
        Ok((placed.take(limit).collect(), total + added, facets))
    }

    /// The nearest cases that pass the filters, and how many of them the words do not find.
    fn passing(&self, plan: &Plan, near: &[Near]) -> Result<(Vec<Ranked>, usize), IndexError> {
        let slugs = Slugs::open(&self.searcher, CASE)?;
        let mut passing: Vec<Ranked> = Vec::new();
        for near in near.chunks(DEPTH).take(FURTHEST) {
            let mut found = HashMap::new();
            let query = plan.passing(near.iter().map(|case| key(self.fields.case, &case.case)));
            for address in self.searcher.search(&*query, &DocSetCollector)? {
                found.insert(slugs.get(address)?, address);
            }
            passing.extend(near.iter().filter_map(|case| {
                let address = *found.get(&case.case)?;
                let slug = case.case.clone();
                Some(Ranked { score: 0.0, address, slug, passage: None, near: None })
            }));
            if passing.len() >= DEPTH {
                passing.truncate(DEPTH);
                break;
            }
        }
        let all = any_of(passing.iter().map(|case| key(self.fields.case, &case.slug)));
        let by_words = BooleanQuery::intersection(vec![plan.query(None), all]);
        let added = passing.len() - self.searcher.search(&by_words, &Count)?.min(passing.len());
        Ok((passing, added))
    }
}
