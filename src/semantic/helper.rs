//! The helper program that makes vectors, as a child process.

use std::{
    env,
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use thiserror::Error;

use super::{ModelFolder, Quantised, Settings, protocol::Answer};

/// The helper's name; it lies beside the program.
pub const PROGRAM: &str = "casebook-embed";

/// Where the system's loader looks for libraries.
const LOADER_PATH: &str =
    if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };

/// The exit code with which the loader ends a program that lacks a library.
const LIBRARY_MISSING: i32 = 127;

/// Bytes of an answer for one text, with room to spare.
const LONGEST_ANSWER: u64 = 1 << 20;

/// Bytes repeated of what a helper said before it ended.
const LAST_WORDS: usize = 300;

/// No vectors could be made.
#[derive(Debug, Error)]
pub enum EncoderError {
    /// The helper is not there.
    #[error(
        "the helper {0} is not there: this program was built without the feature `bert`; \
         README.md says under \"Search by meaning\" how to build it"
    )]
    NoHelper(String),
    /// The loader does not find libtorch.
    #[error(
        "the helper {PROGRAM} cannot start, since libtorch is not found ({0}); \
         name its folder in the settings, `[semantic] libtorch`; `scripts/setup-bert` fetches it"
    )]
    NoLibtorch(String),
    /// It reports a fault.
    #[error("the helper {PROGRAM} cannot make vectors: {0}")]
    Fault(String),
    /// It ended before it had answered.
    #[error("the helper {PROGRAM} ended early: {0}")]
    Ended(String),
    /// Its answer is not of the form due.
    #[error(
        "the helper {PROGRAM} gave an answer that cannot be used: {0}; is it of the same version?"
    )]
    Answer(String),
}

/// Makes vectors of texts.
pub trait Encoder {
    /// One vector a text, in their order.
    ///
    /// # Errors
    /// None could be made.
    fn encode(&mut self, texts: &[String]) -> Result<Vec<Quantised>, EncoderError>;
}

/// The helper, started; it ends when this is dropped.
#[derive(Debug)]
pub struct Helper {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What it says on standard error: a file, so that it never waits for a reader.
    said: File,
}

impl Helper {
    /// Starts the helper that the settings name, or else the one beside this program.
    ///
    /// # Errors
    /// There is none, or it cannot be started.
    pub fn start(settings: &Settings, model: &ModelFolder) -> Result<Self, EncoderError> {
        let program = settings.program.clone().unwrap_or_else(beside_this_program);
        let fault = |error: io::Error| EncoderError::Fault(error.to_string());
        let said = tempfile::tempfile().map_err(fault)?;
        let mut command = Command::new(&program);
        command.arg(&model.path).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(said.try_clone().map_err(fault)?);
        // Threads that spin while they wait make a busy machine many times slower.
        command.env("OMP_WAIT_POLICY", "PASSIVE");
        if let Some(libtorch) = &settings.libtorch {
            command.env(LOADER_PATH, with_libraries(libtorch));
        }
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => EncoderError::NoHelper(program.display().to_string()),
            _ => EncoderError::Fault(format!("{} cannot be started: {error}", program.display())),
        })?;
        let (Some(requests), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(EncoderError::Fault("it has no standard input and output".to_owned()));
        };
        Ok(Self { child, requests, answers: BufReader::new(answers), said })
    }

    fn ask(&mut self, texts: &[String]) -> io::Result<String> {
        serde_json::to_writer(&mut self.requests, texts)?;
        self.requests.write_all(b"\n")?;
        self.requests.flush()?;
        let mut answer = String::new();
        let limit = LONGEST_ANSWER * (texts.len() as u64 + 1);
        self.answers.by_ref().take(limit).read_line(&mut answer)?;
        Ok(answer)
    }

    /// Why it ended.
    fn end(&mut self) -> EncoderError {
        let status = self.child.wait();
        let mut said = Vec::new();
        // Best effort: it explains an error that is reported anyhow.
        let _ = self.said.rewind().and_then(|()| self.said.read_to_end(&mut said));
        let said = last_words(&said);
        match status {
            Ok(status) if status.code() == Some(LIBRARY_MISSING) => EncoderError::NoLibtorch(said),
            Ok(status) if said.is_empty() => EncoderError::Ended(status.to_string()),
            Ok(status) => EncoderError::Ended(format!("{said} ({status})")),
            Err(error) => EncoderError::Ended(error.to_string()),
        }
    }
}

impl Encoder for Helper {
    fn encode(&mut self, texts: &[String]) -> Result<Vec<Quantised>, EncoderError> {
        let answer = match self.ask(texts) {
            Ok(answer) if answer.ends_with('\n') => answer,
            // A closed pipe: the exit code says more than the error.
            Ok(_) | Err(_) => return Err(self.end()),
        };
        let answer = serde_json::from_str(&answer)
            .map_err(|error| EncoderError::Answer(error.to_string()))?;
        match answer {
            Answer::Error(reason) => Err(EncoderError::Fault(reason)),
            Answer::Vectors(vectors) => checked(&vectors, texts.len()),
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // It may have ended already, and there is nobody left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn checked(vectors: &[Vec<f32>], wanted: usize) -> Result<Vec<Quantised>, EncoderError> {
    if vectors.len() != wanted {
        let got = vectors.len();
        return Err(EncoderError::Answer(format!("{got} vectors for {wanted} texts")));
    }
    let quantised: Option<Vec<Quantised>> = vectors.iter().map(|v| Quantised::of(v)).collect();
    quantised.ok_or_else(|| EncoderError::Answer("a vector has no direction".to_owned()))
}

fn beside_this_program() -> PathBuf {
    let name = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    env::current_exe().map_or_else(|_| name.clone().into(), |program| program.with_file_name(&name))
}

/// The loader's path with the libraries of that folder first.
fn with_libraries(libtorch: &Path) -> std::ffi::OsString {
    let mut path = libtorch.join("lib").into_os_string();
    if let Some(before) = env::var_os(LOADER_PATH).filter(|before| !before.is_empty()) {
        path.push(":");
        path.push(before);
    }
    path
}

/// The last line that says something, shortened.
fn last_words(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    last.trim().chars().take(LAST_WORDS).collect()
}
