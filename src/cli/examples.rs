//! What commands that find failures share: categories of the user's own, given by examples.

use std::{path::PathBuf, sync::Arc};

use super::{Common, Exit, meaning::ModelArguments};
use crate::{
    english::listed,
    extract::{Extractor, Meaning},
    semantic::{ByExample, Encoder, Helper, Memory, Settings},
    taxonomy::{Category, Taxonomy},
};

/// What finds the categories of the user's own that have examples.
#[derive(Default)]
pub struct Examples {
    found_by: Option<Arc<ByExample>>,
    /// Why nothing finds them.
    missing: Option<String>,
    categories: Vec<String>,
}

impl Examples {
    /// Opens the model if the taxonomy has such categories; vectors that are made are kept in `file`.
    ///
    /// # Errors
    /// Never in a released version. What is missing is told by [`Examples::finish`].
    pub fn open(
        common: &Common,
        taxonomy: &Taxonomy,
        file: Option<PathBuf>,
    ) -> anyhow::Result<Self> {
        let of_user =
            taxonomy.categories.iter().filter(|category| Category::is_by_meaning(category));
        let categories: Vec<String> =
            of_user.map(|category| format!("`{}`", category.id)).collect();
        if categories.is_empty() {
            return Ok(Self::default());
        }
        let model = match ModelArguments::default().open(common) {
            Ok(model) => model,
            Err(error) => {
                return Ok(Self {
                    missing: Some(error.to_string()),
                    categories,
                    ..Self::default()
                });
            }
        };
        let settings: Settings = common.semantic.clone();
        let fingerprint = model.fingerprint.clone();
        let start = Box::new(move || {
            Ok(Box::new(Helper::start(&settings, &model)?) as Box<dyn Encoder + Send>)
        });
        let memory = || Memory::open(&fingerprint, file, start);
        let found_by = ByExample::new(taxonomy, &fingerprint, memory)?.map(Arc::new);
        Ok(Self { found_by, missing: None, categories })
    }

    /// For an extractor.
    pub fn meaning(&self) -> Option<Arc<dyn Meaning>> {
        self.found_by.clone().map(|found_by| found_by as Arc<dyn Meaning>)
    }

    /// An extractor that finds them.
    ///
    /// # Errors
    /// A faulty cue.
    pub fn extractor(&self, taxonomy: Taxonomy) -> anyhow::Result<Extractor> {
        Ok(Extractor::new(taxonomy)?.with_meaning(self.meaning()))
    }

    /// Keeps the vectors, and says once if these categories could not be found; then what is done is
    /// done in part.
    pub fn finish(&self, exit: Exit) -> Exit {
        if let Some(found_by) = &self.found_by {
            found_by.save();
        }
        let fault = self.found_by.as_ref().and_then(|found_by| found_by.fault());
        let Some(why) = self.missing.clone().or(fault) else { return exit };
        let (be, they) = match self.categories[..] {
            [_] => ("is", "it has"),
            _ => ("are", "they have"),
        };
        let names = listed(&self.categories);
        eprintln!("casebook: {names} {be} left out, since {they} examples in place of cues: {why}");
        if exit == Exit::Done { Exit::Partly } else { exit }
    }
}
