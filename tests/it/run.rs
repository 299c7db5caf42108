//! `casebook run`: incremental, atomic, honest about what it did.

use std::{fs, process::Stdio};

use tempfile::TempDir;

use crate::support::{casebook_on, copied_corpus, fixture, stderr_of, stdout_of};

#[test]
fn a_second_run_does_nothing_and_says_so() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let first = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(first.contains("6 documents read, 0 unchanged"), "{first}");
    assert!(first.contains("4 cases"), "{first}");
    let second = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(second.contains("Nothing has changed"), "{second}");
    assert!(second.contains("4 cases") && second.contains("1 guidance note"), "{second}");
}

#[test]
fn only_what_changed_is_read_again() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    let digest = corpus.path().join("digests/2023/harrowgate-academy.md");
    let text = fs::read_to_string(&digest).expect("a digest");
    fs::write(&digest, text.replace("lending books", "lending laptops")).expect("writable");
    fs::remove_file(corpus.path().join("digests/2024/brightcall-marketing.md")).expect("there");
    let again = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(again.contains("1 document read, 4 unchanged, 1 removed"), "{again}");
    let found = stdout_of(
        casebook_on(corpus.path(), indexes.path()).args(["search", "laptops", "--format", "jsonl"]),
    );
    assert!(found.contains("harrowgate-academy"), "{found}");
    casebook_on(corpus.path(), indexes.path())
        .args(["show", "brightcall-marketing"])
        .assert()
        .code(2);
}

#[test]
fn a_run_killed_while_parts_moved_is_finished_by_the_next() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    // The state right after the deciding rename, with one part already moved.
    let ready = indexes.path().join(".ready");
    fs::create_dir(&ready).expect("a folder");
    for part in ["tables", "documents.jsonl", "guidance.json", "manifest.json"] {
        fs::rename(indexes.path().join(part), ready.join(part)).expect("a part");
    }
    let found =
        stdout_of(casebook_on(corpus.path(), indexes.path()).args(["trends", "--format", "csv"]));
    assert!(found.starts_with("cases,actions"), "{found}");
    fs::remove_file(corpus.path().join("digests/2024/brightcall-marketing.md")).expect("there");
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(!ready.exists());
    assert!(indexes.path().join("tables/cases.parquet").is_file());
}

#[test]
fn what_a_killed_run_left_unfinished_is_cleared_away() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let next = indexes.path().join(".next");
    fs::create_dir(&next).expect("a folder");
    fs::write(next.join("documents.jsonl"), "half a li").expect("writable");
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(!next.exists());
}

#[test]
fn a_part_deleted_by_hand_is_built_again() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    fs::remove_dir_all(indexes.path().join("tables")).expect("there");
    let again = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    assert!(again.contains("6 documents read"), "{again}");
    assert!(indexes.path().join("tables/cases.parquet").is_file());
}

#[test]
fn two_pages_of_one_body_are_two_cases_with_lasting_names() {
    let (corpus, indexes) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let page =
        fs::read_to_string(fixture("corpus/fetched/marlow-district-council.html")).expect("a page");
    fs::write(corpus.path().join("a.html"), &page).expect("writable");
    let later =
        page.replace("/2024/02/marlow-district-council/", "/2025/06/marlow-district-council-1/");
    let later = later.replace("29 February 2024", "3 June 2025").replace("abcd1234", "efgh5678");
    fs::write(corpus.path().join("b.html"), later).expect("writable");
    let _ = stdout_of(casebook_on(corpus.path(), indexes.path()).arg("run"));
    let found = stdout_of(
        casebook_on(corpus.path(), indexes.path()).args(["search", "", "--format", "csv"]),
    );
    let names: Vec<&str> =
        found.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(names, ["marlow-district-council-2025", "marlow-district-council"]);
}

#[test]
fn two_runs_do_not_work_on_one_folder() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let lock = fs::File::create(indexes.path().join(".lock")).expect("a lock");
    lock.lock().expect("the lock is free");
    let said = stderr_of(casebook_on(corpus.path(), indexes.path()).arg("run"), 2);
    assert!(said.contains("another `casebook run`"), "{said}");
}

#[test]
fn a_reader_that_goes_away_does_no_harm() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("casebook"));
    command.args(["run", "--quiet", "--corpus"]).arg(corpus.path());
    command.arg("--indexes").arg(indexes.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary is built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
