//! The folder of a model: whether it is whole, and by what it is known again.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use serde_json::Value;
use thiserror::Error;

use crate::hash::sha256;

/// What a folder must hold: the sentence-transformers form, with weights as safetensors.
const FILES: [&str; 7] = [
    "modules.json",
    "config.json",
    "sentence_bert_config.json",
    "tokenizer_config.json",
    "vocab.txt",
    "1_Pooling/config.json",
    WEIGHTS,
];

const WEIGHTS: &str = "model.safetensors";

/// Of each file so many bytes from its start and end make the fingerprint: 90 MB would take too long.
const SAMPLE: u64 = 256 * 1024;

/// A header of weights is never longer.
const LONGEST_HEADER: u64 = 16 * 1024 * 1024;

/// A folder that cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// None was named.
    #[error(
        "no model is named; name its folder in the settings, `[semantic] model`, or where a command \
         has it with --model FOLDER; `scripts/setup-bert` fetches one"
    )]
    NotNamed,
    /// The folder is not there.
    #[error("there is no model folder {0}; `scripts/setup-bert` fetches one")]
    NoFolder(String),
    /// A file is missing.
    #[error(
        "the model folder {folder} has no {file}; take it whole from where it came, or run `scripts/setup-bert`"
    )]
    NoFile {
        /// The folder.
        folder: String,
        /// The file's path in it.
        file: &'static str,
    },
    /// A file is empty, cut short or not of its form.
    #[error(
        "{path} is damaged: {what}; take the model whole from where it came, or run `scripts/setup-bert`"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// A file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// A model folder that was found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Differs between models, from names, sizes and samples of the files.
    pub fingerprint: String,
}

impl ModelFolder {
    /// Looks whether the folder is whole: all files there, JSON readable, weights as long as they say.
    ///
    /// # Errors
    /// [`ModelError`] names the file and what is wrong.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        if !path.is_dir() {
            return Err(ModelError::NoFolder(path.display().to_string()));
        }
        let mut samples = Vec::new();
        for name in FILES {
            let file = path.join(name);
            if !file.is_file() {
                return Err(ModelError::NoFile { folder: path.display().to_string(), file: name });
            }
            samples.extend_from_slice(name.as_bytes());
            samples.extend(checked_sample(&file, name)?);
        }
        Ok(Self { path: path.to_owned(), fingerprint: sha256(&samples) })
    }
}

fn checked_sample(path: &Path, name: &str) -> Result<Vec<u8>, ModelError> {
    let unreadable = |source| ModelError::Unreadable { path: path.display().to_string(), source };
    let damaged = |what| ModelError::Damaged { path: path.display().to_string(), what };
    let mut file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    if length == 0 {
        return Err(damaged("it is empty".to_owned()));
    }
    if name == WEIGHTS {
        let expected = length_of_weights(&mut file).map_err(damaged)?;
        if expected != length {
            return Err(damaged(format!("it has {length} bytes of {expected}")));
        }
    }
    let sample = sample(&mut file, length).map_err(unreadable)?;
    if name.ends_with(".json") && length <= SAMPLE {
        serde_json::from_slice::<Value>(&sample[8..])
            .map_err(|error| damaged(error.to_string()))?;
    }
    Ok(sample)
}

/// The length of a file, its start and, where it is long, its end.
fn sample(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let mut sample = length.to_le_bytes().to_vec();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
    if length > SAMPLE {
        file.seek(SeekFrom::Start((length - SAMPLE).max(SAMPLE)))?;
        file.take(SAMPLE).read_to_end(&mut sample)?;
    }
    Ok(sample)
}

/// How long a safetensors file must be by its header: eight bytes with the length of a JSON object,
/// this, and the data to the largest offset that it names.
fn length_of_weights(file: &mut File) -> Result<u64, String> {
    let no_header = |_| "it has no header of weights".to_owned();
    let mut start = [0; 8];
    file.read_exact(&mut start).map_err(no_header)?;
    let length = u64::from_le_bytes(start);
    if length > LONGEST_HEADER {
        return Err("it is no safetensors file".to_owned());
    }
    let mut header = Vec::new();
    file.take(length).read_to_end(&mut header).map_err(no_header)?;
    let header: Value = serde_json::from_slice(&header).map_err(|error| error.to_string())?;
    let tensors = header.as_object().into_iter().flat_map(|tensors| tensors.values());
    let ends = tensors.filter_map(|tensor| tensor["data_offsets"][1].as_u64());
    Ok(8 + length + ends.max().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder of the right form; nobody could load these weights.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("1_Pooling")).expect("writable");
        for name in FILES {
            fs::write(folder.path().join(name), "{}").expect("writable");
        }
        let header = br#"{"embeddings":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#;
        let mut weights = (header.len() as u64).to_le_bytes().to_vec();
        weights.extend_from_slice(header);
        weights.extend_from_slice(&[1; 8]);
        fs::write(folder.path().join(WEIGHTS), weights).expect("writable");
        folder
    }

    fn error(folder: &Path) -> String {
        ModelFolder::open(folder).expect_err("a faulty folder").to_string()
    }

    #[test]
    fn a_whole_folder_is_known_again_and_another_is_not() {
        let (one, other) = (folder(), folder());
        let print =
            |folder: &tempfile::TempDir| ModelFolder::open(folder.path()).unwrap().fingerprint;
        assert_eq!(print(&one), print(&other));
        fs::write(other.path().join("vocab.txt"), "[PAD]\n").expect("writable");
        assert_ne!(print(&one), print(&other));
    }

    #[test]
    fn missing_empty_and_cut_files_are_named() {
        let folder = folder();
        let weights = folder.path().join(WEIGHTS);
        let whole = fs::read(&weights).expect("readable");
        fs::write(&weights, &whole[..whole.len() - 3]).expect("writable");
        assert!(error(folder.path()).contains("model.safetensors is damaged: it has"));
        fs::write(&weights, "<html>not found</html>").expect("writable");
        assert!(error(folder.path()).contains("no safetensors file"));
        fs::write(&weights, "short").expect("writable");
        assert!(error(folder.path()).contains("no header"));
        fs::write(folder.path().join("config.json"), "{\"model_type\":").expect("writable");
        assert!(error(folder.path()).contains("config.json is damaged: EOF"));
        fs::write(folder.path().join("config.json"), "").expect("writable");
        assert!(error(folder.path()).contains("it is empty"));
        fs::remove_file(folder.path().join("modules.json")).expect("writable");
        assert!(error(folder.path()).contains("has no modules.json"));
        assert!(error(&folder.path().join("none")).contains("there is no model folder"));
    }
}
