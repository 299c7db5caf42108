//! Two rankings into one.

use std::collections::HashMap;

use super::Near;

/// What a case of the same meaning (cosine 1) has, where the best match of the words has 1.
///
/// From .25 to .5 makes no difference that can be measured; reciprocal rank fusion, which knows only places,
/// lost wherever the words had found a name or a provision (`docs/semantic.md`).
const WEIGHT: f32 = 0.4;

/// One ranking of the cases that the words find, with their scores, and of those nearest in meaning:
/// the share of the best score that a case has, and [`WEIGHT`] times its likeness. Equal sums stand in
/// the order of their names.
#[must_use]
pub fn fused(words: &[(f32, &str)], near: &[Near]) -> Vec<(f32, String)> {
    let best = words.iter().map(|(score, _)| *score).fold(f32::MIN_POSITIVE, f32::max);
    let mut sums: HashMap<&str, f32> =
        near.iter().map(|near| (near.case.as_str(), WEIGHT * near.likeness.max(0.0))).collect();
    for (score, case) in words {
        *sums.entry(case).or_default() += score / best;
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
