//! `casebook changes`: what runs found new, changed and gone, and what fetches could not look at.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    fetch::{QUILLBROOK, fetch, on_site},
    site::{Api, Fault, Scenario, Site, page_path},
    support::{casebook_on, copied_corpus, copy, root, stderr_of, stdout_of},
};

/// A corpus with its indexes and their history.
struct Place {
    corpus: TempDir,
    indexes: TempDir,
}

impl Place {
    fn of(corpus: TempDir) -> Self {
        let place = Self { corpus, indexes: TempDir::new().expect("a folder") };
        place.run(&[]);
        place
    }

    fn command(&self) -> Command {
        casebook_on(self.corpus.path(), self.indexes.path())
    }

    fn run(&self, arguments: &[&str]) -> String {
        stdout_of(self.command().args(["run", "--quiet"]).args(arguments))
    }

    /// What `changes` prints with an exit code.
    fn changes(&self, arguments: &[&str], code: i32) -> String {
        let output = self.command().args(["changes", "--quiet"]).args(arguments).assert();
        let output = output.code(code).get_output().stdout.clone();
        String::from_utf8(output).expect("UTF-8")
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        let text = self.changes(&[&["--json"], arguments].concat(), code);
        serde_json::from_str(&text).expect("JSON")
    }

    fn history(&self) -> PathBuf {
        self.indexes.path().join("history.jsonl")
    }

    /// Dates the runs, the first ones first.
    fn date(&self, times: &[&str]) {
        let text = fs::read_to_string(self.history()).expect("a history");
        let lines = text.lines().zip(times).map(|(line, time)| {
            let mut run: Value = serde_json::from_str(line).expect("a run");
            run["at"] = Value::from(*time);
            format!("{run}\n")
        });
        fs::write(self.history(), lines.collect::<String>()).expect("writable");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.corpus.path().join(path);
        let text = fs::read_to_string(&path).expect("a document");
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replace(from, to)).expect("writable");
    }
}

/// A case of care homes that told strangers of a payment, in our own words.
const WILLOWMERE: &str = "+++\ntitle = \"Letters sent to old addresses\"\n\
    organisation = \"Willowmere Care Homes\"\ndate = \"2024-03-01\"\ndate_kind = \"notice\"\n\
    actions = [\"reprimand\"]\nsector = \"social-care\"\nconfidence = \"high\"\n\
    [[sources]]\nname = \"Register\"\nurl = \"https://example.org/willowmere\"\n+++\n\n## What went wrong\n\n\
    Willowmere did not complete a data protection impact assessment.\n";

/// The small corpus, then with one case more, one changed and one gone.
fn two_runs() -> Place {
    let place = Place::of(copied_corpus());
    let digests = place.corpus.path().join("digests");
    fs::write(digests.join("2024/willowmere-care-homes.md"), WILLOWMERE).expect("writable");
    place.edit("digests/2023/harrowgate-academy.md", "reprimand", "enforcement-notice");
    fs::remove_file(digests.join("2024/brightcall-marketing.md")).expect("there");
    place.run(&[]);
    place.date(&["2026-10-01T08:00:00Z", "2026-11-02T09:30:00Z"]);
    place
}

fn slugs(list: &Value) -> BTreeSet<String> {
    let cases = list.as_array().expect("a list").iter();
    cases.map(|case| case["case"].as_str().expect("a slug").to_owned()).collect()
}

#[test]
fn what_is_new_changed_and_gone_is_told() {
    let place = two_runs();
    insta::assert_snapshot!("text", place.changes(&["--since", "2026-11"], 0));
    insta::assert_snapshot!(
        "markdown",
        place.changes(&["--since-run", "1", "--format", "markdown"], 0)
    );
    let changes = place.json(&[], 0);
    assert_eq!(slugs(&changes["new"]), BTreeSet::from(["willowmere-care-homes".to_owned()]));
    assert_eq!(slugs(&changes["removed"]), BTreeSet::from(["brightcall-marketing".to_owned()]));
    assert_eq!(changes["changed"][0]["changes"][0]["gained"][0], "enforcement notice");
    assert_eq!(changes["changed"][0]["cause"], "source");
    assert_eq!(changes["first_in_sector"][0]["category"], "missing-dpia");
}

