//! `casebook add`: files of the user's own beside what was fetched.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    fetch::on_site,
    site::{Scenario, Site, page_path},
    support::{casebook_on, fixture, stdout_of},
};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
const LETTER: &str =
    "REPRIMAND\n\nTO: Harrowgate Academy\n\nThe academy did not complete a DPIA.\n";
const MARLOW: &str =
    "https://ico.org.uk/action-weve-taken/enforcement/2024/02/marlow-district-council/";

/// A corpus with nothing in it, and a folder of files beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(&path, bytes).expect("writable");
        path
    }

    /// The report of an addition, and its exit code.
    fn add(&self, paths: &[&Path]) -> (Value, i32) {
        let mut command = casebook_on(&self.corpus(), &self.folder.path().join("indexes"));
        let output = command.args(["add", "--json"]).args(paths).output().expect("it is built");
        let report = serde_json::from_slice(&output.stdout);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let report = report.unwrap_or_else(|error| panic!("{error}: {said}"));
        (report, output.status.code().unwrap_or(-1))
    }

    fn log(&self) -> Vec<Value> {
        log(&self.corpus())
    }
}

fn log(corpus: &Path) -> Vec<Value> {
    let log = fs::read_to_string(corpus.join("fetched/store/log.jsonl")).expect("a log");
    log.lines().map(|line| serde_json::from_str(line).expect("whole lines")).collect()
}

fn texts<'a>(report: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    let files = report[list].as_array().expect("a list").iter();
    files.map(|file| file[field].as_str().expect("a text")).collect()
}

/// Why a file was refused.
fn reason<'a>(report: &'a Value, name: &str) -> &'a str {
    let files = report["refused"].as_array().expect("a list");
    let file = files.iter().find(|file| file["path"].as_str().is_some_and(|p| p.ends_with(name)));
    file.unwrap_or_else(|| panic!("{name} was not refused: {report}"))["reason"]
        .as_str()
        .expect("a reason")
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn a_folder_joins_the_corpus_and_what_is_no_document_is_told() {
    let desk = Desk::new();
    let saved = fs::read(fixture("corpus/fetched/marlow-district-council.html")).expect("there");
    desk.file("mine/saved.html", &saved);
    desk.file("mine/saved_files/site.css", "p { color: red }");
    desk.file("mine/letters/harrowgate academy.txt", LETTER);
    desk.file("mine/notice.pdf", PDF);
    desk.file("mine/.draft.txt", "hidden");
    desk.file("mine/logo.png", PICTURE);
    desk.file("mine/data.json", "{}");
    let (report, code) = desk.add(&[&desk.folder.path().join("mine")]);
    assert_eq!(code, 3, "{report}");
    assert_eq!(
        texts(&report, "added", "address"),
        ["added:mine/letters/harrowgate academy.txt", "added:mine/notice.pdf", MARLOW]
    );
    assert!(reason(&report, "logo.png").contains("binary"), "{report}");
    assert!(reason(&report, "data.json").contains("data, not a document"), "{report}");
    assert_eq!(texts(&report, "refused", "path").len(), 2, "{report}");

    let page = desk.log().into_iter().find(|line| line["address"] == MARLOW).expect("the page");
    assert_eq!((&page["kind"], &page["status"]), (&"action".into(), &0.into()), "{page}");
    assert_eq!(page["found_by"], serde_json::json!(["added"]));
    assert_eq!(page["licence"], "as its owner states");
    assert_eq!(page["sha256"], casebook::hash::sha256(&saved));
    assert!(page["answered"].as_str().expect("a path").ends_with("mine/saved.html"), "{page}");
}

