//! Where model and helper are.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The table `[semantic]` of `casebook.toml`; `scripts/setup-bert` prints what belongs here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder of the model: a sentence-transformers folder of the BERT kind with `model.safetensors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<PathBuf>,
    /// Folder of libtorch, for the helper only; without it the system's loader must find libtorch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub libtorch: Option<PathBuf>,
    /// The helper, where it is not `casebook-embed` beside the program itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<PathBuf>,
}
