//! `casebook show`: one case for a person, and as data.

use serde_json::Value;

use crate::support::{casebook_on, fixture, root, shipped, small, stderr_of, stdout_of};

#[test]
fn chelmer_valley_shows_its_four_failures_and_what_was_asked() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.args(["show", "chelmer-valley-high-school", "--format", "json"]);
    let case: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    let findings = case["findings"].as_array().expect("findings");
    for category in ["missing-dpia", "assumed-consent", "dpo-not-involved", "no-consultation"] {
        let found = findings.iter().find(|f| f["category"] == category && f["stance"] == "finding");
        assert!(found.is_some_and(|f| f["section"] == "What went wrong"), "{category}");
    }
    let asked = findings.iter().filter(|f| f["section"] == "What the ICO asked for");
    assert!(asked.clone().count() > 0 && asked.clone().all(|f| f["stance"] == "recommendation"));
    assert_eq!(case["recommendations"].as_array().map(Vec::len), Some(5));
}

#[test]
fn a_page_for_people() {
    let mut command = casebook_on(&fixture("corpus"), small());
    insta::assert_snapshot!(stdout_of(command.args(["show", "harrowgate-academy"])));
}

#[test]
fn an_official_page_leads_and_the_digest_stays() {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["show", "marlow-district-council", "--format", "json"]);
    let case: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    assert_eq!(case["date"], "2024-02-29");
    assert_eq!(
        case["title"], "Subject access requests left for a year",
        "a page has no headline of its own"
    );
    let kinds: Vec<_> =
        case["documents"].as_array().expect("documents").iter().map(|d| &d["kind"]).collect();
    assert_eq!(kinds, ["register-page", "digest"]);
    let text = stdout_of(
        casebook_on(&fixture("corpus"), small()).args(["show", "marlow-district-council"]),
    );
    assert!(text.contains("“We gave the council"), "the regulator's words are quoted\n{text}");
    assert!(text.contains("- The council did not answer 122"), "a digest's are not\n{text}");
}

#[test]
fn a_slip_in_the_name_suggests_the_case() {
    let said =
        stderr_of(casebook_on(&fixture("corpus"), small()).args(["show", "harowgate-academy"]), 2);
    assert!(said.contains("did you mean `harrowgate-academy`?"), "{said}");
}