#[test]
fn what_was_added_is_read_and_found() {
    let desk = Desk::new();
    let saved = fixture("corpus/fetched/marlow-district-council.html");
    let letter = desk.file("harrowgate.txt", LETTER);
    assert_eq!(desk.add(&[&saved, &letter]).1, 0);
    let indexes = desk.folder.path().join("indexes");
    let _ = stdout_of(casebook_on(&desk.corpus(), &indexes).args(["run", "--quiet"]));
    let documents = fs::read_to_string(indexes.join("documents.jsonl"))
        .or_else(|_| fs::read_to_string(indexes.join("manifest.json")))
        .expect("what was read");
    assert!(documents.contains("fetched/added/harrowgate.txt"), "{documents}");
    let found = stdout_of(
        casebook_on(&desk.corpus(), &indexes).args(["search", "subject access", "--jsonl"]),
    );
    assert!(found.contains(MARLOW), "{found}");
}

#[test]
fn what_is_added_twice_is_there_already_and_an_edited_file_is_a_version() {
    let desk = Desk::new();
    let letter = desk.file("letter.txt", LETTER);
    assert_eq!(desk.add(&[&letter]).1, 0);
    let (report, code) = desk.add(&[&letter]);
    assert_eq!((code, texts(&report, "already", "address")), (0, vec!["added:letter.txt"]));
    assert_eq!(desk.log().len(), 1);
    fs::write(&letter, LETTER.replace("DPIA", "impact assessment")).expect("writable");
    let (report, _) = desk.add(&[&letter]);
    assert_eq!(texts(&report, "added", "address"), ["added:letter.txt"]);
    let other = desk.file("elsewhere/letter.txt", "REPRIMAND\n\nTO: Marlow District Council\n");
    let (report, _) = desk.add(&[&other]);
    let address = texts(&report, "added", "address")[0];
    assert!(address.ends_with("/letter.txt") && address != "added:letter.txt", "{address}");
}

#[test]
fn entries_of_an_archive_are_files_whatever_their_names() {
    let desk = Desk::new();
    let nested = zip(&[("a.txt", LETTER.as_bytes())]);
    let archive = zip(&[
        ("inner/notice.pdf", PDF),
        ("../../../escaped.txt", LETTER.as_bytes()),
        ("inner/nested.zip", &nested),
        ("inner/logo.png", PICTURE),
        ("__MACOSX/inner/._notice.pdf", b"\0\x05\x16\x07"),
    ]);
    let archive = desk.file("case.zip", archive);
    let (report, code) = desk.add(&[&archive]);
    assert_eq!(code, 3, "{report}");
    assert_eq!(
        texts(&report, "added", "address"),
        ["added:case.zip/inner/notice.pdf", "added:case.zip/escaped.txt"]
    );
    assert!(reason(&report, "nested.zip").contains("within an archive"), "{report}");
    assert!(reason(&report, "logo.png").contains("binary"), "{report}");
    assert_eq!(texts(&report, "refused", "path").len(), 2, "{report}");
    let beside: Vec<_> = fs::read_dir(desk.folder.path()).expect("a folder").collect();
    assert_eq!(beside.len(), 2, "only the archive and the corpus: {beside:?}");
}

#[test]
fn an_encrypted_entry_is_refused_and_the_others_added() {
    let desk = Desk::new();
    let mut archive = zip(&[("open.txt", b"The council was late."), ("secret.txt", b"Secret.")]);
    // The flag of encryption: bit 0 at 6 of the entry's header, and at 8 of its line in the list.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = archive.windows(4).rposition(|window| window == signature).expect("a header");
        archive[at + flags] |= 1;
    }
    let (report, code) = desk.add(&[&desk.file("case.zip", archive)]);
    assert_eq!((code, texts(&report, "added", "path").len()), (3, 1), "{report}");
    assert!(reason(&report, "secret.txt").contains("encrypted"), "{report}");
}

