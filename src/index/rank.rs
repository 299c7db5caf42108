//! The order of cases: the engine finds candidates; then every clause of the question scores each of
//! them, and so does their best passage.

use std::collections::HashMap;

use tantivy::{
    DocAddress, DocSet as _, Order, Score, TERMINATED, Term,
    aggregation::agg_result::AggregationResults,
    collector::{Count, MultiCollector, TopDocs},
    query::Query,
    schema::{IndexRecordOption, Value as _},
};

use super::{
    IndexError, Searcher,
    facets::{self, Facets},
    query::{Clause, Plan},
    schema::CASE,
    score::scores,
    search::Reason,
    slugs::Slugs,
    statistics::Statistics,
};

/// How much the best passage counts beside the case as a whole.
const PASSAGE_WEIGHT: f32 = 0.5;

/// Candidates that are scored by every clause, if no more are asked for.
const CANDIDATES: usize = 120;

/// Cases whose passages are looked at, if no more are asked for.
const PASSAGE_DEPTH: usize = 40;

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
        let (mut top, total, mut facets) = self.top(&*query, limit.max(CANDIDATES), plan)?;
        facets::without_own_filters(&self.searcher, plan, &mut facets)?;
        if !plan.is_unranked() {
            self.score(plan, &mut top)?;
        }
        top.truncate(limit.max(PASSAGE_DEPTH));
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

    /// Scores candidates by every clause and puts the best first.
    fn score(&self, plan: &Plan, top: &mut Top) -> Result<(), IndexError> {
        top.sort_by_key(|(_, address)| *address);
        top.iter_mut().for_each(|(score, _)| *score = 0.0);
        let documents: Vec<DocAddress> = top.iter().map(|(_, address)| *address).collect();
        for clause in &plan.clauses {
            let mut best = vec![(0.0f32, 0.0f32); documents.len()];
            for part in &clause.parts {
                let found = scores(&*part.query, &self.case_statistics(), &documents)?;
                for ((best, sum), score) in best.iter_mut().zip(found) {
                    let score = score.unwrap_or_default();
                    (*best, *sum) = (best.max(score), *sum + score);
                }
            }
            let shares = best.into_iter().map(|(best, sum)| Clause::score(best, sum));
            top.iter_mut().zip(shares).for_each(|((score, _), share)| *score += share);
        }
        top.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(())
    }

    /// Finds the best passage of every ranked case and adds its share to the score.
    fn add_passages(&self, plan: &Plan, ranked: &mut [Ranked]) -> Result<(), IndexError> {
        let mut passages = self.passages_of(ranked)?;
        passages.sort_unstable();
        let addresses: Vec<DocAddress> = passages.iter().map(|(address, _)| *address).collect();
        let documents = self.searcher.num_docs() - self.cases;
        let statistics = Statistics { searcher: &self.searcher, documents };
        let mut sums = vec![0.0f32; passages.len()];
        for query in &plan.passages {
            let found = scores(&**query, &statistics, &addresses)?;
            sums.iter_mut().zip(found).for_each(|(sum, score)| *sum += score.unwrap_or_default());
        }
        let mut best: HashMap<usize, (Score, DocAddress)> = HashMap::new();
        for ((address, case), sum) in passages.into_iter().zip(sums) {
            let kept = best.entry(case).or_insert((0.0, address));
            if sum > kept.0 {
                *kept = (sum, address);
            }
        }
        for (case, (score, address)) in best.into_iter().filter(|(_, (score, _))| *score > 0.0) {
            ranked[case].passage = Some((score * PASSAGE_WEIGHT, address));
            ranked[case].score += if plan.is_unranked() { 0.0 } else { score * PASSAGE_WEIGHT };
        }
        Ok(())
    }

    /// The passages of ranked cases, each with the place of its case.
    fn passages_of(&self, ranked: &[Ranked]) -> Result<Vec<(DocAddress, usize)>, IndexError> {
        let mut passages = Vec::new();
        for (ordinal, segment) in (0u32..).zip(self.searcher.segment_readers()) {
            let inverted = segment.inverted_index(self.fields.passage_of)?;
            for (place, case) in ranked.iter().enumerate() {
                let term = Term::from_field_text(self.fields.passage_of, &case.slug);
                let postings = inverted
                    .read_postings(&term, IndexRecordOption::Basic)
                    .map_err(tantivy::TantivyError::from)?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != TERMINATED {
                    passages.push((DocAddress::new(ordinal, postings.doc()), place));
                    postings.advance();
                }
            }
        }
        Ok(passages)
    }

    /// Every reason for which a case stands where it stands, the weightiest first.
    pub(super) fn reasons(&self, plan: &Plan, ranked: &Ranked) -> Result<Vec<Reason>, IndexError> {
        let mut reasons = Vec::new();
        for clause in &plan.clauses {
            let mut found = Vec::new();
            for part in &clause.parts {
                let score = scores(&*part.query, &self.case_statistics(), &[ranked.address])?;
                found.extend(score.into_iter().flatten().map(|score| (part.what.clone(), score)));
            }
            Clause::shares(&mut found);
            found.into_iter().for_each(|(what, score)| add(&mut reasons, what, score));
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
