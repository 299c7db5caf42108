//! `casebook fetch` and `casebook doctor` against a stand-in of the regulator's site.

use std::{collections::BTreeMap, fs, path::Path, process::Stdio, time::Duration};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    site::{Api, Fault, Robots, Scenario, Seen, Site, page_path, pdf_path},
    support::{casebook_on, fixture, stderr_of, stdout_of},
};

pub const QUILLBROOK: &str = "quillbrook-housing-association";

/// Pages, audits and guidance that the stand-in lists, without the Welsh twin.
const LISTED: usize = 50 + 3 + 8;

/// The program set on a site, without pauses.
pub fn on_site(site: &Site, corpus: &Path) -> Command {
    let mut command = casebook_on(corpus, &corpus.join(".indexes"));
    command
        .env("CASEBOOK_FETCH__SITE", site.address())
        .env("CASEBOOK_FETCH__ARCHIVES__WAYBACK", site.address())
        .env("CASEBOOK_FETCH__ARCHIVES__COMMON_CRAWL_INDEX", site.address())
        .env("CASEBOOK_FETCH__ARCHIVES__COMMON_CRAWL_DATA", site.address())
        .env("CASEBOOK_FETCH__TRUST_LOOPBACK", "true")
        .env("CASEBOOK_FETCH__GAP_SECONDS", "0")
        .env("CASEBOOK_FETCH__WAIT_SECONDS", "[0.0, 0.0]")
        .env("CASEBOOK_FETCH__TIMEOUT_SECONDS", "5")
        .env("CASEBOOK_FETCH__EXPECTATIONS__ENFORCEMENT", "40")
        .arg("--quiet");
    command
}

/// The report of a fetch, and its exit code.
pub fn fetch(site: &Site, corpus: &Path, arguments: &[&str]) -> (Value, i32) {
    let output = on_site(site, corpus).args(["fetch", "--json"]).args(arguments).output();
    let output = output.expect("the binary is built");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report = serde_json::from_slice(&output.stdout);
    (report.unwrap_or_else(|error| panic!("{error}: {said}")), output.status.code().unwrap_or(-1))
}

pub fn count(report: &Value, field: &str) -> usize {
    report[field].as_array().map_or(0, Vec::len)
}

pub fn source<'a>(report: &'a Value, name: &str) -> &'a Value {
    let sources = report["sources"].as_array().expect("sources");
    sources.iter().find(|source| source["source"] == name).expect(name)
}

/// Address and hash of all that is stored: what must be the same, however often it was killed.
pub fn stored(corpus: &Path) -> BTreeMap<String, String> {
    let log = fs::read_to_string(corpus.join("fetched/store/log.jsonl")).expect("a log");
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("whole lines"));
    let text = |event: &Value, field: &str| event[field].as_str().unwrap_or_default().to_owned();
    lines
        .filter(|event| event["event"] == "fetched")
        .map(|event| (text(&event, "address"), text(&event, "sha256")))
        .collect()
}

fn of_pages(seen: &[Seen]) -> impl Iterator<Item = &Seen> {
    seen.iter()
        .filter(|seen| seen.path.starts_with("/media2/") || seen.path.matches('/').count() > 4)
}

#[test]
fn everything_listed_is_kept_with_its_provenance() {
    let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
    let (report, code) = fetch(&site, corpus.path(), &[]);
    assert_eq!(code, 3, "the API's holes are a shortfall: {report}");
    assert_eq!(source(&report, "search-api")["state"], "doubtful");
    assert_eq!(source(&report, "sitemap")["state"], "good");
    assert_eq!(source(&report, "sitemap")["only_here"], 1 + 8, "one page and the guidance");
    let stored = stored(corpus.path());
    let pages = stored.keys().filter(|address| !address.contains("/media2/")).count();
    // The lessons page leads to one more, which no listing has.
    assert_eq!(pages, LISTED + 1, "{:#?}", stored.keys());
    assert!(!stored.keys().any(|address| address.contains("-cym-")), "Welsh twins are left out");
    for (address, hash) in &stored {
        let ending = if address.contains("/media2/") { "pdf" } else { "html" };
        let object = format!("fetched/store/objects/{}/{hash}.{ending}", &hash[..2]);
        let bytes = fs::read(corpus.path().join(object)).expect(address);
        assert_eq!(casebook::hash::sha256(&bytes), *hash);
    }
    assert!(site.requests().iter().all(|seen| seen.user_agent.starts_with("casebook/")));
    assert!(site.requests().iter().all(|seen| !seen.body.contains("term")));
}

