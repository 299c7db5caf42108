//! `casebook explain`: every sentence with a cue of a category, and what decided there.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{casebook, casebook_on, fixture, small, stderr_of, stdout_of};

const LETTER: &str = "tests/fixtures/texts/reprimand-letter.txt";

fn explained(subject: &str, category: &str) -> Value {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["explain", subject, "--category", category, "--json"]);
    serde_json::from_str(&stdout_of(&mut command)).expect("JSON")
}

#[test]
fn a_category_that_was_given_shows_the_cues_that_gave_it() {
    insta::assert_snapshot!(stdout_of(
        casebook().args(["explain", LETTER, "--category", "inadequate-policies"])
    ));
}

#[test]
fn a_category_that_is_only_mentioned_says_where() {
    let answer = explained(LETTER, "inadequate-training");
    assert_eq!(answer["given"], false);
    assert_eq!(answer["verdict"], "not given: 1 sentence mentions it, in what was done since");
    let sentence = &answer["documents"][0]["sentences"][0];
    assert_eq!(sentence["zone"], "remedial");
    assert_eq!(sentence["rule"]["by"], "zone");
    assert_eq!(sentence["outcome"], "remedy");
}

#[test]
fn a_category_that_is_not_mentioned_says_so() {
    let answer = explained(LETTER, "cookies-without-consent");
    assert_eq!(answer["verdict"], "not given: no sentence has a cue of it");
}

#[test]
fn the_wording_that_decides_is_named() {
    let text = "Reasons\n\nThe council should ensure that staff are trained on personal data.\n";
    let mut command = casebook();
    command.args(["explain", "-", "--category", "inadequate-training", "--json"]);
    let answer: Value = serde_json::from_str(&stdout_of(command.write_stdin(text))).expect("JSON");
    let rule = &answer["documents"][0]["sentences"][0]["rule"];
    assert_eq!(rule["by"], "wording");
    assert!(rule["cue"].as_str().is_some_and(|cue| cue.starts_with("should (")), "{rule}");
}

#[test]
fn a_case_is_explained_from_all_its_documents() {
    let answer = explained("marlow-district-council", "late-access-response");
    assert_eq!(answer["given"], true);
    let documents = answer["documents"].as_array().expect("documents");
    let paths: BTreeSet<_> =
        documents.iter().map(|document| document["document"].as_str()).collect();
    assert_eq!(paths.len(), 2);
}

#[test]
fn an_unknown_case_or_category_suggests_the_nearest() {
    let explain = |subject: &str, category: &str| {
        let mut command = casebook_on(&fixture("corpus"), small());
        stderr_of(command.args(["explain", subject, "--category", category]), 2)
    };
    let said = explain(LETTER, "mising-dpia");
    assert!(said.contains("did you mean `missing-dpia`?"), "{said}");
    let said = explain("harowgate-academy", "missing-dpia");
    assert!(said.contains("there is no file `harowgate-academy`"), "{said}");
    assert!(said.contains("did you mean `harrowgate-academy`?"), "{said}");
}
