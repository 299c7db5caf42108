//! What commands that search by meaning share: the model they are given, and the nearest cases.

use std::path::PathBuf;

use clap::Args;

use super::Common;
use crate::{
    pipeline::Indexes,
    semantic::{Encoder as _, Helper, ModelError, ModelFolder, Near, Vectors, VectorsError},
};

/// The model in use.
#[derive(Debug, Default, Args)]
pub struct ModelArguments {
    /// Folder of the model for search by meaning [default: `[semantic] model` of the settings]
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
}

impl ModelArguments {
    /// The folder of the model, found whole.
    ///
    /// # Errors
    /// None is named, or it is not whole.
    pub fn open(&self, common: &Common) -> Result<ModelFolder, ModelError> {
        let folder = self.model.as_ref().or(common.semantic.model.as_ref());
        ModelFolder::open(folder.ok_or(ModelError::NotNamed)?)
    }
}

/// The vectors of the cases, for what needs no question to be embedded. Where none were made nothing is
/// missed; others that cannot be used are named.
pub fn stored(common: &Common, indexes: &Indexes) -> Option<Vectors> {
    let vectors = Vectors::read(&indexes.vectors()).and_then(|vectors| {
        vectors.check_index(&indexes.manifest.fingerprint())?;
        Ok(vectors)
    });
    match vectors {
        Ok(vectors) => Some(vectors),
        Err(VectorsError::Missing) => None,
        Err(error) => {
            common.note(&format!("Compared without meaning: {error}"));
            None
        }
    }
}

/// Vectors, and a helper that embeds questions.
pub struct Meaning {
    vectors: Vectors,
    helper: Helper,
}

impl Meaning {
    /// Opens the vectors, checks that they fit index and model, and starts the helper.
    ///
    /// # Errors
    /// Any of that fails; the sentence says what to do.
    pub fn open(
        common: &Common,
        model: &ModelArguments,
        indexes: &Indexes,
    ) -> anyhow::Result<Self> {
        let model = model.open(common)?;
        let vectors = Vectors::read(&indexes.vectors())?;
        vectors.check(&model.fingerprint, &indexes.manifest.fingerprint())?;
        Ok(Self { vectors, helper: Helper::start(&common.semantic, &model)? })
    }

    /// The cases nearest in meaning, the nearest first.
    ///
    /// # Errors
    /// The helper fails.
    pub fn near(&mut self, question: &str) -> anyhow::Result<Vec<Near>> {
        let vectors = self.helper.encode(&[question.to_owned()])?;
        Ok(vectors.first().map_or_else(Vec::new, |vector| self.vectors.nearest(vector)))
    }
}
