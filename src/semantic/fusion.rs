//! Two rankings into one.

use std::collections::HashMap;

/// Damps the first places, as Cormack, Clarke and Büttcher proposed (SIGIR 2009).
const DAMPING: f64 = 60.0;

/// Reciprocal rank fusion: each ranking gives a name 1 / (60 + its place in it), and the sums decide;
/// of equal sums, the name that an earlier ranking has first.
#[must_use]
pub fn fused(rankings: &[&[String]]) -> Vec<(f64, String)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut fused: Vec<(f64, String)> = Vec::new();
    for ranking in rankings {
        for (place, name) in ranking.iter().enumerate() {
            let at = *places.entry(name).or_insert_with(|| {
                fused.push((0.0, name.clone()));
                fused.len() - 1
            });
            fused[at].0 += 1.0 / (DAMPING + (place + 1) as f64);
        }
    }
    // The sort is stable.
    fused.sort_by(|a, b| b.0.total_cmp(&a.0));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn order(rankings: &[&str]) -> String {
        let rankings: Vec<Vec<String>> = rankings.iter().map(|ranking| names(ranking)).collect();
        let rankings: Vec<&[String]> = rankings.iter().map(Vec::as_slice).collect();
        fused(&rankings).into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_both_rank_well_comes_first_and_nothing_is_lost() {
        assert_eq!(order(&["a b c", "b d"]), "b a d c");
        assert_eq!(order(&["a b", "b a"]), "a b");
        assert_eq!(order(&["a b c"]), "a b c");
        assert!(fused(&[]).is_empty());
    }

    #[test]
    fn the_sums_are_those_of_the_paper() {
        let (a, b) = (names("x"), names("y x"));
        let sums = fused(&[&a, &b]);
        assert!((sums[0].0 - (1.0 / 61.0 + 1.0 / 62.0)).abs() < 1e-12 && sums[0].1 == "x");
    }
}
