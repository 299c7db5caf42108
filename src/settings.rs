//! The settings of a user: command line over environment over `casebook.toml` over default.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{fetch, semantic};

/// The file that is read where no other is named; it need not exist.
pub const FILE: &str = "casebook.toml";

/// All settings; each key of the file is a field of the same name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder of the texts.
    pub corpus: PathBuf,
    /// Folder of everything derived from them.
    pub indexes: PathBuf,
    /// Folder with taxonomy files in place of the shipped ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taxonomy: Option<PathBuf>,
    /// File of the saved queries of `casebook feed --all`.
    pub feeds: PathBuf,
    /// Leaves cases against natural persons out of every answer.
    pub without_individuals: bool,
    /// Where the regulator publishes, and how politely it is asked.
    pub fetch: fetch::Settings,
    /// Where the model for search by meaning is, and what it needs.
    pub semantic: semantic::Settings,
}

/// Settings that cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The file that was named is not there.
    #[error("there is no settings file {0}; name another with --config FILE")]
    Missing(String),
    /// A value has the wrong type, or a key is not known.
    #[error("the settings cannot be used: {0}; README.md lists them under \"Settings\"")]
    Faulty(String),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            corpus: "corpus".into(),
            indexes: "indexes".into(),
            taxonomy: None,
            feeds: "feeds.toml".into(),
            without_individuals: false,
            fetch: fetch::Settings::default(),
            semantic: semantic::Settings::default(),
        }
    }
}

impl Settings {
    /// Reads the file named, or [`FILE`] where there is one, and the environment: `CASEBOOK_CORPUS`,
    /// and with two underscores between table and key `CASEBOOK_FETCH__CONTACT`.
    ///
    /// # Errors
    /// The file is missing, or a value cannot be used; the sentence names its place.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        if let Some(file) = file.filter(|file| !file.is_file()) {
            return Err(SettingsError::Missing(file.display().to_string()));
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        let file = file.unwrap_or_else(|| FILE.as_ref());
        if file.is_file() {
            figment = figment.merge(Toml::file_exact(file));
        }
        let environment = Env::prefixed("CASEBOOK_").ignore(&["config"]).split("__");
        let settings = figment.merge(environment).extract();
        settings.map_err(|error| SettingsError::Faulty(error.to_string().replace('\n', " ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_goes_before_defaults_and_a_wrong_key_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mine.toml");
        fs::write(&file, "corpus = \"texts\"\n[fetch]\ngap_seconds = 9\n").expect("writable");
        let settings = Settings::load(Some(&file)).expect("good settings");
        assert_eq!((settings.corpus.to_str(), settings.fetch.gap_seconds), (Some("texts"), 9.0));
        fs::write(&file, "[fetch]\ngap = 9\n").expect("writable");
        let error = Settings::load(Some(&file)).expect_err("an unknown key").to_string();
        assert!(error.contains("gap") && error.contains("mine.toml"), "{error}");
        assert!(Settings::load(Some(&folder.path().join("none.toml"))).is_err());
    }
}
