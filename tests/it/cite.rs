//! `casebook cite`: footnotes and records that other programs read, for every case.

use std::{collections::BTreeSet, fs};

use biblatex::{Bibliography, ChunksExt as _};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    casebook, casebook_on, copy, fixture, root, shipped, small, stderr_of, stdout_of,
};

const ACCESSED: [&str; 2] = ["--accessed", "2026-11-25"];

fn cited(arguments: &[&str]) -> String {
    let mut command = casebook_on(&fixture("corpus"), small());
    stdout_of(command.arg("cite").args(ACCESSED).args(arguments))
}

/// Every shipped case.
fn all(format: &str) -> String {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    stdout_of(command.args(["cite", "--query", "", "--format", format]).args(ACCESSED))
}

fn refused(arguments: &[&str], code: i32) -> String {
    stderr_of(casebook_on(&fixture("corpus"), small()).arg("cite").args(arguments), code)
}

#[test]
fn the_canteen_case_as_a_footnote() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.args(["cite", "chelmer-valley-high-school"]).args(ACCESSED);
    assert_eq!(
        stdout_of(&mut command),
        "Information Commissioner's Office, 'Reprimand: Chelmer Valley High School' (22 July 2024) \
         <https://ico.org.uk/action-weve-taken/enforcement/2024/07/chelmer-valley-high-school/> \
         accessed 25 November 2026.\n"
    );
}

#[test]
fn every_format() {
    let cases = ["brightcall-marketing", "marlow-district-council-2022"];
    for format in ["oscola", "csl-json", "ris", "bibtex"] {
        let text = cited(&[&cases[..], &["--format", format]].concat());
        insta::assert_snapshot!(format, text.replace('\r', "␍"));
    }
}

#[test]
fn filters_choose_the_cases_that_search_finds() {
    let chosen = cited(&["--category", "missing-dpia", "--sector", "education"]);
    assert!(chosen.contains("Harrowgate Academy") && chosen.lines().count() == 1, "{chosen}");
    let found = cited(&["--query", "subject access requests", "--since", "2024"]);
    assert!(found.starts_with("Information Commissioner's Office, 'Reprimand: Marlow"), "{found}");
}

#[test]
fn a_case_can_be_named_by_its_organisation_and_is_cited_once() {
    let by_slug = cited(&["harrowgate-academy"]);
    assert_eq!(cited(&["Harrowgate Academy", "harrowgate-academy", "HGA"]), by_slug);
}

#[test]
fn what_cannot_be_cited_is_said_in_a_sentence() {
    let said = refused(&["harowgate-academy"], 2);
    assert!(said.contains("did you mean `harrowgate-academy`?"), "{said}");
    let said = refused(&["marlow"], 2);
    assert!(said.contains("`marlow-district-council` or `marlow-district-council-2022`"), "{said}");
    assert!(refused(&[], 2).contains("name cases, or choose them with --query or filters"));
    assert!(refused(&["marlow", "--since", "2023"], 2).contains("not both"));
    assert!(refused(&["--sector", "health"], 1).contains("No case to cite"));
    assert!(refused(&["x", "--accessed", "November"], 2).contains("such as 2026-11-25"));
    let nowhere = TempDir::new().expect("a folder");
    let said = stderr_of(casebook_on(&fixture("corpus"), nowhere.path()).args(["cite", "x"]), 2);
    assert!(said.contains("build them with `casebook run`"), "{said}");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("cases.ris");
    let file = path.to_str().expect("UTF-8");
    let said = {
        let mut command = casebook_on(&fixture("corpus"), small());
        command.args(["cite", "--query", "", "--format", "ris", "-o", file]);
        String::from_utf8(command.assert().success().get_output().stderr.clone()).expect("UTF-8")
    };
    assert!(said.contains("4 cases cited in"), "{said}");
    let before = fs::read_to_string(&path).expect("written");
    assert_eq!(before.matches("TY  - ").count(), 4);
    refused(&["--sector", "health", "-o", file], 1);
    assert_eq!(fs::read_to_string(&path).expect("still there"), before);
    let said = refused(&["harrowgate-academy", "-o", "no/such/folder/x.ris"], 2);
    assert!(said.contains("cannot write no/such/folder/x.ris"), "{said}");
}

#[test]
fn cases_against_natural_persons_follow_the_setting() {
    let cite = ["cite", "council-worker-prosecution"];
    let mut command = casebook_on(&root().join("corpus"), shipped());
    assert!(stdout_of(command.args(cite)).contains("'Prosecution: "));
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.env("CASEBOOK_WITHOUT_INDIVIDUALS", "true").args(cite);
    assert!(stderr_of(&mut command, 1).contains("it is against a natural person"));
}

