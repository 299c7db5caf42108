//! The measures of all queries, by kind and overall, with what each query missed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::{
    NDCG_DEPTH, Query, RECALL_DEPTH,
    judgements::Judged,
    measures::{Grades, Ranking, ndcg, recall, reciprocal_rank},
};
use crate::model::Case;

/// The cases of an index under every name by which a judgement can call them.
#[derive(Debug, Default)]
pub struct Judges {
    slugs: BTreeSet<String>,
    by_id: HashMap<String, String>,
    by_page: HashMap<String, String>,
}

impl Judges {
    /// Takes the names of all cases.
    #[must_use]
    pub fn new(cases: &[Case]) -> Self {
        let mut judges = Self::default();
        for case in cases {
            let facts = &case.facts;
            judges.slugs.insert(case.case.clone());
            judges.by_id.extend(facts.id.iter().map(|id| (id.clone(), case.case.clone())));
            let pages = facts.page_url.iter().chain(&facts.also_page_urls);
            judges.by_page.extend(pages.map(|page| (page_key(page), case.case.clone())));
        }
        judges
    }

    /// The slug of the case that a judgement means.
    fn slug(&self, judged: &Judged) -> Option<&String> {
        let by_slug = judged.case.as_ref().and_then(|case| self.slugs.get(case));
        let by_id = || judged.id.as_ref().and_then(|id| self.by_id.get(id));
        let by_page =
            || judged.page_url.as_ref().and_then(|page| self.by_page.get(&page_key(page)));
        by_slug.or_else(by_id).or_else(by_page)
    }

    /// The grades of the cases that are in the index, and the names of those that are not.
    fn grades(&self, query: &Query) -> (Grades, Vec<String>) {
        let mut grades = Grades::new();
        let mut absent = Vec::new();
        for judged in &query.relevant {
            match self.slug(judged) {
                None => absent.push(judged.name().to_owned()),
                Some(slug) => {
                    let grade = grades.entry(slug.clone()).or_default();
                    *grade = judged.grade.max(*grade);
                }
            }
        }
        (grades, absent)
    }
}

/// An address without what does not tell pages apart.
fn page_key(address: &str) -> String {
    address.trim().trim_end_matches('/').to_lowercase()
}

/// All measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Over all queries.
    pub overall: Means,
    /// By kind of query.
    pub kinds: BTreeMap<String, Means>,
    /// Relevant cases that are not in the index, over all queries. They are left out of the measures.
    pub absent: usize,
    /// Queries of whose relevant cases none is in the index; left out as well.
    pub unanswerable: Vec<String>,
    /// Every other query.
    pub queries: Vec<QueryResult>,
}

/// Means over queries, each counting the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Means {
    /// How many queries.
    pub queries: usize,
    /// Discounted cumulative gain of the first ten results, of the best possible.
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    /// Share of the relevant cases among the first twenty results.
    #[serde(rename = "recall@20")]
    pub recall: f64,
    /// Mean of one over the rank of the first relevant result.
    pub mrr: f64,
}

/// One query's measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryResult {
    /// Its name.
    pub qid: String,
    /// What was typed.
    pub query: String,
    /// Its kind.
    pub kind: String,
    /// nDCG@10.
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    /// Recall@20.
    #[serde(rename = "recall@20")]
    pub recall: f64,
    /// One over the rank of the first relevant result.
    pub reciprocal_rank: f64,
    /// Relevant cases that are not among the first ten results.
    pub missed: Vec<Missed>,
    /// Irrelevant cases that stand before the last relevant one of the first ten, the best first.
    pub instead: Vec<String>,
    /// Relevant cases that are not in the index.
    pub absent: Vec<String>,
}

/// A relevant case that a reader of the first results does not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Its slug.
    pub case: String,
    /// Its grade.
    pub grade: u8,
    /// Where it stands, counted from 1; nothing if it was not found at all.
    pub rank: Option<usize>,
}

/// Measures a search: `search` answers a query with slugs, the best first.
///
/// # Errors
/// Those of `search`.
pub fn report<E>(
    queries: &[Query],
    judges: &Judges,
    mut search: impl FnMut(&str) -> Result<Vec<String>, E>,
) -> Result<Report, E> {
    let mut results = Vec::new();
    let mut unanswerable = Vec::new();
    let mut absent_in_all = 0;
    for query in queries {
        let (grades, absent) = judges.grades(query);
        absent_in_all += absent.len();
        if grades.is_empty() {
            unanswerable.push(query.qid.clone());
            continue;
        }
        let cases = search(&query.query)?;
        results.push(result(query, Ranking { cases: &cases, grades: &grades }, absent));
    }
    let mut by_kind: BTreeMap<String, Vec<&QueryResult>> = BTreeMap::new();
    for result in &results {
        by_kind.entry(result.kind.clone()).or_default().push(result);
    }
    Ok(Report {
        overall: means(&results.iter().collect::<Vec<_>>()),
        kinds: by_kind.into_iter().map(|(kind, results)| (kind, means(&results))).collect(),
        absent: absent_in_all,
        unanswerable,
        queries: results,
    })
}

fn result(query: &Query, ranking: Ranking<'_>, absent: Vec<String>) -> QueryResult {
    let rank = |slug: &String| ranking.cases.iter().position(|case| case == slug).map(|at| at + 1);
    let placed = ranking.grades.iter().map(|(slug, grade)| (slug, *grade, rank(slug)));
    let mut missed: Vec<Missed> = placed
        .filter(|(.., rank)| rank.is_none_or(|rank| rank > NDCG_DEPTH))
        .map(|(slug, grade, rank)| Missed { case: slug.clone(), grade, rank })
        .collect();
    missed.sort_by_key(|missed| std::cmp::Reverse(missed.grade));
    QueryResult {
        qid: query.qid.clone(),
        query: query.query.clone(),
        kind: query.kind.clone(),
        ndcg: ndcg(ranking, NDCG_DEPTH),
        recall: recall(ranking, RECALL_DEPTH),
        reciprocal_rank: reciprocal_rank(ranking),
        instead: instead(ranking, !missed.is_empty()),
        missed,
        absent,
    }
}

/// The irrelevant results that took the place of relevant ones.
fn instead(ranking: Ranking<'_>, some_missed: bool) -> Vec<String> {
    let first = &ranking.cases[..ranking.cases.len().min(NDCG_DEPTH)];
    let is_relevant = |case: &String| ranking.grades.contains_key(case);
    let last = if some_missed {
        first.len()
    } else {
        first.iter().rposition(is_relevant).map_or(0, |last| last)
    };
    first[..last].iter().filter(|case| !is_relevant(case)).cloned().collect()
}

fn means(results: &[&QueryResult]) -> Means {
    let count = results.len();
    let mean = |measure: fn(&QueryResult) -> f64| {
        results.iter().map(|result| measure(result)).sum::<f64>() / count.max(1) as f64
    };
    Means {
        queries: count,
        ndcg: mean(|result| result.ndcg),
        recall: mean(|result| result.recall),
        mrr: mean(|result| result.reciprocal_rank),
    }
}
