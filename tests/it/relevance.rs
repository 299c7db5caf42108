//! `casebook evaluate-search`, and that search ranks no worse than it did.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook_on, fixture, root, shipped, small, stderr_of, stdout_of};

/// What search reached when it was last improved. Raise these, never lower them.
const NDCG: f64 = 0.92;
const MRR: f64 = 0.93;
const NAMES_MRR: f64 = 0.99;

fn measured(arguments: &[&str]) -> Value {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.arg("evaluate-search").arg(root().join("tests/search/queries.jsonl")).args(arguments);
    serde_json::from_str(&stdout_of(&mut command)).expect("JSON")
}

#[test]
fn search_ranks_no_worse_than_it_did() {
    let report = measured(&["--json"]);
    let means = &report["overall"];
    assert_eq!(report["absent"], 0, "a judged case has left the corpus");
    assert!(means["queries"].as_u64() >= Some(118), "{means}");
    let reached = |measure: &Value, least: f64| measure.as_f64().is_some_and(|m| m >= least);
    assert!(reached(&means["ndcg@10"], NDCG), "{means}");
    assert!(reached(&means["mrr"], MRR), "{means}");
    let names = &report["kinds"]["organisation"];
    assert!(reached(&names["mrr"], NAMES_MRR), "{names}");
}

#[test]
fn every_kind_of_question_is_judged() {
    let report = measured(&["--json"]);
    for kind in
        ["organisation", "sector-failure", "provision", "situation", "amount-date", "sanction"]
    {
        assert!(report["kinds"][kind]["queries"].as_u64() >= Some(8), "{kind}");
    }
}

fn judgements(lines: &str) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("queries.jsonl");
    fs::write(&path, lines).expect("a file can be written");
    (folder, path)
}

#[test]
fn misses_are_listed_with_what_stood_in_their_place() {
    let lines = concat!(
        r#"{"qid":"q1","query":"nuisance calls","kind":"keyword","relevant":["#,
        r#"{"case":"brightcall-marketing","grade":3},"#,
        r#"{"id":"nowhere","organisation":"Nowhere Ltd","grade":2}]}"#,
        "\n",
        r#"{"qid":"q2","query":"calls to pupils","kind":"question","relevant":["#,
        r#"{"case":"marlow-district-council","grade":1}]}"#,
        "\n",
        r#"{"qid":"q3","query":"anything","kind":"question","relevant":["#,
        r#"{"case":"gone","grade":1}]}"#,
    );
    let (_folder, path) = judgements(lines);
    let mut command = casebook_on(&fixture("corpus"), small());
    let text = stdout_of(command.arg("evaluate-search").arg(path).arg("--errors"));
    insta::assert_snapshot!(text);
}

#[test]
fn bad_judgements_are_refused_by_line() {
    let good = r#"{"qid":"q1","query":"calls","kind":"k","relevant":[{"case":"a","grade":3}]}"#;
    for (lines, expected) in [
        (String::new(), "holds no queries"),
        ("{".to_owned(), "line 1"),
        (format!("{good}\n{good}"), "line 2: the qid `q1` occurs twice"),
        (good.replace(":3", ":7"), "the grade of a must be 1, 2 or 3"),
        (good.replace(r#"{"case":"a","grade":3}"#, ""), "no relevant case"),
        (good.replace("case", "company"), "neither case nor id nor page_url"),
    ] {
        let (_folder, path) = judgements(&lines);
        let mut command = casebook_on(&fixture("corpus"), small());
        let error = stderr_of(command.arg("evaluate-search").arg(path), 2);
        assert!(error.contains(expected), "{error}");
    }
}
