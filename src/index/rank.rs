//! The order of cases: their own score and that of their best passage.

use std::collections::HashMap;

use tantivy::{
    DocAddress, DocSet as _, Order, Score,
    aggregation::agg_result::AggregationResults,
    collector::{Count, MultiCollector, TopDocs},
    query::{EnableScoring, Query},
    schema::Value as _,
};

use super::{
    IndexError, Searcher,
    facets::{self, Facets},
    query::{Clause, Plan},
    schema::{CASE, PASSAGE_OF},
    search::Reason,
    slugs::Slugs,
    statistics::Statistics,
};

/// How much the best passage counts beside the case as a whole.
const PASSAGE_WEIGHT: f32 = 0.5;

/// Cases whose passages are looked at, if no more are asked for.
const PASSAGE_DEPTH: usize = 60;

/// Passages looked at for each of these cases, on average.
const PASSAGES_PER_CASE: usize = 8;

/// The best documents of a query, the best first.
type Top = Vec<(Score, DocAddress)>;

/// A case at its place.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// Score of the case and its best passage.
    pub score: Score,
    /// The document of the case.
    pub address: DocAddress,
    /// Its slug.
    pub slug: String,
    /// Its best passage with that passage's share of the score, where the words find one.
    pub passage: Option<(Score, DocAddress)>,
    /// What its meaning adds, where that was asked for.
    pub near: Option<Nearness>,
}

/// How near a case is in meaning.
#[derive(Debug, Clone, Copy)]
pub struct Nearness {
    /// Cosine of its nearest passage.
    pub likeness: f32,
    /// Its share of the score.
    pub score: Score,
    /// Which of the passages that are embedded that is.
    pub passage: usize,
}

impl Searcher {
    /// The best cases, with the number of all that match and their facets.
    pub(super) fn ranked(
        &self,
        plan: &Plan,
        limit: usize,
    ) -> Result<(Vec<Ranked>, usize, Facets), IndexError> {
        let query = plan.query(None);
        let (top, total, mut facets) = self.top(&*query, limit.max(PASSAGE_DEPTH), plan)?;
        facets::without_own_filters(&self.searcher, plan, &mut facets)?;
        let slugs = Slugs::open(&self.searcher, CASE)?;
        let mut ranked = Vec::with_capacity(top.len());
        for (score, address) in top {
            let slug = slugs.get(address)?;
            ranked.push(Ranked { score, address, slug, passage: None, near: None });
        }
        self.add_passages(plan, &mut ranked)?;
        if !plan.is_unranked() {
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.slug.cmp(&b.slug)));
        }
        ranked.truncate(limit);
        Ok((ranked, total, facets))
    }

    fn top(
        &self,
        query: &dyn Query,
        limit: usize,
        plan: &Plan,
    ) -> Result<(Top, usize, Facets), IndexError> {
        let statistics = self.case_statistics();
        let mut all = MultiCollector::new();
        let count = all.add_collector(Count);
        let counts = all.add_collector(facets::collector(&facets::FACETS)?);
        let limited = TopDocs::with_limit(limit);
        let (top, total, counted) = if plan.is_unranked() {
            let newest = limited.order_by_fast_field::<i64>("latest", Order::Desc);
            let newest = all.add_collector(newest);
            let mut found = self.searcher.search(query, &all)?;
            let top = newest.extract(&mut found).into_iter().map(|(_, at)| (0.0, at)).collect();
            (top, count.extract(&mut found), counts.extract(&mut found))
        } else {
            let best = all.add_collector(limited.order_by_score());
            let mut found =
                self.searcher.search_with_statistics_provider(query, &all, &statistics)?;
            (best.extract(&mut found), count.extract(&mut found), counts.extract(&mut found))
        };
        let counted: AggregationResults = counted;
        Ok((top, total, facets::counted(counted)))
    }

    /// Finds the best passage of every ranked case and adds its share to the score.
    fn add_passages(&self, plan: &Plan, ranked: &mut [Ranked]) -> Result<(), IndexError> {
        let slugs = ranked.iter().map(|case| case.slug.as_str());
        let Some(query) = plan.passages_of(slugs, self.fields.passage_of) else { return Ok(()) };
        let documents = self.searcher.num_docs() - self.cases;
        let statistics = Statistics { searcher: &self.searcher, documents };
        let limit = (ranked.len() * PASSAGES_PER_CASE).max(1);
        let best = TopDocs::with_limit(limit).order_by_score();
        let found = self.searcher.search_with_statistics_provider(&*query, &best, &statistics)?;
        let slugs = Slugs::open(&self.searcher, PASSAGE_OF)?;
        let mut by_case: HashMap<String, (Score, DocAddress)> = HashMap::new();
        for (score, address) in found {
            by_case.entry(slugs.get(address)?).or_insert((score, address));
        }
        for case in ranked {
            case.passage = by_case.get(&case.slug).map(|(score, at)| (score * PASSAGE_WEIGHT, *at));
            case.score += case.passage.map_or(0.0, |(score, _)| score);
        }
        Ok(())
    }

    /// Every reason for which a case stands where it stands, the weightiest first.
    pub(super) fn reasons(&self, plan: &Plan, ranked: &Ranked) -> Result<Vec<Reason>, IndexError> {
        let statistics = self.case_statistics();
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, &self.searcher);
        let segment = self.searcher.segment_reader(ranked.address.segment_ord);
        let mut reasons = Vec::new();
        for clause in &plan.clauses {
            let mut scores = Vec::new();
            for part in &clause.parts {
                let mut scorer = part.query.weight(scoring)?.scorer(segment, 1.0)?;
                let target = ranked.address.doc_id;
                // A scorer can stand behind the document already, and seeks forwards only.
                let at = if scorer.doc() < target { scorer.seek(target) } else { scorer.doc() };
                if at == target {
                    scores.push((part.what.clone(), scorer.score()));
                }
            }
            Clause::shares(&mut scores);
            scores.into_iter().for_each(|(what, score)| add(&mut reasons, what, score));
        }
        let passage = ranked.passage.map(|(score, _)| score);
        reasons.extend(passage.map(|score| Reason { what: "its best passage".into(), score }));
        reasons.extend(ranked.near.map(|near| Reason {
            what: format!("near in meaning (likeness {:.2})", near.likeness),
            score: near.score,
        }));
        reasons.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(reasons)
    }

    pub(super) const fn case_statistics(&self) -> Statistics<'_> {
        Statistics { searcher: &self.searcher, documents: self.cases }
    }

    /// A stored text of a document.
    pub(super) fn text(
        &self,
        address: DocAddress,
        field: tantivy::schema::Field,
    ) -> Result<String, IndexError> {
        let document: tantivy::TantivyDocument = self.searcher.doc(address)?;
        let text = document.get_first(field).and_then(|value| value.as_str());
        Ok(text.unwrap_or_default().to_owned())
    }
}

/// Adds a reason, to the same one where it is there already.
fn add(reasons: &mut Vec<Reason>, what: String, score: Score) {
    match reasons.iter_mut().find(|reason| reason.what == what) {
        Some(reason) => reason.score += score,
        None => reasons.push(Reason { what, score }),
    }
}
