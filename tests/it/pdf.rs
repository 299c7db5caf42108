//! PDFs: notices as the regulator sets them, and files made to do harm.

use std::fs;

use casebook::read::{Reader, pdf};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook, casebook_on, copied_corpus, fixture, stderr_of, stdout_of};

fn text_of(name: &str) -> String {
    let mut command = casebook();
    stdout_of(command.arg("extract").arg(fixture("pdf").join(name)).arg("--text"))
}

fn record_of(name: &str) -> Value {
    let mut command = casebook();
    command.arg("extract").arg(fixture("pdf").join(name));
    serde_json::from_str(&stdout_of(&mut command)).expect("one JSON object")
}

/// Share of the characters of a letter's text that are read wrongly: edits by characters, with single
/// blanks and without the numbers before paragraphs, which are kept beside the text.
fn error_rate(name: &str) -> f64 {
    let truth =
        fs::read_to_string(fixture("pdf").join(name).with_extension("txt")).expect("a text");
    let plain = |text: &str| {
        let unnumbered = |line: &str| {
            line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim().to_owned()
        };
        let lines: Vec<String> = text.lines().map(unnumbered).filter(|l| !l.is_empty()).collect();
        lines.join(" ")
    };
    let (truth, read) = (plain(&truth), plain(&text_of(name)));
    strsim::levenshtein(&truth, &read) as f64 / truth.chars().count() as f64
}

#[test]
fn at_most_one_character_in_a_hundred_is_read_wrongly() {
    for name in [
        "harrowgate-reprimand.pdf",
        "quillbrook-reprimand.pdf",
        "fennimore-reprimand.pdf",
        "applemere-letter.pdf",
        "marlow-columns.pdf",
        "brightcall-hyphenated.pdf",
    ] {
        let rate = error_rate(name);
        println!("{name}: {:.2} % of characters", rate * 100.0);
        assert!(rate <= 0.01, "{name}: {rate}\n{}", text_of(name));
    }
}

#[test]
fn a_reprimand_with_numbered_paragraphs() {
    let mut record = record_of("quillbrook-reprimand.pdf");
    record["document"] = "quillbrook-reprimand.pdf".into();
    insta::assert_json_snapshot!(record);
}

#[test]
fn evidence_is_verbatim_at_its_offsets_and_on_its_page() {
    for name in ["harrowgate-reprimand.pdf", "fennimore-reprimand.pdf", "applemere-letter.pdf"] {
        let (text, record) = (text_of(name), record_of(name));
        let findings = record["findings"].as_array().expect("findings");
        assert!(!findings.is_empty(), "{name}");
        for finding in findings {
            let at = |key: &str| finding[key].as_u64().expect("a number") as usize;
            assert_eq!(Some(&text[at("start")..at("end")]), finding["sentence"].as_str());
            assert!((1..=3).contains(&at("page")), "{finding}");
        }
    }
}

#[test]
fn a_sentence_knows_the_page_on_which_it_begins() {
    let program = pdf::Program { path: assert_cmd::cargo::cargo_bin("casebook"), ocr: false };
    let reader = Reader { pdf: Some(program) };
    let bytes = fs::read(fixture("pdf/harrowgate-reprimand.pdf")).expect("a fixture");
    let letter = reader.read("letter.pdf", &bytes).expect("a letter");
    let page_of = |words: &str| {
        let found = letter.sentences.iter().find(|s| letter.sentence_text(s).contains(words));
        found.and_then(|sentence| sentence.page)
    };
    assert_eq!(page_of("issues a reprimand to Harrowgate Academy"), Some(1));
    assert_eq!(page_of("report to the Commissioner on these steps"), Some(2));
    let pages: Vec<_> = letter.sentences.iter().filter_map(|sentence| sentence.page).collect();
    assert_eq!(pages.len(), letter.sentences.len());
    assert!(pages.is_sorted());
}

#[test]
fn what_is_blacked_out_is_in_no_output() {
    let path = fixture("pdf/applemere-letter.pdf");
    let everything =
        format!("{}{}", text_of("applemere-letter.pdf"), record_of("applemere-letter.pdf"));
    let bytes = fs::read(&path).expect("a fixture");
    let child = casebook().arg("read-pdf").write_stdin(bytes).output().expect("it runs");
    let said = String::from_utf8(child.stdout).expect("UTF-8");
    for secret in ["Honoria", "Plumtree", "Basil", "Thackeray", "Peregrine", "Whitlock"] {
        assert!(!everything.contains(secret), "{secret} is published");
        assert!(!said.contains(secret), "{secret} leaves the child");
    }
    assert!(everything.contains("Dear […]") && everything.contains("at the request of […] after"));
    assert!(everything.contains("centre at […] told us"));
}

#[test]
fn letterhead_and_page_numbers_are_no_part_of_the_text() {
    let text = text_of("fennimore-reprimand.pdf");
    for furniture in ["Longmeadow House", "0123", "ico.org.uk", "For Public Release", "Page 2"] {
        assert!(!text.contains(furniture), "{furniture}\n{text}");
    }
}

