//! How much whole cases are alike in meaning.

use std::collections::HashMap;

use super::Vectors;

impl Vectors {
    /// For every case how much it is like one of them, from 0 to 1; nothing if that has no vectors.
    ///
    /// A case is the mean of its passages, less what all cases share: they are all about data protection,
    /// and that likens none to another.
    #[must_use]
    pub fn alike(&self, case: &str) -> HashMap<&str, f64> {
        let mut directions = vec![vec![0.0; self.dimension()]; self.cases().len()];
        for (case, scale, row) in self.rows() {
            for (sum, value) in directions[case].iter_mut().zip(row) {
                *sum += f32::from(*value) * scale;
            }
        }
        directions.iter_mut().for_each(|direction| normalise(direction));
        let mut shared = vec![0.0; self.dimension()];
        for direction in &directions {
            shared.iter_mut().zip(direction).for_each(|(sum, value)| *sum += value);
        }
        let cases = self.cases().len().max(1) as f32;
        for direction in &mut directions {
            direction.iter_mut().zip(&shared).for_each(|(value, sum)| *value -= sum / cases);
            normalise(direction);
        }
        let Some(own) = self.cases().iter().position(|other| other == case) else {
            return HashMap::new();
        };
        let like = |other: &Vec<f32>| {
            let cosine: f32 = other.iter().zip(&directions[own]).map(|(a, b)| a * b).sum();
            f64::from(cosine.clamp(0.0, 1.0))
        };
        self.cases().iter().map(String::as_str).zip(directions.iter().map(like)).collect()
    }
}

/// Makes a direction 1 long; what has none stays as it is.
fn normalise(direction: &mut [f32]) {
    let length = direction.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length.is_normal() {
        direction.iter_mut().for_each(|value| *value /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::semantic::Quantised;

    fn vectors(cases: &[(&str, &[[f32; 3]])]) -> Vectors {
        let mut vectors = Vectors::of_model("m");
        for (case, passages) in cases {
            for passage in *passages {
                vectors.push(case, [0; 16], &Quantised::of(passage).expect("a direction"));
            }
        }
        vectors
    }

    #[test]
    fn what_all_cases_share_likens_none_and_a_case_is_like_itself() {
        let vectors = vectors(&[
            ("faces", &[[1.0, 0.3, 0.0], [1.0, 0.5, 0.1]]),
            ("fingers", &[[1.0, 0.4, 0.1]]),
            ("calls", &[[1.0, -0.4, 0.0], [1.0, -0.3, 0.0]]),
        ]);
        let alike = vectors.alike("faces");
        assert!((alike["faces"] - 1.0).abs() < 1e-5);
        assert!(alike["fingers"] > 0.8 && alike["calls"] < 0.01, "{alike:?}");
        assert!(vectors.alike("nowhere").is_empty());
        assert!(Vectors::default().alike("faces").is_empty());
    }
}