#[test]
fn an_archived_copy_is_cited_where_the_store_has_one() {
    let corpus = TempDir::new().expect("a folder");
    copy(&fixture("corpus"), corpus.path());
    let page = "https://ico.org.uk/action-weve-taken/enforcement/2023/05/harrowgate-academy/";
    let event = serde_json::json!({
        "event": "fetched", "address": page, "kind": "action", "status": 200, "bytes": 1,
        "answered": format!("https://web.archive.org/web/20230601101500id_/{page}"),
        "at": "2026-11-01T10:00:00Z", "memento": "2023-06-01T10:15:00Z", "sha256": "ab".repeat(32),
        "extension": "html", "found_by": ["wayback"], "listed": {}, "licence": "OGL v3.0",
    });
    let store = corpus.path().join("fetched/store");
    fs::create_dir_all(&store).expect("a folder");
    fs::write(store.join("log.jsonl"), format!("{event}\n")).expect("writable");
    let mut command = casebook_on(corpus.path(), small());
    let text = stdout_of(command.args(["cite", "harrowgate-academy", "--json"]));
    let items: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        items[0]["archive_location"],
        format!("https://web.archive.org/web/20230601101500/{page}")
    );
}

/// Fields of the published schema of CSL-JSON with the type of their values.
const CSL_TEXT: [&str; 9] = [
    "id", "title", "genre", "number", "container-title", "URL", "archive_location", "jurisdiction",
    "language",
];

#[test]
fn csl_json_holds_to_its_schema() {
    let items: Value = serde_json::from_str(&all("csl-json")).expect("JSON");
    let items = items.as_array().expect("an array");
    let mut ids = BTreeSet::new();
    for item in items {
        assert_eq!(item["type"], "webpage");
        assert!(ids.insert(item["id"].as_str().expect("an id")), "{item}");
        for (field, value) in item.as_object().expect("an object") {
            match field.as_str() {
                "type" | "note" => assert!(value.is_string(), "{item}"),
                "author" => assert!(value[0]["literal"].is_string(), "{item}"),
                "issued" | "accessed" => {
                    assert_eq!(value.as_object().map(serde_json::Map::len), Some(1));
                    let parts = value["date-parts"][0].as_array().expect("parts");
                    assert!((1..=3).contains(&parts.len()), "{item}");
                    assert!(parts.iter().all(Value::is_i64), "{item}");
                }
                text => assert!(CSL_TEXT.contains(&text) && value.is_string(), "{field}: {item}"),
            }
        }
    }
    assert_eq!(ids.len(), 224);
}

#[test]
fn every_case_is_one_entry_for_biblatex() {
    let entries = Bibliography::parse(&all("bibtex")).expect("BibTeX");
    assert_eq!(entries.keys().collect::<BTreeSet<_>>().len(), 224);
    for entry in entries.iter() {
        assert_eq!(entry.author().expect("an author").len(), 1);
        assert!(entry.title().is_ok() && entry.date().is_ok(), "{}", entry.key);
        let address = entry.url().expect("an address");
        assert!(url::Url::parse(&address).is_ok(), "{address}");
    }
    let canteen = entries.get("ico-chelmer-valley-high-school").expect("the canteen case");
    let title = canteen.title().expect("a title").format_verbatim();
    assert_eq!(title, "Reprimand: Chelmer Valley High School");
}

#[test]
fn every_case_is_one_record_in_ris_and_one_footnote() {
    let records = all("ris");
    let parts: Vec<&str> = records.split("ER  - \r\n\r\n").collect();
    assert_eq!((parts.len(), parts[224]), (225, ""));
    for record in &parts[..224] {
        assert!(record.starts_with("TY  - ELEC\r\n"), "{record}");
        for line in record.lines() {
            assert!(line.as_bytes().get(2..6) == Some(b"  - ") && line.len() > 6, "{record}");
        }
    }
    assert!(all("oscola").lines().all(|line| line.ends_with("accessed 25 November 2026.")));
}

#[test]
fn help_shows_what_each_format_is_for() {
    let help = stdout_of(casebook().args(["cite", "--help"]));
    for format in ["oscola", "csl-json", "ris", "bibtex"] {
        assert!(help.contains(&format!("- {format}:")), "{help}");
    }
}