#[test]
fn a_second_fetch_makes_only_conditional_requests() {
    let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
    let _ = fetch(&site, corpus.path(), &[]);
    let before = stored(corpus.path());
    site.forget_requests();
    let (report, _) = fetch(&site, corpus.path(), &[]);
    assert_eq!((count(&report, "new"), count(&report, "changed")), (0, 0), "{report}");
    assert_eq!(report["unchanged"], before.len(), "every page and document was asked for");
    let seen = site.requests();
    assert!(of_pages(&seen).count() >= LISTED);
    let unconditional: Vec<&str> =
        of_pages(&seen).filter(|seen| !seen.conditional).map(|seen| seen.path.as_str()).collect();
    assert!(unconditional.is_empty(), "{unconditional:?}");
    site.forget_requests();
    let (report, _) = fetch(&site, corpus.path(), &["--new-only"]);
    assert_eq!(
        report["skipped"],
        LISTED + 1,
        "what no listing has is linked from a page of lessons"
    );
    assert_eq!(of_pages(&site.requests()).count(), 0);
}

#[test]
fn what_changed_or_vanished_is_told_and_every_version_kept() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let (report, code) = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    assert_eq!(code, 0, "{report}");
    site.change(|scenario| {
        scenario.faults.insert(page_path(QUILLBROOK), Fault::Changed);
        scenario.vanished.push("dunmarsh-constabulary");
    });
    let (report, code) = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    assert_eq!(code, 0, "{report}");
    assert!(report["changed"][0].as_str().expect("one").contains(QUILLBROOK), "{report}");
    assert!(report["unlisted"][0].as_str().expect("one").contains("dunmarsh-constabulary"));
    let log = fs::read_to_string(corpus.path().join("fetched/store/log.jsonl")).expect("a log");
    let versions =
        log.lines().filter(|line| line.contains("\"fetched\"") && line.contains(QUILLBROOK));
    assert_eq!(versions.filter(|line| line.contains("\"kind\":\"action\"")).count(), 2);
    let state = stdout_of(on_site(&site, corpus.path()).args(["fetch", "--offline"]));
    assert!(state.contains("1 no longer listed"), "{state}");
}

#[test]
fn a_source_that_shrinks_takes_nothing_for_removed() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let _ = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    site.change(|scenario| scenario.api = Api::Shrunk);
    let (report, code) = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    assert_eq!((code, count(&report, "unlisted")), (3, 0), "{report}");
    let messages = source(&report, "search-api")["messages"].to_string();
    assert!(messages.contains("where at least 40 are due"), "{messages}");
}

