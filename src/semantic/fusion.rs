//! Two rankings into one.

use std::collections::HashMap;

use super::Near;

/// What a case of the same meaning (cosine 1) has, where the best match of the words has 1.
///
/// Measured in `docs/semantic.md`: less gives away what meaning finds in plain words, more disturbs
/// what words find exactly, and reciprocal ranks, which know only places, lose names and provisions.
const WEIGHT: f32 = 0.7;

/// One ranking of the cases that the words find, with their scores, and of those nearest in meaning:
/// to its score a case gets `WEIGHT` times its likeness of the best score. Equal sums stand in the
/// order of their names.
#[must_use]
pub fn fused(words: &[(f32, &str)], near: &[Near]) -> Vec<(f32, String)> {
    let best = words.iter().map(|(score, _)| *score).fold(0.0, f32::max);
    let unit = WEIGHT * if best > 0.0 { best } else { 1.0 };
    let mut sums: HashMap<&str, f32> =
        near.iter().map(|near| (near.case.as_str(), unit * near.likeness.max(0.0))).collect();
    for (score, case) in words {
        *sums.entry(case).or_default() += score;
    }
    let mut fused: Vec<(f32, String)> =
        sums.into_iter().map(|(case, sum)| (sum, case.to_owned())).collect();
    fused.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(words: &[(f32, &str)], near: &[(f32, &str)]) -> String {
        let near = near.iter().map(|(likeness, case)| Near {
            case: (*case).to_owned(),
            likeness: *likeness,
            passage: 0,
        });
        let fused = fused(words, &near.collect::<Vec<_>>());
        fused.into_iter().map(|(_, case)| case).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_lead_and_meaning_decides_between_like_scores() {
        assert_eq!(order(&[(20.0, "a"), (19.0, "b"), (2.0, "c")], &[]), "a b c");
        assert_eq!(order(&[(20.0, "a"), (19.0, "b")], &[(0.7, "b"), (0.1, "a")]), "b a");
        assert_eq!(order(&[(20.0, "name"), (5.0, "b")], &[(0.9, "b"), (0.2, "name")]), "name b");
    }

    #[test]
    fn what_only_one_of_them_finds_is_there() {
        assert_eq!(order(&[(20.0, "a"), (1.0, "b")], &[(0.6, "c"), (-0.2, "d")]), "a c b d");
        assert_eq!(order(&[], &[(0.6, "c")]), "c");
        assert_eq!(order(&[(0.0, "b"), (0.0, "a")], &[]), "a b");
        assert_eq!(order(&[], &[]), "");
    }
}