#[test]
fn footnotes_stand_apart_at_the_end() {
    let text = text_of("fennimore-reprimand.pdf");
    assert!(text.contains("asked for a second factor on remote access"), "{text}");
    let (body, notes) = text.split_once("\n\nFootnotes\n\n").expect("footnotes");
    assert!(!body.contains("https://") && notes.matches("https://").count() == 3, "{text}");
    assert!(
        notes.contains("https://www.ncsc.example/guidance/vulnerability-management"),
        "{notes}"
    );
    let record = record_of("fennimore-reprimand.pdf");
    assert!(record["findings"].as_array().is_some_and(|f| {
        f.iter().all(|f| f["stance"] != "finding" || f["section"] != "Footnotes")
    }));
}

#[test]
fn broken_words_are_mended_and_compounds_keep_their_hyphen() {
    let text = text_of("brightcall-hyphenated.pdf");
    for words in
        ["an opt-out list", "third-party suppliers", "co-operation", "notification", "fortnight"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn each_pdf_that_cannot_be_read_says_why_and_what_to_do() {
    for (name, reason, advice) in [
        ("image-only.pdf", "needs OCR", "--ocr"),
        ("encrypted.pdf", "is encrypted", "save a copy without"),
        ("truncated.pdf", "was cut off", "fetch it again"),
        ("garbage.pdf", "is damaged", "fetch it again"),
        ("no-pages.pdf", "has no pages", "fetch it again"),
        ("nested-objects.pdf", "is damaged (page 1", "fetch it again"),
        ("reference-loop.pdf", "is damaged (page 1", "fetch it again"),
        ("decompression-bomb.pdf", "the PDF", "fetch it again"),
    ] {
        let mut command = casebook();
        let said = stderr_of(command.arg("extract").arg(fixture("pdf").join(name)), 2);
        let last = said.lines().last().unwrap_or_default();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(last.contains(name) && last.contains(reason) && last.contains(advice), "{said}");
    }
}

#[test]
fn a_run_reads_the_good_pdfs_and_names_the_bad_ones() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    for name in ["quillbrook-reprimand.pdf", "truncated.pdf", "decompression-bomb.pdf"] {
        fs::copy(fixture("pdf").join(name), corpus.path().join(name)).expect("a fixture");
    }
    let said = stderr_of(casebook_on(corpus.path(), indexes.path()).args(["run", "--quiet"]), 3);
    assert!(
        said.contains("truncated.pdf: ") && said.contains("decompression-bomb.pdf: "),
        "{said}"
    );
    assert!(!said.contains("quillbrook"), "{said}");
    let mut search = casebook_on(corpus.path(), indexes.path());
    let found = stdout_of(search.args(["search", "door sensors sheltered", "--format", "jsonl"]));
    let hit: Value = serde_json::from_str(found.lines().next().expect("a hit")).expect("JSON");
    assert_eq!(hit["case"], "quillbrook-housing-association");
    assert_eq!(hit["date"], "2024-06-17");
    let shown = stdout_of(
        casebook_on(corpus.path(), indexes.path()).args(["show", "quillbrook-housing-association"]),
    );
    assert!(shown.contains("“Quillbrook did not carry out a data protection impact"), "{shown}");
}

#[test]
fn a_missing_ocr_program_is_named_with_advice() {
    let mut command = casebook();
    command.arg("extract").arg(fixture("pdf/image-only.pdf")).arg("--ocr").env("PATH", "");
    let said = stderr_of(&mut command, 2);
    assert!(said.contains("`ocrmypdf` is not installed; install it"), "{said}");
}

/// A folder with a stand-in for `ocrmypdf` that answers with the output of a shell command, and the
/// PATH on which it is found.
#[cfg(unix)]
fn stand_in_for_ocr(answer: &str) -> (TempDir, String) {
    use std::os::unix::fs::PermissionsExt as _;
    let tools = TempDir::new().expect("a folder");
    let script = tools.path().join("ocrmypdf");
    fs::write(&script, format!("#!/bin/sh\nexec {answer}\n")).expect("writable");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("a script");
    let path = format!("{}:/usr/bin:/bin", tools.path().display());
    (tools, path)
}

#[cfg(unix)]
#[test]
fn pictures_are_read_once_they_have_a_text_layer() {
    let (corpus, indexes) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    fs::copy(fixture("pdf/image-only.pdf"), corpus.path().join("scan.pdf")).expect("a fixture");
    let layered = fixture("pdf/quillbrook-reprimand.pdf");
    let (_tools, path) = stand_in_for_ocr(&format!("cat '{}'", layered.display()));
    let run = |arguments: &[&str]| {
        let mut command = casebook_on(corpus.path(), indexes.path());
        command.arg("run").args(arguments).env("PATH", &path);
        command
    };
    assert!(stderr_of(&mut run(&[]), 3).contains("needs OCR"));
    assert!(stdout_of(&mut run(&["--ocr"])).contains("1 document read"));
}

#[cfg(unix)]
#[test]
fn pictures_without_text_are_told_from_those_not_yet_recognised() {
    let (_tools, path) = stand_in_for_ocr("cat");
    let mut command = casebook();
    command.arg("extract").arg(fixture("pdf/image-only.pdf")).arg("--ocr").env("PATH", path);
    let said = stderr_of(&mut command, 2);
    assert!(said.contains("recognised no text") && !said.contains("--ocr"), "{said}");
}
