//! How near a sentence is to a category that is given by a description and examples.

use super::Quantised;

/// A sentence belongs to a category from this likeness. Measured, as is [`CONFIDENCE`]: `docs/semantic.md`
/// and `examples/by_example.rs`.
const LEAST: f32 = 0.38;

/// From which likeness such findings were right in which share of documents, the surest first.
const CONFIDENCE: [(f32, f64); 4] = [(0.45, 0.82), (0.42, 0.78), (0.40, 0.69), (LEAST, 0.58)];

/// How much it counts against a category that a sentence is near to another one.
const RIVALRY: f32 = 0.5;

/// A category as a direction: half its description, half its examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Prototype {
    category: String,
    direction: Quantised,
}

impl Prototype {
    /// Without examples, or with such as cancel out, the description alone.
    #[must_use]
    pub fn new(category: &str, description: Quantised, examples: &[Quantised]) -> Self {
        let examples = Quantised::of(&sum(examples));
        let halves: Vec<Quantised> = examples.into_iter().chain([description.clone()]).collect();
        let direction = Quantised::of(&sum(&halves)).unwrap_or(description);
        Self { category: category.to_owned(), direction }
    }

    /// How near a sentence is to each category: its cosine, less half of that to the nearest rival of
    /// another name.
    #[must_use]
    pub fn likenesses(categories: &[Self], rivals: &[Self], sentence: &Quantised) -> Vec<f32> {
        let cosines: Vec<f32> = rivals.iter().map(|rival| rival.cosine(sentence)).collect();
        let likeness = |category: &Self| {
            let others =
                rivals.iter().zip(&cosines).filter(|(r, _)| r.category != category.category);
            let nearest = others.map(|(_, cosine)| *cosine).fold(0.0, f32::max);
            category.cosine(sentence) - RIVALRY * nearest
        };
        categories.iter().map(likeness).collect()
    }

    fn cosine(&self, sentence: &Quantised) -> f32 {
        self.direction.cosine(sentence.scale, &sentence.values)
    }
}

/// How sure a finding of that likeness is; none where it is no finding.
#[must_use]
pub fn confidence(likeness: f32) -> Option<f64> {
    CONFIDENCE.iter().find(|(least, _)| likeness >= *least).map(|(_, share)| *share)
}

fn sum(directions: &[Quantised]) -> Vec<f32> {
    let mut sum = vec![0.0; directions.first().map_or(0, |first| first.values.len())];
    for direction in directions {
        for (sum, value) in sum.iter_mut().zip(&direction.values) {
            *sum += f32::from(*value) * direction.scale;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direction(values: &[f32]) -> Quantised {
        Quantised::of(values).expect("a direction")
    }

    fn prototype(category: &str, description: &[f32], examples: &[&[f32]]) -> Prototype {
        let examples: Vec<Quantised> = examples.iter().map(|values| direction(values)).collect();
        Prototype::new(category, direction(description), &examples)
    }

    #[test]
    fn many_examples_weigh_as_much_as_the_description() {
        let one = prototype("a", &[1.0, 0.0], &[&[0.0, 1.0]]);
        let many = prototype("a", &[1.0, 0.0], &[&[0.0, 1.0], &[0.0, 3.0], &[0.0, 2.0]]);
        let sentence = direction(&[1.0, 1.0]);
        for likeness in Prototype::likenesses(&[one, many], &[], &sentence) {
            assert!((likeness - 1.0).abs() < 0.02, "{likeness}");
        }
    }

    #[test]
    fn what_is_nearer_to_another_category_is_less_like_but_never_its_own_rival() {
        let own = prototype("a", &[1.0, 0.0], &[&[1.0, 0.2]]);
        let other = prototype("b", &[0.6, 0.8], &[]);
        let sentence = direction(&[0.9, 0.5]);
        let beside = |rivals: &[Prototype]| {
            Prototype::likenesses(std::slice::from_ref(&own), rivals, &sentence)[0]
        };
        let (alone, rivalled) = (beside(std::slice::from_ref(&own)), beside(&[own.clone(), other]));
        assert!(alone > 0.8 && rivalled < alone - 0.4, "{alone} {rivalled}");
    }

    #[test]
    fn the_likelier_the_surer_and_below_the_threshold_nothing() {
        assert_eq!(confidence(0.379), None);
        let sure: Vec<f64> = [0.38, 0.41, 0.43, 0.9].into_iter().filter_map(confidence).collect();
        assert!(sure.len() == 4 && sure.is_sorted_by(|a, b| a < b), "{sure:?}");
    }
}