#[test]
fn a_day_chooses_the_runs_after_it() {
    let place = two_runs();
    let since = |day: &str, code| place.json(&["--since", day], code);
    assert_eq!(since("2026-11-02", 0)["new"].as_array().map(Vec::len), Some(1));
    assert_eq!(since("2026-11-03", 1)["new"].as_array().map(Vec::len), Some(0));
    let early = place.changes(&["--since", "2026-09"], 0);
    assert!(early.contains("The history begins only then"), "{early}");
    assert!(early.contains("1 new case"), "what was there at first is not new: {early}");
    let late = place.changes(&["--since-run", "2"], 1);
    assert!(late.contains("Nothing new in the corpus"), "{late}");
}

#[test]
fn a_run_without_change_adds_nothing_to_the_history() {
    let place = Place::of(copied_corpus());
    let before = fs::read(place.history()).expect("a history");
    place.run(&[]);
    place.run(&["--rebuild"]);
    assert_eq!(fs::read(place.history()).expect("a history"), before);
    let text = place.changes(&[], 1);
    assert!(text.contains("Nothing new") && text.contains("never looked at"), "{text}");
}

#[test]
fn another_taxonomy_is_not_taken_for_news() {
    let place = Place::of(copied_corpus());
    let own = TempDir::new().expect("a folder");
    copy(&root().join("taxonomy"), own.path());
    let cues = own.path().join("cues.toml");
    let text = fs::read_to_string(&cues).expect("cues");
    let list = "[inadequate-training]\ncues = [\n";
    assert!(text.contains(list));
    let more = text.replace(list, &format!("{list}  \"took the first fingerprint\",\n"));
    fs::write(cues, more).expect("writable");
    let own = own.path().to_str().expect("UTF-8");
    place.run(&["--taxonomy", own]);
    let changes = place.json(&["--taxonomy", own], 0);
    let causes: BTreeSet<&str> = changes["changed"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|changed| changed["cause"].as_str())
        .collect();
    assert_eq!(causes, BTreeSet::from(["reading"]), "{changes}");
    let text = place.changes(&["--taxonomy", own], 0);
    assert!(
        text.contains("read differently") && text.contains("the taxonomy is another"),
        "{text}"
    );
    assert!(!text.contains("changed case"), "{text}");
}

#[test]
fn filters_choose_the_cases_of_search() {
    let corpus = TempDir::new().expect("a folder");
    copy(&root().join("corpus/guidance"), &corpus.path().join("guidance"));
    let first = corpus.path().join("digests");
    fs::create_dir(&first).expect("a folder");
    fs::write(first.join("willowmere-care-homes.md"), WILLOWMERE).expect("writable");
    let place = Place::of(corpus);
    copy(&root().join("corpus/digests"), &place.corpus.path().join("digests"));
    place.run(&[]);
    for filters in [
        &["--sector", "education,health"][..],
        &["--category", "missing-dpia", "--action", "reprimand"],
        &["--group", "security", "--amount-min", "100k"],
        &["--provision", "UK GDPR Art 32"],
        &["--organisation", "council"],
        &["--without-individuals"],
    ] {
        let mut search = place.command();
        search.args(["search", "", "--json"]).args(filters);
        let found: Value = serde_json::from_str(&stdout_of(&mut search)).expect("JSON");
        let mut found = slugs(&found["hits"]);
        found.remove("willowmere-care-homes");
        assert_eq!(slugs(&place.json(filters, 0)["new"]), found, "{filters:?}");
    }
}

/// A fetch, and the run after it.
fn look(site: &Site, corpus: &Path, arguments: &[&str]) -> i32 {
    let (_, code) = fetch(site, corpus, arguments);
    on_site(site, corpus).arg("run").assert().success();
    code
}

fn changes_on(site: &Site, corpus: &Path, arguments: &[&str]) -> (String, i32) {
    let output = on_site(site, corpus).arg("changes").args(arguments).output();
    let output = output.expect("the binary is built");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (text, output.status.code().unwrap_or(-1))
}

#[test]
fn what_the_site_changed_and_took_down_is_told() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let reprimands = ["--only", "reprimands"];
    look(&site, corpus.path(), &reprimands);
    site.change(|scenario| {
        scenario.faults.insert(page_path(QUILLBROOK), Fault::Changed);
        scenario.vanished.push("dunmarsh-constabulary");
    });
    look(&site, corpus.path(), &reprimands);
    let (text, code) = changes_on(&site, corpus.path(), &["--since-run", "1"]);
    assert!(text.contains("1 changed case") && text.contains(QUILLBROOK), "{text}");
    assert!(text.contains("taken down by the ICO"), "{text}");
    assert!(text.contains("dunmarsh-constabulary"), "{text}");
    assert!(!text.contains("no longer in the corpus"), "the copy is kept: {text}");
    // Only reprimands were asked for; other listed pages are not stored.
    assert!(code == 3 && text.contains("listed, but not fetched"), "{code}: {text}");
    let (text, _) = changes_on(&site, corpus.path(), &["--sector", "education"]);
    assert!(!text.contains("dunmarsh"), "{text}");
}

