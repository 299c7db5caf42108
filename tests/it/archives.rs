//! `casebook fetch --archives`: what the site gives no more, as copies of the archives.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    fetch::{QUILLBROOK, count, fetch, source, stored},
    site::{Fault, Scenario, Site, page_path, pdf_path},
};

/// Not on the site any more, but in both archives.
const FERNMOOR: &str = "fernmoor-borough-council";

/// The provenance of what is stored under a path.
fn kept(corpus: &Path, path: &str) -> Value {
    let log = fs::read_to_string(corpus.join("fetched/store/log.jsonl")).expect("a log");
    let mut events = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("whole"));
    let is_it = |event: &Value| {
        let address = event["address"].as_str().unwrap_or_default();
        event["event"] == "fetched" && address.trim_end_matches('/').ends_with(path)
    };
    events.find(is_it).unwrap_or_else(|| panic!("{path} is not stored: {log}"))
}

fn bytes(corpus: &Path, event: &Value) -> Vec<u8> {
    let text = |field: &str| event[field].as_str().expect(field).to_owned();
    let hash = text("sha256");
    let object = format!("{}/{hash}.{}", &hash[..2], text("extension"));
    fs::read(corpus.join("fetched/store/objects").join(object)).expect("an object")
}

fn of_archives(site: &Site) -> usize {
    let seen = site.requests();
    seen.iter().filter(|seen| seen.path.starts_with("/web/") || seen.range.is_some()).count()
}

#[test]
fn what_only_an_archive_has_is_kept_as_its_copy() {
    for (archive, place) in [("wayback", "id_/"), ("common-crawl", "#bytes=")] {
        let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
        let (report, code) = fetch(&site, corpus.path(), &["--from", archive]);
        assert_eq!((code, &source(&report, archive)["state"]), (0, &Value::from("good")));
        assert_eq!(source(&report, archive)["found"], 1, "{report}");
        assert_eq!((count(&report, "archived"), count(&report, "new")), (2, 2), "{report}");
        let page = kept(corpus.path(), page_path(FERNMOOR).trim_end_matches('/'));
        let text = String::from_utf8(bytes(corpus.path(), &page)).expect("UTF-8");
        assert!(text.contains("The council has since done this."), "{archive}: the newest version");
        let document = kept(corpus.path(), &pdf_path(FERNMOOR));
        assert!(bytes(corpus.path(), &document).starts_with(b"%PDF-"));
        for event in [&page, &document] {
            assert!(event["answered"].as_str().is_some_and(|at| at.contains(place)), "{event}");
            assert!(event["memento"].as_str().is_some_and(|at| at.ends_with("Z")), "{event}");
        }
        site.forget_requests();
        let (report, _) = fetch(&site, corpus.path(), &["--from", archive]);
        assert_eq!((count(&report, "archived"), of_archives(&site)), (0, 0), "{report}");
    }
}

#[test]
fn what_the_site_refuses_is_taken_from_an_archive() {
    let site = Site::start(Scenario::default().fault(page_path(FERNMOOR), Fault::Status(403)));
    let corpus = TempDir::new().expect("a folder");
    let list = list_of(corpus.path());
    let (report, _) = fetch(&site, corpus.path(), &["--from", "wayback", "--list", &list]);
    assert!(report["archived"].to_string().contains(FERNMOOR), "{report}");
    assert_eq!(count(&report, "problems"), 0, "{report}");
}

#[test]
fn an_archive_never_replaces_what_the_site_gave() {
    let moved = Fault::Moved(page_path(FERNMOOR));
    let site = Site::start(Scenario::default().fault(page_path(QUILLBROOK), moved));
    let corpus = TempDir::new().expect("a folder");
    let list = list_of(corpus.path());
    let (report, _) = fetch(&site, corpus.path(), &["--from", "wayback", "--list", &list]);
    assert_eq!(count(&report, "archived"), 0, "{report}");
    let before = stored(corpus.path());
    site.change(|scenario| scenario.faults.clear());
    let (report, _) = fetch(&site, corpus.path(), &["--from", "wayback", "--list", &list]);
    assert!(report["problems"].to_string().contains("is not there"), "{report}");
    let (report, _) = fetch(&site, corpus.path(), &["--from", "common-crawl"]);
    assert_eq!((count(&report, "archived"), &report["skipped"]), (0, &Value::from(1)), "{report}");
    assert_eq!(stored(corpus.path()), before);
}

fn list_of(corpus: &Path) -> String {
    let list = corpus.join("list.txt");
    fs::write(&list, page_path(FERNMOOR)).expect("writable");
    list.to_string_lossy().into_owned()
}

#[test]
fn an_archive_that_refuses_blocks_only_itself_and_none_is_asked_unbidden() {
    let refusing = Scenario { holes: false, ..Scenario::default() };
    let refusing = refusing.fault("/cdx/search/cdx", Fault::Status(403));
    let (site, corpus) = (Site::start(refusing), TempDir::new().expect("a folder"));
    let only = ["--only", "reprimands", "--limit", "1"];
    let (_, code) = fetch(&site, corpus.path(), &only);
    assert_eq!(code, 0);
    let asked = |path: &str| site.requests().iter().any(|seen| seen.path.starts_with(path));
    assert!(!asked("/cdx") && !asked("/collinfo.json"));
    let (report, code) = fetch(&site, corpus.path(), &[&only[..], &["--archives"]].concat());
    assert_eq!((code, &source(&report, "wayback")["state"]), (3, &Value::from("blocked")));
    for name in ["search-api", "sitemap", "common-crawl"] {
        assert_eq!(source(&report, name)["state"], "good", "{report}");
    }
}