#[test]
fn a_refused_api_leaves_the_other_ways() {
    let site = Site::start(Scenario { api: Api::Forbidden, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let (report, code) = fetch(&site, corpus.path(), &["--limit", "3"]);
    assert_eq!(code, 3, "{report}");
    assert_eq!(source(&report, "search-api")["state"], "blocked");
    assert_eq!(source(&report, "sitemap")["state"], "good");
    assert!(count(&report, "new") >= 3, "{report}");
}

#[test]
fn html_in_place_of_json_is_a_change_and_not_an_empty_answer() {
    let site = Site::start(Scenario { api: Api::Html, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let (report, code) = fetch(&site, corpus.path(), &["--limit", "1"]);
    assert_eq!((code, &source(&report, "search-api")["state"]), (3, &Value::from("failed")));
    let messages = source(&report, "search-api")["messages"].to_string();
    assert!(messages.contains("JSON was due, but a web page came"), "{messages}");
}

#[test]
fn a_site_that_refuses_everything_is_blocked_and_not_empty() {
    let mut scenario = Scenario { api: Api::Forbidden, ..Scenario::default() };
    scenario = scenario.fault("/sitemap.xml", Fault::Status(403));
    let (site, corpus) = (Site::start(scenario), TempDir::new().expect("a folder"));
    let output = on_site(&site, corpus.path()).arg("fetch").output().expect("the binary is built");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(4), "{text}");
    assert!(text.contains("Could not look") && !text.contains("Nothing new"), "{text}");
}

#[test]
fn a_site_asks_for_time_and_gets_it() {
    let api = Api::TooManyRequests { times: 1, retry_after: 1 };
    let site = Site::start(Scenario { api, holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let (report, code) = fetch(&site, corpus.path(), &["--limit", "1"]);
    assert_eq!(code, 0, "{report}");
    let seen = site.requests();
    let posts: Vec<&Seen> = seen.iter().filter(|seen| seen.method == "POST").collect();
    assert!(posts[1].at.duration_since(posts[0].at) >= Duration::from_secs(1));
}

#[test]
fn rules_for_robots_are_obeyed() {
    let corpus = TempDir::new().expect("a folder");
    for robots in [Robots::DisallowAll, Robots::Broken] {
        let site = Site::start(Scenario { robots, ..Scenario::default() });
        let (report, code) = fetch(&site, corpus.path(), &[]);
        assert_eq!(code, 4, "{report}");
        assert!(site.requests().iter().all(|seen| seen.path == "/robots.txt"));
    }
}

#[test]
fn one_bad_item_is_a_line_of_the_report() {
    let faults = [
        ("dunmarsh-constabulary", Fault::RedirectOffHost, "its host is not allowed"),
        ("hazelmarch-daughters-ltd", Fault::RedirectLoop, "redirects again and again"),
        ("elverstow-leads-ltd", Fault::GzipBomb, "has more than"),
        ("ivelbourne-health-board", Fault::Gone(404), "is not there"),
    ];
    let mut scenario = Scenario { holes: false, ..Scenario::default() };
    for (slug, fault, _) in &faults {
        scenario = scenario.fault(page_path(slug), fault.clone());
    }
    scenario = scenario
        .fault(pdf_path(QUILLBROOK), Fault::WrongType)
        .fault(pdf_path("gorsehithe-hospitals-trust"), Fault::Truncated);
    let (site, corpus) = (Site::start(scenario), TempDir::new().expect("a folder"));
    let (report, code) = fetch(&site, corpus.path(), &[]);
    assert_eq!(code, 3, "{report}");
    let problems = report["problems"].as_array().expect("problems");
    let reason = |part: &str| {
        let found =
            problems.iter().find(|p| p["address"].as_str().is_some_and(|a| a.contains(part)));
        found.unwrap_or_else(|| panic!("no problem at {part}: {report}"))["reason"].to_string()
    };
    for (slug, _, words) in faults {
        assert!(reason(slug).contains(words), "{}", reason(slug));
    }
    assert!(reason(&pdf_path(QUILLBROOK)).contains("a document was due, but a web page came"));
    assert!(reason(&pdf_path("gorsehithe-hospitals-trust")).contains("could not be read"));
    assert_eq!(problems.len(), 6, "{report}");
    assert!(stored(corpus.path()).len() > 60, "all others are kept");
}

#[test]
fn the_listing_tells_a_number_that_has_changed() {
    let site = Site::start(Scenario { api: Api::OtherRoot, holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let (report, _) = fetch(&site, corpus.path(), &["--limit", "1"]);
    let messages = source(&report, "search-api")["messages"].to_string();
    assert!(messages.contains("now 18444"), "{messages}");
    assert!(source(&report, "search-api")["found"].as_u64() > Some(40), "{report}");
}

#[test]
fn a_dry_run_changes_nothing() {
    let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
    let (report, _) = fetch(&site, corpus.path(), &["--dry-run", "--since", "2026"]);
    assert!(report["wanted"].as_u64() > Some(0), "{report}");
    assert!(fs::read_dir(corpus.path()).expect("a folder").next().is_none());
    assert_eq!(of_pages(&site.requests()).count(), 0);
}

#[test]
fn a_list_of_ones_own_is_fetched_too() {
    let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
    let list = corpus.path().join("list.txt");
    let unlisted = page_path("mosswater-primary-school");
    fs::write(&list, format!("# mine\n{unlisted}\nhttps://example.org/x/\n")).expect("writable");
    let list = list.to_string_lossy().into_owned();
    let arguments = ["--from", "sitemap", "--only", "prosecutions", "--list", &list];
    let (report, code) = fetch(&site, corpus.path(), &arguments);
    assert_eq!(code, 3, "{report}");
    assert!(stored(corpus.path()).keys().any(|address| address.ends_with(&unlisted)));
    assert!(report["problems"].to_string().contains("example.org"), "{report}");
}

#[test]
fn a_fetch_killed_at_any_request_goes_on_to_the_same_store() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let arguments = ["fetch", "--json", "--from", "sitemap", "--limit", "4"];
    let whole = TempDir::new().expect("a folder");
    let _ = on_site(&site, whole.path()).args(arguments).output().expect("the binary is built");
    let wanted = stored(whole.path());
    let requests = site.requests().len();
    assert!(wanted.len() >= 7, "{wanted:?}");
    for moment in 1..=requests {
        let corpus = TempDir::new().expect("a folder");
        site.forget_requests();
        let command = on_site(&site, corpus.path());
        let mut child = std::process::Command::new(command.get_program())
            .args(command.get_args())
            .args(arguments)
            .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary is built");
        while site.requests().len() < moment && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let _ = on_site(&site, corpus.path()).args(arguments).output().expect("it runs again");
        assert_eq!(stored(corpus.path()), wanted, "killed at request {moment}");
    }
}

#[test]
fn half_a_last_line_of_the_log_is_cut_and_a_damaged_one_is_named() {
    let (site, corpus) = (Site::start(Scenario::default()), TempDir::new().expect("a folder"));
    let arguments = ["--from", "sitemap", "--limit", "2"];
    let _ = fetch(&site, corpus.path(), &arguments);
    let wanted = stored(corpus.path());
    let log = corpus.path().join("fetched/store/log.jsonl");
    let whole = fs::read(&log).expect("a log");
    for cut in [whole.len() - 1, whole.len() / 2, 1] {
        fs::write(&log, &whole[..cut]).expect("writable");
        let _ = fetch(&site, corpus.path(), &arguments);
        assert_eq!(stored(corpus.path()), wanted, "cut to {cut} bytes");
    }
    let damaged = [&b"{\"event\":\"fet\n"[..], &whole].concat();
    fs::write(&log, damaged).expect("writable");
    let said = stderr_of(on_site(&site, corpus.path()).arg("fetch"), 2);
    assert!(said.contains("line 1 is damaged"), "{said}");
}

#[test]
fn words_that_only_a_fetched_notice_has_are_found() {
    let notice = fs::read(fixture("pdf/quillbrook-reprimand.pdf")).expect("a notice");
    let pdfs = vec![(QUILLBROOK.to_owned(), notice)];
    let site = Site::start(Scenario { pdfs, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let _ = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    let run = on_site(&site, corpus.path()).arg("run").output().expect("the binary is built");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(0), "{said}");
    let search = ["search", "door sensors in sheltered blocks", "--jsonl", "--limit", "1"];
    let hit: Value = serde_json::from_str(&stdout_of(on_site(&site, corpus.path()).args(search)))
        .expect("one hit");
    assert_eq!(hit["case"], QUILLBROOK);
    assert!(hit["page_url"].as_str().is_some_and(|url| url.ends_with(&page_path(QUILLBROOK))));
    let categories = hit["categories"].to_string();
    assert!(categories.contains("missing-dpia") && categories.contains("weak-access-control"));
    let show = ["show", QUILLBROOK, "--json"];
    let case: Value =
        serde_json::from_str(&stdout_of(on_site(&site, corpus.path()).args(show))).expect("a case");
    let kinds: Vec<&Value> =
        case["documents"].as_array().expect("documents").iter().map(|d| &d["kind"]).collect();
    assert_eq!(kinds, ["notice", "register-page"], "the notice leads");
    // Fetching again changes nothing, and a run knows it.
    let _ = fetch(&site, corpus.path(), &["--only", "reprimands"]);
    let again = stdout_of(on_site(&site, corpus.path()).arg("run"));
    assert!(again.contains("Nothing has changed"), "{again}");
}

#[test]
fn the_report_for_people() {
    let scenario = Scenario::default().fault(pdf_path("copperwick-high-school"), Fault::Gone(404));
    let (site, corpus) = (Site::start(scenario), TempDir::new().expect("a folder"));
    let mut command = on_site(&site, corpus.path());
    let output = command.args(["fetch", "--limit", "4"]).output().expect("the binary is built");
    assert_eq!(output.status.code(), Some(3));
    let text =
        String::from_utf8_lossy(&output.stdout).replace(site.address(), "https://site.example");
    insta::assert_snapshot!(text);
}

#[test]
fn the_doctor_says_which_ways_work() {
    let corpus = TempDir::new().expect("a folder");
    let site = Site::start(Scenario::default());
    let well = stdout_of(on_site(&site, corpus.path()).arg("doctor"));
    assert_eq!(well.matches("works").count(), 5, "{well}");
    assert!(well.contains("found title, date, type, sector, document, text"), "{well}");
    assert!(site.requests().len() <= 6, "{:?}", site.requests().len());
    site.change(|scenario| scenario.api = Api::Forbidden);
    let output = on_site(&site, corpus.path()).arg("doctor").output().expect("the binary is built");
    assert_eq!(output.status.code(), Some(3));
    site.change(|scenario| scenario.robots = Robots::DisallowAll);
    let output = on_site(&site, corpus.path()).arg("doctor").output().expect("the binary is built");
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stdout).contains("BLOCKED"));
}

#[test]
fn a_faulty_setting_is_named() {
    let corpus = TempDir::new().expect("a folder");
    let mut command = casebook_on(corpus.path(), corpus.path());
    let said = stderr_of(command.env("CASEBOOK_FETCH__GAP_SECONDS", "soon").arg("fetch"), 2);
    assert!(said.to_lowercase().contains("gap_seconds"), "{said}");
    let mut command = casebook_on(corpus.path(), corpus.path());
    let said = stderr_of(command.args(["--config", "none.toml", "fetch"]), 2);
    assert!(said.contains("there is no settings file none.toml"), "{said}");
}
