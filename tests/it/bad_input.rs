//! Bad input gets a clear sentence and the right exit code, and nothing is lost.

use std::fs;

use tempfile::TempDir;

use crate::support::{casebook, casebook_on, copied_corpus, fixture, small, stderr_of, stdout_of};

/// Runs a corpus with one faulty file beside sound ones; says what was reported of it.
fn report_of(faulty: &str) -> String {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    fs::copy(fixture("faulty").join(faulty), corpus.path().join(faulty)).expect("a fixture");
    let said = stderr_of(casebook_on(corpus.path(), indexes.path()).args(["run", "--quiet"]), 3);
    let found = stdout_of(
        casebook_on(corpus.path(), indexes.path()).args(["search", "", "--format", "jsonl"]),
    );
    assert_eq!(found.lines().count(), 4, "the sound files are there");
    assert!(said.contains(faulty), "{said}");
    said
}

#[test]
fn broken_front_matter_is_named_with_its_line() {
    let said = report_of("broken-header.md");
    assert!(said.contains("line 4") && said.contains("`yesterday` is not a date"), "{said}");
}

#[test]
fn an_empty_file_is_named() {
    assert!(report_of("empty.md").contains("the file is empty"));
}

#[test]
fn a_binary_file_is_known_by_its_content() {
    assert!(report_of("picture.md").contains("the file is binary"));
}

#[test]
fn text_that_is_not_utf8_is_placed() {
    let said = report_of("latin1.txt");
    assert!(said.contains("line 2") && said.contains("not valid UTF-8"), "{said}");
}

#[test]
fn a_page_that_refuses_is_no_document() {
    assert!(report_of("refused.html").contains("\"403 Forbidden\""));
}

#[test]
fn a_faulty_file_is_reported_again_by_a_run_without_change() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    fs::copy(fixture("faulty/empty.md"), corpus.path().join("empty.md")).expect("a fixture");
    casebook_on(corpus.path(), indexes.path()).arg("run").assert().code(3);
    let said = stderr_of(casebook_on(corpus.path(), indexes.path()).arg("run"), 3);
    assert!(said.contains("empty.md: the file is empty"), "{said}");
}

#[test]
fn extract_goes_on_after_a_faulty_file() {
    let mut command = casebook();
    command
        .arg("extract")
        .arg(fixture("faulty/empty.md"))
        .arg(fixture("texts/reprimand-letter.txt"));
    let output = command.assert().code(3).get_output().clone();
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("the file is empty"));
}

#[test]
fn an_unknown_category_suggests_the_nearest() {
    let indexes = small();
    let search = ["search", "", "--category", "mising-dpia"];
    let said = stderr_of(casebook_on(&fixture("corpus"), indexes).args(search), 2);
    assert!(said.contains("did you mean `missing-dpia`?"), "{said}");
    let trends = ["trends", "--by", "sector", "--sector", "educaton"];
    let said = stderr_of(casebook_on(&fixture("corpus"), indexes).args(trends), 2);
    assert!(said.contains("did you mean `education`?"), "{said}");
}

#[test]
fn a_query_of_punctuation_only_is_explained() {
    let said = stderr_of(casebook_on(&fixture("corpus"), small()).args(["search", "?!( \""]), 2);
    assert!(said.contains("no words to search for"), "{said}");
}

#[test]
fn no_query_is_a_syntax_error() {
    for query in ["school's", "title:(", "AND OR NOT", "a\"b", "fees~2^", "[x TO", "*"] {
        let output = casebook_on(&fixture("corpus"), small())
            .args(["search", query])
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert!(!said.contains("syntax") && !said.contains("panicked"), "{query}: {said}");
    }
}

#[test]
fn a_missing_index_says_how_to_build_it() {
    let empty = TempDir::new().expect("a folder");
    for command in [vec!["search", "x"], vec!["show", "x"], vec!["trends"]] {
        let said = stderr_of(casebook_on(&fixture("corpus"), empty.path()).args(command), 2);
        assert!(said.contains("build them with `casebook run`"), "{said}");
    }
}

