//! `casebook similar`: the cases that a trainer would set beside one, and why.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook_on, fixture, root, shipped, small, stderr_of, stdout_of};

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
