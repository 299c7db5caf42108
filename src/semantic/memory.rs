//! Vectors of single texts, made once and kept in a file.

use std::{collections::HashMap, path::PathBuf};

use super::{
    Encoder, EncoderError, Quantised, Vectors, VectorsError,
    vectors::{Key, key},
};

/// Texts that the helper is given at once: those of one document are few and of uneven length.
const BATCH: usize = 8;

/// New texts after which the file is written, so that little is lost if the work is stopped.
const SAVED_EVERY: usize = 2048;

/// Starts a helper.
pub type Start = Box<dyn FnMut() -> Result<Box<dyn Encoder + Send>, EncoderError> + Send>;

/// Vectors by their texts; the helper is started for the first text that is not among them.
pub struct Memory {
    model: String,
    file: Option<PathBuf>,
    known: HashMap<Key, Quantised>,
    unsaved: usize,
    start: Start,
    helper: Option<Box<dyn Encoder + Send>>,
}

impl Memory {
    /// What the file holds of that model; a file that cannot be used is made anew.
    #[must_use]
    pub fn open(model: &str, file: Option<PathBuf>, start: Start) -> Self {
        let stored = file.as_deref().and_then(|file| Vectors::read(file).ok());
        let known = stored.map(|vectors| vectors.by_key(model)).unwrap_or_default();
        Self { model: model.to_owned(), file, known, unsaved: 0, start, helper: None }
    }

    /// One vector a text, in their order.
    ///
    /// # Errors
    /// The helper fails.
    pub fn vectors(&mut self, texts: &[&str]) -> Result<Vec<Quantised>, EncoderError> {
        let is_new = |text: &&str| !self.known.contains_key(&key(text));
        let mut new: Vec<String> =
            texts.iter().copied().filter(is_new).map(str::to_owned).collect();
        // A batch is padded to its longest text.
        new.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        new.dedup();
        for batch in new.chunks(BATCH) {
            let vectors = self.encode(batch)?;
            self.known.extend(batch.iter().map(|text| key(text)).zip(vectors));
            self.unsaved += batch.len();
        }
        if self.unsaved >= SAVED_EVERY {
            // Only a memory: what cannot be written is made again, and the last attempt tells.
            let _ = self.save();
        }
        Ok(texts.iter().filter_map(|text| self.known.get(&key(text)).cloned()).collect())
    }

    /// Writes the file, if there is one and something new for it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn save(&mut self) -> Result<(), VectorsError> {
        let Some(file) = self.file.as_deref().filter(|_| self.unsaved > 0) else { return Ok(()) };
        let mut vectors = Vectors::of_model(&self.model);
        let mut keys: Vec<&Key> = self.known.keys().collect();
        keys.sort_unstable();
        keys.into_iter().for_each(|key| vectors.push("", *key, &self.known[key]));
        vectors.write(file)?;
        self.unsaved = 0;
        Ok(())
    }

    fn encode(&mut self, texts: &[String]) -> Result<Vec<Quantised>, EncoderError> {
        let helper = match &mut self.helper {
            Some(helper) => helper,
            none => none.insert((self.start)()?),
        };
        helper.encode(texts)
    }
}