#[test]
fn a_file_in_place_of_the_indexes_folder_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("indexes");
    fs::write(&file, "mine").expect("writable");
    let said = stderr_of(casebook_on(&fixture("corpus"), &file).arg("run"), 2);
    assert!(said.contains("cannot write to") && said.contains("nothing was changed"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("still there"), "mine");
}

/// Nobody, not even the superuser, can make a folder there.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_explained() {
    let folder = std::path::Path::new("/proc/casebook-indexes");
    let said = stderr_of(casebook_on(&fixture("corpus"), folder).arg("run"), 2);
    assert!(said.contains("cannot write to") && said.contains("--indexes"), "{said}");
}

#[test]
fn a_missing_corpus_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let (corpus, indexes) = (folder.path().join("none"), folder.path().join("indexes"));
    let said = stderr_of(casebook_on(&corpus, &indexes).arg("run"), 2);
    assert!(said.contains("does not exist") && said.contains("--corpus"), "{said}");
    assert!(!indexes.exists());
}

#[test]
fn an_index_of_another_version_is_refused_and_rebuilt() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    let manifest = indexes.path().join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let version = format!("\"casebook\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    fs::write(&manifest, text.replace(&version, "\"casebook\": \"0.0.1\"")).expect("writable");
    let said = stderr_of(casebook_on(corpus.path(), indexes.path()).args(["search", "x"]), 2);
    assert!(said.contains("was built by casebook 0.0.1"), "{said}");
    let again = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(again.contains("6 documents read"), "{again}");
}

#[test]
fn a_damaged_manifest_is_named() {
    let indexes = TempDir::new().expect("a folder");
    fs::write(indexes.path().join("manifest.json"), "{\"format\":").expect("writable");
    let said = stderr_of(casebook_on(&fixture("corpus"), indexes.path()).args(["search", "x"]), 2);
    assert!(said.contains("manifest.json is damaged") && said.contains("--rebuild"), "{said}");
}

#[test]
fn a_faulty_taxonomy_file_is_placed() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("synonyms.toml"), "[[group]]\nterm = []\n").expect("writable");
    let mut command = casebook();
    command.args(["search", "x", "--taxonomy"]).arg(folder.path());
    let said = stderr_of(&mut command, 2);
    assert!(said.contains("synonyms.toml") && said.contains("line 2"), "{said}");
}

#[test]
fn check_lists_every_fault_with_line_and_advice() {
    let corpus = copied_corpus();
    let digest = corpus.path().join("digests/2024/brightcall-marketing.md");
    let text = fs::read_to_string(&digest).expect("a digest");
    let text = text
        .replace("sector = \"marketing\"", "sector = \"marketting\"")
        .replace("date = \"2024-11-05\"", "date = \"2424-11-05\"")
        .replace(
            "actions = [\"monetary-penalty\", \"enforcement-notice\"]",
            "actions = [\"enforcement-notice\"]",
        );
    fs::write(&digest, text).expect("writable");
    fs::copy(fixture("faulty/broken-header.md"), corpus.path().join("broken-header.md"))
        .expect("a fixture");
    let twin = corpus.path().join("digests/2023/harrowgate-academy-2.md");
    fs::copy(corpus.path().join("digests/2023/harrowgate-academy.md"), twin).expect("a copy");
    let mut command = casebook();
    command.arg("check").arg(corpus.path());
    let output = command.assert().code(3).get_output().stdout.clone();
    let said = String::from_utf8(output).expect("UTF-8");
    for part in [
        "broken-header.md:4: `yesterday` is not a date",
        "brightcall-marketing.md:8: sector: unknown sector `marketting`; did you mean `marketing`?",
        "brightcall-marketing.md:5: date: the date lies in the future",
        "amount_gbp: an amount without a monetary-penalty",
        "the same register page as in",
        "no guidance note speaks to the category `data-loss`",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}
