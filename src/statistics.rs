//! The few statistics that reports share.

use serde::Serialize;

/// A share with its 95 % Wilson score interval, all from 0 to 1.
///
/// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
/// Journal of the American Statistical Association 22 (1927).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Successes divided by trials; 0 without trials.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Trials.
    pub n: usize,
}

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_985;

impl Share {
    /// The share of `successes` in `trials`; without trials the interval is the whole range.
    #[must_use]
    pub fn wilson(successes: usize, trials: usize) -> Self {
        if trials == 0 {
            return Self { value: 0.0, low: 0.0, high: 1.0, n: 0 };
        }
        let n = trials as f64;
        let p = successes as f64 / n;
        let z2 = Z * Z;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
        Self { value: p, low: (centre - half).max(0.0), high: (centre + half).min(1.0), n: trials }
    }
}

/// The harmonic mean of precision and recall; 0 if both are 0.
#[must_use]
pub fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// A 95 % interval of F1 from the hits, and from false alarms and misses together.
///
/// F1 is 2J / (1 + J), where J is the share of hits in all that was labelled or found; the ends of the
/// Wilson interval of J are taken through the same function. That needs no resampling, but it takes
/// labels for independent, and those of one document are not quite: read it as the least width.
#[must_use]
pub fn f1_interval(hits: usize, errors: usize) -> [f64; 2] {
    let overlap = Share::wilson(hits, hits + errors);
    [overlap.low, overlap.high].map(|j| 2.0 * j / (1.0 + j))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_published_values() {
        // 4 of 10, from Brown, Cai and DasGupta (2001): 0.168 to 0.687.
        let share = Share::wilson(4, 10);
        assert!(
            (share.low - 0.168).abs() < 0.001 && (share.high - 0.687).abs() < 0.001,
            "{share:?}"
        );
        assert_eq!(Share::wilson(0, 0).high, 1.0);
    }

    #[test]
    fn f1_of_nothing_is_nothing() {
        assert_eq!(f1(0.0, 0.0), 0.0);
        assert!((f1(1.0, 0.5) - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_interval_of_f1_holds_f1() {
        for (hits, false_alarms, misses) in
            [(0, 0, 0), (0, 3, 2), (8, 1, 3), (200, 4, 30), (5, 0, 0)]
        {
            let share = |errors| Share::wilson(hits, hits + errors).value;
            let value = f1(share(false_alarms), share(misses));
            let [low, high] = f1_interval(hits, false_alarms + misses);
            assert!(
                0.0 <= low && low <= value && value <= high && high <= 1.0,
                "{value} {low} {high}"
            );
        }
    }
}