#[test]
fn a_bomb_is_not_unpacked_and_a_damaged_archive_is_told() {
    let desk = Desk::new();
    let much = vec![b' '; casebook::read::LARGEST_FILE + 1];
    let mut bomb = zip(&[("bomb.txt", &much), ("letter.txt", LETTER.as_bytes())]);
    // The list says of the bomb that it is small: at 24 of its line.
    let at = bomb.windows(4).position(|window| window == b"PK\x01\x02").expect("a line");
    bomb[at + 24..at + 28].copy_from_slice(&10_u32.to_le_bytes());
    let (report, code) = desk.add(&[&desk.file("bomb.zip", bomb)]);
    assert_eq!(code, 3, "{report}");
    assert!(!reason(&report, "bomb.txt").is_empty());
    assert_eq!(texts(&report, "added", "address"), ["added:bomb.zip/letter.txt"]);
    let whole = zip(&[("bomb.txt", &much)]);
    let (report, code) = desk.add(&[&desk.file("large.zip", &whole)]);
    assert_eq!(code, 2, "{report}");
    assert!(reason(&report, "bomb.txt").contains("more than the"), "{report}");
    let (report, code) = desk.add(&[&desk.file("cut.zip", &whole[..whole.len() / 2])]);
    assert_eq!(code, 2, "{report}");
    assert!(reason(&report, "cut.zip").contains("the archive is damaged"), "{report}");
    let names: Vec<String> = (0..=10_000).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let (report, code) = desk.add(&[&desk.file("many.zip", zip(&many))]);
    assert_eq!(code, 2, "{report}");
    assert!(reason(&report, "many.zip").contains("10001 entries"), "{report}");
    let office = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let (report, _) = desk.add(&[&desk.file("letter.docx", office)]);
    assert!(reason(&report, "letter.docx").contains("office document"), "{report}");
}

#[test]
fn exit_codes_tell_nothing_found_from_nothing_good() {
    let desk = Desk::new();
    let empty = desk.folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder can be made");
    assert_eq!(desk.add(&[&empty]).1, 1);
    let (report, code) = desk.add(&[&desk.folder.path().join("none.txt")]);
    assert_eq!(code, 2, "{report}");
    let refusal = fixture("faulty/refused.html");
    let (report, code) = desk.add(&[&refusal]);
    assert_eq!(code, 2, "{report}");
    let own = desk.file("corpus/fetched/own.txt", LETTER);
    let (report, code) = desk.add(&[&own]);
    assert_eq!(code, 2, "{report}");
    assert!(reason(&report, "own.txt").contains("lies in the corpus"), "{report}");
}

#[test]
fn the_sites_own_answer_goes_on_top_of_a_saved_page() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let desk = Desk::new();
    let page = page_path("quillbrook-housing-association");
    let list = desk.file("list.txt", &page).to_string_lossy().into_owned();
    let fetch = ["fetch", "--from", "listing", "--only", "audits", "--list", &list];
    let first = desk.folder.path().join("first");
    let _ = on_site(&site, &first).args(fetch).output().expect("it is built");
    let live = log(&first).into_iter().find(|line| line["kind"] == "action").expect("the page");
    let hash = live["sha256"].as_str().expect("a hash");
    let object = first.join(format!("fetched/store/objects/{}/{hash}.html", &hash[..2]));
    let html = fs::read_to_string(object).expect("the page");
    let saved = desk.file("saved.html", html.replace("</main>", "<p>As saved.</p></main>"));

    let add = |path: &Path| on_site(&site, &desk.corpus()).arg("add").arg(path).output();
    assert!(add(&saved).expect("it is built").status.success());
    let _ = on_site(&site, &desk.corpus()).args(fetch).output().expect("it is built");
    // An older copy that is added later does not hide the site's answer.
    let older = desk.file("older.html", html.replace("</main>", "<p>Older.</p></main>"));
    assert!(add(&older).expect("it is built").status.success());
    let versions: Vec<Value> =
        desk.log().into_iter().filter(|line| line["address"] == live["address"]).collect();
    assert_eq!(versions.len(), 3, "{versions:?}");
    let state = on_site(&site, &desk.corpus()).args(["fetch", "--offline", "--json"]).output();
    let state: Value = serde_json::from_slice(&state.expect("it is built").stdout).expect("JSON");
    let items = state["items"].as_array().expect("items");
    let newest = items.iter().find(|item| item["address"] == live["address"]).expect("the page");
    assert_eq!(newest["sha256"], live["sha256"]);
}
