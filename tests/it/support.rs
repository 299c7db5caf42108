//! What the tests share: the binary, the fixtures, and indexes built once.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use assert_cmd::Command;
use tempfile::TempDir;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file or folder of `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures").join(name)
}

/// The program, with nothing of the user's surroundings.
pub fn casebook() -> Command {
    let mut command = Command::cargo_bin("casebook").expect("the binary is built");
    for variable in [
        "CASEBOOK_CORPUS",
        "CASEBOOK_INDEXES",
        "CASEBOOK_TAXONOMY",
        "CASEBOOK_SEMANTIC__MODEL",
        "CASEBOOK_SEMANTIC__LIBTORCH",
        "CASEBOOK_SEMANTIC__PROGRAM",
    ] {
        command.env_remove(variable);
    }
    command.current_dir(root());
    command
}

/// The program on a corpus and a folder of indexes.
pub fn casebook_on(corpus: &Path, indexes: &Path) -> Command {
    let mut command = casebook();
    command.arg("--corpus").arg(corpus).arg("--indexes").arg(indexes);
    command
}

/// Indexes of the shipped corpus, built once for all tests.
pub fn shipped() -> &'static Path {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    BUILT.get_or_init(|| built(&root().join("corpus"))).path()
}

/// Indexes of the small corpus of the fixtures, built once for all tests.
pub fn small() -> &'static Path {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    BUILT.get_or_init(|| built(&fixture("corpus"))).path()
}

fn built(corpus: &Path) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    casebook_on(corpus, folder.path()).args(["run", "--quiet"]).assert().success();
    folder
}

/// A copy of the small corpus that a test may change.
pub fn copied_corpus() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy(&fixture("corpus"), folder.path());
    folder
}

/// Copies a folder with all it holds.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// What a successful command prints.
pub fn stdout_of(command: &mut Command) -> String {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("the output is UTF-8")
}

/// What a command that must end with that code says on standard error.
pub fn stderr_of(command: &mut Command, code: i32) -> String {
    let output = command.assert().code(code).get_output().stderr.clone();
    String::from_utf8(output).expect("the output is UTF-8")
}

/// The records of a CSV text by header.
pub fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}