#[test]
fn could_not_look_is_told_apart_from_nothing_new() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    assert_eq!(look(&site, corpus.path(), &[]), 0);
    let (text, code) = changes_on(&site, corpus.path(), &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("not looked at since"), "{text}");
    let _ = fetch(&site, corpus.path(), &[]);
    let (text, code) = changes_on(&site, corpus.path(), &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("Nothing new") && text.contains("Looked at: search API"), "{text}");
    site.change(|scenario| scenario.api = Api::Forbidden);
    let _ = fetch(&site, corpus.path(), &[]);
    let (text, code) = changes_on(&site, corpus.path(), &[]);
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("Could not look everywhere"), "{text}");
    assert!(text.contains("Search API: kept us out"), "{text}");
    site.change(|scenario| scenario.api = Api::Html);
    let _ = fetch(&site, corpus.path(), &[]);
    let (text, code) = changes_on(&site, corpus.path(), &["--format", "markdown"]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("- Search API: could not be read"), "{text}");
}

#[test]
fn a_fetch_that_was_stopped_could_not_look() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    look(&site, corpus.path(), &["--limit", "3"]);
    let log = corpus.path().join("fetched/store/log.jsonl");
    let text = fs::read_to_string(&log).expect("a log");
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains("\"looked\"")).collect();
    fs::write(&log, lines.join("\n") + "\n").expect("writable");
    let (text, code) = changes_on(&site, corpus.path(), &[]);
    assert!(code == 3 && text.contains("stopped before its end"), "{code}: {text}");
}

#[test]
fn a_damaged_history_is_named_and_put_aside() {
    let place = two_runs();
    let text = fs::read_to_string(place.history()).expect("a history");
    let cut = &text[..text.len() - 40];
    fs::write(place.history(), cut).expect("writable");
    let said = stderr_of(place.command().arg("changes"), 2);
    assert!(said.contains("history.jsonl is damaged in line 2"), "{said}");
    place.edit("digests/2023/harrowgate-academy.md", "lending books", "lending laptops");
    let said = stderr_of(place.command().arg("run"), 0);
    assert!(said.contains("put aside as"), "{said}");
    let aside = place.indexes.path().join("history.damaged.jsonl");
    assert_eq!(fs::read_to_string(aside).expect("put aside"), cut);
    assert!(place.changes(&[], 1).contains("run 1"));
}

#[test]
fn a_history_that_a_kill_left_unmoved_counts_and_goes_on() {
    let place = two_runs();
    // The state right after the deciding rename, with some parts already moved.
    let ready = place.indexes.path().join(".ready");
    fs::create_dir(&ready).expect("a folder");
    for part in ["history.jsonl", "manifest.json"] {
        fs::rename(place.indexes.path().join(part), ready.join(part)).expect("a part");
    }
    assert_eq!(place.json(&[], 0)["to"]["run"], 2);
    place.edit("digests/2023/harrowgate-academy.md", "lending books", "lending laptops");
    place.run(&[]);
    assert!(!ready.exists());
    let changes = place.json(&[], 0);
    assert_eq!(
        (&changes["from"]["run"], &changes["to"]["run"]),
        (&Value::from(2), &Value::from(3))
    );
    assert_eq!(changes["changed"].as_array().map(Vec::len), Some(1));
}

#[test]
fn wrong_use_is_explained() {
    let place = Place::of(copied_corpus());
    for (arguments, hint) in [
        (&["--since-run", "7"][..], "there is no run 7; the last one is run 1"),
        (&["--since-run", "0"], "0 is not in 1.."),
        (&["--since", "yesterday"], "write it as 2024-07-23"),
        (&["--since", "2026", "--since-run", "1"], "cannot be used with"),
        (&["--sector", "educatoin"], "did you mean `education`?"),
    ] {
        let said = stderr_of(place.command().arg("changes").args(arguments), 2);
        assert!(said.contains(hint), "{said}");
    }
    let empty = TempDir::new().expect("a folder");
    let said = stderr_of(casebook_on(place.corpus.path(), empty.path()).arg("changes"), 2);
    assert!(said.contains("holds no indexes yet"), "{said}");
}
