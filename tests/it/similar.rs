//! `casebook similar`: the cases that a trainer would set beside one, and why.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook_on, copy, fixture, root, shipped, small, stderr_of, stdout_of};

fn similar(case: &str, limit: &str) -> Value {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let text = stdout_of(command.args(["similar", case, "--json", "--limit", limit]));
    serde_json::from_str(&text).expect("JSON")
}

fn names(answer: &Value) -> Vec<&str> {
    let hits = answer["hits"].as_array().expect("hits");
    hits.iter().filter_map(|hit| hit["case"].as_str()).collect()
}

#[test]
fn beside_the_canteen_case_stand_the_other_school_and_biometrics_elsewhere() {
    let answer = similar("chelmer-valley-high-school", "6");
    let names = names(&answer);
    assert_eq!(names[0], "north-ayrshire-council");
    assert!(names.contains(&"unnamed-employer-biometrics"), "{names:?}");
    assert!(names.contains(&"serco-leisure"), "{names:?}");
    let reason = answer["hits"][0]["reason"].as_str().expect("a reason");
    for shared in ["education", "biometric", "no adequate impact assessment", "the words"] {
        assert!(reason.contains(shared), "{reason}");
    }
    let scores: Vec<f64> = answer["hits"]
        .as_array()
        .map(|hits| hits.iter().filter_map(|hit| hit["score"].as_f64()).collect())
        .unwrap_or_default();
    assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
}

#[test]
fn the_first_case_shares_what_matters() {
    for (case, first) in [
        ("serco-leisure", "unnamed-employer-biometrics"),
        ("hiv-scotland", "central-ymca"),
        ("tiktok", "reddit"),
        ("glasgow-city-council", "city-of-edinburgh-council"),
        ("hellofresh", "colour-car-sales"),
    ] {
        assert_eq!(names(&similar(case, "1")), [first], "{case}");
    }
}

#[test]
fn likeness_of_full_cases_is_mutual_enough() {
    for case in ["chelmer-valley-high-school", "tiktok", "capita", "hiv-scotland"] {
        let other = similar(case, "1")["hits"][0]["case"].as_str().expect("a case").to_owned();
        assert!(names(&similar(&other, "10")).contains(&case), "{case}, {other}");
    }
}

#[test]
fn a_list_for_people() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let text = stdout_of(command.args(["similar", "marlow-district-council"]));
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn what_has_no_answer_is_said_in_a_sentence() {
    let on_small = || casebook_on(&fixture("corpus"), small());
    let said = stderr_of(on_small().args(["similar", "harowgate-academy"]), 2);
    assert!(said.contains("did you mean `harrowgate-academy`?"), "{said}");
    let said = stderr_of(on_small().args(["similar", "Marlow District"]), 2);
    assert!(said.contains("`marlow-district-council` or `marlow-district-council-2022`"), "{said}");
    let said = stderr_of(on_small().args(["similar", "!!!"]), 2);
    assert!(said.contains("there is no case `!!!`"), "{said}");
    on_small().args(["similar", "harrowgate-academy", "--limit", "0"]).assert().code(2);
    let nowhere = TempDir::new().expect("a folder");
    let said = stderr_of(casebook_on(&fixture("corpus"), nowhere.path()).args(["similar", "x"]), 2);
    assert!(said.contains("build them with `casebook run`"), "{said}");
}

#[test]
fn cases_against_natural_persons_follow_the_setting() {
    let shown = |without: &str| {
        let mut command = casebook_on(&root().join("corpus"), shipped());
        command.env("CASEBOOK_WITHOUT_INDIVIDUALS", without);
        command.args(["similar", "smart-home-ensured", "--json", "--limit", "300"]);
        let answer: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
        let hits = answer["hits"].as_array().expect("hits").clone();
        hits.iter().any(|hit| hit["individual"] == true)
    };
    assert!(shown("false") && !shown("true"));
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.env("CASEBOOK_WITHOUT_INDIVIDUALS", "true");
    command.args(["similar", "council-worker-prosecution"]);
    assert!(stderr_of(&mut command, 1).contains("it is against a natural person"));
}

