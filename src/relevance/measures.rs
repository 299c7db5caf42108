//! Measures of one ranking, as `trec_eval` defines them.

use std::collections::BTreeMap;

/// The grades of a query's relevant cases by slug.
pub type Grades = BTreeMap<String, u8>;

/// A ranking with what is relevant.
#[derive(Debug, Clone, Copy)]
pub struct Ranking<'a> {
    /// Slugs, the best first.
    pub cases: &'a [String],
    /// Relevant slugs with their grades.
    pub grades: &'a Grades,
}

impl Ranking<'_> {
    fn gains(&self) -> impl Iterator<Item = f64> {
        self.cases.iter().map(|case| self.grades.get(case).copied().unwrap_or_default().into())
    }
}

/// Discounted gain of the first `depth` results over that of the best order of all relevant cases.
/// A result's gain is its grade.
#[must_use]
pub fn ndcg(ranking: Ranking<'_>, depth: usize) -> f64 {
    let mut ideal: Vec<f64> = ranking.grades.values().copied().map(f64::from).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best = discounted(ideal.into_iter().take(depth));
    if best == 0.0 { 0.0 } else { discounted(ranking.gains().take(depth)) / best }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.zip(2u32..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}

/// Share of the relevant cases that are among the first `depth` results.
#[must_use]
pub fn recall(ranking: Ranking<'_>, depth: usize) -> f64 {
    let found = ranking.gains().take(depth).filter(|gain| *gain > 0.0).count();
    found as f64 / ranking.grades.len().max(1) as f64
}

/// One over the rank of the first relevant case; 0 where none is found.
#[must_use]
pub fn reciprocal_rank(ranking: Ranking<'_>) -> f64 {
    ranking.gains().position(|gain| gain > 0.0).map_or(0.0, |index| 1.0 / (index + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades() -> Grades {
        [("a".to_owned(), 3), ("b".to_owned(), 1)].into()
    }

    fn measured(cases: &[&str]) -> (f64, f64, f64) {
        let cases: Vec<String> = cases.iter().map(|case| (*case).to_owned()).collect();
        let grades = grades();
        let ranking = Ranking { cases: &cases, grades: &grades };
        (ndcg(ranking, 10), recall(ranking, 2), reciprocal_rank(ranking))
    }

    #[test]
    fn the_best_order_is_one_and_none_is_nought() {
        assert_eq!(measured(&["a", "b", "x"]), (1.0, 1.0, 1.0));
        assert_eq!(measured(&["x", "y"]), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_later_place_counts_less() {
        let (ndcg, recall, reciprocal) = measured(&["x", "a", "b"]);
        let expected = (3.0 / 3f64.log2() + 1.0 / 4f64.log2()) / (3.0 + 1.0 / 3f64.log2());
        assert!((ndcg - expected).abs() < 1e-12);
        assert_eq!((recall, reciprocal), (0.5, 0.5));
    }
}
