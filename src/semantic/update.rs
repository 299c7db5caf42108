//! Vectors of a new state from those of the old: only passages that are new are embedded.

use std::collections::{BTreeMap, HashMap};

use thiserror::Error;

use super::{
    Encoder, EncoderError, Quantised, Vectors, VectorsError,
    vectors::{Key, key},
};

/// Passages that the helper is given at once.
const BATCH: usize = 32;

/// Passages after which the work so far is saved, so that little is lost if it is stopped.
const SAVED_EVERY: usize = 2048;

/// The work could not be finished; what was done is kept.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// No vectors could be made.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// They could not be saved.
    #[error(transparent)]
    Vectors(#[from] VectorsError),
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// Passages of all cases.
    pub passages: usize,
    /// Texts that were embedded now.
    pub new: usize,
}

/// Makes the vectors of all passages of the cases, and saves them as it goes; `save` puts them in place.
///
/// # Errors
/// The helper failed or nothing can be written. What was saved is used by the next call.
pub fn update(
    cases: &[(String, Vec<String>)],
    mut known: HashMap<Key, Quantised>,
    (model, index): (&str, &str),
    encoder: &mut dyn FnMut() -> Result<Box<dyn Encoder>, EncoderError>,
    progress: &dyn Fn(usize, usize),
    save: &dyn Fn(&Vectors) -> Result<(), VectorsError>,
) -> Result<Embedded, UpdateError> {
    let new = new_texts(cases, &known);
    let mut encoder = if new.is_empty() { None } else { Some(encoder()?) };
    for (batch, texts) in new.chunks(BATCH).enumerate() {
        let Some(encoder) = &mut encoder else { break };
        progress(batch * BATCH, new.len());
        let vectors = encoder.encode(texts)?;
        known.extend(texts.iter().map(|text| key(text)).zip(vectors));
        if ((batch + 1) * BATCH).is_multiple_of(SAVED_EVERY) {
            save(&collected(cases, &known, model))?;
        }
    }
    let mut vectors = collected(cases, &known, model);
    vectors.finish(index);
    save(&vectors)?;
    Ok(Embedded { passages: vectors.len(), new: new.len() })
}

/// The texts without a vector, each once; similar lengths together, since a batch is padded to its longest.
fn new_texts(cases: &[(String, Vec<String>)], known: &HashMap<Key, Quantised>) -> Vec<String> {
    let texts = cases.iter().flat_map(|(_, passages)| passages);
    let by_key: BTreeMap<Key, &String> = texts.map(|text| (key(text), text)).collect();
    let unknown = by_key.into_iter().filter(|(key, _)| !known.contains_key(key));
    let mut new: Vec<String> = unknown.map(|(_, text)| text.clone()).collect();
    new.sort_by_key(String::len);
    new
}

fn collected(
    cases: &[(String, Vec<String>)],
    known: &HashMap<Key, Quantised>,
    model: &str,
) -> Vectors {
    let mut vectors = Vectors::of_model(model);
    for (case, passages) in cases {
        for key in passages.iter().map(|text| key(text)) {
            if let Some(vector) = known.get(&key) {
                vectors.push(case, key, vector);
            }
        }
    }
    vectors
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};

    /// Gives each text a direction by its length, and fails after so many texts.
    struct ByLength {
        left: usize,
    }

    impl Encoder for ByLength {
        fn encode(&mut self, texts: &[String]) -> Result<Vec<Quantised>, EncoderError> {
            if self.left < texts.len() {
                return Err(EncoderError::Ended("killed".to_owned()));
            }
            self.left -= texts.len();
            Ok(texts.iter().filter_map(|t| Quantised::of(&[t.len() as f32, 1.0])).collect())
        }
    }

    fn cases(count: usize) -> Vec<(String, Vec<String>)> {
        let passages = |case: usize| (0..4).map(|at| format!("passage {at} of {case}")).collect();
        (0..count).map(|case| (format!("case-{case}"), passages(case))).collect()
    }

    #[test]
    fn only_new_passages_are_embedded_and_an_early_end_keeps_what_was_done() {
        let saved = RefCell::new(Vectors::default());
        let started = Cell::new(0);
        let run = |count: usize, left: usize| {
            let known = saved.borrow().by_key("m");
            let start = &mut || {
                started.set(started.get() + 1);
                Ok(Box::new(ByLength { left }) as Box<dyn Encoder>)
            };
            let save = |vectors: &Vectors| {
                saved.replace(vectors.clone());
                Ok(())
            };
            update(&cases(count), known, ("m", "i"), start, &|_, _| {}, &save)
        };
        assert_eq!(run(3, 12).expect("done"), Embedded { passages: 12, new: 12 });
        assert_eq!(run(5, 8).expect("done"), Embedded { passages: 20, new: 8 });
        assert_eq!(run(4, 0).expect("done"), Embedded { passages: 16, new: 0 });
        assert_eq!(started.get(), 2, "without new passages no helper is started");
        assert!(run(1000, 3000).is_err());
        assert!(saved.borrow().check("m", "i").is_err_and(|e| e.to_string().contains("go on")));
        let rest = run(1000, 4000).expect("done").new;
        assert_eq!(rest, 4000 - 16 - SAVED_EVERY);
        assert!(saved.borrow().check("m", "i").is_ok());
    }
}