/// What was reached when it was last improved, without vectors. Raise it, never lower it.
const NDCG: f64 = 0.585;

#[test]
fn judged_cases_are_ranked_no_worse_than_they_were() {
    let judged = root().join("tests/similar/judged.jsonl");
    let evaluate = |by: &str| {
        let mut command = casebook_on(&root().join("corpus"), shipped());
        command.args(["evaluate-search", "--similar", "--json", "--by", by]).arg(&judged);
        command
    };
    let report: Value = serde_json::from_str(&stdout_of(&mut evaluate("words"))).expect("JSON");
    assert_eq!(report["absent"], 0, "a judged case has left the corpus");
    assert!(report["overall"]["queries"].as_u64() >= Some(31), "{}", report["overall"]);
    assert!(report["overall"]["ndcg@10"].as_f64() >= Some(NDCG), "{}", report["overall"]);
    assert!(stderr_of(&mut evaluate("both"), 2).contains("make them with `casebook embed`"));
    assert!(stderr_of(&mut evaluate("meaning"), 2).contains("goes by words, or by both"));
}

/// Notices share their manner of writing and digests theirs: that likens no case to another.
#[test]
fn the_regulators_manner_of_writing_is_no_likeness() {
    let corpus = TempDir::new().expect("a folder");
    copy(&root().join("corpus/digests"), &corpus.path().join("digests"));
    let stories = [
        ("Ashcombe Infirmary", "a trolley with barcode scanners stood in the corridor of the ward"),
        ("Birchmoor Infirmary", "barcode scanners lay on a trolley outside the ward at night"),
        ("Cranfold Bus Company", "a tachograph was sold with the garage's scrapped coaches"),
        ("Dunmere Angling Club", "a ledger of permits was left beside the weir and got wet"),
        (
            "Eastholt Theatre",
            "the wardrobe mistress lent costumes with measurements pinned to them",
        ),
        ("Farleigh Kennels", "vaccination cards hung from the gate for every passer-by to read"),
    ];
    fs::create_dir(corpus.path().join("fetched")).expect("a folder");
    for (name, story) in stories {
        let text = format!(
            "REPRIMAND\n\nTO: {name}\n\nOF: 4 Mill Lane, Exampleton, EX1 9ZZ\n\n\
             1.1 The Commissioner hereby reprimands {name} pursuant to the aforementioned \
             provisions, notwithstanding representations, and is minded accordingly.\n\n\
             1.2 In this matter {story}. {story}, the Commissioner considers.\n\n\
             1.3 The Commissioner hereby directs, pursuant to the aforementioned provisions and \
             notwithstanding the foregoing, that the controller shall accordingly reconsider.\n"
        );
        let file = format!("fetched/{}.txt", name.to_lowercase().replace(' ', "-"));
        fs::write(corpus.path().join(file), text).expect("writable");
    }
    let indexes = TempDir::new().expect("a folder");
    casebook_on(corpus.path(), indexes.path()).args(["run", "--quiet"]).assert().success();
    let mut command = casebook_on(corpus.path(), indexes.path());
    let text = stdout_of(command.args(["similar", "ashcombe-infirmary", "--json"]));
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(names(&answer)[0], "birchmoor-infirmary");
    for hit in answer["hits"].as_array().expect("hits") {
        let words = hit["both"]["words"].to_string();
        for manner in ["hereby", "pursuant", "aforementioned", "notwithstanding", "commissioner"] {
            assert!(!words.contains(manner), "{hit}");
        }
    }
    let words = answer["hits"][0]["both"]["words"].to_string();
    assert!(words.contains("trolley") && words.contains("barcode"), "{words}");
}
