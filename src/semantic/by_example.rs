//! Categories of the user's own, found by the meaning of their examples.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    EncoderError, Quantised,
    memory::Memory,
    prototypes::{Prototype, confidence},
};
use crate::{
    extract::{Meaning, NearSentence},
    taxonomy::{Category, Taxonomy, TaxonomyError},
};

/// Knows which sentences are near to the categories that have examples.
pub struct ByExample {
    categories: Vec<Category>,
    /// The shipped categories: a sentence that is nearer to one of them speaks of that.
    rivals: Vec<Category>,
    model: String,
    state: Mutex<State>,
}

struct State {
    memory: Memory,
    prototypes: Option<Prototypes>,
    fault: Option<String>,
}

struct Prototypes {
    categories: Vec<Prototype>,
    rivals: Vec<Prototype>,
}

impl ByExample {
    /// For the categories of a taxonomy that have examples; none if none has.
    ///
    /// # Errors
    /// Never in a released version: the shipped taxonomy cannot be read.
    pub fn new(
        taxonomy: &Taxonomy,
        model: &str,
        memory: impl FnOnce() -> Memory,
    ) -> Result<Option<Self>, TaxonomyError> {
        let categories = taxonomy.categories.iter().filter(|category| category.is_by_meaning());
        let categories: Vec<Category> = categories.cloned().collect();
        if categories.is_empty() {
            return Ok(None);
        }
        let state = State { memory: memory(), prototypes: None, fault: None };
        let rivals = Taxonomy::shipped()?.categories;
        let model = model.to_owned();
        Ok(Some(Self { categories, rivals, model, state: Mutex::new(state) }))
    }

    /// Keeps the vectors made for the next time; a fault is told by [`Meaning::fault`].
    pub fn save(&self) {
        let mut state = self.state();
        if let Err(error) = state.memory.save() {
            state.fault.get_or_insert_with(|| error.to_string());
        }
    }

    /// For each sentence and category how near they are, whether or not that is near enough: what
    /// the threshold was measured with.
    ///
    /// # Errors
    /// The helper fails.
    pub fn likenesses(&self, sentences: &[&str]) -> Result<Vec<Vec<f32>>, EncoderError> {
        let mut state = self.state();
        let vectors = state.memory.vectors(sentences)?;
        let prototypes = match state.prototypes.take() {
            Some(prototypes) => prototypes,
            None => self.prototypes(&mut state.memory)?,
        };
        let likenesses = |vector: &Quantised| {
            Prototype::likenesses(&prototypes.categories, &prototypes.rivals, vector)
        };
        let likenesses = vectors.iter().map(likenesses).collect();
        state.prototypes = Some(prototypes);
        Ok(likenesses)
    }

    fn prototypes(&self, memory: &mut Memory) -> Result<Prototypes, EncoderError> {
        let mut of = |category: &Category| {
            let mut texts = vec![described(category)];
            texts.extend(category.examples.iter().map(|example| example.trim().to_owned()));
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut vectors = memory.vectors(&texts)?.into_iter();
            let missing = || EncoderError::Answer("a text has no vector".to_owned());
            let description = vectors.next().ok_or_else(missing)?;
            Ok(Prototype::new(&category.id, description, &vectors.collect::<Vec<_>>()))
        };
        let categories =
            self.categories.iter().map(&mut of).collect::<Result<_, EncoderError>>()?;
        let rivals = self.rivals.iter().map(of).collect::<Result<_, EncoderError>>()?;
        Ok(Prototypes { categories, rivals })
    }

    /// A thread that panicked leaves vectors as whole as they were.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meaning for ByExample {
    fn near(&self, sentences: &[&str]) -> Vec<NearSentence> {
        if sentences.is_empty() || self.fault().is_some() {
            return Vec::new();
        }
        let likenesses = self.likenesses(sentences).unwrap_or_else(|error| {
            self.state().fault = Some(error.to_string());
            Vec::new()
        });
        let mut near = Vec::new();
        for (sentence, likenesses) in likenesses.into_iter().enumerate() {
            for (category, likeness) in self.categories.iter().zip(likenesses) {
                let category = category.id.clone();
                let found = confidence(likeness);
                near.extend(found.map(|confidence| NearSentence {
                    sentence,
                    category,
                    confidence,
                }));
            }
        }
        near
    }

    fn fault(&self) -> Option<String> {
        self.state().fault.clone()
    }

    fn fingerprint(&self) -> &str {
        &self.model
    }
}

/// What a category says of itself.
fn described(category: &Category) -> String {
    let Category { title, definition, lesson, .. } = category;
    format!("{title}. {definition} {lesson}").trim().to_owned()
}
