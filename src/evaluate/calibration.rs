//! Whether findings with a confidence of .8 are right in 80 of 100 cases.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Labelled, evidence::is_right};
use crate::{model::Record, statistics::Share};

/// How well confidences foretell what is right.
///
/// The expected calibration error follows Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated
/// Probabilities Using Bayesian Binning" (AAAI 2015), with one bin for each confidence that occurs,
/// to the hundredth: confidences come from a short table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// By confidence, the lowest first.
    pub bins: Vec<Bin>,
    /// Mean distance between the confidence and the share that is right, weighted by findings.
    pub expected_error: f64,
}

/// The findings of one confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// That confidence.
    pub confidence: f64,
    /// Findings that could be judged.
    pub n: usize,
    /// Those whose category is a label of the document.
    pub right: usize,
    /// The share of these.
    pub share: Share,
    /// The nearest confidences that fit these documents and never fall from one bin to the next
    /// (isotonic regression).
    pub fitted: f64,
}

/// The findings of all documents by confidence.
pub fn calibration(pairs: &[(Labelled, Record)]) -> Calibration {
    let mut bins: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (labelled, record) in pairs {
        for finding in &record.findings {
            if let Some(right) = is_right(labelled, finding) {
                // Confidences lie between 0 and 1.
                let bin = bins.entry((finding.confidence * 100.0).round() as u32).or_default();
                bin.0 += 1;
                bin.1 += usize::from(right);
            }
        }
    }
    let counts: Vec<(usize, usize)> = bins.values().copied().collect();
    let bins: Vec<Bin> = bins
        .into_iter()
        .zip(isotonic(&counts))
        .map(|((hundredths, (n, right)), fitted)| Bin {
            confidence: f64::from(hundredths) / 100.0,
            n,
            right,
            share: Share::wilson(right, n),
            fitted,
        })
        .collect();
    let all: usize = bins.iter().map(|bin| bin.n).sum();
    let distances = bins.iter().map(|bin| (bin.share.value - bin.confidence).abs() * bin.n as f64);
    Calibration { expected_error: distances.sum::<f64>() / all.max(1) as f64, bins }
}

/// Pools neighbours that fall until none does (Ayer and others, Annals of Mathematical Statistics 26,
/// 1955). Each bin is (findings, right ones).
fn isotonic(bins: &[(usize, usize)]) -> Vec<f64> {
    let share = |(n, right, _): &(usize, usize, usize)| *right as f64 / (*n).max(1) as f64;
    let mut pools: Vec<(usize, usize, usize)> = Vec::new();
    for (n, right) in bins {
        pools.push((*n, *right, 1));
        while let [.., before, last] = &pools[..]
            && share(before) > share(last)
        {
            let joined = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(share(pool), pool.2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fall_is_pooled() {
        assert_eq!(isotonic(&[(10, 5), (10, 9), (10, 7), (4, 4)]), [0.5, 0.8, 0.8, 1.0]);
    }

    proptest! {
        #[test]
        fn fitted_shares_never_fall_and_keep_the_total(
            bins in prop::collection::vec((1_usize..50, 0_usize..50), 0..12)
        ) {
            let bins: Vec<_> = bins.into_iter().map(|(n, right)| (n, right.min(n))).collect();
            let fitted = isotonic(&bins);
            prop_assert!(fitted.is_sorted());
            let total: f64 = bins.iter().zip(&fitted).map(|((n, _), share)| *n as f64 * share).sum();
            let right: usize = bins.iter().map(|(_, right)| right).sum();
            prop_assert!((total - right as f64).abs() < 1e-6);
        }
    }
}
